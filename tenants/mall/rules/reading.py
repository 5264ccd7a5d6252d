"""Looking: what a member can have and why not, what was redeemed, and how an item would look to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tenants.kit import clock
from tenants.mall.rules import deciding
from tenants.mall.rules.refusals import ItemUnknown, RedemptionUnknown
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from tenants.kit.errors import DomainError
    from tenants.mall.rules.pricing import Price


@dataclass(frozen=True, slots=True)
class Offer:
    """An item as one member sees it: the price for them, how many they could have, and every reason why not."""

    row: Any
    price: Price
    left: int | None
    refusals: tuple[DomainError, ...]

    @property
    def can(self) -> bool:
        """Whether they could redeem one now."""
        return not self.refusals


_SHOWN = """
SELECT i.id, i.name_en, i.name_zh, i.description_en, i.description_zh, i.terms_en, i.terms_zh, i.image, i.kind,
       i.benefit, i.with_order, i.starts_at, i.ends_at, i.position, c.key AS category, c.name_en AS category_en,
       c.name_zh AS category_zh
  FROM __tenant__.mall_item i LEFT JOIN __tenant__.mall_category c ON c.id = i.category"""

_ITEMS = """
SELECT i.*, s.stock, s.taken, s.spent, s.period_starts, s.period_taken, c.key AS category_key
  FROM __tenant__.mall_item i JOIN __tenant__.mall_stock s ON s.item = i.id
  LEFT JOIN __tenant__.mall_category c ON c.id = i.category"""

_REDEMPTIONS = """
SELECT r.*, i.name_en, i.name_zh, i.kind, i.benefit, i.voucher_template, i.with_order,
       d.recipient, d.phone, d.country, d.province, d.city, d.street, d.postcode, d.carrier, d.tracking,
       d.redemption IS NOT NULL AS delivered
  FROM __tenant__.mall_redemption r JOIN __tenant__.mall_item i ON i.id = r.item
  LEFT JOIN __tenant__.mall_delivery d ON d.redemption = r.id"""


async def offers(
    member: uuid.UUID, *, category: str | None = None, after: tuple[int, uuid.UUID] | None = None, limit: int = 20
) -> list[Offer]:
    """What a member sees in the mall, in the order of the shelves: everything live whose time is not over.

    `after` is position and id of the last one of the page before.
    """
    position, last = after or (None, None)
    rows = await DB.fetch(
        f"{_SHOWN} WHERE i.state = 'live' AND (i.ends_at IS NULL OR i.ends_at > $1)"
        " AND ($2::text IS NULL OR c.key = $2) AND ($3::int IS NULL OR (i.position, i.id) > ($3::int, $4::uuid))"
        " ORDER BY i.position, i.id LIMIT $5", clock.now(), category, position, last, limit)  # fmt: skip
    return await _offers(member, rows)


async def offer(member: uuid.UUID, item: uuid.UUID) -> Offer:
    """One item as a member sees it. Raises ItemUnknown for what is not shown to members."""
    rows = await DB.fetch(f"{_SHOWN} WHERE i.id = $1 AND i.state IN ('live', 'paused')", item)
    if not rows:
        raise ItemUnknown
    return (await _offers(member, rows))[0]


async def preview(item: uuid.UUID, *, level: uuid.UUID | None = None) -> Offer:
    """How an item, a draft too, looks to a member of a level who has had none and has points enough.

    Raises ItemUnknown.
    """
    rows = await DB.fetch(f"{_SHOWN} WHERE i.id = $1", item)
    if not rows:
        raise ItemUnknown
    day = deciding.today()
    nobody = item  # the id of no member
    [row] = await deciding.facts([(item, nobody, "")], day=day)
    by_level = await deciding.ladder([{**row, "asked_member": None}])
    price = by_level.price(row, level)
    seen = {**row, "member_state": "active", "available": price.points}
    refusals = deciding.refusals(seen, quantity=1, price=price, admitted=by_level.admits(row, level), day=day)
    return Offer(rows[0], price, deciding.left(seen, day), tuple(refusals))


async def find_item(item: uuid.UUID) -> Any:
    """An item's row with its stock. Raises ItemUnknown."""
    row = await DB.fetchrow(f"{_ITEMS} WHERE i.id = $1", item)
    if row is None:
        raise ItemUnknown
    return row


async def search_items(*, state: str | None, before: uuid.UUID | None, limit: int) -> list[Any]:
    """Items, the newest first."""
    return await DB.fetch(
        f"{_ITEMS} WHERE ($1::text IS NULL OR i.state = $1) AND ($2::uuid IS NULL OR i.id < $2)"
        " ORDER BY i.id DESC LIMIT $3", state, before, limit)  # fmt: skip


async def stock_changes(item: uuid.UUID) -> list[Any]:
    """The last hundred changes of an item's stock, the latest first. Raises ItemUnknown."""
    await find_item(item)
    return await DB.fetch(
        "SELECT id, number, before, stock, reason, recorded_by, at FROM __tenant__.mall_stock_change WHERE item = $1"
        " ORDER BY number DESC LIMIT 100", item)  # fmt: skip


async def categories() -> list[Any]:
    """All categories in the order of the shelves."""
    return await DB.fetch(
        "SELECT key, name_en, name_zh, position FROM __tenant__.mall_category ORDER BY position, key")  # fmt: skip


async def redemptions(
    *, member: uuid.UUID | None = None, item: uuid.UUID | None = None, state: str | None = None,
    since: datetime | None = None, before: uuid.UUID | None = None, limit: int = 20,
) -> list[Any]:  # fmt: skip
    """Redemptions with what was redeemed and how it was sent, the newest first."""
    return await DB.fetch(
        f"{_REDEMPTIONS} WHERE ($1::uuid IS NULL OR r.member = $1) AND ($2::uuid IS NULL OR r.item = $2)"
        " AND ($3::text IS NULL OR r.state = $3) AND ($4::timestamptz IS NULL OR r.at >= $4)"
        " AND ($5::uuid IS NULL OR r.id < $5) ORDER BY r.id DESC LIMIT $6",
        member, item, state, since, before, limit)  # fmt: skip


async def find(redemption: uuid.UUID, *, member: uuid.UUID | None = None) -> tuple[Any, list[Any]]:
    """A redemption and all that happened to it, oldest first. Raises RedemptionUnknown, also for another member's."""
    row = await DB.fetchrow(f"{_REDEMPTIONS} WHERE r.id = $1", redemption)
    if row is None or member not in {None, row["member"]}:
        raise RedemptionUnknown
    events = await DB.fetch(
        "SELECT number, state, reason, recorded_by, at FROM __tenant__.mall_event WHERE redemption = $1"
        " ORDER BY number", redemption)  # fmt: skip
    return row, events


async def _offers(member: uuid.UUID, rows: Sequence[Any]) -> list[Offer]:
    if not rows:
        return []
    day = deciding.today()
    found = await deciding.facts([(row["id"], member, "") for row in rows], day=day)
    by_level = await deciding.ladder(found)
    level = by_level.levels.get(member)
    seen = []
    for shown, row in zip(rows, found, strict=True):
        price = by_level.price(row, level)
        refused = deciding.refusals(row, quantity=1, price=price, admitted=by_level.admits(row, level), day=day)
        seen.append(Offer(shown, price, deciding.left(row, day), tuple(refused)))
    return seen
