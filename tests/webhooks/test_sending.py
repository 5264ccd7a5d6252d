"""Deliveries against receivers that fail in every way: none is lost, and a repeat carries the same id."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import standardwebhooks

from tenants import members, webhooks
from tenants.kit import clock, ids
from tenants.tenancy import doctor, use_tenant
from tenants.webhooks.rules import log, posting, sending
from tests.make import webhooks as make

if TYPE_CHECKING:
    import uuid
    from collections.abc import AsyncIterator
    from datetime import tzinfo

    from tests.conftest import Shop

NOON = datetime.now(UTC).replace(microsecond=0)
pytestmark = pytest.mark.usefixtures("noon")


class Noon(datetime):
    """The receivers' library compares with the real time, which has gone on when a whole run comes to these tests."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return NOON.astimezone(tz)


@pytest.fixture
async def noon(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setattr("standardwebhooks.webhooks.datetime", Noon)
    with clock.at(NOON):
        yield
    with use_tenant(acme.tenant):
        assert await doctor.examine() == []


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for fifteen seconds here."""
    monkeypatch.setattr(posting, "TOTAL_SECONDS", 0.3)
    monkeypatch.setattr(posting, "BODY_SECONDS", 0.1)


async def join(shop: Shop, *names: str) -> list[uuid.UUID]:
    """New members: each is an event."""
    async with shop.open():
        return [(await members.create({"external_id": name})).id for name in names or ("ann",)]


async def last(shop: Shop) -> dict[str, object]:
    """The last attempt and what became of its delivery."""
    (row, *_) = await shop.rows(
        "SELECT d.state, d.attempts, a.status, a.error, a.snippet, d.not_before, d.ended_at"
        " FROM __tenant__.webhook_delivery d"
        " JOIN __tenant__.webhook_attempt a ON a.delivery = d.id ORDER BY a.id DESC LIMIT 1"
    )
    return row


async def test_a_new_member_is_told_with_a_signature_that_the_standard_s_own_library_accepts(acme: Shop) -> None:
    async with make.receiver() as receiver:
        _, secret = await make.endpoint(acme, receiver.url("/hook?of=acme"))
        (ann,) = await join(acme)
        await make.deliver(acme)
        await make.deliver(acme)
    (call,) = receiver.calls
    told = standardwebhooks.Webhook(secret).verify(call.body, call.headers)
    assert told == {
        "type": "member.created",
        "timestamp": NOON.isoformat().replace("+00:00", "Z"),
        "data": {"member": ids.show("mem", ann)},
    }
    assert call.path == "/hook?of=acme"
    assert call.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert call.headers["content-type"] == "application/json"
    assert await make.states(acme) == {"delivered": 1}
    assert (await last(acme))["snippet"] == "ok"
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook(secret).verify(call.body.replace(b"created", b"crashed"), call.headers)


async def test_while_a_secret_is_replaced_either_verifies_and_a_day_later_only_the_new_one(acme: Shop) -> None:
    async with make.receiver() as receiver:
        endpoint, old = await make.endpoint(acme, receiver.url())
        async with acme.open():
            _, new = await webhooks.rotate(endpoint)
        await join(acme, "ann")
        await make.deliver(acme)
        with clock.at(NOON + timedelta(hours=24, seconds=1)):
            await join(acme, "bob")
            await make.deliver(acme)
    first, second = receiver.calls
    assert old != new
    for secret in (old, new):
        assert standardwebhooks.Webhook(secret).verify(first.body, first.headers)
    assert len(second.headers["webhook-signature"].split()) == 1
    now = {**second.headers, "webhook-timestamp": str(int(NOON.timestamp()))}
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook(old).verify(second.body, now)
    kept = await acme.rows("SELECT secret, secret_before FROM __tenant__.webhook_endpoint")
    assert all(len(value) == 1 + 12 + 32 + 16 for value in kept[0].values()), "a secret lies there in clear"


async def test_a_secret_that_another_installation_locked_away_is_a_problem_to_be_seen(acme: Shop) -> None:
    async with make.receiver() as receiver:
        await make.endpoint(acme, receiver.url())
        await acme.rows("UPDATE __tenant__.webhook_endpoint SET secret = $1 RETURNING id", b"\x01" + bytes(60))
        await join(acme)
        await make.deliver(acme)
        assert receiver.calls == []
    assert (await last(acme))["error"] == "secret"
    assert await make.states(acme) == {"ready": 1}


FAULTS = [
    ("500", "status", 500),
    ("404", "status", 404),
    ("429", "status", 429),
    ("302", "redirect", 302),
    ("hang", "timeout", None),
    ("drip headers", "timeout", None),
    ("cut", "cut", None),
    ("half a status", "cut", None),
    ("nonsense", "cut", None),
]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("behaviour", "error", "status"), FAULTS, ids=[fault[0] for fault in FAULTS])
async def test_whatever_goes_wrong_is_noted_and_tried_again_later_with_the_same_id(
    acme: Shop, behaviour: str, error: str, status: int | None
) -> None:
    async with make.receiver() as receiver:
        receiver.behave = lambda _call: behaviour
        await make.endpoint(acme, receiver.url())
        await join(acme)
        again_at = await make.deliver(acme)
        noted = await last(acme)
        assert (noted["state"], noted["error"], noted["status"]) == ("ready", error, status)
        assert again_at is not None
        await make.deliver(acme)
        assert len(receiver.calls) == 1, "it was tried before its time"
        receiver.behave = lambda _call: "204"
        with clock.at(NOON + sending.WAITS[0]):
            await make.deliver(acme)
    assert await make.states(acme) == {"delivered": 1}
    assert len({call.id for call in receiver.calls}) == 1
    assert len({call.body for call in receiver.calls}) == 1
    assert len(receiver.calls) == 2


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("behaviour", ["half a body", "drip", "huge"])
async def test_once_the_status_is_in_nothing_that_the_answer_does_matters(acme: Shop, behaviour: str) -> None:
    async with make.receiver() as receiver:
        receiver.behave = lambda _call: behaviour
        await make.endpoint(acme, receiver.url())
        await join(acme)
        await make.deliver(acme)
    noted = await last(acme)
    assert (noted["state"], noted["status"]) == ("delivered", 200)
    assert len(str(noted["snippet"])) <= posting.SNIPPET_BYTES


async def test_no_redirect_is_followed(acme: Shop) -> None:
    async with make.receiver() as inside, make.receiver(headers={}) as receiver:
        receiver.headers = {"Location": inside.url("/secrets")}
        receiver.behave = lambda _call: "307"
        await make.endpoint(acme, receiver.url())
        await join(acme)
        await make.deliver(acme)
        assert len(receiver.calls) == 1
        assert inside.connections == 0


async def test_what_an_answer_says_is_kept_printable_and_short(acme: Shop) -> None:
    async with make.receiver(body=b"\x00\x1b[31m\xff<b>" + "好".encode() * 2000) as receiver:
        receiver.behave = lambda _call: "500"
        await make.endpoint(acme, receiver.url())
        await join(acme)
        await make.deliver(acme)
    snippet = str((await last(acme))["snippet"])
    assert snippet.startswith("··[31m")
    assert 300 < snippet.count("好") <= posting.SNIPPET_BYTES // 3


@pytest.mark.parametrize("value", ["120", "%a, %d %b %Y %H:%M:%S GMT"])
async def test_a_receiver_that_asks_for_time_gets_it(acme: Shop, value: str) -> None:
    async with make.receiver() as receiver:
        receiver.headers = {"Retry-After": (NOON + timedelta(seconds=120)).strftime(value)}
        receiver.behave = lambda _call: "429"
        await make.endpoint(acme, receiver.url())
        await join(acme, "ann")
        await make.deliver(acme)
        await join(acme, "bob")
        with clock.at(NOON + timedelta(seconds=119)):
            await make.deliver(acme)
        assert len(receiver.calls) == 1, "neither the same nor another call before the time"
        receiver.behave = lambda _call: "200"
        with clock.at(NOON + timedelta(seconds=121)):
            await make.deliver(acme)
    assert await make.states(acme) == {"delivered": 2}


@pytest.mark.parametrize(
    "value", ["", "soon", "-5", "1e9", "٣", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"]
)
async def test_nonsense_in_retry_after_puts_nothing_off_for_ever(acme: Shop, value: str) -> None:
    async with make.receiver() as receiver:
        receiver.headers = {"Retry-After": value}
        receiver.behave = lambda _call: "503"
        await make.endpoint(acme, receiver.url())
        await join(acme)
        await make.deliver(acme)
    noted = await last(acme)
    assert noted["state"] == "ready"
    assert noted["not_before"] <= NOON + sending.ASKED_WAIT_MAX  # type: ignore[operator]


async def test_after_ten_attempts_over_about_a_day_it_has_failed_and_can_be_sent_again(acme: Shop) -> None:
    async with make.receiver() as receiver:
        receiver.behave = lambda _call: "500"
        await make.endpoint(acme, receiver.url())
        await join(acme)
        moment = NOON
        for number in range(1, sending.ATTEMPTS_MAX + 1):
            with clock.at(moment):
                await make.deliver(acme)
            assert len(receiver.calls) == number
            moment += max(sending.WAITS[min(number, len(sending.WAITS)) - 1], sending.REST_MAX)
        assert await make.states(acme) == {"failed": 1}
        receiver.behave = lambda _call: "200"
        with clock.at(moment):
            async with acme.open():
                await log.replay(await acme.value("SELECT id FROM __tenant__.webhook_delivery"))
            await make.deliver(acme)
    assert len({call.id for call in receiver.calls}) == 1
    rows = await acme.rows("SELECT state, series, attempts, attempts_ever FROM __tenant__.webhook_delivery")
    assert rows == [{"state": "delivered", "series": 2, "attempts": 1, "attempts_ever": sending.ATTEMPTS_MAX + 1}]


def test_the_waits_make_about_a_day_and_no_two_are_alike() -> None:
    drawn = [[sending.wait_after(failures, asked=None) for failures in range(1, 10)] for _ in range(200)]
    totals = [sum(waits, timedelta()) for waits in drawn]
    assert timedelta(hours=20) < sum(totals, timedelta()) / len(totals) < timedelta(hours=26)
    assert len(set(totals)) > 150
    for waits in drawn:
        assert all(sending.WAIT_LEAST <= wait <= most for wait, most in zip(waits, sending.WAITS, strict=True))


async def test_gone_switches_the_endpoint_off_at_once_and_staff_find_out(acme: Shop) -> None:
    async with make.receiver() as receiver:
        receiver.behave = lambda _call: "410"
        endpoint, _ = await make.endpoint(acme, receiver.url())
        await join(acme, "ann")
        await make.deliver(acme)
        await join(acme, "bob")
        await make.deliver(acme)
    assert len(receiver.calls) == 1
    assert await make.states(acme) == {"failed": 1}
    async with acme.open():
        shown = await webhooks.endpoint(endpoint)
    assert (shown.active, shown.off_reason) == (False, "gone")
    (noted,) = await acme.rows("SELECT name, after FROM __tenant__.audit WHERE subject = 'webhook_endpoint'")
    assert noted["name"] == "webhooks.deliver"
    assert "gone" in noted["after"]


async def test_days_of_failure_switch_it_off_and_switched_on_again_it_gets_what_waited(acme: Shop) -> None:
    async with make.receiver() as receiver:
        receiver.behave = lambda _call: "500"
        endpoint, _ = await make.endpoint(acme, receiver.url())
        for day in range(4):
            for hour in range(0, 24, 4):
                with clock.at(NOON + timedelta(days=day, hours=hour)):
                    await join(acme, f"member-{day}-{hour}")
                    await make.deliver(acme)
        async with acme.open():
            assert (await webhooks.endpoint(endpoint)).off_reason == "failing"
        waiting = (await make.states(acme))["ready"]
        assert waiting > 3
        receiver.behave = lambda _call: "200"
        with clock.at(NOON + timedelta(days=5)):
            await make.deliver(acme)
            assert (await make.states(acme))["ready"] == waiting
            async with acme.open():
                await webhooks.change(endpoint, active=True)
            await make.deliver(acme)
    assert "ready" not in await make.states(acme)


async def test_an_endpoint_that_keeps_failing_rests_and_is_then_tried_with_one_call(acme: Shop) -> None:
    async with make.receiver() as receiver:
        receiver.behave = lambda _call: "500"
        await make.endpoint(acme, receiver.url())
        await join(acme, *(f"member-{number}" for number in range(40)))
        await make.deliver(acme)
        assert len(receiver.calls) == sending.PER_ENDPOINT
        await make.deliver(acme)
        assert len(receiver.calls) == sending.PER_ENDPOINT
        with clock.at(NOON + timedelta(seconds=31)):
            await make.deliver(acme)
        assert len(receiver.calls) == sending.PER_ENDPOINT + 1
        receiver.behave = lambda _call: "200"
        with clock.at(NOON + timedelta(minutes=10)):
            await make.deliver(acme)
    assert await make.states(acme) == {"delivered": 40}


async def test_never_more_than_four_calls_at_once_to_an_endpoint_over_all_workers(acme: Shop) -> None:
    async with make.receiver() as receiver:

        async def linger(_call: make.Call) -> None:
            await asyncio.sleep(0.02)  # so that calls overlap; there is no event to wait for

        receiver.striking = linger
        await make.endpoint(acme, receiver.url())
        await join(acme, *(f"member-{number}" for number in range(30)))

        async def other_worker() -> int:
            async with acme.open():
                endpoint = await acme.value("SELECT id FROM __tenant__.webhook_endpoint")
                batch = await sending.claim(endpoint, most=100)
                return len(batch.held) if batch else 0

        taken = await asyncio.gather(*(other_worker() for _ in range(5)))
        assert sum(taken) == sending.PER_ENDPOINT
        await acme.rows("UPDATE __tenant__.webhook_delivery SET lease_until = clock_timestamp()"
                        " WHERE state = 'sending' RETURNING id")  # fmt: skip
        await make.deliver(acme)
    assert receiver.most_at_once <= sending.PER_ENDPOINT
    assert len({call.id for call in receiver.calls}) == 30
    assert await make.states(acme) == {"delivered": 30}


@pytest.mark.usefixtures("quick")
async def test_one_slow_endpoint_holds_up_neither_the_shop_s_others_nor_another_shop(acme: Shop, rival: Shop) -> None:
    async with make.receiver() as slow, make.receiver() as fast:
        slow.behave = lambda _call: "hang"
        await make.endpoint(acme, slow.url())
        await make.endpoint(acme, fast.url("/acme"))
        await make.endpoint(rival, fast.url("/rival"))
        heard = asyncio.Event()

        async def hear(_call: make.Call) -> None:
            if {call.path for call in fast.calls} == {"/acme", "/rival"}:
                heard.set()

        fast.striking = hear
        await join(acme)
        await join(rival)
        before = asyncio.get_running_loop().time()
        looking = asyncio.gather(make.deliver(acme), make.deliver(rival))
        await asyncio.wait_for(heard.wait(), 5)
        took = asyncio.get_running_loop().time() - before
        assert took < posting.TOTAL_SECONDS, "the others waited for the slow one"
        await looking
    assert await make.states(acme) == {"delivered": 1, "ready": 1}
    assert await make.states(rival) == {"delivered": 1}


async def test_a_worker_that_was_away_too_long_finds_its_word_worth_nothing(acme: Shop) -> None:
    async with make.receiver() as receiver:
        endpoint, _ = await make.endpoint(acme, receiver.url())
        await join(acme)
        async with acme.open():
            batch = await sending.claim(endpoint, most=4)
        assert batch
        await acme.rows("UPDATE __tenant__.webhook_delivery SET lease_until = clock_timestamp() RETURNING id")
        await make.deliver(acme)
        assert await make.states(acme) == {"delivered": 1}
        async with acme.open():
            await sending.finish(batch.held[0], endpoint, posting.Outcome(error="timeout"))
    assert await make.states(acme) == {"delivered": 1}
    assert await acme.value("SELECT failures FROM __tenant__.webhook_endpoint") == 0


async def test_a_receiver_that_is_away_is_not_reached_and_nothing_is_lost(acme: Shop) -> None:
    async with make.receiver() as receiver:
        url = receiver.url()
    await make.endpoint(acme, url)
    await join(acme)
    await make.deliver(acme)
    noted = await last(acme)
    assert (noted["state"], noted["error"]) == ("ready", "connect")
