"""Orders come in: any number of events in a handful of statements, each answered for by itself.

A batch locks the orders that are known, by ascending id, then opens the new ones in the order of their names, then
moves points by ascending member: two batches that touch the same orders wait for each other and not in a ring.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import members
from tenants.kit import clock, ids
from tenants.kit.errors import DomainError
from tenants.orders.rules.deciding import Terms
from tenants.orders.rules.policy import policy
from tenants.orders.rules.settling import settle
from tenants.orders.rules.stories import Incoming, Story, Taken, event_of, gather
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime


async def take_in(item: Incoming) -> Taken:
    """Take in one event of an order. The same event again changes nothing and says so (`repeated`).

    Raises Invalid, OtherCurrency, OtherMember, EventDiffers, MemberUnknown.
    """
    [done] = await take_in_many([item])
    if isinstance(done, DomainError):
        raise done
    return done


async def take_in_many(items: Sequence[Incoming]) -> list[Taken | DomainError]:
    """Take in events of orders and say of each, in the same order, what became of it or why not.

    What cannot be used fails alone. However the events of an order are spread over batches, in whatever order and how
    often they come, the order ends the same, and so do its points, unless they had been spent when they were to be
    taken back: what is short then depends on when it was tried. A member with an unknown external id is made.
    """
    stories, refused = gather(items, currency=current_tenant().currency)
    rule = await policy()
    await _find(stories)
    known = [story for story in stories if story.id is not None]
    new = [story for story in stories if story.id is None]
    if new:
        await _name_members(new, refused)
        new = [story for story in new if story.news and story.sort_out(rule.terms)]
        lost = await _open(new)
        if lost:  # somebody else opened them a moment ago, and has committed
            new = [story for story in new if story.version]
            await _find(lost)
            known += lost
    changed = [story for story in known if story.terms and story.sort_out(story.terms)]
    for story in changed:
        story.version += 1
    await _write_events([*new, *changed])
    await settle([*new, *changed])
    if changed:
        await _change(changed)
    return _answers(items, stories, refused)


_FIND = """
SELECT o.id, o.source, o.external_id, o.member, m.external_id AS member_external_id, o.award_on, o.points_per_unit,
       o.points_given, o.points_short, o.version, o.state
  FROM unnest($1::text[], $2::text[]) AS asked(source, external_id)
  JOIN __tenant__.shop_order o ON o.source = asked.source AND o.external_id = asked.external_id
  JOIN __tenant__.member m ON m.id = o.member
 ORDER BY o.id FOR NO KEY UPDATE OF o
"""


async def _find(stories: Sequence[Story]) -> None:
    """Lock the orders that are known and, in the next statement, read what was told of them."""
    rows = await DB.fetch(_FIND, [story.source for story in stories], [story.external_id for story in stories])
    if not rows:
        return
    by_name = {(story.source, story.external_id): story for story in stories}
    by_id: dict[uuid.UUID, Story] = {}
    for row in rows:
        story = by_id[row["id"]] = by_name[row["source"], row["external_id"]]
        story.id, story.member, story.member_external_id = row["id"], row["member"], row["member_external_id"]
        story.terms = Terms(row["award_on"], row["points_per_unit"])
        story.points_given, story.points_short, story.version = row["points_given"], row["points_short"], row["version"]
        story.state = row["state"]
    events = await DB.fetch(
        "SELECT shop_order, reference, kind, at, amount, items, facts FROM __tenant__.order_event"
        " WHERE shop_order = ANY($1::uuid[])", list(by_id))  # fmt: skip
    for row in events:
        by_id[row["shop_order"]].told[row["reference"]] = (event_of(row), row["facts"])


async def _name_members(stories: Sequence[Story], refused: dict[int, DomainError]) -> None:
    """Give each new order the member whom its first usable event names; one with an unknown id is refused."""
    there = await _external_ids({item.member for story in stories for _, item, _, _ in story.news if item.member})
    wanted: dict[str, tuple[str, datetime, str]] = {}
    for story in stories:
        lost = {place for place, item, _, _ in story.news if item.member and item.member not in there}
        if lost:
            refused.update({place: members.MemberUnknown() for place in lost})
            story.news = [told for told in story.news if told[0] not in lost]
        if story.news:
            _, item, event, _ = story.news[0]
            story.member = item.member
            story.member_external_id = there[item.member] if item.member else item.member_external_id
            if not item.member and item.member_external_id:
                wanted.setdefault(item.member_external_id, (item.member_external_id, event.at, story.source))
    made = await members.ensure_many(wanted.values()) if wanted else {}
    for story in stories:
        if story.member is None and story.member_external_id is not None:
            story.member = made[story.member_external_id]


async def _external_ids(named: set[uuid.UUID]) -> dict[uuid.UUID, str | None]:
    if not named:
        return {}
    rows = await DB.fetch("SELECT id, external_id FROM __tenant__.member WHERE id = ANY($1::uuid[])", list(named))
    return {row["id"]: row["external_id"] for row in rows}


_OPEN = """
INSERT INTO __tenant__.shop_order (id, source, external_id, member, currency, amount, refunded, items, state, placed_at,
       paid_at, completed_at, cancelled_at, award_on, points_per_unit, points_given, points_short, version, updated_at)
