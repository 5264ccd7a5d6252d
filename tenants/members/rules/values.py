"""What a member may tell us, field by field: cleaned, or refused with the name of the field and the way out."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, TypedDict

import phonenumbers

from tenants.kit import clock
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

GENDERS = ("female", "male", "other", "unknown")
CALENDARS = ("solar", "lunar")
TAGS_MAX = 100
TAG_SEPARATORS = re.compile(r"[,;|，；、]")

_LUNAR_DAY_MAX = 30
_YEAR_MIN = 1900
_EMAIL_MAX = 254  # RFC 5321 §4.5.3.1.3, less the angle brackets
# The local part is anything that cannot break a header or an address list; the domain has labels of letters, digits
# and inner hyphens (any script, for internationalised names) and at least one dot.
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W_][\w-]{0,61}[^\W_]\Z")
_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")


class Profile(TypedDict, total=False):
    """What can be said of a member; a field that is absent is not said, None takes back what was said."""

    external_id: str | None
    name: str
    phone: str | None
    email: str | None
    gender: str
    region: str
    occupation: str
    locale: str | None
    timezone: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of the year in one of two calendars; the year is optional.

    A lunar birthday in a leap month counts as one in the ordinary month of the same number.
    """

    month: int
    day: int
    year: int | None = None
    calendar: Literal["solar", "lunar"] = "solar"


def text(value: str, *, param: str, most: int, least: int = 0) -> str:
    """One line of text, trimmed, in Unicode's composed form, of `least` to `most` characters. Raises Invalid."""
    if not value.isascii():
        value = unicodedata.normalize("NFC", value)
    value = value.strip()
    if not least <= len(value) <= most:
        raise Invalid(
            param=param,
            problem=Words(en=f"use {least} to {most} characters", zh=f"请输入 {least} 到 {most} 个字符"),
        )
    if not value.isprintable() and any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in value):
        raise Invalid(
            param=param,
            problem=Words(
                en="it holds a control character; use plain text on one line", zh="含有控制字符，请使用单行文本"
            ),
        )
    return value


def phone(value: str, *, param: str = "phone") -> str:
    """A telephone number in E.164, e.g. `+8613800138000`; without a country code it is one of the shop's region."""
    number = _phone(value, current_tenant().region) if len(value) <= 40 and value.isprintable() else None  # noqa: PLR2004
    if number is None:
        raise Invalid(
            param=param,
            problem=Words(
                en="it is no telephone number; give it with country code, e.g. +8613800138000",
                zh="不是有效的电话号码，请连同国家代码填写，如 +8613800138000",
            ),
        )
    return number


def phone_quickly(value: str) -> str:
    """As `phone`, for a million of them: a mobile number of the shop's region, in plain digits, is seen at a glance."""
    quick = _mobile(current_tenant().region)
    if quick and (value.isdigit() and value.isascii()) and quick[1].fullmatch(value) and not quick[2].match(value):
        return quick[0] + value
    return phone(value)


def email(value: str, *, param: str = "email") -> str:
    """An e-mail address, trimmed, its domain in lower case (RFC 5321 §2.3.11: the part before @ is left alone)."""
    name, at, domain = unicodedata.normalize("NFC", value).strip().rpartition("@")
    address = f"{name}{at}{domain.lower()}"
    if len(address) > _EMAIL_MAX or not address.isprintable() or not _EMAIL.match(address):
        raise Invalid(
            param=param,
            problem=Words(
                en="it is no e-mail address; use the form name@example.com",
                zh="不是有效的邮箱，请使用 name@example.com 的形式",
            ),
        )
    return address


def one_of(value: str, *, param: str, choices: tuple[str, ...]) -> str:
    """One of a few words. Raises Invalid."""
    if value not in choices:
        named = ", ".join(choices)
        raise Invalid(param=param, problem=Words(en=f"use one of {named}", zh=f"请使用以下之一：{named}"))
    return value


def locale(value: str, *, param: str = "locale") -> str:
    """A language tag (BCP 47) of at most ten characters, e.g. `zh` or `en-GB`."""
    if len(value) > 10 or not _LOCALE.match(value):  # noqa: PLR2004
        raise Invalid(
            param=param, problem=Words(en="use a language tag such as zh or en-GB", zh="请使用语言标签，如 zh 或 en-GB")
        )
    return value


def timezone(value: str, *, param: str = "timezone") -> str:
    """An IANA time zone."""
    try:
        clock.zone(value)
    except ValueError:
        raise Invalid(
            param=param,
            problem=Words(en="use an IANA name such as Asia/Shanghai", zh="请使用 IANA 时区名称，如 Asia/Shanghai"),
        ) from None
    return value


def country(value: str, *, param: str = "country") -> str:
    """A country's two letters (ISO 3166-1)."""
    if not _COUNTRY.match(value):
        raise Invalid(
            param=param, problem=Words(en="use an ISO 3166 code such as CN", zh="请使用 ISO 3166 国家代码，如 CN")
        )
    return value


