"""Levels, their policy, and what counts towards them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_POLICY = {
    "active": True, "basis": "growth", "period": "rolling", "period_days": 365, "term": "months", "term_months": 12,
    "grace_days": 14, "downgrade": "to_due", "first_notice_days": 30, "second_notice_days": 7,
}  # fmt: skip


async def know(world: World) -> None:
    """Levels switched on, and a member who has risen."""
    await world.ask("PUT", "/v1/level-policy", _POLICY)
    world.known["level"] = (await world.ask("GET", "/v1/levels"))["data"][1]["id"]
    world.known["occasion"] = "birthday"
    await world.ask("PUT", f"/v1/levels/{world.known['level']}/gifts/birthday", {"points": 5})
    await world.post(f"/v1/members/{world.member}/growth-entries", _entry(world, "1500"))
    world.known["budget"] = str((await world.post("/v1/reward-budgets", _budget("poll")))["id"])


def _budget(why: str) -> dict[str, Any]:
    return {"why": why, "period": "month", "points_max": 1000}


def _entry(world: World, amount: str = "5") -> dict[str, Any]:
    return {"amount": amount, "reference": world.name(), "note": world.word}


def _level(world: World, rank: int) -> dict[str, Any]:
    name = world.name()
    return {"rank": rank, "name_en": name, "name_zh": name, "threshold": f"{rank}00000", "benefits_en": world.word}


async def _top(world: World) -> int:
    return max(int(one["rank"]) for one in (await world.ask("GET", "/v1/levels"))["data"])


async def _create(world: World) -> Call:
    return Call(body=_level(world, await _top(world) + 1))


async def _new_level(world: World) -> tuple[str, dict[str, Any]]:
    body = _level(world, await _top(world) + 1)
    return str((await world.post("/v1/levels", body))["id"]), body


async def _change(world: World) -> Call:
    level, body = await _new_level(world)
    return Call(path={"level": level}, body={**body, "name_en": world.name()})


async def _remove(world: World) -> Call:
    return Call(path={"level": (await _new_level(world))[0]})


async def _set(world: World) -> Call:
    body = {"level": world.known["level"], "until": "2190-01-01", "reason": world.name()}
    return Call(path={"member": await world.new_member()}, body=body)


async def _clear(world: World) -> Call:
    call = await _set(world)
    await world.ask("PUT", f"/v1/members/{call.path['member']}/level", call.body)
    return Call(path=call.path)


async def _count(world: World) -> Call:
    return Call(path={"member": world.member}, body=_entry(world))


async def _set_gift(world: World) -> Call:
    return Call(path=world.known, body={"points": 50})


async def _remove_gift(world: World) -> Call:
    level = (await _new_level(world))[0]
    await world.ask("PUT", f"/v1/levels/{level}/gifts/reached", {"points": 5})
    return Call(path={"level": level, "occasion": "reached"})


async def _free_reason(world: World) -> str:
    taken = {one["why"] for one in (await world.ask("GET", "/v1/reward-budgets"))["data"]}
    return next(why for why in ("game", "quest", "share", "visit", "lottery", "survey", "review") if why not in taken)


async def _create_budget(world: World) -> Call:
    return Call(body=_budget(await _free_reason(world)))


async def _change_budget(world: World) -> Call:
    return Call(path=world.known, body={"points_max": 2000, "active": True})


async def _remove_budget(world: World) -> Call:
    made = await world.post("/v1/reward-budgets", _budget(await _free_reason(world)))
    return Call(path={"budget": made["id"]})


def _fixed(body: Any) -> Callable[[World], Awaitable[Call]]:
    async def made(_world: World) -> Call:
        return Call(body=body)

    return made


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "changeLevel": _change,
    "changeLevelPolicy": _fixed(_POLICY),
    "changeRewardBudget": _change_budget,
    "clearMemberLevel": _clear,
    "createGrowthEntry": _count,
    "createLevel": _create,
    "createRewardBudget": _create_budget,
    "previewLevels": _fixed({"thresholds": []}),
    "recountLevels": _fixed({"lower": False}),
    "removeLevel": _remove,
    "removeLevelGift": _remove_gift,
    "removeRewardBudget": _remove_budget,
    "setLevelGift": _set_gift,
    "setMemberLevel": _set,
}
