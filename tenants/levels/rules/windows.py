"""Which days count, and how long a level is held: pure rules over days of the shop's calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tenants.levels.rules.policy import Basis, Policy

_DAY = timedelta(days=1)
_MONTHS = 12
FAR = date(9999, 12, 31)


class Window(NamedTuple):
    """What is added up: entries of a kind, from the first day (None: from the beginning) to the last."""

    kind: Basis
    first: date | None
    last: date


def window(policy: Policy, day: date) -> Window:
    """What counts on a day."""
    if policy.period == "lifetime":
        return Window(policy.basis, None, day)
    if policy.period == "year":
        return Window(policy.basis, date(day.year, 1, 1), day)
    return Window(policy.basis, day - timedelta(days=policy.period_days - 1), day)


def renewal_window(policy: Policy, until: date) -> Window:
    """What decides whether a level whose term ends with `until` is held for another: grace days count too.

    A rolling window is the one of the day after, so that a year's term is not renewed by the day that began it; it
    only grows while the grace lasts, so that nobody falls back while they make up for what is missing.
    """
    last = until + timedelta(days=policy.grace_days)
    if policy.period == "lifetime":
        return Window(policy.basis, None, last)
    if policy.period == "year":
        return Window(policy.basis, date(until.year, 1, 1), last)
    return Window(policy.basis, until + _DAY - timedelta(days=policy.period_days - 1), last)


def term_end(policy: Policy, since: date, *, renewed: bool = False) -> date | None:
    """The last day, grace apart, of a level that is held from `since` on; None where levels are never lost."""
    if policy.downgrade == "none":
        return None
    if policy.term == "year_end":
        return date(since.year, 12, 31)
    if policy.term == "next_year_end":
        judged = since - _DAY if renewed else since
        return date(judged.year + 1, 12, 31)
    return add_months(since, policy.term_months) - _DAY


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    total = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(total, _MONTHS)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
