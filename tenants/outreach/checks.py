"""What must always hold of outreach."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words
from tenants.outreach.rules.planning import GAP_DAYS

CHECKS: list[Check] = [
    Check(
        "outreach.birthdays_apart",
        "SELECT a.member, a.day, b.day AS next_day FROM __tenant__.birthday_occurrence a"
        " JOIN __tenant__.birthday_occurrence b ON b.programme = a.programme AND b.member = a.member AND b.id <> a.id"
        f" AND b.day >= a.day AND b.day < a.day + {GAP_DAYS}",
        Words(en="No member has two birthdays within 300 days.", zh="同一会员 300 天内只过一次生日。"),
    ),
    Check(
        "outreach.birthday_latest_is_the_last",
        "SELECT o.programme, o.member FROM __tenant__.birthday_occurrence o"
        " LEFT JOIN __tenant__.birthday_latest l ON l.programme = o.programme AND l.member = o.member"
        " GROUP BY o.programme, o.member, l.day HAVING max(o.day) IS DISTINCT FROM l.day",
        Words(
            en="The last birthday noted for a member is the last one answered.",
            zh="记录的最近生日等于最后一次生日祝福。",
        ),
    ),
    Check(
        "outreach.birthday_has_a_message",
        "SELECT o.id FROM __tenant__.birthday_occurrence o WHERE NOT EXISTS (SELECT 1 FROM __tenant__.message m"
        " WHERE m.programme = o.programme AND m.member = o.member AND m.occurrence = o.occurrence)",
        Words(en="Every birthday that was answered has its messages.", zh="每次生日祝福都有对应的消息。"),
    ),
    Check(
        "outreach.message_has_its_occurrence",
        "SELECT m.id FROM __tenant__.message m WHERE NOT m.test AND NOT EXISTS ("
        "SELECT 1 FROM __tenant__.birthday_occurrence o WHERE o.programme = m.programme AND o.member = m.member"
        " AND o.occurrence = m.occurrence)",
        Words(en="Every message answers an occurrence.", zh="每条消息都对应一次触发。"),
    ),
    Check(
        "outreach.in_app_is_there",
        "SELECT m.id FROM __tenant__.message m LEFT JOIN __tenant__.in_app_message i ON i.message = m.id"
        " WHERE m.channel = 'in_app' AND (m.state = 'sent') <> (i.id IS NOT NULL)",
        Words(
            en="A message of the member centre is there exactly if it was sent.", zh="站内消息已发送当且仅当会员可见。"
        ),
    ),
    Check(
        "outreach.lease_is_alive",
        "SELECT id FROM __tenant__.message"
        " WHERE state = 'sending' AND lease_until < clock_timestamp() - interval '1 hour'",
        Words(en="No message has been left behind by a worker for an hour.", zh="没有消息被工作进程遗留超过一小时。"),
    ),
]
