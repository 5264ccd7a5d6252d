"""Saved rules, and the breaks by which buyers are scored."""

from __future__ import annotations

from decimal import Decimal

from piccolo.columns import BigInt, Numeric, Text, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

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


TABLES: tuple[type[Table], ...] = (Segment, RfmBreaks)
INDEXES: tuple[str, ...] = ()
