"""Links: a personal one is one member's, for one survey, for a time; an open one is anybody's."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from tenants import surveys
from tenants.kit import clock, seals
from tenants.kit.errors import DomainError
from tenants.surveys import Who, links
from tenants.tenancy import use_tenant
from tests.surveys.answered import DAY, NOON, everything, live, look, member_of, refused, sound, submit

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

ANSWERS = {"nps": 9}


async def invited(shop: Shop, survey: UUID, member: UUID, once: str = "ticket-1") -> surveys.Invitation:
    async with shop.open():
        return await surveys.invite(survey, member, once=once)


async def arrive(shop: Shop, rest: str, member: UUID | None = None, visitor: str = "") -> tuple[UUID, Who]:
    async with shop.open():
        return await surveys.arrive(rest, member=member, visitor=visitor)


def written(shop: Shop, invitation: UUID) -> str:
    with use_tenant(shop.tenant):
        return links.write(invitation)


async def test_a_personal_link_answers_for_its_member_without_signing_in(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme, access="invited", reward_points=10)
    invitation = await invited(acme, survey, member)
    found, who = await arrive(acme, written(acme, invitation.id))
    assert (found, who.member, who.via) == (survey, member, "link")
    done = await submit(acme, survey, who, ANSWERS)
    assert (done.member, done.thanks.points) == (member, 10)
    assert await acme.value("SELECT invitation FROM __tenant__.survey_response") == invitation.id
    assert (await look(acme, survey, who)).state == "done"
    await sound(acme)


async def test_no_altered_link_leads_anywhere(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme, access="invited")
    token = written(acme, (await invited(acme, survey, member)).id)
    raw = base64.urlsafe_b64decode(token[1:] + "==")
    altered = {token[:-1], token + "A", token[0] + token[2:], f"p{token}", token.upper(), token + "=", "p", ""}
    for place in range(0, len(raw), 5):
        changed = bytearray(raw)
        changed[place] ^= 1
        altered.add("p" + base64.urlsafe_b64encode(changed).decode().rstrip("="))
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    altered |= {token[:-1] + letter for letter in alphabet} - {token}
    for text in altered:
        with pytest.raises(DomainError) as caught:
            await arrive(acme, text)
        assert caught.value.code in {"survey.invitation_unknown", "survey.unknown"}


async def test_a_link_of_one_shop_leads_nowhere_in_another(acme: Shop, rival: Shop) -> None:
    member, survey = await member_of(acme), await live(acme, access="invited")
    invitation = await invited(acme, survey, member)
    with pytest.raises(DomainError) as caught:
        await arrive(rival, written(acme, invitation.id))
    assert caught.value.code == "survey.invitation_unknown"
    with pytest.raises(DomainError) as caught:  # even one that the rival has sealed itself
        await arrive(rival, written(rival, invitation.id))
    assert caught.value.code == "survey.invitation_unknown"


async def test_nobody_else_can_use_it(acme: Shop) -> None:
    member, other, survey = await member_of(acme), await member_of(acme), await live(acme, access="invited")
    invitation = await invited(acme, survey, member)
    with pytest.raises(DomainError) as caught:
        await arrive(acme, written(acme, invitation.id), member=other)
    assert caught.value.code == "survey.invitation_of_another"
    refusal = await refused(acme, survey, Who(member=other, invitation=invitation.id), ANSWERS)
    assert refusal.code == "survey.invitation_of_another"
    elsewhere = await live(acme, access="invited")
    refusal = await refused(acme, elsewhere, Who(member=member, invitation=invitation.id), ANSWERS)
    assert refusal.code == "survey.invitation_unknown"


async def test_it_ends_and_can_be_revoked(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme, access="invited", invitation_days=7)
    with clock.at(NOON):
        first, second = await invited(acme, survey, member), await invited(acme, survey, member, "ticket-2")
    by_first, by_second = (Who(invitation=one.id, via="link") for one in (first, second))
    with clock.at(NOON + 7 * DAY):
        assert (await refused(acme, survey, by_first, ANSWERS)).code == "survey.invitation_over"
        assert (await look(acme, survey, by_first)).state == "closed"
    with clock.at(NOON + 6 * DAY):
        async with acme.open():
            assert not (await surveys.revoke(first.id)).repeated
            assert (await surveys.revoke(first.id)).repeated
        assert (await refused(acme, survey, by_first, ANSWERS)).code == "survey.invitation_over"
        with clock.at(NOON - DAY):
            assert (await refused(acme, survey, by_second, ANSWERS)).code == "survey.invitation_over"
        await submit(acme, survey, by_second, ANSWERS)


async def test_each_invitation_is_answered_once(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme, access="invited")
    first, second = await invited(acme, survey, member), await invited(acme, survey, member, "ticket-2")
    assert not (await submit(acme, survey, Who(invitation=first.id), ANSWERS)).repeated
    assert (await submit(acme, survey, Who(invitation=first.id), ANSWERS)).repeated
    assert not (await submit(acme, survey, Who(invitation=second.id), {"nps": 1})).repeated


async def test_links_outlive_a_rotation_of_the_secret(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme, access="invited")
    invitation = await invited(acme, survey, member)
    former = list(seals._secret)
    try:
        seals.seal_with("old")
        token = written(acme, invitation.id)
        seals.seal_with("new", "old")
        assert (await arrive(acme, token))[1].invitation == invitation.id
        seals.seal_with("new")
        with pytest.raises(DomainError):
            await arrive(acme, token)
    finally:
        seals._secret[:] = former


async def test_an_open_link_lets_strangers_answer_once_for_each_browser(acme: Shop) -> None:
    survey = await live(acme, open_link=True, reward_points=10)
    key = str(await acme.value("SELECT link_key FROM __tenant__.survey WHERE id = $1", survey))
    found, who = await arrive(acme, key, visitor="a" * 64)
    assert (found, who) == (survey, Who(visitor="a" * 64, via="open"))
    done = await submit(acme, survey, who, ANSWERS)
    assert (done.member, done.thanks.points) == (None, 0)
    assert (await submit(acme, survey, who, ANSWERS)).repeated
    assert (await refused(acme, survey, who, {"nps": 1})).code == "survey.answered_before"
    await submit(acme, survey, Who(visitor="b" * 64, via="embed"), {"nps": 1})
    assert (await look(acme, survey, Who(via="open"))).state == "not_for_you"
    async with acme.open():
        await surveys.save(survey, Who(visitor="c" * 64, via="open"), {"skin": "a"})
        assert (await surveys.look(survey, Who(visitor="c" * 64, via="open"))).answers["skin"].choices == ("a",)
    await sound(acme)


async def test_a_closed_open_link_is_useless(acme: Shop) -> None:
    survey = await live(acme, open_link=True)
    key = str(await acme.value("SELECT link_key FROM __tenant__.survey WHERE id = $1", survey))
    async with acme.open():
        await surveys.change(survey, {"open_link": False})
    with pytest.raises(DomainError) as caught:
        await arrive(acme, key, visitor="a" * 64)
    assert caught.value.code == "survey.unknown"
    assert (await refused(acme, survey, Who(visitor="a" * 64, via="open"), ANSWERS)).code == "survey.not_for_you"


async def test_following_a_link_leaves_no_trace(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme, access="invited")
    token = written(acme, (await invited(acme, survey, member)).id)
    before = await everything(acme)
    for _ in range(3):
        _, who = await arrive(acme, token)
        await look(acme, survey, who)
    assert await everything(acme) == before
