"""What travels about polls and their options."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from msgspec import UNSET, Meta, UnsetType, field

from tenants.kit.shapes import Amount, Reference, Shape
from tenants.polls.tables import OPTIONS_MAX

PollState = Literal["draft", "live", "paused", "ended"]
PollStatus = Literal["draft", "coming", "running", "paused", "over"]
Purpose = Literal["stickiness", "data", "sales", "points", "traffic"]
Period = Literal["ever", "day"]
Visibility = Annotated[
    Literal["always", "after_vote", "after_close", "staff"],
    Meta(description="When members see the result; when a poll is over, all see it unless it is for `staff`."),
]
Named = Annotated[str, Meta(max_length=200)]
Text = Annotated[str, Meta(max_length=2000)]
Product = Annotated[str, Meta(max_length=100, description="Your own number of the product; empty for none.")]
Id = Annotated[str, Meta(max_length=40)]
Count = Annotated[int, Meta(ge=1, le=OPTIONS_MAX)]
Points = Annotated[int, Meta(ge=0, le=1_000_000)]
Position = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]
Time = Annotated[datetime, Meta(tz=True)]
Choices = Annotated[list[Id], Meta(max_length=OPTIONS_MAX, description="`plo_…`, in any order.")]

_NAME = "01kaecw0x5f3qs8q7t6v2m9d3"
POLL = f"pol_{_NAME}a"
OPTION = f"plo_{_NAME}b"
OTHER = f"plo_{_NAME}c"
MEMBER = f"mem_{_NAME}d"
_OPTION: dict[str, Any] = {
    "text_en": "Sea green", "text_zh": "海绿", "picture": None, "product": "SKU-88", "price_low": "99.00",
    "price_high": "129.00",
}  # fmt: skip
_TERMS: dict[str, Any] = {
    "name_en": "Which colour next?", "name_zh": "下一个颜色？", "description_en": "", "description_zh": "",
    "purpose": "data", "picture": None, "starts_at": None, "ends_at": "2026-12-31T15:59:59Z", "segment": None,
    "period": "ever", "choices_min": 1, "choices_max": 2, "changeable": True, "results": "after_vote",
    "shuffled": True, "stock": True, "reward_points": 20, "reward_voucher": None,
}  # fmt: skip


class NewPollOption(Shape):
    """One thing to choose: a text in one or both languages, a picture (`pic_…`), a product, a price band.

    Money in the shop's currency; one end of a band may be open. Without a `position` it comes last.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = _OPTION

    text_en: Named = ""
    text_zh: Named = ""
    picture: Id | None = None
    product: Product = ""
    price_low: Amount | None = None
    price_high: Amount | None = None
    position: Position | None = None


class PollOptionChange(Shape):
    """What is to be different; a field that is left out stays. Product and prices stay once it has votes."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"text_en": "Sea-green", "position": 1}

    text_en: Named | UnsetType = UNSET
    text_zh: Named | UnsetType = UNSET
    picture: Id | UnsetType | None = UNSET
    product: Product | UnsetType = UNSET
    price_low: Amount | UnsetType | None = UNSET
    price_high: Amount | UnsetType | None = UNSET
    position: Position | UnsetType = UNSET


class PollOptionShape(Shape):
    """An option as the seller sees it. `removed`: it has votes and is no longer offered."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": OPTION, **_OPTION, "picture_path": None, "position": 1, "removed": False, "votes": 120,
    }  # fmt: skip

    id: str
    text_en: str
    text_zh: str
    picture: str | None
    picture_path: str | None
    product: str
    price_low: Decimal | None
    price_high: Decimal | None
    position: int
    removed: bool
    votes: int


