"""What points tell the subjects after them, one fact for each batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenants.kit import facts

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime

    from tenants.points.rules.entries import Entry
    from tenants.points.rules.reasons import Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Points of one member that have just moved: above zero in, below zero out."""

    entry: uuid.UUID
    member: uuid.UUID
    points: int
    why: Why
    once: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Fact: points moved, each of these for the first time."""

    movements: tuple[Movement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """So many points of a member lapse at a moment, unless they are spent before."""

    id: uuid.UUID
    member: uuid.UUID
    points: int
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WillLapse:
    """Fact: these members' points come to an end soon; told once for each member and date."""

    notices: tuple[Notice, ...]


async def tell(entries: Iterable[Entry]) -> None:
    """Announce that these entries have just been written; nothing where there are none."""
    movements = tuple(
        Movement(entry=one.id, member=one.member, points=one.points, why=one.why, once=one.once, at=one.at)
        for one in entries
    )
    if movements:
        await facts.announce(Moved(movements=movements))
