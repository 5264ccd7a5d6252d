"""What a merge does to a member's own things, and how it is put back: profile, tags, attributes, addresses, consents.

The target keeps what they have and gets what they lack. Who is blocked on either side is blocked afterwards: a merge
is no way out of a block. Consent: where both have spoken on a channel and differ, it is no, whoever spoke last: a yes
that was given under another name may not outweigh a no that the same person gave; where one has spoken, that holds.
What the source said stays with the source as evidence, and what becomes of the target is a new event that names it.

Each field that changed is written down with before and after. When the merge is undone, a field goes back unless
somebody has changed it since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.members.rules import values
from tenants.members.rules.consents import ConsentChanged, write_consents
from tenants.members.rules.following import moved, note_moved
from tenants.members.rules.profiles import BirthdayChanged, Changed, Member, birth_columns
from tenants.members.rules.values import Birthday
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection

_EMPTY: dict[str, str | None] = {
    "name": "", "phone": None, "email": None, "gender": "unknown", "region": "", "occupation": "", "locale": None,
    "timezone": None,
}  # fmt: skip
_ATTRIBUTE = "attribute."
_CONSENT = "consent."
FIELDS = (*_EMPTY, "birthday")


def check_taken(take: Collection[str]) -> None:
    """Raises Invalid for a field in which nobody can be right."""
    for field in take:
        if field not in FIELDS and not field.startswith(_ATTRIBUTE):
            named = ", ".join(FIELDS)
            told = Words(en=f"use {named} or attribute.<key>", zh=f"请使用 {named} 或 attribute.<key>")
            raise Invalid(param="take", problem=told)


async def compare(
    source: Member, target: Member, *, take: Collection[str] = ()
) -> tuple[dict[str, tuple[str | None, str | None]], dict[str, tuple[str, str]]]:
    """What would become of the target (before and after), and in what the two differ (the target's, the source's)."""
    rows = await DB.fetch(
        "SELECT a.key, ours.value AS before, theirs.value AS after FROM __tenant__.member_attribute AS theirs"
        " JOIN __tenant__.attribute AS a ON a.id = theirs.attribute LEFT JOIN __tenant__.member_attribute AS ours"
        " ON ours.member = $2 AND ours.attribute = theirs.attribute"
        " WHERE theirs.member = $1 AND ours.value IS DISTINCT FROM theirs.value ORDER BY a.position, a.key",
        source.id, target.id)  # fmt: skip
    pairs: dict[str, tuple[str | None, str | None]] = {
        field: (_said(target, field), _said(source, field)) for field in FIELDS
    } | {_ATTRIBUTE + row["key"]: (row["before"], row["after"]) for row in rows}
    differing = {
        field: (ours, theirs)
        for field, (ours, theirs) in pairs.items()
        if ours and theirs and ours != theirs and _EMPTY.get(field) not in {ours, theirs}
    }
    changed = _fields(source, target, take) | {
        field: pair
        for field, pair in pairs.items()
        if field.startswith(_ATTRIBUTE) and (pair[0] is None or field in take)
    }
    return changed, differing


async def absorb(merge: uuid.UUID, source: Member, target: Member, *, take: Collection[str] = ()) -> list[object]:
    """Give the target what they lack of the source's, and what `take` names; answers with the facts to announce."""
    changed = _fields(source, target, take)
    await _note(merge, changed)
    news = await _write(target, {field: after for field, (_, after) in changed.items()})
    taken = [field.removeprefix(_ATTRIBUTE) for field in take if field.startswith(_ATTRIBUTE)]
    keys = await _absorb_attributes(merge, source.id, target.id, taken)
    more = await _absorb_addresses(merge, source.id, target.id)
    news += await _absorb_consents(merge, source.id, target.id)
    fields = (*changed, *keys, *(["addresses"] if more else []))
    return [*news, Changed(target.id, fields)] if fields else news


async def give_back(merge: uuid.UUID, *, source: uuid.UUID, target: Member) -> list[object]:
    """Put back what a merge changed of the target, unless it was changed since; answers with the facts to announce."""
    rows = await DB.fetch(
        "SELECT field, before, after FROM __tenant__.member_merge_field WHERE merge = $1 ORDER BY field", merge
    )
    noted = {row["field"]: (row["before"], row["after"]) for row in rows}
    back: dict[str, str | None] = {}
    for field, (before, after) in noted.items():
        if field == "tags":
            came = set(_tags(after)) - set(_tags(before))
            back[field] = ",".join(tag for tag in target.tags if tag not in came)
        elif not field.startswith((_ATTRIBUTE, _CONSENT)) and _said(target, field) == after:
            back[field] = before
    news = await _write(target, back)
    await DB.fetch(
        "UPDATE __tenant__.member_attribute SET member = $2 WHERE id = ANY($1::uuid[]) AND member = $3",
        await moved(merge, "member_attribute"), source, target.id)  # fmt: skip
    await _put_attributes_back(target.id, noted)
    await _give_addresses_back(merge, source, target.id)
    news += await _give_consents_back(merge, target.id, noted)
    fields = tuple(field for field in noted if not field.startswith(_CONSENT))
    return [*news, Changed(target.id, fields)] if fields else news


