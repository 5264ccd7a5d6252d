"""Segments at the desk: saved rules and the medians of RFM, to be looked up; rules are built in the console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit.desk import MARKETING, AdminTable, Column, Form
from tenants.kit.words import Words
from tenants.segments.rules import saved
from tenants.segments.tables import RfmBreaks, Segment

if TYPE_CHECKING:
    from uuid import UUID

GROUP = Words(en="Segments", zh="人群")


async def _rename(segment: UUID, values: dict[str, Any]) -> None:
    await saved.change(segment, name_en=values.get("name_en"), name_zh=values.get("name_zh"))


TABLES = (
    AdminTable(
        Segment,
        name=Words(en="Segments", zh="人群"),
        group=GROUP,
        help=Words(
            en="Rules that say whom a survey or poll is for. Build them on the page “Segments” of the console.",
            zh="决定问卷与投票面向哪些会员的规则；请在控制台“人群”页面编辑。",
        ),
        columns=(
            Column("name_zh", Words(en="Name in Chinese", zh="中文名称"), editable=True, filter=True),
            Column("name_en", Words(en="Name in English", zh="英文名称"), editable=True, filter=True),
            Column("rule", Words(en="Rule", zh="规则"), in_list=False),
            Column("version", Words(en="Version", zh="版本")),
            Column("updated_at", Words(en="Changed", zh="更新时间")),
        ),
        readable=("name_zh", "name_en"),
        write=MARKETING,
        change=_rename,
        delete=saved.remove,
    ),
    AdminTable(
        RfmBreaks,
        name=Words(en="RFM medians", zh="RFM 中位数"),
        group=GROUP,
        help=Words(en="By these each buyer is high or low; taken anew each night.", zh="按此划分高低；每晚更新。"),
        columns=(
            Column("at", Words(en="When", zh="时间")),
            Column("buyers", Words(en="Buyers", zh="购买会员数")),
            Column("last_order_at", Words(en="Median of last purchase", zh="最近购买中位数")),
            Column("orders", Words(en="Median of purchases", zh="购买次数中位数")),
            Column("spent", Words(en="Median of money spent", zh="消费金额中位数")),
        ),
    ),
)
FORMS: tuple[Form, ...] = ()
