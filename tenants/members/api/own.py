"""Members as they work with what the shop knows of themselves. A blocked member can do none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import Controller, Request, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody  # noqa: TC002  Litestar reads annotations while running

from tenants import members
from tenants.kit import ids
from tenants.members.api import shown
from tenants.members.api.server import keep_address
from tenants.members.api.shapes import (
    AddressList,
    AddressShape,
    BirthdayShape,
    ConsentList,
    ConsentShape,
    MeShape,
    NewAddress,
    OwnConsent,
    ProfileChange,
)
from tenants.tenancy.callers import current_member

if TYPE_CHECKING:
    from tenants.members import Member

SOURCE = "member"
_EVIDENCE_MAX = 500


class MeController(Controller):
    """One's own profile."""

    path = "/v1/me"
    tags = ("Members (member)",)

    @get(operation_id="getMe", summary="My profile")
    async def show(self) -> MeShape:
        """What the shop knows of me, and whether I may change my birthday now. Errors: `member.blocked` (403)."""
        return await shown.me_shape(await _me())

    @patch(operation_id="changeMe", summary="Change my profile")
    async def change(self, data: JSONBody[ProfileChange]) -> MeShape:
        """Fields that are left out stay; null takes back what was said.

        Errors: `invalid` (400, with `param`), `member.blocked` (403).
        """
        member = await _me()
        return await shown.me_shape(await members.change(member.id, data.profile()))

    @put("/birthday", operation_id="setMyBirthday", summary="Set my birthday")
    async def set_birthday(self, data: JSONBody[BirthdayShape]) -> MeShape:
        """Once in 365 days, for presents depend on it; the same birthday again is no change.

        Errors: `invalid` (400) for a day that does not exist, `member.blocked` (403), `member.birthday_locked` (422)
        with the day from which it can be changed again.
        """
        member = await _me()
        return await shown.me_shape(await members.set_birthday(member.id, data.value(), by_member=True))


class MyConsentsController(Controller):
    """What I have agreed to."""

    path = "/v1/me/consents"
    tags = ("Members (member)",)

    @get(operation_id="listMyConsents", summary="My consents")
    async def list(self) -> ConsentList:
        """Every channel and how it stands. Errors: `member.blocked` (403)."""
        return ConsentList(data=await shown.consent_shapes(await _me()))

    @get("/{channel:str}", operation_id="getMyConsent", summary="My consent to a channel")
    async def show(self, channel: FromPath[str]) -> ConsentShape:
        """Never asked is `granted: false`. Errors: `member.blocked` (403), `consent.channel_unknown` (404)."""
        known = members.channel_called(channel)
        return next(each for each in await shown.consent_shapes(await _me()) if each.channel == known)

    @put("/{channel:str}", operation_id="setMyConsent", summary="Say yes or no to a channel")
    async def set(
        self, channel: FromPath[str], data: JSONBody[OwnConsent], request: Request[Any, Any, Any]
    ) -> ConsentShape:
        """Takes effect at once. Where it was said from is kept as the evidence.

        Errors: `member.blocked` (403), `consent.channel_unknown` (404).
        """
        member = await _me()
        said = await members.set_consent(
            member.id, channel, granted=data.granted, source=SOURCE, evidence=_evidence(request))  # fmt: skip
        return shown.consent_shape(said)


class MyAddressesController(Controller):
    """Where I have things sent."""

    path = "/v1/me/addresses"
    tags = ("Members (member)",)

    @get(operation_id="listMyAddresses", summary="My addresses")
    async def list(self) -> AddressList:
        """The preferred one first; at most twenty. Errors: `member.blocked` (403)."""
        member = await _me()
        return AddressList(data=[shown.address_shape(each) for each in await members.addresses_of(member.id)])

    @post(operation_id="addMyAddress", summary="Keep an address")
    async def add(self, data: JSONBody[NewAddress]) -> AddressShape:
        """The first one is preferred; the same one again is the one that is there (`repeated: true`).

        Errors: `invalid` (400), `member.blocked` (403), `address.too_many` (422).
        """
        return await keep_address((await _me()).id, data)

    @delete("/{address_id:str}", operation_id="removeMyAddress", summary="Forget an address")
    async def remove(self, address_id: FromPath[str]) -> None:
        """Errors: `member.blocked` (403), `address.unknown`, `not_found` (404)."""
        await members.remove_address((await _me()).id, ids.read("adr", address_id))


async def _me() -> Member:
    return await members.require_active(current_member())


def _evidence(request: Request[Any, Any, Any]) -> str:
    told = {
        "from": request.client.host if request.client else "",
        "page": request.headers.get("origin", ""),
        "with": request.headers.get("user-agent", ""),
    }
    text = "; ".join(f"{name} {said}" for name, said in told.items() if said)
    kept = "".join(letter for letter in text if letter.isprintable())[:_EVIDENCE_MAX].strip()
    return f"{request.method} {request.url.path}; {kept}"
