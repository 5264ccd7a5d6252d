"""Two members who are one person become one; for a day this can be undone.

The row of the source stays for ever, so that every id by which the seller knew it leads to the target: it says where
it went, and always to somebody who is not merged themselves. What the source owned moves: this file moves what members
own, and every other subject moves its own on `Merged`, noting the rows so that `Unmerged` can bring them back.

Locks: both members, the lower id first, against every other change and every new row that refers to them. So whatever
was written for the source before is moved, and whoever comes later sees that it is merged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, facts, ids
from tenants.kit.errors import Conflict, Invalid, NotFound, Refused
from tenants.kit.words import Language, Words
from tenants.members.rules import absorbing, values
from tenants.members.rules.following import AboutToChange, moved, note_moved
from tenants.members.rules.holdings import held_counts
from tenants.members.rules.profiles import COLUMNS, Member, MemberMerged, MemberUnknown, find, member_of
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection

UNDO_FOR = timedelta(days=1)
_MERGE = "id, source, target, once, source_state, merged_by, at, undone_at"


class MergeUnknown(NotFound):
    """No merge by that id."""

    code = "merge.unknown"
    sentence = Words(en="There is no such merge.", zh="没有这次合并。")


class MergeOnceDiffers(Conflict):
    """This occasion has already merged two others."""

    code = "merge.once_differs"
    sentence = Words(
        en="“{once}” has already merged other members. Use a new reference.",
        zh="“{once}”已用于合并其他会员，请换用新的编号。",
    )


class UnmergeRefused(Refused):
    """A merge stays as it is. Subjects say so too, of what cannot be taken apart again: `UnmergeRefused(Words(…))`."""

    code = "merge.cannot_be_undone"
    sentence = Words(en="This merge cannot be undone: {problem}", zh="无法撤销此次合并：{problem}")

    def __init__(self, problem: Words) -> None:
        super().__init__(problem=problem)

    def say(self, language: Language | None = None) -> str:
        """The sentence with the problem said in the same language."""
        problem = self.facts["problem"]
        told = problem.say(language) if isinstance(problem, Words) else problem
        return self.sentence.say(language, problem=told)


@dataclass(frozen=True, slots=True)
class Merge:
    """That the source lives on in the target. `repeated` says that it was so before."""

    id: uuid.UUID
    source: uuid.UUID
    target: uuid.UUID
    once: str
    source_state: str
    merged_by: str
    at: datetime
    undone_at: datetime | None
    repeated: bool = False

    @property
    def until(self) -> datetime:
        """Until when it can be undone."""
        return self.at + UNDO_FOR


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do: fields of the target with before and after, and how many rows of the source it is about.

    `differing` are fields in which both have something and `take` decides; the target's stands unless named there.
    """

    changed: dict[str, tuple[str | None, str | None]]
    differing: dict[str, tuple[str, str]]
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Merged:
    """Fact: the source lives on in the target. Each subject moves its rows now, and notes them (`note_moved`)."""

    merge: uuid.UUID
    source: uuid.UUID
    target: uuid.UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Unmerged:
    """Fact: a merge is undone. Each subject moves back the rows that it noted (`moved`)."""

    merge: uuid.UUID
    source: uuid.UUID
    target: uuid.UUID
    at: datetime


async def merge(source: uuid.UUID, target: uuid.UUID, *, once: str, take: Collection[str] = ()) -> Merge:
    """Have the source live on in the target, who keeps what they have and gets what they lack.

    `take` names fields of the profile (and `attribute.<key>`) in which the source is right though the target has
    something else. The same `once` again answers with the same merge (`repeated`). Raises Invalid, MemberUnknown,
    MemberMerged for one who is merged already, MergeOnceDiffers.
    """
    once = values.text(once, param="once", most=150, least=1)
    absorbing.check_taken(take)
    if source == target:
        told = Words(en="give another member than the one who stays", zh="请选择与保留会员不同的会员")
        raise Invalid(param="source", problem=told)
    await facts.announce(AboutToChange((source, target)))
    pair = await _lock(source, target)
    before = await _by_once(once)
    if before:
        if (before.source, before.target) != (source, target):
            raise MergeOnceDiffers(once=once)
        return before
    for member_id in (source, target):
        _require_whole(pair[member_id])
    moment = clock.now()
    row = await DB.fetchrow(
        "INSERT INTO __tenant__.member_merge (id, source, target, once, source_state, merged_by, at, undone_by)"
        f" VALUES ($1, $2, $3, $4, $5, $6, $7, '') ON CONFLICT (once) DO NOTHING RETURNING {_MERGE}",
        ids.new(), source, target, once, pair[source].state, current_caller().label[:100], moment)  # fmt: skip
    if row is None:  # another pair has been merged by it just now: these two have been locked since we looked
        raise MergeOnceDiffers(once=once)
    done = Merge(**row)
    await _point(done)
    news = await absorbing.absorb(done.id, pair[source], pair[target], take=take)
    await facts.announce(Merged(done.id, source, target, moment))
    for fact in news:
        await facts.announce(fact)
    return done


async def preview_merge(source: uuid.UUID, target: uuid.UUID, *, take: Collection[str] = ()) -> MergePreview:
    """What `merge` would do; nothing is written. Raises Invalid, MemberUnknown, MemberMerged."""
    absorbing.check_taken(take)
    pair = {member.id: member for member in [await find(source), await find(target)]}
    for member in pair.values():
        _require_whole(member)
    changed, differing = await absorbing.compare(pair[source], pair[target], take=take)
    return MergePreview(changed, differing, await held_counts([source]))


