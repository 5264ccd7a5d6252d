"""Surveys: what is asked, of whom, what they answered, and what came of it."""

from __future__ import annotations

from piccolo.columns import (
    UUID,
    Array,
    BigInt,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    OnDelete,
    SmallInt,
    Text,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.members.tables import Member
from tenants.segments.tables import Segment
from tenants.tenancy import DB, PLACEHOLDER, Id, Moment
from tenants.vouchers.tables import VoucherTemplate

ONCE_MAX = 190
TEXT_MAX = 5000
_PURPOSES = "('stickiness', 'data', 'sales', 'points', 'traffic')"


class Survey(Table, tablename="survey", schema=PLACEHOLDER, db=DB):
    """One survey: who may answer it, when, how often and for what reward. What it asks stands in its versions.

    `access`: `members` (all, or those of `segment`), `invited` (only with an invitation). `open_link` lets anybody
    answer who has its address besides. `anonymous` responses know no member. `repeat_days` is null where a member
    answers once, else they may again so many days after their last. `phase_gap_days` lie between the phases of a
    series. `after_event` makes invitations by itself `after_days` days after it. `version` is the one that is
    answered, null before the first publication. `low_at_most`: a score question's answer up to that is a fact for
    others.
    """

    id = Id()
    name_en = Varchar(length=100, default="")
    name_zh = Varchar(length=100, default="")
    purpose = Varchar(length=10, default="data")
    state = Varchar(length=10, default="draft")
    version = Integer(null=True, default=None)
    starts_at = Moment(null=True)
    ends_at = Moment(null=True)
    access = Varchar(length=10, default="members")
    segment = ForeignKey(Segment, null=True, default=None, on_delete=OnDelete.restrict)
    open_link = Boolean(default=False)
    link_key = Varchar(length=40, null=True, default=None)
    anonymous = Boolean(default=False)
    repeat_days = Integer(null=True, default=None)
    phase_gap_days = Integer(default=0)
    after_event = Varchar(length=20, null=True, default=None)
    after_days = Integer(default=0)
    invitation_days = Integer(default=30)
    reward_points = BigInt(default=0)
    reward_voucher = ForeignKey(VoucherTemplate, null=True, default=None, on_delete=OnDelete.restrict)
    low_question = Varchar(length=40, null=True, default=None)
    low_at_most = Integer(null=True, default=None)
    created_at = Moment()
    updated_at = Moment()

    survey_named = Check("name_en <> '' OR name_zh <> ''")
    survey_purpose = Check(f"purpose IN {_PURPOSES}")
    survey_state = Check("state IN ('draft', 'live', 'paused', 'ended')")
    survey_published = Check("state = 'draft' OR version IS NOT NULL")
    survey_window = Check("starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at")
    survey_access = Check("access IN ('members', 'invited') AND (segment IS NULL OR access = 'members')")
    survey_link = Check("NOT open_link OR link_key IS NOT NULL")
    survey_repeat = Check("repeat_days IS NULL OR repeat_days BETWEEN 1 AND 3650")
    survey_gap = Check("phase_gap_days BETWEEN 0 AND 3650")
    survey_event = Check(
        "(after_event IS NULL OR after_event IN ('order_delivered', 'order_completed', 'joined', 'level_changed'))"
        " AND after_days BETWEEN 0 AND 365 AND invitation_days BETWEEN 1 AND 365"
    )
    survey_reward = Check("reward_points BETWEEN 0 AND 1000000")
    survey_low = Check("(low_question IS NULL) = (low_at_most IS NULL)")


class SurveyVersion(Table, tablename="survey_version", schema=PLACEHOLDER, db=DB):
    """What a survey asks, as JSON that only this subject reads and writes: number 0 is the draft.

    A published version is never changed once it has an answer (`frozen`); the next publication makes the next number.
    """

    id = Id()
    survey = ForeignKey(Survey, null=False, on_delete=OnDelete.cascade)
    number = Integer(default=0)
    definition = Text(default="{}")
    frozen = Boolean(default=False)
    created_at = Moment()
    updated_at = Moment()

    survey_version_once = Unique([survey, number])
    survey_version_definition = Check("length(definition) <= 400000")
    survey_version_draft = Check("number > 0 OR NOT frozen")


class SurveyEdit(Table, tablename="survey_edit", schema=PLACEHOLDER, db=DB):
    """The draft as it was before each edit, so that edits can be undone; the last fifty are kept."""

    id = Id()
    survey = ForeignKey(Survey, null=False, on_delete=OnDelete.cascade)
    number = Integer(default=1)
    definition = Text(default="{}")
    recorded_by = Varchar(length=100, default="")
    at = Moment()

    survey_edit_once = Unique([survey, number])


class SurveyQuota(Table, tablename="survey_quota", schema=PLACEHOLDER, db=DB):
    """At most so many complete responses for which a condition holds (an empty one: all of them)."""

    id = Id()
    survey = ForeignKey(Survey, null=False, on_delete=OnDelete.cascade)
    name = Varchar(length=100, default="")
    condition = Varchar(length=2000, default="")
    most = Integer(default=100)
    position = Integer(default=0)

    survey_quota_most = Check("most >= 0")
    survey_quota_name = Unique([survey, name])


class SurveyQuotaCount(Table, tablename="survey_quota_count", schema=PLACEHOLDER, db=DB):
    """How many were taken: a narrow row of its own, changed last by each response. `most` is the quota's."""

    quota = ForeignKey(SurveyQuota, null=False, primary_key=True, on_delete=OnDelete.cascade)
    taken = Integer(default=0)
    most = Integer(default=0)

    survey_quota_count_taken = Check("taken >= 0")


class SurveyInvitation(Table, tablename="survey_invitation", schema=PLACEHOLDER, db=DB):
    """One member is asked to answer, from `opens_at` until `expires_at`, unless it is revoked.

    Its signed link holds its id. `once` names what it is for (an order's delivery, a call of the API). `told_at` is
    when its time had come and others heard of it.
    """

    id = Id()
    survey = ForeignKey(Survey, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    once = Varchar(length=ONCE_MAX)
    source = Varchar(length=20, default="api")
    opens_at = Moment()
    expires_at = Moment()
    revoked_at = Moment(null=True)
    told_at = Moment(null=True)
    created_at = Moment()

    survey_invitation_once = Unique([survey, once])
    survey_invitation_window = Check("opens_at < expires_at")


class SurveyParticipation(Table, tablename="survey_participation", schema=PLACEHOLDER, db=DB):
    """That somebody took part, once per occurrence and phase; it stands apart from what they answered.

    That is a member, or a stranger with the open link, known by the digest of a cookie (`visitor`). `occurrence` is
    `ever`, where one may again which time it is (`1`, `2` …), or an invitation's id; one that a merge found taken
    has `~` behind it. A response knows its participation only where the survey is not anonymous. `finished` counts
    towards phases and rewards; `day` is the shop's day on which it was; `quotas` are those of which it took a place.
    """

    id = Id()
    survey = ForeignKey(Survey, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=True, default=None, on_delete=OnDelete.restrict)
    visitor = Varchar(length=64, null=True, default=None)
    occurrence = Varchar(length=40, default="ever")
    phase = SmallInt(default=1)
    finished = Boolean(default=False)
    day = Date(default=None, null=True)
    quotas = Array(base_column=UUID(), null=True, default=None)

    survey_participation_once = Unique([survey, member, occurrence, phase])
    survey_participation_visitor = Unique([survey, visitor, occurrence, phase])
    survey_participation_somebody = Check("(member IS NULL) <> (visitor IS NULL)")
    survey_participation_phase = Check("phase BETWEEN 1 AND 20")


class SurveyResponse(Table, tablename="survey_response", schema=PLACEHOLDER, db=DB):
    """What one answered in one go. Of an anonymous survey it has neither member nor participation, way or time.

    Then its id is by chance, others tell the time. `reached` is the last question that was seen. `level`, `suspect`
    are as they were when it was completed.
    """

    id = Id()
    survey = ForeignKey(Survey, null=False, on_delete=OnDelete.cascade)
    version = Integer(default=1)
    phase = SmallInt(default=1)
    member = ForeignKey(Member, null=True, default=None, on_delete=OnDelete.restrict)
    participation = ForeignKey(SurveyParticipation, null=True, default=None, on_delete=OnDelete.restrict)
    invitation = ForeignKey(SurveyInvitation, null=True, default=None, on_delete=OnDelete.restrict)
    via = Varchar(length=10, null=True, default="api")
    language = Varchar(length=20, default="en")
    state = Varchar(length=10, default="partial")
    reached = Varchar(length=40, default="")
    suspect = Varchar(length=20, default="")
    level = UUID(null=True, default=None)
    answers = Integer(default=0)
    started_at = Moment(null=True)
    updated_at = Moment(null=True)
    completed_at = Moment(null=True)

    survey_response_participation = Unique([participation])
    survey_response_state = Check("state IN ('partial', 'complete')")
    survey_response_via = Check("via IN ('api', 'centre', 'link', 'open', 'embed')")
    survey_response_linked = Check("participation IS NOT NULL OR (member IS NULL AND state = 'complete')")
    survey_response_completed = Check("state = 'complete' OR completed_at IS NULL")


class SurveyBox(Table, tablename="survey_box", schema=PLACEHOLDER, db=DB):
    """What somebody answered an anonymous survey, sealed, until enough lie here to be mixed into the responses."""

    id = Id()
    survey = ForeignKey(Survey, null=False, on_delete=OnDelete.cascade)
    sealed = Bytea(default=b"")


class SurveyAnswer(Table, tablename="survey_answer", schema=PLACEHOLDER, db=DB):
    """One answer to one question, or to one row of a matrix (`part`, else empty).

    What kind of question it was says which of these are filled: `number` (rating, NPS, CSAT, CES, number, the place of
    a choice in a ranking), `day`, `choices` (keys, in the order of a ranking), `text` (free text, or what was written
    beside `other`). `tokens` are what a text is found by.
    """

    id = Id()
    survey = ForeignKey(Survey, null=False, on_delete=OnDelete.cascade)
    response = ForeignKey(SurveyResponse, null=False, default=None, on_delete=OnDelete.cascade)
    question = Varchar(length=40)
    part = Varchar(length=40, default="")
    number = Numeric(digits=(20, 6), null=True, default=None)
    day = Date(null=True, default=None)
    choices = Array(base_column=Varchar(length=40), null=True, default=None)
    text = Varchar(length=TEXT_MAX, null=True, default=None)
    tokens = Array(base_column=Varchar(length=40), null=True, default=None)

    survey_answer_once = Unique([response, question, part])
    survey_answer_something = Check("number IS NOT NULL OR day IS NOT NULL OR choices IS NOT NULL OR text IS NOT NULL")


class SurveyEffect(Table, tablename="survey_effect", schema=PLACEHOLDER, db=DB):
    """What an answer changed of its member: a tag or an attribute, before and after. Append-only."""

    id = Id()
    survey = ForeignKey(Survey, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=False, default=None, on_delete=OnDelete.restrict)
    response = ForeignKey(SurveyResponse, null=False, default=None, on_delete=OnDelete.cascade)
    question = Varchar(length=40)
    kind = Varchar(length=10)
    name = Varchar(length=60)
    before = Varchar(length=500, null=True, default=None)
    after = Varchar(length=500, null=True, default=None)
    at = Moment()

    survey_effect_kind = Check("kind IN ('attribute', 'tag')")


TABLES: tuple[type[Table], ...] = (
    Survey, SurveyVersion, SurveyEdit, SurveyQuota, SurveyQuotaCount, SurveyInvitation, SurveyParticipation,
    SurveyResponse, SurveyBox, SurveyAnswer, SurveyEffect,
)  # fmt: skip
INDEXES: tuple[str, ...] = (
    "CREATE UNIQUE INDEX survey_link_key_once ON __tenant__.survey (link_key) WHERE link_key IS NOT NULL",
    "CREATE INDEX survey_open ON __tenant__.survey (id) WHERE state = 'live'",
    "CREATE INDEX survey_invitation_member ON __tenant__.survey_invitation (member, survey)",
    "CREATE INDEX survey_invitation_due ON __tenant__.survey_invitation (opens_at) WHERE told_at IS NULL",
    "CREATE INDEX survey_participation_member ON __tenant__.survey_participation (member, survey)",
    "CREATE INDEX survey_box_of ON __tenant__.survey_box (survey, id)",
    "CREATE INDEX survey_response_left ON __tenant__.survey_response (updated_at) WHERE state = 'partial'",
    "CREATE INDEX survey_response_of ON __tenant__.survey_response (survey, id)",
    "CREATE INDEX survey_response_member ON __tenant__.survey_response (member, id) WHERE member IS NOT NULL",
    "CREATE INDEX survey_answer_of ON __tenant__.survey_answer (survey, question, part)",
    "CREATE INDEX survey_answer_tokens ON __tenant__.survey_answer USING gin (tokens) WHERE tokens IS NOT NULL",
    "CREATE INDEX survey_effect_member ON __tenant__.survey_effect (member, id)",
)
