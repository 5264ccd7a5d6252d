"""The commands about people: a shop's staff, and those who run the installation."""

from __future__ import annotations

import secrets

import rich_click as click
from rich.markup import escape

from server.terminal import out, run, show_once
from tenants import staff
from tenants.tenancy import DB, registry, use_tenant


@click.group("staff")
def people() -> None:
    """A shop's people; the owner manages them in the admin."""


@people.command("add")
@click.argument("slug")
@click.argument("username")
@click.option(
    "--role",
    required=True,
    type=click.Choice(sorted(staff.ROLES)),
    help="What they may do; the owner may do everything.",
)
@click.option("--name", default="", help="As the shop's other people know them; the user name if left out.")
def add_staff(slug: str, username: str, role: str, name: str) -> None:
    """Take somebody on, with a password that is shown this once."""
    password = secrets.token_urlsafe(12)

    async def add() -> None:
        tenant = await registry.by_slug(slug)
        with use_tenant(tenant):
            async with DB.transaction():
                await staff.create(username=username, password=password, role=role, name=name, locale=tenant.locale)

    run(add())
    show_once({"user name": username.strip().lower(), "password": password})


@people.command("password")
@click.argument("slug")
@click.argument("username")
def new_password(slug: str, username: str) -> None:
    """Give somebody a new password, shown this once; they are signed out everywhere."""
    password = secrets.token_urlsafe(12)

    async def change() -> None:
        with use_tenant(await registry.by_slug(slug)):
            async with DB.transaction():
                await staff.change_password((await staff.find(username.strip().lower())).id, new=password)

    run(change())
    show_once({"user name": username, "password": password})


@click.group()
def operators() -> None:
    """Those who run the installation."""


@operators.command("create")
@click.argument("username")
def create_operator(username: str) -> None:
    """Make an operator, with a password that is shown this once."""
    from admin import operators as verbs  # noqa: PLC0415  the admin's libraries are large, and only this needs them

    password = secrets.token_urlsafe(12)
    run(verbs.create(username=username, password=password))
    show_once({"user name": username, "password": password})


@operators.command("password")
@click.argument("username")
def new_operator_password(username: str) -> None:
    """Give an operator a new password, shown this once; they are signed out everywhere."""
    from admin import operators as verbs  # noqa: PLC0415  the admin's libraries are large, and only this needs them

    password = secrets.token_urlsafe(12)

    async def change() -> None:
        async with DB.registry_transaction():
            await verbs.change_password(await verbs.find(username), new=password)

    run(change())
    show_once({"user name": username, "password": password})


@operators.command("deactivate")
@click.argument("username")
def deactivate_operator(username: str) -> None:
    """Let an operator in no longer; they are signed out everywhere."""
    run(_set_operator_active(username, active=False))
    out.print(f"{escape(username)} is not let in any more")


@operators.command("activate")
@click.argument("username")
def activate_operator(username: str) -> None:
    """Let an operator in again."""
    run(_set_operator_active(username, active=True))
    out.print(f"{escape(username)} is let in again")


async def _set_operator_active(username: str, *, active: bool) -> None:
    from admin import operators as verbs  # noqa: PLC0415  the admin's libraries are large, and only this needs them

    async with DB.registry_transaction():
        await verbs.set_active(await verbs.find(username), active=active)
