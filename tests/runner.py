"""A process that migrates tenants with scratch migrations, so that a test can kill it: `python -m tests.runner FILE`.

The file holds `{"steps": [[revision, sql], …], "slugs": [slug, …]}`; each tenant that is done is written out as a line.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tenants.tenancy import migrations
from tenants.tenancy.engine import DB
from tests.schemas import step

if TYPE_CHECKING:
    from tenants.tenancy.migrations import Failure


def _done(slug: str, failure: Failure | None) -> None:
    sys.stdout.write(f"{'failed' if failure else 'done'} {slug}\n")
    sys.stdout.flush()


async def _main(path: Path, at_once: int) -> None:
    plan = json.loads(path.read_text(encoding="utf-8"))
    steps = (*migrations.compiled("tenant"), *(step(revision, sql) for revision, sql in plan["steps"]))
    await DB.connect({"main": os.environ["DATABASE_URL"]})
    await migrations.migrate_tenants(slugs=plan["slugs"], at_once=at_once, steps=steps, done=_done)
    await DB.disconnect()


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2))
