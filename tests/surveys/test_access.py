"""Who may answer, when, and who is asked to: audiences, windows, events, invitations."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tenants import members, orders, surveys
from tenants.kit import clock, facts, ids
from tenants.kit.errors import DomainError, Invalid
from tenants.kit.facts import on
from tenants.surveys import Who, jobs
from tests.make import members as make_members
from tests.make import segments as make_segments
from tests.make import surveys as make
from tests.surveys.answered import DAY, NOON, live, look, member_of, refused, sound, submit

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

ANSWERS = {"nps": 9}
told: list[surveys.Invitation] = []


@on(surveys.Invited)
async def _note(fact: surveys.Invited) -> None:
    told.extend(fact.invitations)


async def test_a_survey_is_for_everyone_or_for_those_who_are_in_its_segment_then(acme: Shop) -> None:
    async with acme.open():
        dry = (await make_members.member(tags=["dry"])).id
        oily = (await make_members.member()).id
        segment = await make_segments.segment({"about": "tag", "op": "is", "value": ["dry"]})
    survey = await live(acme, segment=segment)
    await submit(acme, survey, Who(member=dry), ANSWERS)
    assert (await refused(acme, survey, Who(member=oily), ANSWERS)).code == "survey.not_for_you"
    assert (await look(acme, survey, Who(member=oily))).state == "not_for_you"
    async with acme.open():
        assert await surveys.offers(oily) == []
        await members.tag(oily, ["dry"])
        assert [one.survey for one in await surveys.offers(oily)] == [survey]
        await surveys.save(survey, Who(member=oily), {"skin": "a"})
        await members.untag(oily, ["dry"])
    await submit(acme, survey, Who(member=oily), ANSWERS)  # who has begun may end


async def test_only_the_invited_answer_a_survey_by_invitation(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme, access="invited")
    assert (await refused(acme, survey, Who(member=member), ANSWERS)).code == "survey.not_for_you"
    async with acme.open():
        assert await surveys.offers(member) == []
        invitation = await surveys.invite(survey, member, once="t-1")
        [offer] = await surveys.offers(member)
    assert offer.invitation == invitation.id
    await submit(acme, survey, Who(member=member, invitation=invitation.id), ANSWERS)


async def test_it_is_open_from_the_second_it_starts_until_the_second_it_ends(acme: Shop) -> None:
    survey = await live(acme, starts_at=NOON, ends_at=NOON + DAY)
    early, late, last = [Who(member=await member_of(acme)) for _ in range(3)]
    second = DAY / 86_400
    for who, moment, open_ in (
        (early, NOON - second, False), (early, NOON, True), (last, NOON + DAY - second, True), (late, NOON + DAY, False),
    ):  # fmt: skip
        with clock.at(moment):
            assert (await look(acme, survey, who)).state == ("open" if open_ else "closed")
            if open_:
                await submit(acme, survey, who, ANSWERS)
            else:
                assert (await refused(acme, survey, who, ANSWERS)).code == "survey.closed"


async def test_drafts_are_unknown_and_paused_and_ended_surveys_closed(acme: Shop) -> None:
    who = Who(member=await member_of(acme))
    async with acme.open():
        draft = await make.draft()
    assert (await refused(acme, draft, who, ANSWERS)).code == "survey.unknown"
    survey = await live(acme)
    async with acme.open():
        await surveys.pause(survey)
    assert (await refused(acme, survey, who, ANSWERS)).code == "survey.closed"
    async with acme.open():
        await surveys.resume(survey)
        await surveys.end(survey)
    assert (await refused(acme, survey, who, ANSWERS)).code == "survey.closed"
    with pytest.raises(DomainError):
        async with acme.open():
            await surveys.invite(survey, (await make_members.member()).id, once="t-1")


async def test_blocked_and_unknown_members_do_not_answer(acme: Shop, rival: Shop) -> None:
    member, stranger, survey = await member_of(acme), await member_of(rival), await live(acme)
    async with acme.open():
        await members.block(member)
    assert (await refused(acme, survey, Who(member=member), ANSWERS)).code == "member.blocked"
    assert (await refused(acme, survey, Who(member=stranger), ANSWERS)).code == "member.unknown"
    assert (await refused(acme, await live(rival), Who(member=member), ANSWERS)).code == "survey.unknown"


async def test_a_reference_invites_once(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme)
    async with acme.open():
        first = await surveys.invite(survey, member, once="t-1")
        again = await surveys.invite(survey, member, once="t-1")
        assert (again.id, again.repeated) == (first.id, True)
        with pytest.raises(DomainError) as caught:
            await surveys.invite(survey, (await make_members.member()).id, once="t-1")
        assert caught.value.code == "survey.invitation_differs"
        with pytest.raises(Invalid):
            await surveys.invite(survey, member, once="t-2", expires_at=clock.now() - DAY)
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_invitation") == 1


def changed(member: UUID, order: UUID, before: str | None, after: str) -> orders.Changed:
    return orders.Changed((orders.OrderChange(
        id=order, member=member, source="shop", external_id="T1", before=before, after=after, amount=Decimal(100),
        refunded=Decimal(0), points=0),))  # fmt: skip


async def test_whoever_gets_an_order_is_asked_once_some_days_later(acme: Shop) -> None:
    member, order = await member_of(acme), ids.new()
    survey = await live(acme, access="invited", after_event="order_delivered", after_days=3, invitation_days=10)
    told.clear()
    with clock.at(NOON):
        async with acme.open():
            for before in ("paid", "paid", "delivered"):
                await facts.announce(changed(member, order, before, "delivered"))
            await facts.announce(changed(member, order, "delivered", "completed"))
    async with acme.open():
        [invitation] = await surveys.invitations(survey=survey)
    assert (invitation.opens_at, invitation.expires_at) == (NOON + 3 * DAY, NOON + 13 * DAY)
    with clock.at(NOON + 2 * DAY):
        async with acme.open():
            assert await jobs.invite.run() == NOON + 3 * DAY
            assert await surveys.offers(member) == []
    assert told == []
    with clock.at(NOON + 3 * DAY):
        for _ in range(2):
            async with acme.open():
                await jobs.invite.run()
        async with acme.open():
            [offer] = await surveys.offers(member)
        await submit(acme, survey, Who(member=member, invitation=offer.invitation), ANSWERS)
    assert [one.id for one in told] == [invitation.id]
    await sound(acme)


async def test_nobody_is_asked_about_an_order_that_was_given_up_before(acme: Shop) -> None:
    member, order = await member_of(acme), ids.new()
    survey = await live(acme, access="invited", after_event="order_delivered", after_days=3)
    told.clear()
    with clock.at(NOON):
        async with acme.open():
            await facts.announce(changed(member, order, "paid", "delivered"))
            await facts.announce(changed(member, order, "delivered", "refunded"))
    with clock.at(NOON + 3 * DAY):
        async with acme.open():
            await jobs.invite.run()
            assert await surveys.offers(member) == []
            assert [one.state(clock.now()) for one in await surveys.invitations(survey=survey)] == ["revoked"]
    assert told == []


async def test_new_members_are_asked_when_they_join(acme: Shop) -> None:
    survey = await live(acme, access="invited", after_event="joined")
    told.clear()
    member = await member_of(acme)
    assert [(one.survey, one.member, one.source) for one in told] == [(survey, member, "joined")]


async def test_invitations_of_a_paused_survey_wait(acme: Shop) -> None:
    survey = await live(acme, access="invited", after_event="joined", after_days=1)
    told.clear()
    with clock.at(NOON):
        member = await member_of(acme)
    async with acme.open():
        await surveys.pause(survey)
    with clock.at(NOON + 2 * DAY):
        async with acme.open():
            await jobs.invite.run()
        assert told == []
        async with acme.open():
            await surveys.resume(survey)
            await jobs.invite.run()
    assert [one.member for one in told] == [member]
