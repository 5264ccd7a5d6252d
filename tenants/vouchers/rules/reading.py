"""Looking: templates with what is left of them, and vouchers as they stand at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit import clock
from tenants.tenancy import DB
from tenants.vouchers.rules.discounts import STATE_AT
from tenants.vouchers.rules.errors import TemplateUnknown, VoucherUnknown

if TYPE_CHECKING:
    import uuid


async def find_template(template_id: uuid.UUID) -> Any:
    """A template's row with how many have been issued. Raises TemplateUnknown."""
    row = await DB.fetchrow(f"{_TEMPLATES} WHERE t.id = $1", template_id)
    if row is None:
        raise TemplateUnknown
    return row


async def search_templates(*, state: str | None, before: uuid.UUID | None, limit: int) -> list[Any]:
    """Templates, the newest first."""
    return await DB.fetch(
        f"{_TEMPLATES} WHERE ($1::text IS NULL OR t.state = $1) AND ($2::uuid IS NULL OR t.id < $2)"
        " ORDER BY t.id DESC LIMIT $3", state, before, limit)  # fmt: skip


async def claimable(member_id: uuid.UUID, *, before: uuid.UUID | None, limit: int) -> list[Any]:
    """The templates that members can claim now, the newest first, each with `left_for_me`: 0 where one had them all."""
    return await DB.fetch(
        """
        SELECT t.*, s.issued,
               greatest(0, least(t.per_member_limit - coalesce(h.issued, 0), t.stock - s.issued)) AS left_for_me
          FROM __tenant__.voucher_template t
          JOIN __tenant__.voucher_stock s ON s.template = t.id
          LEFT JOIN __tenant__.voucher_holding h ON h.template = t.id AND h.member = $2
         WHERE t.claimable AND t.state = 'active'
           AND (t.claim_from IS NULL OR t.claim_from <= $1) AND (t.claim_until IS NULL OR $1 < t.claim_until)
           AND (t.validity <> 'fixed' OR $1 < t.valid_until)
           AND ($3::uuid IS NULL OR t.id < $3)
         ORDER BY t.id DESC LIMIT $4
        """, clock.now(), member_id, before, limit)  # fmt: skip


async def find(voucher_id: uuid.UUID) -> tuple[Any, list[Any]]:
    """A voucher with its template's terms, and all that happened to it, oldest first. Raises VoucherUnknown."""
    row = await DB.fetchrow(f"{_VOUCHERS} WHERE v.id = $2", clock.now(), voucher_id)
    if row is None:
        raise VoucherUnknown
    events = await DB.fetch(
        "SELECT kind, reason, reservation, order_reference, discount, recorded_by, at"
        " FROM __tenant__.voucher_event WHERE voucher = $1 ORDER BY at, id", voucher_id)  # fmt: skip
    return row, events


async def search(
    *, member: uuid.UUID | None = None, template: uuid.UUID | None = None, state: str | None = None,
    before: uuid.UUID | None, limit: int,
) -> list[Any]:  # fmt: skip
    """Vouchers with their templates' terms, the newest first; `state` is the one that holds now."""
    conditions = ["true"]
    args: list[Any] = [clock.now()]
    for condition, value in (
        ("v.member = ", member), ("v.template = ", template), (f"{STATE_AT} = ", state), ("v.id < ", before),
    ):  # fmt: skip
        if value is not None:
            args.append(value)
            conditions.append(f"{condition}${len(args)}")
    return await DB.fetch(f"{_VOUCHERS} WHERE {' AND '.join(conditions)} ORDER BY v.id DESC LIMIT {limit:d}", *args)


_TEMPLATES = (
    "SELECT t.*, s.issued FROM __tenant__.voucher_template t JOIN __tenant__.voucher_stock s ON s.template = t.id"
)
_VOUCHERS = f"""
SELECT v.id, v.template, v.member, v.code, {STATE_AT} AS state, v.why, v.issued_at, v.valid_from, v.valid_until,
       CASE WHEN {STATE_AT} IN ('reserved', 'used') THEN v.reservation END AS reservation,
       CASE WHEN {STATE_AT} IN ('reserved', 'used') THEN v.order_reference END AS order_reference,
       CASE WHEN {STATE_AT} IN ('reserved', 'used') THEN v.discount END AS discount,
       CASE WHEN {STATE_AT} = 'reserved' THEN v.reserved_until END AS reserved_until, v.used_at,
       t.name_en, t.name_zh, t.notes_en, t.notes_zh, t.kind, t.amount, t.percent, t.amount_max, t.threshold
  FROM __tenant__.voucher v JOIN __tenant__.voucher_template t ON t.id = v.template"""
