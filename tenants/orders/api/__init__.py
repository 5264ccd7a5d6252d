"""Orders over HTTP: shops tell events, and read where orders stand; members see their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.orders.api.events import OrderEventController
from tenants.orders.api.figures import MemberFiguresController, OrderPreviewController, ShopFiguresController
from tenants.orders.api.imports import OrderImportController
from tenants.orders.api.orders import MyOrderController, OrderController
from tenants.orders.api.settings import OrderPolicyController, OrderRuleController, OrderSourceController

if TYPE_CHECKING:
    from litestar import Controller

ROUTES: list[type[Controller]] = [
    OrderEventController,
    OrderImportController,
    OrderController,
    MyOrderController,
    OrderPolicyController,
    OrderSourceController,
    OrderRuleController,
    OrderPreviewController,
    MemberFiguresController,
    ShopFiguresController,
]

TAGS = {
    "Orders": "Orders as they happen in the shop; any order of news, any number of repeats. 订单",
    "Orders (member)": "A member's own orders. 会员订单",
    "Order points": "What orders earn: policy, sources, rules, previews. 订单积分",
}
