"""The seller's several shops, by the names under which their orders come in."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.orders.rules.policy import check_award_on, check_refund_days
from tenants.orders.rules.refusals import SourceUnknown
from tenants.orders.rules.texts import check_text
from tenants.orders.tables import SOURCE_MAX
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid

    from tenants.orders.rules.deciding import AwardOn

Platform: TypeAlias = Literal["taobao", "jd", "pdd", "douyin", "newegg", "shopify", "own"]
PLATFORMS: tuple[Platform, ...] = get_args(Platform)
PLATFORM_WORDS: dict[str, Words] = {
    "taobao": Words(en="Taobao / Tmall", zh="淘宝 / 天猫"),
    "jd": Words(en="JD", zh="京东"),
    "pdd": Words(en="Pinduoduo", zh="拼多多"),
    "douyin": Words(en="Douyin", zh="抖音"),
    "newegg": Words(en="Newegg", zh="新蛋"),
    "shopify": Words(en="Shopify", zh="Shopify"),
    "own": Words(en="Own shop", zh="自营商城"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One shop: until when goods can be sent back there, and when its orders earn; None is as the policy says."""

    name: str
    display_name: str = ""
    platform: Platform = "own"
    refund_days: int | None = None
    award_on: AwardOn | None = None
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow(Source):
    """A source and its id."""

    id: uuid.UUID


_COLUMNS = "id, name, display_name, platform, refund_days, award_on, active"


async def sources() -> list[SourceRow]:
    """All sources that were set up, by name."""
    rows = await DB.fetch(f'SELECT {_COLUMNS} FROM __tenant__.order_source ORDER BY name COLLATE "C"')
    return [SourceRow(**dict(row)) for row in rows]


async def set_source(wanted: Source) -> SourceRow:
    """Set a source up, or as it is called already, change it; for orders first heard of from now on. Raises Invalid."""
    name = unicodedata.normalize("NFC", wanted.name)  # as orders keep it
    check_text(name, most=SOURCE_MAX, param="name")
    _check(wanted)
    row = await DB.fetchrow(
        "INSERT INTO __tenant__.order_source AS s (id, name, display_name, platform, refund_days, award_on, active,"
        " created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)"
        " ON CONFLICT (name) DO UPDATE SET display_name = excluded.display_name, platform = excluded.platform,"
        " refund_days = excluded.refund_days, award_on = excluded.award_on, active = excluded.active,"
        f" updated_at = excluded.updated_at RETURNING {_COLUMNS}",
        ids.new(), name, wanted.display_name, wanted.platform, wanted.refund_days, wanted.award_on, wanted.active,
        clock.now())  # fmt: skip
    return SourceRow(**dict(row))


async def change_source(source: uuid.UUID, wanted: Source) -> SourceRow:
    """Change a source, but for its name, for orders first heard of from now on. Raises SourceUnknown, Invalid."""
    _check(wanted)
    return _found(
        await DB.fetchrow(
            "UPDATE __tenant__.order_source SET display_name = $2, platform = $3, refund_days = $4, award_on = $5,"
            f" active = $6, updated_at = $7 WHERE id = $1 RETURNING {_COLUMNS}",
            source, wanted.display_name, wanted.platform, wanted.refund_days, wanted.award_on, wanted.active,
            clock.now())
    )  # fmt: skip


async def find_source(source: uuid.UUID) -> SourceRow:
    """A source by id. Raises SourceUnknown."""
    return _found(await DB.fetchrow(f"SELECT {_COLUMNS} FROM __tenant__.order_source WHERE id = $1", source))


async def remove_source(source: uuid.UUID) -> None:
    """Forget what was set up for a source; its orders stay, new ones follow the policy. Raises SourceUnknown."""
    _found(await DB.fetchrow(f"DELETE FROM __tenant__.order_source WHERE id = $1 RETURNING {_COLUMNS}", source))


def _check(wanted: Source) -> None:
    if wanted.display_name:
        check_text(wanted.display_name, most=100, param="display_name")
    if wanted.platform not in PLATFORMS:
        raise Invalid(
            param="platform",
            problem=Words(en=f"use one of {', '.join(PLATFORMS)}", zh=f"请使用 {'、'.join(PLATFORMS)} 之一"),
        )
    if wanted.refund_days is not None:
        check_refund_days(wanted.refund_days)
    if wanted.award_on is not None:
        check_award_on(wanted.award_on)


def _found(row: Any) -> SourceRow:
    if row is None:
        raise SourceUnknown
    return SourceRow(**dict(row))
