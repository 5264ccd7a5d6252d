"""What the mall offers, for the seller's backend."""

from __future__ import annotations

import uuid
from typing import Annotated, Any

import msgspec
from litestar import Controller, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody, QueryParameter

from tenants import mall
from tenants.kit import ids
from tenants.kit.errors import Invalid
from tenants.kit.shapes import Page, page, read_cursor
from tenants.kit.words import Words
from tenants.mall.api import shown
from tenants.mall.api.shapes import (
    CategoryList,
    CategoryShape,
    ItemChange,
    ItemLevels,
    ItemShape,
    ItemState,
    LevelPriceShape,
    NewItem,
    OfferShape,
    StockChange,
    StockChangeShape,
    StockShape,
)
from tenants.mall.rules import deciding, reading
from tenants.tenancy import current_tenant

Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before.")]


class MallItemController(Controller):
    """Items, their prices and their stock."""

    path = "/v1/mall-items"
    tags = ("Points mall",)

    @post(operation_id="createMallItem", summary="Make an item of the mall")
    async def create(self, data: JSONBody[NewItem]) -> ItemShape:
        """Make an item; members see it once it is `live`. Without `stock` there is no end to it.

        Errors: `invalid` (400, with `param`), `mall.category_unknown`, `voucher_template.unknown`, `level.unknown`,
        `not_found` (404).
        """
        given = msgspec.structs.asdict(data)
        stock = given.pop("stock")
        item = await mall.create_item(mall.Terms(**_terms(given)), stock=stock)
        return shown.item(await reading.find_item(item))

    @get(operation_id="listMallItems", summary="List the items of the mall")
    async def list_items(
        self,
        item_state: Annotated[ItemState | None, QueryParameter(name="state")] = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Page[ItemShape]:
        """Items, the newest first. Errors: `invalid` (400) for another list's cursor."""
        scope = f"{current_tenant().schema}:mall_items:{item_state}"
        position = read_cursor(cursor, scope=scope)
        before = uuid.UUID(position) if position else None
        rows = await reading.search_items(state=item_state, before=before, limit=limit + 1)
        sheet = page(rows, limit=limit, scope=scope)
        data = [shown.item(row) for row in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/{item_id:str}", operation_id="getMallItem", summary="Show an item")
    async def show(self, item_id: FromPath[str]) -> ItemShape:
        """One item with what has gone of it. Errors: `mall.item_unknown` (404)."""
        return shown.item(await reading.find_item(shown.read_id("mit", item_id)))

    @patch("/{item_id:str}", operation_id="changeMallItem", summary="Change an item")
    async def change(self, item_id: FromPath[str], data: JSONBody[ItemChange]) -> ItemShape:
        """Fields that are left out stay. Who redeems from now on does so by the new terms.

        Kind, benefit, voucher and level are fixed once it has been redeemed. Errors: `mall.item_unknown`,
        `mall.category_unknown`, `voucher_template.unknown`, `level.unknown` (404), `mall.terms_frozen`,
        `mall.item_ended` (422), `invalid` (400).
        """
        item = shown.read_id("mit", item_id)
        said = {name: value for name, value in msgspec.structs.asdict(data).items() if value is not msgspec.UNSET}
        await mall.change_item(item, _terms(said))
        return shown.item(await reading.find_item(item))

    @get("/{item_id:str}/levels", operation_id="getMallItemLevels", summary="Prices by level")
    async def show_levels(self, item_id: FromPath[str]) -> ItemLevels:
        """What the item costs by level, and for which levels it is. Errors: `mall.item_unknown` (404)."""
        return await _levels((await reading.find_item(shown.read_id("mit", item_id)))["id"])

    @put("/{item_id:str}/levels", operation_id="setMallItemLevels", summary="Set prices by level")
    async def set_levels(self, item_id: FromPath[str], data: JSONBody[ItemLevels]) -> ItemLevels:
        """All prices by level and all levels for which it is, in place of what there was.

        Errors: `mall.item_unknown`, `level.unknown`, `not_found` (404), `mall.item_ended` (422), `invalid` (400).
        """
        item = shown.read_id("mit", item_id)
        prices = [
            mall.LevelPrice(ids.read("lvl", price.level), price.points, price.cash, price.percent_off)
            for price in data.prices
        ]
        await mall.set_levels(item, prices=prices, allowed=[ids.read("lvl", level) for level in data.allowed])
        return await _levels(item)

    @get("/{item_id:str}/stock", operation_id="getMallStock", summary="An item's stock and its changes")
    async def show_stock(self, item_id: FromPath[str]) -> StockShape:
        """How many there are, how many have gone, and who changed that. Errors: `mall.item_unknown` (404)."""
        return await _stock(shown.read_id("mit", item_id))

    @post("/{item_id:str}/stock", operation_id="changeMallStock", summary="Change an item's stock", status_code=200)
    async def change_stock(self, item_id: FromPath[str], data: JSONBody[StockChange]) -> StockShape:
        """Give `stock` (all pieces, those that have gone among them; null: no end) or `by` (more or fewer).

        The same `reference` again changes nothing. Errors: `mall.item_unknown` (404), `mall.stock_below_taken` (422),
        `mall.stock_once_differs` (409), `invalid` (400).
        """
        item = shown.read_id("mit", item_id)
        if (data.stock is msgspec.UNSET) == (data.by is msgspec.UNSET):
            raise Invalid(param="stock", problem=Words(en="give either stock or by", zh="请填写 stock 或 by 之一"))
        stock = None if data.stock is msgspec.UNSET else data.stock
        by = None if data.by is msgspec.UNSET else data.by
        await mall.change_stock(item, stock=stock, by=by, reason=data.reason, once=f"api/{data.reference}")
        return await _stock(item)

    @get("/{item_id:str}/preview", operation_id="previewMallItem", summary="What a member sees of an item")
    async def preview(
        self,
        item_id: FromPath[str],
        level: Annotated[str | None, QueryParameter(description="As a member of this level, `lvl_…`.")] = None,
    ) -> OfferShape:
        """How an item, a draft too, looks to a member who has had none and has points enough.

        Errors: `mall.item_unknown`, `not_found` (404).
        """
        seen = await mall.preview(shown.read_id("mit", item_id), level=ids.read("lvl", level) if level else None)
        return shown.offer(seen)


class MallCategoryController(Controller):
    """The shelves of the mall."""

    path = "/v1/mall-categories"
    tags = ("Points mall",)

    @get(operation_id="listMallCategories", summary="List the categories of the mall")
    async def list_all(self) -> CategoryList:
        """All of them in their order."""
        return CategoryList(data=[CategoryShape(**row) for row in await reading.categories()])

    @post(operation_id="setMallCategory", summary="Make or change a category", status_code=200)
    async def set(self, data: JSONBody[CategoryShape]) -> CategoryShape:
        """Make a category, or change the one of that `key`, by which items name it: a-z, 0-9, _ and -.

        Errors: `invalid` (400).
        """
        await mall.set_category(data.key, name_en=data.name_en, name_zh=data.name_zh, position=data.position)
        return next(CategoryShape(**row) for row in await reading.categories() if row["key"] == data.key)

    @delete("/{category:str}", operation_id="removeMallCategory", summary="Take a category away")
    async def remove(self, category: FromPath[str]) -> None:
        """Its items are in no category then. Errors: `mall.category_unknown` (404)."""
        await mall.remove_category(category)


def _terms(said: dict[str, Any]) -> dict[str, Any]:
    for name, prefix in (("voucher_template", "vtp"), ("level", "lvl")):
        if said.get(name) is not None:
            said[name] = ids.read(prefix, said[name])
    return said


async def _levels(item: uuid.UUID) -> ItemLevels:
    return ItemLevels(
        prices=[
            LevelPriceShape(
                level=ids.show("lvl", row["level"]), points=row["points"], cash=row["cash"],
                percent_off=row["percent_off"])
            for row in await deciding.prices_of([item])
        ],
        allowed=[ids.show("lvl", row["level"]) for row in await deciding.audiences_of([item])],
    )  # fmt: skip


async def _stock(item: uuid.UUID) -> StockShape:
    row = await reading.find_item(item)
    changes = [
        StockChangeShape(**{name: change[name] for name in StockChangeShape.__struct_fields__})
        for change in await reading.stock_changes(item)
    ]
    return StockShape(item=ids.show("mit", item), stock=row["stock"], taken=row["taken"], data=changes)
