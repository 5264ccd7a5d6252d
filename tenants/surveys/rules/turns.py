"""Whose turn it is: which occurrence and phase of a survey a member would answer now, if any.

What is decided here may be old by the time it is written. That does no harm: the more somebody has finished, the later
the turn, so an old view only ever names a turn that has been taken, and of two who take one the database keeps one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

EVER = "ever"
MOVED = "~"
"""What stands behind an occurrence that a merge found taken, before a few letters that make it another."""


@dataclass(frozen=True, slots=True)
class Took:
    """One participation of somebody: begun, or finished on a day."""

    occurrence: str
    phase: int
    finished: bool
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What they would answer now. `done` may have an `opens_on` when they may again; `later` always has one."""

    occurrence: str
    phase: int
    state: Literal["open", "done", "later"] = "open"
    opens_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often a survey is answered: `phases` in order, `gap_days` between them, again after `repeat_days`.

    `by_invitation`: each invitation is an occurrence of its own.
    """

    phases: Sequence[int] = (1,)
    gap_days: int = 0
    repeat_days: int | None = None
    by_invitation: bool = False


def turn(took: Sequence[Took], rhythm: Rhythm, *, today: date, invitation: uuid.UUID | None = None) -> Turn:
    """The turn of somebody who took these."""
    if rhythm.by_invitation and invitation is not None:
        mine = [one for one in took if one.occurrence.partition(MOVED)[0] == invitation.hex]
        return _within(invitation.hex, mine, rhythm, today)
    # Whatever they took counts, though the survey had another rhythm then: a change of it gives nobody a second turn.
    if rhythm.repeat_days is None:
        return _within(EVER, took, rhythm, today)
    number = max((_number(one.occurrence) for one in took), default=1)
    found = _within(str(number), [one for one in took if _number(one.occurrence) == number], rhythm, today)
    if found.state != "done":
        return found
    opens_on = max(one.day for one in took if one.finished and one.day) + timedelta(days=rhythm.repeat_days)
    if today < opens_on:
        return Turn(found.occurrence, found.phase, "done", opens_on)
    return Turn(str(number + 1), _first(rhythm))


def _within(occurrence: str, took: Sequence[Took], rhythm: Rhythm, today: date) -> Turn:
    finished = [one for one in took if one.finished]
    done = {one.phase for one in finished}
    phase = next((each for each in rhythm.phases if each not in done), None)
    if phase is None:
        return Turn(occurrence, max(done, default=_first(rhythm)), "done")
    last = max((one.day for one in finished if one.day), default=None)
    opens_on = last + timedelta(days=rhythm.gap_days) if last else today
    return Turn(occurrence, phase, "later", opens_on) if today < opens_on else Turn(occurrence, phase)


def _first(rhythm: Rhythm) -> int:
    return next(iter(rhythm.phases), 1)


def _number(occurrence: str) -> int:
    digits = occurrence.partition(MOVED)[0]
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 1  # noqa: PLR2004  an invitation's id is longer
