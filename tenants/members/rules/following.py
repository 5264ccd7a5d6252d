"""Who lives on in whom, and what a merge moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenants.kit import ids
from tenants.members.rules.profiles import MemberMerged, MemberUnknown
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection, Sequence

_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class AboutToChange:
    """Fact: these members are about to be merged, parted or erased, and nothing of them is locked yet.

    A subject whose verbs lock rows of its own before members and points locks these rows now; else the two would wait
    in a ring.
    """

    members: tuple[uuid.UUID, ...]


async def note_moved(merge_id: uuid.UUID, table: str, moved_ids: Sequence[uuid.UUID]) -> None:
    """Write down which rows of a table a merge moved, for `moved` to tell when it is undone."""
    chunks = [list(moved_ids[start : start + _CHUNK]) for start in range(0, len(moved_ids), _CHUNK)]
    for chunk in chunks:
        await DB.fetch(
            "INSERT INTO __tenant__.member_merge_move (id, merge, moved_table, ids) VALUES ($1, $2, $3, $4::uuid[])",
            ids.new(), merge_id, table, chunk)  # fmt: skip


async def moved(merge_id: uuid.UUID, table: str) -> list[uuid.UUID]:
    """The rows of a table that a merge moved, in the order in which they were noted."""
    rows = await DB.fetch(
        "SELECT ids FROM __tenant__.member_merge_move WHERE merge = $1 AND moved_table = $2 ORDER BY id",
        merge_id, table)  # fmt: skip
    return [row_id for row in rows for row_id in row["ids"]]


async def ids_of(member_id: uuid.UUID) -> list[uuid.UUID]:
    """The member, and all who live on in them: under these their history is found."""
    rows = await DB.fetch("SELECT id FROM __tenant__.member WHERE merged_into = $1 ORDER BY id", member_id)
    return [member_id, *(row["id"] for row in rows)]


async def survivors_of(members: Collection[uuid.UUID], *, stay: bool = False) -> dict[uuid.UUID, uuid.UUID]:
    """For each of these members the one in whom they live on: themselves, unless merged. Unknown ids are left out.

    With `stay` it stays so until this transaction is over: who is just being merged is waited for, and who would merge
    them waits. Whoever writes rows about a member locks no more by that than their foreign keys do anyway.
    """
    rows = await DB.fetch(
        "SELECT id, coalesce(merged_into, id) AS survivor FROM __tenant__.member WHERE id = ANY($1::uuid[])"
        + (" ORDER BY id FOR KEY SHARE" if stay else ""), sorted(members))  # fmt: skip
    return {row["id"]: row["survivor"] for row in rows}


async def refusals_of(members: Collection[uuid.UUID]) -> dict[uuid.UUID, MemberUnknown | MemberMerged]:
    """Why nothing can be given to these members, for those to whom nothing can: unknown, erased, or merged."""
    rows = await DB.fetch(
        "SELECT a.id, m.merged_into FROM unnest($1::uuid[]) AS a(id) LEFT JOIN __tenant__.member m ON m.id = a.id"
        " WHERE m.id IS NULL OR m.state IN ('erased', 'merged')", list(members))  # fmt: skip
    return {
        row["id"]: MemberMerged(into=ids.show("mem", row["merged_into"])) if row["merged_into"] else MemberUnknown()
        for row in rows
    }
