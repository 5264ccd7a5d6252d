"""What staff see and do at their desk, said without knowing by what it is shown.

A subject's `admin.py` lists `TABLES` (what can be looked up, and which columns may be changed by whom) and `FORMS`
(what can be done). The admin turns them into pages, asks the server's side of every question again, and writes each
change into the audit trail. Nothing that is not named here is ever read, ordered by, filtered or written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from uuid import UUID

    from piccolo.table import Table

    from tenants.kit.words import Words

Role: TypeAlias = Literal["owner", "marketer", "agent", "analyst"]
EVERYONE: frozenset[str] = frozenset({"owner", "marketer", "agent", "analyst"})
OWNER: frozenset[str] = frozenset({"owner"})
MARKETING: frozenset[str] = frozenset({"owner", "marketer"})
SERVICE: frozenset[str] = frozenset({"owner", "marketer", "agent"})
NOBODY: frozenset[str] = frozenset()

Values: TypeAlias = "Mapping[str, Any]"
Create: TypeAlias = "Callable[[dict[str, Any]], Awaitable[UUID]]"
Change: TypeAlias = "Callable[[UUID, dict[str, Any]], Awaitable[None]]"
Delete: TypeAlias = "Callable[[UUID], Awaitable[None]]"

# How a field is asked for. `auto` is what the column's type says; `member` is found by id, phone or e-mail.
Kind: TypeAlias = Literal[
    "auto", "text", "long", "whole", "decimal", "date", "time", "yes_no", "choice", "member", "list", "facts"
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column as staff see it. Without `editable` it can be read and never written."""

    name: str
    label: Words
    help: Words | None = None
    choices: Mapping[str, Words] | None = None
    editable: bool = False
    in_list: bool = True
    filter: bool = False
    kind: Kind = "auto"
    required: bool = False
    first_only: bool = False
    """May be set when the row is made and not afterwards."""
    sql: str = ""
    """For what is worked out and no column of the table: a scalar expression over the row `t`, read for the rows shown
    only. `$2::timestamptz` is the present moment and `$3::date` the shop's day; never filtered or ordered by."""


@dataclass(frozen=True, slots=True)
class Activity:
    """That the rows of a table are something that the shop runs, by the names of its columns, computed ones too.

    `preview` is the page of the console that shows what members see of one, `results` the one that shows what came of
    it, `prefix` the one of its ids there.
    """

    preview: str = ""
    results: str = ""
    prefix: str = ""
    status: str = "status"
    since: str = ""
    until: str = ""
    members: str = ""
    cost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AdminTable:
    """A table at the desk.

    `create`, `change` and `delete` are the subject's verbs; a table without a verb is written directly only where
    `direct` says so, after every value has been checked. `readable` names the columns by which a row is called
    where another row refers to it. `order` is a column, with `-` for the newest or largest first.
    """

    table: type[Table]
    name: Words
    columns: tuple[Column, ...]
    group: Words
    help: Words | None = None
    readable: tuple[str, ...] = ()
    order: str = "-id"
    read: frozenset[str] = EVERYONE
    write: frozenset[str] = NOBODY
    create: Create | None = None
    change: Change | None = None
    delete: Delete | None = None
    extras: tuple[Column, ...] = ()
    """Fields of the form that are no columns (a new password); handed to `create` and `change`."""
    direct: frozenset[Literal["create", "change", "delete"]] = frozenset()
    activity: Activity | None = None

    @property
    def tablename(self) -> str:
        """The table's name in the database."""
        return str(self.table._meta.tablename)

    @property
    def creatable(self) -> bool:
        """Whether rows can be made here at all."""
        return self.create is not None or "create" in self.direct

    @property
    def changeable(self) -> bool:
        """Whether rows can be changed here at all."""
        return self.change is not None or "change" in self.direct

    @property
    def deletable(self) -> bool:
        """Whether rows can be deleted here at all."""
        return self.delete is not None or "delete" in self.direct


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a form asks."""

    name: str
    label: Words
    kind: Kind = "text"
    help: Words | None = None
    choices: Mapping[str, Words] | Callable[[], Awaitable[Mapping[str, Words]]] | None = None
    required: bool = True
    default: str | bool | None = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """Something that staff can do. `run` gets the checked values and answers with a sentence.

    Every form has a further hidden field `once`, new each time that the form is shown, so that a double click does
    the thing once; `run` finds it among the values and hands it on as the occasion.
    """

    slug: str
    title: Words
    description: Words
    fields: tuple[Field, ...]
    run: Callable[[dict[str, Any]], Awaitable[str | Words]]
    roles: frozenset[str] = OWNER
    group: Words | None = None
    audit: Literal["values", "names"] = "values"
    """`names` keeps only which fields were filled, where the values themselves should not be kept."""
    result_is_secret: bool = field(default=False)
