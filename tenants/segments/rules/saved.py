"""Saved segments: made, changed, listed, removed.

What a rule names is held by foreign keys (`segment_level`), so that a level cannot go while a segment goes by it;
attributes never go. Locked: the segment's row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.segments.rules.checking import checked, levels_in
from tenants.segments.rules.refusals import SegmentInUse, SegmentUnknown
from tenants.segments.rules.rule import Rule, read, write
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

NAME_MAX = 100
RULE_MAX = 20_000
SEGMENTS_MAX = 500
_COLUMNS = "id, name_en, name_zh, rule, version, created_at, updated_at"


@dataclass(frozen=True, slots=True)
class Segment:
    """A rule with a name; `version` grows with each change."""

    id: uuid.UUID
    name_en: str
    name_zh: str
    rule: Rule
    version: int
    created_at: datetime
    updated_at: datetime

    @property
    def name(self) -> Words:
        """What it is called."""
        return Words(en=self.name_en or self.name_zh, zh=self.name_zh or self.name_en)


async def create(*, name_en: str = "", name_zh: str = "", rule: Rule, key: uuid.UUID | None = None) -> Segment:
    """Save a rule under a name; `key` is the id that it gets, and the same again changes nothing. Raises Invalid."""
    kept = await _check(name_en, name_zh, rule)
    if await DB.fetchval("SELECT count(*) FROM __tenant__.segment") >= SEGMENTS_MAX:
        raise Invalid(
            param="name_en",
            problem=Words(en=f"a shop has at most {SEGMENTS_MAX} segments", zh=f"每个商家最多 {SEGMENTS_MAX} 个人群"),
        )
    made = key or ids.new()
    row = await DB.fetchrow(
        "INSERT INTO __tenant__.segment (id, name_en, name_zh, rule, version, created_at, updated_at)"
        f" VALUES ($1, $2, $3, $4, 1, $5, $5) ON CONFLICT (id) DO NOTHING RETURNING {_COLUMNS}",
        made, name_en.strip(), name_zh.strip(), write(kept), clock.now())  # fmt: skip
    if row is None:
        return await find(made)
    await _note_levels(made, kept)
    return _segment(row)


async def change(
    segment: uuid.UUID, *, name_en: str | None = None, name_zh: str | None = None, rule: Rule | None = None
) -> Segment:
    """Change what is given; whoever goes by the segment goes by the new rule from now on.

    Raises SegmentUnknown, Invalid.
    """
    row = await DB.fetchrow(f"SELECT {_COLUMNS} FROM __tenant__.segment WHERE id = $1 FOR UPDATE", segment)
    if row is None:
        raise SegmentUnknown
    before = _segment(row)
    names = (
        before.name_en if name_en is None else name_en,
        before.name_zh if name_zh is None else name_zh,
    )
    kept = await _check(*names, before.rule if rule is None else rule)
    wanted = (names[0].strip(), names[1].strip(), write(kept))
    if wanted == (before.name_en, before.name_zh, row["rule"]):
        return before
    after = await DB.fetchrow(
        "UPDATE __tenant__.segment SET name_en = $2, name_zh = $3, rule = $4, version = version + 1, updated_at = $5"
        f" WHERE id = $1 RETURNING {_COLUMNS}", segment, *wanted, clock.now())  # fmt: skip
    await _note_levels(segment, kept)
    return _segment(after)


async def remove(segment: uuid.UUID) -> None:
    """Forget a segment. Raises SegmentUnknown, SegmentInUse."""
    try:
        async with DB.savepoint():
            gone = await DB.fetch("DELETE FROM __tenant__.segment WHERE id = $1 RETURNING id", segment)
    except asyncpg.IntegrityConstraintViolationError:  # which of them depends on the server's version
        raise SegmentInUse from None
    if not gone:
        raise SegmentUnknown


async def find(segment: uuid.UUID) -> Segment:
    """A segment. Raises SegmentUnknown."""
    row = await DB.fetchrow(f"SELECT {_COLUMNS} FROM __tenant__.segment WHERE id = $1", segment)
    if row is None:
        raise SegmentUnknown
    return _segment(row)


async def segments() -> list[Segment]:
    """All segments, the newest first."""
    return [_segment(row) for row in await DB.fetch(f"SELECT {_COLUMNS} FROM __tenant__.segment ORDER BY id DESC")]


async def _check(name_en: str, name_zh: str, rule: Rule) -> Rule:
    if not name_en.strip() and not name_zh.strip():
        raise Invalid(param="name_en", problem=Words(en="give a name in English or Chinese", zh="请填写中文或英文名称"))
    for param, name in (("name_en", name_en), ("name_zh", name_zh)):
        if len(name.strip()) > NAME_MAX or "\0" in name:
            raise Invalid(
                param=param, problem=Words(en=f"use at most {NAME_MAX} characters", zh=f"最多 {NAME_MAX} 个字符")
            )
    kept = await checked(rule)
    if len(write(kept)) > RULE_MAX:
        raise Invalid(param="rule", problem=Words(en="this is too long for one rule", zh="规则过长"))
    return kept


async def _note_levels(segment: uuid.UUID, rule: Rule) -> None:
    wanted = sorted(levels_in(rule))
    await DB.fetch(
        "DELETE FROM __tenant__.segment_level WHERE segment = $1 AND level <> ALL($2::uuid[])",
        segment, wanted)  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.segment_level (id, segment, level) SELECT id, $2::uuid, level"
        " FROM unnest($1::uuid[], $3::uuid[]) AS n(id, level) ON CONFLICT (segment, level) DO NOTHING",
        [ids.new() for _ in wanted], segment, wanted)  # fmt: skip


def _segment(row: Any) -> Segment:
    return Segment(**{**row, "rule": read(row["rule"])})
