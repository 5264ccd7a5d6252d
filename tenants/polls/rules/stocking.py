"""What to stock: how sure each option's share is, what buyers and their money say, and in which order to launch.

Members are counted here, not ballots: who votes each day for the same thing is one who wants it. An option is not
called better than another unless their intervals (Wilson, 95 %) lie apart; options of which that cannot be said are one
*step* of the launch, ordered by what their voters have spent. Below SURE_FROM members nothing is concluded. Two options
of one poll take members from each other, so intervals that lie apart are rather more than enough.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tenants.kit.words import Words
from tenants.polls.rules import editing
from tenants.polls.rules.intervals import SURE_FROM, Share, share
from tenants.polls.rules.options import options_of
from tenants.polls.rules.reading import Option, option_of
from tenants.tenancy import DB


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One option: the share of all members who voted, of those who have bought and have not, and of what they spent.

    `launch` is its place in the suggested order from 1 on, None for one that is no longer offered; options of the same
    `step` cannot be told apart. `spent` is what all who chose it have spent.
    """

    option: Option
    members: Share
    buyers: Share
    others: Share
    value: Share
    spent: Decimal
    launch: int | None
    step: int | None
    why: Words


@dataclass(frozen=True, slots=True)
class PriceBand:
    """Options of the same price band, and the share of members who chose any of them."""

    price_low: Decimal | None
    price_high: Decimal | None
    options: tuple[uuid.UUID, ...]
    members: Share


@dataclass(frozen=True, slots=True)
class StockReport:
    """What a poll says about what to stock; `sure` once enough members have voted to conclude anything.

    `options` are in the suggested order, those that are no longer offered last.
    """

    poll: uuid.UUID
    members: int
    buyers: int
    sure_from: int
    options: tuple[Wanted, ...]
    bands: tuple[PriceBand, ...]

    @property
    def sure(self) -> bool:
        """Whether enough members have voted."""
        return self.members >= self.sure_from


_VOTERS = """
WITH voters AS MATERIALIZED (
    SELECT v.member, coalesce(t.purchases, 0) > 0 AS buyer, coalesce(t.spend, 0) AS spend
      FROM (SELECT DISTINCT member FROM __tenant__.poll_ballot WHERE poll = $1 AND cardinality(options) > 0) v
      LEFT JOIN __tenant__.buyer_totals t ON t.member = v.member
), chosen AS MATERIALIZED (
    SELECT DISTINCT b.member, o.option FROM __tenant__.poll_ballot b CROSS JOIN LATERAL unnest(b.options) AS o(option)
     WHERE b.poll = $1
)
SELECT NULL::uuid AS option, NULL::int AS band, count(*) AS members, count(*) FILTER (WHERE buyer) AS buyers,
       coalesce(sum(spend), 0) AS spent, coalesce(sum(spend * spend), 0) AS squares FROM voters
UNION ALL
SELECT c.option, NULL, count(*), count(*) FILTER (WHERE v.buyer), coalesce(sum(v.spend), 0), 0
  FROM chosen c JOIN voters v ON v.member = c.member GROUP BY c.option
UNION ALL
SELECT NULL, n.band, count(DISTINCT c.member), 0, 0, 0
  FROM chosen c JOIN unnest($2::uuid[], $3::int[]) AS n(option, band) ON n.option = c.option GROUP BY n.band
"""


async def stock_report(poll: uuid.UUID) -> StockReport:
    """What a poll says about what to stock, as its ballots and the members' orders are now. Raises PollUnknown."""
    await editing.find(poll)
    there = await options_of(poll)
    bands = _bands(there)
    numbered = [(option, place) for place, (_, held) in enumerate(bands) for option in held]
    rows = await DB.fetch(
        _VOTERS, poll, [option for option, _ in numbered], [place for _, place in numbered])  # fmt: skip
    whole = next(row for row in rows if row["option"] is None and row["band"] is None)
    by_option = {row["option"]: row for row in rows if row["option"]}
    by_band = {row["band"]: row["members"] for row in rows if row["band"] is not None}
    found = [
        _wanted(option_of(row), by_option.get(row["id"]), whole) for row in there if row["votes"] or not row["removed"]
    ]
    return StockReport(
        poll, whole["members"], whole["buyers"], SURE_FROM, launch_order(found, whole["members"]),
        tuple(
            PriceBand(low, high, tuple(held), share(by_band.get(place, 0), whole["members"]))
            for place, ((low, high), held) in enumerate(bands)
        ))  # fmt: skip


