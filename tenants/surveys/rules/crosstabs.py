"""The answers to one question by who answered: by level, tag, attribute, RFM group, or another question.

The level is that at which it was answered; tags, attributes and RFM groups are the member's of now. Whoever has several
tags, or chose several answers, is counted in each of them, and then no test is made: the rows are not apart.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from tenants import levels, segments
from tenants.kit import ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.surveys.rules import scores
from tenants.surveys.rules.filtering import ANONYMOUS_LEAST, CHOSEN, NUMERIC, NoWayBack
from tenants.surveys.rules.results import SCORED
from tenants.surveys.rules.values import SCALED, scale_of
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tenants.surveys.rules.asked import Asked, AskedQuestion
    from tenants.surveys.rules.filtering import Filter
    from tenants.surveys.rules.scores import Association, Difference, Score, Share

By: TypeAlias = Literal["level", "tag", "attribute", "rfm", "question"]
BYS: tuple[By, ...] = get_args(By)
GROUPS_MAX = 50
NONE = "none"
"""The group of those of whom nothing is known: no level, no tag, no such attribute, no purchase."""
_PARTIES = ("detractors", "passives", "promoters")
_PARTY_WORDS = {
    "promoters": Words(en="Promoters (9–10)", zh="推荐者（9–10）"),
    "passives": Words(en="Passives (7–8)", zh="中立者（7–8）"),
    "detractors": Words(en="Detractors (0–6)", zh="贬损者（0–6）"),
}
_NOBODY = Words(en="None", zh="无")
# A row `r` of responses, and the groups that it is in, as an array `g.keys`; `$2` is the attribute's key or the other
# question's, `$3` the row of its matrix. Each statement uses both.
_GROUPS: dict[str, str] = {
    "level": "CROSS JOIN LATERAL (SELECT ARRAY[r.level::text] AS keys WHERE $2::text = '' AND $3::text = '') g",
    "tag": (
        "JOIN __tenant__.member m ON m.id = r.member"
        " CROSS JOIN LATERAL (SELECT m.tags::text[] AS keys WHERE $2::text = '' AND $3::text = '') g"
    ),
    "attribute": (
        "CROSS JOIN LATERAL (SELECT ARRAY[(SELECT k.value::text FROM __tenant__.member_attribute k"
        " JOIN __tenant__.attribute d ON d.id = k.attribute WHERE k.member = r.member AND d.key = $2::text)] AS keys"
        " WHERE r.member IS NOT NULL AND $3::text = '') g"
    ),
    "rfm": (
        "JOIN __tenant__.member m ON m.id = r.member CROSS JOIN LATERAL"
        f" (SELECT ARRAY[{segments.RFM_GROUP}] AS keys WHERE $2::text = '' AND $3::text = '') g"
    ),
    "question": (
        "JOIN __tenant__.survey_answer b ON b.response = r.id AND b.question = $2::text AND b.part = $3::text"
        " CROSS JOIN LATERAL (SELECT coalesce(b.choices::text[], ARRAY[trunc(b.number)::text]) AS keys) g"
    ),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One answer that could be given."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """One row: so many answered, how they answered, and how far its score lies from that of all others together."""

    key: str
    text: str
    answered: int
    cells: tuple[Share, ...]
    score: Score | None = None
    against_rest: Difference | None = None


@dataclass(frozen=True, slots=True)
class Crosstab:
    """Groups, the largest first; `hidden` of them were too few to be told of an anonymous survey."""

    question: AskedQuestion
    part: str
    by: By
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    answered: int
    hidden: int
    overlapping: bool
    association: Association | None


@dataclass(slots=True)
class _Counts:
    """What one group said."""

    answered: int = 0
    cells: Counter[str] = field(default_factory=Counter)
    values: Counter[Decimal] = field(default_factory=Counter)

    def add(self, keys: Sequence[str], value: Decimal | None, n: int) -> None:
        self.answered += n
        for key in keys:
            self.cells[key] += n
        if value is not None:
            self.values[value] += n


async def crosstab(
    asked: Asked, chosen: Filter, one: AskedQuestion, *, by: By, part: str = "", other: str = "", other_part: str = ""
) -> Crosstab:
    """The answers to `one` (a row `part` of a matrix) by groups; `other` names the attribute or the other question.

    Raises Invalid for what cannot be divided, NoWayBack for what an anonymous survey does not know.
    """
    _check(asked, one, by=by, part=part, other=other, other_part=other_part)
    counts, whole, overlapping = await _count(asked, chosen, one, by=by, part=part, other=other, other_part=other_part)
    hidden = _too_few(counts) if asked.anonymous else set()
    shown = sorted(counts.keys() - hidden, key=lambda key: (-counts[key].answered, key))[:GROUPS_MAX]
    names = await _names(asked, by, shown, other)
    columns = _columns(asked, one, counts)
    groups = tuple(_group(one, columns, key, names.get(key, key), counts) for key in shown)
    several = one.question.kind == "multiple" or one.question.several
    association = None
    if not (overlapping or several or one.question.kind == "number"):
        association = scores.association([[cell.count for cell in group.cells] for group in groups])
    answered = sum(group.answered for group in groups) if hidden else whole
    return Crosstab(one, part, by, columns, groups, answered, len(hidden), overlapping, association)


def _check(asked: Asked, one: AskedQuestion, *, by: By, part: str, other: str, other_part: str) -> None:
    if asked.anonymous and by in {"tag", "attribute", "rfm"}:
        raise NoWayBack(param=by)
    _divides("question", one, part, numbers=True)
    if by == "question":
        found = asked.find(other)
        if found is None or (found.key, other_part) == (one.key, part):
            raise Invalid(param="other", problem=Words(en="name another question", zh="请选择另一道题目"))
        _divides("other", found, other_part, numbers=False)
    elif by == "attribute" and not other:
        raise Invalid(param="other", problem=Words(en="name the attribute", zh="请指定会员属性"))


def _divides(param: str, one: AskedQuestion, part: str, *, numbers: bool) -> None:
    """See that the answers to a question can be put into columns."""
    kind = one.question.kind
    if not (kind in CHOSEN or kind in SCALED or (numbers and kind == "number")):
        raise Invalid(
            param=param,
            problem=Words(en="take a question with choices or a scale", zh="请选择带选项或量表的题目"),
        )
    if (kind == "matrix") != (part in {row.key for row in one.question.rows}):
        raise Invalid(param=param, problem=Words(en="name a row of the matrix", zh="请指定矩阵题的行"))


async def _count(
    asked: Asked, chosen: Filter, one: AskedQuestion, *, by: By, part: str, other: str, other_part: str
) -> tuple[dict[str, _Counts], int, bool]:
    """What each group said, how many answered in all, and whether somebody is in several groups."""
    named = other if by in {"attribute", "question"} else ""
    where, args = chosen.where(asked, named, other_part if by == "question" else "")
    last = len(args) + 1
    groups = _GROUPS[by]
    rows = await DB.fetch(
        "SELECT g.keys, a.choices, a.number, count(*) AS n FROM __tenant__.survey_response r"
        f" JOIN __tenant__.survey_answer a ON a.response = r.id {groups}"
        f" WHERE a.question = ${int(last)}::text AND a.part = ${int(last + 1)}::text"
        f" AND (a.choices IS NOT NULL OR a.number IS NOT NULL) AND {where} GROUP BY 1, 2, 3",
        *args, one.key, part)  # fmt: skip
    counts: dict[str, _Counts] = {}
    whole, overlapping = 0, False
    ranking = one.question.kind == "ranking"
    second = asked.find(other) if by == "question" else None
    for row in rows:
        keys = (row["choices"] or [])[: 1 if ranking else None] or _cell(one, row["number"])
        groups_of = _bands(second, row["keys"])
        overlapping = overlapping or len(groups_of) > 1
        whole += row["n"]
        for group in groups_of:
            counts.setdefault(group, _Counts()).add(keys, row["number"], row["n"])
    return counts, whole, overlapping


def _cell(one: AskedQuestion, value: Decimal | None) -> list[str]:
    if value is None or one.question.kind == "number":
        return []
    if one.question.kind == "nps":
        return [party for party, n in scores.parties({value: 1}).items() if n]
    return [str(int(value))]


def _bands(second: AskedQuestion | None, keys: Sequence[str | None]) -> list[str]:
    """The groups of a response: promoters and the like for an NPS, the first place of a ranking."""
    found = [NONE if key is None else key for key in keys] or [NONE]
    if second is None:
        return found
    if second.question.kind == "nps":
        return [party for key in found for party, n in scores.parties({Decimal(key): 1}).items() if n]
    return found[:1] if second.question.kind == "ranking" else found


def _too_few(counts: Mapping[str, _Counts]) -> set[str]:
    """The groups of fewer than five, and the next larger one while those hidden could be told by what is missing."""
    hidden: set[str] = set()
    unseen = 0
    for key in sorted(counts, key=lambda key: (counts[key].answered, key)):
        if counts[key].answered >= ANONYMOUS_LEAST and not 0 < unseen < ANONYMOUS_LEAST:
            break
        hidden.add(key)
        unseen += counts[key].answered
    return hidden


def _columns(asked: Asked, one: AskedQuestion, counts: Mapping[str, _Counts]) -> tuple[Column, ...]:
    kind = one.question.kind
    if kind in CHOSEN:
        return tuple(Column(choice.key, asked.say(choice.text, choice.key)) for choice in one.choices)
    if kind == "nps":
        return tuple(Column(party, _PARTY_WORDS[party].say()) for party in reversed(_PARTIES))
    if kind == "number":
        return ()
    least, most = scale_of(one.question)
    found = {int(value) for group in counts.values() for value in group.values}
    return tuple(Column(str(value), str(value)) for value in sorted({*range(least, most + 1), *found}))


def _group(one: AskedQuestion, columns: Sequence[Column], key: str, text: str, counts: Mapping[str, _Counts]) -> Group:
    mine = counts[key]
    cells = tuple(scores.share(mine.cells[column.key], mine.answered) for column in columns)
    if one.question.kind not in NUMERIC:
        return Group(key, text, mine.answered, cells)
    rest: Counter[Decimal] = Counter()
    for other, group in counts.items():
        if other != key:
            rest.update(group.values)
    score = _score(one, mine.values)
    return Group(key, text, mine.answered, cells, score, scores.difference(score, _score(one, rest)))


def _score(one: AskedQuestion, values: Mapping[Decimal, int]) -> Score:
    if one.question.kind == "number":
        total = sum((Fraction(value) * n for value, n in values.items()), Fraction())
        squares = sum((Fraction(value) ** 2 * n for value, n in values.items()), Fraction())
        return scores.mean("mean", sum(values.values()), total, squares)
    return scores.score(SCORED[one.question.kind], values)


async def _names(asked: Asked, by: By, keys: Sequence[str], other: str) -> dict[str, str]:
    named = {NONE: _NOBODY.say()}
    if by == "level":
        named |= {str(level.id): level.name.say() for level in await levels.ladder()}
    elif by == "rfm":
        named |= {key: group.name.say() for key, group in segments.GROUPS.items()}
    elif by == "question" and (one := asked.find(other)) is not None:
        named |= {choice.key: asked.say(choice.text, choice.key) for choice in one.choices}
        if one.question.kind == "nps":
            named |= {party: words.say() for party, words in _PARTY_WORDS.items()}
    return {key: named.get(key, key) for key in keys}


def outside(by: By, key: str) -> str:
    """A group's key as callers know it: levels by their outer id."""
    return ids.show("lvl", uuid.UUID(key)) if by == "level" and key != NONE else key
