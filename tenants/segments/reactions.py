"""What others show of segments: a member's RFM group on their card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members
from tenants.kit.words import Words
from tenants.segments.rules import rfm

if TYPE_CHECKING:
    from uuid import UUID


@members.on_card
async def _group_on_card(member: UUID) -> members.Section | None:
    key = (await rfm.groups_of([member])).get(member)
    if key is None:
        return None
    group = rfm.GROUPS[key]
    return members.Section(
        "rfm",
        Words(en="RFM group", zh="RFM 分组"),
        (
            members.Fact("group", Words(en="Group", zh="分组"), group.name),
            members.Fact("advice", Words(en="What to do", zh="建议"), group.advice),
        ),
        link="/v1/rfm",
    )
