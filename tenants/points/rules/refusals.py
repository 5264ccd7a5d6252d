"""How points say no."""

from __future__ import annotations

from tenants.kit.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from tenants.kit.words import Words
from tenants.points.tables import NOTE_MAX, ONCE_MAX

POINTS_MAX = 1_000_000_000


class NoSuchEntry(NotFound):
    """No entry has this id."""

    code = "points.no_such_entry"
    sentence = Words(en="There is no such points entry.", zh="没有该条积分流水。")


class NoSuchHold(NotFound):
    """No hold has this id."""

    code = "points.no_such_hold"
    sentence = Words(en="There is no such hold on points.", zh="没有该笔积分冻结。")


class Insufficient(Refused):
    """The member has fewer points than are wanted; `available` says how many."""

    code = "points.insufficient"
    sentence = Words(
        en="The member has {available} points available, {wanted} are needed.",
        zh="可用积分为 {available}，需要 {wanted}。",
    )


class OnceDiffers(Conflict):
    """This occasion has already moved points, with other facts."""

    code = "points.once_differs"
    sentence = Words(
        en="“{once}” has already moved points for another member, number, reason or date. Use a new reference.",
        zh="“{once}”已用于另一会员、数量、原因或有效期的积分变动，请换用新的编号。",
    )


class CannotReverse(Refused):
    """A reversal and an expiry stay as they are."""

    code = "points.cannot_reverse"
    sentence = Words(
        en="This entry cannot be reversed: it is itself a reversal or an expiry. Make a new entry instead.",
        zh="该流水为撤销或到期记录，不能再撤销，请另行录入。",
    )


class OfAnOrder(CannotReverse):
    """What an order gave or took back follows the order, which would move the same points once more."""

    code = "points.of_an_order"
    sentence = Words(
        en="This entry belongs to an order and cannot be reversed by hand. Tell the order's refund or cancellation"
        " instead; the points follow it.",
        zh="该流水来自订单，不能手动撤销。请上报该订单的退款或取消，积分会随之调整。",
    )


class AlreadyReversed(Conflict):
    """An entry is reversed once at most."""

    code = "points.already_reversed"
    sentence = Words(en="This entry has already been reversed.", zh="该流水已被撤销。")


class HoldOver(Conflict):
    """The hold has been decided otherwise, or its time is over; `state` says how."""

    code = "points.hold_over"
    sentence = Words(en="This hold is over: {state}.", zh="该笔冻结已结束：{state}。")


class NotPending(Conflict):
    """The points are no longer to come: they have become active, or were taken away."""

    code = "points.not_pending"
    sentence = Words(
        en="These points are no longer pending. Reverse the entry if they are to be taken back.",
        zh="该笔积分已不在待生效状态；如需收回，请撤销对应流水。",
    )


class NoSuchBatch(NotFound):
    """No batch of lapsed points has this id."""

    code = "points.no_such_batch"
    sentence = Words(en="There is no such batch of expired points.", zh="没有该批到期积分。")


class UndoOver(Conflict):
    """A batch of lapsed points can be undone for some days only."""

    code = "points.undo_over"
    sentence = Words(
        en="Expired points can be given back for {days} days; for this batch the time is over.",
        zh="到期积分仅可在 {days} 天内恢复，该批已超过期限。",
    )


class NoSuchAdjustment(NotFound):
    """No adjustment has this id."""

    code = "points.no_such_adjustment"
    sentence = Words(en="There is no such adjustment of points.", zh="没有该笔积分调整。")


class SecondPersonNeeded(NotAllowed):
    """Who proposed an adjustment cannot decide it."""

    code = "points.second_person_needed"
    sentence = Words(
        en="An adjustment of this size is decided by another person than the one who proposed it.",
        zh="该额度的积分调整须由提出人以外的员工审批。",
    )


class AdjustmentDecided(Conflict):
    """The adjustment was decided before, otherwise; `state` says how."""

    code = "points.adjustment_decided"
    sentence = Words(en="This adjustment has been decided: {state}.", zh="该笔调整已处理：{state}。")


def check_movement(*, points: int, once: str, note: str) -> None:
    """Refuse what no movement may be: points outside 1 to 1,000,000,000, no occasion, too long. Raises Invalid."""
    if isinstance(points, bool) or not 1 <= points <= POINTS_MAX:
        raise Invalid(
            param="points",
            problem=Words(en="use a whole number from 1 to 1,000,000,000", zh="请使用 1 到 1000000000 的整数"),
        )
    check_texts(once=once, note=note)


def check_texts(*, once: str, note: str) -> None:
    """Refuse an occasion without a name, and texts that are too long. Raises Invalid."""
    if not 1 <= len(once) <= ONCE_MAX:
        raise Invalid(param="once", problem=Words(en="use 1 to 250 characters", zh="请使用 1 到 250 个字符"))
    if len(note) > NOTE_MAX:
        raise Invalid(param="note", problem=Words(en="use at most 500 characters", zh="最多 500 个字符"))
