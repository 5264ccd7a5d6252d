"""Carries out an import that was put down, in parts: a few statements for twenty thousand rows, each part committed.

A worker that is killed loses at most one part; whoever comes next goes on after the last line that was done. Only what
differs is written, so the same file again changes nothing.

Within a part, new members are made in the order of their external ids, and then those who were here are locked in the
order of their ids: two imports wait for each other and never in a ring, which is why a part is a transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tenants.kit import clock, facts
from tenants.kit.words import reading
from tenants.members.rules import values
from tenants.members.rules.consents import write_consents
from tenants.members.rules.imports import SOURCE, row_error
from tenants.members.rules.staging import ImportReport, note_errors, report_of, stage
from tenants.tenancy import DB
from tenants.tenancy.work import ask_for, is_winding_down

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable
    from pathlib import Path

CARRYING_OUT = "members.carry_out_imports"
PART_ROWS = 20_000  # far within the time that a statement may take
ANALYSED_FROM = 1_000  # new members, for whom it is worth it
AT_ONCE_MAX = 5_000  # a file of so many rows is carried out while the caller waits
KEPT_FOR = timedelta(days=90)

# The rows of a part: $1 the import, $2 and $3 between which lines.
_PART = "r.batch = $1 AND r.line > $2 AND r.line <= $3"
# Each row r with the one in whom the member whom it names lives on, t. Each member is looked up by a key, one row at a
# time: OFFSET 0 leaves the planner no other way, for what it knows of tables that fill in seconds is of another day.
_NAMED = (
    " FROM __tenant__.member_import_row AS r CROSS JOIN LATERAL (SELECT n.id AS named, coalesce(n.merged_into, n.id)"
    " AS lives FROM __tenant__.member AS n WHERE n.external_id = r.external_id OFFSET 0) AS n"
    " CROSS JOIN LATERAL (SELECT n.named, s.ctid AS place, s.* FROM __tenant__.member AS s WHERE s.id = n.lives"
    " OFFSET 0) AS t"
)
# Those who were here before: the row of one who was made has the member's own id.
_FOUND = f"{_NAMED} WHERE {_PART} AND t.named <> r.id"
_TOO_MANY = (
    f"(r.tags IS NOT NULL AND cardinality(t.tags) + cardinality(r.tags) > {values.TAGS_MAX} AND"
    f" (SELECT count(DISTINCT w.tag) FROM unnest(t.tags || r.tags) AS w (tag)) > {values.TAGS_MAX})"
)
_TEXTS = ("name", "phone", "email", "gender", "region", "occupation", "locale", "timezone", "source")
_DIFFERS = (
    "("
    + " OR ".join(f"(r.{name} IS NOT NULL AND r.{name} IS DISTINCT FROM t.{name})" for name in _TEXTS)
    + " OR (r.birth_month IS NOT NULL AND (r.birth_calendar, r.birth_year, r.birth_month, r.birth_day)"
    " IS DISTINCT FROM (t.birth_calendar, t.birth_year, t.birth_month, t.birth_day))"
    " OR (r.tags IS NOT NULL AND NOT t.tags @> r.tags)"
    " OR (r.attributes IS NOT NULL AND EXISTS (SELECT 1 FROM unnest(r.attributes, r.attribute_values)"
    " AS w (attribute, value) WHERE (SELECT known.value FROM (SELECT k.attribute, k.value"
    " FROM __tenant__.member_attribute AS k WHERE k.member = t.id OFFSET 0) AS known"
    " WHERE known.attribute = w.attribute) IS DISTINCT FROM w.value))"
    " OR (r.consent_channels IS NOT NULL AND EXISTS (SELECT 1 FROM unnest(r.consent_channels, r.consent_answers)"
    " AS w (channel, granted) WHERE (SELECT c.granted FROM __tenant__.consent AS c"
    " WHERE c.member = t.id AND c.channel = w.channel) IS DISTINCT FROM w.granted)))"
)


@dataclass(frozen=True, slots=True)
class Imported:
    """Fact: an import took members in and changed others; it is told once for each part of a file.

    What single facts would have said (`Joined`, `BirthdayChanged`, `ConsentChanged`) is not told besides.
    """

    created: tuple[uuid.UUID, ...]
    updated: tuple[uuid.UUID, ...]
    at: datetime


async def carry_out(import_id: uuid.UUID, *, progress: Callable[[int], None] | None = None) -> ImportReport:
    """Carry out all of an import that is left, each part in a transaction of its own; it may be stopped and taken up.

    `progress` hears how many rows have been dealt with.
    """
    report = await report_of(import_id)
    while report.state == "running" and not is_winding_down():
        async with DB.transaction():
            await carry_out_part(import_id)
        report = await report_of(import_id)
        if progress:
            progress(report.done)
    return report


async def start(path: Path, *, file_name: str, dry_run: bool = False) -> ImportReport:
    """Put a file down; a small one is carried out at once, in the open transaction, a large one by the workers.

    Raises ImportUnreadable.
    """
    staged = await stage(path, file_name=file_name, dry_run=dry_run)
    if staged.rows > AT_ONCE_MAX:
        await ask_for(CARRYING_OUT)
        return await report_of(staged.id)
    while await carry_out_part(staged.id):
        pass
    return await report_of(staged.id)


async def carry_out_running() -> None:
    """Carry out all imports that are running, the oldest first."""
    rows = await DB.fetch("SELECT id FROM __tenant__.member_import WHERE state = 'running' ORDER BY id")
    for row in rows:
        await carry_out(row["id"])


async def carry_out_part(import_id: uuid.UUID) -> bool:
    """Carry out the next part of an import in the open transaction. True while there is more."""
    now = await DB.fetchrow(
        "SELECT id, dry_run, state, language, last_line, done_line FROM __tenant__.member_import WHERE id = $1"
        " FOR NO KEY UPDATE", import_id)  # fmt: skip
    if now is None or now["state"] == "done":
        return False
    # What is staged comes and goes within seconds, so the planner's figures of it are always of another day.
    await DB.fetch("SET LOCAL enable_seqscan = off")
    last = await DB.fetchval(
        "SELECT line FROM __tenant__.member_import_row WHERE batch = $1 AND line > $2 ORDER BY line OFFSET $3 LIMIT 1",
        import_id, now["done_line"], PART_ROWS - 1)  # fmt: skip
    part = (import_id, now["done_line"], now["last_line"] if last is None else last)
    with reading(now["language"]):
        counts = await (_look(part) if now["dry_run"] else _write(part))
    await DB.fetch(
        "UPDATE __tenant__.member_import SET done_line = $2, created = created + $3, updated = updated + $4,"
        " unchanged = unchanged + $5, failed = failed + $6, state = CASE WHEN $7::boolean THEN 'done' ELSE state END,"
        " finished_at = CASE WHEN $7::boolean THEN $8::timestamptz END WHERE id = $1",
        import_id, part[2], *counts, last is None, clock.now())  # fmt: skip
    await DB.fetch(f"DELETE FROM __tenant__.member_import_row AS r WHERE {_PART}", *part)
    return last is not None


async def forget_old() -> None:
    """Forget imports, and why their rows were left out, after ninety days."""
    old = clock.now() - KEPT_FOR
    gone = await DB.fetch("DELETE FROM __tenant__.member_import WHERE created_at < $1 RETURNING id", old)
    for table in ("member_import_error", "member_import_row"):
        await DB.fetch(f"DELETE FROM __tenant__.{table} WHERE batch = ANY($1::uuid[])", [row["id"] for row in gone])


async def _look(part: tuple[uuid.UUID, int, int]) -> tuple[int, int, int, int]:
    """How many a part would create, update, leave as they are and refuse."""
    rows = await _rows(part)
    refused = await _refuse(part)
    found, updated = (await DB.fetch(
        f"SELECT count(*), count(*) FILTER (WHERE {_DIFFERS} AND NOT {_TOO_MANY}) {_FOUND}",
        *part))[0]  # fmt: skip
    return rows - found, updated, found - updated - refused, refused


async def _write(part: tuple[uuid.UUID, int, int]) -> tuple[int, int, int, int]:
    rows, moment = await _rows(part), clock.now()
    created, refused = await _insert(part, moment), 0
    await _tell_the_planner(len(created))
    updated: list[uuid.UUID] = []
    if len(created) < rows:
        found = await DB.fetch(f"SELECT t.id{_FOUND}", *part)
        await DB.fetch(
            "SELECT id FROM __tenant__.member WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE",
            [row["id"] for row in found])  # fmt: skip
        refused = await _refuse(part)
        updated = await _update(part, moment)
    await _write_attributes(part, moment)
    await _write_consents(part)
    if created or updated:
        await facts.announce(Imported(tuple(created), tuple(updated), moment))
    return len(created), len(updated), rows - len(created) - len(updated) - refused, refused


async def _tell_the_planner(created: int) -> None:
    """Have it look again where the members were few before: connections keep the plans by which keys are checked.

    One that was made for a handful of members goes through all of them for each row that refers to one.
    """
    believed = await DB.fetchval("SELECT reltuples FROM pg_class WHERE oid = '__tenant__.member'::regclass")
    if created > ANALYSED_FROM and believed < 10 * created:
        await DB.fetch("ANALYZE (SKIP_LOCKED) __tenant__.member")


async def _rows(part: tuple[uuid.UUID, int, int]) -> int:
    count: int = await DB.fetchval(f"SELECT count(*) FROM __tenant__.member_import_row AS r WHERE {_PART}", *part)
    return count


async def _insert(part: tuple[uuid.UUID, int, int], moment: datetime) -> list[uuid.UUID]:
    rows = await DB.fetch(
        "INSERT INTO __tenant__.member (id, external_id, name, phone, email, gender, region, occupation, locale,"
        " timezone, source, tags, birth_calendar, birth_year, birth_month, birth_day, state, created_at, updated_at)"
        " SELECT r.id, r.external_id, coalesce(r.name, ''), r.phone, r.email, coalesce(r.gender, 'unknown'),"
        " coalesce(r.region, ''), coalesce(r.occupation, ''), r.locale, r.timezone, coalesce(r.source, $4::text),"
        " coalesce(r.tags, '{}'), coalesce(r.birth_calendar, 'solar'), r.birth_year, r.birth_month, r.birth_day,"
        f" 'active', $5::timestamptz, $5::timestamptz FROM __tenant__.member_import_row AS r WHERE {_PART}"
        " ORDER BY r.external_id ON CONFLICT (external_id) DO NOTHING RETURNING id",
        *part, SOURCE, moment)  # fmt: skip
    return [row["id"] for row in rows]


async def _refuse(part: tuple[uuid.UUID, int, int]) -> int:
    """Put down which rows would give a member more tags than they can have."""
    rows = await DB.fetch(f"SELECT r.line {_FOUND} AND {_TOO_MANY}", *part)
    error = values.too_many_tags()
    await note_errors(part[0], [row_error(row["line"], "tags", error) for row in rows])
    return len(rows)


async def _update(part: tuple[uuid.UUID, int, int], moment: datetime) -> list[uuid.UUID]:
    texts = ", ".join(f"{name} = coalesce(w.{name}, m.{name})" for name in _TEXTS)
    wanted = ", ".join(f"r.{name}" for name in _TEXTS)
    rows = await DB.fetch(
        # The profile is written even if only the rest differs: its `updated_at` tells that something is new.
        f"UPDATE __tenant__.member AS m SET {texts}, tags = CASE WHEN w.tags IS NULL OR m.tags @> w.tags THEN m.tags"
        ' ELSE ARRAY(SELECT DISTINCT worn.tag COLLATE "C" FROM unnest(m.tags || w.tags) AS worn (tag) ORDER BY 1) END,'
        " birth_calendar = CASE WHEN w.birth_month IS NULL THEN m.birth_calendar ELSE w.birth_calendar END,"
        " birth_year = CASE WHEN w.birth_month IS NULL THEN m.birth_year ELSE w.birth_year END,"
        " birth_month = coalesce(w.birth_month, m.birth_month), birth_day = coalesce(w.birth_day, m.birth_day),"
        f" updated_at = $4 FROM (SELECT t.place, {wanted}, r.tags, r.birth_calendar, r.birth_year,"
        f" r.birth_month, r.birth_day {_FOUND} AND {_DIFFERS} AND NOT {_TOO_MANY}) AS w"
        # They are locked, so they stay in their place, and the planner has no cheaper way to think of than to go there.
        " WHERE m.ctid = w.place RETURNING m.id", *part, moment)  # fmt: skip
    return [row["id"] for row in rows]


async def _write_attributes(part: tuple[uuid.UUID, int, int], moment: datetime) -> None:
    await DB.fetch(
        "INSERT INTO __tenant__.member_attribute AS known (id, member, attribute, value, updated_at)"
        " SELECT DISTINCT ON (t.id, said.attribute) said.id, t.id, said.attribute, said.value, $4::timestamptz"
        f"{_NAMED} CROSS JOIN LATERAL unnest(r.attribute_rows, r.attributes, r.attribute_values)"
        f" AS said (id, attribute, value) WHERE {_PART} AND r.attributes IS NOT NULL AND NOT {_TOO_MANY}"
        " ORDER BY t.id, said.attribute, r.line"
        " ON CONFLICT (member, attribute) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at"
        " WHERE known.value <> EXCLUDED.value", *part, moment)  # fmt: skip


async def _write_consents(part: tuple[uuid.UUID, int, int]) -> None:
    rows = await DB.fetch(
        "SELECT DISTINCT ON (t.id, said.channel) t.id, said.channel, said.granted, coalesce(r.evidence, '') AS evidence"
        f"{_NAMED} CROSS JOIN LATERAL unnest(r.consent_channels, r.consent_answers) AS said (channel, granted)"
        f" WHERE {_PART} AND r.consent_channels IS NOT NULL AND NOT {_TOO_MANY} AND (SELECT c.granted"
        " FROM __tenant__.consent AS c WHERE c.member = t.id AND c.channel = said.channel)"
        " IS DISTINCT FROM said.granted ORDER BY t.id, said.channel, r.line", *part)  # fmt: skip
    if rows:
        await write_consents([tuple(row) for row in rows], source=SOURCE)
