"""Values between the page and the database: read strictly, shown as a person reads them.

Moments are shown and typed in the reader's zone (a shop's own), without an offset; the zone stands in the column's
title. Whatever cannot be stored is refused here with a sentence, so that the database is never the first to say no.
"""

from __future__ import annotations

import json
import re
import uuid
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from piccolo.columns import (
    JSON,
    JSONB,
    UUID,
    Array,
    BigInt,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    SmallInt,
    Text,
    Time,
    Timestamptz,
    Varchar,
)

from tenants.kit import clock
from tenants.kit.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from piccolo.columns import Column

TEXT_MAX = 100_000
WHOLE_MAX: dict[type[Column], int] = {SmallInt: 2**15 - 1, BigInt: 2**63 - 1}
_LOCAL = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\Z")


class Unfit(Exception):
    """A value that the column cannot take, and why."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def show(column: Column, value: Any, *, zone: str) -> Any:
    """A value of a column as the page gets it."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return clock.shown(zone, value)
    if isinstance(value, list):
        return [show(column, item, zone=zone) for item in value]
    if isinstance(value, bytes):
        return "•••"
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def read(column: Column, raw: Any, *, zone: str) -> Any:
    """What the page sent, as the column's own type. Raises Unfit."""
    if raw is None:
        return _read_nothing(column)
    if isinstance(column, Array):
        return _read_list(column, raw, zone=zone)
    if raw == "" and column._meta.null:
        return None
    for kind, reader in _READERS:
        if isinstance(column, kind):
            return reader(column, raw, zone)
    raise Unfit(Words(en="this cannot be written here", zh="此项不能在这里修改"))


def json_type(column: Column) -> dict[str, Any]:
    """How the page asks for the column: its JSON schema type and format."""
    if isinstance(column, Array):
        return {"type": "array"}
    if isinstance(column, Boolean):
        return {"type": "boolean"}
    if isinstance(column, Integer):
        return {"type": "integer"}
    if isinstance(column, Numeric):
        return {"type": "number"}
    for kind, form in ((Timestamptz, "date-time"), (Date, "date"), (Time, "time")):
        if isinstance(column, kind):
            return {"type": "string", "format": form}
    return {"type": "string"}


def is_shown(column: Column) -> bool:
    """Whether a column may be shown at all: nothing secret, no bytes, no raw JSON."""
    return not (column._meta.secret or isinstance(column, Bytea | JSON | JSONB))


def read_text(raw: Any, *, most: int) -> str:
    """Text of at most so many characters that the database can hold."""
    if not isinstance(raw, str):
        raise Unfit(Words(en="use text", zh="请输入文字"))
    if len(raw) > most:
        raise Unfit(Words(en=f"use at most {most} characters", zh=f"最多 {most} 个字"))
    try:
        raw.encode()
    except UnicodeEncodeError:
        raise Unfit(_UNSTORABLE) from None
    if "\x00" in raw:
        raise Unfit(_UNSTORABLE)
    return raw


def read_yes_no(raw: Any) -> bool:
    """True or false, as JSON or as a form sends it."""
    told = {"true": True, "false": False}.get(str(raw).lower()) if isinstance(raw, str | bool) else None
    if told is None:
        raise Unfit(Words(en="choose yes or no", zh="请选择是或否"))
    return told


def read_whole(raw: Any, *, least: int, most: int) -> int:
    """A whole number between two others."""
    if isinstance(raw, str) and re.fullmatch(r"\s*[+-]?[0-9]{1,20}\s*", raw, re.ASCII):
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise Unfit(Words(en="use a whole number", zh="请输入整数"))
    if not least <= raw <= most:
        raise Unfit(Words(en=f"use a number from {least} to {most}", zh=f"请输入 {least} 到 {most} 之间的数"))
    return raw


def read_decimal(raw: Any) -> Decimal:
    """A finite decimal number."""
    try:
        value = Decimal(str(raw).strip()) if isinstance(raw, str | int | float) and not isinstance(raw, bool) else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or abs(value.adjusted()) > 40:  # noqa: PLR2004  beyond any column
        raise Unfit(Words(en="use a number such as 12.50", zh="请输入数字，如 12.50"))
    return value


def read_moment(raw: Any, *, zone: str) -> datetime:
    """A moment typed as a wall clock in the zone shows it; a time that the spring change skips is moved to its end."""
    found = _LOCAL.match(raw) if isinstance(raw, str) else None
    try:
        if not found:
            raise ValueError  # noqa: TRY301  one sentence for all that is no time
        moment = clock.local(zone, date.fromisoformat(found[1]), time.fromisoformat(found[2]))
        if not 1900 <= moment.year <= 9000:  # noqa: PLR2004  no shop is older, and PostgreSQL ends somewhere
            raise ValueError  # noqa: TRY301
    except (ValueError, OverflowError):
        raise Unfit(Words(en="use a time such as 2026-11-21 09:30", zh="请输入时间，如 2026-11-21 09:30")) from None
    return moment.astimezone(UTC)


