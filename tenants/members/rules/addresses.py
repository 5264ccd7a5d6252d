"""Where members have things sent: at most twenty each, and one of them preferred."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, facts, ids
from tenants.kit.errors import NotFound, Refused
from tenants.kit.words import Words
from tenants.members.rules import values
from tenants.members.rules.profiles import Changed, lock
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid

ADDRESSES_MAX = 20
_COLUMNS = "id, recipient, phone, country, province, city, street, postcode, preferred, created_at"


class AddressUnknown(NotFound):
    """The member has no such address."""

    code = "address.unknown"
    sentence = Words(en="There is no such address.", zh="没有这个地址。")


class TooManyAddresses(Refused):
    """One more than anybody needs."""

    code = "address.too_many"
    sentence = Words(
        en="A member can keep at most {most} addresses. Remove one first.",
        zh="每位会员最多保存 {most} 个地址，请先删除一个。",
    )


@dataclass(frozen=True, slots=True)
class Address:
    """Where something can be sent. `repeated` says that adding it found the same one there already."""

    id: uuid.UUID
    recipient: str
    phone: str
    country: str
    province: str
    city: str
    street: str
    postcode: str
    preferred: bool
    created_at: datetime
    repeated: bool = False


async def add_address(
    member_id: uuid.UUID,
    *,
    recipient: str,
    street: str,
    phone: str = "",
    country: str = "CN",
    province: str = "",
    city: str = "",
    postcode: str = "",
    preferred: bool = False,
) -> Address:
    """Keep an address; the first is preferred, and a new preferred one takes the place of the old.

    The same address again is the one that is there (`repeated`). Raises MemberUnknown, Invalid, TooManyAddresses.
    """
    wanted = {
        "recipient": values.text(recipient, param="recipient", most=200, least=1),
        "phone": values.phone(phone) if phone.strip() else "",
        "country": values.country(country),
        "province": values.text(province, param="province", most=100),
        "city": values.text(city, param="city", most=100),
        "street": values.text(street, param="street", most=300, least=1),
        "postcode": values.text(postcode, param="postcode", most=20),
    }
    await lock(member_id)
    kept = await addresses_of(member_id)
    for there in kept:
        if all(getattr(there, field) == value for field, value in wanted.items()):
            if preferred and not there.preferred:
                await _prefer(member_id, there.id)
            return replace(there, preferred=there.preferred or preferred, repeated=True)
    if len(kept) >= ADDRESSES_MAX:
        raise TooManyAddresses(most=ADDRESSES_MAX)
    row = await DB.fetchrow(
        f"INSERT INTO __tenant__.member_address (member, {_COLUMNS})"
        f" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, false, $10) RETURNING {_COLUMNS}",
        member_id, ids.new(), *wanted.values(), clock.now())  # fmt: skip
    await facts.announce(Changed(member_id, ("addresses",)))
    if not (preferred or not kept):
        return _address(row)
    await _prefer(member_id, row["id"])
    return replace(_address(row), preferred=True)


async def addresses_of(member_id: uuid.UUID) -> list[Address]:
    """A member's addresses, the preferred one first, then the newest."""
    rows = await DB.fetch(
        f"SELECT {_COLUMNS} FROM __tenant__.member_address WHERE member = $1 ORDER BY preferred DESC, id DESC",
        member_id)  # fmt: skip
    return [_address(row) for row in rows]


async def remove_address(member_id: uuid.UUID, address_id: uuid.UUID) -> None:
    """Forget an address; when it was the preferred one, the newest that is left takes its place.

    Raises MemberUnknown, AddressUnknown.
    """
    await lock(member_id)
    removed = await DB.fetchrow(
        "DELETE FROM __tenant__.member_address WHERE id = $1 AND member = $2 RETURNING preferred",
        address_id, member_id)  # fmt: skip
    if removed is None:
        raise AddressUnknown
    left = await addresses_of(member_id)
    if removed["preferred"] and left:
        await _prefer(member_id, left[0].id)
    await facts.announce(Changed(member_id, ("addresses",)))


async def _prefer(member_id: uuid.UUID, address_id: uuid.UUID) -> None:
    # Two statements: within one, PostgreSQL may meet the new preferred row before the old one has given way.
    await DB.fetch(
        "UPDATE __tenant__.member_address SET preferred = false WHERE member = $1 AND preferred AND id <> $2",
        member_id, address_id)  # fmt: skip
    await DB.fetch("UPDATE __tenant__.member_address SET preferred = true WHERE id = $1", address_id)


def _address(row: Any) -> Address:
    return Address(**row)
