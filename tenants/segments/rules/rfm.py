"""RFM: how recently, how often and for how much each buyer bought, against the medians of the shop's buyers.

A *buyer* is an active member with a purchase that still stands. *Recent* is who bought last at the median moment or
later, *often* and *much* who bought more often and for more than the median: who is on the median itself bought neither
often nor much, so that in a shop of one-time buyers nobody is called frequent. Of an even number the median is the
middle one that halves them: the later of two moments, the lower of two numbers. Three halves make the eight groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenants.kit import clock, ids
from tenants.kit.words import Words
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection
    from datetime import datetime
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """One of the eight, and in one sentence what to do with its members."""

    key: str
    name: Words
    advice: Words
    recent: bool
    often: bool
    much: bool


GROUPS: dict[str, Group] = {
    group.key: group
    for group in (
        Group(
            "important_value", Words(en="Important: value", zh="重要价值"),
            Words(en="They buy lately, often and for much: thank them and give them things first.",
                  zh="最近买、常买、买得多：答谢并优先享受新品与权益。"),
            recent=True, often=True, much=True,
        ),
        Group(
            "important_develop", Words(en="Important: develop", zh="重要发展"),
            Words(en="They bought for much lately, but seldom: give them a reason to come again soon.",
                  zh="最近买得多但次数少：给出尽快再来的理由。"),
            recent=True, often=False, much=True,
        ),
        Group(
            "important_keep", Words(en="Important: keep", zh="重要保持"),
            Words(en="They bought often and for much, but not lately: remind them of you before they forget.",
                  zh="曾常买且买得多但近期未买：尽早主动联系。"),
            recent=False, often=True, much=True,
        ),
        Group(
            "important_retain", Words(en="Important: win back", zh="重要挽留"),
            Words(en="They bought for much, seldom and long ago: ask what went wrong and make an offer.",
                  zh="买得多但次数少且久未购买：了解原因并给出挽回优惠。"),
            recent=False, often=False, much=True,
        ),
        Group(
            "general_value", Words(en="General: value", zh="一般价值"),
            Words(en="They buy lately and often, for little: offer sets and thresholds that raise the basket.",
                  zh="最近买、常买但金额小：用套装与满减提高客单价。"),
            recent=True, often=True, much=False,
        ),
        Group(
            "general_develop", Words(en="General: develop", zh="一般发展"),
            Words(en="They are new and bought little: introduce the shop and invite them to a second purchase.",
                  zh="新近购买且金额小：介绍店铺并促成第二次购买。"),
            recent=True, often=False, much=False,
        ),
        Group(
            "general_keep", Words(en="General: keep", zh="一般保持"),
            Words(en="They bought often for little, but not lately: bring them back with points and small gifts.",
                  zh="曾常买小额但近期未买：用积分与小礼唤回。"),
            recent=False, often=True, much=False,
        ),
        Group(
            "general_retain", Words(en="General: win back", zh="一般挽留"),
            Words(en="They bought seldom, little and long ago: write rarely and spend little on them.",
                  zh="次数少、金额小且久未购买：低频触达，控制投入。"),
            recent=False, often=False, much=False,
        ),
    )
}  # fmt: skip

_NEWEST = "FROM __tenant__.rfm_breaks ORDER BY id DESC LIMIT 1"
# Three halves read as a number of three bits; without breaks it is null, and so is the group.
_PLACE = (
    f"4 * (t.last_at >= (SELECT last_order_at {_NEWEST}))::int + 2 * (t.purchases > (SELECT orders {_NEWEST}))::int"
    f" + (t.spend > (SELECT spent {_NEWEST}))::int"
)
_BY_PLACE = {4 * group.recent + 2 * group.often + group.much: key for key, group in GROUPS.items()}
_KEYS = ", ".join(f"'{_BY_PLACE[place]}'" for place in range(8))
OF_TOTALS = f"(ARRAY[{_KEYS}])[1 + {_PLACE}]"
"""The key of a buyer's group, over a row `t` of the buyers' totals."""
RFM_GROUP = f"(SELECT {OF_TOTALS} FROM __tenant__.buyer_totals t WHERE t.member = m.id AND t.purchases > 0)"
"""The key of a member's group, over a row `m` of members; null for who never bought, and before there are breaks."""


@dataclass(frozen=True, slots=True)
class Breaks:
    """The medians by which buyers are scored, of how many, and when that was."""

    last_order_at: datetime
    orders: Decimal
    spent: Decimal
    buyers: int
    at: datetime


async def groups_of(members: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The key of the group of each of these members who has one."""
    rows = await DB.fetch(
        f"SELECT member, {OF_TOTALS} AS place FROM __tenant__.buyer_totals t"
        " WHERE member = ANY($1::uuid[]) AND purchases > 0", list(members))  # fmt: skip
    return {row["member"]: row["place"] for row in rows if row["place"]}


async def breaks() -> Breaks | None:
    """The newest medians; None before anybody has bought."""
    row = await DB.fetchrow(f"SELECT last_order_at, orders, spent, buyers, at {_NEWEST}")
    return Breaks(**row) if row and row["last_order_at"] else None


async def refresh_rfm() -> Breaks | None:
    """Take the medians anew; None where nobody has bought. What has not changed is not written again."""
    found = await DB.fetchrow(
        "SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY t.last_at DESC) AS last_order_at,"
        " percentile_disc(0.5) WITHIN GROUP (ORDER BY t.purchases) AS orders,"
        " percentile_disc(0.5) WITHIN GROUP (ORDER BY t.spend) AS spent, count(*) AS buyers"
        " FROM __tenant__.buyer_totals t JOIN __tenant__.member m ON m.id = t.member"
        " WHERE t.purchases > 0 AND m.state = 'active'"
    )
    before = await breaks()
    values = (found["last_order_at"], found["orders"], found["spent"], found["buyers"])
    if found["buyers"] and (
        before is None or values != (before.last_order_at, before.orders, before.spent, before.buyers)
    ):
        await DB.fetch(
            "INSERT INTO __tenant__.rfm_breaks (id, last_order_at, orders, spent, buyers, at)"
            " VALUES ($1, $2, $3, $4, $5, $6)", ids.new(), *values, clock.now())  # fmt: skip
        return await breaks()
    return before


async def sizes() -> dict[str, int]:
    """How many active members each group has, the empty ones too."""
    rows = await DB.fetch(
        f"SELECT {OF_TOTALS} AS place, count(*) AS members FROM __tenant__.buyer_totals t"
        " JOIN __tenant__.member m ON m.id = t.member WHERE t.purchases > 0 AND m.state = 'active' GROUP BY 1"
    )
    found = {row["place"]: row["members"] for row in rows}
    return {key: found.get(key, 0) for key in GROUPS}
