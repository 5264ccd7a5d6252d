"""What travels about results: figures with their intervals, cross-tables, courses, responses, texts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Literal

from tenants.kit.shapes import Shape
from tenants.surveys.rules.crosstabs import By  # noqa: TC001  msgspec reads them while running
from tenants.surveys.rules.definition import Kind  # noqa: TC001  the same
from tenants.surveys.rules.timelines import Step  # noqa: TC001  the same

_NAME = "01kaecw0x5f3qs8q7t6v2m9d3"
_AT = "2026-11-21T08:30:00Z"
_SHARE: dict[str, Any] = {"count": 48, "of": 80, "share": 0.6, "low": 0.490447, "high": 0.700314}
_SCORE: dict[str, Any] = {
    "kind": "nps", "answers": 200, "needed": 30, "value": 30.0, "low": 18.815452, "high": 40.297882, "told": "",
}  # fmt: skip
_CHOICE: dict[str, Any] = {
    "key": "dry", "text": "Dry", "gone": False, "first": None, "mean_place": None, **_SHARE,
}  # fmt: skip


class ShareShape(Shape):
    """So many of so many, as a part of one, with Wilson's 95 % interval."""

    EXAMPLE: ClassVar[dict[str, Any]] = _SHARE

    count: int
    of: int
    share: float
    low: float
    high: float


class ScoreShape(Shape):
    """A score with its 95 % interval; below `needed` answers it has no value, and `told` says so."""

    EXAMPLE: ClassVar[dict[str, Any]] = _SCORE

    kind: Literal["nps", "csat", "ces", "mean"]
    answers: int
    needed: int
    value: float | None
    low: float | None
    high: float | None
    told: str


class ChoiceShape(ShareShape, kw_only=True):
    """One choice; `gone` where it is offered no more. Of a ranking: how often it came first, and its mean place."""

    EXAMPLE: ClassVar[dict[str, Any]] = _CHOICE

    key: str
    text: str
    gone: bool
    first: int | None
    mean_place: float | None


class ResultRow(Shape):
    """One row of a matrix."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "key": "parcel", "text": "The parcel", "gone": False, "answered": 80, "choices": [_CHOICE],
    }  # fmt: skip

    key: str
    text: str
    gone: bool
    answered: int
    choices: list[ChoiceShape]


class ValueShape(ShareShape, kw_only=True):
    """One point of a scale, or promoters, passives or detractors."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"value": "9", **_SHARE}

    value: str


class BarShape(Shape):
    """How many numbers lie from `low` to below `high`, or days from `low` to `high`."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"low": "0", "high": "100", "count": 12}

    low: str
    high: str
    count: int


class NumberShape(Shape):
    """What is to be said of numbers; quartiles are interpolated."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "least": "1.5", "most": "980", "mean": 212.4, "first_quartile": 80.0, "median": 160.5, "third_quartile": 300.25,
    }  # fmt: skip

    least: str
    most: str
    mean: float
    first_quartile: float
    median: float
    third_quartile: float


class QuestionResult(Shape):
    """One question; which parts are filled depends on its kind."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "key": "skin", "kind": "single", "text": "What is your skin like?", "gone": False, "answered": 80,
        "choices": [_CHOICE], "rows": [], "values": [], "parties": [], "score": None, "number": None, "bars": [],
        "texts": 0, "seen": 95, "stopped": 4,
    }  # fmt: skip

    key: str
    kind: Kind
    text: str
    gone: bool
    answered: int
    choices: list[ChoiceShape]
    rows: list[ResultRow]
    values: list[ValueShape]
    parties: list[ValueShape]
    score: ScoreShape | None
    number: NumberShape | None
    bars: list[BarShape]
    texts: int
    seen: int
    stopped: int


class ResponseCounts(Shape):
    """Responses of the filter by state, suspects apart; `meant` are those that are counted below."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "complete": 80, "partial": 15, "suspect": 2, "meant": 80,
        "completion": {"count": 80, "of": 95, "share": 0.842105, "low": 0.755909, "high": 0.901796},
    }  # fmt: skip

    complete: int
    partial: int
    suspect: int
    meant: int
    completion: ShareShape


class ResultsShape(Shape):
    """All figures of a survey; `hidden` where it is anonymous and fewer than five answered.

    `seen_at_least`: there were so many ways through the survey that `seen` may be more.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "survey": f"sur_{_NAME}a", "hidden": False, "responses": ResponseCounts.EXAMPLE,
        "questions": [QuestionResult.EXAMPLE], "seen_at_least": False,
    }  # fmt: skip

    survey: str
    hidden: bool
    responses: ResponseCounts
    questions: list[QuestionResult]
    seen_at_least: bool


class DifferenceShape(Shape):
    """How much a score lies above another; `clear` where chance alone hardly makes so much, null where unknown."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"value": 12.5, "low": 1.1, "high": 23.7, "clear": True}

    value: float | None
    low: float | None
    high: float | None
    clear: bool | None


