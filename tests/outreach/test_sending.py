"""The outbox against a post office that fails in every way: at most once for sure, and honest where nobody can know."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import members
from tenants.kit import clock
from tenants.kit.errors import Invalid
from tenants.outreach.rules import letters, outbox, programmes, sending
from tenants.outreach.rules.post import Outcome
from tenants.tenancy import use_tenant
from tenants.tenancy.engine import DB
from tests.make import outreach as make

if TYPE_CHECKING:
    import uuid
    from collections.abc import AsyncIterator

    from tests.conftest import Shop

MORNING = datetime(2026, 5, 5, 1, 30, tzinfo=UTC)  # 09:30 in Shanghai
NAMES = ("ann", "bob", "cid")


pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
async def morning() -> AsyncIterator[None]:
    with clock.at(MORNING):
        yield


async def planned(shop: Shop, *names: str, channels: tuple[str, ...] = ("email",)) -> dict[str, uuid.UUID]:
    """Members whose birthday is today, with their messages ready."""
    with clock.at(MORNING - timedelta(days=30)):
        async with shop.open():
            await make.switch_on(channels=list(channels))
            found = {name: await make.birthday_member(name, 5, 5) for name in names or NAMES}
    await make.plan(shop)
    return found


async def run_out(shop: Shop) -> None:
    """Let all leases have ended."""
    await shop.rows(
        "UPDATE __tenant__.message SET lease_until = clock_timestamp() WHERE state = 'sending' RETURNING id"
    )


async def test_one_refused_recipient_fails_alone(acme: Shop) -> None:
    await planned(acme)
    async with make.post_office() as office:
        office.at_rcpt = lambda address: "554 no such user" if "bob" in address else "250 OK"
        await make.send(acme)
        await make.send(acme)
    assert await make.states(acme) == {"sent": 2, "failed": 1}
    assert sorted(str(mail["To"]) for mail in office.mails) == [
        "ann <ann@members.example>",
        "cid <cid@members.example>",
    ]
    assert "554" in await acme.value("SELECT error FROM __tenant__.message WHERE state = 'failed'")


async def test_one_name_with_which_a_template_cannot_compute_fails_alone(acme: Shop) -> None:
    found = await planned(acme)
    async with acme.open():
        for template in await programmes.read_templates():
            await programmes.change_template(template.id, body_en="{{ member.name | round }}")
        await DB.fetch("UPDATE __tenant__.member SET name = 'NaN' WHERE id = $1", found["bob"])
    async with make.post_office() as office:
        await make.send(acme)
        await make.send(acme)
    assert len(office.mails) == 2
    assert await make.states(acme) == {"sent": 2, "failed": 1}


async def test_what_nobody_foresaw_about_one_message_puts_off_that_one_and_gives_it_up_in_the_end(acme: Shop) -> None:
    await planned(acme)
    # stands for anything that nobody thought of: a row that the database does not take
    await acme.rows("ALTER TABLE __tenant__.message ADD CONSTRAINT odd CHECK (to_address NOT LIKE 'bob%')")
    try:
        await fail_alone(acme)
    finally:
        await acme.rows("ALTER TABLE __tenant__.message DROP CONSTRAINT odd")


async def fail_alone(acme: Shop) -> None:
    async with make.post_office() as office:
        await make.send(acme)
        assert len(office.mails) == 2
        assert await make.states(acme) == {"sent": 2, "ready": 1}
        (kept,) = await acme.rows("SELECT attempts, error FROM __tenant__.message WHERE state = 'ready'")
        assert kept["attempts"] == 1
        assert kept["error"].startswith("CheckViolationError odd")
        assert "bob" not in kept["error"]
        await acme.rows("UPDATE __tenant__.message SET attempts = $1 WHERE state = 'ready' RETURNING id",
                        sending.ATTEMPTS_MAX - 1)  # fmt: skip
        with clock.at(MORNING + timedelta(minutes=2)):
            await make.send(acme)
    assert await acme.rows("SELECT state, reason FROM __tenant__.message WHERE state <> 'sent'") == [
        {"state": "failed", "reason": "gave_up"}
    ]


@pytest.mark.parametrize("address", ["(@x.y", "<@x.y", "a@x..y", "a@[", "a b@c.example", "a@b", ""])
async def test_a_test_is_not_sent_to_what_is_no_address(acme: Shop, address: str) -> None:
    async with acme.open():
        await make.switch_on()
        ann = await make.birthday_member("ann", 7, 7)
    with pytest.raises(Invalid):
        async with acme.open():
            await letters.send_test("birthday", ann, to_address=address)
    assert await make.states(acme) == {}


async def test_letters_share_a_connection(acme: Shop) -> None:
    await planned(acme)
    async with make.post_office() as office:
        await make.send(acme)
    assert (len(office.mails), office.connections) == (3, 1)


@pytest.mark.parametrize("stage", ["at_rcpt", "after_data"])
async def test_a_passing_refusal_is_tried_again_later_and_not_before(acme: Shop, stage: str) -> None:
    await planned(acme, "ann")
    async with make.post_office() as office:
        setattr(office, stage, lambda _address: "451 try later")
        await make.send(acme)
        await make.send(acme)
        assert await make.states(acme) == {"ready": 1}
        assert await acme.value("SELECT attempts FROM __tenant__.message") == 1
        setattr(office, stage, lambda _address: "250 OK")
        with clock.at(MORNING + timedelta(minutes=2)):
            await make.send(acme)
    assert await make.states(acme) == {"sent": 1}
    assert len(office.mails) == 1


async def test_a_line_that_breaks_before_the_text_was_handed_over_is_tried_again(acme: Shop) -> None:
    await planned(acme, "ann")
    async with make.post_office() as office:
        office.at_rcpt = lambda _address: "drop"
        await make.send(acme)
        assert await make.states(acme) == {"ready": 1}
        office.at_rcpt = lambda _address: "250 OK"
        with clock.at(MORNING + timedelta(minutes=2)):
            await make.send(acme)
    assert await make.states(acme) == {"sent": 1}


async def test_a_post_office_that_is_away_costs_one_try_and_nothing_is_lost(acme: Shop) -> None:
    await planned(acme)
    make.set_up("smtp://127.0.0.1:9")  # discard: nobody listens
    again_at = await make.send(acme)
    assert again_at is not None
    assert again_at > clock.now()
    assert await make.states(acme) == {"ready": 3}
    assert await acme.value("SELECT sum(attempts) FROM __tenant__.message") == 1
    async with make.post_office() as office:
        with clock.at(MORNING + timedelta(minutes=2)):
            await make.send(acme)
    assert len(office.mails) == 3


@pytest.mark.parametrize("behaviour", ["hang", "drop", "drop before accepting"])
async def test_silence_after_the_text_is_unknown_and_never_sent_again(acme: Shop, behaviour: str) -> None:
    await planned(acme)
    async with make.post_office(lease_seconds=1.0) as office:
        office.after_data = lambda address: behaviour if "bob" in address else "250 OK"
        await make.send(acme)
        office.after_data = lambda _address: "250 OK"
        await run_out(acme)
        with clock.at(MORNING + timedelta(days=1)):
            await make.send(acme)
    assert await make.states(acme) == {"sent": 2, "unknown": 1}
    assert len(office.to("bob")) == (0 if behaviour == "drop before accepting" else 1)


async def test_a_lease_that_ran_out_before_the_start_makes_the_message_ready_again(acme: Shop) -> None:
    await planned(acme, "ann")
    async with make.post_office() as office:
        async with acme.open():
            (held,) = await sending.claim("email", most=10)
        await run_out(acme)
        await make.send(acme)
        assert len(office.mails) == 1
        async with acme.open():  # the worker that was away comes back: its token is worth nothing
            assert await sending.begin(held) is None
            await sending.finish(held, Outcome("failed"))
    assert await make.states(acme) == {"sent": 1}


async def test_a_lease_that_ran_out_after_the_start_is_unknown_unless_the_relay_knows_letters_again(acme: Shop) -> None:
    await planned(acme, "ann")
    async with make.post_office() as office:
        async with acme.open():
            (held,) = await sending.claim("email", most=10)
            assert await sending.begin(held)
        await run_out(acme)
        await make.send(acme)
        assert office.mails == []
        assert await make.states(acme) == {"unknown": 1}
        async with acme.open():
            await sending.finish(held, Outcome("sent"))  # it was not dead, only slow: what it knows is welcome
    assert await make.states(acme) == {"sent": 1}


async def test_a_relay_that_knows_letters_again_gets_the_same_letter_again(acme: Shop) -> None:
    await planned(acme, "ann")
    async with make.post_office(dedupes=True) as office:
        async with acme.open():
            (held,) = await sending.claim("email", most=10)
            assert await sending.begin(held)
        await run_out(acme)
        await make.send(acme)
    assert len(office.mails) == 1
    assert await make.states(acme) == {"sent": 1}


async def test_two_workers_at_once_send_each_letter_once(acme: Shop) -> None:
    await planned(acme, *(f"member-{number}" for number in range(40)))
    async with make.post_office() as office:
        await asyncio.gather(*(make.send(acme) for _ in range(4)))
    assert sorted(str(mail["Message-ID"]) for mail in office.mails) == sorted(
        {str(mail["Message-ID"]) for mail in office.mails}
    )
    assert await make.states(acme) == {"sent": 40}


async def test_consent_that_is_withdrawn_between_planning_and_sending_counts(acme: Shop) -> None:
    found = await planned(acme)
    async with acme.open():
        await members.set_consent(found["bob"], "email", granted=False, source="test", evidence="said so")
    async with make.post_office() as office:
        await make.send(acme)
    assert office.to("bob") == []
    assert await make.states(acme) == {"sent": 2, "skipped": 1}
    assert await acme.value("SELECT reason FROM __tenant__.message WHERE state = 'skipped'") == "no_consent"


async def test_who_was_never_asked_who_is_blocked_and_who_has_no_address_get_nothing(acme: Shop) -> None:
    with clock.at(MORNING - timedelta(days=30)):
        async with acme.open():
            await make.switch_on()
            await make.birthday_member("ann", 5, 5, email_consent=None)
            bob = await make.birthday_member("bob", 5, 5)
            cid = await make.birthday_member("cid", 5, 5)
    await make.plan(acme)
    async with acme.open():
        await members.block(bob)
        await members.change(cid, {"email": None})
    async with make.post_office() as office:
        await make.send(acme)
    assert office.mails == []
    reasons = {row["reason"] for row in await acme.rows("SELECT reason FROM __tenant__.message")}
    assert reasons == {"no_consent", "member_gone", "no_address"}


async def test_a_programme_that_is_switched_off_sends_nothing_that_it_had_planned(acme: Shop) -> None:
    await planned(acme)
    async with acme.open():
        await make.switch_on(active=False)
    async with make.post_office() as office:
        await make.send(acme)
    assert office.mails == []
    assert await make.states(acme) == {"skipped": 3}


async def test_a_message_in_the_member_centre_is_there_once_also_when_the_post_office_is_away(acme: Shop) -> None:
    found = await planned(acme, "ann", channels=("email", "in_app"))
    make.set_up("smtp://127.0.0.1:9")
    await make.send(acme)
    await make.send(acme)
    rows = await acme.rows("SELECT member, title, read_at FROM __tenant__.in_app_message")
    assert rows == [{"member": found["ann"], "title": "Happy birthday!", "read_at": None}]


async def test_a_message_that_is_tried_too_often_is_given_up(acme: Shop) -> None:
    await planned(acme, "ann")
    await acme.rows("UPDATE __tenant__.message SET attempts = $1 RETURNING id", sending.ATTEMPTS_MAX - 1)
    async with make.post_office() as office:
        office.at_rcpt = lambda _address: "451 never"
        await make.send(acme)
    assert await acme.rows("SELECT state, reason FROM __tenant__.message") == [{"state": "failed", "reason": "gave_up"}]


async def test_an_unknown_message_is_resolved_by_a_person_and_a_known_one_is_not(acme: Shop) -> None:
    await planned(acme, "ann")
    async with make.post_office(lease_seconds=1.0) as office:
        office.after_data = lambda _address: "drop before accepting"
        await make.send(acme)
        office.after_data = lambda _address: "250 OK"
        message = await acme.value("SELECT id FROM __tenant__.message")
        async with acme.open():
            await outbox.resolve(message, outcome="resend")
        await make.send(acme)
    assert len(office.mails) == 1
    with pytest.raises(outbox.NothingToResolve):
        async with acme.open():
            await outbox.resolve(message, outcome="resend")
    assert await make.states(acme) == {"sent": 1}


async def test_a_test_letter_goes_to_the_address_of_the_staff_and_counts_as_no_greeting(acme: Shop) -> None:
    async with acme.open():
        await make.switch_on()
        ann = await make.birthday_member("ann", 7, 7, email_consent=None)
        await letters.send_test("birthday", ann, to_address="staff@acme.example")
    async with make.post_office() as office:
        await make.send(acme)
    assert [str(mail["To"]) for mail in office.mails] == ["ann <staff@acme.example>"]
    assert await acme.value("SELECT count(*) FROM __tenant__.birthday_occurrence") == 0


async def test_a_letter_says_the_same_in_text_and_html_and_can_be_unsubscribed_from(acme: Shop) -> None:
    with clock.at(MORNING - timedelta(days=30)):
        async with acme.open():
            await make.switch_on()
            await make.birthday_member("ann", 5, 5, locale="zh-CN")
            # members refuses such a name; should one ever come in by another way, it stays a name
            await DB.fetch("UPDATE __tenant__.member SET name = $1", "安 <b>Ann</b>\r\nBcc: x@x.example")
    await make.plan(acme)
    async with make.post_office() as office:
        await make.send(acme)
    (mail,) = office.mails
    text, page = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert page is not None
    assert "生日快乐" in str(mail["Subject"])
    assert "<b>Ann</b>" in text.get_content()
    assert "&lt;b&gt;Ann&lt;/b&gt;" in page.get_content()
    assert mail["Bcc"] is None
    assert str(mail["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert str(mail["List-Unsubscribe"]).strip(" <>") in text.get_content()
    with use_tenant(acme.tenant):
        message = await DB.fetchval("SELECT id FROM __tenant__.message")
    assert mail["Message-ID"] == f"<{message.hex}@mail.example>"
