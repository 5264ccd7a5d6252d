"""What orders add up to, and what one that is only thought of would give."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar

import msgspec
from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody  # noqa: TC002  Litestar reads annotations while running
from litestar.status_codes import HTTP_200_OK
from msgspec import Meta

from tenants import members, orders
from tenants.kit import ids
from tenants.kit.shapes import Amount, Shape, money
from tenants.orders.api.events import LINES_MAX, OrderLine
from tenants.orders.api.explained import PointsExplanation, show_explanation
from tenants.orders.api.orders import Source  # noqa: TC001  msgspec reads annotations while running
from tenants.tenancy import current_tenant


class MemberFigures(Shape):
    """What a member's orders add up to. A purchase is an order neither cancelled nor refunded as a whole."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "orders": 5, "purchases": 4, "valid_rate": "0.8000", "spend": "516.00", "average": "129.00", "currency": "CNY",
        "first_at": "2026-01-01T04:00:00Z", "last_at": "2026-05-01T04:00:00Z", "days_between": "40.00",
    }  # fmt: skip

    orders: int
    purchases: int
    valid_rate: str | None
    spend: str
    average: str | None
    currency: str
    first_at: datetime | None
    last_at: datetime | None
    days_between: str | None


class StopShown(Shape):
    """So many members have bought so often and no more; `share` of those who came so far."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"purchases": 1, "members": 600, "share": "0.6000"}

    purchases: int
    members: int
    share: str


class ShopFiguresShown(Shape):
    """What all orders of the shop add up to; `stops` say at which purchase members stop."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "orders": 2000, "purchases": 1900, "spend": "245100.00", "currency": "CNY", "buyers": 1000, "returned": 400,
        "valid_rate": "0.9500", "average": "129.00", "repurchase_rate": "0.4000", "purchases_each": "1.90",
        "days_between": "31.25", "stops": [StopShown.EXAMPLE],
    }  # fmt: skip

    orders: int
    purchases: int
    spend: str
    currency: str
    buyers: int
    returned: int
    valid_rate: str | None
    average: str | None
    repurchase_rate: str | None
    purchases_each: str | None
    days_between: str | None
    stops: list[StopShown]


class PreviewOrder(Shape):
    """An order that is only thought of; the level by its id, or a member who has one."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"source": "taobao", "amount": "129.00", "lines": [OrderLine.EXAMPLE]}

    source: Source
    amount: Amount
    lines: Annotated[list[OrderLine], Meta(max_length=LINES_MAX)] = msgspec.field(default_factory=list)
    shipping: Amount | None = None
    tax: Amount | None = None
    level: str | None = None
    member: str | None = None


class MemberFiguresController(Controller):
    """Of one member."""

    path = "/v1/members/{member_id:str}/order-statistics"
    tags = ("Orders",)

    @get("/", operation_id="getMemberOrderStatistics", summary="Show what a member's orders add up to")
    async def show(self, member_id: FromPath[str]) -> MemberFigures:
        """Orders, purchases, spend net of refunds, average, first, last, and days between; kept up to the moment.

        Errors: `not_found`, `member.unknown`.
        """
        member = (await members.find(ids.read("mem", member_id))).id
        found = await orders.buyer_figures(member)
        return MemberFigures(
            orders=found.orders,
            purchases=found.purchases,
            valid_rate=_text(found.valid_rate),
            spend=str(found.spend),
            average=_text(found.average),
            currency=current_tenant().currency,
            first_at=found.first_at and found.first_at.astimezone(UTC),
            last_at=found.last_at and found.last_at.astimezone(UTC),
            days_between=_text(found.days_between),
        )


class ShopFiguresController(Controller):
    """Of the whole shop."""

    path = "/v1/order-statistics"
    tags = ("Orders",)

    @get("/", operation_id="getOrderStatistics", summary="Show what all orders add up to")
    async def show(self) -> ShopFiguresShown:
        """Average order, valid-order and repurchase rate, and at which purchase members stop; up to the moment."""
        found = await orders.shop_figures()
        return ShopFiguresShown(
            orders=found.orders,
            purchases=found.purchases,
            spend=str(found.spend),
            currency=current_tenant().currency,
            buyers=found.buyers,
            returned=found.returned,
            valid_rate=_text(found.valid_rate),
            average=_text(found.average),
            repurchase_rate=_text(found.repurchase_rate),
            purchases_each=_text(found.purchases_each),
            days_between=_text(found.days_between),
            stops=[
                StopShown(purchases=stop.purchases, members=stop.members, share=str(stop.share)) for stop in found.stops
            ],
        )


class OrderPreviewController(Controller):
    """Before anything is bought."""

    path = "/v1/order-points-previews"
    tags = ("Order points",)

    @post("/", operation_id="previewOrderPoints", summary="Say what an order would give", status_code=HTTP_200_OK)
    async def preview(self, data: JSONBody[PreviewOrder]) -> PointsExplanation:
        """What an order that is placed now and comes to its end gives, and why; nothing is written.

        Caps of days and months are left out. Errors: `invalid`, `not_found`, `level.unknown`.
        """
        return show_explanation(
            await orders.preview(
                source=data.source,
                amount=money(data.amount, param="amount"),
                lines=[
                    orders.Line(
                        line.key, line.product, line.category, line.quantity,
                        money(line.amount, param=f"lines[{place}].amount"))
                    for place, line in enumerate(data.lines)
                ],
                shipping=None if data.shipping is None else money(data.shipping, param="shipping"),
                tax=None if data.tax is None else money(data.tax, param="tax"),
                level=ids.read("lvl", data.level) if data.level else None,
                member=(await members.find(ids.read("mem", data.member))).id if data.member else None,
            )
        )  # fmt: skip


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
