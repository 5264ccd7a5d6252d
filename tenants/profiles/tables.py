"""Profile completion: which questions are rewarded, and who has answered them."""

from __future__ import annotations

from piccolo.columns import UUID, BigInt, Boolean, ForeignKey, Integer, OnDelete, Text, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.members.tables import Member
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment
from tenants.vouchers.tables import VoucherTemplate


class ProfileActivity(Table, tablename="profile_activity", schema=PLACEHOLDER, db=DB):
    """An activity that rewards members for telling of themselves. One is live at a time.

    `earlier` says what is done with what was known before it: `count` takes it as answered, `reward` also rewards it.
    `swept_upto` is the member up to whom that has been gone through.
    """

    id = Id()
    name_en = Varchar(length=100, default="")
    name_zh = Varchar(length=100, default="")
    state = Varchar(length=10, default="draft")
    starts_at = Moment(null=True)
    ends_at = Moment(null=True)
    earlier = Varchar(length=10, default="count")
    whole_points = BigInt(default=0)
    whole_voucher = ForeignKey(VoucherTemplate, null=True, default=None, on_delete=OnDelete.restrict)
    swept_upto = UUID(null=True, default=None)
    swept = Boolean(default=False)
    created_at = Moment()
    updated_at = Moment()

    profile_activity_named = Check("name_en <> '' OR name_zh <> ''")
    profile_activity_state = Check("state IN ('draft', 'live', 'paused', 'ended')")
    profile_activity_earlier = Check("earlier IN ('count', 'reward')")
    profile_activity_window = Check("starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at")
    profile_activity_points = Check("whole_points BETWEEN 0 AND 1000000")


class ProfileQuestion(Table, tablename="profile_question", schema=PLACEHOLDER, db=DB):
    """One thing that is asked, in which step, and what an answer gives. An attribute is named `attribute.<key>`."""

    id = Id()
    activity = ForeignKey(ProfileActivity, null=False, on_delete=OnDelete.cascade)
    field = Varchar(length=60)
    step = Integer(default=1)
    position = Integer(default=0)
    points = BigInt(default=0)
    voucher_template = ForeignKey(VoucherTemplate, null=True, default=None, on_delete=OnDelete.restrict)

    profile_question_once = Unique([activity, field])
    profile_question_field = Check(
        "field IN ('name', 'phone', 'email', 'gender', 'birthday', 'region', 'occupation')"
        " OR field ~ '^attribute[.][a-z][a-z0-9_]{0,49}$'"
    )
    profile_question_step = Check("step BETWEEN 1 AND 20")
    profile_question_points = Check("points BETWEEN 0 AND 1000000")


class ProfileAnswer(Table, tablename="profile_answer", schema=PLACEHOLDER, db=DB):
    """A field that a member has answered: once for ever, whatever becomes of the answer itself.

    `waiting` for its step to open; then `rewarded`. `earlier` was known before the activity and is not rewarded;
    `known` is a telephone number or address for which another member has been rewarded. `witness` is a keyed hash by
    which such a one is known again.
    """

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    field = Varchar(length=60)
    activity = ForeignKey(ProfileActivity, null=False, on_delete=OnDelete.restrict)
    state = Varchar(length=10, default="waiting")
    points = BigInt(default=0)
    voucher_template = ForeignKey(VoucherTemplate, null=True, default=None, on_delete=OnDelete.restrict)
    once = Varchar(length=190, unique=True)
    witness = Text(null=True, default=None)
    at = Moment()
    rewarded_at = Moment(null=True)

    profile_answer_once = Unique([member, field])
    profile_answer_state = Check("state IN ('waiting', 'rewarded', 'earlier', 'known')")
    profile_answer_rewarded = Check("(state = 'rewarded') = (rewarded_at IS NOT NULL)")
    profile_answer_points = Check("points >= 0 AND (state = 'rewarded' OR points = 0)")


class ProfileCompletion(Table, tablename="profile_completion", schema=PLACEHOLDER, db=DB):
    """A member who has answered everything that an activity asks, once for ever for each activity."""

    id = Id()
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    activity = ForeignKey(ProfileActivity, null=False, on_delete=OnDelete.restrict)
    points = BigInt(default=0)
    voucher_template = ForeignKey(VoucherTemplate, null=True, default=None, on_delete=OnDelete.restrict)
    once = Varchar(length=190, unique=True)
    at = Moment()

    profile_completion_once = Unique([member, activity])
    profile_completion_points = Check("points >= 0")


TABLES: tuple[type[Table], ...] = (ProfileActivity, ProfileQuestion, ProfileAnswer, ProfileCompletion)
INDEXES: tuple[str, ...] = (
    "CREATE UNIQUE INDEX profile_activity_one_live ON __tenant__.profile_activity (state) WHERE state = 'live'",
    (
        "CREATE UNIQUE INDEX profile_answer_witness ON __tenant__.profile_answer (field, witness)"
        " WHERE witness IS NOT NULL"
    ),
    "CREATE INDEX profile_answer_activity ON __tenant__.profile_answer (activity)",
    "CREATE INDEX profile_completion_activity ON __tenant__.profile_completion (activity)",
)
