"""The ballots of a poll as a file, page by page, so that a million take no more memory than a thousand.

No cell is a formula: text that a spreadsheet would compute gets a quote in front (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
import uuid
from typing import TYPE_CHECKING, Any

from tenants.kit import ids
from tenants.kit.cells import harmless
from tenants.kit.words import Words, language_of_reader
from tenants.polls.rules import editing
from tenants.polls.rules.options import options_of
from tenants.polls.rules.standing import EVER, text_of
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

PAGE = 5_000
HEADERS = (
    Words(en="ballot", zh="选票"), Words(en="member", zh="会员"), Words(en="external_id", zh="外部编号"),
    Words(en="day", zh="日期"), Words(en="options", zh="选项编号"), Words(en="chosen", zh="所选"),
    Words(en="voted_at", zh="投票时间"), Words(en="changed_at", zh="更改时间"), Words(en="changes", zh="更改次数"),
)  # fmt: skip
_BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows that a CSV is UTF-8


async def ballots_csv(poll: uuid.UUID) -> AsyncIterator[bytes]:
    """Every ballot of a poll, the oldest first, withdrawn ones with nothing chosen. Raises PollUnknown.

    Texts in the reader's language. An erased member's ballot names nobody whom anything is known of.
    """
    await editing.find(poll)
    texts = {row["id"]: text_of(row).say() for row in await options_of(poll)}
    yield (_BYTE_ORDER_MARK + _csv([[header.say() for header in HEADERS]])).encode()
    after = uuid.UUID(int=0)
    while True:
        rows = await DB.fetch(
            "SELECT b.*, m.external_id FROM __tenant__.poll_ballot b JOIN __tenant__.member m ON m.id = b.member"
            " WHERE b.poll = $1 AND b.id > $2 ORDER BY b.id LIMIT $3", poll, after, PAGE)  # fmt: skip
        if not rows:
            return
        after = rows[-1]["id"]
        yield _csv([_row(row, texts) for row in rows]).encode()


def _row(row: Any, texts: Mapping[uuid.UUID, str]) -> list[str]:
    return [
        ids.show("plb", row["id"]), ids.show("mem", row["member"]), harmless(row["external_id"] or ""),
        "" if row["period"] == EVER else str(row["period"]),
        " ".join(ids.show("plo", option) for option in row["options"]),
        harmless(_SEPARATORS[language_of_reader()].join(texts[option] for option in row["options"])),
        row["at"].isoformat(), row["changed_at"].isoformat(), str(row["version"] - 1),
    ]  # fmt: skip


_SEPARATORS = {"en": "; ", "zh": "；"}


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