SELECT id, source, external_id, member, $14, amount, refunded, items, state, placed_at,
       paid_at, completed_at, cancelled_at, $15, $16, points, 0, 1, $17
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::numeric[], $6::numeric[], $7::int[], $8::text[],
       $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::bigint[])
       AS o(id, source, external_id, member, amount, refunded, items, state, placed_at,
            paid_at, completed_at, cancelled_at, points)
    ON CONFLICT (source, external_id) DO NOTHING RETURNING id
"""


async def _open(stories: Sequence[Story]) -> list[Story]:
    """Write new orders as they stand, points included: those are given next. Returns the orders that were there."""
    if not stories:
        return []
    for story in stories:
        story.id = ids.new()
    terms = stories[0].terms
    assert terms is not None  # noqa: S101  new orders share the terms of the day
    rows = await DB.fetch(
        _OPEN,
        [story.id for story in stories],
        [story.source for story in stories],
        [story.external_id for story in stories],
        [story.member for story in stories],
        *_standings(stories),
        [story.standing.points for story in stories],
        current_tenant().currency,
        terms.award_on,
        terms.points_per_unit,
        clock.now(),
    )
    written = None if len(rows) == len(stories) else {row["id"] for row in rows}
    for story in stories:
        story.version = int(written is None or story.id in written)
    return [story for story in stories if not story.version]


def _standings(stories: Sequence[Story]) -> tuple[list[Any], ...]:
    standings = [story.standing for story in stories]
    return (
        [standing.amount for standing in standings],
        [standing.refunded for standing in standings],
        [standing.items for standing in standings],
        [standing.state for standing in standings],
        [standing.placed_at for standing in standings],
        [standing.paid_at for standing in standings],
        [standing.completed_at for standing in standings],
        [standing.cancelled_at for standing in standings],
    )


async def _write_events(stories: Sequence[Story]) -> None:
    fresh = [(story.id, event, digest) for story in stories for event, digest in story.fresh]
    if not fresh:
        return
    await DB.fetch(
        "INSERT INTO __tenant__.order_event (id, shop_order, reference, kind, amount, items, at, facts, received_at)"
        " SELECT e.*, $9 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::numeric[], $6::int[],"
        " $7::timestamptz[], $8::bytea[]) AS e",
        [ids.new() for _ in fresh],
        [order for order, _, _ in fresh],
        [event.reference for _, event, _ in fresh],
        [event.kind for _, event, _ in fresh],
        [event.amount for _, event, _ in fresh],
        [event.items for _, event, _ in fresh],
        [event.at for _, event, _ in fresh],
        [digest for _, _, digest in fresh],
        clock.now(),
    )


_CHANGE = """
UPDATE __tenant__.shop_order AS o
   SET amount = c.amount, refunded = c.refunded, items = c.items, state = c.state, placed_at = c.placed_at,
       paid_at = c.paid_at, completed_at = c.completed_at, cancelled_at = c.cancelled_at,
       points_given = c.given, points_short = c.short, version = c.version, updated_at = $13
  FROM unnest($1::uuid[], $2::numeric[], $3::numeric[], $4::int[], $5::text[], $6::timestamptz[], $7::timestamptz[],
       $8::timestamptz[], $9::timestamptz[], $10::bigint[], $11::bigint[], $12::int[])
       AS c(id, amount, refunded, items, state, placed_at, paid_at, completed_at, cancelled_at, given, short, version)
 WHERE o.id = c.id
"""


async def _change(stories: Sequence[Story]) -> None:
    await DB.fetch(
        _CHANGE,
        [story.id for story in stories],
        *_standings(stories),
        [story.points_given for story in stories],
        [story.points_short for story in stories],
        [story.version for story in stories],
        clock.now(),
    )


def _answers(
    items: Sequence[Incoming], stories: Sequence[Story], refused: dict[int, DomainError]
) -> list[Taken | DomainError]:
    answers: dict[int, Taken | DomainError] = dict(refused)
    for story in stories:
        answers.update(story.refused)
        for place, _, event, _ in story.news:
            if place not in answers and story.id is not None:
                answers[place] = Taken(
                    story.id, event.reference, story.state, story.points_given, repeated=place in story.repeated
                )
    return [answers[place] for place in range(len(items))]
