"""The bare address: whoever types it is led on to the desk of that host."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.response import Redirect

from server.settings import settings
from tenants.tenancy import registry


@get("/", include_in_schema=False)
async def show_front(request: Request[Any, Any, Any]) -> Redirect:
    """A shop's host leads to its admin, the base domain to the operators'."""
    host = registry.host_of(request.headers.get("host", ""))
    return Redirect("/operator/" if host == settings().base_domain else "/admin/", status_code=303)


ROUTES = [show_front]
