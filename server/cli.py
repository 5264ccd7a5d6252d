"""The command line: `python3 dev.py cli …` in development, `python -m server.cli …` anywhere."""

from __future__ import annotations

import asyncio
import secrets
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import rich_click as click
from rich.markup import escape
from rich.table import Table

from server.demo import demo
from server.files import members_group
from server.loading import load_orders
from server.people import operators, people
from server.settings import settings
from server.terminal import out, progress, run, show_once
from tenants import staff
from tenants.kit import clock, ids
from tenants.tenancy import DB, doctor, keys, migrations, provisioning, registry, use_tenant, work

if TYPE_CHECKING:
    from tenants.tenancy import Tenant

SLUG = click.argument("slug")
KINDS = get_args(keys.Kind)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Regulars 熟客: run the shop from the command line."""


@main.command()
@click.option("--at-once", default=2, show_default=True, type=click.IntRange(1, 8), help="Shops migrated together.")
def migrate(at_once: int) -> None:
    """Bring the registry and every shop to the present revision. Safe to repeat, resumes after a kill."""
    sys.exit(1 if run(_migrate(at_once)) else 0)


async def _migrate(at_once: int) -> int:
    for revision in await migrations.migrate_platform():
        out.print(f"platform {revision} applied")
    everyone = await registry.everyone()
    behind = [tenant for tenant in everyone if registry.is_behind(tenant)]
    failures: list[migrations.Failure] = []
    if behind:
        with progress() as bar:
            task = bar.add_task("migrating", total=len(behind))
            failures = await migrations.migrate_tenants(at_once=at_once, done=lambda _slug, _failure: bar.advance(task))
    for tenant in everyone:
        await work.plant_schedule(tenant)
    for failure in failures:
        out.print(f"[red]{failure.slug}[/red] {escape(failure.reason)}")
    out.print(f"{len(behind) - len(failures)} tenants migrated, {len(failures)} failed, revision {migrations.head()}")
    return len(failures)


@main.command("doctor")
@click.argument("slug", default="all")
def doctor_command(slug: str) -> None:
    """Look whether what must always hold does, for one shop or for all. Exit code 1 if something does not."""
    found = run(_examine(slug))
    for name, findings in found.items():
        for said in findings:
            out.print(f"[red]{name}[/red] {said}")
    broken = sum(map(bool, found.values()))
    out.print(f"{len(found)} shops examined, {broken} with findings")
    sys.exit(1 if broken else 0)


async def _examine(slug: str) -> dict[str, list[str]]:
    chosen = await registry.everyone() if slug == "all" else [await registry.by_slug(slug)]
    found: dict[str, list[str]] = {}
    with progress() as bar:
        for tenant in bar.track(chosen, description="examining"):
            if registry.is_behind(tenant):
                found[tenant.slug] = [
                    f"is at revision {tenant.revision or 'none'}, not {migrations.head()}: run migrate"
                ]
                continue
            with use_tenant(tenant):
                findings = await doctor.examine()
            found[tenant.slug] = [
                escape(
                    f"{one.check.name}: could not be run, {one.error}"
                    if one.error
                    else f"{one.check.name}: {one.check.words.say()} ({one.rows} rows, e.g. {one.sample[0]})"
                )
                for one in findings
            ]
    return found


@main.group()
def tenants() -> None:
    """Make, list, suspend, export and drop shops."""


tenants.add_command(migrate)


@tenants.command("create")
@SLUG
@click.option("--name", default="", help="The shop's name; the slug if left out.")
@click.option("--timezone", default="Asia/Shanghai", show_default=True)
@click.option("--currency", default="CNY", show_default=True)
@click.option("--locale", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--region", default="CN", show_default=True, help="Default region of telephone numbers.")
@click.option("--owner", default="owner", show_default=True, help="User name of the first member of staff.")
@click.option("--origin", "origins", multiple=True, help="Web origin of the shop; makes a publishable key for it.")
def create_tenant(slug: str, owner: str, origins: tuple[str, ...], **options: str) -> None:
    """Make a shop with its own schema, its first login and its keys, which are shown this once."""
    options["name"] = options["name"] or slug
    tenant, shown = run(_create(slug, owner, list(origins), options))
    out.print(f"[green]{tenant.slug}[/green] lives in schema {tenant.schema}, host {slug}.{settings().base_domain}")
    show_once(shown)


async def _create(slug: str, owner: str, origins: list[str], options: dict[str, str]) -> tuple[Tenant, dict[str, str]]:
    staff.check_username(owner)
    tenant = await provisioning.create(slug=slug, **options)
    password = secrets.token_urlsafe(12)
    with use_tenant(tenant):
        async with DB.transaction():
            await staff.create(username=owner, password=password, role="owner", locale=tenant.locale)
    shown = {"user name": owner, "password": password}
    for kind in KINDS:
        if kind != "publishable" or origins:
            key_id, text = await _make_key(tenant, kind, name="", origins=origins)
            shown[f"{kind} key {ids.show('key', key_id)}"] = text
    return tenant, shown


@tenants.command("list")
def list_tenants() -> None:
    """All shops, their state and revision."""
    table = Table("slug", "name", "state", "revision", "zone", "schema", "hosts")
    for tenant in run(registry.everyone()):
        behind = " [red]behind[/red]" if registry.is_behind(tenant) else ""
        table.add_row(tenant.slug, escape(tenant.name), tenant.state, tenant.revision + behind, tenant.timezone,
                      tenant.schema, " ".join(sorted(tenant.hosts)))  # fmt: skip
    out.print(table)


@tenants.command()
@SLUG
def suspend(slug: str) -> None:
    """Refuse all requests and hold all work of a shop."""
    run(registry.set_state(slug, "suspended"))
    out.print(f"{slug} is suspended")


@tenants.command()
@SLUG
def resume(slug: str) -> None:
    """Serve a suspended shop again."""
    run(registry.set_state(slug, "active"))
    out.print(f"{slug} is active")


@tenants.command("export")
@SLUG
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export_tenant(slug: str, folder: Path) -> None:
    """Write every table of a shop as CSV files into FOLDER, in one consistent snapshot."""
    counts = run(provisioning.export(slug, folder, told=lambda table, rows: out.print(f"{table:32} {rows:>10}")))
    out.print(f"{sum(counts.values())} rows in {len(counts)} files in {escape(str(folder))}")


@tenants.command("drop")
@SLUG
@click.option("--confirm", prompt="This deletes the shop and all its members' data. Type the slug to go on")
def drop_tenant(slug: str, confirm: str) -> None:
    """Delete a shop for good; asks for its slug once more."""
    if confirm != slug:
        out.print("[red]That is not the slug; nothing was deleted.[/red]")
        sys.exit(1)
    run(provisioning.drop(slug))
    out.print(f"{slug} is gone")


@tenants.group()
def hosts() -> None:
    """The host names, besides its own below the base domain, under which a shop is reached."""


@hosts.command("add")
@SLUG
@click.argument("host")
def add_host(slug: str, host: str) -> None:
    """Let a shop be reached under HOST; its DNS must point here."""
    out.print(f"{slug} is reached at {run(registry.add_host(slug, host, base_domain=settings().base_domain))}")


@hosts.command("remove")
@SLUG
@click.argument("host")
def remove_host(slug: str, host: str) -> None:
    """Take HOST away from a shop."""
    run(registry.remove_host(slug, host))
    out.print(f"{slug} is no longer reached at {escape(host)}")


@main.group("keys")
def keys_group() -> None:
    """The keys with which a shop's systems come in."""


