"""Codes in bulk: made by the hundred thousand or brought in, given away anywhere, and taken by whoever enters one.

A code counts as issued, in stock and budget, from the moment it is made: whoever prints it has promised it. It becomes
a voucher when a member enters it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.kit.errors import DomainError, Invalid
from tenants.kit.words import Words
from tenants.tenancy import DB, current_tenant
from tenants.tenancy.callers import current_caller
from tenants.vouchers.rules import codes, money
from tenants.vouchers.rules.errors import (
    BatchUnknown,
    BudgetSpent,
    OtherBatch,
    OutOfStock,
    TemplateNotActive,
    TemplateUnknown,
    VoucherUnknown,
)
from tenants.vouchers.rules.files import read_codes
from tenants.vouchers.rules.issuing import Issue, Issued, Why
from tenants.vouchers.rules.many import issue_many
from tenants.vouchers.rules.pools import Intake
from tenants.vouchers.rules.terms import worst

if TYPE_CHECKING:
    import uuid
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime

CODES_MAX = 100_000
OWN_LEAST, OWN_MOST = 8, 40
_CHUNK = 2_000
_PAGE = 5_000
_ALIVE = frozenset({"active", "draft", "paused"})


@dataclass(frozen=True, slots=True)
class NewBatch:
    """What is to be made: so many codes of a template, entered until `claim_until` at most."""

    template: uuid.UUID
    name: str
    once: str
    claim_until: datetime | None = None


async def make_batch(asked: NewBatch, *, number: int) -> uuid.UUID:
    """Make a batch of 1 to 100,000 codes, once for the occasion; nobody has them until somebody enters one.

    Raises TemplateUnknown, TemplateNotActive, OutOfStock, BudgetSpent, OtherBatch, Invalid.
    """
    if not 1 <= number <= CODES_MAX:
        raise Invalid(param="codes", problem=Words(en=f"use 1 to {CODES_MAX:,}", zh=f"请使用 1 到 {CODES_MAX}"))
    batch_id, fresh = await _open(asked, number)
    if fresh:
        for start in range(0, number, _CHUNK):
            await _copy(batch_id, [codes.make() for _ in range(min(_CHUNK, number - start))])
    return batch_id


async def bring_in_batch(asked: NewBatch, data: bytes, *, dry_run: bool = False) -> tuple[uuid.UUID | None, Intake]:
    """Make a batch of the seller's own codes (8 to 40 letters and digits) out of a CSV's first column.

    Case, spaces and dashes do not matter; a code that is there already, or is double, is left out and counted. With
    `dry_run` nothing is written. Raises FileUnreadable and what `make_batch` raises.
    """
    read = read_codes(data, least=OWN_LEAST, most=codes.TEXT_MAX)
    own: dict[str, int] = {}
    known = 0
    for line, text in read.rows:
        code = codes.canonical(text)
        if code is None:
            read.refuse(line, Words(en="use 8 to 40 letters and digits", zh="请使用 8 到 40 位字母与数字"))
        elif code in own:
            known += 1
        else:
            own[code] = line
    taken = await _taken(list(own))
    fresh = [code for code in own if code not in taken]
    intake = Intake(len(fresh), known + len(taken), read.failed, tuple(read.errors))
    if dry_run or not fresh:
        return None, intake
    batch_id, is_new = await _open(asked, len(fresh))
    if is_new:
        for start in range(0, len(fresh), _CHUNK):
            await _copy(batch_id, fresh[start : start + _CHUNK])
    return batch_id, intake


async def claim_code(code_id: uuid.UUID, member_id: uuid.UUID) -> Issued:
    """A member takes the code of a batch that `find_code` has found: it becomes a voucher of theirs.

    Raises VoucherUnknown for one that is not free any more, and what `issue` raises.
    """
    row = await DB.fetchrow(
        "SELECT c.id, c.state, c.code_shut, c.voucher, b.template, b.state AS batch_state, b.claim_until,"
        " v.member AS holder"
        " FROM __tenant__.voucher_code c JOIN __tenant__.voucher_batch b ON b.id = c.batch"
        " LEFT JOIN __tenant__.voucher v ON v.id = c.voucher WHERE c.id = $1 FOR UPDATE OF c", code_id)  # fmt: skip
    over = row is None or row["batch_state"] != "active" or (
        row["claim_until"] is not None and row["claim_until"] <= clock.now())  # fmt: skip
    if row is None or (row["state"] != "claimed" and (over or row["state"] != "free")):
        raise VoucherUnknown
    if row["state"] == "claimed" and row["holder"] != member_id:
        raise VoucherUnknown
    asked = Issue(row["template"], member_id, Why.CODE, f"code/{code_id.hex}", code=codes.read(row["code_shut"]))
    outcome = (await issue_many([asked]))[0]
    if isinstance(outcome, DomainError):
        raise outcome
    if not outcome.repeated:
        await DB.fetch(
            "UPDATE __tenant__.voucher_code SET state = 'claimed', voucher = $2 WHERE id = $1", code_id, outcome.id
        )
    return outcome


async def revoke_batch(batch_id: uuid.UUID) -> int:
    """Withdraw all codes of a batch that nobody has entered yet; answers with how many. Raises BatchUnknown."""
    return await _close(batch_id, batch_state="revoked", code_state="revoked")


async def end_batches(limit: int) -> int:
    """Close batches whose time is over, at most so many; answers with how many there were."""
    rows = await DB.fetch(
        "SELECT id FROM __tenant__.voucher_batch WHERE state = 'active' AND claim_until <= $1"
        " ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED", clock.now(), limit)  # fmt: skip
    for row in rows:
        await _close(row["id"], batch_state="ended", code_state="expired")
    return len(rows)


async def read_batch(batch_id: uuid.UUID) -> Any:
    """A batch with how many of its codes are free, claimed, expired and revoked. Raises BatchUnknown."""
    rows = await search_batches(only=batch_id, limit=1)
    if not rows:
        raise BatchUnknown
    return rows[0]


async def search_batches(
    *, template: uuid.UUID | None = None, only: uuid.UUID | None = None, before: uuid.UUID | None = None, limit: int
) -> list[Any]:
    """Batches, the newest first, each with its counts."""
    return await DB.fetch(
        """
        SELECT b.id, b.template, b.name, b.state, b.codes, b.claim_until, b.created_by, b.created_at,
               c.free, c.claimed, c.expired, c.revoked
          FROM __tenant__.voucher_batch b
         CROSS JOIN LATERAL (
               SELECT count(*) FILTER (WHERE state = 'free') AS free,
                      count(*) FILTER (WHERE state = 'claimed') AS claimed,
                      count(*) FILTER (WHERE state = 'expired') AS expired,
                      count(*) FILTER (WHERE state = 'revoked') AS revoked
                 FROM __tenant__.voucher_code WHERE batch = b.id) AS c
         WHERE ($1::uuid IS NULL OR b.template = $1) AND ($2::uuid IS NULL OR b.id = $2)
           AND ($3::uuid IS NULL OR b.id < $3)
         ORDER BY b.id DESC LIMIT $4
        """, template, only, before, limit)  # fmt: skip


async def export_codes(batch_id: uuid.UUID) -> AsyncIterator[bytes]:
    """The codes of a batch as CSV, piece by piece, with what became of each. No cell can begin a formula.

    Ask `read_batch` before: a stream has no way to refuse.
    """
    yield "\ufeffcode,state\r\n".encode()
    after: Any = None
    while True:
        rows = await DB.fetch(
            "SELECT id, code_shut, state FROM __tenant__.voucher_code"
            " WHERE batch = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3",
            batch_id, after, _PAGE)  # fmt: skip
        if not rows:
            return
        after = rows[-1]["id"]
        yield "".join(f"{codes.show(codes.read(row['code_shut']))},{row['state']}\r\n" for row in rows).encode()


async def _open(asked: NewBatch, number: int) -> tuple[uuid.UUID, bool]:
    """The batch, and whether it is new: stock and budget taken, its row written."""
    name = asked.name.strip()
    if not 1 <= len(name) <= 100:  # noqa: PLR2004  the column's length
        raise Invalid(
            param="name", problem=Words(en="give it a name of at most 100 characters", zh="请填写名称，最多 100 字")
        )
    if asked.claim_until is not None and asked.claim_until <= clock.now():
        raise Invalid(param="claim_until", problem=Words(en="must lie ahead", zh="必须晚于现在"))
    template = await DB.fetchrow(
        "SELECT t.state, t.kind, t.amount, t.amount_max, t.cost, t.budget, s.stock, s.issued, s.promised, s.spent"
        " FROM __tenant__.voucher_template t JOIN __tenant__.voucher_stock s ON s.template = t.id"
        " WHERE t.id = $1 FOR UPDATE OF s", asked.template)  # fmt: skip
    if template is None:
        raise TemplateUnknown
    earlier = await DB.fetchrow(
        "SELECT id, template, codes, name FROM __tenant__.voucher_batch WHERE once = $1", asked.once
    )
    if earlier:
        if (earlier["template"], earlier["codes"], earlier["name"]) != (asked.template, number, name):
            raise OtherBatch
        return earlier["id"], False
    if template["state"] not in _ALIVE or template["kind"] == "external":
        raise TemplateNotActive
    promised = worst(template) * number
    if template["stock"] is not None and template["issued"] + number > template["stock"]:
        raise OutOfStock
    if template["budget"] is not None and template["promised"] + template["spent"] + promised > template["budget"]:
        raise BudgetSpent
    await DB.fetch(
        "UPDATE __tenant__.voucher_stock SET issued = issued + $2, promised = promised + $3 WHERE template = $1",
        asked.template, number, promised)  # fmt: skip
    batch_id = ids.new()
    written = await DB.fetch(
        "INSERT INTO __tenant__.voucher_batch (id, template, name, state, codes, claim_until, once, created_by,"
        " created_at) VALUES ($1, $2, $3, 'active', $4, $5, $6, $7, $8) ON CONFLICT (once) DO NOTHING RETURNING id",
        batch_id, asked.template, name, number, asked.claim_until, asked.once, current_caller().label,
        clock.now())  # fmt: skip
    if not written:
        raise OtherBatch
    return batch_id, True


async def _copy(batch_id: uuid.UUID, fresh: Sequence[str]) -> None:
    """Write codes with COPY: a hundred thousand in seconds, a few thousand in memory at a time."""
    transaction = DB.open_transaction()
    schema = current_tenant().schema
    transaction.bind(schema)
    await transaction.connection.copy_records_to_table(
        "voucher_code", schema_name=schema, columns=["id", "batch", "code_digest", "code_shut", "state"],
        records=[(ids.new(), batch_id, *codes.keep(code), "free") for code in fresh])  # fmt: skip


async def _taken(own: list[str]) -> set[str]:
    """Those of the codes that exist already, on a voucher or in a batch."""
    found: set[str] = set()
    for start in range(0, len(own), _PAGE):
        by_print = {digest: code for code in own[start : start + _PAGE] for digest in codes.fingerprints(code)}
        rows = await DB.fetch(
            "SELECT code_digest FROM __tenant__.voucher_code WHERE code_digest = ANY($1::bytea[])"
            " UNION SELECT code_digest FROM __tenant__.voucher WHERE code_digest = ANY($1::bytea[])",
            list(by_print))  # fmt: skip
        found |= {by_print[row["code_digest"]] for row in rows}
    return found


async def _close(batch_id: uuid.UUID, *, batch_state: str, code_state: str) -> int:
    template = await DB.fetchrow(
        "SELECT t.id AS template, t.kind, t.amount, t.amount_max, t.cost FROM __tenant__.voucher_batch b"
        " JOIN __tenant__.voucher_template t ON t.id = b.template WHERE b.id = $1 FOR UPDATE OF b",
        batch_id)  # fmt: skip
    if template is None:
        raise BatchUnknown
    await DB.fetch(
        "UPDATE __tenant__.voucher_batch SET state = $2 WHERE id = $1 AND state = 'active'", batch_id, batch_state
    )
    gone = await DB.fetchval(
        "WITH gone AS (UPDATE __tenant__.voucher_code SET state = $2 WHERE batch = $1 AND state = 'free' RETURNING id)"
        " SELECT count(*) FROM gone", batch_id, code_state)  # fmt: skip
    await money.move([money.Move(template["template"], promised=-worst(template) * gone)])
    return int(gone)
