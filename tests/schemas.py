"""What PostgreSQL's catalogue says of a schema, written so that two schemas can be compared; and scratch migrations."""

from __future__ import annotations

import hashlib
from typing import Any

from tenants.tenancy.migrations import Migration

_COLUMNS = """
SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS not_null,
       pg_get_expr(d.adbin, d.adrelid) AS "default", a.attidentity::text AS identity
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
 WHERE c.relnamespace = to_regnamespace($1) AND c.relkind IN ('r', 'p')
"""
# NOT NULL is compared as a property of the column: PostgreSQL 18 lists it among the constraints too, 16 does not.
_CONSTRAINTS = """
SELECT c.conrelid::regclass::text AS "table", c.conname AS name, pg_get_constraintdef(c.oid) AS definition,
       c.condeferrable AS deferrable
  FROM pg_constraint c WHERE c.connamespace = to_regnamespace($1) AND c.contype <> 'n'
"""
_INDEXES = (
    'SELECT tablename AS "table", indexname AS name, indexdef AS definition FROM pg_indexes WHERE schemaname = $1'
)
_OTHERS = """
SELECT relkind::text AS kind, relname AS name FROM pg_class
 WHERE relnamespace = to_regnamespace($1) AND relkind NOT IN ('r', 'p', 'i', 'I', 't')
UNION ALL SELECT 'type', typname FROM pg_type WHERE typnamespace = to_regnamespace($1) AND typtype IN ('e', 'd')
UNION ALL SELECT 'function', proname FROM pg_proc WHERE pronamespace = to_regnamespace($1)
UNION ALL SELECT 'trigger', t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
           WHERE c.relnamespace = to_regnamespace($1) AND NOT t.tgisinternal
"""


async def catalogue(connection: Any, schema: str) -> set[str]:
    """Every column, constraint, index and other thing of a schema, one line each, without the schema's name."""
    lines = set()
    for kind, sql in (("column", _COLUMNS), ("constraint", _CONSTRAINTS), ("index", _INDEXES), ("other", _OTHERS)):
        for row in await connection.fetch(sql, schema):
            facts = " | ".join(f"{name}={value}" for name, value in row.items())
            lines.add(f"{kind}: {facts}".replace(f"{schema}.", "").replace(f'"{schema}".', ""))
    return lines


def step(revision: str, sql: str) -> Migration:
    """A migration that only a test has."""
    return Migration(revision, sql, hashlib.sha256(sql.encode()).hexdigest())
