"""Deliveries against receivers that fail in every way: none is lost, and a repeat carries the same id."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import standardwebhooks

from tenants import members
from tenants.kit import clock, ids
from tests.make import webhooks as make

if TYPE_CHECKING:
    import uuid
    from collections.abc import AsyncIterator

    from tests.conftest import Shop

NOON = datetime.now(UTC).replace(microsecond=0)  # the receivers' library compares with the real time
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
async def noon() -> AsyncIterator[None]:
    with clock.at(NOON):
        yield


async def join(shop: Shop, *names: str) -> list[uuid.UUID]:
    """New members: each is an event."""
    async with shop.open():
        return [(await members.create({"external_id": name})).id for name in names or ("ann",)]


async def test_a_new_member_is_told_with_a_signature_that_the_standard_s_own_library_accepts(acme: Shop) -> None:
    async with make.receiver() as receiver:
        _, secret = await make.endpoint(acme, receiver.url())
        (ann,) = await join(acme)
        await make.deliver(acme)
    (call,) = receiver.calls
    told = standardwebhooks.Webhook(secret).verify(call.body, call.headers)
    assert told["type"] == "member.created"
    assert told["data"] == {"member": ids.show("mem", ann)}
    assert call.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert call.headers["content-type"] == "application/json"
    assert await make.states(acme) == {"delivered": 1}
