"""Who chose what: the ballots that stand by level, tag, RFM group or an attribute of the members, as these are now."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants import levels, members, segments
from tenants.kit.words import Words
from tenants.polls.rules import editing
from tenants.polls.rules.intervals import Share, share
from tenants.polls.rules.options import options_of
from tenants.polls.rules.reading import Option, option_of
from tenants.polls.rules.refusals import GroupingUnknown
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Callable

GROUPS_MAX = 50
ATTRIBUTE = "attribute."
_NONE = Words(en="None", zh="无")
# By what members are grouped: rows of one text each, over a row `m` of members; nothing is a group too.
_KEYS: dict[str, str] = {
    "level": f"SELECT ({segments.LEVEL})::text",
    "tag": "SELECT t FROM unnest(m.tags) AS t UNION ALL SELECT NULL WHERE cardinality(m.tags) = 0",
    "rfm": f"SELECT {segments.RFM_GROUP}",
    ATTRIBUTE: "SELECT (SELECT k.value FROM __tenant__.member_attribute k JOIN __tenant__.attribute a"
    " ON a.id = k.attribute WHERE k.member = m.id AND a.key = $2)",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Members of one kind: how many of their ballots stand, and how many of these chose each option.

    `key` is a level's id, a tag, an RFM group or an attribute's value; None for those who have none. Shares are of the
    group's ballots.
    """

    key: str | None
    name: Words
    ballots: int
    votes: Mapping[uuid.UUID, Share]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A poll's ballots by group, the groups in their own order or the largest first; a member may have many tags.

    `omitted` groups were too many to show.
    """

    poll: uuid.UUID
    by: str
    options: tuple[Option, ...]
    groups: tuple[Group, ...]
    omitted: int

    def level_of(self, group: Group) -> uuid.UUID:
        """The id of the level that a group is, where it is one."""
        return uuid.UUID(group.key)


async def breakdown(poll: uuid.UUID, by: str = "level") -> Breakdown:
    """How each group of members voted: by `level`, `tag`, `rfm` or `attribute.<key>`. Raises PollUnknown,
    GroupingUnknown.
    """  # noqa: D205  one sentence
    keys, argument = await grouping(by)
    await editing.find(poll)
    rows = await DB.fetch(
        "WITH grouped AS MATERIALIZED (SELECT b.options, g.key FROM __tenant__.poll_ballot b"
        f" JOIN __tenant__.member m ON m.id = b.member CROSS JOIN LATERAL ({keys}) AS g(key)"
        " WHERE b.poll = $1 AND cardinality(b.options) > 0 AND $2::text IS NOT NULL)"
        " SELECT key, NULL::uuid AS option, count(*) AS votes FROM grouped GROUP BY key UNION ALL"
        " SELECT key, o.option, count(*) FROM grouped CROSS JOIN LATERAL unnest(options) AS o(option)"
        " GROUP BY key, o.option", poll, argument)  # fmt: skip
    options = tuple(option_of(row) for row in await options_of(poll) if row["votes"] or not row["removed"])
    ballots = {row["key"]: row["votes"] for row in rows if row["option"] is None}
    votes: dict[str | None, dict[uuid.UUID, int]] = defaultdict(dict)
    for row in rows:
        if row["option"]:
            votes[row["key"]][row["option"]] = row["votes"]
    names = await _names(by)
    order = {key: place for place, key in enumerate(names)}
    ranked = sorted(
        ballots, key=lambda key: (key is None, order.get(key or "", len(order)), -ballots[key], key or "")
    )  # fmt: skip
    groups = tuple(
        Group(
            key, _NONE if key is None else names.get(key, Words(en=key, zh=key)), ballots[key],
            {option.id: share(votes[key].get(option.id, 0), ballots[key]) for option in options})
        for key in ranked[:GROUPS_MAX]
    )  # fmt: skip
    return Breakdown(poll, by, options, groups, max(0, len(ranked) - GROUPS_MAX))


async def grouping(by: str) -> tuple[str, str]:
    """The SQL by which members are grouped, rows of one text over a row `m` of members, and its argument `$2`.

    Raises GroupingUnknown.
    """
    kind, argument = (ATTRIBUTE, by.removeprefix(ATTRIBUTE)) if by.startswith(ATTRIBUTE) else (by, "")
    if kind not in _KEYS or (kind == ATTRIBUTE and argument not in await members.defined_attributes()):
        raise GroupingUnknown
    return _KEYS[kind], argument


async def _names(kind: str) -> Mapping[str, Words]:
    """The groups that have an order and a name of their own."""
    naming: dict[str, Callable[[], Any]] = {"level": _levels, "rfm": _rfm}
    named: Mapping[str, Words] = await naming[kind]() if kind in naming else {}
    return named


async def _levels() -> dict[str, Words]:
    return {str(level.id): level.name for level in await levels.ladder()}


async def _rfm() -> dict[str, Words]:
    return {key: group.name for key, group in segments.GROUPS.items()}
