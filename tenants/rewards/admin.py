"""Rewards at the desk: what went out, and giving points or a voucher by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import rewards
from tenants.kit import clock
from tenants.kit.desk import MARKETING, SERVICE, AdminTable, Column, Field, Form
from tenants.kit.errors import Refused
from tenants.kit.words import Words
from tenants.rewards.tables import NOTE_MAX, LevelGift, LevelGiftGiven, RewardBudget, RewardGrant
from tenants.tenancy import DB, current_tenant
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

GROUP = Words(en="Points", zh="积分")
LEVELS = Words(en="Levels", zh="会员等级")
PERIODS = {"day": Words(en="Day", zh="每天"), "month": Words(en="Calendar month", zh="每自然月")}
OCCASIONS = {
    "reached": Words(en="On reaching the level", zh="达到等级时"),
    "birthday": Words(en="On birthdays", zh="生日时"),
}
POINTS_MAX = 1_000_000
AGENT_POINTS_MAX = 1_000
COPIES_MAX = 20
WHY = {why.value: words for why, words in rewards.WHY_WORDS.items()}
REASONS = {
    "staff": Words(en="Given by staff", zh="员工发放"),
    "compensation": Words(en="To make up for a problem", zh="问题补偿"),
    "campaign": Words(en="For an activity", zh="活动奖励"),
}


class TooManyForAgent(Refused):
    """Service agents give small amounts a day; more needs a marketer or the owner."""

    code = "reward.too_many_for_agent"
    sentence = Words(
        en="As an agent you can give at most {most} points a day. Ask a marketer or the owner.",
        zh="客服每天最多发放 {most} 积分；更多请联系运营或店主。",
    )


async def _grant_points(values: dict[str, Any]) -> Words:
    points = values["points"]
    if current_caller().role == "agent":
        given = await _given_today(current_caller().id, but=values["once"])
        if given + points > AGENT_POINTS_MAX:
            raise TooManyForAgent(most=AGENT_POINTS_MAX)
    granted = await rewards.grant(
        values["member"], rewards.Reward(points=points), why=rewards.Why(values["why"]), once=f"desk/{values['once']}",
        note=values["note"] or "")  # fmt: skip
    if granted.repeated:
        return Words(
            en=f"These {points} points had been given already.", zh=f"这 {points} 积分此前已发放，没有重复发放。"
        )
    return Words(en=f"{points} points were given.", zh=f"已发放 {points} 积分。")


async def _given_today(agent: UUID | None, *, but: str) -> int:
    """The points that an agent has given by the form since the shop's midnight, each occasion once, `but` one."""
    # The trail says who gave what. Locked, so that two forms at the same moment cannot both see the same sum.
    await DB.fetch("SELECT 1 FROM __tenant__.staff WHERE id = $1 FOR NO KEY UPDATE", agent)
    zone = current_tenant().timezone
    total: int = await DB.fetchval(
        """
        SELECT coalesce(sum(points), 0)::int FROM (
            SELECT DISTINCT row_id, (after::jsonb ->> 'points')::int AS points FROM __tenant__.audit
            WHERE staff = $1 AND action = 'form' AND subject = 'grant-points' AND row_id <> $2 AND at >= $3
        ) AS given
        """, str(agent), but, clock.local(zone, clock.today(zone)))  # fmt: skip
    return total


async def _issue_vouchers(values: dict[str, Any]) -> Words:
    template = await _template(values["template"])
    grantings = [
        rewards.Granting(
            member=values["member"], reward=rewards.Reward(voucher_template=template), why=rewards.Why(values["why"]),
            once=f"desk/{values['once']}/{number}", note=values["note"] or "",
        )
        for number in range(1, values["copies"] + 1)
    ]  # fmt: skip
    granted = await rewards.grant_many(grantings)
    codes = "  ".join(one.voucher_code or "" for one in granted)
    return Words(en=f"{len(granted)} issued: {codes}", zh=f"已发放 {len(granted)} 张：{codes}")


