"""Coming in and going out, and what stands guard on every page of the admin."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from admin import bundle
from server.settings import settings
from tests.make import staff as make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Shop

SIGN_IN = {"username": "owner", "password": make.PASSWORD}


@pytest.fixture
def behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The client of the tests is a proxy that ends TLS."""
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.0/8, 10.0.0.0/8")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


async def make_owner(shop: Shop) -> None:
    async with shop.open():
        await make.person()


async def test_the_address_without_its_slash_leads_to_the_one_with_it(acme: Shop) -> None:
    reply = await acme.client().get("/admin")
    assert (reply.status_code, reply.headers["location"]) == (308, "/admin/")


async def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page(acme: Shop) -> None:
    client = acme.client()
    reply = await client.get("/admin/")
    assert (reply.status_code, reply.headers["location"]) == (303, "/admin/login")
    for path in ("tables/", "user/", "forms/", "tables/member/", "tables/member/schema/", "links/"):
        reply = await client.get(f"/admin/api/{path}")
        assert reply.status_code == 401, path


async def test_the_sign_in_page_speaks_both_languages_and_remembers_the_choice(acme: Shop, rival: Shop) -> None:
    assert "Sign in to your shop" in (await acme.client().get("/admin/login")).text
    assert "登录商家后台" in (await rival.client().get("/admin/login")).text
    assert "登录商家后台" in (await acme.client().get("/admin/login", headers={"Accept-Language": "zh-CN"})).text
    client = acme.client()
    await client.get("/admin/login?language=zh")
    assert "登录商家后台" in (await client.get("/admin/login")).text


async def test_the_right_password_opens_the_page_and_the_wrong_one_does_not(acme: Shop) -> None:
    await make_owner(acme)
    client = acme.client(Origin=f"http://{acme.host}")
    for username, password in (
        ("owner", "wrong"),
        ("nobody", make.PASSWORD),
        ("", ""),
        ("\x00", "\ud800".encode("utf-8", "replace").decode()),
    ):
        reply = await client.post("/admin/login", data={"username": username, "password": password})
        assert reply.status_code == 401
        assert "The user name or the password is wrong." in reply.text
        assert not client.cookies
    reply = await client.post("/admin/login", data=SIGN_IN)
    assert (reply.status_code, reply.headers["location"]) == (303, "/admin/")
    assert (await client.get("/admin/")).status_code == 200
    assert (await client.get("/admin/login")).status_code == 303


async def test_piccolo_admins_own_sign_in_form_works_too(acme: Shop) -> None:
    await make_owner(acme)
    client = acme.client(Origin=f"http://{acme.host}")
    wrong = await client.post("/admin/public/login/", json={"username": "owner", "password": "wrong"})
    assert wrong.status_code == 401
    for body in (b"[", b"[]", b'{"username": 1, "password": 2}', b"\xff"):
        assert (await client.post("/admin/public/login/", content=body)).status_code == 401
    assert (await client.post("/admin/public/login/", content=b"x" * 20_000)).status_code == 413
    assert (await client.post("/admin/public/login/", json=SIGN_IN)).status_code == 200
    assert (await client.get("/admin/api/user/")).json()["username"] == "owner"


async def test_a_planted_session_is_not_taken_over(acme: Shop) -> None:
    await make_owner(acme)
    client = acme.client(Origin=f"http://{acme.host}")
    client.cookies.set("regulars_staff", "attacker-chosen", domain=acme.host, path="/")
    reply = await client.post("/admin/login", data=SIGN_IN)
    assert reply.status_code == 303
    stranger = acme.client(Cookie="regulars_staff=attacker-chosen")
    assert (await stranger.get("/admin/api/user/")).status_code == 401


async def test_the_cookie_of_one_shop_opens_no_other(acme: Shop, rival: Shop) -> None:
    client = await make.desk(acme)
    token = client.cookies["regulars_staff"]
    stranger = rival.client(Cookie=f"regulars_staff={token}")
    assert (await stranger.get("/admin/api/tables/")).status_code == 401
    assert (await stranger.get("/admin/")).status_code == 303


async def test_signing_out_ends_the_session_for_good(acme: Shop) -> None:
    client = await make.desk(acme)
    token = client.cookies["regulars_staff"]
    looks = [client.get("/admin/api/tables/") for _ in range(20)]
    await asyncio.gather(client.post("/admin/public/logout/"), *looks)
    again = acme.client(Cookie=f"regulars_staff={token}")
    assert (await again.get("/admin/api/user/")).status_code == 401
    assert await acme.value("SELECT count(*) FROM __tenant__.staff_session") == 0


