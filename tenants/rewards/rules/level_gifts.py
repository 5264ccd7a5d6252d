"""What levels give: on reaching one, once; and on birthdays, in place of the shop's own gift."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import asyncpg

from tenants import levels, members, vouchers
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Words
from tenants.rewards.rules.granting import Granting, Reward, grant_many
from tenants.rewards.rules.reasons import Why
from tenants.tenancy import DB
from tenants.tenancy.work import ask_for

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

Occasion = Literal["reached", "birthday"]
POINTS_MAX = 1_000_000
GIVING = "rewards.give_level_gifts"


class GiftUnknown(NotFound):
    """The level gives nothing on this occasion."""

    code = "reward.gift_unknown"
    sentence = Words(en="This level has no such gift.", zh="该等级没有此礼遇。")


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelGift:
    """What a level gives on an occasion; on reaching it again after a drop only with `again`."""

    id: uuid.UUID
    level: uuid.UUID
    occasion: Occasion
    points: int
    voucher_template: uuid.UUID | None
    again: bool


async def gifts() -> list[LevelGift]:
    """All gifts of levels, by level and occasion."""
    rows = await DB.fetch(
        "SELECT id, level, occasion, points, voucher_template, again FROM __tenant__.level_gift"
        " ORDER BY level, occasion")  # fmt: skip
    return [LevelGift(**dict(row)) for row in rows]


async def set_gift(
    level: uuid.UUID,
    *,
    occasion: str,
    points: int = 0,
    voucher_template: uuid.UUID | None = None,
    again: bool = False,
) -> uuid.UUID:
    """Have a level give this on an occasion from now on, in place of what it gave. Raises Invalid, LevelUnknown."""
    if occasion not in {"reached", "birthday"}:
        raise Invalid(param="occasion", problem=Words(en="use reached or birthday", zh="请使用 reached 或 birthday"))
    if isinstance(points, bool) or not 0 <= points <= POINTS_MAX or not (points or voucher_template):
        raise Invalid(
            param="points",
            problem=Words(
                en="give 1 to 1,000,000 points, a voucher, or both", zh="请填写 1 到 1000000 积分或选择优惠券"
            ),
        )
    try:
        async with DB.savepoint():
            made: uuid.UUID = await DB.fetchval(
                "INSERT INTO __tenant__.level_gift (id, level, occasion, points, voucher_template, again, created_at,"
                " updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (level, occasion) DO UPDATE"
                " SET points = excluded.points, voucher_template = excluded.voucher_template,"
                " again = excluded.again, updated_at = excluded.updated_at RETURNING id",
                ids.new(), level, occasion, points, voucher_template, again, clock.now())  # fmt: skip
    except asyncpg.ForeignKeyViolationError as error:
        if "voucher_template" in (error.constraint_name or ""):
            raise vouchers.TemplateUnknown from None
        raise levels.LevelUnknown from None
    return made


async def remove_gift(level: uuid.UUID, *, occasion: str) -> None:
    """Have a level give nothing on an occasion. Raises GiftUnknown."""
    gone = await DB.fetch(
        "DELETE FROM __tenant__.level_gift WHERE level = $1 AND occasion = $2 RETURNING id", level, occasion
    )
    if not gone:
        raise GiftUnknown


async def birthday_gifts_of(asked: Iterable[uuid.UUID]) -> dict[uuid.UUID, Reward]:
    """What these members' levels give on a birthday; those whose level gives nothing are left out."""
    held = await levels.levels_of(asked)
    rows = await DB.fetch(
        "SELECT level, points, voucher_template FROM __tenant__.level_gift"
        " WHERE occasion = 'birthday' AND level = ANY($1::uuid[])",
        list({level.id for level in held.values()}))  # fmt: skip
    by_level = {row["level"]: Reward(points=row["points"], voucher_template=row["voucher_template"]) for row in rows}
    return {member: by_level[level.id] for member, level in held.items() if level.id in by_level}