@keys_group.command("list")
@SLUG
def list_keys(slug: str) -> None:
    """A shop's keys; what can be shown of them."""
    table = Table("id", "kind", "name", "key", "origins", "made", "ends")
    for row in run(_keys_of(slug)):
        ended = row["expires_at"] is not None and row["expires_at"] <= clock.now()
        ends = f"{row['expires_at']:%Y-%m-%d %H:%M} UTC" if row["expires_at"] else ""
        origins, made = " ".join(row["origins"]), f"{row['created_at']:%Y-%m-%d}"
        shown_end = f"[red]{ends}[/red]" if ended else ends
        table.add_row(
            ids.show("key", row["id"]), row["kind"], escape(row["name"]), row["hint"], origins, made, shown_end
        )
    out.print(table)


async def _keys_of(slug: str) -> list[Any]:
    return await keys.of_tenant((await registry.by_slug(slug)).id)


@keys_group.command("make")
@SLUG
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--name", default="", help="What it is for.")
@click.option("--origin", "origins", multiple=True, help="Web origin that a publishable key is bound to.")
def make_key(slug: str, kind: keys.Kind, name: str, origins: tuple[str, ...]) -> None:
    """Make a key and show it this once."""
    if kind == "publishable" and not origins:
        raise click.UsageError("a publishable key is bound to the shop's web origin: add --origin https://…")

    async def make() -> tuple[Any, str]:
        return await _make_key(await registry.by_slug(slug), kind, name=name, origins=list(origins))

    key_id, text = run(make())
    show_once({f"{kind} key {ids.show('key', key_id)}": text})


@keys_group.command("rotate")
@click.argument("key_id")
@click.option("--overlap-hours", default=24, show_default=True, type=click.IntRange(0, 24 * 365))
def rotate_key(key_id: str, overlap_hours: int) -> None:
    """Make a successor of a key, shown this once; the old one works on for a while."""

    async def rotate() -> tuple[Any, str]:
        secret = settings().secret_key.get_secret_value()
        return await keys.rotate(ids.read("key", key_id), overlap=timedelta(hours=overlap_hours), app_secret=secret)

    new_id, text = run(rotate())
    show_once({f"key {ids.show('key', new_id)}": text})
    out.print(f"{escape(key_id)} works for another {overlap_hours} hours")


@keys_group.command("revoke")
@click.argument("key_id")
def revoke_key(key_id: str) -> None:
    """End a key now."""

    async def revoke() -> None:
        await keys.revoke(ids.read("key", key_id))

    run(revoke())
    out.print(f"{escape(key_id)} has ended; every process knows within {keys.CACHE_SECONDS:.0f} seconds")


async def _make_key(tenant: Tenant, kind: keys.Kind, *, name: str, origins: list[str]) -> tuple[Any, str]:
    secret = settings().secret_key.get_secret_value()
    bound = origins if kind == "publishable" else []
    return await keys.make(tenant.id, kind, name=name, origins=bound, app_secret=secret)


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


main.add_command(people)
main.add_command(operators)
main.add_command(load_orders)
main.add_command(members_group)
main.add_command(demo)

if __name__ == "__main__":
    main()
