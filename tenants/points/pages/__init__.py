"""Points in the console: what will lapse and what has, and what the shop owes in points."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from tenants.kit import clock, ids
from tenants.kit.console import Ask, Download, Page, View
from tenants.kit.desk import MARKETING
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Words
from tenants.points.rules import closing, forecasting, lapsing, policy
from tenants.tenancy import current_tenant
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

GROUP = Words(en="Points", zh="积分")
_BATCHES = 20
_DAYS = 30


async def _expiry(_ask: Ask) -> View:
    coming = await forecasting.expiring()
    present = await policy.policy()
    facts = {
        "terms": policy.describe(present),
        "coming": coming,
        "members": max((one.members for one in coming), default=0),
        "points": sum(one.points for one in coming),
        "batches": [{"shown": ids.show("bat", one.id), "it": one} for one in await lapsing.batches(limit=_BATCHES)],
        "undo_days": lapsing.UNDO_DAYS,
        "until": (clock.today(current_tenant().timezone) + timedelta(days=_DAYS)).isoformat(),
        "moment": clock.now(),
    }
    return View("points/pages/expiry.html", facts)


async def _undo(ask: Ask) -> Words:
    day = _day(ask.needed("until"), param="until")
    until = clock.local(current_tenant().timezone, day + timedelta(days=1), time())
    done = await lapsing.undo_lapse(ids.read("bat", ask.needed("batch")), until=until, by=current_caller().name)
    return Words(
        en=f"{done.points:,} points of {done.members:,} members are back. They last until the end of {day}.",
        zh=f"已退回 {done.members:,} 位会员的 {done.points:,} 积分，有效期至 {day}。",
    )


async def _liability(ask: Ask) -> View | Download:
    today = clock.today(current_tenant().timezone)
    last = _day(ask.text("to"), param="to") if ask.text("to") else today
    first = _day(ask.text("from"), param="from") if ask.text("from") else last - timedelta(days=_DAYS - 1)
    days = await closing.liability(first=first, last=last)
    if ask.rest == "csv":

        async def parts() -> AsyncIterator[bytes]:
            for line in closing.as_csv(days):
                yield line.encode()

        return Download(f"points-{first}-{last}.csv", "text/csv; charset=utf-8", parts())
    if ask.rest:
        raise NotFound
    facts = {
        "days": list(reversed(days)),
        "latest": days[-1] if days else None,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "currency": current_tenant().currency,
        "bars": [(day.day.isoformat(), day.balance, f"{day.balance:,}") for day in reversed(days)],
    }
    return View("points/pages/liability.html", facts)


def _day(text: str, *, param: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  a day of the shop's calendar has no zone
    except ValueError:
        raise Invalid(param=param, problem=Words(en="use a day such as 2026-11-21", zh="请使用如 2026-11-21 的日期")) from None  # fmt: skip  # noqa: E501


PAGES = (
    Page(
        "points-expiry",
        title=Words(en="Points that lapse", zh="积分到期"),
        group=GROUP,
        about=Words(en="What will lapse within a year, and what has lapsed.", zh="一年内将到期的积分与已到期的批次。"),
        show=_expiry,
        acts={"undo": _undo},
        write=MARKETING,
    ),
    Page(
        "points-liability",
        title=Words(en="Points liability", zh="积分负债"),
        group=GROUP,
        about=Words(en="What came in and went out each day, and what is still owed.", zh="每日积分收支与未兑付余额。"),
        show=_liability,
    ),
)
