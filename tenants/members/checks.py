"""What must always hold of members. Most of it is a constraint too; here it is read again from the rows."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

CHECKS = [
    Check(
        "members.consent_is_last_event",
        "SELECT current.member, current.channel FROM __tenant__.consent AS current LEFT JOIN __tenant__.consent_event"
        " AS last ON last.member = current.member AND last.channel = current.channel AND last.number = current.number"
        " WHERE last.id IS NULL OR last.granted <> current.granted OR EXISTS (SELECT 1 FROM __tenant__.consent_event"
        " AS later WHERE later.member = current.member AND later.channel = current.channel"
        " AND later.number > current.number)",
        Words(en="Consent as it stands is what was said last.", zh="当前授权状态与最后一次记录一致。"),
    ),
    Check(
        "members.consent_events_complete",
        "SELECT event.member, event.channel FROM __tenant__.consent_event AS event GROUP BY event.member, event.channel"
        " HAVING count(*) <> max(event.number) OR min(event.number) <> 1 OR NOT EXISTS (SELECT 1 FROM"
        " __tenant__.consent AS current WHERE current.member = event.member AND current.channel = event.channel)",
        Words(en="No consent event is missing, and none stands alone.", zh="授权记录完整，且均有对应的当前状态。"),
    ),
    Check(
        "members.external_id_names_one",
        "SELECT external_id FROM __tenant__.member WHERE external_id IS NOT NULL"
        " GROUP BY external_id HAVING count(*) > 1",
        Words(en="An external id names one member.", zh="一个外部编号只对应一位会员。"),
    ),
    Check(
        "members.birthday_exists",
        "SELECT id FROM __tenant__.member WHERE (birth_month IS NULL) <> (birth_day IS NULL) OR (birth_year IS NOT NULL"
        " AND birth_month IS NULL) OR birth_month NOT BETWEEN 1 AND 12 OR birth_day < 1 OR birth_day > CASE"
        " WHEN birth_calendar = 'lunar' OR birth_month IN (4, 6, 9, 11) THEN 30 WHEN birth_month <> 2 THEN 31"
        " WHEN birth_year IS NULL OR (birth_year % 4 = 0 AND (birth_year % 100 <> 0 OR birth_year % 400 = 0)) THEN 29"
        " ELSE 28 END",
        Words(en="A birthday is a day that exists.", zh="生日是真实存在的日期。"),
    ),
    Check(
        "members.tags_once",
        "SELECT id FROM __tenant__.member WHERE cardinality(tags) <>"
        " (SELECT count(DISTINCT tag) FROM unnest(tags) AS worn (tag))",
        Words(en="A member wears each tag once.", zh="会员的每个标签只出现一次。"),
    ),
    Check(
        "members.choices_are_offered",
        "SELECT known.id FROM __tenant__.member_attribute AS known JOIN __tenant__.attribute AS defined"
        " ON defined.id = known.attribute WHERE (defined.kind = 'choice' AND NOT known.value = ANY(defined.choices))"
        " OR (defined.kind = 'yes_no' AND known.value NOT IN ('yes', 'no'))"
        " OR (defined.kind = 'number' AND known.value !~ '^-?[0-9]+([.][0-9]+)?$')"
        " OR (defined.kind = 'date' AND known.value !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')",
        Words(en="What is known in an attribute fits its kind.", zh="属性值符合其类型。"),
    ),
    Check(
        "members.one_preferred_address",
        "SELECT member FROM __tenant__.member_address GROUP BY member HAVING count(*) FILTER (WHERE preferred) <> 1",
        Words(en="Of a member's addresses, one is preferred.", zh="会员的地址中有且仅有一个首选地址。"),
    ),
    Check(
        "members.merged_into_one_who_is_not",
        "SELECT gone.id FROM __tenant__.member AS gone JOIN __tenant__.member AS other ON other.id = gone.merged_into"
        " WHERE other.merged_into IS NOT NULL OR (gone.state = 'merged' AND other.state NOT IN ('active', 'blocked'))",
        Words(en="Who was merged leads in one step to one who was not.", zh="被合并的会员直接指向未被合并的会员。"),
    ),
    Check(
        "members.merged_by_a_merge",
        "SELECT gone.id FROM __tenant__.member AS gone FULL JOIN (SELECT source FROM __tenant__.member_merge"
        " WHERE undone_at IS NULL) AS merge ON merge.source = gone.id"
        " WHERE (gone.merged_into IS NULL) <> (merge.source IS NULL)",
        Words(en="There is a merge for everybody who was merged.", zh="每位被合并的会员都有对应的合并记录。"),
    ),
    Check(
        "members.merged_own_nothing",
        "SELECT known.id FROM __tenant__.member_address AS known JOIN __tenant__.member AS gone"
        " ON gone.id = known.member WHERE gone.merged_into IS NOT NULL",
        Words(en="Who was merged has no address.", zh="被合并的会员没有地址。"),
    ),
    Check(
        "members.moved_is_with_the_target",
        "SELECT address.id FROM __tenant__.member_merge AS merge JOIN __tenant__.member_merge_move AS moved"
        " ON moved.merge = merge.id AND moved.moved_table = 'member_address' JOIN __tenant__.member_address AS address"
        " ON address.id = ANY(moved.ids) WHERE merge.undone_at IS NULL AND address.member = merge.source",
        Words(en="What a merge moved is not with the source.", zh="合并时转移的内容不再属于被合并会员。"),
    ),
    Check(
        "members.erased_say_nothing",
        "SELECT m.id FROM __tenant__.member AS m WHERE m.state = 'erased' AND (m.name <> ''"
        " OR m.external_id IS NOT NULL OR m.phone IS NOT NULL OR m.email IS NOT NULL"
        " OR m.birth_month IS NOT NULL OR cardinality(m.tags) > 0"
        " OR EXISTS (SELECT 1 FROM __tenant__.member_address AS a WHERE a.member = m.id)"
        " OR EXISTS (SELECT 1 FROM __tenant__.member_attribute AS k WHERE k.member = m.id))",
        Words(en="Nothing is known of who was erased.", zh="已抹除的会员不再有任何资料。"),
    ),
    Check(
        "members.import_counts_every_row",
        "SELECT id FROM __tenant__.member_import WHERE state = 'done'"
        " AND (rows <> created + updated + unchanged + failed OR EXISTS"
        " (SELECT 1 FROM __tenant__.member_import_row AS r WHERE r.batch = member_import.id))",
        Words(en="An import that is done has counted every row.", zh="已完成的导入统计了每一行。"),
    ),
]
