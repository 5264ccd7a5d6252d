from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.base import OnDelete
from piccolo.columns.base import OnUpdate
from piccolo.columns.column_types import Array
from piccolo.columns.column_types import BigInt
from piccolo.columns.column_types import Boolean
from piccolo.columns.column_types import Bytea
from piccolo.columns.column_types import Date
from piccolo.columns.column_types import ForeignKey
from piccolo.columns.column_types import Integer
from piccolo.columns.column_types import Numeric
from piccolo.columns.column_types import SmallInt
from piccolo.columns.column_types import Text
from piccolo.columns.column_types import Time
from piccolo.columns.column_types import UUID
from piccolo.columns.column_types import Varchar
from piccolo.columns.defaults.uuid import UUID4
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check
from piccolo.constraints import Unique
from piccolo.table import Table
from tenants.kit.clock import now
from tenants.kit.ids import new
from tenants.tenancy.columns import Id
from tenants.tenancy.columns import Moment
import decimal


class CheckIn(Table, tablename="check_in", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class CheckInPlan(Table, tablename="check_in_plan", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class CheckInTerm(Table, tablename="check_in_term", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class CheckInVersion(Table, tablename="check_in_version", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class Level(Table, tablename="level", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class LevelHold(Table, tablename="level_hold", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class MallCategory(Table, tablename="mall_category", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class MallItem(Table, tablename="mall_item", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class MallRedemption(Table, tablename="mall_redemption", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class Member(Table, tablename="member", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class MemberErasure(Table, tablename="member_erasure", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class MemberMerge(Table, tablename="member_merge", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class Order(Table, tablename="shop_order", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class OrderCap(Table, tablename="order_cap", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class OrderEvent(Table, tablename="order_event", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class ProfileActivity(Table, tablename="profile_activity", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class RewardBudget(Table, tablename="reward_budget", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class RewardGrant(Table, tablename="reward_grant", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class Voucher(Table, tablename="voucher", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class VoucherBatch(Table, tablename="voucher_batch", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class VoucherCheckout(Table, tablename="voucher_checkout", schema="__tenant__"):
    reference = Varchar(
        length=100,
        default=None,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class VoucherTemplate(Table, tablename="voucher_template", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class WebhookDelivery(Table, tablename="webhook_delivery", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class WebhookEndpoint(Table, tablename="webhook_endpoint", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


class WebhookEvent(Table, tablename="webhook_event", schema="__tenant__"):
    id = Id(
        default=new,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


ID = "2026-11-22T00:58:44:557599"
VERSION = "1.38.0"
DESCRIPTION = "the heart of the product"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="tenant", description=DESCRIPTION
    )

    manager.add_table(
        class_name="MallEvent",
        tablename="mall_event",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MallCount",
        tablename="mall_count",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MallPrice",
        tablename="mall_price",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="ProfileAnswer",
        tablename="profile_answer",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MemberErasure",
        tablename="member_erasure",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="CheckInZone",
        tablename="check_in_zone",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherBatch",
        tablename="voucher_batch",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="WebhookEvent",
        tablename="webhook_event",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="ProfileQuestion",
        tablename="profile_question",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MallCategory",
        tablename="mall_category",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="GrowthEntry",
        tablename="growth_entry",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherCode",
        tablename="voucher_code",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MallStockChange",
        tablename="mall_stock_change",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MemberImportRow",
        tablename="member_import_row",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MemberMergeMove",
        tablename="member_merge_move",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="OrderEventLine",
        tablename="order_event_line",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MemberMergeField",
        tablename="member_merge_field",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="ProfileCompletion",
        tablename="profile_completion",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="WebhookAttempt",
        tablename="webhook_attempt",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PointsAdjustment",
        tablename="points_adjustment",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MallRedemption",
        tablename="mall_redemption",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MallItem",
        tablename="mall_item",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherPolicy",
        tablename="voucher_policy",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="CheckInTerm",
        tablename="check_in_term",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="OrderCapUse",
        tablename="order_cap_use",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="CheckInReward",
        tablename="check_in_reward",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="ShopTotals",
        tablename="shop_totals",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherCheckout",
        tablename="voucher_checkout",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherLevel",
        tablename="voucher_level",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PointsBatch",
        tablename="points_batch",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="LevelChange",
        tablename="level_change",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="ProfileActivity",
        tablename="profile_activity",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="RewardBudgetUse",
        tablename="reward_budget_use",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MemberErasureCount",
        tablename="member_erasure_count",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="OrderRule",
        tablename="order_rule",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="CheckInMakeUp",
        tablename="check_in_make_up",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="OrderTerms",
        tablename="order_terms",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherPoolCode",
        tablename="voucher_pool_code",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="CheckInReminder",
        tablename="check_in_reminder",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PointsDebt",
        tablename="points_debt",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="CheckInLevelBonus",
        tablename="check_in_level_bonus",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PointsPending",
        tablename="points_pending",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MallStock",
        tablename="mall_stock",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherAgentDay",
        tablename="voucher_agent_day",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="WebhookDelivery",
        tablename="webhook_delivery",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MemberImportError",
        tablename="member_import_error",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="LevelGiftGiven",
        tablename="level_gift_given",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="CheckInVersion",
        tablename="check_in_version",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="OrderCap",
        tablename="order_cap",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MemberMerge",
        tablename="member_merge",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="OrderSource",
        tablename="order_source",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PointsTransfer",
        tablename="points_transfer",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="OrderLine",
        tablename="order_line",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="LevelStanding",
        tablename="level_standing",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="LevelGift",
        tablename="level_gift",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherScope",
        tablename="voucher_scope",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="BuyerTotals",
        tablename="buyer_totals",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="CheckInStanding",
        tablename="check_in_standing",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="LevelPolicy",
        tablename="level_policy",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="LevelNotice",
        tablename="level_notice",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PurchaseCount",
        tablename="purchase_count",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PointsNotice",
        tablename="points_notice",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MallAudience",
        tablename="mall_audience",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="Level", tablename="level", schema="__tenant__", columns=None
    )

    manager.add_table(
        class_name="LevelHold",
        tablename="level_hold",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherRefund",
        tablename="voucher_refund",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MemberImport",
        tablename="member_import",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MallDelivery",
        tablename="mall_delivery",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="RewardBudget",
        tablename="reward_budget",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="CheckInOutage",
        tablename="check_in_outage",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PointsDay",
        tablename="points_day",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherHours",
        tablename="voucher_hours",
        schema="__tenant__",
        columns=None,
    )

    manager.add_column(
        table_class_name="MallEvent",
        tablename="mall_event",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallEvent",
        tablename="mall_event",
        column_name="redemption",
        db_column_name="redemption",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": MallRedemption,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallEvent",
        tablename="mall_event",
        column_name="number",
        db_column_name="number",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallEvent",
        tablename="mall_event",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallEvent",
        tablename="mall_event",
        column_name="reason",
        db_column_name="reason",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 300,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallEvent",
        tablename="mall_event",
        column_name="recorded_by",
        db_column_name="recorded_by",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallEvent",
        tablename="mall_event",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallCount",
        tablename="mall_count",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallCount",
        tablename="mall_count",
        column_name="item",
        db_column_name="item",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": MallItem,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallCount",
        tablename="mall_count",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallCount",
        tablename="mall_count",
        column_name="period",
        db_column_name="period",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 5,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallCount",
        tablename="mall_count",
        column_name="starts",
        db_column_name="starts",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallCount",
        tablename="mall_count",
        column_name="taken",
        db_column_name="taken",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallPrice",
        tablename="mall_price",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallPrice",
        tablename="mall_price",
        column_name="item",
        db_column_name="item",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": MallItem,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallPrice",
        tablename="mall_price",
        column_name="level",
        db_column_name="level",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Level,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallPrice",
        tablename="mall_price",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallPrice",
        tablename="mall_price",
        column_name="cash",
        db_column_name="cash",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (12, 2),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallPrice",
        tablename="mall_price",
        column_name="percent_off",
        db_column_name="percent_off",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        column_name="field",
        db_column_name="field",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 60,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        column_name="activity",
        db_column_name="activity",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": ProfileActivity,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "waiting",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        column_name="voucher_template",
        db_column_name="voucher_template",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        column_name="once",
        db_column_name="once",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 190,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        column_name="witness",
        db_column_name="witness",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        column_name="rewarded_at",
        db_column_name="rewarded_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberErasure",
        tablename="member_erasure",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberErasure",
        tablename="member_erasure",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.no_action,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberErasure",
        tablename="member_erasure",
        column_name="reason",
        db_column_name="reason",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberErasure",
        tablename="member_erasure",
        column_name="erased_by",
        db_column_name="erased_by",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberErasure",
        tablename="member_erasure",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInZone",
        tablename="check_in_zone",
        column_name="id",
        db_column_name="id",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 1,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInZone",
        tablename="check_in_zone",
        column_name="zone",
        db_column_name="zone",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 64,
            "default": "UTC",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInZone",
        tablename="check_in_zone",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherBatch",
        tablename="voucher_batch",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherBatch",
        tablename="voucher_batch",
        column_name="template",
        db_column_name="template",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherBatch",
        tablename="voucher_batch",
        column_name="name",
        db_column_name="name",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherBatch",
        tablename="voucher_batch",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "active",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherBatch",
        tablename="voucher_batch",
        column_name="codes",
        db_column_name="codes",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherBatch",
        tablename="voucher_batch",
        column_name="claim_until",
        db_column_name="claim_until",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherBatch",
        tablename="voucher_batch",
        column_name="once",
        db_column_name="once",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 255,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherBatch",
        tablename="voucher_batch",
        column_name="created_by",
        db_column_name="created_by",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherBatch",
        tablename="voucher_batch",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEvent",
        tablename="webhook_event",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEvent",
        tablename="webhook_event",
        column_name="type",
        db_column_name="type",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 40,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEvent",
        tablename="webhook_event",
        column_name="member",
        db_column_name="member",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEvent",
        tablename="webhook_event",
        column_name="body",
        db_column_name="body",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEvent",
        tablename="webhook_event",
        column_name="copies",
        db_column_name="copies",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEvent",
        tablename="webhook_event",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEvent",
        tablename="webhook_event",
        column_name="blanked_at",
        db_column_name="blanked_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileQuestion",
        tablename="profile_question",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileQuestion",
        tablename="profile_question",
        column_name="activity",
        db_column_name="activity",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": ProfileActivity,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileQuestion",
        tablename="profile_question",
        column_name="field",
        db_column_name="field",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 60,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileQuestion",
        tablename="profile_question",
        column_name="step",
        db_column_name="step",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileQuestion",
        tablename="profile_question",
        column_name="position",
        db_column_name="position",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileQuestion",
        tablename="profile_question",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileQuestion",
        tablename="profile_question",
        column_name="voucher_template",
        db_column_name="voucher_template",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallCategory",
        tablename="mall_category",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallCategory",
        tablename="mall_category",
        column_name="key",
        db_column_name="key",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 50,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallCategory",
        tablename="mall_category",
        column_name="name_en",
        db_column_name="name_en",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallCategory",
        tablename="mall_category",
        column_name="name_zh",
        db_column_name="name_zh",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallCategory",
        tablename="mall_category",
        column_name="position",
        db_column_name="position",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="GrowthEntry",
        tablename="growth_entry",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="GrowthEntry",
        tablename="growth_entry",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="GrowthEntry",
        tablename="growth_entry",
        column_name="kind",
        db_column_name="kind",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="GrowthEntry",
        tablename="growth_entry",
        column_name="amount",
        db_column_name="amount",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (14, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="GrowthEntry",
        tablename="growth_entry",
        column_name="day",
        db_column_name="day",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="GrowthEntry",
        tablename="growth_entry",
        column_name="why",
        db_column_name="why",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="GrowthEntry",
        tablename="growth_entry",
        column_name="once",
        db_column_name="once",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 250,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="GrowthEntry",
        tablename="growth_entry",
        column_name="note",
        db_column_name="note",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 500,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="GrowthEntry",
        tablename="growth_entry",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherCode",
        tablename="voucher_code",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherCode",
        tablename="voucher_code",
        column_name="batch",
        db_column_name="batch",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherBatch,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherCode",
        tablename="voucher_code",
        column_name="code_digest",
        db_column_name="code_digest",
        column_class_name="Bytea",
        column_class=Bytea,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": True,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherCode",
        tablename="voucher_code",
        column_name="code_shut",
        db_column_name="code_shut",
        column_class_name="Bytea",
        column_class=Bytea,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": True,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherCode",
        tablename="voucher_code",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "free",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherCode",
        tablename="voucher_code",
        column_name="voucher",
        db_column_name="voucher",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Voucher,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStockChange",
        tablename="mall_stock_change",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStockChange",
        tablename="mall_stock_change",
        column_name="item",
        db_column_name="item",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": MallItem,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStockChange",
        tablename="mall_stock_change",
        column_name="number",
        db_column_name="number",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStockChange",
        tablename="mall_stock_change",
        column_name="before",
        db_column_name="before",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStockChange",
        tablename="mall_stock_change",
        column_name="stock",
        db_column_name="stock",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStockChange",
        tablename="mall_stock_change",
        column_name="reason",
        db_column_name="reason",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 300,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStockChange",
        tablename="mall_stock_change",
        column_name="once",
        db_column_name="once",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 190,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStockChange",
        tablename="mall_stock_change",
        column_name="recorded_by",
        db_column_name="recorded_by",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStockChange",
        tablename="mall_stock_change",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="batch",
        db_column_name="batch",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="line",
        db_column_name="line",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="external_id",
        db_column_name="external_id",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="name",
        db_column_name="name",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 200,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="phone",
        db_column_name="phone",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="email",
        db_column_name="email",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 254,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="gender",
        db_column_name="gender",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="region",
        db_column_name="region",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="occupation",
        db_column_name="occupation",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="locale",
        db_column_name="locale",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="timezone",
        db_column_name="timezone",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 64,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="source",
        db_column_name="source",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 50,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="tags",
        db_column_name="tags",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": None,
            "base_column": Varchar(
                length=50,
                default="",
                null=False,
                primary_key=False,
                unique=False,
                index=False,
                index_method=IndexMethod.btree,
                choices=None,
                db_column_name=None,
                secret=False,
            ),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="birth_calendar",
        db_column_name="birth_calendar",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 5,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="birth_year",
        db_column_name="birth_year",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="birth_month",
        db_column_name="birth_month",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="birth_day",
        db_column_name="birth_day",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="evidence",
        db_column_name="evidence",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="attribute_rows",
        db_column_name="attribute_rows",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": None,
            "base_column": UUID(
                default=UUID4(),
                null=False,
                primary_key=False,
                unique=False,
                index=False,
                index_method=IndexMethod.btree,
                choices=None,
                db_column_name=None,
                secret=False,
            ),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="attributes",
        db_column_name="attributes",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": None,
            "base_column": UUID(
                default=UUID4(),
                null=False,
                primary_key=False,
                unique=False,
                index=False,
                index_method=IndexMethod.btree,
                choices=None,
                db_column_name=None,
                secret=False,
            ),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="attribute_values",
        db_column_name="attribute_values",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": None,
            "base_column": Varchar(
                length=500,
                default="",
                null=False,
                primary_key=False,
                unique=False,
                index=False,
                index_method=IndexMethod.btree,
                choices=None,
                db_column_name=None,
                secret=False,
            ),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="consent_channels",
        db_column_name="consent_channels",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": None,
            "base_column": Varchar(
                length=10,
                default="",
                null=False,
                primary_key=False,
                unique=False,
                index=False,
                index_method=IndexMethod.btree,
                choices=None,
                db_column_name=None,
                secret=False,
            ),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportRow",
        tablename="member_import_row",
        column_name="consent_answers",
        db_column_name="consent_answers",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": None,
            "base_column": Boolean(
                default=False,
                null=False,
                primary_key=False,
                unique=False,
                index=False,
                index_method=IndexMethod.btree,
                choices=None,
                db_column_name=None,
                secret=False,
            ),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMergeMove",
        tablename="member_merge_move",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMergeMove",
        tablename="member_merge_move",
        column_name="merge",
        db_column_name="merge",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": MemberMerge,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMergeMove",
        tablename="member_merge_move",
        column_name="moved_table",
        db_column_name="moved_table",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 63,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMergeMove",
        tablename="member_merge_move",
        column_name="ids",
        db_column_name="ids",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": list,
            "base_column": UUID(
                default=UUID4(),
                null=False,
                primary_key=False,
                unique=False,
                index=False,
                index_method=IndexMethod.btree,
                choices=None,
                db_column_name=None,
                secret=False,
            ),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderEventLine",
        tablename="order_event_line",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderEventLine",
        tablename="order_event_line",
        column_name="event",
        db_column_name="event",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": OrderEvent,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderEventLine",
        tablename="order_event_line",
        column_name="place",
        db_column_name="place",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderEventLine",
        tablename="order_event_line",
        column_name="key",
        db_column_name="key",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderEventLine",
        tablename="order_event_line",
        column_name="product",
        db_column_name="product",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderEventLine",
        tablename="order_event_line",
        column_name="category",
        db_column_name="category",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderEventLine",
        tablename="order_event_line",
        column_name="quantity",
        db_column_name="quantity",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderEventLine",
        tablename="order_event_line",
        column_name="amount",
        db_column_name="amount",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMergeField",
        tablename="member_merge_field",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMergeField",
        tablename="member_merge_field",
        column_name="merge",
        db_column_name="merge",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": MemberMerge,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMergeField",
        tablename="member_merge_field",
        column_name="field",
        db_column_name="field",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 60,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMergeField",
        tablename="member_merge_field",
        column_name="before",
        db_column_name="before",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMergeField",
        tablename="member_merge_field",
        column_name="after",
        db_column_name="after",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileCompletion",
        tablename="profile_completion",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileCompletion",
        tablename="profile_completion",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileCompletion",
        tablename="profile_completion",
        column_name="activity",
        db_column_name="activity",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": ProfileActivity,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileCompletion",
        tablename="profile_completion",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileCompletion",
        tablename="profile_completion",
        column_name="voucher_template",
        db_column_name="voucher_template",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileCompletion",
        tablename="profile_completion",
        column_name="once",
        db_column_name="once",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 190,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileCompletion",
        tablename="profile_completion",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookAttempt",
        tablename="webhook_attempt",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookAttempt",
        tablename="webhook_attempt",
        column_name="delivery",
        db_column_name="delivery",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": WebhookDelivery,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookAttempt",
        tablename="webhook_attempt",
        column_name="number",
        db_column_name="number",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookAttempt",
        tablename="webhook_attempt",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookAttempt",
        tablename="webhook_attempt",
        column_name="milliseconds",
        db_column_name="milliseconds",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookAttempt",
        tablename="webhook_attempt",
        column_name="status",
        db_column_name="status",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookAttempt",
        tablename="webhook_attempt",
        column_name="error",
        db_column_name="error",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookAttempt",
        tablename="webhook_attempt",
        column_name="snippet",
        db_column_name="snippet",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        column_name="reason",
        db_column_name="reason",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 500,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        column_name="once",
        db_column_name="once",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 250,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "applied",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        column_name="proposed_by",
        db_column_name="proposed_by",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        column_name="proposed_name",
        db_column_name="proposed_name",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        column_name="decided_by",
        db_column_name="decided_by",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        column_name="decided_name",
        db_column_name="decided_name",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        column_name="decided_at",
        db_column_name="decided_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        column_name="entry",
        db_column_name="entry",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="item",
        db_column_name="item",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": MallItem,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="quantity",
        db_column_name="quantity",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="cash",
        db_column_name="cash",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="cost",
        db_column_name="cost",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (16, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="movement",
        db_column_name="movement",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="once",
        db_column_name="once",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 190,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="day",
        db_column_name="day",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "done",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="counted",
        db_column_name="counted",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="reserved_until",
        db_column_name="reserved_until",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="payment",
        db_column_name="payment",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="order_reference",
        db_column_name="order_reference",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        column_name="changed_at",
        db_column_name="changed_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="name_en",
        db_column_name="name_en",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="name_zh",
        db_column_name="name_zh",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="description_en",
        db_column_name="description_en",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 2000,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="description_zh",
        db_column_name="description_zh",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 2000,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="terms_en",
        db_column_name="terms_en",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 2000,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="terms_zh",
        db_column_name="terms_zh",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 2000,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="image",
        db_column_name="image",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 200,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="category",
        db_column_name="category",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": MallCategory,
            "on_delete": OnDelete.set_null,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="position",
        db_column_name="position",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="kind",
        db_column_name="kind",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "goods",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="benefit",
        db_column_name="benefit",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 15,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="voucher_template",
        db_column_name="voucher_template",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="level",
        db_column_name="level",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Level,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="level_days",
        db_column_name="level_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="with_order",
        db_column_name="with_order",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="cash",
        db_column_name="cash",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="cost",
        db_column_name="cost",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="budget",
        db_column_name="budget",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (12, 2),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="limit_ever",
        db_column_name="limit_ever",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="limit_day",
        db_column_name="limit_day",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="limit_week",
        db_column_name="limit_week",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="limit_month",
        db_column_name="limit_month",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="quota",
        db_column_name="quota",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="quota_period",
        db_column_name="quota_period",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 5,
            "default": "day",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="by_level",
        db_column_name="by_level",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="starts_at",
        db_column_name="starts_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="ends_at",
        db_column_name="ends_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "draft",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallItem",
        tablename="mall_item",
        column_name="updated_at",
        db_column_name="updated_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherPolicy",
        tablename="voucher_policy",
        column_name="id",
        db_column_name="id",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 1,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherPolicy",
        tablename="voucher_policy",
        column_name="hold_seconds",
        db_column_name="hold_seconds",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 900,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherPolicy",
        tablename="voucher_policy",
        column_name="hold_seconds_max",
        db_column_name="hold_seconds_max",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 86400,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherPolicy",
        tablename="voucher_policy",
        column_name="agent_daily_max",
        db_column_name="agent_daily_max",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 100,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherPolicy",
        tablename="voucher_policy",
        column_name="updated_at",
        db_column_name="updated_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="version",
        db_column_name="version",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": CheckInVersion,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="kind",
        db_column_name="kind",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "milestone",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="place",
        db_column_name="place",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="slot",
        db_column_name="slot",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="repeats",
        db_column_name="repeats",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="day",
        db_column_name="day",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="month",
        db_column_name="month",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="month_day",
        db_column_name="month_day",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="level",
        db_column_name="level",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Level,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="name_en",
        db_column_name="name_en",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="name_zh",
        db_column_name="name_zh",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="multiplier",
        db_column_name="multiplier",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("1"),
            "digits": (4, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="points",
        db_column_name="points",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="growth",
        db_column_name="growth",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        column_name="voucher_template",
        db_column_name="voucher_template",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderCapUse",
        tablename="order_cap_use",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderCapUse",
        tablename="order_cap_use",
        column_name="shop_order",
        db_column_name="shop_order",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Order,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderCapUse",
        tablename="order_cap_use",
        column_name="cap",
        db_column_name="cap",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": OrderCap,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderCapUse",
        tablename="order_cap_use",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderCapUse",
        tablename="order_cap_use",
        column_name="withheld",
        db_column_name="withheld",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInReward",
        tablename="check_in_reward",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInReward",
        tablename="check_in_reward",
        column_name="check_in",
        db_column_name="check_in",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": CheckIn,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInReward",
        tablename="check_in_reward",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInReward",
        tablename="check_in_reward",
        column_name="term",
        db_column_name="term",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": CheckInTerm,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInReward",
        tablename="check_in_reward",
        column_name="occasion",
        db_column_name="occasion",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 80,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInReward",
        tablename="check_in_reward",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInReward",
        tablename="check_in_reward",
        column_name="growth",
        db_column_name="growth",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInReward",
        tablename="check_in_reward",
        column_name="voucher_template",
        db_column_name="voucher_template",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ShopTotals",
        tablename="shop_totals",
        column_name="slot",
        db_column_name="slot",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ShopTotals",
        tablename="shop_totals",
        column_name="orders",
        db_column_name="orders",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ShopTotals",
        tablename="shop_totals",
        column_name="purchases",
        db_column_name="purchases",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ShopTotals",
        tablename="shop_totals",
        column_name="spend",
        db_column_name="spend",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (18, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ShopTotals",
        tablename="shop_totals",
        column_name="buyers",
        db_column_name="buyers",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ShopTotals",
        tablename="shop_totals",
        column_name="returned",
        db_column_name="returned",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ShopTotals",
        tablename="shop_totals",
        column_name="gaps",
        db_column_name="gaps",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ShopTotals",
        tablename="shop_totals",
        column_name="between_seconds",
        db_column_name="between_seconds",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (24, 6),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherCheckout",
        tablename="voucher_checkout",
        column_name="reference",
        db_column_name="reference",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": None,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherCheckout",
        tablename="voucher_checkout",
        column_name="order_amount",
        db_column_name="order_amount",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherCheckout",
        tablename="voucher_checkout",
        column_name="shipping_amount",
        db_column_name="shipping_amount",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (12, 2),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherCheckout",
        tablename="voucher_checkout",
        column_name="refunded",
        db_column_name="refunded",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (18, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherCheckout",
        tablename="voucher_checkout",
        column_name="returned_at",
        db_column_name="returned_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherCheckout",
        tablename="voucher_checkout",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        column_name="plan",
        db_column_name="plan",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": CheckInPlan,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        column_name="name_en",
        db_column_name="name_en",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        column_name="name_zh",
        db_column_name="name_zh",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        column_name="day",
        db_column_name="day",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        column_name="month",
        db_column_name="month",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        column_name="month_day",
        db_column_name="month_day",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        column_name="multiplier",
        db_column_name="multiplier",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("1"),
            "digits": (4, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        column_name="points",
        db_column_name="points",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        column_name="growth",
        db_column_name="growth",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        column_name="voucher_template",
        db_column_name="voucher_template",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherLevel",
        tablename="voucher_level",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherLevel",
        tablename="voucher_level",
        column_name="template",
        db_column_name="template",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherLevel",
        tablename="voucher_level",
        column_name="level",
        db_column_name="level",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Level,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherLevel",
        tablename="voucher_level",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsBatch",
        tablename="points_batch",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsBatch",
        tablename="points_batch",
        column_name="members",
        db_column_name="members",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsBatch",
        tablename="points_batch",
        column_name="lots",
        db_column_name="lots",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsBatch",
        tablename="points_batch",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsBatch",
        tablename="points_batch",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsBatch",
        tablename="points_batch",
        column_name="undone_at",
        db_column_name="undone_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsBatch",
        tablename="points_batch",
        column_name="undone_by",
        db_column_name="undone_by",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsBatch",
        tablename="points_batch",
        column_name="undone_until",
        db_column_name="undone_until",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelChange",
        tablename="level_change",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelChange",
        tablename="level_change",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelChange",
        tablename="level_change",
        column_name="before",
        db_column_name="before",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Level,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelChange",
        tablename="level_change",
        column_name="after",
        db_column_name="after",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Level,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelChange",
        tablename="level_change",
        column_name="why",
        db_column_name="why",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 15,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelChange",
        tablename="level_change",
        column_name="basis",
        db_column_name="basis",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelChange",
        tablename="level_change",
        column_name="value",
        db_column_name="value",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (14, 2),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelChange",
        tablename="level_change",
        column_name="until",
        db_column_name="until",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelChange",
        tablename="level_change",
        column_name="note",
        db_column_name="note",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 500,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelChange",
        tablename="level_change",
        column_name="day",
        db_column_name="day",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelChange",
        tablename="level_change",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        column_name="name_en",
        db_column_name="name_en",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        column_name="name_zh",
        db_column_name="name_zh",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "draft",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        column_name="starts_at",
        db_column_name="starts_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        column_name="ends_at",
        db_column_name="ends_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        column_name="earlier",
        db_column_name="earlier",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "count",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        column_name="whole_points",
        db_column_name="whole_points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        column_name="whole_voucher",
        db_column_name="whole_voucher",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        column_name="swept_upto",
        db_column_name="swept_upto",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        column_name="swept",
        db_column_name="swept",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        column_name="updated_at",
        db_column_name="updated_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="RewardBudgetUse",
        tablename="reward_budget_use",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="RewardBudgetUse",
        tablename="reward_budget_use",
        column_name="budget",
        db_column_name="budget",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": RewardBudget,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="RewardBudgetUse",
        tablename="reward_budget_use",
        column_name="starts_on",
        db_column_name="starts_on",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="RewardBudgetUse",
        tablename="reward_budget_use",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberErasureCount",
        tablename="member_erasure_count",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberErasureCount",
        tablename="member_erasure_count",
        column_name="erasure",
        db_column_name="erasure",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": MemberErasure,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberErasureCount",
        tablename="member_erasure_count",
        column_name="held_in",
        db_column_name="held_in",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 63,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberErasureCount",
        tablename="member_erasure_count",
        column_name="rows",
        db_column_name="rows",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="name_en",
        db_column_name="name_en",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="name_zh",
        db_column_name="name_zh",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="source",
        db_column_name="source",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 50,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="product",
        db_column_name="product",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="category",
        db_column_name="category",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="excluded",
        db_column_name="excluded",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="multiplier",
        db_column_name="multiplier",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("1"),
            "digits": (6, 3),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="extra_points",
        db_column_name="extra_points",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="priority",
        db_column_name="priority",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="starts_at",
        db_column_name="starts_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="ends_at",
        db_column_name="ends_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="active",
        db_column_name="active",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderRule",
        tablename="order_rule",
        column_name="updated_at",
        db_column_name="updated_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInMakeUp",
        tablename="check_in_make_up",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInMakeUp",
        tablename="check_in_make_up",
        column_name="check_in",
        db_column_name="check_in",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": CheckIn,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInMakeUp",
        tablename="check_in_make_up",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInMakeUp",
        tablename="check_in_make_up",
        column_name="version",
        db_column_name="version",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": CheckInVersion,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInMakeUp",
        tablename="check_in_make_up",
        column_name="month",
        db_column_name="month",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInMakeUp",
        tablename="check_in_make_up",
        column_name="number",
        db_column_name="number",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInMakeUp",
        tablename="check_in_make_up",
        column_name="price",
        db_column_name="price",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInMakeUp",
        tablename="check_in_make_up",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderTerms",
        tablename="order_terms",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderTerms",
        tablename="order_terms",
        column_name="award_on",
        db_column_name="award_on",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderTerms",
        tablename="order_terms",
        column_name="points_per_unit",
        db_column_name="points_per_unit",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (10, 4),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderTerms",
        tablename="order_terms",
        column_name="rounding",
        db_column_name="rounding",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "down",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderTerms",
        tablename="order_terms",
        column_name="refund_days",
        db_column_name="refund_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderTerms",
        tablename="order_terms",
        column_name="shipping_earns",
        db_column_name="shipping_earns",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderTerms",
        tablename="order_terms",
        column_name="tax_earns",
        db_column_name="tax_earns",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderTerms",
        tablename="order_terms",
        column_name="by_level",
        db_column_name="by_level",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderTerms",
        tablename="order_terms",
        column_name="order_max",
        db_column_name="order_max",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderTerms",
        tablename="order_terms",
        column_name="rules",
        db_column_name="rules",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "[]",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderTerms",
        tablename="order_terms",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherPoolCode",
        tablename="voucher_pool_code",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherPoolCode",
        tablename="voucher_pool_code",
        column_name="template",
        db_column_name="template",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherPoolCode",
        tablename="voucher_pool_code",
        column_name="code_digest",
        db_column_name="code_digest",
        column_class_name="Bytea",
        column_class=Bytea,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": True,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherPoolCode",
        tablename="voucher_pool_code",
        column_name="code_shut",
        db_column_name="code_shut",
        column_class_name="Bytea",
        column_class=Bytea,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": True,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherPoolCode",
        tablename="voucher_pool_code",
        column_name="voucher",
        db_column_name="voucher",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Voucher,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherPoolCode",
        tablename="voucher_pool_code",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInReminder",
        tablename="check_in_reminder",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInReminder",
        tablename="check_in_reminder",
        column_name="wanted",
        db_column_name="wanted",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInReminder",
        tablename="check_in_reminder",
        column_name="hour",
        db_column_name="hour",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 20,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInReminder",
        tablename="check_in_reminder",
        column_name="updated_at",
        db_column_name="updated_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDebt",
        tablename="points_debt",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDebt",
        tablename="points_debt",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDebt",
        tablename="points_debt",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDebt",
        tablename="points_debt",
        column_name="why",
        db_column_name="why",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDebt",
        tablename="points_debt",
        column_name="once",
        db_column_name="once",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 250,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDebt",
        tablename="points_debt",
        column_name="entry",
        db_column_name="entry",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDebt",
        tablename="points_debt",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInLevelBonus",
        tablename="check_in_level_bonus",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInLevelBonus",
        tablename="check_in_level_bonus",
        column_name="plan",
        db_column_name="plan",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": CheckInPlan,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInLevelBonus",
        tablename="check_in_level_bonus",
        column_name="level",
        db_column_name="level",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Level,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInLevelBonus",
        tablename="check_in_level_bonus",
        column_name="multiplier",
        db_column_name="multiplier",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("1"),
            "digits": (4, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInLevelBonus",
        tablename="check_in_level_bonus",
        column_name="points",
        db_column_name="points",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInLevelBonus",
        tablename="check_in_level_bonus",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPending",
        tablename="points_pending",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPending",
        tablename="points_pending",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPending",
        tablename="points_pending",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPending",
        tablename="points_pending",
        column_name="remaining",
        db_column_name="remaining",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPending",
        tablename="points_pending",
        column_name="why",
        db_column_name="why",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPending",
        tablename="points_pending",
        column_name="once",
        db_column_name="once",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 250,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPending",
        tablename="points_pending",
        column_name="note",
        db_column_name="note",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 500,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPending",
        tablename="points_pending",
        column_name="detail",
        db_column_name="detail",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPending",
        tablename="points_pending",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "pending",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPending",
        tablename="points_pending",
        column_name="active_at",
        db_column_name="active_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPending",
        tablename="points_pending",
        column_name="expires_at",
        db_column_name="expires_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPending",
        tablename="points_pending",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPending",
        tablename="points_pending",
        column_name="recorded_at",
        db_column_name="recorded_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPending",
        tablename="points_pending",
        column_name="decided_at",
        db_column_name="decided_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStock",
        tablename="mall_stock",
        column_name="item",
        db_column_name="item",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": MallItem,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStock",
        tablename="mall_stock",
        column_name="version",
        db_column_name="version",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStock",
        tablename="mall_stock",
        column_name="stock",
        db_column_name="stock",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStock",
        tablename="mall_stock",
        column_name="taken",
        db_column_name="taken",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStock",
        tablename="mall_stock",
        column_name="spent",
        db_column_name="spent",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (16, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStock",
        tablename="mall_stock",
        column_name="budget",
        db_column_name="budget",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (12, 2),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStock",
        tablename="mall_stock",
        column_name="period_starts",
        db_column_name="period_starts",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallStock",
        tablename="mall_stock",
        column_name="period_taken",
        db_column_name="period_taken",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherAgentDay",
        tablename="voucher_agent_day",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherAgentDay",
        tablename="voucher_agent_day",
        column_name="staff",
        db_column_name="staff",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherAgentDay",
        tablename="voucher_agent_day",
        column_name="day",
        db_column_name="day",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherAgentDay",
        tablename="voucher_agent_day",
        column_name="issued",
        db_column_name="issued",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="event",
        db_column_name="event",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": WebhookEvent,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="endpoint",
        db_column_name="endpoint",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": WebhookEndpoint,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="type",
        db_column_name="type",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 40,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "ready",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="not_before",
        db_column_name="not_before",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="lease_until",
        db_column_name="lease_until",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="token",
        db_column_name="token",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="series",
        db_column_name="series",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="attempts",
        db_column_name="attempts",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="attempts_ever",
        db_column_name="attempts_ever",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="status",
        db_column_name="status",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="error",
        db_column_name="error",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        column_name="ended_at",
        db_column_name="ended_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportError",
        tablename="member_import_error",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportError",
        tablename="member_import_error",
        column_name="batch",
        db_column_name="batch",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportError",
        tablename="member_import_error",
        column_name="line",
        db_column_name="line",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportError",
        tablename="member_import_error",
        column_name="field",
        db_column_name="field",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 60,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportError",
        tablename="member_import_error",
        column_name="code",
        db_column_name="code",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 50,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImportError",
        tablename="member_import_error",
        column_name="detail",
        db_column_name="detail",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGiftGiven",
        tablename="level_gift_given",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGiftGiven",
        tablename="level_gift_given",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGiftGiven",
        tablename="level_gift_given",
        column_name="level",
        db_column_name="level",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Level,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGiftGiven",
        tablename="level_gift_given",
        column_name="occasion",
        db_column_name="occasion",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 36,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGiftGiven",
        tablename="level_gift_given",
        column_name="points",
        db_column_name="points",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGiftGiven",
        tablename="level_gift_given",
        column_name="voucher_template",
        db_column_name="voucher_template",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGiftGiven",
        tablename="level_gift_given",
        column_name="reward",
        db_column_name="reward",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": RewardGrant,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGiftGiven",
        tablename="level_gift_given",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="plan",
        db_column_name="plan",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": CheckInPlan,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="number",
        db_column_name="number",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="from_day",
        db_column_name="from_day",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="base",
        db_column_name="base",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="increment",
        db_column_name="increment",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="increment_days",
        db_column_name="increment_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="cycle",
        db_column_name="cycle",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "endless",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="cycle_days",
        db_column_name="cycle_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="milestones",
        db_column_name="milestones",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="specials",
        db_column_name="specials",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="levels",
        db_column_name="levels",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="first",
        db_column_name="first",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="make_up_days",
        db_column_name="make_up_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="make_up_price",
        db_column_name="make_up_price",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="make_up_step",
        db_column_name="make_up_step",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="make_up_per_cycle",
        db_column_name="make_up_per_cycle",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="make_up_per_month",
        db_column_name="make_up_per_month",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="make_up_base",
        db_column_name="make_up_base",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="make_up_milestones",
        db_column_name="make_up_milestones",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="made_by",
        db_column_name="made_by",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderCap",
        tablename="order_cap",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderCap",
        tablename="order_cap",
        column_name="cap",
        db_column_name="cap",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderCap",
        tablename="order_cap",
        column_name="holder",
        db_column_name="holder",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 36,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderCap",
        tablename="order_cap",
        column_name="starts_on",
        db_column_name="starts_on",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderCap",
        tablename="order_cap",
        column_name="used",
        db_column_name="used",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMerge",
        tablename="member_merge",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMerge",
        tablename="member_merge",
        column_name="source",
        db_column_name="source",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.no_action,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMerge",
        tablename="member_merge",
        column_name="target",
        db_column_name="target",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.no_action,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMerge",
        tablename="member_merge",
        column_name="once",
        db_column_name="once",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 150,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMerge",
        tablename="member_merge",
        column_name="source_state",
        db_column_name="source_state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMerge",
        tablename="member_merge",
        column_name="merged_by",
        db_column_name="merged_by",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMerge",
        tablename="member_merge",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMerge",
        tablename="member_merge",
        column_name="undone_at",
        db_column_name="undone_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberMerge",
        tablename="member_merge",
        column_name="undone_by",
        db_column_name="undone_by",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="slot",
        db_column_name="slot",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="url",
        db_column_name="url",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 500,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="description",
        db_column_name="description",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 200,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="events",
        db_column_name="events",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": list,
            "base_column": Varchar(
                length=40,
                default="",
                null=False,
                primary_key=False,
                unique=False,
                index=False,
                index_method=IndexMethod.btree,
                choices=None,
                db_column_name=None,
                secret=False,
            ),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="active",
        db_column_name="active",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="off_reason",
        db_column_name="off_reason",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="secret",
        db_column_name="secret",
        column_class_name="Bytea",
        column_class=Bytea,
        params={
            "default": b"",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": True,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="secret_before",
        db_column_name="secret_before",
        column_class_name="Bytea",
        column_class=Bytea,
        params={
            "default": b"",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": True,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="secret_before_until",
        db_column_name="secret_before_until",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="rotated_at",
        db_column_name="rotated_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="failures",
        db_column_name="failures",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="failing_since",
        db_column_name="failing_since",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="rest_until",
        db_column_name="rest_until",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="updated_at",
        db_column_name="updated_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        column_name="removed_at",
        db_column_name="removed_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderSource",
        tablename="order_source",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderSource",
        tablename="order_source",
        column_name="name",
        db_column_name="name",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 50,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderSource",
        tablename="order_source",
        column_name="display_name",
        db_column_name="display_name",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderSource",
        tablename="order_source",
        column_name="platform",
        db_column_name="platform",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "own",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderSource",
        tablename="order_source",
        column_name="refund_days",
        db_column_name="refund_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderSource",
        tablename="order_source",
        column_name="award_on",
        db_column_name="award_on",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderSource",
        tablename="order_source",
        column_name="active",
        db_column_name="active",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderSource",
        tablename="order_source",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderSource",
        tablename="order_source",
        column_name="updated_at",
        db_column_name="updated_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTransfer",
        tablename="points_transfer",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTransfer",
        tablename="points_transfer",
        column_name="source",
        db_column_name="source",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTransfer",
        tablename="points_transfer",
        column_name="target",
        db_column_name="target",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTransfer",
        tablename="points_transfer",
        column_name="once",
        db_column_name="once",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 250,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTransfer",
        tablename="points_transfer",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTransfer",
        tablename="points_transfer",
        column_name="pending",
        db_column_name="pending",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": list,
            "base_column": UUID(
                default=UUID4(),
                null=False,
                primary_key=False,
                unique=False,
                index=False,
                index_method=IndexMethod.btree,
                choices=None,
                db_column_name=None,
                secret=False,
            ),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTransfer",
        tablename="points_transfer",
        column_name="debt",
        db_column_name="debt",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTransfer",
        tablename="points_transfer",
        column_name="out_entry",
        db_column_name="out_entry",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTransfer",
        tablename="points_transfer",
        column_name="in_entry",
        db_column_name="in_entry",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTransfer",
        tablename="points_transfer",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTransfer",
        tablename="points_transfer",
        column_name="undone_at",
        db_column_name="undone_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTransfer",
        tablename="points_transfer",
        column_name="returned",
        db_column_name="returned",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderLine",
        tablename="order_line",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderLine",
        tablename="order_line",
        column_name="shop_order",
        db_column_name="shop_order",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Order,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderLine",
        tablename="order_line",
        column_name="place",
        db_column_name="place",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderLine",
        tablename="order_line",
        column_name="key",
        db_column_name="key",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderLine",
        tablename="order_line",
        column_name="product",
        db_column_name="product",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderLine",
        tablename="order_line",
        column_name="category",
        db_column_name="category",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderLine",
        tablename="order_line",
        column_name="quantity",
        db_column_name="quantity",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderLine",
        tablename="order_line",
        column_name="amount",
        db_column_name="amount",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderLine",
        tablename="order_line",
        column_name="net",
        db_column_name="net",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderLine",
        tablename="order_line",
        column_name="rule",
        db_column_name="rule",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderLine",
        tablename="order_line",
        column_name="gross",
        db_column_name="gross",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderLine",
        tablename="order_line",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelStanding",
        tablename="level_standing",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelStanding",
        tablename="level_standing",
        column_name="spend",
        db_column_name="spend",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (14, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelStanding",
        tablename="level_standing",
        column_name="growth",
        db_column_name="growth",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (14, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelStanding",
        tablename="level_standing",
        column_name="points",
        db_column_name="points",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (14, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelStanding",
        tablename="level_standing",
        column_name="level",
        db_column_name="level",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Level,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelStanding",
        tablename="level_standing",
        column_name="earned",
        db_column_name="earned",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Level,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelStanding",
        tablename="level_standing",
        column_name="since",
        db_column_name="since",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelStanding",
        tablename="level_standing",
        column_name="look_on",
        db_column_name="look_on",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelStanding",
        tablename="level_standing",
        column_name="updated_at",
        db_column_name="updated_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGift",
        tablename="level_gift",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGift",
        tablename="level_gift",
        column_name="level",
        db_column_name="level",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Level,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGift",
        tablename="level_gift",
        column_name="occasion",
        db_column_name="occasion",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "reached",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGift",
        tablename="level_gift",
        column_name="points",
        db_column_name="points",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGift",
        tablename="level_gift",
        column_name="voucher_template",
        db_column_name="voucher_template",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGift",
        tablename="level_gift",
        column_name="again",
        db_column_name="again",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGift",
        tablename="level_gift",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelGift",
        tablename="level_gift",
        column_name="updated_at",
        db_column_name="updated_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherScope",
        tablename="voucher_scope",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherScope",
        tablename="voucher_scope",
        column_name="template",
        db_column_name="template",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherScope",
        tablename="voucher_scope",
        column_name="kind",
        db_column_name="kind",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "product",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherScope",
        tablename="voucher_scope",
        column_name="value",
        db_column_name="value",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherScope",
        tablename="voucher_scope",
        column_name="included",
        db_column_name="included",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherScope",
        tablename="voucher_scope",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="BuyerTotals",
        tablename="buyer_totals",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="BuyerTotals",
        tablename="buyer_totals",
        column_name="orders",
        db_column_name="orders",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="BuyerTotals",
        tablename="buyer_totals",
        column_name="purchases",
        db_column_name="purchases",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="BuyerTotals",
        tablename="buyer_totals",
        column_name="spend",
        db_column_name="spend",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (16, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="BuyerTotals",
        tablename="buyer_totals",
        column_name="first_at",
        db_column_name="first_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="BuyerTotals",
        tablename="buyer_totals",
        column_name="last_at",
        db_column_name="last_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="BuyerTotals",
        tablename="buyer_totals",
        column_name="updated_at",
        db_column_name="updated_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInStanding",
        tablename="check_in_standing",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInStanding",
        tablename="check_in_standing",
        column_name="day",
        db_column_name="day",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInStanding",
        tablename="check_in_standing",
        column_name="kept_from",
        db_column_name="kept_from",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInStanding",
        tablename="check_in_standing",
        column_name="visit",
        db_column_name="visit",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInStanding",
        tablename="check_in_standing",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInStanding",
        tablename="check_in_standing",
        column_name="streak",
        db_column_name="streak",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInStanding",
        tablename="check_in_standing",
        column_name="total",
        db_column_name="total",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        column_name="id",
        db_column_name="id",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 1,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        column_name="active",
        db_column_name="active",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        column_name="basis",
        db_column_name="basis",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "spend",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        column_name="period",
        db_column_name="period",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "rolling",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        column_name="period_days",
        db_column_name="period_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 365,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        column_name="term",
        db_column_name="term",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 15,
            "default": "months",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        column_name="term_months",
        db_column_name="term_months",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 12,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        column_name="grace_days",
        db_column_name="grace_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        column_name="downgrade",
        db_column_name="downgrade",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "to_due",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        column_name="first_notice_days",
        db_column_name="first_notice_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 30,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        column_name="second_notice_days",
        db_column_name="second_notice_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 7,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        column_name="recount_after",
        db_column_name="recount_after",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        column_name="recount_lower",
        db_column_name="recount_lower",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        column_name="updated_at",
        db_column_name="updated_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelNotice",
        tablename="level_notice",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelNotice",
        tablename="level_notice",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelNotice",
        tablename="level_notice",
        column_name="hold",
        db_column_name="hold",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": LevelHold,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelNotice",
        tablename="level_notice",
        column_name="days",
        db_column_name="days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelNotice",
        tablename="level_notice",
        column_name="missing",
        db_column_name="missing",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (14, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelNotice",
        tablename="level_notice",
        column_name="drops_on",
        db_column_name="drops_on",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelNotice",
        tablename="level_notice",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PurchaseCount",
        tablename="purchase_count",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PurchaseCount",
        tablename="purchase_count",
        column_name="slot",
        db_column_name="slot",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PurchaseCount",
        tablename="purchase_count",
        column_name="purchases",
        db_column_name="purchases",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PurchaseCount",
        tablename="purchase_count",
        column_name="members",
        db_column_name="members",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsNotice",
        tablename="points_notice",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsNotice",
        tablename="points_notice",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsNotice",
        tablename="points_notice",
        column_name="expires_at",
        db_column_name="expires_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsNotice",
        tablename="points_notice",
        column_name="points",
        db_column_name="points",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsNotice",
        tablename="points_notice",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallAudience",
        tablename="mall_audience",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallAudience",
        tablename="mall_audience",
        column_name="item",
        db_column_name="item",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": MallItem,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallAudience",
        tablename="mall_audience",
        column_name="level",
        db_column_name="level",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Level,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Level",
        tablename="level",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Level",
        tablename="level",
        column_name="rank",
        db_column_name="rank",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Level",
        tablename="level",
        column_name="name_en",
        db_column_name="name_en",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Level",
        tablename="level",
        column_name="name_zh",
        db_column_name="name_zh",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Level",
        tablename="level",
        column_name="threshold",
        db_column_name="threshold",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (14, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Level",
        tablename="level",
        column_name="multiplier",
        db_column_name="multiplier",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("1"),
            "digits": (4, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Level",
        tablename="level",
        column_name="free_shipping",
        db_column_name="free_shipping",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Level",
        tablename="level",
        column_name="benefits_en",
        db_column_name="benefits_en",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Level",
        tablename="level",
        column_name="benefits_zh",
        db_column_name="benefits_zh",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Level",
        tablename="level",
        column_name="color",
        db_column_name="color",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 7,
            "default": "#8c8c8c",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Level",
        tablename="level",
        column_name="icon",
        db_column_name="icon",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 30,
            "default": "star",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Level",
        tablename="level",
        column_name="active",
        db_column_name="active",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Level",
        tablename="level",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Level",
        tablename="level",
        column_name="updated_at",
        db_column_name="updated_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelHold",
        tablename="level_hold",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelHold",
        tablename="level_hold",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelHold",
        tablename="level_hold",
        column_name="level",
        db_column_name="level",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Level,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelHold",
        tablename="level_hold",
        column_name="how",
        db_column_name="how",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "earned",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelHold",
        tablename="level_hold",
        column_name="since",
        db_column_name="since",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelHold",
        tablename="level_hold",
        column_name="until",
        db_column_name="until",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelHold",
        tablename="level_hold",
        column_name="needed",
        db_column_name="needed",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (14, 2),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelHold",
        tablename="level_hold",
        column_name="basis",
        db_column_name="basis",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelHold",
        tablename="level_hold",
        column_name="counted_from",
        db_column_name="counted_from",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelHold",
        tablename="level_hold",
        column_name="counted_to",
        db_column_name="counted_to",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelHold",
        tablename="level_hold",
        column_name="note",
        db_column_name="note",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 500,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelHold",
        tablename="level_hold",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelHold",
        tablename="level_hold",
        column_name="ended",
        db_column_name="ended",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 15,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="LevelHold",
        tablename="level_hold",
        column_name="ended_at",
        db_column_name="ended_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherRefund",
        tablename="voucher_refund",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherRefund",
        tablename="voucher_refund",
        column_name="order_reference",
        db_column_name="order_reference",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherCheckout,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherRefund",
        tablename="voucher_refund",
        column_name="refunded",
        db_column_name="refunded",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherRefund",
        tablename="voucher_refund",
        column_name="total",
        db_column_name="total",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherRefund",
        tablename="voucher_refund",
        column_name="withheld",
        db_column_name="withheld",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherRefund",
        tablename="voucher_refund",
        column_name="once",
        db_column_name="once",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 255,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherRefund",
        tablename="voucher_refund",
        column_name="at",
        db_column_name="at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="file_name",
        db_column_name="file_name",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 200,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="dry_run",
        db_column_name="dry_run",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "running",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="language",
        db_column_name="language",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 2,
            "default": "en",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="rows",
        db_column_name="rows",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="last_line",
        db_column_name="last_line",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="done_line",
        db_column_name="done_line",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="created",
        db_column_name="created",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="updated",
        db_column_name="updated",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="unchanged",
        db_column_name="unchanged",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="failed",
        db_column_name="failed",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="started_by",
        db_column_name="started_by",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MemberImport",
        tablename="member_import",
        column_name="finished_at",
        db_column_name="finished_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallDelivery",
        tablename="mall_delivery",
        column_name="redemption",
        db_column_name="redemption",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": MallRedemption,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallDelivery",
        tablename="mall_delivery",
        column_name="recipient",
        db_column_name="recipient",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 200,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallDelivery",
        tablename="mall_delivery",
        column_name="phone",
        db_column_name="phone",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallDelivery",
        tablename="mall_delivery",
        column_name="country",
        db_column_name="country",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 2,
            "default": "CN",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallDelivery",
        tablename="mall_delivery",
        column_name="province",
        db_column_name="province",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallDelivery",
        tablename="mall_delivery",
        column_name="city",
        db_column_name="city",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallDelivery",
        tablename="mall_delivery",
        column_name="street",
        db_column_name="street",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 300,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallDelivery",
        tablename="mall_delivery",
        column_name="postcode",
        db_column_name="postcode",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallDelivery",
        tablename="mall_delivery",
        column_name="carrier",
        db_column_name="carrier",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 50,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="MallDelivery",
        tablename="mall_delivery",
        column_name="tracking",
        db_column_name="tracking",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="RewardBudget",
        tablename="reward_budget",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="RewardBudget",
        tablename="reward_budget",
        column_name="why",
        db_column_name="why",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="RewardBudget",
        tablename="reward_budget",
        column_name="period",
        db_column_name="period",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 5,
            "default": "month",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="RewardBudget",
        tablename="reward_budget",
        column_name="points_max",
        db_column_name="points_max",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="RewardBudget",
        tablename="reward_budget",
        column_name="active",
        db_column_name="active",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="RewardBudget",
        tablename="reward_budget",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="RewardBudget",
        tablename="reward_budget",
        column_name="updated_at",
        db_column_name="updated_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInOutage",
        tablename="check_in_outage",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInOutage",
        tablename="check_in_outage",
        column_name="day",
        db_column_name="day",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInOutage",
        tablename="check_in_outage",
        column_name="kind",
        db_column_name="kind",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "declared",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInOutage",
        tablename="check_in_outage",
        column_name="reason",
        db_column_name="reason",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 200,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInOutage",
        tablename="check_in_outage",
        column_name="declared_at",
        db_column_name="declared_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInOutage",
        tablename="check_in_outage",
        column_name="declared_by",
        db_column_name="declared_by",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInOutage",
        tablename="check_in_outage",
        column_name="withdrawn_at",
        db_column_name="withdrawn_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInOutage",
        tablename="check_in_outage",
        column_name="withdrawn_by",
        db_column_name="withdrawn_by",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInOutage",
        tablename="check_in_outage",
        column_name="healed_to",
        db_column_name="healed_to",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInOutage",
        tablename="check_in_outage",
        column_name="healed_at",
        db_column_name="healed_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="day",
        db_column_name="day",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="starts_at",
        db_column_name="starts_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="ends_at",
        db_column_name="ends_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="entries",
        db_column_name="entries",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="earned",
        db_column_name="earned",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="spent",
        db_column_name="spent",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="taken_back",
        db_column_name="taken_back",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="reversed",
        db_column_name="reversed",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="expired",
        db_column_name="expired",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="moved",
        db_column_name="moved",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="balance",
        db_column_name="balance",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="pending",
        db_column_name="pending",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="debt",
        db_column_name="debt",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="value",
        db_column_name="value",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (16, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="seal",
        db_column_name="seal",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 64,
            "default": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsDay",
        tablename="points_day",
        column_name="closed_at",
        db_column_name="closed_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherHours",
        tablename="voucher_hours",
        column_name="id",
        db_column_name="id",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherHours",
        tablename="voucher_hours",
        column_name="template",
        db_column_name="template",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherHours",
        tablename="voucher_hours",
        column_name="weekday",
        db_column_name="weekday",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherHours",
        tablename="voucher_hours",
        column_name="since",
        db_column_name="since",
        column_class_name="Time",
        column_class=Time,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherHours",
        tablename="voucher_hours",
        column_name="until",
        db_column_name="until",
        column_class_name="Time",
        column_class=Time,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherHours",
        tablename="voucher_hours",
        column_name="created_at",
        db_column_name="created_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": now,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallEvent",
        tablename="mall_event",
        constraint_name="mall_event_once",
        constraint_class=Unique,
        params={"columns": ["redemption", "number"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallEvent",
        tablename="mall_event",
        constraint_name="mall_event_state",
        constraint_class=Check,
        params={
            "condition": "state IN ('reserved', 'to_ship', 'shipped', 'done', 'returned', 'cancelled')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallCount",
        tablename="mall_count",
        constraint_name="mall_count_once",
        constraint_class=Unique,
        params={
            "columns": ["item", "member", "period", "starts"],
            "nulls_distinct": True,
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallCount",
        tablename="mall_count",
        constraint_name="mall_count_period",
        constraint_class=Check,
        params={"condition": "period IN ('ever', 'day', 'week', 'month')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallCount",
        tablename="mall_count",
        constraint_name="mall_count_taken",
        constraint_class=Check,
        params={"condition": "taken >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallPrice",
        tablename="mall_price",
        constraint_name="mall_price_once",
        constraint_class=Unique,
        params={"columns": ["item", "level"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallPrice",
        tablename="mall_price",
        constraint_name="mall_price_either",
        constraint_class=Check,
        params={
            "condition": "(percent_off IS NULL) = (points IS NOT NULL AND cash IS NOT NULL)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallPrice",
        tablename="mall_price",
        constraint_name="mall_price_points",
        constraint_class=Check,
        params={
            "condition": "points IS NULL OR (points BETWEEN 0 AND 1000000000 AND cash >= 0)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallPrice",
        tablename="mall_price",
        constraint_name="mall_price_percent",
        constraint_class=Check,
        params={
            "condition": "percent_off IS NULL OR percent_off BETWEEN 1 AND 100"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        constraint_name="profile_answer_once",
        constraint_class=Unique,
        params={"columns": ["member", "field"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        constraint_name="profile_answer_state",
        constraint_class=Check,
        params={
            "condition": "state IN ('waiting', 'rewarded', 'earlier', 'known')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        constraint_name="profile_answer_rewarded",
        constraint_class=Check,
        params={"condition": "(state = 'rewarded') = (rewarded_at IS NOT NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileAnswer",
        tablename="profile_answer",
        constraint_name="profile_answer_points",
        constraint_class=Check,
        params={
            "condition": "points >= 0 AND (state = 'rewarded' OR points = 0)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MemberErasure",
        tablename="member_erasure",
        constraint_name="member_erasure_reason",
        constraint_class=Check,
        params={"condition": "reason IN ('asked', 'inactive', 'mistake', 'law')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInZone",
        tablename="check_in_zone",
        constraint_name="check_in_zone_single",
        constraint_class=Check,
        params={"condition": "id = 1"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherBatch",
        tablename="voucher_batch",
        constraint_name="voucher_batch_name",
        constraint_class=Check,
        params={"condition": "name <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherBatch",
        tablename="voucher_batch",
        constraint_name="voucher_batch_state",
        constraint_class=Check,
        params={"condition": "state IN ('active', 'ended', 'revoked')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherBatch",
        tablename="voucher_batch",
        constraint_name="voucher_batch_codes",
        constraint_class=Check,
        params={"condition": "codes >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookEvent",
        tablename="webhook_event",
        constraint_name="webhook_event_copies",
        constraint_class=Check,
        params={"condition": "copies BETWEEN 1 AND 10"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookEvent",
        tablename="webhook_event",
        constraint_name="webhook_event_blanked",
        constraint_class=Check,
        params={"condition": "blanked_at IS NULL OR body = ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileQuestion",
        tablename="profile_question",
        constraint_name="profile_question_once",
        constraint_class=Unique,
        params={"columns": ["activity", "field"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileQuestion",
        tablename="profile_question",
        constraint_name="profile_question_field",
        constraint_class=Check,
        params={
            "condition": "field IN ('name', 'phone', 'email', 'gender', 'birthday', 'region', 'occupation') OR field ~ '^attribute[.][a-z][a-z0-9_]{0,49}$'"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileQuestion",
        tablename="profile_question",
        constraint_name="profile_question_step",
        constraint_class=Check,
        params={"condition": "step BETWEEN 1 AND 20"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileQuestion",
        tablename="profile_question",
        constraint_name="profile_question_points",
        constraint_class=Check,
        params={"condition": "points BETWEEN 0 AND 1000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallCategory",
        tablename="mall_category",
        constraint_name="mall_category_key",
        constraint_class=Check,
        params={"condition": "key ~ '^[a-z][a-z0-9_-]{0,49}$'"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallCategory",
        tablename="mall_category",
        constraint_name="mall_category_named",
        constraint_class=Check,
        params={"condition": "name_en <> '' OR name_zh <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="GrowthEntry",
        tablename="growth_entry",
        constraint_name="growth_entry_kind",
        constraint_class=Check,
        params={"condition": "kind IN ('spend', 'growth', 'points')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="GrowthEntry",
        tablename="growth_entry",
        constraint_name="growth_entry_amount",
        constraint_class=Check,
        params={"condition": "amount <> 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="GrowthEntry",
        tablename="growth_entry",
        constraint_name="growth_entry_once",
        constraint_class=Check,
        params={"condition": "once <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherCode",
        tablename="voucher_code",
        constraint_name="voucher_code_state",
        constraint_class=Check,
        params={
            "condition": "state IN ('free', 'claimed', 'expired', 'revoked')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherCode",
        tablename="voucher_code",
        constraint_name="voucher_code_claimed",
        constraint_class=Check,
        params={"condition": "(state = 'claimed') = (voucher IS NOT NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallStockChange",
        tablename="mall_stock_change",
        constraint_name="mall_stock_change_once",
        constraint_class=Unique,
        params={"columns": ["item", "number"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallStockChange",
        tablename="mall_stock_change",
        constraint_name="mall_stock_change_stock",
        constraint_class=Check,
        params={"condition": "stock IS NULL OR stock >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderEventLine",
        tablename="order_event_line",
        constraint_name="order_event_line_key",
        constraint_class=Unique,
        params={"columns": ["event", "key"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderEventLine",
        tablename="order_event_line",
        constraint_name="order_event_line_quantity",
        constraint_class=Check,
        params={"condition": "quantity >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderEventLine",
        tablename="order_event_line",
        constraint_name="order_event_line_amount",
        constraint_class=Check,
        params={"condition": "amount >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MemberMergeField",
        tablename="member_merge_field",
        constraint_name="member_merge_field_once",
        constraint_class=Unique,
        params={"columns": ["merge", "field"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileCompletion",
        tablename="profile_completion",
        constraint_name="profile_completion_once",
        constraint_class=Unique,
        params={"columns": ["member", "activity"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileCompletion",
        tablename="profile_completion",
        constraint_name="profile_completion_points",
        constraint_class=Check,
        params={"condition": "points >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookAttempt",
        tablename="webhook_attempt",
        constraint_name="webhook_attempt_once",
        constraint_class=Unique,
        params={"columns": ["delivery", "number"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookAttempt",
        tablename="webhook_attempt",
        constraint_name="webhook_attempt_snippet",
        constraint_class=Check,
        params={"condition": "length(snippet) <= 1024"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        constraint_name="points_adjustment_points",
        constraint_class=Check,
        params={"condition": "points <> 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        constraint_name="points_adjustment_state",
        constraint_class=Check,
        params={
            "condition": "state IN ('applied', 'proposed', 'approved', 'refused')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        constraint_name="points_adjustment_decided",
        constraint_class=Check,
        params={"condition": "(decided_at IS NULL) = (state = 'proposed')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsAdjustment",
        tablename="points_adjustment",
        constraint_name="points_adjustment_two_people",
        constraint_class=Check,
        params={
            "condition": "state NOT IN ('approved', 'refused') OR (decided_by IS NOT NULL AND decided_by IS DISTINCT FROM proposed_by)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        constraint_name="mall_redemption_quantity",
        constraint_class=Check,
        params={"condition": "quantity BETWEEN 1 AND 10000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        constraint_name="mall_redemption_points",
        constraint_class=Check,
        params={
            "condition": "points >= 0 AND (points > 0) = (movement IS NOT NULL) AND cash >= 0 AND cost >= 0"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        constraint_name="mall_redemption_state",
        constraint_class=Check,
        params={
            "condition": "state IN ('reserved', 'to_ship', 'shipped', 'done', 'returned', 'cancelled')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        constraint_name="mall_redemption_reserved",
        constraint_class=Check,
        params={
            "condition": "(state = 'reserved') = (reserved_until IS NOT NULL)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        constraint_name="mall_redemption_counted",
        constraint_class=Check,
        params={"condition": "counted OR state IN ('returned', 'cancelled')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        constraint_name="mall_redemption_given_up",
        constraint_class=Check,
        params={"condition": "state <> 'cancelled' OR NOT counted"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallRedemption",
        tablename="mall_redemption",
        constraint_name="mall_redemption_once",
        constraint_class=Check,
        params={"condition": "once <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallItem",
        tablename="mall_item",
        constraint_name="mall_item_named",
        constraint_class=Check,
        params={"condition": "name_en <> '' OR name_zh <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallItem",
        tablename="mall_item",
        constraint_name="mall_item_kind",
        constraint_class=Check,
        params={
            "condition": "kind IN ('voucher', 'external', 'goods', 'benefit')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallItem",
        tablename="mall_item",
        constraint_name="mall_item_benefit",
        constraint_class=Check,
        params={
            "condition": "(kind = 'benefit') = (benefit IS NOT NULL) AND benefit IN ('free_shipping', 'level', 'named')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallItem",
        tablename="mall_item",
        constraint_name="mall_item_template",
        constraint_class=Check,
        params={
            "condition": "(kind IN ('voucher', 'external') OR coalesce(benefit = 'free_shipping', false)) = (voucher_template IS NOT NULL)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallItem",
        tablename="mall_item",
        constraint_name="mall_item_level",
        constraint_class=Check,
        params={
            "condition": "coalesce(benefit = 'level', false) = (level IS NOT NULL AND level_days IS NOT NULL)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallItem",
        tablename="mall_item",
        constraint_name="mall_item_level_days",
        constraint_class=Check,
        params={
            "condition": "level_days IS NULL OR level_days BETWEEN 1 AND 3650"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallItem",
        tablename="mall_item",
        constraint_name="mall_item_with_order",
        constraint_class=Check,
        params={"condition": "kind = 'goods' OR NOT with_order"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallItem",
        tablename="mall_item",
        constraint_name="mall_item_image",
        constraint_class=Check,
        params={
            "condition": "image = '' OR (image ~ '^/[A-Za-z0-9._~%/-]+$' AND image !~ '//')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallItem",
        tablename="mall_item",
        constraint_name="mall_item_price",
        constraint_class=Check,
        params={
            "condition": "points BETWEEN 0 AND 1000000000 AND cash >= 0 AND cost >= 0"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallItem",
        tablename="mall_item",
        constraint_name="mall_item_budget",
        constraint_class=Check,
        params={"condition": "budget IS NULL OR budget >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallItem",
        tablename="mall_item",
        constraint_name="mall_item_limits",
        constraint_class=Check,
        params={
            "condition": "coalesce(limit_ever, 1) > 0 AND coalesce(limit_day, 1) > 0 AND coalesce(limit_week, 1) > 0 AND coalesce(limit_month, 1) > 0 AND coalesce(quota, 1) > 0"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallItem",
        tablename="mall_item",
        constraint_name="mall_item_quota_period",
        constraint_class=Check,
        params={"condition": "quota_period IN ('day', 'week', 'month')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallItem",
        tablename="mall_item",
        constraint_name="mall_item_window",
        constraint_class=Check,
        params={
            "condition": "starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallItem",
        tablename="mall_item",
        constraint_name="mall_item_state",
        constraint_class=Check,
        params={"condition": "state IN ('draft', 'live', 'paused', 'ended')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherPolicy",
        tablename="voucher_policy",
        constraint_name="voucher_policy_single",
        constraint_class=Check,
        params={"condition": "id = 1"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherPolicy",
        tablename="voucher_policy",
        constraint_name="voucher_policy_hold_seconds",
        constraint_class=Check,
        params={
            "condition": "hold_seconds BETWEEN 1 AND hold_seconds_max AND hold_seconds_max <= 2592000"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherPolicy",
        tablename="voucher_policy",
        constraint_name="voucher_policy_agent_daily_max",
        constraint_class=Check,
        params={"condition": "agent_daily_max IS NULL OR agent_daily_max >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        constraint_name="check_in_term_kind",
        constraint_class=Check,
        params={
            "condition": "kind IN ('milestone', 'special', 'level', 'first')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        constraint_name="check_in_term_milestone",
        constraint_class=Check,
        params={"condition": "(kind = 'milestone') = (place IS NOT NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        constraint_name="check_in_term_level",
        constraint_class=Check,
        params={"condition": "(kind = 'level') = (level IS NOT NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        constraint_name="check_in_term_special",
        constraint_class=Check,
        params={
            "condition": "(kind = 'special') = (day IS NOT NULL OR (month IS NOT NULL AND month_day IS NOT NULL))"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInTerm",
        tablename="check_in_term",
        constraint_name="check_in_term_bonus",
        constraint_class=Check,
        params={
            "condition": "points BETWEEN 0 AND 1000000 AND growth BETWEEN 0 AND 1000000"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderCapUse",
        tablename="order_cap_use",
        constraint_name="order_cap_use_once",
        constraint_class=Unique,
        params={"columns": ["shop_order", "cap"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderCapUse",
        tablename="order_cap_use",
        constraint_name="order_cap_use_points",
        constraint_class=Check,
        params={"condition": "points >= 0 AND withheld >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInReward",
        tablename="check_in_reward",
        constraint_name="check_in_reward_once",
        constraint_class=Unique,
        params={"columns": ["member", "occasion"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInReward",
        tablename="check_in_reward",
        constraint_name="check_in_reward_some",
        constraint_class=Check,
        params={
            "condition": "points > 0 OR growth > 0 OR voucher_template IS NOT NULL"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ShopTotals",
        tablename="shop_totals",
        constraint_name="shop_totals_slot",
        constraint_class=Check,
        params={"condition": "slot BETWEEN 0 AND 15"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherCheckout",
        tablename="voucher_checkout",
        constraint_name="voucher_checkout_amounts",
        constraint_class=Check,
        params={"condition": "order_amount >= 0 AND refunded >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        constraint_name="check_in_special_date_when",
        constraint_class=Check,
        params={
            "condition": "(day IS NULL) <> (month IS NULL) AND (month IS NULL) = (month_day IS NULL) AND month BETWEEN 1 AND 12 AND month_day BETWEEN 1 AND 31"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        constraint_name="check_in_special_date_bonus",
        constraint_class=Check,
        params={
            "condition": "points BETWEEN 0 AND 1000000 AND growth BETWEEN 0 AND 1000000"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        constraint_name="check_in_special_date_multiplier",
        constraint_class=Check,
        params={"condition": "multiplier BETWEEN 1 AND 99"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInSpecialDate",
        tablename="check_in_special_date",
        constraint_name="check_in_special_date_some",
        constraint_class=Check,
        params={
            "condition": "multiplier > 1 OR points > 0 OR growth > 0 OR voucher_template IS NOT NULL"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherLevel",
        tablename="voucher_level",
        constraint_name="voucher_level_once",
        constraint_class=Unique,
        params={"columns": ["template", "level"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsBatch",
        tablename="points_batch",
        constraint_name="points_batch_undone",
        constraint_class=Check,
        params={"condition": "(undone_at IS NULL) = (undone_until IS NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        constraint_name="profile_activity_named",
        constraint_class=Check,
        params={"condition": "name_en <> '' OR name_zh <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        constraint_name="profile_activity_state",
        constraint_class=Check,
        params={"condition": "state IN ('draft', 'live', 'paused', 'ended')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        constraint_name="profile_activity_earlier",
        constraint_class=Check,
        params={"condition": "earlier IN ('count', 'reward')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        constraint_name="profile_activity_window",
        constraint_class=Check,
        params={
            "condition": "starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ProfileActivity",
        tablename="profile_activity",
        constraint_name="profile_activity_points",
        constraint_class=Check,
        params={"condition": "whole_points BETWEEN 0 AND 1000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="RewardBudgetUse",
        tablename="reward_budget_use",
        constraint_name="reward_budget_use_once",
        constraint_class=Unique,
        params={"columns": ["budget", "starts_on"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="RewardBudgetUse",
        tablename="reward_budget_use",
        constraint_name="reward_budget_use_points",
        constraint_class=Check,
        params={"condition": "points >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MemberErasureCount",
        tablename="member_erasure_count",
        constraint_name="member_erasure_count_once",
        constraint_class=Unique,
        params={"columns": ["erasure", "held_in"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderRule",
        tablename="order_rule",
        constraint_name="order_rule_multiplier",
        constraint_class=Check,
        params={"condition": "multiplier BETWEEN 0 AND 100"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderRule",
        tablename="order_rule",
        constraint_name="order_rule_extra_points",
        constraint_class=Check,
        params={"condition": "extra_points BETWEEN 0 AND 1000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderRule",
        tablename="order_rule",
        constraint_name="order_rule_window",
        constraint_class=Check,
        params={"condition": "ends_at > starts_at"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInMakeUp",
        tablename="check_in_make_up",
        constraint_name="check_in_make_up_number",
        constraint_class=Unique,
        params={"columns": ["member", "month", "number"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInMakeUp",
        tablename="check_in_make_up",
        constraint_name="check_in_make_up_price",
        constraint_class=Check,
        params={"condition": "price >= 0 AND number >= 1"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderTerms",
        tablename="order_terms",
        constraint_name="order_terms_award_on",
        constraint_class=Check,
        params={"condition": "award_on IN ('paid', 'delivered', 'completed')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderTerms",
        tablename="order_terms",
        constraint_name="order_terms_rounding",
        constraint_class=Check,
        params={"condition": "rounding IN ('down', 'half_up', 'up')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherPoolCode",
        tablename="voucher_pool_code",
        constraint_name="voucher_pool_code_once",
        constraint_class=Unique,
        params={"columns": ["template", "code_digest"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInReminder",
        tablename="check_in_reminder",
        constraint_name="check_in_reminder_hour",
        constraint_class=Check,
        params={"condition": "hour BETWEEN 0 AND 23"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsDebt",
        tablename="points_debt",
        constraint_name="points_debt_points",
        constraint_class=Check,
        params={"condition": "points <> 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInLevelBonus",
        tablename="check_in_level_bonus",
        constraint_name="check_in_level_bonus_points",
        constraint_class=Check,
        params={"condition": "points BETWEEN 0 AND 1000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInLevelBonus",
        tablename="check_in_level_bonus",
        constraint_name="check_in_level_bonus_multiplier",
        constraint_class=Check,
        params={"condition": "multiplier BETWEEN 1 AND 99"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInLevelBonus",
        tablename="check_in_level_bonus",
        constraint_name="check_in_level_bonus_some",
        constraint_class=Check,
        params={"condition": "multiplier > 1 OR points > 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInLevelBonus",
        tablename="check_in_level_bonus",
        constraint_name="check_in_level_bonus_once",
        constraint_class=Unique,
        params={"columns": ["plan", "level"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsPending",
        tablename="points_pending",
        constraint_name="points_pending_points",
        constraint_class=Check,
        params={"condition": "points BETWEEN 1 AND 1000000000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsPending",
        tablename="points_pending",
        constraint_name="points_pending_once",
        constraint_class=Check,
        params={"condition": "once <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsPending",
        tablename="points_pending",
        constraint_name="points_pending_state",
        constraint_class=Check,
        params={"condition": "state IN ('pending', 'active', 'cancelled')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsPending",
        tablename="points_pending",
        constraint_name="points_pending_remaining",
        constraint_class=Check,
        params={
            "condition": "remaining BETWEEN 0 AND points AND (remaining > 0) = (state = 'pending')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsPending",
        tablename="points_pending",
        constraint_name="points_pending_decided",
        constraint_class=Check,
        params={"condition": "(decided_at IS NULL) = (state = 'pending')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallStock",
        tablename="mall_stock",
        constraint_name="mall_stock_within",
        constraint_class=Check,
        params={"condition": "taken >= 0 AND (stock IS NULL OR taken <= stock)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallStock",
        tablename="mall_stock",
        constraint_name="mall_stock_spent",
        constraint_class=Check,
        params={"condition": "spent >= 0 AND period_taken >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherAgentDay",
        tablename="voucher_agent_day",
        constraint_name="voucher_agent_day_once",
        constraint_class=Unique,
        params={"columns": ["staff", "day"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        constraint_name="webhook_delivery_once",
        constraint_class=Unique,
        params={"columns": ["event", "endpoint"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        constraint_name="webhook_delivery_state",
        constraint_class=Check,
        params={
            "condition": "state IN ('ready', 'sending', 'delivered', 'failed', 'cancelled')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        constraint_name="webhook_delivery_leased",
        constraint_class=Check,
        params={"condition": "(state = 'sending') = (lease_until IS NOT NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        constraint_name="webhook_delivery_ended",
        constraint_class=Check,
        params={
            "condition": "(state IN ('delivered', 'failed', 'cancelled')) = (ended_at IS NOT NULL)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookDelivery",
        tablename="webhook_delivery",
        constraint_name="webhook_delivery_attempts",
        constraint_class=Check,
        params={"condition": "attempts BETWEEN 0 AND attempts_ever"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelGiftGiven",
        tablename="level_gift_given",
        constraint_name="level_gift_given_once",
        constraint_class=Unique,
        params={
            "columns": ["member", "level", "occasion"],
            "nulls_distinct": True,
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        constraint_name="check_in_version_number",
        constraint_class=Unique,
        params={"columns": ["plan", "number"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        constraint_name="check_in_version_cycle",
        constraint_class=Check,
        params={
            "condition": "cycle IN ('endless', 'days7', 'days30', 'month', 'days')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        constraint_name="check_in_version_cycle_days",
        constraint_class=Check,
        params={"condition": "(cycle LIKE 'days%') = (cycle_days IS NOT NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInVersion",
        tablename="check_in_version",
        constraint_name="check_in_version_increment_days",
        constraint_class=Check,
        params={"condition": "increment_days BETWEEN 1 AND 366"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderCap",
        tablename="order_cap",
        constraint_name="order_cap_period",
        constraint_class=Unique,
        params={
            "columns": ["cap", "holder", "starts_on"],
            "nulls_distinct": True,
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderCap",
        tablename="order_cap",
        constraint_name="order_cap_known",
        constraint_class=Check,
        params={
            "condition": "cap IN ('member_day', 'member_month', 'shop_day', 'shop_month')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderCap",
        tablename="order_cap",
        constraint_name="order_cap_used",
        constraint_class=Check,
        params={"condition": "used >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MemberMerge",
        tablename="member_merge",
        constraint_name="member_merge_two",
        constraint_class=Check,
        params={"condition": "source <> target"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MemberMerge",
        tablename="member_merge",
        constraint_name="member_merge_source_state",
        constraint_class=Check,
        params={"condition": "source_state IN ('active', 'blocked')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        constraint_name="webhook_endpoint_slot",
        constraint_class=Check,
        params={"condition": "slot BETWEEN 1 AND 10"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        constraint_name="webhook_endpoint_events",
        constraint_class=Check,
        params={"condition": "cardinality(events) BETWEEN 1 AND 100"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        constraint_name="webhook_endpoint_off",
        constraint_class=Check,
        params={"condition": "active = (off_reason = '')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        constraint_name="webhook_endpoint_off_reason",
        constraint_class=Check,
        params={
            "condition": "off_reason IN ('', 'staff', 'gone', 'failing', 'removed')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        constraint_name="webhook_endpoint_removed",
        constraint_class=Check,
        params={
            "condition": "(removed_at IS NOT NULL) = (off_reason = 'removed')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="WebhookEndpoint",
        tablename="webhook_endpoint",
        constraint_name="webhook_endpoint_failing",
        constraint_class=Check,
        params={"condition": "(failures > 0) = (failing_since IS NOT NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderSource",
        tablename="order_source",
        constraint_name="order_source_platform",
        constraint_class=Check,
        params={
            "condition": "platform IN ('taobao', 'jd', 'pdd', 'douyin', 'newegg', 'shopify', 'own')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderSource",
        tablename="order_source",
        constraint_name="order_source_refund_days",
        constraint_class=Check,
        params={"condition": "refund_days BETWEEN 0 AND 365"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderSource",
        tablename="order_source",
        constraint_name="order_source_award_on",
        constraint_class=Check,
        params={"condition": "award_on IN ('paid', 'delivered', 'completed')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsTransfer",
        tablename="points_transfer",
        constraint_name="points_transfer_two",
        constraint_class=Check,
        params={"condition": "source <> target"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsTransfer",
        tablename="points_transfer",
        constraint_name="points_transfer_returned",
        constraint_class=Check,
        params={
            "condition": "returned >= 0 AND (returned = 0 OR undone_at IS NOT NULL)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderLine",
        tablename="order_line",
        constraint_name="order_line_key",
        constraint_class=Unique,
        params={"columns": ["shop_order", "key"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderLine",
        tablename="order_line",
        constraint_name="order_line_points",
        constraint_class=Check,
        params={"condition": "points >= 0 AND points <= gross"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelGift",
        tablename="level_gift",
        constraint_name="level_gift_occasion",
        constraint_class=Check,
        params={"condition": "occasion IN ('reached', 'birthday')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelGift",
        tablename="level_gift",
        constraint_name="level_gift_points",
        constraint_class=Check,
        params={"condition": "points BETWEEN 0 AND 1000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelGift",
        tablename="level_gift",
        constraint_name="level_gift_something",
        constraint_class=Check,
        params={"condition": "points > 0 OR voucher_template IS NOT NULL"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelGift",
        tablename="level_gift",
        constraint_name="level_gift_once",
        constraint_class=Unique,
        params={"columns": ["level", "occasion"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherScope",
        tablename="voucher_scope",
        constraint_name="voucher_scope_once",
        constraint_class=Unique,
        params={"columns": ["template", "kind", "value"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherScope",
        tablename="voucher_scope",
        constraint_name="voucher_scope_kind",
        constraint_class=Check,
        params={"condition": "kind IN ('product', 'category', 'channel')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherScope",
        tablename="voucher_scope",
        constraint_name="voucher_scope_value",
        constraint_class=Check,
        params={"condition": "value <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="BuyerTotals",
        tablename="buyer_totals",
        constraint_name="buyer_totals_counts",
        constraint_class=Check,
        params={"condition": "purchases >= 0 AND purchases <= orders"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="BuyerTotals",
        tablename="buyer_totals",
        constraint_name="buyer_totals_dates",
        constraint_class=Check,
        params={
            "condition": "(first_at IS NULL) = (purchases = 0) AND (last_at IS NULL) = (purchases = 0)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInStanding",
        tablename="check_in_standing",
        constraint_name="check_in_standing_counts",
        constraint_class=Check,
        params={"condition": "streak BETWEEN 1 AND total"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        constraint_name="level_policy_single",
        constraint_class=Check,
        params={"condition": "id = 1"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        constraint_name="level_policy_basis",
        constraint_class=Check,
        params={"condition": "basis IN ('spend', 'growth', 'points')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        constraint_name="level_policy_period",
        constraint_class=Check,
        params={"condition": "period IN ('lifetime', 'rolling', 'year')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        constraint_name="level_policy_period_days",
        constraint_class=Check,
        params={"condition": "period_days BETWEEN 1 AND 3660"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        constraint_name="level_policy_term",
        constraint_class=Check,
        params={"condition": "term IN ('months', 'year_end', 'next_year_end')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        constraint_name="level_policy_term_months",
        constraint_class=Check,
        params={"condition": "term_months BETWEEN 1 AND 120"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        constraint_name="level_policy_grace_days",
        constraint_class=Check,
        params={"condition": "grace_days BETWEEN 0 AND 366"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        constraint_name="level_policy_downgrade",
        constraint_class=Check,
        params={"condition": "downgrade IN ('none', 'one_step', 'to_due')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelPolicy",
        tablename="level_policy",
        constraint_name="level_policy_notices",
        constraint_class=Check,
        params={
            "condition": "first_notice_days BETWEEN 1 AND 366 AND second_notice_days BETWEEN 1 AND 366"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelNotice",
        tablename="level_notice",
        constraint_name="level_notice_once",
        constraint_class=Unique,
        params={"columns": ["hold", "days"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PurchaseCount",
        tablename="purchase_count",
        constraint_name="purchase_count_once",
        constraint_class=Unique,
        params={"columns": ["slot", "purchases"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PurchaseCount",
        tablename="purchase_count",
        constraint_name="purchase_count_members",
        constraint_class=Check,
        params={"condition": "members >= 0 AND purchases > 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsNotice",
        tablename="points_notice",
        constraint_name="points_notice_once",
        constraint_class=Unique,
        params={"columns": ["member", "expires_at"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MallAudience",
        tablename="mall_audience",
        constraint_name="mall_audience_once",
        constraint_class=Unique,
        params={"columns": ["item", "level"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Level",
        tablename="level",
        constraint_name="level_rank",
        constraint_class=Check,
        params={"condition": "rank BETWEEN 1 AND 100"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Level",
        tablename="level",
        constraint_name="level_rank_once",
        constraint_class=Unique,
        params={"columns": ["rank"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Level",
        tablename="level",
        constraint_name="level_threshold",
        constraint_class=Check,
        params={"condition": "threshold >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Level",
        tablename="level",
        constraint_name="level_multiplier",
        constraint_class=Check,
        params={"condition": "multiplier BETWEEN 0 AND 99.99"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Level",
        tablename="level",
        constraint_name="level_named",
        constraint_class=Check,
        params={"condition": "name_en <> '' OR name_zh <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelHold",
        tablename="level_hold",
        constraint_name="level_hold_how",
        constraint_class=Check,
        params={"condition": "how IN ('earned', 'kept', 'at_least', 'at_most')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelHold",
        tablename="level_hold",
        constraint_name="level_hold_earned",
        constraint_class=Check,
        params={
            "condition": "(how = 'earned') = (needed IS NOT NULL AND basis IS NOT NULL AND counted_to IS NOT NULL)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LevelHold",
        tablename="level_hold",
        constraint_name="level_hold_ended",
        constraint_class=Check,
        params={"condition": "(ended IS NULL) = (ended_at IS NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherRefund",
        tablename="voucher_refund",
        constraint_name="voucher_refund_amounts",
        constraint_class=Check,
        params={"condition": "refunded >= 0 AND total > 0 AND withheld >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MemberImport",
        tablename="member_import",
        constraint_name="member_import_state",
        constraint_class=Check,
        params={"condition": "state IN ('running', 'done')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MemberImport",
        tablename="member_import",
        constraint_name="member_import_finished",
        constraint_class=Check,
        params={"condition": "(state = 'done') = (finished_at IS NOT NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MemberImport",
        tablename="member_import",
        constraint_name="member_import_counts",
        constraint_class=Check,
        params={
            "condition": "state <> 'done' OR rows = created + updated + unchanged + failed"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="RewardBudget",
        tablename="reward_budget",
        constraint_name="reward_budget_period",
        constraint_class=Check,
        params={"condition": "period IN ('day', 'month')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="RewardBudget",
        tablename="reward_budget",
        constraint_name="reward_budget_points_max",
        constraint_class=Check,
        params={"condition": "points_max BETWEEN 0 AND 1000000000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="RewardBudget",
        tablename="reward_budget",
        constraint_name="reward_budget_once",
        constraint_class=Unique,
        params={"columns": ["why", "period"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInOutage",
        tablename="check_in_outage",
        constraint_name="check_in_outage_kind",
        constraint_class=Check,
        params={"condition": "kind IN ('declared', 'calendar')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsDay",
        tablename="points_day",
        constraint_name="points_day_span",
        constraint_class=Check,
        params={"condition": "ends_at >= starts_at"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherHours",
        tablename="voucher_hours",
        constraint_name="voucher_hours_weekday",
        constraint_class=Check,
        params={"condition": "weekday IS NULL OR weekday BETWEEN 1 AND 7"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherHours",
        tablename="voucher_hours",
        constraint_name="voucher_hours_order",
        constraint_class=Check,
        params={"condition": "since IS NULL OR until IS NULL OR since < until"},
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Member",
        tablename="member",
        column_name="merged_into",
        db_column_name="merged_into",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.no_action,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAccount",
        tablename="points_account",
        column_name="active_at",
        db_column_name="active_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAccount",
        tablename="points_account",
        column_name="debt",
        db_column_name="debt",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAccount",
        tablename="points_account",
        column_name="pending",
        db_column_name="pending",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsEntry",
        tablename="points_entry",
        column_name="batch",
        db_column_name="batch",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsEntry",
        tablename="points_entry",
        column_name="detail",
        db_column_name="detail",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsEntry",
        tablename="points_entry",
        column_name="recorded_at",
        db_column_name="recorded_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsLot",
        tablename="points_lot",
        column_name="entry",
        db_column_name="entry",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsLot",
        tablename="points_lot",
        column_name="origin",
        db_column_name="origin",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsLot",
        tablename="points_lot",
        column_name="slides",
        db_column_name="slides",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTakeBack",
        tablename="points_take_back",
        column_name="debt",
        db_column_name="debt",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTakeBack",
        tablename="points_take_back",
        column_name="from_entry",
        db_column_name="from_entry",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTakeBack",
        tablename="points_take_back",
        column_name="pending",
        db_column_name="pending",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsTakeBack",
        tablename="points_take_back",
        column_name="why",
        db_column_name="why",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        column_name="activation_days",
        db_column_name="activation_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        column_name="activity_whys",
        db_column_name="activity_whys",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": list,
            "base_column": Varchar(
                length=20,
                default="",
                null=False,
                primary_key=False,
                unique=False,
                index=False,
                index_method=IndexMethod.btree,
                choices=None,
                db_column_name=None,
                secret=False,
            ),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        column_name="adjustment_max",
        db_column_name="adjustment_max",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        column_name="calendar_days",
        db_column_name="calendar_days",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": list,
            "base_column": SmallInt(
                default=0,
                null=False,
                primary_key=False,
                unique=False,
                index=False,
                index_method=IndexMethod.btree,
                choices=None,
                db_column_name=None,
                secret=False,
            ),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        column_name="debt_max",
        db_column_name="debt_max",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        column_name="expiry",
        db_column_name="expiry",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "never",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        column_name="inactivity_days",
        db_column_name="inactivity_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        column_name="minimum_days",
        db_column_name="minimum_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        column_name="notice_days",
        db_column_name="notice_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 30,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        column_name="rounding",
        db_column_name="rounding",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "day",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        column_name="validity_months",
        db_column_name="validity_months",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        column_name="value_amount",
        db_column_name="value_amount",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("1.00"),
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        column_name="value_points",
        db_column_name="value_points",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 100,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="apply_order",
        db_column_name="apply_order",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 100,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="budget",
        db_column_name="budget",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (12, 2),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="cost",
        db_column_name="cost",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (12, 2),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="daily_limit",
        db_column_name="daily_limit",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="first_order_only",
        db_column_name="first_order_only",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="gift_product",
        db_column_name="gift_product",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="gift_quantity",
        db_column_name="gift_quantity",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="given_en",
        db_column_name="given_en",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 200,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="given_zh",
        db_column_name="given_zh",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 200,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="group_max",
        db_column_name="group_max",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="member_daily_limit",
        db_column_name="member_daily_limit",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="member_monthly_limit",
        db_column_name="member_monthly_limit",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="member_weekly_limit",
        db_column_name="member_weekly_limit",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="return_days",
        db_column_name="return_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="stack_group",
        db_column_name="stack_group",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 40,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="stacking",
        db_column_name="stacking",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "stackable",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="transferable",
        db_column_name="transferable",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="warn_below",
        db_column_name="warn_below",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherStock",
        tablename="voucher_stock",
        column_name="day",
        db_column_name="day",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherStock",
        tablename="voucher_stock",
        column_name="issued_today",
        db_column_name="issued_today",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherStock",
        tablename="voucher_stock",
        column_name="promised",
        db_column_name="promised",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (18, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherStock",
        tablename="voucher_stock",
        column_name="spent",
        db_column_name="spent",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (18, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherStock",
        tablename="voucher_stock",
        column_name="used",
        db_column_name="used",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherHolding",
        tablename="voucher_holding",
        column_name="day",
        db_column_name="day",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherHolding",
        tablename="voucher_holding",
        column_name="issued_this_month",
        db_column_name="issued_this_month",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherHolding",
        tablename="voucher_holding",
        column_name="issued_this_week",
        db_column_name="issued_this_week",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherHolding",
        tablename="voucher_holding",
        column_name="issued_today",
        db_column_name="issued_today",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherHolding",
        tablename="voucher_holding",
        column_name="month",
        db_column_name="month",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="VoucherHolding",
        tablename="voucher_holding",
        column_name="week",
        db_column_name="week",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Voucher",
        tablename="voucher",
        column_name="code_digest",
        db_column_name="code_digest",
        column_class_name="Bytea",
        column_class=Bytea,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": True,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Voucher",
        tablename="voucher",
        column_name="code_shut",
        db_column_name="code_shut",
        column_class_name="Bytea",
        column_class=Bytea,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": True,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Voucher",
        tablename="voucher",
        column_name="goods_amount",
        db_column_name="goods_amount",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (12, 2),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Voucher",
        tablename="voucher",
        column_name="handed_on_from",
        db_column_name="handed_on_from",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Voucher",
        tablename="voucher",
        column_name="issued_on",
        db_column_name="issued_on",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Voucher",
        tablename="voucher",
        column_name="withheld",
        db_column_name="withheld",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="RewardGrant",
        tablename="reward_grant",
        column_name="given_on",
        db_column_name="given_on",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="RewardGrant",
        tablename="reward_grant",
        column_name="growth",
        db_column_name="growth",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="RewardGrant",
        tablename="reward_grant",
        column_name="points_refused",
        db_column_name="points_refused",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Order",
        tablename="shop_order",
        column_name="active_at",
        db_column_name="active_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Order",
        tablename="shop_order",
        column_name="cap_asked",
        db_column_name="cap_asked",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Order",
        tablename="shop_order",
        column_name="cap_got",
        db_column_name="cap_got",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Order",
        tablename="shop_order",
        column_name="carrier",
        db_column_name="carrier",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 50,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Order",
        tablename="shop_order",
        column_name="counted",
        db_column_name="counted",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Order",
        tablename="shop_order",
        column_name="delivered_at",
        db_column_name="delivered_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Order",
        tablename="shop_order",
        column_name="level_multiplier",
        db_column_name="level_multiplier",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (6, 3),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Order",
        tablename="shop_order",
        column_name="points_capped",
        db_column_name="points_capped",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Order",
        tablename="shop_order",
        column_name="points_due",
        db_column_name="points_due",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Order",
        tablename="shop_order",
        column_name="shipped_at",
        db_column_name="shipped_at",
        column_class_name="Moment",
        column_class=Moment,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Order",
        tablename="shop_order",
        column_name="shipping",
        db_column_name="shipping",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Order",
        tablename="shop_order",
        column_name="tax",
        db_column_name="tax",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("0"),
            "digits": (12, 2),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Order",
        tablename="shop_order",
        column_name="terms",
        db_column_name="terms",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Order",
        tablename="shop_order",
        column_name="tracking",
        db_column_name="tracking",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderEvent",
        tablename="order_event",
        column_name="carrier",
        db_column_name="carrier",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 50,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderEvent",
        tablename="order_event",
        column_name="lines",
        db_column_name="lines",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderEvent",
        tablename="order_event",
        column_name="shipping",
        db_column_name="shipping",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (12, 2),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderEvent",
        tablename="order_event",
        column_name="tax",
        db_column_name="tax",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (12, 2),
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderEvent",
        tablename="order_event",
        column_name="tracking",
        db_column_name="tracking",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        column_name="by_level",
        db_column_name="by_level",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        column_name="member_day_max",
        db_column_name="member_day_max",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        column_name="member_month_max",
        db_column_name="member_month_max",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        column_name="order_max",
        db_column_name="order_max",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        column_name="refund_days",
        db_column_name="refund_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        column_name="rounding",
        db_column_name="rounding",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "down",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        column_name="shipping_earns",
        db_column_name="shipping_earns",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        column_name="shop_day_max",
        db_column_name="shop_day_max",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        column_name="shop_month_max",
        db_column_name="shop_month_max",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        column_name="tax_earns",
        db_column_name="tax_earns",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        column_name="cycle_days",
        db_column_name="cycle_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        column_name="ends_on",
        db_column_name="ends_on",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        column_name="first_growth",
        db_column_name="first_growth",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        column_name="first_points",
        db_column_name="first_points",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        column_name="first_voucher",
        db_column_name="first_voucher",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": VoucherTemplate,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        column_name="make_up_base",
        db_column_name="make_up_base",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        column_name="make_up_days",
        db_column_name="make_up_days",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        column_name="make_up_milestones",
        db_column_name="make_up_milestones",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        column_name="make_up_per_cycle",
        db_column_name="make_up_per_cycle",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        column_name="make_up_per_month",
        db_column_name="make_up_per_month",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        column_name="make_up_price",
        db_column_name="make_up_price",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        column_name="make_up_step",
        db_column_name="make_up_step",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        column_name="starts_on",
        db_column_name="starts_on",
        column_class_name="Date",
        column_class=Date,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        column_name="growth",
        db_column_name="growth",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        column_name="repeats",
        db_column_name="repeats",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": True,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        column_name="slot",
        db_column_name="slot",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckIn",
        tablename="check_in",
        column_name="counted",
        db_column_name="counted",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckIn",
        tablename="check_in",
        column_name="made_up",
        db_column_name="made_up",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckIn",
        tablename="check_in",
        column_name="nth",
        db_column_name="nth",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckIn",
        tablename="check_in",
        column_name="version",
        db_column_name="version",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": CheckInVersion,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="CheckIn",
        tablename="check_in",
        column_name="visitor",
        db_column_name="visitor",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.alter_column(
        table_class_name="Voucher",
        tablename="voucher",
        column_name="code",
        db_column_name="code",
        params={"default": None, "null": True},
        old_params={"default": "", "null": False},
        column_class=Varchar,
        old_column_class=Varchar,
        schema="__tenant__",
    )

    manager.alter_column(
        table_class_name="VoucherEvent",
        tablename="voucher_event",
        column_name="kind",
        db_column_name="kind",
        params={"length": 12},
        old_params={"length": 10},
        column_class=Varchar,
        old_column_class=Varchar,
        schema="__tenant__",
    )

    manager.drop_constraint(
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        constraint_name="check_in_milestone_gives",
        schema="__tenant__",
    )

    manager.drop_constraint(
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        constraint_name="check_in_milestone_once",
        schema="__tenant__",
    )

    manager.drop_constraint(
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        constraint_name="check_in_milestone_points",
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Member",
        tablename="member",
        constraint_name="member_merged",
        constraint_class=Check,
        params={
            "condition": "(state <> 'merged' OR merged_into IS NOT NULL) AND (merged_into IS NULL OR state IN ('merged', 'erased'))"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Member",
        tablename="member",
        constraint_name="member_not_into_itself",
        constraint_class=Check,
        params={"condition": "merged_into <> id"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsAccount",
        tablename="points_account",
        constraint_name="points_account_debt",
        constraint_class=Check,
        params={"condition": "debt >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsAccount",
        tablename="points_account",
        constraint_name="points_account_pending",
        constraint_class=Check,
        params={"condition": "pending >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsLot",
        tablename="points_lot",
        constraint_name="points_lot_slides",
        constraint_class=Check,
        params={"condition": "NOT slides OR expires_at IS NULL"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        constraint_name="points_policy_days",
        constraint_class=Check,
        params={
            "condition": "activation_days BETWEEN 0 AND 366 AND minimum_days BETWEEN 0 AND 3660 AND notice_days BETWEEN 0 AND 366 AND inactivity_days BETWEEN 1 AND 36500"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        constraint_name="points_policy_expiry",
        constraint_class=Check,
        params={
            "condition": "expiry IN ('never', 'rolling', 'calendar', 'inactivity')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        constraint_name="points_policy_money",
        constraint_class=Check,
        params={
            "condition": "value_points >= 1 AND value_amount >= 0 AND debt_max >= 0 AND adjustment_max >= 0"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        constraint_name="points_policy_rounding",
        constraint_class=Check,
        params={
            "condition": "rounding IN ('day', 'month', 'quarter', 'half_year', 'year')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        constraint_name="points_policy_validity_months",
        constraint_class=Check,
        params={"condition": "validity_months BETWEEN 1 AND 1200"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_budget",
        constraint_class=Check,
        params={"condition": "budget IS NULL OR budget >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_budgeted",
        constraint_class=Check,
        params={
            "condition": "budget IS NULL OR coalesce(amount, amount_max, cost) IS NOT NULL"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_cost",
        constraint_class=Check,
        params={
            "condition": "cost IS NULL OR (kind IN ('gift', 'benefit', 'external') AND cost >= 0)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_daily_limit",
        constraint_class=Check,
        params={"condition": "daily_limit IS NULL OR daily_limit >= 1"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_gift",
        constraint_class=Check,
        params={
            "condition": "gift_quantity BETWEEN 1 AND 1000 AND (kind = 'gift' OR gift_product = '')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_given",
        constraint_class=Check,
        params={
            "condition": "kind NOT IN ('gift', 'benefit', 'external') OR given_en <> '' OR given_zh <> '' OR gift_product <> ''"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_member_limits",
        constraint_class=Check,
        params={
            "condition": "coalesce(member_daily_limit, 1) >= 1 AND coalesce(member_weekly_limit, 1) >= 1 AND coalesce(member_monthly_limit, 1) >= 1"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_return_days",
        constraint_class=Check,
        params={"condition": "return_days BETWEEN 0 AND 3650"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_stacking",
        constraint_class=Check,
        params={
            "condition": "stacking IN ('exclusive', 'stackable') AND group_max BETWEEN 1 AND 20"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_warn_below",
        constraint_class=Check,
        params={"condition": "warn_below IS NULL OR warn_below >= 1"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherStock",
        tablename="voucher_stock",
        constraint_name="voucher_stock_used",
        constraint_class=Check,
        params={
            "condition": "used BETWEEN 0 AND issued AND promised >= 0 AND spent >= 0 AND issued_today >= 0"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Voucher",
        tablename="voucher",
        constraint_name="voucher_code_kept",
        constraint_class=Check,
        params={
            "condition": "(code IS NULL) = (code_digest IS NOT NULL) AND (code IS NULL) = (code_shut IS NOT NULL)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Voucher",
        tablename="voucher",
        constraint_name="voucher_handed_on",
        constraint_class=Check,
        params={
            "condition": "handed_on_from IS NULL OR handed_on_from <> member"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Voucher",
        tablename="voucher",
        constraint_name="voucher_withheld",
        constraint_class=Check,
        params={
            "condition": "withheld >= 0 AND withheld <= coalesce(discount, 0)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="RewardGrant",
        tablename="reward_grant",
        constraint_name="reward_grant_growth",
        constraint_class=Check,
        params={"condition": "growth BETWEEN 0 AND 1000000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="RewardGrant",
        tablename="reward_grant",
        constraint_name="reward_grant_points_refused",
        constraint_class=Check,
        params={
            "condition": "points_refused >= 0 AND (points_refused = 0 OR points = 0)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Order",
        tablename="shop_order",
        constraint_name="shop_order_capped",
        constraint_class=Check,
        params={
            "condition": "points_capped >= 0 AND points_capped <= points_due AND cap_got <= cap_asked"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        constraint_name="order_policy_member_day_max",
        constraint_class=Check,
        params={"condition": "member_day_max BETWEEN 1 AND 1000000000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        constraint_name="order_policy_member_month_max",
        constraint_class=Check,
        params={"condition": "member_month_max BETWEEN 1 AND 1000000000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        constraint_name="order_policy_order_max",
        constraint_class=Check,
        params={"condition": "order_max BETWEEN 1 AND 1000000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        constraint_name="order_policy_refund_days",
        constraint_class=Check,
        params={"condition": "refund_days BETWEEN 0 AND 365"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        constraint_name="order_policy_rounding",
        constraint_class=Check,
        params={"condition": "rounding IN ('down', 'half_up', 'up')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        constraint_name="order_policy_shop_day_max",
        constraint_class=Check,
        params={"condition": "shop_day_max BETWEEN 1 AND 1000000000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        constraint_name="order_policy_shop_month_max",
        constraint_class=Check,
        params={"condition": "shop_month_max BETWEEN 1 AND 1000000000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        constraint_name="check_in_plan_cycle_days",
        constraint_class=Check,
        params={
            "condition": "(cycle = 'days') = (cycle_days IS NOT NULL) AND cycle_days BETWEEN 2 AND 366"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        constraint_name="check_in_plan_first",
        constraint_class=Check,
        params={
            "condition": "first_points BETWEEN 0 AND 1000000 AND first_growth BETWEEN 0 AND 1000000"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        constraint_name="check_in_plan_make_up",
        constraint_class=Check,
        params={
            "condition": "make_up_days BETWEEN 0 AND 31 AND make_up_price BETWEEN 0 AND 1000000 AND make_up_step BETWEEN 0 AND 1000000 AND make_up_per_cycle BETWEEN 0 AND 366 AND make_up_per_month BETWEEN 0 AND 31"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        constraint_name="check_in_plan_window",
        constraint_class=Check,
        params={"condition": "starts_on <= ends_on"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        constraint_name="check_in_milestone_bonus",
        constraint_class=Check,
        params={
            "condition": "points BETWEEN 0 AND 1000000 AND growth BETWEEN 0 AND 1000000"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        constraint_name="check_in_milestone_place",
        constraint_class=Unique,
        params={"columns": ["plan", "day", "slot"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        constraint_name="check_in_milestone_slot",
        constraint_class=Check,
        params={"condition": "slot BETWEEN 1 AND 9"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        constraint_name="check_in_milestone_some",
        constraint_class=Check,
        params={
            "condition": "points > 0 OR growth > 0 OR voucher_template IS NOT NULL"
        },
        schema="__tenant__",
    )

    return manager
