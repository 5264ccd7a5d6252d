"""What an order consists of, as far as vouchers care."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from tenants.kit.errors import Invalid
from tenants.kit.shapes import money
from tenants.kit.words import Words

ITEMS_MAX = 500
QUANTITY_MAX = 1_000_000


@dataclass(frozen=True, slots=True)
class BasketItem:
    """One line: `amount` is what the whole line comes to, before vouchers."""

    product: str
    category: str = ""
    quantity: int = 1
    amount: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Basket:
    """An order: what the goods and shipping come to, in the shop's currency; the lines, where vouchers ask for them.

    `shipping` None: nobody said. `first_order` is whether it is the member's first, which only the shop can know.
    """

    amount: Decimal
    shipping: Decimal | None = None
    items: tuple[BasketItem, ...] = ()
    channel: str = ""
    first_order: bool | None = None


def checked(basket: Basket) -> Basket:
    """The basket with its money in cents. Raises Invalid for what is none, and for lines that come to too much."""
    amount = money(basket.amount, param="order_amount")
    shipping = None if basket.shipping is None else money(basket.shipping, param="shipping_amount")
    if len(basket.items) > ITEMS_MAX:
        raise Invalid(param="items", problem=Words(en=f"use at most {ITEMS_MAX} lines", zh=f"最多 {ITEMS_MAX} 行"))
    items = tuple(replace(item, amount=money(item.amount, param="items")) for item in basket.items)
    if any(not 1 <= item.quantity <= QUANTITY_MAX for item in items):
        raise Invalid(
            param="items", problem=Words(en="use quantities from 1 to 1,000,000", zh="数量请使用 1 到 1000000")
        )
    if sum(item.amount for item in items) > amount:
        raise Invalid(
            param="items",
            problem=Words(en="the lines come to more than order_amount", zh="商品行合计超过订单金额（order_amount）"),
        )
    return replace(basket, amount=amount, shipping=shipping, items=items)
