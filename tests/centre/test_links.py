"""Personal and open links: whom they are for, and what becomes of robots."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from server import comers
from server.limits import Rate
from server.settings import settings
from tenants import surveys
from tenants.kit import clock, ids
from tests.make import centre as make
from tests.make import members
from tests.make import surveys as made

if TYPE_CHECKING:
    import uuid

    import httpx

    from tests.conftest import Shop

TAKEN = "SELECT count(*) FROM __tenant__.survey_response WHERE state = 'complete'"


async def person(shop: Shop, **said: Any) -> uuid.UUID:
    async with shop.open():
        return (await members.member(**said)).id


async def invited(shop: Shop, member: uuid.UUID, **terms: Any) -> tuple[Any, str]:
    """A survey by invitation, and the address in the member's letter."""
    async with shop.open():
        survey = await made.survey(made.definition(made.question("nps", "nps")), access="invited", **terms)
        invitation = await surveys.invite(survey, member, once="letter-1")
        return invitation, surveys.links.address(surveys.links.write(invitation.id))


async def open_to_all(shop: Shop, *questions: Any, **terms: Any) -> str:
    asked = made.definition(*(questions or (made.question("nps", "nps"),)))
    async with shop.open():
        survey = await made.survey(asked, open_link=True, **terms)
    key = await shop.value("SELECT link_key FROM __tenant__.survey WHERE id = $1", survey)
    return surveys.links.address(key)


async def answer(client: httpx.AsyncClient, address: str, page: str | None = None, **fields: Any) -> httpx.Response:
    form = make.hidden(page if page is not None else (await client.get(address)).text)
    return await client.post(address, data={**form, "act": "next", "q.nps": "9", **fields})


def later(seconds: float = 5) -> Any:
    """A person takes a while."""
    return clock.at(clock.now() + timedelta(seconds=seconds))


async def test_a_personal_link_is_answered_without_signing_in_and_signs_nobody_in(acme: Shop) -> None:
    ann = await person(acme)
    _, address = await invited(acme, ann, reward_points=10)
    client = make.browser(acme)
    page = (await client.get(f"{address}?q.nps=7")).text
    assert 'value="7" checked' in page
    with later():
        done = await answer(client, address, page)
    assert "Thank you" in done.text
    assert await acme.value("SELECT member FROM __tenant__.survey_response") == ann
    assert await acme.value("SELECT suspect FROM __tenant__.survey_response") == ""
    assert (await client.get("/m")).status_code == 401
    assert "already" in (await make.browser(acme).get(address)).text


async def test_a_personal_link_cannot_be_forged_or_used_by_another_or_after_its_end(acme: Shop, rival: Shop) -> None:
    ann, bob = await person(acme, name="Ann"), await person(acme, name="Bob")
    invitation, address = await invited(acme, ann)
    client = make.browser(acme)
    form = make.hidden((await client.get(address)).text)
    body = {**form, "act": "next", "q.nps": "9"}
    for bad in (
        address[:-1] + ("A" if address[-1] != "A" else "B"),
        address + "A",
        address[:-4],
        "/m/survey/p",
        "/m/survey/pp",
    ):
        assert (await client.get(bad)).status_code == 404
        assert (await client.post(bad, data=body)).status_code == 404
    assert (await make.browser(rival).get(address)).status_code == 404
    signed_in = await make.entered(acme, bob)
    assert (await signed_in.get(address)).status_code == 403
    assert (await signed_in.post(address, data=body)).status_code == 403
    async with acme.open():
        await surveys.revoke(invitation.id)
    assert "no longer valid" in (await client.get(address)).text
    assert "no longer valid" in (await client.post(address, data=body)).text
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_participation") == 0


async def test_an_open_link_takes_one_answer_of_a_browser_and_goes_on_where_it_was(acme: Shop) -> None:
    address = await open_to_all(acme, made.question("one", "short"), made.question("nps", "nps"))
    client = make.browser(acme)
    first = await client.get(address)
    assert "set-cookie" not in first.headers
    went = await client.post(address, data={**make.hidden(first.text), "act": "next", "q.one": "hello"})
    assert went.headers["location"] == f"{address}/nps"
    assert "HttpOnly" in went.headers["set-cookie"]
    assert 'name="q.nps"' in (await client.get(address)).text
    stranger = make.browser(acme)
    assert 'value="hello"' not in (await stranger.get(f"{address}/one")).text
    page = (await client.get(f"{address}/nps")).text
    with later():
        assert "Thank you" in (await answer(client, address, page)).text
        assert "already" in (await client.get(address)).text
    assert await acme.value(TAKEN) == 1
    kept = await acme.value("SELECT visitor FROM __tenant__.survey_participation")
    assert kept not in client.cookies["regulars_visitor"]


