"""Vouchers, for the member: what I have, what I can take."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Annotated, get_args

import msgspec
from litestar import Controller, Response, get, post
from litestar.params import JSONBody, QueryParameter

from tenants import members, vouchers
from tenants.kit import ids
from tenants.kit.shapes import Page, page, read_cursor
from tenants.tenancy import current_tenant, replies
from tenants.tenancy.api import reply_once, sent
from tenants.tenancy.callers import current_member
from tenants.tenancy.hot import HotVerb
from tenants.vouchers.api import shown
from tenants.vouchers.api.shapes import (
    HandedOnShape,
    MyVoucher,
    NewClaim,
    NewCodeClaim,
    NewHandOn,
    VoucherState,
    WalletShape,
)
from tenants.vouchers.api.template_shapes import ClaimableShape  # noqa: TC001  Litestar reads annotations
from tenants.vouchers.api.templates import Limit  # noqa: TC001  Litestar reads it
from tenants.vouchers.rules import describing, reading


class MyVoucherController(Controller):
    """A member's own vouchers."""

    path = "/v1/me"
    tags = ("Vouchers (member)",)

    @get("/vouchers", operation_id="listMyVouchers", summary="List my vouchers")
    async def list_mine(
        self,
        voucher_state: Annotated[VoucherState | None, QueryParameter(name="state")] = None,
        limit: Limit = 20,
        cursor: Annotated[str | None, QueryParameter()] = None,
    ) -> Page[MyVoucher]:
        """The vouchers of the member who asks, the newest first.

        Errors: `invalid` (400) for another list's cursor, `member.blocked` (403).
        """
        member_id = await members.own_member()
        scope = f"{current_tenant().schema}:my_vouchers:{member_id}:{voucher_state}"
        position = read_cursor(cursor, scope=scope)
        rows = await reading.search(
            member=member_id, state=voucher_state, before=uuid.UUID(position) if position else None, limit=limit + 1
        )
        sheet = page(rows, limit=limit, scope=scope)
        data = await shown.my_vouchers(sheet.data)
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/voucher-templates", operation_id="listClaimableVouchers", summary="What I can claim")
    async def list_claimable(
        self,
        limit: Limit = 20,
        cursor: Annotated[str | None, QueryParameter()] = None,
    ) -> Page[ClaimableShape]:
        """The vouchers that the shop offers, the newest first, and for each why I cannot have it now (`why_not`).

        Errors: `invalid` (400) for another list's cursor, `member.blocked` (403).
        """
        member_id = await members.own_member()
        scope = f"{current_tenant().schema}:claimable:{member_id}"
        position = read_cursor(cursor, scope=scope)
        rows = await reading.claimable(member_id, before=uuid.UUID(position) if position else None, limit=limit + 1)
        sheet = page(rows, limit=limit, scope=scope)
        named = await describing.rows_of([row["id"] for row in sheet.data])
        data = [shown.claimable(row, named[row["id"]]) for row in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/voucher-wallet", operation_id="getMyVoucherWallet", summary="My vouchers by state")
    async def wallet(self, limit: Limit = 20) -> WalletShape:
        """How many vouchers I have in each state, and the newest `limit` of each. Errors: `member.blocked` (403)."""
        member_id = await members.own_member()
        counts = await reading.counts_of(member_id)
        by_state = {}
        for name in get_args(VoucherState):
            rows = (
                await reading.search(member=member_id, state=name, before=None, limit=limit) if name in counts else []
            )
            by_state[name] = await shown.my_vouchers(rows)
        return WalletShape(counts={name: counts.get(name, 0) for name in by_state}, **by_state)

    @post("/voucher-claims", operation_id="claimVoucher", summary="Claim a voucher", opt={"own_transaction": True})
    async def claim(self, data: JSONBody[NewClaim]) -> Response[MyVoucher]:
        """Take a voucher: 201; a repeated tap where one may have one answers 200 with that one and `repeated: true`.

        Errors: `voucher_template.unknown` (404), `voucher.not_claimable`, `voucher.not_for_level`,
        `voucher.out_of_stock`, `voucher.budget_spent`, `voucher.limit_reached`, `voucher.period_limit_reached`,
        `voucher_template.not_active` (422), `member.blocked` (403), `member.unknown` (404).
        """
        answer = await CLAIM(vouchers.Claim(shown.read_id("vtp", data.template), current_member()))
        return sent(answer)

    @post("/voucher-code-claims", operation_id="claimMyVoucherCode", summary="Enter a code",
          opt={"own_transaction": True})  # fmt: skip
    async def enter(self, data: JSONBody[NewCodeClaim]) -> Response[MyVoucher]:
        """Make a code of a batch my voucher: 201; the same code again answers 200 with `repeated: true`.

        A wrong code, one that is taken and no code at all answer alike. Errors: `voucher.unknown` (404),
        `voucher.too_many_tries` (429, after ten wrong ones in ten minutes), `voucher_template.not_active`,
        `voucher.limit_reached`, `voucher.period_limit_reached`, `voucher.not_for_level` (422), `member.blocked` (403),
        `member.unknown` (404).
        """
        return await entered(data.code, current_member())

    @post("/voucher-handings", operation_id="handOnMyVoucher", summary="Hand a voucher on")
    async def hand_on(self, data: JSONBody[NewHandOn]) -> HandedOnShape:
        """Give an unused voucher to another member, where the shop allows it: once, for good; again changes nothing.

        Errors: `voucher.unknown`, `member.unknown` (404), `voucher.not_transferable` (422), `member.blocked` (403).
        """
        giver = await members.own_member()
        return await handed_on(shown.read_id("vch", data.voucher), giver=giver, taker=shown.read_member(data.to))


async def entered(code: str, member_id: uuid.UUID) -> Response[MyVoucher]:
    """The voucher that a code has become for a member, in a transaction of this request's own."""
    # Looked up outside of any transaction, so that a wrong code stays counted.
    code_id = await vouchers.find_code(code, member_id=member_id)

    async def reply() -> replies.KeptReply:
        issued = await vouchers.claim_code(code_id, member_id)
        row, _ = await reading.find(issued.id)
        [told] = await shown.my_vouchers([row], repeated=issued.repeated)
        return replies.KeptReply(200 if issued.repeated else 201, "application/json", msgspec.json.encode(told))

    return await reply_once(reply)


async def handed_on(voucher_id: uuid.UUID, *, giver: uuid.UUID, taker: uuid.UUID) -> HandedOnShape:
    """What handing on has come to."""
    changed = await vouchers.hand_on(voucher_id, giver=giver, taker=taker)
    return HandedOnShape(voucher=ids.show("vch", voucher_id), to=ids.show("mem", taker), repeated=not changed)


async def _claim_many(claims: Sequence[vouchers.Claim]) -> list[MyVoucher | Exception]:
    """Claims and what is sent for each, read with one statement for the whole batch."""
    outcomes = await vouchers.claim_many(claims)
    issued = [outcome for outcome in outcomes if isinstance(outcome, vouchers.Issued)]
    rows = await reading.find_many([one.id for one in issued])
    by_id = {row["id"]: one for row, one in zip(rows, await shown.my_vouchers(rows), strict=True)}
    return [
        msgspec.structs.replace(by_id[outcome.id], repeated=outcome.repeated)
        if isinstance(outcome, vouchers.Issued)
        else outcome
        for outcome in outcomes
    ]


def _write(told: MyVoucher) -> tuple[int, bytes]:
    return (200 if told.repeated else 201), msgspec.json.encode(told)


CLAIM: HotVerb[vouchers.Claim, MyVoucher] = HotVerb(_claim_many, _write, name="voucher-claims")
