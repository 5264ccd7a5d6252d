"""The tables as the classes declare them, as SQL: what a new tenant's schema is made from.

A subject's `tables.py` lists its classes in `TABLES`, in an order in which references point back, and in `INDEXES`
the indexes that Piccolo cannot say (of several columns, or partial).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit.parts import gather_listed
from tenants.tenancy import tables as tenancy_tables

if TYPE_CHECKING:
    from piccolo.table import Table


def tenant_tables() -> list[type[Table]]:
    """Every table that a tenant's schema holds, referred-to tables first."""
    return [*tenancy_tables.TABLES, *gather_listed("tables", "TABLES")]


def tenant_indexes() -> list[str]:
    """The further indexes of a tenant's schema, as statements with the placeholder."""
    return gather_listed("tables", "INDEXES")


def platform_tables() -> list[type[Table]]:
    """Every table of the registry."""
    return list(tenancy_tables.PLATFORM_TABLES)


def script(tables: list[type[Table]], indexes: list[str]) -> str:
    """One script that creates all of it; the schema itself must exist."""
    statements = [statement for table in tables for statement in table.create_table(auto_create_schema=False).ddl]
    return "".join(f"{statement.strip().rstrip(';')};\n" for statement in [*statements, *indexes])
