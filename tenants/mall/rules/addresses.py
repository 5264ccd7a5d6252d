"""Where a redemption is sent: as the member said it then, kept with the redemption whatever becomes of their book."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

_MOST = {"recipient": 200, "phone": 20, "country": 2, "province": 100, "city": 100, "street": 300, "postcode": 20}
_NEEDED = frozenset({"recipient", "street", "country"})
_PHONE = re.compile(r"[0-9+() .-]*\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A place, and who is there."""

    recipient: str
    street: str
    phone: str = ""
    country: str = "CN"
    province: str = ""
    city: str = ""
    postcode: str = ""


FIELDS = tuple(field.name for field in dataclasses.fields(Address))


def clean(address: Address) -> Address:
    """The address, each line trimmed and in one form. Raises Invalid naming the field that cannot be used."""
    kept = {name: _line(name, getattr(address, name)) for name in FIELDS}
    if not _PHONE.match(kept["phone"]):
        raise Invalid(param="phone", problem=Words(en="it is no telephone number", zh="不是有效的电话号码"))
    if not _COUNTRY.match(kept["country"]):
        raise Invalid(param="country", problem=Words(en="use an ISO 3166 code such as CN", zh="请使用国家代码，如 CN"))
    return Address(**kept)


async def chosen(wanted: Sequence[tuple[uuid.UUID, uuid.UUID | None]]) -> list[Address | None]:
    """For each (member, address) the address out of that member's book, or None where it has none such."""
    rows = await DB.fetch(
        "SELECT id, member, recipient, street, phone, country, province, city, postcode FROM __tenant__.member_address"
        " WHERE id = ANY($1::uuid[])", [address for _, address in wanted])  # fmt: skip
    found = {(row["member"], row["id"]): Address(**{name: row[name] for name in FIELDS}) for row in rows}
    return [found.get((member, address)) if address else None for member, address in wanted]


def _line(name: str, value: str) -> str:
    text = unicodedata.normalize("NFC", value).strip()
    least, most = int(name in _NEEDED), _MOST[name]
    if not least <= len(text) <= most:
        told = Words(en=f"use {least} to {most} characters", zh=f"请输入 {least} 到 {most} 个字符")
        raise Invalid(param=name, problem=told)
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in text):
        raise Invalid(param=name, problem=Words(en="use plain text on one line", zh="请使用单行文本"))
    return text
