"""Resolving at the desk what nobody could know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tenants.kit import clock
from tests.make import outreach as make
from tests.make import staff as make_staff

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

MORNING = datetime(2026, 5, 5, 1, 30, tzinfo=UTC)  # 09:30 in Shanghai
FORM = "/admin/api/forms/resolve-message/"


async def left_unknown(shop: Shop) -> uuid.UUID:
    """A message of which nobody knows whether it arrived."""
    with clock.at(MORNING - timedelta(days=30)):
        async with shop.open():
            await make.switch_on()
            await make.birthday_member("ann", 5, 5)
    with clock.at(MORNING):
        await make.plan(shop)
        async with make.post_office() as office:
            office.after_data = lambda _address: "drop before accepting"
            await make.send(shop)
    assert await make.states(shop) == {"unknown": 1}
    found: uuid.UUID = await shop.value("SELECT id FROM __tenant__.message")
    return found


@pytest.mark.parametrize(("outcome", "state"), [("sent", "sent"), ("resend", "ready")])
async def test_an_unknown_message_is_chosen_from_the_list_and_resolved(acme: Shop, outcome: str, state: str) -> None:
    message = await left_unknown(acme)
    client = await make_staff.desk(acme, "marketer")
    schema = (await client.get(f"{FORM}schema/")).json()
    assert str(message) in str(schema["properties"]["message"]["extra"]["choices"])
    assert "ann@members.example" in str(schema["properties"]["message"]["extra"]["choices"])
    asked = {"message": str(message), "outcome": outcome, "once": schema["extra"]["row"]["once"]}
    answer = await client.post(FORM, json=asked)
    assert answer.status_code == 200, answer.text
    assert await make.states(acme) == {state: 1}
    again = await client.post(FORM, json={**asked, "once": "another"})
    assert again.status_code == 422  # its fate is known by now


async def test_a_service_agent_resolves_nothing(acme: Shop) -> None:
    message = await left_unknown(acme)
    client = await make_staff.desk(acme, "agent")
    assert (await client.post(FORM, json={"message": str(message), "outcome": "sent"})).status_code == 404
    assert await make.states(acme) == {"unknown": 1}
