"""Who is at the desk, in which realm (a shop's staff, or the operators), and what that person may see and do."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from admin.records import Records
from server import guard
from tenants.kit.parts import gather_listed
from tenants.staff import SessionOver

if TYPE_CHECKING:
    import uuid
    from collections.abc import Awaitable, Callable, Mapping
    from contextlib import AbstractAsyncContextManager

    from server.guard import Visit
    from tenants.kit.desk import AdminTable, Form
    from tenants.kit.words import Words
    from tenants.staff import SignedIn
    from tenants.tenancy.callers import CallerKind


class Recognised(Protocol):
    """Somebody whose password was right."""

    id: uuid.UUID
    username: str
    proof: str


@dataclass(frozen=True, slots=True)
class Realm:
    """One of the two admins: its path, its people and its tables."""

    name: str
    path: str
    caller_kind: CallerKind
    transaction: Callable[[], AbstractAsyncContextManager[Any]]
    knock: Callable[..., Awaitable[None]]
    recognise: Callable[..., Awaitable[Any]]
    open_session: Callable[..., Awaitable[str]]
    session: Callable[[str], Awaitable[SignedIn]]
    sign_out: Callable[[str], Awaitable[None]]
    change_password: Callable[..., Awaitable[None]]
    note: Callable[..., Awaitable[None]]
    site_name: Callable[[], str]
    zone: Callable[[], str]
    tables: Callable[[], Mapping[str, Records]]
    forms: Callable[[], Mapping[str, Form]]
    own_transactions: bool = False
    """Whether changes open their transaction here, because the edge has opened none."""
    alone: frozenset[str] = frozenset()
    """Forms whose verbs open transactions of their own."""
    links: Callable[[str], dict[str, str]] = field(default=lambda _role: {})


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody signed in."""

    realm: Realm
    who: SignedIn
    token: str
    origin: str
    """Where the site was reached, `https://shop.example.com`."""

    @classmethod
    async def of(cls, realm: Realm, visit: Visit) -> Reader | None:
        """Whoever is signed in in this browser; None where nobody is."""
        token = visit.cookies.get(guard.cookie_name(realm.name, secure=visit.secure))
        if not token:
            return None
        try:
            return cls(realm, await realm.session(token), token, f"{visit.scheme}://{visit.host}")
        except SessionOver:
            return None

    @property
    def role(self) -> str:
        """What the person does here."""
        return self.who.role

    @property
    def zone(self) -> str:
        """The zone in which times are shown and typed."""
        return self.realm.zone()

    @property
    def note(self) -> Callable[..., Awaitable[None]]:
        """Writes into the realm's audit trail."""
        return self.realm.note

    def tables(self) -> list[AdminTable]:
        """The tables that this role may see."""
        return [records.desk for records in self.realm.tables().values() if self.role in records.desk.read]

    def forms(self) -> list[Form]:
        """The forms that this role may use."""
        return [form for form in self.realm.forms().values() if self.role in form.roles]

    def records_of(self, tablename: str) -> Records | None:
        """The rows of a table of the database, if it is at the desk and this role may see it."""
        records = self.realm.tables().get(tablename)
        return records if records and self.role in records.desk.read else None

    def records_named(self, name: str) -> Records | None:
        """The rows of a table by its name in either language, or in the database."""
        for records in self.realm.tables().values():
            desk = records.desk
            if name in {desk.name.zh, desk.name.en, desk.tablename} and self.role in desk.read:
                return records
        return None


@functools.cache
def staff_tables() -> dict[str, Records]:
    """What every subject lays on the desk of a shop's staff, by the table's name in the database."""
    own: list[AdminTable] = []
    others: list[AdminTable] = []
    for desk in gather_listed("admin", "TABLES"):
        (own if desk.table.__module__.startswith("tenants.staff.") else others).append(desk)
    desks = [*others, *own]  # members first, what concerns the staff themselves last
    things = {desk.tablename: desk.name for desk in desks} | {slug: form.title for slug, form in staff_forms().items()}
    return lay_out([_naming_things(desk, things) if desk.tablename == "audit" else desk for desk in desks])


@functools.cache
def staff_forms() -> dict[str, Form]:
    """What a shop's staff can do, by slug. Raises ValueError when two forms share one."""
    found: dict[str, Form] = {}
    for form in gather_listed("admin", "FORMS"):
        if form.slug in found:
            raise ValueError(f"two forms are called {form.slug}")
        found[form.slug] = form
    return found


def lay_out(desks: list[AdminTable]) -> dict[str, Records]:
    """Tables by name. Raises ValueError when two share a name in a language: the page could not tell them apart."""
    for names in (
        [desk.name.en for desk in desks],
        [desk.name.zh for desk in desks],
        [desk.tablename for desk in desks],
    ):
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"two tables are called {sorted(twice)}")
        wrong = [name for name in names if "/" in name]
        if wrong:
            raise ValueError(f"a name on the desk stands in an address and must not hold a slash: {wrong}")
    return {desk.tablename: Records(desk) for desk in desks}


def _naming_things(audit: AdminTable, things: Mapping[str, Words]) -> AdminTable:
    """The audit trail's table with the things that were changed called by what staff call them."""
    columns = tuple(replace(each, choices=things) if each.name == "subject" else each for each in audit.columns)
    return replace(audit, columns=columns)
