"""Polls: what can be chosen, who chose what, and how it stands."""

from __future__ import annotations

from piccolo.columns import UUID, Array, BigInt, Boolean, Date, ForeignKey, Integer, Numeric, OnDelete, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.members.tables import Member
from tenants.pictures.tables import Picture
from tenants.segments.tables import Segment
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment
from tenants.vouchers.tables import VoucherTemplate

OPTIONS_MAX = 50
MONEY = (12, 2)


class Poll(Table, tablename="poll", schema=PLACEHOLDER, db=DB):
    """One question with options. A member has one ballot per `period`: `ever`, or each day of the shop.

    A ballot chooses from `choices_min` to `choices_max` options. `results` says when members see how it stands.
    `stock` polls are reported as what to stock.
    """

    id = Id()
    name_en = Varchar(length=200, default="")
    name_zh = Varchar(length=200, default="")
    description_en = Varchar(length=2000, default="")
    description_zh = Varchar(length=2000, default="")
    purpose = Varchar(length=10, default="data")
    picture = ForeignKey(Picture, null=True, default=None, on_delete=OnDelete.restrict)
    state = Varchar(length=10, default="draft")
    starts_at = Moment(null=True)
    ends_at = Moment(null=True)
    segment = ForeignKey(Segment, null=True, default=None, on_delete=OnDelete.restrict)
    period = Varchar(length=5, default="ever")
    choices_min = Integer(default=1)
    choices_max = Integer(default=1)
    changeable = Boolean(default=True)
    results = Varchar(length=12, default="after_vote")
    shuffled = Boolean(default=False)
    stock = Boolean(default=False)
    reward_points = BigInt(default=0)
    reward_voucher = ForeignKey(VoucherTemplate, null=True, default=None, on_delete=OnDelete.restrict)
    created_at = Moment()
    updated_at = Moment()

    poll_named = Check("name_en <> '' OR name_zh <> ''")
    poll_purpose = Check("purpose IN ('stickiness', 'data', 'sales', 'points', 'traffic')")
    poll_state = Check("state IN ('draft', 'live', 'paused', 'ended')")
    poll_window = Check("starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at")
    poll_period = Check("period IN ('ever', 'day')")
    poll_choices = Check(f"choices_min >= 1 AND choices_max BETWEEN choices_min AND {OPTIONS_MAX}")
    poll_results = Check("results IN ('always', 'after_vote', 'after_close', 'staff')")
    poll_reward = Check("reward_points BETWEEN 0 AND 1000000")


class PollOption(Table, tablename="poll_option", schema=PLACEHOLDER, db=DB):
    """One thing that can be chosen. `product` is the shop's own number of it; a price band is from `price_low` on."""

    id = Id()
    poll = ForeignKey(Poll, null=False, on_delete=OnDelete.cascade)
    position = Integer(default=0)
    text_en = Varchar(length=200, default="")
    text_zh = Varchar(length=200, default="")
    picture = ForeignKey(Picture, null=True, default=None, on_delete=OnDelete.restrict)
    product = Varchar(length=100, default="")
    price_low = Numeric(digits=MONEY, null=True, default=None)
    price_high = Numeric(digits=MONEY, null=True, default=None)
    removed = Boolean(default=False)

    poll_option_named = Check("text_en <> '' OR text_zh <> ''")
    poll_option_price = Check("coalesce(price_low, 0) >= 0 AND (price_high IS NULL OR price_high >= price_low)")


class PollTally(Table, tablename="poll_tally", schema=PLACEHOLDER, db=DB):
    """How many ballots chose an option: a narrow row of its own, changed last by each ballot."""

    option = ForeignKey(PollOption, null=False, primary_key=True, on_delete=OnDelete.cascade)
    poll = ForeignKey(Poll, null=False, default=None, on_delete=OnDelete.cascade)
    votes = BigInt(default=0)

    poll_tally_votes = Check("votes >= 0")


class PollTurnout(Table, tablename="poll_turnout", schema=PLACEHOLDER, db=DB):
    """How many ballots stand, how many members have one, and what voting has given so far, vouchers by number."""

    poll = ForeignKey(Poll, null=False, primary_key=True, on_delete=OnDelete.cascade)
    ballots = BigInt(default=0)
    members = BigInt(default=0)
    points = BigInt(default=0)
    vouchers = BigInt(default=0)

    poll_turnout_counts = Check("ballots >= 0 AND members >= 0 AND members <= ballots")
    poll_turnout_given = Check("points >= 0 AND vouchers >= 0")


class PollBallot(Table, tablename="poll_ballot", schema=PLACEHOLDER, db=DB):
    """What one member chose in one period; empty when it was withdrawn. `period` is the day, or 1970-01-01 for ever.

    `previous` is what it was before `version`, so that the statement that changes a ballot also tells by how much.
    """

    id = Id()
    poll = ForeignKey(Poll, null=False, default=None, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    period = Date(default=None, null=False)
    options = Array(base_column=UUID(), default=list)
    previous = Array(base_column=UUID(), default=list)
    version = Integer(default=1)
    at = Moment()
    changed_at = Moment()

    poll_ballot_once = Unique([poll, member, period])
    poll_ballot_options = Check(f"cardinality(options) <= {OPTIONS_MAX}")


TABLES: tuple[type[Table], ...] = (Poll, PollOption, PollTally, PollTurnout, PollBallot)
INDEXES: tuple[str, ...] = (
    "CREATE INDEX poll_open ON __tenant__.poll (id) WHERE state = 'live'",
    "CREATE INDEX poll_option_of ON __tenant__.poll_option (poll, position, id)",
    "CREATE INDEX poll_tally_of ON __tenant__.poll_tally (poll)",
    "CREATE INDEX poll_ballot_member ON __tenant__.poll_ballot (member, id)",
)
