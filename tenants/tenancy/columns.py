"""Two columns whose defaults are made in Python and must not be frozen into the DDL as a constant."""

from __future__ import annotations

from typing import Any

from piccolo.columns import UUID, Timestamptz

from tenants.kit import clock, ids


class Id(UUID):
    """A UUIDv7, made by us: PostgreSQL's own `uuidv7()` exists only from version 18."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"primary_key": True, "default": ids.new, **options})

    @property
    def column_type(self) -> str:
        """The PostgreSQL type."""
        return "UUID"

    @property
    def ddl(self) -> str:
        """Without a default: a row that names none is refused."""
        return _without_default(super().ddl)


class Moment(Timestamptz):
    """A point in time; the present unless said otherwise, by our clock and not by the server's."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"default": None if options.get("null") else clock.now, **options})

    @property
    def column_type(self) -> str:
        """The PostgreSQL type."""
        return "TIMESTAMPTZ"

    @property
    def ddl(self) -> str:
        """Without a default: a row that names none is refused."""
        return _without_default(super().ddl)


def _without_default(ddl: str) -> str:
    return ddl.rpartition(" DEFAULT ")[0]
