"""Idempotency-Key at the edge: whose it is, and of which body it speaks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

from server.settings import settings
from tenants import members
from tenants.kit import ids
from tenants.tenancy import keys
from tests.make import staff as make

if TYPE_CHECKING:
    from tests.conftest import Shop


async def test_a_body_that_was_cut_off_is_not_taken_for_the_whole(acme: Shop) -> None:
    whole = b"external_id,name\nb1,Anna\nb2,Bartholomew\n"
    for key in ((b"idempotency-key", b"cut"), (b"x-nothing", b"")):
        said = await _ask_and_hang_up(acme, "/v1/member-imports", whole[:29], key, (b"content-type", b"text/csv"))
        assert [message for message in said if message.get("status", 500) < 400] == []
        assert await acme.value("SELECT count(*) FROM __tenant__.member") == 0
        assert await acme.value("SELECT count(*) FROM __tenant__.idempotent_reply") == 0
    client = acme.server(**{"Idempotency-Key": "cut", "Content-Type": "text/csv"})
    assert (await client.post("/v1/member-imports", content=whole)).is_success
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 2


async def _ask_and_hang_up(shop: Shop, path: str, part: bytes, *headers: tuple[bytes, bytes]) -> list[dict[str, Any]]:
    messages = iter([{"type": "http.request", "body": part, "more_body": True}, {"type": "http.disconnect"}])
    said: list[dict[str, Any]] = []

    async def receive() -> Any:
        return next(messages, {"type": "http.disconnect"})

    async def send(message: Any) -> None:
        said.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "client": ("127.0.0.1", 1),
        "server": ("localhost", 80), "state": {}, "extensions": {},
        "headers": [(b"host", shop.host.encode()), (b"authorization", f"Bearer {shop.secret_key}".encode()), *headers],
    }  # fmt: skip
    async with asyncio.timeout(10):
        await cast("Any", shop.app)(scope, receive, send)
    return said


async def test_a_stranger_is_given_no_kept_reply_of_the_admin(acme: Shop) -> None:
    desk = await make.desk(acme)
    async with acme.open():
        who = (await members.create({"external_id": "b1", "name": "Ann"})).id
    body = {"member": str(who), "points": "50", "why": "staff", "note": "sorry", "once": str(ids.new())}
    first = await desk.post("/admin/api/forms/grant-points/", json=body, headers={"Idempotency-Key": "1"})
    assert first.is_success, first.text
    headers = {"Idempotency-Key": "1", "Content-Type": "application/json"}
    stranger = await acme.client().post(
        "/admin/api/forms/grant-points/", content=first.request.content, headers=headers
    )
    assert stranger.status_code in {401, 403}
    assert "idempotency-replayed" not in stranger.headers
    assert await acme.value("SELECT count(*) FROM __tenant__.idempotent_reply") == 0


async def test_a_repeat_with_the_new_key_of_a_rotation_is_still_a_repeat(acme: Shop) -> None:
    _, second = await keys.make(acme.tenant.id, "secret", app_secret=settings().secret_key.get_secret_value())
    once = {"Idempotency-Key": "k"}
    one = await acme.server(**once).post("/v1/members", json={"name": "A"})
    two = await acme.client(Authorization=f"Bearer {second}", **once).post("/v1/members", json={"name": "A"})
    assert (one.status_code, two.status_code, two.content) == (201, 201, one.content)
    assert two.headers["idempotency-replayed"] == "true"
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 1


async def test_two_members_with_the_same_key_do_not_meet(acme: Shop) -> None:
    async with acme.open():
        both = [(await members.create({"external_id": f"b{number}"})).id for number in range(2)]
    for who in both:
        reply = await acme.member(who, **{"Idempotency-Key": "same"}).post("/v1/me/check-ins")
        assert (reply.status_code, "idempotency-replayed" in reply.headers) == (201, False)
    assert await acme.value("SELECT count(*) FROM __tenant__.check_in") == 2
