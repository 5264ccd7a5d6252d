"""Whatever is damaged behind the ledger's back, the doctor names it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import points
from tenants.kit import clock, ids
from tenants.kit.parts import gather_listed
from tenants.points.checks import CHECKS
from tenants.tenancy import DB
from tests.make import points as make

if TYPE_CHECKING:
    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
DAMAGES = {
    "points.balance_is_sum_of_entries": (
        "UPDATE __tenant__.points_account SET balance = balance + 1, earned = earned + 1 WHERE balance > 9"
    ),
    "points.totals_are_sums_of_entries": (
        "UPDATE __tenant__.points_account SET earned = earned + 1, spent = spent + 1 WHERE balance > 9"
    ),
    "points.lots_hold_what_is_available": (
        "UPDATE __tenant__.points_lot SET remaining = remaining - 1 WHERE remaining > 9"
    ),
    "points.held_is_sum_of_open_holds": "UPDATE __tenant__.points_account SET held = held - 1 WHERE held > 0",
    "points.lots_add_up": "UPDATE __tenant__.points_use SET points = points + 1 WHERE points > 0",
    "points.entries_add_up": "UPDATE __tenant__.points_entry SET points = points - 1 WHERE why = 'spent'",
    "points.lots_have_their_entries": "UPDATE __tenant__.points_lot SET member = gen_random_uuid() WHERE remaining > 9",
    "points.uses_stay_with_their_member": (
        "UPDATE __tenant__.points_entry SET member = (SELECT id FROM __tenant__.member ORDER BY id DESC LIMIT 1)"
        " WHERE why = 'spent'"
    ),
    "points.confirmed_holds_are_spent": (
        "UPDATE __tenant__.points_hold SET state = 'confirmed', decided_at = at WHERE state = 'held'"
    ),
    "points.reversals_mirror": "UPDATE __tenant__.points_entry SET points = points + 1 WHERE why = 'reversed'",
    "points.taken_back_is_in_the_ledger": "UPDATE __tenant__.points_take_back SET taken = taken - 1 WHERE taken > 0",
    "points.pending_is_what_is_to_come": "UPDATE __tenant__.points_account SET pending = pending + 1 WHERE pending > 0",
    "points.pending_adds_up": "UPDATE __tenant__.points_pending SET remaining = remaining - 1 WHERE remaining > 1",
    "points.active_has_its_entry": (
        "UPDATE __tenant__.points_pending SET state = 'active', remaining = 0, decided_at = at WHERE state = 'pending'"
    ),
    "points.debt_is_sum_of_its_steps": "UPDATE __tenant__.points_account SET debt = debt + 1 WHERE debt > 0",
    "points.debt_steps_have_their_reason": "UPDATE __tenant__.points_debt SET points = points - 1 WHERE points < 0",
    "points.batches_are_what_lapsed": "UPDATE __tenant__.points_batch SET points = points + 1",
    "points.adjustments_are_in_the_ledger": "UPDATE __tenant__.points_adjustment SET points = points + 1",
    "points.transfers_balance": "UPDATE __tenant__.points_transfer SET points = points + 1",
    "points.days_are_what_was_recorded": "UPDATE __tenant__.points_day SET spent = spent + 1",
    "points.seals_hold": "UPDATE __tenant__.points_entry SET at = at - interval '1 second' WHERE why = 'spent'",
    "points.policy_is_one_row": "DELETE FROM __tenant__.points_policy",
}


class Undo(Exception):
    """Ends a transaction in which things were damaged."""


async def some_of_everything(acme: Shop) -> None:
    """Two days of a shop in which all has happened that can happen to points."""
    with clock.at(NOON):
        async with acme.open():
            await points.change_policy(debt_max=1_000)
            who, other, owing, source = [await make.member(100) for _ in range(4)]
            await points.spend(who, points=30, why=points.Why.SPENT, once="till")
            slip = await points.spend(who, points=5, why=points.Why.SPENT, once="slip")
            await points.reverse(slip.id, once="oops")
            await points.hold(
                who, points=7, why=points.Why.SPENT, once="cart", ends_at=NOON + timedelta(days=9))  # fmt: skip
            made = await points.earn(
                other, points=40, why=points.Why.ORDER, once="o", active_at=NOON + timedelta(days=9))  # fmt: skip
            await points.take_back(
                other, points=50, why=points.Why.ORDER_REFUND, once="r1", from_entry=made.id)  # fmt: skip
            await points.earn(
                other, points=40, why=points.Why.ORDER, once="o2", active_at=NOON + timedelta(days=9))  # fmt: skip
            await points.take_back(owing, points=150, why=points.Why.ORDER_REFUND, once="r2")
            await make.earned(owing, 10)
            await points.adjust(who, points=8, reason="", once="adj", by=points.Person(id=ids.new(), name="Mei"))
            await points.transfer(source, other, once="move")
            await make.earned(other, 9, days=1)
    with clock.at(NOON + timedelta(days=2)):
        async with acme.open():
            await points.lapse()
            await points.close_days()


def test_there_is_a_damage_for_each_check() -> None:
    assert set(DAMAGES) == {check.name for check in CHECKS}


@pytest.mark.parametrize("name", DAMAGES)
async def test_each_kind_of_damage_is_named(acme: Shop, name: str) -> None:
    await some_of_everything(acme)
    [check] = [check for check in CHECKS if check.name == name]
    assert await acme.rows(check.sql) == []
    with pytest.raises(Undo):
        async with acme.open():
            await DB.fetch(DAMAGES[name])
            assert await DB.fetch(check.sql) != []
            raise Undo
    for other in gather_listed("checks", "CHECKS"):
        assert await acme.rows(other.sql) == [], other.name
