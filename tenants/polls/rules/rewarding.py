"""What voting gives: for taking part and never for what was chosen.

No argument, column or option of this subject can say otherwise: the reward is a term of the poll, and the granting has
the member and the period in its occasion and no option. A reward for one option would be bought votes: 网络反不正当竞争
暂行规定 (State Administration for Market Regulation, order 91 of 2024) art. 9 (5) forbids to have users vote in a
directed way (定向投票) in exchange for points, red packets or the like, and 16 CFR 465.4 (FTC) to give anything for a
statement on condition that it is of a certain kind.

It is given with the first version of a ballot, so once, whatever is changed, withdrawn and voted again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import rewards
from tenants.polls.rules.standing import name_of

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence


async def reward(fresh: Sequence[tuple[Any, Any]]) -> Mapping[uuid.UUID, rewards.Granted]:
    """Grant what polls give for these ballots (rows of polls and of ballots); what was given, by ballot."""
    due = [(poll, ballot) for poll, ballot in fresh if poll["reward_points"] or poll["reward_voucher"]]
    if not due:
        return {}
    granted = await rewards.grant_many([_granting(poll, ballot) for poll, ballot in due])
    return {ballot["id"]: given for (_, ballot), given in zip(due, granted, strict=True)}


def _granting(poll: Any, ballot: Any) -> rewards.Granting:
    name = name_of(poll)
    return rewards.Granting(
        member=ballot["member"],
        reward=rewards.Reward(points=poll["reward_points"], voucher_template=poll["reward_voucher"]),
        why=rewards.Why.POLL,
        once=once(poll["id"], ballot["member"], ballot["period"]),
        when_out="points_only",
        detail={"activity_en": name.en, "activity_zh": name.zh},
    )


def once(poll: uuid.UUID, member: uuid.UUID, period: Any) -> str:
    """The occasion of a member's vote in a period of a poll."""
    return f"poll/{poll.hex}/{member.hex}/{period}"
