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


class Picture(Table, tablename="picture", schema="__tenant__"):
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


class Poll(Table, tablename="poll", schema="__tenant__"):
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


class PollOption(Table, tablename="poll_option", schema="__tenant__"):
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


class Segment(Table, tablename="segment", schema="__tenant__"):
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


class Survey(Table, tablename="survey", schema="__tenant__"):
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


class SurveyInvitation(Table, tablename="survey_invitation", schema="__tenant__"):
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


class SurveyParticipation(
    Table, tablename="survey_participation", schema="__tenant__"
):
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


class SurveyQuota(Table, tablename="survey_quota", schema="__tenant__"):
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


class SurveyResponse(Table, tablename="survey_response", schema="__tenant__"):
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


ID = "2026-11-22T04:14:27:876316"
VERSION = "1.38.0"
DESCRIPTION = "surveys, polls, segments and pictures"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="tenant", description=DESCRIPTION
    )

    manager.add_table(
        class_name="Segment",
        tablename="segment",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="SurveyResponse",
        tablename="survey_response",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="Poll", tablename="poll", schema="__tenant__", columns=None
    )

    manager.add_table(
        class_name="PollTally",
        tablename="poll_tally",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="Picture",
        tablename="picture",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="SurveyEffect",
        tablename="survey_effect",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="SurveyEdit",
        tablename="survey_edit",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PollOption",
        tablename="poll_option",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PollBallot",
        tablename="poll_ballot",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="SegmentLevel",
        tablename="segment_level",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="SurveyQuotaCount",
        tablename="survey_quota_count",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="SurveyQuota",
        tablename="survey_quota",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="SurveyVersion",
        tablename="survey_version",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="SurveyParticipation",
        tablename="survey_participation",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="ShopLook",
        tablename="shop_look",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="PollTurnout",
        tablename="poll_turnout",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="SurveyAnswer",
        tablename="survey_answer",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="SurveyInvitation",
        tablename="survey_invitation",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="Survey", tablename="survey", schema="__tenant__", columns=None
    )

    manager.add_table(
        class_name="SurveyBox",
        tablename="survey_box",
        schema="__tenant__",
        columns=None,
    )

    manager.add_table(
        class_name="RfmBreaks",
        tablename="rfm_breaks",
        schema="__tenant__",
        columns=None,
    )

    manager.add_column(
        table_class_name="Segment",
        tablename="segment",
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
        table_class_name="Segment",
        tablename="segment",
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
        table_class_name="Segment",
        tablename="segment",
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
        table_class_name="Segment",
        tablename="segment",
        column_name="rule",
        db_column_name="rule",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": '{"all": []}',
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Segment",
        tablename="segment",
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
        table_class_name="Segment",
        tablename="segment",
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
        table_class_name="Segment",
        tablename="segment",
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
        column_name="survey",
        db_column_name="survey",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Survey,
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
        column_name="phase",
        db_column_name="phase",
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
        column_name="member",
        db_column_name="member",
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
        column_name="participation",
        db_column_name="participation",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": SurveyParticipation,
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
        column_name="invitation",
        db_column_name="invitation",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": SurveyInvitation,
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
        column_name="via",
        db_column_name="via",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "api",
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
        column_name="language",
        db_column_name="language",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "partial",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="SurveyResponse",
        tablename="survey_response",
        column_name="reached",
        db_column_name="reached",
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
        column_name="suspect",
        db_column_name="suspect",
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
        column_name="level",
        db_column_name="level",
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
        column_name="answers",
        db_column_name="answers",
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
        column_name="updated_at",
        db_column_name="updated_at",
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
        table_class_name="SurveyResponse",
        tablename="survey_response",
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
        table_class_name="Poll",
        tablename="poll",
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
        table_class_name="Poll",
        tablename="poll",
        column_name="name_en",
        db_column_name="name_en",
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
        table_class_name="Poll",
        tablename="poll",
        column_name="name_zh",
        db_column_name="name_zh",
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
        table_class_name="Poll",
        tablename="poll",
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
        table_class_name="Poll",
        tablename="poll",
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
        table_class_name="Poll",
        tablename="poll",
        column_name="purpose",
        db_column_name="purpose",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "data",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Poll",
        tablename="poll",
        column_name="picture",
        db_column_name="picture",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Picture,
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
        table_class_name="Poll",
        tablename="poll",
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
        table_class_name="Poll",
        tablename="poll",
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
        table_class_name="Poll",
        tablename="poll",
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
        table_class_name="Poll",
        tablename="poll",
        column_name="segment",
        db_column_name="segment",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Segment,
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
        table_class_name="Poll",
        tablename="poll",
        column_name="period",
        db_column_name="period",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 5,
            "default": "ever",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Poll",
        tablename="poll",
        column_name="choices_min",
        db_column_name="choices_min",
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
        table_class_name="Poll",
        tablename="poll",
        column_name="choices_max",
        db_column_name="choices_max",
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
        table_class_name="Poll",
        tablename="poll",
        column_name="changeable",
        db_column_name="changeable",
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
        table_class_name="Poll",
        tablename="poll",
        column_name="results",
        db_column_name="results",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 12,
            "default": "after_vote",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Poll",
        tablename="poll",
        column_name="shuffled",
        db_column_name="shuffled",
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
        table_class_name="Poll",
        tablename="poll",
        column_name="stock",
        db_column_name="stock",
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
        table_class_name="Poll",
        tablename="poll",
        column_name="reward_points",
        db_column_name="reward_points",
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
        table_class_name="Poll",
        tablename="poll",
        column_name="reward_voucher",
        db_column_name="reward_voucher",
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
        table_class_name="Poll",
        tablename="poll",
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
        table_class_name="Poll",
        tablename="poll",
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
        table_class_name="PollTally",
        tablename="poll_tally",
        column_name="option",
        db_column_name="option",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": PollOption,
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
        table_class_name="PollTally",
        tablename="poll_tally",
        column_name="poll",
        db_column_name="poll",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Poll,
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
        table_class_name="PollTally",
        tablename="poll_tally",
        column_name="votes",
        db_column_name="votes",
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
        table_class_name="Picture",
        tablename="picture",
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
        table_class_name="Picture",
        tablename="picture",
        column_name="digest",
        db_column_name="digest",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 64,
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
        table_class_name="Picture",
        tablename="picture",
        column_name="media_type",
        db_column_name="media_type",
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
        table_class_name="Picture",
        tablename="picture",
        column_name="width",
        db_column_name="width",
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
        table_class_name="Picture",
        tablename="picture",
        column_name="height",
        db_column_name="height",
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
        table_class_name="Picture",
        tablename="picture",
        column_name="content",
        db_column_name="content",
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
        table_class_name="Picture",
        tablename="picture",
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
        table_class_name="Picture",
        tablename="picture",
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
        table_class_name="SurveyEffect",
        tablename="survey_effect",
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
        table_class_name="SurveyEffect",
        tablename="survey_effect",
        column_name="survey",
        db_column_name="survey",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Survey,
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
        table_class_name="SurveyEffect",
        tablename="survey_effect",
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
        table_class_name="SurveyEffect",
        tablename="survey_effect",
        column_name="response",
        db_column_name="response",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": SurveyResponse,
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
        table_class_name="SurveyEffect",
        tablename="survey_effect",
        column_name="question",
        db_column_name="question",
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
        table_class_name="SurveyEffect",
        tablename="survey_effect",
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
        table_class_name="SurveyEffect",
        tablename="survey_effect",
        column_name="name",
        db_column_name="name",
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
        table_class_name="SurveyEffect",
        tablename="survey_effect",
        column_name="before",
        db_column_name="before",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 500,
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
        table_class_name="SurveyEffect",
        tablename="survey_effect",
        column_name="after",
        db_column_name="after",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 500,
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
        table_class_name="SurveyEffect",
        tablename="survey_effect",
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
        table_class_name="SurveyEdit",
        tablename="survey_edit",
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
        table_class_name="SurveyEdit",
        tablename="survey_edit",
        column_name="survey",
        db_column_name="survey",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Survey,
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
        table_class_name="SurveyEdit",
        tablename="survey_edit",
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
        table_class_name="SurveyEdit",
        tablename="survey_edit",
        column_name="definition",
        db_column_name="definition",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "{}",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="SurveyEdit",
        tablename="survey_edit",
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
        table_class_name="SurveyEdit",
        tablename="survey_edit",
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
        table_class_name="PollOption",
        tablename="poll_option",
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
        table_class_name="PollOption",
        tablename="poll_option",
        column_name="poll",
        db_column_name="poll",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Poll,
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
        table_class_name="PollOption",
        tablename="poll_option",
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
        table_class_name="PollOption",
        tablename="poll_option",
        column_name="text_en",
        db_column_name="text_en",
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
        table_class_name="PollOption",
        tablename="poll_option",
        column_name="text_zh",
        db_column_name="text_zh",
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
        table_class_name="PollOption",
        tablename="poll_option",
        column_name="picture",
        db_column_name="picture",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Picture,
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
        table_class_name="PollOption",
        tablename="poll_option",
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
        table_class_name="PollOption",
        tablename="poll_option",
        column_name="price_low",
        db_column_name="price_low",
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
        table_class_name="PollOption",
        tablename="poll_option",
        column_name="price_high",
        db_column_name="price_high",
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
        table_class_name="PollOption",
        tablename="poll_option",
        column_name="removed",
        db_column_name="removed",
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
        table_class_name="PollBallot",
        tablename="poll_ballot",
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
        table_class_name="PollBallot",
        tablename="poll_ballot",
        column_name="poll",
        db_column_name="poll",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Poll,
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
        table_class_name="PollBallot",
        tablename="poll_ballot",
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
        table_class_name="PollBallot",
        tablename="poll_ballot",
        column_name="period",
        db_column_name="period",
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
        table_class_name="PollBallot",
        tablename="poll_ballot",
        column_name="options",
        db_column_name="options",
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
        table_class_name="PollBallot",
        tablename="poll_ballot",
        column_name="previous",
        db_column_name="previous",
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
        table_class_name="PollBallot",
        tablename="poll_ballot",
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
        table_class_name="PollBallot",
        tablename="poll_ballot",
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
        table_class_name="PollBallot",
        tablename="poll_ballot",
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
        table_class_name="SegmentLevel",
        tablename="segment_level",
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
        table_class_name="SegmentLevel",
        tablename="segment_level",
        column_name="segment",
        db_column_name="segment",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Segment,
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
        table_class_name="SegmentLevel",
        tablename="segment_level",
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
        table_class_name="SurveyQuotaCount",
        tablename="survey_quota_count",
        column_name="quota",
        db_column_name="quota",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": SurveyQuota,
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
        table_class_name="SurveyQuotaCount",
        tablename="survey_quota_count",
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
        table_class_name="SurveyQuotaCount",
        tablename="survey_quota_count",
        column_name="most",
        db_column_name="most",
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
        table_class_name="SurveyQuota",
        tablename="survey_quota",
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
        table_class_name="SurveyQuota",
        tablename="survey_quota",
        column_name="survey",
        db_column_name="survey",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Survey,
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
        table_class_name="SurveyQuota",
        tablename="survey_quota",
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
        table_class_name="SurveyQuota",
        tablename="survey_quota",
        column_name="condition",
        db_column_name="condition",
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
        table_class_name="SurveyQuota",
        tablename="survey_quota",
        column_name="most",
        db_column_name="most",
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
        table_class_name="SurveyQuota",
        tablename="survey_quota",
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
        table_class_name="SurveyVersion",
        tablename="survey_version",
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
        table_class_name="SurveyVersion",
        tablename="survey_version",
        column_name="survey",
        db_column_name="survey",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Survey,
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
        table_class_name="SurveyVersion",
        tablename="survey_version",
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
        table_class_name="SurveyVersion",
        tablename="survey_version",
        column_name="definition",
        db_column_name="definition",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "{}",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="SurveyVersion",
        tablename="survey_version",
        column_name="frozen",
        db_column_name="frozen",
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
        table_class_name="SurveyVersion",
        tablename="survey_version",
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
        table_class_name="SurveyVersion",
        tablename="survey_version",
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
        table_class_name="SurveyParticipation",
        tablename="survey_participation",
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
        table_class_name="SurveyParticipation",
        tablename="survey_participation",
        column_name="survey",
        db_column_name="survey",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Survey,
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
        table_class_name="SurveyParticipation",
        tablename="survey_participation",
        column_name="member",
        db_column_name="member",
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
        table_class_name="SurveyParticipation",
        tablename="survey_participation",
        column_name="visitor",
        db_column_name="visitor",
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
        table_class_name="SurveyParticipation",
        tablename="survey_participation",
        column_name="occurrence",
        db_column_name="occurrence",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 40,
            "default": "ever",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="SurveyParticipation",
        tablename="survey_participation",
        column_name="phase",
        db_column_name="phase",
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
        table_class_name="SurveyParticipation",
        tablename="survey_participation",
        column_name="finished",
        db_column_name="finished",
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
        table_class_name="SurveyParticipation",
        tablename="survey_participation",
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
        table_class_name="SurveyParticipation",
        tablename="survey_participation",
        column_name="quotas",
        db_column_name="quotas",
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
        table_class_name="ShopLook",
        tablename="shop_look",
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
        table_class_name="ShopLook",
        tablename="shop_look",
        column_name="colour",
        db_column_name="colour",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 7,
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
        table_class_name="ShopLook",
        tablename="shop_look",
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
        table_class_name="ShopLook",
        tablename="shop_look",
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
        table_class_name="PollTurnout",
        tablename="poll_turnout",
        column_name="poll",
        db_column_name="poll",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Poll,
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
        table_class_name="PollTurnout",
        tablename="poll_turnout",
        column_name="ballots",
        db_column_name="ballots",
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
        table_class_name="PollTurnout",
        tablename="poll_turnout",
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
        table_class_name="PollTurnout",
        tablename="poll_turnout",
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
        table_class_name="PollTurnout",
        tablename="poll_turnout",
        column_name="vouchers",
        db_column_name="vouchers",
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
        table_class_name="SurveyAnswer",
        tablename="survey_answer",
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
        table_class_name="SurveyAnswer",
        tablename="survey_answer",
        column_name="survey",
        db_column_name="survey",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Survey,
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
        table_class_name="SurveyAnswer",
        tablename="survey_answer",
        column_name="response",
        db_column_name="response",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": SurveyResponse,
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
        table_class_name="SurveyAnswer",
        tablename="survey_answer",
        column_name="question",
        db_column_name="question",
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
        table_class_name="SurveyAnswer",
        tablename="survey_answer",
        column_name="part",
        db_column_name="part",
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
        table_class_name="SurveyAnswer",
        tablename="survey_answer",
        column_name="number",
        db_column_name="number",
        column_class_name="Numeric",
        column_class=Numeric,
        params={
            "default": None,
            "digits": (20, 6),
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
        table_class_name="SurveyAnswer",
        tablename="survey_answer",
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
        table_class_name="SurveyAnswer",
        tablename="survey_answer",
        column_name="choices",
        db_column_name="choices",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": None,
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
        table_class_name="SurveyAnswer",
        tablename="survey_answer",
        column_name="text",
        db_column_name="text",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 5000,
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
        table_class_name="SurveyAnswer",
        tablename="survey_answer",
        column_name="tokens",
        db_column_name="tokens",
        column_class_name="Array",
        column_class=Array,
        params={
            "default": None,
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
        table_class_name="SurveyInvitation",
        tablename="survey_invitation",
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
        table_class_name="SurveyInvitation",
        tablename="survey_invitation",
        column_name="survey",
        db_column_name="survey",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Survey,
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
        table_class_name="SurveyInvitation",
        tablename="survey_invitation",
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
        table_class_name="SurveyInvitation",
        tablename="survey_invitation",
        column_name="once",
        db_column_name="once",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 190,
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
        table_class_name="SurveyInvitation",
        tablename="survey_invitation",
        column_name="source",
        db_column_name="source",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
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
        table_class_name="SurveyInvitation",
        tablename="survey_invitation",
        column_name="opens_at",
        db_column_name="opens_at",
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
        table_class_name="SurveyInvitation",
        tablename="survey_invitation",
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
        table_class_name="SurveyInvitation",
        tablename="survey_invitation",
        column_name="revoked_at",
        db_column_name="revoked_at",
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
        table_class_name="SurveyInvitation",
        tablename="survey_invitation",
        column_name="told_at",
        db_column_name="told_at",
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
        table_class_name="SurveyInvitation",
        tablename="survey_invitation",
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
        table_class_name="Survey",
        tablename="survey",
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
        table_class_name="Survey",
        tablename="survey",
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
        table_class_name="Survey",
        tablename="survey",
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
        table_class_name="Survey",
        tablename="survey",
        column_name="purpose",
        db_column_name="purpose",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "data",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Survey",
        tablename="survey",
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
        table_class_name="Survey",
        tablename="survey",
        column_name="version",
        db_column_name="version",
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
        table_class_name="Survey",
        tablename="survey",
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
        table_class_name="Survey",
        tablename="survey",
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
        table_class_name="Survey",
        tablename="survey",
        column_name="access",
        db_column_name="access",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 10,
            "default": "members",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema="__tenant__",
    )

    manager.add_column(
        table_class_name="Survey",
        tablename="survey",
        column_name="segment",
        db_column_name="segment",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Segment,
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
        table_class_name="Survey",
        tablename="survey",
        column_name="open_link",
        db_column_name="open_link",
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
        table_class_name="Survey",
        tablename="survey",
        column_name="link_key",
        db_column_name="link_key",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 40,
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
        table_class_name="Survey",
        tablename="survey",
        column_name="anonymous",
        db_column_name="anonymous",
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
        table_class_name="Survey",
        tablename="survey",
        column_name="repeat_days",
        db_column_name="repeat_days",
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
        table_class_name="Survey",
        tablename="survey",
        column_name="phase_gap_days",
        db_column_name="phase_gap_days",
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
        table_class_name="Survey",
        tablename="survey",
        column_name="after_event",
        db_column_name="after_event",
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
        table_class_name="Survey",
        tablename="survey",
        column_name="after_days",
        db_column_name="after_days",
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
        table_class_name="Survey",
        tablename="survey",
        column_name="invitation_days",
        db_column_name="invitation_days",
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
        table_class_name="Survey",
        tablename="survey",
        column_name="reward_points",
        db_column_name="reward_points",
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
        table_class_name="Survey",
        tablename="survey",
        column_name="reward_voucher",
        db_column_name="reward_voucher",
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
        table_class_name="Survey",
        tablename="survey",
        column_name="low_question",
        db_column_name="low_question",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 40,
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
        table_class_name="Survey",
        tablename="survey",
        column_name="low_at_most",
        db_column_name="low_at_most",
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
        table_class_name="Survey",
        tablename="survey",
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
        table_class_name="Survey",
        tablename="survey",
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
        table_class_name="SurveyBox",
        tablename="survey_box",
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
        table_class_name="SurveyBox",
        tablename="survey_box",
        column_name="survey",
        db_column_name="survey",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Survey,
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
        table_class_name="SurveyBox",
        tablename="survey_box",
        column_name="sealed",
        db_column_name="sealed",
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
        table_class_name="RfmBreaks",
        tablename="rfm_breaks",
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
        table_class_name="RfmBreaks",
        tablename="rfm_breaks",
        column_name="last_order_at",
        db_column_name="last_order_at",
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
        table_class_name="RfmBreaks",
        tablename="rfm_breaks",
        column_name="orders",
        db_column_name="orders",
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
        table_class_name="RfmBreaks",
        tablename="rfm_breaks",
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
        table_class_name="RfmBreaks",
        tablename="rfm_breaks",
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
        table_class_name="RfmBreaks",
        tablename="rfm_breaks",
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

    manager.add_constraint(
        table_class_name="Segment",
        tablename="segment",
        constraint_name="segment_named",
        constraint_class=Check,
        params={"condition": "name_en <> '' OR name_zh <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Segment",
        tablename="segment",
        constraint_name="segment_rule",
        constraint_class=Check,
        params={"condition": "length(rule) <= 20000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyResponse",
        tablename="survey_response",
        constraint_name="survey_response_participation",
        constraint_class=Unique,
        params={"columns": ["participation"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyResponse",
        tablename="survey_response",
        constraint_name="survey_response_state",
        constraint_class=Check,
        params={"condition": "state IN ('partial', 'complete')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyResponse",
        tablename="survey_response",
        constraint_name="survey_response_via",
        constraint_class=Check,
        params={"condition": "via IN ('api', 'centre', 'link', 'open', 'embed')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyResponse",
        tablename="survey_response",
        constraint_name="survey_response_linked",
        constraint_class=Check,
        params={
            "condition": "participation IS NOT NULL OR (member IS NULL AND state = 'complete')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyResponse",
        tablename="survey_response",
        constraint_name="survey_response_completed",
        constraint_class=Check,
        params={"condition": "state = 'complete' OR completed_at IS NULL"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Poll",
        tablename="poll",
        constraint_name="poll_named",
        constraint_class=Check,
        params={"condition": "name_en <> '' OR name_zh <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Poll",
        tablename="poll",
        constraint_name="poll_purpose",
        constraint_class=Check,
        params={
            "condition": "purpose IN ('stickiness', 'data', 'sales', 'points', 'traffic')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Poll",
        tablename="poll",
        constraint_name="poll_state",
        constraint_class=Check,
        params={"condition": "state IN ('draft', 'live', 'paused', 'ended')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Poll",
        tablename="poll",
        constraint_name="poll_window",
        constraint_class=Check,
        params={
            "condition": "starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Poll",
        tablename="poll",
        constraint_name="poll_period",
        constraint_class=Check,
        params={"condition": "period IN ('ever', 'day')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Poll",
        tablename="poll",
        constraint_name="poll_choices",
        constraint_class=Check,
        params={
            "condition": "choices_min >= 1 AND choices_max BETWEEN choices_min AND 50"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Poll",
        tablename="poll",
        constraint_name="poll_results",
        constraint_class=Check,
        params={
            "condition": "results IN ('always', 'after_vote', 'after_close', 'staff')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Poll",
        tablename="poll",
        constraint_name="poll_reward",
        constraint_class=Check,
        params={"condition": "reward_points BETWEEN 0 AND 1000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PollTally",
        tablename="poll_tally",
        constraint_name="poll_tally_votes",
        constraint_class=Check,
        params={"condition": "votes >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Picture",
        tablename="picture",
        constraint_name="picture_media_type",
        constraint_class=Check,
        params={
            "condition": "media_type IN ('image/webp', 'image/jpeg', 'image/png')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Picture",
        tablename="picture",
        constraint_name="picture_size",
        constraint_class=Check,
        params={
            "condition": "width BETWEEN 1 AND 1600 AND height BETWEEN 1 AND 1600"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Picture",
        tablename="picture",
        constraint_name="picture_content",
        constraint_class=Check,
        params={"condition": "octet_length(content) BETWEEN 1 AND 2000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyEffect",
        tablename="survey_effect",
        constraint_name="survey_effect_kind",
        constraint_class=Check,
        params={"condition": "kind IN ('attribute', 'tag')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyEdit",
        tablename="survey_edit",
        constraint_name="survey_edit_once",
        constraint_class=Unique,
        params={"columns": ["survey", "number"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PollOption",
        tablename="poll_option",
        constraint_name="poll_option_named",
        constraint_class=Check,
        params={"condition": "text_en <> '' OR text_zh <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PollOption",
        tablename="poll_option",
        constraint_name="poll_option_price",
        constraint_class=Check,
        params={
            "condition": "coalesce(price_low, 0) >= 0 AND (price_high IS NULL OR price_high >= price_low)"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PollBallot",
        tablename="poll_ballot",
        constraint_name="poll_ballot_once",
        constraint_class=Unique,
        params={"columns": ["poll", "member", "period"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PollBallot",
        tablename="poll_ballot",
        constraint_name="poll_ballot_options",
        constraint_class=Check,
        params={"condition": "cardinality(options) <= 50"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SegmentLevel",
        tablename="segment_level",
        constraint_name="segment_level_once",
        constraint_class=Unique,
        params={"columns": ["segment", "level"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyQuotaCount",
        tablename="survey_quota_count",
        constraint_name="survey_quota_count_taken",
        constraint_class=Check,
        params={"condition": "taken >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyQuota",
        tablename="survey_quota",
        constraint_name="survey_quota_most",
        constraint_class=Check,
        params={"condition": "most >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyQuota",
        tablename="survey_quota",
        constraint_name="survey_quota_name",
        constraint_class=Unique,
        params={"columns": ["survey", "name"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyVersion",
        tablename="survey_version",
        constraint_name="survey_version_once",
        constraint_class=Unique,
        params={"columns": ["survey", "number"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyVersion",
        tablename="survey_version",
        constraint_name="survey_version_definition",
        constraint_class=Check,
        params={"condition": "length(definition) <= 400000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyVersion",
        tablename="survey_version",
        constraint_name="survey_version_draft",
        constraint_class=Check,
        params={"condition": "number > 0 OR NOT frozen"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyParticipation",
        tablename="survey_participation",
        constraint_name="survey_participation_once",
        constraint_class=Unique,
        params={
            "columns": ["survey", "member", "occurrence", "phase"],
            "nulls_distinct": True,
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyParticipation",
        tablename="survey_participation",
        constraint_name="survey_participation_visitor",
        constraint_class=Unique,
        params={
            "columns": ["survey", "visitor", "occurrence", "phase"],
            "nulls_distinct": True,
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyParticipation",
        tablename="survey_participation",
        constraint_name="survey_participation_somebody",
        constraint_class=Check,
        params={"condition": "(member IS NULL) <> (visitor IS NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyParticipation",
        tablename="survey_participation",
        constraint_name="survey_participation_phase",
        constraint_class=Check,
        params={"condition": "phase BETWEEN 1 AND 20"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ShopLook",
        tablename="shop_look",
        constraint_name="shop_look_single",
        constraint_class=Check,
        params={"condition": "id = 1"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="ShopLook",
        tablename="shop_look",
        constraint_name="shop_look_colour",
        constraint_class=Check,
        params={"condition": "colour ~ '^#[0-9a-f]{6}$'"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PollTurnout",
        tablename="poll_turnout",
        constraint_name="poll_turnout_counts",
        constraint_class=Check,
        params={
            "condition": "ballots >= 0 AND members >= 0 AND members <= ballots"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="PollTurnout",
        tablename="poll_turnout",
        constraint_name="poll_turnout_given",
        constraint_class=Check,
        params={"condition": "points >= 0 AND vouchers >= 0"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyAnswer",
        tablename="survey_answer",
        constraint_name="survey_answer_once",
        constraint_class=Unique,
        params={
            "columns": ["response", "question", "part"],
            "nulls_distinct": True,
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyAnswer",
        tablename="survey_answer",
        constraint_name="survey_answer_something",
        constraint_class=Check,
        params={
            "condition": "number IS NOT NULL OR day IS NOT NULL OR choices IS NOT NULL OR text IS NOT NULL"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyInvitation",
        tablename="survey_invitation",
        constraint_name="survey_invitation_once",
        constraint_class=Unique,
        params={"columns": ["survey", "once"], "nulls_distinct": True},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="SurveyInvitation",
        tablename="survey_invitation",
        constraint_name="survey_invitation_window",
        constraint_class=Check,
        params={"condition": "opens_at < expires_at"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Survey",
        tablename="survey",
        constraint_name="survey_named",
        constraint_class=Check,
        params={"condition": "name_en <> '' OR name_zh <> ''"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Survey",
        tablename="survey",
        constraint_name="survey_purpose",
        constraint_class=Check,
        params={
            "condition": "purpose IN ('stickiness', 'data', 'sales', 'points', 'traffic')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Survey",
        tablename="survey",
        constraint_name="survey_state",
        constraint_class=Check,
        params={"condition": "state IN ('draft', 'live', 'paused', 'ended')"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Survey",
        tablename="survey",
        constraint_name="survey_published",
        constraint_class=Check,
        params={"condition": "state = 'draft' OR version IS NOT NULL"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Survey",
        tablename="survey",
        constraint_name="survey_window",
        constraint_class=Check,
        params={
            "condition": "starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Survey",
        tablename="survey",
        constraint_name="survey_access",
        constraint_class=Check,
        params={
            "condition": "access IN ('members', 'invited') AND (segment IS NULL OR access = 'members')"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Survey",
        tablename="survey",
        constraint_name="survey_link",
        constraint_class=Check,
        params={"condition": "NOT open_link OR link_key IS NOT NULL"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Survey",
        tablename="survey",
        constraint_name="survey_repeat",
        constraint_class=Check,
        params={
            "condition": "repeat_days IS NULL OR repeat_days BETWEEN 1 AND 3650"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Survey",
        tablename="survey",
        constraint_name="survey_gap",
        constraint_class=Check,
        params={"condition": "phase_gap_days BETWEEN 0 AND 3650"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Survey",
        tablename="survey",
        constraint_name="survey_event",
        constraint_class=Check,
        params={
            "condition": "(after_event IS NULL OR after_event IN ('order_delivered', 'order_completed', 'joined', 'level_changed')) AND after_days BETWEEN 0 AND 365 AND invitation_days BETWEEN 1 AND 365"
        },
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Survey",
        tablename="survey",
        constraint_name="survey_reward",
        constraint_class=Check,
        params={"condition": "reward_points BETWEEN 0 AND 1000000"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="Survey",
        tablename="survey",
        constraint_name="survey_low",
        constraint_class=Check,
        params={"condition": "(low_question IS NULL) = (low_at_most IS NULL)"},
        schema="__tenant__",
    )

    manager.add_constraint(
        table_class_name="RfmBreaks",
        tablename="rfm_breaks",
        constraint_name="rfm_breaks_values",
        constraint_class=Check,
        params={"condition": "orders >= 0 AND spent >= 0 AND buyers >= 0"},
        schema="__tenant__",
    )

    manager.alter_column(
        table_class_name="Member",
        tablename="member",
        column_name="merged_into",
        db_column_name="merged_into",
        params={"references": "self"},
        old_params={"references": Member},
        column_class=ForeignKey,
        old_column_class=ForeignKey,
        schema="__tenant__",
    )

    return manager
