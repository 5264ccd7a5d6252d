"""Saved rules, and the breaks by which buyers are scored."""

from __future__ import annotations

from decimal import Decimal

from piccolo.columns import BigInt, ForeignKey, Numeric, OnDelete, Text, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.levels.tables import Level
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment


class Segment(Table, tablename="segment", schema=PLACEHOLDER, db=DB):
    """A rule with a name; `rule` is JSON that only this subject reads and writes."""

    id = Id()
    name_en = Varchar(length=100, default="")
    name_zh = Varchar(length=100, default="")
    rule = Text(default='{"all": []}')
    version = BigInt(default=1)
    created_at = Moment()
    updated_at = Moment()

    segment_named = Check("name_en <> '' OR name_zh <> ''")
    segment_rule = Check("length(rule) <= 20000")


class SegmentLevel(Table, tablename="segment_level", schema=PLACEHOLDER, db=DB):
    """A level that a segment's rule names; it cannot be removed meanwhile."""

    id = Id()
    segment = ForeignKey(Segment, null=False, default=None, on_delete=OnDelete.cascade)
    level = ForeignKey(Level, null=False, default=None, on_delete=OnDelete.restrict)

    segment_level_once = Unique([segment, level])


class RfmBreaks(Table, tablename="rfm_breaks", schema=PLACEHOLDER, db=DB):
    """The medians of the shop's buyers, by which each is scored high or low; the newest row counts.

    `last_order_at`: bought at or after it is recent; `orders` and `spent`: more than it is often and much. `buyers` is
    of how many members they are the medians.
    """

    id = Id()
    last_order_at = Moment(null=True)
    orders = Numeric(digits=(14, 2), default=Decimal(0))
    spent = Numeric(digits=(16, 2), default=Decimal(0))
    buyers = BigInt(default=0)
    at = Moment()

    rfm_breaks_values = Check("orders >= 0 AND spent >= 0 AND buyers >= 0")


TABLES: tuple[type[Table], ...] = (Segment, SegmentLevel, RfmBreaks)
INDEXES: tuple[str, ...] = ("CREATE INDEX segment_level_level ON __tenant__.segment_level (level)",)
