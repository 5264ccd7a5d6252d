"""A shop that traded for days has books that balance, and whatever is damaged in them by hand, the doctor names.

`python -m tests.long.books` does the former with the whole CDNOW file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tenants.tenancy import doctor, use_tenant
from tenants.tenancy.engine import DB
from tests.make.trade import orders_file, trade
from tests.server.test_cli import cli

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Shop

# One UPDATE each, and the checks that tell of it: these and no others.
DAMAGES = {
    "a balance": (
        (
            "points_account SET balance = balance + 1, earned = earned + 1"
            " WHERE member = (SELECT member FROM __tenant__.points_account WHERE pending = 0 ORDER BY 1 LIMIT 1)"
        ),
        {"points.balance_is_sum_of_entries", "points.totals_are_sums_of_entries", "points.lots_hold_what_is_available"},
    ),
    "a lot": (
        (
            "points_lot SET remaining = remaining - 1"
            " WHERE id = (SELECT id FROM __tenant__.points_lot WHERE remaining > 1 ORDER BY id DESC LIMIT 1)"
        ),
        {"points.lots_hold_what_is_available", "points.lots_add_up"},
    ),
    "pending points": (
        (
            "points_account SET pending = pending + 1"
            " WHERE member = (SELECT member FROM __tenant__.points_account WHERE pending > 0 ORDER BY 1 LIMIT 1)"
        ),
        {"points.pending_is_what_is_to_come"},
    ),
    "a sealed entry": (
        (
            "points_entry SET at = at - interval '1 microsecond'"
            " WHERE id = (SELECT id FROM __tenant__.points_entry ORDER BY id LIMIT 1)"
        ),
        {"points.seals_hold"},
    ),
    "stock of a voucher": ("voucher_stock SET issued = issued + 1 WHERE issued > 0", {"vouchers.stock"}),
    "a holding": (
        "voucher_holding SET issued = issued + 1 WHERE ctid = (SELECT ctid FROM __tenant__.voucher_holding LIMIT 1)",
        {"vouchers.holding"},
    ),
    "a streak": (
        (
            "check_in_standing SET streak = streak + 1, total = total + 1"
            " WHERE member = (SELECT member FROM __tenant__.check_in_standing ORDER BY 1 LIMIT 1)"
        ),
        {"check_ins.standing"},
    ),
    "the total of a level": (
        (
            "level_standing SET spend = spend + 1"
            " WHERE member = (SELECT member FROM __tenant__.level_standing ORDER BY 1 LIMIT 1)"
        ),
        {"levels.totals_are_sums_of_entries"},
    ),
    "a member's spend": (
        (
            "buyer_totals SET spend = spend + 1"
            " WHERE member = (SELECT member FROM __tenant__.buyer_totals WHERE purchases > 1 ORDER BY 1 LIMIT 1)"
        ),
        {"orders.buyers_add_up", "orders.shop_adds_up"},
    ),
    "stock of the mall": (
        (
            "mall_stock SET taken = taken + 1"
            " WHERE item = (SELECT item FROM __tenant__.mall_stock WHERE taken > 0 ORDER BY 1 LIMIT 1)"
        ),
        {"mall.stock"},
    ),
    "a grant": (
        (
            "reward_grant SET points = points + 1 WHERE id = (SELECT id FROM __tenant__.reward_grant"
            " WHERE once LIKE 'check-in/%' ORDER BY id LIMIT 1)"
        ),
        {"rewards.points_are_in_the_ledger", "check_ins.points"},
    ),
}


class Undo(Exception):
    """Ends a transaction in which things were damaged."""


async def broken(shop: Shop) -> set[str]:
    with use_tenant(shop.tenant):
        return {one.check.name if not one.error else one.error for one in await doctor.examine()}


async def test_after_refunds_lapses_redemptions_vouchers_and_visits_the_books_balance(
    rival: Shop, tmp_path: Path
) -> None:
    with use_tenant(rival.tenant):
        done = await trade(orders_file(tmp_path, 900), lines=2_000, steps=360, seed=7)
    assert await broken(rival) == set()
    assert all(done[kind] > 10 for kind in ("refund", "earn", "redeem", "buy_with_voucher", "check_in")), done
    assert await rival.value("SELECT count(*) FROM __tenant__.shop_order") == 2_000
    happened = {row["why"] for row in await rival.rows("SELECT DISTINCT why FROM __tenant__.points_entry")}
    assert {"order", "order_refund", "expired"} <= happened, happened


async def test_each_kind_of_damage_is_named_by_the_doctor_and_on_the_command_line(rival: Shop, tmp_path: Path) -> None:
    with use_tenant(rival.tenant):
        await trade(orders_file(tmp_path, 150), lines=300, steps=180, seed=7)
    code, said = await cli("doctor", "rival")
    assert (code, "1 shops examined, 0 with findings" in said) == (0, True), said
    named: dict[str, set[str]] = {}
    for what, (damage, _) in DAMAGES.items():
        with pytest.raises(Undo):
            async with rival.open():
                assert await DB.fetch(f"UPDATE __tenant__.{damage} RETURNING 1"), what
                named[what] = await broken(rival)
                raise Undo
    assert named == {what: checks for what, (_, checks) in DAMAGES.items()}
    async with rival.open():
        for damage, _ in DAMAGES.values():
            await DB.fetch(f"UPDATE __tenant__.{damage}")
    code, said = await cli("doctor", "rival")
    assert (code, "examining" in said, "1 shops examined, 1 with findings" in said) == (1, True, True), said
    told = {line.split()[1].rstrip(":") for line in said.splitlines() if line.startswith("rival ")}
    assert told == set().union(*named.values()), said
