"""Redeeming: points, what they buy, limits and stock in one go, for one member or for many with the same statements.

What can be decided beforehand is decided from what was read; then the points are taken, vouchers are issued, and one
statement writes the redemptions, counts them and takes the stock, on condition that all of it still holds. Where it
does not, because another batch was faster or the seller has just changed the terms, all of it is undone and decided
again by what has been read anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import points
from tenants.kit import clock, facts, ids
from tenants.kit.batches import Busy
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.mall.rules import deciding, giving
from tenants.mall.rules.addresses import Address, chosen
from tenants.mall.rules.news import RedemptionChange, RedemptionChanged
from tenants.mall.rules.refusals import AddressNeeded, AddressUnknown, OnceDiffers, OrderNeeded
from tenants.mall.rules.writing import Write, write
from tenants.mall.tables import ONCE_MAX
from tenants.tenancy import DB, work

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from tenants.mall.rules.pricing import Price

QUANTITY_MAX = 100
CODES_MAX = 20
RESERVED_FOR = timedelta(minutes=30)
# The hold outlives the reservation, which decides: whoever pays at the last moment still has the points.
_HOLD_LONGER = timedelta(days=1)
_TURNS_MAX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeeming:
    """A member who wants so many pieces of an item, for this occasion.

    Where it goes: `address` as it is, or the one of the member's that `address_id` names. `order_reference` is the
    order along with which it is sent.
    """

    member: uuid.UUID
    item: uuid.UUID
    once: str
    quantity: int = 1
    address: Address | None = None
    address_id: uuid.UUID | None = None
    order_reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeemed:
    """A redemption as it stands. `codes` are those of its vouchers; `repeated`: it had been made before."""

    id: uuid.UUID
    member: uuid.UUID
    item: uuid.UUID
    quantity: int
    points: int
    cash: Decimal
    state: str
    at: datetime
    reserved_until: datetime | None = None
    codes: tuple[str, ...] = ()
    repeated: bool = False


async def redeem(
    member: uuid.UUID,
    item: uuid.UUID,
    *,
    once: str,
    quantity: int = 1,
    address: Address | None = None,
    address_id: uuid.UUID | None = None,
    order_reference: str | None = None,
) -> Redeemed:
    """Exchange points for an item, once for this occasion. With money to pay it is `reserved` until that has come.

    Raises ItemUnknown, NotOnOffer, NotForLevel, SoldOut, QuotaReached, LimitReached, AddressNeeded, AddressUnknown,
    OrderNeeded, OnceDiffers, Invalid, MemberUnknown, MemberBlocked, points.Insufficient, and what keeps a voucher from
    being issued; then nothing was changed.
    """
    asked = Redeeming(
        member=member, item=item, once=once, quantity=quantity, address=address, address_id=address_id,
        order_reference=order_reference)  # fmt: skip
    [done] = await redeem_many([asked])
    if isinstance(done, Exception):
        raise done
    return done


async def redeem_many(asked: Sequence[Redeeming]) -> list[Redeemed | Exception]:
    """Redeem for many; for each, in order, the redemption or why not. The exceptions are those of `redeem`."""
    batch = _Batch(list(asked))
    await batch.begin()
    for _ in range(_TURNS_MAX):
        if await batch.turn():
            break
    else:
        raise Busy
    changes = [
        RedemptionChange(one.id, one.member, one.item, None, one.state, one.quantity, one.points, one.cash, "", one.at)
        for one in batch.answers
        if isinstance(one, Redeemed) and not one.repeated
    ]
    if changes:
        await facts.announce(RedemptionChanged(tuple(changes)))
    if any(change.after == "reserved" for change in changes):
        await work.ask_for("mall.release")
    return [answer for answer in batch.answers if answer is not None]


@dataclass(slots=True)
class _Plan:
    """A redemption that can be had as far as has been read."""

    place: int
    asked: Redeeming
    row: Any
    price: Price
    id: uuid.UUID = field(default_factory=ids.new)
    movement: uuid.UUID | None = None
    codes: tuple[str, ...] = ()

    @property
    def reserved(self) -> bool:
        return self.price.cash > 0

    @property
    def state(self) -> str:
        return "reserved" if self.reserved else giving.first_state(self.row)


class _Undone(Exception):
    """What was tried did not hold."""


class _Batch:
    """A batch on its way: `answers` has what became of each, None while that is open."""

    def __init__(self, asked: list[Redeeming]) -> None:
        self._asked = asked
        self.answers: list[Redeemed | Exception | None] = [_fault(one) for one in asked]
        self._moment = clock.now()
        self._day = deciding.today()

    async def begin(self) -> None:
        """Keep the members from being merged or erased meanwhile, and look up addresses that are named by their ids."""
        await DB.fetch(
            "SELECT 1 FROM __tenant__.member WHERE id = ANY($1::uuid[]) ORDER BY id FOR KEY SHARE",
            [one.member for one in self._asked])  # fmt: skip
        named = [place for place, one in enumerate(self._asked) if one.address_id and self.answers[place] is None]
        if not named:
            return
        found = await chosen([(self._asked[place].member, self._asked[place].address_id) for place in named])
        for place, address in zip(named, found, strict=True):
            if address is None:
                self.answers[place] = AddressUnknown()
            else:
                self._asked[place] = replace(self._asked[place], address=address)

    async def turn(self) -> bool:
        """Decide on what is open, and do it. False where something did not hold, and there must be another turn."""
        plans = await self._decide()
        if not plans:
            return True
        try:
            async with DB.savepoint():
                await self._take_points(plans)
                await self._give(plans)
                if not await write([self._write_of(plan) for plan in plans], day=self._day, moment=self._moment):
                    raise _Undone  # noqa: TRY301  what leaves the savepoint undoes it
        except _Undone:
            return False
        for plan in plans:
            self.answers[plan.place] = self._done(plan)
        return None not in self.answers  # who asked for one occasion twice is answered in the next turn

    async def _decide(self) -> list[_Plan]:
        places = [place for place, answer in enumerate(self.answers) if answer is None]
        if not places:
            return []
        found = await deciding.facts(
            [(self._asked[place].item, self._asked[place].member, self._asked[place].once) for place in places],
            day=self._day)  # fmt: skip
        by_level = await deciding.ladder(found)
        tally = deciding.Tally()
        plans: list[_Plan] = []
        repeats: list[tuple[int, Any]] = []
        begun: set[str] = set()
        for place, row in zip(places, found, strict=True):
            asked = self._asked[place]
            if row["redemption"]:
                repeats.append((place, row))
            elif asked.once not in begun:  # the second of one occasion is looked at when the first is written
                plan = self._plan(place, row, by_level, tally)
                if plan:
                    plans.append(plan)
                    begun.add(asked.once)
        await self._repeat(repeats)
        return plans

    def _plan(self, place: int, row: Any, by_level: deciding.Ladder, tally: deciding.Tally) -> _Plan | None:
        asked = self._asked[place]
        if row["item"] is None:
            self.answers[place] = deciding.refusals(
                row, quantity=1, price=deciding.NOTHING, admitted=True, day=self._day)[0]  # fmt: skip
            return None
        level = by_level.levels.get(asked.member)
        price = by_level.price(row, level).times(asked.quantity)
        refused = deciding.refusals(
            row, quantity=asked.quantity, price=price, admitted=by_level.admits(row, level), day=self._day, tally=tally
        )
        missing = _missing(asked, row)
        if refused or missing:
            self.answers[place] = [*refused, *missing][0]
            return None
        tally.promise(row, quantity=asked.quantity, price=price)
        return _Plan(place, asked, row, price)

    async def _repeat(self, repeats: list[tuple[int, Any]]) -> None:
        if not repeats:
            return
        rows = await DB.fetch(
            "SELECT r.*, i.kind, i.benefit, i.voucher_template FROM __tenant__.mall_redemption r"
            " JOIN __tenant__.mall_item i ON i.id = r.item WHERE r.id = ANY($1::uuid[])",
            [row["redemption"] for _, row in repeats])  # fmt: skip
        found = {row["id"]: row for row in rows}
        for place, fact in repeats:
            row, asked = found[fact["redemption"]], self._asked[place]
            if (row["member"], row["item"], row["quantity"]) != (asked.member, asked.item, asked.quantity):
                self.answers[place] = OnceDiffers()
            else:
                self.answers[place] = replace(redeemed_of(row, codes=await giving.codes_of(row)), repeated=True)

    async def _take_points(self, plans: list[_Plan]) -> None:
        """Spend, or set aside where money is still to come; accounts in the order of members."""
        paying = sorted((plan for plan in plans if plan.price.points), key=lambda plan: plan.asked.member)
        spending = [plan for plan in paying if not plan.reserved]
        holding = [plan for plan in paying if plan.reserved]
        taken: list[points.Entry | points.Hold | Exception] = []
        if spending and holding:  # both lock accounts in the order of members, so this batch locks all of them first
            await DB.fetch(
                "SELECT 1 FROM __tenant__.points_account WHERE member = ANY($1::uuid[]) ORDER BY member"
                " FOR NO KEY UPDATE", [plan.asked.member for plan in paying])  # fmt: skip
        if spending:
            taken += await points.spend_many([_spending(plan) for plan in spending])
        if holding:
            taken += await points.hold_many([_holding(plan) for plan in holding])
        undone = False
        for plan, outcome in zip([*spending, *holding], taken, strict=True):
            if isinstance(outcome, Exception):
                self.answers[plan.place] = outcome
                undone = True
            else:
                plan.movement = outcome.id
                undone = undone or outcome.repeated  # the redemption of this occasion is there by now
        if undone:
            raise _Undone

    async def _give(self, plans: list[_Plan]) -> None:
        """Issue what is given at once; what waits for a payment is given when that has come."""
        giving_now = [plan for plan in plans if not plan.reserved]
        wanted = [
            giving.Gift(plan.id, plan.asked.member, plan.asked.quantity, plan.row) for plan in giving_now
        ]  # fmt: skip
        given = await giving.give(wanted)
        refused = False
        for plan, outcome in zip(giving_now, given, strict=True):
            if isinstance(outcome, Exception):
                self.answers[plan.place] = outcome
                refused = True
            else:
                plan.codes = outcome
        if refused:
            raise _Undone

    def _write_of(self, plan: _Plan) -> Write:
        asked = plan.asked
        return Write(
            id=plan.id, item=asked.item, member=asked.member, quantity=asked.quantity, points=plan.price.points,
            cash=plan.price.cash, cost=plan.row["cost"] * asked.quantity, movement=plan.movement, once=asked.once,
            state=plan.state, reserved_until=self._moment + RESERVED_FOR if plan.reserved else None,
            order_reference=asked.order_reference, address=asked.address, version=plan.row["version"],
            quota=plan.row["quota"], quota_period=plan.row["quota_period"],
            limits=deciding.limited(plan.row, self._day),
        )  # fmt: skip

    def _done(self, plan: _Plan) -> Redeemed:
        asked = plan.asked
        return Redeemed(
            id=plan.id, member=asked.member, item=asked.item, quantity=asked.quantity, points=plan.price.points,
            cash=plan.price.cash, state=plan.state, at=self._moment,
            reserved_until=self._moment + RESERVED_FOR if plan.reserved else None, codes=plan.codes)  # fmt: skip


def redeemed_of(row: Any, *, codes: tuple[str, ...] = ()) -> Redeemed:
    """A redemption out of its row."""
    return Redeemed(
        id=row["id"], member=row["member"], item=row["item"], quantity=row["quantity"], points=row["points"],
        cash=row["cash"], state=row["state"], at=row["at"], reserved_until=row["reserved_until"],
        codes=codes)  # fmt: skip


def _spending(plan: _Plan) -> points.Spending:
    row, quantity = plan.row, plan.asked.quantity
    detail = {
        "item_en": row["name_en"] or row["name_zh"], "item_zh": row["name_zh"] or row["name_en"],
        **({"quantity": str(quantity)} if quantity > 1 else {}),
    }  # fmt: skip
    return points.Spending(
        member=plan.asked.member, points=plan.price.points, why=points.Why.MALL, once=f"mall/{plan.asked.once}",
        detail=detail)  # fmt: skip


def _holding(plan: _Plan) -> points.Holding:
    return points.Holding(
        member=plan.asked.member, points=plan.price.points, why=points.Why.MALL, once=f"mall/{plan.asked.once}",
        ends_at=clock.now() + RESERVED_FOR + _HOLD_LONGER)  # fmt: skip


def _fault(asked: Redeeming) -> Exception | None:
    """What is wrong with what was asked, whatever the item."""
    if not 1 <= asked.quantity <= QUANTITY_MAX:
        return Invalid(param="quantity", problem=Words(en="use 1 to 100", zh="请使用 1 到 100"))
    if not 1 <= len(asked.once) <= ONCE_MAX:
        return Invalid(param="once", problem=Words(en="use 1 to 190 characters", zh="请使用 1 到 190 个字符"))
    return None


def _missing(asked: Redeeming, row: Any) -> list[Exception]:
    """What the item needs to be told and was not."""
    if row["kind"] == "goods" and row["with_order"] and not asked.order_reference:
        return [OrderNeeded()]
    if row["kind"] == "goods" and not row["with_order"] and asked.address is None:
        return [AddressNeeded()]
    most = 1 if row["benefit"] == "level" else CODES_MAX if row["voucher_template"] else QUANTITY_MAX
    if asked.quantity > most:
        told = Words(en=f"at most {most} at a time", zh=f"每次最多 {most} 件")
        return [Invalid(param="quantity", problem=told)]
    return []
