"""Finds the orders that a batch tells of among those that are known, and locks them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tenants.orders.rules.incoming import event_of
from tenants.orders.rules.terms import kept_terms, plain_terms
from tenants.orders.rules.totals import Counted
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection, Sequence

    from tenants.orders.rules.stories import Story

_SAME = (
    "member", "member_external_id", "level_multiplier", "active_at", "points_due", "points_capped", "cap_asked",
    "cap_got", "points_given", "points_short", "counted", "version", "state",
)  # fmt: skip

_SAME_COLUMNS = ", ".join(f"o.{name}" for name in _SAME if name != "member_external_id")
_FIND = f"""
SELECT o.id, o.source, o.external_id, m.external_id AS member_external_id, m.state AS member_state,
       o.award_on, o.points_per_unit, o.terms,
       o.amount, o.refunded, o.placed_at, {_SAME_COLUMNS}
  FROM unnest($1::text[], $2::text[]) AS asked(source, external_id)
  JOIN __tenant__.shop_order o ON o.source = asked.source AND o.external_id = asked.external_id
  JOIN __tenant__.member m ON m.id = o.member
 ORDER BY o.id FOR NO KEY UPDATE OF o
"""


async def find_known(stories: Sequence[Story]) -> None:
    """Lock the orders that are known and, in the next statements, read what was told of them."""
    rows = await DB.fetch(_FIND, [story.source for story in stories], [story.external_id for story in stories])
    if not rows:
        return
    by_name = {(story.source, story.external_id): story for story in stories}
    by_id: dict[uuid.UUID, Story] = {}
    terms = await kept_terms({row["terms"] for row in rows if row["terms"]})
    for row in rows:
        story = by_id[row["id"]] = by_name[row["source"], row["external_id"]]
        story.id, story.terms_id = row["id"], row["terms"]
        story.terms = terms.get(row["terms"]) or plain_terms(row["award_on"], row["points_per_unit"])
        for name in _SAME:
            setattr(story, name, row[name])
        story.forgotten = row["member_state"] == "erased"
        story.state_before, story.refunded_before = row["state"], row["refunded"]
        purchase = row["state"] not in {"cancelled", "refunded"}
        story.counted_before = Counted(purchase, row["amount"] - row["refunded"], row["placed_at"])
    await _know_aliases(by_id.values())
    for order, reference, event, facts in await events_of(list(by_id)):
        by_id[order].told[reference] = (event, facts)


async def _know_aliases(stories: Collection[Story]) -> None:
    """Let orders of which somebody else seems to be named know who has been merged into their member."""
    doubtful = {story.owner for story in stories if not all(story.is_of(item) for _, item, _, _ in story.news)}
    if not doubtful:
        return
    aliases: dict[uuid.UUID, set[uuid.UUID | str | None]] = defaultdict(set)
    for row in await DB.fetch(
        "SELECT id, external_id, merged_into FROM __tenant__.member WHERE merged_into = ANY($1::uuid[])",
        list(doubtful)):  # fmt: skip
        aliases[row["merged_into"]] |= {row["id"], row["external_id"]} - {None}
    for story in stories:
        story.aliases = aliases[story.owner]


async def events_of(orders: list[uuid.UUID]) -> list[tuple[uuid.UUID, str, Any, bytes]]:
    """All that was told of some orders: order, reference, event, digest."""
    rows = await DB.fetch(
        "SELECT id, shop_order, reference, kind, at, amount, items, shipping, tax, carrier, tracking, lines, facts"
        " FROM __tenant__.order_event WHERE shop_order = ANY($1::uuid[])", orders)  # fmt: skip
    with_lines = [row["id"] for row in rows if row["lines"]]
    lines: dict[uuid.UUID, list[Any]] = defaultdict(list)
    if with_lines:
        for line in await DB.fetch(
            "SELECT event, key, product, category, quantity, amount FROM __tenant__.order_event_line"
            " WHERE event = ANY($1::uuid[]) ORDER BY event, place", with_lines):  # fmt: skip
            lines[line["event"]].append(line)
    return [(row["shop_order"], row["reference"], event_of(row, lines[row["id"]]), row["facts"]) for row in rows]
