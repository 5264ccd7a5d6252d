"""What a change of the ladder would do, before it is done."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenants.kit import clock
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.levels.rules import ladder
from tenants.levels.rules.refusals import LevelUnknown
from tenants.levels.rules.windows import window
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping
    from decimal import Decimal

_DUE = """
SELECT coalesce(l.rank, 0) AS now, coalesce((SELECT max(t.rank) FROM unnest($4::int[], $5::numeric[]) AS t(rank, least)
           WHERE t.least <= coalesce(e.amount, 0)), 0) AS due, count(*) AS members
  FROM __tenant__.level_standing s LEFT JOIN __tenant__.level l ON l.id = s.earned
  LEFT JOIN (SELECT member, sum(amount) AS amount FROM __tenant__.growth_entry
              WHERE kind = $1 AND day >= coalesce($2::date, '-infinity'::date) AND day <= $3 GROUP BY member) e
    ON e.member = s.member
 GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How many members would rise now, and how many have less than the level they hold.

    Those `below` drop at once only if it is asked for; else each when their term ends, unless they make it up.
    `due` says how many would be due each level, by its id; who is due none is not in it.
    """

    rise: int
    below: int
    stay: int
    due: Mapping[uuid.UUID, int]


async def preview(thresholds: Mapping[uuid.UUID, Decimal] | None = None) -> Preview:
    """What going through all members would come to, with other thresholds where such are given. Writes nothing.

    Raises LevelUnknown; Invalid where a higher rank would take less.
    """
    rules = await ladder.rules()
    wanted = thresholds or {}
    if wanted.keys() - rules.by_id.keys():
        raise LevelUnknown
    takes = [wanted.get(level.id, level.threshold) for level in rules.levels]
    if any(lower >= higher for lower, higher in itertools.pairwise(takes)):
        raise Invalid(param="thresholds", problem=Words(en="a higher rank takes more", zh="序号越高门槛须越高"))
    open_levels = [
        (level, least) for level, least in zip(rules.levels, takes, strict=True) if level.active and least > 0
    ]
    days = window(rules.policy, clock.today(current_tenant().timezone))
    rows = await DB.fetch(
        _DUE, days.kind, days.first, days.last, [level.rank for level, _ in open_levels],
        [least for _, least in open_levels])  # fmt: skip
    return Preview(
        rise=sum(row["members"] for row in rows if row["due"] > row["now"]),
        below=sum(row["members"] for row in rows if row["due"] < row["now"]),
        stay=sum(row["members"] for row in rows if row["due"] == row["now"]),
        due={level.id: sum(row["members"] for row in rows if row["due"] == level.rank) for level, _ in open_levels},
    )
