"""A statement says why, with the facts, in the language of whoever reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tenants import points
from tenants.kit import ids
from tests.make import points as make

if TYPE_CHECKING:
    from tests.conftest import Shop


@pytest.mark.parametrize(
    ("detail", "en", "zh"),
    [
        ({}, "For an order.", "订单奖励。"),
        ({"order": "T1"}, "Order T1.", "订单 T1。"),
        ({"order": "T1", "amount": "129.00"}, "Order T1: 129.00.", "订单 T1：129.00。"),
        (
            {"order": "T1", "amount": "129.00", "multiplier": "1.5"},
            "Order T1: 129.00 × 1.5.",
            "订单 T1：129.00 × 1.5。",
        ),
        (
            {"order": "T1", "amount": "9", "rate": "1", "multiplier": "1.5", "level_en": "Gold", "level_zh": "黄金"},
            "Order T1: 9 × 1 × 1.5 (Gold).",
            "订单 T1：9 × 1 × 1.5（黄金）。",
        ),
        ({"order": "{amount}", "amount": "{0}"}, "Order {amount}: {0}.", "订单 {amount}：{0}。"),
        ({"unknown": "x"}, "For an order.", "订单奖励。"),
    ],
)
def test_as_many_facts_are_told_as_there_are(detail: dict[str, str], en: str, zh: str) -> None:
    assert points.Why.ORDER.say("en", detail=detail) == en
    assert points.Why.ORDER.say("zh", detail=detail) == zh


async def test_the_statement_tells_what_was_kept_with_the_entry(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        await points.earn(
            who, points=193, why=points.Why.ORDER, once="o",
            detail={"order": "T1001", "amount": "129.00", "rate": "1", "multiplier": "1.5", "level_zh": "黄金"})  # fmt: skip
        made = await points.spend(who, points=20, why=points.Why.MAKE_UP, once="m", detail={"day": "2026-05-01"})
        await points.reverse(made.id, once="oops")
        lines = await points.statement(who)
    assert [line.say("zh") for line in lines] == [
        "撤销：补签 2026-05-01。", "补签 2026-05-01。", "订单 T1001：129.00 × 1 × 1.5（黄金）。"]  # fmt: skip
    assert [line.say("en") for line in lines] == [
        "Undone: Made up 2026-05-01.", "Made up 2026-05-01.", "Order T1001: 129.00 × 1 × 1.5."]  # fmt: skip


async def test_the_shop_and_the_member_read_the_same_reason_over_http(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        await points.earn(who, points=9, why=points.Why.SURVEY, once="s", detail={"survey": "肤质"})
    shop = await acme.server().get(f"/v1/members/{ids.show('mem', who)}/points-entries")
    own = await acme.member(who, **{"Accept-Language": "zh-CN"}).get("/v1/me/points/entries")
    assert shop.json()["data"][0]["reason"] == "Survey “肤质”."
    assert own.json()["data"][0]["reason"] == "问卷“肤质”。"
