"""Nothing of one shop is ever seen or changed from another: every route, with every wrong key, name and id.

Every text of `rival` holds a word that no reply to anybody else may hold, and all its rows are compared before and
after. A new route is covered without a word here; it only has to be entered in tests/calls/.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tenants.kit import ids
from tenants.tenancy import registry
from tenants.tenancy.engine import DB
from tests.calls import make_world, prepare
from tests.operations import ID, Call, Operation, World, operations, send
from tests.rows import rows_of, tables

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from tests.conftest import Shop

CANARY = "CANARY-rival"


@dataclass
class Two:
    """Both shops, filled, and what rival's rows looked like."""

    acme: World
    rival: World
    rival_rows: dict[str, str]


@pytest.fixture
async def two(acme: Shop, rival: Shop) -> Two:
    ours = await make_world(acme, "acme")
    theirs = await make_world(rival, CANARY)
    await plant_canaries(rival)
    return Two(ours, theirs, await rows_of(rival))


async def plant_canaries(shop: Shop) -> int:
    """Put the word into every text column that takes it; the number of columns that did."""
    columns = await shop.rows(
        "SELECT table_name, column_name, coalesce(character_maximum_length, 1000) AS most"
        " FROM information_schema.columns WHERE table_schema = $1 AND data_type IN ('text', 'character varying')",
        shop.tenant.schema,
    )
    planted = 0
    for column in columns:
        if column["table_name"] not in tables() or column["most"] < len(CANARY) + 4:
            continue
        name = f'"{column["column_name"]}"'
        async with shop.open():
            try:
                async with DB.savepoint():
                    await DB.fetch(
                        f"UPDATE __tenant__.\"{column['table_name']}\" t SET {name} = '{CANARY}-' || n.number FROM"
                        f' (SELECT ctid, row_number() OVER () AS number FROM __tenant__."{column["table_name"]}") n'
                        " WHERE t.ctid = n.ctid"
                    )
                    planted += 1
            except Exception:  # noqa: BLE001, S112  a constraint keeps the word out of this column
                continue
    return planted


def callers_of(two: Two, operation: Operation) -> dict[str, httpx.AsyncClient]:
    """Everybody who must get nothing from this operation of acme."""
    acme, rival = two.acme.shop, two.rival.shop
    found = {
        "rival's secret key on acme's host": acme.client(Authorization=f"Bearer {rival.secret_key}"),
        "rival's member on acme's host": _carrying(acme, rival, two.rival.member),
        "acme's secret key on rival's host": rival.client(Authorization=f"Bearer {acme.secret_key}"),
        "acme's member on rival's host": _carrying(rival, acme, two.acme.member),
        "a key that is none": acme.client(Authorization="Bearer sk_live_" + "x" * 32),
        "rival's publishable key": acme.client(**{"X-Publishable-Key": rival.publishable_key}),
    }
    if not operation.open:
        found["nobody"] = acme.client()
        found["a key in the wrong scheme"] = acme.client(Authorization=f"Basic {acme.secret_key}")
        found["a publishable key alone"] = acme.client(**{"X-Publishable-Key": acme.publishable_key})
    if operation.for_member:
        found["the shop's own secret key"] = acme.server()
        found["a token with rival's publishable key"] = acme.member(
            two.acme.member_id, **{"X-Publishable-Key": rival.publishable_key}
        )
    else:
        found["the shop's own member"] = acme.member(two.acme.member_id)
    return found


async def test_nobody_but_the_right_caller_is_served(app: Litestar, two: Two) -> None:
    wrong: list[str] = []
    for operation in operations(app):
        if not operation.for_shop:
            continue
        call = await prepare(two.acme, operation)
        before = await rows_of(two.acme.shop)
        for who, client in callers_of(two, operation).items():
            reply = await send(client, operation, call)
            if reply.status_code not in {401, 403, 404} or CANARY in reply.text:
                wrong.append(f"{operation.id} for {who}: {reply.status_code} {reply.text[:200]}")
        if await rows_of(two.acme.shop) != before:
            wrong.append(f"{operation.id}: rows of acme changed")
    assert await rows_of(two.rival.shop) == two.rival_rows
    assert not wrong, "\n".join(wrong)


