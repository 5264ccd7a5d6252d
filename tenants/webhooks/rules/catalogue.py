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


_POLL = "pol_01kaecw0x5f3qs8q7t6v2m9d3w"
_LEVEL = {"id": "lvl_01kaecw0x5f3qs8q7t6v2m9d3h", "rank": 2}
_LEVEL_BELOW = {"id": "lvl_01kaecw0x5f3qs8q7t6v2m9d3j", "rank": 1}
_VOUCHER = {
    "member": _MEMBER, "voucher": "vch_01kaecw0x5f3qs8q7t6v2m9d3s", "template": "vtp_01kaecw0x5f3qs8q7t6v2m9d3t",
}  # fmt: skip
_SURVEY, _RESPONSE = "sur_01kaecw0x5f3qs8q7t6v2m9d3y", "svr_01kaecw0x5f3qs8q7t6v2m9d3z"

TYPES: tuple[EventType, ...] = (
    EventType(
        "member.created",
        Words(en="Somebody became a member.", zh="新会员加入。"),
        {"member": _MEMBER},
    ),
    EventType(
        "member.changed",
        Words(en="What is known of a member changed, in the parts named.", zh="会员资料变更，`changed` 为变更的部分。"),
        {"member": _MEMBER, "changed": ["name", "birthday"]},
    ),
    EventType(
        "member.merged",
        Words(en="A member lives on in another, or no longer does.", zh="会员并入另一会员，或撤销合并。"),
        {"member": _MEMBER, "into": "mem_01kaecw0x5f3qs8q7t6v2m9d3k", "undone": False},
    ),
    EventType(
        "member.erased",
        Words(en="A member was erased: forget them too.", zh="会员已被删除，请同步清除其资料。"),
        {"member": _MEMBER},
    ),
    EventType(
        "consent.changed",
        Words(en="A member said yes or no to a channel.", zh="会员同意或撤回某渠道的授权。"),
        {"member": _MEMBER, "channel": "email", "granted": True},
    ),
    EventType(
        "points.moved",
        Words(en="Points came in (above zero) or went out.", zh="积分变动，正数为增加，负数为减少。"),
        {"member": _MEMBER, "entry": "pnt_01kaecw0x5f3qs8q7t6v2m9d3m", "points": 129, "why": "earn",
         "reference": "T1001"},
    ),
    EventType(
        "points.will_lapse",
        Words(en="Points come to an end soon, unless they are spent.", zh="积分即将过期。"),
        {"member": _MEMBER, "points": 300, "expires_at": "2026-12-31T16:00:00Z"},
    ),
    EventType(
        "level.changed",
        Words(en="A member moved to another level; null is no level.", zh="会员等级变更，null 表示无等级。"),
        {"member": _MEMBER, "before": _LEVEL_BELOW, "after": _LEVEL, "why": "reached"},
    ),
    EventType(
        "level.will_drop",
        Words(en="A member will lose their level, but for what is missing.", zh="会员即将降级；`missing` 为保级所差。"),
        {"member": _MEMBER, "level": _LEVEL, "drops_on": "2026-12-31", "basis": "spend", "missing": "120.00",
         "days": 30},
    ),
    EventType(
        "voucher.issued",
        Words(en="A voucher was given to a member.", zh="会员获得优惠券。"),
        {**_VOUCHER, "order_reference": None, "discount": None},
    ),
    EventType(
        "voucher.used",
        Words(en="A voucher was used for an order.", zh="优惠券已用于订单。"),
        {**_VOUCHER, "order_reference": "T1001", "discount": "20.00"},
    ),
    EventType(
        "voucher.returned",
        Words(en="A used voucher was given back.", zh="已使用的优惠券被退回。"),
        {**_VOUCHER, "order_reference": "T1001", "discount": None},
    ),
    EventType(
        "voucher.expired",
        Words(en="A voucher ran out unused.", zh="优惠券过期未使用。"),
        {**_VOUCHER, "order_reference": None, "discount": None},
    ),
    EventType(
        "voucher.revoked",
        Words(en="A voucher was taken back by the shop.", zh="优惠券被商家作废。"),
        {**_VOUCHER, "order_reference": None, "discount": None},
    ),
    EventType(
        "order.changed",
        Words(en="Something new was told of an order.", zh="订单有新的变更。"),
        {"member": _MEMBER, "order": "ord_01kaecw0x5f3qs8q7t6v2m9d3r", "source": "shop", "external_id": "T1001",
         "before": "paid", "after": "completed", "amount": "129.00", "refunded": "0.00", "points": 129},
    ),
    EventType(
        "reward.granted",
        Words(en="A member was given points, a voucher, or both.", zh="会员获得奖励（积分、优惠券或两者）。"),
        {"member": _MEMBER, "grant": "grt_01kaecw0x5f3qs8q7t6v2m9d3d", "points": 88, "voucher": None,
         "growth": 0, "why": "birthday", "reference": "birthday:2026"},
    ),
    EventType(
        "check_in.done",
        Words(en="A member checked in for a day, or made one up.", zh="会员签到或补签。"),
        {"member": _MEMBER, "check_in": "chk_01kaecw0x5f3qs8q7t6v2m9d3n", "day": "2026-11-21", "streak": 7,
         "points": 25, "made_up": False},
    ),
    EventType(
        "profile.completed",
        Words(en="A member has filled in all that an activity asks.", zh="会员已完善资料。"),
        {"member": _MEMBER, "activity": "pfa_01kaecw0x5f3qs8q7t6v2m9d3v", "points": 50},
    ),
    EventType(
        "poll.voted",
        Words(en="A member voted, changed a vote or withdrew it (`what`).", zh="会员投票、改票或撤回（见 `what`）。"),
        {"member": _MEMBER, "poll": _POLL, "ballot": "plb_01kaecw0x5f3qs8q7t6v2m9d3y", "what": "voted",
         "day": None, "points": 20},
    ),
    EventType(
        "poll.closed",
        Words(en="A poll is over; its result stands.", zh="投票已结束，结果已定。"),
        {"poll": _POLL, "ballots": 200, "members": 200, "closed_at": "2026-12-31T15:59:59Z"},
    ),
    EventType(
        "redemption.changed",
        Words(en="Something of the points mall was redeemed, shipped, done or returned.", zh="积分商城的兑换单变更。"),
        {"member": _MEMBER, "redemption": "rdm_01kaecw0x5f3qs8q7t6v2m9d3p", "item": "mit_01kaecw0x5f3qs8q7t6v2m9d3q",
         "before": None, "after": "to_ship", "quantity": 1, "points": 500, "cash": "9.90"},
    ),
    EventType(
        "survey.invited",
        Words(en="The time of an invitation to a survey has come: send its link.", zh="问卷邀请到期，可发送其链接。"),
        {"member": _MEMBER, "survey": _SURVEY, "invitation": "svi_01kaecw0x5f3qs8q7t6v2m9d3x",
         "expires_at": "2026-12-21T08:30:00Z", "source": "order_delivered"},
    ),
    EventType(
        "survey.completed",
        Words(en="Answers to a survey are complete; null where nobody may know whose.",
              zh="问卷提交完成；匿名或访客的对应字段为 null。"),
        {"member": _MEMBER, "survey": _SURVEY, "response": _RESPONSE, "phase": 1},
    ),
    EventType(
        "survey.low_score",
        Words(en="A member gave a score that the survey calls low: somebody should ask.",
              zh="会员给出低分，建议尽快跟进。"),
        {"member": _MEMBER, "survey": _SURVEY, "response": _RESPONSE, "question": "nps", "score": 3},
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