def launch_order(found: Sequence[Wanted], voters: int) -> tuple[Wanted, ...]:
    """The options in the suggested order, each with its place, its step and why; a pure function of the shares."""
    offered = sorted((one for one in found if not one.option.removed), key=lambda one: -one.members.share)
    gone = [_placed(one, None, None, _GONE) for one in found if one.option.removed]
    steps: list[list[Wanted]] = []
    for one in offered:
        if steps and (voters < SURE_FROM or one.members.overlaps(steps[-1][0].members)):
            steps[-1].append(one)
        else:
            steps.append([one])
    ordered: list[Wanted] = []
    for number, step in enumerate(steps, start=1):
        step.sort(key=lambda one: (-one.value.share, -one.members.share))
        for one in step:
            others = [other.option.text for other in step if other is not one]
            why = _why(one, others, voters, last=number == len(steps))
            ordered.append(_placed(one, len(ordered) + 1, number, why))
    return (*ordered, *gone)


_GONE = Words(en="It is no longer offered.", zh="该选项已下架。")


def _bands(options: Sequence[Any]) -> list[tuple[tuple[Decimal | None, Decimal | None], list[uuid.UUID]]]:
    """The price bands that options have, the cheapest first, and which have them."""
    bands: dict[tuple[Decimal | None, Decimal | None], list[uuid.UUID]] = {}
    for row in options:
        if row["price_low"] is not None or row["price_high"] is not None:
            bands.setdefault((row["price_low"], row["price_high"]), []).append(row["id"])
    return sorted(bands.items(), key=lambda one: (one[0][0] or 0, one[0][1] is None, one[0][1] or 0))


def _wanted(option: Option, row: Mapping[str, Any] | None, whole: Mapping[str, Any]) -> Wanted:
    chosen, buyers, spent = (row["members"], row["buyers"], row["spent"]) if row else (0, 0, Decimal(0))
    # Kish (1965): of how many equal votes votes weighted by money are worth.
    effective = float(whole["spent"] ** 2 / whole["squares"]) if whole["squares"] else 0.0
    return Wanted(
        option=option, members=share(chosen, whole["members"]), buyers=share(buyers, whole["buyers"]),
        others=share(chosen - buyers, whole["members"] - whole["buyers"]),
        value=share(float(spent), float(whole["spent"]), effective=effective), spent=spent, launch=None, step=None,
        why=_GONE)  # fmt: skip


def _placed(one: Wanted, launch: int | None, step: int | None, why: Words) -> Wanted:
    return Wanted(
        option=one.option, members=one.members, buyers=one.buyers, others=one.others, value=one.value,
        spent=one.spent, launch=launch, step=step, why=why)  # fmt: skip


def _why(one: Wanted, others: Sequence[Words], voters: int, *, last: bool) -> Words:
    """One sentence on why an option stands where it does."""
    if voters < SURE_FROM:
        return Words(
            en=f"{voters} members have voted; nothing can be concluded from fewer than {SURE_FROM}.",
            zh=f"目前 {voters} 人投票，不足 {SURE_FROM} 人，尚不能得出结论。",
        )
    told = _percent(one.members)
    if not others:
        after = "" if last else ", clearly more than what comes next"
        after_zh = "" if last else "，明显高于其后的选项"
        return Words(en=f"{told} of {voters} members chose it{after}.", zh=f"{voters} 人中 {told} 选择{after_zh}。")
    named = Words(en=_listed([other.en for other in others], ", "), zh=_listed([other.zh for other in others], "、"))
    return Words(
        en=f"{told} of {voters} members chose it: not distinguishable from {named.en}."
        f" Placed by money: its voters make up {one.value.share:.0%} of what all voters have spent.",
        zh=f"{voters} 人中 {told} 选择，与{named.zh}无法区分；"
        f"按消费额排列：选择者占全部投票者消费额的 {one.value.share:.0%}。",
    )


def _percent(told: Share) -> str:
    return f"{told.share:.0%} ({told.low:.0%}–{told.high:.0%})"


def _listed(names: Sequence[str], between: str) -> str:
    quoted = [f"“{name}”" for name in names[:3]]
    return between.join(quoted) + (" …" if len(names) > len(quoted) else "")
