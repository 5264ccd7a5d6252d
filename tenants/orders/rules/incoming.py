"""One event as a shop tells it, and whether it can be used."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants.kit import clock
from tenants.kit.errors import DomainError, Invalid
from tenants.kit.shapes import money
from tenants.kit.words import Words
from tenants.orders.rules.deciding import KINDS, Event, Kind, Line
from tenants.orders.rules.refusals import OtherCurrency
from tenants.orders.rules.texts import check_text
from tenants.orders.tables import NAME_MAX, SOURCE_MAX

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator, Sequence

ITEMS_MAX = 1_000_000
LINES_MAX = 200
CARRIER_MAX = 50
TRACKING_MAX = 100
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_TOTAL_NEEDED = frozenset({"paid", "refunded"})
_AHEAD = timedelta(days=1)  # a shop's clock may be a little fast, and its zone wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One event of one order as a shop tells it.

    The member is named by id or by external id; `reference` is the shop's name for the event, unique in the order;
    `amount` is the order's total, for a refund the part; other events than paid and refunded may leave it out.
    `lines` are the order's, of a refund what of each line was paid back; `shipping` and `tax` are parts of the amount.
    """

    source: str
    external_id: str
    member: uuid.UUID | None = None
    member_external_id: str | None = None
    kind: Kind
    reference: str
    at: datetime
    amount: Decimal | None
    currency: str
    items: int | None = None
    lines: tuple[Line, ...] = ()
    shipping: Decimal | None = None
    tax: Decimal | None = None
    carrier: str | None = None
    tracking: str | None = None


def usable(items: Sequence[Incoming], *, currency: str) -> Iterator[tuple[Incoming, Event | DomainError]]:
    """Each item with its names as they are kept, and its event or why it cannot be used.

    Names are compared in Unicode's composed form, in which members keep theirs: shops send the same name in either.
    """
    latest = clock.now() + _AHEAD
    for told in items:
        item = _composed(told)
        try:
            yield item, _read(item, currency=currency, latest=latest)
        except DomainError as error:
            yield item, error


def digest_of(event: Event) -> bytes:
    """A digest of what an event tells, by which a repeat is known from a contradiction."""
    facts = f"{event.kind}|{event.at.astimezone(UTC).isoformat()}|{event.amount}|{event.items}"
    more = (event.lines, event.shipping, event.tax, event.carrier, event.tracking)
    if any(
        fact not in (None, ()) for fact in more
    ):  # an event that tells none of these has the digest that it always had
        lines = [(line.key, line.product, line.category, line.quantity, str(line.amount)) for line in event.lines]
        facts = f"{facts}|{lines}|{more[1:]}"
    return hashlib.blake2b(facts.encode(), digest_size=16).digest()


def _composed(item: Incoming) -> Incoming:
    names = (item.source, item.external_id, item.member_external_id or "")
    texts = [text for line in item.lines for text in (line.key, line.product, line.category)]
    if "".join((*names, *texts)).isascii():
        return item
    source, external_id, buyer = (unicodedata.normalize("NFC", name) for name in names)
    named = None if item.member_external_id is None else buyer
    lines = tuple(
        replace(
            line,
            key=unicodedata.normalize("NFC", line.key),
            product=unicodedata.normalize("NFC", line.product),
            category=unicodedata.normalize("NFC", line.category),
        )
        for line in item.lines
    )
    return replace(item, source=source, external_id=external_id, member_external_id=named, lines=lines)


