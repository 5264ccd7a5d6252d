"""What visits earn goes out: the points of the day always, and what the terms promise besides where any are met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants import levels, rewards
from tenants.checkins.rules import terms
from tenants.kit import ids
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence

    from tenants.kit.words import Words


@dataclass(frozen=True, slots=True)
class Extra:
    """Something that a visit earned besides the points of the day. `name` is that of a special date."""

    kind: terms.Kind
    points: int
    growth: int
    voucher_template: uuid.UUID | None
    name: Words
    voucher_code: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A bonus that a visit has earned."""

    visit: Any
    bonus: terms.Bonus


@dataclass(frozen=True, slots=True)
class Given:
    """What a visit got: what came besides the points of the day, and the points that a budget had no room for."""

    extras: tuple[Extra, ...] = ()
    points_refused: int = 0


NOTHING = Given()


async def reward(rows: Sequence[Any]) -> Mapping[uuid.UUID, Given]:
    """Grant what fresh visits earned; what they got, by visit, where there is something to tell."""
    looking = [row for row in rows if row["looks"]]
    due = await _due(looking) if looking else []
    return await grant(rows, due)


async def _due(rows: list[Any]) -> list[Due]:
    promised = await terms.load_many(row["version"] for row in rows)
    held = await levels.levels_of(row["member"] for row in rows) if any(row["levels"] for row in rows) else {}
    level_of = {member: level.id for member, level in held.items()}
    return [
        Due(row, bonus)
        for row in rows
        for bonus in terms.bonuses(
            promised[row["version"]], position=row["position"], points=row["points"], day=row["day"],
            level=level_of.get(row["member"]), first=row["first"])
    ]  # fmt: skip


async def grant(rows: Sequence[Any], due: list[Due], *, made_up: bool = False) -> Mapping[uuid.UUID, Given]:
    """Grant the points of visits, and bonuses each once for its occasion; what was new or refused, by visit."""
    earning = [row for row in rows if row["points"]]
    fresh = await _claim(due) if due else []
    asked = [*(_of_day(row, made_up=made_up) for row in earning), *(_besides(reward, one) for reward, one in fresh)]
    granted = await rewards.grant_many(asked) if asked else []
    out: dict[uuid.UUID, Given] = {}
    for row, given in zip(earning, granted, strict=False):
        if given.points_refused:
            out[row["id"]] = Given((), given.points_refused)
    for (_, one), given in zip(fresh, granted[len(earning) :], strict=True):
        had = out.get(one.visit["id"], NOTHING)
        extra = Extra(
            one.bonus.term.kind, one.bonus.points, one.bonus.growth, one.bonus.voucher_template, one.bonus.term.name,
            given.voucher_code)  # fmt: skip
        out[one.visit["id"]] = Given((*had.extras, extra), had.points_refused + given.points_refused)
    return out


def _of_day(row: Any, *, made_up: bool) -> rewards.Granting:
    word = "make-up" if made_up else "check-in"
    return rewards.Granting(
        member=row["member"],
        reward=rewards.Reward(points=row["points"]),
        why=rewards.Why.CHECK_IN,
        once=f"{word}/{row['member']}/{row['day']}",
        detail={"day": str(row["day"]), "streak": str(row["streak"]), **({"make_up": "1"} if made_up else {})},
    )


def _besides(reward: uuid.UUID, one: Due) -> rewards.Granting:
    bonus = one.bonus
    return rewards.Granting(
        member=one.visit["member"],
        reward=rewards.Reward(points=bonus.points, growth=bonus.growth, voucher_template=bonus.voucher_template),
        why=_why(bonus.term),
        once=f"check-in-reward/{reward}",
        detail=_detail(one),
        when_out="points_only",
    )


async def extras_of(visits: list[uuid.UUID]) -> dict[uuid.UUID, tuple[Extra, ...]]:
    """What visits have earned besides the points of the day. Codes are told once, when they are new."""
    rows = await DB.fetch(
        "SELECT r.check_in, r.points AS gave_points, r.growth AS gave_growth, t.*"
        " FROM __tenant__.check_in_reward r JOIN __tenant__.check_in_term t ON t.id = r.term"
        " WHERE r.check_in = ANY($1::uuid[]) ORDER BY r.id", visits) if visits else []  # fmt: skip
    found: dict[uuid.UUID, tuple[Extra, ...]] = {}
    for row in rows:
        term = terms.term_of(row)
        extra = Extra(term.kind, row["gave_points"], row["gave_growth"], term.voucher_template, term.name)
        found[row["check_in"]] = (*found.get(row["check_in"], ()), extra)
    return found


def _why(term: terms.Term) -> rewards.Why:
    if term.kind == "special" and term.name.en and term.name.zh:
        return rewards.Why.CAMPAIGN  # its sentence has the name of the day
    return {"milestone": rewards.Why.MILESTONE, "first": rewards.Why.FIRST_CHECK_IN}.get(
        term.kind, rewards.Why.CHECK_IN
    )


def _detail(one: Due) -> dict[str, str]:
    term, row = one.bonus.term, one.visit
    # A milestone that a make-up reached may be that of a later day of the row.
    streak = term.place if term.kind == "milestone" else row["streak"]
    named = {"activity_en": term.name.en, "activity_zh": term.name.zh} if term.kind == "special" else {}
    return {"day": str(row["day"]), "streak": str(streak), **named}


async def _claim(due: list[Due]) -> list[tuple[uuid.UUID, Due]]:
    """Write bonuses down and keep those whose occasion is new. In the order of members, as all who write many do."""
    asked = sorted(due, key=lambda one: (one.visit["member"], one.bonus.occasion))
    by_id = {ids.new(): one for one in asked}
    rows = await DB.fetch(
        "INSERT INTO __tenant__.check_in_reward"
        " (id, check_in, member, term, occasion, points, growth, voucher_template)"
        " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::int[],"
        " $8::uuid[]) ON CONFLICT (member, occasion) DO NOTHING RETURNING id",
        list(by_id),
        [one.visit["id"] for one in asked],
        [one.visit["member"] for one in asked],
        [one.bonus.term.id for one in asked],
        [one.bonus.occasion for one in asked],
        [one.bonus.points for one in asked],
        [one.bonus.growth for one in asked],
        [one.bonus.voucher_template for one in asked],
    )  # fmt: skip
    kept = {row["id"] for row in rows}
    return [(reward, one) for reward, one in by_id.items() if reward in kept]