async def test_a_changed_password_ends_every_session(acme: Shop) -> None:
    client = await make.desk(acme)
    other = await make.desk(acme)
    body = {
        "current_password": "not it",
        "new_password": "another long one",
        "confirm_new_password": "another long one",
    }
    assert (await client.post("/admin/api/change-password/", json=body)).status_code == 422
    body["current_password"] = make.PASSWORD
    differ = await client.post("/admin/api/change-password/", json=body | {"confirm_new_password": "else"})
    assert differ.status_code == 422
    short = await client.post(
        "/admin/api/change-password/", json=body | {"new_password": "x", "confirm_new_password": "x"}
    )
    assert short.status_code == 422
    assert (await other.get("/admin/api/user/")).status_code == 200
    assert (await client.post("/admin/api/change-password/", json=body)).status_code == 200
    for browser in (client, other):
        assert (await browser.get("/admin/api/user/")).status_code == 401
    await make.signed_in(acme, "owner", password="another long one")


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://rival.localhost", "http://acme.localhost:81", "https://acme.localhost", "null",
     "http://acme.localhost.evil.example", "http://evilacme.localhost", ""],
)  # fmt: skip
async def test_a_change_from_a_foreign_page_is_refused(acme: Shop, origin: str) -> None:
    client = await make.desk(acme)
    client.headers["Origin"] = origin
    for method, path in (("POST", "public/logout/"), ("POST", "api/tables/member/"), ("PATCH", "api/tables/member/x/"),
                         ("DELETE", "api/tables/member/x/"), ("POST", "api/forms/grant-points/"), ("PUT", "api/tables/member/x/"),
                         ("POST", "api/change-password/")):  # fmt: skip
        reply = await client.request(method, f"/admin/{path}", json={})
        assert (reply.status_code, reply.json()["code"]) == (403, "admin.foreign_origin"), path
    reply = await client.post("/admin/login", data=SIGN_IN)
    assert reply.status_code == 403
    assert (await client.get("/admin/api/user/")).status_code == 200


async def test_without_origin_the_referer_decides(acme: Shop) -> None:
    client = await make.desk(acme)
    del client.headers["Origin"]
    assert (await client.post("/admin/api/tables/member/", json={})).status_code == 403
    for nonsense in ("http://[", "http://[::1", "//", "http://]"):
        client.headers["Referer"] = nonsense
        assert (await client.post("/admin/api/tables/member/", json={})).status_code == 403
    client.headers["Referer"] = f"http://{acme.host}/admin/"
    assert (await client.post("/admin/api/tables/member/", json={"name": "Ann"})).status_code == 201


async def test_the_pages_token_must_be_that_of_the_session(acme: Shop) -> None:
    client = await make.desk(acme)
    other = await make.desk(acme, "agent")
    for token in ("", "evil", other.headers["X-CSRFToken"]):
        client.headers["X-CSRFToken"] = token
        client.cookies.set("csrftoken", token, domain=acme.host, path="/")
        reply = await client.post("/admin/api/tables/member/", json={"name": "Ann"})
        assert (reply.status_code, reply.json()["code"]) == (403, "admin.csrf")
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 0


@pytest.mark.usefixtures("behind_a_proxy")
async def test_behind_a_tls_proxy_the_browsers_scheme_counts(acme: Shop) -> None:
    await make_owner(acme)
    client = acme.client(
        **{"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}, Origin=f"https://{acme.host}"
    )
    reply = await client.post("/admin/login", data=SIGN_IN)
    assert reply.status_code == 303
    cookie = next(text for text in reply.headers.get_list("set-cookie") if "regulars" in text)
    assert cookie.startswith("__Host-regulars_staff=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "max-age=31536000" in reply.headers["strict-transport-security"]
    assert await acme.value("SELECT address FROM __tenant__.staff_session") == "203.0.113.9"
    for origin in (f"http://{acme.host}", "https://evil.example", "https://rival.localhost"):
        client.headers["Origin"] = origin
        assert (await client.post("/admin/login", data=SIGN_IN)).status_code == 403


async def test_what_an_unknown_peer_forwards_is_not_believed(acme: Shop) -> None:
    await make_owner(acme)
    client = acme.client(
        **{"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}, Origin=f"https://{acme.host}"
    )
    assert (await client.post("/admin/login", data=SIGN_IN)).status_code == 403
    client.headers["Origin"] = f"http://{acme.host}"
    assert (await client.post("/admin/login", data=SIGN_IN)).status_code == 303
    assert await acme.value("SELECT address FROM __tenant__.staff_session") == "127.0.0.1"


async def test_every_answer_carries_the_security_headers(acme: Shop) -> None:
    client = await make.desk(acme)
    script = next(name for name in bundle.assets() if name.endswith(".js"))
    for path in ("", "login?x=1", "api/tables/", "api/nothing/", "public/meta/", f"assets/{script}", "assets/none.js"):
        reply = await client.get(f"/admin/{path}")
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"], path
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["x-frame-options"] == "DENY"
        assert reply.headers["referrer-policy"] == "same-origin"
        if not path.startswith("assets/"):
            assert reply.headers["cache-control"] == "no-store"
    policy = (await client.get("/admin/")).headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "http" not in policy


async def test_too_many_attempts_must_wait_and_a_neighbour_need_not(acme: Shop) -> None:
    await make_owner(acme)
    async with acme.open():
        await make.person("agent")
    client = acme.client(Origin=f"http://{acme.host}")
    replies = await asyncio.gather(
        *(client.post("/admin/login", data={"username": "owner", "password": "wrong"}) for _ in range(12))
    )
    statuses = sorted(reply.status_code for reply in replies)
    assert statuses == [401] * 5 + [429] * 7
    waiting = await client.post("/admin/login", data=SIGN_IN)
    assert waiting.status_code == 429
    assert int(waiting.headers["retry-after"]) >= 1
    await make.signed_in(acme, "agent")


async def test_an_unknown_shop_and_the_base_domain_have_no_desk(acme: Shop) -> None:
    for host in ("nobody.localhost", "localhost", "acme.localhost.evil.example"):
        reply = await acme.client(Host=host).get("/admin/")
        assert reply.status_code == 404, host
