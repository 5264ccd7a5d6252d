"""Whether this process lives, whether it can serve, and what it is."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import asyncpg
from litestar import Response, get

from tenants.tenancy import migrations
from tenants.tenancy.engine import DB, REGISTRY

VERSION = "0.1.0"


@get("/health/live", operation_id="getLiveness", tags=["Health"], summary="Is the process alive")
async def live() -> dict[str, str]:
    """Answers as long as the process can answer at all."""
    return {"status": "ok"}


@get("/health/ready", operation_id="getReadiness", tags=["Health"], summary="Can it serve")
async def ready() -> Response[dict[str, Any]]:
    """200 when PostgreSQL answers within two seconds, else 503. Valkey may be away: nothing depends on it."""
    try:
        async with asyncio.timeout(2), DB.pool_of(REGISTRY).acquire() as connection:
            await connection.fetchval("SELECT 1")
    except (OSError, TimeoutError, RuntimeError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return Response({"status": "unavailable", "database": "away"}, status_code=503)
    return Response({"status": "ok", "database": "ok"})


@get("/version", operation_id="getVersion", tags=["Health"], summary="Which version runs")
async def show_version() -> dict[str, str]:
    """The version of the software and the revision of the schemas that it needs."""
    return {"version": VERSION, "revision": migrations.head(), "commit": os.environ.get("COMMIT", "")}


ROUTES = [live, ready, show_version]
