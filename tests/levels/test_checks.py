"""Damage that is put in by hand is found, and what many do costs a handful of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tenants import levels
from tenants.levels.checks import CHECKS
from tenants.tenancy import DB
from tests.conftest import empty
from tests.make.levels import spent, switched_on
from tests.make.members import member, members_of_count

if TYPE_CHECKING:
    from tests.conftest import Shop


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        ("UPDATE __tenant__.level_standing SET spend = spend + 1", "levels.totals_are_sums_of_entries"),
        ("UPDATE __tenant__.growth_entry SET amount = 400", "levels.earned_levels_still_add_up"),
        ("UPDATE __tenant__.level_standing SET earned = NULL", "levels.best_earned_is_the_best_open_hold"),
        ("UPDATE __tenant__.level_standing SET level = NULL", "levels.the_level_is_what_the_holds_come_to"),
        ("DELETE FROM __tenant__.level_change", "levels.the_last_move_led_to_the_level"),
        (
            "UPDATE __tenant__.level_change SET before = after WHERE before IS NOT NULL",
            "levels.each_move_begins_where_the_last_one_ended",
        ),
        (
            "UPDATE __tenant__.level_hold SET ended = 'over', ended_at = at",
            "levels.the_level_is_what_the_holds_come_to",
        ),
        ("DELETE FROM __tenant__.level_policy", "levels.policy_is_one_row"),
    ],
)
async def test_damage_is_found(acme: Shop, damage: str, name: str) -> None:
    await switched_on(acme)
    async with acme.open():
        who = (await member()).id
        await spent(who, 1_000)
        await spent(who, 4_000)
        await DB.fetch(damage)
    found = {check.name for check in CHECKS if await acme.rows(check.sql)}
    assert name in found
    await empty(acme.tenant)


async def test_a_thousand_counts_take_three_statements_and_a_handful_more_where_levels_change(
    acme: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await switched_on(acme)
    async with acme.open():
        who = [one.id for one in await members_of_count(50)]
    sent: list[str] = []
    send = type(DB)._send

    async def count(engine: Any, sql: str, args: Any) -> Any:
        sent.append(sql)
        return await send(engine, sql, args)

    def growths(amount: int, name: str) -> list[levels.Growth]:
        return [
            levels.Growth(member=who[place % 50], amount=amount, kind="spend", once=f"{name}/{place}")
            for place in range(1_000)
        ]

    async with acme.open():
        monkeypatch.setattr(type(DB), "_send", count)
        await levels.count_many(growths(1, "few"))
        assert len(sent) == 3  # the rules, the entries with their totals, and the windows
        sent.clear()
        await levels.count_many(growths(60, "more"))
        monkeypatch.undo()
    assert len(sent) <= 11  # with those of the subjects that hear of it: gifts, surveys, messages
    assert await acme.value("SELECT count(*) FROM __tenant__.level_change") == 50
