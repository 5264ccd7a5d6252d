"""One row at a time, as staff change them at the desk, of what is otherwise said of an item as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit.errors import NotFound
from tenants.mall.rules import deciding, items
from tenants.mall.rules.pricing import LevelPrice
from tenants.tenancy import DB

if TYPE_CHECKING:
    from uuid import UUID


async def set_category(values: dict[str, Any]) -> UUID:
    """Make a category, or change the one of that key; its row."""
    await items.set_category(
        values["key"], name_en=values.get("name_en") or "", name_zh=values.get("name_zh") or "",
        position=values.get("position") or 0)  # fmt: skip
    found: UUID = await DB.fetchval("SELECT id FROM __tenant__.mall_category WHERE key = $1", values["key"])
    return found


async def change_category(category: UUID, values: dict[str, Any]) -> None:
    """Change some of a category."""
    row = await _category(category)
    await set_category({**row, **{name: value for name, value in values.items() if value is not None}})


async def remove_category(category: UUID) -> None:
    """Take a category away."""
    await items.remove_category((await _category(category))["key"])


async def _category(category: UUID) -> Any:
    row = await DB.fetchrow("SELECT * FROM __tenant__.mall_category WHERE id = $1", category)
    if row is None:
        raise NotFound
    return row


async def set_price(values: dict[str, Any]) -> UUID:
    """Say what an item costs one level; its row."""
    price = LevelPrice(values["level"], values.get("points"), values.get("cash"), values.get("percent_off"))
    await _relevel(values["item"], lambda prices: [*(one for one in prices if one.level != price.level), price])
    found: UUID = await DB.fetchval(
        "SELECT id FROM __tenant__.mall_price WHERE item = $1 AND level = $2", values["item"], price.level)  # fmt: skip
    return found


async def change_price(row_id: UUID, values: dict[str, Any]) -> None:
    """Say it otherwise."""
    row = await DB.fetchrow("SELECT * FROM __tenant__.mall_price WHERE id = $1", row_id)
    if row is None:
        raise NotFound
    await set_price({**row, **values})


async def remove_price(row_id: UUID) -> None:
    """That level pays what all do."""
    row = await DB.fetchrow("SELECT item, level FROM __tenant__.mall_price WHERE id = $1", row_id)
    if row is None:
        raise NotFound
    await _relevel(row["item"], lambda prices: [one for one in prices if one.level != row["level"]])


async def allow(values: dict[str, Any]) -> UUID:
    """An item is for one level more; its row."""
    await _relevel(values["item"], allow=lambda allowed: [*allowed, values["level"]])
    found: UUID = await DB.fetchval(
        "SELECT id FROM __tenant__.mall_audience WHERE item = $1 AND level = $2",
        values["item"], values["level"])  # fmt: skip
    return found


async def forbid(row_id: UUID) -> None:
    """It is for that level no more."""
    row = await DB.fetchrow("SELECT item, level FROM __tenant__.mall_audience WHERE id = $1", row_id)
    if row is None:
        raise NotFound
    await _relevel(row["item"], allow=lambda allowed: [level for level in allowed if level != row["level"]])


async def _relevel(item: UUID, reprice: Any = None, allow: Any = None) -> None:
    prices = [
        LevelPrice(row["level"], row["points"], row["cash"], row["percent_off"])
        for row in await deciding.prices_of([item])
    ]
    allowed = [row["level"] for row in await deciding.audiences_of([item])]
    await items.set_levels(
        item, prices=reprice(prices) if reprice else prices, allowed=allow(allowed) if allow else allowed)  # fmt: skip