def _read(item: Incoming, *, currency: str, latest: datetime) -> Event:
    check_text(item.source, most=SOURCE_MAX, param="order.source")
    check_text(item.external_id, most=NAME_MAX, param="order.external_id")
    check_text(item.reference, most=NAME_MAX, param="reference")
    if (item.member is None) == (item.member_external_id is None):
        raise Invalid(
            param="member", problem=Words(en="give id or external_id", zh="请提供 id 或 external_id 其中之一")
        )
    if item.member_external_id is not None:
        check_text(item.member_external_id, most=NAME_MAX, param="member.external_id")
    if item.kind not in KINDS:
        raise Invalid(
            param="kind", problem=Words(en=f"use one of {', '.join(KINDS)}", zh=f"请使用 {'、'.join(KINDS)} 之一")
        )
    if item.currency != currency:
        raise OtherCurrency(currency=currency)
    if item.amount is None and item.kind in _TOTAL_NEEDED:
        raise Invalid(
            param="amount", problem=Words(en="paid and refunded events need one", zh="付款和退款事件必须填写金额")
        )
    if item.items is not None and not 0 <= item.items <= ITEMS_MAX:
        raise Invalid(param="items", problem=Words(en="use 0 to 1,000,000", zh="请使用 0 到 1000000"))
    if item.at.tzinfo is None or not EARLIEST <= item.at <= latest:
        raise Invalid(
            param="at",
            problem=Words(
                en="use a time with its offset, from 2000 on and not ahead",
                zh="请使用带时区的时间，不早于 2000 年且不晚于现在",
            ),
        )
    amount = None if item.amount is None else money(item.amount, param="amount")
    if item.lines or item.shipping is not None or item.tax is not None or item.carrier or item.tracking:
        return _with_more(item, amount)
    return Event(item.reference, item.kind, item.at, amount, item.items)


def _with_more(item: Incoming, amount: Decimal | None) -> Event:
    lines = tuple(_line(line, place) for place, line in enumerate(item.lines))
    if len(lines) > LINES_MAX or len({line.key for line in lines}) < len(lines):
        raise Invalid(
            param="lines",
            problem=Words(
                en=f"use at most {LINES_MAX} lines, each with a key of its own",
                zh=f"最多 {LINES_MAX} 行，且每行编号不同",
            ),
        )
    parts = {name: None if (value := getattr(item, name)) is None else money(value, param=name)
             for name in ("shipping", "tax")}  # fmt: skip
    told = sum((value for value in parts.values() if value), Decimal(0))
    if item.kind == "refunded":
        told += sum((line.amount for line in lines), Decimal(0))
    if amount is not None and told > amount:
        raise Invalid(
            param="amount",
            problem=Words(en="its parts are more than the whole", zh="各部分金额之和超过总额"),
        )
    for name, most in (("carrier", CARRIER_MAX), ("tracking", TRACKING_MAX)):
        if text := getattr(item, name):
            check_text(text, most=most, param=name)
    items = item.items
    if items is None and lines and item.kind != "refunded":
        items = min(sum(line.quantity for line in lines), ITEMS_MAX)
    return Event(
        item.reference, item.kind, item.at, amount, items, lines, parts["shipping"], parts["tax"],
        item.carrier or None, item.tracking or None)  # fmt: skip


def _line(line: Line, place: int) -> Line:
    param = f"lines[{place}]"
    check_text(line.key, most=NAME_MAX, param=f"{param}.key")
    if line.key.startswith("*"):
        raise Invalid(param=f"{param}.key", problem=Words(en="it cannot begin with *", zh="不能以 * 开头"))
    for name in ("product", "category"):
        if text := getattr(line, name):
            check_text(text, most=NAME_MAX, param=f"{param}.{name}")
    if not 0 <= line.quantity <= ITEMS_MAX:
        raise Invalid(param=f"{param}.quantity", problem=Words(en="use 0 to 1,000,000", zh="请使用 0 到 1000000"))
    return replace(line, amount=money(line.amount, param=f"{param}.amount"))


def event_of(row: Any, lines: Sequence[Any] = ()) -> Event:
    """An event out of its row and those of its lines."""
    return Event(
        row["reference"], row["kind"], row["at"], row["amount"], row["items"],
        tuple(Line(line["key"], line["product"], line["category"], line["quantity"], line["amount"]) for line in lines),
        row["shipping"], row["tax"], row["carrier"], row["tracking"])  # fmt: skip
