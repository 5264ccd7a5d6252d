"""How orders say no."""

from __future__ import annotations

from tenants.kit.errors import Conflict, Invalid, NotFound
from tenants.kit.words import Words


class OrderUnknown(NotFound):
    """No order has this id, or it is another member's."""

    code = "order.unknown"
    sentence = Words(en="There is no such order.", zh="没有找到该订单。")


class OtherMember(Conflict):
    """The order is known, and belongs to somebody else."""

    code = "order.other_member"
    sentence = Words(
        en="Order “{external_id}” from {source} belongs to another member.",
        zh="{source} 的订单“{external_id}”属于另一位会员。",
    )


class EventDiffers(Conflict):
    """This reference has already told something else of this order."""

    code = "order.event_differs"
    sentence = Words(
        en="The reference “{reference}” has already told something else of this order. Use a new one.",
        zh="编号“{reference}”已用于该订单的另一事件，请换用新的编号。",
    )


class OtherCurrency(Invalid):
    """Orders are taken in the shop's currency only, because points are given for an amount of it."""

    code = "order.currency"

    def __init__(self, *, currency: str) -> None:
        super().__init__(
            param="currency",
            problem=Words(
                en=f"this shop's currency is {currency}; convert the amount first",
                zh=f"本店货币为 {currency}，请先换算金额",
            ),
        )


class SourceUnknown(NotFound):
    """No source of this name was set up."""

    code = "order.source_unknown"
    sentence = Words(en="No such source has been set up.", zh="没有设置该来源。")


class RuleUnknown(NotFound):
    """No rule for points has this id."""

    code = "order.rule_unknown"
    sentence = Words(en="There is no such rule for points.", zh="没有找到该积分规则。")
