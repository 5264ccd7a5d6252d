"""The mall at the desk: items with their prices and stock, and redemptions on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenants.kit import ids
from tenants.kit.desk import MARKETING, SERVICE, Activity, AdminTable, Column, Field, Form
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Words
from tenants.mall.rules import desk, following, items, reading
from tenants.mall.rules.refusals import STATE_WORDS, ItemUnknown, RedemptionUnknown
from tenants.mall.tables import (
    MallAudience,
    MallCategory,
    MallDelivery,
    MallEvent,
    MallItem,
    MallPrice,
    MallRedemption,
    MallStockChange,
)
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUP = Words(en="Points mall", zh="积分商城")
KINDS = {
    "goods": Words(en="Goods", zh="实物"),
    "voucher": Words(en="Voucher", zh="优惠券"),
    "external": Words(en="Somebody else's code", zh="外部卡密"),
    "benefit": Words(en="Benefit", zh="权益"),
}
BENEFITS = {
    "free_shipping": Words(en="Free shipping", zh="包邮"),
    "level": Words(en="A level for a while", zh="等级体验"),
    "named": Words(en="Named, done by hand", zh="自定义权益（人工兑现）"),
}
STATES = {
    "draft": Words(en="Draft", zh="草稿"),
    "live": Words(en="Live", zh="上架"),
    "paused": Words(en="Paused", zh="暂停"),
    "ended": Words(en="Ended", zh="结束"),
}
STATUS = {
    "draft": Words(en="Draft", zh="草稿"),
    "coming": Words(en="Scheduled", zh="未开始"),
    "running": Words(en="Running", zh="进行中"),
    "sold_out": Words(en="Sold out", zh="已兑完"),
    "paused": Words(en="Paused", zh="已暂停"),
    "over": Words(en="Over", zh="已结束"),
}
PERIODS = {
    "day": Words(en="Day", zh="每天"),
    "week": Words(en="Week", zh="每周"),
    "month": Words(en="Month", zh="每月"),
}
_STATUS = (
    "SELECT CASE WHEN t.state = 'ended' OR t.ends_at <= $2::timestamptz THEN 'over' WHEN t.state = 'draft' THEN 'draft'"
    " WHEN t.state = 'paused' THEN 'paused' WHEN t.starts_at > $2::timestamptz THEN 'coming'"
    " WHEN s.taken >= s.stock THEN 'sold_out' ELSE 'running' END FROM __tenant__.mall_stock s WHERE s.item = t.id"
)
_WINDOW = (
    "SELECT coalesce(to_char(t.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), '…') || ' – ' ||"
    " coalesce(to_char(t.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), '…')"
)
_OF_STOCK = "FROM __tenant__.mall_stock s WHERE s.item = t.id"
_POINTS = "SELECT coalesce(sum(r.points), 0)::bigint FROM __tenant__.mall_redemption r WHERE r.item = t.id AND r.state NOT IN ('reserved', 'cancelled', 'returned')"  # fmt: skip


async def _create(values: dict[str, Any]) -> UUID:
    text = (values.pop("stock", None) or "").strip()
    if text and not text.isdecimal():
        raise Invalid(param="stock", problem=Words(en="use a whole number, or leave it empty", zh="请填写整数或留空"))
    stock = int(text) if text else None
    return await items.create_item(items.Terms(**await _said(values)), stock=stock)


async def _change(item: UUID, values: dict[str, Any]) -> None:
    values.pop("stock", None)  # it has a form of its own, which asks why
    await items.change_item(item, await _said(values))


async def _said(values: dict[str, Any]) -> dict[str, Any]:
    """The desk refers to a category by its row, the rules by its key."""
    if values.get("category") is not None:
        values["category"] = await DB.fetchval(
            "SELECT key FROM __tenant__.mall_category WHERE id = $1", values["category"])  # fmt: skip
    kept = {"budget", "limit_ever", "limit_day", "limit_week", "limit_month", "quota", "starts_at", "ends_at", "level",
            "level_days", "voucher_template", "benefit", "category"}  # fmt: skip
    return {name: value for name, value in values.items() if value is not None or name in kept}


async def _change_stock(values: dict[str, Any]) -> Words:
    now = await items.change_stock(
        _uuid(values["item"]), by=values["by"], reason=values["reason"], once=f"desk/{values['once']}")  # fmt: skip
    return Words(en=f"There are {now} pieces in all now.", zh=f"现在总库存为 {now} 件。")


async def _set_stock(values: dict[str, Any]) -> Words:
    now = await items.change_stock(
        _uuid(values["item"]), stock=values["stock"], reason=values["reason"],
        once=f"desk/{values['once']}")  # fmt: skip
    if now is None:
        return Words(en="There is no end to it now.", zh="现在不限库存。")
    return Words(en=f"There are {now} pieces in all now.", zh=f"现在总库存为 {now} 件。")


async def _preview(values: dict[str, Any]) -> Words:
    seen = await reading.preview(_uuid(values["item"]), level=_uuid(values["level"]) if values.get("level") else None)
    cash = f" + {seen.price.cash} {current_tenant().currency}" if seen.price.cash else ""
    left_en = "no end to them" if seen.left is None else f"{seen.left} left"
    left_zh = "不限量" if seen.left is None else f"剩余 {seen.left} 件"
    why_en = "; ".join(error.say("en") for error in seen.refusals) or "It can be redeemed now."
    why_zh = "；".join(error.say("zh") for error in seen.refusals) or "现在可以兑换。"
    row = seen.row
    return Words(
        en=f"“{row['name_en'] or row['name_zh']}”: {seen.price.points} points{cash}, {left_en}. {why_en}",
        zh=f"“{row['name_zh'] or row['name_en']}”：{seen.price.points} 积分{cash}，{left_zh}。{why_zh}",
    )


async def _ship(values: dict[str, Any]) -> Words:
    done = await following.ship(
        _redemption(values), carrier=values["carrier"] or "", tracking=values["tracking"] or "")  # fmt: skip
    return _told(done.repeated)


async def _complete(values: dict[str, Any]) -> Words:
    return _told((await following.complete(_redemption(values), reason=values["reason"] or "")).repeated)


async def _cancel(values: dict[str, Any]) -> Words:
    return _told((await following.cancel(_redemption(values), reason=values["reason"])).repeated)


async def _give_back(values: dict[str, Any]) -> Words:
    done = await following.give_back(_redemption(values), reason=values["reason"], restock=bool(values.get("restock")))
    return _told(done.repeated)


def _told(repeated: bool) -> Words:  # noqa: FBT001  one fact
    if repeated:
        return Words(en="It had been done already.", zh="此前已处理，没有重复操作。")
    return Words(en="It is done.", zh="已处理。")


def _redemption(values: dict[str, Any]) -> UUID:
    text = values["redemption"].strip()
    try:
        return ids.read("rdm", text) if text.startswith("rdm_") else UUID(text)
    except (NotFound, ValueError):
        raise RedemptionUnknown from None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ItemUnknown from None


async def _items() -> Mapping[str, Words]:
    rows = await DB.fetch(
        "SELECT id, name_en, name_zh FROM __tenant__.mall_item WHERE state <> 'ended' ORDER BY id DESC LIMIT 500")  # fmt: skip
    return {str(row["id"]): _both(row) for row in rows}


async def _levels() -> Mapping[str, Words]:
    rows = await DB.fetch("SELECT id, name_en, name_zh FROM __tenant__.level ORDER BY rank")
    return {str(row["id"]): _both(row) for row in rows}


def _both(row: Any) -> Words:
    return Words(en=row["name_en"] or row["name_zh"], zh=row["name_zh"] or row["name_en"])


TABLES = (
    AdminTable(
        MallItem,
        name=Words(en="Mall items", zh="商城商品"),
        group=GROUP,
        help=Words(en="What points can be exchanged for. A change holds from the next redemption on.", zh="可用积分兑换的商品；修改后从下一次兑换起生效。"),
        columns=(
            Column("name_zh", Words(en="Name in Chinese", zh="中文名称"), editable=True, filter=True),
            Column("name_en", Words(en="Name in English", zh="英文名称"), editable=True, filter=True),
            Column("status", Words(en="Status", zh="状态"), choices=STATUS, sql=_STATUS),
            Column("state", Words(en="Switch", zh="上架状态"), choices=STATES, editable=True, filter=True),
            Column("kind", Words(en="Kind", zh="类型"), choices=KINDS, editable=True, required=True, filter=True),
            Column("points", Words(en="Points", zh="积分"), editable=True),
            Column("cash", Words(en="Money besides", zh="另付金额"), editable=True, help=Words(en="More than 0: reserved until the payment is confirmed.", zh="大于 0 时先预留，付款确认后生效。")),
            Column("stock_now", Words(en="Stock in all", zh="总库存"), sql=f"SELECT s.stock {_OF_STOCK}"),
            Column("redeemed", Words(en="Redeemed", zh="已兑换"), sql=f"SELECT s.taken {_OF_STOCK}"),
            Column("members", Words(en="Members", zh="兑换人数"), sql="SELECT count(DISTINCT r.member) FROM __tenant__.mall_redemption r WHERE r.item = t.id AND r.state NOT IN ('cancelled', 'returned')"),
            Column("points_taken", Words(en="Points taken", zh="消耗积分"), sql=_POINTS),
            Column("spent", Words(en="Cost so far", zh="累计成本"), sql=f"SELECT s.spent {_OF_STOCK}"),
            Column("window", Words(en="Window (UTC)", zh="时间窗口（UTC）"), sql=_WINDOW),
            Column("category", Words(en="Category", zh="分类"), editable=True, filter=True),
            Column("position", Words(en="Position", zh="排序"), editable=True, in_list=False),
            Column("image", Words(en="Picture", zh="图片"), editable=True, in_list=False, help=Words(en="A path on this host, e.g. /static/mug.png.", zh="本站路径，如 /static/mug.png。")),
            Column("voucher_template", Words(en="Voucher", zh="优惠券"), editable=True, in_list=False,
                   help=Words(en="For vouchers, codes of others, and free shipping.", zh="优惠券、外部卡密与包邮权益时选择。")),
            Column("benefit", Words(en="Benefit", zh="权益类型"), choices=BENEFITS, editable=True, in_list=False),
            Column("level", Words(en="Level that it gives", zh="赠送等级"), editable=True, in_list=False),
            Column("level_days", Words(en="For days", zh="等级天数"), editable=True, in_list=False),
            Column("with_order", Words(en="Sent along with an order", zh="随订单发货"), editable=True, in_list=False),
            Column("cost", Words(en="Cost of a piece", zh="单件成本"), editable=True, in_list=False),
            Column("budget", Words(en="Budget", zh="成本预算"), editable=True, in_list=False,
                   help=Words(en="Empty: none. When it is used up the item is sold out.", zh="留空不限；用完即视为兑完。")),
            Column("limit_ever", Words(en="Per member in all", zh="每人限兑（总）"), editable=True, in_list=False),
            Column("limit_day", Words(en="Per member a day", zh="每人每天限兑"), editable=True, in_list=False),
            Column("limit_week", Words(en="Per member a week", zh="每人每周限兑"), editable=True, in_list=False),
            Column("limit_month", Words(en="Per member a month", zh="每人每月限兑"), editable=True, in_list=False),
            Column("quota", Words(en="For everybody together", zh="全店限量"), editable=True, in_list=False),
            Column("quota_period", Words(en="in each", zh="限量周期"), choices=PERIODS, editable=True, in_list=False),
            Column("starts_at", Words(en="From", zh="开始时间"), editable=True, in_list=False),
            Column("ends_at", Words(en="Until", zh="结束时间"), editable=True, in_list=False),
            Column("description_zh", Words(en="Description, Chinese", zh="商品介绍（中文）"), editable=True, in_list=False, kind="long"),
            Column("description_en", Words(en="Description, English", zh="商品介绍（英文）"), editable=True, in_list=False, kind="long"),
            Column("terms_zh", Words(en="Terms, Chinese", zh="兑换须知（中文）"), editable=True, in_list=False, kind="long"),
            Column("terms_en", Words(en="Terms, English", zh="兑换须知（英文）"), editable=True, in_list=False, kind="long"),
            Column("created_at", Words(en="Made", zh="创建时间"), in_list=False),
        ),
        extras=(Column("stock", Words(en="Stock at the start", zh="初始库存"), editable=True, first_only=True,
                       help=Words(en="Empty: no end. Later by the form “Change stock”.", zh="留空不限量；之后通过“调整库存”修改。")),),
        readable=("name_zh", "name_en"),
        order="-created_at",
        activity=Activity(preview="mall-preview", prefix="mit", since="starts_at", until="ends_at", members="members", cost=("points_taken", "spent")),
        write=MARKETING,
        create=_create,
        change=_change,
    ),
    AdminTable(
        MallCategory,
        name=Words(en="Mall categories", zh="商城分类"),
        group=GROUP,
        columns=(
            Column("key", Words(en="Key", zh="标识"), editable=True, first_only=True, required=True,
                   help=Words(en="a-z, 0-9, _ and -.", zh="小写字母、数字、_ 和 -。")),
            Column("name_zh", Words(en="Name in Chinese", zh="中文名称"), editable=True),
            Column("name_en", Words(en="Name in English", zh="英文名称"), editable=True),
            Column("position", Words(en="Position", zh="排序"), editable=True),
        ),
        readable=("name_zh", "name_en"),
        order="position",
        write=MARKETING,
        create=desk.set_category,
        change=desk.change_category,
        delete=desk.remove_category,
    ),
    AdminTable(
        MallPrice,
        name=Words(en="Prices by level", zh="等级价"),
        group=GROUP,
        help=Words(en="Points and money, or a percentage off.", zh="填写积分与金额，或折扣百分比。"),
        columns=(
            Column("item", Words(en="Item", zh="商品"), editable=True, first_only=True, required=True, filter=True),
            Column("level", Words(en="Level", zh="等级"), editable=True, first_only=True, required=True, filter=True),
            Column("points", Words(en="Points", zh="积分"), editable=True),
            Column("cash", Words(en="Money", zh="金额"), editable=True),
            Column("percent_off", Words(en="Percent off", zh="减免百分比"), editable=True),
        ),
        order="item",
        write=MARKETING,
        create=desk.set_price,
        change=desk.change_price,
        delete=desk.remove_price,
    ),
    AdminTable(
        MallAudience,
        name=Words(en="Levels allowed", zh="可兑等级"),
        group=GROUP,
        help=Words(en="An item without a row here is for everybody.", zh="没有设置时所有会员可兑。"),
        columns=(
            Column("item", Words(en="Item", zh="商品"), editable=True, first_only=True, required=True, filter=True),
            Column("level", Words(en="Level", zh="等级"), editable=True, first_only=True, required=True, filter=True),
        ),
        order="item",
        write=MARKETING,
        create=desk.allow,
        delete=desk.forbid,
    ),
    AdminTable(
        MallRedemption,
        name=Words(en="Redemptions", zh="兑换记录"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("item", Words(en="Item", zh="商品"), filter=True),
            Column("quantity", Words(en="Pieces", zh="数量")),
            Column("state", Words(en="State", zh="状态"), choices=STATE_WORDS, filter=True),
            Column("points", Words(en="Points", zh="积分")),
            Column("cash", Words(en="Money", zh="金额")),
            Column("cost", Words(en="Cost", zh="成本"), in_list=False),
            Column("recipient", Words(en="Recipient", zh="收货人"), sql="SELECT d.recipient FROM __tenant__.mall_delivery d WHERE d.redemption = t.id"),
            Column("tracking", Words(en="Parcel", zh="物流单号"), sql="SELECT d.tracking FROM __tenant__.mall_delivery d WHERE d.redemption = t.id"),
            Column("order_reference", Words(en="With order", zh="随订单"), filter=True, in_list=False),
            Column("payment", Words(en="Payment", zh="支付单号"), filter=True, in_list=False),
            Column("reserved_until", Words(en="Reserved until", zh="预留至"), in_list=False),
            Column("changed_at", Words(en="Changed", zh="更新时间"), in_list=False),
        ),
        order="-at",
    ),
    AdminTable(
        MallDelivery,
        name=Words(en="Mall deliveries", zh="兑换收货信息"),
        group=GROUP,
        read=SERVICE,
        columns=(
            Column("redemption", Words(en="Redemption", zh="兑换"), filter=True),
            Column("recipient", Words(en="Recipient", zh="收货人"), filter=True),
            Column("phone", Words(en="Telephone", zh="电话")),
            Column("province", Words(en="Province", zh="省份")),
            Column("city", Words(en="City", zh="城市")),
            Column("street", Words(en="Street", zh="详细地址")),
            Column("postcode", Words(en="Postcode", zh="邮编"), in_list=False),
            Column("carrier", Words(en="Carrier", zh="物流公司")),
            Column("tracking", Words(en="Parcel", zh="物流单号"), filter=True),
        ),
        order="-redemption",
    ),
    AdminTable(
        MallEvent,
        name=Words(en="Redemption history", zh="兑换进度"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("redemption", Words(en="Redemption", zh="兑换"), filter=True),
            Column("state", Words(en="State", zh="状态"), choices=STATE_WORDS, filter=True),
            Column("reason", Words(en="Reason", zh="原因")),
            Column("recorded_by", Words(en="By", zh="操作者"), in_list=False),
        ),
        order="-at",
    ),
    AdminTable(
        MallStockChange,
        name=Words(en="Stock changes", zh="库存变动"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("item", Words(en="Item", zh="商品"), filter=True),
            Column("before", Words(en="Before", zh="变动前")),
            Column("stock", Words(en="After", zh="变动后")),
            Column("reason", Words(en="Reason", zh="原因")),
            Column("recorded_by", Words(en="By", zh="操作者")),
        ),
        order="-at",
    ),
)  # fmt: skip
_ITEM = Field("item", Words(en="Item", zh="商品"), choices=_items)
_REASON = Field("reason", Words(en="Reason", zh="原因"), most=following.REASON_MAX)
_REDEMPTION = Field("redemption", Words(en="Redemption", zh="兑换编号"), most=64, help=Words(en="Its number, as in the list or rdm_….", zh="列表中的编号，或 rdm_… 编号。"))  # fmt: skip
FORMS = (
    Form(
        "change-mall-stock", Words(en="Change stock", zh="调整库存"),
        Words(en="Adds pieces to an item, or takes some away.", zh="为商品增加或减少库存。"),
        (_ITEM, Field("by", Words(en="More, or fewer with a minus", zh="增加数量（减少填负数）"), kind="whole", least=-1_000_000, most=1_000_000), _REASON),
        _change_stock, roles=MARKETING, group=GROUP,
    ),
    Form(
        "set-mall-stock", Words(en="Set stock", zh="设定库存"),
        Words(en="Says how many pieces there are in all, those that have gone among them.", zh="设定总库存（含已兑换的）。"),
        (_ITEM, Field("stock", Words(en="Pieces in all", zh="总库存"), kind="whole", required=False, least=0, most=1_000_000_000,
                      help=Words(en="Empty: no end.", zh="留空不限量。")), _REASON),
        _set_stock, roles=MARKETING, group=GROUP,
    ),
    Form(
        "preview-mall-item", Words(en="Preview an item", zh="预览商品"),
        Words(en="What a member of a level sees of it now.", zh="查看某等级会员看到的价格与状态。"),
        (_ITEM, Field("level", Words(en="Level", zh="等级"), choices=_levels, required=False)),
        _preview, roles=SERVICE, group=GROUP,
    ),
    Form(
        "ship-redemption", Words(en="Send a redemption", zh="兑换发货"),
        Words(en="Notes carrier and number of the parcel.", zh="填写物流公司与单号。"),
        (_REDEMPTION, Field("carrier", Words(en="Carrier", zh="物流公司"), required=False, most=50),
         Field("tracking", Words(en="Number of the parcel", zh="物流单号"), required=False, most=100)),
        _ship, roles=SERVICE, group=GROUP,
    ),
    Form(
        "complete-redemption", Words(en="Complete a redemption", zh="完成兑换"),
        Words(en="It has arrived, or was handed over.", zh="确认送达，或已当面交付、已兑现。"),
        (_REDEMPTION, Field("reason", Words(en="Note", zh="备注"), required=False, most=following.REASON_MAX)),
        _complete, roles=SERVICE, group=GROUP,
    ),
    Form(
        "cancel-redemption", Words(en="Cancel a redemption", zh="取消兑换"),
        Words(en="Before it is sent: the points and the stock go back.", zh="发货前取消，积分与库存退回。"),
        (_REDEMPTION, _REASON), _cancel, roles=SERVICE, group=GROUP,
    ),
    Form(
        "return-redemption", Words(en="Take a redemption back", zh="兑换退还"),
        Words(en="The points go back to where they came from; an unused voucher is revoked.", zh="积分原路退回；未使用的优惠券作废。"),
        (_REDEMPTION, _REASON, Field("restock", Words(en="The pieces are whole: put them back", zh="商品完好，退回库存"), kind="yes_no", required=False, default=True)),
        _give_back, roles=SERVICE, group=GROUP,
    ),
)  # fmt: skip
