"""Orders by the file: first what would come of it, then all of it or nothing but the rows that cannot be used."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, BinaryIO

from tenants.kit.console import Ask, View
from tenants.kit.errors import NotFound
from tenants.orders.rules import files, loading

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_READ_BYTES = 1 << 16


async def show(ask: Ask) -> View:
    """What can be brought in."""
    if ask.rest:
        raise NotFound
    return _view(None, dry_run=False)


async def check(ask: Ask) -> View:
    """Say what would come of a file, and do nothing."""
    return await _take_in(ask, dry_run=True)


async def take_in(ask: Ask) -> View:
    """Take in the events of a file."""
    return await _take_in(ask, dry_run=False)


async def _take_in(ask: Ask, *, dry_run: bool) -> View:
    report = loading.Report(dry_run=dry_run)
    async for batch in files.read_file(_chunks(ask.upload("file").file)):
        await loading.take(batch, report)
    return _view(report, dry_run=dry_run)


def _view(report: loading.Report | None, *, dry_run: bool) -> View:
    return View("orders/pages/files.html", {"report": report, "dry_run": dry_run})


async def _chunks(file: BinaryIO) -> AsyncIterator[bytes]:
    while chunk := await asyncio.to_thread(file.read, _READ_BYTES):
        yield chunk
