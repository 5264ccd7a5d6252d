"""A person who is erased is in no column of any table: every text of theirs is marked first, and looked for after.

A new table is covered without a word here, for the rows of a member are found by the references.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from tenants import members
from tenants.kit import ids
from tenants.members.rules.holdings import tables_of_members
from tenants.tenancy import use_tenant
from tenants.tenancy.engine import DB
from tests.calls import make_world

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

CANARY = "canarius"
_BYTES = CANARY.encode()
# Also in hexadecimal, as bytes are shown, and in base64, at each of the three places at which it can begin.
_MARKS = "|".join([
    CANARY, _BYTES.hex(), *(base64.b64encode(b"x" * shift + _BYTES)[4:10].decode() for shift in range(3)),
])  # fmt: skip
# What stays, by the names of columns or of table and column. The shop's own references: without them a repeat would be
# done again, and books could not be compared with the shop's; the guide says that they should not be names. Who of the
# staff did something. Words of our own.
KEPT = frozenset({
    "once", "reference", "order_reference", "key", "occurrence", "why", "shop_order.external_id",
    "mall_redemption.payment", "recorded_by", "decided_name", "proposed_name", "message.reason", "shop_order.source",
    "webhook_event.type", "webhook_delivery.type",
    "member_merge_move.moved_table",
    # Keys of what was asked, and how it was answered; the response leads to nobody any more.
    "survey_answer.question", "survey_answer.part", "survey_response.language", "survey_response.reached",
    "survey_response.suspect", "survey_response.via", "survey_invitation.source",
    "voucher_event.reason",  # of most kinds a word of our own; the rest is blanked, as the next test says
})  # fmt: skip


async def plant(shop: Shop, member: UUID) -> int:
    """Mark every text of every row of a member that can be marked; answers with how many columns that were."""
    columns = await shop.rows(
        "SELECT table_name, column_name, coalesce(character_maximum_length, 1000) AS most"
        " FROM information_schema.columns WHERE table_schema = $1 AND data_type IN ('text', 'character varying')",
        shop.tenant.schema,
    )
    held = {each.table: each.where for each in tables_of_members()}
    planted = 0
    for column in columns:
        table, name = column["table_name"], column["column_name"]
        if table not in held or KEPT & {name, f"{table}.{name}"} or column["most"] < len(CANARY) + 4:
            continue
        async with shop.open():
            try:
                async with DB.savepoint():
                    marked = await DB.fetch(
                        f'UPDATE __tenant__."{table}" t SET "{name}" = \'{CANARY}-\' || n.number FROM (SELECT ctid,'
                        f' row_number() OVER () AS number FROM __tenant__."{table}" WHERE {held[table]}) n'
                        " WHERE t.ctid = n.ctid RETURNING 1", [member])  # fmt: skip
                    planted += bool(marked)
            except Exception:  # noqa: BLE001, S112  a constraint keeps the word out of this column
                continue
    return planted


async def traces(shop: Shop) -> list[str]:
    """Each column of the shop's schema and of the registry in which the mark is found."""
    tables = await shop.rows(
        "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema IN ($1, 'platform')",
        shop.tenant.schema,
    )
    found = []
    for each in tables:
        name = f'"{each["table_schema"]}"."{each["table_name"]}"'
        with use_tenant(shop.tenant):
            rows = await DB.fetch(
                "SELECT DISTINCT field.key FROM (SELECT to_jsonb(t) AS fields FROM " + name + " t"
                " WHERE t::text ~* $1) AS marked, jsonb_each_text(marked.fields) AS field WHERE field.value ~* $1",
                _MARKS)  # fmt: skip
        found += [f"{each['table_name']}.{row['key']}" for row in rows]
    return sorted(found)


async def sums(shop: Shop) -> list[object]:
    """What the books say."""
    return [
        await shop.rows("SELECT member, sum(points), count(*) FROM __tenant__.points_entry GROUP BY 1 ORDER BY 1"),
        await shop.rows("SELECT count(*), sum(amount) FROM __tenant__.voucher_template"),
        await shop.rows("SELECT count(*), count(DISTINCT member) FROM __tenant__.voucher"),
        await shop.rows("SELECT count(*) FROM __tenant__.shop_order"),
        await shop.rows("SELECT count(*) FROM __tenant__.check_in"),
        await shop.rows("SELECT count(*) FROM __tenant__.reward_grant"),
    ]


async def test_no_trace_of_an_erased_person_is_left_in_any_column_and_the_sums_stay(acme: Shop) -> None:
    world = await make_world(acme, "shop")
    client = acme.server()
    # A trace that no reference leads to: the reply kept for a repeat. And one of those merged into the member.
    double = (await world.post("/v1/members", {"external_id": f"{CANARY}-double", "name": CANARY}))["id"]
    home = {"recipient": CANARY, "street": CANARY}
    kept = await client.post(f"/v1/members/{world.member}/addresses", json=home, headers={"idempotency-key": "a"})
    assert kept.status_code < 300, kept.text
    await world.post("/v1/member-merges", {"source": double, "target": world.member, "reference": f"{CANARY}-merge"})
    assert await plant(acme, world.member_id) > 20
    assert len(await traces(acme)) > 20
    before = await sums(acme)
    async with acme.open():
        await members.erase(world.member_id, reason="asked")
    assert await traces(acme) == []
    assert await sums(acme) == before
    async with acme.open():
        assert (await members.find(ids.read("mem", double))).state == "erased"


async def test_what_staff_wrote_about_a_voucher_goes_too(acme: Shop) -> None:
    world = await make_world(acme, "shop")
    await world.post(f"/v1/vouchers/{world.known['voucher_id']}/revocation", {"reason": CANARY})
    assert await traces(acme) != []
    async with acme.open():
        await members.erase(world.member_id, reason="asked")
    assert await traces(acme) == []
