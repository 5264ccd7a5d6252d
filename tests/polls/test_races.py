"""Many at once, over real connections and over HTTP: none is counted twice, too late, or not at all."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Any

from tenants import members, polls
from tenants.kit import clock
from tests.make import members as make_members
from tests.make import polls as make

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

VOTES = 5_000
BATCH = 100


async def do(shop: Shop, verb: Any, *args: Any, **more: Any) -> Any:
    async with shop.open():
        return await verb(*args, **more)


async def tried(shop: Shop, verb: Any, *args: Any, **more: Any) -> Any:
    """What the verb answers, or the domain's refusal."""
    try:
        return await do(shop, verb, *args, **more)
    except Exception as error:  # noqa: BLE001  it is looked at
        return error


async def shoppers(shop: Shop, count: int) -> list[UUID]:
    """Members as a large load makes them: many with one statement."""
    rows = [(f"voter-{number}", clock.now(), "test") for number in range(count)]
    async with shop.open():
        return list((await members.ensure_many(rows)).values())


async def ballots_of(shop: Shop, poll: UUID) -> dict[UUID, tuple[UUID, ...]]:
    rows = await shop.rows("SELECT member, options FROM __tenant__.poll_ballot WHERE poll = $1", poll)
    return {row["member"]: tuple(row["options"]) for row in rows}


