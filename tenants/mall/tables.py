"""The mall: what points can be exchanged for, and what became of every exchange."""

from __future__ import annotations

from decimal import Decimal

from piccolo.columns import UUID, BigInt, Boolean, Date, ForeignKey, Integer, Numeric, OnDelete, SmallInt, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.levels.tables import Level
from tenants.members.tables import Member
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment
from tenants.vouchers.tables import VoucherTemplate

MONEY = (12, 2)
ONCE_MAX = 190  # with its prefix it names the occasion of the points, too


class MallCategory(Table, tablename="mall_category", schema=PLACEHOLDER, db=DB):
    """A shelf of the mall."""

    id = Id()
    key = Varchar(length=50, unique=True)
    name_en = Varchar(length=100, default="")
    name_zh = Varchar(length=100, default="")
    position = Integer(default=0)

    mall_category_key = Check("key ~ '^[a-z][a-z0-9_-]{0,49}$'")
    mall_category_named = Check("name_en <> '' OR name_zh <> ''")


class MallItem(Table, tablename="mall_item", schema=PLACEHOLDER, db=DB):
    """What points can be exchanged for, and on what terms. What is left of it stands in `mall_stock`.

    `cost` is what a piece costs the shop, `cash` what a member pays besides the points. `by_level`: there are rows of
    `mall_price` or `mall_audience` for it.
    """

    id = Id()
    name_en = Varchar(length=100, default="")
    name_zh = Varchar(length=100, default="")
    description_en = Varchar(length=2000, default="")
    description_zh = Varchar(length=2000, default="")
    terms_en = Varchar(length=2000, default="")
    terms_zh = Varchar(length=2000, default="")
    image = Varchar(length=200, default="")
    category = ForeignKey(MallCategory, null=True, default=None, on_delete=OnDelete.set_null)
    position = Integer(default=0)
    kind = Varchar(length=10, default="goods")
    benefit = Varchar(length=15, null=True, default=None)
    voucher_template = ForeignKey(VoucherTemplate, null=True, default=None, on_delete=OnDelete.restrict)
    level = ForeignKey(Level, null=True, default=None, on_delete=OnDelete.restrict)
    level_days = Integer(null=True, default=None)
    with_order = Boolean(default=False)
    points = BigInt(default=0)
    cash = Numeric(digits=MONEY, default=Decimal(0))
    cost = Numeric(digits=MONEY, default=Decimal(0))
    budget = Numeric(digits=MONEY, null=True, default=None)
    limit_ever = Integer(null=True, default=None)
    limit_day = Integer(null=True, default=None)
    limit_week = Integer(null=True, default=None)
    limit_month = Integer(null=True, default=None)
    quota = BigInt(null=True, default=None)
    quota_period = Varchar(length=5, default="day")
    by_level = Boolean(default=False)
    starts_at = Moment(null=True)
    ends_at = Moment(null=True)
    state = Varchar(length=10, default="draft")
    created_at = Moment()
    updated_at = Moment()

    mall_item_named = Check("name_en <> '' OR name_zh <> ''")
    mall_item_kind = Check("kind IN ('voucher', 'external', 'goods', 'benefit')")
    mall_item_benefit = Check(
        "(kind = 'benefit') = (benefit IS NOT NULL) AND benefit IN ('free_shipping', 'level', 'named')"
    )
    mall_item_template = Check(
        "(kind IN ('voucher', 'external') OR coalesce(benefit = 'free_shipping', false)) ="
        " (voucher_template IS NOT NULL)"
    )
    mall_item_level = Check("coalesce(benefit = 'level', false) = (level IS NOT NULL AND level_days IS NOT NULL)")
    mall_item_level_days = Check("level_days IS NULL OR level_days BETWEEN 1 AND 3650")
    mall_item_with_order = Check("kind = 'goods' OR NOT with_order")
    mall_item_image = Check("image = '' OR (image ~ '^/[A-Za-z0-9._~%/-]+$' AND image !~ '//')")
    mall_item_price = Check("points BETWEEN 0 AND 1000000000 AND cash >= 0 AND cost >= 0")
    mall_item_budget = Check("budget IS NULL OR budget >= 0")
    mall_item_limits = Check(
        "coalesce(limit_ever, 1) > 0 AND coalesce(limit_day, 1) > 0 AND coalesce(limit_week, 1) > 0"
        " AND coalesce(limit_month, 1) > 0 AND coalesce(quota, 1) > 0"
    )
    mall_item_quota_period = Check("quota_period IN ('day', 'week', 'month')")
    mall_item_window = Check("starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at")
    mall_item_state = Check("state IN ('draft', 'live', 'paused', 'ended')")


