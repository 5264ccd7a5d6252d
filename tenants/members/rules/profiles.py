"""A member's profile: who they are, their tags and birthday, and whether they may take part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import asyncpg

from tenants.kit import clock, facts, ids
from tenants.kit.errors import Conflict, NotAllowed, NotFound, Refused
from tenants.kit.words import Language, Words, choose_language
from tenants.members.rules import values
from tenants.members.rules.values import Birthday, Profile
from tenants.tenancy import DB, Tenant, current_tenant
from tenants.tenancy.callers import current_member

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

BIRTHDAY_LOCK = timedelta(days=365)

COLUMNS = (
    "id, external_id, name, phone, email, gender, birth_calendar, birth_year, birth_month, birth_day,"
    " birthday_set_at, region, occupation, locale, timezone, tags, source, state, merged_into, created_at, updated_at"
)


class MemberUnknown(NotFound):
    """No member of this shop by that id."""

    code = "member.unknown"
    sentence = Words(en="There is no such member.", zh="没有这位会员。")


class MemberMerged(Conflict):
    """The member lives on in another one."""

    code = "member.merged"
    sentence = Words(en="This member was merged into {into}. Use that one.", zh="该会员已合并至 {into}，请使用该会员。")


class ExternalIdTaken(Conflict):
    """Another member, or the same one with other facts, has this external id."""

    code = "member.external_id_taken"
    sentence = Words(
        en="The external id “{external_id}” belongs to a member with other facts. Change that member instead.",
        zh="外部编号“{external_id}”已属于资料不同的会员，请改为修改该会员。",
    )


class BirthdayLocked(Refused):
    """A member may change their own birthday once in 365 days, so that no gift is had twice."""

    code = "member.birthday_locked"
    sentence = Words(
        en="The birthday can be changed again on {opens_on}. The shop can correct it sooner.",
        zh="生日要到 {opens_on} 才能再次修改；如需更正，请联系商家。",
    )


class MemberBlocked(NotAllowed):
    """The shop has blocked this member."""

    code = "member.blocked"
    sentence = Words(en="This membership is suspended. Please contact the shop.", zh="该会员已被停用，请联系商家。")


@dataclass(frozen=True, slots=True)
class Member:
    """A member as they stood when read. `repeated` says that a creation found them there already."""

    id: uuid.UUID
    external_id: str | None
    name: str
    phone: str | None
    email: str | None
    gender: str
    birthday: Birthday | None
    birthday_set_at: datetime | None
    region: str
    occupation: str
    locale: str | None
    timezone: str | None
    tags: tuple[str, ...]
    source: str
    state: Literal["active", "blocked", "merged", "erased"]
    merged_into: uuid.UUID | None
    created_at: datetime
    updated_at: datetime
    repeated: bool = False

    @property
    def birthday_opens_at(self) -> datetime | None:
        """From when the member may change their own birthday again; None if they may now."""
        if self.birthday_set_at is None:
            return None
        opens_at = self.birthday_set_at + BIRTHDAY_LOCK
        return opens_at if opens_at > clock.now() else None


@dataclass(frozen=True, slots=True)
class Joined:
    """Fact: somebody became a member. An import and a load of orders do not say it one by one."""

    member: uuid.UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Changed:
    """Fact: something of a member's is otherwise now. What a new member says of themselves comes with `Joined`.

    `fields` are those of the profile, `birthday`, `tags`, `addresses`, and `attribute.<key>`.
    """

    member: uuid.UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BirthdayChanged:
    """Fact: a member's birthday is another one now; `after` is None when it was taken out."""

    member: uuid.UUID
    before: Birthday | None
    after: Birthday | None
    at: datetime


async def create(profile: Profile, *, birthday: Birthday | None = None, tags: Iterable[str] = ()) -> Member:
    """Take in a new member, or find the one who is here by that external id with the same facts (`repeated`).

    Raises Invalid, and ExternalIdTaken when the one who is here has other facts.
    """
    said = values.profile(profile)
    wanted = {**_NOTHING_SAID, **said}
    tag_list = values.tags(tags)
    birthday = values.birthday(birthday) if birthday else None
    moment = clock.now()
    row = await DB.fetchrow(
        "INSERT INTO __tenant__.member (id, external_id, name, phone, email, gender, region, occupation, locale,"
        " timezone, source, tags, birth_calendar, birth_year, birth_month, birth_day, state, created_at, updated_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'active', $17, $17)"
        f" ON CONFLICT (external_id) DO NOTHING RETURNING {COLUMNS}",
        ids.new(), *(wanted[field] for field in _NOTHING_SAID), tag_list, *birth_columns(birthday), moment)  # fmt: skip
    if row is None:
        # The other one was committed before the insert gave up, so a new statement sees it.
        rows = await DB.fetch(
            f"SELECT {COLUMNS} FROM __tenant__.member WHERE external_id = $1", wanted["external_id"])  # fmt: skip
        found = member_of(rows[0]) if rows else None
        same = (
            found is not None
            and all(getattr(found, field) == value for field, value in said.items())
            and (birthday is None or found.birthday == birthday)
            and set(tag_list) <= set(found.tags)
        )
        if found is None or not same:
            raise ExternalIdTaken(external_id=wanted["external_id"])
        return replace(await find(found.merged_into) if found.merged_into else found, repeated=True)
    member = member_of(row)
    await facts.announce(Joined(member.id, moment))
    if birthday:
        await facts.announce(BirthdayChanged(member.id, None, birthday, moment))
    return member


