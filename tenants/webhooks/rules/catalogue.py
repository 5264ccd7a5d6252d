"""What can be told: each kind of event, what it says in both languages, and what its `data` looks like.

The data is thin on purpose: ids, references and numbers, by which a receiver finds what it wants to know over the API.
No name, address, birthday or free text leaves the shop by this way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants.kit.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

EVERYTHING = "*"
PING = "ping"
_MEMBER = "mem_01kaecw0x5f3qs8q7t6v2m9d3b"


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of event. `example` is the `data` of one."""

    name: str
    words: Words
    example: Mapping[str, Any]


TYPES: tuple[EventType, ...] = (
    EventType(
        "member.created",
        Words(en="Somebody became a member.", zh="新会员加入。"),
        {"member": _MEMBER},
    ),
    EventType(
        "member.changed",
        Words(en="What is known of a member changed, in the parts named.", zh="会员资料变更，`changed` 为变更的部分。"),
        {"member": _MEMBER, "changed": ["birthday"]},
    ),
    EventType(
        "consent.changed",
        Words(en="A member said yes or no to a channel.", zh="会员同意或撤回某渠道的授权。"),
        {"member": _MEMBER, "channel": "email", "granted": True},
    ),
    EventType(
        "reward.granted",
        Words(en="A member was given points, a voucher, or both.", zh="会员获得奖励（积分、优惠券或两者）。"),
        {"grant": "rwd_01kaecw0x5f3qs8q7t6v2m9d3d", "member": _MEMBER, "points": 88, "voucher": None, "why": "birthday",
         "reference": "birthday:2026"},
    ),
)  # fmt: skip
PINGED = EventType(
    PING,
    Words(en="A test, sent by the button; nothing happened.", zh="测试事件，由“发送测试”触发，不代表任何业务变化。"),
    {"endpoint": "whe_01kaecw0x5f3qs8q7t6v2m9d3e"},
)
BY_NAME = {one.name: one for one in TYPES}
# What may stand in a subscription, and how it is called.
SUBSCRIBABLE: dict[str, Words] = {
    EVERYTHING: Words(en="Everything, also what is added later", zh="全部事件（含以后新增的）"),
    **{one.name: one.words for one in TYPES},
}
