"""Points, done the slow and obvious way, after the seller guide: lots with dates, entries, holds, pending, debt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from uuid import UUID

ZONE = ZoneInfo("Asia/Shanghai")
FAR = datetime.max.replace(tzinfo=UTC)
DAY = timedelta(days=1)
# What makes nobody active: the shop or the clock did it.
PASSIVE = {"expired", "expiry_undone", "reversed", "order_refund", "merge_in", "merge_out", "debt_repaid"}
LASTING = {"reversed", "expired", "expiry_undone", "debt_repaid", "merge_in", "merge_out"}
# These say themselves when they count, or were there before.
AT_ONCE = {"order", "mall_return", "staff", "import"}


class No(Exception):
    """The model refuses, with the code that the shop is to give."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def day_of(moment: datetime) -> date:
    """The day that it is in the shop."""
    return moment.astimezone(ZONE).date()


def midnight(day: date) -> datetime:
    """The moment at which a day begins in the shop."""
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


@dataclass(frozen=True)
class Policy:
    """How points behave in one game."""

    expiry: Literal["never", "rolling", "calendar", "inactivity"] = "never"
    days: int = 10
    calendar: tuple[date, ...] = field(default=(), repr=False)
    activation_days: int = 0
    debt_max: int = 0


@dataclass(eq=False)
class Lot:
    """Points earned together. `id` is the ledger's name of it, which decides between lots that end together."""

    member: UUID
    points: int
    left: int
    expires: datetime | None
    slides: bool
    earned_at: datetime
    id: UUID | None = None
    origin: Lot | None = None

    @property
    def root(self) -> Lot:
        return self.origin or self


@dataclass(eq=False)
class Entry:
    """A movement, and from which lots it took how much."""

    member: UUID
    points: int
    why: str
    once: str
    uses: list[tuple[Lot, int]] = field(default_factory=list)
    lot: Lot | None = None
    undone: bool = False
    reverses: Entry | None = None


@dataclass(eq=False)
class Pending:
    """Points that are still to come."""

    member: UUID
    points: int
    left: int
    why: str
    once: str
    active_at: datetime
    expires: datetime | None
    id: UUID | None = None
    state: str = "pending"


@dataclass(eq=False)
class Hold:
    """Points set aside."""

    member: UUID
    points: int
    once: str
    ends: datetime
    uses: list[tuple[Lot, int]]
    why: str = "spent"
    state: str = "held"


@dataclass(eq=False)
class Batch:
    """What lapsed together."""

    entries: list[Entry]
    lots: int
    at: datetime
    undone: bool = False


@dataclass(eq=False)
class Passed:
    """What went from one account to another when they became one."""

    source: UUID
    target: UUID
    lots: list[tuple[Lot, Lot]]
    pending: list[Pending]
    debt: int
    undone: bool = False


@dataclass(frozen=True)
class Fresh:
    """A lot that the shop has made in this step."""

    id: UUID
    member: UUID
    points: int
    expires: datetime | None
    slides: bool
    origin: UUID | None
    once: str | None