async def unmerge(merge_id: uuid.UUID) -> Merge:
    """Make two of one again, as they were: what moved goes back, what came since stays with the target.

    Within a day, the latest merge of the target first. An undone one stays undone (`repeated`). Raises MergeUnknown,
    UnmergeRefused, also by other subjects (points that were spent meanwhile).
    """
    row = await DB.fetchrow(f"SELECT {_MERGE} FROM __tenant__.member_merge WHERE id = $1", merge_id)
    if row is None:
        raise MergeUnknown
    await facts.announce(AboutToChange((row["source"], row["target"])))
    pair = await _lock(row["source"], row["target"])
    done = Merge(**await DB.fetchrow(f"SELECT {_MERGE} FROM __tenant__.member_merge WHERE id = $1", merge_id))
    if done.undone_at:
        return _again(done)
    await _require_undoable(done, pair)
    moment = clock.now()
    row = await DB.fetchrow(
        "UPDATE __tenant__.member_merge SET undone_at = $2, undone_by = $3 WHERE id = $1 AND undone_at IS NULL"
        f" RETURNING {_MERGE}", done.id, moment, current_caller().label[:100])  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.member SET state = $2, merged_into = NULL, updated_at = $3 WHERE id = $1",
        done.source, done.source_state, moment)  # fmt: skip
    back = await moved(done.id, "member")
    await DB.fetch(
        "UPDATE __tenant__.member SET merged_into = $2, updated_at = $3 WHERE id = ANY($1::uuid[])",
        back, done.source, moment)  # fmt: skip
    news = await absorbing.give_back(done.id, source=done.source, target=pair[done.target])
    await facts.announce(Unmerged(done.id, done.source, done.target, moment))
    for fact in news:
        await facts.announce(fact)
    return Merge(**row)


async def merges_of(member_id: uuid.UUID) -> list[Merge]:
    """The merges in which a member was the source or the target, the latest first; undone ones too."""
    rows = await DB.fetch(
        f"SELECT {_MERGE} FROM __tenant__.member_merge WHERE source = $1 OR target = $1 ORDER BY id DESC LIMIT 200",
        member_id)  # fmt: skip
    return [Merge(**row) for row in rows]


@dataclass(frozen=True, slots=True)
class Undoable:
    """A merge that can still be undone, for a list."""

    id: uuid.UUID
    at: datetime
    source_name: str
    target_name: str


async def undoable_merges(moment: datetime) -> list[Undoable]:
    """The merges of the last day that stand, the latest first."""
    rows = await DB.fetch(
        "SELECT x.id, x.at, s.name AS source_name, t.name AS target_name FROM __tenant__.member_merge AS x"
        " JOIN __tenant__.member AS s ON s.id = x.source JOIN __tenant__.member AS t ON t.id = x.target"
        " WHERE x.undone_at IS NULL AND x.at > $1 AND s.state = 'merged' ORDER BY x.id DESC LIMIT 100",
        moment - UNDO_FOR)  # fmt: skip
    return [Undoable(**row) for row in rows]


async def find_merge(merge_id: uuid.UUID) -> Merge:
    """The merge of that id. Raises MergeUnknown."""
    row = await DB.fetchrow(f"SELECT {_MERGE} FROM __tenant__.member_merge WHERE id = $1", merge_id)
    if row is None:
        raise MergeUnknown
    return Merge(**row)


async def _lock(source: uuid.UUID, target: uuid.UUID) -> dict[uuid.UUID, Member]:
    # FOR UPDATE also waits for rows just written that refer to the member, and keeps new ones waiting.
    rows = await DB.fetch(
        f"SELECT {COLUMNS} FROM __tenant__.member WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE",
        sorted((source, target)))  # fmt: skip
    if len(rows) < 2:  # noqa: PLR2004  the two of them
        raise MemberUnknown
    return {row["id"]: member_of(row) for row in rows}


async def _by_once(once: str) -> Merge | None:
    row: Any = await DB.fetchrow(f"SELECT {_MERGE} FROM __tenant__.member_merge WHERE once = $1", once)
    return _again(Merge(**row)) if row else None


def _again(merge: Merge) -> Merge:
    return Merge(merge.id, merge.source, merge.target, merge.once, merge.source_state, merge.merged_by, merge.at,
                 merge.undone_at, repeated=True)  # fmt: skip


def _require_whole(member: Member) -> None:
    if member.state == "erased":
        raise MemberUnknown
    if member.merged_into:
        raise MemberMerged(into=ids.show("mem", member.merged_into))


async def _point(done: Merge) -> None:
    """Have the source, and all who were merged into it before, lead to the target in one step."""
    moment = clock.now()
    rows = await DB.fetch(
        "UPDATE __tenant__.member SET merged_into = $2, updated_at = $3 WHERE merged_into = $1 RETURNING id",
        done.source, done.target, moment)  # fmt: skip
    await note_moved(done.id, "member", [row["id"] for row in rows])
    await DB.fetch(
        "UPDATE __tenant__.member SET state = 'merged', merged_into = $2, updated_at = $3 WHERE id = $1",
        done.source, done.target, moment)  # fmt: skip


async def _require_undoable(done: Merge, pair: dict[uuid.UUID, Member]) -> None:
    target = pair[done.target]
    if clock.now() >= done.until:
        raise UnmergeRefused(Words(en="it is more than a day old.", zh="已超过一天。"))
    if target.state == "erased":
        raise UnmergeRefused(Words(en="the member has been erased.", zh="该会员已被抹除。"))
    later = await DB.fetchval(
        "SELECT id FROM __tenant__.member_merge WHERE undone_at IS NULL AND id <> $1 AND"
        " ((target = $2 AND (at, id) > ($3, $1)) OR source = $2) LIMIT 1",
        done.id, done.target, done.at)  # fmt: skip
    if later:
        raise UnmergeRefused(Words(en="undo the later merge of this member first.", zh="请先撤销该会员之后的合并。"))
