"""Orders at the desk: what staff set up, and what they can find out before they do."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import orders
from tenants.kit import clock
from tenants.kit.words import Words
from tenants.orders.admin import FORMS, TABLES
from tests.make.orders import order

if TYPE_CHECKING:
    from tenants.kit.desk import AdminTable
    from tests.conftest import Shop


def table(name: str) -> AdminTable:
    [found] = [one for one in TABLES if one.tablename == name]
    return found


async def test_a_rule_and_a_source_are_made_and_changed_without_a_line_of_json(acme: Shop) -> None:
    rules, sources = table("order_rule"), table("order_source")
    assert rules.create
    assert rules.change
    assert sources.create
    assert sources.change
    async with acme.open():
        rule = await rules.create({"name_en": "Serum week", "category": "serum", "multiplier": Decimal(2)})
        await rules.change(rule, {"extra_points": 3, "product": None})
        source = await sources.create({"name": "taobao", "platform": "taobao", "refund_days": 7, "award_on": ""})
        await sources.change(source, {"award_on": "paid"})
        [kept] = await orders.rules()
        assert [kept.multiplier, kept.extra_points, kept.category] == [2, 3, "serum"]
        [shop] = await orders.sources()
        assert (shop.name, shop.refund_days, shop.award_on) == ("taobao", 7, "paid")


async def test_the_policy_keeps_what_was_not_changed(acme: Shop) -> None:
    change = table("order_policy").change
    assert change
    async with acme.open():
        (row,) = (None,)
        await change(row, {"refund_days": 15, "member_day_max": 500})  # type: ignore[arg-type]
        found = await orders.policy()
    assert (found.refund_days, found.member_day_max, found.award_on) == (15, 500, "completed")


async def test_what_is_worked_out_beside_a_row_can_be_read(acme: Shop) -> None:
    async with acme.open():
        await orders.make_rule(orders.Rule(name_en="All", multiplier=Decimal(2)))
        await orders.set_source(orders.Source(name="shop"))
        await order()
    shown: dict[str, Any] = {}
    for one in TABLES:
        for column in one.columns:
            if column.sql:
                # As the desk asks: $1 is the rows, $2 the moment, $3 the day.
                sql = f"SELECT ({column.sql}) AS told FROM __tenant__.{one.tablename} t WHERE $1::int IS NOT NULL"
                args: list[Any] = [1]
                if "$2" in sql:
                    args.append(clock.now())
                [row] = await acme.rows(sql, *args)
                shown[f"{one.tablename}.{column.name}"] = row["told"]
    assert shown["order_rule.status"] == "live"
    assert shown["order_rule.points_so_far"] == 200
    assert shown["order_source.points_so_far"] == 200
    assert shown["buyer_totals.valid_rate"] == 1


async def test_staff_can_ask_what_an_order_would_give(acme: Shop) -> None:
    [form] = FORMS
    async with acme.open():
        await orders.make_rule(
            orders.Rule(name_en="Serum week", name_zh="精华周", category="serum", multiplier=Decimal(2))
        )
        told = await form.run({"amount": "129.00", "category": "serum", "once": "x"})
    assert isinstance(told, Words)
    assert told.en.startswith("258 points. 129.00 × 1 × 2 (“Serum week”).")
    assert "精华周" in told.zh
    assert await acme.value("SELECT count(*) FROM __tenant__.shop_order") == 0
