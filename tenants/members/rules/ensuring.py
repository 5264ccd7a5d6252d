"""Members whom a large load names: found by external id, or made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit import clock, ids
from tenants.members.rules import values
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime


async def ensure_many(wanted: Iterable[tuple[str, datetime, str]]) -> dict[str, uuid.UUID]:
    """The ids of members by external id, making those who are not here yet; for loads of many thousand at once.

    Each is (external id, when they joined, source). Only counts are known of such members, so no `Joined` is told.
    Raises Invalid for an external id or source that cannot be one.
    """
    given: dict[str, str] = {}
    fresh: dict[str, tuple[datetime, str]] = {}
    for external_id, joined_at, source in wanted:
        if external_id not in given:
            given[external_id] = values.text(external_id, param="external_id", most=100, least=1)
        fresh.setdefault(given[external_id], (joined_at, values.text(source, param="source", most=50, least=1)))
    found = await _ids_of(list(fresh))
    # In one order everywhere, so that two loads of the same members wait for each other and never in a ring.
    missing = sorted(external_id for external_id in fresh if external_id not in found)
    if missing:
        rows = await DB.fetch(
            "INSERT INTO __tenant__.member (id, external_id, name, gender, birth_calendar, region, occupation, tags,"
            " source, state, created_at, updated_at)"
            " SELECT id, external_id, '', 'unknown', 'solar', '', '', '{}', source, 'active', joined_at, $5"
            " FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[])"
            " AS w (id, external_id, joined_at, source) ON CONFLICT (external_id) DO NOTHING RETURNING external_id, id",
            [ids.new() for _ in missing], missing, [fresh[key][0] for key in missing],
            [fresh[key][1] for key in missing], clock.now())  # fmt: skip
        found |= {row["external_id"]: row["id"] for row in rows}
        # Whoever another transaction made meanwhile is committed now and seen by a new statement.
        found |= await _ids_of([external_id for external_id in missing if external_id not in found])
    return {external_id: found[cleaned] for external_id, cleaned in given.items()}


async def _ids_of(external_ids: list[str]) -> dict[str, uuid.UUID]:
    if not external_ids:
        return {}
    rows = await DB.fetch(
        "SELECT external_id, coalesce(merged_into, id) AS id FROM __tenant__.member"
        " WHERE external_id = ANY($1::text[])", external_ids)  # fmt: skip
    return {row["external_id"]: row["id"] for row in rows}
