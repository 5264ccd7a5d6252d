"""What others hear of answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uuid
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TookPart:
    """Somebody completed a phase; `member` is None of a stranger, `response` of an anonymous survey."""

    survey: uuid.UUID
    member: uuid.UUID | None
    participation: uuid.UUID
    response: uuid.UUID | None
    phase: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Completed:
    """Fact: answers are complete, all of one batch."""

    responses: tuple[TookPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Low:
    """A member gave a score that the survey calls low."""

    survey: uuid.UUID
    member: uuid.UUID
    response: uuid.UUID
    question: str
    score: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LowScore:
    """Fact: members gave low scores, all of one batch. Never told of an anonymous survey."""

    scores: tuple[Low, ...]
