"""Orders at the desk: what was bought, what was told of it, and how many points an order earns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tenants.kit.desk import MARKETING, AdminTable, Column, Form
from tenants.kit.words import Words
from tenants.orders.rules import policy as policies
from tenants.orders.tables import Order, OrderEvent, OrderPolicy

if TYPE_CHECKING:
    from uuid import UUID

GROUP = Words(en="Orders", zh="订单")
STATES = {
    "paid": Words(en="Paid", zh="已付款"),
    "shipped": Words(en="Shipped", zh="已发货"),
    "delivered": Words(en="Delivered", zh="已签收"),
    "completed": Words(en="Completed", zh="已完成"),
    "cancelled": Words(en="Cancelled", zh="已取消"),
    "refunded": Words(en="Refunded", zh="已退款"),
}
AWARD_ON = {
    "paid": Words(en="When it is paid", zh="付款后"),
    "delivered": Words(en="When it is delivered", zh="签收后"),
    "completed": Words(en="When it is completed", zh="完成后"),
}


async def _set_policy(_row: UUID, values: dict[str, Any]) -> None:
    await policies.set_policy(replace(await policies.policy(), **values))


TABLES = (
    AdminTable(
        Order,
        name=Words(en="All orders", zh="订单列表"),
        group=GROUP,
        columns=(
            Column("external_id", Words(en="Order number", zh="订单号"), filter=True),
            Column("source", Words(en="Shop", zh="来源"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("state", Words(en="State", zh="状态"), choices=STATES, filter=True),
            Column("amount", Words(en="Amount", zh="金额"), filter=True),
            Column("refunded", Words(en="Refunded", zh="已退"), filter=True),
            Column("currency", Words(en="Currency", zh="货币"), in_list=False),
            Column("points_given", Words(en="Points", zh="积分"), filter=True),
            Column("points_short", Words(en="Points that could not be taken back", zh="未能收回的积分"), in_list=False, filter=True),
            Column("placed_at", Words(en="Placed", zh="下单时间"), filter=True),
            Column("paid_at", Words(en="Paid", zh="付款时间"), in_list=False),
            Column("completed_at", Words(en="Completed", zh="完成时间"), in_list=False),
            Column("cancelled_at", Words(en="Cancelled", zh="取消时间"), in_list=False),
        ),
        readable=("external_id", "source"),
        order="-placed_at",
    ),
    AdminTable(
        OrderEvent,
        name=Words(en="Order events", zh="订单事件"),
        group=GROUP,
        columns=(
            Column("received_at", Words(en="Heard", zh="接收时间"), filter=True),
            Column("shop_order", Words(en="Order", zh="订单"), filter=True),
            Column("kind", Words(en="What", zh="事件"), choices=STATES, filter=True),
            Column("amount", Words(en="Amount", zh="金额")),
            Column("reference", Words(en="Reference", zh="编号"), filter=True),
            Column("at", Words(en="Happened", zh="发生时间"), filter=True),
        ),
        order="-received_at",
    ),
    AdminTable(
        OrderPolicy,
        name=Words(en="Points for orders", zh="订单积分设置"),
        group=GROUP,
        help=Words(en="For orders heard of from now on; known orders keep their terms.", zh="对今后的新订单生效，已有订单不变。"),
        columns=(
            Column("award_on", Words(en="Points come", zh="发放时机"), choices=AWARD_ON, editable=True),
            Column("points_per_unit", Words(en="Points for 1.00", zh="每 1.00 元积分"), editable=True),
            Column("active", Words(en="Orders earn points", zh="订单送积分"), editable=True),
            Column("updated_at", Words(en="Changed", zh="更新时间")),
        ),
        order="id",
        write=MARKETING,
        change=_set_policy,
    ),
)  # fmt: skip
FORMS: tuple[Form, ...] = ()