async def test_five_thousand_votes_with_double_clicks_in_batches_are_none_off_by_one(acme: Shop) -> None:
    async with acme.open():
        poll, options = await make.poll(*"ABCDE", reward_points=1)
    everybody = await shoppers(acme, VOTES)
    luck = random.Random(4)  # noqa: S311  not for secrets
    chosen = {member: luck.choice(options) for member in everybody}
    clicks = [*everybody, *luck.sample(everybody, VOTES // 2)]  # half of them click twice
    luck.shuffle(clicks)
    batches = [clicks[start : start + BATCH] for start in range(0, len(clicks), BATCH)]
    door = asyncio.Semaphore(8)

    async def batch(who: list[UUID]) -> list[Any]:
        async with door:
            return list(await do(acme, polls.vote_many, [polls.Ballot(poll, one, (chosen[one],)) for one in who]))

    answers = [one for got in await asyncio.gather(*map(batch, batches)) for one in got]
    assert all(isinstance(one, polls.Vote) for one in answers)
    assert sum(not one.repeated for one in answers) == VOTES
    assert sum(one.points for one in answers) == VOTES
    seen = await do(acme, polls.result, poll)
    assert {one.option.id: one.votes for one in seen.options} == {
        option: sum(each == option for each in chosen.values()) for option in options
    }
    assert (seen.ballots, seen.members) == (VOTES, VOTES)


async def test_five_hundred_votes_with_double_taps_over_http(acme: Shop) -> None:
    async with acme.open():
        poll, options = await make.poll("A", "B", "C")
        shown = [f"plo_{make.shown(option)}" for option in options]
    everybody = await shoppers(acme, 500)
    clients = {member: acme.member(member) for member in everybody}

    async def tap(place: int) -> Any:
        member = everybody[place % 500]
        body = {"options": [shown[place % 3]]} if place < 500 else {"options": [shown[(place - 500) % 3]]}
        return await clients[member].put(f"/v1/me/polls/pol_{make.shown(poll)}/ballot", json=body)

    replies = await asyncio.gather(*map(tap, [*range(500), *range(500, 750)]))
    assert {reply.status_code for reply in replies} == {200}
    assert sum(not reply.json()["repeated"] for reply in replies) == 500
    seen = await do(acme, polls.result, poll)
    assert [one.votes for one in seen.options] == [167, 167, 166]


async def test_two_choices_of_one_member_at_once_leave_one_ballot(acme: Shop) -> None:
    async with acme.open():
        poll, options = await make.poll(*"ABCDEFGH", period="day")
        ann = await make_members.member()
    got = await asyncio.gather(*(tried(acme, polls.vote, poll, ann.id, [option]) for option in options))
    assert all(isinstance(one, polls.Vote) for one in got)
    assert sorted(one.version for one in got) == list(range(1, 9))
    seen = await do(acme, polls.result, poll)
    assert (sum(one.votes for one in seen.options), seen.ballots, seen.members) == (1, 1, 1)


async def test_a_final_vote_is_the_first_of_all_at_once(acme: Shop) -> None:
    async with acme.open():
        poll, options = await make.poll(*"ABCDEFGH", changeable=False)
        ann = await make_members.member()
    got = await asyncio.gather(*(tried(acme, polls.vote, poll, ann.id, [option]) for option in options))
    assert sorted(type(one).__name__ for one in got) == ["AlreadyVoted"] * 7 + ["Vote"]
    assert sum(one.votes for one in (await do(acme, polls.result, poll)).options) == 1


async def test_change_and_withdraw_at_once_end_in_one_of_the_two(acme: Shop) -> None:
    async with acme.open():
        poll, [red, blue] = await make.poll()
        everybody = [member.id for member in await make_members.members_of_count(30)]
        await polls.vote_many([polls.Ballot(poll, member, (red,)) for member in everybody])
    await asyncio.gather(
        *(tried(acme, polls.vote, poll, member, [blue]) for member in everybody),
        *(tried(acme, polls.withdraw, poll, member) for member in everybody),
    )
    ballots = await ballots_of(acme, poll)
    assert set(ballots.values()) <= {(), (blue,)}
    seen = await do(acme, polls.result, poll)
    assert [one.votes for one in seen.options] == [0, sum(chosen == (blue,) for chosen in ballots.values())]


async def test_a_vote_is_counted_before_the_close_or_refused(acme: Shop) -> None:
    async with acme.open():
        poll, [red, _] = await make.poll()
    everybody = await shoppers(acme, 60)
    told: list[polls.Closed] = []

    async def hear(fact: polls.Closed) -> None:
        told.append(fact)

    with make.hearing(polls.Closed, hear):
        votes = [asyncio.create_task(tried(acme, polls.vote, poll, member, [red])) for member in everybody]
        await asyncio.gather(*votes[:10])
        await do(acme, polls.end, poll)
        got = await asyncio.gather(*votes)
    counted = sum(isinstance(one, polls.Vote) for one in got)
    assert {type(one) for one in got} <= {polls.Vote, polls.PollClosed}
    assert counted >= 10
    assert told[0].ballots == counted  # nothing came in after the end was told
    assert (await do(acme, polls.result, poll)).ballots == counted


async def test_an_option_is_taken_off_before_a_vote_or_kept_for_it(acme: Shop) -> None:
    for _ in range(5):
        async with acme.open():
            poll, [red, _, _] = await make.poll("A", "B", "C")
            voters = [member.id for member in await make_members.members_of_count(4)]
        *got, gone = await asyncio.gather(
            *(tried(acme, polls.vote, poll, member, [red]) for member in voters), tried(acme, polls.remove_option, red)
        )
        counted = sum(isinstance(one, polls.Vote) for one in got)
        assert {type(one) for one in got} <= {polls.Vote, polls.OptionGone}
        assert gone is (counted == 0)


async def test_votes_in_two_polls_and_merges_of_their_voters_wait_for_each_other_and_never_in_a_ring(
    acme: Shop,
) -> None:
    async with acme.open():
        first, [a, b] = await make.poll(reward_points=1)
        second, [c, d] = await make.poll("C", "D", period="day", reward_points=1)
    everybody = await shoppers(acme, 40)
    pairs = list(zip(everybody[:10], everybody[10:20], strict=True))

    def ballots(turn: int) -> list[polls.Ballot]:
        mixed = random.Random(turn)  # noqa: S311  not for secrets
        asked = [
            polls.Ballot(poll, member, (mixed.choice(options),))
            for member in everybody
            for poll, options in ((first, (a, b)), (second, (c, d)))
        ]
        mixed.shuffle(asked)
        return asked

    got = await asyncio.gather(
        *(tried(acme, polls.vote_many, ballots(turn)) for turn in range(6)),
        *(tried(acme, members.merge, source, target, once=f"m{source}") for source, target in pairs),
    )
    assert [one for one in got if isinstance(one, Exception)] == []
    seen = await do(acme, polls.result, first)
    assert (seen.ballots, seen.members) == (30, 30)
