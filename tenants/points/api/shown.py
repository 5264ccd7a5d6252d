"""How points are shown over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from litestar import Response

from tenants import members, points
from tenants.kit import ids
from tenants.kit.shapes import Page, read_cursor, write_cursor
from tenants.points.api.shapes import BalanceShape, EntryShape, HoldShape, LineShape, MemberLineShape, PendingShape
from tenants.tenancy import current_tenant
from tenants.tenancy.hot import HotVerb

if TYPE_CHECKING:
    from collections.abc import Sequence

API = "api/"


async def known(member: str) -> UUID:
    """The id of a member who is there and not erased. Raises MemberUnknown."""
    found = await members.find(ids.read("mem", member))
    if found.state == "erased":
        raise members.MemberUnknown
    return found.id


async def balance(member: UUID) -> BalanceShape:
    """What a member has."""
    has = await points.balance(member)
    return BalanceShape(
        balance=has.balance, available=has.available, held=has.held, expiring_points=has.expiring_points,
        expiring_at=has.expiring_at, pending=has.pending, pending_at=has.pending_at, debt=has.debt)  # fmt: skip


async def page(member: UUID, *, limit: int, cursor: str | None) -> tuple[list[points.Line], str | None]:
    """One page of a statement, and the cursor of the next."""
    scope = f"{current_tenant().schema}:points-entries:{member}"
    position = read_cursor(cursor, scope=scope)
    at, _, entry = (position or "").partition(" ")
    before = (datetime.fromisoformat(at), UUID(hex=entry)) if position else None
    lines = await points.statement(member, limit=limit + 1, before=before)
    kept = lines[:limit]
    if len(lines) <= limit:
        return kept, None
    last = kept[-1].entry
    return kept, write_cursor(f"{last.at.isoformat()} {last.id.hex}", scope=scope)


def reply(shape: Any, *, repeated: bool) -> Response[Any]:
    """201 for what is new, 200 for a repeat."""
    return Response(shape, status_code=200 if repeated else 201)


def reference(once: str) -> str | None:
    """The caller's own name for an occasion of the API."""
    return once.removeprefix(API) if once.startswith(API) else None


def show_entry(entry: points.Entry) -> EntryShape:
    """An entry as the shop sees it."""
    return EntryShape(
        id=ids.show("pnt", entry.id), member=ids.show("mem", entry.member), points=entry.points, why=entry.why.value,
        reason=entry.why.say(detail=entry.detail), reference=reference(entry.once), note=entry.note, at=entry.at,
        pending_until=entry.pending_until, repeated=entry.repeated)  # fmt: skip


def _write(entry: points.Entry) -> tuple[int, bytes]:
    return (200 if entry.repeated else 201), msgspec.json.encode(show_entry(entry))


async def _earn_each(earnings: Sequence[points.Earning]) -> list[points.Entry | Exception]:
    refused = await members.refusals_of({one.member for one in earnings})
    written = await points.earn_each([one for one in earnings if one.member not in refused])
    answers = iter(written)
    return [refused.get(one.member) or next(answers) for one in earnings]


EARN: HotVerb[points.Earning, points.Entry] = HotVerb(_earn_each, _write, name="points-given")
SPEND: HotVerb[points.Spending, points.Entry] = HotVerb(points.spend_many, _write, name="points-taken")


def show_line(line: points.Line) -> LineShape:
    """A line of a statement as the shop sees it."""
    entry = line.entry
    return LineShape(
        id=ids.show("pnt", entry.id), points=entry.points, balance_after=line.balance_after, why=entry.why.value,
        reason=line.say(), reference=reference(entry.once), note=entry.note, at=entry.at,
        expires_at=line.expires_at, reverses=ids.show("pnt", line.reverses) if line.reverses else None,
        reversed_by=ids.show("pnt", line.reversed_by) if line.reversed_by else None)  # fmt: skip


def show_own(line: points.Line) -> MemberLineShape:
    """A line of their own statement as a member sees it."""
    entry = line.entry
    return MemberLineShape(
        id=ids.show("pnt", entry.id), points=entry.points, balance_after=line.balance_after, why=entry.why.value,
        reason=line.say(), at=entry.at, expires_at=line.expires_at,
        undone=line.reversed_by is not None)  # fmt: skip


def show_hold(hold: points.Hold) -> HoldShape:
    """A hold as the shop sees it."""
    return HoldShape(
        id=ids.show("hld", hold.id), member=ids.show("mem", hold.member), points=hold.points,
        state=hold.state, reference=reference(hold.once), note=hold.note, ends_at=hold.ends_at, at=hold.at,
        repeated=hold.repeated)  # fmt: skip


async def show_pending(member: UUID) -> Page[PendingShape]:
    """What is to come to a member and those merged into them, the soonest first."""
    coming = await points.pending(await members.ids_of(member))
    return Page(data=[_show_coming(entry) for entry in coming], has_more=False)


def _show_coming(entry: points.Entry) -> PendingShape:
    return PendingShape(
        id=ids.show("pnt", entry.id), points=entry.points, why=entry.why.value,
        reason=entry.why.say(detail=entry.detail), active_at=entry.pending_until or entry.at, at=entry.at)  # fmt: skip
