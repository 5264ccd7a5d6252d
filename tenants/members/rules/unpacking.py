"""Turns an Excel file into CSV, in a process of its own: `python unpacking.py book.xlsx > rows.csv`.

The format says in a few bytes what takes gigabytes to hold: two cells far apart, a text that unpacks a thousandfold,
a row repeated a million times. What reads it has to be able to die of it, and nobody else with it. So this file
imports nothing of ours, takes no more memory than MEMORY_MAX, and is the first to go where the machine runs short.

Of each row that is not empty: its number, and its cells as a person would type them.
"""

from __future__ import annotations

import csv
import resource
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

MEMORY_MAX = 4 << 30
_FIRST_TO_GO = Path("/proc/self/oom_score_adj")


def main() -> None:
    """Write the first sheet out."""
    allowed = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = MEMORY_MAX if allowed == resource.RLIM_INFINITY else min(MEMORY_MAX, allowed)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if _FIRST_TO_GO.exists():
        _FIRST_TO_GO.write_text("1000")
    writer = csv.writer(sys.stdout)
    rows = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows()
    for line, cells in enumerate(rows, start=1):
        texts = [cell if isinstance(cell, str) else _text(cell) for cell in cells]
        if any(texts):
            writer.writerow([line, *texts])


def _text(cell: Any) -> str:
    """A cell that Excel keeps as a number, a date or a truth, as a person would type it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if isinstance(cell, timedelta) else str(cell)


if __name__ == "__main__":
    main()
