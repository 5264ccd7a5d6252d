"""What the pages of the console and of the member centre are made with: templates, and words for them."""

from __future__ import annotations

import functools
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2

from tenants.kit import clock
from tenants.kit.words import Words

_TENANTS = Path(__file__).parent.parent / "tenants"


@functools.cache
def environment(shell: Path) -> jinja2.Environment:
    """Templates of a shell's own folder and of the subjects (`<subject>/pages/<file>.html`); all text is escaped."""
    loader = jinja2.ChoiceLoader([jinja2.FileSystemLoader(shell), jinja2.FileSystemLoader(_TENANTS)])
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def speech(zone: str) -> dict[str, Any]:
    """What a template says things with, to the present reader, in that zone."""

    def words(told: Words | str) -> str:
        return told.say() if isinstance(told, Words) else told

    def moment(at: datetime | None) -> str:
        return "" if at is None else clock.shown(zone, at)[:16]

    def say(value: Any) -> str:
        if value is None:
            return "—"
        if isinstance(value, bool):
            return (Words(en="Yes", zh="是") if value else Words(en="No", zh="否")).say()
        if isinstance(value, int | Decimal):
            return _whole(value)
        return moment(value) if isinstance(value, datetime) else str(value) if isinstance(value, date) else words(value)

    return {"t": lambda en, zh: Words(en, zh).say(), "words": words, "moment": moment, "whole": _whole, "say": say}


def _whole(number: Decimal | float | None) -> str:
    return "" if number is None else f"{number:,}"
