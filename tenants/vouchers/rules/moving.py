"""Vouchers of members who turn out to be one, or who are forgotten.

Everything of the source goes to the target, and the limits per member are counted anew for both: they add up, and come
apart again when the merge is undone. A voucher that one of the two had handed to the other has come home: it counts as
never handed on, until the merge is undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members
from tenants.kit import ids
from tenants.tenancy import DB
from tenants.vouchers.rules.history import Event, record

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

_HELD = "voucher"
_GIVEN = "voucher.handed_on_from"
_HOME_OF_TARGET = "voucher.home_of_target"
_HOME_OF_SOURCE = "voucher.home_of_source"


async def merge(merge_id: uuid.UUID, *, source: uuid.UUID, target: uuid.UUID) -> None:
    """Move all vouchers of the source to the target, and note which."""
    moves = {
        _HOME_OF_TARGET: await _ids(
            "UPDATE __tenant__.voucher SET handed_on_from = NULL, member = $2"
            " WHERE member = $1 AND handed_on_from = $2 RETURNING id", source, target),
        _HOME_OF_SOURCE: await _ids(
            "UPDATE __tenant__.voucher SET handed_on_from = NULL"
            " WHERE handed_on_from = $1 AND member = $2 RETURNING id", source, target),
        _HELD: await _ids("UPDATE __tenant__.voucher SET member = $2 WHERE member = $1 RETURNING id", source, target),
        _GIVEN: await _ids(
            "UPDATE __tenant__.voucher SET handed_on_from = $2 WHERE handed_on_from = $1 RETURNING id", source, target),
    }  # fmt: skip
    for name, moved in moves.items():
        if moved:
            await members.note_moved(merge_id, name, moved)
    changed = [*moves[_HELD], *moves[_HOME_OF_TARGET]]
    await _recount([source, target])
    await record([Event(voucher, "moved", f"merge/{merge_id}") for voucher in changed])


async def unmerge(merge_id: uuid.UUID, *, source: uuid.UUID, target: uuid.UUID) -> None:
    """Move back what came over and is still there."""
    noted = {name: await members.moved(merge_id, name) for name in (_HELD, _GIVEN, _HOME_OF_TARGET, _HOME_OF_SOURCE)}
    back = await _ids(
        "UPDATE __tenant__.voucher SET member = $1 WHERE id = ANY($3::uuid[]) AND member = $2 RETURNING id",
        source, target, noted[_HELD])  # fmt: skip
    back += await _ids(
        "UPDATE __tenant__.voucher SET member = $1, handed_on_from = $2"
        " WHERE id = ANY($3::uuid[]) AND member = $2 AND handed_on_from IS NULL RETURNING id",
        source, target, noted[_HOME_OF_TARGET])  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.voucher SET handed_on_from = $1"
        " WHERE (id = ANY($3::uuid[]) AND handed_on_from = $2)"
        "    OR (id = ANY($4::uuid[]) AND member = $2 AND handed_on_from IS NULL)",
        source, target, noted[_GIVEN], noted[_HOME_OF_SOURCE])  # fmt: skip
    await _recount([source, target])
    await record([Event(voucher, "moved", f"unmerge/{merge_id}") for voucher in back])


async def forget(member: uuid.UUID) -> None:
    """Blank what staff and systems wrote about a member's vouchers; the vouchers and their sums stay."""
    await DB.fetch(
        "UPDATE __tenant__.voucher_event e SET reason = '' FROM __tenant__.voucher v"
        " WHERE v.id = e.voucher AND v.member = $1"
        "   AND e.kind IN ('released', 'returned', 'revoked', 'refunded') AND e.reason NOT IN ('', 'lapsed')",
        member)  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.voucher SET once = 'erased/' || id WHERE member = $1 AND once LIKE 'api/%'", member
    )


async def _ids(sql: str, *args: object) -> list[uuid.UUID]:
    return [row["id"] for row in await DB.fetch(sql, *args)]


async def _recount(holders: Sequence[uuid.UUID]) -> None:
    """Count anew what members have had, under the locks of the templates: nobody issues these meanwhile."""
    await DB.fetch(
        "SELECT 1 FROM __tenant__.voucher_stock WHERE template IN ("
        " SELECT template FROM __tenant__.voucher WHERE coalesce(handed_on_from, member) = ANY($1::uuid[])"
        " UNION SELECT template FROM __tenant__.voucher_holding WHERE member = ANY($1::uuid[]))"
        " ORDER BY template FOR UPDATE", list(holders))  # fmt: skip
    rows = await DB.fetch(
        """
        SELECT v.template, coalesce(v.handed_on_from, v.member) AS member, s.day, count(*) AS issued,
               count(*) FILTER (WHERE v.issued_on >= s.day) AS today,
               count(*) FILTER (WHERE v.issued_on >= date_trunc('week', s.day::timestamp)::date) AS week,
               count(*) FILTER (WHERE v.issued_on >= date_trunc('month', s.day::timestamp)::date) AS month
          FROM __tenant__.voucher v JOIN __tenant__.voucher_stock s ON s.template = v.template
         WHERE v.counted AND coalesce(v.handed_on_from, v.member) = ANY($1::uuid[])
         GROUP BY 1, 2, 3
        """, list(holders))  # fmt: skip
    await DB.fetch("DELETE FROM __tenant__.voucher_holding WHERE member = ANY($1::uuid[])", list(holders))
    await DB.fetch(
        """
        INSERT INTO __tenant__.voucher_holding (id, template, member, issued, day, issued_today, week, issued_this_week,
                                                month, issued_this_month)
        SELECT id, template, member, issued, day, today, date_trunc('week', day::timestamp)::date, week,
               date_trunc('month', day::timestamp)::date, month
          FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::date[], $6::int[], $7::int[], $8::int[])
               AS a (id, template, member, issued, day, today, week, month)
        """,
        [ids.new() for _ in rows], [row["template"] for row in rows], [row["member"] for row in rows],
        [row["issued"] for row in rows], [row["day"] for row in rows], [row["today"] for row in rows],
        [row["week"] for row in rows], [row["month"] for row in rows])  # fmt: skip
