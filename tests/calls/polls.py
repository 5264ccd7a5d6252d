"""Polls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def know(world: World) -> None:
    """A poll that is open, in which the member has voted."""
    poll, options = await _poll(world)
    world.known |= {"poll_id": poll, "option_id": options[0]}
    client = world.shop.member(world.member_id)
    (await client.put(f"/v1/me/polls/{poll}/ballot", json={"options": options[:1]})).raise_for_status()


def _option(world: World) -> dict[str, Any]:
    return {
        "text_en": world.name(), "text_zh": world.word, "product": world.name()[:100], "price_low": "9.00",
        "price_high": "19.00",
    }  # fmt: skip


def _body(world: World) -> dict[str, Any]:
    return {
        "name_en": world.name(), "name_zh": world.word, "description_en": world.word, "description_zh": world.word,
        "choices_max": 2, "results": "always", "reward_points": 1, "stock": True,
        "options": [_option(world), _option(world), _option(world)],
    }  # fmt: skip


async def _poll(world: World, state: str = "live") -> tuple[str, list[str]]:
    made = await world.post("/v1/polls", _body(world))
    if state != "draft":
        await world.ask("PUT", f"/v1/polls/{made['id']}/state", {"state": state})
    return str(made["id"]), [str(option["id"]) for option in made["options"]]


async def _create(world: World) -> Call:
    return Call(body=_body(world))


async def _on_poll(world: World, body: Any, state: str = "live") -> Call:
    poll, options = await _poll(world, state)
    return Call(path={**world.known, "poll_id": poll, "option_id": options[0]}, body=body)


async def _change(world: World) -> Call:
    return await _on_poll(world, {"name_en": world.name(), "results": "staff", "ends_at": "2199-01-01T00:00:00Z"})


async def _set_state(world: World) -> Call:
    return await _on_poll(world, {"state": "live"}, "draft")


async def _copy(world: World) -> Call:
    return Call(path=world.known, body={"reference": world.name()})


async def _add_option(world: World) -> Call:
    return await _on_poll(world, _option(world))


async def _change_option(world: World) -> Call:
    return await _on_poll(world, {"text_en": world.name(), "position": 2})


async def _remove_option(world: World) -> Call:
    return await _on_poll(world, None)


async def _restore_option(world: World) -> Call:
    poll, options = await _poll(world)
    client = world.shop.member(world.member_id)
    (await client.put(f"/v1/me/polls/{poll}/ballot", json={"options": options[:1]})).raise_for_status()
    await world.ask("DELETE", f"/v1/polls/{poll}/options/{options[0]}", None)
    return Call(path={**world.known, "poll_id": poll, "option_id": options[0]})


async def _order(world: World) -> Call:
    poll, options = await _poll(world)
    return Call(path={**world.known, "poll_id": poll}, body={"options": options[::-1]})


async def _cast(world: World) -> Call:
    poll, options = await _poll(world)
    return Call(path={**world.known, "poll_id": poll}, body={"options": options[:1]})


async def _withdraw(world: World) -> Call:
    poll, options = await _poll(world)
    client = world.shop.member(world.member_id)
    (await client.put(f"/v1/me/polls/{poll}/ballot", json={"options": options[:1]})).raise_for_status()
    return Call(path={**world.known, "poll_id": poll})


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "addPollOption": _add_option,
    "castMyBallot": _cast,
    "changePoll": _change,
    "changePollOption": _change_option,
    "copyPoll": _copy,
    "createPoll": _create,
    "orderPollOptions": _order,
    "removePollOption": _remove_option,
    "restorePollOption": _restore_option,
    "setPollState": _set_state,
    "withdrawMyBallot": _withdraw,
}
