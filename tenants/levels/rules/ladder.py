"""The ladder: the shop's levels by rank, what each takes and gives, and the first set of a new shop."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import asyncpg

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.levels.rules.policy import COLUMNS, Policy, lock_rules, recount
from tenants.levels.rules.refusals import LevelInUse, LevelUnknown
from tenants.tenancy import DB, furnish

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

RANK_MAX = 100
THRESHOLD_MAX = Decimal("999999999999.99")
MULTIPLIER_MAX = Decimal("99.99")
BENEFITS_MAX = 1000
ICONS = ("star", "medal", "crown", "diamond", "heart", "leaf", "flame", "gem", "shield", "flower")
_CENT = Decimal("0.01")
_COLOR = re.compile(r"#[0-9a-f]{6}\Z")
_NAME_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A rung of the ladder. `benefits` are for the member to read; `color` is #rrggbb, `icon` a word of ICONS."""

    id: uuid.UUID
    rank: int
    name: Words
    threshold: Decimal
    multiplier: Decimal
    free_shipping: bool
    benefits: Words
    color: str
    icon: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelSettings:
    """What a seller can say of a level. Names: one language at least."""

    rank: int
    name_en: str = ""
    name_zh: str = ""
    threshold: Decimal
    multiplier: Decimal = Decimal(1)
    free_shipping: bool = False
    benefits_en: str = ""
    benefits_zh: str = ""
    color: str = "#8c8c8c"
    icon: str = "star"
    active: bool = True


@dataclass(frozen=True, slots=True)
class Rules:
    """Policy and levels as they stand, the lowest level first."""

    policy: Policy
    levels: tuple[Level, ...]

    @property
    def by_id(self) -> Mapping[uuid.UUID, Level]:
        """Each level by its id."""
        return {level.id: level for level in self.levels}

    @property
    def lowest(self) -> Level | None:
        """The level that everybody has: the lowest, where it takes nothing."""
        first = self.levels[0] if self.levels else None
        return first if first and first.threshold == 0 else None

    def due(self, value: Decimal, *, instead: Mapping[uuid.UUID, Decimal] | None = None) -> Level | None:
        """The highest level that a value reaches, above the one that everybody has; `instead` are other thresholds."""
        best = None
        for level in self.levels:
            threshold = (instead or {}).get(level.id, level.threshold)
            if level.active and 0 < threshold <= value:
                best = level
        return best

    def below(self, level: Level) -> Level | None:
        """The next level down that is switched on, above the one that everybody has."""
        lower = [one for one in self.levels if one.active and one.rank < level.rank and one.threshold > 0]
        return lower[-1] if lower else None

    def above(self, level: Level | None) -> Level | None:
        """The next level up that is switched on."""
        rank = level.rank if level else 0
        return next((one for one in self.levels if one.active and one.rank > rank and one.threshold > 0), None)

    def rank(self, level: uuid.UUID | None) -> int:
        """The rank of a level by its id; 0 for none."""
        return self.by_id[level].rank if level else 0


_LEVEL = (
    "l.id, l.rank, l.name_en, l.name_zh, l.threshold, l.multiplier, l.free_shipping, l.benefits_en, l.benefits_zh,"
    " l.color, l.icon, l.active AS reachable"
)


async def rules() -> Rules:
    """Policy and levels, in one statement."""
    rows = await DB.fetch(
        f"SELECT p.*, {_LEVEL} FROM (SELECT {COLUMNS} FROM __tenant__.level_policy WHERE id = 1) p"
        " LEFT JOIN __tenant__.level l ON true ORDER BY l.rank")  # fmt: skip
    first = dict(rows[0])
    policy = Policy(**{name: first[name] for name in COLUMNS.split(", ")})
    return Rules(policy, tuple(_level(row) for row in rows if row["id"]))


async def ladder() -> tuple[Level, ...]:
    """All levels, the lowest first."""
    rows = await DB.fetch(f"SELECT {_LEVEL} FROM __tenant__.level l ORDER BY l.rank")
    return tuple(_level(row) for row in rows)


async def find_level(level: uuid.UUID) -> Level:
    """A level. Raises LevelUnknown."""
    row = await DB.fetchrow(f"SELECT {_LEVEL} FROM __tenant__.level l WHERE l.id = $1", level)
    if row is None:
        raise LevelUnknown
    return _level(row)


async def settings_of(level: uuid.UUID) -> LevelSettings:
    """A level as it was said. Raises LevelUnknown."""
    row = await DB.fetchrow(f"SELECT {_LEVEL} FROM __tenant__.level l WHERE l.id = $1", level)
    if row is None:
        raise LevelUnknown
    said = {name: row[name] for name in LevelSettings.__dataclass_fields__ if name != "active"}
    return LevelSettings(**said, active=row["reachable"])


async def create_level(settings: LevelSettings) -> Level:
    """Put a level on the ladder and have all members gone through. Raises Invalid."""
    await lock_rules()
    await _check(settings, but=None)
    made = await _insert(settings)
    await recount(lower=False)
    return await find_level(made)


