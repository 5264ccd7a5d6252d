"""What must always hold of segments: what rules name is there and held, and medians are of somebody."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

CHECKS: tuple[Check, ...] = (
    Check(
        "segments.levels",
        """
        SELECT s.id FROM __tenant__.segment s
         WHERE (SELECT count(DISTINCT named #>> '{}')
                  FROM jsonb_path_query(s.rule::jsonb, 'lax $.** ? (@.about == "level").value[*]') AS named)
               <> (SELECT count(*) FROM __tenant__.segment_level l WHERE l.segment = s.id)
        """,
        Words(
            en="The levels that a segment's rule names are held, so that none can go while it is used.",
            zh="人群规则引用的等级均已登记，使用期间不能删除。",
        ),
    ),
    Check(
        "segments.attributes",
        """
        SELECT s.id, named #>> '{}' AS key FROM __tenant__.segment s,
               jsonb_path_query(s.rule::jsonb, 'lax $.** ? (@.about == "attribute").key') AS named
         WHERE NOT EXISTS (SELECT 1 FROM __tenant__.attribute a WHERE a.key = named #>> '{}')
        """,
        Words(en="Every attribute that a segment's rule names is defined.", zh="人群规则引用的自定义属性均已定义。"),
    ),
    Check(
        "segments.breaks",
        "SELECT id FROM __tenant__.rfm_breaks WHERE buyers = 0 OR last_order_at IS NULL OR orders < 1",
        Words(en="Medians are of buyers, who have bought at least once.", zh="RFM 中位数来自至少购买过一次的会员。"),
    ),
)
