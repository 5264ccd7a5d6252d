"""Codes of outside benefits (a red packet, mobile data): locked away, each handed out once ever.

The stock of such a template is its pool: as many as were brought in, less those that are handed out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenants.kit import clock, ids, seals
from tenants.tenancy import DB, current_tenant
from tenants.vouchers.rules.errors import NotAPool, TemplateUnknown
from tenants.vouchers.rules.files import read_codes

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from tenants.vouchers.rules.files import RowError

_PURPOSE = "voucher-pool"
CODE_MAX = 200


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a file of codes. `known` were there before, or twice in the file, and are left out."""

    added: int
    known: int
    failed: int
    errors: tuple[RowError, ...] = ()


async def bring_in(template_id: uuid.UUID, data: bytes, *, dry_run: bool = False) -> Intake:
    """Add a CSV's first column, or that called `code`, to the pool of an outside benefit; a code counts once.

    With `dry_run` nothing is written. Raises TemplateUnknown, NotAPool, FileUnreadable.
    """
    template = await DB.fetchrow(
        "SELECT t.kind FROM __tenant__.voucher_template t JOIN __tenant__.voucher_stock s ON s.template = t.id"
        " WHERE t.id = $1 FOR UPDATE OF s", template_id)  # fmt: skip
    if template is None:
        raise TemplateUnknown
    if template["kind"] != "external":
        raise NotAPool
    read = read_codes(data, least=1, most=CODE_MAX)
    shop = current_tenant().schema
    by_print = {seals.fingerprint(f"{_PURPOSE}/{shop}", code.encode()): code for _, code in read.rows}
    prints = list(by_print)
    there = await DB.fetch(
        "SELECT code_digest FROM __tenant__.voucher_pool_code WHERE template = $1 AND code_digest = ANY($2::bytea[])",
        template_id, prints)  # fmt: skip
    for row in there:
        del by_print[row["code_digest"]]
    intake = Intake(len(by_print), len(read.rows) - len(by_print), read.failed, tuple(read.errors))
    if dry_run or not by_print:
        return intake
    await DB.fetch(
        "INSERT INTO __tenant__.voucher_pool_code (id, template, code_digest, code_shut, created_at)"
        " SELECT id, $2, digest, shut, $5 FROM unnest($1::uuid[], $3::bytea[], $4::bytea[]) AS a (id, digest, shut)",
        [ids.new() for _ in by_print], template_id, list(by_print),
        [seals.lock_away(_PURPOSE, code.encode(), owner=f"{shop}/{template_id.hex}") for code in by_print.values()],
        clock.now())  # fmt: skip
    await DB.fetch("UPDATE __tenant__.voucher_template SET stock = stock + $2 WHERE id = $1", template_id, intake.added)
    await DB.fetch(
        "UPDATE __tenant__.voucher_stock SET stock = stock + $2 WHERE template = $1", template_id, intake.added
    )
    return intake


async def hand_out(vouchers: Sequence[tuple[uuid.UUID, uuid.UUID]]) -> None:
    """Give each of these (template, voucher) a code of its pool; there are enough, for the stock has said so."""
    for template, number in sorted(Counter(template for template, _ in vouchers).items()):
        given = await DB.fetch(
            """
            WITH free AS (
                SELECT id FROM __tenant__.voucher_pool_code WHERE template = $1 AND voucher IS NULL
                 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
            ), pairs AS (
                SELECT f.id, v.voucher FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM free) AS f
                  JOIN unnest($3::uuid[]) WITH ORDINALITY AS v (voucher, place) ON v.place = f.place
            )
            UPDATE __tenant__.voucher_pool_code p SET voucher = pairs.voucher FROM pairs WHERE p.id = pairs.id
            RETURNING p.id
            """, template, number, [voucher for owner, voucher in vouchers if owner == template])  # fmt: skip
        if len(given) < number:
            raise RuntimeError(f"the pool of {template} holds fewer codes than its stock says")


async def outside_codes(vouchers: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The outside codes that go with vouchers, in clear, for those who hold them."""
    shop = current_tenant().schema
    rows = await DB.fetch(
        "SELECT voucher, template, code_shut FROM __tenant__.voucher_pool_code WHERE voucher = ANY($1::uuid[])",
        list(vouchers))  # fmt: skip
    return {
        row["voucher"]: seals.take_out(_PURPOSE, row["code_shut"], owner=f"{shop}/{row['template'].hex}").decode()
        for row in rows
    }
