"""What is asked of a list: filters, order and pages, each read strictly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admin import values
from admin.refusals import BadQuery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from piccolo.columns.combination import Where

PAGE_MAX = 1_000_000


class Query:
    """The parameters of one request on a list."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given: dict[str, list[str]] = {name: [value] for name, value in given.items()}
        self.clauses: list[Where] = []

    def text(self, name: str) -> str | None:
        """The last value under that name."""
        return self.given[name][-1] if name in self.given else None

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        """The number under that name. Raises BadQuery."""
        try:
            return default if name not in self.given else values.read_whole(self.text(name), least=least, most=most)
        except values.Unfit as error:
            raise BadQuery(param=name, problem=error.words) from None


def clean(text: str) -> str:
    """Text without what no row can hold, to search with."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def pattern(before: str, text: str, after: str) -> str:
    """A pattern for LIKE in which only what is around the text has a meaning."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{before}{escaped}{after}"
