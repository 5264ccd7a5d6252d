"""Orders by the file: encodings, lines of one event, bad rows by line, dry runs, and the same file again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tenants import members, orders

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from tests.conftest import Shop

FILE = """\
source,order,member,kind,at,amount,items,reference,line,product,category,quantity,line_amount
taobao,1001,李雷,completed,2026-05-01 12:00,129.00,2,,,,,,
taobao,1002,buyer-2,paid,2026-05-01T12:00:00+08:00,100.00,,p,1,serum-1,serum,2,60.00
taobao,1002,buyer-2,paid,2026-05-01T12:00:00+08:00,100.00,,p,2,soap,soap,1,40.00
taobao,1003,buyer-3,lost,2026-05-01,10.00,,,,,,,
taobao,1004,buyer-4,completed,soon,10.00,,,,,,,
taobao,1005,buyer-5,completed,2026-05-01,abc,,,,,,,
taobao,1006,buyer-6,已完成,2026/05/01,"1,234.50",,,,,,,
"""


async def send(shop: Shop, body: bytes, *, dry_run: bool = False, key: str = "") -> httpx.Response:
    headers = {"content-type": "text/csv", **({"idempotency-key": key} if key else {})}
    address = f"/v1/order-imports?dry_run={str(dry_run).lower()}"
    return await shop.server().post(address, content=body, headers=headers)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
async def test_good_rows_go_in_and_bad_ones_are_named_by_line(acme: Shop, encoding: str) -> None:
    reply = await send(acme, FILE.encode(encoding))
    assert reply.status_code == 200, reply.text
    told = reply.json()
    assert (told["taken"], told["repeated"], told["refused"]) == (3, 0, 3)
    assert [(one["line"], one["column"]) for one in told["errors"]] == [(5, "kind"), (6, "at"), (7, "amount")]
    rows = await acme.rows("SELECT external_id, amount::text, items FROM __tenant__.shop_order ORDER BY 1")
    assert [tuple(row.values()) for row in rows] == [
        ("1001", "129.00", 2),
        ("1002", "100.00", 3),
        ("1006", "1234.50", 0),
    ]
    assert await acme.value("SELECT count(*) FROM __tenant__.order_event_line") == 2
    async with acme.open():
        assert await members.find_by_external_id("李雷")


async def test_a_dry_run_says_the_same_and_keeps_nothing(acme: Shop) -> None:
    told = (await send(acme, FILE.encode(), dry_run=True)).json()
    assert (told["dry_run"], told["taken"], told["refused"]) == (True, 3, 3)
    assert await acme.value("SELECT count(*) FROM __tenant__.shop_order") == 0
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 0


async def test_the_same_file_again_changes_nothing(acme: Shop) -> None:
    await send(acme, FILE.encode())
    told = (await send(acme, FILE.encode())).json()
    assert (told["taken"], told["repeated"]) == (0, 3)
    assert await acme.value("SELECT count(*) FROM __tenant__.order_event") == 3


async def test_a_keyed_file_is_answered_once(acme: Shop) -> None:
    first = await send(acme, FILE.encode(), key="file-1")
    again = await send(acme, FILE.encode(), key="file-1")
    assert (first.content, again.headers["idempotency-replayed"]) == (again.content, "true")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"source,order,member,kind\n", "it lacks at"),
        (b"source,order,member,kind,at,colour\n", "colour"),
        (b"source,order,member,kind,at,at\n", "twice"),
    ],
)
async def test_a_file_without_a_usable_header_is_refused(acme: Shop, body: bytes, said: str) -> None:
    reply = await send(acme, body)
    assert (reply.status_code, reply.json()["code"]) == (400, "import.unreadable")
    assert said in reply.json()["detail"]


async def test_a_quote_that_is_never_closed_ends_the_file_there(acme: Shop) -> None:
    body = (
        FILE.splitlines()[0] + '\ntaobao,1,b,completed,2026-05-01,1.00,,,,,,,\ntaobao,"2,b,completed,2026-05-01,1.00\n'
    )
    told = (await send(acme, body.encode())).json()
    assert (told["taken"], told["errors"][0]["line"], told["errors"][0]["code"]) == (1, 3, "import.unreadable")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
async def test_wherever_a_file_is_cut_in_transit_it_reads_the_same(acme: Shop, encoding: str) -> None:
    body = FILE.encode(encoding)

    async def cut(size: int) -> AsyncIterator[bytes]:
        for start in range(0, len(body), size):
            yield body[start : start + size]

    async with acme.open():
        for size in (1, 2, 3, 7, 64, 10_000):
            batches = [batch async for batch in orders.read_file(cut(size))]
            names = [event.member_external_id for batch in batches for _, event in batch.events]
            assert names == ["李雷", "buyer-2", "buyer-3", "buyer-6"]
