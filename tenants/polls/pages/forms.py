"""What is typed into the forms of a poll, read field by field, so that each mistake is told beside its field."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import pictures
from tenants.kit import clock, ids
from tenants.kit.errors import DomainError, Invalid, NotFound
from tenants.kit.shapes import money
from tenants.kit.words import Words
from tenants.polls.rules.refusals import TermsFrozen
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenants.kit.console import Ask

TEXTS = ("name_zh", "name_en", "description_zh", "description_en")
CHOICES = ("purpose", "period", "results")
NUMBERS = ("choices_min", "choices_max", "reward_points")
YES_NO = ("changeable", "shuffled", "stock")
OPTION_TEXTS = ("text_zh", "text_en", "product")
PRICES = ("price_low", "price_high")
WHOLE_FORM = ""
"""Where a problem is told that is none of a field."""
_WHOLE_NUMBER = Words(en="use a whole number", zh="请使用整数")


@dataclass(slots=True)
class Typed:
    """What was typed, what it means, and what is wrong with it, each by the name of the field."""

    given: Mapping[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def telling(self, name: str = WHOLE_FORM) -> _Telling:
        """What is refused inside is told beside the field that it names, else beside `name`."""
        return _Telling(self, name)


@dataclass(frozen=True, slots=True)
class _Telling:
    typed: Typed
    name: str

    def __enter__(self) -> None:
        """Nothing is to be done before."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, DomainError):
            return False
        field, said = self.name, error.say()
        if isinstance(error, Invalid):
            problem = error.facts["problem"]
            field = self.name or str(error.facts["param"])
            said = problem.say() if isinstance(problem, Words) else str(problem)
        elif isinstance(error, TermsFrozen):
            field = str(error.facts["field"])
        self.typed.errors.setdefault(field, said)
        return True


async def read_terms(ask: Ask) -> Typed:
    """The terms of a poll as the form has them."""
    typed = Typed(ask.given)
    typed.values |= {name: ask.text(name) for name in (*TEXTS, *CHOICES)}
    typed.values |= {name: bool(ask.text(name)) for name in YES_NO}
    for name in NUMBERS:
        with typed.telling(name):
            typed.values[name] = _needed(ask.whole(name), name)
    for name in ("starts_at", "ends_at"):
        with typed.telling(name):
            typed.values[name] = _moment(ask.text(name), name)
    for name, prefix in (("segment", "seg"), ("reward_voucher", "vtp")):
        with typed.telling(name):
            typed.values[name] = ids.read(prefix, ask.text(name)) if ask.text(name) else None
    await _read_picture(ask, typed)
    return typed


async def read_option(ask: Ask) -> Typed:
    """The terms of an option as the form has them."""
    typed = Typed(ask.given)
    typed.values |= {name: ask.text(name) for name in OPTION_TEXTS}
    for name in PRICES:
        with typed.telling(name):
            typed.values[name] = _price(ask.text(name), name)
    await _read_picture(ask, typed)
    return typed


def moment_for_form(at: datetime | None) -> str:
    """A moment as a field for date and time has it, in the shop's zone."""
    return "" if at is None else at.astimezone(clock.zone(current_tenant().timezone)).strftime("%Y-%m-%dT%H:%M")


async def _read_picture(ask: Ask, typed: Typed) -> None:
    """The picture that was uploaded; the one that is there stays where none was, unless it is to go."""
    upload = ask.files.get("picture")
    if upload is None:
        kept = ask.text("kept_picture")
        with typed.telling("picture"):
            typed.values["picture"] = ids.read("pic", kept) if kept and not ask.text("no_picture") else None
        return
    with typed.telling("picture"):
        if upload.size > pictures.UPLOAD_BYTES_MAX:  # and so is never read into memory
            raise pictures.PictureTooLarge(name=upload.name[:100], most=pictures.UPLOAD_BYTES_MAX // 1_000_000)
        content = await asyncio.to_thread(upload.file.read)
        typed.values["picture"] = await pictures.keep(content, name=upload.name)


def _needed(number: int | None, name: str) -> int:
    if number is None or abs(number) > 2**31 - 1:
        raise Invalid(param=name, problem=_WHOLE_NUMBER)
    return number


def _moment(text: str, name: str) -> datetime | None:
    if not text:
        return None
    try:
        wall = datetime.fromisoformat(text)
        if wall.tzinfo is None:
            return clock.local(current_tenant().timezone, wall.date(), wall.time())
    except (ValueError, OverflowError):
        pass
    raise Invalid(param=name, problem=Words(en="use a day and a time", zh="请填写日期和时间"))


def _price(text: str, name: str) -> Decimal | None:
    return money(text, param=name) if text else None


def read_id(prefix: str, text: str, unknown: type[NotFound]) -> uuid.UUID:
    """The id behind its outside form. Raises the subject's own word for what is not there."""
    try:
        return ids.read(prefix, text)
    except NotFound:
        raise unknown from None
