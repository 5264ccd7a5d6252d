"""What must always hold of webhooks."""

from __future__ import annotations

from tenants.kit.checks import Check
from tenants.kit.words import Words

CHECKS: list[Check] = [
    Check(
        "webhooks.event_has_its_copies",
        "SELECT e.id, e.copies, count(d.id) AS found FROM __tenant__.webhook_event e"
        " LEFT JOIN __tenant__.webhook_delivery d ON d.event = e.id GROUP BY e.id HAVING e.copies <> count(d.id)",
        Words(
            en="Every event has a delivery for each endpoint that was to hear of it.",
            zh="每个事件对当时订阅的每个接收地址都有一条推送。",
        ),
    ),
    Check(
        "webhooks.attempts_are_counted",
        "SELECT d.id, d.attempts_ever, count(a.id) AS found FROM __tenant__.webhook_delivery d"
        " LEFT JOIN __tenant__.webhook_attempt a ON a.delivery = d.id GROUP BY d.id"
        " HAVING d.attempts_ever <> count(a.id) OR coalesce(max(a.number), 0) <> count(a.id)",
        Words(en="A delivery counts as many attempts as are noted.", zh="推送的尝试次数与记录一致。"),
    ),
    Check(
        "webhooks.delivered_was_taken",
        "SELECT d.id FROM __tenant__.webhook_delivery d WHERE d.state = 'delivered' AND NOT EXISTS"
        " (SELECT 1 FROM __tenant__.webhook_attempt a WHERE a.delivery = d.id AND a.number = d.attempts_ever"
        " AND a.status BETWEEN 200 AND 299 AND a.error = '')",
        Words(en="What is called delivered was answered with 2xx.", zh="已送达的推送最后一次均收到 2xx 响应。"),
    ),
    Check(
        "webhooks.type_is_the_event_s",
        "SELECT d.id FROM __tenant__.webhook_delivery d JOIN __tenant__.webhook_event e ON e.id = d.event"
        " WHERE d.type <> e.type",
        Words(en="A delivery is filed under its event's type.", zh="推送的类型与事件一致。"),
    ),
    Check(
        "webhooks.blanked_is_not_sent",
        "SELECT d.id FROM __tenant__.webhook_delivery d JOIN __tenant__.webhook_event e ON e.id = d.event"
        " WHERE e.blanked_at IS NOT NULL AND d.state IN ('ready', 'sending')",
        Words(en="Nothing waits to be sent of a member who was erased.", zh="已删除会员的内容不会再推送。"),
    ),
    Check(
        "webhooks.removed_waits_for_nothing",
        "SELECT d.id FROM __tenant__.webhook_delivery d JOIN __tenant__.webhook_endpoint e ON e.id = d.endpoint"
        " WHERE e.removed_at IS NOT NULL AND d.state = 'ready' AND d.created_at < e.removed_at - interval '1 hour'",
        Words(en="Nothing waits for an endpoint that was removed.", zh="已移除的接收地址没有待推送的内容。"),
    ),
    Check(
        "webhooks.lease_is_alive",
        "SELECT d.id FROM __tenant__.webhook_delivery d"
        " WHERE d.state = 'sending' AND d.lease_until < clock_timestamp() - interval '1 hour'",
        Words(en="No delivery has been left behind by a worker for an hour.", zh="没有推送被工作进程遗留超过一小时。"),
    ),
]
