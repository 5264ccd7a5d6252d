"""Levels over HTTP, for the shop and for the member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit import ids
from tests.make.levels import spent, switched_on
from tests.make.members import member

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop


async def spender(acme: Shop, amount: int) -> uuid.UUID:
    async with acme.open():
        who = (await member()).id
        await spent(who, amount)
    return who


async def test_a_member_sees_the_level_and_what_it_takes_in_their_language(acme: Shop) -> None:
    await switched_on(acme)
    who = await spender(acme, 1_500)
    reply = await acme.member(who, **{"Accept-Language": "zh"}).get("/v1/me/level")
    assert reply.status_code == 200
    said = reply.json()
    assert (said["level"]["name_zh"], said["value"], said["missing"]) == ("银卡会员", "1500.00", "3500.00")
    assert said["next_level"]["rank"] == 3
    assert said["keeping"]["missing"] == "1000.00"  # what reached it does not renew it
    assert said["explanation"][0].startswith("您的等级是银卡会员")
    ladder = (await acme.member(who).get("/v1/me/level/ladder")).json()["data"]
    assert [level["rank"] for level in ladder] == [1, 2, 3, 4]
    [change] = (await acme.member(who).get("/v1/me/level/changes")).json()["data"]
    assert (change["before"], change["after"], change["why"]) == ("Member", "Silver", "reached")
    [entry] = (await acme.member(who).get("/v1/me/growth-entries")).json()["data"]
    assert (entry["kind"], entry["amount"]) == ("spend", "1500.00")


async def test_while_levels_are_off_a_member_sees_that_and_nothing_else(acme: Shop) -> None:
    who = await spender(acme, 1_500)
    said = (await acme.member(who).get("/v1/me/level")).json()
    assert (said["active"], said["level"], said["explanation"]) == (False, None, [])
    assert (await acme.member(who).get("/v1/me/level/ladder")).json()["data"] == []
    level = (await acme.server().get("/v1/levels")).json()["data"][1]["id"]
    reply = await acme.server().put(
        f"/v1/members/{ids.show('mem', who)}/level", json={"level": level, "reason": "x"})  # fmt: skip
    assert (reply.status_code, reply.json()["code"]) == (422, "level.off")


async def test_a_backend_makes_changes_and_removes_a_level(acme: Shop) -> None:
    backend = acme.server()
    body: dict[str, Any] = {"rank": 5, "name_en": "Diamond", "threshold": "50000", "multiplier": "2.00", "icon": "gem"}
    made = await backend.post("/v1/levels", json=body)
    assert made.status_code == 201
    assert made.json() | body | {"threshold": "50000.00"} == made.json()
    address = f"/v1/levels/{made.json()['id']}"
    changed = await backend.put(address, json={**body, "threshold": "60000"})
    assert changed.json()["threshold"] == "60000.00"
    refused = await backend.put(address, json={**body, "threshold": "100"})
    assert (refused.status_code, refused.json()["code"], refused.json()["param"]) == (400, "invalid", "threshold")
    assert (await backend.get(address)).json()["threshold"] == "60000.00"
    assert (await backend.delete(address)).status_code == 204
    assert (await backend.get(address)).json()["code"] == "level.unknown"


async def test_a_growth_entry_counts_once_for_its_reference(acme: Shop) -> None:
    await switched_on(acme, basis="growth")
    who = await spender(acme, 1)
    address = f"/v1/members/{ids.show('mem', who)}/growth-entries"
    body = {"amount": "1000", "reference": "review-1", "note": "With pictures"}
    first = await acme.server().post(address, json=body)
    again = await acme.server().post(address, json=body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (again.json()["id"], again.json()["repeated"]) == (first.json()["id"], True)
    other = await acme.server().post(address, json={**body, "amount": "999"})
    assert (other.status_code, other.json()["code"]) == (409, "level.once_differs")
    shown = (await acme.server().get(f"/v1/members/{ids.show('mem', who)}/level")).json()
    assert (shown["level"]["rank"], shown["value"]) == (2, "1000.00")


async def test_a_recount_says_what_it_will_come_to(acme: Shop) -> None:
    await switched_on(acme)
    await spender(acme, 1_500)
    level = (await acme.server().get("/v1/levels")).json()["data"][1]["id"]
    seen = await acme.server().post("/v1/level-previews", json={"thresholds": [{"level": level, "threshold": "2000"}]})
    assert seen.json()["below"] == 1
    reply = await acme.server().post("/v1/level-recounts", json={"lower": True})
    assert (reply.status_code, reply.json()["preview"]["stay"]) == (202, 1)


async def test_a_note_of_staff_is_for_the_shop_and_not_for_the_member(acme: Shop) -> None:
    await switched_on(acme)
    who = await spender(acme, 1)
    level = (await acme.server().get("/v1/levels")).json()["data"][2]["id"]
    address = f"/v1/members/{ids.show('mem', who)}"
    set_ = await acme.server().put(f"{address}/level", json={"level": level, "reason": "He shouted"})
    assert (set_.status_code, set_.json()["level"]["rank"]) == (200, 3)
    seen = await acme.member(who).get("/v1/me/level/changes")
    assert "shouted" not in seen.text
    assert "shouted" not in (await acme.member(who).get("/v1/me/level")).text
    assert "shouted" in (await acme.server().get(f"{address}/level-changes")).text
    assert (await acme.server().delete(f"{address}/level")).status_code == 204
    assert (await acme.member(who).get("/v1/me/level")).json()["level"]["rank"] == 1
