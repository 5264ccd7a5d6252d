"""Each check finds the damage that it is there for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tenants import members
from tenants.members.checks import CHECKS
from tests.make import members as make

if TYPE_CHECKING:
    from tests.conftest import Shop


@pytest.mark.parametrize(
    ("damage", "found_by"),
    [
        ("UPDATE __tenant__.consent SET granted = NOT granted", "members.consent_is_last_event"),
        ("DELETE FROM __tenant__.consent_event WHERE number = 1", "members.consent_events_complete"),
        ("UPDATE __tenant__.member SET tags = '{vip,vip}' WHERE state = 'active'", "members.tags_once"),
        (
            "UPDATE __tenant__.member SET birth_year = 2023, birth_month = 2, birth_day = 29 WHERE state = 'active'",
            "members.birthday_exists",
        ),
        ("UPDATE __tenant__.member_attribute SET value = 'purple'", "members.choices_are_offered"),
        ("UPDATE __tenant__.member_address SET preferred = false", "members.one_preferred_address"),
        ("UPDATE __tenant__.member_merge SET undone_at = at", "members.merged_by_a_merge"),
        ("UPDATE __tenant__.member SET phone = '+8613800138000' WHERE state = 'erased'", "members.erased_say_nothing"),
    ],
)
async def test_damage_is_found_and_only_there(acme: Shop, damage: str, found_by: str) -> None:
    async with acme.open():
        await members.define_attribute("skin", kind="choice", choices=["dry"])
        member = await make.member(tags=["vip"])
        await members.merge((await make.member()).id, member.id, once="m")
        await members.erase((await make.member()).id, reason="asked")
        await members.set_attributes(member.id, {"skin": "dry"})
        await members.add_address(member.id, recipient="Li", street="1 West Lake Road")
        for granted in (True, False):
            await members.set_consent(member.id, "email", granted=granted, source="test", evidence="test")
    for check in CHECKS:
        assert await acme.rows(check.sql) == [], check.name
    await acme.rows(damage)
    assert [check.name for check in CHECKS if await acme.rows(check.sql)] == [found_by]
