"""What travels over the members' API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, cast

from msgspec import UNSET, Meta, UnsetType, field

from tenants.kit.shapes import Shape
from tenants.members import Birthday, Profile

Gender = Literal["female", "male", "other", "unknown"]
ChannelName = Literal["email", "sms", "in_app", "phone"]
Value = str | int | float | bool
Text100 = Annotated[str, Meta(max_length=100)]
Text200 = Annotated[str, Meta(max_length=200)]
ExternalId = Annotated[str, Meta(max_length=100, description="Your own id for this member; it names one member.")]
PhoneText = Annotated[
    str, Meta(max_length=40, description="A telephone number; without a country code it is one of the shop's region.")
]
EmailText = Annotated[str, Meta(max_length=320)]
LocaleText = Annotated[str, Meta(max_length=10, description="A language tag such as zh or en-GB.")]
ZoneText = Annotated[str, Meta(max_length=64, description="An IANA time zone such as Asia/Shanghai.")]
TagText = Annotated[str, Meta(min_length=1, max_length=50)]
SourceText = Annotated[str, Meta(min_length=1, max_length=50, description="Where it came from, e.g. checkout.")]

_PROFILE = tuple(Profile.__annotations__)
_PERSON: dict[str, Any] = {
    "name": "Li Lei",
    "phone": "+8613800138000",
    "email": "li.lei@example.com",
    "gender": "male",
    "region": "Zhejiang",
    "occupation": "Teacher",
    "locale": "zh-CN",
    "timezone": "Asia/Shanghai",
}
_BIRTHDAY: dict[str, Any] = {"calendar": "solar", "year": 1990, "month": 5, "day": 20}
_ADDRESS: dict[str, Any] = {
    "recipient": "Li Lei",
    "phone": "+8613800138000",
    "country": "CN",
    "province": "Zhejiang",
    "city": "Hangzhou",
    "street": "1 West Lake Road",
    "postcode": "310000",
    "preferred": True,
}
_ID = "mem_06d5gk2v7hxd1v7r4t0q8m3n5p"
_AT = "2026-01-31T08:00:00Z"


class BirthdayShape(Shape):
    """A birthday in the solar or the lunar calendar; the year is optional. 29 February needs no year."""

    EXAMPLE: ClassVar[dict[str, Any]] = _BIRTHDAY

    month: Annotated[int, Meta(ge=1, le=12)]
    day: Annotated[int, Meta(ge=1, le=31)]
    year: Annotated[int, Meta(ge=1900, le=2200)] | None = None
    calendar: Literal["solar", "lunar"] = "solar"

    def value(self) -> Birthday:
        """As the rules take it."""
        return Birthday(self.month, self.day, self.year, self.calendar)


class ProfileChange(Shape):
    """What a member may change of themself. A field left out stays; null takes back what was said."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"name": "Li Lei", "locale": "zh-CN", "phone": None}

    name: Text200 | UnsetType = UNSET
    phone: PhoneText | UnsetType | None = UNSET
    email: EmailText | UnsetType | None = UNSET
    gender: Gender | UnsetType = UNSET
    region: Text100 | UnsetType = UNSET
    occupation: Text100 | UnsetType = UNSET
    locale: LocaleText | UnsetType | None = UNSET
    timezone: ZoneText | UnsetType | None = UNSET

    def profile(self) -> Profile:
        """What was said, as the rules take it."""
        return cast("Profile", {name: said for name in _PROFILE if (said := getattr(self, name, UNSET)) is not UNSET})


class MemberChange(ProfileChange):
    """What the shop changes of a member. A field left out stays; null takes back what was said."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"external_id": "shopper-1001", "occupation": "Teacher"}

    external_id: ExternalId | UnsetType | None = UNSET
    source: SourceText | UnsetType = UNSET


class NewMember(MemberChange):
    """Somebody to take in. All fields are optional; with an `external_id` the call is safe to repeat."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "external_id": "shopper-1001", **_PERSON, "birthday": _BIRTHDAY, "tags": ["vip"], "source": "checkout",
    }  # fmt: skip

    birthday: BirthdayShape | None = None
    tags: Annotated[list[TagText], Meta(max_length=100)] = field(default_factory=list)


class MemberShape(Shape):
    """A member. `attributes` and `consents` hold what is known; a channel on which nothing was said is absent."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": _ID, "external_id": "shopper-1001", **_PERSON, "birthday": _BIRTHDAY, "tags": ["vip"],
        "attributes": {"skin_type": "dry"}, "consents": {"email": True}, "source": "checkout", "state": "active",
        "merged_into": None, "created_at": _AT, "updated_at": _AT, "repeated": False,
    }  # fmt: skip

    id: str
    external_id: str | None
    name: str
    phone: str | None
    email: str | None
    gender: Gender
    birthday: BirthdayShape | None
    region: str
    occupation: str
    locale: str | None
    timezone: str | None
    tags: list[str]
    attributes: dict[str, Value]
    consents: dict[ChannelName, bool]
    source: str
    state: Literal["active", "blocked", "merged", "erased"]
    merged_into: Annotated[str | None, Meta(description="Who lives on for this one, where two were merged.")]
    created_at: datetime
    updated_at: datetime
    repeated: Annotated[bool, Meta(description="The creation found this member here already, with the same facts.")] = (
        False
    )


class MeShape(Shape):
    """The member who asks, as they see themself."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": _ID, **_PERSON, "birthday": _BIRTHDAY, "birthday_changeable": False,
        "birthday_changeable_from": "2027-01-31T08:00:00Z", "consents": {"email": True}, "created_at": _AT,
    }  # fmt: skip

    id: str
    name: str
    phone: str | None
    email: str | None
    gender: Gender
    birthday: BirthdayShape | None
    birthday_changeable: Annotated[bool, Meta(description="Whether the member may set another birthday now.")]
    birthday_changeable_from: Annotated[datetime | None, Meta(description="When that opens; null if it is open.")]
    region: str
    occupation: str
    locale: str | None
    timezone: str | None
    consents: dict[ChannelName, bool]
    created_at: datetime


