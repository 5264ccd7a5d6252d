"""Voucher templates and vouchers for tests; called inside `shop.open()`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import vouchers
from tenants.kit import clock, ids
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid


async def voucher_template(**terms: Any) -> uuid.UUID:
    """An active template: 20.00 off, valid for seven days, unless said otherwise."""
    given: dict[str, Any] = {"name_en": "Twenty off", "name_zh": "立减二十元", "state": "active", **terms}
    if given.get("kind", "amount") == "amount":
        given.setdefault("amount", Decimal("20.00"))
    if given.get("validity", "relative") == "relative":
        given.setdefault("valid_days", 7)
    if given.get("claimable"):
        given.setdefault("per_member_limit", 1)
    return await vouchers.create_template(vouchers.Terms(**given))


async def voucher(member_id: uuid.UUID, template_id: uuid.UUID | None = None, **terms: Any) -> vouchers.Issued:
    """A voucher in a member's hands, of a template of its own unless one is given."""
    template_id = template_id or await voucher_template(**terms)
    return await vouchers.issue(template_id, member_id, why="api", once=f"make/{ids.new().hex}")


async def shopper(name: str = "Lin", **columns: Any) -> uuid.UUID:
    """A bare member, for tests in which only vouchers matter."""
    member_id = ids.new()
    moment = clock.now()
    await DB.fetch(
        "INSERT INTO __tenant__.member (id, name, tags, state, created_at, updated_at)"
        " VALUES ($1, $2, '{}', $3, $4, $4)",
        member_id, name, columns.get("state", "active"), moment)  # fmt: skip
    return member_id
