"""Rules and segments for tests; call inside `shop.open()`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import segments

if TYPE_CHECKING:
    import uuid


def term(about: str, op: str, value: Any, key: str = "") -> dict[str, Any]:
    """A condition as JSON has it."""
    said = {"about": about, "op": op, "value": value}
    return {**said, "key": key} if key else said


async def segment(rule: dict[str, Any] | None = None, *, name_en: str = "Some") -> uuid.UUID:
    """A saved segment; of everybody unless said otherwise."""
    return (await segments.create(name_en=name_en, rule=segments.read(rule or {"all": []}))).id


async def whom(rule: dict[str, Any]) -> set[uuid.UUID]:
    """For whom a rule holds."""
    checked = await segments.checked(segments.read(rule))
    return {one.id for one in await segments.sample(checked, most=1000)}
