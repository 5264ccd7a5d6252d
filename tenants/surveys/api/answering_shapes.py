"""What travels when surveys are sent out and answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from tenants.kit.shapes import Reference, Shape
from tenants.surveys.rules.definition import Kind  # noqa: TC001  msgspec reads it while running
from tenants.surveys.rules.looking import State  # noqa: TC001  the same

Id = Annotated[str, Meta(max_length=40)]
Key = Annotated[str, Meta(max_length=40)]
Language = Annotated[str, Meta(max_length=20, description="One of the survey's languages; the reader's if left out.")]
Phase = Annotated[int, Meta(ge=1, le=20, description="The phase of the sheet that was shown.")]
Answers = Annotated[
    dict[str, Any],
    Meta(
        description="Answers by question. Single, dropdown, picture: a choice; multiple, ranking: a list of choices;"
        ' with something written: `{"choices": ["other"], "other": "text"}`; rating, NPS, CSAT, CES, number: a number;'
        ' texts: a text; date: `"2026-01-31"`; matrix: a choice by row; consent: true or false.'
    ),
]
Time = Annotated[datetime, Meta(tz=True)]
_NAME = "01kaecw0x5f3qs8q7t6v2m9d3"
_SURVEY = f"sur_{_NAME}a"
_MEMBER = f"mem_{_NAME}b"
_INVITATION = f"svi_{_NAME}c"
_AT = "2026-11-21T08:30:00Z"
_ANSWERS: dict[str, Any] = {"skin": "dry", "nps": 9}


class MySurveyShape(Shape):
    """A survey that waits for me. `minutes` is about how long it takes, `phase` of `phases` what comes next."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": _SURVEY, "name": "Your skin", "reward": "50 points", "points": 50, "minutes": 2, "phase": 1, "phases": 1,
        "begun": False, "anonymous": False, "ends_at": None, "invitation": None,
    }  # fmt: skip

    id: str
    name: str
    reward: str
    points: int
    minutes: int
    phase: int
    phases: int
    begun: bool
    anonymous: bool
    ends_at: datetime | None
    invitation: str | None


class MySurveys(Shape):
    """What is open for me, the newest first."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [MySurveyShape.EXAMPLE]}

    data: list[MySurveyShape]


class AskedChoice(Shape):
    """Something to choose, or a row of a matrix. `picture` is the id of a picture."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"key": "dry", "text": "Dry", "picture": None}

    key: str
    text: str
    picture: str | None = None


class AskedQuestion(Shape):
    """A question as it is asked of me, in one language. `page`: those of one page are shown together."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "key": "skin", "kind": "single", "text": "How is your skin?", "help": "", "required": True,
        "choices": [AskedChoice.EXAMPLE], "rows": [], "other": False, "several": False, "least": None, "most": None,
        "earliest": None, "latest": None, "pattern": "", "low": "", "high": "", "page": 1,
    }  # fmt: skip

    key: str
    kind: Kind
    text: str
    help: str
    required: bool
    choices: list[AskedChoice]
    rows: list[AskedChoice]
    other: bool
    several: bool
    least: str | None
    most: str | None
    earliest: str | None
    latest: str | None
    pattern: str
    low: str
    high: str
    page: int


class MySheet(Shape):
    """A survey as I meet it.

    `questions` are those of this phase that my answers so far lead to: answer, and ask again for what comes next.
    `answers` are those that were saved. Of an `anonymous` survey nothing is saved before it is complete. `opens_on` is
    the day from which I can go on or answer again; `why` says why I cannot now.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": _SURVEY, "state": "open", "title": "Your skin", "start_title": "", "start_text": "Two minutes, please.",
        "language": "en", "languages": ["zh", "en"], "version": 1, "phase": 1, "phases": 1, "one_by_one": True,
        "colour": "", "questions": [AskedQuestion.EXAMPLE], "answers": {}, "reached": "", "anonymous": False,
        "reward": "50 points", "opens_on": None, "ends_at": None, "why": "",
    }  # fmt: skip

    id: str
    state: State
    title: str
    start_title: str
    start_text: str
    language: str
    languages: list[str]
    version: int
    phase: int
    phases: int
    one_by_one: bool
    colour: str
    questions: list[AskedQuestion]
    answers: dict[str, Any]
    reached: str
    anonymous: bool
    reward: str
    opens_on: date | None
    ends_at: datetime | None
    why: str


class SavedAnswers(Shape):
    """What I have answered so far. A question that is named is answered anew, with null no longer; others stay."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"answers": {"skin": "dry"}, "reached": "skin", "language": "en"}

    answers: Answers
    reached: Key = ""
    language: Language = ""
    invitation: Id | None = None


class NewOwnResponse(Shape):
    """Complete answers to one phase of a survey. What was saved before counts besides."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"survey": _SURVEY, "answers": _ANSWERS, "phase": 1, "language": "en"}

    survey: Id
    answers: Answers
    phase: Phase | None = None
    language: Language = ""
    invitation: Id | None = None


class NewResponse(NewOwnResponse, kw_only=True):
    """Complete answers of a member, taken in by a form of your own."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"member": _MEMBER, **NewOwnResponse.EXAMPLE}

    member: Id


class SubmittedShape(Shape):
    """Answers that were taken. `response` is null of an anonymous survey; `repeated`: they had been taken before.

    `more`: the next phase is open already. `next_on` is the day from which the next phase, or the survey again, is.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "survey": _SURVEY, "response": f"svr_{_NAME}d", "phase": 1, "points": 50, "points_refused": 0,
        "voucher_code": None, "end_title": "Thank you", "end_text": "Your skin is dry, we will remember.",
        "more": False, "next_on": None, "repeated": False,
    }  # fmt: skip

    survey: str
    response: str | None
    phase: int
    points: int
    points_refused: int
    voucher_code: str | None
    end_title: str
    end_text: str
    more: bool
    next_on: date | None
    repeated: bool = False


class NewInvitation(Shape):
    """Whom to ask what. Without a window it holds from now on for as many days as the survey says."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "survey": _SURVEY, "member": _MEMBER, "reference": "ticket-4711", "opens_at": None, "expires_at": None,
    }  # fmt: skip

    survey: Id
    member: Id
    reference: Reference
    opens_at: Time | None = None
    expires_at: Time | None = None


class InvitationShape(Shape):
    """One member asked to answer one survey.

    `address` is the path of the personal link on the shop's host. It is the member's alone: whoever has it answers as
    they do, so send it to nobody else. `source` is `api`, or the event that it followed.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": _INVITATION, "survey": _SURVEY, "member": _MEMBER, "source": "api", "reference": "ticket-4711",
        "state": "open", "address": "/m/survey/pAZqAUce0dShueLRuSBgllrE4p0v6Dxkq8Rz1cVt3m7w", "opens_at": _AT,
        "expires_at": "2026-12-21T08:30:00Z", "revoked_at": None, "created_at": _AT, "repeated": False,
    }  # fmt: skip

    id: str
    survey: str
    member: str
    source: str
    reference: str
    state: Literal["waiting", "open", "expired", "revoked"]
    address: str
    opens_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    created_at: datetime
    repeated: bool = False
