"""Loading a file of orders: the same rules as the API, safe to repeat and to interrupt."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from server import loading
from tenants.kit.parts import gather_listed
from tenants.tenancy import use_tenant

if TYPE_CHECKING:
    from tests.conftest import Shop

SMALL = """\
 00001 20210101  1   11.77\r
 00002 20210112  1   12.00\r
 00002 20210112  5   77.00\r
 00002 20210112  5   77.00\r
 00003 20210102  2    0.00\r
nonsense
 00001 20210102  2   20.76\r
 00004 20211341  1    1.00\r
 00004 20211231  1    1.00\r
"""
FOLDER = Path(os.environ.get("REGULARS_DATA") or Path(__file__).resolve().parents[2].parent / "shared" / "data")


async def load(shop: Shop, file: Path, *, limit: int | None = None) -> loading.Loaded:
    """Load, and see that every truth of every subject holds."""
    with use_tenant(shop.tenant):
        loaded = await loading.load(file, limit=limit)
    for check in gather_listed("checks", "CHECKS"):
        assert not await shop.rows(check.sql), check.name
    return loaded


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "orders.txt"
    file.write_bytes(SMALL.encode())
    return file


async def test_every_line_becomes_a_completed_order_and_bad_ones_are_named(rival: Shop, small: Path) -> None:
    loaded = await load(rival, small)
    assert (loaded.new, loaded.repeated, [problem.line for problem in loaded.problems]) == (7, 0, [6, 8])
    rows = await rival.rows(
        "SELECT o.external_id, m.external_id AS member, o.amount::text, o.points_given FROM __tenant__.shop_order o"
        ' JOIN __tenant__.member m ON m.id = o.member ORDER BY m.external_id COLLATE "C", o.external_id COLLATE "C"'
    )
    assert [tuple(row.values()) for row in rows] == [
        ("00001-20210101-1", "00001", "11.77", 11),
        ("00001-2-20210102-1", "00001-2", "20.76", 20),
        ("00002-20210112-1", "00002", "12.00", 12),
        ("00002-20210112-2", "00002", "77.00", 77),
        ("00002-20210112-3", "00002", "77.00", 77),
        ("00003-20210102-1", "00003", "0.00", 0),
        ("00004-20211231-1", "00004", "1.00", 1),
    ]
    assert sum(row["points_given"] for row in rows) == 198


async def test_a_second_run_doubles_nothing_and_one_that_was_cut_short_is_completed(rival: Shop, small: Path) -> None:
    assert (await load(rival, small, limit=3)).new == 3
    second = await load(rival, small)
    assert (second.new, second.repeated) == (4, 3)
    third = await load(rival, small)
    assert (third.new, third.repeated) == (0, 7)
    assert await rival.value("SELECT sum(balance)::bigint FROM __tenant__.points_account") == 198
    assert await rival.value("SELECT count(*) FROM __tenant__.order_event") == 7


async def test_a_shop_that_counts_in_something_else_is_refused(acme: Shop, small: Path) -> None:
    with use_tenant(acme.tenant), pytest.raises(loading.WrongCurrency):
        await loading.load(small)
    assert await acme.value("SELECT count(*) FROM __tenant__.shop_order") == 0


async def test_batches_are_cut_between_customers_and_tell_their_progress(
    rival: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 10)
    file = tmp_path / "orders.txt"
    file.write_text("".join(f"{n // 7:05} 20210101 1 10.00\n" for n in range(100)), encoding="ascii")
    told: list[int] = []
    with use_tenant(rival.tenant):
        loaded = await loading.load(file, told=told.append)
    assert (loaded.new, sum(told), max(told) < 20) == (100, 100, True)
    assert await rival.value("SELECT sum(balance)::bigint FROM __tenant__.points_account") == 1000


async def test_the_first_real_orders_load_and_the_books_are_balanced(rival: Shop) -> None:
    file = FOLDER / "cdnow_orders.txt"
    if not file.exists():
        pytest.skip(f"the public CDNOW orders are not there: put cdnow_orders.txt into {FOLDER} or set REGULARS_DATA")
    loaded = await load(rival, file, limit=3_000)
    assert (loaded.new, loaded.refused) == (3_000, 0)
    again = await load(rival, file, limit=3_000)
    assert (again.new, again.repeated) == (0, 3_000)
