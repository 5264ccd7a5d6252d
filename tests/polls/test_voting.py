"""One ballot for each member and period; tallies and turnout are what the ballots say, and so are rewards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tenants import members, points, polls, segments
from tenants.kit import clock, ids
from tests.make import members as make_members
from tests.make import outreach as make_outreach
from tests.make import polls as make
from tests.make import vouchers as make_vouchers

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # in Shanghai, where the shop is
EVENING = datetime(2026, 11, 21, 15, 59, 59, tzinfo=UTC)  # a second before the shop's midnight


async def do(shop: Shop, verb: Any, *args: Any, **more: Any) -> Any:
    async with shop.open():
        return await verb(*args, **more)


async def tally(shop: Shop, poll: UUID) -> list[int]:
    """The votes in the order of the options, then ballots and members."""
    seen = await do(shop, polls.result, poll)
    return [*(one.votes for one in seen.options), seen.ballots, seen.members]


async def started(shop: Shop, *texts: str, voters: int = 1, **terms: Any) -> tuple[UUID, list[UUID], list[UUID]]:
    """A poll, its options, and so many members."""
    async with shop.open():
        poll, options = await make.poll(*texts, **terms)
        return poll, options, [member.id for member in await make_members.members_of_count(voters)]


async def test_a_vote_counts_once_and_the_same_again_changes_nothing(acme: Shop) -> None:
    poll, [red, _], [ann] = await started(acme)
    first = await do(acme, polls.vote, poll, ann, [red])
    second = await do(acme, polls.vote, poll, ann, [red])
    assert (first.options, first.what, first.repeated) == ((red,), "voted", False)
    assert second.repeated
    assert (second.id, second.version, second.changed_at) == (first.id, 1, first.changed_at)
    assert await tally(acme, poll) == [1, 0, 1, 1]


async def test_a_changed_vote_moves_and_a_withdrawn_one_goes(acme: Shop) -> None:
    poll, [red, blue], [ann] = await started(acme)
    await do(acme, polls.vote, poll, ann, [red])
    changed = await do(acme, polls.vote, poll, ann, [blue])
    assert (changed.what, changed.version) == ("changed", 2)
    assert await tally(acme, poll) == [0, 1, 1, 1]
    gone = await do(acme, polls.withdraw, poll, ann)
    again = await do(acme, polls.withdraw, poll, ann)
    assert (gone.what, gone.options, again.repeated) == ("withdrawn", (), True)
    assert await tally(acme, poll) == [0, 0, 0, 0]
    await do(acme, polls.vote, poll, ann, [blue])
    assert await tally(acme, poll) == [0, 1, 1, 1]


async def test_several_options_are_a_set(acme: Shop) -> None:
    poll, [a, b, c], [ann] = await started(acme, "A", "B", "C", choices_min=2, choices_max=3)
    await do(acme, polls.vote, poll, ann, [c, a])
    assert (await do(acme, polls.vote, poll, ann, [a, c])).repeated
    assert await tally(acme, poll) == [1, 0, 1, 1, 1]
    for wrong in ([a], [a, a], [], [a, b, c, ids.new()]):
        with pytest.raises(polls.ChoiceRefused):
            await do(acme, polls.vote, poll, ann, wrong)
    with pytest.raises(polls.OptionGone):
        await do(acme, polls.vote, poll, ann, [a, ids.new()])
    assert await tally(acme, poll) == [1, 0, 1, 1, 1]


async def test_a_final_vote_can_be_neither_changed_nor_withdrawn_but_repeated(acme: Shop) -> None:
    poll, [red, blue], [ann, ben] = await started(acme, voters=2, changeable=False)
    await do(acme, polls.vote, poll, ann, [red])
    assert (await do(acme, polls.vote, poll, ann, [red])).repeated
    for verb, more in ((polls.vote, ([blue],)), (polls.withdraw, ())):
        with pytest.raises(polls.AlreadyVoted):
            await do(acme, verb, poll, ann, *more)
    with pytest.raises(polls.NothingToWithdraw):
        await do(acme, polls.withdraw, poll, ben)
    assert await tally(acme, poll) == [1, 0, 1, 1]


async def test_an_option_of_another_poll_cannot_be_chosen(acme: Shop) -> None:
    poll, _, [ann] = await started(acme)
    async with acme.open():
        _, others = await make.poll()
    with pytest.raises(polls.OptionGone):
        await do(acme, polls.vote, poll, ann, [others[0]])
    assert await tally(acme, poll) == [0, 0, 0, 0]


async def test_once_a_day_is_once_each_day_of_the_shop(acme: Shop) -> None:
    poll, [red, blue], [ann, ben] = await started(acme, voters=2, period="day")
    with clock.at(EVENING):
        first = await do(acme, polls.vote, poll, ann, [red])
        await do(acme, polls.vote, poll, ann, [blue])
    with clock.at(EVENING + timedelta(seconds=1)):
        second = await do(acme, polls.vote, poll, ann, [red])
        await do(acme, polls.vote, poll, ben, [red])
    assert (first.period, second.period) == (date(2026, 11, 21), date(2026, 11, 22))
    assert await tally(acme, poll) == [2, 1, 3, 2]
    with clock.at(EVENING + timedelta(seconds=1)):
        await do(acme, polls.withdraw, poll, ann)  # of the second day only
        await do(acme, polls.withdraw, poll, ben)
    assert await tally(acme, poll) == [0, 1, 1, 1]


async def test_it_opens_and_closes_to_the_second_whatever_the_job_has_noted(acme: Shop) -> None:
    second = timedelta(seconds=1)
    with clock.at(NOON):
        poll, [red, blue], [ann, ben] = await started(
            acme, voters=2, starts_at=NOON + 60 * second, ends_at=NOON + 120 * second
        )
    with clock.at(NOON + 59 * second), pytest.raises(polls.PollNotOpen):
        await do(acme, polls.vote, poll, ann, [red])
    with clock.at(NOON + 60 * second):
        await do(acme, polls.vote, poll, ann, [red])
    with clock.at(NOON + 119 * second):
        await do(acme, polls.vote, poll, ben, [red])
    with clock.at(NOON + 120 * second):
        for verb, more in ((polls.vote, ([blue],)), (polls.withdraw, ())):
            with pytest.raises(polls.PollClosed):
                await do(acme, verb, poll, ann, *more)
        assert await acme.value("SELECT state FROM __tenant__.poll WHERE id = $1", poll) == "live"
        assert await tally(acme, poll) == [2, 0, 2, 2]


async def test_drafts_are_unknown_and_paused_polls_wait(acme: Shop) -> None:
    poll, [red, _], [ann] = await started(acme, state="draft")
    with pytest.raises(polls.PollUnknown):
        await do(acme, polls.vote, poll, ann, [red])
    await do(acme, polls.publish, poll)
    await do(acme, polls.pause, poll)
    with pytest.raises(polls.PollNotOpen):
        await do(acme, polls.vote, poll, ann, [red])
    await do(acme, polls.resume, poll)
    await do(acme, polls.vote, poll, ann, [red])
    with pytest.raises(polls.PollUnknown):
        await do(acme, polls.vote, ids.new(), ann, [red])
    assert await tally(acme, poll) == [1, 0, 1, 1]


async def test_blocked_merged_erased_and_unknown_members_do_not_vote(acme: Shop) -> None:
    poll, [red, _], [blocked, merged, erased, well] = await started(acme, voters=4, reward_points=5)
    await do(acme, members.block, blocked)
    await do(acme, members.merge, merged, well, once="m")
    await do(acme, members.erase, erased, reason="asked")
    who = (blocked, merged, erased, ids.new(), well)
    async with acme.open():
        got = await polls.vote_many([polls.Ballot(poll, member, (red,)) for member in who])
    assert [type(one) for one in got] == [
        members.MemberBlocked, members.MemberMerged, members.MemberUnknown, members.MemberUnknown, polls.Vote,
    ]  # fmt: skip
    assert await tally(acme, poll) == [1, 0, 1, 1]
    assert await acme.value("SELECT count(*) FROM __tenant__.reward_grant") == 1


async def test_a_segment_is_asked_once_for_a_batch_and_withdrawing_is_for_whoever_voted(acme: Shop) -> None:
    async with acme.open():
        vip = await segments.create(name_en="VIP", rule=segments.read('{"about": "tag", "op": "is", "value": ["vip"]}'))
        poll, [red, _] = await make.poll(segment=vip.id)
        ann, ben = await make_members.member(tags=["vip"]), await make_members.member()
        got = await polls.vote_many([polls.Ballot(poll, one.id, (red,)) for one in (ben, ann)])
    assert [type(one) for one in got] == [polls.NotForYou, polls.Vote]
    assert [one.poll for one in await do(acme, polls.offers, ann.id)] == [poll]
    assert await do(acme, polls.offers, ben.id) == []
    assert isinstance((await do(acme, polls.look, poll, ben.id)).refusal, polls.NotForYou)
    await do(acme, members.untag, ann.id, ["vip"])
    await do(acme, polls.withdraw, poll, ann.id)
    assert await tally(acme, poll) == [0, 0, 0, 0]


async def test_voting_is_rewarded_once_whatever_is_changed_withdrawn_and_voted_again(acme: Shop) -> None:
    async with acme.open():
        template = await make_vouchers.voucher_template()
    poll, [red, blue], [ann] = await started(acme, reward_points=20, reward_voucher=template)
    first = await do(acme, polls.vote, poll, ann, [red])
    await do(acme, polls.vote, poll, ann, [blue])
    await do(acme, polls.withdraw, poll, ann)
    await do(acme, polls.change, poll, {"reward_points": 30})
    again = await do(acme, polls.vote, poll, ann, [red])
    assert (first.points, bool(first.voucher_code)) == (20, True)
    assert (again.points, again.voucher_code) == (0, None)
    assert await acme.value("SELECT balance FROM __tenant__.points_account WHERE member = $1", ann) == 20
    [turnout] = await acme.rows("SELECT points, vouchers FROM __tenant__.poll_turnout WHERE poll = $1", poll)
    assert turnout == {"points": 20, "vouchers": 1}
    [why] = {row["why"] for row in await acme.rows("SELECT why FROM __tenant__.reward_grant")}
    assert why == points.Why.POLL.value


async def test_a_reward_that_is_out_of_stock_keeps_nobody_from_voting(acme: Shop) -> None:
    async with acme.open():
        template = await make_vouchers.voucher_template(stock=1)
    poll, [red, _], voters = await started(acme, voters=3, reward_points=5, reward_voucher=template)
    async with acme.open():
        got = await polls.vote_many([polls.Ballot(poll, member, (red,)) for member in voters])
    assert [one.points for one in got if isinstance(one, polls.Vote)] == [5, 5, 5]
    assert sum(bool(one.voucher_code) for one in got if isinstance(one, polls.Vote)) == 1
    assert await tally(acme, poll) == [3, 0, 3, 3]


async def test_a_batch_takes_several_ballots_of_one_member_one_after_the_other(acme: Shop) -> None:
    poll, [red, blue], [ann, ben] = await started(acme, voters=2, reward_points=7)
    async with acme.open():
        other, [left, _] = await make.poll("Left", "Right")
        got = await polls.vote_many(
            [
                polls.Ballot(poll, ann, (red,)), polls.Ballot(other, ann, (left,)), polls.Ballot(poll, ann, (red,)),
                polls.Ballot(poll, ben, (ids.new(),)), polls.Ballot(poll, ann, (blue,)), polls.Ballot(poll, ann),
                polls.Ballot(poll, ben, (blue,)), polls.Ballot(poll, ann, (blue,)),
            ]
        )  # fmt: skip
    assert [one.version if isinstance(one, polls.Vote) else type(one) for one in got] == [
        1, 1, 1, polls.OptionGone, 2, 3, 1, 4,
    ]  # fmt: skip
    assert [one.repeated for one in got if isinstance(one, polls.Vote)] == [False, False, True, *[False] * 4]
    assert [one.points for one in got if isinstance(one, polls.Vote)] == [7, 0, 0, 0, 0, 7, 0]
    assert await tally(acme, poll) == [0, 2, 2, 2]
    assert await tally(acme, other) == [1, 0, 1, 1]


async def test_a_merge_moves_ballots_and_withdraws_the_second_of_a_period_until_it_is_undone(acme: Shop) -> None:
    poll, [red, blue], [source, target] = await started(acme, voters=2)
    async with acme.open():
        daily, [early, late] = await make.poll("Early", "Late", period="day")
    for day, who in ((0, source), (1, source), (1, target), (2, target)):
        with clock.at(NOON + timedelta(days=day)):
            await do(acme, polls.vote, daily, who, [early if who == source else late])
    await do(acme, polls.vote, poll, source, [red])
    await do(acme, polls.vote, poll, target, [blue])
    merge = await do(acme, members.merge, source, target, once="one person")
    assert await tally(acme, poll) == [0, 1, 1, 1]
    assert await tally(acme, daily) == [1, 2, 3, 1]
    assert (await do(acme, polls.look, poll, target)).vote.options == (blue,)
    await do(acme, members.unmerge, merge.id)
    assert await tally(acme, poll) == [1, 1, 2, 2]
    assert await tally(acme, daily) == [2, 2, 4, 2]
    assert (await do(acme, polls.look, poll, source)).vote.options == (red,)


async def test_an_erased_members_ballot_stays_counted_and_says_nothing_of_them(acme: Shop) -> None:
    poll, [red, _], [ann] = await started(acme)
    await do(acme, polls.vote, poll, ann, [red])
    held = await do(acme, members.export_of, ann)
    assert held["poll_choice"][0]["text_en"] == "Red"
    card = await do(acme, members.card_of, ann)
    section = next(one for one in card.sections if one.key == "polls")
    assert section.facts[0].value == 1
    await do(acme, members.erase, ann, reason="asked")
    assert await tally(acme, poll) == [1, 0, 1, 1]
    assert await acme.value("SELECT name FROM __tenant__.member WHERE id = $1", ann) == ""


async def test_the_job_ends_polls_whose_time_has_come_and_tells_once(acme: Shop) -> None:
    with clock.at(NOON):
        poll, [red, _], [ann] = await started(acme, ends_at=NOON + timedelta(hours=1))
        later, _, _ = await started(acme, ends_at=NOON + timedelta(hours=2))
        await do(acme, polls.vote, poll, ann, [red])
    told: list[polls.Closed] = []

    async def hear(fact: polls.Closed) -> None:
        told.append(fact)

    heard = make.hearing(polls.Closed, hear)
    with heard, clock.at(NOON + timedelta(hours=1)):
        assert await make_outreach.run(acme, "polls.close") == NOON + timedelta(hours=2)
        assert await make_outreach.run(acme, "polls.close") == NOON + timedelta(hours=2)
        await do(acme, polls.end, poll)
    assert told == [polls.Closed(poll, 1, 1, NOON + timedelta(hours=1))]
    rows = await acme.rows("SELECT state FROM __tenant__.poll WHERE id = ANY($1::uuid[]) ORDER BY id", [poll, later])
    assert [row["state"] for row in rows] == ["ended", "live"]
