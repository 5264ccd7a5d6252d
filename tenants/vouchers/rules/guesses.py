"""Finding a voucher by its code, and how often somebody may be wrong about it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tenants.kit import clock
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller
from tenants.vouchers.rules import codes
from tenants.vouchers.rules.errors import TooManyTries, VoucherUnknown

if TYPE_CHECKING:
    import uuid

FAILS_MAX = 10
# A shop's backend that does not say for whom it asks speaks for many shoppers at once.
FAILS_MAX_OF_A_BACKEND = 100
WINDOW = timedelta(minutes=10)


async def find_by_code(text: str, *, member_id: uuid.UUID | None = None) -> uuid.UUID:
    """The voucher behind a code that somebody typed; with `member_id`, only one of theirs.

    Call it where no transaction is open: a wrong code is counted at once and must stay counted when the request is
    refused. Raises VoucherUnknown for a wrong code, another member's and no code at all alike, and TooManyTries
    after ten wrong ones within ten minutes (a hundred for a backend that names no member).
    """
    if DB.current_transaction.get() is not None:
        raise RuntimeError("a wrong code would be forgotten with the transaction that is open")
    caller = current_caller()
    nameless = caller.kind == "server" and member_id is None
    who = caller.label if caller.kind != "server" or member_id is None else f"{caller.label}/{member_id.hex}"
    await _check(who, fails_max=FAILS_MAX_OF_A_BACKEND if nameless else FAILS_MAX)
    code = codes.normalise(text)
    if code is not None:
        found: uuid.UUID | None = await DB.fetchval(
            "SELECT id FROM __tenant__.voucher WHERE code = $1 AND ($2::uuid IS NULL OR member = $2)", code, member_id
        )
        if found is not None:
            return found
    await _count(who)
    raise VoucherUnknown


async def forget_tries() -> None:
    """Delete the counts that no longer matter."""
    await DB.fetch("DELETE FROM __tenant__.voucher_try WHERE since <= $1", clock.now() - WINDOW)


async def _check(who: str, *, fails_max: int) -> None:
    moment = clock.now()
    since = await DB.fetchval(
        "SELECT since FROM __tenant__.voucher_try WHERE who = $1 AND fails >= $2 AND since > $3",
        who, fails_max, moment - WINDOW)  # fmt: skip
    if since is not None:
        raise TooManyTries(seconds=max(1, -int((moment - since - WINDOW).total_seconds() // 1)))


async def _count(who: str) -> None:
    moment = clock.now()
    await DB.fetch(
        """
        INSERT INTO __tenant__.voucher_try AS t (who, since, fails) VALUES ($1, $2, 1)
        ON CONFLICT (who) DO UPDATE
           SET fails = CASE WHEN t.since <= $3 THEN 1 ELSE t.fails + 1 END,
               since = CASE WHEN t.since <= $3 THEN EXCLUDED.since ELSE t.since END
        """, who, moment, moment - WINDOW)  # fmt: skip
