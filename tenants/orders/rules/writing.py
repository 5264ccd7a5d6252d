"""Writes orders down: new ones, what was told of them, how they stand now, and what their lines earn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.orders.rules.sharing import proportional
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from tenants.orders.rules.stories import Story

_STANDING = (
    ("amount", "numeric"), ("refunded", "numeric"), ("shipping", "numeric"), ("tax", "numeric"), ("items", "int"),
    ("state", "text"), ("placed_at", "timestamptz"), ("paid_at", "timestamptz"), ("shipped_at", "timestamptz"),
    ("delivered_at", "timestamptz"), ("completed_at", "timestamptz"), ("cancelled_at", "timestamptz"),
    ("carrier", "text"), ("tracking", "text"),
)  # fmt: skip
_NUMBERS = (
    ("level_multiplier", "numeric"), ("active_at", "timestamptz"), ("points_capped", "bigint"),
    ("cap_asked", "bigint"), ("cap_got", "bigint"), ("points_given", "bigint"), ("points_short", "bigint"),
    ("version", "int"),
)  # fmt: skip
_NAMES = (
    ("id", "uuid"), ("source", "text"), ("external_id", "text"), ("member", "uuid"), ("award_on", "text"),
    ("points_per_unit", "numeric"), ("terms", "uuid"),
)  # fmt: skip
_DUE = (("points_due", "bigint"), ("counted", "numeric"))


def _names(*groups: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(name for group in groups for name, _ in group)


def _arrays(first: int, *groups: tuple[tuple[str, str], ...]) -> str:
    kinds = [kind for group in groups for _, kind in group]
    return ", ".join(f"${place}::{kind}[]" for place, kind in enumerate(kinds, start=first))


_ALL = (_NAMES, _STANDING, _NUMBERS, _DUE)
_CHANGED = (_STANDING, _NUMBERS, _DUE)
_COLUMNS = _names(*_ALL)
_ARRAYS = _arrays(3, *_ALL)
_OPEN = f"""
INSERT INTO __tenant__.shop_order (currency, updated_at, {_COLUMNS})
SELECT $1::text, $2::timestamptz, {_COLUMNS} FROM unnest({_ARRAYS}) AS o({_COLUMNS})
    ON CONFLICT (source, external_id) DO NOTHING RETURNING id
"""
_CHANGED_COLUMNS = _names(*_CHANGED)
_CHANGED_ARRAYS = _arrays(3, *_CHANGED)
_SET = ", ".join(f"{name} = c.{name}" for group in _CHANGED for name, _ in group)
_CHANGE = f"""
UPDATE __tenant__.shop_order AS o SET updated_at = $1, {_SET}
  FROM unnest($2::uuid[], {_CHANGED_ARRAYS}) AS c(id, {_CHANGED_COLUMNS})
 WHERE o.id = c.id
"""


# Of an order of which one event without parts is told, row and event say the same: most of a large load.
_OPEN_PLAIN = """
WITH told AS (
    SELECT t.*, k.award_on, k.points_per_unit,
           t.kind = 'completed' OR (t.kind = 'delivered' AND k.award_on <> 'completed')
           OR (t.kind = 'paid' AND k.award_on = 'paid') AS earns
      FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::numeric[],
           $10::int[], $11::timestamptz[], $12::text[], $13::bytea[], $14::bigint[], $15::numeric[],
           $16::timestamptz[], $17::uuid[])
           WITH ORDINALITY AS t(id, event, source, external_id, member, kind, amount, items, at, reference, facts, due,
           level_multiplier, active_at, terms, place)
      JOIN __tenant__.order_terms k ON k.id = t.terms
), opened AS (
    INSERT INTO __tenant__.shop_order (id, source, external_id, member, currency, amount, refunded, shipping, tax,
           items, state, placed_at, paid_at, shipped_at, delivered_at, completed_at, cancelled_at, award_on,
           points_per_unit, terms, level_multiplier, active_at, points_due, points_capped, cap_asked, cap_got,
           points_given, points_short, counted, version, updated_at)
    SELECT id, source, external_id, member, $1::text, coalesce(amount, 0), 0, 0, 0, coalesce(items, 0),
           kind, at, CASE kind WHEN 'paid' THEN at END, CASE kind WHEN 'shipped' THEN at END,
           CASE kind WHEN 'delivered' THEN at END, CASE kind WHEN 'completed' THEN at END,
           CASE kind WHEN 'cancelled' THEN at END, award_on, points_per_unit, terms, level_multiplier, active_at,
           due, 0, due, due, due, 0, CASE WHEN earns THEN coalesce(amount, 0) ELSE 0 END, 1, $2::timestamptz
      FROM told ORDER BY place ON CONFLICT (source, external_id) DO NOTHING RETURNING id
)
INSERT INTO __tenant__.order_event (id, shop_order, reference, kind, amount, items, lines, at, received_at, facts)
SELECT told.event, told.id, told.reference, told.kind, told.amount, told.items, 0, told.at, $2::timestamptz, told.facts
  FROM told JOIN opened ON opened.id = told.id RETURNING shop_order AS id
