"""What has to be sent: the list as a file, and the numbers of the parcels back in after a dry run."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tenants.kit import ids
from tenants.kit.console import Ask, Download, View
from tenants.kit.errors import NotFound
from tenants.mall.rules import fulfilment, reading
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_SHOWN = 50
_ERRORS = 100


async def show(ask: Ask) -> View | Download:
    """The newest of what has to be sent, or all of it as a file."""
    if ask.rest == "to-ship.csv":
        return Download("to-ship.csv", "text/csv; charset=utf-8", _parts())
    if ask.rest:
        raise NotFound
    return await _view()


async def check(ask: Ask) -> View:
    """Say what would be marked as sent, and do nothing."""
    return await _take_in(ask, dry_run=True)


async def take_in(ask: Ask) -> View:
    """Mark as sent what a file names."""
    return await _take_in(ask, dry_run=False)


async def _take_in(ask: Ask, *, dry_run: bool) -> View:
    data = await asyncio.to_thread(ask.upload("file").file.read)
    parcels = await asyncio.to_thread(fulfilment.read_parcels, data)
    return await _view(await fulfilment.import_parcels(parcels, dry_run=dry_run))


async def _view(report: fulfilment.ShipmentReport | None = None) -> View:
    rows = await reading.redemptions(state="to_ship", limit=_SHOWN)
    facts = {
        "report": report,
        "errors": report.errors[:_ERRORS] if report else (),
        "rows": [{"shown": ids.show("mem", row["member"]), "it": row} for row in rows],
        "count": await DB.fetchval("SELECT count(*) FROM __tenant__.mall_redemption WHERE state = 'to_ship'"),
    }
    return View("mall/pages/shipping.html", facts)


async def _parts() -> AsyncIterator[bytes]:
    async for part in fulfilment.export(bom=True):
        yield part.encode()
