"""What members bought: the order as it stands, everything that was told of it, and the shop's rule for points."""

from __future__ import annotations

from decimal import Decimal

from piccolo.columns import BigInt, Boolean, Bytea, ForeignKey, Integer, Numeric, OnDelete, SmallInt, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.members.tables import Member
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment

NAME_MAX = 100
SOURCE_MAX = 50


class Order(Table, tablename="shop_order", schema=PLACEHOLDER, db=DB):
    """One order of one member as it stands: a summary of its events, which are the truth.

    The terms on which it earns points are those of the day on which it was first heard of. `points_given` is what
    the member has net of what was taken back; `points_short` is what should have been taken back and was not there.
    """

    id = Id()
    source = Varchar(length=SOURCE_MAX, default=None)
    external_id = Varchar(length=NAME_MAX, default=None)
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    currency = Varchar(length=3, default=None)
    amount = Numeric(digits=(12, 2), default=None)
    refunded = Numeric(digits=(12, 2), default=None)
    items = Integer(default=0)
    state = Varchar(length=10, default=None)
    placed_at = Moment()
    paid_at = Moment(null=True)
    completed_at = Moment(null=True)
    cancelled_at = Moment(null=True)
    award_on = Varchar(length=10, default=None)
    points_per_unit = Numeric(digits=(10, 4), default=None)
    points_given = BigInt(default=0)
    points_short = BigInt(default=0)
    version = Integer(default=1)
    updated_at = Moment()

    shop_order_name = Unique([source, external_id])
    shop_order_amount = Check("amount >= 0")
    shop_order_refunded = Check("refunded >= 0 AND refunded <= amount")
    shop_order_items = Check("items >= 0")
    shop_order_state = Check("state IN ('paid', 'completed', 'cancelled', 'refunded')")
    shop_order_award_on = Check("award_on IN ('paid', 'completed')")
    shop_order_points_per_unit = Check("points_per_unit >= 0")
    shop_order_points = Check("points_given >= 0 AND points_short >= 0 AND points_short <= points_given")


class OrderEvent(Table, tablename="order_event", schema=PLACEHOLDER, db=DB):
    """One thing that a shop told of an order, under a reference of its own. Append-only.

    `amount` is the order's total, for a refund the part that was paid back; `facts` is a digest of what was told, by
    which a repeat is known from a contradiction.
    """

    id = Id()
    shop_order = ForeignKey(Order, null=False, default=None, on_delete=OnDelete.restrict)
    reference = Varchar(length=NAME_MAX, default=None)
    kind = Varchar(length=10, default=None)
    amount = Numeric(digits=(12, 2), null=True, default=None)
    items = Integer(null=True, default=None)
    at = Moment()
    received_at = Moment()
    facts = Bytea(default=None)

    order_event_once = Unique([shop_order, reference])
    order_event_kind = Check("kind IN ('paid', 'completed', 'cancelled', 'refunded')")
    order_event_amount = Check("amount >= 0")
    order_event_amount_told = Check("amount IS NOT NULL OR kind IN ('completed', 'cancelled')")


class OrderPolicy(Table, tablename="order_policy", schema=PLACEHOLDER, db=DB):
    """How many points an order earns and when; exactly one row. An order keeps the terms it was taken in with.

    Points are the net amount times `points_per_unit`, rounded down; they expire as the shop's points do.
    """

    id = SmallInt(primary_key=True, default=1)
    active = Boolean(default=True)
    award_on = Varchar(length=10, default="completed")
    points_per_unit = Numeric(digits=(10, 4), default=Decimal(1))
    updated_at = Moment()

    order_policy_single = Check("id = 1")
    order_policy_award_on = Check("award_on IN ('paid', 'completed')")
    order_policy_points_per_unit = Check("points_per_unit BETWEEN 0 AND 1000")


TABLES: tuple[type[Table], ...] = (Order, OrderEvent, OrderPolicy)
INDEXES: tuple[str, ...] = (
    "CREATE INDEX shop_order_member ON __tenant__.shop_order (member, id)",
    # Most orders end completed; the others are few, and are what staff look for.
    "CREATE INDEX shop_order_not_completed ON __tenant__.shop_order (state, id) WHERE state <> 'completed'",
)