class MallPrice(Table, tablename="mall_price", schema=PLACEHOLDER, db=DB):
    """What an item costs the members of one level: other points and cash, or so many percent less."""

    id = Id()
    item = ForeignKey(MallItem, null=False, on_delete=OnDelete.cascade)
    level = ForeignKey(Level, null=False, default=None, on_delete=OnDelete.restrict)
    points = BigInt(null=True, default=None)
    cash = Numeric(digits=MONEY, null=True, default=None)
    percent_off = SmallInt(null=True, default=None)

    mall_price_once = Unique([item, level])
    mall_price_either = Check("(percent_off IS NULL) = (points IS NOT NULL AND cash IS NOT NULL)")
    mall_price_points = Check("points IS NULL OR (points BETWEEN 0 AND 1000000000 AND cash >= 0)")
    mall_price_percent = Check("percent_off IS NULL OR percent_off BETWEEN 1 AND 100")


class MallAudience(Table, tablename="mall_audience", schema=PLACEHOLDER, db=DB):
    """A level whose members may have the item; an item without any such row is for all."""

    id = Id()
    item = ForeignKey(MallItem, null=False, on_delete=OnDelete.cascade)
    level = ForeignKey(Level, null=False, default=None, on_delete=OnDelete.restrict)

    mall_audience_once = Unique([item, level])


class MallStock(Table, tablename="mall_stock", schema=PLACEHOLDER, db=DB):
    """What is left of an item: a narrow row of its own, because every redemption changes it, last of all.

    `taken`, `spent` and `period_taken` count the redemptions that stand, in pieces, in money of the shop, and in pieces
    since `period_starts`. `version` goes up with every change of the item's terms: a redemption that was decided by
    older terms changes no row here, and is decided again.
    """

    item = ForeignKey(MallItem, null=False, primary_key=True, on_delete=OnDelete.cascade)
    version = BigInt(default=1)
    stock = BigInt(null=True, default=None)
    taken = BigInt(default=0)
    spent = Numeric(digits=(16, 2), default=Decimal(0))
    budget = Numeric(digits=MONEY, null=True, default=None)
    period_starts = Date(null=True, default=None)
    period_taken = BigInt(default=0)

    mall_stock_within = Check("taken >= 0 AND (stock IS NULL OR taken <= stock)")
    mall_stock_spent = Check("spent >= 0 AND period_taken >= 0")


class MallStockChange(Table, tablename="mall_stock_change", schema=PLACEHOLDER, db=DB):
    """Each time somebody changed how many there are, and why. `stock` is what there was after it. Append-only."""

    id = Id()
    item = ForeignKey(MallItem, null=False, on_delete=OnDelete.cascade)
    number = Integer(default=1)
    before = BigInt(null=True, default=None)
    stock = BigInt(null=True, default=None)
    reason = Varchar(length=300, default="")
    once = Varchar(length=ONCE_MAX, unique=True)
    recorded_by = Varchar(length=100, default="")
    at = Moment()

    mall_stock_change_once = Unique([item, number])
    mall_stock_change_stock = Check("stock IS NULL OR stock >= 0")


