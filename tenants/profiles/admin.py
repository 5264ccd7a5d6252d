"""Profile completion at the desk: activities, their questions, and who has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenants.kit.desk import MARKETING, SERVICE, Activity, AdminTable, Column, Field, Form
from tenants.kit.errors import NotFound
from tenants.kit.words import Words
from tenants.profiles.rules import activities, reading
from tenants.profiles.rules.refusals import ActivityUnknown
from tenants.profiles.tables import ProfileActivity, ProfileAnswer, ProfileCompletion, ProfileQuestion
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUP = Words(en="Profile completion", zh="完善资料")
STATES = {
    "draft": Words(en="Draft", zh="草稿"),
    "live": Words(en="Live", zh="进行"),
    "paused": Words(en="Paused", zh="暂停"),
    "ended": Words(en="Ended", zh="结束"),
}
STATUS = {
    "draft": Words(en="Draft", zh="草稿"),
    "coming": Words(en="Scheduled", zh="未开始"),
    "running": Words(en="Running", zh="进行中"),
    "paused": Words(en="Paused", zh="已暂停"),
    "over": Words(en="Over", zh="已结束"),
}
EARLIER = {
    "count": Words(en="Counts as answered", zh="视为已填写，不发奖励"),
    "reward": Words(en="Is rewarded too", zh="同样发放奖励"),
}
ANSWERS = {
    "waiting": Words(en="Waits for its step", zh="等待步骤开启"),
    "rewarded": Words(en="Rewarded", zh="已奖励"),
    "earlier": Words(en="Known before", zh="活动前已填写"),
    "known": Words(en="Of another account", zh="其他账号已使用"),
}
_STATUS = (
    "CASE WHEN t.state = 'ended' OR t.ends_at <= $2::timestamptz THEN 'over' WHEN t.state = 'draft' THEN 'draft'"
    " WHEN t.state = 'paused' THEN 'paused' WHEN t.starts_at > $2::timestamptz THEN 'coming' ELSE 'running' END"
)
_WINDOW = (
    "coalesce(to_char(t.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), '…') || ' – ' ||"
    " coalesce(to_char(t.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), '…')"
)
_ANSWERS = "FROM __tenant__.profile_answer a WHERE a.activity = t.id"
_WHOLE = "FROM __tenant__.profile_completion c WHERE c.activity = t.id"


async def _create(values: dict[str, Any]) -> UUID:
    return await activities.create_activity(activities.Terms(**_said(values)))


async def _change(activity: UUID, values: dict[str, Any]) -> None:
    await activities.change_activity(activity, _said(values))


def _said(values: dict[str, Any]) -> dict[str, Any]:
    kept = {"starts_at", "ends_at", "whole_voucher"}
    return {name: value for name, value in values.items() if value is not None or name in kept}


async def _ask(values: dict[str, Any]) -> UUID:
    given = {name: values[name] for name in ("step", "position", "points") if values.get(name) is not None}
    question = activities.Question(field=values["field"], voucher_template=values.get("voucher_template"), **given)
    return await activities.set_question(values["activity"], question)


async def _change_question(row_id: UUID, values: dict[str, Any]) -> None:
    row = await _question(row_id)
    await _ask({**row, **values})


async def _remove(row_id: UUID) -> None:
    row = await _question(row_id)
    await activities.remove_question(row["activity"], row["field"])


async def _question(row_id: UUID) -> Any:
    row = await DB.fetchrow("SELECT * FROM __tenant__.profile_question WHERE id = $1", row_id)
    if row is None:
        raise NotFound
    return row


async def _preview(values: dict[str, Any]) -> Words:
    try:
        seen = await reading.preview(UUID(values["activity"]))
    except ValueError:
        raise ActivityUnknown from None
    lines = {"en": [], "zh": []}  # type: dict[str, list[str]]
    for asked in seen.questions:
        lines["en"].append(f"{asked.step}. {asked.label.en}: {asked.points} points" + _voucher(asked, "en"))
        lines["zh"].append(f"{asked.step}. {asked.label.zh}：{asked.points} 积分" + _voucher(asked, "zh"))
    whole = f"{seen.whole_points}"
    return Words(
        en=f"“{seen.name.en}” — {'; '.join(lines['en'])}. All of it: {whole} points.",
        zh=f"“{seen.name.zh}” — {'；'.join(lines['zh'])}。全部完成：{whole} 积分。",
    )


def _voucher(asked: reading.Asked, language: str) -> str:
    return f" + {getattr(asked.voucher, language)}" if asked.voucher else ""


async def _activities() -> Mapping[str, Words]:
    rows = await DB.fetch("SELECT id, name_en, name_zh FROM __tenant__.profile_activity ORDER BY id DESC LIMIT 200")
    return {
        str(row["id"]): Words(en=row["name_en"] or row["name_zh"], zh=row["name_zh"] or row["name_en"]) for row in rows
    }


TABLES = (
    AdminTable(
        ProfileActivity,
        name=Words(en="Profile activities", zh="完善资料活动"),
        group=GROUP,
        help=Words(en="Rewards members for telling of themselves. One is live at a time.", zh="奖励会员完善资料；同一时间只有一个活动进行。"),
        columns=(
            Column("name_zh", Words(en="Name in Chinese", zh="中文名称"), editable=True),
            Column("name_en", Words(en="Name in English", zh="英文名称"), editable=True),
            Column("status", Words(en="Status", zh="状态"), choices=STATUS, sql=_STATUS),
            Column("state", Words(en="Switch", zh="开关"), choices=STATES, editable=True, filter=True,
                   help=Words(en="Add its questions before it goes live.", zh="请先添加资料项再开启。")),
            Column("window", Words(en="Window (UTC)", zh="时间窗口（UTC）"), sql=_WINDOW),
            Column("starts_at", Words(en="From", zh="开始时间"), editable=True, in_list=False),
            Column("ends_at", Words(en="Until", zh="结束时间"), editable=True, in_list=False),
            Column("earlier", Words(en="What was known before", zh="活动前已有的资料"), choices=EARLIER, editable=True, in_list=False),
            Column("whole_points", Words(en="Points for all of it", zh="全部完成奖励积分"), editable=True),
            Column("whole_voucher", Words(en="Voucher for all of it", zh="全部完成奖励优惠券"), editable=True, in_list=False),
            Column("participants", Words(en="Participants", zh="参与人数"), sql=f"SELECT count(DISTINCT a.member) {_ANSWERS} AND a.state <> 'earlier'"),
            Column("completed", Words(en="Completed", zh="完成人数"), sql=f"SELECT count(*) {_WHOLE}"),
            Column("points_given", Words(en="Points given so far", zh="累计发放积分"),
                   sql=f"(coalesce((SELECT sum(a.points) {_ANSWERS}), 0) + coalesce((SELECT sum(c.points) {_WHOLE}), 0))::bigint"),
            Column("vouchers_given", Words(en="Vouchers given so far", zh="累计发券"),
                   sql=f"(SELECT count(a.voucher_template) {_ANSWERS}) + (SELECT count(c.voucher_template) {_WHOLE})"),
        ),
        readable=("name_zh", "name_en"),
        order="-created_at",
        activity=Activity(preview="profile-preview", prefix="pfa", since="starts_at", until="ends_at",
                          members="participants", cost=("points_given", "vouchers_given")),
        write=MARKETING,
        create=_create,
        change=_change,
    ),
    AdminTable(
        ProfileQuestion,
        name=Words(en="Profile questions", zh="资料项"),
        group=GROUP,
        help=Words(en="The next step opens when all of the one before is answered.", zh="上一步全部填写后才开启下一步。"),
        columns=(
            Column("activity", Words(en="Activity", zh="活动"), editable=True, first_only=True, required=True, filter=True),
            Column("field", Words(en="Field", zh="资料项"), editable=True, first_only=True, required=True, filter=True,
                   help=Words(en="name, phone, email, gender, birthday, region, occupation, or attribute.<key>.",
                              zh="name、phone、email、gender、birthday、region、occupation，或 attribute.<属性标识>。")),
            Column("step", Words(en="Step", zh="步骤"), editable=True),
            Column("position", Words(en="Position", zh="排序"), editable=True),
            Column("points", Words(en="Points", zh="积分"), editable=True),
            Column("voucher_template", Words(en="Voucher", zh="优惠券"), editable=True),
            Column("answers", Words(en="Answers", zh="填写人数"),
                   sql="SELECT count(*) FROM __tenant__.profile_answer a WHERE a.activity = t.activity AND a.field = t.field AND a.state <> 'earlier'"),
        ),
        order="step",
        write=MARKETING,
        create=_ask,
        change=_change_question,
        delete=_remove,
    ),
    AdminTable(
        ProfileAnswer,
        name=Words(en="Profile answers", zh="填写记录"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("field", Words(en="Field", zh="资料项"), filter=True),
            Column("state", Words(en="State", zh="状态"), choices=ANSWERS, filter=True),
            Column("points", Words(en="Points", zh="积分")),
            Column("voucher_template", Words(en="Voucher", zh="优惠券"), in_list=False),
            Column("activity", Words(en="Activity", zh="活动"), filter=True, in_list=False),
        ),
        order="-at",
    ),
    AdminTable(
        ProfileCompletion,
        name=Words(en="Completed profiles", zh="完成记录"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("activity", Words(en="Activity", zh="活动"), filter=True),
            Column("points", Words(en="Points", zh="积分")),
            Column("voucher_template", Words(en="Voucher", zh="优惠券"), in_list=False),
        ),
        order="-at",
    ),
)  # fmt: skip
FORMS = (
    Form(
        "preview-profile-activity", Words(en="Preview a profile activity", zh="预览完善资料活动"),
        Words(en="What a member sees of whom nothing is known.", zh="查看新会员看到的内容。"),
        (Field("activity", Words(en="Activity", zh="活动"), choices=_activities),),
        _preview, roles=SERVICE, group=GROUP,
    ),
)  # fmt: skip
