"""Orders, vouchers and the mall, done the slow and obvious way, after the seller guide."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.model.ledger import DAY, No, day_of, midnight

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(eq=False)
class Order:
    """An order of the model; money in cents."""

    name: str
    member: UUID
    amount: int
    paid: bool = False
    completed: bool = False
    cancelled: bool = False
    refunded: int = 0
    awarded: datetime | None = None
    given: int = 0
    gift: str = ""
    number: int = 0
    id: UUID | None = None

    @property
    def state(self) -> str:
        if self.cancelled:
            return "cancelled"
        if self.refunded >= self.amount:
            return "refunded"
        return "completed" if self.completed else "paid"

    @property
    def target(self) -> int:
        """One point for each whole unit of what was not refunded."""
        return 0 if self.cancelled or not self.awarded else (self.amount - self.refunded) // 100


@dataclass(eq=False)
class Voucher:
    """A voucher of the model."""

    id: UUID
    member: UUID
    template: str
    until: datetime
    state: str = "issued"
    order: str = ""
    reserved_until: datetime | None = None

    def seen(self, now: datetime) -> str:
        """The state that it has by the clock, though no job has written it down."""
        if self.state == "reserved" and self.reserved_until and self.reserved_until <= now:
            self_state = "issued"
        else:
            self_state = self.state
        return "expired" if self_state == "issued" and self.until <= now else self_state


@dataclass(eq=False)
class Redemption:
    """A redemption of the model."""

    member: UUID
    item: str
    points: int
    state: str
    at: datetime
    movement: str
    reserved_until: datetime | None = None
    voucher: UUID | None = None
    counted: bool = True


@dataclass(frozen=True)
class Item:
    """What the mall has."""

    points: int
    stock: int
    cash: str = "0"
    kind: str = "goods"
    limit_day: int | None = None


ITEMS = {
    "mug": Item(30, 5, limit_day=1),
    "bag": Item(20, 4, cash="5.00"),
    "coupon": Item(15, 6, kind="voucher"),
}
STOCK = {"claimed": 7, "granted": 9, "coupon": 100}
LIMIT = {"claimed": 1, "granted": 3, "coupon": None}
VALID_DAYS = 7
KEEP = timedelta(minutes=15)
PAY_WITHIN = timedelta(minutes=30)


@dataclass
class Trade:
    """All that is bought and redeemed."""

    award_on: str = "completed"
    refund_days: int = 0
    orders: dict[str, Order] = field(default_factory=dict)
    vouchers: dict[UUID, Voucher] = field(default_factory=dict)
    redemptions: dict[str, Redemption] = field(default_factory=dict)

    # Vouchers

    def may_issue(self, template: str, who: UUID) -> None:
        out = [one for one in self.vouchers.values() if one.template == template]
        codes = []
        if len(out) >= STOCK[template]:
            codes.append("voucher.out_of_stock")
        limit = LIMIT[template]
        if limit is not None and sum(one.member == who for one in out) >= limit:
            codes.append("voucher.limit_reached")
        if codes:
            raise No("|".join(codes))

    def issued(self, id_: UUID, template: str, who: UUID, now: datetime) -> Voucher:
        self.vouchers[id_] = Voucher(id_, who, template, midnight(day_of(now) + DAY * VALID_DAYS))
        return self.vouchers[id_]

    def reserve(self, voucher: Voucher, order: str, now: datetime) -> str:
        seen = voucher.seen(now)
        if voucher.order == order and seen in {"reserved", "used"}:
            return seen
        if seen == "reserved":
            raise No("voucher.reserved")
        if seen != "issued":
            raise No("voucher.not_usable")
        voucher.state, voucher.order, voucher.reserved_until = "reserved", order, now + KEEP
        return "reserved"

    def free(self, voucher: Voucher, now: datetime) -> None:
        voucher.state, voucher.order, voucher.reserved_until = "issued", "", None
        if voucher.until <= now:
            voucher.state = "expired"

    def of_order(self, order: str) -> list[Voucher]:
        return [one for one in self.vouchers.values() if one.order == order]

    def expire(self, now: datetime) -> None:
        for one in self.vouchers.values():
            if one.state == "reserved" and one.reserved_until and one.reserved_until <= now:
                one.state, one.order, one.reserved_until = "issued", "", None
            if one.state == "issued" and one.until <= now:
                one.state = "expired"

    # The mall

    def taken(self, item: str) -> int:
        return sum(one.item == item and one.counted for one in self.redemptions.values())

    def may_redeem(self, item: str, who: UUID, now: datetime) -> list[str]:
        codes = []
        if self.taken(item) >= ITEMS[item].stock:
            codes.append("mall.sold_out")
        today = sum(
            one.item == item and one.member == who and one.counted and day_of(one.at) == day_of(now)
            for one in self.redemptions.values()
        )  # fmt: skip
        limit = ITEMS[item].limit_day
        if limit is not None and today >= limit:
            codes.append("mall.limit_reached")
        return codes