class MallRedemption(Table, tablename="mall_redemption", schema=PLACEHOLDER, db=DB):
    """One exchange: what was taken for what, and how it stands.

    `movement` is the entry or the hold that took the points. While it is `counted` it counts against stock, quota,
    limits and budget. `day` is the shop's, by which periods are counted.
    """

    id = Id()
    item = ForeignKey(MallItem, null=False, on_delete=OnDelete.restrict)
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    quantity = Integer(default=1)
    points = BigInt(default=0)
    cash = Numeric(digits=MONEY, default=Decimal(0))
    cost = Numeric(digits=(16, 2), default=Decimal(0))
    movement = UUID(null=True, default=None)
    once = Varchar(length=ONCE_MAX, unique=True)
    day = Date(default=None, null=False)
    state = Varchar(length=10, default="done")
    counted = Boolean(default=True)
    reserved_until = Moment(null=True)
    payment = Varchar(length=100, null=True, default=None)
    order_reference = Varchar(length=100, null=True, default=None)
    at = Moment()
    changed_at = Moment()

    mall_redemption_quantity = Check("quantity BETWEEN 1 AND 10000")
    mall_redemption_points = Check("points >= 0 AND (points > 0) = (movement IS NOT NULL) AND cash >= 0 AND cost >= 0")
    mall_redemption_state = Check("state IN ('reserved', 'to_ship', 'shipped', 'done', 'returned', 'cancelled')")
    mall_redemption_reserved = Check("(state = 'reserved') = (reserved_until IS NOT NULL)")
    mall_redemption_counted = Check("counted OR state IN ('returned', 'cancelled')")
    mall_redemption_given_up = Check("state <> 'cancelled' OR NOT counted")
    mall_redemption_once = Check("once <> ''")


class MallDelivery(Table, tablename="mall_delivery", schema=PLACEHOLDER, db=DB):
    """Where a redemption is sent, as it was said then, and how: blanked when the person is erased."""

    redemption = ForeignKey(MallRedemption, null=False, primary_key=True, on_delete=OnDelete.cascade)
    recipient = Varchar(length=200, default="")
    phone = Varchar(length=20, default="")
    country = Varchar(length=2, default="CN")
    province = Varchar(length=100, default="")
    city = Varchar(length=100, default="")
    street = Varchar(length=300, default="")
    postcode = Varchar(length=20, default="")
    carrier = Varchar(length=50, default="")
    tracking = Varchar(length=100, default="")


class MallEvent(Table, tablename="mall_event", schema=PLACEHOLDER, db=DB):
    """What happened to a redemption, why, and by whom. Append-only; numbered from 1."""

    id = Id()
    redemption = ForeignKey(MallRedemption, null=False, on_delete=OnDelete.cascade)
    number = SmallInt(default=1)
    state = Varchar(length=10)
    reason = Varchar(length=300, default="")
    recorded_by = Varchar(length=100, default="")
    at = Moment()

    mall_event_once = Unique([redemption, number])
    mall_event_state = Check("state IN ('reserved', 'to_ship', 'shipped', 'done', 'returned', 'cancelled')")


class MallCount(Table, tablename="mall_count", schema=PLACEHOLDER, db=DB):
    """How many pieces of a limited item a member has taken in a period; kept for the periods that have a limit."""

    id = Id()
    item = ForeignKey(MallItem, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    period = Varchar(length=5)
    starts = Date(default=None, null=False)
    taken = Integer(default=0)

    mall_count_once = Unique([item, member, period, starts])
    mall_count_period = Check("period IN ('ever', 'day', 'week', 'month')")
    mall_count_taken = Check("taken >= 0")


TABLES: tuple[type[Table], ...] = (
    MallCategory, MallItem, MallPrice, MallAudience, MallStock, MallStockChange, MallRedemption, MallDelivery,
    MallEvent, MallCount,
)  # fmt: skip
INDEXES: tuple[str, ...] = (
    "CREATE INDEX mall_item_shown ON __tenant__.mall_item (position, id) WHERE state = 'live'",
    "CREATE INDEX mall_item_template_of ON __tenant__.mall_item (voucher_template) WHERE voucher_template IS NOT NULL",
    "CREATE INDEX mall_redemption_member ON __tenant__.mall_redemption (member, id)",
    "CREATE INDEX mall_redemption_item ON __tenant__.mall_redemption (item, id)",
    "CREATE INDEX mall_redemption_to_ship ON __tenant__.mall_redemption (id) WHERE state = 'to_ship'",
    "CREATE INDEX mall_redemption_due ON __tenant__.mall_redemption (reserved_until) WHERE state = 'reserved'",
    (
        "CREATE INDEX mall_redemption_order ON __tenant__.mall_redemption (order_reference)"
        " WHERE order_reference IS NOT NULL"
    ),
    "CREATE INDEX mall_count_member ON __tenant__.mall_count (member)",
)