async def _create_budget(values: dict[str, Any]) -> UUID:
    return await rewards.create_budget(
        why=values["why"], period=values["period"], points_max=values["points_max"],
        active=values.get("active", True))  # fmt: skip


async def _change_budget(budget: UUID, values: dict[str, Any]) -> None:
    row = await DB.fetchrow("SELECT points_max, active FROM __tenant__.reward_budget WHERE id = $1", budget)
    said = {name: values[name] for name in ("points_max", "active") if name in values}
    await rewards.change_budget(budget, **{**dict(row), **said})


async def _create_gift(values: dict[str, Any]) -> UUID:
    return await rewards.set_gift(
        values["level"], occasion=values["occasion"], points=values.get("points") or 0,
        voucher_template=values.get("voucher_template"), again=bool(values.get("again")))  # fmt: skip


async def _change_gift(gift: UUID, values: dict[str, Any]) -> None:
    row = await _gift(gift)
    said = {name: values[name] for name in ("points", "voucher_template", "again") if name in values}
    now: dict[str, Any] = {"points": row["points"], "voucher_template": row["voucher_template"], "again": row["again"]}
    await rewards.set_gift(row["level"], occasion=row["occasion"], **(now | said))


async def _remove_gift(gift: UUID) -> None:
    row = await _gift(gift)
    await rewards.remove_gift(row["level"], occasion=row["occasion"])


async def _gift(gift: UUID) -> Any:
    row = await DB.fetchrow("SELECT * FROM __tenant__.level_gift WHERE id = $1", gift)
    if row is None:
        raise rewards.GiftUnknown
    return row


async def _templates() -> Mapping[str, Words]:
    rows = await DB.fetch(
        "SELECT id, name_en, name_zh FROM __tenant__.voucher_template WHERE state = 'active' ORDER BY id DESC LIMIT 200"
    )
    return {
        str(row["id"]): Words(en=row["name_en"] or row["name_zh"], zh=row["name_zh"] or row["name_en"]) for row in rows
    }


async def _template(text: str) -> Any:
    return await DB.fetchval("SELECT id FROM __tenant__.voucher_template WHERE id = $1::text::uuid", text)