async def change(member_id: uuid.UUID, profile: Profile) -> Member:
    """Put down what is said now; what is not said stays. Raises Invalid, MemberUnknown, ExternalIdTaken."""
    said = values.profile(profile)
    member = await lock(member_id)
    wanted = {field: said.get(field, getattr(member, field)) for field in _NOTHING_SAID}
    if all(getattr(member, field) == value for field, value in wanted.items()):
        return member
    try:
        row = await DB.fetchrow(
            "UPDATE __tenant__.member SET external_id = $2, name = $3, phone = $4, email = $5, gender = $6,"
            " region = $7, occupation = $8, locale = $9, timezone = $10, source = $11, updated_at = $12 WHERE id = $1"
            f" RETURNING {COLUMNS}", member_id, *wanted.values(), clock.now())  # fmt: skip
    except asyncpg.UniqueViolationError:
        raise ExternalIdTaken(external_id=wanted["external_id"]) from None
    changed = tuple(field for field, value in wanted.items() if getattr(member, field) != value)
    await facts.announce(Changed(member_id, changed))
    return member_of(row)


async def find(member_id: uuid.UUID) -> Member:
    """The member of that id. Raises MemberUnknown."""
    row = await DB.fetchrow(f"SELECT {COLUMNS} FROM __tenant__.member WHERE id = $1", member_id)
    if row is None:
        raise MemberUnknown
    return member_of(row)


async def find_by_external_id(external_id: str) -> Member | None:
    """The member whom the seller knows by that id, or None; for one who was merged, the one in whom they live on."""
    row = await DB.fetchrow(
        f"SELECT {COLUMNS} FROM __tenant__.member WHERE id ="
        " (SELECT coalesce(merged_into, id) FROM __tenant__.member WHERE external_id = $1)", external_id)  # fmt: skip
    return member_of(row) if row else None


async def search(
    *,
    external_id: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    tag: str | None = None,
    updated_after: datetime | None = None,
    before: uuid.UUID | None = None,
    limit: int = 20,
) -> list[Member]:
    """Up to `limit` members who fit everything that is given, newest first, older than the one called `before`.

    Raises Invalid for a telephone number or address that cannot be one.
    """
    asked: list[tuple[str, Any]] = [
        ("external_id = {}", external_id),
        ("phone = {}", values.phone(phone) if phone else None),
        ("email = {}", values.email(email) if email else None),
        ("tags @> ARRAY[{}::text]::varchar[]", tag),
        ("updated_at > {}", updated_after),
        ("id < {}", before),
    ]
    given = [(condition, value) for condition, value in asked if value is not None]
    where = " AND ".join(condition.format(f"${place}") for place, (condition, _) in enumerate(given, start=2))
    rows = await DB.fetch(
        f"SELECT {COLUMNS} FROM __tenant__.member {'WHERE ' + where if where else ''} ORDER BY id DESC LIMIT $1",
        limit, *(value for _, value in given))  # fmt: skip
    return [member_of(row) for row in rows]


async def tag(member_id: uuid.UUID, tags: Iterable[str]) -> Member:
    """Put tags on a member; those that are on already stay as they are. Raises MemberUnknown, Invalid."""
    fresh = values.tags(tags)
    member = await lock(member_id)
    return await _set_tags(member, values.tags({*member.tags, *fresh}))


async def untag(member_id: uuid.UUID, tags: Iterable[str]) -> Member:
    """Take tags off a member; those that are not on make no difference. Raises MemberUnknown."""
    member = await lock(member_id)
    return await _set_tags(member, sorted(set(member.tags) - {tag.strip() for tag in tags}))