def _said(member: Member, field: str) -> str | None:
    """A field as it is written down: text, None for what is not known."""
    if field == "birthday":
        told = member.birthday
        return f"{told.calendar}:{told.year or ''}:{told.month}:{told.day}" if told else None
    if field == "tags":
        return ",".join(member.tags)
    value: str | None = getattr(member, field)
    return value


def _tags(text: str | None) -> list[str]:
    return text.split(",") if text else []


def _birthday(text: str | None) -> Birthday | None:
    if text is None:
        return None
    calendar, year, month, day = text.split(":")
    return Birthday(int(month), int(day), int(year) if year else None, "lunar" if calendar == "lunar" else "solar")


def _fields(source: Member, target: Member, take: Collection[str]) -> dict[str, tuple[str | None, str | None]]:
    changed: dict[str, tuple[str | None, str | None]] = {}
    for field in FIELDS:
        theirs, ours = _said(source, field), _said(target, field)
        empty = _EMPTY.get(field)
        if theirs not in {empty, ours} and (ours == empty or field in take):
            changed[field] = (ours, theirs)
    tags = sorted({*source.tags, *target.tags})[: values.TAGS_MAX]
    if tags != list(target.tags):
        changed["tags"] = (_said(target, "tags"), ",".join(tags))
    if source.state == "blocked" and target.state == "active":
        changed["state"] = ("active", "blocked")
    return changed


async def _note(merge: uuid.UUID, changed: dict[str, tuple[str | None, str | None]]) -> None:
    fields = list(changed)
    await DB.fetch(
        "INSERT INTO __tenant__.member_merge_field (id, merge, field, before, after)"
        " SELECT id, $2::uuid, field, before, after FROM unnest($1::uuid[], $3::text[], $4::text[], $5::text[])"
        " AS w (id, field, before, after)",
        [ids.new() for _ in fields], merge, fields, [changed[field][0] for field in fields],
        [changed[field][1] for field in fields])  # fmt: skip


async def _write(target: Member, changed: dict[str, str | None]) -> list[object]:
    if not changed:
        return []
    wanted = {field: changed.get(field, getattr(target, field)) for field in (*_EMPTY, "state")}
    birthday = _birthday(changed["birthday"]) if "birthday" in changed else target.birthday
    tags = _tags(changed["tags"]) if "tags" in changed else list(target.tags)
    await DB.fetch(
        "UPDATE __tenant__.member SET name = $2, phone = $3, email = $4, gender = $5, region = $6, occupation = $7,"
        " locale = $8, timezone = $9, state = $10, tags = $11, birth_calendar = $12, birth_year = $13,"
        " birth_month = $14, birth_day = $15, updated_at = $16 WHERE id = $1",
        target.id, *wanted.values(), tags, *birth_columns(birthday), clock.now())  # fmt: skip
    if birthday == target.birthday:
        return []
    return [BirthdayChanged(target.id, target.birthday, birthday, clock.now())]


async def _absorb_attributes(merge: uuid.UUID, source: uuid.UUID, target: uuid.UUID, taken: list[str]) -> list[str]:
    came = await DB.fetch(
        "UPDATE __tenant__.member_attribute AS known SET member = $2 WHERE known.member = $1 AND NOT EXISTS"
        " (SELECT 1 FROM __tenant__.member_attribute AS own WHERE own.member = $2"
        " AND own.attribute = known.attribute) RETURNING known.id, known.attribute", source, target)  # fmt: skip
    await note_moved(merge, "member_attribute", [row["id"] for row in came])
    put = await DB.fetch(
        "SELECT a.key, theirs.attribute, theirs.value, ours.value AS before FROM __tenant__.member_attribute AS theirs"
        " JOIN __tenant__.attribute AS a ON a.id = theirs.attribute JOIN __tenant__.member_attribute AS ours"
        " ON ours.member = $2 AND ours.attribute = theirs.attribute"
        " WHERE theirs.member = $1 AND a.key = ANY($3::text[]) AND theirs.value <> ours.value",
        source, target, taken)  # fmt: skip
    await _note(merge, {f"{_ATTRIBUTE}{row['key']}": (row["before"], row["value"]) for row in put})
    await _set_values(target, {row["attribute"]: row["value"] for row in put})
    keys = await DB.fetch(
        "SELECT key FROM __tenant__.attribute WHERE id = ANY($1::uuid[]) ORDER BY key",
        [row["attribute"] for row in (*came, *put)])  # fmt: skip
    return [f"{_ATTRIBUTE}{row['key']}" for row in keys]