async def test_ids_of_another_shop_of_another_member_and_of_nothing_are_ids_of_nothing(app: Litestar, two: Two) -> None:
    wrong: list[str] = []
    tried = 0
    for operation in operations(app):
        if not operation.for_shop:
            continue
        call = await prepare(two.acme, operation)
        client = two.acme.client_for(operation, call)
        before = await rows_of(two.acme.shop, but=COUNTS_TRIES) if operation.unsafe else None
        for what, changed in _with_other_ids(two, operation, call):
            tried += 1
            reply = await send(client, operation, changed)
            served = reply.status_code < 300 and operation.id not in ANSWERS_FOR_NOBODY
            empty = reply.status_code == 200 and reply.json().get("data") == []
            if (served and not (empty or _all_refused(reply))) or reply.status_code >= 500:
                wrong.append(f"{operation.id} with {what}: {reply.status_code} {reply.text[:200]}")
            if CANARY in reply.text:
                wrong.append(f"{operation.id} with {what}: says {CANARY}")
        if before is not None and await rows_of(two.acme.shop, but=COUNTS_TRIES) != before:
            wrong.append(f"{operation.id}: rows of acme changed")
    assert tried > 50
    assert await rows_of(two.rival.shop) == two.rival_rows
    assert not wrong, "\n".join(wrong)


async def test_headers_that_name_another_shop_are_not_believed(app: Litestar, two: Two) -> None:
    wrong: list[str] = []
    rival = two.rival.shop
    smuggled = {
        "X-Forwarded-Host": rival.host,
        "X-Host": rival.host,
        "Forwarded": f"host={rival.host}",
        "X-Original-Host": rival.host,
        "X-Tenant": rival.tenant.slug,
        "X-Tenant-Id": str(rival.tenant.id),
        "X-Schema": rival.tenant.schema,
        "X-Api-Key": rival.secret_key,
        "Cookie": f"tenant={rival.tenant.slug}; id={rival.secret_key}",
    }
    for operation in operations(app):
        if not operation.for_shop:
            continue
        call = await prepare(two.acme, operation)
        reply = await send(two.acme.client_for(operation, call), operation, call, **smuggled)
        if reply.status_code >= 300 or CANARY in reply.text:
            wrong.append(f"{operation.id}: {reply.status_code} {reply.text[:200]}")
    assert await rows_of(rival) == two.rival_rows
    assert not wrong, "\n".join(wrong)


async def test_cursors_of_another_shop_list_or_member_are_worth_nothing(app: Litestar, two: Two) -> None:
    lists = [one for one in operations(app) if "cursor" in one.query_names]
    assert lists
    cursors: dict[str, list[str]] = {"rival": [], "acme": []}
    for name, world in (("rival", two.rival), ("acme", two.acme)):
        for _ in range(3):
            await world.new_member()
        reply = await world.shop.server().get("/v1/members", params={"limit": 1})
        cursors[name].append(reply.json()["next_cursor"])
        assert reply.json()["next_cursor"]
    wrong = []
    for operation in lists:
        call = await prepare(two.acme, operation)
        tried = [*cursors["rival"], *([] if operation.id == "listMembers" else cursors["acme"]), "garbage", "A" * 500]
        for cursor in tried:
            asked = call.changed(query={**call.query, "cursor": cursor})
            reply = await send(two.acme.client_for(operation, call), operation, asked)
            if (reply.status_code, reply.json().get("code")) != (400, "invalid") or CANARY in reply.text:
                wrong.append(f"{operation.id}: {reply.status_code} {reply.text[:200]}")
    assert not wrong, "\n".join(wrong)


async def test_a_key_used_by_another_shop_is_a_fresh_key(app: Litestar, two: Two) -> None:
    create = next(one for one in operations(app) if one.id == "createMember")
    headers = {"Idempotency-Key": "shared"}
    call = Call(body={"external_id": "shared", "name": "Shared"})
    theirs = await send(two.rival.shop.server(), create, call, **headers)
    ours = await send(two.acme.shop.server(), create, call, **headers)
    assert (theirs.status_code, ours.status_code) == (201, 201)
    assert "idempotency-replayed" not in ours.headers
    assert theirs.json()["id"] != ours.json()["id"]


