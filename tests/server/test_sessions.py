"""How members come in: what the shop's backend signs is believed once and nothing else ever is."""

from __future__ import annotations

import asyncio
import base64
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from server import callers
from tenants.kit import clock, ids
from tests.signing import assertion, claims_for, sign, signing_key

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Shop


async def swap(shop: Shop, text: str | None = None, *, link: str | None = None, **headers: str) -> httpx.Response:
    body = {"assertion": text} if link is None else {"link": link}
    return await shop.client(**headers).post("/v1/me/session", json=body)


async def members_of(shop: Shop) -> int:
    found: int = await shop.value("SELECT count(*) FROM __tenant__.member")
    return found


async def new_member(shop: Shop, name: str = "walk-in-1") -> str:
    reply = await shop.server().post("/v1/members", json={"external_id": name})
    assert reply.status_code == 201, reply.text
    return str(reply.json()["id"])


def unsigned(claims: dict[str, Any], header: dict[str, Any]) -> str:
    def part(content: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")

    return f"{part(header)}.{part(claims)}."


async def test_a_signed_sign_in_makes_the_member_and_its_token_opens_their_own_pages(acme: Shop) -> None:
    reply = await swap(acme, await assertion(acme, name="Han Meimei"))
    assert reply.status_code == 201, reply.text
    told = reply.json()
    own = await acme.client(Authorization=f"Bearer {told['token']}").get("/v1/me")
    assert own.status_code == 200
    assert own.json()["id"] == told["member"]
    assert own.json()["name"] == "Han Meimei"
    assert await members_of(acme) == 1


async def test_the_same_person_signs_in_again_as_the_same_member(acme: Shop) -> None:
    first = (await swap(acme, await assertion(acme))).json()
    again = (await swap(acme, await assertion(acme, name="Another name"))).json()
    assert first["member"] == again["member"]
    assert await members_of(acme) == 1


async def test_twenty_first_sign_ins_of_one_person_at_once_make_one_member(acme: Shop) -> None:
    texts = [await assertion(acme, name=f"Name {number}") for number in range(20)]
    replies = await asyncio.gather(*(swap(acme, text) for text in texts))
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.json()["member"] for reply in replies}) == 1
    assert await members_of(acme) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": None}, {"iat": None}, {"aud": None}, {"sub": None},
        {"aud": "rival.localhost"}, {"aud": "localhost"}, {"aud": ""}, {"aud": 7}, {"aud": []},
        {"aud": "ACME.localhost"},
        {"sub": ""}, {"sub": "ext:"}, {"sub": "mem:1"}, {"sub": "walk-in-1"}, {"sub": 7}, {"sub": ["ext:1"]},
        {"sub": {"ext": 1}}, {"sub": "ext:" + "x" * 101},
        {"exp": "soon"}, {"exp": []}, {"exp": 1e400}, {"exp": float("nan")}, {"exp": 2**70}, {"iat": -(2**70)},
        {"iat": "now"}, {"jti": 7}, {"jti": ["a"]},
    ],
    ids=str,
)  # fmt: skip
async def test_claims_that_are_missing_or_odd_are_refused_and_nobody_is_made(
    acme: Shop, changes: dict[str, Any]
) -> None:
    reply = await swap(acme, await assertion(acme, **changes))
    assert (reply.status_code, reply.json()["code"]) == (401, "session.refused"), reply.text
    assert await members_of(acme) == 0


@pytest.mark.parametrize("sub", ["ext:\x00", "ext:a\nb", "ext:\ud800", "ext:   "], ids=repr)
async def test_a_name_that_cannot_be_stored_is_refused(acme: Shop, sub: str) -> None:
    reply = await swap(acme, await assertion(acme, sub=sub))
    assert reply.status_code in {400, 401}, reply.text
    assert await members_of(acme) == 0


@pytest.mark.parametrize(
    ("issued", "ends"),
    [(0, 301), (0, 3600), (-400, -100), (-3600, -31), (60, 150), (600, 700), (0, 10**9)],
)
async def test_a_sign_in_outside_of_its_minutes_is_refused(acme: Shop, issued: int, ends: int) -> None:
    moment = int(clock.now().timestamp())
    reply = await swap(acme, await assertion(acme, iat=moment + issued, exp=moment + ends))
    assert reply.json()["code"] == "session.refused"
    assert await members_of(acme) == 0


async def test_no_other_algorithm_is_taken(acme: Shop) -> None:
    key, secret = await signing_key(acme)
    claims, kid = claims_for(acme), ids.show("key", key)
    good = sign(key, secret, claims)
    head, body, _ = good.split(".")
    tried = [
        unsigned(claims, {"alg": "none", "kid": kid}),
        unsigned(claims, {"alg": "NONE", "kid": kid}),
        unsigned(claims, {"alg": "none", "kid": kid}) + good.split(".")[2],
        unsigned(claims, {"kid": kid}),
        sign(key, secret * 2, claims, algorithm="HS512"),
        sign(key, secret, claims, algorithm="HS384"),
        unsigned(claims, {"alg": "RS256", "kid": kid}) + "AAAA",
        unsigned(claims, {"alg": "ES256", "kid": kid, "jwk": {"kty": "EC"}, "jku": "https://evil.example"}) + "AAAA",
        f"{head}.{body}.",
        f"{head}.{body}",
        good + "x",
        good.replace(".", "..", 1),
    ]
    for text in tried:
        reply = await swap(acme, text)
        assert reply.json()["code"] == "session.refused", text
    assert await members_of(acme) == 0
    assert (await swap(acme, good)).status_code == 201