class NewPoll(Shape):
    """A question with options. It is a draft until its state is set to `live`.

    A member has one ballot for `ever`, or one each `day` of the shop, and chooses from `choices_min` to `choices_max`
    options. `changeable`: a ballot can be changed and withdrawn while the poll is open. `segment` (`seg_…`): only its
    members may vote. `shuffled`: each member sees the options in an order of their own. `stock`: a poll on what to
    stock. The reward (points, and a voucher of the template `reward_voucher`) is for voting, whatever is chosen.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {**_TERMS, "options": [_OPTION, {"text_en": "Coral", "text_zh": "珊瑚"}]}

    name_en: Named = ""
    name_zh: Named = ""
    description_en: Text = ""
    description_zh: Text = ""
    purpose: Purpose = "data"
    picture: Id | None = None
    starts_at: Time | None = None
    ends_at: Time | None = None
    segment: Id | None = None
    period: Period = "ever"
    choices_min: Count = 1
    choices_max: Count = 1
    changeable: bool = True
    results: Visibility = "after_vote"
    shuffled: bool = False
    stock: bool = False
    reward_points: Points = 0
    reward_voucher: Id | None = None
    options: Annotated[list[NewPollOption], Meta(max_length=OPTIONS_MAX)] = field(default_factory=list)


class PollChange(Shape):
    """What is to be different; a field that is left out stays.

    Once there is a ballot these stay: `period`, `starts_at`, and the numbers of choices, but that more may be allowed.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {"results": "after_close", "choices_max": 3}

    name_en: Named | UnsetType = UNSET
    name_zh: Named | UnsetType = UNSET
    description_en: Text | UnsetType = UNSET
    description_zh: Text | UnsetType = UNSET
    purpose: Purpose | UnsetType = UNSET
    picture: Id | UnsetType | None = UNSET
    starts_at: Time | UnsetType | None = UNSET
    ends_at: Time | UnsetType | None = UNSET
    segment: Id | UnsetType | None = UNSET
    period: Period | UnsetType = UNSET
    choices_min: Count | UnsetType = UNSET
    choices_max: Count | UnsetType = UNSET
    changeable: bool | UnsetType = UNSET
    results: Visibility | UnsetType = UNSET
    shuffled: bool | UnsetType = UNSET
    stock: bool | UnsetType = UNSET
    reward_points: Points | UnsetType = UNSET
    reward_voucher: Id | UnsetType | None = UNSET


class PollStateChange(Shape):
    """`live` lets members vote, `paused` lets nobody, `ended` closes the poll for good."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"state": "live"}

    state: PollState


class NewPollCopy(Shape):
    """The occasion of a copy: the same reference again answers with the same draft."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"reference": "autumn-again"}

    reference: Reference


class PollOptionOrder(Shape):
    """The options in their new order; those that are left out come after."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"options": [OTHER, OPTION]}

    options: Choices


class PollSummary(Shape):
    """A poll in a list. `status` is where it stands now: it is `over` from `ends_at` on, to the second."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": POLL, **_TERMS, "state": "live", "status": "running", "ballots": 200, "members": 200,
        "created_at": "2026-11-21T08:00:00Z", "updated_at": "2026-11-21T08:30:00Z",
    }  # fmt: skip

    id: str
    state: PollState
    status: PollStatus
    name_en: str
    name_zh: str
    description_en: str
    description_zh: str
    purpose: Purpose
    picture: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    segment: str | None
    period: Period
    choices_min: int
    choices_max: int
    changeable: bool
    results: Visibility
    shuffled: bool
    stock: bool
    reward_points: int
    reward_voucher: str | None
    ballots: int
    members: int
    created_at: datetime
    updated_at: datetime


class PollShape(PollSummary, kw_only=True):
    """A poll with its options, those that were taken off after they had votes too."""

    EXAMPLE: ClassVar[dict[str, Any]] = {**PollSummary.EXAMPLE, "options": [PollOptionShape.EXAMPLE]}

    options: list[PollOptionShape]


class NewBallot(Shape):
    """What the member chooses, in place of what they chose in this period, if anything."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"options": [OPTION]}

    options: Choices


class BallotShape(Shape):
    """A ballot as it stands; without options when it was withdrawn. `repeated`: nothing was changed.

    `day` is the shop's day that it is of, null where there is one ballot for ever. `points` and `voucher_code` are what
    voting gave, told with the ballot for which it was given; changing a vote gives nothing more.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"plb_{_NAME}e", "poll": POLL, "day": None, "options": [OPTION], "version": 1,
        "at": "2026-11-21T08:30:00Z", "changed_at": "2026-11-21T08:30:00Z", "points": 20, "voucher_code": None,
        "repeated": False,
    }  # fmt: skip

    id: str
    poll: str
    day: date | None
    options: list[str]
    version: int
    at: datetime
    changed_at: datetime
    points: int = 0
    voucher_code: str | None = None
    repeated: bool = False
