"""What comes of answers: tags, attributes and their history; rewards; news of low scores; persons who go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import members, surveys, vouchers
from tenants.kit import clock
from tenants.kit.facts import on
from tenants.surveys import Effect, Who, jobs
from tests.make import levels
from tests.make import members as make_members
from tests.make import surveys as make
from tests.make import vouchers as make_vouchers
from tests.surveys.answered import DAY, NOON, live, look, member_of, sound, submit

if TYPE_CHECKING:
    from uuid import UUID

    from tests.conftest import Shop

low: list[surveys.Low] = []
completed: list[surveys.TookPart] = []


@on(surveys.LowScore)
async def _note_low(fact: surveys.LowScore) -> None:
    low.extend(fact.scores)


@on(surveys.Completed)
async def _note_completed(fact: surveys.Completed) -> None:
    completed.extend(fact.responses)


LEARNING = make.definition(
    make.question("skin", effect=Effect(attribute="skin", tags={"a": "dry", "b": "oily"})),
    make.question("age", "number", effect=Effect(attribute="age")),
    make.question("news", "consent", effect=Effect(attribute="news")),
    make.question("nps", "nps"))  # fmt: skip


async def learning(shop: Shop, **terms: Any) -> UUID:
    async with shop.open():
        await members.define_attribute("skin", kind="text")
        await members.define_attribute("age", kind="number")
        await members.define_attribute("news", kind="yes_no")
        return await make.survey(LEARNING, **terms)


async def known(shop: Shop, member: UUID) -> tuple[dict[str, Any], tuple[str, ...]]:
    async with shop.open():
        found = await members.find(member)
        return (await members.attributes_of([member]))[member], tuple(found.tags)


async def history(shop: Shop) -> list[tuple[Any, ...]]:
    rows = await shop.rows("SELECT * FROM __tenant__.survey_effect ORDER BY id")
    return [(row["kind"], row["name"], row["before"], row["after"]) for row in rows]


async def test_answers_are_written_down_of_the_member_with_their_history(acme: Shop) -> None:
    member, survey = await member_of(acme), await learning(acme, repeat_days=30)
    with clock.at(NOON):
        await submit(acme, survey, Who(member=member), {"skin": "a", "age": 30, "news": True})
    assert await known(acme, member) == ({"skin": "a", "age": 30, "news": True}, ("dry",))
    first = [("attribute", "skin", None, "a"), ("attribute", "age", None, "30"), ("attribute", "news", None, "True"),
             ("tag", "dry", None, "dry")]  # fmt: skip
    assert await history(acme) == first
    with clock.at(NOON + 30 * DAY):
        await submit(acme, survey, Who(member=member), {"skin": "b", "age": 30})
    assert await known(acme, member) == ({"skin": "b", "age": 30, "news": True}, ("oily",))
    assert (await history(acme))[4:] == [
        ("attribute", "skin", "a", "b"), ("tag", "oily", None, "oily"), ("tag", "dry", "dry", None)]  # fmt: skip
    await sound(acme)


async def test_a_tag_that_the_shop_gave_stays_whatever_is_answered(acme: Shop) -> None:
    survey = await learning(acme)
    async with acme.open():
        member = (await make_members.member(tags=["dry"])).id
    await submit(acme, survey, Who(member=member), {"skin": "b"})
    assert (await known(acme, member))[1] == ("dry", "oily")


async def test_an_answer_that_an_attribute_does_not_take_is_an_answer_still(acme: Shop) -> None:
    member, survey = await member_of(acme), await learning(acme)
    await acme.rows("UPDATE __tenant__.attribute SET kind = 'date' WHERE key = 'skin' RETURNING id")
    done = await submit(acme, survey, Who(member=member), {"skin": "a", "age": 30})
    assert done.response is not None
    assert await acme.value("SELECT count(*) FROM __tenant__.member_attribute WHERE member = $1", member) == 1


async def test_everybody_gets_the_same_whatever_they_answer_and_points_where_vouchers_are_out(acme: Shop) -> None:
    async with acme.open():
        template = await make_vouchers.voucher_template(stock=1)
        survey = await make.survey(reward_points=20, reward_voucher=template)
    got = [(await submit(acme, survey, Who(member=await member_of(acme)), {"nps": score})).thanks for score in (0, 10)]
    assert [one.points for one in got] == [20, 20]
    assert [one.voucher_code is None for one in got] == [False, True]
    assert got[1].voucher_refused
    [row, _] = await acme.rows("SELECT * FROM __tenant__.reward_grant ORDER BY id")
    assert (row["why"], row["once"].startswith(f"survey/{survey.hex}/")) == ("survey", True)
    async with acme.open():
        assert await vouchers.codes_of([row["voucher"]])
    await sound(acme)


async def test_a_low_score_is_told_to_others_and_a_high_one_is_not(acme: Shop) -> None:
    survey = await live(acme, low_question="nps", low_at_most=6)
    low.clear()
    completed.clear()
    sad, glad = await member_of(acme), await member_of(acme)
    done = await submit(acme, survey, Who(member=sad), {"nps": 6})
    await submit(acme, survey, Who(member=glad), {"nps": 7})
    await submit(acme, survey, Who(member=sad), {"nps": 6})
    assert [(one.member, one.response, one.score) for one in low] == [(sad, done.response, 6)]
    assert [one.member for one in completed] == [sad, glad]


async def test_merged_members_have_taken_part_and_two_again_each_has_their_own(acme: Shop) -> None:
    source, target = await member_of(acme), await member_of(acme)
    both, one_only = await learning(acme), await live(acme)
    await submit(acme, both, Who(member=source), {"skin": "a"})
    await submit(acme, both, Who(member=target), {"skin": "b"})
    await submit(acme, one_only, Who(member=source), {"nps": 9})
    async with acme.open():
        await surveys.invite(one_only, source, once="t-1")
        merge = await members.merge(source, target, once="m-1")
    for survey in (both, one_only):
        assert (await look(acme, survey, Who(member=target))).state == "done"
    tables = ("survey_participation", "survey_response", "survey_effect", "survey_invitation")
    for table in tables:
        assert await acme.value(f"SELECT count(*) FROM __tenant__.{table} WHERE member = $1", source) == 0
    await sound(acme)
    async with acme.open():
        await members.unmerge(merge.id)
    assert (await look(acme, both, Who(member=source))).state == "done"
    assert (await look(acme, one_only, Who(member=target))).state == "open"
    rows = await acme.rows("SELECT DISTINCT occurrence FROM __tenant__.survey_participation")
    assert [row["occurrence"] for row in rows] == ["ever"]
    await sound(acme)


async def test_of_who_is_erased_only_counts_are_left(acme: Shop) -> None:
    asked = make.definition(make.question("skin", effect=Effect(tags={"a": "dry"})), make.question("why", "long"))
    member, survey, begun = await member_of(acme), await live(acme, asked), await live(acme, asked)
    async with acme.open():
        await surveys.set_quota(survey, "all", most=1)
        invitation = await surveys.invite(survey, member, once="t-1")
    await submit(acme, survey, Who(member=member), {"skin": "a", "why": "my name is Li Lei"})
    async with acme.open():
        await surveys.save(begun, Who(member=member), {"why": "Li Lei again"})
        await members.erase(member, reason="asked")
    assert "Li Lei" not in str(await acme.rows("SELECT * FROM __tenant__.survey_answer"))
    assert await acme.rows("SELECT DISTINCT tokens FROM __tenant__.survey_answer") == [{"tokens": None}]
    [row] = await acme.rows("SELECT * FROM __tenant__.survey_response")
    assert (row["member"], row["participation"], row["state"]) == (None, None, "complete")
    assert await acme.value("SELECT taken FROM __tenant__.survey_quota_count") == 1
    async with acme.open():
        [told] = await surveys.invitations(member=member)
        assert (told.id, told.state(clock.now())) == (invitation.id, "revoked")
    await sound(acme)


async def test_the_card_and_the_export_tell_what_was_answered(acme: Shop) -> None:
    member, survey = await member_of(acme), await live(acme)
    await submit(acme, survey, Who(member=member), {"skin": "b", "nps": 9})
    async with acme.open():
        [section] = [one for one in (await members.card_of(member)).sections if one.key == "surveys"]
        assert [fact.value for fact in section.facts][:2] == [1, 1]
        export = await members.export_of(member)
    assert "skin" in str(export)


async def test_what_nobody_goes_on_with_is_forgotten_after_ninety_days(acme: Shop) -> None:
    survey, old, fresh = await live(acme), Who(member=await member_of(acme)), Who(member=await member_of(acme))
    with clock.at(NOON):
        async with acme.open():
            await surveys.save(survey, old, {"skin": "a"})
    with clock.at(NOON + 60 * DAY):
        async with acme.open():
            await surveys.save(survey, fresh, {"skin": "a"})
    with clock.at(NOON + 91 * DAY):
        async with acme.open():
            await jobs.drop_stale.run()
    assert (await look(acme, survey, old)).answers == {}
    assert set((await look(acme, survey, fresh)).answers) == {"skin"}
    assert await acme.value("SELECT count(*) FROM __tenant__.survey_participation") == 1
    await submit(acme, survey, old, {"skin": "b"})
    await sound(acme)


async def test_a_new_member_answers_at_the_level_that_all_begin_with(acme: Shop) -> None:
    await levels.switched_on(acme)
    member = await member_of(acme)
    await submit(acme, await live(acme, open_link=True), Who(member=member), {"nps": 9})
    kept = await acme.value("SELECT level FROM __tenant__.survey_response")
    assert kept == await acme.value("SELECT id FROM __tenant__.level ORDER BY rank LIMIT 1")
    survey = await live(acme, open_link=True)
    await submit(acme, survey, Who(visitor="a" * 64, via="open"), {"nps": 9})
    assert await acme.value("SELECT level FROM __tenant__.survey_response WHERE survey = $1", survey) is None
