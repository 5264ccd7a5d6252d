"""Surveys at the desk: how they are run, their quotas, and the records of invitations, responses and answers.

What is asked is edited in the console, where it can be seen. Nothing here leads from an anonymous response to anybody:
such a row has no member, and where somebody's place was counted is not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit.desk import MARKETING, SERVICE, Activity, AdminTable, Column
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.surveys.rules import editing, filtering, limiting, publishing, reading
from tenants.surveys.rules.definition import Definition
from tenants.surveys.rules.refusals import QuotaUnknown
from tenants.surveys.rules.settings import FIELDS, Terms
from tenants.surveys.tables import (
    Survey,
    SurveyAnswer,
    SurveyEffect,
    SurveyInvitation,
    SurveyParticipation,
    SurveyQuota,
    SurveyResponse,
    SurveyVersion,
)
from tenants.tenancy import DB

if TYPE_CHECKING:
    from uuid import UUID

GROUP = Words(en="Surveys", zh="问卷")
PURPOSES = {
    "stickiness": Words(en="Stickiness", zh="粘性"),
    "data": Words(en="Data", zh="数据收集"),
    "sales": Words(en="Sales", zh="销售"),
    "points": Words(en="Points spending", zh="积分消耗"),
    "traffic": Words(en="Traffic", zh="引流"),
}
ACCESSES = {
    "members": Words(en="Members", zh="会员"),
    "invited": Words(en="Who is invited", zh="仅受邀会员"),
}
EVENTS = {
    "order_delivered": Words(en="An order was delivered", zh="订单签收"),
    "order_completed": Words(en="An order was completed", zh="订单完成"),
    "joined": Words(en="A member joined", zh="新会员加入"),
    "level_changed": Words(en="A level changed", zh="等级变动"),
}
RESPONSES = {
    "partial": Words(en="Begun", zh="未完成"),
    "complete": Words(en="Complete", zh="已完成"),
}
KINDS = {
    "attribute": Words(en="Attribute", zh="属性"),
    "tag": Words(en="Tag", zh="标签"),
}
_STATUS = (
    "CASE WHEN t.state IN ('draft', 'paused') THEN t.state"
    " WHEN t.state = 'ended' OR t.ends_at <= $2::timestamptz THEN 'over'"
    " WHEN t.starts_at > $2::timestamptz THEN 'coming' ELSE 'running' END"
)
_WINDOW = (
    "coalesce(to_char(t.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), '…') || ' – ' ||"
    " coalesce(to_char(t.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), '…')"
)
_TOOK_PART = "FROM __tenant__.survey_participation p WHERE p.survey = t.id AND p.finished"
# The occasion of a reward is its participation, as `thanking` writes it.
_GIVEN = (
    "FROM __tenant__.survey_participation p JOIN __tenant__.reward_grant g ON g.once = 'survey/' ||"
    " replace(p.survey::text, '-', '') || '/' || replace(p.id::text, '-', '') WHERE p.survey = t.id AND p.finished"
    " AND p.member IS NOT NULL"
)


async def _create(values: dict[str, Any]) -> UUID:
    _no_state(values)
    return await editing.create(Terms(**_said(values)), definition=Definition())


async def _change(survey: UUID, values: dict[str, Any]) -> None:
    """The switch is a step of its own: it is taken after the settings that are saved with it."""
    state = values.pop("state", None)
    await editing.change(survey, _said(values))
    before = (await reading.find(survey)).state
    if state is None or state == before:
        return
    if state == "live":
        await (publishing.publish if before == "draft" else publishing.resume)(survey)
    elif state == "paused":
        await publishing.pause(survey)
    elif state == "ended":
        await publishing.end(survey)
    else:
        told = Words(
            en="what was published is no draft again: pause it or end it", zh="已发布的问卷不能退回草稿，可暂停或结束"
        )
        raise Invalid(param="state", problem=told)


def _no_state(values: dict[str, Any]) -> None:
    if values.pop("state", None) not in {None, "draft"}:
        told = Words(en="add its questions in the console, then publish it", zh="请先在控制台添加题目，再发布")
        raise Invalid(param="state", problem=told)


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """What was filled in; an empty field takes out what may be empty, and leaves the rest as it is."""
    empty = Terms()
    return {
        name: value for name, value in values.items()
        if name in FIELDS and (value is not None or getattr(empty, name) is None)
    }  # fmt: skip


async def _set_quota(values: dict[str, Any]) -> UUID:
    survey = values["survey"]
    if any(quota.name == (values.get("name") or "").strip() for quota in await reading.quotas(survey)):
        raise Invalid(param="name", problem=Words(en="there is a quota of that name", zh="已有同名配额"))
    made = await limiting.set_quota(
        survey, values.get("name") or "", most=_whole(values.get("most")), condition=values.get("condition") or "",
        position=values.get("position") or 0)  # fmt: skip
    return made.id


async def _change_quota(quota: UUID, values: dict[str, Any]) -> None:
    found = await _quota(quota)
    given = {name: values[name] for name in ("most", "condition", "position") if values.get(name) is not None}
    now = {"most": found["most"], "condition": found["condition"], "position": found["position"], **given}
    await limiting.set_quota(found["survey"], found["name"], **now)


async def _remove_quota(quota: UUID) -> None:
    await limiting.remove_quota((await _quota(quota))["survey"], quota)


async def _quota(quota: UUID) -> Any:
    row = await DB.fetchrow("SELECT * FROM __tenant__.survey_quota WHERE id = $1", quota)
    if row is None:
        raise QuotaUnknown
    return row


def _whole(value: Any) -> int:
    if not isinstance(value, int):
        raise Invalid(param="most", problem=Words(en="use a whole number", zh="请使用整数"))
    return value


TABLES = (
    AdminTable(
        Survey,
        name=Words(en="Surveys", zh="问卷"),
        group=GROUP,
        help=Words(en="How each is run. What it asks is edited in the console.", zh="问卷的投放设置；题目在控制台编辑。"),
        columns=(
            Column("name_zh", Words(en="Name in Chinese", zh="中文名称"), editable=True),
            Column("name_en", Words(en="Name in English", zh="英文名称"), editable=True),
            Column("status", Words(en="Status", zh="状态"), choices=reading.STATUS, sql=_STATUS),
            Column("state", Words(en="Switch", zh="开关"), choices=reading.STATES, editable=True, filter=True,
                   help=Words(en="“Live” publishes a draft once nothing is wrong with it.", zh="草稿无问题时，选“进行中”即发布。")),
            Column("window", Words(en="Window (UTC)", zh="时间窗口（UTC）"), sql=_WINDOW),
            Column("version", Words(en="Version", zh="版本")),
            Column("members", Words(en="Took part", zh="参与人数"), sql=f"SELECT count(DISTINCT coalesce(p.member::text, p.visitor)) {_TOOK_PART}"),
            Column("points_given", Words(en="Points given so far", zh="累计发放积分"), in_list=False,
                   sql=f"SELECT coalesce(sum(g.points), 0)::bigint {_GIVEN}"),
            Column("vouchers_given", Words(en="Vouchers given so far", zh="累计发券"), in_list=False, sql=f"SELECT count(g.voucher) {_GIVEN}"),
            Column("purpose", Words(en="Purpose", zh="目的"), choices=PURPOSES, editable=True, filter=True, in_list=False),
            Column("starts_at", Words(en="From", zh="开始时间"), editable=True, in_list=False),
            Column("ends_at", Words(en="Until", zh="结束时间"), editable=True, in_list=False),
            Column("access", Words(en="Who may answer", zh="参与方式"), choices=ACCESSES, editable=True, in_list=False),
            Column("segment", Words(en="Only of the segment", zh="限定人群"), editable=True, in_list=False),
            Column("open_link", Words(en="Open link", zh="公开链接"), editable=True, in_list=False,
                   help=Words(en="Anybody who has it may answer. Turned off, its address is dead for ever.", zh="任何人凭链接可答；关闭后原链接永久失效。")),
            Column("anonymous", Words(en="Anonymous", zh="匿名"), editable=True, in_list=False,
                   help=Words(en="Fixed by the first answer.", zh="收到第一份回答后不能更改。")),
            Column("repeat_days", Words(en="Again after days", zh="间隔多少天可再答"), editable=True, in_list=False,
                   help=Words(en="Empty: once ever.", zh="留空则只答一次。")),
            Column("phase_gap_days", Words(en="Days between phases", zh="阶段间隔天数"), editable=True, in_list=False),
            Column("after_event", Words(en="Invites after", zh="事件后邀请"), choices=EVENTS, editable=True, in_list=False),
            Column("after_days", Words(en="Days after it", zh="事件后天数"), editable=True, in_list=False),
            Column("invitation_days", Words(en="Invitations last days", zh="邀请有效天数"), editable=True, in_list=False),
            Column("reward_points", Words(en="Points for taking part", zh="参与奖励积分"), editable=True, in_list=False,
                   help=Words(en="For taking part, whatever is answered.", zh="因参与而发放，与回答内容无关。")),
            Column("reward_voucher", Words(en="Voucher for taking part", zh="参与奖励优惠券"), editable=True, in_list=False),
            Column("low_question", Words(en="Tell low scores of the question", zh="低分提醒题目"), editable=True, in_list=False),
            Column("low_at_most", Words(en="up to", zh="分数不高于"), editable=True, in_list=False),
            Column("created_at", Words(en="Made", zh="创建时间"), in_list=False),
        ),
        readable=("name_zh", "name_en"),
        order="-created_at",
        activity=Activity(preview="survey-preview", results="survey-results", prefix="sur", since="starts_at", until="ends_at", members="members",
                          cost=("points_given", "vouchers_given")),
        write=MARKETING,
        create=_create,
        change=_change,
        delete=editing.remove,
    ),
    AdminTable(
        SurveyQuota,
        name=Words(en="Survey quotas", zh="问卷配额"),
        group=GROUP,
        help=Words(en="At most so many complete responses, of those for which the condition holds.", zh="满足条件的完整回答最多收多少份。"),
        columns=(
            Column("survey", Words(en="Survey", zh="问卷"), editable=True, first_only=True, required=True, filter=True),
            Column("name", Words(en="Name", zh="名称"), editable=True, first_only=True, required=True),
            Column("condition", Words(en="Condition", zh="条件"), editable=True,
                   help=Words(en='Empty: all. For example skin = "dry".', zh='留空为全部，例如 skin = "dry"。')),
            Column("most", Words(en="At most", zh="上限"), editable=True, required=True),
            Column("taken", Words(en="Taken", zh="已占用"), sql="SELECT c.taken FROM __tenant__.survey_quota_count c WHERE c.quota = t.id"),
            Column("position", Words(en="Position", zh="排序"), editable=True, in_list=False),
        ),
        readable=("name",),
        order="survey",
        write=MARKETING,
        create=_set_quota,
        change=_change_quota,
        delete=_remove_quota,
    ),
    AdminTable(
        SurveyVersion,
        name=Words(en="Survey versions", zh="问卷版本"),
        group=GROUP,
        help=Words(en="Number 0 is the draft.", zh="编号 0 为草稿。"),
        columns=(
            Column("survey", Words(en="Survey", zh="问卷"), filter=True),
            Column("number", Words(en="Number", zh="编号"), filter=True),
            Column("frozen", Words(en="Was answered", zh="已有回答"), filter=True),
            Column("created_at", Words(en="Published", zh="发布时间")),
            Column("updated_at", Words(en="Changed", zh="更新时间"), in_list=False),
        ),
        readable=("number",),
        order="-created_at",
    ),
    AdminTable(
        SurveyInvitation,
        name=Words(en="Survey invitations", zh="问卷邀请"),
        group=GROUP,
        columns=(
            Column("survey", Words(en="Survey", zh="问卷"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("source", Words(en="Because of", zh="来源"), filter=True),
            Column("once", Words(en="Occasion", zh="缘由"), in_list=False),
            Column("opens_at", Words(en="From", zh="开始时间")),
            Column("expires_at", Words(en="Until", zh="到期时间")),
            Column("revoked_at", Words(en="Revoked", zh="撤回时间")),
            Column("created_at", Words(en="Made", zh="创建时间"), in_list=False),
        ),
        order="-created_at",
    ),
    AdminTable(
        SurveyParticipation,
        name=Words(en="Survey participations", zh="问卷参与"),
        group=GROUP,
        help=Words(en="Who took part; of an anonymous survey nothing leads from here to an answer.", zh="参与记录；匿名问卷无法由此查到回答。"),
        columns=(
            Column("day", Words(en="Day", zh="日期"), filter=True),
            Column("survey", Words(en="Survey", zh="问卷"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("phase", Words(en="Phase", zh="阶段"), filter=True),
            Column("finished", Words(en="Finished", zh="已完成"), filter=True),
        ),
        order="-day",
    ),
    AdminTable(
        SurveyResponse,
        name=Words(en="Survey responses", zh="问卷回答"),
        group=GROUP,
        columns=(
            Column("survey", Words(en="Survey", zh="问卷"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("version", Words(en="Version", zh="版本"), filter=True),
            Column("phase", Words(en="Phase", zh="阶段"), filter=True),
            Column("state", Words(en="State", zh="状态"), choices=RESPONSES, filter=True),
            Column("via", Words(en="Came by", zh="渠道"), choices=filtering.VIA, filter=True),
            Column("language", Words(en="Language", zh="语言"), filter=True),
            Column("answers", Words(en="Answers", zh="答题数")),
            Column("suspect", Words(en="Looks like a machine", zh="疑似机器"), filter=True, in_list=False),
            Column("reached", Words(en="Last question seen", zh="最后浏览题目"), in_list=False),
            Column("completed_at", Words(en="Completed", zh="完成时间")),
        ),
        order="-id",
    ),
    AdminTable(
        SurveyAnswer,
        name=Words(en="Survey answers", zh="问卷答案"),
        group=GROUP,
        read=SERVICE,
        columns=(
            Column("survey", Words(en="Survey", zh="问卷"), filter=True),
            Column("response", Words(en="Response", zh="回答"), filter=True),
            Column("question", Words(en="Question", zh="题目"), filter=True),
            Column("part", Words(en="Row", zh="行"), filter=True),
            Column("number", Words(en="Number", zh="数值"), filter=True),
            Column("day", Words(en="Date", zh="日期"), filter=True),
            Column("choices", Words(en="Choices", zh="选项")),
            Column("text", Words(en="Text", zh="文字")),
        ),
        order="-id",
    ),
    AdminTable(
        SurveyEffect,
        name=Words(en="What answers changed", zh="回答写入记录"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("survey", Words(en="Survey", zh="问卷"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("question", Words(en="Question", zh="题目"), filter=True),
            Column("kind", Words(en="Kind", zh="类型"), choices=KINDS, filter=True),
            Column("name", Words(en="Name", zh="名称"), filter=True),
            Column("before", Words(en="Before", zh="变动前")),
            Column("after", Words(en="After", zh="变动后")),
        ),
        order="-at",
    ),
)  # fmt: skip
FORMS = ()
