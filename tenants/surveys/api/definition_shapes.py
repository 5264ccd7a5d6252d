"""What travels about the making of surveys: settings, drafts, versions, templates, quotas."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import UNSET, Meta, UnsetType

from tenants.kit.shapes import Shape
from tenants.surveys.rules.definition import Definition

Purpose = Literal["stickiness", "data", "sales", "points", "traffic"]
Access = Literal["members", "invited"]
Event = Literal["order_delivered", "order_completed", "joined", "level_changed"]
SurveyState = Literal["draft", "live", "paused", "ended"]
Status = Literal["draft", "coming", "running", "paused", "over"]
Named = Annotated[str, Meta(max_length=100)]
Id = Annotated[str, Meta(max_length=40)]
Days = Annotated[int, Meta(ge=1, le=3650)]
Gap = Annotated[int, Meta(ge=0, le=3650)]
After = Annotated[int, Meta(ge=0, le=365)]
Open = Annotated[int, Meta(ge=1, le=365)]
Points = Annotated[int, Meta(ge=0, le=1_000_000)]
Score = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]
QuestionKey = Annotated[str, Meta(min_length=1, max_length=40)]
Time = Annotated[datetime, Meta(tz=True)]
Revision = Annotated[str, Meta(max_length=64, description="`revision` of the draft that you have read.")]
Asked = Annotated[Definition, Meta(description="What is asked; `docs/api.md` describes it field by field.")]
_NAME = "01kaecw0x5f3qs8q7t6v2m9d3"
_AT = "2026-11-21T08:30:00Z"
_DEFINITION: dict[str, Any] = {
    "languages": ["zh", "en"],
    "title": {"zh": "肤质小调查", "en": "Your skin"},
    "questions": [
        {
            "key": "skin", "kind": "single", "text": {"zh": "您的肤质是？", "en": "What is your skin like?"},
            "required": True,
            "choices": [
                {"key": "dry", "text": {"zh": "干性", "en": "Dry"}},
                {"key": "oily", "text": {"zh": "油性", "en": "Oily"}},
            ],
            "effect": {"tags": {"dry": "dry skin"}},
        },
        {
            "key": "cream", "kind": "short", "text": {"zh": "现在用哪款面霜？", "en": "Which cream do you use?"},
            "show_if": 'skin = "dry"',
        },
    ],
    "jumps": [{"after": "skin", "when": 'skin = "oily"', "to": "end"}],
}  # fmt: skip
_SETTINGS: dict[str, Any] = {
    "name_en": "Your skin", "name_zh": "肤质小调查", "purpose": "data", "starts_at": None, "ends_at": None,
    "access": "members", "segment": None, "open_link": False, "anonymous": False, "repeat_days": None,
    "phase_gap_days": 0, "after_event": None, "after_days": 0, "invitation_days": 30, "reward_points": 20,
    "reward_voucher": None, "low_question": None, "low_at_most": None,
}  # fmt: skip


class SurveySettings(Shape):
    """How a survey is run.

    `access`: `members` (all, or those of `segment`), or only who was `invited`; with `open_link` anybody may answer who
    has its address, and turning it off makes that address useless for ever. `repeat_days` lie between two times that
    one member answers (null: once), `phase_gap_days` between the phases of a series. `after_event` invites members by
    itself `after_days` later, for `invitation_days`. `reward_points` and `reward_voucher` are for taking part, whatever
    is answered. Of `low_question`, answers up to `low_at_most` are told to others. `anonymous` is fixed by the first
    answer; such a survey writes no tags or attributes and tells of no low score.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = _SETTINGS

    name_en: Named = ""
    name_zh: Named = ""
    purpose: Purpose = "data"
    starts_at: Time | None = None
    ends_at: Time | None = None
    access: Access = "members"
    segment: Id | None = None
    open_link: bool = False
    anonymous: bool = False
    repeat_days: Days | None = None
    phase_gap_days: Gap = 0
    after_event: Event | None = None
    after_days: After = 0
    invitation_days: Open = 30
    reward_points: Points = 0
    reward_voucher: Id | None = None
    low_question: QuestionKey | None = None
    low_at_most: Score | None = None


class NewSurvey(SurveySettings, kw_only=True):
    """A survey to be made: empty, as a template has it, or as `definition` says.

    A `template` brings its name and suggested settings where yours are left out.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {**_SETTINGS, "definition": _DEFINITION}

    template: Annotated[str, Meta(max_length=40)] | None = None
    definition: Asked | None = None


class SurveyChange(Shape):
    """What is to be different; a field that is left out stays."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"ends_at": "2026-12-31T16:00:00Z", "reward_points": 30}

    name_en: Named | UnsetType = UNSET
    name_zh: Named | UnsetType = UNSET
    purpose: Purpose | UnsetType = UNSET
    starts_at: Time | UnsetType | None = UNSET
    ends_at: Time | UnsetType | None = UNSET
    access: Access | UnsetType = UNSET
    segment: Id | UnsetType | None = UNSET
    open_link: bool | UnsetType = UNSET
    anonymous: bool | UnsetType = UNSET
    repeat_days: Days | UnsetType | None = UNSET
    phase_gap_days: Gap | UnsetType = UNSET
    after_event: Event | UnsetType | None = UNSET
    after_days: After | UnsetType = UNSET
    invitation_days: Open | UnsetType = UNSET
    reward_points: Points | UnsetType = UNSET
    reward_voucher: Id | UnsetType | None = UNSET
    low_question: QuestionKey | UnsetType | None = UNSET
    low_at_most: Score | UnsetType | None = UNSET


