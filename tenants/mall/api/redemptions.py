"""What was redeemed and what becomes of it, for the seller's backend."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.exceptions import HTTPException
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example, OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream
from litestar.status_codes import HTTP_200_OK, HTTP_415_UNSUPPORTED_MEDIA_TYPE

from tenants import mall
from tenants.kit import ids
from tenants.kit.shapes import Page, page, read_cursor
from tenants.mall.api import shown
from tenants.mall.api.items import Cursor, Limit  # noqa: TC001  Litestar reads them
from tenants.mall.api.redemption_shapes import (  # noqa: TC001  Litestar reads them
    DeliveryAddress,
    NewOwnRedemption,
    NewRedemption,
    Payment,
    RedeemedShape,
    RedemptionShape,
    RedemptionState,
    RedemptionWithEvents,
    ShipmentImport,
    Step,
)
from tenants.mall.rules import addresses, giving, reading
from tenants.tenancy import current_tenant, replies
from tenants.tenancy.api import reply_once, sent
from tenants.tenancy.hot import HotVerb

BODY_BYTES_MAX = 20_000_000
_JSON = "application/json"
_TYPES = frozenset(
    {"text/csv", "application/csv", "application/vnd.ms-excel", "application/octet-stream", "text/plain"}
)
_SAMPLE = "redemption,carrier,tracking\nrdm_01kaecw0x5f3qs8q7t6v2m9d3e,SF,SF1234567890\n"

_LIST = (
    "redemption,item,quantity,recipient,phone,country,province,city,street,postcode,order_reference,redeemed_at,"
    "carrier,tracking\r\nrdm_01kaecw0x5f3qs8q7t6v2m9d3e,Enamel mug,1,Li Lei,'+8613800138000,CN,Zhejiang,Hangzhou,"
    "1 West Lake Road,310000,,2026-11-21T08:30:00+00:00,,\r\n"
)

_CSV = ResponseSpec(
    str, generate_examples=False, media_type="text/csv", description="The list.",
    examples=[Example(value=_LIST, id="example")])  # fmt: skip

REDEEM: HotVerb[mall.Redeeming, mall.Redeemed] = HotVerb(mall.redeem_many, shown.write, name="mall")


@dataclass
class ParcelsOperation(Operation):
    """An operation whose body is a CSV file."""

    def __post_init__(self) -> None:
        """Say so in the document, where Litestar sees no parameter called `data`."""
        self.request_body = self.request_body or RequestBody(
            required=True,
            description="CSV in UTF-8 (with or without byte order mark) or GBK; the first line names the columns.",
            content={"text/csv": OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING), example=_SAMPLE)},
        )


class RedemptionController(Controller):
    """Redemptions."""

    path = "/v1/redemptions"
    tags = ("Points mall",)

    @post(operation_id="redeem", summary="Redeem an item for a member", opt={"own_transaction": True}, status_code=201)
    async def redeem(self, data: JSONBody[NewRedemption]) -> Response[RedeemedShape]:
        """Takes the points and gives what they buy: 201; the same `reference` again answers 200 with `repeated: true`.

        What also costs money is `reserved` for half an hour, its points set aside, until the payment is confirmed.
        Errors: `mall.item_unknown`, `member.unknown`, `mall.address_unknown`, `not_found` (404), `member.blocked`
        (403), `mall.not_on_offer`, `mall.not_for_level`, `mall.sold_out`, `mall.quota_reached`, `mall.limit_reached`,
        `mall.address_needed`, `mall.order_needed`, `points.insufficient`, `voucher_template.not_active` (422),
        `mall.once_differs` (409), `invalid` (400).
        """
        member = ids.read("mem", data.member)
        return await redeem_for(member, data, once=f"api/{data.reference}")

    @get(operation_id="listRedemptions", summary="List redemptions")
    async def list_redemptions(
        self,
        member: Annotated[str | None, QueryParameter(description="Of this member, `mem_…`.")] = None,
        item: Annotated[str | None, QueryParameter(description="Of this item, `mit_…`.")] = None,
        redemption_state: Annotated[RedemptionState | None, QueryParameter(name="state")] = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Page[RedemptionShape]:
        """Redemptions, the newest first; filters may be combined.

        Errors: `not_found`, `mall.item_unknown` (404) for ids that are none, `invalid` (400) for another list's cursor.
        """
        scope = f"{current_tenant().schema}:redemptions:{member}:{item}:{redemption_state}"
        position = read_cursor(cursor, scope=scope)
        rows = await reading.redemptions(
            member=ids.read("mem", member) if member is not None else None,
            item=shown.read_id("mit", item) if item is not None else None,
            state=redemption_state, before=uuid.UUID(position) if position else None, limit=limit + 1)  # fmt: skip
        sheet = page(rows, limit=limit, scope=scope)
        data = [shown.redemption(row) for row in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/{redemption_id:str}", operation_id="getRedemption", summary="Show a redemption with its history")
    async def show(self, redemption_id: FromPath[str]) -> RedemptionWithEvents:
        """A redemption and all that happened to it, oldest first. Errors: `mall.redemption_unknown` (404)."""
        row, events = await reading.find(shown.read_id("rdm", redemption_id))
        return shown.with_events(row, events, await giving.codes_of(row))

    @post("/{redemption_id:str}/payment", operation_id="confirmRedemptionPayment", summary="The money has come")
    async def confirm(self, redemption_id: FromPath[str], data: JSONBody[Payment]) -> RedeemedShape:
        """Spends the points that were set aside and gives what was redeemed. The same payment again changes nothing.

        One that comes late still counts while the redemption is reserved. Errors: `mall.redemption_unknown` (404),
        `mall.payment_differs`, `mall.illegal_step`, `points.hold_over` (409), `voucher.out_of_stock`,
        `voucher_template.not_active` (422).
        """
        found = shown.read_id("rdm", redemption_id)
        return shown.redeemed(await mall.confirm_payment(found, payment=data.payment, amount=data.amount))

    @post("/{redemption_id:str}/steps", operation_id="changeRedemption", summary="Send, complete, cancel or return")
    async def change(self, redemption_id: FromPath[str], data: JSONBody[Step]) -> RedeemedShape:
        """Takes a redemption one step on; where it is already, nothing changes (`repeated`).

        `cancelled` before it was sent and `returned` afterwards give the points back to the lots that they came from,
        with the dates that they had; a voucher must be unused, and is revoked. Errors: `mall.redemption_unknown` (404),
        `mall.illegal_step` (409), `mall.voucher_gone`, `mall.not_returnable` (422), `invalid` (400).
        """
        found = shown.read_id("rdm", redemption_id)
        if data.state == "shipped":
            done = await mall.ship(found, carrier=data.carrier, tracking=data.tracking, reason=data.reason)
        elif data.state == "done":
            done = await mall.complete(found, reason=data.reason)
        elif data.state == "cancelled":
            done = await mall.cancel(found, reason=data.reason)
        else:
            done = await mall.give_back(found, reason=data.reason, restock=data.restock)
        return shown.redeemed(done)


class ShipmentController(Controller):
    """What has to be sent, as a spreadsheet both ways."""

    path = "/v1"
    tags = ("Points mall",)

    @get(
        "/redemption-exports",
        operation_id="exportShipments",
        summary="What has to be sent, as CSV",
        media_type="text/csv",
        responses={HTTP_200_OK: _CSV},
    )
    async def export(self, *, bom: FromQuery[bool] = True) -> Stream:
        """Every redemption that is to be sent, oldest first, with its address; headers in the reader's language.

        With `bom` (default) spreadsheets read it as UTF-8. What a spreadsheet would take for a formula stands behind an
        apostrophe. Fill in carrier and tracking, and import the same file.
        """
        headers = {"content-disposition": 'attachment; filename="to-ship.csv"', "cache-control": "no-store"}
        return Stream(mall.export(bom=bom), media_type="text/csv; charset=utf-8", headers=headers)

    @post(
        "/redemption-imports", operation_id="importShipments", summary="Parcels and their numbers, from CSV",
        operation_class=ParcelsOperation, status_code=HTTP_200_OK, request_max_body_size=BODY_BYTES_MAX,
        opt={"own_transaction": True, "body_bytes_max": BODY_BYTES_MAX})  # fmt: skip
    async def take(
        self, request: Request[Any, Any, Any], *, dry_run: FromQuery[bool] = False
    ) -> Response[ShipmentImport]:
        """Marks as sent what a file names; the same file again changes nothing. With `dry_run=true` nothing is written.

        Columns: `redemption` and `tracking` (required), `carrier`; others of the export are read over. Chinese names
        (兑换编号, 物流单号, 物流公司) are understood too. At most 20 MB and 50,000 rows. A row that cannot be used is
        left out and reported by line. Errors: `import.unreadable` (400), `input.media_type` (415), `input.too_large`
        (413). Of rows: `mall.redemption_unknown`, `mall.illegal_step`, `mall.row_twice`, `invalid`.
        """
        if (request.headers.get("content-type") or "text/csv").partition(";")[0].strip().lower() not in _TYPES:
            raise HTTPException(status_code=HTTP_415_UNSUPPORTED_MEDIA_TYPE)
        parcels = await asyncio.to_thread(mall.read_parcels, await request.body())

        async def answer() -> replies.KeptReply:
            report = await mall.import_parcels(parcels, dry_run=dry_run)
            return replies.KeptReply(HTTP_200_OK, _JSON, msgspec.json.encode(shown.report(report)))

        return await reply_once(answer)


async def redeem_for(member: uuid.UUID, data: NewOwnRedemption, *, once: str) -> Response[RedeemedShape]:
    """Redeem together with whoever else does just now."""
    asked = mall.Redeeming(
        member=member, item=shown.read_id("mit", data.item), once=once, quantity=data.quantity,
        address=_address(data.address), address_id=shown.read_id("adr", data.address_id) if data.address_id else None,
        order_reference=data.order_reference)  # fmt: skip
    answer = await REDEEM(asked)
    return sent(answer)


def _address(given: DeliveryAddress | None) -> mall.Address | None:
    return addresses.clean(mall.Address(**msgspec.structs.asdict(given))) if given else None
