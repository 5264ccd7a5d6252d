"""What polls do when members become one, or two again, and what is told of a member on their card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import members
from tenants.kit.facts import on
from tenants.kit.words import Words
from tenants.polls.rules import persons
from tenants.tenancy import DB

if TYPE_CHECKING:
    from uuid import UUID


@on(members.Merged)
async def follow(merged: members.Merged) -> None:
    """The ballots go along."""
    await persons.move_all(merged.merge, merged.source, merged.target)


@on(members.Unmerged)
async def return_them(unmerged: members.Unmerged) -> None:
    """And back."""
    await persons.move_back(unmerged.merge, unmerged.source, unmerged.target)


@members.on_card
async def _ballots_on_card(member: UUID) -> members.Section:
    told = await DB.fetchrow(
        "SELECT count(DISTINCT poll) AS polls, count(*) AS ballots, max(changed_at) AS last_at"
        " FROM __tenant__.poll_ballot WHERE member = $1 AND cardinality(options) > 0", member)  # fmt: skip
    return members.Section(
        "polls",
        Words(en="Polls", zh="投票"),
        (
            members.Fact("polls", Words(en="Voted in", zh="参与投票"), told["polls"]),
            members.Fact("ballots", Words(en="Ballots", zh="选票"), told["ballots"]),
            members.Fact("last_at", Words(en="Last", zh="最近投票"), told["last_at"]),
        ),
        link="/v1/members/{member}/export",
        desk="poll_ballot",
    )


@members.on_export("poll_choice")
async def _choices_in_export(everybody: list[UUID]) -> list[dict[str, Any]]:
    rows = await DB.fetch(
        "SELECT b.id AS ballot, p.name_en, p.name_zh, o.text_en, o.text_zh FROM __tenant__.poll_ballot b"
        " JOIN __tenant__.poll p ON p.id = b.poll JOIN __tenant__.poll_option o ON o.id = ANY(b.options)"
        " WHERE b.member = ANY($1::uuid[]) ORDER BY b.id, o.position, o.id", everybody)  # fmt: skip
    return [dict(row) for row in rows]
