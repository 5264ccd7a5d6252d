"""A shop with a history: a file of orders, and then what members and the shop do with points and vouchers for days.

    with use_tenant(tenant):
        report = await trade(file, lines=2_000, steps=300, seed=1)

The same seed does the same. Things happen several at a time, as in a real shop.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from server.loading import CURRENCY, SOURCE, load
from tenants import checkins, levels, mall, orders, points, vouchers
from tenants.kit import clock
from tenants.kit.errors import DomainError
from tenants.points.rules import coming
from tenants.tenancy.engine import DB
from tests.make import mall as make_mall
from tests.make import points as make_points
from tests.make import vouchers as make_vouchers

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable
    from pathlib import Path

AT_ONCE = 6
STEPS_A_DAY = 60
_FIRST_DAY = date(2021, 1, 1)
_NIGHT = 1_000


def orders_file(folder: Path, customers: int) -> Path:
    """A file of the shape of the CDNOW set: one to six orders of each customer, three on average."""
    made = folder / "orders.txt"
    with made.open("w", encoding="utf-8") as out:
        for customer in range(1, customers + 1):
            for order in range(1 + customer * 7919 % 6):
                day = _FIRST_DAY + timedelta(days=(customer * 31 + order * 97) % 540)
                amount = (customer * 17 + order * 5) % 9000 / 100
                out.write(f"{customer:05} {day:%Y%m%d} {1 + order % 4} {amount:.2f}\n")
    return made


class Trade:
    """What can happen after the load; each kind counts itself, and what the rules refuse."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311  a repeatable course of things, no secret
        self.done: Counter[str] = Counter()
        self.number = 0

    async def begin(self) -> None:
        """A shop with levels, a template, and things in its mall; and who may act in it."""
        async with DB.transaction():
            await points.change_policy(debt_max=500)
            await levels.change_policy(active=True)
            self.template = await make_vouchers.voucher_template(stock=100_000, budget=Decimal(2_000_000))
            self.goods = [await make_mall.item(points=cost, stock=50) for cost in (5, 20, 60)]
            self.goods.append(await make_mall.voucher_item(points=10, stock=None))
            rows = await DB.fetch("SELECT id FROM __tenant__.member ORDER BY external_id")
            self.members: list[uuid.UUID] = [row["id"] for row in rows]
            self.orders = await DB.fetch(
                "SELECT external_id, member, amount FROM __tenant__.shop_order WHERE amount > 0 ORDER BY external_id")  # fmt: skip

    async def step(self) -> None:
        """One thing that happens, in a transaction of its own."""
        self.number += 1
        number, member, order = self.number, self.dice.choice(self.members), self.dice.choice(self.orders)
        share = self.dice.choice((0, 0.3, 0.3, 1))
        kind: Callable[..., Any] = self.dice.choice(
            (self.refund, self.refund, self.earn, self.redeem, self.redeem, self.buy_with_voucher, self.check_in)
        )
        try:
            async with DB.transaction():
                await kind(number, member, order, share)
        except DomainError as refusal:
            self.done[f"refused: {refusal.code}"] += 1
        else:
            self.done[kind.__name__] += 1

    async def refund(self, number: int, _member: uuid.UUID, order: Any, share: float) -> None:
        """Some or all of an order goes back, or the order is cancelled."""
        part = (order["amount"] * Decimal(str(share))).quantize(Decimal("0.01"))
        await orders.take_in(
            orders.Incoming(
                source=SOURCE, external_id=order["external_id"], kind="refunded" if part else "cancelled",
                amount=part or None, currency=CURRENCY, at=clock.now(), reference=f"back-{number}",
                member=order["member"],
            )
        )  # fmt: skip

    async def earn(self, number: int, member: uuid.UUID, _order: Any, share: float) -> None:
        """Points that lapse in days, or that count in days only."""
        if share == 1:
            later = clock.now() + timedelta(days=2)
            await points.earn(member, points=40, why=points.Why.API, once=f"later-{number}", active_at=later)
        else:
            await make_points.earned(member, 30, days=1 + number % 4)

    async def redeem(self, number: int, member: uuid.UUID, _order: Any, share: float) -> None:
        """Something of the mall, which may be given up or come back."""
        item = self.dice.choice(self.goods)
        had = await mall.redeem(member, item, once=f"redeem-{number}", address=make_mall.ADDRESS)
        if share == 1:
            await mall.cancel(had.id, reason="given up")
        elif share and item != self.goods[-1]:
            await mall.ship(had.id, carrier="SF", tracking=f"SF{number}")
            if number % 3 == 0:
                await mall.give_back(had.id, reason="broken", restock=number % 2 == 0)

    async def buy_with_voucher(self, number: int, member: uuid.UUID, _order: Any, share: float) -> None:
        """A voucher is issued, put on an order, and the order paid, given up or refunded."""
        issued = await make_vouchers.voucher(member, self.template)
        kept = await vouchers.reserve(
            issued.id, vouchers.Basket(Decimal(100)), order_reference=f"shop-{number}", ttl_seconds=3_600)  # fmt: skip
        if number % 5:
            await vouchers.confirm(kept.id)
        if share == 1:
            await vouchers.give_back(f"shop-{number}", reason="refunded")
        elif share and number % 5:
            await vouchers.refund_part(
                f"shop-{number}", refunded=Decimal(30), total=Decimal(100), once=f"part-{number}")  # fmt: skip

    async def check_in(self, _number: int, member: uuid.UUID, _order: Any, _share: float) -> None:
        """A visit."""
        await checkins.check_in(member)

    async def night(self) -> None:
        """What the jobs do after a day."""
        for work in (coming.activate, points.lapse, vouchers.expire_due):
            many = _NIGHT
            while many >= _NIGHT:
                async with DB.transaction():
                    many = await work(_NIGHT) if work is vouchers.expire_due else await work(limit=_NIGHT)
        async with DB.transaction():
            await points.close_days(limit=3_000)


async def trade(
    file: Path, *, steps: int, seed: int, lines: int | None = None, told: Callable[[int], object] = lambda _steps: None
) -> Counter[str]:
    """Load orders into the current shop and live through days of it; how often what happened."""
    with clock.at(datetime(2026, 3, 1, 4, tzinfo=UTC)):
        loaded = await load(file, limit=lines)
        course = Trade(seed)
        await course.begin()
    assert loaded.refused == 0
    for first in range(0, steps, STEPS_A_DAY):
        with clock.at(datetime(2026, 3, 1, 4, tzinfo=UTC) + timedelta(days=first // STEPS_A_DAY)):
            for _ in range(0, min(STEPS_A_DAY, steps - first), AT_ONCE):
                await asyncio.gather(*(course.step() for _ in range(AT_ONCE)))
                told(AT_ONCE)
        with clock.at(datetime(2026, 3, 1, 20, tzinfo=UTC) + timedelta(days=first // STEPS_A_DAY)):
            await course.night()
    return course.done
