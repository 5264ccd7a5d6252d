"""Points at the desk: the ledger to look at and to put right, and how long points last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit import ids
from tenants.kit.desk import MARKETING, OWNER, AdminTable, Column, Field, Form
from tenants.kit.errors import NotFound
from tenants.kit.words import Words
from tenants.points.rules import policy, reversing, taking_back
from tenants.points.rules.reasons import WHY_WORDS, Why
from tenants.points.rules.refusals import POINTS_MAX, NoSuchEntry
from tenants.points.tables import (
    NOTE_MAX,
    ONCE_MAX,
    PointsAccount,
    PointsEntry,
    PointsHold,
    PointsLot,
    PointsPolicy,
)
from tenants.tenancy import DB

if TYPE_CHECKING:
    from uuid import UUID

GROUP = Words(en="Points", zh="积分")
WHY = {why.value: words for why, words in WHY_WORDS.items()}
HOLDS = {
    "held": Words(en="Held", zh="冻结中"),
    "confirmed": Words(en="Spent", zh="已扣除"),
    "released": Words(en="Given back", zh="已退回"),
    "lapsed": Words(en="Out of time", zh="超时退回"),
}
MEMBER = Column("member", Words(en="Member", zh="会员"), filter=True)


async def _set_policy(_row: UUID, values: dict[str, Any]) -> None:
    await policy.change_policy(**values)


async def _take_back(values: dict[str, Any]) -> Words:
    taken = await taking_back.take_back(
        values["member"], points=values["points"], why=Why.STAFF, once=f"desk/take-back/{values['once']}",
        note=values["note"])  # fmt: skip
    if taken.short:
        return Words(
            en=f"{taken.taken} points were taken back; {taken.short} were not there any more.",
            zh=f"已收回 {taken.taken} 积分；另有 {taken.short} 积分余额不足，未能收回。",
        )
    return Words(en=f"{taken.taken} points were taken back.", zh=f"已收回 {taken.taken} 积分。")


async def _reverse(values: dict[str, Any]) -> Words:
    found = await _entry(values["entry"])
    # The occasion is the same as at the API, so that an entry is reversed once wherever it is asked.
    undone = await reversing.reverse(found, once=f"reversal/{found}", note=values["note"])
    if undone.repeated:
        return Words(en="This entry had been reversed already.", zh="该流水此前已撤销，没有重复撤销。")
    return Words(en=f"The entry is reversed: {undone.points:+} points.", zh=f"流水已撤销：{undone.points:+} 积分。")


async def _entry(text: str) -> UUID:
    """An entry by its occasion, which is at the desk, or its id at the API. Raises NoSuchEntry."""
    found: UUID | None = await DB.fetchval("SELECT id FROM __tenant__.points_entry WHERE once = $1", text)
    if found is None:
        try:
            return ids.read("pnt", text)
        except NotFound:
            raise NoSuchEntry from None
    return found


TABLES = (
    AdminTable(
        PointsAccount,
        name=Words(en="Points accounts", zh="积分账户"),
        group=GROUP,
        help=Words(en="What each member has now.", zh="会员当前的积分。"),
        columns=(
            MEMBER,
            Column("balance", Words(en="Balance", zh="余额"), filter=True),
            Column("held", Words(en="Held", zh="冻结"), filter=True),
            Column("earned", Words(en="Ever earned", zh="累计获得"), filter=True),
            Column("spent", Words(en="Ever spent", zh="累计使用"), filter=True),
            Column("updated_at", Words(en="Changed", zh="更新时间"), filter=True),
        ),
        order="-updated_at",
    ),
    AdminTable(
        PointsEntry,
        name=Words(en="Points entries", zh="积分流水"),
        group=GROUP,
        help=Words(en="The ledger. Entries are never changed; take points back or reverse an entry to put things right.",
                   zh="积分流水不可修改；如需更正，请使用“收回积分”或“撤销流水”。"),
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            MEMBER,
            Column("points", Words(en="Points", zh="积分"), filter=True),
            Column("why", Words(en="Why", zh="原因"), choices=WHY, filter=True),
            Column("note", Words(en="Note", zh="备注"), filter=True),
            Column("once", Words(en="Occasion", zh="事由编号"), filter=True, in_list=False),
            Column("reverses", Words(en="Reverses", zh="撤销的流水"), in_list=False),
        ),
        order="-at",
        readable=("once",),
    ),
    AdminTable(
        PointsLot,
        name=Words(en="Points lots", zh="积分批次"),
        group=GROUP,
        help=Words(en="Points earned together, which expire together.", zh="同一批获得、同时到期的积分。"),
        columns=(
            Column("earned_at", Words(en="Earned", zh="获得时间"), filter=True),
            MEMBER,
            Column("points", Words(en="Points", zh="积分")),
            Column("remaining", Words(en="Left", zh="剩余"), filter=True),
            Column("expires_at", Words(en="Expires", zh="到期时间"), filter=True),
        ),
        order="-earned_at",
    ),
    AdminTable(
        PointsHold,
        name=Words(en="Points on hold", zh="冻结积分"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            MEMBER,
            Column("points", Words(en="Points", zh="积分")),
            Column("state", Words(en="State", zh="状态"), choices=HOLDS, filter=True),
            Column("why", Words(en="Why", zh="原因"), choices=WHY, filter=True),
            Column("ends_at", Words(en="Ends", zh="到期时间"), filter=True),
            Column("note", Words(en="Note", zh="备注"), in_list=False),
        ),
        order="-at",
    ),
    AdminTable(
        PointsPolicy,
        name=Words(en="Points settings", zh="积分设置"),
        group=GROUP,
        columns=(
            Column("validity_days", Words(en="Days until points expire", zh="积分有效天数"), editable=True,
                   help=Words(en="Empty: they never expire. Points earned already keep their date.", zh="留空表示永不过期；已获得的积分不受影响。")),
            Column("updated_at", Words(en="Changed", zh="更新时间")),
        ),
        order="id",
        write=OWNER,
        change=_set_policy,
    ),
)  # fmt: skip
_NOTE = Field("note", Words(en="Reason", zh="原因"), most=NOTE_MAX,
              help=Words(en="Kept with the entry; the member may see it.", zh="随流水保存，会员可见。"))  # fmt: skip
FORMS = (
    Form(
        "take-back-points", Words(en="Take back points", zh="收回积分"),
        Words(en="Takes points from a member, at most as many as are there, once, even if you click twice.",
              zh="收回会员的积分，最多收回现有余额；重复点击只收回一次。"),
        (Field("member", Words(en="Member", zh="会员"), kind="member",
               help=Words(en="Search by name, your number, telephone or e-mail.", zh="可按姓名、外部编号、手机或邮箱搜索。")),
         Field("points", Words(en="Points", zh="积分"), kind="whole", least=1, most=POINTS_MAX), _NOTE),
        _take_back, roles=MARKETING, group=GROUP,
    ),
    Form(
        "reverse-entry", Words(en="Reverse an entry", zh="撤销流水"),
        Words(en="Undoes a movement of points by another entry, once. What belongs to an order is undone by its refund.",
              zh="以一条新流水撤销原流水，只撤销一次；订单产生的积分请通过退款处理。"),
        (Field("entry", Words(en="Entry", zh="流水"), most=ONCE_MAX,
               help=Words(en="Its occasion, as it stands in “Points entries”, or its id at the API (pnt_…).",
                          zh="“积分流水”中的事由编号，或接口返回的编号（pnt_…）。")), _NOTE),
        _reverse, roles=MARKETING, group=GROUP,
    ),
)  # fmt: skip
