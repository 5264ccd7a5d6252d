"""All rows of a shop, to see whether anything moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.tenancy import blueprint

if TYPE_CHECKING:
    from tests.conftest import Shop

# Kept beside an effect, not an effect: replies to keyed requests, and wrong codes that were counted.
NOT_COUNTED = frozenset({"idempotent_reply"})


def tables() -> list[str]:
    return [name for table in blueprint.tenant_tables() if (name := table._meta.tablename) not in NOT_COUNTED]


async def rows_of(shop: Shop, *, but: frozenset[str] = frozenset()) -> dict[str, str]:
    """For each table a hash of all its rows."""
    parts = " UNION ALL ".join(
        f"SELECT '{name}' AS name, md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS hash"
        f" FROM __tenant__.{name} t"
        for name in tables()
        if name not in but
    )
    return {row["name"]: row["hash"] for row in await shop.rows(parts)}


async def counts_of(shop: Shop, *, but: frozenset[str] = frozenset()) -> dict[str, int]:
    """For each table how many rows it has."""
    parts = " UNION ALL ".join(
        f"SELECT '{name}' AS name, count(*) AS many FROM __tenant__.{name}" for name in tables() if name not in but
    )
    return {row["name"]: row["many"] for row in await shop.rows(parts)}
