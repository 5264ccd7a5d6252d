"""Whether a member wants to be reminded of checking in. Consent to be written to is outreach's and stays there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import asyncpg

from tenants import members
from tenants.kit import clock, facts
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid

_HOURS = range(24)
_USUAL_HOUR = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A member's wish; the hour is one of the member's own clock."""

    wanted: bool = False
    hour: int = _USUAL_HOUR


@dataclass(frozen=True, slots=True)
class ReminderChanged:
    """Fact: a member wants to be reminded, or no more, or at another hour."""

    member: uuid.UUID
    reminder: Reminder


async def reminder_of(member: uuid.UUID) -> Reminder:
    """A member's wish; without one, not to be reminded."""
    row = await DB.fetchrow("SELECT wanted, hour FROM __tenant__.check_in_reminder WHERE member = $1", member)
    return Reminder(wanted=row["wanted"], hour=row["hour"]) if row else Reminder()


async def set_reminder(member: uuid.UUID, reminder: Reminder) -> None:
    """Keep a member's wish. Raises Invalid, MemberUnknown."""
    if reminder.hour not in _HOURS:
        raise Invalid(param="hour", problem=Words(en="use an hour from 0 to 23", zh="请填写 0 到 23 点"))
    try:
        changed = await DB.fetch(
            "INSERT INTO __tenant__.check_in_reminder AS r (member, wanted, hour, updated_at) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (member) DO UPDATE SET wanted = excluded.wanted, hour = excluded.hour,"
            " updated_at = excluded.updated_at WHERE (r.wanted, r.hour) <> (excluded.wanted, excluded.hour)"
            " RETURNING member", member, reminder.wanted, reminder.hour, clock.now())  # fmt: skip
    except asyncpg.ForeignKeyViolationError:
        raise members.MemberUnknown from None
    if changed:
        await facts.announce(ReminderChanged(member, reminder))
