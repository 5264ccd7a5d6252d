"""The short way to a handler says the same as the long one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar.routes import HTTPRoute

from tests.make import members as make

if TYPE_CHECKING:
    import pytest
    from litestar import Litestar

    from tests.conftest import Shop


def test_a_lean_route_asks_for_nothing_that_the_short_way_does_not_give(app: Litestar) -> None:
    lean = [
        handler
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler, _ in route.route_handler_map.values()
        if handler.opt.get("lean")
    ]
    assert lean
    for handler in lean:
        assert not handler.resolve_guards()
        assert not handler.resolve_dependencies()
        asked = set(handler.parsed_fn_signature.parameters) - {"self", "data"}
        assert all(f"{{{name}:str}}" in path for name in asked for path in handler.paths), (handler, asked)


async def test_both_ways_send_the_same(acme: Shop, app: Litestar, monkeypatch: pytest.MonkeyPatch) -> None:
    async with acme.open():
        one, other = await make.members_of_count(2)
    short = await acme.member(one.id).post("/v1/me/check-ins", headers={"Idempotency-Key": "k"})
    again = await acme.member(one.id).post("/v1/me/check-ins", headers={"Idempotency-Key": "k"})
    route = next(r for r in app.routes if r.path == "/v1/me/check-ins" and isinstance(r, HTTPRoute))
    monkeypatch.delitem(route.route_handler_map["POST"][0].opt, "lean")
    long = await acme.member(other.id).post("/v1/me/check-ins")
    assert (short.status_code, again.status_code, long.status_code) == (201, 201, 201)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.content == short.content
    assert short.headers.keys() == long.headers.keys()
    assert short.headers["content-type"] == long.headers["content-type"]
    same = ("day", "streak", "points", "repeated")
    assert {name: short.json()[name] for name in same} == {name: long.json()[name] for name in same}
