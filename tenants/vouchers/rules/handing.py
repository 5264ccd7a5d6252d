"""Handing a voucher on to another member: off unless its template allows it, and once only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit import clock
from tenants.members import MemberBlocked, MemberUnknown
from tenants.tenancy import DB
from tenants.vouchers.rules.errors import NotTransferable, VoucherUnknown
from tenants.vouchers.rules.history import Event, record
from tenants.vouchers.rules.judging import state_at

if TYPE_CHECKING:
    import uuid


async def hand_on(voucher_id: uuid.UUID, *, giver: uuid.UUID, taker: uuid.UUID) -> bool:
    """Put an unused voucher into another member's hands, once; it keeps counting against the giver's limit.

    Answers whether it changed anything: handing the same one to the same member again does not. Raises
    VoucherUnknown, MemberUnknown, MemberBlocked, NotTransferable.
    """
    await DB.fetch(  # against being merged meanwhile
        "SELECT 1 FROM __tenant__.member WHERE id = ANY($1::uuid[]) ORDER BY id FOR KEY SHARE",
        [giver, taker])  # fmt: skip
    voucher = await DB.fetchrow(
        "SELECT v.id, v.member, v.template, v.state, v.valid_until, v.reserved_until, v.handed_on_from, t.transferable,"
        " t.kind, g.state AS giver_state, k.state AS taker_state"
        " FROM __tenant__.voucher v JOIN __tenant__.voucher_template t ON t.id = v.template"
        " JOIN __tenant__.member g ON g.id = v.member LEFT JOIN __tenant__.member k ON k.id = $2"
        " WHERE v.id = $1 FOR UPDATE OF v", voucher_id, taker)  # fmt: skip
    if voucher is None or giver not in {voucher["member"], voucher["handed_on_from"]}:
        raise VoucherUnknown
    if (voucher["handed_on_from"], voucher["member"]) == (giver, taker):
        return False
    if voucher["member"] != giver:
        raise VoucherUnknown
    if voucher["taker_state"] not in {"active", "blocked"}:
        raise MemberUnknown
    if {voucher["giver_state"], voucher["taker_state"]} != {"active"}:
        raise MemberBlocked
    free = state_at(voucher, clock.now()) == "issued" and voucher["state"] == "issued"
    again = voucher["handed_on_from"] is not None or giver == taker
    # An outside code has been seen by its first holder, who could use it all the same.
    if not voucher["transferable"] or voucher["kind"] == "external" or again or not free:
        raise NotTransferable
    await DB.fetch(
        "UPDATE __tenant__.voucher SET member = $2, handed_on_from = $3 WHERE id = $1",
        voucher_id, taker, giver)  # fmt: skip
    await record([Event(voucher_id, "handed_on", "", template=voucher["template"], member=taker)])
    return True
