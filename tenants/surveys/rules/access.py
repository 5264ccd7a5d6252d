"""Who comes to answer, by which way, and whether they may: everything that is known of them, read for many at once."""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from tenants import members, segments
from tenants.kit import clock, ids
from tenants.kit.errors import NotFound
from tenants.surveys.rules import links, turns
from tenants.surveys.rules.definition import Definition, read
from tenants.surveys.rules.refusals import SurveyUnknown
from tenants.surveys.rules.turning_away import (
    InvitationOfAnother,
    InvitationOver,
    InvitationUnknown,
    NotForYou,
    SurveyClosed,
)
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime

    from tenants.kit.errors import DomainError

Via: TypeAlias = Literal["api", "centre", "link", "open", "embed"]
OPEN: frozenset[str] = frozenset({"open", "embed"})
_CACHED_MAX = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who answers: a member, whoever was invited, or a stranger with the open link (`visitor`: a cookie's digest).

    `via` is the way on which they came; `open` and `embed` say that they have the survey's open link.
    """

    member: uuid.UUID | None = None
    invitation: uuid.UUID | None = None
    visitor: str = ""
    via: Via = "api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Began(turns.Took):
    """A participation with what hangs on it; `response` is none of an anonymous survey."""

    id: uuid.UUID
    response: uuid.UUID | None = None
    version: int = 0
    started_at: datetime | None = None
    language: str = ""
    reached: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One who stands before one survey. `survey` is its row (with `frozen`, `limited`), or None."""

    who: Who
    survey: Any = None
    definition: Definition = field(default_factory=Definition)
    member_state: str | None = None
    level: uuid.UUID | None = None
    invitation: Any = None
    began: tuple[Began, ...] = ()
    in_segment: bool = False

    @property
    def rhythm(self) -> turns.Rhythm:
        """How often this survey is answered."""
        row = self.survey
        return turns.Rhythm(
            phases=self.definition.phases or (1,), gap_days=row["phase_gap_days"], repeat_days=row["repeat_days"],
            by_invitation=row["access"] == "invited" and row["repeat_days"] is None)  # fmt: skip

    def turn(self, moment: datetime) -> turns.Turn:
        """What they would answer at that moment; the day is the shop's."""
        today = clock.today(current_tenant().timezone, moment)
        return turns.turn(self.began, self.rhythm, today=today, invitation=self.who.invitation)

    def at(self, occurrence: str, phase: int) -> Began | None:
        """What they have of that turn."""
        return next((one for one in self.began if (one.occurrence, one.phase) == (occurrence, phase)), None)

    def refusal(self, moment: datetime) -> DomainError | None:
        """Why they may not answer at that moment, whosever turn it is; None where they may."""
        if self.survey is None or self.survey["state"] == "draft" or self.definition.questions == []:
            return SurveyUnknown()
        return self._of_person(moment) or self._of_survey(moment)

    def _of_person(self, moment: datetime) -> DomainError | None:
        who, row = self.who, self.survey
        if who.member is None:
            stranger = bool(who.visitor) and who.via in OPEN and row["open_link"]
            return None if stranger else NotForYou()
        if self.member_state is None:
            return members.MemberUnknown()
        if self.member_state != "active":
            return members.MemberBlocked()
        if who.invitation is not None:
            return self._of_invitation(moment)
        admitted = row["access"] == "members" and (row["segment"] is None or self.in_segment)
        by_link = who.via in OPEN and row["open_link"]
        # Who has begun may end, even where they have left the segment meanwhile.
        return None if admitted or by_link or any(not one.finished for one in self.began) else NotForYou()

    def _of_invitation(self, moment: datetime) -> DomainError | None:
        found = self.invitation
        if found is None:
            return InvitationUnknown()
        if found["member"] != self.who.member:
            return InvitationOfAnother()
        standing = found["revoked_at"] is None and found["opens_at"] <= moment < found["expires_at"]
        return None if standing else InvitationOver()

    def _of_survey(self, moment: datetime) -> DomainError | None:
        row = self.survey
        begun = row["starts_at"] is None or row["starts_at"] <= moment
        over = row["ends_at"] is not None and row["ends_at"] <= moment
        return None if row["state"] == "live" and begun and not over else SurveyClosed()


async def arrive(
    rest: str, *, member: uuid.UUID | None, visitor: str = "", embedded: bool = False
) -> tuple[uuid.UUID, Who]:
    """Which survey an address in the member centre means, and as whom one comes there.

    `rest` is what follows `links.ADDRESS`: a survey's id (for a member who is signed in), a personal link, or an open
    one. Raises SurveyUnknown, InvitationUnknown, InvitationOfAnother.
    """
    if rest.startswith("sur_"):
        try:
            return ids.read("sur", rest), Who(member=member, via="embed" if embedded else "centre")
        except NotFound:
            raise SurveyUnknown from None
    if rest.startswith(links.PERSONAL):
        invitation = links.read(rest)
        row = await DB.fetchrow(
            "SELECT survey, member FROM __tenant__.survey_invitation WHERE id = $1", invitation)  # fmt: skip
        if row is None:
            raise InvitationUnknown
        if member not in (None, row["member"]):
            raise InvitationOfAnother
        return row["survey"], Who(member=row["member"], invitation=invitation, via="link")
    survey = await DB.fetchval(
        "SELECT id FROM __tenant__.survey WHERE link_key = $1 AND open_link", rest)  # fmt: skip
    if survey is None:
        raise SurveyUnknown
    return survey, Who(member=member, visitor="" if member else visitor, via="embed" if embedded else "open")


_SURVEYS = """
SELECT s.*, v.definition, v.frozen,
       EXISTS (SELECT 1 FROM __tenant__.survey_quota q WHERE q.survey = s.id) AS limited
  FROM __tenant__.survey s LEFT JOIN __tenant__.survey_version v ON v.survey = s.id AND v.number = s.version
 WHERE s.id = ANY($1::uuid[])"""

_PERSONS = f"""
SELECT a.place, m.id AS member, m.state AS member_state,
       CASE WHEN m.id IS NOT NULL THEN {segments.LEVEL} END AS level,
       i.id AS invitation, i.member AS invited, i.opens_at, i.expires_at, i.revoked_at,
       p.id AS participation, p.occurrence, p.phase, p.finished, p.day, r.id AS response,
       r.version, r.started_at, r.language, r.reached
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) WITH ORDINALITY
       AS a(survey, member, invitation, visitor, place)
  LEFT JOIN __tenant__.survey_invitation i ON i.id = a.invitation AND i.survey = a.survey
  LEFT JOIN __tenant__.member m ON m.id = coalesce(a.member, i.member)
  LEFT JOIN __tenant__.survey_participation p ON p.survey = a.survey
       AND (p.member = m.id OR (a.visitor <> '' AND p.visitor = a.visitor))
  LEFT JOIN __tenant__.survey_response r ON r.participation = p.id
 ORDER BY a.place"""


async def doors(asked: Sequence[tuple[uuid.UUID, Who]]) -> list[Door]:
    """What is known of each of these, who may be many, before the survey that they want to answer; in order."""
    if not asked:
        return []
    surveys = {row["id"]: row for row in await DB.fetch(_SURVEYS, list({survey for survey, _ in asked}))}
    rows = await DB.fetch(
        _PERSONS, [survey for survey, _ in asked], [who.member for _, who in asked],
        [who.invitation for _, who in asked], [who.visitor for _, who in asked])  # fmt: skip
    of_place: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        of_place[row["place"] - 1].append(row)
    return await _with_segments(
        [_door(who, surveys.get(survey), of_place[place]) for place, (survey, who) in enumerate(asked)]
    )


def _door(who: Who, survey: Any, rows: Sequence[Any]) -> Door:
    """What is known of one, out of their rows: one for each participation, or one where there is none."""
    row = rows[0]
    if row["member"] not in (None, who.member):
        who = replace(who, member=row["member"])
    text = survey["definition"] if survey else None
    return Door(
        who=who, survey=survey, definition=definition_of(text) if text else Definition(),
        member_state=row["member_state"], level=row["level"],
        invitation={**row, "member": row["invited"]} if row["invitation"] else None,
        began=tuple(_began(row) for row in rows if row["participation"]))  # fmt: skip


@functools.lru_cache(maxsize=_CACHED_MAX)
def definition_of(text: str) -> Definition:
    """What was kept, read once; nobody changes what comes out of here."""
    return read(text)


async def _with_segments(found: list[Door]) -> list[Door]:
    wanted: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for door in found:
        if door.survey is not None and door.survey["segment"] and door.who.member:
            wanted[door.survey["segment"]].add(door.who.member)
    if not wanted:
        return found
    holding = {segment: await segments.holding(segment, asked) for segment, asked in wanted.items()}
    return [
        replace(door, in_segment=door.who.member in holding[door.survey["segment"]])
        if door.survey is not None and door.survey["segment"] and door.who.member else door
        for door in found
    ]  # fmt: skip


def _began(row: Any) -> Began:
    return Began(
        id=row["participation"], occurrence=row["occurrence"], phase=row["phase"], finished=row["finished"],
        day=row["day"], response=row["response"], version=row["version"] or 0, started_at=row["started_at"],
        language=row["language"] or "", reached=row["reached"] or "")  # fmt: skip
