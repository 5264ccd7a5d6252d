"""Where the two admins hang in the web application.

Everything below `/admin` and `/operator` is one mounted application each. Signing in and changing a password stand
apart, because they count attempts and hash outside of the transaction that the edge opens for other changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar import asgi

from admin import operators
from admin.console import BODY_BYTES_MAX, Console
from admin.console import PATH as CONSOLE_PATH
from admin.desk import Desk
from admin.operator import operator_forms, operator_tables
from admin.reader import Realm, staff_forms, staff_tables
from tenants import staff
from tenants.tenancy.current import current_tenant
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from litestar.handlers import ASGIRouteHandler
    from litestar.types import Receive, Scope, Send


async def _knock_as_operator(*, username: str, address: str) -> None:
    await staff.knock(username=username, address=address, table=operators.ATTEMPTS)


STAFF = Realm(
    name="staff",
    path="/admin",
    caller_kind="staff",
    transaction=lambda: DB.transaction(),  # noqa: PLW0108  the tenant is known when it is called
    knock=staff.knock,
    recognise=staff.recognise,
    open_session=staff.open_session,
    session=staff.session,
    sign_out=staff.sign_out,
    change_password=staff.change_password,
    note=staff.note,
    site_name=lambda: f"{current_tenant().name} · 熟客 Regulars",
    zone=lambda: current_tenant().timezone,
    tables=staff_tables,
    forms=staff_forms,
)
OPERATOR = Realm(
    name="operator",
    path="/operator",
    caller_kind="operator",
    transaction=DB.registry_transaction,
    knock=_knock_as_operator,
    recognise=operators.recognise,
    open_session=operators.open_session,
    session=operators.session,
    sign_out=operators.sign_out,
    change_password=operators.change_password,
    note=operators.note,
    site_name=lambda: "熟客 Regulars",
    zone=lambda: "UTC",
    tables=operator_tables,
    forms=operator_forms,
    own_transactions=True,
    alone=frozenset({"create-tenant", "rotate-key", "add-host"}),
)


def _routes(realm: Realm) -> list[ASGIRouteHandler]:
    desk = Desk(realm)
    area = {"area": "operator" if realm is OPERATOR else "admin"}
    name = realm.name

    @asgi(
        realm.path,
        is_mount=True,
        copy_scope=True,
        name=f"{name}-desk",
        opt={**area, "own_transaction": realm.own_transactions},
    )
    async def whole(scope: Scope, receive: Receive, send: Send) -> None:
        await desk.serve(scope, receive, send)

    apart = ("login", "public/login", "api/change-password")
    return [whole, *(_apart(desk, at, {**area, "own_transaction": True}) for at in apart)]


def _apart(desk: Desk, at: str, opt: dict[str, object]) -> ASGIRouteHandler:
    @asgi(f"{desk.realm.path}/{at}", copy_scope=True, name=f"{desk.realm.name}-{at}", opt=opt)
    async def one(scope: Scope, receive: Receive, send: Send) -> None:
        await desk.serve(scope, receive, send, at=at)

    return one


_CONSOLE = Console(STAFF)


@asgi(
    CONSOLE_PATH,
    is_mount=True,
    copy_scope=True,
    name="console",
    opt={"area": "admin", "own_transaction": True, "body_bytes_max": BODY_BYTES_MAX},
)
async def console(scope: Scope, receive: Receive, send: Send) -> None:
    """The seller's console."""
    await _CONSOLE.serve(scope, receive, send)


ROUTES = [console, *_routes(STAFF), *_routes(OPERATOR)]
