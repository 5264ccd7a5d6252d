"""Orders at the desk: what was bought, what was told of it, and how many points an order earns."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from tenants import levels
from tenants.kit.desk import MARKETING, SERVICE, AdminTable, Column, Field, Form
from tenants.kit.shapes import money
from tenants.kit.words import Words
from tenants.orders.rules import explaining, sources, special
from tenants.orders.rules import policy as policies
from tenants.orders.rules.deciding import Line
from tenants.orders.tables import (
    BuyerTotals,
    Order,
    OrderCap,
    OrderEvent,
    OrderLine,
    OrderPolicy,
    OrderRule,
    OrderSource,
)

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


CAPS = {
    "member_day": Words(en="Of a member, a day", zh="会员每日"),
    "member_month": Words(en="Of a member, a month", zh="会员每月"),
    "shop_day": Words(en="Of the shop, a day", zh="店铺每日"),
    "shop_month": Words(en="Of the shop, a month", zh="店铺每月"),
}
ROUNDING = {
    "down": Words(en="Down", zh="向下取整"),
    "half_up": Words(en="To the nearest", zh="四舍五入"),
    "up": Words(en="Up", zh="向上取整"),
}
# Of a rule: whether it applies to orders that are placed now.
RULE_STATUS = {
    "off": Words(en="Off", zh="已停用"),
    "scheduled": Words(en="Scheduled", zh="未开始"),
    "live": Words(en="Live", zh="生效中"),
    "ended": Words(en="Ended", zh="已结束"),
}
_RULE_STATUS = (
    "CASE WHEN NOT t.active THEN 'off' WHEN t.starts_at > $2::timestamptz THEN 'scheduled'"
    " WHEN t.ends_at <= $2::timestamptz THEN 'ended' ELSE 'live' END"
)
_RULE_COST = "SELECT coalesce(sum(l.points), 0)::bigint FROM __tenant__.order_line l WHERE l.rule = t.id"
_RULE_ORDERS = "SELECT count(DISTINCT l.shop_order) FROM __tenant__.order_line l WHERE l.rule = t.id"
_SOURCE_ORDERS = "SELECT count(*) FROM __tenant__.shop_order o WHERE o.source = t.name"
_SOURCE_POINTS = "SELECT coalesce(sum(o.points_given), 0)::bigint FROM __tenant__.shop_order o WHERE o.source = t.name"
_VALID_RATE = "CASE WHEN t.orders = 0 THEN NULL ELSE round(t.purchases::numeric / t.orders, 4) END"
_AVERAGE = "CASE WHEN t.purchases = 0 THEN NULL ELSE round(t.spend / t.purchases, 2) END"
_BETWEEN = (
    "CASE WHEN t.purchases < 2 THEN NULL"
    " ELSE round((extract(epoch FROM t.last_at - t.first_at) / 86400 / (t.purchases - 1))::numeric, 2) END"
)


async def _set_policy(_row: UUID, values: dict[str, Any]) -> None:
    await policies.set_policy(replace(await policies.policy(), **values))


def _source_values(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "award_on": values.get("award_on") or None}


async def _make_source(values: dict[str, Any]) -> UUID:
    return (await sources.set_source(sources.Source(**_source_values(values)))).id


async def _change_source(row: UUID, values: dict[str, Any]) -> None:
    now = await sources.find_source(row)
    kept = {field.name: getattr(now, field.name) for field in fields(sources.Source)}
    if "award_on" in values:
        values = _source_values(values)
    await sources.change_source(row, sources.Source(**{**kept, **values}))


async def _make_rule(values: dict[str, Any]) -> UUID:
    return (await special.make_rule(special.Rule(**_rule_values(values)))).id


async def _change_rule(row: UUID, values: dict[str, Any]) -> None:
    now = await special.find_rule(row)
    kept = {field.name: getattr(now, field.name) for field in fields(special.Rule)}
    await special.change_rule(row, special.Rule(**{**kept, **_rule_values(values)}))


def _rule_values(values: dict[str, Any]) -> dict[str, Any]:
    texts = {"name_en", "name_zh", "source", "product", "category"}
    return {name: (value or "") if name in texts else value for name, value in values.items()}


async def _levels() -> dict[str, Words]:
    return {str(level.id): level.name for level in await levels.ladder()}


async def _preview(values: dict[str, Any]) -> Words:
    amount = money(str(values["amount"]), param="amount")
    product, category = values.get("product") or "", values.get("category") or ""
    found = await explaining.preview(
        source=values.get("source") or "shop",
        amount=amount,
        lines=[Line("1", product, category, int(values.get("quantity") or 1), amount)],
        level=UUID(str(values["level"])) if values.get("level") else None,
    )
    whys = [one.why for one in found.lines] + list(found.sentences)
    return Words(
        en=f"{found.due} points. " + " ".join(why.en.rstrip(".") + "." for why in whys),
        zh=f"{found.due} 积分。" + "".join(why.zh.rstrip("。") + "。" for why in whys),
    )


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
            Column("points_capped", Words(en="Points that a cap withheld", zh="上限扣减积分"), in_list=False, filter=True),
            Column("active_at", Words(en="Points count from", zh="积分生效时间"), in_list=False),
            Column("level_multiplier", Words(en="Multiplier of the level", zh="等级倍数"), in_list=False),
            Column("shipping", Words(en="Of it shipping", zh="其中运费"), in_list=False),
            Column("tax", Words(en="Of it tax", zh="其中税费"), in_list=False),
            Column("items", Words(en="Pieces", zh="件数"), in_list=False),
            Column("carrier", Words(en="Carrier", zh="承运商"), in_list=False),
            Column("tracking", Words(en="Tracking number", zh="快递单号"), in_list=False, filter=True),
            Column("points_short", Words(en="Points that could not be taken back", zh="未能收回的积分"), in_list=False, filter=True),
            Column("placed_at", Words(en="Placed", zh="下单时间"), filter=True),
            Column("paid_at", Words(en="Paid", zh="付款时间"), in_list=False),
            Column("shipped_at", Words(en="Shipped", zh="发货时间"), in_list=False),
            Column("delivered_at", Words(en="Delivered", zh="签收时间"), in_list=False),
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
            Column("carrier", Words(en="Carrier", zh="承运商"), in_list=False),
            Column("tracking", Words(en="Tracking number", zh="快递单号"), in_list=False),
        ),
        order="-received_at",
    ),
    AdminTable(
        OrderLine,
        name=Words(en="Order lines", zh="订单商品行"),
        group=GROUP,
        help=Words(en="What each line earns, and by which rule.", zh="每个商品行所得积分及适用规则。"),
        columns=(
            Column("shop_order", Words(en="Order", zh="订单"), filter=True),
            Column("key", Words(en="Line", zh="行号")),
            Column("product", Words(en="Product", zh="商品"), filter=True),
            Column("category", Words(en="Category", zh="类目"), filter=True),
            Column("quantity", Words(en="Pieces", zh="件数")),
            Column("amount", Words(en="Amount", zh="金额")),
            Column("net", Words(en="Not refunded", zh="未退金额")),
            Column("gross", Words(en="Points before refunds", zh="退款前积分")),
            Column("points", Words(en="Points", zh="积分"), filter=True),
        ),
    ),
    AdminTable(
        BuyerTotals,
        name=Words(en="Buyers", zh="购买会员"),
        group=GROUP,
        help=Words(
            en="A purchase is an order neither cancelled nor refunded as a whole.", zh="有效订单不含已取消和全额退款。"
        ),
        columns=(
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("orders", Words(en="Orders", zh="订单数"), filter=True),
            Column("purchases", Words(en="Purchases", zh="有效订单数"), filter=True),
            Column("valid_rate", Words(en="Valid-order rate", zh="有效订单率"), sql=_VALID_RATE),
            Column("spend", Words(en="Spent", zh="净消费"), filter=True),
            Column("average", Words(en="Average order", zh="客单价"), sql=_AVERAGE),
            Column("first_at", Words(en="First", zh="首次购买")),
            Column("last_at", Words(en="Last", zh="最近购买"), filter=True),
            Column("days_between", Words(en="Days between", zh="平均购买间隔（天）"), sql=_BETWEEN),
        ),
        order="-spend",
    ),
    AdminTable(
        OrderSource,
        name=Words(en="Sources", zh="订单来源"),
        group=GROUP,
        help=Words(
            en="Your shops, by the name under which their orders come in. What is empty is as in “Points for orders”.",
            zh="各店铺，以订单来源名称区分；留空的项目按“订单积分设置”。",
        ),
        columns=(
            Column("name", Words(en="Name", zh="名称"), editable=True, first_only=True, required=True, filter=True),
            Column("display_name", Words(en="Shown as", zh="显示名称"), editable=True),
            Column("platform", Words(en="Platform", zh="平台"), choices=sources.PLATFORM_WORDS, editable=True),
            Column("refund_days", Words(en="Days for sending back", zh="退货期（天）"), editable=True),
            Column("award_on", Words(en="Points come", zh="发放时机"), choices=AWARD_ON, editable=True),
            Column("active", Words(en="Orders earn points", zh="订单送积分"), editable=True, filter=True),
            Column("order_count", Words(en="Orders", zh="订单数"), sql=_SOURCE_ORDERS),
            Column("points_so_far", Words(en="Points so far", zh="已发积分"), sql=_SOURCE_POINTS),
        ),
        readable=("name",),
        order="name",
        write=MARKETING,
        create=_make_source,
        change=_change_source,
        delete=sources.remove_source,
    ),
    AdminTable(
        OrderRule,
        name=Words(en="Rules for points", zh="积分规则"),
        group=GROUP,
        help=Words(
            en="Of the rules that fit a line the one with the highest priority counts. Known orders keep theirs.",
            zh="同一商品行仅适用优先级最高的规则；已有订单沿用原规则。",
        ),
        columns=(
            Column("name_en", Words(en="Name in English", zh="英文名称"), editable=True),
            Column("name_zh", Words(en="Name in Chinese", zh="中文名称"), editable=True),
            Column("status", Words(en="Status", zh="状态"), choices=RULE_STATUS, sql=_RULE_STATUS),
            Column("source", Words(en="Source (empty: any)", zh="来源（留空不限）"), editable=True, in_list=False),
            Column("product", Words(en="Product (empty: any)", zh="商品（留空不限）"), editable=True, filter=True),
            Column("category", Words(en="Category (empty: any)", zh="类目（留空不限）"), editable=True, filter=True),
            Column("excluded", Words(en="No points", zh="不计积分"), editable=True),
            Column("multiplier", Words(en="Multiplier", zh="倍数"), editable=True),
            Column("extra_points", Words(en="Extra points a piece", zh="每件加赠积分"), editable=True),
            Column("priority", Words(en="Priority", zh="优先级"), editable=True, in_list=False),
            Column("starts_at", Words(en="From", zh="开始"), editable=True),
            Column("ends_at", Words(en="Until", zh="结束"), editable=True),
            Column("active", Words(en="On", zh="启用"), editable=True, filter=True),
            Column("orders_so_far", Words(en="Orders so far", zh="已适用订单"), sql=_RULE_ORDERS),
            Column("points_so_far", Words(en="Points so far", zh="已发积分"), sql=_RULE_COST),
        ),
        readable=("name_en", "name_zh"),
        order="-priority",
        write=MARKETING,
        create=_make_rule,
        change=_change_rule,
        delete=special.remove_rule,
    ),
    AdminTable(
        OrderCap,
        name=Words(en="Use of caps", zh="积分上限使用情况"),
        group=GROUP,
        columns=(
            Column("cap", Words(en="Cap", zh="上限"), choices=CAPS, filter=True),
            Column("holder", Words(en="Member (empty: the shop)", zh="会员（空为全店）"), filter=True),
            Column("starts_on", Words(en="From", zh="起始日"), filter=True),
            Column("used", Words(en="Points used", zh="已用积分"), filter=True),
        ),
        order="-starts_on",
    ),
    AdminTable(
        OrderPolicy,
        name=Words(en="Points for orders", zh="订单积分设置"),
        group=GROUP,
        help=Words(en="For orders heard of from now on; known orders keep their terms.", zh="对今后的新订单生效，已有订单不变。"),
        columns=(
            Column("award_on", Words(en="Points come", zh="发放时机"), choices=AWARD_ON, editable=True),
            Column("points_per_unit", Words(en="Points for 1.00", zh="每 1.00 元积分"), editable=True),
            Column("rounding", Words(en="Rounding", zh="取整方式"), choices=ROUNDING, editable=True),
            Column("refund_days", Words(en="Days for sending back, in which points wait", zh="退货期（天），期内积分待生效"), editable=True),
            Column("shipping_earns", Words(en="Shipping earns too", zh="运费计积分"), editable=True),
            Column("tax_earns", Words(en="Tax earns too", zh="税费计积分"), editable=True),
            Column("by_level", Words(en="Times the level's multiplier", zh="乘以等级倍数"), editable=True),
            Column("order_max", Words(en="At most for one order", zh="单笔订单上限"), editable=True),
            Column("member_day_max", Words(en="At most for a member in a day", zh="会员每日上限"), editable=True),
            Column("member_month_max", Words(en="At most for a member in a month", zh="会员每月上限"), editable=True),
            Column("shop_day_max", Words(en="Budget for a day", zh="店铺每日预算"), editable=True),
            Column("shop_month_max", Words(en="Budget for a month", zh="店铺每月预算"), editable=True),
            Column("active", Words(en="Orders earn points", zh="订单送积分"), editable=True),
            Column("updated_at", Words(en="Changed", zh="更新时间")),
        ),
        order="id",
        write=MARKETING,
        change=_set_policy,
    ),
)  # fmt: skip
FORMS: tuple[Form, ...] = (
    Form(
        "preview-order-points",
        Words(en="What would an order give?", zh="订单积分试算"),
        Words(
            en="An order that is placed now and comes to its end; nothing is written. Caps of days and months are left out.",
            zh="按现在下单并完成计算，不写入任何数据，不考虑每日、每月上限。",
        ),
        (
            Field("amount", Words(en="Amount", zh="金额"), kind="decimal"),
            Field("source", Words(en="Source", zh="来源"), required=False),
            Field("product", Words(en="Product", zh="商品"), required=False),
            Field("category", Words(en="Category", zh="类目"), required=False),
            Field("quantity", Words(en="Pieces", zh="件数"), kind="whole", required=False, least=0, most=1_000_000),
            Field("level", Words(en="Level", zh="等级"), kind="choice", choices=_levels, required=False),
        ),
        _preview,
        roles=SERVICE,
        group=GROUP,
    ),
)
