"""Cells of the files that go out, so that no spreadsheet takes what somebody wrote for a formula."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a formula may begin (OWASP, CSV injection), the wide forms of East Asian keyboards among it."""


def harmless(cell: str) -> str:
    """A cell with an apostrophe in front where a spreadsheet would compute it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
