"""What a member is asked to answer now: the surveys open for them, with what they get and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenants.kit import clock
from tenants.surveys.rules import flow, quotas
from tenants.surveys.rules.access import Who, doors
from tenants.surveys.rules.looking import name_of, reward_words
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from tenants.kit.words import Words
    from tenants.surveys.rules.definition import Definition

# How long a question takes on a telephone, about: chosen so that a promise of minutes is kept by most.
_SECONDS = {"long": 40, "short": 20, "ranking": 25, "date": 12, "number": 12, "multiple": 12, "picture": 12}
_SECONDS_ELSE = 8
_SECONDS_A_ROW = 6
OFFERS_MAX = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A survey that waits for a member. `invitation` is the one it is answered on, where there is one."""

    survey: uuid.UUID
    invitation: uuid.UUID | None
    name: Words
    definition: Definition
    reward: Words | None
    points: int
    minutes: int
    phase: int
    phases: int
    begun: bool
    anonymous: bool
    ends_at: datetime | None


_OPEN = """
SELECT s.id AS survey, NULL::uuid AS invitation, s.ends_at, s.id AS place FROM __tenant__.survey s
 WHERE s.state = 'live' AND s.access = 'members' AND (s.starts_at IS NULL OR s.starts_at <= $2)
   AND (s.ends_at IS NULL OR $2 < s.ends_at)
UNION ALL
SELECT s.id, i.id, least(s.ends_at, i.expires_at), i.id FROM __tenant__.survey_invitation i
  JOIN __tenant__.survey s ON s.id = i.survey
 WHERE i.member = $1 AND i.revoked_at IS NULL AND i.opens_at <= $2 AND $2 < i.expires_at AND s.state = 'live'
   AND (s.starts_at IS NULL OR s.starts_at <= $2) AND (s.ends_at IS NULL OR $2 < s.ends_at)
 ORDER BY 4 DESC LIMIT 500"""


async def offers(member: uuid.UUID) -> list[Offer]:
    """The surveys that a member can answer now, the newest first, up to OFFERS_MAX; each once.

    A survey by invitation stands there once for each invitation that is its own occasion.
    """
    moment = clock.now()
    rows = await DB.fetch(_OPEN, member, moment)
    found = await doors([(row["survey"], Who(member=member, invitation=row["invitation"])) for row in rows])
    limits = await quotas.of([door.survey["id"] for door in found if door.survey["limited"]])
    seen: set[tuple[uuid.UUID, str]] = set()
    open_: list[Offer] = []
    rewards = await reward_words([door.survey for door in found])
    for row, door in zip(rows, found, strict=True):
        if door.refusal(moment) is not None:
            continue
        turn = door.turn(moment)
        key = (row["survey"], turn.occurrence)
        full = any(one["taken"] >= one["most"] for one in quotas.meant(limits.get(row["survey"], []), {}))
        if turn.state != "open" or key in seen or full:
            continue
        seen.add(key)
        phases = list(door.rhythm.phases)
        open_.append(
            Offer(
                survey=row["survey"], invitation=row["invitation"], name=name_of(door.survey),
                definition=door.definition, reward=rewards[row["survey"]], points=door.survey["reward_points"],
                minutes=minutes(door.definition, turn.phase), phase=phases.index(turn.phase) + 1, phases=len(phases),
                begun=door.at(turn.occurrence, turn.phase) is not None, anonymous=door.survey["anonymous"],
                ends_at=row["ends_at"])
        )  # fmt: skip
    return open_[:OFFERS_MAX]


def minutes(definition: Definition, phase: int) -> int:
    """How long a phase takes, about, in whole minutes, at least one: by the questions that are met without answers."""
    seconds = 0
    for question in flow.visible(definition, phase, {}):
        rows = len(question.rows) * _SECONDS_A_ROW
        seconds += rows or _SECONDS.get(question.kind, _SECONDS_ELSE)
    return max(1, -(-seconds // 60))
