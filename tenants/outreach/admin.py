"""Outreach at the desk: the birthday programme, its texts, the messages, a preview and a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenants.kit.desk import MARKETING, Activity, AdminTable, Column, Field, Form
from tenants.kit.words import Words
from tenants.outreach.rules import letters, outbox, programmes
from tenants.outreach.rules.wording import VARIABLES
from tenants.outreach.tables import BirthdayOccurrence, Message, MessageTemplate, Programme
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUP = Words(en="Outreach", zh="触达")
KINDS = {"birthday": Words(en="Birthday", zh="生日")}
CHANNELS = {"email": Words(en="E-mail", zh="邮件"), "in_app": Words(en="In-app", zh="站内信")}
LEAP = {"feb28": Words(en="28 February", zh="2 月 28 日"), "mar1": Words(en="1 March", zh="3 月 1 日")}
LANGUAGES = {"zh": Words(en="Chinese", zh="中文"), "en": Words(en="English", zh="英文")}
STATES = {
    "ready": Words(en="Waiting", zh="待发送"),
    "sending": Words(en="Being sent", zh="发送中"),
    "sent": Words(en="Sent", zh="已发送"),
    "unknown": Words(en="Unknown whether it arrived", zh="结果未知"),
    "failed": Words(en="Failed", zh="失败"),
    "cancelled": Words(en="Cancelled", zh="已取消"),
    "skipped": Words(en="Not sent", zh="未发送"),
}
OUTCOMES = {
    "sent": Words(en="It arrived: mark it as sent", zh="已送达：标记为已发送"),
    "resend": Words(en="Send it again", zh="重新发送"),
}
STATUS = {
    "draft": Words(en="Draft", zh="草稿"),
    "paused": Words(en="Paused", zh="已暂停"),
    "live": Words(en="Live", zh="进行中"),
}
_STATUS = "CASE WHEN t.active THEN 'live' WHEN t.active_since IS NULL THEN 'draft' ELSE 'paused' END"
_GIFTS = "FROM __tenant__.birthday_occurrence o JOIN __tenant__.reward_grant g ON g.id = o.gift WHERE o.programme = t.id"  # fmt: skip
_LISTED_MAX = 200
_LIQUID = Words(
    en="Liquid. You can use: " + "; ".join(f"{{{{ {name} }}}} {words.en}" for name, words in VARIABLES.items()),
    zh="支持 Liquid，可用变量：" + "；".join(f"{{{{ {name} }}}} {words.zh}" for name, words in VARIABLES.items()),
)


async def _change_programme(programme: UUID, values: dict[str, Any]) -> None:
    kind = await DB.fetchval("SELECT kind FROM __tenant__.programme WHERE id = $1", programme)
    await programmes.change_programme(kind, **values)


async def _change_template(template: UUID, values: dict[str, Any]) -> None:
    await programmes.change_template(template, **values)


async def _preview(values: dict[str, Any]) -> str:
    written = await letters.preview(
        "birthday", values["member"], channel=values["channel"], language=values["language"])  # fmt: skip
    return f"{written.subject}\n\n{written.body}"


async def _send_test(values: dict[str, Any]) -> Words:
    await letters.send_test("birthday", values["member"], to_address=values["to_address"])
    return Words(
        en=f"The test is on its way to {values['to_address']}.", zh=f"测试消息正在发往 {values['to_address']}。"
    )


async def _open_ends() -> Mapping[str, Words]:
    """Messages that a person can resolve, unknown ones first, then the newest."""
    found = [
        row for state in ("unknown", "failed")
        for row in await outbox.messages(member=None, state=state, before=None, limit=_LISTED_MAX)
    ]  # fmt: skip
    return {str(row["id"]): _called(row) for row in found[:_LISTED_MAX]}


def _called(row: dict[str, Any]) -> Words:
    state = STATES[row["state"]]
    what = f"{row['created_at']:%Y-%m-%d} {row['to_address']} {row['subject']}"
    return Words(en=f"{state.en}: {what}", zh=f"{state.zh}：{what}")


async def _resolve(values: dict[str, Any]) -> Words:
    outcome = values["outcome"]
    row = await outbox.resolve(UUID(values["message"]), outcome=outcome)
    to = row["to_address"]
    if outcome == "sent":
        return Words(en=f"The message to {to} is marked as sent.", zh=f"发往 {to} 的消息已标记为已发送。")
    return Words(en=f"The message to {to} will be sent again.", zh=f"发往 {to} 的消息将重新发送。")


TABLES = (
    AdminTable(
        Programme,
        name=Words(en="Programmes", zh="触达计划"),
        group=GROUP,
        help=Words(en="What goes out by itself. The birthday greeting comes with a gift, once a year.",
                   zh="自动发送的消息。生日祝福每年一次，可附赠礼物。"),
        columns=(
            Column("kind", Words(en="Kind", zh="类型"), choices=KINDS, filter=True),
            Column("active", Words(en="On", zh="启用"), editable=True, filter=True),
            Column("send_hour", Words(en="Hour of the day", zh="发送时刻（时）"), editable=True,
                   help=Words(en="0 to 23, in the member's own time zone.", zh="0–23，按会员所在时区。")),
            Column("channels", Words(en="Channels", zh="渠道"), choices=CHANNELS, editable=True),
            Column("needs_consent", Words(en="Only with consent", zh="需会员授权"), editable=True),
            Column("gift_points", Words(en="Gift points", zh="赠送积分"), editable=True,
                   help=Words(en="A level's own birthday gift takes the place of these points and of the voucher.",
                              zh="若会员等级设有生日礼，则以等级生日礼为准。")),
            Column("gift_template", Words(en="Gift voucher", zh="赠送优惠券"), editable=True),
            Column("leap_rule", Words(en="Born on 29 February, greeted on", zh="2 月 29 日生日的祝福日"), choices=LEAP, editable=True, in_list=False),
            Column("catch_up_days", Words(en="Days to catch up after an outage", zh="故障后补发天数"), editable=True, in_list=False),
            Column("active_since", Words(en="On since", zh="启用时间"), in_list=False),
            Column("status", Words(en="Status", zh="状态"), choices=STATUS, sql=_STATUS),
            Column("members", Words(en="Members greeted", zh="祝福人数"),
                   sql="SELECT count(DISTINCT o.member) FROM __tenant__.birthday_occurrence o WHERE o.programme = t.id"),
            Column("points_given", Words(en="Points given so far", zh="累计发放积分"), sql=f"SELECT coalesce(sum(g.points), 0)::bigint {_GIFTS}"),
            Column("vouchers_given", Words(en="Vouchers given so far", zh="累计发券"), sql=f"SELECT count(g.voucher) {_GIFTS}"),
        ),
        readable=("kind",),
        order="kind",
        activity=Activity(since="active_since", members="members", cost=("points_given", "vouchers_given")),
        write=MARKETING,
        change=_change_programme,
    ),
    AdminTable(
        MessageTemplate,
        name=Words(en="Message texts", zh="消息模板"),
        group=GROUP,
        help=_LIQUID,
        columns=(
            Column("kind", Words(en="Kind", zh="类型"), choices=KINDS, filter=True, in_list=False),
            Column("subject_zh", Words(en="Subject in Chinese", zh="中文标题"), editable=True, help=_LIQUID),
            Column("channel", Words(en="Channel", zh="渠道"), choices=CHANNELS, filter=True),
            Column("subject_en", Words(en="Subject in English", zh="英文标题"), editable=True, help=_LIQUID),
            Column("body_zh", Words(en="Text in Chinese", zh="中文正文"), editable=True, kind="long", in_list=False, help=_LIQUID),
            Column("body_en", Words(en="Text in English", zh="英文正文"), editable=True, kind="long", in_list=False, help=_LIQUID),
            Column("updated_at", Words(en="Changed", zh="更新时间")),
        ),
        readable=("kind", "channel"),
        order="channel",
        write=MARKETING,
        change=_change_template,
    ),
    AdminTable(
        Message,
        name=Words(en="Messages", zh="消息记录"),
        group=GROUP,
        help=Words(en="What went out, and what became of it.", zh="已发送的消息及结果。"),
        columns=(
            Column("created_at", Words(en="Made", zh="创建时间"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("channel", Words(en="Channel", zh="渠道"), choices=CHANNELS, filter=True),
            Column("state", Words(en="State", zh="状态"), choices=STATES, filter=True),
            Column("reason", Words(en="Reason", zh="原因"), filter=True),
            Column("subject", Words(en="Subject", zh="标题")),
            Column("body", Words(en="Text", zh="正文"), kind="long", in_list=False),
            Column("to_address", Words(en="To", zh="收件地址"), in_list=False, filter=True),
            Column("not_before", Words(en="Not before", zh="最早发送时间"), in_list=False),
            Column("sent_at", Words(en="Sent", zh="发送时间"), filter=True),
            Column("attempts", Words(en="Attempts", zh="尝试次数"), in_list=False),
            Column("error", Words(en="Error", zh="错误"), in_list=False),
            Column("test", Words(en="Test", zh="测试"), filter=True, in_list=False),
        ),
        order="-created_at",
    ),
    AdminTable(
        BirthdayOccurrence,
        name=Words(en="Birthdays answered", zh="生日触发记录"),
        group=GROUP,
        columns=(
            Column("day", Words(en="Day", zh="日期"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("occurrence", Words(en="Occurrence", zh="触发次"), filter=True),
            Column("created_at", Words(en="Answered", zh="处理时间"), filter=True),
        ),
        order="-day",
    ),
)  # fmt: skip
_MEMBER = Field("member", Words(en="Member", zh="会员"), kind="member")
FORMS = (
    Form(
        "preview-birthday", Words(en="Preview the birthday message", zh="预览生日消息"),
        Words(en="The message as this member would get it. Nothing is sent.", zh="以该会员的资料预览，不会发送。"),
        (_MEMBER, Field("channel", Words(en="Channel", zh="渠道"), choices=CHANNELS, default="email"),
         Field("language", Words(en="Language", zh="语言"), choices=LANGUAGES, required=False,
               help=Words(en="Empty: the member's own.", zh="留空则用会员的语言。"))),
        _preview, roles=MARKETING, group=GROUP,
    ),
    Form(
        "send-test-birthday", Words(en="Send a test of the birthday message", zh="发送生日消息测试"),
        Words(en="Sends the message for this member to your own address.", zh="以该会员的资料，将测试邮件发送到您的邮箱。"),
        (_MEMBER, Field("to_address", Words(en="Your e-mail address", zh="您的邮箱"), most=254)),
        _send_test, roles=MARKETING, group=GROUP,
    ),
    Form(
        "resolve-message", Words(en="Resolve an unknown message", zh="处理结果未知的消息"),
        Words(en="Say that an unknown message arrived, or send an unknown or failed one again. If an unknown one did arrive, the member gets it twice.",
              zh="确认结果未知的消息已送达，或重发结果未知、失败的消息。若未知的消息其实已送达，重发会使会员收到两次。"),
        (Field("message", Words(en="Message", zh="消息"), choices=_open_ends),
         Field("outcome", Words(en="What to do", zh="处理方式"), choices=OUTCOMES)),
        _resolve, roles=MARKETING, group=GROUP,
    ),
)  # fmt: skip
