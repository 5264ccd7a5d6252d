"""The audit trail: who changed what, with before and after, in the transaction of the change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from tenants.kit import clock, ids
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

Action = Literal["create", "change", "delete", "form", "login"]
MASK = "•••"
_SECRET = ("password", "secret", "digest", "token")
_TEXT_MAX = 20_000


async def note(
    action: Action,
    *,
    subject: str,
    row_id: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write down what the current caller did to a row of `subject` (a table's or a form's name)."""
    caller = current_caller()
    await DB.fetch(
        "INSERT INTO __tenant__.audit (id, at, staff, name, action, subject, row_id, before, after)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        ids.new(), clock.now(), str(caller.id or ""), caller.name[:100], action, subject[:100], row_id[:100],
        told(before), told(after))  # fmt: skip


async def forget(rows: Sequence[UUID], *, naming: Sequence[UUID], words: Sequence[str]) -> int:
    """Blank before and after of every change to one of these rows, or that names these ids or words; how many.

    That somebody did something, when and to which row, stays. The words are looked for in the whole trail.
    """
    needles = [*words, *(text for each in naming for text in (str(each), each.hex, ids.show("", each)[1:]))]
    blanked = await DB.fetch(
        "UPDATE __tenant__.audit SET before = '', after = '' WHERE (before <> '' OR after <> '') AND"
        " (row_id = ANY($1::text[]) OR EXISTS (SELECT 1 FROM unnest($2::text[]) AS needle (word)"
        " WHERE position(needle.word IN before) > 0 OR position(needle.word IN after) > 0)) RETURNING id",
        [str(row) for row in rows], needles)  # fmt: skip
    return len(blanked)


def told(values: Mapping[str, Any] | None) -> str:
    """Values as JSON text, with secrets masked; empty for none."""
    if values is None:
        return ""
    shown = {name: MASK if any(part in name for part in _SECRET) else value for name, value in values.items()}
    return json.dumps(shown, ensure_ascii=False, default=str)[:_TEXT_MAX]
