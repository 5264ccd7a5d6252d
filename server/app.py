"""The web application, readable from top to bottom: routes of every subject, edge, errors, admin."""

from __future__ import annotations

import gc
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from litestar import Litestar
from litestar.datastructures import State

import admin
from server import centre, front, health, logs, metrics, openapi, outgoing, sessions
from server.bodies import StrictRequest
from server.edge import Edge
from server.errors import handle
from server.limits import Limiter
from server.settings import settings
from tenants.kit.parts import gather, gather_listed
from tenants.tenancy import work
from tenants.tenancy.engine import DB
from workers.bell import Bell

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


def create_app() -> Litestar:
    """The application of one process. Nothing is connected before it starts."""
    chosen = settings()
    logs.begin(production=chosen.production)
    outgoing.set_up(chosen)
    limiter = Limiter(chosen.redis_url.get_secret_value())
    bell = Bell(chosen.redis_url.get_secret_value())
    gather("reactions")

    @asynccontextmanager
    async def connected(_app: Litestar) -> AsyncIterator[None]:
        own = not DB.placements  # tests bring their own connection
        work.hang_bell(bell.ring)
        _rest_the_collector()
        if own:
            await DB.connect({"main": chosen.database_url.get_secret_value()}, max_size=chosen.pool_max)
            metrics.serve(chosen.metrics_port, production=chosen.production)
        try:
            yield
        finally:
            await limiter.close()
            await bell.close()
            if own:
                await DB.disconnect()

    return Litestar(
        route_handlers=[
            *front.ROUTES,
            *health.ROUTES,
            *openapi.ROUTES,
            *sessions.ROUTES,
            *centre.ROUTES,
            *gather_listed("api", "ROUTES"),
            *admin.ROUTES,
        ],
        middleware=[Edge(limiter)],
        request_class=StrictRequest,
        exception_handlers={Exception: handle},
        lifespan=[connected],
        openapi_config=None,
        request_max_body_size=chosen.body_bytes_max,
        state=State({"limiter": limiter}),
        debug=False,
        logging_config=None,
    )


def _rest_the_collector() -> None:
    """Keep Python's collector from walking the whole application again and again: that stopped the loop for 70 ms."""
    gc.collect()
    gc.freeze()  # what stands at the start stays for ever
    gc.set_threshold(20_000, 20, 50)


def __getattr__(name: str) -> Litestar:
    # `server.app:app` for uvicorn, made on first use so that tools can import this module without settings.
    if name == "app":
        return create_app()
    raise AttributeError(name)