class SurveyShape(SurveySettings, kw_only=True):
    """A survey as it stands.

    `state` is what the shop decided, `status` how it stands now, its window considered; `version` is answered (null
    before the first publication); `open_address` is the path of the open link on the shop's host.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"sur_{_NAME}a", **_SETTINGS, "state": "live", "status": "running", "version": 1, "open_address": None,
        "created_at": _AT, "updated_at": _AT,
    }  # fmt: skip

    id: str
    state: SurveyState
    status: Status
    version: int | None
    open_address: str | None
    created_at: datetime
    updated_at: datetime


class SurveyProblem(Shape):
    """What keeps a survey from going live: at which question (empty: of the whole), and what to do."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"question": "cream", "problem": "write the question in zh"}

    question: str
    problem: str


class SurveyLanguage(Shape):
    """How far a language is: how many texts are said in it of those that are needed, and where it is not."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "language": "en", "there": 5, "needed": 6, "percent": 83, "missing": ["skin.choices.oily"],
    }  # fmt: skip

    language: str
    there: int
    needed: int
    percent: int
    missing: list[str]


class SurveyWay(Shape):
    """Where a question leads when a condition holds (an empty one: in all other cases); `end` asks nothing more."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"when": 'skin = "oily"', "to": "end"}

    when: str
    to: str


class SurveyStep(Shape):
    """A question on the map of a survey; `reached`: whether anybody can get to it."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "question": "skin", "phase": 1, "show_if": "", "reached": True, "ways": [SurveyWay.EXAMPLE],
    }  # fmt: skip

    question: str
    phase: int
    show_if: str
    reached: bool
    ways: list[SurveyWay]


class DraftShape(Shape):
    """What is being edited, what keeps it from going live, how far its languages are, and the ways through it.

    `revision` names exactly this content; `undoable` edits can be taken back.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "survey": f"sur_{_NAME}a", "definition": _DEFINITION, "revision": "5d41402abc4b2a76", "undoable": 3,
        "problems": [SurveyProblem.EXAMPLE], "languages": [SurveyLanguage.EXAMPLE], "path": [SurveyStep.EXAMPLE],
    }  # fmt: skip

    survey: str
    definition: Definition
    revision: str
    undoable: int
    problems: list[SurveyProblem]
    languages: list[SurveyLanguage]
    path: list[SurveyStep]


class NewDraft(Shape):
    """A draft in place of the one that there is; with `revision`, only if nobody else has edited it meanwhile."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"definition": _DEFINITION, "revision": "5d41402abc4b2a76"}

    definition: Asked
    revision: Revision | None = None


class SurveyUndo(Shape):
    """Takes the last edit of a draft back."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"survey": f"sur_{_NAME}a", "revision": "5d41402abc4b2a76"}

    survey: Id
    revision: Revision


class SurveyNamed(Shape):
    """The survey that something is done with."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"survey": f"sur_{_NAME}a"}

    survey: Id


class SurveyClone(Shape):
    """A copy to be made; without a name it is called as the original."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"survey": f"sur_{_NAME}a", "name_en": "Your skin in spring", "name_zh": ""}

    survey: Id
    name_en: Named = ""
    name_zh: Named = ""


class VersionShape(Shape):
    """A published version; `frozen`: somebody has answered it."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "number": 1, "frozen": True, "published_at": _AT, "questions": 2, "languages": ["zh", "en"],
    }  # fmt: skip

    number: int
    frozen: bool
    published_at: datetime
    questions: int
    languages: list[str]


class VersionList(Shape):
    """All published versions, the newest first."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [VersionShape.EXAMPLE]}

    data: list[VersionShape]


class VersionAsked(Shape):
    """What a version asks."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"survey": f"sur_{_NAME}a", "number": 1, "definition": _DEFINITION}

    survey: str
    number: int
    definition: Definition


class SurveyTemplateShape(Shape):
    """A survey that is ready to use."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "key": "beauty", "trade": "Beauty", "name_en": "Your skin, your care", "name_zh": "肤质与护肤习惯",
        "about": "Skin type, worries and budget.", "questions": 7, "phases": 1,
    }  # fmt: skip

    key: str
    trade: str
    name_en: str
    name_zh: str
    about: str
    questions: int
    phases: int


class SurveyTemplateList(Shape):
    """All templates."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [SurveyTemplateShape.EXAMPLE]}

    data: list[SurveyTemplateShape]


class SurveyTemplateAsked(SurveyTemplateShape, kw_only=True):
    """What a template asks, and the settings that it suggests."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        **SurveyTemplateShape.EXAMPLE, "definition": _DEFINITION, "settings": {"repeat_days": 180},
    }  # fmt: skip

    definition: Definition
    settings: dict[str, Any]


class NewQuota(Shape):
    """At most `most` complete responses in all, or of those for which the condition holds; named once a survey."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"name": "Dry skin", "condition": 'skin = "dry"', "most": 100, "position": 1}

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    most: Annotated[int, Meta(ge=0, le=1_000_000_000)]
    condition: Annotated[str, Meta(max_length=2000)] = ""
    position: Annotated[int, Meta(ge=0, le=1_000_000)] = 0


class QuotaShape(NewQuota, kw_only=True):
    """A quota, and how many it has taken."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"id": f"svq_{_NAME}a", **NewQuota.EXAMPLE, "taken": 12}

    id: str
    taken: int


class QuotaList(Shape):
    """The quotas of a survey in their order."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [QuotaShape.EXAMPLE]}

    data: list[QuotaShape]