def tags(values: Iterable[str], *, param: str = "tags") -> list[str]:
    """Each tag once, in order of the alphabet; a tag has 1 to 50 characters and none that separates tags."""
    kept = {text(value, param=param, most=50, least=1) for value in values}
    if any(TAG_SEPARATORS.search(tag) or "/" in tag for tag in kept):
        raise Invalid(
            param=param,
            problem=Words(
                en="a tag cannot hold a comma, semicolon, bar or slash", zh="标签中不能有逗号、顿号、分号、竖线或斜杠"
            ),
        )
    if len(kept) > TAGS_MAX:
        raise too_many_tags(param=param)
    return sorted(kept)


def too_many_tags(*, param: str = "tags") -> Invalid:
    """The refusal of more tags than a member can have."""
    return Invalid(param=param, problem=Words(en=f"use at most {TAGS_MAX} tags", zh=f"最多 {TAGS_MAX} 个标签"))


def birthday(value: Birthday, *, param: str = "birthday") -> Birthday:
    """A day that exists: 29 February where no year denies it, a lunar day up to 30. Raises Invalid."""
    one_of(value.calendar, param=f"{param}.calendar", choices=CALENDARS)
    if value.year is not None and not _YEAR_MIN <= value.year <= clock.now().year:
        raise Invalid(
            param=f"{param}.year",
            problem=Words(
                en=f"use a year from {_YEAR_MIN} to this one, or leave it out",
                zh=f"请使用 {_YEAR_MIN} 年至今年，或留空",
            ),
        )
    days = _days_in(value)
    if not 1 <= value.day <= days:
        raise Invalid(
            param=param, problem=Words(en="there is no such day; check month and day", zh="没有这一天，请检查月和日")
        )
    if value.calendar == "solar" and value.year is not None and _lies_ahead(value):
        raise Invalid(param=param, problem=Words(en="it lies in the future", zh="生日不能在将来"))
    return value


def profile(said: Profile) -> Profile:
    """Every field that was said, cleaned. Empty text in a field that may be unknown means None. Raises Invalid."""
    cleaned: dict[str, object] = {}
    for field, value in said.items():
        clean = _FIELDS[field]
        optional = field in _OPTIONAL
        if value is None or (optional and isinstance(value, str) and not value.strip()):
            if not optional:
                raise Invalid(param=field, problem=Words(en="it cannot be null", zh="不能为空值"))
            cleaned[field] = None
        else:
            cleaned[field] = clean(str(value))
    return cleaned  # type: ignore[return-value]  # the same fields


_OPTIONAL = frozenset({"external_id", "phone", "email", "locale", "timezone"})
_FIELDS: dict[str, Callable[[str], str]] = {
    "external_id": lambda value: text(value, param="external_id", most=100, least=1),
    "name": lambda value: text(value, param="name", most=200),
    "phone": phone,
    "email": email,
    "gender": lambda value: one_of(value, param="gender", choices=GENDERS),
    "region": lambda value: text(value, param="region", most=100),
    "occupation": lambda value: text(value, param="occupation", most=100),
    "locale": locale,
    "timezone": timezone,
    "source": lambda value: text(value, param="source", most=50, least=1),
}


def field(name: str, value: str) -> str:
    """One field of a profile, not empty, cleaned. Raises Invalid."""
    return _FIELDS[name](value)


@cache
def _region_known(region: str) -> bool:
    return region in phonenumbers.SUPPORTED_REGIONS


@cache
def _mobile(region: str) -> tuple[str, re.Pattern[str], re.Pattern[str]] | None:
    """Country code, what a mobile number looks like, and beginnings that may be no part of it (a carrier's code)."""
    known = phonenumbers.PhoneMetadata.metadata_for_region(region) if _region_known(region) else None
    if known is None or known.mobile is None or not known.mobile.national_number_pattern:
        return None
    general = (known.general_desc and known.general_desc.national_number_pattern) or ""
    pattern = re.compile(f"(?=(?:{general})\\Z)(?:{known.mobile.national_number_pattern})")
    return f"+{known.country_code}", pattern, re.compile(f"0|{known.national_prefix_for_parsing or '0'}")


def _phone(value: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(value, region if _region_known(region) else None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _days_in(value: Birthday) -> int:
    if not 1 <= value.month <= 12:  # noqa: PLR2004
        return 0
    if value.calendar == "lunar":
        return _LUNAR_DAY_MAX
    return calendar.monthrange(value.year or 2000, value.month)[1]  # 2000 has a 29 February


def _lies_ahead(value: Birthday) -> bool:
    today = clock.today(current_tenant().timezone)
    return (value.year or 0, value.month, value.day) > (today.year, today.month, today.day)
