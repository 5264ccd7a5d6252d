"""How levels are reached, held and lost in this shop: one row, there from the first day."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from tenants.kit import clock
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.tenancy import DB, furnish
from tenants.tenancy.work import ask_for

if TYPE_CHECKING:
    import uuid

Basis = Literal["spend", "growth", "points"]
Period = Literal["lifetime", "rolling", "year"]
Term = Literal["months", "year_end", "next_year_end"]
Downgrade = Literal["none", "one_step", "to_due"]
RECOUNT = "levels.recount"
START = "00000000-0000-0000-0000-000000000000"

_CHOICES: dict[str, tuple[str, ...]] = {
    "basis": get_args(Basis), "period": get_args(Period), "term": get_args(Term), "downgrade": get_args(Downgrade),
}  # fmt: skip
_RANGES = {
    "period_days": (1, 3660), "term_months": (1, 120), "grace_days": (0, 366), "first_notice_days": (1, 366),
    "second_notice_days": (1, 366),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a seller can say: what counts over which days, how long a level is held, and what happens at its end.

    `period_days` is for `rolling`, `term_months` for `months`. Notices go out so many days before a level is lost.
    """

    active: bool = False
    basis: Basis = "spend"
    period: Period = "rolling"
    period_days: int = 365
    term: Term = "months"
    term_months: int = 12
    grace_days: int = 0
    downgrade: Downgrade = "to_due"
    first_notice_days: int | None = 30
    second_notice_days: int | None = 7

    @property
    def notices(self) -> tuple[int, ...]:
        """Days before the loss of a level on which the member is told, the earliest first."""
        return tuple(sorted({days for days in (self.first_notice_days, self.second_notice_days) if days}, reverse=True))


COLUMNS = ", ".join(field.name for field in fields(Policy))


@furnish
async def make_policy() -> None:
    """Give a new shop its policy: switched off, because a multiplier costs points and thresholds are the seller's."""
    await DB.fetch(
        "INSERT INTO __tenant__.level_policy (id, active, basis, period, period_days, term, term_months, grace_days,"
        " downgrade, first_notice_days, second_notice_days, recount_lower, updated_at)"
        " VALUES (1, false, 'spend', 'rolling', 365, 'months', 12, 0, 'to_due', 30, 7, false, $1)"
        " ON CONFLICT (id) DO NOTHING", clock.now())  # fmt: skip


async def policy() -> Policy:
    """The policy as it stands."""
    return Policy(**dict(await DB.fetchrow(f"SELECT {COLUMNS} FROM __tenant__.level_policy WHERE id = 1")))


async def change_policy(**changes: Any) -> Policy:
    """Change what is said of the policy, and have all members gone through. Raises Invalid naming the field.

    Levels that are held stay held until their terms end, which later members' terms follow the new rule.
    """
    for name, value in changes.items():
        _check(name, value)
    await lock_rules()
    wanted = replace(await policy(), **changes)
    await DB.fetch(
        "UPDATE __tenant__.level_policy SET active = $1, basis = $2, period = $3, period_days = $4, term = $5,"
        " term_months = $6, grace_days = $7, downgrade = $8, first_notice_days = $9, second_notice_days = $10,"
        " updated_at = $11 WHERE id = 1",
        wanted.active, wanted.basis, wanted.period, wanted.period_days, wanted.term, wanted.term_months,
        wanted.grace_days, wanted.downgrade, wanted.first_notice_days, wanted.second_notice_days,
        clock.now())  # fmt: skip
    await recount(lower=False)
    return wanted


async def lock_rules() -> None:
    """Make other changes of policy and levels wait."""
    await DB.fetch("SELECT 1 FROM __tenant__.level_policy WHERE id = 1 FOR NO KEY UPDATE")


async def recount(*, lower: bool) -> None:
    """Have all members gone through from the start: who has earned more rises, and with `lower` who has not drops."""
    await DB.fetch(
        "UPDATE __tenant__.level_policy SET recount_after = $1::text::uuid, recount_lower = $2 WHERE id = 1",
        START, lower)  # fmt: skip
    await ask_for(RECOUNT)


async def note_recount(after: uuid.UUID | None) -> None:
    """Write down how far the members have been gone through; None when all are."""
    await DB.fetch("UPDATE __tenant__.level_policy SET recount_after = $1 WHERE id = 1", after)


def _check(name: str, value: object) -> None:
    if name == "active" and isinstance(value, bool):
        return
    if name in _CHOICES:
        choices = _CHOICES[name]
        if value in choices:
            return
        raise Invalid(
            param=name, problem=Words(en=f"use one of {', '.join(choices)}", zh=f"请使用 {'、'.join(choices)} 之一")
        )
    if name not in _RANGES:
        raise Invalid(param=name, problem=Words(en="it cannot be changed", zh="不可修改"))
    low, high = _RANGES[name]
    if value is None and name.endswith("notice_days"):
        return
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Invalid(param=name, problem=Words(en=f"use {low} to {high}", zh=f"请使用 {low} 到 {high}"))
