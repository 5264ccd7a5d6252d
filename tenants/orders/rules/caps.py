"""How many points orders may give in a day or month, to one member and in the whole shop.

The row of a cap's period decides: it is locked before it is read, so that of two orders which come at once the second
sees what the first took. Rows are locked in the order of (cap, holder, day), after orders and before accounts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tenants.kit import clock, ids
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import date

    from tenants.orders.rules.policy import Policy
    from tenants.orders.rules.stories import Story


class Period(NamedTuple):
    """One day or month of one cap; `holder` is a member, or empty for the shop."""

    cap: str
    holder: str
    starts_on: date


@dataclass(slots=True)
class _Use:
    """What an order takes of a period."""

    points: int = 0
    withheld: int = 0
    changed: bool = False


async def apply_caps(stories: Sequence[Story], policy: Policy) -> None:
    """Say of each order how many of the points that it is due are withheld, and keep account of what is used.

    More points are asked for as they become due; fewer give back what they took, to the period that they took it
    from. An order of which a part was withheld keeps that share of whatever is left of it.
    """
    wanting = [story for story in stories if story.standing.points > story.points_due]
    returning = [story for story in stories if story.standing.points < story.points_due]
    capped = bool(policy.caps and wanting)
    for story in returning if capped else [*wanting, *returning]:
        _settle(story, story.standing.points - story.points_due)
    if not capped and not any(story.version > 1 for story in returning):
        return
    uses = await _uses([*wanting, *returning] if capped else returning)
    if not uses and not capped:
        return
    asked = {story: _periods(story, policy) for story in wanting} if capped else {}
    every = {period for periods in asked.values() for period in periods}
    every |= {period for held in uses.values() for period in held}
    rows = await _lock(sorted(every))
    used = {period: taken for period, (_, taken) in rows.items()}
    for story in returning:
        for period, use in uses[story].items():
            back = min(use.points, story.target_before - story.target)
            use.points -= back
            use.changed |= back > 0
            used[period] -= back
    maxima = policy.caps
    for story, periods in asked.items():
        want = story.standing.points - story.points_due
        room, narrowest = min((max(0, maxima[period.cap] - used[period]), period) for period in periods)
        got = min(want, room)
        _settle(story, got)
        for period in periods:
            use = uses[story].setdefault(period, _Use())
            use.points += got
            use.withheld += want - got if period == narrowest else 0
            use.changed = True
            used[period] += got
    await _write(rows, used, uses)


async def give_up(story: Story, refused: int) -> None:
    """Note that so many of the points that the caps allowed were not given after all."""
    story.points_capped += refused
    story.cap_got -= refused
    await DB.fetch(
        "UPDATE __tenant__.order_cap c SET used = c.used - least(u.points, $2::bigint)"
        " FROM __tenant__.order_cap_use u WHERE u.shop_order = $1 AND c.id = u.cap", story.id, refused)  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.order_cap_use SET points = points - least(points, $2::bigint) WHERE shop_order = $1",
        story.id, refused)  # fmt: skip


def _settle(story: Story, got: int) -> None:
    """Note how many points the caps leave of those that are due, now that `got` more (or fewer) are."""
    before, due = story.target_before, story.standing.points
    if due > story.points_due:
        story.cap_asked, story.cap_got = due, before + got
        story.points_capped = due - before - got
    elif due < story.points_due:
        whole = story.cap_got == story.cap_asked
        story.points_capped = 0 if whole else due - due * story.cap_got // story.cap_asked


def _periods(story: Story, policy: Policy) -> list[Period]:
    awarded = story.standing.awarded_at
    day = clock.today(current_tenant().timezone, awarded)
    member, month = str(story.owner), day.replace(day=1)
    return [
        Period(cap, member if cap.startswith("member") else "", day if cap.endswith("day") else month)
        for cap in policy.caps
    ]


async def _uses(stories: Sequence[Story]) -> dict[Story, dict[Period, _Use]]:
    by_id = {story.id: story for story in stories}
    uses: dict[Story, dict[Period, _Use]] = defaultdict(dict)
    known = [story.id for story in stories if story.version > 1]
    if known:
        rows = await DB.fetch(
            "SELECT u.shop_order, c.cap, c.holder, c.starts_on, u.points, u.withheld FROM __tenant__.order_cap_use u"
            " JOIN __tenant__.order_cap c ON c.id = u.cap WHERE u.shop_order = ANY($1::uuid[])", known)  # fmt: skip
        for row in rows:
            period = Period(row["cap"], row["holder"], row["starts_on"])
            uses[by_id[row["shop_order"]]][period] = _Use(row["points"], row["withheld"])
    return uses


async def _lock(periods: list[Period]) -> dict[Period, tuple[uuid.UUID, int]]:
    rows = await DB.fetch(
        "INSERT INTO __tenant__.order_cap AS c (id, cap, holder, starts_on, used)"
        " SELECT id, cap, holder, starts_on, 0 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::date[])"
        " WITH ORDINALITY AS p(id, cap, holder, starts_on, place) ORDER BY place"
        " ON CONFLICT (cap, holder, starts_on) DO UPDATE SET used = c.used RETURNING id, cap, holder, starts_on, used",
        [ids.new() for _ in periods], *(list(column) for column in zip(*periods, strict=True)))  # fmt: skip
    return {Period(row["cap"], row["holder"], row["starts_on"]): (row["id"], row["used"]) for row in rows}


async def _write(
    rows: dict[Period, tuple[uuid.UUID, int]], used: dict[Period, int], uses: dict[Story, dict[Period, _Use]]
) -> None:
    moved = [period for period, (_, before) in rows.items() if used[period] != before]
    if moved:
        await DB.fetch(
            "UPDATE __tenant__.order_cap c SET used = n.used FROM unnest($1::uuid[], $2::bigint[]) AS n(id, used)"
            " WHERE c.id = n.id",
            [rows[period][0] for period in moved], [used[period] for period in moved])  # fmt: skip
    changed = [
        (ids.new(), story.id, rows[period][0], use.points, use.withheld)
        for story, held in uses.items()
        for period, use in held.items()
        if use.changed
    ]
    if changed:
        await DB.fetch(
            "INSERT INTO __tenant__.order_cap_use (id, shop_order, cap, points, withheld)"
            " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[])"
            " ON CONFLICT (shop_order, cap) DO UPDATE SET points = excluded.points, withheld = excluded.withheld",
            *(list(column) for column in zip(*changed, strict=True)))  # fmt: skip
