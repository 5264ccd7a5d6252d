"""What bounds the outbox: greetings that come too late, relays that fall silent, clocks that differ."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tenants.kit import clock
from tenants.outreach.rules import letters, outbox, sending
from tests.make import outreach as make

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

MORNING = datetime(2026, 5, 5, 1, 30, tzinfo=UTC)  # 09:30 in Shanghai


async def planned(shop: Shop, *names: str, at: datetime = MORNING) -> dict[str, uuid.UUID]:
    """Members whose birthday is on the fifth of May, with their messages ready."""
    with clock.at(at - timedelta(days=30)):
        async with shop.open():
            await make.switch_on(catch_up_days=3)
            found = {name: await make.birthday_member(name, 5, 5) for name in names}
    with clock.at(at):
        await make.plan(shop)
    return found


@pytest.mark.parametrize(("days", "state"), [(3.9, "sent"), (4.1, "skipped"), (90, "skipped")])
async def test_a_greeting_that_waited_too_long_is_not_sent(acme: Shop, days: float, state: str) -> None:
    await planned(acme, "ann")
    async with make.post_office() as office:
        with clock.at(MORNING + timedelta(days=days)):
            await make.send(acme)
    assert len(office.mails) == (1 if state == "sent" else 0)
    assert await acme.rows("SELECT state, reason FROM __tenant__.message") == [
        {"state": state, "reason": "" if state == "sent" else "too_late"}
    ]


async def test_what_a_person_has_sent_again_is_never_too_late_and_neither_is_a_test(acme: Shop) -> None:
    found = await planned(acme, "ann")
    async with make.post_office() as office:
        with clock.at(MORNING):
            office.at_rcpt = lambda _address: "554 no"
            await make.send(acme)
            async with acme.open():
                await letters.send_test("birthday", found["ann"], to_address="staff@acme.example")
        with clock.at(MORNING + timedelta(days=90)):
            async with acme.open():
                message = await acme.value("SELECT id FROM __tenant__.message WHERE state = 'failed'")
                await outbox.resolve(message, outcome="resend")
            office.at_rcpt = lambda _address: "451 later"  # and it stays so when it is tried once more
            await make.send(acme)
            office.at_rcpt = lambda _address: "250 OK"
        with clock.at(MORNING + timedelta(days=90, minutes=2)):
            await make.send(acme)
    assert await make.states(acme) == {"sent": 2}


async def test_a_relay_that_falls_silent_costs_one_letter_a_round_and_longer_rests_each_time(acme: Shop) -> None:
    await planned(acme, *(f"member-{number}" for number in range(8)))
    rests = []
    async with make.post_office(lease_seconds=0.5) as office:
        office.after_data = lambda _address: "hang"
        with clock.at(MORNING):
            for number in range(1, 4):
                again_at = await make.send(acme)
                assert again_at is not None
                rests.append((again_at - MORNING).total_seconds())
                assert await make.states(acme) == {"unknown": number, "ready": 8 - number}
    for doubled, rest in zip((1, 2, 4), rests, strict=True):
        assert 20 * doubled <= rest <= 40 * doubled


@pytest.mark.parametrize("behaviour", ["hang", "drop"])
async def test_silence_of_a_relay_that_knows_letters_again_is_tried_again(acme: Shop, behaviour: str) -> None:
    await planned(acme, "ann")
    async with make.post_office(lease_seconds=0.5, dedupes=True) as office:
        office.after_data = lambda _address: behaviour
        with clock.at(MORNING):
            await make.send(acme)
        assert await acme.rows("SELECT state, attempts, started_at FROM __tenant__.message") == [
            {"state": "ready", "attempts": 1, "started_at": None}
        ]
        office.after_data = lambda _address: "250 OK"
        with clock.at(MORNING + timedelta(minutes=2)):
            await make.send(acme)
    assert len(office.mails) == 1
    assert await make.states(acme) == {"sent": 1}


async def test_a_clock_behind_the_databases_makes_no_hot_loop(acme: Shop) -> None:
    await planned(acme, "ann", at=datetime(2025, 5, 5, 1, 30, tzinfo=UTC))
    with clock.at(datetime(2025, 5, 5, 1, 29, tzinfo=UTC)):
        again_at = await make.send(acme)
    assert again_at is not None
    assert await acme.value("SELECT $1::timestamptz > clock_timestamp() + interval '0.5 s'", again_at)
    assert await make.states(acme) == {"ready": 1}


async def test_nothing_to_wait_for_asks_for_no_look(acme: Shop) -> None:
    async with acme.open():
        assert await sending.next_look() is None


async def test_a_letter_that_hangs_before_its_text_ends_the_round_and_is_tried_again(acme: Shop) -> None:
    await planned(acme, "ann", "bob", "cid")
    async with make.post_office(lease_seconds=0.5) as office:
        office.at_rcpt = lambda _address: "hang"
        with clock.at(MORNING):
            async with asyncio.timeout(5):
                await make.send(acme)
    assert await acme.value("SELECT sum(attempts) FROM __tenant__.message") == 1
    assert await make.states(acme) == {"ready": 3}
