"""What a batch tells of each order, set against what was told before: new, said before, or a contradiction."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args

from tenants.kit import clock
from tenants.kit.errors import DomainError, Invalid
from tenants.kit.shapes import money
from tenants.kit.words import Words
from tenants.orders.rules.deciding import Event, Kind, Standing, Terms, decide
from tenants.orders.rules.refusals import EventDiffers, OtherCurrency, OtherMember
from tenants.orders.tables import NAME_MAX, SOURCE_MAX

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

KINDS: frozenset[str] = frozenset(get_args(Kind))
ITEMS_MAX = 1_000_000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_TOTAL_NEEDED = frozenset({"paid", "refunded"})
_AHEAD = timedelta(days=1)  # a shop's clock may be a little fast, and its zone wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One event of one order as a shop tells it.

    The member is named by id or by external id; `reference` is the shop's name for the event, unique in the order;
    `amount` is the order's total, for a refund the part. Completed and cancelled events may leave it out.
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


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an event: the order as it stands after the whole batch."""

    order: uuid.UUID
    reference: str
    state: str
    points_given: int
    repeated: bool = False


@dataclass(slots=True)
class Story:
    """One order: what a batch says of it (`news`: place in the batch, event, digest) and what was told before."""

    source: str
    external_id: str
    news: list[tuple[int, Incoming, Event, bytes]] = field(default_factory=list)
    id: uuid.UUID | None = None
    member: uuid.UUID | None = None
    member_external_id: str | None = None
    terms: Terms | None = None
    points_given: int = 0
    points_short: int = 0
    version: int = 0
    state: str = ""
    told: dict[str, tuple[Event, bytes]] = field(default_factory=dict)
    fresh: list[tuple[Event, bytes]] = field(default_factory=list)
    repeated: set[int] = field(default_factory=set)
    refused: dict[int, DomainError] = field(default_factory=dict)
    _standing: Standing | None = None

    @property
    def standing(self) -> Standing:
        """Where the order stands with what is new; there once `sort_out` has found something new."""
        if self._standing is None:
            raise RuntimeError("nothing new was told of this order")
        return self._standing

    @property
    def owner(self) -> uuid.UUID:
        """Whose order it is; there once the order was found or its member named."""
        if self.member is None:
            raise RuntimeError("nobody has been named for this order")
        return self.member

    def sort_out(self, terms: Terms) -> bool:
        """Set the news against what was told before. Returns whether anything of it is new."""
        self.terms, self.fresh, self.repeated, self.refused = terms, [], set(), {}
        told = dict(self.told)
        for place, item, event, digest in self.news:
            if not self._is_of(item):
                self.refused[place] = OtherMember(source=self.source, external_id=self.external_id)
            elif (before := told.get(event.reference)) is None:
                told[event.reference] = (event, digest)
                self.fresh.append((event, digest))
            elif before[1] == digest:
                self.repeated.add(place)
            else:
                self.refused[place] = EventDiffers(reference=event.reference)
        if self.fresh:
            self._standing = decide((event for event, _ in told.values()), terms)
            self.state = self._standing.state
        return bool(self.fresh)

    def _is_of(self, item: Incoming) -> bool:
        if item.member is not None:
            return item.member == self.member
        return item.member_external_id == self.member_external_id


def gather(items: Sequence[Incoming], *, currency: str) -> tuple[list[Story], dict[int, DomainError]]:
    """The stories of a batch in the order in which they are locked, and what cannot be used, by place.

    Names are compared in Unicode's composed form, in which members keep theirs: shops send the same name in either.
    """
    stories: dict[tuple[str, str], Story] = {}
    refused: dict[int, DomainError] = {}
    latest = clock.now() + _AHEAD
    for place, told in enumerate(items):
        item = _composed(told)
        try:
            event = _read(item, currency=currency, latest=latest)
        except DomainError as error:
            refused[place] = error
            continue
        key = (item.source, item.external_id)
        story = stories.get(key)
        if story is None:
            story = stories[key] = Story(*key)
        story.news.append((place, item, event, _digest(event)))
    return [stories[key] for key in sorted(stories)], refused


def _composed(item: Incoming) -> Incoming:
    names = (item.source, item.external_id, item.member_external_id or "")
    if all(name.isascii() for name in names):
        return item
    source, external_id, buyer = (unicodedata.normalize("NFC", name) for name in names)
    named = None if item.member_external_id is None else buyer
    return replace(item, source=source, external_id=external_id, member_external_id=named)


def _read(item: Incoming, *, currency: str, latest: datetime) -> Event:
    _check_text(item.source, most=SOURCE_MAX, param="order.source")
    _check_text(item.external_id, most=NAME_MAX, param="order.external_id")
    _check_text(item.reference, most=NAME_MAX, param="reference")
    if (item.member is None) == (item.member_external_id is None):
        raise Invalid(
            param="member", problem=Words(en="give id or external_id", zh="请提供 id 或 external_id 其中之一")
        )
    if item.member_external_id is not None:
        _check_text(item.member_external_id, most=NAME_MAX, param="member.external_id")
    if item.kind not in KINDS:
        raise Invalid(
            param="kind",
            problem=Words(
                en="use paid, completed, cancelled or refunded", zh="请使用 paid、completed、cancelled 或 refunded"
            ),
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
    return Event(item.reference, item.kind, item.at, amount, item.items)


def _check_text(text: str, *, most: int, param: str) -> None:
    if not 1 <= len(text) <= most or not text.isprintable() or text != text.strip():
        raise Invalid(
            param=param,
            problem=Words(
                en=f"use 1 to {most} printable characters, no space around them",
                zh=f"请使用 1 到 {most} 个可见字符，首尾不留空格",
            ),
        )


def _digest(event: Event) -> bytes:
    facts = f"{event.kind}|{event.at.astimezone(UTC).isoformat()}|{event.amount}|{event.items}"
    return hashlib.blake2b(facts.encode(), digest_size=16).digest()


def event_of(row: Any) -> Event:
    """An event out of its row."""
    return Event(row["reference"], row["kind"], row["at"], row["amount"], row["items"])
