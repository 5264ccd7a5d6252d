"""Voucher templates, for the seller's backend."""

from __future__ import annotations

import uuid
from typing import Annotated, Any

import msgspec
from litestar import Controller, get, patch, post
from litestar.params import FromPath, JSONBody, QueryParameter

from tenants import vouchers
from tenants.kit.shapes import Page, page, read_cursor
from tenants.tenancy import current_tenant
from tenants.vouchers.api import shown
from tenants.vouchers.api.template_shapes import (
    CardShape,
    NewTemplate,
    TemplateChange,
    TemplateShape,
    TemplateState,
)
from tenants.vouchers.rules import reading

Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]


class TemplateController(Controller):
    """What can be issued."""

    path = "/v1/voucher-templates"
    tags = ("Vouchers",)

    @post(operation_id="createVoucherTemplate", summary="Make a voucher template")
    async def create(self, data: JSONBody[NewTemplate]) -> TemplateShape:
        """Make a template; only an active one issues vouchers. Money in the shop's currency.

        A template that members can claim needs a `per_member_limit`. Errors: `invalid` (400, with `param`),
        `not_found` (404) for a level that is none.
        """
        template_id = await vouchers.create_template(vouchers.Terms(**shown.terms(msgspec.structs.asdict(data))))
        return await _shown(template_id)

    @get(operation_id="listVoucherTemplates", summary="List voucher templates")
    async def list_templates(
        self,
        template_state: Annotated[TemplateState | None, QueryParameter(name="state")] = None,
        limit: Limit = 20,
        cursor: Annotated[str | None, QueryParameter()] = None,
    ) -> Page[TemplateShape]:
        """Templates, the newest first. Errors: `invalid` (400) for another list's cursor."""
        scope = f"{current_tenant().schema}:voucher_templates:{template_state}"
        position = read_cursor(cursor, scope=scope)
        rows = await reading.search_templates(
            state=template_state, before=uuid.UUID(position) if position else None, limit=limit + 1
        )
        sheet = page(rows, limit=limit, scope=scope)
        return Page(
            data=await shown.templates(sheet.data),
            has_more=sheet.has_more,
            next_cursor=sheet.next_cursor,
        )

    @get("/{template_id:str}", operation_id="getVoucherTemplate", summary="Show a voucher template")
    async def show(self, template_id: FromPath[str]) -> TemplateShape:
        """A template with how many have been issued. Errors: `voucher_template.unknown` (404)."""
        return await _shown(shown.read_id("vtp", template_id))

    @patch("/{template_id:str}", operation_id="changeVoucherTemplate", summary="Change a voucher template")
    async def change(self, template_id: FromPath[str], data: JSONBody[TemplateChange]) -> TemplateShape:
        """Change what is named. Once a voucher is out, what it is worth stays; validity holds for later ones only.

        Errors: `voucher_template.unknown` (404), `voucher_template.terms_frozen`,
        `voucher_template.stock_below_issued`, `voucher_template.ended` (422), `invalid` (400), `not_found` (404).
        """
        found = shown.read_id("vtp", template_id)
        said = {name: value for name, value in msgspec.structs.asdict(data).items() if value is not msgspec.UNSET}
        await vouchers.change_template(found, shown.terms(said))
        return await _shown(found)

    @get("/{template_id:str}/preview", operation_id="previewVoucherTemplate", summary="What a member's card says")
    async def preview(self, template_id: FromPath[str]) -> CardShape:
        """The card that a member would see, made from the rules, in both languages.

        Errors: `voucher_template.unknown` (404).
        """
        card = await vouchers.preview(shown.read_id("vtp", template_id))
        return CardShape(
            title_en=card.title.en, title_zh=card.title.zh, worth_en=card.worth.en, worth_zh=card.worth.zh,
            terms_en=card.terms.en, terms_zh=card.terms.zh, notes_en=card.notes.en, notes_zh=card.notes.zh)  # fmt: skip


async def _shown(template_id: uuid.UUID) -> TemplateShape:
    return (await shown.templates([await reading.find_template(template_id)]))[0]


class Row:
    """A row whose id the page can read."""

    __slots__ = ("id", "row")

    def __init__(self, row: Any) -> None:
        self.row = row
        self.id: uuid.UUID = row["id"]
