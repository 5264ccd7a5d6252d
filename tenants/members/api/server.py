"""Members as the seller's backend works with them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

from litestar import Controller, delete, get, patch, post, put
from litestar.params import FromPath, FromQuery, JSONBody, PathParameter, QueryParameter

from tenants import members
from tenants.kit import ids
from tenants.kit.errors import Invalid
from tenants.kit.shapes import Page, page, read_cursor
from tenants.kit.words import Words
from tenants.members.api import shown
from tenants.members.api.shapes import (
    AddressList,
    AddressShape,
    AttributeList,
    AttributeShape,
    AttributesShape,
    BirthdayShape,
    ConsentEventShape,
    ConsentList,
    ConsentShape,
    MemberChange,
    MemberShape,
    NewAddress,
    NewAttribute,
    NewConsent,
    NewMember,
    TagsShape,
)
from tenants.tenancy import current_tenant

MemberId = Annotated[str, PathParameter(description="The member, `mem_…`.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before.")]


class MembersController(Controller):
    """Create, find, change."""

    path = "/v1/members"
    tags = ("Members",)

    @post(operation_id="createMember", summary="Take in a member")
    async def create(self, data: JSONBody[NewMember]) -> MemberShape:
        """Creates a member; with an `external_id` that is safe to repeat.

        The same facts again answer with the same member and `repeated: true`.

        Errors: `invalid` (400, with `param`), `member.external_id_taken` (409) when somebody with other facts has it.
        """
        birthday = data.birthday.value() if data.birthday else None
        return await shown.member_shape(await members.create(data.profile(), birthday=birthday, tags=data.tags))

    @get(operation_id="listMembers", summary="Find members")
    async def list(  # noqa: PLR0917  filters; Litestar names every argument
        self,
        external_id: FromQuery[str | None] = None,
        phone: FromQuery[str | None] = None,
        email: FromQuery[str | None] = None,
        tag: FromQuery[str | None] = None,
        updated_after: Annotated[datetime | None, QueryParameter(description="RFC 3339, with an offset or Z.")] = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Page[MemberShape]:
        """Members who fit every filter that is given, newest first.

        Errors: `invalid` (400) for a filter or a cursor that cannot be used.
        """
        if updated_after is not None and updated_after.tzinfo is None:
            told = Words(en="give an offset, e.g. 2026-01-31T08:00:00Z", zh="请带时区，如 2026-01-31T08:00:00Z")
            raise Invalid(param="updated_after", problem=told)
        scope = f"{current_tenant().schema}:members"
        position = read_cursor(cursor, scope=scope)
        found = await members.search(
            external_id=external_id, phone=phone, email=email, tag=tag, updated_after=updated_after,
            before=uuid.UUID(position) if position else None, limit=limit + 1)  # fmt: skip
        sheet = page(found, limit=limit, scope=scope)
        data = await shown.member_shapes(sheet.data)
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/{member_id:str}", operation_id="getMember", summary="One member")
    async def show(self, member_id: MemberId) -> MemberShape:
        """The member with attributes and consents. Errors: `member.unknown`, `not_found` (404)."""
        return await shown.member_shape(await members.find(ids.read("mem", member_id)))

    @patch("/{member_id:str}", operation_id="changeMember", summary="Change a member")
    async def change(self, member_id: MemberId, data: JSONBody[MemberChange]) -> MemberShape:
        """Fields that are left out stay; null takes back what was said.

        Errors: `invalid` (400), `member.unknown` (404), `member.external_id_taken` (409).
        """
        return await shown.member_shape(await members.change(ids.read("mem", member_id), data.profile()))

    @put("/{member_id:str}/birthday", operation_id="setMemberBirthday", summary="Set or correct a birthday")
    async def set_birthday(self, member_id: MemberId, data: JSONBody[BirthdayShape]) -> MemberShape:
        """The shop may do so at any time.

        Errors: `invalid` (400) for a day that does not exist, `member.unknown` (404).
        """
        member = await members.set_birthday(ids.read("mem", member_id), data.value())
        return await shown.member_shape(member)

    @delete("/{member_id:str}/birthday", operation_id="removeMemberBirthday", summary="Take a birthday out")
    async def remove_birthday(self, member_id: MemberId) -> None:
        """Nothing happens where there is none. Errors: `member.unknown` (404)."""
        await members.set_birthday(ids.read("mem", member_id), None)

    @put("/{member_id:str}/block", operation_id="blockMember", summary="Block a member")
    async def block(self, member_id: MemberId) -> MemberShape:
        """A blocked member can do nothing under `/v1/me`. Errors: `member.unknown` (404)."""
        return await shown.member_shape(await members.block(ids.read("mem", member_id)))

    @delete("/{member_id:str}/block", operation_id="unblockMember", summary="Unblock a member")
    async def unblock(self, member_id: MemberId) -> None:
        """Nothing happens to one who is not blocked. Errors: `member.unknown` (404)."""
        await members.unblock(ids.read("mem", member_id))

    @put("/{member_id:str}/attributes", operation_id="setMemberAttributes", summary="Set attributes of a member")
    async def set_attributes(self, member_id: MemberId, data: JSONBody[AttributesShape]) -> AttributesShape:
        """Values by key, each as its attribute's kind allows; null forgets one, those not named stay.

        Answers with all that is known. Errors: `attribute.unknown` and `invalid` (400) naming the key in `param`,
        `member.unknown` (404).
        """
        known = await members.set_attributes(ids.read("mem", member_id), data.attributes)
        return AttributesShape(attributes=dict(known))

    @post("/{member_id:str}/tags", operation_id="tagMember", summary="Put tags on a member")
    async def tag(self, member_id: MemberId, data: JSONBody[TagsShape]) -> TagsShape:
        """Those that are on already stay; answers with all. Errors: `invalid` (400), `member.unknown` (404)."""
        return TagsShape(tags=[*(await members.tag(ids.read("mem", member_id), data.tags)).tags])

    @delete("/{member_id:str}/tags/{tag:str}", operation_id="untagMember", summary="Take a tag off a member")
    async def untag(self, member_id: MemberId, tag: FromPath[str]) -> None:
        """Nothing happens where it is not on. Errors: `member.unknown` (404)."""
        await members.untag(ids.read("mem", member_id), [tag])


class MemberConsentsController(Controller):
    """What members agreed to, and the evidence."""

    path = "/v1/members/{member_id:str}"
    tags = ("Members",)

    @get("/consents", operation_id="listMemberConsents", summary="How each channel stands")
    async def consents(self, member_id: MemberId) -> ConsentList:
        """Every channel; never asked is `granted: false` with `updated_at: null`. Errors: `member.unknown` (404)."""
        member = await members.find(ids.read("mem", member_id))
        return ConsentList(data=await shown.consent_shapes(member))

    @put("/consents/{channel:str}", operation_id="setMemberConsent", summary="Record a yes or no")
    async def set_consent(
        self, member_id: MemberId, channel: FromPath[str], data: JSONBody[NewConsent]
    ) -> ConsentShape:
        """Kept with its evidence for ever; what was so already is not written again (`repeated: true`).

        Errors: `invalid` (400), `consent.channel_unknown`, `member.unknown` (404).
        """
        said = await members.set_consent(
            ids.read("mem", member_id), channel, granted=data.granted, source=data.source,
            evidence=data.evidence)  # fmt: skip
        return shown.consent_shape(said)

    @get("/consent-events", operation_id="listMemberConsentEvents", summary="Evidence of consent")
    async def events(self, member_id: MemberId, limit: Limit = 20, cursor: Cursor = None) -> Page[ConsentEventShape]:
        """Each time that yes or no was said, newest first. Errors: `invalid` (400), `member.unknown` (404)."""
        member = await members.find(ids.read("mem", member_id))
        scope = f"{current_tenant().schema}:consent-events:{member.id.hex}"
        position = read_cursor(cursor, scope=scope)
        before = uuid.UUID(position) if position else None
        found = await members.consent_events(member.id, before=before, limit=limit + 1)
        sheet = page(found, limit=limit, scope=scope)
        data = [shown.consent_event_shape(event) for event in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)


class MemberAddressesController(Controller):
    """Where members have things sent."""

    path = "/v1/members/{member_id:str}/addresses"
    tags = ("Members",)

    @get(operation_id="listMemberAddresses", summary="A member's addresses")
    async def list(self, member_id: MemberId) -> AddressList:
        """The preferred one first; at most twenty. Errors: `member.unknown` (404)."""
        member = await members.find(ids.read("mem", member_id))
        return AddressList(data=[shown.address_shape(each) for each in await members.addresses_of(member.id)])

    @post(operation_id="addMemberAddress", summary="Keep an address")
    async def add(self, member_id: MemberId, data: JSONBody[NewAddress]) -> AddressShape:
        """The first one is preferred; the same one again is the one that is there (`repeated: true`).

        Errors: `invalid` (400), `member.unknown` (404), `address.too_many` (422).
        """
        return await keep_address(ids.read("mem", member_id), data)

    @delete("/{address_id:str}", operation_id="removeMemberAddress", summary="Forget an address")
    async def remove(self, member_id: MemberId, address_id: FromPath[str]) -> None:
        """Errors: `address.unknown`, `member.unknown`, `not_found` (404)."""
        await members.remove_address(ids.read("mem", member_id), ids.read("adr", address_id))


class AttributesController(Controller):
    """The further fields that the shop defines."""

    path = "/v1/attributes"
    tags = ("Members",)

    @get(operation_id="listAttributes", summary="Attributes of members")
    async def list(self) -> AttributeList:
        """All of them, in the order in which they are shown; at most 200."""
        defined = await members.defined_attributes()
        return AttributeList(data=[shown.attribute_shape(each) for each in defined.values()])

    @post(operation_id="defineAttribute", summary="Define an attribute")
    async def define(self, data: JSONBody[NewAttribute]) -> AttributeShape:
        """The same definition again changes nothing (`repeated: true`).

        Errors: `invalid` (400), `attribute.taken` (409), `attribute.too_many` (422).
        """
        attribute = await members.define_attribute(
            data.key, kind=data.kind, label_en=data.label_en, label_zh=data.label_zh, choices=data.choices,
            position=data.position)  # fmt: skip
        return shown.attribute_shape(attribute)


async def keep_address(member_id: uuid.UUID, data: NewAddress) -> AddressShape:
    """Add what was sent to a member's addresses."""
    kept = await members.add_address(
        member_id, recipient=data.recipient, street=data.street, phone=data.phone, country=data.country,
        province=data.province, city=data.city, postcode=data.postcode, preferred=data.preferred)  # fmt: skip
    return shown.address_shape(kept)
