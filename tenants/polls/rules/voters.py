"""The rows behind the numbers of a poll: whose ballots these are, and on which days they came."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from tenants.polls.rules import editing
from tenants.polls.rules.breakdowns import grouping
from tenants.tenancy import DB, current_tenant

# A ballot of several days is a row each, a member one row: the newest.
_ROWS = """
SELECT {each} b.id, b.member, b.options, b.period, b.at, b.changed_at, b.version, m.name, m.external_id, m.state
  FROM __tenant__.poll_ballot b JOIN __tenant__.member m ON m.id = b.member
 WHERE b.poll = $1 AND cardinality(b.options) > 0 AND $2::text IS NOT NULL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which ballots: of those who chose any of these `options`, are in a group (`by`, `group`), have bought or not.

    `by` is as in a breakdown, empty for all; `group` is None for those who are in none. `day` is that of the shop on
    which they were first cast. With `members`, a member who voted on several days is one row.
    """

    options: tuple[uuid.UUID, ...] = ()
    by: str = ""
    group: str | None = None
    buyers: bool | None = None
    members: bool = False
    day: date | None = None


async def voters(poll: uuid.UUID, wish: Wish, *, before: uuid.UUID | None = None, limit: int = 50) -> list[Any]:
    """The ballots of a wish that stand, newest first, with their members' names; older than the one called `before`.

    Raises PollUnknown, GroupingUnknown.
    """
    sql, args = await _asked(poll, wish)
    rows: list[Any] = await DB.fetch(
        f"SELECT * FROM ({sql}) v WHERE $8::uuid IS NULL OR v.id < $8::uuid ORDER BY v.id DESC LIMIT $9::int",
        *args, before, limit)  # fmt: skip
    return rows


async def count_voters(poll: uuid.UUID, wish: Wish) -> int:
    """How many rows a wish has in all. Raises PollUnknown, GroupingUnknown."""
    sql, args = await _asked(poll, wish)
    found: int = await DB.fetchval(f"SELECT count(*) FROM ({sql}) v", *args)
    return found


async def by_day(poll: uuid.UUID) -> list[tuple[date, int]]:
    """How many ballots that stand were first cast on each day of the shop, days without one left out."""
    rows = await DB.fetch(
        "SELECT (at AT TIME ZONE $2)::date AS day, count(*) AS ballots FROM __tenant__.poll_ballot"
        " WHERE poll = $1 AND cardinality(options) > 0 GROUP BY day ORDER BY day",
        poll, current_tenant().timezone)  # fmt: skip
    return [(row["day"], row["ballots"]) for row in rows]


async def _asked(poll: uuid.UUID, wish: Wish) -> tuple[str, list[Any]]:
    """The statement of a wish and its arguments, `$1` to `$7`."""
    await editing.find(poll)
    keys, argument = await grouping(wish.by) if wish.by else ("SELECT NULL::text", "")
    sql = _OF_MEMBERS if wish.members else _OF_BALLOTS
    sql += (
        f" AND ($5::text = '' OR EXISTS (SELECT 1 FROM ({keys}) AS g(key) WHERE g.key IS NOT DISTINCT FROM $3::text))"
    )
    sql += " AND (cardinality($4::uuid[]) = 0 OR b.options && $4::uuid[])"
    sql += " AND ($6::date IS NULL OR (b.at AT TIME ZONE $7::text)::date = $6::date)"
    if wish.buyers is not None:
        sql += _BOUGHT if wish.buyers else f" AND NOT{_BOUGHT.removeprefix(' AND')}"
    if wish.members:
        sql += " ORDER BY b.member, b.id DESC"
    zone = current_tenant().timezone
    return sql, [poll, argument, wish.group, list(wish.options), wish.by, wish.day, zone]


_OF_BALLOTS = _ROWS.replace("{each}", "")
_OF_MEMBERS = _ROWS.replace("{each}", "DISTINCT ON (b.member)")
_BOUGHT = " AND EXISTS (SELECT 1 FROM __tenant__.buyer_totals t WHERE t.member = m.id AND t.purchases > 0)"
