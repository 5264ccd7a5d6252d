"""Webhooks at the desk: endpoints, the log, and what can be done about either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenants.kit import clock
from tenants.kit.desk import MARKETING, OWNER, AdminTable, Column, Field, Form
from tenants.kit.words import Words
from tenants.tenancy import current_tenant
from tenants.webhooks.rules import endpoints, log
from tenants.webhooks.rules.catalogue import PING, PINGED, SUBSCRIBABLE
from tenants.webhooks.tables import WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUP = Words(en="Webhooks", zh="事件推送（Webhook）")
KINDS = {name: Words(en=f"{name}: {said.en}", zh=f"{name}：{said.zh}") for name, said in SUBSCRIBABLE.items()}
ALL_KINDS = {**KINDS, PING: Words(en=f"{PING}: {PINGED.words.en}", zh=f"{PING}：{PINGED.words.zh}")}
OFF = {
    "": Words(en="On", zh="启用"),
    "staff": Words(en="Switched off by staff", zh="已由员工停用"),
    "gone": Words(en="Switched off: the receiver answered 410 Gone", zh="已自动停用：对方返回 410"),
    "failing": Words(en="Switched off: nothing arrived for three days", zh="已自动停用：连续三天推送失败"),
    "removed": Words(en="Removed", zh="已移除"),
}
STATES = {
    "ready": Words(en="Waiting", zh="待推送"),
    "sending": Words(en="Being sent", zh="推送中"),
    "delivered": Words(en="Delivered", zh="已送达"),
    "failed": Words(en="Failed", zh="失败"),
    "cancelled": Words(en="Cancelled", zh="已取消"),
}
ERRORS = {
    "": Words(en="None", zh="无"),
    "timeout": Words(en="No answer in time", zh="响应超时"),
    "connect": Words(en="Not reached", zh="无法连接"),
    "tls": Words(en="Its certificate does not hold", zh="证书无效"),
    "cut": Words(en="The line broke, or the answer was no HTTP", zh="连接中断或响应无效"),
    "not_public": Words(en="Its name leads to an address that is not public", zh="域名指向非公网地址"),
    "secret": Words(en="Its secret cannot be read: replace it", zh="密钥无法读取，请更换"),
    "redirect": Words(en="It sent us elsewhere; redirects are not followed", zh="对方要求跳转（不跟随跳转）"),
    "gone": Words(en="410 Gone", zh="对方返回 410"),
    "status": Words(en="It answered with an error", zh="对方返回错误状态码"),
    "removed": Words(en="The endpoint was removed", zh="接收地址已移除"),
    "erased": Words(en="The member was erased", zh="会员已被删除"),
}
_LISTED_MAX = 200


async def _change(endpoint: UUID, values: dict[str, Any]) -> None:
    await endpoints.change(endpoint, **values)


async def _chosen() -> Mapping[str, Words]:
    return {str(one.id): Words(en=one.url, zh=one.url) for one in await endpoints.endpoints()}


async def _ended() -> Mapping[str, Words]:
    """Deliveries that can be sent again: the failed ones first, then the newest others."""
    states = ("failed", "delivered", "cancelled")
    found = [
        row for state in states
        for row in await log.deliveries(endpoint=None, kind=None, state=state, before=None, limit=_LISTED_MAX)
    ][:_LISTED_MAX]  # fmt: skip
    urls = {str(one.id): one.url for one in await endpoints.endpoints()}
    return {str(row["id"]): _called(row, urls) for row in found if str(row["endpoint"]) in urls}


def _called(row: dict[str, Any], urls: dict[str, str]) -> Words:
    state = STATES[row["state"]]
    what = f"{row['created_at']:%Y-%m-%d %H:%M} UTC {row['type']} → {urls[str(row['endpoint'])]}"
    return Words(en=f"{state.en}: {what}", zh=f"{state.zh}：{what}")


def _secret(secret: str, *, tail: Words) -> Words:
    return Words(en=f"The secret, shown this once: {secret} {tail.en}", zh=f"密钥（仅显示一次）：{secret} {tail.zh}")


async def _add(values: dict[str, Any]) -> Words:
    _, secret = await endpoints.add(
        values["url"], events=[values["events"]], description=values.get("description") or "")  # fmt: skip
    return _secret(
        secret,
        tail=Words(en="Give it to whoever verifies the signatures.", zh="请交给验证签名的开发人员。"),
    )


async def _rotate(values: dict[str, Any]) -> Words:
    _, secret = await endpoints.rotate(UUID(values["endpoint"]))
    return _secret(
        secret,
        tail=Words(en="The one before it holds for 24 hours more.", zh="旧密钥在 24 小时内仍然有效。"),
    )


async def _ping(values: dict[str, Any]) -> Words:
    await log.ping(UUID(values["endpoint"]))
    return Words(en="The test is on its way; see the deliveries.", zh="测试事件已发出，请查看推送记录。")


async def _replay(values: dict[str, Any]) -> Words:
    row = await log.replay(UUID(values["delivery"]))
    return Words(en=f"{row['type']} goes out again.", zh=f"{row['type']} 将重新推送。")


async def _replay_failed(values: dict[str, Any]) -> Words:
    since = clock.local(current_tenant().timezone, values["since"])
    count = await log.replay_failed(UUID(values["endpoint"]), since=since)
    return Words(en=f"Deliveries that go out again: {count}.", zh=f"将重新推送 {count} 条。")


def _count(state: str) -> str:
    return f"(SELECT count(*) FROM __tenant__.webhook_delivery d WHERE d.endpoint = t.id AND d.state = '{state}')"


TABLES = (
    AdminTable(
        WebhookEndpoint,
        name=Words(en="Webhook endpoints", zh="接收地址"),
        group=GROUP,
        help=Words(en="Addresses of your own systems and what they hear. Add one with “Add an endpoint”, which shows its secret.",
                   zh="您自有系统的接收地址及订阅的事件。请用“添加接收地址”新建，届时会显示密钥。"),
        columns=(
            Column("url", Words(en="Address", zh="地址"), editable=True, required=True),
            Column("description", Words(en="Description", zh="说明"), editable=True),
            Column("events", Words(en="Hears", zh="订阅的事件"), choices=KINDS, editable=True, in_list=False),
            Column("active", Words(en="On", zh="启用"), editable=True, filter=True),
            Column("off_reason", Words(en="Status", zh="状态"), choices=OFF, filter=True),
            Column("waiting", Words(en="Waiting", zh="待推送"), sql=_count("ready")),
            Column("delivered", Words(en="Delivered in 30 days", zh="30 天内送达"), sql=_count("delivered")),
            Column("failed", Words(en="Failed in 30 days", zh="30 天内失败"), sql=_count("failed")),
            Column("failures", Words(en="Failures in a row", zh="连续失败次数"), in_list=False),
            Column("failing_since", Words(en="Failing since", zh="开始失败的时间"), in_list=False),
            Column("rotated_at", Words(en="Secret of", zh="密钥生成时间"), in_list=False),
            Column("created_at", Words(en="Added", zh="添加时间")),
        ),
        readable=("url",),
        order="-created_at",
        read=MARKETING,
        write=OWNER,
        change=_change,
        delete=endpoints.remove,
    ),
    AdminTable(
        WebhookDelivery,
        name=Words(en="Webhook deliveries", zh="推送记录"),
        group=GROUP,
        help=Words(en="One event on its way to one endpoint. Kept for 30 days.", zh="每个事件对每个接收地址一条，保留 30 天。"),
        columns=(
            Column("created_at", Words(en="Happened", zh="发生时间"), filter=True),
            Column("type", Words(en="Event", zh="事件"), choices=ALL_KINDS, filter=True),
            Column("endpoint", Words(en="Endpoint", zh="接收地址"), filter=True),
            Column("state", Words(en="State", zh="状态"), choices=STATES, filter=True),
            Column("status", Words(en="Answered with", zh="状态码")),
            Column("error", Words(en="Problem", zh="问题"), choices=ERRORS, filter=True),
            Column("attempts", Words(en="Attempts", zh="尝试次数")),
            Column("not_before", Words(en="Next attempt", zh="下次尝试"), in_list=False),
            Column("ended_at", Words(en="Ended", zh="结束时间"), in_list=False),
            Column("event", Words(en="What was sent", zh="推送内容"), in_list=False),
        ),
        readable=("type", "created_at"),
        order="-id",
        read=MARKETING,
    ),
    AdminTable(
        WebhookAttempt,
        name=Words(en="Webhook attempts", zh="推送尝试"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("delivery", Words(en="Delivery", zh="推送"), filter=True),
            Column("number", Words(en="Attempt", zh="第几次")),
            Column("status", Words(en="Answered with", zh="状态码"), filter=True),
            Column("error", Words(en="Problem", zh="问题"), choices=ERRORS, filter=True),
            Column("milliseconds", Words(en="Milliseconds", zh="耗时（毫秒）")),
            Column("snippet", Words(en="How the answer began", zh="响应开头"), kind="long", in_list=False),
        ),
        order="-id",
        read=MARKETING,
    ),
    AdminTable(
        WebhookEvent,
        name=Words(en="Webhook events", zh="推送事件"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("type", Words(en="Event", zh="事件"), choices=ALL_KINDS, filter=True),
            Column("body", Words(en="What is sent", zh="推送内容"), kind="long", in_list=False),
            Column("copies", Words(en="To how many endpoints", zh="推送到几个地址")),
        ),
        readable=("type", "at"),
        order="-id",
        read=MARKETING,
    ),
)  # fmt: skip
_ENDPOINT = Field("endpoint", Words(en="Endpoint", zh="接收地址"), choices=_chosen)
FORMS = (
    Form(
        "add-webhook-endpoint", Words(en="Add an endpoint", zh="添加接收地址"),
        Words(en="An address of your own system, https on the open internet. It gets a secret of its own.",
              zh="您自有系统的公网 https 地址，将为其生成专用密钥。"),
        (Field("url", Words(en="Address", zh="地址"), most=500),
         Field("events", Words(en="Hears", zh="订阅的事件"), choices=KINDS, default="*",
               help=Words(en="Choose further ones at the endpoint afterwards.", zh="添加后可在接收地址中选择更多事件。")),
         Field("description", Words(en="Description", zh="说明"), required=False, most=200)),
        _add, group=GROUP, result_is_secret=True,
    ),
    Form(
        "rotate-webhook-secret", Words(en="Replace an endpoint's secret", zh="更换接收地址的密钥"),
        Words(en="For 24 hours messages carry a signature of either secret.", zh="更换后 24 小时内，消息同时带有新旧密钥的签名。"),
        (_ENDPOINT,), _rotate, group=GROUP, result_is_secret=True,
    ),
    Form(
        "ping-webhook-endpoint", Words(en="Send a test event", zh="发送测试事件"),
        Words(en="Sends an event of type ping to the endpoint.", zh="向接收地址发送一个 ping 事件。"),
        (_ENDPOINT,), _ping, group=GROUP,
    ),
    Form(
        "replay-webhook", Words(en="Send a delivery again", zh="重新推送"),
        Words(en="Sends it once more with the same id, so that the receiver knows it again.", zh="以相同的 ID 重新推送，对方可据此识别重复。"),
        (Field("delivery", Words(en="Delivery", zh="推送"), choices=_ended),), _replay, group=GROUP,
    ),
    Form(
        "replay-failed-webhooks", Words(en="Send again all that failed", zh="重新推送全部失败的事件"),
        Words(en="Everything that failed at an endpoint since a day, up to 10,000.", zh="重新推送某接收地址自某日起失败的全部事件，每次最多 10000 条。"),
        (_ENDPOINT, Field("since", Words(en="Since the day", zh="起始日期"), kind="date")), _replay_failed, group=GROUP,
    ),
)  # fmt: skip
