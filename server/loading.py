"""Loads the orders of a text file into a shop, through the same rules as the API, and says how fast that went.

The format is that of the CDNOW set: a line is an order, with the customer's id, the day (`YYYYMMDD`), the number of
items and the amount in dollars, by white space. All lines of a customer stand together; a number that comes again in
another place is another customer, called `<number>-2`: moving the set's years also changed a few customers' numbers
into others that are taken. The names of the orders are made of customer, day and the how-manieth order of that day
it is, so a second run, or one after a kill, finds what is there and adds what is missing.
"""

from __future__ import annotations

import asyncio
import functools
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as time_of_day
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click
from rich.table import Table

from server.terminal import out, progress, run
from tenants import orders
from tenants.kit import clock
from tenants.kit.errors import DomainError, Refused
from tenants.kit.words import Words
from tenants.tenancy import doctor, registry
from tenants.tenancy.current import current_tenant, use_tenant
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCE = "cdnow"
CURRENCY = "USD"
BATCH = 2_000
AT_ONCE = 2  # one batch is made ready while the other is at the database
_PROBLEMS_SHOWN = 10
_NOON = time_of_day(12)


class WrongCurrency(Refused):
    """The file's amounts are dollars, the shop counts in something else."""

    code = "loading.currency"
    sentence = Words(
        en="The file's amounts are in {file}, the shop “{slug}” counts in {shop}. Make a shop with --currency {file}.",
        zh="文件金额为 {file}，商家“{slug}”的货币为 {shop}。请用 --currency {file} 新建商家。",
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that could not be used."""

    line: int
    what: str


@dataclass(slots=True)
class Loaded:
    """What came of a load."""

    new: int = 0
    repeated: int = 0
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0
    told_apart: int = 0
    seconds: float = 0.0

    @property
    def rows(self) -> int:
        """Orders that were taken in or found to be there."""
        return self.new + self.repeated

    def note(self, problem: Problem) -> None:
        """Count a line that could not be used; the first few are kept to be shown."""
        self.refused += 1
        if len(self.problems) < _PROBLEMS_SHOWN:
            self.problems.append(problem)


@click.command("load-orders")
@click.argument("tenant")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), help="Only so many lines from the start.")
def load_orders(tenant: str, file: Path, limit: int | None) -> None:
    """Load a file of orders (customer, day, items, dollars) into the shop TENANT as members and completed orders.

    Safe to repeat and to interrupt. Ends by checking the books and by comparing with PostgreSQL's own COPY.
    """
    sys.exit(1 if run(_load_and_report(tenant, file, limit)) else 0)


async def _load_and_report(slug: str, file: Path, limit: int | None) -> int:
    tenant = registry.admit(await registry.by_slug(slug))
    with use_tenant(tenant):
        with file.open("rb") as lines, progress() as bar:
            total = sum(1 for _ in lines)
            task = bar.add_task("loading orders", total=min(total, limit or total))
            loaded = await load(file, limit=limit, told=lambda rows: bar.advance(task, rows))
        for problem in loaded.problems:
            out.print(f"[red]line {problem.line}[/red] {problem.what}")
        failing = [finding.check.name for finding in await doctor.examine()]
        await _report(loaded, broken=failing)
    return loaded.refused + len(failing)


async def load(file: Path, *, limit: int | None = None, told: Callable[[int], object] = lambda _rows: None) -> Loaded:
    """Take the orders of a file into the current shop, in batches that are committed one by one.

    `told` hears how many further lines are done. Raises WrongCurrency.
    """
    tenant = current_tenant()
    if tenant.currency != CURRENCY:
        raise WrongCurrency(file=CURRENCY, slug=tenant.slug, shop=tenant.currency)
    loaded = Loaded()
    started = time.perf_counter()
    running: set[asyncio.Task[None]] = set()
    try:
        for batch in _batches(_read(file, limit, loaded)):
            if len(running) >= AT_ONCE:
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            if not loaded.rows:  # the first writes down the terms that all are on, and the next would wait for it
                await _take_in(batch, loaded, told)
                continue
            running.add(asyncio.create_task(_take_in(batch, loaded, told)))
            await asyncio.sleep(0)
        await asyncio.gather(*running)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    loaded.seconds = time.perf_counter() - started
    return loaded


async def _take_in(batch: list[tuple[int, orders.Incoming]], loaded: Loaded, told: Callable[[int], object]) -> None:
    async with DB.transaction():
        answers = await orders.take_in_many([order for _, order in batch])
    for (line, _), answer in zip(batch, answers, strict=True):
        if isinstance(answer, DomainError):
            loaded.note(Problem(line, answer.say("en")))
        elif answer.repeated:
            loaded.repeated += 1
        else:
            loaded.new += 1
    told(len(batch))


def _batches(lines: Iterator[tuple[int, orders.Incoming]]) -> Iterator[list[tuple[int, orders.Incoming]]]:
    """Batches that end with a customer, so that those which run together do not wait for each other's members."""
    batch: list[tuple[int, orders.Incoming]] = []
    for line in lines:
        if len(batch) >= BATCH and (
            line[1].member_external_id != batch[-1][1].member_external_id or len(batch) >= 2 * BATCH
        ):
            yield batch
            batch = []
        batch.append(line)
    if batch:
        yield batch


def _read(file: Path, limit: int | None, loaded: Loaded) -> Iterator[tuple[int, orders.Incoming]]:
    """The orders of a file with their lines' numbers; what cannot be read is noted in `loaded`."""
    moment_of = functools.lru_cache(maxsize=4096)(functools.partial(_moment, current_tenant().timezone))
    customer, name, ordinals, blocks = "", "", dict[str, int](), Counter[str]()
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            if limit is not None and number > limit:
                return
            try:
                who, day, items, amount = line.split()
                at, count, total = moment_of(day), int(items), Decimal(amount)
            except (ValueError, ArithmeticError):
                loaded.note(Problem(number, "not a line of customer, day (YYYYMMDD), items and amount"))
                continue
            if who != customer:
                customer, ordinals = who, {}
                blocks[who] += 1
                # The same number in another place of the file is another customer.
                name = who if blocks[who] == 1 else f"{who}-{blocks[who]}"
                loaded.told_apart += blocks[who] > 1
            ordinal = ordinals[day] = ordinals.get(day, 0) + 1
            yield number, orders.Incoming(
                source=SOURCE, external_id=f"{name}-{day}-{ordinal}", member_external_id=name, kind="completed",
                reference="completed", at=at, amount=total, currency=CURRENCY, items=count)  # fmt: skip


def _moment(zone_name: str, day: str) -> datetime:
    if len(day) != len("YYYYMMDD"):
        raise ValueError(day)
    return clock.local(zone_name, date(int(day[:4]), int(day[4:6]), int(day[6:])), _NOON)


async def _report(loaded: Loaded, *, broken: list[str]) -> None:
    totals = await DB.fetchrow(
        "SELECT count(*) AS orders, count(DISTINCT member) AS members, coalesce(sum(amount), 0) AS amount,"
        " coalesce(sum(points_given), 0)::bigint AS points FROM __tenant__.shop_order WHERE source = $1",
        SOURCE,
    )
    balance = await DB.fetchval("SELECT coalesce(sum(balance), 0)::bigint FROM __tenant__.points_account")
    rate = loaded.rows / loaded.seconds if loaded.seconds else 0.0
    table = Table(show_header=False, box=None)
    table.add_row("new orders", f"{loaded.new:,}")
    table.add_row("here before", f"{loaded.repeated:,}")
    table.add_row("not usable", f"{loaded.refused:,}")
    if loaded.told_apart:
        table.add_row("told apart", f"{loaded.told_apart:,} customers with a number that comes twice")
    table.add_row("orders of this source", f"{totals['orders']:,} of {totals['members']:,} members")
    table.add_row("their amount and points", f"{totals['amount']:,} {CURRENCY}, {totals['points']:,} points")
    table.add_row("balance of all members", f"{balance:,} points")
    table.add_row("time", f"{loaded.seconds:.1f} s, {rate:,.0f} orders/s")
    if loaded.new and totals["orders"]:
        copy = await copy_rate()
        table.add_row(
            "COPY of the same rows", f"{copy:,.0f} orders/s into a plain table: this load is {rate / copy:.3f} of it"
        )
    table.add_row("books", "[red]" + ", ".join(broken) + "[/red]" if broken else "[green]balanced[/green]")
    out.print(table)


async def copy_rate() -> float:
    """Orders a second with which PostgreSQL copies this source's orders into a plain temporary table."""
    tenant = current_tenant()
    async with DB.pool_of(tenant.placement).acquire() as connection:
        await connection.execute(f'CREATE TEMPORARY TABLE copied_order (LIKE "{tenant.schema}".shop_order)')
        try:
            with tempfile.TemporaryFile() as rows:
                await connection.copy_from_query(
                    f'SELECT * FROM "{tenant.schema}".shop_order WHERE source = $1', SOURCE, output=rows
                )
                rows.seek(0)
                started = time.perf_counter()
                status: Any = await connection.copy_to_table("copied_order", source=rows)
                seconds = time.perf_counter() - started
        finally:
            await connection.execute("DROP TABLE copied_order")
    return int(status.split()[-1]) / seconds
