"""Plans, make-ups, outage days and reminders."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tenants import checkins
from tenants.kit import clock, ids
from tests.calls.ground import _on_new_member, _with
from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_BACK = itertools.count(1)


async def know(world: World) -> None:
    """A plan, and a day that is an outage day."""
    world.known["plan"] = (await world.ask("GET", "/v1/check-in-plans"))["data"][0]["id"]
    world.known["day"] = await _outage(world)


def _plan(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "name_en": world.name(), "name_zh": world.word, "active": True, "base": 5, "increment": 1, "increment_days": 7,
        "cycle": "days7", "milestones": [{"day": 7, "points": 20, "voucher_template": None}],
        "special_dates": [{"name_en": world.word, "month": 11, "month_day": 11, "multiplier": "2.00"}],
        "make_up": {"days": 7, "price": 0}, **changes,
    }  # fmt: skip


def _today(world: World) -> date:
    return clock.today(world.shop.tenant.timezone)


async def _outage(world: World) -> str:
    """A day of its own each time, so that no call meets the day of another."""
    day = (_today(world) - timedelta(days=next(_BACK) % 300 + 20)).isoformat()
    await world.post("/v1/check-in-outages", {"first": day, "last": day, "reason": world.word})
    return day


def _outage_body(world: World) -> dict[str, Any]:
    day = (_today(world) - timedelta(days=next(_BACK) % 300 + 20)).isoformat()
    return {"first": day, "last": day, "reason": world.word}


async def _withdraw(world: World) -> Call:
    return Call(path={"day": await _outage(world)})


async def _change(world: World) -> Call:
    """The first change of a day begins a version, later ones correct it: here always the latter."""
    await world.ask("PUT", "/v1/check-in-plan", _plan(world))
    return Call(body=_plan(world))


async def _who_missed_a_day(world: World) -> str:
    await world.ask("PUT", "/v1/check-in-plan", _plan(world))
    member = await world.new_member()
    who = ids.read("mem", member)
    with clock.at(clock.now() - timedelta(days=2)):
        async with world.shop.open():
            await checkins.check_in(who)
    return member


async def _make_up(world: World) -> Call:
    day = (_today(world) - timedelta(days=1)).isoformat()
    return Call(path={"member": await _who_missed_a_day(world)}, body={"day": day})


async def _make_up_mine(world: World) -> Call:
    day = (_today(world) - timedelta(days=1)).isoformat()
    return Call(body={"day": day}, caller=await _who_missed_a_day(world))


async def _set_mine(world: World) -> Call:
    return Call(body={"wanted": True, "hour": 9}, caller=await world.new_member())


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "changeCheckInPlan": _change,
    "changeOneCheckInPlan": _with(_plan),
    "createCheckInPlan": _with(lambda world: _plan(world, active=False)),
    "declareCheckInOutage": _with(_outage_body),
    "makeUpCheckIn": _make_up_mine,
    "makeUpMemberCheckIn": _make_up,
    "setMemberCheckInReminder": _on_new_member(lambda _world: {"wanted": True, "hour": 9}),
    "setMyCheckInReminder": _set_mine,
    "withdrawCheckInOutage": _withdraw,
}
