"""What travels about voucher templates."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Any, ClassVar, Literal

from msgspec import UNSET, Meta, UnsetType, field

from tenants.kit.shapes import Amount, Shape
from tenants.vouchers.api.shapes import ID, Kind, Name, Time

Validity = Literal["fixed", "relative"]
TemplateState = Literal["draft", "active", "paused", "ended"]
Named = Annotated[str, Meta(max_length=100)]
Notes = Annotated[str, Meta(max_length=2000)]
Given = Annotated[str, Meta(max_length=200, description="What a gift, a benefit or an outside benefit is.")]
Percent = Annotated[int, Meta(ge=1, le=100, description="The share that is taken off: 20 means 20 % off (八折).")]
Days = Annotated[int, Meta(ge=1, le=3650)]
Delay = Annotated[int, Meta(ge=0, le=3650)]
Stock = Annotated[int, Meta(ge=0, le=1_000_000_000)]
PerMember = Annotated[int, Meta(ge=1, le=1_000_000_000)]


class ScopeShape(Shape):
    """A product, a category or a channel, by the shop's own name for it, that counts (`included`) or does not."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"kind": "category", "value": "skin-care", "included": True}

    kind: Literal["product", "category", "channel"]
    value: Annotated[str, Meta(min_length=1, max_length=100)]
    included: bool = True


class HoursShape(Shape):
    """A time of the week by the shop's clock: Monday is 1, null is every day; `until` is already too late."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"weekday": 6, "since": "10:00:00", "until": "22:00:00"}

    weekday: Annotated[int, Meta(ge=1, le=7)] | None = None
    since: time | None = None
    until: time | None = None


_TERMS: dict[str, Any] = {
    "name_en": "20 off 100", "name_zh": "满100减20", "kind": "amount", "amount": "20.00", "percent": None,
    "amount_max": None, "threshold": "100.00", "validity": "relative", "valid_from": None, "valid_until": None,
    "valid_days": 7, "delay_days": 0, "stock": 500, "per_member_limit": 1, "claimable": True, "claim_from": None,
    "claim_until": None, "state": "active", "notes_en": "Not with other vouchers.", "notes_zh": "不可叠加使用。",
    "given_en": "", "given_zh": "", "gift_product": "", "gift_quantity": 1, "cost": None, "budget": "5000.00",
    "daily_limit": 200, "member_daily_limit": None, "member_weekly_limit": None, "member_monthly_limit": 1,
    "first_order_only": False, "stacking": "stackable", "stack_group": "", "group_max": 1, "apply_order": 100,
    "transferable": False, "return_days": 7, "warn_below": 20,
    "scopes": [ScopeShape.EXAMPLE], "hours": [HoursShape.EXAMPLE], "levels": [],
}  # fmt: skip


class NewTemplate(Shape):
    """What can be issued. Money in the shop's currency; null is none: no threshold, no end of stock, no limit.

    `validity` is `fixed` (`valid_from` until just before `valid_until`) or `relative` (`valid_days` days of the
    shop's calendar, the day of issue being the first, beginning `delay_days` later; it ends at midnight).
    `cost` is what a gift or benefit costs the shop; `budget` is the most that all of them may cost together: each takes
    its worst (`amount`, `amount_max`, `cost`) when it goes out, and what it really was when it is used. An `external`
    template's stock is its pool, so leave `stock` out. `stacking`: `exclusive` is alone on its order; others share it,
    at most `group_max` of one `stack_group`, applied by `apply_order`. Empty lists of `scopes`, `hours` and `levels`
    are everything, always, for everybody. `return_days` is how long a voucher is good that comes back too late.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = _TERMS

    kind: Kind
    name_en: Named = ""
    name_zh: Named = ""
    amount: Amount | None = None
    percent: Percent | None = None
    amount_max: Amount | None = None
    threshold: Amount | None = None
    validity: Validity = "relative"
    valid_from: Time | None = None
    valid_until: Time | None = None
    valid_days: Days | None = None
    delay_days: Delay = 0
    stock: Stock | None = None
    per_member_limit: PerMember | None = None
    claimable: bool = False
    claim_from: Time | None = None
    claim_until: Time | None = None
    state: TemplateState = "draft"
    notes_en: Notes = ""
    notes_zh: Notes = ""
    given_en: Given = ""
    given_zh: Given = ""
    gift_product: Named = ""
    gift_quantity: Annotated[int, Meta(ge=1, le=1000)] = 1
    cost: Amount | None = None
    budget: Amount | None = None
    daily_limit: PerMember | None = None
    member_daily_limit: PerMember | None = None
    member_weekly_limit: PerMember | None = None
    member_monthly_limit: PerMember | None = None
    first_order_only: bool = False
    stacking: Literal["exclusive", "stackable"] = "stackable"
    stack_group: Annotated[str, Meta(max_length=40)] = ""
    group_max: Annotated[int, Meta(ge=1, le=20)] = 1
    apply_order: Annotated[int, Meta(ge=0, le=10_000)] = 100
    transferable: bool = False
    return_days: Delay = 0
    warn_below: PerMember | None = None
    scopes: Annotated[list[ScopeShape], Meta(max_length=500)] = field(default_factory=list)
    hours: Annotated[list[HoursShape], Meta(max_length=500)] = field(default_factory=list)
    levels: Annotated[list[Name], Meta(max_length=100)] = field(default_factory=list)


class TemplateChange(Shape):
    """What is to be different; a field that is left out stays."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"stock": 800, "state": "paused"}

    kind: Kind | UnsetType = UNSET
    name_en: Named | UnsetType = UNSET
    name_zh: Named | UnsetType = UNSET
    amount: Amount | UnsetType | None = UNSET
    percent: Percent | UnsetType | None = UNSET
    amount_max: Amount | UnsetType | None = UNSET
    threshold: Amount | UnsetType | None = UNSET
    validity: Validity | UnsetType = UNSET
    valid_from: Time | UnsetType | None = UNSET
    valid_until: Time | UnsetType | None = UNSET
    valid_days: Days | UnsetType | None = UNSET
    delay_days: Delay | UnsetType = UNSET
    stock: Stock | UnsetType | None = UNSET
    per_member_limit: PerMember | UnsetType | None = UNSET
    claimable: bool | UnsetType = UNSET
    claim_from: Time | UnsetType | None = UNSET
    claim_until: Time | UnsetType | None = UNSET
    state: TemplateState | UnsetType = UNSET
    notes_en: Notes | UnsetType = UNSET
    notes_zh: Notes | UnsetType = UNSET
    given_en: Given | UnsetType = UNSET
    given_zh: Given | UnsetType = UNSET
    gift_product: Named | UnsetType = UNSET
    gift_quantity: Annotated[int, Meta(ge=1, le=1000)] | UnsetType = UNSET
    cost: Amount | UnsetType | None = UNSET
    budget: Amount | UnsetType | None = UNSET
    daily_limit: PerMember | UnsetType | None = UNSET
    member_daily_limit: PerMember | UnsetType | None = UNSET
    member_weekly_limit: PerMember | UnsetType | None = UNSET
    member_monthly_limit: PerMember | UnsetType | None = UNSET
    first_order_only: bool | UnsetType = UNSET
    stacking: Literal["exclusive", "stackable"] | UnsetType = UNSET
    stack_group: Annotated[str, Meta(max_length=40)] | UnsetType = UNSET
    group_max: Annotated[int, Meta(ge=1, le=20)] | UnsetType = UNSET
    apply_order: Annotated[int, Meta(ge=0, le=10_000)] | UnsetType = UNSET
    transferable: bool | UnsetType = UNSET
    return_days: Delay | UnsetType = UNSET
    warn_below: PerMember | UnsetType | None = UNSET
    scopes: Annotated[list[ScopeShape], Meta(max_length=500)] | UnsetType = UNSET
    hours: Annotated[list[HoursShape], Meta(max_length=500)] | UnsetType = UNSET
    levels: Annotated[list[Name], Meta(max_length=100)] | UnsetType = UNSET


class TemplateShape(NewTemplate, kw_only=True):
    """A template as it stands: `issued` so far, `used` of them; `spent` is what these have cost.

    `promised` is what the unused ones can still cost at most.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"vtp_{ID}a", **_TERMS, "currency": "CNY", "issued": 120, "used": 40, "spent": "800.00",
        "promised": "1600.00", "created_at": "2026-11-01T02:00:00Z",
    }  # fmt: skip

    id: str
    currency: str
    issued: int
    used: int
    spent: Amount
    promised: Amount
    created_at: datetime


