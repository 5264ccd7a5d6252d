"""Forgets a person: the row stays, so that sums stay, and nothing in it says who it was.

The right to it is the member's (GDPR art. 17, PIPL art. 47). This file empties what members own, the audit trail and
the kept replies; every other subject blanks its own on `Erased`, in the same transaction. What remains is a
certificate: when, why, by whom, and of how many rows in which tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from tenants import staff
from tenants.kit import clock, facts, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.members.rules import values
from tenants.members.rules.following import AboutToChange, ids_of
from tenants.members.rules.holdings import held_counts, held_ids
from tenants.members.rules.profiles import MemberMerged, MemberUnknown
from tenants.members.rules.staging import forget_staged, lock_running
from tenants.tenancy import DB, replies
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

Reason = Literal["asked", "inactive", "mistake", "law"]
REASONS: tuple[str, ...] = get_args(Reason)


@dataclass(frozen=True, slots=True)
class Erased:
    """Fact: a person is to be forgotten. Each subject blanks what it holds of them; sums and rows stay.

    Told once for the member and once for each who was merged into them, before the member's own row is emptied.
    """

    member: uuid.UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Erasure:
    """The certificate: `rows` says of how many rows in which tables the person was taken out."""

    member: uuid.UUID
    reason: Reason
    erased_by: str
    at: datetime
    rows: dict[str, int] = field(default_factory=dict)
    repeated: bool = False


async def erase(member_id: uuid.UUID, *, reason: str) -> Erasure:
    """Forget the person: the member, and all who were merged into them. A second time changes nothing (`repeated`).

    Raises Invalid, MemberUnknown, and MemberMerged for one who lives on in another: erase that one.
    """
    values.one_of(reason, param="reason", choices=REASONS)
    await lock_running()
    await facts.announce(AboutToChange(tuple(await ids_of(member_id))))
    await _lock(member_id)
    rows = await _lock(member_id)  # again: a merge that was waited for has brought one more
    known = {row["id"]: row for row in rows}
    if member_id not in known:
        raise MemberUnknown
    if known[member_id]["state"] == "erased":
        return await erasure_of(member_id, repeated=True)
    if known[member_id]["merged_into"]:
        raise MemberMerged(into=ids.show("mem", known[member_id]["merged_into"]))
    everybody, moment = list(known), clock.now()
    counts = await held_counts(everybody)
    await _forget_traces(everybody, rows)
    await forget_staged([row["external_id"] for row in rows if row["external_id"]])
    for each in everybody:
        await facts.announce(Erased(each, moment))
    await _empty(everybody, moment)
    await _certify(member_id, reason, counts, moment)
    return await erasure_of(member_id)


async def erasure_of(member_id: uuid.UUID, *, repeated: bool = False) -> Erasure:
    """The certificate of an erasure. Raises MemberUnknown where there was none."""
    row = await DB.fetchrow(
        "SELECT id, member, reason, erased_by, at FROM __tenant__.member_erasure WHERE member ="
        " (SELECT coalesce(merged_into, id) FROM __tenant__.member WHERE id = $1)", member_id)  # fmt: skip
    if row is None:
        raise MemberUnknown
    counts = await DB.fetch(
        "SELECT held_in, rows FROM __tenant__.member_erasure_count WHERE erasure = $1 ORDER BY held_in", row["id"]
    )
    told: dict[str, Any] = {name: row[name] for name in ("member", "reason", "erased_by", "at")}
    return Erasure(**told, rows={each["held_in"]: each["rows"] for each in counts}, repeated=repeated)


def require_confirmed(member_id: uuid.UUID, confirm: str) -> None:
    """Raises Invalid unless the id of the member was written out once more."""
    if confirm.strip() != ids.show("mem", member_id):
        raise Invalid(
            param="confirm",
            problem=Words(
                en="write the id of the member once more; an erasure cannot be undone",
                zh="请再次填写会员 ID 以确认，抹除后无法恢复",
            ),
        )


async def _lock(member_id: uuid.UUID) -> list[Any]:
    # FOR UPDATE also waits for rows just written that refer to the member, and keeps new ones waiting.
    return await DB.fetch(
        "SELECT id, external_id, phone, email, state, merged_into FROM __tenant__.member"
        " WHERE id = $1 OR merged_into = $1 ORDER BY id FOR UPDATE", member_id)  # fmt: skip


async def _forget_traces(everybody: Sequence[uuid.UUID], rows: Sequence[Any]) -> None:
    """Blank what quotes the person without referring to them: the audit trail and the replies kept for repeats."""
    of_theirs = await held_ids(everybody)
    words = {row[name] for row in rows for name in ("external_id", "phone", "email") if row[name]}
    # A short external id would be found inside of other numbers.
    words = {word for word in words if len(word) >= 6}  # noqa: PLR2004  a telephone number and an address are longer
    await staff.forget(of_theirs, naming=everybody, words=sorted(words))
    await replies.forget(of_theirs, words=sorted(words))


async def _empty(everybody: Sequence[uuid.UUID], moment: datetime) -> None:
    whole = list(everybody)
    await DB.fetch(
        "UPDATE __tenant__.member SET external_id = NULL, name = '', phone = NULL, email = NULL, gender = 'unknown',"
        " birth_calendar = 'solar', birth_year = NULL, birth_month = NULL, birth_day = NULL, birthday_set_at = NULL,"
        " region = '', occupation = '', locale = NULL, timezone = NULL, tags = '{}', source = 'erased',"
        " state = 'erased', updated_at = $2 WHERE id = ANY($1::uuid[])",
        whole, moment)  # fmt: skip
    await DB.fetch("DELETE FROM __tenant__.member_address WHERE member = ANY($1::uuid[])", whole)
    await DB.fetch("DELETE FROM __tenant__.member_attribute WHERE member = ANY($1::uuid[])", whole)
    await DB.fetch(
        "UPDATE __tenant__.consent_event SET evidence = '', source = '', recorded_by = ''"
        " WHERE member = ANY($1::uuid[])", whole)  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.member_merge_field SET before = NULL, after = NULL WHERE merge IN"
        " (SELECT id FROM __tenant__.member_merge WHERE source = ANY($1::uuid[]) OR target = ANY($1::uuid[]))",
        whole)  # fmt: skip
    # The seller's name for the occasion may name the person; it stays unique by the id of the merge.
    await DB.fetch(
        "UPDATE __tenant__.member_merge SET once = id::text, merged_by = '', undone_by = ''"
        " WHERE source = ANY($1::uuid[]) OR target = ANY($1::uuid[])", whole)  # fmt: skip


async def _certify(member_id: uuid.UUID, reason: str, counts: dict[str, int], moment: datetime) -> None:
    erasure = ids.new()
    await DB.fetch(
        "INSERT INTO __tenant__.member_erasure (id, member, reason, erased_by, at) VALUES ($1, $2, $3, $4, $5)",
        erasure, member_id, reason, current_caller().label[:100], moment)  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.member_erasure_count (id, erasure, held_in, rows)"
        " SELECT id, $2::uuid, held_in, rows FROM unnest($1::uuid[], $3::text[], $4::int[]) AS w (id, held_in, rows)",
        [ids.new() for _ in counts], erasure, list(counts), list(counts.values()))  # fmt: skip
