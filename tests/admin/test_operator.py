"""The operators' desk: shops, keys and due work, at the base domain only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from admin import operators
from admin.operator import operator_forms, operator_tables
from tenants import staff
from tenants.kit import ids
from tenants.staff import SessionOver, WrongPassword
from tenants.tenancy import provisioning, registry
from tenants.tenancy.engine import DB
from tests.make import staff as make
from tests.make.staff import PASSWORD

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from tests.conftest import Shop


@pytest.fixture
async def desk(acme: Shop) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which an operator is signed in."""
    await DB.registry_fetch("DELETE FROM platform.operator")
    await DB.registry_fetch("DELETE FROM platform.operator_attempt")
    await DB.registry_fetch("DELETE FROM platform.operator_audit")
    await operators.create(username="root", password=PASSWORD)
    client = acme.client(Origin="http://localhost")
    client.base_url = "http://localhost"
    reply = await client.post("/operator/login", data={"username": "root", "password": PASSWORD})
    assert reply.status_code == 303, reply.text
    await client.get("/operator/")
    client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
    yield client
    for row in await DB.registry_fetch("SELECT slug FROM platform.tenant WHERE slug NOT IN ('acme', 'rival')"):
        await provisioning.drop(row["slug"])


async def test_no_shops_host_shows_the_operators_desk(acme: Shop, desk: httpx.AsyncClient) -> None:
    token = desk.cookies["regulars_operator"]
    for path in ("", "login", "api/tables/", "api/tables/tenant/"):
        reply = await acme.client(Cookie=f"regulars_operator={token}").get(f"/operator/{path}")
        assert reply.status_code == 404, path


async def test_staff_are_strangers_to_it(acme: Shop) -> None:
    client = await make.desk(acme)
    token = client.cookies["regulars_staff"]
    for name in ("regulars_operator", "regulars_staff"):
        reply = await acme.client(Host="localhost", Cookie=f"{name}={token}").get("/operator/api/tables/")
        assert reply.status_code == 401


async def test_every_table_is_listed_in_both_languages_and_shows_nothing_secret(desk: httpx.AsyncClient) -> None:
    for name in operator_tables():
        for rest in ("", "count/", "schema/", "ids/", "new/", "references/"):
            reply = await desk.get(f"/operator/api/tables/{name}/{rest}")
            assert reply.status_code == 200, (name, rest, reply.text)
            assert "argon2" not in reply.text
        for method, rest in (("POST", ""), ("PUT", "x/"), ("PATCH", "x/"), ("DELETE", "")):
            assert (await desk.request(method, f"/operator/api/tables/{name}/{rest}", json={})).status_code in {
                404,
                405,
            }
        chinese = await desk.get(f"/operator/api/tables/{name}/schema/", headers={"Accept-Language": "zh"})
        assert not chinese.json()["title"].isascii()
    assert (await desk.get("/operator/api/tables/tenant/?name=acme")).json()["rows"][0]["slug"] == "acme"


async def test_a_shop_is_made_with_its_owner_and_keys_which_are_shown_once(acme: Shop, desk: httpx.AsyncClient) -> None:
    body = {
        "slug": "fresh",
        "name": "Fresh",
        "owner": "fay",
        "timezone": "Asia/Shanghai",
        "currency": "CNY",
        "locale": "en",
        "region": "CN",
    }
    reply = await desk.post("/operator/api/forms/create-tenant/", json=body)
    assert reply.status_code == 200, reply.text
    told = reply.json()["custom_form_success"]
    found = re.search(r"fay / (\S+) · (sk_live_\S+) · (pk_live_\S+)", told)
    assert found
    client = acme.client(Origin="http://fresh.localhost")
    client.base_url = "http://fresh.localhost"
    assert (await client.post("/admin/login", data={"username": "fay", "password": found[1]})).status_code == 303
    audit = await DB.registry_fetch("SELECT * FROM platform.operator_audit WHERE action = 'form'")
    assert [row["subject"] for row in audit] == ["create-tenant"]
    assert found[1] not in str(audit)
    assert found[2] not in str(audit)
    again = await desk.post("/operator/api/forms/create-tenant/", json=body)
    assert (again.status_code, again.json()["code"]) == (422, "tenant.slug_taken")


@pytest.mark.parametrize("change", [{"slug": "public"}, {"slug": "t1, t2"}, {"slug": "a'b"}, {"slug": "x" * 64}, {"owner": "a b"}, {"timezone": "Mars"},
                                    {"currency": "yuan"}, {"locale": "fr"}, {"region": "c"}, {"slug": ""}])  # fmt: skip
async def test_a_shop_that_cannot_be_is_not_made(desk: httpx.AsyncClient, change: dict[str, str]) -> None:
    body = {
        "slug": "fresh",
        "name": "Fresh",
        "owner": "fay",
        "timezone": "UTC",
        "currency": "CNY",
        "locale": "en",
        "region": "CN",
        **change,
    }
    reply = await desk.post("/operator/api/forms/create-tenant/", json=body)
    assert reply.status_code == 422, reply.text
    assert len(await registry.everyone()) == 2