async def test_a_key_of_another_kind_name_or_shop_signs_nothing(acme: Shop, rival: Shop) -> None:
    key, secret = await signing_key(acme)
    foreign, foreign_secret = await signing_key(rival)
    claims = claims_for(acme)
    tried = [
        sign(key, foreign_secret, claims),
        sign(foreign, foreign_secret, claims),
        sign(foreign, secret, claims),
        sign(ids.new(), secret, claims),
        sign(key, b"x" * 64, claims),
        sign(key, acme.secret_key, claims),
        sign(key, acme.publishable_key, claims),
        sign(key, b"\x00" * 32, claims),
        sign(key, secret, claims, kid=""),
        sign(key, secret, claims, kid="../../etc/passwd"),
        sign(key, secret, claims, kid="key_" + "0" * 26),
        jwt.encode(claims, secret, algorithm="HS256"),
    ]
    for text in tried:
        reply = await swap(acme, text)
        assert reply.json()["code"] == "session.refused", text
    assert await members_of(acme) == 0
    assert await members_of(rival) == 0


async def test_a_sign_in_for_one_shop_is_nothing_in_another(acme: Shop, rival: Shop) -> None:
    text = await assertion(acme)
    assert (await swap(rival, text)).json()["code"] == "session.refused"
    assert await members_of(rival) == 0


@pytest.mark.parametrize(
    "text", ["", ".", "..", "...", "a.b.c", "é.é.é", "\x00", "\ud800", "x" * 100_000, "ey" + "J" * 50]
)
async def test_what_is_no_jwt_is_refused(acme: Shop, text: str) -> None:
    reply = await acme.client().post(
        "/v1/me/session", content=json.dumps({"assertion": text}), headers={"content-type": "application/json"}
    )
    assert reply.status_code in {400, 401}
    assert reply.json()["code"] in {"session.refused", "input.invalid"}


async def test_neither_or_both_ways_in_are_refused(acme: Shop) -> None:
    for body in ({}, {"assertion": "a", "link": "b"}, {"assertion": None, "link": None}):
        reply = await acme.client().post("/v1/me/session", json=body)
        assert reply.status_code == 400


async def test_a_sign_in_with_a_number_works_once_among_twenty_at_once(acme: Shop) -> None:
    text = await assertion(acme, jti="only-once")
    replies = await asyncio.gather(*(swap(acme, text) for _ in range(20)))
    done = [reply for reply in replies if reply.status_code == 201]
    assert len(done) == 1
    assert {reply.json()["code"] for reply in replies if reply not in done} == {"session.spent"}
    assert (await swap(acme, text)).json()["code"] == "session.spent"


async def test_a_spent_number_of_one_shop_is_fresh_in_another(acme: Shop, rival: Shop) -> None:
    assert (await swap(acme, await assertion(acme, jti="n-1"))).status_code == 201
    assert (await swap(rival, await assertion(rival, jti="n-1"))).status_code == 201


async def test_a_link_works_once_among_twenty_at_once(acme: Shop) -> None:
    member = await new_member(acme)
    link = (await acme.server().post(f"/v1/members/{member}/links")).json()["link"]
    replies = await asyncio.gather(*(swap(acme, link=link) for _ in range(20)))
    done = [reply for reply in replies if reply.status_code == 201]
    assert len(done) == 1
    assert done[0].json()["member"] == member


async def test_a_link_is_nothing_in_another_shop_after_its_week_or_when_changed(acme: Shop, rival: Shop) -> None:
    member = await new_member(acme)
    link = (await acme.server().post(f"/v1/members/{member}/links")).json()["link"]
    assert (await swap(rival, link=link)).json()["code"] == "session.refused"
    with clock.at(clock.now() + timedelta(days=7, seconds=1)):
        assert (await swap(acme, link=link)).json()["code"] == "session.refused"
    head, body, signature = link.split(".")
    for changed in (f"{head}.{body}.", f"{head}.{body}.{signature[:-2]}AA", link[3:-4], "ml_", "mt_" + link[3:]):
        assert (await swap(acme, link=changed)).json()["code"] == "session.refused"
    assert (await swap(acme, link=link)).status_code == 201


async def test_a_member_token_is_no_link_and_a_link_is_no_token(acme: Shop) -> None:
    member = await new_member(acme)
    link = (await acme.server().post(f"/v1/members/{member}/links")).json()["link"]
    token = (await acme.server().post(f"/v1/members/{member}/tokens")).json()["token"]
    assert (await swap(acme, link=token.replace("mt_", "ml_"))).json()["code"] == "session.refused"
    for text in (link, link.replace("ml_", "mt_")):
        reply = await acme.client(Authorization=f"Bearer {text}").get("/v1/me")
        assert reply.json()["code"] == "caller.unknown"