def read_date(raw: Any) -> date:
    """A day of the calendar."""
    try:
        if not isinstance(raw, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", raw, re.ASCII):
            raise ValueError  # noqa: TRY301
        return date.fromisoformat(raw)
    except ValueError:
        raise Unfit(Words(en="use a date such as 2026-11-21", zh="请输入日期，如 2026-11-21")) from None


def read_time(raw: Any) -> time:
    """A time of day."""
    try:
        if not isinstance(raw, str) or not re.fullmatch(r"\d\d:\d\d(:\d\d)?(\.\d+)?", raw, re.ASCII):
            raise ValueError  # noqa: TRY301
        return time.fromisoformat(raw).replace(microsecond=0)
    except ValueError:
        raise Unfit(Words(en="use a time of day such as 09:30", zh="请输入时刻，如 09:30")) from None


_UNSTORABLE = Words(en="it holds a character that cannot be stored", zh="含有无法保存的字符")
_LIST_MAX = 100


def _read_nothing(column: Column) -> Any:
    if column._meta.null:
        return None
    if isinstance(column, Varchar | Text):
        return ""
    if isinstance(column, Array):
        return []
    raise Unfit(Words(en="this is needed", zh="必填"))


def _read_list(column: Array, raw: Any, *, zone: str) -> list[Any]:
    if isinstance(raw, str) and raw:
        try:
            raw = json.loads(raw)
        except ValueError:
            raw = None
    if raw in ("", []):
        return []
    if not isinstance(raw, list) or len(raw) > _LIST_MAX:
        raise Unfit(Words(en=f"use a list of at most {_LIST_MAX}", zh=f"最多 {_LIST_MAX} 项"))
    items = [read(column.base_column, item, zone=zone) for item in raw if item not in ("", None)]
    return list(dict.fromkeys(items))


def read_key(column: Column, raw: Any) -> Any:
    """A primary key, or a reference to one. Raises Unfit."""
    if isinstance(column, Integer):
        return read_whole(raw, least=1, most=2**15 - 1 if isinstance(column, SmallInt) else 2**31 - 1)
    if isinstance(column, Varchar):
        return read_text(raw, most=column.length or 255)
    try:
        if not isinstance(raw, str) or len(raw) > 40:  # noqa: PLR2004  no UUID is longer
            raise ValueError  # noqa: TRY301
        return uuid.UUID(raw)
    except ValueError:
        raise Unfit(Words(en="choose one from the list", zh="请从列表中选择")) from None


def _read_decimal(column: Numeric, raw: Any) -> Decimal:
    value = read_decimal(raw)
    precision, scale = column.digits or (None, None)
    if scale is not None and precision is not None:
        if value != round(value, scale):
            raise Unfit(Words(en=f"use at most {scale} decimals", zh=f"最多 {scale} 位小数"))
        if abs(value) >= 10 ** (precision - scale):
            raise Unfit(Words(en="this number is too large", zh="数字过大"))
    return value


def _read_integer(column: Integer, raw: Any) -> int:
    most = WHOLE_MAX.get(type(column), 2**31 - 1)
    return read_whole(raw, least=-most, most=most)


def _refuse(_column: Column, _raw: Any, _zone: str) -> Any:
    raise Unfit(Words(en="this cannot be written here", zh="此项不能在这里修改"))


# The first kind that fits decides, so that a kind stands before those that it is made from.
_READERS: tuple[tuple[Any, Callable[[Any, Any, str], Any]], ...] = (
    (JSON, _refuse),
    (JSONB, _refuse),
    (ForeignKey, lambda column, raw, _: read_key(column._foreign_key_meta.resolved_references._meta.primary_key, raw)),
    (UUID, lambda column, raw, _: read_key(column, raw)),
    (Boolean, lambda _, raw, __: read_yes_no(raw)),
    (Numeric, lambda column, raw, _: _read_decimal(column, raw)),
    (Integer, lambda column, raw, _: _read_integer(column, raw)),
    (Timestamptz, lambda _, raw, zone: read_moment(raw, zone=zone)),
    (Date, lambda _, raw, __: read_date(raw)),
    (Time, lambda _, raw, __: read_time(raw)),
    (Varchar, lambda column, raw, _: read_text(raw, most=column.length or 255)),
    (Text, lambda _, raw, __: read_text(raw, most=TEXT_MAX)),
)
