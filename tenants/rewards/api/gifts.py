"""What levels give, for the seller's backend."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from litestar import Controller, delete, get, put
from litestar.params import JSONBody, PathParameter
from msgspec import Meta

from tenants import levels, rewards, vouchers
from tenants.kit import ids
from tenants.kit.errors import NotFound
from tenants.kit.shapes import Shape

LevelId = Annotated[str, PathParameter(description="The level, `lvl_…`.")]
Occasion = Annotated[str, PathParameter(description="`reached` or `birthday`.")]


class NewLevelGift(Shape):
    """What a level gives: points, a voucher, or both. `again`: also when it is reached again after a drop."""

    points: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    voucher_template: str | None = None
    again: bool = False

    EXAMPLE: ClassVar[dict[str, Any]] = {"points": 200, "voucher_template": None, "again": False}


class LevelGiftShape(Shape):
    """What a level gives on reaching it, or on birthdays in place of the birthday programme's own gift."""

    level: str
    occasion: Literal["reached", "birthday"]
    points: int
    voucher_template: str | None
    again: bool

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "level": "lvl_01kaecw0x5f3qs8q7t6v2m9d3a",
        "occasion": "reached",
        "points": 200,
        "voucher_template": None,
        "again": False,
    }


class LevelGifts(Shape):
    """All gifts of levels."""

    data: list[LevelGiftShape]

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [LevelGiftShape.EXAMPLE]}


class GiftController(Controller):
    """What levels give."""

    path = "/v1"
    tags = ("Rewards",)

    @get("/level-gifts", operation_id="listLevelGifts", summary="What levels give")
    async def list_gifts(self) -> LevelGifts:
        """The gifts of all levels."""
        return LevelGifts(
            data=[
                LevelGiftShape(
                    level=ids.show("lvl", gift.level), occasion=gift.occasion, points=gift.points, again=gift.again,
                    voucher_template=ids.show("vtp", gift.voucher_template) if gift.voucher_template else None)
                for gift in await rewards.gifts()
            ]
        )  # fmt: skip

    @put("/levels/{level:str}/gifts/{occasion:str}", operation_id="setLevelGift", summary="Set a level's gift")
    async def set_gift(self, level: LevelId, occasion: Occasion, data: JSONBody[NewLevelGift]) -> LevelGiftShape:
        """Have a level give this from now on. On reaching it, a member is given it once, a moment later.

        Errors: `level.unknown`, `voucher_template.unknown`, `invalid`.
        """
        found = _level(level)
        template = _template(data.voucher_template) if data.voucher_template else None
        await rewards.set_gift(
            found, occasion=occasion, points=data.points, voucher_template=template, again=data.again)  # fmt: skip
        return LevelGiftShape(
            level=level, occasion="birthday" if occasion == "birthday" else "reached", points=data.points,
            voucher_template=data.voucher_template, again=data.again)  # fmt: skip

    @delete(
        "/levels/{level:str}/gifts/{occasion:str}", operation_id="removeLevelGift", summary="Remove a level's gift",
        status_code=204)  # fmt: skip
    async def remove_gift(self, level: LevelId, occasion: Occasion) -> None:
        """Have a level give nothing on this occasion. Error: `reward.gift_unknown`."""
        await rewards.remove_gift(_level(level), occasion=occasion)


def _level(text: str) -> Any:
    try:
        return ids.read("lvl", text)
    except NotFound:
        raise levels.LevelUnknown from None


def _template(text: str) -> Any:
    try:
        return ids.read("vtp", text)
    except NotFound:
        raise vouchers.TemplateUnknown from None
