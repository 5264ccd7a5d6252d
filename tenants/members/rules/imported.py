"""Carries out an import that has been read: a few statements for all rows, and only what differs is written."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, facts, ids
from tenants.members.rules import values
from tenants.members.rules.attributes import defined_attributes, write_attributes
from tenants.members.rules.consents import write_consents
from tenants.members.rules.imports import SOURCE, Draft, Row, RowError, read_rows
from tenants.members.rules.profiles import COLUMNS, Member, birth_columns, member_of
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

ERRORS_SHOWN_MAX = 1_000
_CHUNK = 5_000  # rows a statement: far within the time that one may take
_DEFAULTS = {"name": "", "gender": "unknown", "region": "", "occupation": "", "source": SOURCE}
_FIELDS = ("name", "phone", "email", "gender", "region", "occupation", "locale", "timezone", "source")


@dataclass(frozen=True, slots=True)
class Imported:
    """Fact: an import took members in and changed others; it is told once for all of them.

    What single facts would have said (`Joined`, `BirthdayChanged`, `ConsentChanged`) is not told besides.
    """

    created: tuple[uuid.UUID, ...]
    updated: tuple[uuid.UUID, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: every row is counted in one of the four ways; the first errors are shown."""

    dry_run: bool
    rows: int
    created: int
    updated: int
    unchanged: int
    failed: int
    errors: tuple[RowError, ...]
    errors_omitted: int


@dataclass(slots=True)
class _Plan:
    """What has to be written so that the members are as the file says."""

    profiles: list[tuple[uuid.UUID, Row, Member]] = field(default_factory=list)
    attributes: list[tuple[uuid.UUID, uuid.UUID, str]] = field(default_factory=list)
    consents: list[tuple[uuid.UUID, Any, bool, str]] = field(default_factory=list)
    updated: set[uuid.UUID] = field(default_factory=set)
    refused: list[RowError] = field(default_factory=list)


async def read_import(data: bytes) -> Draft:
    """Read a CSV of members (columns: see `imports.py`), off the event loop. Raises ImportUnreadable.

    Called before the transaction begins, which must not stand idle while a large file is read.
    """
    defined = await defined_attributes()
    return await asyncio.to_thread(read_rows, data, defined=defined)


async def import_members(draft: Draft, *, dry_run: bool = False) -> ImportReport:
    """Make the members as the file says, by external id; the same file again changes nothing.

    With `dry_run` nothing is written, and the report says exactly what would have been.
    """
    rows = {row.external_id: row for row in draft.rows}
    created: dict[str, uuid.UUID] = {} if dry_run else await _insert(rows)
    found = await _members([key for key in rows if key not in created], locked=not dry_run)
    plan = await _compare(found, rows)
    if not dry_run:
        plan.attributes += [
            (member, attribute, text)
            for key, member in created.items()
            for attribute, text in rows[key].attributes.items()
        ]
        plan.consents += [
            (member, channel, granted, rows[key].evidence)
            for key, member in created.items()
            for channel, granted in rows[key].consents.items()
        ]
        await _write(plan)
        if created or plan.updated:
            await facts.announce(Imported(tuple(created.values()), tuple(sorted(plan.updated)), clock.now()))
    errors = sorted([*draft.errors, *plan.refused], key=lambda error: error.line)
    return ImportReport(
        dry_run=dry_run,
        rows=len(rows) + draft.failed,
        created=len(rows) - len(found),
        updated=len(plan.updated),
        unchanged=len(found) - len(plan.updated) - len(plan.refused),
        failed=draft.failed + len(plan.refused),
        errors=tuple(errors[:ERRORS_SHOWN_MAX]),
        errors_omitted=max(0, len(errors) - ERRORS_SHOWN_MAX),
    )


