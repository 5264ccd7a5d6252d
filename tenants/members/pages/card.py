"""All of one member: what they are, what every subject says of them, and where more of it stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.kit.console import Ask, Download, View
from tenants.kit.desk import SERVICE
from tenants.kit.words import Words
from tenants.members.admin import CALENDARS, CHANNELS, GENDERS, REASONS
from tenants.members.rules import addresses, attributes, consents, erasing, gathering, merging, profiles
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tenants.members.rules.values import Birthday


async def show(ask: Ask) -> View:
    """The card of a member; of one who was merged or erased that this is so, and what is left to know."""
    member = await profiles.find(ids.read("mem", ask.rest))
    facts: dict[str, Any] = {"shown": ids.show("mem", member.id), "member": member, "reasons": REASONS}
    title = _called(member)
    if member.state == "erased":
        facts["erasure"] = await erasing.erasure_of(member.id)
        return View("members/pages/gone.html", facts, title=Words(en="Erased member", zh="已抹除的会员").say())
    merges = [one for one in await merging.merges_of(member.id) if one.undone_at is None]
    facts["now"] = clock.now()
    if member.state == "merged" and member.merged_into:
        survivor = await profiles.find(member.merged_into)
        facts["into"] = {"shown": ids.show("mem", survivor.id), "name": _called(survivor), "state": survivor.state}
        facts["merge"] = next((one for one in merges if one.source == member.id), None)
        return View("members/pages/gone.html", facts, title=title)
    defined = await attributes.defined_attributes()
    known = (await attributes.attributes_of([member.id])).get(member.id, {})
    said = (await consents.consents_of([member.id])).get(member.id, {})
    facts |= {
        "own": _own(member),
        "attributes": [(_label(defined[key]), value) for key, value in known.items()],
        "consents": [(words, said.get(channel)) for channel, words in CHANNELS.items()],  # type: ignore[call-overload]  # the same names
        "addresses": await addresses.addresses_of(member.id) if current_caller().role in SERVICE else [],
        "sections": (await gathering.card_of(member.id)).sections,
        "merged": [(ids.show("mem", one.source), one) for one in merges if one.target == member.id],
        "may_export": current_caller().role in SERVICE,
    }
    return View("members/pages/card.html", facts, title=title)


async def export(ask: Ask) -> Download:
    """Everything that is held of a person, as a file to hand out to them."""
    member_id = ids.read("mem", ask.rest)
    shown = ids.show("mem", member_id)
    whole = {"member": shown, "at": clock.now().isoformat(), "held": await gathering.export_of(member_id)}

    async def parts() -> AsyncIterator[bytes]:
        yield json.dumps(whole, ensure_ascii=False, indent=1, default=str).encode()

    return Download(f"{shown}.json", "application/json", parts())


def _called(member: profiles.Member) -> str:
    return member.name or member.external_id or ids.show("mem", member.id)


def _own(member: profiles.Member) -> list[tuple[Words, Any]]:
    """What a member has told of themselves; nothing of what they have not."""
    told: list[tuple[Words, Any]] = [
        (Words(en="External id", zh="外部编号"), member.external_id),
        (Words(en="Phone", zh="手机号"), member.phone),
        (Words(en="E-mail", zh="邮箱"), member.email),
        (Words(en="Gender", zh="性别"), GENDERS.get(member.gender) if member.gender != "unknown" else None),
        (Words(en="Birthday", zh="生日"), _birthday(member.birthday) if member.birthday else None),
        (Words(en="Region", zh="地区"), member.region),
        (Words(en="Occupation", zh="职业"), member.occupation),
        (Words(en="Language", zh="语言"), member.locale),
        (Words(en="Time zone", zh="时区"), member.timezone),
        (Words(en="Came by", zh="来源"), member.source),
        (Words(en="Member since", zh="加入时间"), member.created_at),
    ]
    return [(label, value) for label, value in told if value]


def _birthday(day: Birthday) -> str:
    year = f"{day.year}-" if day.year else ""
    return f"{year}{day.month:02}-{day.day:02} ({CALENDARS[day.calendar].say()})"


def _label(attribute: attributes.Attribute) -> Words:
    return Words(en=attribute.label_en or attribute.key, zh=attribute.label_zh or attribute.key)
