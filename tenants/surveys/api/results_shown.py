"""From figures and rows to what is sent."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants.kit import ids
from tenants.kit.words import Words
from tenants.surveys.api.result_shapes import (
    AssociationShape,
    BarShape,
    ChoiceShape,
    ColumnShape,
    CrosstabShape,
    DifferenceShape,
    EffectShape,
    GroupShape,
    NumberShape,
    PeriodShape,
    QuestionResult,
    ResponseCounts,
    ResponseShape,
    ResponseWithAnswers,
    ResultRow,
    ResultsShape,
    SaidShape,
    ScoreShape,
    ShareShape,
    TimelineShape,
    ValueShape,
    WrittenShape,
)
from tenants.surveys.rules import crosstabs, definition, saying

if TYPE_CHECKING:
    from datetime import date

    from tenants.surveys.rules.asked import Asked
    from tenants.surveys.rules.browsing import Said
    from tenants.surveys.rules.dropping import Drop, DropOff
    from tenants.surveys.rules.results import Bar, ChoiceFigure, NumberFigure, QuestionFigures, Results
    from tenants.surveys.rules.scores import Association, Difference, Score, Share
    from tenants.surveys.rules.timelines import Timeline

_DIGITS = 6
TOO_FEW = Words(en="too few answers ({answers} of {needed})", zh="回答过少（{answers}/{needed}）")


def results(asked: Asked, found: Results, drops: DropOff) -> ResultsShape:
    """All figures."""
    dropped = {drop.key: drop for drop in drops.questions}
    counts = found.responses
    return ResultsShape(
        survey=ids.show("sur", asked.id),
        hidden=found.hidden,
        responses=ResponseCounts(
            complete=counts.complete, partial=counts.partial, suspect=counts.suspect,
            meant=counts.meant, completion=share(counts.completion)),
        questions=[_question(asked, one, dropped[one.asked.key]) for one in found.questions],
        seen_at_least=drops.at_least,
    )  # fmt: skip


def share(found: Share) -> ShareShape:
    """A share."""
    return ShareShape(**_share(found))


def _share(found: Share) -> dict[str, Any]:
    return {
        "count": found.count, "of": found.of, "share": round(found.value, _DIGITS), "low": round(found.low, _DIGITS),
        "high": round(found.high, _DIGITS),
    }  # fmt: skip


def score(found: Score | None) -> ScoreShape | None:
    """A score, or that there are too few answers for one."""
    if found is None:
        return None
    told = "" if found.claimed else TOO_FEW.say(answers=found.answers, needed=found.needed)
    return ScoreShape(
        kind=found.kind, answers=found.answers, needed=found.needed, value=_rounded(found.value),
        low=_rounded(found.low), high=_rounded(found.high), told=told)  # fmt: skip


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, _DIGITS)


def _difference(found: Difference | None) -> DifferenceShape | None:
    if found is None:
        return None
    return DifferenceShape(
        value=_rounded(found.value), low=_rounded(found.low), high=_rounded(found.high), clear=found.clear
    )


def _question(asked: Asked, one: QuestionFigures, drop: Drop) -> QuestionResult:
    ranking = one.asked.question.kind == "ranking"
    return QuestionResult(
        key=one.asked.key, kind=one.asked.question.kind, text=asked.name_of(one.asked),
        gone=one.asked.key in one.asked.gone, answered=one.answered,
        choices=[_choice(each, ranking=ranking) for each in one.choices],
        rows=[
            ResultRow(key=row.key, text=row.text, gone=row.gone, answered=row.answered,
                      choices=[_choice(each) for each in row.choices])
            for row in one.rows
        ],
        values=[ValueShape(value=f"{value:f}", **_share(found)) for value, found in one.values],
        parties=[ValueShape(value=name, **_share(found)) for name, found in one.parties],
        score=score(one.score), number=_number(one.number), bars=[_bar(bar) for bar in one.bars], texts=one.texts,
        seen=drop.seen, stopped=drop.stopped)  # fmt: skip


def _choice(one: ChoiceFigure, *, ranking: bool = False) -> ChoiceShape:
    return ChoiceShape(
        key=one.key, text=one.text, gone=one.gone, first=one.first if ranking else None,
        mean_place=_rounded(one.mean_place), **_share(one.share))  # fmt: skip


def _number(found: NumberFigure | None) -> NumberShape | None:
    if found is None:
        return None
    return NumberShape(
        least=plain(found.least), most=plain(found.most), mean=round(float(found.mean), _DIGITS),
        first_quartile=round(found.quartiles[0], _DIGITS), median=round(found.median, _DIGITS),
        third_quartile=round(found.quartiles[2], _DIGITS))  # fmt: skip


def _bar(bar: Bar) -> BarShape:
    return BarShape(low=plain(bar.low), high=plain(bar.high), count=bar.count)


def plain(value: Decimal | date) -> str:
    """A number without the zeros at its end, or a day."""
    return f"{value.normalize() + 0:f}" if isinstance(value, Decimal) else value.isoformat()


def timeline(found: Timeline) -> TimelineShape:
    """A course."""
    return TimelineShape(step=found.step, periods=[
        PeriodShape(start=one.start, end=one.end, responses=one.responses, score=score(one.score),
                    change=_difference(one.change))
        for one in found.periods])  # fmt: skip


def crosstab(found: crosstabs.Crosstab) -> CrosstabShape:
    """A cross-table."""
    return CrosstabShape(
        question=found.question.key, part=found.part, by=found.by,
        columns=[ColumnShape(key=column.key, text=column.text) for column in found.columns],
        groups=[
            GroupShape(
                key=crosstabs.outside(found.by, group.key), text=group.text, answered=group.answered,
                cells=[share(cell) for cell in group.cells], score=score(group.score),
                against_rest=_difference(group.against_rest))
            for group in found.groups
        ],
        answered=found.answered, hidden=found.hidden, overlapping=found.overlapping,
        association=_association(found.association))  # fmt: skip


def _association(found: Association | None) -> AssociationShape | None:
    if found is None:
        return None
    return AssociationShape(
        statistic=round(found.statistic, _DIGITS), freedom=found.freedom, p=found.p,
        strength=round(found.strength, _DIGITS), clear=found.clear)  # fmt: skip


def response(asked: Asked, row: Any) -> ResponseShape:
    """A response."""
    return ResponseShape(**_response(asked, row))


def _response(asked: Asked, row: Any) -> dict[str, Any]:
    copied = ("version", "phase", "language", "via", "state", "suspect", "reached", "answers", "started_at",
              "completed_at")  # fmt: skip
    return {name: row[name] for name in copied} | {
        "id": ids.show("svr", row["id"]),
        "survey": ids.show("sur", asked.id),
        "member": ids.show("mem", row["member"]) if row["member"] else None,
        "level": ids.show("lvl", row["level"]) if row["level"] else None,
    }


def with_answers(asked: Asked, row: Any, said: list[Said], effects: list[Any]) -> ResponseWithAnswers:
    """A response with all that was asked and answered."""
    version = asked.versions.get(row["version"])
    languages = version.languages if version else asked.languages
    return ResponseWithAnswers(
        **_response(asked, row),
        questions=[
            SaidShape(
                key=one.question.key, kind=one.question.kind,
                text=definition.say(one.question.text, languages=languages) or one.question.key,
                answer=saying.show(one.question, one.given) if one.given else None,
                told=saying.in_words(one.question, one.given, languages) if one.given else "")
            for one in said
        ],
        effects=[EffectShape(**dict(effect)) for effect in effects],
    )  # fmt: skip


def written(row: Any) -> WrittenShape:
    """A text."""
    return WrittenShape(
        id=ids.show("san", row["id"]), response=ids.show("svr", row["response"]),
        member=ids.show("mem", row["member"]) if row["member"] else None, language=row["language"], text=row["text"],
        at=row["completed_at"] or row["started_at"])  # fmt: skip