async def test_a_token_ends_after_its_hour_and_cannot_be_changed(acme: Shop) -> None:
    member = await new_member(acme)
    told = (await acme.server().post(f"/v1/members/{member}/tokens")).json()
    client = acme.client(Authorization=f"Bearer {told['token']}")
    assert (await client.get("/v1/me")).status_code == 200
    with clock.at(clock.now() + timedelta(seconds=told["expires_in"])):
        assert (await client.get("/v1/me")).status_code == 401
    claims = {"t": acme.tenant.id.hex, "m": ids.read("mem", member).hex, "exp": 2**33}
    for forged in (
        "mt_" + unsigned(claims, {"alg": "none"}),
        "mt_" + jwt.encode(claims, b"x" * 32, algorithm="HS256"),
        told["token"][:-3] + "AAA",
        told["token"].removeprefix("mt_"),
    ):
        reply = await acme.client(Authorization=f"Bearer {forged}").get("/v1/me")
        assert (reply.status_code, reply.json()["code"]) == (401, "caller.unknown")


async def test_a_blocked_member_gets_no_token_and_the_link_is_not_spent_in_vain(acme: Shop) -> None:
    member = await new_member(acme)
    link = (await acme.server().post(f"/v1/members/{member}/links")).json()["link"]
    assert (await acme.server().put(f"/v1/members/{member}/block")).status_code < 300
    assert (await acme.server().post(f"/v1/members/{member}/tokens")).json()["code"] == "member.blocked"
    assert (await acme.server().post(f"/v1/members/{member}/links")).json()["code"] == "member.blocked"
    assert (await swap(acme, link=link)).json()["code"] == "member.blocked"
    assert (await acme.server().delete(f"/v1/members/{member}/block")).status_code < 300
    assert (await swap(acme, link=link)).status_code == 201


async def test_a_secret_key_that_comes_from_a_page_is_refused_even_if_wrong(acme: Shop) -> None:
    for key in (acme.secret_key, "sk_live_" + "x" * 32):
        for origin in ("https://shop.example", f"http://{acme.host}", "null"):
            reply = await acme.client(Authorization=f"Bearer {key}", Origin=origin).get("/v1/check-in-plan")
            assert (reply.status_code, reply.json()["code"]) == (403, "key.secret_in_browser")
            assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize(
    ("origin", "served"),
    [
        ("https://shop.example", True), ("https://SHOP.example", True), ("http://acme.localhost", True),
        ("http://acme.localhost:8000", True), ("https://evil.example", False), ("http://shop.example", False),
        ("https://shop.example.evil.example", False), ("https://shop.example:444", False), ("null", False),
        ("http://rival.localhost", False), ("https://evil.example/acme.localhost", False), ("acme.localhost", False),
    ],
)  # fmt: skip
async def test_a_page_is_served_only_from_origins_of_its_key_and_from_the_shops_own_host(
    acme: Shop, origin: str, *, served: bool
) -> None:
    member = ids.read("mem", await new_member(acme))
    client = acme.member(member, Origin=origin, **{"X-Publishable-Key": acme.publishable_key})
    reply = await client.get("/v1/me")
    assert (reply.status_code == 200) is served
    if not served:
        assert reply.json()["code"] == "key.origin_refused"


async def test_without_a_publishable_key_only_the_shops_own_pages_are_served(acme: Shop) -> None:
    member = ids.read("mem", await new_member(acme))
    assert (await acme.member(member, Origin="https://shop.example").get("/v1/me")).status_code == 403
    assert (await acme.member(member, Origin=f"http://{acme.host}").get("/v1/me")).status_code == 200
    assert (await acme.member(member).get("/v1/me")).status_code == 200


async def test_a_host_that_is_no_name_does_not_make_a_null_origin_the_shops_own(acme: Shop) -> None:
    member = ids.read("mem", await new_member(acme))
    client = acme.member(member, Origin="null", Host="a..b", **{"X-Publishable-Key": acme.publishable_key})
    assert (await client.get("/v1/me")).status_code in {400, 403}


async def test_nothing_but_a_publishable_key_is_taken_in_its_place(acme: Shop, rival: Shop) -> None:
    member = ids.read("mem", await new_member(acme))
    for key in (acme.secret_key, rival.publishable_key, "pk_live_" + "x" * 32, "x", "pk_live_"):
        reply = await acme.member(member, **{"X-Publishable-Key": key}).get("/v1/me")
        assert (reply.status_code, reply.json()["code"]) == (401, "caller.unknown"), key


async def test_a_token_that_we_wrote_is_read_back(acme: Shop) -> None:
    member = ids.new()
    text, seconds = callers.write_member_token(acme.tenant.id, member)
    assert callers.read_member_token(text) == (acme.tenant.id, member)
    assert seconds == 3600
