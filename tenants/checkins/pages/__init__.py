"""Check-ins in the console: the calendar that a member would see under a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import vouchers
from tenants.checkins.rules import plans, previewing
from tenants.kit import ids
from tenants.kit.console import PREVIEWS, Ask, Page, View
from tenants.kit.errors import NotFound
from tenants.kit.words import Words

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

_DAYS = 30


async def _show(ask: Ask) -> View:
    listed = [(ids.show("cip", row["id"]), _name(row).say()) for row in await plans.plans()]
    asked = ask.text("of") or ask.rest
    now = await plans.plan_in_force()
    plan = ids.read("cip", asked) if asked else now["id"] if now else None
    plan = plan or (ids.read("cip", listed[0][0]) if listed else None)
    seen = await previewing.preview(plan, days=_DAYS) if plan else []
    level = ask.text("level")
    shown = next((one for one in seen if level == _level(one)), None)
    if level and shown is None:
        raise NotFound
    facts = {
        "choices": listed,
        "chosen": ids.show("cip", plan) if plan else "",
        "levels": [(_level(one), _named(one)) for one in seen],
        "level": level,
        "it": shown,
        "plan": plan,
        "vouchers": await _vouchers(shown.days) if shown else {},
        "estimate": await previewing.estimate(plan, days=_DAYS) if plan and shown and shown.days else None,
        "members": previewing.MEMBERS,
    }
    return View("checkins/pages/preview.html", facts)


async def _vouchers(days: Sequence[previewing.PreviewDay]) -> dict[uuid.UUID, Words]:
    templates = {bonus.voucher_template for day in days for bonus in day.bonuses} - {None}
    return {one: (await vouchers.preview(one)).title for one in templates if one}


def _level(one: previewing.Preview) -> str:
    return ids.show("lvl", one.level.id) if one.level else ""


def _named(one: previewing.Preview) -> str:
    return (one.level.name if one.level else Words(en="No level bonus", zh="无等级加成")).say()


def _name(row: dict[str, str]) -> Words:
    return Words(en=row["name_en"] or row["name_zh"], zh=row["name_zh"] or row["name_en"])


PAGES = (
    Page(
        "check-in-preview",
        title=Words(en="Check-ins", zh="签到"),
        group=PREVIEWS,
        about=Words(
            en="What a new member who misses no day gets in 30 days. Works for drafts, too.",
            zh="新会员连续 30 天签到可得的奖励；草稿也可预览。",
        ),
        show=_show,
    ),
)
