"""One ballot for each member and period; tallies and turnout are what the ballots say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tenants import polls
from tests.make import members as make_members
from tests.make import polls as make

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # at the shop, in Shanghai


async def votes_of(shop: Shop, poll: uuid.UUID) -> list[int]:
    """The tally in the order of the options, then ballots and members."""
    rows = await shop.rows(
        "SELECT t.votes FROM __tenant__.poll_tally t JOIN __tenant__.poll_option o ON o.id = t.option"
        " WHERE t.poll = $1 ORDER BY o.position", poll)  # fmt: skip
    [turnout] = await shop.rows("SELECT ballots, members FROM __tenant__.poll_turnout WHERE poll = $1", poll)
    return [*(row["votes"] for row in rows), turnout["ballots"], turnout["members"]]


async def test_a_vote_counts_once_and_the_same_again_changes_nothing(acme: Shop) -> None:
    async with acme.open():
        poll, [red, _] = await make.poll()
        member = await make_members.member()
        first = await polls.vote(poll, member.id, [red])
    async with acme.open():
        second = await polls.vote(poll, member.id, [red])
    assert first.options == (red,)
    assert not first.repeated
    assert second.repeated
    assert (second.id, second.version, second.changed_at) == (first.id, 1, first.changed_at)
    assert await votes_of(acme, poll) == [1, 0, 1, 1]
