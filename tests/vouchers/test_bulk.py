"""Codes: locked away, found again, guessed in vain; made and brought in by the thousand; pools of outside ones."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tenants import vouchers
from tenants.kit import clock, ids
from tenants.kit.errors import DomainError, Invalid
from tenants.tenancy import DB, use_tenant
from tenants.tenancy.callers import Caller, calling
from tenants.vouchers.rules import codes, guesses
from tests.make import vouchers as make
from tests.vouchers.books import balanced

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)


async def batch(template: uuid.UUID, number: int, name: str = "leaflet", **more: Any) -> uuid.UUID:
    return await vouchers.make_batch(vouchers.NewBatch(template, name, f"batch/{name}", **more), number=number)


async def codes_in(shop: Shop, found: uuid.UUID) -> list[str]:
    with use_tenant(shop.tenant):
        sheet = b"".join([part async for part in vouchers.export_codes(found)]).decode("utf-8-sig")
    return [line.partition(",")[0] for line in sheet.splitlines()[1:]]


async def enter(shop: Shop, code: str, member: uuid.UUID) -> vouchers.Issued:
    with use_tenant(shop.tenant), calling(Caller("member", member)):
        found = await vouchers.find_code(code, member_id=member)
        async with DB.transaction():
            return await vouchers.claim_code(found, member)


async def everything(shop: Shop) -> str:
    """Every row of every table of vouchers, as text."""
    tables = await shop.rows(
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1 AND table_name LIKE 'voucher%'",
        shop.tenant.schema,
    )
    found = [await shop.rows(f"SELECT t::text AS row FROM __tenant__.{table['name']} t") for table in tables]
    return "\n".join(row["row"] for rows in found for row in rows)


async def test_no_code_lies_in_the_database_in_clear(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
        issued = await make.voucher(member)
        made = await batch(await make.voucher_template(), 3)
        pool = await make.voucher_template(kind="external", given_en="Red packet")
        await vouchers.bring_in(pool, b"RED-PACKET-1\n")
        outside = await make.voucher(member, pool)
    kept = await everything(acme)
    for code in [issued.code, outside.code, *await codes_in(acme, made), "RED-PACKET-1"]:
        plain = code.replace("-", "")
        for text in (code, plain, code.encode().hex(), plain.encode().hex()):
            assert text not in kept
    assert (await acme.member(member).get("/v1/me/vouchers")).json()["data"][1]["code"] == issued.code


async def test_a_code_from_before_is_found_in_clear_until_the_job_has_locked_it_away(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
        issued = await make.voucher(member)
        clear = codes.normalise(issued.code)
        await DB.fetch(
            "UPDATE __tenant__.voucher SET code = $2, code_digest = NULL, code_shut = NULL WHERE id = $1",
            issued.id, clear)  # fmt: skip

    async def find() -> uuid.UUID:
        with use_tenant(acme.tenant), calling(Caller("member", member)):
            return await vouchers.find_by_code(issued.code)

    assert await find() == issued.id
    async with acme.open():
        assert (await vouchers.codes_of([issued.id]))[issued.id] == issued.code
        assert [await vouchers.seal_codes(10), await vouchers.seal_codes(10)] == [1, 0]
        assert (await vouchers.codes_of([issued.id]))[issued.id] == issued.code
    assert await acme.value("SELECT code FROM __tenant__.voucher") is None
    assert await find() == issued.id
    await balanced(acme)


async def test_a_batch_is_made_once_for_its_occasion(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template()
        first, again = await batch(template, 5), await batch(template, 5)
        with pytest.raises(vouchers.OtherBatch):
            await batch(template, 6)
        for number in (0, 100_001):
            with pytest.raises(Invalid):
                await batch(template, number, "other")
    assert first == again
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher_code") == 5
    await balanced(acme)


async def test_a_code_becomes_the_voucher_of_whoever_enters_it_first(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(per_member_limit=1)
        made = await batch(template, 2)
        shoppers = [await make.shopper() for _ in range(12)]
    [code, other] = await codes_in(acme, made)

    async def take(member: uuid.UUID) -> str:
        try:
            await enter(acme, code, member)
        except vouchers.VoucherUnknown:
            return "unknown"
        return "got"

    got = await asyncio.gather(*(take(member) for member in shoppers))
    assert (got.count("got"), got.count("unknown")) == (1, 11)
    winner = shoppers[got.index("got")]
    again = await enter(acme, code.lower().replace("-", " "), winner)
    assert (again.repeated, again.code) == (True, code)
    with pytest.raises(vouchers.LimitReached):
        await enter(acme, other, winner)
    with use_tenant(acme.tenant), calling(Caller("server", ids.new())):
        assert await vouchers.find_by_code(code) == again.id
    await balanced(acme)


async def test_a_batch_ends_and_a_revoked_one_gives_nothing(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            template, member = await make.voucher_template(budget=Decimal(80)), await make.shopper()
            ending = await batch(template, 2, "ending", claim_until=NOON + timedelta(days=1))
            gone = await batch(template, 2, "gone")
            with pytest.raises(vouchers.BudgetSpent):
                await batch(template, 1, "more")
        await enter(acme, (await codes_in(acme, ending))[0], member)
        async with acme.open():
            assert [await vouchers.revoke_batch(gone), await vouchers.revoke_batch(gone)] == [2, 0]
    with clock.at(NOON + timedelta(days=1)):
        for code in [(await codes_in(acme, ending))[1], (await codes_in(acme, gone))[0]]:
            with pytest.raises(vouchers.VoucherUnknown):
                await enter(acme, code, member)
        async with acme.open():
            await vouchers.expire_due(10)
            row = await vouchers.read_batch(ending)
    assert (row["state"], row["claimed"], row["expired"]) == ("ended", 1, 1)
    assert await acme.value("SELECT promised FROM __tenant__.voucher_stock") == Decimal(20)
    await balanced(acme)


async def test_a_sellers_own_codes_are_tried_told_and_taken_in(acme: Shop) -> None:
    sheet = '\ufeff券码,备注\nSPRING-0001,a\nspring 0002,b\nSPRING0001,double\nSHORT,c\n=1+1+1+1+1,d\n"=""12345678""",e\n'.encode()
    async with acme.open():
        template, member = await make.voucher_template(), await make.shopper()
        asked = vouchers.NewBatch(template, "own", "own/1")
        nothing, dry = await vouchers.bring_in_batch(asked, sheet, dry_run=True)
        assert await DB.fetchval("SELECT count(*) FROM __tenant__.voucher_batch") == 0
        made, intake = await vouchers.bring_in_batch(asked, sheet)
        _, second = await vouchers.bring_in_batch(vouchers.NewBatch(template, "own", "own/2"), sheet)
    assert nothing is None
    assert (dry.added, dry.known, dry.failed) == (intake.added, intake.known, intake.failed) == (3, 1, 2)
    assert [error.line for error in intake.errors] == [5, 6]
    assert (second.added, second.known) == (0, 4)
    assert made is not None
    issued = await enter(acme, "spring-0002", member)
    assert issued.code == "SPRING0002"
    await balanced(acme)