class TagsShape(Shape):
    """Tags, each once. Adding: those that are on already stay."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"tags": ["vip", "spring-2026"]}

    tags: Annotated[list[TagText], Meta(max_length=100)]


class AttributesShape(Shape):
    """Values by attribute key. When setting, null forgets one and those not named stay."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"attributes": {"skin_type": "dry", "height_cm": 168, "newsletter": True}}

    attributes: Annotated[dict[str, Value | None], Meta(max_length=200)]


class NewAttribute(Shape):
    """A further field that the shop wants to know of its members."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "key": "skin_type", "kind": "choice", "label_en": "Skin type", "label_zh": "肤质",
        "choices": ["dry", "oily", "mixed"], "position": 1,
    }  # fmt: skip

    key: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,49}$")]
    kind: Literal["text", "number", "date", "choice", "yes_no"]
    label_en: Text100 = ""
    label_zh: Text100 = ""
    choices: Annotated[list[Text100], Meta(max_length=100)] = field(default_factory=list)
    position: Annotated[int, Meta(ge=0, le=10_000, description="Where it stands among the others.")] = 0


class AttributeShape(NewAttribute):
    """A field that is defined. `repeated` says that it was so already."""

    EXAMPLE: ClassVar[dict[str, Any]] = {**NewAttribute.EXAMPLE, "repeated": False}

    repeated: bool = False


class AttributeList(Shape):
    """All attributes, in the order in which they are shown."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [AttributeShape.EXAMPLE]}

    data: list[AttributeShape]


class NewConsent(Shape):
    """What a member said to the shop, where, and what shows it."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "granted": True, "source": "checkout", "evidence": "Box ticked in order 1001, text version 3",
    }  # fmt: skip

    granted: bool
    source: SourceText
    evidence: Annotated[str, Meta(min_length=1, max_length=2000)]


class OwnConsent(Shape):
    """Yes or no."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"granted": True}

    granted: bool


class ConsentShape(Shape):
    """How a channel stands. Never asked is `granted: false` with `updated_at: null`."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"channel": "email", "granted": True, "updated_at": _AT, "repeated": False}

    channel: ChannelName
    granted: bool
    updated_at: datetime | None
    repeated: bool = False


class ConsentList(Shape):
    """Every channel and how it stands."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [ConsentShape.EXAMPLE]}

    data: list[ConsentShape]


class ConsentEventShape(Shape):
    """One time that yes or no was said; `number` counts those of the channel, `recorded_by` is who put it down."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "channel": "email", "granted": True, "number": 1, "source": "checkout",
        "evidence": "Box ticked in order 1001, text version 3", "recorded_by": "server:0198", "at": _AT,
    }  # fmt: skip

    channel: ChannelName
    granted: bool
    number: int
    source: str
    evidence: str
    recorded_by: str
    at: datetime


class NewAddress(Shape):
    """Where something can be sent."""

    EXAMPLE: ClassVar[dict[str, Any]] = _ADDRESS

    recipient: Annotated[str, Meta(min_length=1, max_length=200)]
    street: Annotated[str, Meta(min_length=1, max_length=300)]
    phone: PhoneText = ""
    country: Annotated[str, Meta(pattern="^[A-Z]{2}$")] = "CN"
    province: Text100 = ""
    city: Text100 = ""
    postcode: Annotated[str, Meta(max_length=20)] = ""
    preferred: bool = False


class AddressShape(NewAddress, kw_only=True):
    """An address that is kept. `repeated` says that the same one was there already."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "adr_06d5gk2v7hxd1v7r4t0q8m3n5p", **_ADDRESS, "created_at": _AT, "repeated": False,
    }  # fmt: skip

    id: str
    created_at: datetime
    repeated: bool = False


class AddressList(Shape):
    """All addresses, the preferred one first."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [AddressShape.EXAMPLE]}

    data: list[AddressShape]


class RowErrorShape(Shape):
    """Why a row was left out."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "line": 3, "column": "phone", "code": "invalid", "detail": "phone cannot be used: it is no telephone number",
    }  # fmt: skip

    line: Annotated[int, Meta(description="The line of the file on which the row begins; the header is line 1.")]
    column: Annotated[str, Meta(description="The column, or empty where the whole row is meant.")]
    code: str
    detail: str


class ImportShape(Shape):
    """What an import did, would do, or has done so far. In the end every row is in one of the four counts."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "imp_06d5gk2v7hxd1v7r4t0q8m3n5p", "file_name": "members.csv", "dry_run": True, "state": "done",
        "rows": 4, "created": 1, "updated": 1, "unchanged": 1, "failed": 1, "errors": [RowErrorShape.EXAMPLE],
        "errors_omitted": 0, "created_at": _AT, "finished_at": _AT,
    }  # fmt: skip

    id: str
    file_name: str
    dry_run: bool
    state: Literal["running", "done"]
    rows: int
    created: int
    updated: int
    unchanged: int
    failed: int
    errors: list[RowErrorShape]
    errors_omitted: Annotated[int, Meta(description="How many errors there are besides the first 1,000.")]
    created_at: datetime
    finished_at: datetime | None
