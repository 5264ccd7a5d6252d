"""Members who may be one person: the same telephone number, the same e-mail address, or name and birthday alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from tenants.members.rules import values
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid

Alike = Literal["phone", "email", "birthday"]
MEMBERS_SHOWN_MAX = 10
_ALIKE = {
    "phone": "phone",
    "email": "lower(email)",
    "birthday": "CASE WHEN birth_month IS NOT NULL AND name <> '' THEN name || ', ' || birth_calendar || ' '"
    " || lpad(birth_month::text, 2, '0') || '-' || lpad(birth_day::text, 2, '0') END",
}


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Members who are alike in `value`: the first ten, the oldest first, and how many there are."""

    alike: Alike
    value: str
    members: tuple[uuid.UUID, ...]
    count: int


async def duplicates(alike: str, *, after: str = "", limit: int = 20) -> list[DuplicateGroup]:
    """Up to `limit` groups of members who are alike in one respect, in the order of the value, after `after`.

    A shared telephone or mailbox is common in families: this is a suggestion for a person to look at. Raises Invalid.
    """
    values.one_of(alike, param="alike", choices=get_args(Alike))
    value = _ALIKE[alike]
    rows = await DB.fetch(
        f"SELECT {value} AS value, count(*) AS count, (array_agg(id ORDER BY id))[1:{MEMBERS_SHOWN_MAX}] AS members"
        f" FROM __tenant__.member WHERE {value} > $1 AND state IN ('active', 'blocked')"
        f" GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT $2", after, limit)  # fmt: skip
    return [DuplicateGroup(_alike(alike), row["value"], tuple(row["members"]), row["count"]) for row in rows]


def _alike(text: str) -> Alike:
    return "phone" if text == "phone" else "email" if text == "email" else "birthday"
