"""`python -m tests.bench [--json FILE] [NAME …]`: run the benches and print name, ratio, limit and goal."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from tests.bench.figures import Figure

os.environ.setdefault("SECRET_KEY", "bench-only-" + "x" * 40)
os.environ.setdefault("METRICS_PORT", "0")
os.environ.setdefault("ENVIRONMENT", "production")
os.environ["REQUESTS_PER_MINUTE_KEY"] = os.environ["REQUESTS_PER_MINUTE_MEMBER"] = "100000000"


def main() -> int:
    """Run what was asked for, or all."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("names", nargs="*", help="benches to run; all when left out")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    present = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    unknown = set(arguments.names) - set(present)
    if unknown:
        parser.error(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(present)}")
    out = Console(width=150)
    figures: list[Figure] = []
    for name in arguments.names or present:
        out.print(f"[dim]{name} …[/dim]")
        figures += asyncio.run(importlib.import_module(f"tests.bench.bench_{name}").measure())
    table = Table("figure", "ratio", "limit", "goal", "met", "detail")
    for figure in figures:
        goal = f"{'≤' if figure.most else '≥'} {figure.goal:g}"
        table.add_row(
            figure.name, f"{figure.ratio:.3f}", figure.limit, goal, "yes" if figure.met else "no", figure.detail
        )
    out.print(table)
    if arguments.json:
        arguments.json.write_text(
            json.dumps([figure.as_json() for figure in figures], indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
