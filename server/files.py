"""Members as files, from the command line: `cli members import` and `cli members export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from server.terminal import out, progress, run
from tenants import members
from tenants.tenancy import DB, registry, use_tenant

if TYPE_CHECKING:
    from tenants.members import ImportReport

_SHOWN = 20


@click.group("members")
def members_group() -> None:
    """Take members in from a file, or write them into one."""


@members_group.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Write nothing, say what would be done.")
def import_members(slug: str, file: Path, dry_run: bool) -> None:  # noqa: FBT001  click hands it so
    """Make members as a CSV or Excel file says. Exit code 1 if rows were left out."""
    report = run(_import(slug, file, dry_run=dry_run))
    for error in report.errors[:_SHOWN]:
        out.print(f"[red]line {error.line}[/red] {error.column} {error.sentence}", highlight=False)
    if report.failed > _SHOWN:
        out.print("[dim]… all of them: GET /v1/member-imports/{id}/errors[/dim]")
    out.print(
        f"{report.rows} rows: {report.created} new, {report.updated} changed, {report.unchanged} as before,"
        f" {report.failed} left out" + (" (dry run)" if dry_run else "")
    )
    sys.exit(1 if report.failed else 0)


async def _import(slug: str, file: Path, *, dry_run: bool) -> ImportReport:
    with use_tenant(await registry.by_slug(slug)), progress() as bar:
        task = bar.add_task("reading", total=None)
        async with DB.transaction():
            staged = await members.stage(
                file, file_name=file.name, dry_run=dry_run, progress=lambda rows: bar.update(task, completed=rows)
            )
        bar.update(task, completed=staged.rows, total=staged.rows)
        task = bar.add_task("carrying out", total=staged.rows)
        return await members.carry_out(staged.id, progress=lambda rows: bar.update(task, completed=rows))


@members_group.command("export")
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_members(slug: str, file: Path) -> None:
    """Write all members into a file: Excel if its name ends in .xlsx, else CSV."""
    out.print(f"{run(_export(slug, file))} members written to {file}")


async def _export(slug: str, file: Path) -> int:
    with use_tenant(await registry.by_slug(slug)), progress() as bar:
        task = bar.add_task("writing", total=await members.count_living())
        if file.suffix.lower() == ".xlsx":
            return await members.write_excel(file, progress=lambda rows: bar.update(task, completed=rows))
        return await members.write_csv(file, progress=lambda rows: bar.update(task, completed=rows))
