"""Members are asked to answer: by the shop's own systems, or after an event of theirs; due ones are rows.

Whoever sends messages hears of an invitation when its time has come (`Invited`), once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from tenants import members, segments
from tenants.kit import clock, facts, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.surveys.rules.refusals import SurveyUnknown
from tenants.surveys.rules.turning_away import InvitationDiffers, InvitationUnknown, SurveyClosed
from tenants.tenancy import DB, work

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime

State: TypeAlias = Literal["waiting", "open", "expired", "revoked"]
Event: TypeAlias = Literal["order_delivered", "order_completed", "joined", "level_changed"]
AHEAD_MAX = timedelta(days=400)
VALID_MAX = timedelta(days=400)
_COLUMNS = "id, survey, member, once, source, opens_at, expires_at, revoked_at, told_at, created_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One member is asked to answer one survey, from `opens_at` until `expires_at`, unless it is revoked."""

    id: uuid.UUID
    survey: uuid.UUID
    member: uuid.UUID
    once: str
    source: str
    opens_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    created_at: datetime
    repeated: bool = False

    def state(self, moment: datetime) -> State:
        """Where it stands at that moment."""
        if self.revoked_at is not None:
            return "revoked"
        if moment < self.opens_at:
            return "waiting"
        return "open" if moment < self.expires_at else "expired"


@dataclass(frozen=True, slots=True)
class Invited:
    """Fact: the time of these invitations has come, all of one batch; told once of each."""

    invitations: tuple[Invitation, ...]