async def test_a_shop_is_suspended_and_resumed(acme: Shop, desk: httpx.AsyncClient) -> None:
    assert (await desk.post("/operator/api/forms/suspend-tenant/", json={"tenant": "acme"})).status_code == 200
    registry.forget()
    assert (await acme.client().get("/admin/login")).status_code == 403
    assert (await desk.post("/operator/api/forms/resume-tenant/", json={"tenant": "acme"})).status_code == 200
    registry.forget()
    assert (await acme.client().get("/admin/login")).status_code == 200
    assert (await desk.post("/operator/api/forms/suspend-tenant/", json={"tenant": "nobody"})).status_code == 422


async def test_a_key_is_made_rotated_and_revoked(desk: httpx.AsyncClient) -> None:
    made = await desk.post(
        "/operator/api/forms/make-key/",
        json={"tenant": "rival", "kind": "publishable", "name": "web", "origins": ["https://shop.example"]},
    )
    assert made.status_code == 200, made.text
    assert "pk_live_" in made.json()["custom_form_success"]
    wrong = await desk.post(
        "/operator/api/forms/make-key/", json={"tenant": "rival", "kind": "publishable", "origins": ["shop.example/x"]}
    )
    assert wrong.status_code == 422
    [key] = await DB.registry_fetch("SELECT id FROM platform.api_key WHERE name = 'web'")
    rotated = await desk.post("/operator/api/forms/rotate-key/", json={"key": str(key["id"])})
    assert rotated.status_code == 200, rotated.text
    assert (await desk.post("/operator/api/forms/revoke-key/", json={"key": str(key["id"])})).status_code == 200
    assert (await desk.post("/operator/api/forms/revoke-key/", json={"key": str(key["id"])})).status_code == 422
    assert (await desk.post("/operator/api/forms/revoke-key/", json={"key": str(ids.new())})).status_code == 422


async def test_a_change_without_the_pages_token_or_from_elsewhere_is_refused(desk: httpx.AsyncClient) -> None:
    token = desk.headers.pop("X-CSRFToken")
    for slug in operator_forms():
        assert (await desk.post(f"/operator/api/forms/{slug}/", json={})).status_code == 403
    desk.headers["X-CSRFToken"] = token
    desk.headers["Origin"] = "http://acme.localhost"
    for slug in operator_forms():
        assert (await desk.post(f"/operator/api/forms/{slug}/", json={})).status_code == 403


async def test_a_host_is_added_and_taken_away_again(acme: Shop, desk: httpx.AsyncClient) -> None:
    for host in ("localhost", "x.localhost", "no host", "127", "a_b.example"):
        assert (
            await desk.post("/operator/api/forms/add-host/", json={"tenant": "acme", "host": host})
        ).status_code == 422
    body = {"tenant": "acme", "host": "Club.Example"}
    for _ in range(2):  # a second click changes nothing
        assert (await desk.post("/operator/api/forms/add-host/", json=body)).status_code == 200
    assert (await acme.client(Host="club.example").get("/admin/login")).status_code == 200
    assert (await desk.delete("/operator/api/tables/host/club.example/")).status_code == 204
    audit = await DB.registry_fetch(
        "SELECT action, subject FROM platform.operator_audit WHERE action <> 'login' ORDER BY id"
    )
    assert [(row["action"], row["subject"]) for row in audit] == [*2 * [("form", "add-host")], ("delete", "host")]


@pytest.mark.usefixtures("desk")
async def test_an_operator_who_is_out_or_has_a_new_password_has_no_session_left() -> None:
    root = await operators.find(" Root ")
    old = await operators.recognise(username="root", password=PASSWORD)
    async with DB.registry_transaction():
        token = await operators.open_session(old, address="203.0.113.9")
    async with DB.registry_transaction():
        await operators.change_password(root, new="another long password")
    with pytest.raises(SessionOver):
        await operators.session(token)
    for late in (lambda: operators.open_session(old, address="203.0.113.9"),
                 lambda: operators.change_password(root, new="a password of the thief", proof=old.proof)):  # fmt: skip
        with pytest.raises(WrongPassword):
            async with DB.registry_transaction():
                await late()
    new = await operators.recognise(username="root", password="another long password")
    async with DB.registry_transaction():
        token = await operators.open_session(new, address="203.0.113.9")
    async with DB.registry_transaction():
        await operators.set_active(root, active=False)
    with pytest.raises(SessionOver):
        await operators.session(token)
    with pytest.raises(WrongPassword):
        await operators.recognise(username="root", password="another long password")
    with pytest.raises(WrongPassword):
        async with DB.registry_transaction():
            await operators.open_session(new, address="203.0.113.9")
    assert not await DB.registry_fetch("SELECT 1 FROM platform.operator_session WHERE operator = $1", root)


@pytest.mark.usefixtures("desk")
async def test_strangers_cannot_keep_an_operator_out_where_they_signed_in() -> None:
    async def knock(address: str) -> bool:
        try:
            async with DB.registry_transaction():
                await staff.knock(username="root", address=address, table=operators.ATTEMPTS)
        except staff.TooManyAttempts:
            return False
        return True

    strangers = [await knock(f"198.51.100.{number}") for number in range(40)]
    assert not all(strangers)
    assert not await knock("198.51.100.99")
    assert await knock("127.0.0.1")
