"""Whether a member may be written to, per channel: as it stands, and every time it was said, with the evidence.

Who asks for consent must be able to show that it was given, when and how (GDPR art. 7 (1); PIPL art. 14 and 15 for
giving and withdrawing). So the events are never changed, and each carries the next number of its channel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from tenants.kit import clock, facts, ids
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Words
from tenants.members.rules import values
from tenants.members.rules.profiles import lock, touch
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Sequence

Channel = Literal["email", "sms", "in_app", "phone"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
EVIDENCE_MAX = 2000


class ChannelUnknown(NotFound):
    """There is no such way to reach a member."""

    code = "consent.channel_unknown"
    sentence = Words(
        en="There is no such channel. Use email, sms, in_app or phone.",
        zh="没有此渠道，请使用 email、sms、in_app 或 phone。",
    )


@dataclass(frozen=True, slots=True)
class Consent:
    """What a member last said about a channel. `repeated` says that it was so already and nothing was written."""

    member: uuid.UUID
    channel: Channel
    granted: bool
    updated_at: datetime
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One time that a member said yes or no, and how that is known."""

    id: uuid.UUID
    channel: Channel
    granted: bool
    number: int
    source: str
    evidence: str
    recorded_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsentChanged:
    """Fact: a member said yes or no to a channel, otherwise than before."""

    member: uuid.UUID
    channel: Channel
    granted: bool
    at: datetime


async def set_consent(member_id: uuid.UUID, channel: str, *, granted: bool, source: str, evidence: str) -> Consent:
    """Put down that a member said yes or no to a channel; what was so already is not written again (`repeated`).

    `source` is where it was said (`checkout`, `member_centre`, `import` …), `evidence` what shows it. Raises
    MemberUnknown, ChannelUnknown, Invalid.
    """
    known = channel_called(channel)
    source = values.text(source, param="source", most=50, least=1)
    evidence = proof(evidence)
    await lock(member_id)
    changed = await write_consents([(member_id, known, granted, evidence)], source=source)
    if not changed:
        return Consent(**await _current(member_id, known), repeated=True)
    moment = clock.now()
    await touch(member_id)
    await facts.announce(ConsentChanged(member_id, known, granted, moment))
    return Consent(**await _current(member_id, known))


async def write_consents(wanted: Sequence[tuple[uuid.UUID, Channel, bool, str]], *, source: str) -> list[uuid.UUID]:
    """Write what differs, each as (member, channel, granted, evidence), with its event; answer with whose it was.

    For members that the transaction has made or locked. A first no is written too: it differs from never asked.
    """
    ordered = sorted(wanted)
    # Two statements, for one would have to join what it has just written with what was asked, of which the planner
    # knows nothing.
    changed = await DB.fetch(
        "INSERT INTO __tenant__.consent AS current (id, member, channel, granted, number, updated_at)"
        " SELECT id, member, channel, granted, 1, $5"
        " FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::boolean[]) AS s (id, member, channel, granted)"
        " ON CONFLICT (member, channel) DO UPDATE"
        " SET granted = EXCLUDED.granted, number = current.number + 1, updated_at = EXCLUDED.updated_at"
        " WHERE current.granted <> EXCLUDED.granted RETURNING member, channel, granted, number",
        [ids.new() for _ in ordered], [member for member, _, _, _ in ordered],
        [channel for _, channel, _, _ in ordered], [granted for _, _, granted, _ in ordered], clock.now())  # fmt: skip
    evidence = {(member, channel): told for member, channel, _, told in ordered}
    await DB.fetch(
        "INSERT INTO __tenant__.consent_event"
        " (id, member, channel, granted, number, source, evidence, recorded_by, at)"
        " SELECT id, member, channel, granted, number, $7, evidence, $8, $9"
        " FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::boolean[], $5::int[], $6::text[])"
        " AS s (id, member, channel, granted, number, evidence)",
        [ids.new() for _ in changed], [row["member"] for row in changed], [row["channel"] for row in changed],
        [row["granted"] for row in changed], [row["number"] for row in changed],
        [evidence[row["member"], row["channel"]] for row in changed], source, current_caller().label[:100],
        clock.now())  # fmt: skip
    return [row["member"] for row in changed]


async def consents_of(members: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[Channel, Consent]]:
    """What each of these members last said, by channel; a channel on which nothing was said is absent."""
    asked = list(members)
    rows = await DB.fetch(
        "SELECT member, channel, granted, updated_at FROM __tenant__.consent WHERE member = ANY($1::uuid[])"
        " ORDER BY member, channel", asked)  # fmt: skip
    said: dict[uuid.UUID, dict[Channel, Consent]] = {member: {} for member in asked}
    for row in rows:
        said[row["member"]][row["channel"]] = Consent(**row)
    return said


async def consent_events(
    member_id: uuid.UUID, *, before: uuid.UUID | None = None, limit: int = 20
) -> list[ConsentEvent]:
    """Up to `limit` times that the member said yes or no, newest first, older than the one called `before`."""
    rows = await DB.fetch(
        "SELECT id, channel, granted, number, source, evidence, recorded_by, at FROM __tenant__.consent_event"
        " WHERE member = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3",
        member_id, before, limit)  # fmt: skip
    return [ConsentEvent(**row) for row in rows]


def channel_called(channel: str) -> Channel:
    """The channel of that name. Raises ChannelUnknown."""
    for known in CHANNELS:
        if channel == known:
            return known
    raise ChannelUnknown


def proof(evidence: str) -> str:
    """What shows a consent, as text of several lines if need be. Raises Invalid."""
    lines = [values.text(line, param="evidence", most=EVIDENCE_MAX) for line in evidence.strip().splitlines()]
    kept = "\n".join(lines)
    if not 1 <= len(kept) <= EVIDENCE_MAX:
        raise Invalid(
            param="evidence",
            problem=Words(
                en=f"say in 1 to {EVIDENCE_MAX} characters what shows it", zh=f"请用 1 到 {EVIDENCE_MAX} 个字符说明凭据"
            ),
        )
    return kept


async def _current(member_id: uuid.UUID, channel: Channel) -> dict[str, Any]:
    row = await DB.fetchrow(
        "SELECT member, channel, granted, updated_at FROM __tenant__.consent WHERE member = $1 AND channel = $2",
        member_id, channel)  # fmt: skip
    return dict(row)
