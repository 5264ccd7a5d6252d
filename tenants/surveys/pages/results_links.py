"""Addresses of the pages of results: each number leads to its rows, under the filter that the page has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tenants.kit import ids
from tenants.surveys.api.results_shown import plain
from tenants.surveys.rules import crosstabs, filtering
from tenants.surveys.rules.filtering import NUMERIC

if TYPE_CHECKING:
    from tenants.surveys.rules.asked import Asked, AskedQuestion
    from tenants.surveys.rules.crosstabs import By, Column, Crosstab, Group
    from tenants.surveys.rules.filtering import Filter
    from tenants.surveys.rules.results import Bar
    from tenants.surveys.rules.timelines import Period

PARTIES = {"promoters": "9..10", "passives": "7..8", "detractors": "0..6"}


@dataclass(frozen=True, slots=True)
class Links:
    """Where the numbers of one survey lead to."""

    asked: Asked
    chosen: Filter

    @property
    def home(self) -> str:
        """The page of the survey without a filter."""
        return f"/console/survey-results/{ids.show('sur', self.asked.id)}"

    def to(self, place: str = "", **fields: str) -> str:
        """A page below it under the same filter, and whatever else it takes."""
        return self.under(self.chosen.query | fields, place)

    def under(self, fields: dict[str, str], place: str = "responses") -> str:
        """A page below it under this filter."""
        return self.home + (f"/{place}" if place else "") + (f"?{urlencode(fields)}" if fields else "")

    def answered(self, key: str, what: str = "*", part: str = "") -> str:
        """The responses that said this."""
        return self.under(self.chosen.further(key, what, part))

    def bar(self, key: str, bar: Bar) -> str:
        """Those whose number or day lies in a bar; numbers below its end."""
        dated = not hasattr(bar.low, "as_tuple")
        return self.answered(key, f"{plain(bar.low)}..{'' if dated else '<'}{plain(bar.high)}")

    def stopped(self, key: str) -> str:
        """Those who saw this question last."""
        return self.under(replace(self.chosen, state="partial", reached=key).query)

    def began(self, key: str) -> str:
        """Those who answered this question, whatever became of them."""
        return self.under(replace(self.chosen, state="any").further(key, "*"))

    def during(self, period: Period) -> str:
        """Those of a period."""
        since, until = (
            max(period.start, self.chosen.since or period.start), min(period.end, self.chosen.until or period.end)
        )  # fmt: skip
        return self.under(replace(self.chosen, since=since, until=until).query)

    def cell(self, table: Crosstab, group: Group, column: Column | None, *, other: str, other_part: str) -> str:
        """Those of a group who said this; nothing for a group that no filter names."""
        narrowed = self._group(table.by, group.key, other, other_part)
        if narrowed is None:
            return ""
        if column is None:
            return self.under(narrowed.further(table.question.key, "*", table.part))
        what = value_of(table.question, column.key)
        return self.under(narrowed.further(table.question.key, what, table.part))

    def _group(self, by: By, key: str, other: str, other_part: str) -> Filter | None:
        if by == "question":
            one = self.asked.find(other)
            if one is None:
                return None
            fields = self.chosen.further(other, value_of(one, key), other_part)
            return replace(self.chosen, answers=_wanted(fields["answer"], self.asked))
        if by == "level":
            return replace(self.chosen, level=crosstabs.outside("level", key))
        if key == crosstabs.NONE:
            return None
        if by == "attribute":
            return replace(self.chosen, attribute=f"{other}={key}")
        return replace(self.chosen, tag=key) if by == "tag" else replace(self.chosen, rfm=key)


def value_of(one: AskedQuestion, key: str) -> str:
    """How a filter says what a cross-table calls by this key."""
    if one.question.kind == "ranking":
        return f"{key}@1"
    return PARTIES.get(key, key) if one.question.kind in NUMERIC else key


def _wanted(text: str, asked: Asked) -> tuple[filtering.Wanted, ...]:
    return filtering.read({"answer": text}, asked).answers
