"""Finding a voucher by its code, and how often somebody may be wrong about it.

A try is counted before the code is looked up and taken off again when it was right, both in the statement that looks:
so guesses at the very same moment cannot pass the limit, and right and wrong, known and unknown take the same two
statements and the same answer. Beside each caller the whole shop is counted; when that is too much, everybody who is
wrong gets fewer tries, but whoever is right is never kept out by others.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

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
# Of the whole shop; beyond it everybody has a fifth of their tries.
FAILS_MAX_OF_ALL = 1_000
SCARCE = 5
WINDOW = timedelta(minutes=10)
_ALL = "*"


async def find_by_code(text: str, *, member_id: uuid.UUID | None = None) -> uuid.UUID:
    """The voucher behind a code that somebody typed; with `member_id`, only one of theirs.

    Call it where no transaction is open: a wrong code is counted at once and must stay counted when the request is
    refused. Raises VoucherUnknown for a wrong code, another member's and no code at all alike, and TooManyTries
    after ten wrong ones within ten minutes (a hundred for a backend that names no member).
    """
    found = await _look(_FIND, text, member_id)
    if found is None:
        raise VoucherUnknown
    return found


async def find_code(text: str, *, member_id: uuid.UUID) -> uuid.UUID:
    """The code of a batch that somebody typed: one that is free, or that this member has taken. Raises as above."""
    found = await _look(_FIND_FREE, text, member_id)
    if found is None:
        raise VoucherUnknown
    return found


async def find_at_desk(text: str) -> uuid.UUID:
    """The voucher behind a code, for staff: they see vouchers anyway, so a wrong code is a slip and no guess.

    Raises VoucherUnknown.
    """
    found: uuid.UUID | None = await DB.fetchval(
        "SELECT id FROM __tenant__.voucher WHERE code_digest = ANY($1::bytea[]) OR code = $2",
        codes.fingerprints(text), codes.normalise(text) or "")  # fmt: skip
    if found is None:
        raise VoucherUnknown
    return found


async def forget_tries() -> None:
    """Delete the counts that no longer matter."""
    await DB.fetch("DELETE FROM __tenant__.voucher_try WHERE since <= $1 OR fails = 0", clock.now() - WINDOW)


async def _look(find: str, text: str, member_id: uuid.UUID | None) -> uuid.UUID | None:
    if DB.current_transaction.get() is not None:
        raise RuntimeError("a wrong code would be forgotten with the transaction that is open")
    caller = current_caller()
    nameless = caller.kind == "server" and member_id is None
    who = caller.label if caller.kind != "server" or member_id is None else f"{caller.label}/{member_id.hex}"
    await _count(who, fails_max=FAILS_MAX_OF_A_BACKEND if nameless else FAILS_MAX)
    found: uuid.UUID | None = await DB.fetchval(
        find, codes.fingerprints(text), codes.normalise(text) or "", member_id, who)  # fmt: skip
    return found


async def _count(who: str, *, fails_max: int) -> None:
    """Count a try as wrong until it turns out right. Raises TooManyTries."""
    moment = clock.now()
    rows: list[Any] = await DB.fetch(
        """
        INSERT INTO __tenant__.voucher_try AS t (who, since, fails)
        SELECT who, $2, 1 FROM unnest($1::text[]) AS a (who)
        ON CONFLICT (who) DO UPDATE
           SET fails = CASE WHEN t.since <= $3 THEN 1 ELSE t.fails + 1 END,
               since = CASE WHEN t.since <= $3 THEN EXCLUDED.since ELSE t.since END
        RETURNING who, since, fails
        """, sorted((who, _ALL)), moment, moment - WINDOW)  # fmt: skip
    counted = {row["who"]: row for row in rows}
    most = fails_max // SCARCE if counted[_ALL]["fails"] > FAILS_MAX_OF_ALL else fails_max
    ours = counted[who]
    if ours["fails"] > most:
        # Who is stopped has guessed nothing: one who goes on all the same must not make tries scarce for everybody.
        await DB.fetch("UPDATE __tenant__.voucher_try SET fails = greatest(fails - 1, 0) WHERE who = $1", _ALL)
        raise TooManyTries(seconds=max(1, -int((moment - ours["since"] - WINDOW).total_seconds() // 1)))


_RIGHT = """
, counted AS (
    SELECT who FROM __tenant__.voucher_try WHERE who IN ($4, '*') AND EXISTS (SELECT 1 FROM found)
     ORDER BY who COLLATE "C" FOR UPDATE
), right_after_all AS (
    UPDATE __tenant__.voucher_try t SET fails = greatest(t.fails - 1, 0) FROM counted WHERE t.who = counted.who
)
SELECT id FROM found"""
# An older row may still have its code in clear; both are looked for, whatever the code is.
_FIND = f"""
WITH found AS (
    SELECT v.id FROM __tenant__.voucher v
     WHERE (v.code_digest = ANY($1::bytea[]) OR v.code = $2) AND ($3::uuid IS NULL OR v.member = $3)
){_RIGHT}"""
_FIND_FREE = f"""
WITH found AS (
    SELECT c.id FROM __tenant__.voucher_code c JOIN __tenant__.voucher_batch b ON b.id = c.batch
      LEFT JOIN __tenant__.voucher v ON v.id = c.voucher
     WHERE c.code_digest = ANY($1::bytea[]) AND $2::text IS NOT NULL
       AND ((c.state = 'free' AND b.state = 'active') OR v.member = $3)
){_RIGHT}"""
