"""Members and what belongs to them, as the API shows them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from tenants import members
from tenants.kit import ids
from tenants.members.api.shapes import (
    AddressShape,
    AttributeShape,
    BirthdayShape,
    ConsentEventShape,
    ConsentShape,
    ImportShape,
    MemberShape,
    MeShape,
    RowErrorShape,
)

if TYPE_CHECKING:
    from tenants.members import Address, Attribute, Birthday, Consent, ConsentEvent, ImportReport, Member


def birthday_shape(birthday: Birthday | None) -> BirthdayShape | None:
    """A birthday as it is shown."""
    return BirthdayShape(**_plain(birthday)) if birthday else None


async def member_shapes(found: list[Member]) -> list[MemberShape]:
    """Members as the shop sees them, with what is known of them: two statements for any number."""
    everybody = [member.id for member in found]
    attributes = await members.attributes_of(everybody)
    consents = await members.consents_of(everybody)
    return [
        MemberShape(
            **{
                **_plain(member, leave=frozenset({"birthday_set_at"})),
                "id": ids.show("mem", member.id),
                "merged_into": ids.show("mem", member.merged_into) if member.merged_into else None,
                "birthday": birthday_shape(member.birthday),
                "tags": list(member.tags),
            },
            attributes=attributes[member.id],
            consents={channel: said.granted for channel, said in consents[member.id].items()},
        )
        for member in found
    ]


async def member_shape(member: Member) -> MemberShape:
    """One member as the shop sees them."""
    return (await member_shapes([member]))[0]


async def me_shape(member: Member) -> MeShape:
    """A member as they see themself."""
    consents = (await members.consents_of([member.id]))[member.id]
    unseen = frozenset(
        {"birthday_set_at", "external_id", "tags", "source", "state", "merged_into", "updated_at", "repeated"}
    )
    return MeShape(
        **{
            **_plain(member, leave=unseen),
            "id": ids.show("mem", member.id),
            "birthday": birthday_shape(member.birthday),
        },
        birthday_changeable=member.birthday_opens_at is None,
        birthday_changeable_from=member.birthday_opens_at,
        consents={channel: said.granted for channel, said in consents.items()},
    )


def attribute_shape(attribute: Attribute) -> AttributeShape:
    """An attribute as it is shown."""
    return AttributeShape(**{**_plain(attribute, leave=frozenset({"id"})), "choices": list(attribute.choices)})


def consent_shape(consent: Consent) -> ConsentShape:
    """A channel as it stands."""
    return ConsentShape(**_plain(consent, leave=frozenset({"member"})))


async def consent_shapes(member: Member) -> list[ConsentShape]:
    """Every channel as it stands for a member, those on which nothing was said too."""
    said = (await members.consents_of([member.id]))[member.id]
    return [
        consent_shape(said[channel])
        if channel in said
        else ConsentShape(channel=channel, granted=False, updated_at=None)
        for channel in members.CHANNELS
    ]


def consent_event_shape(event: ConsentEvent) -> ConsentEventShape:
    """An event as it is shown."""
    return ConsentEventShape(**_plain(event, leave=frozenset({"id"})))


def address_shape(address: Address) -> AddressShape:
    """An address as it is shown."""
    return AddressShape(**{**_plain(address), "id": ids.show("adr", address.id)})


def import_shape(report: ImportReport) -> ImportShape:
    """The report of an import as it is shown."""
    errors = [
        RowErrorShape(line=error.line, column=error.column, code=error.code, detail=error.sentence)
        for error in report.errors
    ]
    unseen = frozenset({"language", "last_line", "done_line", "started_by"})
    return ImportShape(**{**_plain(report, leave=unseen), "id": ids.show("imp", report.id), "errors": errors})


def _plain(value: Any, *, leave: frozenset[str] = frozenset()) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.name not in leave}
