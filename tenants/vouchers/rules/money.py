"""What a template's vouchers can still cost and have cost: one place that moves these sums, in one order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants.tenancy import DB
from tenants.vouchers.rules.terms import GIVEN, worst

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Move:
    """A change of one template's sums. `promised` and `spent` are money, `used` a number of vouchers."""

    template: uuid.UUID
    promised: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    used: int = 0


def opened(voucher: Any, sign: int = 1) -> Move:
    """A voucher (a row with its template's columns) can cost its worst again, or with -1 no more.

    An outside benefit has cost its price when it was handed out, and gets nothing back.
    """
    promised = Decimal(0) if voucher["kind"] == "external" else worst(voucher) * sign
    return Move(voucher["template"], promised=promised)


def used(voucher: Any, discount: Decimal, sign: int = 1) -> Move:
    """A voucher has cost what it took off, or what its gift costs; with -1 that is undone. The promise is apart."""
    return Move(voucher["template"], spent=cost(voucher, discount) * sign, used=sign)


def cost(voucher: Any, discount: Decimal) -> Decimal:
    """What a used voucher has cost the shop."""
    return (voucher["cost"] or Decimal(0)) if voucher["kind"] in GIVEN else discount


async def move(moves: Sequence[Move]) -> None:
    """Change the sums; templates in their order, so that nobody waits in a ring."""
    sums: dict[uuid.UUID, Move] = {}
    for one in moves:
        so_far = sums.get(one.template, Move(one.template))
        sums[one.template] = Move(
            one.template, so_far.promised + one.promised, so_far.spent + one.spent, so_far.used + one.used
        )
    changed = [one for one in sums.values() if one.promised or one.spent or one.used]
    if len(changed) > 1:
        await DB.fetch(
            "SELECT 1 FROM __tenant__.voucher_stock WHERE template = ANY($1::uuid[]) ORDER BY template FOR UPDATE",
            [one.template for one in changed])  # fmt: skip
    if changed:
        await DB.fetch(
            "UPDATE __tenant__.voucher_stock s SET promised = s.promised + a.promised, spent = s.spent + a.spent,"
            " used = s.used + a.used FROM unnest($1::uuid[], $2::numeric[], $3::numeric[], $4::bigint[])"
            " AS a (template, promised, spent, used) WHERE s.template = a.template",
            [one.template for one in changed], [one.promised for one in changed], [one.spent for one in changed],
            [one.used for one in changed])  # fmt: skip