async def _insert(rows: dict[str, Row]) -> dict[str, uuid.UUID]:
    """Make those who are not here.

    All of them before any row is locked, and in one order, so that two imports never wait for each other in a ring.
    """
    found = await DB.fetch(
        "SELECT external_id FROM __tenant__.member WHERE external_id = ANY($1::text[])", list(rows))  # fmt: skip
    there = {row["external_id"] for row in found}
    created: dict[str, uuid.UUID] = {}
    for chunk in _chunks([rows[key] for key in sorted(rows) if key not in there]):
        births = [birth_columns(row.birthday) for row in chunk]
        made = await DB.fetch(
            "INSERT INTO __tenant__.member (id, external_id, name, phone, email, gender, region, occupation, locale,"
            " timezone, source, tags, birth_calendar, birth_year, birth_month, birth_day, state, created_at,"
            " updated_at)"
            " SELECT id, external_id, name, phone, email, gender, region, occupation, locale, timezone, source,"
            " string_to_array(tags, ','), calendar, year, month, day, 'active', $17, $17"
            " FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],"
            " $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::int[], $15::int[],"
            " $16::int[])"
            " AS w (id, external_id, name, phone, email, gender, region, occupation, locale, timezone, source, tags,"
            " calendar, year, month, day) ON CONFLICT (external_id) DO NOTHING RETURNING external_id, id",
            [ids.new() for _ in chunk], [row.external_id for row in chunk],
            *([row.profile.get(name) or _DEFAULTS.get(name) for row in chunk] for name in _FIELDS),
            [",".join(row.tags) for row in chunk], *(list(column) for column in zip(*births, strict=True)),
            clock.now())  # fmt: skip
        created |= {row["external_id"]: row["id"] for row in made}
    return created


async def _members(external_ids: list[str], *, locked: bool) -> list[Member]:
    lock = " FOR NO KEY UPDATE" if locked else ""
    rows = await DB.fetch(
        f"SELECT {COLUMNS} FROM __tenant__.member WHERE external_id = ANY($1::text[]) ORDER BY id{lock}",
        external_ids)  # fmt: skip
    return [member_of(row) for row in rows]


async def _compare(found: list[Member], rows: dict[str, Row]) -> _Plan:
    known, said = await _known([member.id for member in found])
    plan = _Plan()
    for member in found:
        row = rows[str(member.external_id)]
        if len({*member.tags, *row.tags}) > values.TAGS_MAX:
            error = values.too_many_tags()
            plan.refused.append(RowError(row.line, "tags", error.code, error.say()))
            continue
        attributes = [
            (member.id, attribute, text)
            for attribute, text in row.attributes.items()
            if known.get((member.id, attribute)) != text
        ]
        consents = [
            (member.id, channel, granted, row.evidence)
            for channel, granted in row.consents.items()
            if said.get((member.id, channel)) != granted
        ]
        differs = (
            any(getattr(member, name) != value for name, value in row.profile.items())
            or (row.birthday is not None and row.birthday != member.birthday)
            or not set(row.tags) <= set(member.tags)
        )
        if differs or attributes or consents:
            # The profile is written even if only the rest differs: its `updated_at` tells that something is new.
            plan.profiles.append((member.id, row, member))
            plan.updated.add(member.id)
        plan.attributes += attributes
        plan.consents += consents
    return plan


async def _known(
    members: list[uuid.UUID],
) -> tuple[dict[tuple[uuid.UUID, uuid.UUID], str], dict[tuple[uuid.UUID, str], bool]]:
    attributes = await DB.fetch(
        "SELECT member, attribute, value FROM __tenant__.member_attribute WHERE member = ANY($1::uuid[])",
        members)  # fmt: skip
    consents = await DB.fetch(
        "SELECT member, channel, granted FROM __tenant__.consent WHERE member = ANY($1::uuid[])",
        members)  # fmt: skip
    return (
        {(row["member"], row["attribute"]): row["value"] for row in attributes},
        {(row["member"], row["channel"]): row["granted"] for row in consents},
    )


async def _write(plan: _Plan) -> None:
    for chunk in _chunks(plan.profiles):
        births = [birth_columns(row.birthday or member.birthday) for _, row, member in chunk]
        await DB.fetch(
            "UPDATE __tenant__.member AS m SET name = w.name, phone = w.phone, email = w.email, gender = w.gender,"
            " region = w.region, occupation = w.occupation, locale = w.locale, timezone = w.timezone,"
            " source = w.source, tags = string_to_array(w.tags, ','), birth_calendar = w.calendar, birth_year = w.year,"
            " birth_month = w.month, birth_day = w.day, updated_at = $16"
            " FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],"
            " $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::int[], $14::int[], $15::int[])"
            " AS w (id, name, phone, email, gender, region, occupation, locale, timezone, source, tags,"
            " calendar, year, month, day) WHERE m.id = w.id",
            [member_id for member_id, _, _ in chunk],
            *([row.profile.get(name, getattr(member, name)) for _, row, member in chunk] for name in _FIELDS),
            [",".join(sorted({*member.tags, *row.tags})) for _, row, member in chunk],
            *(list(column) for column in zip(*births, strict=True)),
            clock.now())  # fmt: skip
    for attributes in _chunks(plan.attributes):
        await write_attributes(attributes)
    for consents in _chunks(plan.consents):
        await write_consents(consents, source=SOURCE)


def _chunks(things: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(things), _CHUNK):
        yield things[start : start + _CHUNK]
