"""What the passing of time does: reservations lapse, vouchers expire, batches of codes end."""

from __future__ import annotations

from tenants.kit import clock
from tenants.tenancy import DB
from tenants.vouchers.rules import batches, money
from tenants.vouchers.rules.guesses import forget_tries
from tenants.vouchers.rules.history import Event, record


async def expire_due(limit: int) -> int:
    """Write down what time has done to at most `limit` vouchers of each kind; answers with how many there were.

    A lapsed reservation frees its voucher; a voucher whose validity has run out becomes expired. Reading already
    goes by the clock, so a late run changes no answer. A row that somebody is using right now is left for later.
    """
    lapsed = await _lapse(limit)
    expired = await DB.fetch(
        """
        WITH due AS (
            SELECT id FROM __tenant__.voucher WHERE state = 'issued' AND valid_until <= $1
             ORDER BY valid_until LIMIT $2 FOR UPDATE SKIP LOCKED
        )
        UPDATE __tenant__.voucher v SET state = 'expired'
          FROM due, __tenant__.voucher_template t WHERE v.id = due.id AND t.id = v.template
        RETURNING v.id, v.template, v.member, t.kind, t.amount, t.amount_max, t.cost
        """, clock.now(), limit)  # fmt: skip
    await money.move([money.opened(row, -1) for row in expired])
    await record([Event(row["id"], "expired", template=row["template"], member=row["member"]) for row in expired])
    await batches.end_batches(limit)
    await forget_tries()
    return max(lapsed, len(expired))


async def _lapse(limit: int) -> int:
    lapsed = await DB.fetch(
        """
        WITH due AS (
            SELECT id, reservation, order_reference, discount FROM __tenant__.voucher
             WHERE state = 'reserved' AND reserved_until <= $1
             ORDER BY reserved_until LIMIT $2 FOR UPDATE SKIP LOCKED
        )
        UPDATE __tenant__.voucher v
           SET state = 'issued', reservation = NULL, reserved_until = NULL, order_reference = NULL,
               order_amount = NULL, shipping_amount = NULL, goods_amount = NULL, discount = NULL, withheld = 0
          FROM due WHERE v.id = due.id
        RETURNING v.id, due.reservation, due.order_reference, due.discount
        """, clock.now(), limit)  # fmt: skip
    await record([
        Event(row["id"], "released", "lapsed", row["reservation"], row["order_reference"], row["discount"])
        for row in lapsed
    ])  # fmt: skip
    return len(lapsed)
