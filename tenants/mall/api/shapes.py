"""What travels about the items of the mall."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from msgspec import UNSET, Meta, UnsetType, field

from tenants.kit.shapes import Amount, Reference, Shape

Kind = Literal["voucher", "external", "goods", "benefit"]
Benefit = Literal["free_shipping", "level", "named"]
ItemState = Literal["draft", "live", "paused", "ended"]
QuotaPeriod = Literal["day", "week", "month"]
Named = Annotated[str, Meta(max_length=100)]
Text = Annotated[str, Meta(max_length=2000)]
Image = Annotated[
    str, Meta(max_length=200, description="A path on the shop's own host, e.g. /static/mug.png; empty for none.")
]
Key = Annotated[str, Meta(max_length=50)]
Id = Annotated[str, Meta(max_length=40)]
Position = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]
Points = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Quota = Annotated[int, Meta(ge=1, le=1_000_000_000)]
PerMember = Annotated[int, Meta(ge=1, le=10_000)]
Days = Annotated[int, Meta(ge=1, le=3650)]
Time = Annotated[datetime, Meta(tz=True)]
_NAME = "01kaecw0x5f3qs8q7t6v2m9d3"
_AT = "2026-11-21T08:30:00Z"

_ITEM: dict[str, Any] = {
    "name_en": "Enamel mug", "name_zh": "搪瓷杯", "description_en": "350 ml, white.",
    "description_zh": "350 毫升，白色。", "terms_en": "No exchange.", "terms_zh": "不换货。",
    "image": "/static/mug.png", "category": "home", "position": 10,
    "kind": "goods", "benefit": None, "voucher_template": None, "level": None, "level_days": None, "with_order": False,
    "points": 500, "cash": "9.90", "cost": "18.00", "budget": "5000.00", "limit_ever": 2, "limit_day": None,
    "limit_week": None, "limit_month": 1, "quota": 50, "quota_period": "day", "starts_at": None, "ends_at": None,
    "state": "live",
}  # fmt: skip


class NewItem(Shape):
    """What can be had in the mall. Money in the shop's currency; null is none: no limit, no quota, no budget.

    `kind`: `voucher` and `external` (somebody else's code) issue of `voucher_template`; `goods` are sent, by themselves
    or `with_order`; a `benefit` is `free_shipping` (with its `voucher_template`), a `level` for `level_days`, or
    `named`, which the shop grants by hand. A piece costs `points` and `cash`; with `cash` it is reserved until the
    payment is confirmed. `cost` is what a piece costs the shop, and `budget` how much all may cost.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {**_ITEM, "stock": 200}

    kind: Kind
    name_en: Named = ""
    name_zh: Named = ""
    description_en: Text = ""
    description_zh: Text = ""
    terms_en: Text = ""
    terms_zh: Text = ""
    image: Image = ""
    category: Key | None = None
    position: Position = 0
    benefit: Benefit | None = None
    voucher_template: Id | None = None
    level: Id | None = None
    level_days: Days | None = None
    with_order: bool = False
    points: Points = 0
    cash: Amount = Decimal(0)
    cost: Amount = Decimal(0)
    budget: Amount | None = None
    limit_ever: PerMember | None = None
    limit_day: PerMember | None = None
    limit_week: PerMember | None = None
    limit_month: PerMember | None = None
    quota: Quota | None = None
    quota_period: QuotaPeriod = "day"
    starts_at: Time | None = None
    ends_at: Time | None = None
    state: ItemState = "draft"
    stock: Count | None = None


class ItemChange(Shape):
    """What is to be different; a field that is left out stays. The stock has a call of its own."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"points": 450, "state": "paused"}

    kind: Kind | UnsetType = UNSET
    name_en: Named | UnsetType = UNSET
    name_zh: Named | UnsetType = UNSET
    description_en: Text | UnsetType = UNSET
    description_zh: Text | UnsetType = UNSET
    terms_en: Text | UnsetType = UNSET
    terms_zh: Text | UnsetType = UNSET
    image: Image | UnsetType = UNSET
    category: Key | UnsetType | None = UNSET
    position: Position | UnsetType = UNSET
    benefit: Benefit | UnsetType | None = UNSET
    voucher_template: Id | UnsetType | None = UNSET
    level: Id | UnsetType | None = UNSET
    level_days: Days | UnsetType | None = UNSET
    with_order: bool | UnsetType = UNSET
    points: Points | UnsetType = UNSET
    cash: Amount | UnsetType = UNSET
    cost: Amount | UnsetType = UNSET
    budget: Amount | UnsetType | None = UNSET
    limit_ever: PerMember | UnsetType | None = UNSET
    limit_day: PerMember | UnsetType | None = UNSET
    limit_week: PerMember | UnsetType | None = UNSET
    limit_month: PerMember | UnsetType | None = UNSET
    quota: Quota | UnsetType | None = UNSET
    quota_period: QuotaPeriod | UnsetType = UNSET
    starts_at: Time | UnsetType | None = UNSET
    ends_at: Time | UnsetType | None = UNSET
    state: ItemState | UnsetType = UNSET


class ItemShape(NewItem, kw_only=True):
    """An item as it stands: `taken` pieces have gone, of what `stock` there was in all, and have cost `spent`."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"mit_{_NAME}a", **_ITEM, "stock": 200, "taken": 12, "spent": "216.00", "currency": "CNY",
        "by_level": False, "created_at": _AT, "updated_at": _AT,
    }  # fmt: skip

    id: str
    taken: int
    spent: Amount
    currency: str
    by_level: bool
    created_at: datetime
    updated_at: datetime


