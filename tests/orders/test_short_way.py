"""A load takes a short way; it leads to the same rows as the long one."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tenants import orders
from tenants.kit.parts import gather_listed
from tenants.orders.rules import stories, writing
from tests.make.orders import DAY, event

if TYPE_CHECKING:
    from tests.conftest import Shop

KINDS: tuple[orders.Kind, ...] = ("paid", "shipped", "delivered", "completed", "cancelled")
LEFT_OUT = frozenset({"id", "member", "shop_order", "updated_at", "received_at", "event"})


def batch() -> list[orders.Incoming]:
    return [
        event(kind, None if kind in {"shipped", "cancelled"} else f"{10 + n}.{n:02}", of=f"{kind}-{n}", by=f"b-{n % 3}",
              items=n or None, reference=f"r-{n}")
        for n in range(4) for kind in KINDS
    ]  # fmt: skip


async def rows(shop: Shop) -> dict[str, list[dict[str, Any]]]:
    """What is in the tables of orders, but for ids and times of writing."""
    order = {"shop_order": "external_id", "order_event": "reference, kind", "buyer_totals": "orders, spend, first_at",
             "shop_totals": "orders", "purchase_count": "purchases"}  # fmt: skip
    found = {}
    for table, by in order.items():
        kept = await shop.rows(f"SELECT * FROM __tenant__.{table} ORDER BY {by}")
        found[table] = [{name: value for name, value in row.items() if name not in LEFT_OUT | {"slot"}} for row in kept]
    found["shop_totals"] = sorted(found["shop_totals"], key=str)
    found["purchase_count"] = sorted(found["purchase_count"], key=str)
    found["points"] = await shop.rows("SELECT points, why, detail FROM __tenant__.points_entry ORDER BY points, detail")
    return found


async def sums(found: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """The shop's slots depend on members' ids, their sums do not."""
    slots = found.pop("shop_totals")
    found["purchase_count"] = [
        {"purchases": row["purchases"], "members": row["members"]} for row in found["purchase_count"] if row["members"]
    ]
    counts: dict[int, int] = {}
    for row in found.pop("purchase_count"):
        counts[row["purchases"]] = counts.get(row["purchases"], 0) + row["members"]
    return {**found, "slots": {name: sum(row[name] for row in slots) for name in slots[0]}, "counts": counts}


@pytest.mark.parametrize("award_on", ["paid", "delivered", "completed"])
async def test_a_batch_leads_to_the_same_rows_either_way(
    acme: Shop, rival: Shop, monkeypatch: pytest.MonkeyPatch, award_on: orders.AwardOn
) -> None:
    policy = orders.Policy(award_on=award_on, points_per_unit=Decimal("1.5"), refund_days=3)
    short: list[int] = []
    way = writing._open_plain

    async def told(new: Any) -> Any:
        short.append(len(new))
        return await way(new)

    monkeypatch.setattr(writing, "_open_plain", told)
    ends = []
    for shop in (acme, rival):
        async with shop.open():
            await orders.set_policy(policy)
            await orders.take_in_many(batch())
        ends.append(await sums(await rows(shop)))
        monkeypatch.setattr(stories.Story, "plain", False)
    for end in ends:
        for row in end["shop_order"]:
            row.pop("currency")
    assert short == [20]  # the first shop took the short way, the other did not
    assert ends[0] == ends[1]
    for check in gather_listed("checks", "CHECKS"):
        assert not await acme.rows(check.sql), check.name


async def test_of_two_loads_of_the_same_orders_at_once_one_writes_them(acme: Shop) -> None:
    async def load() -> int:
        async with acme.open():
            done = await orders.take_in_many([event(of=f"o-{n}", by=f"b-{n}", at=DAY) for n in range(30)])
        return sum(isinstance(one, orders.Taken) and not one.repeated for one in done)

    assert sum(await asyncio.gather(*(load() for _ in range(6)))) == 30
    assert await acme.value("SELECT count(*) FROM __tenant__.order_event") == 30
    for check in gather_listed("checks", "CHECKS"):
        assert not await acme.rows(check.sql), check.name
