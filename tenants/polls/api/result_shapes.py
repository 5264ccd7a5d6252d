"""What travels about how polls stand, and what members see of them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from tenants.kit.shapes import Shape
from tenants.polls.api.shapes import OPTION, POLL, BallotShape, Period, PollStatus, Visibility

Fraction = Annotated[float, Meta(description="From 0 to 1, rounded to four digits.")]


class ShareShape(Shape):
    """A part of a whole, with the interval in which the true share lies with 95 % certainty (Wilson)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"count": 120, "of": 200, "share": 0.6, "low": 0.5308, "high": 0.6654}

    count: int
    of: int
    share: Fraction
    low: Fraction
    high: Fraction


class ValueShareShape(Shape):
    """The share of what all voters have spent that falls to those who chose it, with its interval."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"share": 0.71, "low": 0.52, "high": 0.84}

    share: Fraction
    low: Fraction
    high: Fraction


class ChoiceShape(Shape):
    """One thing to choose, in the reader's language. `removed`: it can no longer be chosen."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": OPTION, "text": "Sea green", "picture": None, "picture_path": None, "product": "SKU-88",
        "price_low": "99.00", "price_high": "129.00", "removed": False,
    }  # fmt: skip

    id: str
    text: str
    picture: str | None
    picture_path: str | None
    product: str
    price_low: Decimal | None
    price_high: Decimal | None
    removed: bool


class TallyShape(Shape):
    """How many ballots chose an option."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"option": OPTION, "text": "Sea green", "share": ShareShape.EXAMPLE}

    option: str
    text: str
    share: ShareShape


class PollResult(Shape):
    """How a poll stands: shares are of all ballots, so they add up to more than one where several may be chosen."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "poll": POLL, "ballots": 200, "members": 200, "over": False, "options": [TallyShape.EXAMPLE],
    }  # fmt: skip

    poll: str
    ballots: int
    members: int
    over: bool
    options: list[TallyShape]


class GroupVotesShape(Shape):
    """How a group chose an option."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"option": OPTION, "share": ShareShape.EXAMPLE}

    option: str
    share: ShareShape


class PollGroup(Shape):
    """Members of one kind: a level (`lvl_…`), a tag, an RFM group or an attribute's value; null for those with none."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "key": "vip", "name": "vip", "ballots": 40, "options": [GroupVotesShape.EXAMPLE],
    }  # fmt: skip

    key: str | None
    name: str
    ballots: int
    options: list[GroupVotesShape]


class PollBreakdown(Shape):
    """Ballots by group, as members are now. A member with several tags counts in each of these groups."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"poll": POLL, "by": "tag", "groups": [PollGroup.EXAMPLE], "omitted": 0}

    poll: str
    by: str
    groups: list[PollGroup]
    omitted: int


class WantedShape(Shape):
    """An option in the suggested order of launch; `launch` is null for one that is no longer offered.

    Options of the same `step` cannot be told apart; within one they are ordered by `value`. `members`, `buyers` and
    `others` are shares of all who voted, of those who have bought, and of those who have not.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "option": OPTION, "text": "Sea green", "product": "SKU-88", "launch": 1, "step": 1,
        "members": ShareShape.EXAMPLE, "buyers": ShareShape.EXAMPLE, "others": ShareShape.EXAMPLE,
        "value": ValueShareShape.EXAMPLE, "spent": "12900.00",
        "why": "60% (53%–67%) of 200 members chose it, clearly more than what comes next.",
    }  # fmt: skip

    option: str
    text: str
    product: str
    launch: int | None
    step: int | None
    members: ShareShape
    buyers: ShareShape
    others: ShareShape
    value: ValueShareShape
    spent: Decimal
    why: str


class PriceBandShape(Shape):
    """Options of one price band, and the share of members who chose any of them."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "price_low": "99.00", "price_high": "129.00", "options": [OPTION], "members": ShareShape.EXAMPLE,
    }  # fmt: skip

    price_low: Decimal | None
    price_high: Decimal | None
    options: list[str]
    members: ShareShape


class PollStockReport(Shape):
    """What to stock. `sure` once `sure_from` members have voted; of fewer nothing is concluded."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "poll": POLL, "members": 200, "buyers": 140, "sure": True, "sure_from": 30, "currency": "CNY",
        "options": [WantedShape.EXAMPLE], "price_bands": [PriceBandShape.EXAMPLE],
    }  # fmt: skip

    poll: str
    members: int
    buyers: int
    sure: bool
    sure_from: int
    currency: str
    options: list[WantedShape]
    price_bands: list[PriceBandShape]


class WhyNotVote(Shape):
    """Why the member cannot vote now: a code for programs, a sentence for people."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"code": "poll.closed", "why": "This poll is closed."}

    code: str
    why: str


class MyPoll(Shape):
    """A poll as I see it, in my language; `result` is null where it is not for me to see (yet).

    `ballot` is mine of this period. `why_not` says why I cannot vote now, null if I can.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": POLL, "name": "Which colour next?", "description": "", "picture": None, "picture_path": None,
        "status": "running", "starts_at": None, "closes_at": "2026-12-31T15:59:59Z", "period": "ever",
        "choices_min": 1, "choices_max": 2, "changeable": True, "results": "after_vote", "reward_points": 20,
        "reward_voucher": None, "options": [ChoiceShape.EXAMPLE], "ballot": BallotShape.EXAMPLE,
        "result": PollResult.EXAMPLE, "why_not": None,
    }  # fmt: skip

    id: str
    name: str
    description: str
    picture: str | None
    picture_path: str | None
    status: PollStatus
    starts_at: datetime | None
    closes_at: datetime | None
    period: Period
    choices_min: int
    choices_max: int
    changeable: bool
    results: Visibility
    reward_points: int
    reward_voucher: str | None
    options: list[ChoiceShape]
    ballot: BallotShape | None
    result: PollResult | None
    why_not: WhyNotVote | None


class MyPollOffer(Shape):
    """A poll that is open for me."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": POLL, "name": "Which colour next?", "picture": None, "picture_path": None,
        "closes_at": "2026-12-31T15:59:59Z", "reward_points": 20, "voted": False,
    }  # fmt: skip

    id: str
    name: str
    picture: str | None
    picture_path: str | None
    closes_at: datetime | None
    reward_points: int
    voted: bool


class MyPollList(Shape):
    """The polls that are open for me, those in which I have not voted first."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [MyPollOffer.EXAMPLE]}

    data: list[MyPollOffer]