@pytest.mark.parametrize(
    ("seconds", "fields", "suspect"),
    [(5, {}, ""), (0.2, {}, "fast"), (5, {"website": "http://spam.example"}, "trap"), (0.1, {"website": "x"}, "trap")],
)
async def test_a_robots_answer_is_kept_apart_and_the_robot_is_told_nothing(
    acme: Shop, seconds: float, fields: dict[str, str], suspect: str
) -> None:
    address = await open_to_all(acme)
    client = make.browser(acme)
    start = clock.now()
    with clock.at(start):
        page = (await client.get(address)).text
        assert 'name="website" tabindex="-1" autocomplete="off"' in page
    with clock.at(start + timedelta(seconds=seconds)):
        reply = await answer(client, address, page, **fields)
    assert reply.status_code == 200
    assert "Thank you" in reply.text
    assert await acme.value("SELECT suspect FROM __tenant__.survey_response") == suspect


async def test_members_are_never_taken_for_robots(acme: Shop) -> None:
    address = await open_to_all(acme)
    client = await make.entered(acme, await person(acme))
    page = (await client.get(address)).text
    assert "website" not in page
    assert "Thank you" in (await answer(client, address, page)).text
    assert await acme.value("SELECT suspect FROM __tenant__.survey_response") == ""


async def test_a_flood_from_one_address_or_browser_is_held_back(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    address = await open_to_all(acme)
    page = (await make.browser(acme).get(address)).text
    held = settings().model_copy(update={"requests_per_minute_member": 20})
    with monkeypatch.context() as few:
        few.setattr(comers, "settings", lambda: held)
        few.setattr(comers.Comer, "from_address", property(lambda _: "198.51.100.7"))
        replies = [await answer(make.browser(acme), address, page) for _ in range(8)]
    assert (replies[0].status_code, replies[-1].status_code) == (200, 429)
    assert "retry-after" in replies[-1].headers
    assert "<h1>" in replies[-1].text
    monkeypatch.setattr(comers, "VISITOR_RATE", Rate(8))
    client = make.browser(acme)
    codes = [(await answer(client, address, page)).status_code for _ in range(6)]
    assert (codes[0], codes[-1]) == (200, 429)


async def test_a_hundred_strangers_at_once_on_a_quota_of_ten(acme: Shop) -> None:
    address = await open_to_all(acme)
    survey = await acme.value("SELECT id FROM __tenant__.survey")
    async with acme.open():
        await surveys.set_quota(survey, "all", most=10)
    page = (await make.browser(acme).get(address)).text
    with later():
        replies = await asyncio.gather(*(answer(make.browser(acme), address, page) for _ in range(40)))
    thanked = sum("Thank you</h1>" in reply.text for reply in replies)
    assert thanked == await acme.value(TAKEN) == 10
    assert all("as many as were needed" in reply.text for reply in replies if "Thank you</h1>" not in reply.text)


async def test_an_open_survey_in_a_frame_keeps_a_stranger_by_the_form(acme: Shop) -> None:
    address = await open_to_all(acme, made.question("one", "short"), made.question("nps", "nps"))
    client = make.browser(acme)
    page = (await client.get(f"{address}?embed=1")).text
    step = await client.post(address, data={**make.hidden(page), "act": "next", "q.one": "hello"})
    assert 'name="q.nps"' in step.text
    with later():
        done = await answer(client, address, step.text)
    assert "Thank you" in done.text
    assert not client.cookies
    assert await acme.value(TAKEN) == 1
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_answer") == 2


async def test_a_closed_open_link_and_another_shops_are_nothing(acme: Shop, rival: Shop) -> None:
    address = await open_to_all(acme)
    assert (await make.browser(rival).get(address)).status_code == 404
    survey = await acme.value("SELECT id FROM __tenant__.survey")
    own = f"/m/survey/{ids.show('sur', survey)}"
    assert "for other members" in (await make.browser(acme).get(own)).text  # a stranger has only the link
    async with acme.open():
        await surveys.end(survey)
    assert "takes no answers" in (await make.browser(acme).get(address)).text