async def set_birthday(member_id: uuid.UUID, birthday: Birthday | None, *, by_member: bool = False) -> Member:
    """Put down a birthday, or take it out with None. The one that is there already changes nothing.

    Raises MemberUnknown, Invalid, and BirthdayLocked when a member changes their own (`by_member`) less than 365 days
    after they last did; the shop may correct it at any time.
    """
    birthday = values.birthday(birthday) if birthday else None
    member = await lock(member_id)
    if member.birthday == birthday:
        return member
    moment = clock.now()
    if by_member and member.birthday_opens_at:
        raise BirthdayLocked(opens_on=_first_whole_day(member, member.birthday_opens_at))
    row = await DB.fetchrow(
        "UPDATE __tenant__.member SET birth_calendar = $2, birth_year = $3, birth_month = $4, birth_day = $5,"
        " birthday_set_at = CASE WHEN $6::boolean THEN $7::timestamptz ELSE birthday_set_at END, updated_at = $7"
        f" WHERE id = $1 RETURNING {COLUMNS}", member_id, *birth_columns(birthday), by_member, moment)  # fmt: skip
    await facts.announce(BirthdayChanged(member_id, member.birthday, birthday, moment))
    await facts.announce(Changed(member_id, ("birthday",)))
    return member_of(row)


async def block(member_id: uuid.UUID) -> Member:
    """Keep a member from taking part. Blocking twice is blocking once. Raises MemberUnknown."""
    return await _set_state(member_id, "blocked")


async def unblock(member_id: uuid.UUID) -> Member:
    """Let a blocked member take part again. Raises MemberUnknown."""
    return await _set_state(member_id, "active")


async def require_active(member_id: uuid.UUID) -> Member:
    """The member, if they may take part. Raises MemberUnknown, MemberMerged, MemberBlocked."""
    member = _whole(await find(member_id))
    if member.state != "active":
        raise MemberBlocked
    return member


async def own_member() -> uuid.UUID:
    """The id of the member who is asking, who may take part: every answer under `/v1/me` begins here.

    Raises MemberOnly, MemberUnknown, MemberBlocked.
    """
    return (await require_active(current_member())).id


async def lock(member_id: uuid.UUID) -> Member:
    """The member, whose row nobody else changes until the transaction ends. Raises MemberUnknown, MemberMerged.

    Every verb on one member begins here, so what it reads next is what it changes.
    """
    row = await DB.fetchrow(
        f"SELECT {COLUMNS} FROM __tenant__.member WHERE id = $1 FOR NO KEY UPDATE", member_id)  # fmt: skip
    if row is None:
        raise MemberUnknown
    return _whole(member_of(row))


async def touch(member_id: uuid.UUID) -> None:
    """Note that something of the member's was changed, for those who ask what is new (`updated_after`)."""
    await DB.fetch("UPDATE __tenant__.member SET updated_at = $2 WHERE id = $1", member_id, clock.now())


def language_of(member: Member, tenant: Tenant) -> Language:
    """The language in which to write to a member: their own, else the shop's."""
    return choose_language(member.locale or "", fallback=tenant.locale)


def zone_of(member: Member, tenant: Tenant) -> str:
    """The zone in which a member's days begin: their own, else the shop's."""
    return member.timezone or tenant.timezone


def birth_columns(birthday: Birthday | None) -> tuple[str, int | None, int | None, int | None]:
    """Calendar, year, month and day as the table holds them."""
    if birthday is None:
        return "solar", None, None, None
    return birthday.calendar, birthday.year, birthday.month, birthday.day


def member_of(row: Any) -> Member:
    """The member in a row of COLUMNS."""
    month, day = row["birth_month"], row["birth_day"]
    birthday = Birthday(month, day, row["birth_year"], row["birth_calendar"]) if month else None
    taken = {"tags", "birth_calendar", "birth_year", "birth_month", "birth_day"}
    rest = {name: value for name, value in row.items() if name not in taken}
    return Member(**rest, birthday=birthday, tags=tuple(row["tags"]))


_NOTHING_SAID: dict[str, str | None] = {
    "external_id": None, "name": "", "phone": None, "email": None, "gender": "unknown", "region": "",
    "occupation": "", "locale": None, "timezone": None, "source": "api",
}  # fmt: skip


async def _set_tags(member: Member, tags: list[str]) -> Member:
    if list(member.tags) == tags:
        return member
    row = await DB.fetchrow(
        f"UPDATE __tenant__.member SET tags = $2, updated_at = $3 WHERE id = $1 RETURNING {COLUMNS}",
        member.id, tags, clock.now())  # fmt: skip
    await facts.announce(Changed(member.id, ("tags",)))
    return member_of(row)


async def _set_state(member_id: uuid.UUID, state: str) -> Member:
    member = await lock(member_id)
    if member.state == state:
        return member
    row = await DB.fetchrow(
        f"UPDATE __tenant__.member SET state = $2, updated_at = $3 WHERE id = $1 RETURNING {COLUMNS}",
        member_id, state, clock.now())  # fmt: skip
    return member_of(row)


def _whole(member: Member) -> Member:
    if member.state == "erased":
        raise MemberUnknown
    if member.merged_into:
        raise MemberMerged(into=ids.show("mem", member.merged_into))
    return member


def _first_whole_day(member: Member, opens_at: datetime) -> str:
    end = opens_at + timedelta(days=1) - timedelta(microseconds=1)
    return clock.today(zone_of(member, current_tenant()), end).isoformat()
