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
from piccolo.columns.column_types import UUID
from piccolo.columns.column_types import Varchar
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check
from piccolo.constraints import Unique
from piccolo.table import Table
from tenants.kit.clock import now
from tenants.kit.ids import new
from tenants.tenancy.columns import Id
from tenants.tenancy.columns import Moment
import decimal


class Attribute(Table, tablename="attribute", schema="__tenant__"):
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


class Message(Table, tablename="message", schema="__tenant__"):
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


class PointsLot(Table, tablename="points_lot", schema="__tenant__"):
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


class Programme(Table, tablename="programme", schema="__tenant__"):
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


class Staff(Table, tablename="staff", schema="__tenant__"):
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


ID = "2026-11-21T22:19:04:289876"
VERSION = "1.38.0"
DESCRIPTION = "the ground"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="tenant", description=DESCRIPTION
    )

    manager.add_table(
        class_name="PointsPolicy",
        tablename="points_policy",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="StaffSession",
        tablename="staff_session",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="Voucher",
        tablename="voucher",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherEvent",
        tablename="voucher_event",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="LoginAttempt",
        tablename="login_attempt",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="Staff", tablename="staff", schema="__tenant__", columns=None
    )

    manager.add_table(
        class_name="CheckInMilestone",
        tablename="check_in_milestone",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="SpentToken",
        tablename="spent_token",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="InAppMessage",
        tablename="in_app_message",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="RewardGrant",
        tablename="reward_grant",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="Order",
        tablename="shop_order",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="CheckIn",
        tablename="check_in",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="IdempotentReply",
        tablename="idempotent_reply",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PointsUse",
        tablename="points_use",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="Programme",
        tablename="programme",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="Message",
        tablename="message",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PointsLot",
        tablename="points_lot",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherHolding",
        tablename="voucher_holding",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="Member", tablename="member", schema="__tenant__", columns=None
    )

    manager.add_table(
        class_name="Attribute",
        tablename="attribute",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="Audit", tablename="audit", schema="__tenant__", columns=None
    )

    manager.add_table(
        class_name="OrderEvent",
        tablename="order_event",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PointsAccount",
        tablename="points_account",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MemberAddress",
        tablename="member_address",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PointsHold",
        tablename="points_hold",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="OrderPolicy",
        tablename="order_policy",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherTry",
        tablename="voucher_try",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MessageTemplate",
        tablename="message_template",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherTemplate",
        tablename="voucher_template",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="Consent",
        tablename="consent",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PointsEntry",
        tablename="points_entry",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="MemberAttribute",
        tablename="member_attribute",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="CheckInPlan",
        tablename="check_in_plan",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PointsTakeBack",
        tablename="points_take_back",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="BirthdayOccurrence",
        tablename="birthday_occurrence",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="VoucherStock",
        tablename="voucher_stock",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="ConsentEvent",
        tablename="consent_event",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="BirthdayLatest",
        tablename="birthday_latest",
        schema="__tenant__",
        columns=None,
    )

    manager.add_column(
        table_class_name="PointsPolicy",
        tablename="points_policy",
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
        table_class_name="PointsPolicy",
        tablename="points_policy",
        column_name="validity_days",
        db_column_name="validity_days",
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
        table_class_name="StaffSession",
        tablename="staff_session",
        column_name="digest",
        db_column_name="digest",
        column_class_name="Bytea",
        column_class=Bytea,
        params={
            "default": b"",
            "null": False,
            "primary_key": True,
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
        table_class_name="StaffSession",
        tablename="staff_session",
        column_name="staff",
        db_column_name="staff",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Staff,
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
        table_class_name="StaffSession",
        tablename="staff_session",
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
        table_class_name="StaffSession",
        tablename="staff_session",
        column_name="seen_at",
        db_column_name="seen_at",
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
        table_class_name="StaffSession",
        tablename="staff_session",
        column_name="expires_at",
        db_column_name="expires_at",
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
        table_class_name="StaffSession",
        tablename="staff_session",
        column_name="address",
        db_column_name="address",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 64,
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
        table_class_name="Voucher",
        tablename="voucher",
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
        table_class_name="Voucher",
        tablename="voucher",
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
        table_class_name="Voucher",
        tablename="voucher",
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
        table_class_name="Voucher",
        tablename="voucher",
        column_name="code",
        db_column_name="code",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 13,
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
        table_class_name="Voucher",
        tablename="voucher",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "issued",
            "null": False,
            "primary_key": False,
            "unique": False,
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
        column_name="why",
        db_column_name="why",
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
        table_class_name="Voucher",
        tablename="voucher",
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
        table_class_name="Voucher",
        tablename="voucher",
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
        table_class_name="Voucher",
        tablename="voucher",
        column_name="issued_at",
        db_column_name="issued_at",
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
        table_class_name="Voucher",
        tablename="voucher",
        column_name="valid_from",
        db_column_name="valid_from",
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
        table_class_name="Voucher",
        tablename="voucher",
        column_name="valid_until",
        db_column_name="valid_until",
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
        table_class_name="Voucher",
        tablename="voucher",
        column_name="reservation",
        db_column_name="reservation",
        column_class_name="UUID",
        column_class=UUID,
        params={
            "default": None,
            "null": True,
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
        table_class_name="Voucher",
        tablename="voucher",
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
        table_class_name="Voucher",
        tablename="voucher",
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
        table_class_name="Voucher",
        tablename="voucher",
        column_name="order_amount",
        db_column_name="order_amount",
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
        table_class_name="Voucher",
        tablename="voucher",
        column_name="discount",
        db_column_name="discount",
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
        column_name="used_at",
        db_column_name="used_at",
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
        table_class_name="VoucherEvent",
        tablename="voucher_event",
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
        table_class_name="VoucherEvent",
        tablename="voucher_event",
        column_name="voucher",
        db_column_name="voucher",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Voucher,
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
        table_class_name="VoucherEvent",
        tablename="voucher_event",
        column_name="kind",
        db_column_name="kind",
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
        table_class_name="VoucherEvent",
        tablename="voucher_event",
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
        table_class_name="VoucherEvent",
        tablename="voucher_event",
        column_name="reservation",
        db_column_name="reservation",
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
        table_class_name="VoucherEvent",
        tablename="voucher_event",
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
        table_class_name="VoucherEvent",
        tablename="voucher_event",
        column_name="discount",
        db_column_name="discount",
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
        table_class_name="VoucherEvent",
        tablename="voucher_event",
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
        table_class_name="VoucherEvent",
        tablename="voucher_event",
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
        table_class_name="LoginAttempt",
        tablename="login_attempt",
        column_name="key",
        db_column_name="key",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 200,
            "default": "",
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
        table_class_name="LoginAttempt",
        tablename="login_attempt",
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
        table_class_name="LoginAttempt",
        tablename="login_attempt",
        column_name="wait_until",
        db_column_name="wait_until",
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
        table_class_name="LoginAttempt",
        tablename="login_attempt",
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
        table_class_name="Staff",
        tablename="staff",
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
        table_class_name="Staff",
        tablename="staff",
        column_name="username",
        db_column_name="username",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
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
        table_class_name="Staff",
        tablename="staff",
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
        table_class_name="Staff",
        tablename="staff",
        column_name="password",
        db_column_name="password",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 255,
            "default": "",
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
        table_class_name="Staff",
        tablename="staff",
        column_name="role",
        db_column_name="role",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "analyst",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Staff",
        tablename="staff",
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
        table_class_name="Staff",
        tablename="staff",
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
        table_class_name="Staff",
        tablename="staff",
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
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
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
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
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
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        column_name="day",
        db_column_name="day",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 7,
            "null": False,
            "primary_key": False,
            "unique": False,
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
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
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
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
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
        table_class_name="SpentToken",
        tablename="spent_token",
        column_name="digest",
        db_column_name="digest",
        column_class_name="Bytea",
        column_class=Bytea,
        params={
            "default": b"",
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
        table_class_name="SpentToken",
        tablename="spent_token",
        column_name="ends_at",
        db_column_name="ends_at",
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
        table_class_name="InAppMessage",
        tablename="in_app_message",
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
        table_class_name="InAppMessage",
        tablename="in_app_message",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
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
        table_class_name="InAppMessage",
        tablename="in_app_message",
        column_name="message",
        db_column_name="message",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Message,
            "on_delete": OnDelete.cascade,
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
        table_class_name="InAppMessage",
        tablename="in_app_message",
        column_name="title",
        db_column_name="title",
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
        table_class_name="InAppMessage",
        tablename="in_app_message",
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
        table_class_name="InAppMessage",
        tablename="in_app_message",
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
        table_class_name="InAppMessage",
        tablename="in_app_message",
        column_name="read_at",
        db_column_name="read_at",
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
        table_class_name="RewardGrant",
        tablename="reward_grant",
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
        table_class_name="RewardGrant",
        tablename="reward_grant",
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
        table_class_name="RewardGrant",
        tablename="reward_grant",
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
        table_class_name="RewardGrant",
        tablename="reward_grant",
        column_name="points_entry",
        db_column_name="points_entry",
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
        table_class_name="RewardGrant",
        tablename="reward_grant",
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
        table_class_name="RewardGrant",
        tablename="reward_grant",
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
        table_class_name="RewardGrant",
        tablename="reward_grant",
        column_name="voucher_refused",
        db_column_name="voucher_refused",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 60,
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
        table_class_name="RewardGrant",
        tablename="reward_grant",
        column_name="once",
        db_column_name="once",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 190,
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
        table_class_name="RewardGrant",
        tablename="reward_grant",
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
        table_class_name="RewardGrant",
        tablename="reward_grant",
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
        table_class_name="Order",
        tablename="shop_order",
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
        table_class_name="Order",
        tablename="shop_order",
        column_name="source",
        db_column_name="source",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 50,
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
        table_class_name="Order",
        tablename="shop_order",
        column_name="external_id",
        db_column_name="external_id",
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
        table_class_name="Order",
        tablename="shop_order",
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
        table_class_name="Order",
        tablename="shop_order",
        column_name="currency",
        db_column_name="currency",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 3,
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
        table_class_name="Order",
        tablename="shop_order",
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
        table_class_name="Order",
        tablename="shop_order",
        column_name="refunded",
        db_column_name="refunded",
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
        table_class_name="Order",
        tablename="shop_order",
        column_name="items",
        db_column_name="items",
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
        table_class_name="Order",
        tablename="shop_order",
        column_name="state",
        db_column_name="state",
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
        table_class_name="Order",
        tablename="shop_order",
        column_name="placed_at",
        db_column_name="placed_at",
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
        table_class_name="Order",
        tablename="shop_order",
        column_name="paid_at",
        db_column_name="paid_at",
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
        column_name="completed_at",
        db_column_name="completed_at",
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
        column_name="cancelled_at",
        db_column_name="cancelled_at",
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
        table_class_name="Order",
        tablename="shop_order",
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
        table_class_name="Order",
        tablename="shop_order",
        column_name="points_given",
        db_column_name="points_given",
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
        column_name="points_short",
        db_column_name="points_short",
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
        column_name="version",
        db_column_name="version",
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
        table_class_name="Order",
        tablename="shop_order",
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
        table_class_name="CheckIn",
        tablename="check_in",
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
        table_class_name="CheckIn",
        tablename="check_in",
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
        table_class_name="CheckIn",
        tablename="check_in",
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
        table_class_name="CheckIn",
        tablename="check_in",
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
        table_class_name="CheckIn",
        tablename="check_in",
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
        table_class_name="CheckIn",
        tablename="check_in",
        column_name="position",
        db_column_name="position",
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
        table_class_name="CheckIn",
        tablename="check_in",
        column_name="milestone_points",
        db_column_name="milestone_points",
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
        table_class_name="CheckIn",
        tablename="check_in",
        column_name="milestone_voucher",
        db_column_name="milestone_voucher",
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
        table_class_name="CheckIn",
        tablename="check_in",
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
        table_class_name="IdempotentReply",
        tablename="idempotent_reply",
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
        table_class_name="IdempotentReply",
        tablename="idempotent_reply",
        column_name="scope",
        db_column_name="scope",
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
        table_class_name="IdempotentReply",
        tablename="idempotent_reply",
        column_name="key",
        db_column_name="key",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 255,
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
        table_class_name="IdempotentReply",
        tablename="idempotent_reply",
        column_name="digest",
        db_column_name="digest",
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
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="IdempotentReply",
        tablename="idempotent_reply",
        column_name="status",
        db_column_name="status",
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
        table_class_name="IdempotentReply",
        tablename="idempotent_reply",
        column_name="content_type",
        db_column_name="content_type",
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
        table_class_name="IdempotentReply",
        tablename="idempotent_reply",
        column_name="body",
        db_column_name="body",
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
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="IdempotentReply",
        tablename="idempotent_reply",
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
        table_class_name="IdempotentReply",
        tablename="idempotent_reply",
        column_name="until",
        db_column_name="until",
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
        table_class_name="PointsUse",
        tablename="points_use",
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
        table_class_name="PointsUse",
        tablename="points_use",
        column_name="movement",
        db_column_name="movement",
        column_class_name="Id",
        column_class=Id,
        params={
            "default": new,
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
        table_class_name="PointsUse",
        tablename="points_use",
        column_name="lot",
        db_column_name="lot",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": PointsLot,
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
        table_class_name="PointsUse",
        tablename="points_use",
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
        table_class_name="Programme",
        tablename="programme",
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
        table_class_name="Programme",
        tablename="programme",
        column_name="kind",
        db_column_name="kind",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 30,
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
        table_class_name="Programme",
        tablename="programme",
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
        table_class_name="Programme",
        tablename="programme",
        column_name="active_since",
        db_column_name="active_since",
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
        table_class_name="Programme",
        tablename="programme",
        column_name="send_hour",
        db_column_name="send_hour",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 9,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Programme",
        tablename="programme",
        column_name="channels",
        db_column_name="channels",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": list,
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
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Programme",
        tablename="programme",
        column_name="needs_consent",
        db_column_name="needs_consent",
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
        table_class_name="Programme",
        tablename="programme",
        column_name="gift_points",
        db_column_name="gift_points",
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
        table_class_name="Programme",
        tablename="programme",
        column_name="gift_template",
        db_column_name="gift_template",
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
        table_class_name="Programme",
        tablename="programme",
        column_name="leap_rule",
        db_column_name="leap_rule",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 5,
            "default": "feb28",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Programme",
        tablename="programme",
        column_name="catch_up_days",
        db_column_name="catch_up_days",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 3,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Programme",
        tablename="programme",
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
        table_class_name="Programme",
        tablename="programme",
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
        table_class_name="Message",
        tablename="message",
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
        table_class_name="Message",
        tablename="message",
        column_name="programme",
        db_column_name="programme",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Programme,
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
        table_class_name="Message",
        tablename="message",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
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
        table_class_name="Message",
        tablename="message",
        column_name="occurrence",
        db_column_name="occurrence",
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
        table_class_name="Message",
        tablename="message",
        column_name="channel",
        db_column_name="channel",
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
        table_class_name="Message",
        tablename="message",
        column_name="key",
        db_column_name="key",
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
        table_class_name="Message",
        tablename="message",
        column_name="test",
        db_column_name="test",
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
        table_class_name="Message",
        tablename="message",
        column_name="language",
        db_column_name="language",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 2,
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
        table_class_name="Message",
        tablename="message",
        column_name="to_address",
        db_column_name="to_address",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 254,
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
        table_class_name="Message",
        tablename="message",
        column_name="subject",
        db_column_name="subject",
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
        table_class_name="Message",
        tablename="message",
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
        table_class_name="Message",
        tablename="message",
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
        table_class_name="Message",
        tablename="message",
        column_name="reason",
        db_column_name="reason",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 30,
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
        table_class_name="Message",
        tablename="message",
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
        table_class_name="Message",
        tablename="message",
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
        table_class_name="Message",
        tablename="message",
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
        table_class_name="Message",
        tablename="message",
        column_name="started_at",
        db_column_name="started_at",
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
        table_class_name="Message",
        tablename="message",
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
        table_class_name="Message",
        tablename="message",
        column_name="provider_id",
        db_column_name="provider_id",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 255,
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
        table_class_name="Message",
        tablename="message",
        column_name="error",
        db_column_name="error",
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
        table_class_name="Message",
        tablename="message",
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
        table_class_name="Message",
        tablename="message",
        column_name="sent_at",
        db_column_name="sent_at",
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
        table_class_name="PointsLot",
        tablename="points_lot",
        column_name="member",
        db_column_name="member",
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
        table_class_name="PointsLot",
        tablename="points_lot",
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
        table_class_name="PointsLot",
        tablename="points_lot",
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
        table_class_name="PointsLot",
        tablename="points_lot",
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
        table_class_name="PointsLot",
        tablename="points_lot",
        column_name="earned_at",
        db_column_name="earned_at",
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
        table_class_name="VoucherHolding",
        tablename="voucher_holding",
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
        table_class_name="VoucherHolding",
        tablename="voucher_holding",
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
        table_class_name="VoucherHolding",
        tablename="voucher_holding",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
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
        table_class_name="VoucherHolding",
        tablename="voucher_holding",
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
        table_class_name="Member",
        tablename="member",
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
        table_class_name="Member",
        tablename="member",
        column_name="external_id",
        db_column_name="external_id",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 100,
            "default": None,
            "null": True,
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
        table_class_name="Member",
        tablename="member",
        column_name="name",
        db_column_name="name",
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
        table_class_name="Member",
        tablename="member",
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
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Member",
        tablename="member",
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
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Member",
        tablename="member",
        column_name="gender",
        db_column_name="gender",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "unknown",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Member",
        tablename="member",
        column_name="birth_calendar",
        db_column_name="birth_calendar",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 5,
            "default": "solar",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Member",
        tablename="member",
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
        table_class_name="Member",
        tablename="member",
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
        table_class_name="Member",
        tablename="member",
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
        table_class_name="Member",
        tablename="member",
        column_name="birthday_set_at",
        db_column_name="birthday_set_at",
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
        table_class_name="Member",
        tablename="member",
        column_name="region",
        db_column_name="region",
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
        table_class_name="Member",
        tablename="member",
        column_name="occupation",
        db_column_name="occupation",
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
        table_class_name="Member",
        tablename="member",
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
        table_class_name="Member",
        tablename="member",
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
        table_class_name="Member",
        tablename="member",
        column_name="tags",
        db_column_name="tags",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": list,
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
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Member",
        tablename="member",
        column_name="source",
        db_column_name="source",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 50,
            "default": "api",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Member",
        tablename="member",
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
        table_class_name="Member",
        tablename="member",
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
        table_class_name="Member",
        tablename="member",
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
        table_class_name="Attribute",
        tablename="attribute",
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
        table_class_name="Attribute",
        tablename="attribute",
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
        table_class_name="Attribute",
        tablename="attribute",
        column_name="label_en",
        db_column_name="label_en",
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
        table_class_name="Attribute",
        tablename="attribute",
        column_name="label_zh",
        db_column_name="label_zh",
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
        table_class_name="Attribute",
        tablename="attribute",
        column_name="kind",
        db_column_name="kind",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "text",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Attribute",
        tablename="attribute",
        column_name="choices",
        db_column_name="choices",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": list,
            "base_column": Varchar(
                length=100,
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
        table_class_name="Attribute",
        tablename="attribute",
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
        table_class_name="Audit",
        tablename="audit",
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
        table_class_name="Audit",
        tablename="audit",
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
        table_class_name="Audit",
        tablename="audit",
        column_name="staff",
        db_column_name="staff",
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
        table_class_name="Audit",
        tablename="audit",
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
        table_class_name="Audit",
        tablename="audit",
        column_name="action",
        db_column_name="action",
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
        table_class_name="Audit",
        tablename="audit",
        column_name="subject",
        db_column_name="subject",
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
        table_class_name="Audit",
        tablename="audit",
        column_name="row_id",
        db_column_name="row_id",
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
        table_class_name="Audit",
        tablename="audit",
        column_name="before",
        db_column_name="before",
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
        table_class_name="Audit",
        tablename="audit",
        column_name="after",
        db_column_name="after",
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
        table_class_name="OrderEvent",
        tablename="order_event",
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
        table_class_name="OrderEvent",
        tablename="order_event",
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
        table_class_name="OrderEvent",
        tablename="order_event",
        column_name="reference",
        db_column_name="reference",
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
        table_class_name="OrderEvent",
        tablename="order_event",
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
        table_class_name="OrderEvent",
        tablename="order_event",
        column_name="amount",
        db_column_name="amount",
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
        column_name="items",
        db_column_name="items",
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
        table_class_name="OrderEvent",
        tablename="order_event",
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
        table_class_name="OrderEvent",
        tablename="order_event",
        column_name="received_at",
        db_column_name="received_at",
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
        table_class_name="OrderEvent",
        tablename="order_event",
        column_name="facts",
        db_column_name="facts",
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
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsAccount",
        tablename="points_account",
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
        table_class_name="PointsAccount",
        tablename="points_account",
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
        table_class_name="PointsAccount",
        tablename="points_account",
        column_name="held",
        db_column_name="held",
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
        table_class_name="PointsAccount",
        tablename="points_account",
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
        table_class_name="PointsAccount",
        tablename="points_account",
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
        table_class_name="MemberAddress",
        tablename="member_address",
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
        table_class_name="MemberAddress",
        tablename="member_address",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
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
        table_class_name="MemberAddress",
        tablename="member_address",
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
        table_class_name="MemberAddress",
        tablename="member_address",
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
        table_class_name="MemberAddress",
        tablename="member_address",
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
        table_class_name="MemberAddress",
        tablename="member_address",
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
        table_class_name="MemberAddress",
        tablename="member_address",
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
        table_class_name="MemberAddress",
        tablename="member_address",
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
        table_class_name="MemberAddress",
        tablename="member_address",
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
        table_class_name="MemberAddress",
        tablename="member_address",
        column_name="preferred",
        db_column_name="preferred",
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
        table_class_name="MemberAddress",
        tablename="member_address",
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
        table_class_name="PointsHold",
        tablename="points_hold",
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
        table_class_name="PointsHold",
        tablename="points_hold",
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
        table_class_name="PointsHold",
        tablename="points_hold",
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
        table_class_name="PointsHold",
        tablename="points_hold",
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
        table_class_name="PointsHold",
        tablename="points_hold",
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
        table_class_name="PointsHold",
        tablename="points_hold",
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
        table_class_name="PointsHold",
        tablename="points_hold",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "held",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="PointsHold",
        tablename="points_hold",
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
        table_class_name="PointsHold",
        tablename="points_hold",
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
        table_class_name="PointsHold",
        tablename="points_hold",
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
        table_class_name="OrderPolicy",
        tablename="order_policy",
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
        table_class_name="OrderPolicy",
        tablename="order_policy",
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
        table_class_name="OrderPolicy",
        tablename="order_policy",
        column_name="award_on",
        db_column_name="award_on",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "completed",
            "null": False,
            "primary_key": False,
            "unique": False,
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
        column_name="points_per_unit",
        db_column_name="points_per_unit",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": decimal.Decimal("1"),
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
        table_class_name="OrderPolicy",
        tablename="order_policy",
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
        table_class_name="VoucherTry",
        tablename="voucher_try",
        column_name="who",
        db_column_name="who",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 150,
            "default": "",
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
        table_class_name="VoucherTry",
        tablename="voucher_try",
        column_name="since",
        db_column_name="since",
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
        table_class_name="VoucherTry",
        tablename="voucher_try",
        column_name="fails",
        db_column_name="fails",
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
        table_class_name="MessageTemplate",
        tablename="message_template",
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
        table_class_name="MessageTemplate",
        tablename="message_template",
        column_name="kind",
        db_column_name="kind",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 30,
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
        table_class_name="MessageTemplate",
        tablename="message_template",
        column_name="channel",
        db_column_name="channel",
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
        table_class_name="MessageTemplate",
        tablename="message_template",
        column_name="subject_en",
        db_column_name="subject_en",
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
        table_class_name="MessageTemplate",
        tablename="message_template",
        column_name="subject_zh",
        db_column_name="subject_zh",
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
        table_class_name="MessageTemplate",
        tablename="message_template",
        column_name="body_en",
        db_column_name="body_en",
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
        table_class_name="MessageTemplate",
        tablename="message_template",
        column_name="body_zh",
        db_column_name="body_zh",
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
        table_class_name="MessageTemplate",
        tablename="message_template",
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
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
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
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
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
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
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
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="kind",
        db_column_name="kind",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 15,
            "default": "amount",
            "null": False,
            "primary_key": False,
            "unique": False,
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
        column_name="amount",
        db_column_name="amount",
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
        column_name="percent",
        db_column_name="percent",
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
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="amount_max",
        db_column_name="amount_max",
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
        column_name="threshold",
        db_column_name="threshold",
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
        column_name="validity",
        db_column_name="validity",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "relative",
            "null": False,
            "primary_key": False,
            "unique": False,
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
        column_name="valid_from",
        db_column_name="valid_from",
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
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="valid_until",
        db_column_name="valid_until",
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
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="valid_days",
        db_column_name="valid_days",
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
        column_name="delay_days",
        db_column_name="delay_days",
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
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="per_member_limit",
        db_column_name="per_member_limit",
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
        column_name="claimable",
        db_column_name="claimable",
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
        column_name="claim_from",
        db_column_name="claim_from",
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
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
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
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
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
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="notes_en",
        db_column_name="notes_en",
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
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        column_name="notes_zh",
        db_column_name="notes_zh",
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
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
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
        table_class_name="Consent",
        tablename="consent",
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
        table_class_name="Consent",
        tablename="consent",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
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
        table_class_name="Consent",
        tablename="consent",
        column_name="channel",
        db_column_name="channel",
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
        table_class_name="Consent",
        tablename="consent",
        column_name="granted",
        db_column_name="granted",
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
        table_class_name="Consent",
        tablename="consent",
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
        table_class_name="Consent",
        tablename="consent",
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
        table_class_name="PointsEntry",
        tablename="points_entry",
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
        table_class_name="PointsEntry",
        tablename="points_entry",
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
        table_class_name="PointsEntry",
        tablename="points_entry",
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
        table_class_name="PointsEntry",
        tablename="points_entry",
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
        table_class_name="PointsEntry",
        tablename="points_entry",
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
        table_class_name="PointsEntry",
        tablename="points_entry",
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
        table_class_name="PointsEntry",
        tablename="points_entry",
        column_name="reverses",
        db_column_name="reverses",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": "self",
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
        table_class_name="PointsEntry",
        tablename="points_entry",
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
        table_class_name="MemberAttribute",
        tablename="member_attribute",
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
        table_class_name="MemberAttribute",
        tablename="member_attribute",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
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
        table_class_name="MemberAttribute",
        tablename="member_attribute",
        column_name="attribute",
        db_column_name="attribute",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Attribute,
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
        table_class_name="MemberAttribute",
        tablename="member_attribute",
        column_name="value",
        db_column_name="value",
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
        table_class_name="MemberAttribute",
        tablename="member_attribute",
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
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
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
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
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
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
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
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
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
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
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
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
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
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
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
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
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
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
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
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
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
        table_class_name="PointsTakeBack",
        tablename="points_take_back",
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
        table_class_name="PointsTakeBack",
        tablename="points_take_back",
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
        table_class_name="PointsTakeBack",
        tablename="points_take_back",
        column_name="wanted",
        db_column_name="wanted",
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
        table_class_name="PointsTakeBack",
        tablename="points_take_back",
        column_name="taken",
        db_column_name="taken",
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
        table_class_name="PointsTakeBack",
        tablename="points_take_back",
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
        table_class_name="PointsTakeBack",
        tablename="points_take_back",
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
        table_class_name="BirthdayOccurrence",
        tablename="birthday_occurrence",
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
        table_class_name="BirthdayOccurrence",
        tablename="birthday_occurrence",
        column_name="programme",
        db_column_name="programme",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Programme,
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
        table_class_name="BirthdayOccurrence",
        tablename="birthday_occurrence",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
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
        table_class_name="BirthdayOccurrence",
        tablename="birthday_occurrence",
        column_name="occurrence",
        db_column_name="occurrence",
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
        table_class_name="BirthdayOccurrence",
        tablename="birthday_occurrence",
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
        table_class_name="BirthdayOccurrence",
        tablename="birthday_occurrence",
        column_name="gift",
        db_column_name="gift",
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
        table_class_name="BirthdayOccurrence",
        tablename="birthday_occurrence",
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
        table_class_name="VoucherStock",
        tablename="voucher_stock",
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
        table_class_name="VoucherStock",
        tablename="voucher_stock",
        column_name="issued",
        db_column_name="issued",
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
        table_class_name="ConsentEvent",
        tablename="consent_event",
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
        table_class_name="ConsentEvent",
        tablename="consent_event",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
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
        table_class_name="ConsentEvent",
        tablename="consent_event",
        column_name="channel",
        db_column_name="channel",
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
        table_class_name="ConsentEvent",
        tablename="consent_event",
        column_name="granted",
        db_column_name="granted",
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
        table_class_name="ConsentEvent",
        tablename="consent_event",
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
        table_class_name="ConsentEvent",
        tablename="consent_event",
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
        table_class_name="ConsentEvent",
        tablename="consent_event",
        column_name="evidence",
        db_column_name="evidence",
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
        table_class_name="ConsentEvent",
        tablename="consent_event",
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
        table_class_name="ConsentEvent",
        tablename="consent_event",
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
        table_class_name="BirthdayLatest",
        tablename="birthday_latest",
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
        table_class_name="BirthdayLatest",
        tablename="birthday_latest",
        column_name="programme",
        db_column_name="programme",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Programme,
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
        table_class_name="BirthdayLatest",
        tablename="birthday_latest",
        column_name="member",
        db_column_name="member",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Member,
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
        table_class_name="BirthdayLatest",
        tablename="birthday_latest",
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

    manager.add_constraint(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        constraint_name="points_policy_single",
        constraint_class=Check,
        params={"condition": "id = 1"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsPolicy",
        tablename="points_policy",
        constraint_name="points_policy_validity_days",
        constraint_class=Check,
        params={"condition": "validity_days BETWEEN 1 AND 36500"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Voucher",
        tablename="voucher",
        constraint_name="voucher_state",
        constraint_class=Check,
        params={
            "condition": "state IN ('issued', 'reserved', 'used', 'expired', 'revoked')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Voucher",
        tablename="voucher",
        constraint_name="voucher_code",
        constraint_class=Check,
        params={"condition": "code ~ '^[2-9A-HJKMNP-Z]{13}$'"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Voucher",
        tablename="voucher",
        constraint_name="voucher_why",
        constraint_class=Check,
        params={"condition": "why ~ '^[a-z][a-z0-9_.]*$'"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Voucher",
        tablename="voucher",
        constraint_name="voucher_valid",
        constraint_class=Check,
        params={"condition": "valid_from < valid_until"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Voucher",
        tablename="voucher",
        constraint_name="voucher_order",
        constraint_class=Check,
        params={
            "condition": "(state IN ('reserved', 'used')) = (reservation IS NOT NULL) AND (reservation IS NULL) = (order_reference IS NULL) AND (reservation IS NULL) = (order_amount IS NULL) AND (reservation IS NULL) = (discount IS NULL) AND (reservation IS NOT NULL OR shipping_amount IS NULL)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Voucher",
        tablename="voucher",
        constraint_name="voucher_reserved",
        constraint_class=Check,
        params={
            "condition": "(state = 'reserved') = (reserved_until IS NOT NULL)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Voucher",
        tablename="voucher",
        constraint_name="voucher_used",
        constraint_class=Check,
        params={"condition": "(state = 'used') = (used_at IS NOT NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Voucher",
        tablename="voucher",
        constraint_name="voucher_discount",
        constraint_class=Check,
        params={"condition": "discount IS NULL OR discount > 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherEvent",
        tablename="voucher_event",
        constraint_name="voucher_event_kind",
        constraint_class=Check,
        params={
            "condition": "kind IN ('issued', 'reserved', 'released', 'used', 'returned', 'expired', 'revoked')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="LoginAttempt",
        tablename="login_attempt",
        constraint_name="login_attempt_failures",
        constraint_class=Check,
        params={"condition": "failures >= 1"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Staff",
        tablename="staff",
        constraint_name="staff_role",
        constraint_class=Check,
        params={"condition": "role IN ('owner', 'marketer', 'agent', 'analyst')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Staff",
        tablename="staff",
        constraint_name="staff_username",
        constraint_class=Check,
        params={"condition": "username = lower(username) AND username <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Staff",
        tablename="staff",
        constraint_name="staff_locale",
        constraint_class=Check,
        params={"condition": "locale IN ('en', 'zh')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        constraint_name="check_in_milestone_day",
        constraint_class=Check,
        params={"condition": "day BETWEEN 1 AND 366"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        constraint_name="check_in_milestone_points",
        constraint_class=Check,
        params={"condition": "points BETWEEN 0 AND 1000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        constraint_name="check_in_milestone_gives",
        constraint_class=Check,
        params={"condition": "points > 0 OR voucher_template IS NOT NULL"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInMilestone",
        tablename="check_in_milestone",
        constraint_name="check_in_milestone_once",
        constraint_class=Unique,
        params={"columns": ["plan", "day"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="RewardGrant",
        tablename="reward_grant",
        constraint_name="reward_grant_points",
        constraint_class=Check,
        params={
            "condition": "points BETWEEN 0 AND 1000000000 AND (points > 0) = (points_entry IS NOT NULL)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="RewardGrant",
        tablename="reward_grant",
        constraint_name="reward_grant_something",
        constraint_class=Check,
        params={"condition": "points > 0 OR voucher_template IS NOT NULL"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="RewardGrant",
        tablename="reward_grant",
        constraint_name="reward_grant_voucher",
        constraint_class=Check,
        params={
            "condition": "(voucher IS NULL OR voucher_refused IS NULL) AND (voucher_template IS NOT NULL OR (voucher IS NULL AND voucher_refused IS NULL))"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="RewardGrant",
        tablename="reward_grant",
        constraint_name="reward_grant_once",
        constraint_class=Check,
        params={"condition": "once <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Order",
        tablename="shop_order",
        constraint_name="shop_order_name",
        constraint_class=Unique,
        params={"columns": ["source", "external_id"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Order",
        tablename="shop_order",
        constraint_name="shop_order_amount",
        constraint_class=Check,
        params={"condition": "amount >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Order",
        tablename="shop_order",
        constraint_name="shop_order_refunded",
        constraint_class=Check,
        params={"condition": "refunded >= 0 AND refunded <= amount"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Order",
        tablename="shop_order",
        constraint_name="shop_order_items",
        constraint_class=Check,
        params={"condition": "items >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Order",
        tablename="shop_order",
        constraint_name="shop_order_state",
        constraint_class=Check,
        params={
            "condition": "state IN ('paid', 'completed', 'cancelled', 'refunded')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Order",
        tablename="shop_order",
        constraint_name="shop_order_award_on",
        constraint_class=Check,
        params={"condition": "award_on IN ('paid', 'completed')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Order",
        tablename="shop_order",
        constraint_name="shop_order_points_per_unit",
        constraint_class=Check,
        params={"condition": "points_per_unit >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Order",
        tablename="shop_order",
        constraint_name="shop_order_points",
        constraint_class=Check,
        params={
            "condition": "points_given >= 0 AND points_short >= 0 AND points_short <= points_given"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckIn",
        tablename="check_in",
        constraint_name="check_in_once",
        constraint_class=Unique,
        params={"columns": ["member", "day"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckIn",
        tablename="check_in",
        constraint_name="check_in_streak",
        constraint_class=Check,
        params={"condition": "streak >= 1 AND position BETWEEN 1 AND streak"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="IdempotentReply",
        tablename="idempotent_reply",
        constraint_name="idempotent_reply_key",
        constraint_class=Unique,
        params={"columns": ["scope", "key"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsUse",
        tablename="points_use",
        constraint_name="points_use_points",
        constraint_class=Check,
        params={"condition": "points <> 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Programme",
        tablename="programme",
        constraint_name="programme_kind",
        constraint_class=Check,
        params={"condition": "kind IN ('birthday')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Programme",
        tablename="programme",
        constraint_name="programme_active_since",
        constraint_class=Check,
        params={"condition": "active_since IS NOT NULL OR NOT active"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Programme",
        tablename="programme",
        constraint_name="programme_send_hour",
        constraint_class=Check,
        params={"condition": "send_hour BETWEEN 0 AND 23"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Programme",
        tablename="programme",
        constraint_name="programme_channels",
        constraint_class=Check,
        params={"condition": "channels <@ ARRAY['email', 'in_app']::varchar[]"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Programme",
        tablename="programme",
        constraint_name="programme_gift_points",
        constraint_class=Check,
        params={"condition": "gift_points BETWEEN 0 AND 1000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Programme",
        tablename="programme",
        constraint_name="programme_leap_rule",
        constraint_class=Check,
        params={"condition": "leap_rule IN ('feb28', 'mar1')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Programme",
        tablename="programme",
        constraint_name="programme_catch_up_days",
        constraint_class=Check,
        params={"condition": "catch_up_days BETWEEN 0 AND 30"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Message",
        tablename="message",
        constraint_name="message_channel",
        constraint_class=Check,
        params={"condition": "channel IN ('email', 'in_app')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Message",
        tablename="message",
        constraint_name="message_state",
        constraint_class=Check,
        params={
            "condition": "state IN ('ready', 'sending', 'sent', 'unknown', 'failed', 'cancelled', 'skipped')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Message",
        tablename="message",
        constraint_name="message_leased",
        constraint_class=Check,
        params={"condition": "(state = 'sending') = (lease_until IS NOT NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Message",
        tablename="message",
        constraint_name="message_sent",
        constraint_class=Check,
        params={"condition": "(state = 'sent') = (sent_at IS NOT NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Message",
        tablename="message",
        constraint_name="message_occurrence_once",
        constraint_class=Unique,
        params={
            "columns": ["programme", "member", "occurrence", "channel"],
            "nulls_distinct": True,
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsLot",
        tablename="points_lot",
        constraint_name="points_lot_points",
        constraint_class=Check,
        params={"condition": "points > 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsLot",
        tablename="points_lot",
        constraint_name="points_lot_remaining",
        constraint_class=Check,
        params={"condition": "remaining >= 0 AND remaining <= points"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherHolding",
        tablename="voucher_holding",
        constraint_name="voucher_holding_once",
        constraint_class=Unique,
        params={"columns": ["template", "member"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherHolding",
        tablename="voucher_holding",
        constraint_name="voucher_holding_issued",
        constraint_class=Check,
        params={"condition": "issued >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Member",
        tablename="member",
        constraint_name="member_gender",
        constraint_class=Check,
        params={"condition": "gender IN ('female', 'male', 'other', 'unknown')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Member",
        tablename="member",
        constraint_name="member_birth_calendar",
        constraint_class=Check,
        params={"condition": "birth_calendar IN ('solar', 'lunar')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Member",
        tablename="member",
        constraint_name="member_birthday_whole",
        constraint_class=Check,
        params={"condition": "(birth_month IS NULL) = (birth_day IS NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Member",
        tablename="member",
        constraint_name="member_birth_month",
        constraint_class=Check,
        params={"condition": "birth_month BETWEEN 1 AND 12"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Member",
        tablename="member",
        constraint_name="member_birth_day",
        constraint_class=Check,
        params={
            "condition": "birth_day BETWEEN 1 AND CASE WHEN birth_calendar = 'lunar' OR birth_month IN (4, 6, 9, 11) THEN 30 WHEN birth_month = 2 THEN 29 ELSE 31 END"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Member",
        tablename="member",
        constraint_name="member_birth_year",
        constraint_class=Check,
        params={
            "condition": "birth_year IS NULL OR (birth_month IS NOT NULL AND birth_year BETWEEN 1900 AND 2200)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Member",
        tablename="member",
        constraint_name="member_state",
        constraint_class=Check,
        params={"condition": "state IN ('active', 'blocked', 'erased')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Attribute",
        tablename="attribute",
        constraint_name="attribute_kind",
        constraint_class=Check,
        params={
            "condition": "kind IN ('text', 'number', 'date', 'choice', 'yes_no')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Attribute",
        tablename="attribute",
        constraint_name="attribute_key",
        constraint_class=Check,
        params={"condition": "key ~ '^[a-z][a-z0-9_]{0,49}$'"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Audit",
        tablename="audit",
        constraint_name="audit_action",
        constraint_class=Check,
        params={
            "condition": "action IN ('create', 'change', 'delete', 'form', 'login')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderEvent",
        tablename="order_event",
        constraint_name="order_event_once",
        constraint_class=Unique,
        params={"columns": ["shop_order", "reference"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderEvent",
        tablename="order_event",
        constraint_name="order_event_kind",
        constraint_class=Check,
        params={
            "condition": "kind IN ('paid', 'completed', 'cancelled', 'refunded')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderEvent",
        tablename="order_event",
        constraint_name="order_event_amount",
        constraint_class=Check,
        params={"condition": "amount >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderEvent",
        tablename="order_event",
        constraint_name="order_event_amount_told",
        constraint_class=Check,
        params={
            "condition": "amount IS NOT NULL OR kind IN ('completed', 'cancelled')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsAccount",
        tablename="points_account",
        constraint_name="points_account_balance",
        constraint_class=Check,
        params={"condition": "balance >= 0 AND balance = earned - spent"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsAccount",
        tablename="points_account",
        constraint_name="points_account_held",
        constraint_class=Check,
        params={"condition": "held >= 0 AND held <= balance"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsAccount",
        tablename="points_account",
        constraint_name="points_account_totals",
        constraint_class=Check,
        params={"condition": "earned >= 0 AND spent >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsHold",
        tablename="points_hold",
        constraint_name="points_hold_points",
        constraint_class=Check,
        params={"condition": "points BETWEEN 1 AND 1000000000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsHold",
        tablename="points_hold",
        constraint_name="points_hold_once",
        constraint_class=Check,
        params={"condition": "once <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsHold",
        tablename="points_hold",
        constraint_name="points_hold_state",
        constraint_class=Check,
        params={
            "condition": "state IN ('held', 'confirmed', 'released', 'lapsed')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsHold",
        tablename="points_hold",
        constraint_name="points_hold_decided",
        constraint_class=Check,
        params={"condition": "(decided_at IS NULL) = (state = 'held')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsHold",
        tablename="points_hold",
        constraint_name="points_hold_ends",
        constraint_class=Check,
        params={"condition": "ends_at > at"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        constraint_name="order_policy_single",
        constraint_class=Check,
        params={"condition": "id = 1"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        constraint_name="order_policy_award_on",
        constraint_class=Check,
        params={"condition": "award_on IN ('paid', 'completed')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="OrderPolicy",
        tablename="order_policy",
        constraint_name="order_policy_points_per_unit",
        constraint_class=Check,
        params={"condition": "points_per_unit BETWEEN 0 AND 1000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MessageTemplate",
        tablename="message_template",
        constraint_name="message_template_channel",
        constraint_class=Check,
        params={"condition": "channel IN ('email', 'in_app')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MessageTemplate",
        tablename="message_template",
        constraint_name="message_template_once",
        constraint_class=Unique,
        params={"columns": ["kind", "channel"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_named",
        constraint_class=Check,
        params={"condition": "name_en <> '' OR name_zh <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_kind",
        constraint_class=Check,
        params={"condition": "kind IN ('amount', 'percent', 'free_shipping')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_amount",
        constraint_class=Check,
        params={
            "condition": "(kind = 'amount') = (amount IS NOT NULL) AND (amount IS NULL OR amount > 0)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_percent",
        constraint_class=Check,
        params={
            "condition": "(kind = 'percent') = (percent IS NOT NULL) AND (percent IS NULL OR percent BETWEEN 1 AND 100)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_amount_max",
        constraint_class=Check,
        params={
            "condition": "amount_max IS NULL OR (kind = 'percent' AND amount_max > 0)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_threshold",
        constraint_class=Check,
        params={"condition": "threshold IS NULL OR threshold >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_validity",
        constraint_class=Check,
        params={"condition": "validity IN ('fixed', 'relative')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_fixed",
        constraint_class=Check,
        params={
            "condition": "validity <> 'fixed' OR (valid_from IS NOT NULL AND valid_until IS NOT NULL AND valid_from < valid_until)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_relative",
        constraint_class=Check,
        params={
            "condition": "validity <> 'relative' OR (valid_days IS NOT NULL AND valid_days BETWEEN 1 AND 3650)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_delay_days",
        constraint_class=Check,
        params={"condition": "delay_days BETWEEN 0 AND 3650"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_stock",
        constraint_class=Check,
        params={"condition": "stock IS NULL OR stock >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_per_member_limit",
        constraint_class=Check,
        params={"condition": "per_member_limit IS NULL OR per_member_limit >= 1"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_claim_limited",
        constraint_class=Check,
        params={"condition": "NOT claimable OR per_member_limit IS NOT NULL"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_claim_window",
        constraint_class=Check,
        params={
            "condition": "claim_from IS NULL OR claim_until IS NULL OR claim_from < claim_until"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherTemplate",
        tablename="voucher_template",
        constraint_name="voucher_template_state",
        constraint_class=Check,
        params={"condition": "state IN ('draft', 'active', 'paused', 'ended')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Consent",
        tablename="consent",
        constraint_name="consent_channel",
        constraint_class=Check,
        params={"condition": "channel IN ('email', 'sms', 'in_app', 'phone')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Consent",
        tablename="consent",
        constraint_name="consent_once",
        constraint_class=Unique,
        params={"columns": ["member", "channel"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsEntry",
        tablename="points_entry",
        constraint_name="points_entry_points",
        constraint_class=Check,
        params={
            "condition": "points <> 0 AND points BETWEEN -1000000000000 AND 1000000000000"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsEntry",
        tablename="points_entry",
        constraint_name="points_entry_once",
        constraint_class=Check,
        params={"condition": "once <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsEntry",
        tablename="points_entry",
        constraint_name="points_entry_reverses",
        constraint_class=Check,
        params={"condition": "(reverses IS NOT NULL) = (why = 'reversed')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="MemberAttribute",
        tablename="member_attribute",
        constraint_name="member_attribute_once",
        constraint_class=Unique,
        params={"columns": ["member", "attribute"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        constraint_name="check_in_plan_base",
        constraint_class=Check,
        params={"condition": "base BETWEEN 0 AND 1000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        constraint_name="check_in_plan_increment",
        constraint_class=Check,
        params={"condition": "increment BETWEEN 0 AND 1000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        constraint_name="check_in_plan_increment_days",
        constraint_class=Check,
        params={"condition": "increment_days BETWEEN 1 AND 366"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="CheckInPlan",
        tablename="check_in_plan",
        constraint_name="check_in_plan_cycle",
        constraint_class=Check,
        params={"condition": "cycle IN ('endless', 'days7', 'days30', 'month')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PointsTakeBack",
        tablename="points_take_back",
        constraint_name="points_take_back_taken",
        constraint_class=Check,
        params={"condition": "taken >= 0 AND taken <= wanted"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="BirthdayOccurrence",
        tablename="birthday_occurrence",
        constraint_name="birthday_occurrence_once",
        constraint_class=Unique,
        params={
            "columns": ["programme", "member", "occurrence"],
            "nulls_distinct": True,
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="VoucherStock",
        tablename="voucher_stock",
        constraint_name="voucher_stock_within",
        constraint_class=Check,
        params={
            "condition": "issued >= 0 AND (stock IS NULL OR issued <= stock)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ConsentEvent",
        tablename="consent_event",
        constraint_name="consent_event_channel",
        constraint_class=Check,
        params={"condition": "channel IN ('email', 'sms', 'in_app', 'phone')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ConsentEvent",
        tablename="consent_event",
        constraint_name="consent_event_once",
        constraint_class=Unique,
        params={
            "columns": ["member", "channel", "number"],
            "nulls_distinct": True,
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="BirthdayLatest",
        tablename="birthday_latest",
        constraint_name="birthday_latest_once",
        constraint_class=Unique,
        params={"columns": ["programme", "member"], "nulls_distinct": True},
        schema="__tenant__",
    )

    return manager
