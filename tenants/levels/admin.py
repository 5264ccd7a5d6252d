"""Levels at the desk: the ladder, the policy, where members stand and why, and a level set by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenants.kit.desk import MARKETING, SERVICE, Activity, AdminTable, Column, Field, Form
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.levels.rules import by_hand, counting, ladder, previewing
from tenants.levels.rules import policy as policies
from tenants.levels.rules.reasons import ENTRY_WORDS, WHY_WORDS
from tenants.levels.rules.refusals import LevelsOff
from tenants.levels.tables import (
    NOTE_MAX,
    GrowthEntry,
    Level,
    LevelChange,
    LevelHold,
    LevelNotice,
    LevelPolicy,
    LevelStanding,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUP = Words(en="Levels", zh="会员等级")
BASIS = {
    "spend": Words(en="Money spent, net of refunds", zh="净消费金额"),
    "growth": Words(en="Growth", zh="成长值"),
    "points": Words(en="Points earned", zh="获得的积分"),
}
PERIOD = {
    "lifetime": Words(en="Everything ever", zh="累计全部"),
    "rolling": Words(en="The last days", zh="最近若干天"),
    "year": Words(en="The calendar year", zh="自然年"),
}
TERM = {
    "months": Words(en="So many months", zh="若干个月"),
    "year_end": Words(en="To the end of the year", zh="到当年年底"),
    "next_year_end": Words(en="To the end of the next year", zh="到次年年底"),
}
DOWNGRADE = {
    "none": Words(en="Never lost", zh="永不降级"),
    "one_step": Words(en="One level lower", zh="降一级"),
    "to_due": Words(en="To the level that is due", zh="降到应得等级"),
}
HOW = {
    "earned": Words(en="Earned", zh="达成"),
    "kept": Words(en="Kept on the way down", zh="降级保留"),
    "at_least": Words(en="Set by staff: at least", zh="员工设置：不低于"),
    "at_most": Words(en="Set by staff: at most", zh="员工设置：不高于"),
}
ENDED = {
    "renewed": Words(en="Renewed", zh="已续期"),
    "over": Words(en="Over", zh="已到期"),
    "dropped": Words(en="Dropped", zh="已降级"),
    "taken_back": Words(en="Refunded", zh="因退款收回"),
    "replaced": Words(en="Replaced", zh="已被替换"),
    "rules_changed": Words(en="New rules", zh="规则调整"),
}
WHY = {why.value: words for why, words in WHY_WORDS.items()}
ICONS = {
    "star": Words(en="Star", zh="星星"), "medal": Words(en="Medal", zh="奖章"), "crown": Words(en="Crown", zh="皇冠"),
    "diamond": Words(en="Diamond", zh="钻石"), "heart": Words(en="Heart", zh="爱心"),
    "leaf": Words(en="Leaf", zh="叶子"), "flame": Words(en="Flame", zh="火焰"), "gem": Words(en="Gem", zh="宝石"),
    "shield": Words(en="Shield", zh="盾牌"), "flower": Words(en="Flower", zh="花朵"),
}  # fmt: skip
_SETTINGS = tuple(ladder.LevelSettings.__dataclass_fields__)
_MEMBERS = (
    "CASE WHEN t.threshold = 0 THEN (SELECT count(*) FROM __tenant__.member m WHERE m.state = 'active' AND NOT EXISTS"
    " (SELECT 1 FROM __tenant__.level_standing s WHERE s.member = m.id AND s.level IS NOT NULL))"
    " ELSE (SELECT count(*) FROM __tenant__.level_standing s WHERE s.level = t.id) END"
)
STATUS = {
    "draft": Words(en="Levels are off", zh="等级未启用"),
    "paused": Words(en="Cannot be reached", zh="不可升级"),
    "live": Words(en="Live", zh="进行中"),
}
_STATUS = (
    "SELECT CASE WHEN NOT p.active THEN 'draft' WHEN NOT t.active THEN 'paused' ELSE 'live' END"
    " FROM __tenant__.level_policy p WHERE p.id = 1"
)
_ENDING = (
    "SELECT count(*) FROM __tenant__.level_hold h WHERE h.level = t.id AND h.ended IS NULL"
    " AND h.until BETWEEN $3::date AND $3::date + 30"
)


async def _create_level(values: dict[str, Any]) -> UUID:
    return (await ladder.create_level(ladder.LevelSettings(**_said(values)))).id


async def _change_level(level: UUID, values: dict[str, Any]) -> None:
    now = await ladder.settings_of(level)
    await ladder.change_level(level, replace(now, **_said(values)))


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in _SETTINGS and value is not None}


async def _change_policy(_row: UUID, values: dict[str, Any]) -> None:
    await policies.change_policy(**values)


async def _set_level(values: dict[str, Any]) -> Words:
    await by_hand.set_level(
        values["member"], level=UUID(values["level"]), until=values.get("until"), reason=values["reason"])  # fmt: skip
    return Words(en="The level is set.", zh="等级已设置。")


async def _clear_level(values: dict[str, Any]) -> Words:
    await by_hand.clear_level(values["member"])
    return Words(en="What was earned counts alone again.", zh="已恢复为按规则计算的等级。")


async def _count(values: dict[str, Any]) -> Words:
    counted = await counting.count(
        counting.Growth(
            member=values["member"], amount=_amount(values["amount"], "amount"), kind=values["kind"],
            once=f"desk/{values['once']}", why="staff", note=values["note"])
    )  # fmt: skip
    if counted.repeated:
        return Words(en="This had been entered already.", zh="此前已录入，没有重复计入。")
    return Words(en="It is counted.", zh="已计入。")


async def _preview(values: dict[str, Any]) -> Words:
    found = await previewing.preview({UUID(values["level"]): _amount(values["threshold"], "threshold")})
    return Words(
        en=f"{found.rise} members would rise, {found.below} have less than the level they hold, {found.stay} stay.",
        zh=f"{found.rise} 位会员将升级，{found.below} 位会员未达当前等级门槛，{found.stay} 位不变。",
    )


async def _recount(values: dict[str, Any]) -> Words:
    if not (await policies.policy()).active:
        raise LevelsOff
    found = await previewing.preview()
    lower = bool(values.get("lower"))
    await policies.recount(lower=lower)
    drop = found.below if lower else 0
    return Words(
        en=f"All members are being gone through: {found.rise} will rise, {drop} will drop.",
        zh=f"正在重新计算全部会员：{found.rise} 位将升级，{drop} 位将降级。",
    )


def _amount(text: Any, param: str) -> Decimal:
    try:
        return Decimal(str(text).strip())
    except InvalidOperation:
        raise Invalid(param=param, problem=Words(en="use a number", zh="请填写数字")) from None


async def _levels() -> Mapping[str, Words]:
    return {str(level.id): level.name for level in await ladder.ladder()}


_MEMBER = Field("member", Words(en="Member", zh="会员"), kind="member",
                help=Words(en="Search by name, your number, telephone or e-mail.", zh="可按姓名、外部编号、手机或邮箱搜索。"))  # fmt: skip
TABLES = (
    AdminTable(
        Level,
        name=Words(en="Levels", zh="等级"),
        group=GROUP,
        help=Words(en="A change lets members rise within minutes; nobody drops before their term ends.",
                   zh="修改后符合条件的会员会在几分钟内升级；有效期内不会降级。"),
        columns=(
            Column("rank", Words(en="Rank", zh="序号"), editable=True, required=True),
            Column("name_zh", Words(en="Name in Chinese", zh="中文名称"), editable=True),
            Column("name_en", Words(en="Name in English", zh="英文名称"), editable=True),
            Column("threshold", Words(en="What it takes", zh="升级门槛"), editable=True, required=True),
            Column("multiplier", Words(en="Points multiplied by", zh="积分倍数"), editable=True),
            Column("free_shipping", Words(en="Free shipping", zh="包邮"), editable=True),
            Column("benefits_zh", Words(en="Benefits in Chinese", zh="中文权益说明"), editable=True, in_list=False, kind="long"),
            Column("benefits_en", Words(en="Benefits in English", zh="英文权益说明"), editable=True, in_list=False, kind="long"),
            Column("color", Words(en="Colour of the card", zh="卡面颜色"), editable=True, in_list=False),
            Column("icon", Words(en="Icon", zh="图标"), choices=ICONS, editable=True, in_list=False),
            Column("active", Words(en="Can be reached", zh="可升级到此等级"), editable=True),
            Column("status", Words(en="Status", zh="状态"), choices=STATUS, sql=_STATUS),
            Column("members", Words(en="Members", zh="会员数"), sql=_MEMBERS),
            Column("ending", Words(en="Terms ending within 30 days", zh="30 天内到期"), sql=_ENDING),
        ),
        readable=("name_zh", "name_en"),
        order="rank",
        activity=Activity(preview="level-preview", prefix="lvl", members="members"),
        write=MARKETING,
        create=_create_level,
        change=_change_level,
        delete=ladder.remove_level,
    ),
    AdminTable(
        LevelPolicy,
        name=Words(en="Level rules", zh="等级规则"),
        group=GROUP,
        help=Words(en="Terms that run go on; a new rule holds for the next.", zh="进行中的有效期不变，新规则从下一期起生效。"),
        columns=(
            Column("active", Words(en="Levels are on", zh="启用等级"), editable=True),
            Column("basis", Words(en="What counts", zh="升级依据"), choices=BASIS, editable=True),
            Column("period", Words(en="Over", zh="统计周期"), choices=PERIOD, editable=True),
            Column("period_days", Words(en="Days, for the last days", zh="最近天数"), editable=True),
            Column("term", Words(en="A level is held", zh="等级有效期"), choices=TERM, editable=True),
            Column("term_months", Words(en="Months", zh="有效月数"), editable=True),
            Column("grace_days", Words(en="Days of grace", zh="宽限天数"), editable=True),
            Column("downgrade", Words(en="When not renewed", zh="未保级时"), choices=DOWNGRADE, editable=True),
            Column("first_notice_days", Words(en="First notice, days before", zh="首次提醒（提前天数）"), editable=True, in_list=False),
            Column("second_notice_days", Words(en="Second notice, days before", zh="二次提醒（提前天数）"), editable=True, in_list=False),
            Column("updated_at", Words(en="Changed", zh="更新时间"), in_list=False),
        ),
        order="id",
        write=MARKETING,
        change=_change_policy,
    ),
    AdminTable(
        LevelStanding,
        name=Words(en="Where members stand", zh="会员等级一览"),
        group=GROUP,
        columns=(
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("level", Words(en="Level", zh="等级"), filter=True),
            Column("since", Words(en="Since", zh="起始日"), filter=True),
            Column("until", Words(en="Term ends", zh="有效期至"),
                   sql="SELECT max(h.until) FROM __tenant__.level_hold h WHERE h.member = t.member AND h.level = t.level AND h.ended IS NULL"),
            Column("spend", Words(en="Spent in all", zh="累计消费"), filter=True),
            Column("growth", Words(en="Growth in all", zh="累计成长值"), filter=True),
            Column("points", Words(en="Points counted in all", zh="累计计入积分"), filter=True, in_list=False),
            Column("earned", Words(en="Earned level", zh="达成等级"), in_list=False),
            Column("look_on", Words(en="Next look", zh="下次检查日"), in_list=False),
        ),
        order="-updated_at",
    ),
    AdminTable(
        LevelChange,
        name=Words(en="Level history", zh="等级变动记录"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("before", Words(en="From", zh="原等级"), filter=True),
            Column("after", Words(en="To", zh="新等级"), filter=True),
            Column("why", Words(en="Why", zh="原因"), choices=WHY, filter=True),
            Column("value", Words(en="What counted", zh="当时累计")),
            Column("until", Words(en="Held until", zh="有效期至")),
            Column("note", Words(en="Note", zh="备注"), in_list=False),
        ),
        order="-at",
    ),
    AdminTable(
        LevelHold,
        name=Words(en="Claims to levels", zh="等级持有记录"),
        group=GROUP,
        help=Words(en="Why a member has a level: the best of the open ones.", zh="会员等级取有效记录中最高的一条。"),
        columns=(
            Column("since", Words(en="From", zh="起始日"), filter=True),
            Column("until", Words(en="Until", zh="有效期至"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("level", Words(en="Level", zh="等级"), filter=True),
            Column("how", Words(en="How", zh="方式"), choices=HOW, filter=True),
            Column("needed", Words(en="What it took", zh="所需")),
            Column("counted_from", Words(en="Counted from", zh="统计起"), in_list=False),
            Column("counted_to", Words(en="Counted to", zh="统计止"), in_list=False),
            Column("ended", Words(en="Ended", zh="结束方式"), choices=ENDED, filter=True),
            Column("note", Words(en="Note", zh="备注"), in_list=False),
        ),
        order="-at",
    ),
    AdminTable(
        GrowthEntry,
        name=Words(en="What counted", zh="成长流水"),
        group=GROUP,
        columns=(
            Column("at", Words(en="Recorded", zh="记录时间"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("kind", Words(en="What", zh="类型"), choices=BASIS, filter=True),
            Column("amount", Words(en="Amount", zh="数值"), filter=True),
            Column("day", Words(en="Counts on", zh="计入日期"), filter=True),
            Column("why", Words(en="Why", zh="原因"), choices=ENTRY_WORDS, filter=True),
            Column("note", Words(en="Note", zh="备注"), in_list=False),
            Column("once", Words(en="Occasion", zh="事由编号"), filter=True, in_list=False),
        ),
        order="-at",
    ),
    AdminTable(
        LevelNotice,
        name=Words(en="Notices of a drop", zh="降级提醒记录"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("missing", Words(en="Missing", zh="还差")),
            Column("drops_on", Words(en="Drops on", zh="降级日"), filter=True),
            Column("days", Words(en="Days before", zh="提前天数")),
        ),
        order="-at",
    ),
)  # fmt: skip
FORMS = (
    Form(
        "set-level", Words(en="Set a level", zh="设置会员等级"),
        Words(en="A higher level than earned is a floor, a lower one a ceiling, to the end of the day you give.",
              zh="高于应得等级时为保底，低于时为上限，到所填日期结束。"),
        (_MEMBER, Field("level", Words(en="Level", zh="等级"), choices=_levels),
         Field("until", Words(en="Until (empty: until it is changed)", zh="有效期至（留空表示长期）"), kind="date", required=False),
         Field("reason", Words(en="Reason", zh="原因"), most=NOTE_MAX)),
        _set_level, roles=MARKETING, group=GROUP,
    ),
    Form(
        "clear-level", Words(en="Undo a level set by hand", zh="取消手动等级"),
        Words(en="What the member has earned counts alone again.", zh="恢复为按规则计算的等级。"),
        (_MEMBER,), _clear_level, roles=MARKETING, group=GROUP,
    ),
    Form(
        "count-growth", Words(en="Enter growth", zh="录入成长值"),
        Words(en="Counts towards the level, once, even if you click twice. Below zero takes back.",
              zh="计入会员成长，重复点击只计一次；负数为扣减。"),
        (_MEMBER, Field("kind", Words(en="What", zh="类型"), default="growth",
                        choices={name: BASIS[name] for name in ("growth", "spend")}),
         Field("amount", Words(en="Amount", zh="数值")), Field("note", Words(en="Note", zh="备注"), most=NOTE_MAX)),
        _count, roles=SERVICE, group=GROUP,
    ),
    Form(
        "preview-levels", Words(en="What would a threshold do?", zh="门槛试算"),
        Words(en="Says how many would rise and how many hold more than they would be due. Changes nothing.",
              zh="试算有多少会员会升级、多少会员未达门槛，不做任何修改。"),
        (Field("level", Words(en="Level", zh="等级"), choices=_levels),
         Field("threshold", Words(en="Threshold to try", zh="试算门槛"))),
        _preview, roles=MARKETING, group=GROUP,
    ),
    Form(
        "recount-levels", Words(en="Go through all members", zh="重新计算等级"),
        Words(en="Who has enough rises. Lowering takes effect now instead of at the end of each term.",
              zh="符合条件者升级；如选择同时降级，则立即生效而不等有效期结束。"),
        (Field("lower", Words(en="Also lower those who have too little", zh="同时降低未达门槛的会员"), kind="yes_no", required=False),),
        _recount, roles=MARKETING, group=GROUP,
    ),
)  # fmt: skip