async def _put_attributes_back(target: uuid.UUID, noted: dict[str, tuple[Any, Any]]) -> None:
    keys = [field for field in noted if field.startswith(_ATTRIBUTE)]
    rows = await DB.fetch(
        "SELECT a.key, known.attribute, known.value FROM __tenant__.member_attribute AS known"
        " JOIN __tenant__.attribute AS a ON a.id = known.attribute"
        " WHERE known.member = $1 AND a.key = ANY($2::text[])",
        target, [key.removeprefix(_ATTRIBUTE) for key in keys])  # fmt: skip
    before = {row["attribute"]: noted[_ATTRIBUTE + row["key"]] for row in rows}
    unchanged = {row["attribute"] for row in rows if before[row["attribute"]][1] == row["value"]}
    await _set_values(target, {attribute: before[attribute][0] for attribute in unchanged})


async def _set_values(member: uuid.UUID, wanted: dict[uuid.UUID, str]) -> None:
    await DB.fetch(
        "UPDATE __tenant__.member_attribute AS known SET value = w.value, updated_at = $4"
        " FROM unnest($2::uuid[], $3::text[]) AS w (attribute, value)"
        " WHERE known.member = $1 AND known.attribute = w.attribute",
        member, list(wanted), list(wanted.values()), clock.now())  # fmt: skip


async def _absorb_addresses(merge: uuid.UUID, source: uuid.UUID, target: uuid.UUID) -> bool:
    """Move the addresses that the target does not have; the target's preferred one stays preferred."""
    has_own = await DB.fetchval("SELECT count(*) FROM __tenant__.member_address WHERE member = $1", target)
    # Before they move: a member may not have two preferred ones, even for a moment.
    preferred = await DB.fetch(
        "UPDATE __tenant__.member_address SET preferred = false WHERE member = $1 AND preferred AND $2::boolean"
        " RETURNING id", source, bool(has_own))  # fmt: skip
    await note_moved(merge, "member_address.preferred", [row["id"] for row in preferred])
    rows = await DB.fetch(
        "UPDATE __tenant__.member_address AS theirs SET member = $2 WHERE theirs.member = $1 RETURNING id",
        source, target)  # fmt: skip
    await note_moved(merge, "member_address", [row["id"] for row in rows])
    return bool(rows)


async def _give_addresses_back(merge: uuid.UUID, source: uuid.UUID, target: uuid.UUID) -> None:
    addresses = await moved(merge, "member_address")
    was_preferred = await moved(merge, "member_address.preferred")
    await DB.fetch(
        "UPDATE __tenant__.member_address SET member = $2, preferred = false"
        " WHERE id = ANY($1::uuid[]) AND member = $3", addresses, source, target)  # fmt: skip
    for member in (source, target):
        await DB.fetch(
            "UPDATE __tenant__.member_address SET preferred = true WHERE id = (SELECT id FROM"
            " __tenant__.member_address WHERE member = $1 ORDER BY (id = ANY($2::uuid[])) DESC, id DESC LIMIT 1)"
            " AND NOT EXISTS (SELECT 1 FROM __tenant__.member_address WHERE member = $1 AND preferred)",
            member, was_preferred)  # fmt: skip


async def _absorb_consents(merge: uuid.UUID, source: uuid.UUID, target: uuid.UUID) -> list[object]:
    rows = await DB.fetch(
        "SELECT theirs.channel, theirs.granted, theirs.updated_at, ours.granted AS before FROM"
        " __tenant__.consent AS theirs LEFT JOIN __tenant__.consent AS ours ON ours.member = $2"
        " AND ours.channel = theirs.channel WHERE theirs.member = $1"
        " AND (ours.granted IS NULL OR (ours.granted AND NOT theirs.granted))", source, target)  # fmt: skip
    shown = ids.show("mem", source)
    await write_consents(
        [(target, row["channel"], row["granted"],
          f"Merged from {shown}, who said so on {row['updated_at']:%Y-%m-%dT%H:%M:%SZ}") for row in rows],
        source="merge")  # fmt: skip
    said = {None: None, True: "yes", False: "no"}
    noted = {f"{_CONSENT}{row['channel']}": (said[row["before"]], said[row["granted"]]) for row in rows}
    await _note(merge, noted)
    return [ConsentChanged(target, row["channel"], row["granted"], clock.now()) for row in rows]


async def _give_consents_back(merge: uuid.UUID, target: uuid.UUID, noted: dict[str, tuple[Any, Any]]) -> list[object]:
    """Say again what held before; a yes that the merge alone had brought is a no. What was said since stays."""
    rows = await DB.fetch(
        "SELECT current.channel, current.granted FROM __tenant__.consent AS current JOIN __tenant__.consent_event AS e"
        " ON e.member = current.member AND e.channel = current.channel AND e.number = current.number"
        " WHERE current.member = $1 AND e.source = 'merge'", target)  # fmt: skip
    back = [
        (row["channel"], noted[_CONSENT + row["channel"]][0] == "yes")
        for row in rows
        if _CONSENT + row["channel"] in noted
    ]
    evidence = f"The merge {ids.show('mrg', merge)} was undone"
    await write_consents([(target, channel, granted, evidence) for channel, granted in back], source="merge")
    held = {row["channel"]: row["granted"] for row in rows}
    return [
        ConsentChanged(target, channel, granted, clock.now()) for channel, granted in back if held[channel] != granted
    ]
