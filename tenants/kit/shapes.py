"""What travels over the API: the base of all shapes, common field types, pages and their cursors.

A shape refuses unknown fields, so a misspelt or smuggled one is an error and never silently dropped. Its `EXAMPLE`
goes into the OpenAPI document and is checked against the shape by a test.
"""

from __future__ import annotations

import base64
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Generic, TypeVar

import msgspec
from msgspec import Meta

from tenants.kit.errors import Invalid
from tenants.kit.seals import SEAL_BYTES, is_sealed, seal
from tenants.kit.words import Words

T = TypeVar("T")

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Short = Annotated[str, Meta(min_length=1, max_length=100)]
Long = Annotated[str, Meta(max_length=2000)]
Reference = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=100,
        description="Your own name for this occasion; unique for ever. The same reference again changes nothing and"
        " answers as before.",
    ),
]
Points = Annotated[int, Meta(ge=1, le=1_000_000_000, description="Points, a whole number.")]
Amount = Annotated[Decimal, Meta(description='Money as a decimal string in the shop\'s currency, e.g. "129.00".')]
Limit = Annotated[int, Meta(ge=1, le=100, description="How many rows at most.")]

MONEY_MAX = Decimal("9999999999.99")
_CENT = Decimal("0.01")


class Shape(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Something sent or received as JSON."""

    EXAMPLE: ClassVar[dict[str, Any]] = {}


class Page(msgspec.Struct, Generic[T], kw_only=True):
    """One page of a list; pass `next_cursor` as `cursor` to get the next."""

    data: list[T]
    has_more: bool
    next_cursor: str | None = None


def money(text: Decimal | str, *, param: str) -> Decimal:
    """An amount of money with at most two decimals, from 0 to 9,999,999,999.99. Raises Invalid."""
    try:
        value = Decimal(text)
        if value.is_finite() and 0 <= value <= MONEY_MAX and value == value.quantize(_CENT):
            return value.quantize(_CENT) + 0  # and never -0.00
    except ArithmeticError:
        pass  # no number at all is answered as a number out of bounds is
    raise Invalid(
        param=param,
        problem=Words(en="use a decimal such as 129.00, not negative", zh="请使用不小于 0 的金额，如 129.00"),
    )


def page(rows: list[T], *, limit: int, scope: str, key: str = "id") -> Page[T]:
    """A page out of up to `limit + 1` rows: the one too many only says that there are more.

    `key` is the attribute, or the column of a record, by which the list is ordered; `scope` ties the cursor to one list
    of one tenant.
    """
    more = len(rows) > limit
    kept = rows[:limit]
    cursor = write_cursor(str(_position(kept[-1], key)), scope=scope) if more else None
    return Page(data=kept, has_more=more, next_cursor=cursor)


def _position(row: Any, key: str) -> Any:
    return row[key] if hasattr(row, "keys") else getattr(row, key)


def write_cursor(position: str, *, scope: str) -> str:
    """An opaque, signed cursor; it is of use only for the same scope."""
    payload = position.encode()
    return base64.urlsafe_b64encode(seal(f"cursor:{scope}", payload) + payload).decode().rstrip("=")


def read_cursor(cursor: str | None, *, scope: str) -> str | None:
    """The position in a cursor that we wrote for this scope. Raises Invalid for any other text."""
    if cursor is None:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        payload = raw[SEAL_BYTES:]
        if is_sealed(f"cursor:{scope}", payload, with_seal=raw[:SEAL_BYTES]):
            return payload.decode()
    except (ValueError, UnicodeError):
        pass
    raise Invalid(
        param="cursor",
        problem=Words(
            en="it does not belong to this list; start again without one", zh="游标与此列表不符，请从第一页重新开始"
        ),
    )
