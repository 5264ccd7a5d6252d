"""Points at the desk: the ledger to look at, and how long points last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit.desk import OWNER, AdminTable, Column, Form
from tenants.kit.words import Words
from tenants.points.rules import policy
from tenants.points.rules.reasons import WHY_WORDS
from tenants.points.tables import PointsAccount, PointsEntry, PointsHold, PointsLot, PointsPolicy

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
    if "validity_days" in values:
        await policy.set_policy(validity_days=values["validity_days"])


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
        help=Words(en="The ledger. Entries are never changed; use the actions to put things right.",
                   zh="积分流水不可修改；如需更正，请使用左侧的操作。"),
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
FORMS: tuple[Form, ...] = ()
