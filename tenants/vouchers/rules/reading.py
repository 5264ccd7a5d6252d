"""Looking: templates with what is left of them, and vouchers as they stand at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit import clock
from tenants.kit.errors import DomainError
from tenants.tenancy import DB, current_tenant
from tenants.vouchers.rules import codes, deciding, levelled, pools
from tenants.vouchers.rules.errors import NotClaimable, NotForLevel, TemplateUnknown, VoucherUnknown
from tenants.vouchers.rules.issuing import can_be_claimed
from tenants.vouchers.rules.judging import STATE_AT
from tenants.vouchers.rules.terms import worst

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence


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


async def claimable(member_id: uuid.UUID, *, before: uuid.UUID | None, limit: int) -> list[dict[str, Any]]:
    """The templates that the shop offers to members, the newest first.

    Each has `left_for_me`, 0 where one can have no more, and `why_not`: the refusal that a claim would get now, or
    None. What will open later is there too.
    """
    rows = await DB.fetch(
        f"""
        SELECT {deciding.LIMITS}, t.*, s.issued AS out, m.state AS member_state
          FROM __tenant__.voucher_template t
          JOIN __tenant__.voucher_stock s ON s.template = t.id
          JOIN __tenant__.member m ON m.id = $2
          LEFT JOIN __tenant__.voucher_holding h ON h.template = t.id AND h.member = $2
         WHERE t.claimable AND t.state = 'active'
           AND (t.claim_until IS NULL OR $1 < t.claim_until)
           AND (t.validity <> 'fixed' OR $1 < t.valid_until)
           AND ($3::uuid IS NULL OR t.id < $3)
         ORDER BY t.id DESC LIMIT $4
        """, clock.now(), member_id, before, limit)  # fmt: skip
    wanted = await levelled.levels_wanted([row["id"] for row in rows])
    level = await levelled.level_of(member_id) if wanted else None
    offers = []
    for row in rows:
        refusal = _why_not(row, wanted.get(row["id"], frozenset()), level)
        left = [row["per_member_limit"] - (row["had"] or 0)]
        left += [row["stock"] - row["out"]] if row["stock"] is not None else []
        offers.append({**dict(row), "why_not": refusal, "left_for_me": 0 if refusal else max(0, min(left))})
    return offers


async def find(voucher_id: uuid.UUID) -> tuple[dict[str, Any], list[Any]]:
    """A voucher with its template's terms, and all that happened to it, oldest first. Raises VoucherUnknown."""
    row = await DB.fetchrow(f"{_VOUCHERS} WHERE v.id = $2", clock.now(), voucher_id)
    if row is None:
        raise VoucherUnknown
    events = await DB.fetch(
        "SELECT kind, reason, reservation, order_reference, discount, recorded_by, at"
        " FROM __tenant__.voucher_event WHERE voucher = $1 ORDER BY at, id", voucher_id)  # fmt: skip
    return (await _with_codes([row]))[0], events


async def find_many(voucher_ids: Sequence[uuid.UUID]) -> list[dict[str, Any]]:
    """Vouchers with their templates' terms, in no order; those that are none are left out."""
    if not voucher_ids:
        return []
    return await _with_codes(
        await DB.fetch(f"{_VOUCHERS} WHERE v.id = ANY($2::uuid[])", clock.now(), list(voucher_ids))
    )


async def search(
    *, member: uuid.UUID | None = None, template: uuid.UUID | None = None, state: str | None = None,
    before: uuid.UUID | None, limit: int,
) -> list[dict[str, Any]]:  # fmt: skip
    """Vouchers with their templates' terms, the newest first; `state` is the one that holds now."""
    conditions = ["true"]
    args: list[Any] = [clock.now()]
    for condition, value in (
        ("v.member = ", member), ("v.template = ", template), (f"{STATE_AT} = ", state), ("v.id < ", before),
    ):  # fmt: skip
        if value is not None:
            args.append(value)
            conditions.append(f"{condition}${len(args)}")
    rows = await DB.fetch(
        f"{_VOUCHERS} WHERE {' AND '.join(conditions)} ORDER BY v.id DESC LIMIT {int(limit)}", *args)  # fmt: skip
    return await _with_codes(rows)


async def counts_of(member_id: uuid.UUID) -> dict[str, int]:
    """How many vouchers a member has in each state that holds now."""
    rows = await DB.fetch(
        f"SELECT {STATE_AT} AS state, count(*) AS vouchers FROM __tenant__.voucher v WHERE v.member = $2 GROUP BY 1",
        clock.now(), member_id)  # fmt: skip
    return {row["state"]: row["vouchers"] for row in rows}


async def codes_of(voucher_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The codes of vouchers as people read them, for those who hold them."""
    rows = await DB.fetch(
        "SELECT id, code, code_shut FROM __tenant__.voucher WHERE id = ANY($1::uuid[])", list(voucher_ids)
    )
    return {row["id"]: codes.kept(row) for row in rows}


def _why_not(row: Any, wanted: frozenset[uuid.UUID], level: uuid.UUID | None) -> DomainError | None:
    moment = clock.now()
    day = max(clock.today(current_tenant().timezone, moment), row["stock_day"] or clock.today("UTC", moment))
    try:
        if not can_be_claimed(row, moment):
            raise NotClaimable
        deciding.check(row, moment)
        if wanted and level not in wanted:
            raise NotForLevel
        deciding.check_member(row, day)
        deciding.check_shop(row, day, taken=0, made=0, money=worst(row))
    except DomainError as refusal:
        return refusal
    return None


async def _with_codes(rows: list[Any]) -> list[dict[str, Any]]:
    """The rows with their codes in clear, and those of outside benefits."""
    outside = await pools.outside_codes([row["id"] for row in rows if row["kind"] == "external"])
    return [{**dict(row), "code": codes.kept(row), "outside_code": outside.get(row["id"])} for row in rows]


_TEMPLATES = """
SELECT t.*, s.issued, s.used, s.promised, s.spent
  FROM __tenant__.voucher_template t JOIN __tenant__.voucher_stock s ON s.template = t.id"""
_VOUCHERS = f"""
SELECT v.id, v.template, v.member, v.code, v.code_shut, {STATE_AT} AS state, v.why, v.issued_at, v.valid_from,
       v.valid_until,
       CASE WHEN {STATE_AT} IN ('reserved', 'used') THEN v.reservation END AS reservation,
       CASE WHEN {STATE_AT} IN ('reserved', 'used') THEN v.order_reference END AS order_reference,
       CASE WHEN {STATE_AT} IN ('reserved', 'used') THEN v.discount END AS discount,
       CASE WHEN {STATE_AT} = 'reserved' THEN v.reserved_until END AS reserved_until, v.used_at,
       t.name_en, t.name_zh, t.notes_en, t.notes_zh, t.kind, t.amount, t.percent, t.amount_max, t.threshold,
       t.given_en, t.given_zh, t.gift_product, t.gift_quantity, t.validity, t.valid_days, t.delay_days,
       t.first_order_only, t.stacking, t.stack_group, t.group_max, t.transferable,
       t.transferable AND v.handed_on_from IS NULL
           AND t.kind <> 'external' AND {STATE_AT} = 'issued' AS can_be_handed_on
  FROM __tenant__.voucher v JOIN __tenant__.voucher_template t ON t.id = v.template"""
