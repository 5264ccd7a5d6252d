"""Messages move when members are merged, and say nothing any more when a person is forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import members
from tenants.kit import clock
from tenants.outreach import checks
from tests.make import outreach as make

if TYPE_CHECKING:
    import uuid
    from collections.abc import AsyncIterator

    from tests.conftest import Shop

MORNING = datetime(2026, 5, 5, 1, 30, tzinfo=UTC)  # 09:30 in Shanghai

pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
async def morning() -> AsyncIterator[None]:
    with clock.at(MORNING):
        yield


async def planned(shop: Shop, **days: int) -> dict[str, uuid.UUID]:
    """Members born on these days of May, greeted if that is the fifth."""
    with clock.at(MORNING - timedelta(days=30)):
        async with shop.open():
            await make.switch_on(channels=["email", "in_app"])
            found = {name: await make.birthday_member(name, 5, day) for name, day in days.items()}
    await make.plan(shop)
    return found


async def all_is_well(shop: Shop) -> None:
    for check in checks.CHECKS:
        assert await shop.rows(check.sql) == [], check.name


async def owners(shop: Shop) -> list[str]:
    rows = await shop.rows(
        "SELECT m.name FROM __tenant__.message x JOIN __tenant__.member m ON m.id = x.member ORDER BY x.id"
    )
    return [row["name"] for row in rows]


async def test_what_was_said_to_the_source_moves_and_comes_back(acme: Shop) -> None:
    found = await planned(acme, ann=5, bob=20)
    async with make.post_office():
        await make.send(acme)
    async with acme.open():
        done = await members.merge(found["ann"], found["bob"], once="m")
    assert await owners(acme) == ["bob", "bob"]
    assert await acme.value("SELECT member FROM __tenant__.in_app_message") == found["bob"]
    await all_is_well(acme)
    async with acme.open():
        await members.unmerge(done.id)
    assert await owners(acme) == ["ann", "ann"]
    await all_is_well(acme)


async def test_who_was_greeted_under_one_name_is_not_greeted_again_under_the_other(acme: Shop) -> None:
    found = await planned(acme, ann=5, bob=6)
    async with acme.open():
        await members.merge(found["ann"], found["bob"], once="m")
    with clock.at(MORNING + timedelta(days=1)):
        await make.plan(acme)
    assert await acme.value("SELECT count(*) FROM __tenant__.birthday_occurrence") == 1
    await all_is_well(acme)


async def test_a_birthday_that_both_had_stays_where_it_was(acme: Shop) -> None:
    found = await planned(acme, ann=5, bob=5)
    async with acme.open():
        await members.merge(found["ann"], found["bob"], once="m")
    assert sorted(await owners(acme)) == ["ann", "ann", "bob", "bob"]
    async with make.post_office() as office:
        await make.send(acme)
    assert [str(mail["To"]) for mail in office.mails] == ["bob <bob@members.example>"]
    await all_is_well(acme)


async def test_of_a_forgotten_person_no_message_says_anything_and_none_goes_out(acme: Shop) -> None:
    found = await planned(acme, quill=5, bob=5)
    async with make.post_office():
        await make.send(acme)
    await planned(acme, cid=5)
    async with acme.open():
        for name in ("quill", "cid"):
            await members.erase((found | {"cid": await _id(acme, "cid")})[name], reason="asked")
    async with make.post_office() as office:
        await make.send(acme)
    assert office.mails == []
    texts = str(await acme.rows("SELECT * FROM __tenant__.message")) + str(
        await acme.rows("SELECT * FROM __tenant__.in_app_message")
    )
    assert "quill" not in texts
    assert "bob" in texts
    assert (await make.states(acme)) == {"sent": 4, "cancelled": 2}
    await all_is_well(acme)


async def _id(shop: Shop, name: str) -> uuid.UUID:
    found: uuid.UUID = await shop.value("SELECT id FROM __tenant__.member WHERE name = $1", name)
    return found
