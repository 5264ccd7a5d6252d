"""What a batch tells of each order, set against what was told before: new, said before, or a contradiction."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from tenants.kit.errors import DomainError
from tenants.orders.rules.deciding import Event, Standing, Terms, decide
from tenants.orders.rules.incoming import Incoming, digest_of, usable
from tenants.orders.rules.refusals import EventDiffers, OtherMember
from tenants.orders.rules.totals import Counted

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from tenants.kit.words import Words


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an event: the order as it stands after the whole batch."""

    order: uuid.UUID
    reference: str
    state: str
    points_given: int
    repeated: bool = False


@dataclass(slots=True, eq=False)
class Story:
    """One order: what a batch says of it (`news`: place in the batch, event, digest) and what was told before.

    The numbers are those of the row; `points_due` stays that of before until the row is written.
    """

    source: str
    external_id: str
    news: list[tuple[int, Incoming, Event, bytes]] = field(default_factory=list)
    id: uuid.UUID | None = None
    member: uuid.UUID | None = None
    member_external_id: str | None = None
    terms: Terms | None = None
    terms_id: uuid.UUID | None = None
    level_multiplier: Decimal | None = None
    level_name: Words | None = None
    active_at: datetime | None = None
    points_due: int = 0
    points_capped: int = 0
    cap_asked: int = 0
    cap_got: int = 0
    points_given: int = 0
    points_short: int = 0
    counted: Decimal = Decimal("0.00")
    version: int = 0
    state: str = ""
    state_before: str | None = None
    refunded_before: Decimal = Decimal("0.00")
    counted_before: Counted | None = None
    forgotten: bool = False
    aliases: set[uuid.UUID | str | None] = field(default_factory=set)
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

    @property
    def target_before(self) -> int:
        """What the member should have had for it before."""
        return self.points_given - self.points_short

    @property
    def target(self) -> int:
        """What the member should have for it: what is due less what a cap withholds."""
        return self.standing.points - self.points_capped

    @property
    def over(self) -> bool:
        """Whether nothing is left of it: a refund of which the order is not told yet may be of a part."""
        return _over(self.state, [*self.told.values(), *self.fresh])

    @property
    def over_before(self) -> bool:
        """Whether nothing was left of it before."""
        return _over(self.state_before, self.told.values())

    @property
    def counts(self) -> Counted:
        """How it counts in the totals of its member."""
        standing = self.standing
        return Counted(standing.valid, standing.amount - standing.refunded, standing.placed_at)

    @property
    def plain(self) -> bool:
        """Whether one event without parts is all that is told of it, and it earns by amount alone."""
        if len(self.fresh) != 1 or self.told or self.standing.earned:
            return False
        event = self.fresh[0][0]
        parts = (event.lines, event.shipping, event.tax, event.carrier, event.tracking)
        return event.kind != "refunded" and all(part in (None, ()) for part in parts)

    def sort_out(self) -> bool:
        """Set the news against what was told before. Returns whether anything of it is new."""
        self.fresh, self.repeated, self.refused = [], set(), {}
        told = dict(self.told)
        for place, item, event, digest in self.news:
            if not self.is_of(item):
                self.refused[place] = OtherMember(source=self.source, external_id=self.external_id)
            elif (before := told.get(event.reference)) is None:
                told[event.reference] = (event, digest)
                self.fresh.append((event, digest))
            elif before[1] == digest:
                self.repeated.add(place)
            else:
                self.refused[place] = EventDiffers(reference=event.reference)
        if self.fresh and self.terms is not None:
            events = [event for event, _ in told.values()]
            self._standing = decide(events, self.terms, self.level_multiplier or _ONE)
            self.state = self._standing.state
        return bool(self.fresh)

    @property
    def asks_level(self) -> bool:
        """Whether it earns for the first time now, so that the member's level counts from now on."""
        earns = self._standing is not None and self._standing.awarded_at is not None
        return earns and self.level_multiplier is None and self.terms is not None and self.terms.by_level

    def at_level(self, multiplier: Decimal) -> None:
        """Count the level's multiplier from now on, for good."""
        self.level_multiplier = multiplier
        if multiplier != 1:
            self.sort_out()

    def is_of(self, item: Incoming) -> bool:
        """Whether it is the order of the member whom an event names: by their own names, or by one merged into them.

        A member who was erased has no name left to compare; what the shop still tells of their orders is believed.
        """
        if self.forgotten:
            return True
        if item.member is not None:
            return item.member == self.member or item.member in self.aliases
        return item.member_external_id == self.member_external_id or item.member_external_id in self.aliases


_ONE = Decimal(1)


def _over(state: str | None, told: Iterable[tuple[Event, bytes]]) -> bool:
    total_told = (event.amount is not None for event, _ in told if event.kind != "refunded")
    return state == "cancelled" or (state == "refunded" and any(total_told))


def gather(items: Sequence[Incoming], *, currency: str) -> tuple[list[Story], dict[int, DomainError]]:
    """The stories of a batch in the order in which they are locked, and what cannot be used, by place."""
    stories: dict[tuple[str, str], Story] = {}
    refused: dict[int, DomainError] = {}
    for place, (item, event) in enumerate(usable(items, currency=currency)):
        if isinstance(event, DomainError):
            refused[place] = event
            continue
        key = (item.source, item.external_id)
        story = stories.get(key)
        if story is None:
            story = stories[key] = Story(*key)
        story.news.append((place, item, event, digest_of(event)))
    return [stories[key] for key in sorted(stories)], refused
