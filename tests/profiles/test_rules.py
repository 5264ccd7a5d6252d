"""What a member gets for telling of themselves, and how often: once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tenants import members, profiles
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.profiles import Question
from tenants.profiles.rules import answering
from tenants.tenancy import doctor
from tests.make import profiles as make
from tests.make import vouchers as make_vouchers

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PHONE, EMAIL = Question(field="phone", points=10), Question(field="email", points=20)


async def member(shop: Shop, **said: Any) -> UUID:
    async with shop.open():
        profile = members.Profile(external_id=ids.new().hex, **said)  # type: ignore[typeddict-item]
        return (await members.create(profile)).id


async def tell(shop: Shop, who: UUID, **said: Any) -> None:
    async with shop.open():
        await members.change(who, members.Profile(**said))  # type: ignore[typeddict-item]


async def balance(shop: Shop, who: UUID) -> int:
    return int(await shop.value("SELECT balance FROM __tenant__.points_account WHERE member = $1", who) or 0)


async def states(shop: Shop, who: UUID) -> dict[str, str]:
    rows = await shop.rows("SELECT field, state FROM __tenant__.profile_answer WHERE member = $1", who)
    return {row["field"]: row["state"] for row in rows}


async def sound(shop: Shop) -> None:
    async with shop.open():
        assert await doctor.examine() == []


async def live(shop: Shop, *questions: Question, **terms: Any) -> UUID:
    async with shop.open():
        made = await make.activity(*questions, **terms)
    await make.swept(shop)
    return made


async def test_a_field_is_rewarded_when_it_is_filled(acme: Shop) -> None:
    who = await member(acme)
    await live(acme, PHONE, EMAIL)
    await tell(acme, who, phone="+8613800138000")
    assert await balance(acme, who) == 10
    await tell(acme, who, email="a@x.example", name="Mei")
    assert await balance(acme, who) == 30
    assert await acme.value("SELECT DISTINCT why FROM __tenant__.points_entry") == "profile"
    await sound(acme)


async def test_emptied_and_filled_again_or_changed_it_gives_nothing_more(acme: Shop) -> None:
    """Pain 11 (saleor#18563): once per customer is bypassed by changing the e-mail address."""
    who = await member(acme)
    await live(acme, EMAIL)
    for address in ("a@x.example", None, "a@x.example", "b@x.example", None, "c@x.example"):
        await tell(acme, who, email=address)
    assert await balance(acme, who) == 20
    async with acme.open():
        await make.activity(EMAIL, state="draft")
    await sound(acme)


@pytest.mark.parametrize("again", ["mei@x.example", "Mei@x.example", "mei+2@x.example"])
async def test_an_address_that_has_counted_for_one_counts_for_no_other(acme: Shop, again: str) -> None:
    """Pain 11 (polar#13394): a second account with the same person's address, written otherwise."""
    one, two = await member(acme), await member(acme)
    await live(acme, EMAIL, PHONE)
    await tell(acme, one, email="mei@x.example", phone="+8613800138000")
    await tell(acme, two, email=again, phone="+8613800138000")
    assert (await balance(acme, one), await balance(acme, two)) == (30, 0)
    assert await states(acme, two) == {"email": "known", "phone": "known"}
    assert "x.example" not in str(await acme.rows("SELECT * FROM __tenant__.profile_answer"))
    await sound(acme)


async def test_two_accounts_with_one_number_at_once_earn_once(acme: Shop) -> None:
    several = [await member(acme) for _ in range(8)]
    await live(acme, PHONE)
    await asyncio.gather(*(tell(acme, who, phone="+8613800138000") for who in several))
    assert sum([await balance(acme, who) for who in several]) == 10
    await sound(acme)


async def test_the_same_field_told_twice_at_once_is_rewarded_once(acme: Shop) -> None:
    who = await member(acme)
    await live(acme, Question(field="region", points=7))
    await asyncio.gather(*(tell(acme, who, region=f"R{number}") for number in range(8)))
    assert await balance(acme, who) == 7


async def test_what_was_known_before_counts_and_is_rewarded_only_where_the_seller_says_so(acme: Shop) -> None:
    old = await member(acme, phone="+8613800138000")
    first = await live(acme, PHONE, EMAIL, whole_points=100)
    assert await states(acme, old) == {"phone": "earlier"}
    await tell(acme, old, phone="+8613800138001")
    assert await balance(acme, old) == 0
    await tell(acme, old, email="old@x.example")
    assert await balance(acme, old) == 120
    async with acme.open():
        await profiles.change_activity(first, {"state": "ended"})
    other = await member(acme, region="Zhejiang", phone="+8613800138002")
    await live(acme, Question(field="region", points=5), earlier="reward", whole_points=1)
    assert await balance(acme, other) == 6
    await sound(acme)


async def test_a_change_before_the_members_are_gone_through_tells_old_from_new(acme: Shop) -> None:
    who = await member(acme, phone="+8613800138000")
    async with acme.open():
        await make.activity(PHONE, EMAIL)
    await tell(acme, who, email="a@x.example")
    assert await states(acme, who) == {"phone": "earlier", "email": "rewarded"}
    await make.swept(acme)
    assert await balance(acme, who) == 20


async def test_whoever_joins_with_it_is_rewarded_and_whoever_is_imported_is_not(acme: Shop) -> None:
    await live(acme, PHONE)
    joined = await member(acme, phone="+8613800138000")
    await acme.server(**{"Content-Type": "text/csv"}).post(
        "/v1/member-imports", content="external_id,phone\nimported-1,+8613800138001\n")  # fmt: skip
    await make.swept(acme)
    imported = await acme.value("SELECT id FROM __tenant__.member WHERE external_id = 'imported-1'")
    assert (await states(acme, joined), await states(acme, imported)) == ({"phone": "rewarded"}, {"phone": "earlier"})
    await sound(acme)


async def test_the_next_step_opens_when_the_one_before_is_answered(acme: Shop) -> None:
    who = await member(acme)
    await live(acme, PHONE, Question(field="region", step=2, points=5), Question(field="occupation", step=2, points=6))
    await tell(acme, who, region="Zhejiang")
    assert await balance(acme, who) == 0
    assert await states(acme, who) == {"region": "waiting"}
    async with acme.open():
        seen = await profiles.progress(who)
    assert seen is not None
    assert (seen.step, seen.percent, [asked.open for asked in seen.questions]) == (1, 33, [True, False, False])
    await tell(acme, who, phone="+8613800138000")
    assert await balance(acme, who) == 15
    await tell(acme, who, occupation="Teacher")
    assert await balance(acme, who) == 21
    await sound(acme)


async def test_the_whole_set_is_rewarded_once(acme: Shop) -> None:
    async with acme.open():
        template = await make_vouchers.voucher_template()
        await members.define_attribute("skin", kind="text")
    who = await member(acme)
    questions = (
        PHONE,
        Question(field="attribute.skin", voucher_template=template),
        Question(field="birthday", points=3),
    )
    await live(acme, *questions, whole_points=100, whole_voucher=template)
    await tell(acme, who, phone="+8613800138000")
    for value in ("dry", None, "oily"):
        async with acme.open():
            await members.set_attributes(who, {"skin": value})
    async with acme.open():
        await members.set_birthday(who, members.Birthday(5, 20))
    async with acme.open():
        await members.set_birthday(who, None)
        seen = await profiles.progress(who)
    assert seen is not None
    assert (seen.percent, seen.step) == (100, None)
    assert await balance(acme, who) == 113
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher WHERE member = $1", who) == 2
    assert await acme.value("SELECT count(*) FROM __tenant__.profile_completion") == 1
    await sound(acme)


async def test_a_voucher_that_is_gone_keeps_nobody_from_changing_their_profile(acme: Shop) -> None:
    async with acme.open():
        template = await make_vouchers.voucher_template(stock=0)
    who = await member(acme)
    await live(acme, Question(field="region", voucher_template=template))
    await tell(acme, who, region="Zhejiang")
    assert await acme.value("SELECT region FROM __tenant__.member WHERE id = $1", who) == "Zhejiang"
    assert await acme.value("SELECT voucher_refused FROM __tenant__.reward_grant") == "voucher.out_of_stock"
    await sound(acme)


async def test_it_gives_nothing_outside_of_its_time_or_while_it_is_paused(acme: Shop) -> None:
    who = await member(acme)
    with clock.at(NOON):
        made = await live(acme, PHONE, starts_at=NOON + timedelta(days=1), ends_at=NOON + timedelta(days=2))
        await tell(acme, who, phone="+8613800138000")
        assert await balance(acme, who) == 0
        async with acme.open():
            assert await profiles.progress(who) is None
            await profiles.change_activity(made, {"starts_at": None, "state": "paused"})
        await tell(acme, who, phone="+8613800138001")
    assert await states(acme, who) == {}


async def test_merged_accounts_have_answered_what_either_has(acme: Shop) -> None:
    one, two = await member(acme), await member(acme)
    await live(acme, EMAIL, Question(field="region", points=5))
    await tell(acme, one, region="Zhejiang", email="one@x.example")
    await tell(acme, two, email="two@x.example")
    async with acme.open():
        merge = await members.merge(one, two, once="m-1")
    assert await states(acme, two) == {"email": "rewarded", "region": "rewarded"}
    assert await acme.value("SELECT count(*) FROM __tenant__.reward_grant WHERE why = 'profile'") == 3
    for region in ("Jiangsu", "Zhejiang"):
        await tell(acme, two, region=region)
    assert await acme.value("SELECT count(*) FROM __tenant__.reward_grant WHERE why = 'profile'") == 3
    await sound(acme)
    async with acme.open():
        await members.unmerge(merge.id)
    assert await states(acme, one) == {"email": "rewarded", "region": "rewarded"}
    assert await states(acme, two) == {"email": "rewarded"}
    await sound(acme)


async def test_of_who_is_forgotten_nothing_is_left_by_which_they_are_known(acme: Shop) -> None:
    who = await member(acme)
    await live(acme, EMAIL)
    await tell(acme, who, email="a@x.example")
    async with acme.open():
        await members.erase(who, reason="asked")
    assert await acme.rows("SELECT witness FROM __tenant__.profile_answer") == [{"witness": None}]
    await sound(acme)


async def test_one_activity_is_live_and_one_that_ended_stays_so(acme: Shop) -> None:
    made = await live(acme, PHONE)
    async with acme.open():
        other = await make.activity(EMAIL, state="draft")
        with pytest.raises(profiles.AnotherIsLive):
            await profiles.change_activity(other, {"state": "live"})
        await profiles.change_activity(made, {"state": "ended"})
        with pytest.raises(profiles.ActivityEnded):
            await profiles.change_activity(made, {"state": "live"})
        await profiles.change_activity(other, {"state": "live"})
        with pytest.raises(profiles.NothingAsked):
            await profiles.create_activity(profiles.Terms(name_en="x", state="live"))


@pytest.mark.parametrize(
    "question",
    [
        Question(field="password"),
        Question(field="attribute.unknown"),
        Question(field="phone", points=-1),
        Question(field="phone", step=0),
        Question(field="phone", step=21),
        Question(field="phone", position=10**9),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused(acme: Shop, question: Question) -> None:
    async with acme.open():
        made = await make.activity(state="draft")
        with pytest.raises(Invalid):
            await profiles.set_question(made, question)
    assert await acme.value("SELECT count(*) FROM __tenant__.profile_question") == 0


async def test_many_members_are_gone_through_in_pieces(acme: Shop) -> None:
    several = [await member(acme, region="Zhejiang") for _ in range(7)]
    async with acme.open():
        await make.activity(Question(field="region", points=2), earlier="reward")
    more, rounds = True, 0
    while more:
        async with acme.open():
            more = await profiles.sweep(3)
        rounds += 1
    assert rounds == 3
    assert {await balance(acme, who) for who in several} == {2}
    async with acme.open():
        assert not await profiles.sweep(3)
    await sound(acme)


def test_the_step_that_is_open_is_the_first_with_a_gap() -> None:
    questions = [{"field": "a", "step": 1}, {"field": "b", "step": 3}, {"field": "c", "step": 3}]
    assert answering.open_step(questions, set()) == 1
    assert answering.open_step(questions, {"a", "c"}) == 3
    assert answering.open_step(questions, {"a", "b", "c"}) is None
    assert answering.open_step([], {"a"}) is None


async def test_a_preview_shows_it_to_somebody_of_whom_nothing_is_known(acme: Shop) -> None:
    async with acme.open():
        made = await make.activity(PHONE, Question(field="region", step=2, points=1), whole_points=50, state="draft")
        seen = await profiles.preview(made)
    assert (seen.percent, seen.step, seen.steps, seen.whole_points) == (0, 1, 2, 50)
    assert [asked.label.zh for asked in seen.questions] == ["手机号", "地区"]