"""


async def open_new(stories: Sequence[Story]) -> list[Story]:
    """Write new orders as they stand, points included: those are given next. Returns the orders that were there.

    In the order of their names, so that two batches wait for each other and never in a ring.
    """
    if not stories:
        return []
    for story in stories:
        story.id, story.version = ids.new(), 1
        wait_for_refunds(story)
    if all(story.plain for story in stories):
        rows = await _open_plain(stories)
    else:
        rows = await _open(stories)
    written = None if len(rows) == len(stories) else {row["id"] for row in rows}
    for story in stories:
        story.version = int(written is None or story.id in written)
    return [story for story in stories if not story.version]


async def _open_plain(stories: Sequence[Story]) -> list[Any]:
    told = [story.fresh[0] for story in stories]
    for story in stories:
        story.fresh = []  # it is written here
    rows: list[Any] = await DB.fetch(
        _OPEN_PLAIN,
        current_tenant().currency,
        clock.now(),
        [story.id for story in stories],
        [ids.new() for _ in stories],
        [story.source for story in stories],
        [story.external_id for story in stories],
        [story.member for story in stories],
        [event.kind for event, _ in told],
        [event.amount for event, _ in told],
        [event.items for event, _ in told],
        [event.at for event, _ in told],
        [event.reference for event, _ in told],
        [digest for _, digest in told],
        [story.standing.points for story in stories],
        [story.level_multiplier for story in stories],
        [story.active_at for story in stories],
        [story.terms_id for story in stories],
    )
    return rows


async def _open(stories: Sequence[Story]) -> list[Any]:
    names: tuple[list[Any], ...] = (
        [story.id for story in stories],
        [story.source for story in stories],
        [story.external_id for story in stories],
        [story.member for story in stories],
        [story.terms.award_on if story.terms else None for story in stories],
        [story.terms.points_per_unit if story.terms else None for story in stories],
        [story.terms_id for story in stories],
    )
    due = [story.standing.points for story in stories]
    rows: list[Any] = await DB.fetch(
        _OPEN,
        current_tenant().currency,
        clock.now(),
        *names,
        *_standings(stories),
        [story.level_multiplier for story in stories],
        [story.active_at for story in stories],
        [0] * len(stories),
        due, due, due,
        [0] * len(stories),
        [1] * len(stories),
        due,
        [story.standing.spend for story in stories],
    )  # fmt: skip
    return rows


def wait_for_refunds(story: Story) -> None:
    """Note until when goods of the order can be sent back: until then its points wait."""
    awarded = story.standing.awarded_at
    if awarded is not None and story.terms is not None and story.terms.refund_days:
        story.active_at = awarded + timedelta(days=story.terms.refund_days)


def _standings(stories: Sequence[Story]) -> list[list[Any]]:
    standings = [story.standing for story in stories]
    return [[getattr(standing, name) for standing in standings] for name, _ in _STANDING]


async def write_events(stories: Sequence[Story]) -> None:
    """Keep what was told for the first time."""
    fresh = [(ids.new(), story.id, event, digest) for story in stories for event, digest in story.fresh]
    if not fresh:
        return
    await DB.fetch(
        "INSERT INTO __tenant__.order_event (id, shop_order, reference, kind, amount, items, at, facts, shipping, tax,"
        " carrier, tracking, lines, received_at) SELECT e.*, $14 FROM unnest($1::uuid[], $2::uuid[], $3::text[],"
        " $4::text[], $5::numeric[], $6::int[], $7::timestamptz[], $8::bytea[], $9::numeric[], $10::numeric[],"
        " $11::text[], $12::text[], $13::smallint[]) AS e",
        [row for row, _, _, _ in fresh],
        [order for _, order, _, _ in fresh],
        [event.reference for _, _, event, _ in fresh],
        [event.kind for _, _, event, _ in fresh],
        [event.amount for _, _, event, _ in fresh],
        [event.items for _, _, event, _ in fresh],
        [event.at for _, _, event, _ in fresh],
        [digest for _, _, _, digest in fresh],
        [event.shipping for _, _, event, _ in fresh],
        [event.tax for _, _, event, _ in fresh],
        [event.carrier for _, _, event, _ in fresh],
        [event.tracking for _, _, event, _ in fresh],
        [len(event.lines) for _, _, event, _ in fresh],
        clock.now(),
    )
    lines = [
        (ids.new(), row, place, line.key, line.product, line.category, line.quantity, line.amount)
        for row, _, event, _ in fresh
        for place, line in enumerate(event.lines)
    ]
    if lines:
        await DB.fetch(
            "INSERT INTO __tenant__.order_event_line (id, event, place, key, product, category, quantity, amount)"
            " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::text[], $5::text[], $6::text[],"
            " $7::int[], $8::numeric[])",
            *(list(column) for column in zip(*lines, strict=True)))  # fmt: skip


async def change(stories: Sequence[Story]) -> None:
    """Write orders that were there already as they stand now."""
    await DB.fetch(
        _CHANGE,
        clock.now(),
        [story.id for story in stories],
        *_standings(stories),
        *([getattr(story, name) for story in stories] for name, _ in _NUMBERS),
        [story.standing.points for story in stories],
        [story.standing.spend for story in stories],
    )


async def write_lines(stories: Sequence[Story]) -> None:
    """Write what each line earns, of the orders of which lines were told or to which a rule applied."""
    telling = [
        story for story in stories if any(one.line.key or one.bonus is not None for one in story.standing.earned)
    ]
    if not telling:
        return
    old = [story.id for story in telling if story.version > 1]
    if old:
        await DB.fetch("DELETE FROM __tenant__.order_line WHERE shop_order = ANY($1::uuid[])", old)
    rows: list[tuple[Any, ...]] = [row for story in telling for row in _lines(story)]
    await DB.fetch(
        "INSERT INTO __tenant__.order_line (id, shop_order, place, key, product, category, quantity, amount, net, rule,"
        " gross, points) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::text[], $5::text[],"
        " $6::text[], $7::int[], $8::numeric[], $9::numeric[], $10::uuid[], $11::bigint[], $12::bigint[])",
        *(list(column) for column in zip(*rows, strict=True)))  # fmt: skip


def _lines(story: Story) -> list[tuple[Any, ...]]:
    earned = story.standing.earned
    points = proportional([one.points for one in earned], story.target)
    rows: list[tuple[uuid.UUID, ...] | tuple[Any, ...]] = [
        (
            ids.new(), story.id, place, one.line.key, one.line.product, one.line.category, one.line.quantity,
            one.line.amount, one.net, one.bonus.id if one.bonus else None, one.gross, had,
        )
        for place, (one, had) in enumerate(zip(earned, points, strict=True))
    ]  # fmt: skip
    return rows
