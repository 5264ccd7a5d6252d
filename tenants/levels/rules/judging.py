"""What level a member has on a day, decided from their holds and what they did: pure, one step at a time.

- A level is *reached* as soon as the window of the day adds up to its threshold, and is held for a term from that day.
- When the term is over, it is renewed if the renewal window adds up to the threshold; within the grace it may still;
  then it ends, and what follows is by the policy one step lower, or what is due on that day, if that is more.
- A level whose own window no longer adds up, because what had counted was taken back, ends at once, whatever the
  policy says: it was never earned. What was held before it and still runs comes back.
- What staff set is a floor (`at_least`) or a ceiling (`at_most`) for as long as they said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from tenants.kit import ids
from tenants.levels.rules.windows import FAR, Window, renewal_window, term_end, window

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator, Mapping

    from tenants.levels.rules.ladder import Level, Rules

How = Literal["earned", "kept", "at_least", "at_most"]
Ended = Literal["renewed", "over", "dropped", "taken_back", "replaced", "rules_changed"]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A claim to a level from a day on, to the end of a day (None: without end)."""

    level: uuid.UUID
    how: How
    since: date
    until: date | None
    needed: Decimal | None = None
    counted: Window | None = None
    note: str = ""
    id: uuid.UUID = field(default_factory=ids.new)

    @property
    def earned(self) -> bool:
        """Whether it came of what the member did, and not of what staff set."""
        return self.how in {"earned", "kept"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A member to be judged on a day: the level they have, their open holds, and what has counted in each window."""

    member: uuid.UUID
    today: date
    level: uuid.UUID | None
    holds: tuple[Hold, ...]
    sums: Mapping[Window, Decimal]


@dataclass(frozen=True, slots=True)
class Notice:
    """A hold will run out unless `missing` is made up before `drops_on`; told so many `days` before."""

    hold: uuid.UUID
    days: int
    missing: Decimal
    drops_on: date


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What becomes of a member: holds that end and open, the level they have, and when time may change it again."""

    ended: dict[uuid.UUID, Ended] = field(default_factory=dict)
    opened: list[Hold] = field(default_factory=list)
    level: uuid.UUID | None = None
    earned: uuid.UUID | None = None
    until: date | None = None
    look_on: date | None = None
    notice: Notice | None = None
    value: Decimal = Decimal(0)


def windows_that_matter(rules: Rules, holds: tuple[Hold, ...], today: date) -> Iterator[Window]:
    """The windows whose sums `judge` asks for."""
    yield window(rules.policy, today)
    for hold in holds:
        if hold.counted:
            yield hold.counted
        if hold.earned and hold.until:
            yield renewal_window(rules.policy, hold.until)
            if hold.until < today:
                yield window(rules.policy, drop_day(rules, hold))


def judge(rules: Rules, case: Case, *, lower: bool = False) -> Verdict:
    """One step: what ends by today, and what is due. `lower` also takes what the present rules would not give.

    After the end of one term the next may be over, too: then `look_on` is today, and the verdict's holds are to be
    judged once more.
    """
    today = case.today
    verdict = Verdict(value=case.sums[window(rules.policy, today)])
    held = _less_what_was_taken_back(case, verdict)
    held = _less_what_is_over(rules, held, today, verdict)
    top = _best(rules, held)
    if top and top.until and top.until < today:
        held = _end_of_term(rules, case, top, held, verdict)
        top = _best(rules, held)
    behind = bool(top and top.until and top.until + timedelta(days=rules.policy.grace_days) < today)
    due = rules.due(verdict.value)
    if lower:
        for hold in [hold for hold in held if hold.earned and rules.rank(hold.level) > (due.rank if due else 0)]:
            _end(verdict, hold, "rules_changed")
            held.remove(hold)
        top = _best(rules, held)
    if due and not behind and due.rank > rules.rank(top.level if top else None):
        top = _open(verdict, held, reached(rules, due, since=today, counted=window(rules.policy, today)))
    verdict.earned = top.level if top else None
    _settle(rules, held, verdict)
    verdict.notice = _notice(rules, case, top, held)
    verdict.look_on = today if behind else _next_look(rules, top, held, today)
    return verdict


def reached(rules: Rules, level: Level, *, since: date, counted: Window, renewed: bool = False) -> Hold:
    """The hold of a level that what counted in a window has earned."""
    return Hold(
        level=level.id, how="earned", since=since, until=term_end(rules.policy, since, renewed=renewed),
        needed=level.threshold, counted=counted)  # fmt: skip


def drop_day(rules: Rules, hold: Hold) -> date:
    """The first day on which a hold that is not renewed is held no more."""
    assert hold.until is not None  # noqa: S101  asked only of those that end
    return hold.until + timedelta(days=rules.policy.grace_days + 1)


def _less_what_was_taken_back(case: Case, verdict: Verdict) -> list[Hold]:
    held = []
    for hold in case.holds:
        if hold.counted and hold.needed is not None and case.sums[hold.counted] < hold.needed:
            _end(verdict, hold, "taken_back")
        else:
            held.append(hold)
    return held


def _less_what_is_over(rules: Rules, holds: list[Hold], today: date, verdict: Verdict) -> list[Hold]:
    """Without those whose days are over; the best earned one is judged by its own rule."""
    top = _best(rules, holds)
    held = []
    for hold in holds:
        if hold is not top and hold.until and hold.until < today:
            _end(verdict, hold, "over")
        else:
            held.append(hold)
    return held


def _end_of_term(rules: Rules, case: Case, top: Hold, held: list[Hold], verdict: Verdict) -> list[Hold]:
    """What follows a term that is over: another, nothing yet while the grace lasts, or less."""
    assert top.until is not None  # noqa: S101  it is over
    level = rules.by_id[top.level]
    counted = renewal_window(rules.policy, top.until)
    kept = case.sums[counted] >= level.threshold and level.active
    dropping = drop_day(rules, top)
    if not kept and rules.policy.downgrade != "none" and case.today < dropping:
        return held
    rest = [hold for hold in held if hold is not top]
    if kept or rules.policy.downgrade == "none":
        since = top.until + _DAY
        following = reached(rules, level, since=since, counted=counted, renewed=True) if kept else Hold(
            level=level.id, how="kept", since=since, until=None)  # fmt: skip
        _end(verdict, top, "renewed")
        _open(verdict, rest, following)
        return rest
    _end(verdict, top, "dropped")
    counted = window(rules.policy, dropping)
    due = rules.due(case.sums[counted])
    step = rules.below(level) if rules.policy.downgrade == "one_step" else None
    best = rules.rank(after.level) if (after := _best(rules, rest)) else 0
    if due and due.rank > best and due.rank >= (step.rank if step else 0):
        _open(verdict, rest, reached(rules, due, since=dropping, counted=counted))
    elif step and step.rank > best:
        _open(verdict, rest, Hold(
            level=step.id, how="kept", since=dropping, until=term_end(rules.policy, dropping)))  # fmt: skip
    return rest


def _settle(rules: Rules, held: list[Hold], verdict: Verdict) -> None:
    """The level that the holds come to: the best that is earned or set as a floor, under what is set as a ceiling."""
    floors = [hold for hold in held if hold.how != "at_most"]
    best = max(floors, key=lambda hold: (rules.rank(hold.level), hold.until or FAR), default=None)
    cap = next((hold for hold in held if hold.how == "at_most"), None)
    if cap and (best is None or rules.rank(cap.level) < rules.rank(best.level)):
        lowest = rules.lowest
        under = best is None or (lowest is not None and cap.level == lowest.id)
        verdict.level, verdict.until = (None if under else cap.level), cap.until
        return
    verdict.level, verdict.until = (best.level, best.until) if best else (None, None)


def _notice(rules: Rules, case: Case, top: Hold | None, held: list[Hold]) -> Notice | None:
    counted = renewal_window(rules.policy, top.until) if top and top.until else None
    if top is None or counted is None or counted not in case.sums:  # without end, or only just opened
        return None
    dropping = drop_day(rules, top)
    stages = [
        days for days in rules.policy.notices
        if top.since < dropping - timedelta(days=days) <= case.today < dropping
    ]  # fmt: skip
    floor = any(
        hold.how == "at_least" and rules.rank(hold.level) >= rules.rank(top.level) and (hold.until or FAR) >= dropping
        for hold in held
    )
    missing = rules.by_id[top.level].threshold - case.sums[counted]
    return Notice(top.id, stages[-1], missing, dropping) if stages and missing > 0 and not floor else None


def _next_look(rules: Rules, top: Hold | None, held: list[Hold], today: date) -> date | None:
    days = {hold.until + _DAY for hold in held if hold.until and not hold.earned}
    if top and top.until:
        dropping = drop_day(rules, top)
        days |= {top.until + _DAY, dropping}
        days |= {on for stage in rules.policy.notices if (on := dropping - timedelta(days=stage)) > top.since}
    return min((day for day in days if day > today), default=None)


def _best(rules: Rules, holds: list[Hold]) -> Hold | None:
    earned = [hold for hold in holds if hold.earned]
    return max(earned, key=lambda hold: (rules.rank(hold.level), hold.until or FAR), default=None)


def _open(verdict: Verdict, held: list[Hold], hold: Hold) -> Hold:
    verdict.opened.append(hold)
    held.append(hold)
    return hold


def _end(verdict: Verdict, hold: Hold, how: Ended) -> None:
    verdict.ended[hold.id] = how