@pytest.mark.parametrize("sheet", [b'"open', b"\xff\xfe\x00", b"a\x00b"])
async def test_a_file_that_is_none_is_refused_as_a_whole(acme: Shop, sheet: bytes) -> None:
    async with acme.open():
        template = await make.voucher_template()
        with pytest.raises(vouchers.FileUnreadable):
            await vouchers.bring_in_batch(vouchers.NewBatch(template, "own", "own/1"), sheet)


async def test_outside_codes_are_handed_out_once_ever_under_a_rush(acme: Shop) -> None:
    async with acme.open():
        template = await make.voucher_template(
            kind="external", given_en="Red packet", given_zh="红包", cost=Decimal(5), claimable=True
        )
        intake = await vouchers.bring_in(template, b"code\nR-1\nR-2\nR-3\nR-3\n")
        again = await vouchers.bring_in(template, b"R-1\nR-4\n", dry_run=True)
        shoppers = [await make.shopper() for _ in range(15)]
        with pytest.raises(vouchers.NotAPool):
            await vouchers.bring_in(await make.voucher_template(), b"R-1\n")
        with pytest.raises(Invalid):
            await vouchers.change_template(template, {"stock": 100})
    assert (intake.added, intake.known, again.added, again.known) == (3, 1, 1, 1)

    async def take(member: uuid.UUID) -> str:
        try:
            async with acme.open():
                await vouchers.claim(template, member)
        except DomainError as error:
            return error.code
        return "got"

    got = await asyncio.gather(*(take(member) for member in shoppers))
    assert (got.count("got"), got.count("voucher.out_of_stock")) == (3, 12)
    shown = [
        (await acme.member(member).get("/v1/me/vouchers")).json()["data"]
        for member, what in zip(shoppers, got, strict=True)
        if what == "got"
    ]
    assert sorted(one[0]["outside_code"] for one in shown) == ["R-1", "R-2", "R-3"]
    assert await acme.value("SELECT max(spent) FROM __tenant__.voucher_stock") == Decimal(15)
    async with acme.open():
        verdict = await vouchers.validate(
            (await DB.fetchval("SELECT id FROM __tenant__.voucher LIMIT 1")), vouchers.Basket(Decimal(100))
        )
    assert verdict.objection is not None
    assert verdict.objection.rule == "outside"
    await balanced(acme)


