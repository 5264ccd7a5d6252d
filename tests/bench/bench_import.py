"""A million members from a CSV, read, checked and written with all indexes, against COPY of the same rows.

`REGULARS_IMPORT_ROWS` says how many; beside the ratio stand the seconds and the memory that the process took more.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from tenants import members
from tenants.tenancy.current import use_tenant
from tenants.tenancy.engine import DB
from tests.bench.figures import Figure, bench_shop

_HEADER = "external_id,name,phone,email,gender,birthday,region,tags,source\n"
_REGIONS = ("浙江", "Zhejiang", "广东", "上海", "北京")
_COLUMNS = (
    "id, external_id, name, phone, email, gender, birth_calendar, birth_year, birth_month, birth_day, region,"
    " occupation, tags, source, state, created_at, updated_at"
)


async def measure() -> list[Figure]:
    """Import into a fresh shop, then copy what was made into a table like it, with the same indexes."""
    rows = int(os.environ.get("REGULARS_IMPORT_ROWS", "1000000"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "members.csv"
        write_file(file, rows)
        async with bench_shop() as tenant:
            with use_tenant(tenant):
                before, started = resident_bytes(), time.perf_counter()
                async with DB.transaction():
                    staged = await members.stage(file, file_name=file.name)
                read = time.perf_counter() - started
                report = await members.carry_out(staged.id)
                seconds, more = time.perf_counter() - started, resident_bytes() - before
                if (report.created, report.failed) != (rows, 0):
                    raise RuntimeError(f"{report.created} of {rows} members were made")
                copied = await _copy(Path(folder) / "members.copy")
                exporting = time.perf_counter()
                size = 0
                async for part in members.csv_parts():
                    size += len(part)
                exported = time.perf_counter() - exporting
    detail = (
        f"{rows:,} members in {seconds:.1f} s ({read:.1f} s to read), COPY {copied:.1f} s, {more / 1e6:.0f} MB more"
    )
    out = f"{rows:,} members, {size / 1e6:.0f} MB of CSV in {exported:.1f} s"
    return [
        Figure("members imported from CSV", copied / seconds, "COPY of the same rows", 0.1, detail),
        Figure("members imported in a minute", rows / seconds * 60 / 1_000_000, "a million", 1.0, detail),
        Figure("members exported against imported", seconds / exported, "the import", 1.0, out),
    ]


def write_file(file: Path, rows: int) -> None:
    """A CSV of members as shops have them."""
    with file.open("w", encoding="utf-8") as out:
        out.write(_HEADER)
        for n in range(rows):
            birthday = f"{1950 + n % 55}-{n % 12 + 1:02}-{n % 28 + 1:02}"
            out.write(
                f"shopper-{n},Shopper {n},138{n % 100_000_000:08d},s{n}@example.com,{('female', 'male')[n % 2]},"
                f"{birthday},{_REGIONS[n % 5]},{('', 'vip', 'vip;spring')[n % 3]},pos\n"
            )


def resident_bytes() -> int:
    """The memory that this process holds."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


async def _copy(file: Path) -> float:
    async with DB.transaction(seconds=300) as transaction:
        await DB.fetch("CREATE TABLE __tenant__.member_copied (LIKE __tenant__.member INCLUDING ALL)")
        source = await DB.fetchval(
            "SELECT table_schema FROM information_schema.tables WHERE table_name = 'member_copied'"
        )
        await transaction.connection.copy_from_query(
            f"SELECT {_COLUMNS} FROM {source}.member", output=str(file), format="binary", timeout=300)  # fmt: skip
        started = time.perf_counter()
        await transaction.connection.copy_to_table(
            "member_copied", schema_name=source, source=str(file), columns=_COLUMNS.split(", "), format="binary",
            timeout=300)  # fmt: skip
        return time.perf_counter() - started
