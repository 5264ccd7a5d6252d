"""A shop's people, and browsers in which they are signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import staff

if TYPE_CHECKING:
    import uuid

    import httpx

    from tests.conftest import Shop

PASSWORD = "correct horse battery"


async def person(role: str = "owner", *, username: str = "", password: str = PASSWORD) -> uuid.UUID:
    """Somebody of the shop; call it inside `shop.open()`."""
    return await staff.create(username=username or role, password=password, role=role)


async def desk(shop: Shop, role: str = "owner", *, username: str = "", **headers: str) -> httpx.AsyncClient:
    """A browser in which somebody with that role is signed in, with what its page sends along with a change."""
    username = username or role
    async with shop.open():
        if not await shop_has(username):
            await person(role, username=username)
    return await signed_in(shop, username, **headers)


async def signed_in(shop: Shop, username: str, *, password: str = PASSWORD, **headers: str) -> httpx.AsyncClient:
    """A browser that has gone through the sign-in page."""
    client = shop.client(Origin=f"http://{shop.host}", **headers)
    reply = await client.post("/admin/login", data={"username": username, "password": password})
    assert reply.status_code == 303, reply.text
    page = await client.get("/admin/")
    assert page.status_code == 200
    client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
    return client


async def shop_has(username: str) -> bool:
    """Whether somebody has that user name."""
    try:
        await staff.find(username)
    except staff.StaffUnknown:
        return False
    return True
