"""The member centre's shell: who comes in and how long they stay, languages, policies, forms of other sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server import callers
from tests.make import members

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop


async def person(shop: Shop, **said: str) -> uuid.UUID:
    async with shop.open():
        return (await members.member(**said)).id


async def test_a_stranger_is_asked_to_come_in_from_the_shop(acme: Shop) -> None:
    reply = await acme.client().get("/m")
    assert reply.status_code == 401
    assert "from the shop" in reply.text
    assert (await acme.client().get("/m/nonsense")).status_code == 404


async def test_a_member_comes_in_with_a_token_and_the_address_keeps_nothing_of_it(acme: Shop) -> None:
    ann = await person(acme, name="Ann")
    token, _ = callers.write_member_token(acme.tenant.id, ann)
    client = acme.client()
    reply = await client.get(f"/m/enter?token={token}")
    assert (reply.status_code, reply.headers["location"]) == (303, "/m")
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers["cache-control"] == "no-store"
    cookie = reply.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=lax", "Path=/"))
    page = await client.get("/m")
    assert page.status_code == 200
    assert "Ann" in page.text
