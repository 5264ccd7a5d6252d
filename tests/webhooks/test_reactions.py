"""Every kind of event as it really comes out, with exactly the fields that the catalogue shows."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tenants import checkins, levels, mall, members, orders, points, polls, profiles, rewards, surveys, vouchers
from tenants.kit import clock, facts, ids
from tenants.kit.words import Words
from tenants.tenancy import DB
from tenants.webhooks.rules.catalogue import BY_NAME
from tests.make import orders as make_orders
from tests.make import polls as make_polls
from tests.make import surveys as make_surveys
from tests.make import vouchers as make_vouchers
from tests.make import webhooks as make

if TYPE_CHECKING:
    import uuid
    from collections.abc import Awaitable, Callable

    from tests.conftest import Shop


async def ann(**profile: Any) -> uuid.UUID:
    made = await members.create({"external_id": ids.new().hex, **profile})  # type: ignore[typeddict-item]
    return made.id


async def changed() -> None:
    await members.change(await ann(), {"name": "Ann", "email": "ann@members.example"})


async def consented() -> None:
    await members.set_consent(await ann(), "email", granted=True, source="test", evidence="asked")


async def merged() -> None:
    await members.merge(await ann(), await ann(), once="merge-1")


async def erased() -> None:
    await facts.announce(members.Erased(await ann(), clock.now()))


async def earned() -> None:
    await points.earn(await ann(), points=88, why=points.Why.API, once="one")


async def lapsing() -> None:
    notice = points.Notice(id=ids.new(), member=await ann(), points=5, expires_at=clock.now())
    await facts.announce(points.WillLapse(notices=(notice,)))


def level(rank: int) -> levels.Level:
    return levels.Level(
        id=ids.new(), rank=rank, name=Words(en="Gold", zh="金"), threshold=Decimal(1), multiplier=Decimal(1),
        free_shipping=False, benefits=Words(en="", zh=""), color="#000000", icon="", active=True)  # fmt: skip


async def risen() -> None:
    change = levels.Change(
        id=ids.new(), member=await ann(), before=None, after=level(2), why=levels.Why.REACHED, at=clock.now())  # fmt: skip
    await facts.announce(levels.Changed((change,)))


async def dropping() -> None:
    drop = levels.Drop(
        id=ids.new(), member=await ann(), level=level(2), basis="spend", missing=Decimal("1.00"),
        drops_on=date(2026, 12, 31), days=30, at=clock.now())  # fmt: skip
    await facts.announce(levels.WillDrop((drop,)))


async def issued() -> None:
    await make_vouchers.voucher(await ann())


def voucher(kind: str) -> Callable[[], Awaitable[None]]:
    async def happened() -> None:
        happening = vouchers.Happening(
            kind, ids.new(), ids.new(), await ann(), clock.now(), reason="Ann asked", order_reference="T1",
            discount=Decimal("20.00"))  # fmt: skip
        await facts.announce(vouchers.Happened((happening,)))

    return happened


async def ordered() -> None:
    await orders.take_in(make_orders.event("completed", "129.00", by=await ann()))


async def granted() -> None:
    await rewards.grant(await ann(), rewards.Reward(points=5), why=rewards.Why.BIRTHDAY, once="gift-1", note="For Ann")


async def visited() -> None:
    await checkins.check_in(await ann())


async def completed() -> None:
    await facts.announce(profiles.Completed((profiles.Completion(await ann(), ids.new(), 50, clock.now()),)))


async def redeemed() -> None:
    change = mall.RedemptionChange(
        ids.new(), await ann(), ids.new(), None, "to_ship", 1, 500, Decimal("9.90"), "Ann asked", clock.now())  # fmt: skip
    await facts.announce(mall.RedemptionChanged((change,)))


async def voted() -> None:
    poll, options = await make_polls.poll()
    await polls.vote(poll, await ann(), options[:1])


async def closed() -> None:
    poll, _ = await make_polls.poll()
    await polls.end(poll)


async def invited() -> None:
    await surveys.invite(await make_surveys.survey(), await ann(), once="ticket-1")


async def answered() -> None:
    survey = await make_surveys.survey(low_question="nps", low_at_most=6)
    await surveys.submit(survey, surveys.Who(member=await ann()), {"skin": "a", "nps": 3})


BROUGHT_ABOUT: dict[str, Callable[[], Awaitable[Any]]] = {
    "member.created": ann,
    "member.changed": changed,
    "member.merged": merged,
    "member.erased": erased,
    "consent.changed": consented,
    "points.moved": earned,
    "points.will_lapse": lapsing,
    "level.changed": risen,
    "level.will_drop": dropping,
    "voucher.issued": issued,
    "voucher.used": voucher("used"),
    "voucher.returned": voucher("returned"),
    "voucher.expired": voucher("expired"),
    "voucher.revoked": voucher("revoked"),
    "order.changed": ordered,
    "reward.granted": granted,
    "check_in.done": visited,
    "profile.completed": completed,
    "redemption.changed": redeemed,
    "survey.invited": invited,
    "survey.completed": answered,
    "survey.low_score": answered,
    "poll.voted": voted,
    "poll.closed": closed,
}


@pytest.mark.parametrize("kind", BY_NAME)
async def test_it_comes_out_once_with_the_fields_of_its_example_and_no_name_of_a_person(acme: Shop, kind: str) -> None:
    await make.endpoint(acme, "http://127.0.0.1:9/hook", kind)
    async with acme.open():
        await BROUGHT_ABOUT[kind]()
    (body,) = [row["body"] for row in await acme.rows("SELECT body FROM __tenant__.webhook_event") if row["body"]]
    said = json.loads(body)
    assert said["type"] == kind
    assert list(said) == ["type", "timestamp", "data"]
    assert_like(said["data"], BY_NAME[kind].example)
    assert "Ann" not in body
    assert "ann@" not in body


def assert_like(said: Any, example: Any) -> None:
    """The same fields, each of the same kind; what is null here or there may be anything."""
    if said is None or example is None:
        return
    assert type(said) is type(example), (said, example)
    if isinstance(example, dict):
        assert set(said) == set(example)
        for name, value in example.items():
            assert_like(said[name], value)
    if isinstance(example, str) and example[3:4] == "_" and len(example) == 30:
        assert said[:4] == example[:4]
        assert len(said) == 30


async def test_an_import_tells_each_member_once(acme: Shop) -> None:
    await make.endpoint(acme, "http://127.0.0.1:9/hook")
    file = "external_id,name\na,Ann\nb,Bob\n"
    reply = await acme.server().post("/v1/member-imports", content=file, headers={"content-type": "text/csv"})
    assert reply.status_code < 300, reply.text
    rows = await acme.rows("SELECT type, count(*) AS n FROM __tenant__.webhook_event GROUP BY type")
    assert {row["type"]: row["n"] for row in rows} == {"member.created": 2}


async def test_whoever_is_erased_is_forgotten_with_what_was_told_of_them(acme: Shop) -> None:
    await make.endpoint(acme, "http://127.0.0.1:9/hook")
    async with acme.open():
        member = await ann(name="Ann")
        await points.earn(member, points=88, why=points.Why.API, once="one")
        await DB.fetch(
            "INSERT INTO __tenant__.webhook_attempt (id, delivery, number, at, milliseconds, snippet)"
            " SELECT id, id, 1, created_at, 1, 'thanks for Ann' FROM __tenant__.webhook_delivery")  # fmt: skip
    async with acme.open():
        await members.erase(member, reason=members.REASONS[0])
    assert await acme.value("SELECT count(*) FROM __tenant__.webhook_attempt WHERE snippet <> ''") == 0
    rows = await acme.rows("SELECT type, member, body FROM __tenant__.webhook_event WHERE body <> ''")
    assert [row["type"] for row in rows if ids.show("mem", member) in row["body"]] == ["member.erased"]
    waiting = await acme.rows("SELECT DISTINCT type FROM __tenant__.webhook_delivery WHERE state = 'ready'")
    assert "member.created" not in {row["type"] for row in waiting}