class LevelPriceShape(Shape):
    """What members of a level pay: other `points` and `cash`, or `percent_off`, rounded down."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"level": f"lvl_{_NAME}b", "points": None, "cash": None, "percent_off": 20}

    level: Id
    points: Points | None = None
    cash: Amount | None = None
    percent_off: Annotated[int, Meta(ge=1, le=100)] | None = None


class ItemLevels(Shape):
    """What an item costs by level, and for which levels it is; nothing in `allowed` is for all."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"prices": [LevelPriceShape.EXAMPLE], "allowed": [f"lvl_{_NAME}b"]}

    prices: Annotated[list[LevelPriceShape], Meta(max_length=100)] = field(default_factory=list)
    allowed: Annotated[list[Id], Meta(max_length=100)] = field(default_factory=list)


class StockChange(Shape):
    """How many pieces there are in all, those that have gone among them (null: no end), or how many more (`by`)."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"by": 50, "reason": "Delivery of 21 November", "reference": "stock-1121"}

    reason: Annotated[str, Meta(min_length=1, max_length=300)]
    reference: Reference
    stock: Count | UnsetType | None = UNSET
    by: Annotated[int, Meta(ge=-1_000_000_000, le=1_000_000_000)] | UnsetType = UNSET


class StockChangeShape(Shape):
    """One change of an item's stock."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "number": 2, "before": 200, "stock": 250, "reason": "Delivery of 21 November", "recorded_by": "server:01a…",
        "at": _AT,
    }  # fmt: skip

    number: int
    before: int | None
    stock: int | None
    reason: str
    recorded_by: str
    at: datetime


class StockShape(Shape):
    """An item's stock and its last hundred changes, the latest first."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "item": f"mit_{_NAME}a", "stock": 250, "taken": 12, "data": [StockChangeShape.EXAMPLE],
    }  # fmt: skip

    item: str
    stock: int | None
    taken: int
    data: list[StockChangeShape]


class CategoryShape(Shape):
    """A shelf of the mall, with the key by which items name it."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"key": "home", "name_en": "Home", "name_zh": "家居", "position": 1}

    key: Annotated[str, Meta(min_length=1, max_length=50)]
    name_en: Named = ""
    name_zh: Named = ""
    position: Position = 0


class CategoryList(Shape):
    """All shelves in their order."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [CategoryShape.EXAMPLE]}

    data: list[CategoryShape]


class WhyNot(Shape):
    """One reason why an item cannot be had: a code for programs, a sentence for people."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "code": "points.insufficient", "why": "The member has 120 points available, 500 are needed.",
    }  # fmt: skip

    code: str
    why: str


class OfferShape(Shape):
    """An item as a member sees it, in both languages: the price is theirs; `why_not` is empty if they can have it.

    `left` is how many there are for everybody now, null without end.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"mit_{_NAME}a", "name_en": "Enamel mug", "name_zh": "搪瓷杯", "description_en": "350 ml, white.",
        "description_zh": "350 毫升，白色。", "terms_en": "", "terms_zh": "", "image": "/static/mug.png",
        "category": "home", "kind": "goods", "benefit": None, "with_order": False, "points": 500, "cash": "9.90",
        "currency": "CNY", "left": 38, "starts_at": None, "ends_at": None, "can": False, "why_not": [WhyNot.EXAMPLE],
    }  # fmt: skip

    id: str
    name_en: str
    name_zh: str
    description_en: str
    description_zh: str
    terms_en: str
    terms_zh: str
    image: str
    category: str | None
    kind: Kind
    benefit: Benefit | None
    with_order: bool
    points: int
    cash: Amount
    currency: str
    left: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    can: bool
    why_not: list[WhyNot]
