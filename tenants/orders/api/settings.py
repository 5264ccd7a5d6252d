"""What orders earn: the policy, the sources, and the rules for some products and categories."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from litestar import Controller, delete, get, post, put
from litestar.params import FromPath, JSONBody  # noqa: TC002  Litestar reads annotations while running
from msgspec import Meta

from tenants import orders
from tenants.kit import ids
from tenants.kit.errors import NotFound
from tenants.kit.shapes import Shape

AwardOn = Literal["paid", "delivered", "completed"]
RefundDays = Annotated[int, Meta(ge=0, le=365)]
Cap = Annotated[int, Meta(ge=1, le=1_000_000_000_000)]
Number = Annotated[Decimal, Meta(description='A decimal string, e.g. "1.5".')]
Text = Annotated[str, Meta(max_length=100)]


class OrderPolicyShape(Shape):
    """Points for 1.00 of the shop's currency, when they come, and how many at most; null is no maximum."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "active": True, "award_on": "completed", "points_per_unit": "1", "rounding": "down", "refund_days": 15,
        "shipping_earns": False, "tax_earns": True, "by_level": True, "order_max": 5000, "member_day_max": None,
        "member_month_max": 20000, "shop_day_max": None, "shop_month_max": 1000000,
    }  # fmt: skip

    active: bool
    award_on: AwardOn
    points_per_unit: Number
    rounding: Literal["down", "half_up", "up"] = "down"
    refund_days: RefundDays = 0
    shipping_earns: bool = True
    tax_earns: bool = True
    by_level: bool = True
    order_max: Annotated[int, Meta(ge=1, le=1_000_000_000)] | None = None
    member_day_max: Cap | None = None
    member_month_max: Cap | None = None
    shop_day_max: Cap | None = None
    shop_month_max: Cap | None = None


class OrderSourceSettings(Shape):
    """How one shop's orders are treated; null is as the policy says."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "display_name": "Taobao flagship", "platform": "taobao", "refund_days": 7, "award_on": "completed",
        "active": True,
    }  # fmt: skip

    display_name: Text = ""
    platform: Literal["taobao", "jd", "pdd", "douyin", "newegg", "shopify", "own"] = "own"
    refund_days: RefundDays | None = None
    award_on: AwardOn | None = None
    active: bool = True


class NewOrderSource(OrderSourceSettings, kw_only=True):
    """A shop by the name under which its orders come in."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"name": "taobao", **OrderSourceSettings.EXAMPLE}

    name: Annotated[str, Meta(min_length=1, max_length=50)]


class OrderSourceShape(OrderSourceSettings, kw_only=True):
    """One shop by the name under which its orders come in."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"id": "src_01k0000000000000000000000z", **NewOrderSource.EXAMPLE}

    id: str
    name: str


class OrderSourcesShape(Shape):
    """All sources that were set up."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [OrderSourceShape.EXAMPLE]}

    data: list[OrderSourceShape]


class OrderRuleSettings(Shape):
    """For lines of this source, product and category (empty: of any) of orders placed in the window.

    It excludes them from points, or multiplies them and adds `extra_points` for each piece. Of the rules that fit a
    line the one with the highest priority counts.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "name_en": "Serum week", "name_zh": "精华周", "source": "", "product": "", "category": "serum",
        "excluded": False, "multiplier": "2", "extra_points": 0, "priority": 10,
        "starts_at": "2026-11-01T00:00:00Z", "ends_at": "2026-11-12T00:00:00Z", "active": True,
    }  # fmt: skip

    name_en: Text = ""
    name_zh: Text = ""
    source: Annotated[str, Meta(max_length=50)] = ""
    product: Text = ""
    category: Text = ""
    excluded: bool = False
    multiplier: Number = Decimal(1)
    extra_points: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    priority: Annotated[int, Meta(ge=-1000, le=1000)] = 0
    starts_at: Annotated[datetime, Meta(tz=True)] | None = None
    ends_at: Annotated[datetime, Meta(tz=True)] | None = None
    active: bool = True


class OrderRuleShape(OrderRuleSettings, kw_only=True):
    """A rule, and the points that orders have by it so far."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "rul_01k0000000000000000000000z", **OrderRuleSettings.EXAMPLE, "points_given": 4120,
    }  # fmt: skip

    id: str
    points_given: int


