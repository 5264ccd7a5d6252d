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
    from collections.abc import Iterable, Mapping, Sequence

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


async def reward(rows: Sequence[Any]) -> Mapping[uuid.UUID, tuple[Extra, ...]]:
    """Grant what fresh visits earned; what they earned besides the points of the day, by visit."""
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


async def grant(rows: Iterable[Any], due: list[Due], *, made_up: bool = False) -> Mapping[uuid.UUID, tuple[Extra, ...]]:
    """Grant the points of visits, and bonuses each once for its occasion; the bonuses that were new, by visit."""
    word = "make-up" if made_up else "check-in"
    granting = [
        rewards.Granting(
            member=row["member"],
            reward=rewards.Reward(points=row["points"]),
            why=rewards.Why.CHECK_IN,
            once=f"{word}/{row['member']}/{row['day']}",
        )
        for row in rows
        if row["points"]
    ]
    fresh = await _claim(due) if due else []
    reached = [
        rewards.Granting(
            member=one.visit["member"],
            reward=rewards.Reward(points=one.bonus.points, voucher_template=one.bonus.voucher_template),
            why=rewards.Why.MILESTONE if one.bonus.term.kind == "milestone" else rewards.Why.CHECK_IN,
            once=f"check-in-reward/{reward}",
            when_out="points_only",
        )
        for reward, one in fresh
    ]
    granted = await rewards.grant_many([*granting, *reached]) if granting or reached else []
    extras: dict[uuid.UUID, tuple[Extra, ...]] = {}
    for (_, one), given in zip(fresh, granted[len(granting) :], strict=True):
        extra = Extra(
            one.bonus.term.kind, one.bonus.points, one.bonus.growth, one.bonus.voucher_template, one.bonus.term.name,
            given.voucher_code)  # fmt: skip
        extras[one.visit["id"]] = (*extras.get(one.visit["id"], ()), extra)
    return extras


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
