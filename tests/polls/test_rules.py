"""What can be said of a poll and its options, when, and who sees how it stands."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tenants import pictures, polls, rewards, segments
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tests.make import members as make_members
from tests.make import polls as make

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def do(shop: Shop, verb: Any, *args: Any, **more: Any) -> Any:
    async with shop.open():
        return await verb(*args, **more)


async def voted(shop: Shop, **terms: Any) -> tuple[UUID, list[UUID], UUID]:
    """A poll with one vote for its first option."""
    async with shop.open():
        poll, options = await make.poll("A", "B", "C", **terms)
        ann = await make_members.member()
        await polls.vote(poll, ann.id, options[: terms.get("choices_min", 1)])
    return poll, options, ann.id


@pytest.mark.parametrize(
    ("terms", "param"),
    [
        ({"name_en": " ", "name_zh": ""}, "name_en"), ({"name_zh": "名" * 201}, "name_zh"),
        ({"description_en": "d" * 2001}, "description_en"), ({"purpose": "fun"}, "purpose"),
        ({"period": "week"}, "period"), ({"results": "never"}, "results"), ({"choices_min": 0}, "choices_max"),
        ({"choices_min": 3, "choices_max": 2}, "choices_max"), ({"choices_max": 51}, "choices_max"),
        ({"reward_points": -1}, "reward_points"), ({"reward_points": 1_000_001}, "reward_points"),
        ({"starts_at": NOON, "ends_at": NOON}, "ends_at"), ({"ends_at": NOON.replace(year=2300)}, "ends_at"),
    ],
)  # fmt: skip
async def test_terms_that_do_not_fit_are_named_and_nothing_is_made(
    acme: Shop, terms: dict[str, Any], param: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await do(acme, polls.create, polls.Terms(**{"name_en": "Colour", **terms}))
    assert refused.value.facts["param"] == param
    assert await acme.value("SELECT count(*) FROM __tenant__.poll") == 0


async def test_what_a_poll_names_must_exist(acme: Shop) -> None:
    with pytest.raises(pictures.PictureUnknown):
        await do(acme, polls.create, polls.Terms(name_en="Colour", picture=ids.new()))
    with pytest.raises(segments.SegmentUnknown):
        await do(acme, polls.create, polls.Terms(name_en="Colour", segment=ids.new()))
    with pytest.raises(pictures.PictureUnknown):
        async with acme.open():
            poll, _ = await make.poll()
            await polls.add_option(poll, polls.OptionTerms(text_en="Green", picture=ids.new()))


def test_no_term_of_a_poll_or_an_option_can_reward_a_choice() -> None:
    """网络反不正当竞争暂行规定 art. 9 (5), 16 CFR 465.4: the shapes have no place for it."""
    said = {field.name for field in dataclasses.fields(polls.OptionTerms)}
    assert said == {"text_en", "text_zh", "picture", "product", "price_low", "price_high", "position"}
    assert {name for name in polls.Terms.__dataclass_fields__ if "reward" in name} == {
        "reward_points",
        "reward_voucher",
    }


async def test_the_occasion_of_a_reward_knows_the_poll_the_member_and_the_period_and_no_option(acme: Shop) -> None:
    poll, _, ann = await voted(acme, reward_points=3)
    [grant] = await do(acme, rewards.granted_to, ann)
    assert grant.once == f"poll/{poll.hex}/{ann.hex}/1970-01-01"


async def test_a_poll_needs_options_enough_before_it_can_be_published(acme: Shop) -> None:
    async with acme.open():
        poll = await polls.create(polls.Terms(name_en="Colour", choices_max=3))
        for text in ("A", "B"):
            await polls.add_option(poll, polls.OptionTerms(text_en=text))
    with pytest.raises(polls.NothingToChoose):
        await do(acme, polls.publish, poll)
    last = await do(acme, polls.add_option, poll, polls.OptionTerms(text_en="C"))
    await do(acme, polls.publish, poll)
    await do(acme, polls.publish, poll)
    with pytest.raises(polls.NothingToChoose):
        await do(acme, polls.remove_option, last)
    with pytest.raises(polls.PollStarted):
        await do(acme, polls.set_state, poll, "draft")


async def test_an_end_that_has_passed_can_be_neither_published_nor_set(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            poll, _ = await make.poll(ends_at=NOON + HOUR, state="draft")
            live, _ = await make.poll()
        with pytest.raises(Invalid):
            await do(acme, polls.change, live, {"ends_at": NOON})
    with clock.at(NOON + HOUR), pytest.raises(Invalid):
        await do(acme, polls.publish, poll)


async def test_there_are_at_most_fifty_options(acme: Shop) -> None:
    async with acme.open():
        poll, options = await make.poll(*(f"Option {number}" for number in range(50)), choices_max=50)
        ann = await make_members.member()
        with pytest.raises(polls.OptionsFull):
            await polls.add_option(poll, polls.OptionTerms(text_en="One too many"))
        await polls.vote(poll, ann.id, options)
        assert [one.votes for one in (await polls.result(poll)).options] == [1] * 50


async def test_what_would_falsify_ballots_stays_once_there_is_one(acme: Shop) -> None:
    poll, _, _ = await voted(acme, choices_min=2, choices_max=2)
    wrong: tuple[dict[str, Any], ...] = (
        {"period": "day"}, {"choices_max": 1, "choices_min": 1}, {"choices_min": 3, "choices_max": 3},
        {"starts_at": NOON},
    )  # fmt: skip
    for changes in wrong:
        with pytest.raises(polls.TermsFrozen):
            await do(acme, polls.change, poll, changes)
    after = await do(acme, polls.change, poll, {"choices_max": 3, "choices_min": 1, "results": "staff"})
    assert (after.choices_min, after.choices_max, after.results) == (1, 3, "staff")
    with pytest.raises(Invalid):
        await do(acme, polls.change, poll, {"colour": "red"})


async def test_an_option_with_votes_stays_in_the_tally_and_one_without_goes(acme: Shop) -> None:
    poll, [a, b, c], ann = await voted(acme)
    assert not await do(acme, polls.remove_option, a)
    seen = await do(acme, polls.result, poll)
    assert [(one.option.text.en, one.option.removed, one.votes) for one in seen.options] == [
        ("A", True, 1), ("B", False, 0), ("C", False, 0),
    ]  # fmt: skip
    assert [one.id for one in (await do(acme, polls.look, poll, ann)).options] == [a, b, c]
    async with acme.open():
        ben = await make_members.member()
        assert [one.id for one in (await polls.look(poll, ben.id)).options] == [b, c]
        with pytest.raises(polls.OptionGone):
            await polls.vote(poll, ben.id, [a])
    assert (await do(acme, polls.vote, poll, ann, [a])).repeated
    await do(acme, polls.add_option, poll, polls.OptionTerms(text_en="D"))
    assert await do(acme, polls.remove_option, b)
    assert await acme.value("SELECT count(*) FROM __tenant__.poll_option WHERE id = $1", b) == 0


async def test_texts_are_corrected_with_a_line_in_the_audit_trail_and_the_rest_stays(acme: Shop) -> None:
    poll, [a, b, _], _ = await voted(acme)
    await do(acme, polls.change_option, b, {"product": "SKU-2", "price_low": Decimal(5), "price_high": Decimal(9)})
    assert await acme.value("SELECT count(*) FROM __tenant__.audit") == 0
    for changes in ({"product": "SKU-1"}, {"price_low": Decimal(1)}):
        with pytest.raises(polls.TermsFrozen):
            await do(acme, polls.change_option, a, changes)
    await do(acme, polls.change_option, a, {"text_en": "A!"})
    [line] = await acme.rows("SELECT subject, row_id, before, after FROM __tenant__.audit")
    assert (line["subject"], line["row_id"]) == ("poll_option", str(a))
    assert '"text_en": "A"' in line["before"]
    assert '"text_en": "A!"' in line["after"]
    with pytest.raises(Invalid):
        await do(acme, polls.change_option, b, {"price_high": Decimal(1)})
    await do(acme, polls.order_options, poll, [b])
    assert [row["text_en"] for row in await do(acme, polls.options_of, poll)] == ["B", "A!", "C"]


async def test_an_ended_poll_does_not_come_back(acme: Shop) -> None:
    poll, [a, *_], _ = await voted(acme)
    await do(acme, polls.end, poll)
    await do(acme, polls.end, poll)
    for verb, args in (
        (polls.publish, ()), (polls.pause, ()), (polls.change, ({"name_en": "Other"},)),
        (polls.add_option, (polls.OptionTerms(text_en="D"),)), (polls.order_options, ([],)),
    ):  # fmt: skip
        with pytest.raises(polls.PollEnded):
            await do(acme, verb, poll, *args)
    with pytest.raises(polls.PollEnded):
        await do(acme, polls.change_option, a, {"text_en": "Another"})
    assert (await do(acme, polls.read_terms, poll)).name_en == "Next colour"


async def test_a_copy_has_terms_and_options_and_neither_window_nor_votes(acme: Shop) -> None:
    poll, [a, *_], _ = await voted(acme, reward_points=5, choices_max=2, ends_at=clock.now() + HOUR)
    await do(acme, polls.remove_option, a)
    await do(acme, polls.end, poll)
    copy = await do(acme, polls.clone, poll, once="again")
    assert await do(acme, polls.clone, poll, once="again") == copy
    before, after = await do(acme, polls.read_terms, poll), await do(acme, polls.read_terms, copy)
    assert after == dataclasses.replace(before, starts_at=None, ends_at=None)
    assert [(row["text_en"], row["votes"]) for row in await do(acme, polls.options_of, copy)] == [("B", 0), ("C", 0)]
    assert await acme.value("SELECT state FROM __tenant__.poll WHERE id = $1", copy) == "draft"


@pytest.mark.parametrize(
    ("mode", "before", "after", "closed"),
    [
        ("always", True, True, True), ("after_vote", False, True, True), ("after_close", False, False, True),
        ("staff", False, False, False),
    ],
)  # fmt: skip
async def test_members_see_the_result_when_the_poll_says_so_and_staff_always(
    acme: Shop, mode: str, *, before: bool, after: bool, closed: bool
) -> None:
    ends_at = clock.now() + HOUR
    async with acme.open():
        poll, options = await make.poll(results=mode, ends_at=ends_at)
        ann, ben, cyn = await make_members.members_of_count(3)
        await polls.vote(poll, cyn.id, options[:1])

    async def sees(who: UUID | None) -> bool:
        return (await do(acme, polls.look, poll, who)).result is not None

    assert await sees(ann.id) is before
    await do(acme, polls.vote, poll, ann.id, options[1:])
    assert await sees(ann.id) is after
    assert await sees(ben.id) is before
    assert await sees(None) is before
    await do(acme, polls.withdraw, poll, ann.id)
    assert await sees(ann.id) is before
    with clock.at(ends_at):
        assert await sees(ben.id) is closed
        assert await sees(None) is closed
    assert [one.votes for one in (await do(acme, polls.result, poll)).options] == [1, 0]


async def test_a_shuffled_poll_has_one_order_for_each_member(acme: Shop) -> None:
    async with acme.open():
        poll, options = await make.poll(*(f"Option {number}" for number in range(12)), shuffled=True)
        everybody = await make_members.members_of_count(6)
        seen = {
            one.id: [tuple(option.id for option in (await polls.look(poll, one.id)).options) for _ in range(2)]
            for one in everybody
        }
        plain = (await polls.look(poll, None)).options
    assert all(first == second and set(first) == set(options) for first, second in seen.values())
    assert len({first for first, _ in seen.values()}) > 1
    assert [option.id for option in plain] == options


async def test_offers_are_what_is_open_with_the_unanswered_first(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            ann = await make_members.member()
            done, options = await make.poll()
            waiting, _ = await make.poll()
            for terms in ({"state": "draft"}, {"state": "paused"}, {"starts_at": NOON + HOUR}):
                await make.poll(**terms)
            over, _ = await make.poll(ends_at=NOON + HOUR)
            await polls.vote(done, ann.id, options[:1])
        with clock.at(NOON + HOUR - timedelta(seconds=1)):
            found = await do(acme, polls.offers, ann.id)
    assert [(one.poll, one.voted) for one in found] == [(over, False), (waiting, False), (done, True)]
