"""Answering: what counts of what was sent, what is kept, and what a second time does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants import surveys
from tenants.kit import clock
from tenants.kit.errors import DomainError, Invalid
from tenants.surveys import Jump, Who
from tenants.surveys.rules.turns import Rhythm, Took, turn
from tests.make import members as make_members
from tests.make import surveys as make
from tests.surveys.answered import DAY, NOON, everything, live, look, member_of, refused, sound, submit

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop


async def said(shop: Shop, response: UUID | None) -> dict[str, Any]:
    rows = await shop.rows("SELECT * FROM __tenant__.survey_answer WHERE response = $1", response)
    return {row["question"]: row["choices"] or row["number"] or row["text"] for row in rows}


BRANCHED = make.definition(
    make.question("skin", required=True),
    make.question("cream", show_if='skin = "a"', required=True),
    make.question("score", "nps", required=True),
    make.question("why", "long"),
    make.question("last", "short"),
    jumps=[Jump(after="score", when="score >= 9", to="last")],
)


async def test_answers_are_kept_with_their_member_version_and_time(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme)
    with clock.at(NOON):
        done = await submit(acme, survey, Who(member=member, via="centre"), {"skin": "b", "nps": 9}, language="zh")
    [row] = await acme.rows("SELECT * FROM __tenant__.survey_response WHERE id = $1", done.response)
    assert (row["member"], row["version"], row["state"], row["via"]) == (member, 1, "complete", "centre")
    assert (row["language"], row["completed_at"], row["answers"], row["reached"]) == ("zh", NOON, 2, "nps")
    assert await said(acme, done.response) == {"skin": ["b"], "nps": 9}
    assert await acme.value("SELECT frozen FROM __tenant__.survey_version WHERE survey = $1 AND number = 1", survey)
    await sound(acme)


async def test_only_questions_on_the_way_are_asked_for_and_counted(acme: Shop) -> None:
    survey = await live(acme, BRANCHED)
    done = await submit(acme, survey, Who(member=await member_of(acme)), {
        "skin": "b", "cream": "not a choice", "score": 10, "why": "nobody asked", "last": "fine"})  # fmt: skip
    assert await said(acme, done.response) == {"skin": ["b"], "score": 10, "last": "fine"}


async def test_a_question_on_the_way_must_be_answered_and_well(acme: Shop) -> None:
    survey, who = await live(acme, BRANCHED), Who(member=await member_of(acme))
    missing = await refused(acme, survey, who, {"skin": "a", "score": 3})
    assert missing.facts["param"] == "answers.cream"
    wrong = await refused(acme, survey, who, {"skin": "b", "score": 11}, language="zh")
    assert (wrong.facts["param"], "0" in str(wrong.facts["problem"])) == ("answers.score", True)
    unknown = await refused(acme, survey, who, {"skin": "b", "score": 3, "nobody": 1})
    assert unknown.facts["param"] == "answers.nobody"


async def test_nothing_at_all_is_no_answer(acme: Shop) -> None:
    survey = await live(acme)
    assert isinstance(await refused(acme, survey, Who(member=await member_of(acme)), {"skin": None}), Invalid)


async def test_the_same_again_changes_nothing_and_something_else_is_refused(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme, reward_points=20)
    first = await submit(acme, survey, Who(member=member), {"skin": "b", "nps": 9})
    before = await everything(acme)
    again = await submit(acme, survey, Who(member=member), {"skin": "b", "nps": 9})
    assert (again.repeated, again.response, again.thanks.points) == (True, first.response, 20)
    assert await everything(acme) == before
    other = await refused(acme, survey, Who(member=member), {"skin": "b", "nps": 8})
    assert other.code == "survey.answered_before"


async def test_unfinished_answers_are_gone_on_with_on_the_version_they_began_with(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme, BRANCHED)
    who = Who(member=member, via="centre")
    async with acme.open():
        await surveys.save(survey, who, {"skin": "a"}, language="zh", reached="skin")
        sheet = await surveys.save(survey, who, {"cream": "b"}, reached="cream")
    assert (sheet.state, sheet.version, sheet.reached, sheet.language) == ("open", 1, "cream", "zh")
    assert {key: given.choices for key, given in sheet.answers.items()} == {"skin": ("a",), "cream": ("b",)}
    async with acme.open():
        await surveys.edit(survey, make.definition(make.question("anew", required=True)))
        assert await surveys.publish(survey) == 2
    assert (await look(acme, survey, who)).version == 1
    done = await submit(acme, survey, who, {"score": 10})
    assert await said(acme, done.response) == {"skin": ["a"], "cream": ["b"], "score": 10}
    assert await acme.value("SELECT version FROM __tenant__.survey_response WHERE id = $1", done.response) == 1
    assert (await look(acme, survey, Who(member=await member_of(acme)))).version == 2
    await sound(acme)


async def test_what_was_saved_off_the_final_way_goes(acme: Shop) -> None:
    survey, who = await live(acme, BRANCHED), Who(member=await member_of(acme))
    async with acme.open():
        await surveys.save(survey, who, {"skin": "a", "cream": "b", "why": "long story"})
    done = await submit(acme, survey, who, {"skin": "c", "score": 9})
    assert await said(acme, done.response) == {"skin": ["c"], "score": 9}


async def test_looking_records_nothing(acme: Shop) -> None:
    survey, member = await live(acme, open_link=True), await member_of(acme)
    before = await everything(acme)
    for who in (Who(member=member), Who(visitor="x" * 64, via="open"), Who(via="open")):
        await look(acme, survey, who)
    async with acme.open():
        await surveys.offers(member)
    assert await everything(acme) == before


async def test_one_may_answer_again_so_many_days_after_their_last_time(acme: Shop) -> None:
    survey, who = await live(acme, repeat_days=30), Who(member=await member_of(acme))
    with clock.at(NOON):
        await submit(acme, survey, who, {"nps": 9})
    with clock.at(NOON + 29 * DAY):
        assert (await refused(acme, survey, who, {"nps": 3})).code == "survey.answered_before"
        sheet = await look(acme, survey, who)
        assert (sheet.state, sheet.opens_on) == ("done", date(2026, 4, 1))
    with clock.at(NOON + 40 * DAY):
        assert not (await submit(acme, survey, who, {"nps": 3})).repeated
    with clock.at(NOON + 69 * DAY):
        assert (await look(acme, survey, who)).state == "done"
    rows = await acme.rows("SELECT occurrence FROM __tenant__.survey_participation ORDER BY occurrence")
    assert [row["occurrence"] for row in rows] == ["1", "2"]


async def test_a_series_asks_a_little_at_a_time(acme: Shop) -> None:
    asked = make.definition(
        make.question("skin"), make.question("style", phase=2, show_if='skin = "a"'),
        make.question("hair", "short", phase=2))  # fmt: skip
    survey = await live(acme, asked, phase_gap_days=7, reward_points=5)
    who = Who(member=await member_of(acme))
    with clock.at(NOON):
        first = await submit(acme, survey, who, {"skin": "b"})
        assert (first.phase, first.more, first.next_on) == (1, False, date(2026, 3, 9))
        assert (await look(acme, survey, who)).state == "later"
        assert (await refused(acme, survey, who, {"hair": "long"})).code == "survey.not_yet"
        assert (await submit(acme, survey, who, {"skin": "b"})).repeated
    with clock.at(NOON + 7 * DAY):
        assert (await look(acme, survey, who)).phase == 2
        second = await submit(acme, survey, who, {"style": "a", "hair": "long"})
    assert (second.phase, second.thanks.points, await said(acme, second.response)) == (2, 5, {"hair": "long"})
    assert (await look(acme, survey, who)).state == "done"
    await sound(acme)


async def test_a_double_tap_on_one_part_never_answers_the_next(acme: Shop) -> None:
    asked = make.definition(make.question("skin"), make.question("hair", "short", phase=2))
    survey, who = await live(acme, asked), Who(member=await member_of(acme))
    assert (await submit(acme, survey, who, {"skin": "b"}, phase=1)).more
    assert (await submit(acme, survey, who, {"skin": "b"}, phase=1)).repeated
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_participation") == 1


async def test_many_hand_in_together_and_each_gets_an_answer_of_their_own(acme: Shop) -> None:
    survey = await live(acme, BRANCHED)
    async with acme.open():
        everybody = [each.id for each in await make_members.members_of_count(5)]
        asked = [surveys.Submission(survey=survey, who=Who(member=member), answers={"skin": "b", "score": 9},
                                    at=clock.now()) for member in everybody]  # fmt: skip
        asked.insert(2, asked[0])
        asked.append(surveys.Submission(survey=survey, who=Who(), answers={}, at=clock.now()))
        done = await surveys.submit_many(asked)
    taken = [one for one in done if isinstance(one, surveys.Submitted)]
    assert [one.member for one in taken] == [everybody[0], everybody[1], everybody[0], *everybody[2:]]
    assert [one.repeated for one in taken] == [False, False, True, False, False, False]
    assert isinstance(done[-1], DomainError)
    assert done[-1].code == "survey.not_for_you"


async def test_what_is_open_for_a_member_comes_with_reward_and_minutes(acme: Shop) -> None:
    member = await member_of(acme)
    survey = await live(acme, BRANCHED, reward_points=30)
    await live(acme, access="invited")
    async with acme.open():
        [offer] = await surveys.offers(member)
        assert (offer.survey, offer.minutes, offer.points, offer.begun) == (survey, 2, 30, False)
        assert offer.reward is not None
        assert offer.reward.zh == "30 积分"
        await surveys.submit(survey, Who(member=member), {"skin": "b", "score": 9})
        assert await surveys.offers(member) == []


@settings(suppress_health_check=[HealthCheck.too_slow])  # a machine that others use is slow
@given(
    st.lists(st.integers(0, 400), max_size=30), st.integers(1, 3), st.one_of(st.none(), st.integers(1, 90)),
    st.integers(0, 20))  # fmt: skip
def test_whoever_always_takes_their_turn_never_gets_one_twice_or_too_soon(
    waits: list[int], phases: int, repeat_days: int | None, gap_days: int
) -> None:
    rhythm = Rhythm(phases=range(1, phases + 1), repeat_days=repeat_days, gap_days=gap_days)
    today, took = date(2026, 1, 1), list[Took]()
    for wait in waits:
        today += timedelta(days=wait)
        now = turn(took, rhythm, today=today)
        if now.state != "open":
            assert now.opens_on is None or now.opens_on > today
            continue
        assert (now.occurrence, now.phase) not in {(one.occurrence, one.phase) for one in took}
        before = [one.day for one in took if one.day]
        if before and repeat_days and now.phase == 1:
            assert today >= max(before) + timedelta(days=repeat_days)
        if before and now.phase > 1:
            assert today >= max(before) + timedelta(days=gap_days)
        took.append(Took(now.occurrence, now.phase, finished=True, day=today))
    if repeat_days is None:
        assert len(took) <= phases