class OrderRulesShape(Shape):
    """All rules, in the order in which they are asked."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [OrderRuleShape.EXAMPLE]}

    data: list[OrderRuleShape]


class OrderPolicyController(Controller):
    """The policy."""

    path = "/v1/order-policy"
    tags = ("Order points",)

    @get("/", operation_id="getOrderPolicy", summary="Show what orders earn")
    async def show(self) -> OrderPolicyShape:
        """The policy as it stands, which new orders follow."""
        return _policy(await orders.policy())

    @put("/", operation_id="changeOrderPolicy", summary="Change what orders earn")
    async def change(self, data: JSONBody[OrderPolicyShape]) -> OrderPolicyShape:
        """Change the policy for orders that are first heard of from now on; known orders keep their terms.

        Points wait for `refund_days` after the order has earned them. Caps of days and months apply at once, by the
        shop's clock. Errors: `invalid`.
        """
        await orders.set_policy(
            orders.Policy(**{name: getattr(data, name) for name in OrderPolicyShape.__struct_fields__})
        )
        return _policy(await orders.policy())


class OrderSourceController(Controller):
    """The seller's several shops."""

    path = "/v1/order-sources"
    tags = ("Order points",)

    @get("/", operation_id="listOrderSources", summary="List the sources of orders")
    async def list_sources(self) -> OrderSourcesShape:
        """All sources that were set up, by name; orders of others follow the policy."""
        return OrderSourcesShape(data=[_source(source) for source in await orders.sources()])

    @post("/", operation_id="createOrderSource", summary="Set a source of orders up")
    async def make(self, data: JSONBody[NewOrderSource]) -> OrderSourceShape:
        """Set a source up for orders that are first heard of from now on; one of that name is changed.

        Errors: `invalid`.
        """
        return _source(await orders.set_source(_wanted_source(data, data.name)))

    @put("/{order_source_id:str}", operation_id="changeOrderSource", summary="Change a source of orders")
    async def change(self, order_source_id: FromPath[str], data: JSONBody[OrderSourceSettings]) -> OrderSourceShape:
        """Change it for orders that are first heard of from now on; its name stays.

        Errors: `order.source_unknown`, `invalid`.
        """
        return _source(await orders.change_source(_source_id(order_source_id), _wanted_source(data, "-")))

    @delete("/{order_source_id:str}", operation_id="removeOrderSource", summary="Forget what was set up for a source")
    async def remove(self, order_source_id: FromPath[str]) -> None:
        """Its orders stay; new ones follow the policy. Errors: `order.source_unknown`."""
        await orders.remove_source(_source_id(order_source_id))


class OrderRuleController(Controller):
    """Rules for some products, categories or sources."""

    path = "/v1/order-rules"
    tags = ("Order points",)

    @get("/", operation_id="listOrderRules", summary="List the rules for points")
    async def list_rules(self) -> OrderRulesShape:
        """All rules in the order in which they are asked, with what they have cost so far."""
        return OrderRulesShape(data=[_rule(rule) for rule in await orders.rules()])

    @post("/", operation_id="createOrderRule", summary="Add a rule for points")
    async def make(self, data: JSONBody[OrderRuleSettings]) -> OrderRuleShape:
        """Add a rule for orders that are first heard of from now on. Errors: `invalid`."""
        return _rule(await orders.make_rule(_wanted(data)))

    @put("/{order_rule_id:str}", operation_id="changeOrderRule", summary="Change a rule for points")
    async def change(self, order_rule_id: FromPath[str], data: JSONBody[OrderRuleSettings]) -> OrderRuleShape:
        """Change a rule for orders that are first heard of from now on; known orders keep it as it was.

        Errors: `order.rule_unknown`, `invalid`.
        """
        return _rule(await orders.change_rule(_rule_id(order_rule_id), _wanted(data)))

    @delete("/{order_rule_id:str}", operation_id="removeOrderRule", summary="Remove a rule for points")
    async def remove(self, order_rule_id: FromPath[str]) -> None:
        """Known orders keep it among their terms. Errors: `order.rule_unknown`."""
        await orders.remove_rule(_rule_id(order_rule_id))


def _policy(found: orders.Policy) -> OrderPolicyShape:
    fields = {name: getattr(found, name) for name in OrderPolicyShape.__struct_fields__}
    return OrderPolicyShape(**{**fields, "points_per_unit": _plain(found.points_per_unit)})


def _plain(number: Decimal) -> Decimal:
    """As a person writes it: 2, not 2.000."""
    return Decimal(f"{number.normalize():f}")


def _wanted_source(data: OrderSourceSettings, name: str) -> orders.Source:
    fields = {field: getattr(data, field) for field in OrderSourceSettings.__struct_fields__}
    return orders.Source(name=name, **fields)


def _source(found: orders.SourceRow) -> OrderSourceShape:
    fields = {name: getattr(found, name) for name in OrderSourceSettings.__struct_fields__}
    return OrderSourceShape(**fields, id=ids.show("src", found.id), name=found.name)


def _source_id(text: str) -> uuid.UUID:
    try:
        return ids.read("src", text)
    except NotFound:
        raise orders.SourceUnknown from None


def _wanted(data: OrderRuleSettings) -> orders.Rule:
    return orders.Rule(**{name: getattr(data, name) for name in OrderRuleSettings.__struct_fields__})


def _rule(found: orders.RuleRow) -> OrderRuleShape:
    fields = {name: getattr(found, name) for name in OrderRuleSettings.__struct_fields__}
    for name in ("starts_at", "ends_at"):
        fields[name] = fields[name] and fields[name].astimezone(UTC)
    fields["multiplier"] = _plain(found.multiplier)
    return OrderRuleShape(**fields, id=ids.show("rul", found.id), points_given=found.points_given)


def _rule_id(text: str) -> uuid.UUID:
    try:
        return ids.read("rul", text)
    except NotFound:
        raise orders.RuleUnknown from None