TABLES = (
    AdminTable(
        RewardGrant,
        name=Words(en="Rewards given", zh="奖励发放记录"),
        group=GROUP,
        help=Words(en="Everything that went out, and why.", zh="所有已发放的奖励及原因。"),
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("why", Words(en="Why", zh="原因"), choices=WHY, filter=True),
            Column("points", Words(en="Points", zh="积分"), filter=True),
            Column("points_refused", Words(en="Points beyond the budget", zh="超预算未发积分"), filter=True, in_list=False),
            Column("growth", Words(en="Growth", zh="成长值"), filter=True, in_list=False),
            Column("voucher_template", Words(en="Voucher template", zh="优惠券模板"), filter=True),
            Column("voucher", Words(en="Voucher", zh="优惠券")),
            Column("voucher_refused", Words(en="Voucher not issued because", zh="未发券原因"), in_list=False),
            Column("note", Words(en="Note", zh="备注"), filter=True),
            Column("once", Words(en="Occasion", zh="事由编号"), filter=True, in_list=False),
        ),
        order="-at",
    ),
    AdminTable(
        RewardBudget,
        name=Words(en="Points budgets", zh="积分预算"),
        group=GROUP,
        help=Words(en="Points for a reason beyond the budget of the day or month are not given. Orders have caps of their own.",
                   zh="同一原因在当日或当月超出预算的积分不再发放。订单积分请在订单规则中设置上限。"),
        columns=(
            Column("why", Words(en="Reason", zh="原因"), choices={key: words for key, words in WHY.items() if key != "order"},
                   editable=True, first_only=True, required=True),
            Column("period", Words(en="In a", zh="周期"), choices=PERIODS, editable=True, first_only=True, required=True),
            Column("points_max", Words(en="Points at most", zh="积分上限"), editable=True, required=True),
            Column("active", Words(en="On", zh="启用"), editable=True),
            Column("used", Words(en="Given so far", zh="已发放"),
                   sql="SELECT coalesce(sum(u.points), 0) FROM __tenant__.reward_budget_use u WHERE u.budget = t.id"
                   " AND u.starts_on = CASE t.period WHEN 'day' THEN $3::date ELSE date_trunc('month', $3::date)::date END"),
        ),
        order="why",
        write=MARKETING,
        create=_create_budget,
        change=_change_budget,
        delete=rewards.remove_budget,
    ),
    AdminTable(
        LevelGift,
        name=Words(en="Gifts of levels", zh="等级礼遇"),
        group=LEVELS,
        help=Words(en="Given once on reaching the level; on birthdays in place of the birthday programme's own gift.",
                   zh="升级礼每个等级发放一次；生日礼替代生日计划的礼物。"),
        columns=(
            Column("level", Words(en="Level", zh="等级"), editable=True, first_only=True, required=True, filter=True),
            Column("occasion", Words(en="When", zh="时机"), choices=OCCASIONS, editable=True, first_only=True, required=True),
            Column("points", Words(en="Points", zh="积分"), editable=True),
            Column("voucher_template", Words(en="Voucher", zh="优惠券"), editable=True),
            Column("again", Words(en="Again after a drop", zh="降级后再次达成时再送"), editable=True),
            Column("given", Words(en="Given", zh="已送人数"),
                   sql="SELECT count(*) FROM __tenant__.level_gift_given g WHERE g.level = t.level AND t.occasion = 'reached'"
                   " AND g.reward IS NOT NULL"),
            Column("cost", Words(en="Points given so far", zh="已送积分"),
                   sql="SELECT coalesce(sum(r.points), 0) FROM __tenant__.level_gift_given g JOIN __tenant__.reward_grant r"
                   " ON r.id = g.reward WHERE g.level = t.level AND t.occasion = 'reached'"),
        ),
        order="level",
        write=MARKETING,
        create=_create_gift,
        change=_change_gift,
        delete=_remove_gift,
    ),
    AdminTable(
        LevelGiftGiven,
        name=Words(en="Level gifts given", zh="升级礼发放记录"),
        group=LEVELS,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("level", Words(en="Level", zh="等级"), filter=True),
            Column("points", Words(en="Points", zh="积分")),
            Column("voucher_template", Words(en="Voucher", zh="优惠券")),
            Column("reward", Words(en="Given as", zh="发放记录"), in_list=False),
        ),
        order="-at",
    ),
)  # fmt: skip
_MEMBER = Field("member", Words(en="Member", zh="会员"), kind="member",
                help=Words(en="Search by name, your number, telephone or e-mail.", zh="可按姓名、外部编号、手机或邮箱搜索。"))  # fmt: skip
_WHY = Field("why", Words(en="Reason", zh="原因"), choices=REASONS, default="staff")
_NOTE = Field("note", Words(en="Note", zh="备注"), required=False, most=NOTE_MAX,
              help=Words(en="Kept with the entry; the member may see it.", zh="随流水保存，会员可见。"))  # fmt: skip
FORMS = (
    Form(
        "grant-points", Words(en="Grant points", zh="发放积分"),
        Words(en="Gives a member points, once, even if you click twice.", zh="给会员发放积分；重复点击只发放一次。"),
        (_MEMBER, Field("points", Words(en="Points", zh="积分"), kind="whole", least=1, most=POINTS_MAX), _WHY, _NOTE),
        _grant_points, roles=SERVICE, group=GROUP,
    ),
    Form(
        "issue-vouchers", Words(en="Issue vouchers", zh="发放优惠券"),
        Words(en="Gives a member vouchers of an active template.", zh="给会员发放启用中的优惠券。"),
        (_MEMBER, Field("template", Words(en="Voucher template", zh="优惠券模板"), choices=_templates),
         Field("copies", Words(en="How many", zh="张数"), kind="whole", least=1, most=COPIES_MAX, default="1"), _WHY, _NOTE),
        _issue_vouchers, roles=SERVICE, group=GROUP,
    ),
)  # fmt: skip
