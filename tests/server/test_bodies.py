"""A body is read exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tenants.kit import ids
from tests.make import members as make

if TYPE_CHECKING:
    from tests.conftest import Shop

GOOD: dict[str, Any] = {"kind": "earn", "points": 10, "reference": "r-1"}


@pytest.mark.parametrize(
    ("wrong", "place"),
    [({"points": "10"}, "points"), ({"points": 10.5}, "points"), ({"points": True}, "points"), ({"note": 7}, "note")],
)
async def test_a_value_of_another_type_is_refused_by_name(acme: Shop, wrong: dict[str, Any], place: str) -> None:
    async with acme.open():
        member = (await make.member()).id
    path = f"/v1/members/{ids.show('mem', member)}/points-entries"
    reply = await acme.server().post(path, json={**GOOD, **wrong})
    assert (reply.status_code, reply.json()["code"]) == (400, "input.invalid")
    assert [error["param"] for error in reply.json()["errors"]] == [place]
    assert await acme.value("SELECT count(*) FROM __tenant__.points_entry") == 0
    assert (await acme.server().post(path, json=GOOD)).status_code == 201


@pytest.mark.parametrize("body", [b"", b"{", b"nul", b'{"points": 1e999}', b"\xff\xfe", b'"text"', b"[]", b"[" * 9000])
async def test_what_is_no_json_of_that_shape_is_refused(acme: Shop, body: bytes) -> None:
    async with acme.open():
        member = (await make.member()).id
    path = f"/v1/members/{ids.show('mem', member)}/points-entries"
    reply = await acme.server().post(path, content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code == 400
    assert reply.json()["code"] in {"input.invalid", "input.unusable"}