async def test_every_reply_to_acme_is_free_of_rivals_words(app: Litestar, two: Two) -> None:
    wrong = []
    for operation in operations(app):
        call = await prepare(two.acme, operation) if operation.for_shop else Call()
        reply = await send(two.acme.client_for(operation, call), operation, call)
        if operation.for_shop and reply.status_code >= 300:
            wrong.append(f"{operation.id}: {reply.status_code} {reply.text[:200]}")
        if re.search(rf"{CANARY}|{two.rival.shop.tenant.schema}|__tenant__", reply.text):
            wrong.append(f"{operation.id}: says {reply.text[:300]}")
    assert not wrong, "\n".join(wrong)
    assert await rows_of(two.rival.shop) == two.rival_rows


async def test_the_words_are_really_there(two: Two) -> None:
    reply = await two.rival.shop.server().get(f"/v1/members/{two.rival.member}")
    assert CANARY in reply.text
    assert await plant_canaries(two.rival.shop) > 20


async def test_a_suspended_shop_serves_nobody_and_its_host_says_so(app: Litestar, two: Two) -> None:
    await registry.set_state("acme", "suspended")
    try:
        wrong = []
        for operation in operations(app):
            if not operation.for_shop or operation.unsafe:
                continue
            call = Call(path={name: two.acme.known[name] for name in operation.path_names})
            reply = await send(two.acme.client_for(operation, call), operation, call)
            if (reply.status_code, reply.json()["code"]) != (403, "tenant.suspended"):
                wrong.append(f"{operation.id}: {reply.status_code} {reply.text[:200]}")
        assert not wrong, "\n".join(wrong)
        assert (await two.rival.shop.server().get("/v1/members")).status_code == 200
    finally:
        await registry.set_state("acme", "active")


# Wrong codes and ids are counted against guessing, by design even where the request is refused.
COUNTS_TRIES = frozenset({"code_try", "voucher_try"})
# Says of a member who is not there what it says of one who never came.
ANSWERS_FOR_NOBODY = frozenset({"getMemberCheckInCalendar"})


def _carrying(host: Shop, of: Shop, member: str) -> httpx.AsyncClient:
    client = of.member(ids.read("mem", member))
    return host.client(Authorization=client.headers["authorization"])


def _with_other_ids(two: Two, operation: Operation, call: Call) -> list[tuple[str, Call]]:
    """The call with each of its ids replaced by rival's, by nothing's, and for members by their neighbour's."""
    found: list[tuple[str, Call]] = []
    for name in [name for name in operation.path_names if ID.match(call.path[name])]:
        for whose, other in _others(two, name, call.path[name]):
            found.append((f"{whose} {name}", call.changed(path={**call.path, name: other})))
    for name in operation.query_names:
        if name in {"member", "template"}:
            known = two.acme.known["member" if name == "member" else "template_id"]
            for whose, other in _others(two, "member" if name == "member" else "template_id", known):
                found.append((f"{whose} ?{name}", call.changed(query={name: other})))
    for path, value in _ids_in(call.body):
        known_as = _KNOWN_AS.get(value[:3], "")
        for whose, other in _others(two, known_as, value):
            found.append((f"{whose} {path}", call.changed(body=_replaced(call.body, value, other))))
    return found


_KNOWN_AS = {"mem": "member", "vtp": "template_id", "vch": "voucher_id", "vrs": "reservation_id", "ord": "order_id"}


def _others(two: Two, name: str, value: str) -> list[tuple[str, str]]:
    prefix = value[:3]
    found = [
        ("nothing's", ids.show(prefix, ids.new())),
        ("no", "x"),
        ("a longer", value + "0"),
        ("another kind of", "zzz" + value[3:]),
    ]
    if name in two.rival.known and two.rival.known[name].startswith(prefix):
        found.append(("rival's", two.rival.known[name]))
    return found


def _ids_in(body: Any, path: str = "body") -> list[tuple[str, str]]:
    if isinstance(body, dict):
        return [pair for name, value in body.items() for pair in _ids_in(value, f"{path}.{name}")]
    if isinstance(body, list):
        return [pair for value in body for pair in _ids_in(value, f"{path}[]")]
    return [(path, body)] if isinstance(body, str) and ID.match(body) else []


def _replaced(body: Any, old: str, new: str) -> Any:
    if isinstance(body, dict):
        return {name: _replaced(value, old, new) for name, value in body.items()}
    if isinstance(body, list):
        return [_replaced(value, old, new) for value in body]
    return new if body == old else body


def _all_refused(reply: httpx.Response) -> bool:
    """A batch answers for each item."""
    items = reply.json().get("data") if reply.content else None
    return items is not None and items != [] and all(item.get("refused") for item in items)