async def note_reached(changes: Iterable[levels.Change]) -> None:
    """Write down whose gift is due; it is given by a job of its own, so that nothing of it can hold up an order.

    Only for a level that was reached by what counts: not for one that staff set, a merge brought or new rules gave,
    and not for levels that were passed on the way. It is given again after a drop, once for each, where the gift says
    so; what was refunded and bought again is no drop.
    """
    reached = [(one.member, one.after.id) for one in changes if one.why is levels.Why.REACHED and one.after]
    drops = await levels.last_drops(reached)
    rows = await DB.fetch(
        "INSERT INTO __tenant__.level_gift_given (id, member, level, occasion, points, voucher_template, at)"
        " SELECT c.id, c.member, c.level, CASE WHEN g.again THEN coalesce(c.dropped::text, '') ELSE ''"
        " END, g.points, g.voucher_template, $5 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[])"
        " AS c(id, member, level, dropped) JOIN __tenant__.level_gift g ON g.level = c.level"
        " AND g.occasion = 'reached' ORDER BY c.member ON CONFLICT (member, level, occasion) DO NOTHING RETURNING id",
        [ids.new() for _ in reached], [member for member, _ in reached], [level for _, level in reached],
        [drops.get(one) for one in reached], clock.now()
    ) if reached else []  # fmt: skip
    if rows:
        await ask_for(GIVING)


async def give_due(*, limit: int = 200) -> bool:
    """Give up to `limit` gifts that are due, each once. Whether there may be more.

    Whoever lost the level to a refund meanwhile is not due it any more, until it is reached again. A gift of a member
    who is blocked waits until they are not; one of a member who is gone is never given.
    """
    rows = await DB.fetch(
        "SELECT g.id, g.member, g.level, g.points, g.voucher_template FROM __tenant__.level_gift_given g"
        " JOIN __tenant__.member m ON m.id = g.member AND m.state = 'active' WHERE g.reward IS NULL"
        " ORDER BY g.id LIMIT $1 FOR NO KEY UPDATE OF g SKIP LOCKED", limit)  # fmt: skip
    names = {level.id: level.name for level in await levels.ladder()}
    lost = await levels.taken_back_from({(row["member"], row["level"]) for row in rows})
    await _withdraw([row["id"] for row in rows if (row["member"], row["level"]) in lost])
    due = sorted((row for row in rows if (row["member"], row["level"]) not in lost), key=lambda row: row["member"])
    granted = await grant_many([_granting(row, names[row["level"]]) for row in due])
    if due:
        await DB.fetch(
            "UPDATE __tenant__.level_gift_given g SET reward = a.reward"
            " FROM unnest($1::uuid[], $2::uuid[]) AS a(id, reward) WHERE g.id = a.id",
            [row["id"] for row in due], [one.id for one in granted])  # fmt: skip
    return len(rows) == limit


async def _withdraw(gifts_due: list[uuid.UUID]) -> None:
    if gifts_due:
        await DB.fetch("DELETE FROM __tenant__.level_gift_given WHERE id = ANY($1::uuid[])", gifts_due)


def _granting(row: Any, name: Words) -> Granting:
    return Granting(
        member=row["member"], reward=Reward(points=row["points"], voucher_template=row["voucher_template"]),
        why=Why.LEVEL, once=f"level-gift/{row['id']}", when_out="points_only",
        detail={"level_en": name.en, "level_zh": name.zh})  # fmt: skip


_MOVE = """
UPDATE __tenant__.level_gift_given g SET member = $2 WHERE g.member = $1
   AND ($3::uuid[] IS NOT NULL AND g.id = ANY($3) OR $3::uuid[] IS NULL AND NOT EXISTS (
       SELECT 1 FROM __tenant__.level_gift_given own
        WHERE own.member = $2 AND own.level = g.level AND own.occasion = g.occasion))
RETURNING g.id
"""


async def merge(merge_id: uuid.UUID, *, source: uuid.UUID, target: uuid.UUID) -> None:
    """Remember for the target what the source was given, so that one person is given it once.

    The grants stay with the source, as its history does.
    """
    rows = await DB.fetch(_MOVE, source, target, None)
    await members.note_moved(merge_id, "level_gift_given", [row["id"] for row in rows])


async def unmerge(merge_id: uuid.UUID, *, source: uuid.UUID, target: uuid.UUID) -> None:
    """Give back what `merge` moved."""
    await DB.fetch(_MOVE, target, source, await members.moved(merge_id, "level_gift_given"))