async def invite(
    survey: uuid.UUID,
    member: uuid.UUID,
    *,
    once: str,
    opens_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> Invitation:
    """Ask a member to answer, once for this occasion, from now or `opens_at` on, for as many days as the survey says.

    The same occasion again changes nothing (`repeated`). Raises SurveyUnknown, SurveyClosed once it has ended,
    MemberUnknown, MemberBlocked, InvitationDiffers, Invalid for a window that is none.
    """
    row = await DB.fetchrow("SELECT state, invitation_days FROM __tenant__.survey WHERE id = $1 FOR SHARE", survey)
    if row is None or row["state"] == "draft":
        raise SurveyUnknown
    known = await _called(survey, once)
    if known is not None:
        return _same(known, member, opens_at, expires_at)
    if row["state"] == "ended":
        raise SurveyClosed
    await members.require_active(member)
    moment = clock.now()
    begins = opens_at or moment
    ends = expires_at or begins + timedelta(days=row["invitation_days"])
    if not (begins < ends <= begins + VALID_MAX and moment < ends and begins <= moment + AHEAD_MAX):
        raise Invalid(
            param="expires_at",
            problem=Words(
                en="the window must begin within 400 days, end after it begins, and last 400 days at most",
                zh="邀请须在 400 天内开始，结束时间晚于开始时间，且有效期不超过 400 天",
            ),
        )
    made = await _insert([_Row(survey, member, once, begins, ends)], source="api", moment=moment)
    if made:
        return made[0]
    found = await _called(survey, once)  # another request with the same reference was faster
    if found is None:
        raise InvitationUnknown
    return _same(found, member, opens_at, expires_at)


async def invite_after(event: Event, occasions: Sequence[tuple[uuid.UUID, str]]) -> None:
    """Ask members to answer every live survey that follows an event; each occasion is (member, its name), once.

    A survey for a segment asks those of them who are in it now.
    """
    rows = await DB.fetch(
        "SELECT id, segment, after_days, invitation_days FROM __tenant__.survey"
        " WHERE state = 'live' AND after_event = $1 AND (ends_at IS NULL OR ends_at > $2) ORDER BY id",
        event, clock.now()) if occasions else []  # fmt: skip
    moment = clock.now()
    wanted = []
    for row in rows:
        everybody = {member for member, _ in occasions}
        asked = await segments.holding(row["segment"], everybody) if row["segment"] else everybody
        opens_at = moment + timedelta(days=row["after_days"])
        expires_at = opens_at + timedelta(days=row["invitation_days"])
        wanted += [
            _Row(row["id"], member, f"{event}/{name}", opens_at, expires_at)
            for member, name in occasions if member in asked
        ]  # fmt: skip
    if wanted:
        await _insert(wanted, source=event, moment=moment)


async def withdraw_after(events: Sequence[Event], names: Sequence[str]) -> None:
    """What invitations were to follow no longer holds (an order was cancelled): those not yet open are revoked."""
    onces = [f"{event}/{name}" for event in events for name in names]
    moment = clock.now()
    await DB.fetch(
        "UPDATE __tenant__.survey_invitation SET revoked_at = $2"
        " WHERE once = ANY($1::text[]) AND revoked_at IS NULL AND opens_at > $2", onces, moment)  # fmt: skip


async def revoke(invitation: uuid.UUID) -> Invitation:
    """An invitation counts no more, nor does its link; what was answered stays. Twice is once.

    Raises InvitationUnknown.
    """
    row = await DB.fetchrow(
        "UPDATE __tenant__.survey_invitation SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL"
        f" RETURNING {_COLUMNS}", invitation, clock.now())  # fmt: skip
    return _invitation(row) if row else replace(await find(invitation), repeated=True)


async def find(invitation: uuid.UUID) -> Invitation:
    """One invitation. Raises InvitationUnknown."""
    row = await DB.fetchrow(f"SELECT {_COLUMNS} FROM __tenant__.survey_invitation WHERE id = $1", invitation)
    if row is None:
        raise InvitationUnknown
    return _invitation(row)


async def invitations(
    *,
    survey: uuid.UUID | None = None,
    member: uuid.UUID | None = None,
    before: uuid.UUID | None = None,
    limit: int = 20,
) -> list[Invitation]:
    """Invitations, the newest first, up to `limit`; `before` is the last id of the page before."""
    rows = await DB.fetch(
        f"SELECT {_COLUMNS} FROM __tenant__.survey_invitation WHERE ($1::uuid IS NULL OR survey = $1)"
        " AND ($2::uuid IS NULL OR member = $2) AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4",
        survey, member, before, limit)  # fmt: skip
    return [_invitation(row) for row in rows]


async def tell_due(most: int) -> tuple[int, datetime | None]:
    """Tell of up to so many invitations whose time has come; how many were, and when the next one is due.

    Those of a survey that is paused wait until it goes on.
    """
    moment = clock.now()
    rows = await DB.fetch(
        "UPDATE __tenant__.survey_invitation SET told_at = $1 WHERE id IN ("
        " SELECT i.id FROM __tenant__.survey_invitation i JOIN __tenant__.survey s ON s.id = i.survey"
        " JOIN __tenant__.member m ON m.id = i.member"
        " WHERE i.told_at IS NULL AND i.revoked_at IS NULL AND i.opens_at <= $1 AND i.expires_at > $1"
        " AND s.state = 'live' AND m.state = 'active' ORDER BY i.opens_at LIMIT $2 FOR UPDATE OF i SKIP LOCKED)"
        f" RETURNING {_COLUMNS}", moment, most)  # fmt: skip
    if rows:
        await facts.announce(Invited(tuple(_invitation(row) for row in sorted(rows, key=lambda row: row["id"]))))
    following: datetime | None = await DB.fetchval(
        "SELECT min(i.opens_at) FROM __tenant__.survey_invitation i JOIN __tenant__.survey s ON s.id = i.survey"
        " WHERE i.told_at IS NULL AND i.revoked_at IS NULL AND i.opens_at > $1 AND s.state = 'live'",
        moment)  # fmt: skip
    return len(rows), following


@dataclass(frozen=True, slots=True)
class _Row:
    """An invitation to be written."""

    survey: uuid.UUID
    member: uuid.UUID
    once: str
    opens_at: datetime
    expires_at: datetime


async def _insert(wanted: Sequence[_Row], *, source: str, moment: datetime) -> list[Invitation]:
    """Write those whose occasion is new, and tell of them when their time comes, which may be now."""
    rows = await DB.fetch(
        "INSERT INTO __tenant__.survey_invitation"
        " (id, survey, member, once, source, opens_at, expires_at, told_at, created_at)"
        " SELECT a.id, a.survey, a.member, a.once, $7, a.opens_at, a.expires_at,"
        " CASE WHEN a.opens_at <= $8::timestamptz THEN $8::timestamptz END, $8::timestamptz"
        " FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[])"
        " AS a(id, survey, member, once, opens_at, expires_at)"
        f" ON CONFLICT (survey, once) DO NOTHING RETURNING {_COLUMNS}",
        [ids.new() for _ in wanted], [one.survey for one in wanted], [one.member for one in wanted],
        [one.once for one in wanted], [one.opens_at for one in wanted], [one.expires_at for one in wanted], source,
        moment)  # fmt: skip
    made = [_invitation(row) for row in rows]
    now = tuple(one for one in made if one.opens_at <= moment)
    if now:
        await facts.announce(Invited(now))
    if len(now) < len(made):
        await work.ask_for("surveys.invite")
    return made


async def _called(survey: uuid.UUID, once: str) -> Invitation | None:
    row = await DB.fetchrow(
        f"SELECT {_COLUMNS} FROM __tenant__.survey_invitation WHERE survey = $1 AND once = $2",
        survey, once)  # fmt: skip
    return _invitation(row) if row else None


def _same(known: Invitation, member: uuid.UUID, opens_at: datetime | None, expires_at: datetime | None) -> Invitation:
    same = known.member == member and opens_at in (None, known.opens_at) and expires_at in (None, known.expires_at)
    if not same:
        raise InvitationDiffers
    return replace(known, repeated=True)


def _invitation(row: Any) -> Invitation:
    return Invitation(
        id=row["id"], survey=row["survey"], member=row["member"], once=row["once"], source=row["source"],
        opens_at=row["opens_at"], expires_at=row["expires_at"], revoked_at=row["revoked_at"],
        created_at=row["created_at"])  # fmt: skip