class Ledger:
    """The points of everybody. `fresh` are the lots that the shop says it has made in this step."""

    def __init__(self, policy: Policy, now: datetime) -> None:
        self.policy, self.now = policy, now
        self.lots: list[Lot] = []
        self.entries: dict[str, Entry] = {}
        self.pending: dict[str, Pending] = {}
        self.holds: dict[str, Hold] = {}
        self.debts: dict[UUID, int] = {}
        self.active: dict[UUID, datetime] = {}
        self.accounts: set[UUID] = set()
        self.batches: list[Batch] = []
        self.passed: list[Passed] = []
        self.fresh: list[Fresh] = []
        self.promised: list[tuple[UUID, UUID, int, str]] = []  # id, member, points and reason of what the shop promised
        self.count = 0

    # What there is

    def of(self, who: UUID) -> list[Lot]:
        return [lot for lot in self.lots if lot.member == who]

    def free(self, who: UUID) -> int:
        """What is in the lots, even past its day."""
        return sum(lot.left for lot in self.of(who))

    def spendable(self, who: UUID) -> int:
        return sum(lot.left for lot in self.of(who) if (lot.expires or FAR) > self.now)

    def held(self, who: UUID) -> int:
        return sum(hold.points for hold in self.holds.values() if hold.member == who and hold.state == "held")

    def coming(self, who: UUID) -> int:
        return sum(one.left for one in self.pending.values() if one.member == who and one.state == "pending")

    def deadline(self, lot: Lot) -> datetime:
        if not lot.slides:
            return lot.expires or FAR
        last = max(lot.earned_at, self.active.get(lot.member, lot.earned_at))
        return midnight(day_of(last) + DAY * (self.policy.days + 1))

    def term(self, moment: datetime) -> datetime | None:
        """Until when points that count from this moment last."""
        day = day_of(moment)
        if self.policy.expiry == "rolling":
            return midnight(day + DAY * (self.policy.days + 1))
        if self.policy.expiry == "calendar":
            return midnight(min(fixed for fixed in self.policy.calendar if fixed >= day) + DAY)
        return None

    # How they move

    def came(self, who: UUID, why: str) -> None:
        self.accounts.add(who)
        if why not in PASSIVE:
            self.active[who] = self.now

    def name(self) -> str:
        self.count += 1
        return f"model/{self.count}"

    def draw(self, who: UUID, amount: int, *, first: Lot | None = None, expired: bool = False) -> list[tuple[Lot, int]]:
        usable = [lot for lot in self.of(who) if lot.left and (expired or (lot.expires or FAR) > self.now)]
        usable.sort(key=lambda lot: (first is None or lot.root is not first, lot.expires or FAR, str(lot.id)))
        uses = []
        for lot in usable:
            if take := min(amount, lot.left):
                uses.append((lot, take))
                amount -= take
        if amount:
            raise No("points.insufficient")
        for lot, take in uses:
            lot.left -= take
        return uses

    def out(
        self, who: UUID, amount: int, why: str, once: str, *, first: Lot | None = None, expired: bool = False
    ) -> Entry:
        entry = Entry(who, -amount, why, once, self.draw(who, amount, first=first, expired=expired))
        self.entries[once] = entry
        self.came(who, why)
        return entry

    def let_in(
        self, who: UUID, amount: int, why: str, once: str, *, moment: datetime, expires: datetime | None,
        promised: UUID | None = None,
    ) -> Entry:  # fmt: skip
        slides = expires is None and self.policy.expiry == "inactivity"
        lot = Lot(who, amount, amount, expires or self.term(moment), slides, moment)
        self.keep(lot, once, promised)
        entry = Entry(who, amount, why, once, lot=lot)
        self.entries[once] = entry
        return entry

    def earn(
        self, who: UUID, amount: int, why: str, once: str, *,
        active_at: datetime | None = None, expires: datetime | None = None,
    ) -> datetime | None:  # fmt: skip
        """Until when the points are pending, or None."""
        if active_at is None and self.policy.activation_days and why not in AT_ONCE:
            active_at = midnight(day_of(self.now) + DAY * self.policy.activation_days)
        self.came(who, why)
        if active_at and active_at > self.now:
            self.pending[once] = Pending(
                who, amount, amount, why, once, active_at, expires, self.promise(who, amount, why)
            )
            return active_at
        self.let_in(who, amount, why, once, moment=self.now, expires=expires)
        return None

    def promise(self, who: UUID, amount: int, why: str) -> UUID | None:
        """Which promise of the shop this is; it becomes a lot of the same id."""
        known = next((one for one in self.promised if one[1:] == (who, amount, why)), None)
        if known:
            self.promised.remove(known)
        return known[0] if known else None

    def keep(self, lot: Lot, once: str = "", promised: UUID | None = None) -> None:
        """Add a lot, which must be among those that the shop has made; of equal ones that of the same occasion."""
        known = lot.origin.id if lot.origin else None
        facts = (lot.member, lot.points, lot.expires, lot.slides, known)
        like = [
            one for one in self.fresh if (one.member, one.points, one.expires, one.slides, one.origin) == facts
        ]  # fmt: skip
        if not like:
            raise AssertionError(f"the shop has made no lot such as {lot}, but {self.fresh}")
        like.sort(key=lambda one: (one.id != promised, one.once != once, (one.once or "").startswith("step/")))
        lot.id = like[0].id
        self.fresh.remove(like[0])
        self.lots.append(lot)

    def repay(self, who: UUID) -> None:
        """What is owed is paid with what can be spent."""
        paid = min(self.debts.get(who, 0), self.spendable(who))
        if paid > 0:
            self.out(who, paid, "debt_repaid", self.name())
            self.debts[who] -= paid

    def spend(self, who: UUID, amount: int, why: str, once: str) -> Entry:
        if self.spendable(who) < amount:
            raise No("points.insufficient")
        return self.out(who, amount, why, once)

    def hold(self, who: UUID, amount: int, once: str, ends: datetime, why: str = "spent") -> Hold:
        if self.spendable(who) < amount:
            raise No("points.insufficient")
        self.holds[once] = Hold(who, amount, once, ends, self.draw(who, amount), why)
        return self.holds[once]

    def confirm(self, hold: Hold) -> Entry:
        if hold.state == "held" and hold.ends <= self.now:
            raise No("points.hold_over")
        if hold.state in {"released", "lapsed"}:
            raise No("points.hold_over")
        once = f"hold/{hold.once}"
        if hold.state == "held":
            hold.state = "confirmed"
            self.entries[once] = Entry(hold.member, -hold.points, hold.why, once, hold.uses)
            self.came(hold.member, hold.why)
        return self.entries[once]

    def release(self, hold: Hold, state: str = "released") -> str:
        if hold.state == "confirmed":
            raise No("points.hold_over")
        if hold.state == "held":
            hold.state = state
            self.give_back(hold.uses)
        return hold.state

    def give_back(self, uses: list[tuple[Lot, int]]) -> None:
        for lot, amount in uses:
            lot.left += amount

    def take_back(
        self, who: UUID, amount: int, why: str, once: str, origin: str | None = None
    ) -> tuple[int, int, int, int]:
        """How much of it was taken, still pending, owed, and lost. `origin` is the occasion that brought the points."""
        waiting = self.pending.get(origin or "")
        if waiting and (waiting.member != who or waiting.state != "pending"):
            waiting = None
        pending = min(amount, waiting.left) if waiting else 0
        brought = self.entries.get(origin or "")
        drawn = min(amount - pending, self.free(who))
        debt = 0
        if who in self.accounts:
            debt = min(amount - pending - drawn, max(0, self.policy.debt_max - self.debts.get(who, 0)))
        if drawn:
            self.out(who, drawn, why, once, first=brought.lot if brought else None, expired=True)
        if waiting and pending:
            self.reduce(waiting, pending)
        if debt:
            self.debts[who] = self.debts.get(who, 0) + debt
        return pending + drawn, pending, debt, amount - pending - drawn - debt

    def reduce(self, waiting: Pending, amount: int) -> None:
        waiting.left -= amount
        if not waiting.left:
            waiting.state = "cancelled"

    def reverse(self, first: Entry, once: str) -> Entry:
        if first.why in LASTING:
            raise No("points.cannot_reverse")
        if first.why in {"order", "order_refund"}:
            raise No("points.of_an_order")
        if first.undone:
            raise No("points.already_reversed")
        if first.points > 0:
            if self.free(first.member) < first.points:
                raise No("points.insufficient")
            entry = self.out(first.member, first.points, "reversed", once, first=first.lot, expired=True)
        else:
            self.give_back(first.uses)
            entry = Entry(first.member, -first.points, "reversed", once)
            self.entries[once] = entry
        first.undone, entry.reverses = True, first
        return entry

    # What time does

    def activate(self) -> list[UUID]:
        """Whose points have come."""
        due = [one for one in self.pending.values() if one.state == "pending" and one.active_at <= self.now]
        for one in due:
            one.state = "active"
            self.let_in(
                one.member, one.left, one.why, one.once, moment=one.active_at, expires=one.expires, promised=one.id)  # fmt: skip
        return [one.member for one in due]

    def lapse(self) -> tuple[int, set[UUID]]:
        """How many lots or holds, whichever are more; whose holds were given back."""
        holds = [hold for hold in self.holds.values() if hold.state == "held" and hold.ends <= self.now]
        for hold in holds:
            self.release(hold, "lapsed")
        past = [lot for lot in self.lots if lot.left and self.deadline(lot) <= self.now]
        groups: dict[tuple[UUID, datetime], list[Lot]] = {}
        for lot in past:
            groups.setdefault((lot.member, self.deadline(lot)), []).append(lot)
        entries = []
        for (who, _), lots in groups.items():
            gone = [(lot, lot.left) for lot in lots]
            entry = Entry(who, -sum(left for _, left in gone), "expired", self.name(), gone)
            self.entries[entry.once] = entry
            entries.append(entry)
            for lot in lots:
                lot.left = 0
        if past:
            self.batches.append(Batch(entries, len(past), self.now))
        return max(len(holds), len(past)), {hold.member for hold in holds}

    def undo_lapse(self, batch: Batch, until: datetime) -> set[UUID]:
        """Whose points have come back."""
        if batch.undone:
            return set()
        if batch.at <= self.now - 30 * DAY:
            raise No("points.undo_over")
        batch.undone = True
        for entry in batch.entries:
            for lot, amount in entry.uses:
                lot.left += amount
                lot.slides = False
                lot.expires = max(lot.expires or until, until)
            once = self.name()
            self.entries[once] = Entry(entry.member, -entry.points, "expiry_undone", once)
        return {entry.member for entry in batch.entries}

    # Two accounts of one person

    def transfer(self, source: UUID, target: UUID) -> Passed:
        moved = []
        self.accounts |= {source, target}
        amount = self.free(source)
        if amount:
            for lot, taken in self.out(source, amount, "merge_out", self.name(), expired=True).uses:
                copy = Lot(target, taken, taken, lot.expires, lot.slides, lot.earned_at, origin=lot.root)
                self.keep(copy)
                moved.append((lot, copy))
            once = self.name()
            self.entries[once] = Entry(target, amount, "merge_in", once)
            if source in self.active:
                self.active[target] = max(self.active[source], self.active.get(target, self.active[source]))
        coming = [one for one in self.pending.values() if one.member == source and one.state == "pending"]
        for one in coming:
            one.member = target
        debt = self.debts.get(source, 0)
        if debt:
            self.debts[source] = 0
            self.debts[target] = self.debts.get(target, 0) + debt
        self.passed.append(Passed(source, target, moved, coming, debt))
        return self.passed[-1]

    def pass_on(self, who: set[UUID]) -> None:
        """What comes late to an account that passed everything on goes the same way."""
        for source in who:
            went = [one for one in self.passed if one.source == source and not one.undone]
            if went and self.free(source) + self.coming(source):
                self.transfer(source, went[-1].target)
                self.repay(went[-1].target)

    def go_back(self, source: UUID, target: UUID) -> None:
        """Two accounts again: what is left of what went over goes home, the latest first."""
        for one in reversed([it for it in self.passed if (it.source, it.target) == (source, target) and not it.undone]):
            one.undone = True
            came = {copy: home for home, copy in one.lots}
            promised = {waiting.once for waiting in one.pending}
            born = {entry.lot for once, entry in self.entries.items() if once in promised and entry.lot}
            leaving = [lot for lot in self.of(target) if lot.left and (lot in came or lot in born)]
            amount = sum(lot.left for lot in leaving)
            if amount:
                out, back = self.name(), self.name()
                self.entries[out] = Entry(target, -amount, "merge_out", out, [(lot, lot.left) for lot in leaving])
                self.entries[back] = Entry(source, amount, "merge_in", back)
            for lot in leaving:
                home = came.get(lot)
                if home and home.expires == lot.expires and home.slides == lot.slides:
                    home.left += lot.left
                else:
                    self.keep(Lot(source, lot.left, lot.left, lot.expires, lot.slides, lot.earned_at, origin=lot.root))
                lot.left = 0
            for waiting in one.pending:
                if waiting.state == "pending" and waiting.member == target:
                    waiting.member = source
            owed = min(one.debt, self.debts.get(target, 0))
            if owed:
                self.debts[target] -= owed
                self.debts[source] = self.debts.get(source, 0) + owed
            self.repay(source)
