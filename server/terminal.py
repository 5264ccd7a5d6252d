"""What all commands share: the connection, the way to say no, the progress bar."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from server.settings import settings
from tenants.kit.errors import DomainError
from tenants.kit.parts import gather
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

out = Console()


@asynccontextmanager
async def connected() -> AsyncIterator[None]:
    """The database, and everything that a subject registers when it is loaded."""
    gather("rules")
    gather("jobs")
    gather("reactions")
    await DB.connect({"main": settings().database_url.get_secret_value()})
    try:
        yield
    finally:
        await DB.disconnect()


def run(work_: Coroutine[Any, Any, Any]) -> Any:
    """Run a command; what the domain refuses is one sentence and exit code 1."""

    async def whole() -> Any:
        async with connected():
            return await work_

    try:
        return asyncio.run(whole())
    except DomainError as error:
        out.print(f"[red]{error.say()}[/red]  [dim]({error.code})[/dim]")
        sys.exit(1)


def progress() -> Progress:
    """The progress bar of all commands."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
        console=out)  # fmt: skip
