"""Where a poll stands at a moment: the one place that says whether it is open, and since when it is over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from tenants.kit import clock
from tenants.kit.words import Words
from tenants.polls.rules.refusals import PollClosed, PollNotOpen, PollUnknown
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    from datetime import datetime

    from tenants.kit.errors import DomainError

Status: TypeAlias = Literal["draft", "coming", "running", "paused", "over"]
EVER = date(1970, 1, 1)
"""The period of a ballot that is for ever."""

STATUS_WORDS: dict[str, Words] = {
    "draft": Words(en="Draft", zh="草稿"),
    "coming": Words(en="Scheduled", zh="未开始"),
    "running": Words(en="Running", zh="进行中"),
    "paused": Words(en="Paused", zh="已暂停"),
    "over": Words(en="Over", zh="已结束"),
}


def status_of(row: Any, moment: datetime) -> Status:
    """What a poll is at that moment. It is over from `ends_at` on, whatever has been noted of it by then."""
    if row["state"] == "draft":
        return "draft"
    if row["state"] == "ended" or (row["ends_at"] and row["ends_at"] <= moment):
        return "over"
    if row["state"] == "paused":
        return "paused"
    return "coming" if row["starts_at"] and moment < row["starts_at"] else "running"


def refusal_of(row: Any, moment: datetime) -> DomainError | None:
    """Why nobody can vote in a poll at that moment; None where one can."""
    if row is None or row["state"] == "draft":
        return PollUnknown()
    status = status_of(row, moment)
    if status == "running":
        return None
    return PollClosed() if status == "over" else PollNotOpen()


def period_of(row: Any, moment: datetime) -> date:
    """The period that a ballot of that moment is of: the shop's day, or for ever."""
    return clock.today(current_tenant().timezone, moment) if row["period"] == "day" else EVER


def name_of(row: Any) -> Words:
    """A row's name in both languages, whichever it has."""
    return Words(en=row["name_en"] or row["name_zh"], zh=row["name_zh"] or row["name_en"])


def text_of(row: Any) -> Words:
    """An option's text in both languages, whichever it has."""
    return Words(en=row["text_en"] or row["text_zh"], zh=row["text_zh"] or row["text_en"])
