"""What is held of a person, found by the references: every table that refers to members, and what refers to those rows.

Nobody has to list tables here, so none is forgotten: not in the export, not in the certificate of an erasure.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from piccolo.columns import UUID, Bytea

from tenants.members.tables import Member
from tenants.tenancy import DB, blueprint

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from piccolo.table import Table


@dataclass(frozen=True, slots=True)
class Held:
    """One table, which of its rows are of the members in `$1::uuid[]`, and what of a row can be shown."""

    table: str
    where: str
    columns: tuple[str, ...]


async def held_rows(everybody: Sequence[uuid.UUID]) -> dict[str, list[dict[str, Any]]]:
    """Every row that is of these members, by table; secrets and hashes are left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    for held in tables_of_members():
        columns = ", ".join(f'"{column}"' for column in held.columns)
        sql = f"SELECT {columns} FROM __tenant__.{held.table} WHERE {held.where} ORDER BY 1"
        rows = await DB.fetch(sql, list(everybody))
        if rows:
            found[held.table] = [dict(row) for row in rows]
    return found


async def held_counts(everybody: Sequence[uuid.UUID]) -> dict[str, int]:
    """How many rows of these members each table has, where there are any: one statement."""
    parts = [
        f"SELECT '{held.table}' AS name, count(*) AS rows FROM __tenant__.{held.table} WHERE {held.where}"
        for held in tables_of_members()
    ]
    rows = await DB.fetch(" UNION ALL ".join(parts), list(everybody))
    return {row["name"]: row["rows"] for row in rows if row["rows"]}


async def held_ids(everybody: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """The id of every row that is of these members."""
    parts = [
        f"SELECT id FROM __tenant__.{held.table} WHERE {held.where}"
        for held in tables_of_members()
        if "id" in held.columns
    ]
    rows = await DB.fetch(" UNION ALL ".join(parts), list(everybody))
    return [row["id"] for row in rows]


@cache
def tables_of_members() -> tuple[Held, ...]:
    """The member's own table, those that refer to it, and those that refer to one of these and not to it."""
    own = Held("member", "id = ANY($1::uuid[])", _columns(Member))
    direct = {table: where for table in _tables() if (where := _refers(table, {Member: ""}))}
    further = {table: where for table in _tables() if table not in direct and (where := _refers(table, direct))}
    return (own, *(Held(_name(table), where, _columns(table)) for table, where in (*direct.items(), *further.items())))


def _tables() -> list[type[Table]]:
    return [table for table in blueprint.tenant_tables() if table is not Member]


def _refers(table: type[Table], to: dict[type[Table], str]) -> str:
    """The condition under which a row of `table` belongs to one of the rows for which a condition is given."""
    # A hot table keeps a member without a foreign key, which would be one more look a row.
    bare = [each for each in table._meta.columns if isinstance(each, UUID) and each._meta.name == "member"]
    parts = ['"member" = ANY($1::uuid[])' for each in bare if Member in to]
    for column in table._meta.foreign_key_columns:
        referred = column._foreign_key_meta.resolved_references
        name = column._meta.db_column_name
        if referred is Member and Member in to:
            parts.append(f'"{name}" = ANY($1::uuid[])')
        elif referred in to and referred is not Member:
            parts.append(
                f'"{name}" IN (SELECT "{_key(referred)}" FROM __tenant__.{_name(referred)} WHERE {to[referred]})'
            )
    return " OR ".join(parts)


def _name(table: type[Table]) -> str:
    return str(table._meta.tablename)


def _key(table: type[Table]) -> str:
    return table._meta.primary_key._meta.db_column_name


def _columns(table: type[Table]) -> tuple[str, ...]:
    return tuple(
        column._meta.db_column_name
        for column in table._meta.columns
        if not column._meta.secret and not isinstance(column, Bytea)
    )
