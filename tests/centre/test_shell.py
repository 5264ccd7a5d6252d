"""The member centre's shell: who comes in and how long they stay, in which language, under which policy."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from server import callers, centre, colours
from server.passes import PASS_LIFE, VISIT_LIFE, Form, Pass
from server.settings import settings
from tenants import members as rules
from tenants.kit import clock, ids
from tenants.tenancy import keys
from tenants.tenancy.current import use_tenant
from tests.make import centre as make
from tests.make import members, staff

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

ORIGIN = "https://shop.example"


async def person(shop: Shop, **said: Any) -> uuid.UUID:
    async with shop.open():
        return (await members.member(**said)).id


def token(shop: Shop, member: uuid.UUID) -> str:
    return callers.write_member_token(shop.tenant.id, member)[0]


async def test_a_stranger_is_asked_to_come_in_from_the_shop(acme: Shop) -> None:
    for path in ("/m", "/m/", "/m/polls"):
        reply = await acme.client().get(path)
        assert reply.status_code == 401
        assert "from the shop" in reply.text
        assert "www-authenticate" not in reply.headers
    assert (await acme.client().get("/m/nonsense")).status_code == 404


async def test_a_member_comes_in_with_a_token_of_which_no_address_keeps_anything(acme: Shop) -> None:
    ann = await person(acme, name="Ann")
    client = make.browser(acme)
    reply = await client.get(f"/m/enter?token={token(acme, ann)}&to=polls")
    assert (reply.status_code, reply.headers["location"]) == (303, "/m/polls")
    assert (reply.headers["referrer-policy"], reply.headers["cache-control"]) == ("no-referrer", "no-store")
    cookie = reply.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=lax", "Path=/"))
    assert "Secure" not in cookie  # this test speaks plain HTTP
    page = await client.get("/m")
    assert page.status_code == 200
    assert "Ann" in page.text


async def test_under_tls_the_cookie_can_only_be_this_hosts_own(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.guard.Visit.secure", property(lambda _: True))
    reply = await acme.client().get(f"/m/enter?token={token(acme, await person(acme))}")
    cookie = reply.headers["set-cookie"]
    assert cookie.startswith("__Host-regulars_member=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example", "../admin", "polls?x=1", "a" * 400, "/\\evil.example"]
)
async def test_coming_in_leads_nowhere_but_into_the_centre(acme: Shop, to: str) -> None:
    given = {"token": token(acme, await person(acme)), "to": to}
    assert (await acme.client().get("/m/enter", params=given)).headers["location"] == "/m"


async def test_tokens_of_others_tell_nothing_and_let_nobody_in(acme: Shop, rival: Shop) -> None:
    ann = await person(acme)
    good = token(acme, ann)
    api = Pass.of(ann)
    with use_tenant(rival.tenant):
        foreign = api.write()
    for bad in ("", "mt_x", good[:-3] + "AAA", token(rival, ann), foreign):
        reply = await acme.client().get(f"/m/enter?token={bad}")
        assert reply.status_code == 401, bad
        assert "set-cookie" not in reply.headers
    client = acme.client()
    for bad in (good, foreign, "x", "é"):
        client.cookies.set(
            "regulars_member", bad.encode("latin-1").decode("latin-1").encode("ascii", "ignore").decode()
        )
        assert (await client.get("/m")).status_code == 401


async def test_a_visit_is_renewed_and_ends(acme: Shop) -> None:
    ann = await person(acme)
    start = clock.now()
    with clock.at(start):
        client = await make.entered(acme, ann)
        assert "set-cookie" not in (await client.get("/m")).headers
    with clock.at(start + PASS_LIFE * 0.6):
        assert "regulars_member" in (await client.get("/m")).headers["set-cookie"]
    with clock.at(start + PASS_LIFE * 1.5):
        assert (await client.get("/m")).status_code == 200
    idle = acme.client(Cookie=f"regulars_member={client.cookies['regulars_member']}")
    with clock.at(start + PASS_LIFE * 4):
        assert (await idle.get("/m")).status_code == 401
    with use_tenant(acme.tenant), clock.at(start + VISIT_LIFE - timedelta(minutes=10)):
        last = Pass.of(ann, entered=int(start.timestamp()))
        assert last.ends == int(start.timestamp() + VISIT_LIFE.total_seconds())
        assert not last.is_old  # it cannot be renewed beyond a day


async def test_who_is_blocked_or_erased_is_out_at_once(acme: Shop) -> None:
    ann = await person(acme)
    client = await make.entered(acme, ann)
    async with acme.open():
        await rules.block(ann)
    assert (await client.get("/m")).status_code == 401
    assert (await acme.client().get(f"/m/enter?token={token(acme, ann)}")).status_code == 403


async def test_signing_out_ends_the_visit_and_no_other_site_can_do_it(acme: Shop) -> None:
    client = await make.entered(acme, await person(acme))
    evil = {"Origin": "https://evil.example"}
    assert (await client.post("/m/leave", headers=evil)).status_code == 403
    assert (await client.get("/m")).status_code == 200
    assert (await client.post("/m/leave")).status_code == 200
    assert (await client.get("/m")).status_code == 401


async def test_who_is_signed_in_is_asked_before_they_become_somebody_else(acme: Shop) -> None:
    ann, bob = await person(acme, name="Ann"), await person(acme, name="Bob")
    client = await make.entered(acme, ann)
    reply = await client.get(f"/m/enter?token={token(acme, bob)}")
    assert reply.status_code == 200
    assert "Ann" in reply.text
    assert "Bob" in reply.text
    assert "set-cookie" not in reply.headers
    assert "Ann" in (await client.get("/m")).text
    sent = await client.post("/m/enter", data=make.hidden(reply.text))
    assert sent.status_code == 303
    assert "Bob" in (await client.get("/m")).text


async def test_the_shops_own_pages_may_send_a_token_and_no_others(acme: Shop) -> None:
    given = {"token": token(acme, await person(acme))}
    client = acme.client()
    for origin, status in ((ORIGIN, 303), ("https://evil.example", 403), ("null", 403), (f"http://{acme.host}", 303)):
        assert (await client.post("/m/enter", data=given, headers={"Origin": origin})).status_code == status


async def test_a_one_time_link_is_used_up_by_the_button_and_not_by_a_scanner(acme: Shop) -> None:
    ann = await person(acme, name="Ann")
    link = (await acme.server().post(f"/v1/members/{ids.show('mem', ann)}/links")).json()["link"]
    client = make.browser(acme)
    for _ in range(3):
        for verb in (client.get, client.head):
            reply = await verb(f"/m/enter?link={link}")
            assert reply.status_code == 200
            assert "set-cookie" not in reply.headers
    page = (await client.get(f"/m/enter?link={link}")).text
    assert "Ann" not in page
    assert (await client.post("/m/enter", data=make.hidden(page))).status_code == 303
    assert "Ann" in (await client.get("/m")).text
    again = await make.browser(acme).post("/m/enter", data={"link": link})
    assert again.status_code == 422
    assert "has been used" in again.text


async def test_a_signed_assertion_lets_a_member_in(acme: Shop) -> None:
    secret = settings().secret_key.get_secret_value()
    key, text = await keys.make(acme.tenant.id, "signing", app_secret=secret)
    now = int(clock.now().timestamp())
    claims = {"aud": acme.host, "sub": "ext:A-1", "name": "Ann", "iat": now, "exp": now + 60}
    assertion = jwt.encode(claims, text, algorithm="HS256", headers={"kid": ids.show("key", key)})
    client = make.browser(acme)
    page = await client.get(f"/m/enter?assertion={assertion}")
    assert page.status_code == 200
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 0
    assert (await client.post("/m/enter", data=make.hidden(page.text))).status_code == 303
    assert "Ann" in (await client.get("/m")).text


async def test_the_language_is_the_chosen_one_else_the_members_the_browsers_the_shops(acme: Shop, rival: Shop) -> None:
    async def said(shop: Shop, path: str = "/m", **headers: str) -> str:
        page = (await shop.client(**headers).get(path)).text
        return page.partition('<html lang="')[2].partition('"')[0]

    assert await said(acme) == "en"
    assert await said(rival) == "zh"
    assert await said(rival, **{"Accept-Language": "en-GB"}) == "en"
    assert await said(rival, **{"Accept-Language": "es-MX, zh;q=0.5"}) == "zh"
    assert await said(rival, **{"Accept-Language": "es-MX, es;q=0.9"}) == "en"
    assert await said(acme, "/m?language=zh") == "zh"
    assert await said(acme, "/m?language=<b>") == "en"
    client = await make.entered(acme, await person(acme, locale="zh"), **{"Accept-Language": "en"})
    assert '<html lang="zh">' in (await client.get("/m")).text
    switched = await client.get("/m?language=en")
    assert '<html lang="en">' in switched.text
    assert '<html lang="en">' in (await client.get("/m")).text


async def test_every_answer_has_the_strict_policy(acme: Shop) -> None:
    client = await make.entered(acme, await person(acme))
    for path, status in (("/m", 200), ("/m/nonsense", 404), ("/m/polls", 200), ("/m/enter", 401)):
        reply = await client.get(path)
        policy = reply.headers["content-security-policy"]
        assert reply.status_code == status
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in policy
        assert "frame-ancestors 'none'" in policy
        assert reply.headers["x-frame-options"] == "DENY"
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["cache-control"] == "no-store"
        assert "<script" not in reply.text
        assert " style=" not in reply.text


async def test_only_embeddable_pages_open_in_a_frame_and_only_on_the_shops_sites(acme: Shop, rival: Shop) -> None:
    ann = await person(acme)
    client = acme.client()
    reply = await client.get(f"/m/polls?embed={token(acme, ann)}")
    assert reply.status_code == 200
    assert f"frame-ancestors {ORIGIN};" in reply.headers["content-security-policy"] + ";"
    assert "x-frame-options" not in reply.headers
    assert "set-cookie" not in reply.headers
    signed_in = await make.entered(acme, ann)  # a cookie counts for nothing in a frame
    assert (await signed_in.get("/m/polls?embed=1")).status_code == 401
    assert (await client.get(f"/m/polls?embed={token(rival, ann)}")).status_code == 401
    own = await client.get(f"/m?embed={token(acme, ann)}")
    assert "frame-ancestors 'none'" in own.headers["content-security-policy"]


async def test_styles_are_served_for_good_and_a_colour_is_nothing_but_one(acme: Shop) -> None:
    style = await acme.client().get("/m/style.css")
    assert style.headers["content-type"].startswith("text/css")
    assert "--target:44px" in style.text
    assert "immutable" in style.headers["cache-control"]
    assert "--brand:#00ff88" in (await acme.client().get("/m/colour.css?c=00ff88")).text
    assert (await acme.client().get("/m/colour.css?c=0;}b{x:y")).text == colours.stylesheet(colours.BRAND)


@pytest.mark.parametrize(
    "brand", ["#c2410c", "#ffff00", "#000000", "#ffffff", "#00ff88", "#7f7f7f", "#0000ff", "#ff0000"]
)
def test_text_in_and_on_any_brand_colour_can_be_read(brand: str) -> None:
    for theme, paper in (("light", "#ffffff"), ("dark", "#1b212c")):
        found = colours.tokens(brand)[theme]
        assert colours.contrast(found["--on-brand"], found["--brand"]) >= 4.5
        assert colours.contrast(found["--brand-ink"], paper) >= 4.5
        assert colours.contrast(found["--brand-ink"], colours._mix(paper, brand, colours.TINT)) >= 4.5


def test_contrast_is_that_of_the_standard() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


async def test_forms_belong_to_a_page_a_member_and_a_time(acme: Shop, rival: Shop) -> None:
    ann, bob = ids.new(), ids.new()
    with use_tenant(acme.tenant):
        form = Form.new()
        text = form.write(member=ann, slug="polls")
        assert Form.read(text, member=ann, slug="polls") == form
        for member, slug in ((bob, "polls"), (None, "polls"), (ann, "survey")):
            assert Form.read(text, member=member, slug=slug) is None
        assert Form.read(text[:-2] + "AA", member=ann, slug="polls") is None
        with clock.at(clock.now() + timedelta(days=8)):
            assert Form.read(text, member=ann, slug="polls") is None
    with use_tenant(rival.tenant):
        assert Form.read(text, member=ann, slug="polls") is None


def test_pages_have_names_of_their_own() -> None:
    assert set(centre.pages()) >= {"polls"}
    assert not set(centre.pages()) & {"enter", "leave", "pictures"}


async def test_the_shop_chooses_its_colour_in_the_console(acme: Shop, rival: Shop) -> None:
    owner, analyst = await staff.desk(acme), await staff.desk(acme, "analyst")
    form = {"act": "choose", "colour": "#00A0FF", "csrf": owner.headers["X-CSRFToken"]}
    assert (await owner.post("/console/look", data={**form, "colour": "red;}"})).status_code == 422
    theirs = {**form, "csrf": analyst.headers["X-CSRFToken"]}
    assert (await analyst.post("/console/look", data=theirs)).status_code == 403
    assert (await acme.client().get("/m/colour.css")).text == colours.stylesheet(colours.BRAND)
    assert "#00a0ff" in (await owner.post("/console/look", data=form)).text
    assert (await acme.client().get("/m/colour.css")).text == colours.stylesheet("#00a0ff")
    assert (await rival.client().get("/m/colour.css")).text == colours.stylesheet(colours.BRAND)
    assert 'href="/m/colour.css"' in (await acme.client().get("/m")).text
