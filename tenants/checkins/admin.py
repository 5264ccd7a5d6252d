"""Check-ins at the desk: the plan, its milestones, and the visits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.checkins.rules import plans, promises
from tenants.checkins.tables import CheckIn, CheckInMilestone, CheckInPlan
from tenants.kit.desk import MARKETING, AdminTable, Column, Form
from tenants.kit.words import Words
from tenants.tenancy import DB

if TYPE_CHECKING:
    from uuid import UUID

GROUP = Words(en="Check-ins", zh="签到")
CYCLES = {
    "endless": Words(en="Endless", zh="不循环"),
    "days7": Words(en="7 days", zh="7 天一轮"),
    "days30": Words(en="30 days", zh="30 天一轮"),
    "month": Words(en="Calendar month", zh="按自然月"),
}


async def _change_plan(plan: UUID, values: dict[str, Any]) -> None:
    await plans.change_plan(plan, plans.settings_of(await plans.find_plan(plan), **values))


async def _set_milestone(values: dict[str, Any]) -> UUID:
    return await promises.set_milestone(
        values["plan"], day=values["day"], points=values.get("points") or 0,
        voucher_template=values.get("voucher_template"))  # fmt: skip


async def _change_milestone(milestone: UUID, values: dict[str, Any]) -> None:
    row = await _milestone(milestone)
    await promises.set_milestone(
        row["plan"], day=row["day"], points=values.get("points", row["points"]) or 0,
        voucher_template=values.get("voucher_template", row["voucher_template"]))  # fmt: skip


async def _remove_milestone(milestone: UUID) -> None:
    row = await _milestone(milestone)
    await promises.remove_milestone(row["plan"], day=row["day"])


async def _milestone(milestone: UUID) -> Any:
    return await DB.fetchrow("SELECT * FROM __tenant__.check_in_milestone WHERE id = $1", milestone)


TABLES = (
    AdminTable(
        CheckInPlan,
        name=Words(en="Check-in plan", zh="签到计划"),
        group=GROUP,
        help=Words(en="What a check-in earns. A change holds from the next check-in on and keeps streaks.",
                   zh="签到可获得的奖励。修改后从下次签到起生效，不影响连签天数。"),
        columns=(
            Column("name_zh", Words(en="Name in Chinese", zh="中文名称"), editable=True),
            Column("name_en", Words(en="Name in English", zh="英文名称"), editable=True),
            Column("active", Words(en="On", zh="启用"), editable=True,
                   help=Words(en="Switching one on switches the other off.", zh="启用一个计划会停用其他计划。")),
            Column("base", Words(en="Points on the first day", zh="首日积分"), editable=True),
            Column("increment", Words(en="More for each further day", zh="每连签一天增加"), editable=True),
            Column("increment_days", Words(en="Until day", zh="增加到第几天"), editable=True),
            Column("cycle", Words(en="Cycle", zh="周期"), choices=CYCLES, editable=True),
            Column("updated_at", Words(en="Changed", zh="更新时间"), in_list=False),
        ),
        readable=("name_zh", "name_en"),
        order="-active",
        write=MARKETING,
        change=_change_plan,
    ),
    AdminTable(
        CheckInMilestone,
        name=Words(en="Check-in milestones", zh="签到里程碑"),
        group=GROUP,
        help=Words(en="A further reward on a certain day in a row.", zh="连签到某一天时的额外奖励。"),
        columns=(
            Column("day", Words(en="Day", zh="第几天"), editable=True, first_only=True, required=True, filter=True),
            Column("plan", Words(en="Plan", zh="签到计划"), editable=True, first_only=True, required=True, filter=True),
            Column("points", Words(en="Points", zh="积分"), editable=True),
            Column("voucher_template", Words(en="Voucher", zh="优惠券"), editable=True),
        ),
        order="day",
        write=MARKETING,
        create=_set_milestone,
        change=_change_milestone,
        delete=_remove_milestone,
    ),
    AdminTable(
        CheckIn,
        name=Words(en="Check-in records", zh="签到记录"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("day", Words(en="Day", zh="日期"), filter=True),
            Column("streak", Words(en="Days in a row", zh="连签天数"), filter=True),
            Column("points", Words(en="Points", zh="积分")),
            Column("milestone_points", Words(en="Milestone points", zh="里程碑积分")),
            Column("milestone_voucher", Words(en="Milestone voucher", zh="里程碑优惠券"), in_list=False),
        ),
        order="-at",
    ),
)  # fmt: skip
FORMS: tuple[Form, ...] = ()
