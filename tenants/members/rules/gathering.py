"""Everything about one member in one view: each subject adds its section to the card, and its part to the export.

A later subject says in its `reactions.py`:

    @members.on_card
    async def _on_card(member: UUID) -> members.Section | None: ...

    @members.on_export("statement")
    async def _statement(everybody: list[UUID]) -> list[dict[str, Any]]: ...

A section is one or two statements, so that the card stays fast. The export has every row that refers to the member by
itself (see `holdings.py`); a part is for what no reference leads to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants.members.rules.following import ids_of
from tenants.members.rules.holdings import held_rows
from tenants.members.rules.profiles import Member, MemberUnknown, find

if TYPE_CHECKING:
    import uuid
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from tenants.kit.words import Words

    Value = str | int | Decimal | date | datetime | Words | None
    CardPart = Callable[[uuid.UUID], Awaitable["Section | None"]]
    ExportPart = Callable[[list[uuid.UUID]], Awaitable[Sequence[dict[str, Any]]]]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to know: a key for programs, a label for people, and what is so."""

    key: str
    label: Words
    value: Value


@dataclass(frozen=True, slots=True)
class Section:
    """What one subject has to say of a member; more of it is in the API at `link`, in the table `desk` of the desk."""

    key: str
    title: Words
    facts: tuple[Fact, ...]
    link: str = ""
    desk: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A member in one view. Of one who was merged it is the card of the one in whom they live on."""

    member: Member
    sections: tuple[Section, ...]


_card: list[CardPart] = []
_export: dict[str, ExportPart] = {}


def on_card(part: CardPart) -> CardPart:
    """Have the decorated coroutine add a section to every card."""
    _card.append(part)
    return part


def on_export(name: str) -> Callable[[ExportPart], ExportPart]:
    """Have the decorated coroutine add rows called `name` to every export. Raises ValueError if the name is taken."""

    def register(part: ExportPart) -> ExportPart:
        if name in _export:
            raise ValueError(f"two parts of the export are called {name}")
        _export[name] = part
        return part

    return register


async def card_of(member_id: uuid.UUID) -> Card:
    """The member with what every subject says of them. Raises MemberUnknown."""
    member = await find(member_id)
    if member.merged_into:
        member = await find(member.merged_into)
    if member.state == "erased":
        raise MemberUnknown
    sections = [await part(member.id) for part in _card]
    return Card(member, tuple(section for section in sections if section and section.facts))


async def export_of(member_id: uuid.UUID) -> dict[str, list[dict[str, Any]]]:
    """Everything that is held of a person, by table, those merged into them included. Raises MemberUnknown."""
    member = await find(member_id)
    everybody = await ids_of(member.merged_into or member.id)
    held = await held_rows(everybody)
    for name, part in _export.items():
        if rows := [dict(row) for row in await part(everybody)]:
            held[name] = rows
    return held