class PeriodShape(Shape):
    """A day, week or month; of a scored question its score, and how it differs from the period before."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "start": "2026-11-16", "end": "2026-11-22", "responses": 200, "score": _SCORE,
        "change": DifferenceShape.EXAMPLE,
    }  # fmt: skip

    start: date
    end: date
    responses: int
    score: ScoreShape | None
    change: DifferenceShape | None


class TimelineShape(Shape):
    """Periods without a gap, the oldest first."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"step": "week", "periods": [PeriodShape.EXAMPLE]}

    step: Step
    periods: list[PeriodShape]


class ColumnShape(Shape):
    """One answer that could be given."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"key": "dry", "text": "Dry"}

    key: str
    text: str


class GroupShape(Shape):
    """One group: how it answered, column by column; of a scored question its score and that against all others."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "key": f"lvl_{_NAME}b", "text": "Gold", "answered": 80, "cells": [_SHARE], "score": None,
        "against_rest": None,
    }  # fmt: skip

    key: str
    text: str
    answered: int
    cells: list[ShareShape]
    score: ScoreShape | None
    against_rest: DifferenceShape | None


class AssociationShape(Shape):
    """Pearson's chi-square; `p` is null where the counts are too small, `strength` is Cramér's V."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "statistic": 30.07, "freedom": 2, "p": 0.0000003, "strength": 0.1045, "clear": True,
    }  # fmt: skip

    statistic: float
    freedom: int
    p: float | None
    strength: float
    clear: bool | None


class CrosstabShape(Shape):
    """Groups, the largest first; `hidden` of an anonymous survey were too few. `overlapping`: some are in several."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "question": "skin", "part": "", "by": "level", "columns": [ColumnShape.EXAMPLE],
        "groups": [GroupShape.EXAMPLE], "answered": 80, "hidden": 0, "overlapping": False,
        "association": AssociationShape.EXAMPLE,
    }  # fmt: skip

    question: str
    part: str
    by: By
    columns: list[ColumnShape]
    groups: list[GroupShape]
    answered: int
    hidden: int
    overlapping: bool
    association: AssociationShape | None


class ResponseShape(Shape):
    """One response; of an anonymous survey without member, times and way."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"svr_{_NAME}c", "survey": f"sur_{_NAME}a", "member": f"mem_{_NAME}d", "level": f"lvl_{_NAME}b",
        "version": 1, "phase": 1, "language": "zh", "via": "centre", "state": "complete", "suspect": "",
        "reached": "skin", "answers": 1, "started_at": _AT, "completed_at": _AT,
    }  # fmt: skip

    id: str
    survey: str
    member: str | None
    level: str | None
    version: int
    phase: int
    language: str
    via: str | None
    state: Literal["partial", "complete"]
    suspect: str
    reached: str
    answers: int
    started_at: datetime | None
    completed_at: datetime | None


class SaidShape(Shape):
    """A question as its version asked it, its answer as it was sent and in words; null is no answer."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "key": "skin", "kind": "single", "text": "What is your skin like?", "answer": "dry", "told": "Dry",
    }  # fmt: skip

    key: str
    kind: Kind
    text: str
    answer: Any
    told: str


class EffectShape(Shape):
    """What an answer changed of its member."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "kind": "attribute", "name": "skin_type", "before": None, "after": "dry", "at": _AT,
    }  # fmt: skip

    kind: Literal["attribute", "tag"]
    name: str
    before: str | None
    after: str | None
    at: datetime


class ResponseWithAnswers(ResponseShape, kw_only=True):
    """A response with every question of its phase."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        **ResponseShape.EXAMPLE, "questions": [SaidShape.EXAMPLE], "effects": [EffectShape.EXAMPLE],
    }  # fmt: skip

    questions: list[SaidShape]
    effects: list[EffectShape]


class WrittenShape(Shape):
    """One text, and the response in which it stands."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"san_{_NAME}e", "response": f"svr_{_NAME}c", "member": f"mem_{_NAME}d", "language": "zh",
        "text": "包装破损，客服态度很好", "at": _AT,
    }  # fmt: skip

    id: str
    response: str
    member: str | None
    language: str
    text: str
    at: datetime | None
