"""Webhooks: endpoints on this machine, which nobody calls here, and their deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit import ids
from tenants.tenancy.engine import DB
from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def know(world: World) -> None:
    """An endpoint with a delivery."""
    endpoint = await _endpoint(world)
    world.known |= {"endpoint": endpoint, "delivery": await _delivery(world, endpoint)}


def _body(world: World) -> dict[str, object]:
    return {"url": f"http://127.0.0.1:9/{world.name()}", "events": ["*"], "description": world.word}


async def _endpoint(world: World) -> str:
    """A new one; the others before it give way, for a shop has ten at most."""
    for row in (await world.ask("GET", "/v1/webhook-endpoints"))["data"]:
        if row["id"] != world.known.get("endpoint"):
            await world.ask("DELETE", f"/v1/webhook-endpoints/{row['id']}")
    return str((await world.post("/v1/webhook-endpoints", _body(world)))["endpoint"]["id"])


async def _delivery(world: World, endpoint: str) -> str:
    """One that has ended."""
    made = str((await world.post(f"/v1/webhook-endpoints/{endpoint}/pings"))["id"])
    async with world.shop.open():
        await DB.fetch(
            "UPDATE __tenant__.webhook_delivery SET state = 'failed', ended_at = created_at, error = 'timeout'"
            " WHERE id = $1", ids.read("whd", made))  # fmt: skip
    return made


async def _new(world: World) -> Call:
    await _endpoint(world)
    return Call(body=_body(world))


def _on_new(body: object = None) -> Callable[[World], Awaitable[Call]]:
    async def made(world: World) -> Call:
        return Call(path={"endpoint": await _endpoint(world)}, body=body)

    return made


async def _replay(world: World) -> Call:
    return Call(path={"delivery": await _delivery(world, world.known["endpoint"])})


async def _replay_failed(world: World) -> Call:
    await _delivery(world, world.known["endpoint"])
    return Call(path={"endpoint": world.known["endpoint"]}, body={"since": "2026-01-01T00:00:00Z"})


CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "addWebhookEndpoint": _new,
    "changeWebhookEndpoint": _on_new({"events": ["member.created"]}),
    "pingWebhookEndpoint": _on_new(),
    "removeWebhookEndpoint": _on_new(),
    "replayFailedWebhooks": _replay_failed,
    "replayWebhook": _replay,
    "rotateWebhookSecret": _on_new(),
}