async def test_guesses_at_the_very_same_moment_cannot_pass_the_limit(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
    guesser = Caller("member", member)
    looked: list[str] = []

    async def guess() -> None:
        with use_tenant(acme.tenant), calling(guesser):
            try:
                await vouchers.find_by_code("2" * 13)
            except vouchers.VoucherUnknown:
                looked.append("looked")
            except vouchers.TooManyTries:
                looked.append("stopped")

    await asyncio.gather(*(guess() for _ in range(60)))
    assert (looked.count("looked"), looked.count("stopped")) == (guesses.FAILS_MAX, 50)


async def test_right_codes_use_up_no_tries(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
        issued = await make.voucher(member)
    with use_tenant(acme.tenant), calling(Caller("member", member)):
        for _ in range(3 * guesses.FAILS_MAX):
            assert await vouchers.find_by_code(issued.code) == issued.id
    assert await acme.value("SELECT max(fails) FROM __tenant__.voucher_try") == 0


async def test_when_the_whole_shop_is_guessed_at_everybody_has_fewer_tries_and_the_right_are_let_in(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
        issued = await make.voucher(member)
        await DB.fetch(
            "INSERT INTO __tenant__.voucher_try (who, since, fails) VALUES ('*', $1, $2)",
            clock.now(), guesses.FAILS_MAX_OF_ALL)  # fmt: skip
    with use_tenant(acme.tenant):
        with calling(Caller("member", member)):
            assert await vouchers.find_by_code(issued.code) == issued.id
        with calling(Caller("member", ids.new())):
            for _ in range(guesses.FAILS_MAX // guesses.SCARCE):
                with pytest.raises(vouchers.VoucherUnknown):
                    await vouchers.find_by_code("2" * 13)
            with pytest.raises(vouchers.TooManyTries):
                await vouchers.find_by_code("2" * 13)


async def test_whoever_is_stopped_makes_no_tries_scarce_for_others(acme: Shop) -> None:
    async with acme.open():
        member = await make.shopper()
    with use_tenant(acme.tenant), calling(Caller("member", member)):
        for _ in range(3 * guesses.FAILS_MAX):
            with pytest.raises((vouchers.VoucherUnknown, vouchers.TooManyTries)):
                await vouchers.find_by_code("2" * 13)
    assert await acme.value("SELECT fails FROM __tenant__.voucher_try WHERE who = '*'") == guesses.FAILS_MAX


async def test_known_and_unknown_codes_take_the_same_statements(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    async with acme.open():
        mine = await make.voucher(await make.shopper())
        other = await make.shopper()
    sent: list[list[str]] = []
    send: Callable[..., Any] = type(DB)._send

    async def note(engine: Any, sql: str, args: Any) -> Any:
        sent[-1].append(sql)
        return await send(engine, sql, args)

    monkeypatch.setattr(type(DB), "_send", note)
    with use_tenant(acme.tenant), calling(Caller("server", ids.new())):
        for code in (mine.code, "2222222222222", "nonsense", "", "\x00", "x" * 64, "SPRING0001"):
            sent.append([])
            with pytest.raises(vouchers.VoucherUnknown):
                await vouchers.find_by_code(code, member_id=other)
    assert len(sent[0]) == 2
    assert all(one == sent[0] for one in sent)


async def test_codes_in_bulk_over_http(acme: Shop) -> None:
    async with acme.open():
        template, member = await make.voucher_template(), await make.shopper()
    server, phone = acme.server(), acme.member(member)
    body = {"template": ids.show("vtp", template), "name": "Leaflet", "codes": 3, "reference": "r1"}
    made, again = [(await server.post("/v1/voucher-batches", json=body)).json() for _ in range(2)]
    assert made["id"] == again["id"]
    sheet = await server.get(f"/v1/voucher-batches/{made['id']}/codes")
    assert sheet.headers["content-type"].startswith("text/csv")
    assert "attachment" in sheet.headers["content-disposition"]
    code = sheet.text.splitlines()[1].partition(",")[0]
    first, second = [await phone.post("/v1/me/voucher-code-claims", json={"code": code}) for _ in range(2)]
    assert (first.status_code, second.status_code) == (201, 200)
    wrong = await phone.post("/v1/me/voucher-code-claims", json={"code": "2" * 13})
    assert (wrong.status_code, wrong.json()["code"]) == (404, "voucher.unknown")
    listed = (await server.get("/v1/voucher-batches", params={"template": ids.show("vtp", template)})).json()["data"]
    assert [(one["free"], one["claimed"]) for one in listed] == [(2, 1)]
    assert (await server.post(f"/v1/voucher-batches/{made['id']}/revocation")).json()["withdrawn"] == 2
    wallet = (await phone.get("/v1/me/voucher-wallet")).json()
    assert (wallet["counts"]["issued"], [one["code"] for one in wallet["issued"]]) == (1, [code])
    await balanced(acme)
