"""The command line: `python3 dev.py cli …` in development, `python -m server.cli …` anywhere."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import rich_click as click
from rich.table import Table

from server.demo import demo
from server.loading import load_orders
from server.settings import settings
from server.terminal import out, progress, run
from tenants.tenancy import migrations, provisioning, registry, work


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Regulars 熟客: run the shop from the command line."""


@main.command()
@click.option("--at-once", default=2, show_default=True, help="Tenants that are migrated together.")
def migrate(at_once: int) -> None:
    """Bring the registry and every tenant to the present revision. Safe to repeat, resumes after a kill."""
    sys.exit(1 if run(_migrate(at_once)) else 0)


async def _migrate(at_once: int) -> int:
    for revision in await migrations.migrate_platform():
        out.print(f"platform {revision} applied")
    everyone = await registry.everyone()
    behind = [tenant for tenant in everyone if tenant.revision != migrations.head()]
    failures: list[migrations.Failure] = []
    if behind:
        with progress() as bar:
            task = bar.add_task("migrating", total=len(behind))
            failures = await migrations.migrate_tenants(at_once=at_once, done=lambda _slug, _failure: bar.advance(task))
    for tenant in everyone:
        await work.plant_schedule(tenant)
    for failure in failures:
        out.print(f"[red]{failure.slug}[/red] {failure.reason}")
    out.print(f"{len(behind) - len(failures)} tenants migrated, {len(failures)} failed, revision {migrations.head()}")
    return len(failures)


@main.group()
def tenants() -> None:
    """Make, list, suspend, export and drop shops."""


@tenants.command("create")
@click.argument("slug")
@click.option("--name", default="", help="The shop's name; the slug if left out.")
@click.option("--timezone", default="Asia/Shanghai", show_default=True)
@click.option("--currency", default="CNY", show_default=True)
@click.option("--locale", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--region", default="CN", show_default=True, help="Default region of telephone numbers.")
def create_tenant(slug: str, **options: str) -> None:
    """Make a shop with its own schema."""
    options["name"] = options["name"] or slug
    tenant = run(provisioning.create(slug=slug, **options))
    out.print(f"[green]{tenant.slug}[/green] lives in schema {tenant.schema}, host {slug}.{settings().base_domain}")


@tenants.command("list")
def list_tenants() -> None:
    """All shops, their state and revision."""
    table = Table("slug", "name", "state", "revision", "zone", "schema")
    for tenant in run(registry.everyone()):
        behind = "" if tenant.revision == migrations.head() else " [red]behind[/red]"
        table.add_row(tenant.slug, tenant.name, tenant.state, tenant.revision + behind, tenant.timezone, tenant.schema)
    out.print(table)


@tenants.command()
@click.argument("slug")
def suspend(slug: str) -> None:
    """Refuse all requests and hold all work of a shop."""
    run(registry.set_state(slug, "suspended"))
    out.print(f"{slug} is suspended")


@tenants.command()
@click.argument("slug")
def resume(slug: str) -> None:
    """Serve a suspended shop again."""
    run(registry.set_state(slug, "active"))
    out.print(f"{slug} is active")


@tenants.command("export")
@click.argument("slug")
@click.argument("folder", type=click.Path(path_type=Path))
def export_tenant(slug: str, folder: Path) -> None:
    """Write every table of a shop as CSV files into FOLDER, in one consistent snapshot."""
    counts = run(provisioning.export(slug, folder, told=lambda table, rows: out.print(f"{table:32} {rows:>10}")))
    out.print(f"{sum(counts.values())} rows in {len(counts)} files in {folder}")


@tenants.command("drop")
@click.argument("slug")
@click.option("--confirm", prompt="This deletes the shop and all its members' data. Type the slug to go on")
def drop_tenant(slug: str, confirm: str) -> None:
    """Delete a shop for good; asks for its slug once more."""
    if confirm != slug:
        out.print("[red]That is not the slug; nothing was deleted.[/red]")
        sys.exit(1)
    run(provisioning.drop(slug))
    out.print(f"{slug} is gone")


@main.group("migrations")
def migrations_group() -> None:
    """For developers: write and compile migrations."""


@migrations_group.command("new")
@click.argument("description")
def new_migration(description: str) -> None:
    """Write migrations for what changed in the classes, and compile them."""
    from tenants.tenancy import compiling  # noqa: PLC0415  a developer's tool, not for production images

    async def make() -> None:
        for kind in compiling.KINDS:
            paths = await compiling.new(kind, description)
            out.print(f"{kind}: {', '.join(path.name for path in paths) or 'no change'}")
        for changed in await compiling.write_all():
            out.print(f"compiled {changed.name}")

    asyncio.run(make())


@migrations_group.command("compile")
def compile_migrations() -> None:
    """Compile every migration to SQL again."""
    from tenants.tenancy import compiling  # noqa: PLC0415  a developer's tool, not for production images

    for changed in asyncio.run(compiling.write_all()):
        out.print(f"compiled {changed}")


main.add_command(load_orders)
main.add_command(demo)

if __name__ == "__main__":
    main()
