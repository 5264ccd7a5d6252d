"""Voting in the member centre as a browser does it that runs no scripts."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from server import callers
from tenants.kit import clock, ids
from tests.make import centre as make
from tests.make import members
from tests.make import polls as polls_made

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

VOTES = "SELECT count(*) FROM __tenant__.poll_ballot WHERE cardinality(options) > 0"


async def person(shop: Shop, **said: Any) -> uuid.UUID:
    async with shop.open():
        return (await members.member(**said)).id


async def poll(shop: Shop, *texts: str, **terms: object) -> tuple[str, list[str]]:
    async with shop.open():
        made, options = await polls_made.poll(*texts, **terms)
    return f"/m/polls/{ids.show('pol', made)}", [ids.show("plo", one) for one in options]


async def test_one_tap_votes_another_changes_it_and_a_third_withdraws(acme: Shop) -> None:
    address, (red, blue) = await poll(acme, reward_points=20)
    client = await make.entered(acme, await person(acme))
    assert address in (await client.get("/m")).text
    assert address in (await client.get("/m/polls")).text
    page = (await client.get(address)).text
    assert "How it stands" not in page  # seen after voting
    reply = await client.post(address, data={**make.hidden(page), "option": red})
    assert (reply.status_code, reply.headers["location"]) == (303, address)
    page = (await client.get(address)).text
    assert "received 20 points" in page
    assert "100% · 1" in page
    assert "0% · 0" in page
    assert "received" not in (await client.get(address)).text  # it is said once
    await client.post(address, data={**make.hidden(page), "option": blue})
    assert await acme.value(VOTES) == 1
    page = (await client.get(address)).text
    assert f'value="{blue}" aria-pressed="true"' in page
    await client.post(address, data={**make.hidden(page), "act": "withdraw"})
    assert await acme.value(VOTES) == 0
    assert "How it stands" not in (await client.get(address)).text


async def test_a_double_tap_is_one_vote_and_one_reward(acme: Shop) -> None:
    address, (red, _) = await poll(acme, reward_points=20)
    ann = await person(acme)
    client = await make.entered(acme, ann)
    form = {**make.hidden((await client.get(address)).text), "option": red}
    replies = await asyncio.gather(*(client.post(address, data=form) for _ in range(8)))
    assert {reply.status_code for reply in replies} == {303}
    assert await acme.value("SELECT count(*) FROM __tenant__.poll_ballot") == 1
    assert await acme.value("SELECT sum(votes)::int FROM __tenant__.poll_tally") == 1
    assert await acme.value("SELECT count(*) FROM __tenant__.points_entry WHERE member = $1", ann) == 1


async def test_several_are_chosen_with_boxes_and_too_many_are_refused_beside_them(acme: Shop) -> None:
    address, options = await poll(acme, "A", "B", "C", choices_max=2)
    client = await make.entered(acme, await person(acme))
    page = (await client.get(address)).text
    assert page.count('type="checkbox"') == 3
    refused = await client.post(address, data={**make.hidden(page), "act": "vote", "option": options})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert await acme.value(VOTES) == 0
    none = await client.post(address, data={**make.hidden(page), "act": "vote"})
    assert none.status_code == 422
    await client.post(address, data={**make.hidden(page), "act": "vote", "option": options[:2]})
    assert (await client.get(address)).text.count(" checked") == 2


async def test_a_closed_poll_says_so_and_takes_nothing(acme: Shop) -> None:
    end = clock.now() + timedelta(hours=1)
    address, (red, _) = await poll(acme, ends_at=end, results="after_close")
    client = await make.entered(acme, await person(acme))
    form = {**make.hidden((await client.get(address)).text), "option": red}
    with clock.at(end):
        late = await client.post(address, data=form)
        assert late.status_code == 422
        page = (await client.get(address)).text
        assert "Final result" in page
        assert '<button class="option' not in page
    assert await acme.value(VOTES) == 0


async def test_forged_forms_and_those_of_others_do_nothing(acme: Shop, rival: Shop) -> None:
    address, (red, _) = await poll(acme)
    ann, bob = await person(acme), await person(acme)
    client, other = await make.entered(acme, ann), await make.entered(acme, bob)
    form = {**make.hidden((await client.get(address)).text), "option": red}
    theirs = {**make.hidden((await other.get(address)).text), "option": red}
    for data, headers in (
        (form, {"Origin": "https://evil.example"}), (form, {"Origin": "null"}), (form, {"Origin": f"http://{rival.host}"}),
        ({**form, "form": ""}, {}), ({**form, "form": "x" * 60}, {}), (theirs, {}), ({"act": "vote", "option": red}, {}),
    ):  # fmt: skip
        reply = await client.post(address, data=data, headers=headers)
        assert reply.status_code == 403, (data, headers)
    assert (await client.post(address, data={**form, "act": "drop"})).status_code == 404
    assert (await acme.client(Origin=f"http://{acme.host}").post(address, data=form)).status_code == 401
    assert await acme.value(VOTES) == 0


async def test_another_shops_polls_and_options_are_not_there(acme: Shop, rival: Shop) -> None:
    theirs, (option, _) = await poll(rival)
    address, _ = await poll(acme)
    client = await make.entered(acme, await person(acme))
    for path in (theirs, "/m/polls/pol_x", "/m/polls/x"):
        assert (await client.get(path)).status_code == 404
    form = {**make.hidden((await client.get(address)).text), "option": option}
    assert (await client.post(address, data=form)).status_code == 422
    assert await rival.value(VOTES) == 0


async def test_markup_in_a_poll_is_text(acme: Shop) -> None:
    address, _ = await poll(acme, "<script>alert(1)</script>", "{{ 7 * 7 }}", name_en="<b>Bold</b>")
    client = await make.entered(acme, await person(acme, name="<i>Ann</i>"))
    for path in (address, "/m", "/m/polls"):
        page = (await client.get(path)).text
        assert "<script" not in page
        assert "<b>Bold" not in page
        assert "<i>Ann" not in page
        assert "49" not in page.partition("<main")[2]


async def test_in_a_frame_the_form_says_who_votes(acme: Shop) -> None:
    address, (red, blue) = await poll(acme)
    ann = await person(acme)
    token, _ = callers.write_member_token(acme.tenant.id, ann)
    client = make.browser(acme)
    page = (await client.get(f"{address}?embed={token}")).text
    for chosen in (red, blue):
        reply = await client.post(address, data={**make.hidden(page), "option": chosen})
        assert reply.status_code == 200
        assert "set-cookie" not in reply.headers
        assert "https://shop.example" in reply.headers["content-security-policy"]
        page = reply.text
        assert f'value="{chosen}" aria-pressed="true"' in page
    stolen = {name: value for name, value in make.hidden(page).items() if name != "pass"}
    assert (await client.post(address, data={**stolen, "option": red})).status_code == 401
