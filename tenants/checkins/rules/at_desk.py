"""What staff do at the desk, out of the fields that they fill in."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenants.checkins.rules import outages, plans, previewing, promises
from tenants.checkins.rules.refusals import LevelBonusUnknown, MilestoneUnknown, SpecialDateUnknown
from tenants.kit.words import Words
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Mapping


async def create_plan(values: dict[str, Any]) -> UUID:
    """Make a draft."""
    said = {"name_en": "", "name_zh": "", "active": False, "base": 0, "increment": 0, "increment_days": 1,
            "cycle": "endless", **_without_none(values)}  # fmt: skip
    return await plans.create_plan(plans.PlanSettings(**said))


async def change_plan(plan: UUID, values: dict[str, Any]) -> None:
    """Change some of a plan."""
    await plans.change_plan(plan, plans.settings_of(await plans.find_plan(plan), **values))


async def set_milestone(values: dict[str, Any]) -> UUID:
    """Promise something further on a day, in the next free slot."""
    plan, day = values["plan"], values["day"]
    return await promises.set_milestone(
        plan, day=day, points=values.get("points") or 0, growth=values.get("growth") or 0,
        voucher_template=values.get("voucher_template"), repeats=values.get("repeats", True),
        slot=await promises.next_slot(plan, day=day))  # fmt: skip


async def change_milestone(milestone: UUID, values: dict[str, Any]) -> None:
    """Change what is promised on a day."""
    row = await _row("SELECT * FROM __tenant__.check_in_milestone WHERE id = $1", milestone, MilestoneUnknown)
    said = {name: values.get(name, row[name]) for name in ("points", "growth", "voucher_template", "repeats")}
    await promises.set_milestone(
        row["plan"], day=row["day"], slot=row["slot"], points=said["points"] or 0, growth=said["growth"] or 0,
        voucher_template=said["voucher_template"], repeats=said["repeats"])  # fmt: skip


async def remove_milestone(milestone: UUID) -> None:
    """Promise it no more."""
    row = await _row("SELECT * FROM __tenant__.check_in_milestone WHERE id = $1", milestone, MilestoneUnknown)
    await promises.remove_milestone(row["plan"], day=row["day"], slot=row["slot"])


async def add_special_date(values: dict[str, Any]) -> UUID:
    """Let a day earn more."""
    said = _without_none(values)
    return await promises.add_special_date(said.pop("plan"), promises.SpecialDate(**said))


async def change_special_date(special: UUID, values: dict[str, Any]) -> None:
    """Change some of a special date."""
    row = await _row("SELECT * FROM __tenant__.check_in_special_date WHERE id = $1", special, SpecialDateUnknown)
    names = ("name_en", "name_zh", "day", "month", "month_day", "multiplier", "points", "growth", "voucher_template")
    said = {name: values.get(name, row[name]) for name in names}
    await promises.change_special_date(special, promises.SpecialDate(**_without_none(said)))


async def set_level_bonus(values: dict[str, Any]) -> UUID:
    """Let members of a level earn more."""
    return await promises.set_level_bonus(
        values["plan"],
        promises.LevelBonus(
            level=values["level"], multiplier=values.get("multiplier") or Decimal(1), points=values.get("points") or 0
        ),
    )


async def change_level_bonus(bonus: UUID, values: dict[str, Any]) -> None:
    """Change what they earn more."""
    row = await _row("SELECT * FROM __tenant__.check_in_level_bonus WHERE id = $1", bonus, LevelBonusUnknown)
    await set_level_bonus({**row, **values})


async def remove_level_bonus(bonus: UUID) -> None:
    """Let them earn as others do."""
    row = await _row("SELECT * FROM __tenant__.check_in_level_bonus WHERE id = $1", bonus, LevelBonusUnknown)
    await promises.remove_level_bonus(row["plan"], level=row["level"])


async def _row(sql: str, row_id: UUID, unknown: type[Exception]) -> Any:
    row = await DB.fetchrow(sql, row_id)
    if row is None:
        raise unknown
    return row


def _without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


async def plans_by_name() -> Mapping[str, Words]:
    """The plans to choose from."""
    rows = await plans.plans()
    return {
        str(row["id"]): Words(en=row["name_en"] or row["name_zh"], zh=row["name_zh"] or row["name_en"]) for row in rows
    }


async def copy(values: dict[str, Any]) -> Words:
    """Copy a plan as a draft."""
    await plans.copy_plan(UUID(values["plan"]), once=values["once"])
    return Words(
        en="A draft with the same promises is in the list of plans.", zh="已复制为草稿，可在签到计划列表中编辑。"
    )


async def end(values: dict[str, Any]) -> Words:
    """Let today be a plan's last day."""
    await plans.end_plan(UUID(values["plan"]))
    return Words(en="Today is the plan's last day.", zh="今天是该计划的最后一天。")


async def preview(values: dict[str, Any]) -> Words:
    """Tell what a plan would give and cost."""
    plan, days = UUID(values["plan"]), values["days"]
    shown = await previewing.preview(plan, days=days)
    cost = await previewing.estimate(plan, days=days)
    en, zh = [], []
    for one in shown:
        level = one.level.name if one.level else Words(en="Without a level", zh="无等级加成")
        told = "  ".join(f"{day.day:%m-%d}: {day.total}{' +券' if _voucher(day) else ''}" for day in one.days)
        en.append(f"{level.en}: {one.points} points. {told.replace('券', 'voucher')}")
        zh.append(f"{level.zh}：共 {one.points} 积分。{told}")
    likely = "" if cost.points_likely is None else f"; likely {cost.points_likely:,}"
    likely_zh = "" if cost.points_likely is None else f"，预计约 {cost.points_likely:,} 积分"
    en.append(f"1,000 members: {cost.points_at_most:,} points at most{likely}.")
    zh.append(f"每 1,000 名会员：最多 {cost.points_at_most:,} 积分{likely_zh}。")
    return Words(en="\n".join(en), zh="\n".join(zh))


def _voucher(day: previewing.PreviewDay) -> bool:
    return any(bonus.voucher_template for bonus in day.bonuses)


async def declare(values: dict[str, Any]) -> Words:
    """Declare outage days."""
    found = await outages.declare(values["first"], values["last"] or values["first"], reason=values["reason"])
    return Words(
        en=f"{len(found)} days are outage days. Streaks are being set right.",
        zh=f"已登记 {len(found)} 天，正在修复连签天数。",
    )


async def withdraw(values: dict[str, Any]) -> Words:
    """Withdraw an outage day."""
    await outages.withdraw(values["day"], reason=values["reason"] or "")
    return Words(en="The day counts as others again.", zh="已撤销，该日恢复正常计算。")