class CardShape(Shape):
    """What a member sees of a template, in both languages."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "title_en": "20 off 100", "title_zh": "满100减20", "worth_en": "CNY 20.00 off.",
        "worth_zh": "立减 20.00（CNY）。",
        "terms_en": "CNY 20.00 off. From an order of 100.00. Valid for 7 days. At most 1 per order.",
        "terms_zh": "立减 20.00（CNY）。满 100.00 可用。领取后 7 天内有效。每单最多使用 1 张。", "notes_en": "",
        "notes_zh": "",
    }  # fmt: skip

    title_en: str
    title_zh: str
    worth_en: str
    worth_zh: str
    terms_en: str
    terms_zh: str
    notes_en: str
    notes_zh: str


class ClaimableShape(Shape):
    """A voucher that the shop offers to members, in the reader's language; `left_for_me` can still be claimed.

    `terms` says the rules in a sentence or two; `why_not` is why it cannot be claimed now, null where it can.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"vtp_{ID}a", "name": "满100减20", "notes": "不可叠加使用。", "kind": "amount", "amount": "20.00",
        "percent": None, "amount_max": None, "threshold": "100.00", "given": "",
        "terms": "立减 20.00（CNY）。满 100.00 可用。", "currency": "CNY", "claim_from": None, "claim_until": None,
        "left_for_me": 1, "why_not": None, "why_not_code": None,
    }  # fmt: skip

    id: str
    name: str
    notes: str
    kind: Kind
    amount: Amount | None
    percent: int | None
    amount_max: Amount | None
    threshold: Amount | None
    given: str
    terms: str
    currency: str
    claim_from: datetime | None
    claim_until: datetime | None
    left_for_me: int
    why_not: str | None
    why_not_code: str | None