async def change_level(level: uuid.UUID, settings: LevelSettings) -> Level:
    """Change a level and have all members gone through: who has enough now rises, nobody drops before their term ends.

    Raises LevelUnknown, Invalid.
    """
    await lock_rules()
    await find_level(level)
    await _check(settings, but=level)
    await DB.fetch(
        "UPDATE __tenant__.level SET rank = $2, name_en = $3, name_zh = $4, threshold = $5, multiplier = $6,"
        " free_shipping = $7, benefits_en = $8, benefits_zh = $9, color = $10, icon = $11, active = $12,"
        " updated_at = $13 WHERE id = $1", level, *_values(settings), clock.now())  # fmt: skip
    await recount(lower=False)
    return await find_level(level)


async def remove_level(level: uuid.UUID) -> None:
    """Take a level off the ladder that nobody ever held. Raises LevelUnknown, LevelInUse."""
    try:
        async with DB.savepoint():
            gone = await DB.fetch("DELETE FROM __tenant__.level WHERE id = $1 RETURNING id", level)
    except asyncpg.IntegrityConstraintViolationError:  # which of them depends on the server's version
        raise LevelInUse from None
    if not gone:
        raise LevelUnknown


@furnish
async def first_levels() -> None:
    """Each new shop begins with four levels, to be looked at before they are switched on."""
    for rank, en, zh, threshold, multiplier, color, icon in (
        (1, "Member", "普通会员", "0", "1.00", "#8c8c8c", "leaf"),
        (2, "Silver", "银卡会员", "1000", "1.10", "#90a4ae", "medal"),
        (3, "Gold", "金卡会员", "5000", "1.20", "#c9a227", "star"),
        (4, "Platinum", "铂金会员", "20000", "1.50", "#5c6bc0", "crown"),
    ):
        await _insert(
            LevelSettings(
                rank=rank, name_en=en, name_zh=zh, threshold=Decimal(threshold), multiplier=Decimal(multiplier),
                color=color, icon=icon)
        )  # fmt: skip


async def _insert(settings: LevelSettings) -> uuid.UUID:
    made: uuid.UUID = await DB.fetchval(
        "INSERT INTO __tenant__.level (id, rank, name_en, name_zh, threshold, multiplier, free_shipping, benefits_en,"
        " benefits_zh, color, icon, active, created_at, updated_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13) RETURNING id",
        ids.new(), *_values(settings), clock.now())  # fmt: skip
    return made


def _values(settings: LevelSettings) -> tuple[Any, ...]:
    return (
        settings.rank, settings.name_en, settings.name_zh, settings.threshold, settings.multiplier,
        settings.free_shipping, settings.benefits_en, settings.benefits_zh, settings.color, settings.icon,
        settings.active,
    )  # fmt: skip


def _level(row: Any) -> Level:
    return Level(
        id=row["id"], rank=row["rank"], threshold=row["threshold"], multiplier=row["multiplier"],
        name=Words(en=row["name_en"] or row["name_zh"], zh=row["name_zh"] or row["name_en"]),
        free_shipping=row["free_shipping"], active=row["reachable"], color=row["color"], icon=row["icon"],
        benefits=Words(en=row["benefits_en"] or row["benefits_zh"], zh=row["benefits_zh"] or row["benefits_en"]),
    )  # fmt: skip


async def _check(settings: LevelSettings, *, but: uuid.UUID | None) -> None:
    _check_texts(settings)
    if isinstance(settings.rank, bool) or not 1 <= settings.rank <= RANK_MAX:
        _refuse("rank", en="use 1 to 100", zh="请使用 1 到 100")
    if not _is_amount(settings.threshold, most=THRESHOLD_MAX):
        _refuse("threshold", en="use 0 or more, at most two decimals", zh="请使用不小于 0 的数，最多两位小数")
    if not _is_amount(settings.multiplier, most=MULTIPLIER_MAX):
        _refuse("multiplier", en="use 0 to 99.99, at most two decimals", zh="请使用 0 到 99.99，最多两位小数")
    for other in await ladder():
        if other.id == but:
            continue
        if other.rank == settings.rank:
            _refuse("rank", en="another level has this rank", zh="已有其他等级使用该序号")
        lower = other.rank < settings.rank
        if other.threshold == settings.threshold or lower != (other.threshold < settings.threshold):
            _refuse(
                "threshold",
                en="a higher rank takes more: this threshold does not fit between those of its neighbours",
                zh="序号越高门槛须越高，该门槛与相邻等级冲突",
            )


def _check_texts(settings: LevelSettings) -> None:
    names = (settings.name_en, settings.name_zh)
    if not any(name.strip() for name in names) or any(len(name) > _NAME_MAX for name in names):
        _refuse("name_en", en="give a name of at most 100 characters", zh="请填写不超过 100 个字符的名称")
    if any(len(text) > BENEFITS_MAX for text in (settings.benefits_en, settings.benefits_zh)):
        _refuse("benefits_en", en="use at most 1,000 characters", zh="最多 1000 个字符")
    if not _COLOR.match(settings.color):
        _refuse("color", en="use a colour such as #c9a227", zh="请使用如 #c9a227 的颜色")
    if settings.icon not in ICONS:
        _refuse("icon", en=f"use one of {', '.join(ICONS)}", zh=f"请使用 {'、'.join(ICONS)} 之一")


def _is_amount(value: Decimal, *, most: Decimal) -> bool:
    return value.is_finite() and 0 <= value <= most and value == value.quantize(_CENT)


def _refuse(param: str, *, en: str, zh: str) -> None:
    raise Invalid(param=param, problem=Words(en=en, zh=zh))
