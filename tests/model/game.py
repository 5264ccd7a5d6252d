"""One game: the same steps in a shop and in the model, whose answers and states are compared."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from tenants import checkins, points
from tenants.kit import clock
from tenants.kit.errors import DomainError
from tenants.tenancy import DB
from tests.make import points as make
from tests.model.ledger import Fresh, Ledger, No, Policy, day_of
from tests.model.trade import Trade
from tests.model.visits import Plan, Visits

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID

T = TypeVar("T")
START = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
CALENDAR = tuple(datetime(year, month, day, tzinfo=UTC).date()
                 for year in range(2026, 2030) for month, day in ((3, 31), (4, 20), (6, 30), (12, 31)))  # fmt: skip


class Divergence(AssertionError):
    """The shop and the model are not of one mind."""


class Dice:
    """What a step is to be, out of one number: so that a step is small and shrinks towards zero."""

    def __init__(self, number: int) -> None:
        self.number = number

    def up_to(self, sides: int) -> int:
        """0 to `sides` - 1."""
        self.number, drawn = divmod(self.number, sides)
        return drawn

    def one_of(self, things: list[T]) -> T:
        return things[self.up_to(len(things))]


@dataclass
class Game:
    """Shop and model side by side, in an open transaction of the shop."""

    ledger: Ledger
    visits: Visits
    people: list[UUID] = field(default_factory=list)
    living: list[UUID] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    verbs: dict[str, int] = field(default_factory=dict)
    again: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    entry_ids: dict[str, UUID] = field(default_factory=dict)
    hold_ids: dict[str, UUID] = field(default_factory=dict)
    pending_ids: dict[str, UUID] = field(default_factory=dict)
    trade: Trade = field(default_factory=Trade)
    templates: dict[str, UUID] = field(default_factory=dict)
    items: dict[str, UUID] = field(default_factory=dict)
    reservations: dict[UUID, tuple[UUID, str]] = field(default_factory=dict)
    current: dict[UUID, UUID] = field(default_factory=dict)
    used: set[UUID] = field(default_factory=set)
    redemption_ids: dict[str, UUID] = field(default_factory=dict)
    paid: set[str] = field(default_factory=set)
    merges: list[tuple[str, UUID, UUID, datetime, list[tuple[object, object]]]] = field(default_factory=list)
    merge_ids: dict[str, UUID] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)
    known: set[UUID] = field(default_factory=set)
    promised: set[UUID] = field(default_factory=set)
    count: int = 0

    @property
    def now(self) -> datetime:
        return self.ledger.now

    def once(self) -> str:
        self.count += 1
        return f"step/{self.count}"

    def note(self, verb: str, *facts: object) -> None:
        self.log.append(f"{self.now:%m-%d %H:%M} {verb} " + " ".join(map(str, facts)))

    def who(self, dice: Dice) -> UUID:
        return dice.one_of(self.living)

    def number_of(self, who: UUID) -> str:
        return f"#{self.people.index(who)}"

    async def both(self, real: Callable[[], Awaitable[T]], model: Callable[[], Any],
                      facts: Callable[[T], Any]) -> T | None:  # fmt: skip
        """Do it in the shop and then in the model, and compare: what the shop answered, or None if both refused."""
        done: T | None = None
        try:
            async with DB.savepoint():
                done = await real()
                told: Any = facts(done)
        except DomainError as refused:
            told = refused.code
        await self.meet()
        try:
            expected = model()
        except No as refused:
            expected = refused.code
        if not isinstance(told, str) or told not in str(expected).split(
            "|"
        ):  # where several things speak against it, any of them will do
            self.same("answer", told, expected)
        if self.ledger.fresh:
            raise Divergence(f"the shop has made lots that the model has not: {self.ledger.fresh}")
        self.log[-1] += f" → {told}"
        return done

    async def meet(self) -> None:
        """Look which lots the shop has made."""
        rows = await DB.fetch(
            "SELECT l.id, l.member, l.points, l.expires_at, l.slides, l.origin, e.once FROM __tenant__.points_lot l"
            " LEFT JOIN __tenant__.points_entry e ON e.id = l.id WHERE NOT l.id = ANY($1::uuid[])",
            list(self.known))  # fmt: skip
        self.ledger.fresh = [Fresh(*row.values()) for row in rows]
        self.known |= {row["id"] for row in rows}
        rows = await DB.fetch(
            "SELECT id, member, points, why FROM __tenant__.points_pending WHERE NOT id = ANY($1::uuid[])",
            list(self.promised))  # fmt: skip
        self.ledger.promised = [tuple(row.values()) for row in rows]
        self.promised |= {row["id"] for row in rows}

    def same(self, what: str, told: Any, expected: Any) -> None:
        if told != expected:
            if isinstance(told, dict):
                told, expected = (
                    {key: value for key, value in one.items() if other.get(key) != value}
                    for one, other in ((told, expected), (expected, told))
                )
            raise Divergence(f"{what}: the shop says {told!r}, the model {expected!r}")

    async def compare(self) -> None:
        """Whether all that can be seen of the shop is what the model has."""
        ledger = self.ledger
        rows = await DB.fetch("SELECT id, remaining, expires_at FROM __tenant__.points_lot")
        told = {row["id"]: (row["remaining"], row["expires_at"]) for row in rows}
        self.same("lots", told, {lot.id: (lot.left, lot.expires) for lot in ledger.lots})
        for row in await DB.fetch("SELECT member, balance, held, pending, debt FROM __tenant__.points_account"):
            who = row["member"]
            held = ledger.held(who)
            self.same(f"account {self.number_of(who)}", tuple(row.values())[1:],
                      (ledger.free(who) + held, held, ledger.coming(who), ledger.debts.get(who, 0)))  # fmt: skip
        rows = await DB.fetch("SELECT once, state FROM __tenant__.points_hold WHERE why = 'spent'")
        self.same(
            "holds",
            dict(map(tuple, rows)),
            {one.once: one.state for one in ledger.holds.values() if one.why == "spent"},
        )
        await self.compare_trade()
        rows = await DB.fetch("SELECT member, day, streak FROM __tenant__.check_in")
        mine = {(who, day): self.visits.streak(who, day) for who in self.people for day in self.visits.of(who)}
        self.same("visits", {(who, day): streak for who, day, streak in rows}, mine)
        for who in self.living:
            with clock.at(self.now):
                has = await points.balance(who)
            self.same("balance", (has.available, has.held, has.pending, has.debt),
                      (ledger.spendable(who), ledger.held(who), ledger.coming(who),
                       ledger.debts.get(who, 0)))  # fmt: skip

    def redemption(self, dice: Dice) -> str | None:
        """One of those whose member is there."""
        mine = [once for once in self.redemption_ids if self.trade.redemptions[once].member in self.living]
        return dice.one_of(mine) if mine else None

    async def new_vouchers(self) -> list[UUID]:
        """Those that the model does not know yet."""
        rows = await DB.fetch(
            "SELECT id FROM __tenant__.voucher WHERE NOT id = ANY($1::uuid[])", list(self.trade.vouchers))  # fmt: skip
        return [row["id"] for row in rows]

    async def compare_trade(self) -> None:
        """The same for what is bought and redeemed."""
        trade = self.trade
        rows = await DB.fetch("SELECT external_id, member, state, points_given FROM __tenant__.shop_order")
        self.same("orders", {name: tuple(rest) for name, *rest in rows},
                  {one.name: (one.member, one.state, one.given) for one in trade.orders.values()})  # fmt: skip
        rows = await DB.fetch("SELECT id, member, state, valid_until FROM __tenant__.voucher")
        self.same("vouchers", {name: tuple(rest) for name, *rest in rows},
                  {one.id: (one.member, one.state, one.until) for one in trade.vouchers.values()})  # fmt: skip
        rows = await DB.fetch("SELECT once, member, state FROM __tenant__.mall_redemption")
        self.same("redemptions", {name: tuple(rest) for name, *rest in rows},
                  {once: (one.member, one.state) for once, one in trade.redemptions.items()})  # fmt: skip
        rows = await DB.fetch("SELECT item, taken FROM __tenant__.mall_stock")
        self.same("stock", dict(map(tuple, rows)), {id_: trade.taken(name) for name, id_ in self.items.items()})

    def wait(self, dice: Dice) -> None:
        """Time moves on by minutes, hours or days."""
        by = dice.one_of([timedelta(hours=7), timedelta(days=1), timedelta(days=1), timedelta(minutes=20),
                          timedelta(hours=1), timedelta(days=2), timedelta(days=5)])  # fmt: skip
        self.ledger.now += by + timedelta(seconds=1)
        self.note("wait", by)


def policies(dice: Dice) -> tuple[Policy, Plan, Trade]:
    """How the shop of this game is set up."""
    policy = Policy(
        expiry=dice.one_of(["never", "rolling", "calendar", "inactivity"]), days=dice.one_of([9, 3, 30]),
        calendar=CALENDAR, activation_days=dice.one_of([0, 0, 2]), debt_max=dice.one_of([0, 40, 100_000]))  # fmt: skip
    plan = Plan(cycle=dice.one_of(["days7", "days", "month", "endless"]), per_cycle=dice.one_of([2, 1, 9]),
                per_month=dice.one_of([4, 2, 31]))  # fmt: skip
    trade = Trade(award_on=dice.one_of(["completed", "paid"]), refund_days=dice.one_of([0, 3]))
    return policy, plan, trade


async def begin(seed: int) -> Game:
    """A game in the open transaction of an empty shop."""
    policy, plan, trade = policies(Dice(seed * 2_654_435_761))
    game = Game(Ledger(policy, START), Visits(plan), trade=trade)
    with clock.at(START):
        game.people = [await make.member() for _ in range(3 + seed % 4)]
        await points.change_policy(
            expiry=policy.expiry, validity_days=policy.days, inactivity_days=policy.days, debt_max=policy.debt_max,
            activation_days=policy.activation_days,
            calendar_days=tuple(sorted({day.month * 100 + day.day for day in CALENDAR})))  # fmt: skip
        await _promise(plan)
    game.living = list(game.people)
    return game


async def _promise(plan: Plan) -> None:
    row = await checkins.plan_in_force()
    said = checkins.PlanSettings(
        name_en="Plan", name_zh="计划", active=True, base=plan.base, increment=plan.increment,
        increment_days=plan.increment_days, cycle=plan.cycle, cycle_days=4 if plan.cycle == "days" else None,
        first_points=plan.first, make_up_days=plan.make_up_days, make_up_price=plan.price, make_up_step=plan.step,
        make_up_per_cycle=plan.per_cycle, make_up_per_month=plan.per_month)  # fmt: skip
    whole = checkins.Whole(milestones=[checkins.Milestone(day=day, points=gives) for day, gives in plan.milestones])
    await checkins.set_plan(row["id"], said, whole, from_day=day_of(START))


def numbers(seed: int, length: int) -> list[int]:
    """Steps of a seed."""
    source = random.Random(seed)  # noqa: S311  it is to be the same every time
    return [source.getrandbits(48) for _ in range(length)]
