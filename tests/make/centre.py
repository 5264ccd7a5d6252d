"""A member's browser in the member centre, and what it sends."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from server import callers

if TYPE_CHECKING:
    import uuid

    import httpx

    from tests.conftest import Shop

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def browser(shop: Shop, **headers: str) -> httpx.AsyncClient:
    """A stranger's browser."""
    return shop.client(Origin=f"http://{shop.host}", **headers)


async def entered(shop: Shop, member: uuid.UUID, **headers: str) -> httpx.AsyncClient:
    """A browser in which a member is signed in."""
    client = browser(shop, **headers)
    token, _ = callers.write_member_token(shop.tenant.id, member)
    reply = await client.get(f"/m/enter?token={token}")
    assert reply.status_code == 303, reply.text
    return client


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's first form that does something."""
    return {name: unescape(value) for name, value in _HIDDEN.findall(page)}
