"""What all commands share: the connection, the way to say no, the progress bar."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import asyncpg
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from server.settings import settings
from tenants.kit.errors import DomainError
from tenants.kit.parts import gather
from tenants.kit.words import choose_language, reading
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

out = Console()


_UNREACHABLE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.CannotConnectNowError,
    asyncpg.InvalidAuthorizationSpecificationError,
)


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
    """Run a command. What the domain refuses is one sentence and exit code 1; a database that is away, exit code 2."""

    async def whole() -> Any:
        async with connected():
            return await work_

    with reading(choose_language("", fallback=os.environ.get("LANG", ""))):
        try:
            return asyncio.run(whole())
        except DomainError as error:
            out.print(f"[red]{escape(error.say())}[/red]  [dim]({error.code})[/dim]")
            sys.exit(1)
        except asyncpg.UndefinedTableError:
            _give_up("The database is empty or of another version. Run `migrate` first.")
        except asyncpg.LockNotAvailableError:
            _give_up("Somebody is using it just now. Suspend the shop, or try again in a moment.")
        except _UNREACHABLE as error:
            _give_up(f"The database cannot be reached; look at DATABASE_URL. ({type(error).__name__}: {error})")
        except ValidationError as error:
            wrong = ", ".join(str(one["loc"][0]).upper() for one in error.errors() if one["loc"])
            _give_up(f"A setting is missing or wrong: {wrong or error.errors()[0]['msg']}. See .env.example.")
        finally:
            work_.close()


def show_once(shown: dict[str, str]) -> None:
    """Tell secrets, by their names, of which only a digest is kept."""
    for name, text in shown.items():
        out.print(f"{name}: [bold]{escape(text)}[/bold]", soft_wrap=True, highlight=False)
    out.print("[dim]Write these down: nobody can show them again.[/dim]")


def _give_up(sentence: str) -> NoReturn:
    out.print(f"[red]{escape(' '.join(sentence.split()))}[/red]", soft_wrap=True)
    sys.exit(2)


def progress() -> Progress:
    """The progress bar of all commands."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
        console=out)  # fmt: skip
