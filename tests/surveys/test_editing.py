"""Surveys as they are made: draft, undo, publication, versions, the steps of their life, settings and quotas."""

from __future__ import annotations

import asyncio
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from tenants import surveys
from tenants.kit.errors import DomainError, Invalid
from tenants.surveys import Effect
from tests.make import members as make_members
from tests.make import surveys as make

if TYPE_CHECKING:
    from tests.conftest import Shop

NEW = make.definition(make.question("skin"), make.question("age", "number"))

NOTHING = uuid.UUID("019ab2c3-d4e5-7f60-8123-456789abcdef")


async def test_a_draft_is_published_as_version_one_and_the_same_draft_again_makes_no_other(acme: Shop) -> None:
    async with acme.open():
        made = await make.draft()
        assert (await surveys.find(made)).status == "draft"
        assert await surveys.publish(made) == 1
        assert await surveys.publish(made) == 1
        assert (await surveys.find(made)).status == "running"
        assert (await surveys.current(made)).definition == make.definition()


async def test_what_nobody_has_answered_is_replaced_and_its_number_never_comes_again(acme: Shop) -> None:
    async with acme.open():
        made = await make.survey()
        await surveys.edit(made, NEW)
        assert await surveys.publish(made) == 2
        assert [note.number for note in await surveys.versions(made)] == [2]
        assert await surveys.freeze(made, 1) is False
        assert await surveys.freeze(made, 2) is True
        await surveys.edit(made, make.definition())
        assert await surveys.publish(made) == 3
        assert [(note.number, note.frozen) for note in await surveys.versions(made)] == [(3, False), (2, True)]
        assert await surveys.version(made, 2) == NEW


async def test_a_question_that_was_answered_keeps_its_kind_and_scale_under_its_key(acme: Shop) -> None:
    stars = make.question("stars", "rating", most=5)
    asked = make.definition(make.question("skin"), make.question("wish", "short"), stars)
    async with acme.open():
        made = await make.survey(asked)
        await surveys.edit(made, make.definition(make.question("skin", "number")))
        assert await surveys.publish(made) == 2  # nobody had answered
        await surveys.edit(made, asked)
        await surveys.freeze(made, await surveys.publish(made))
        await surveys.edit(
            made, make.definition(make.question("skin", "dropdown"), make.question("wish", "long"), stars)
        )
        await surveys.publish(made)  # what was said counts on as it did
        await surveys.edit(made, make.definition(make.question("new")))
        await surveys.publish(made)
    for changed in (make.question("skin", "number"), make.question("skin", "multiple"), make.question("wish", "nps"),
                    make.question("stars", "rating", most=10)):  # fmt: skip
        async with acme.open():
            await surveys.edit(made, make.definition(changed))  # though it was left out in between
            found, draft = await surveys.find(made), await surveys.draft(made)
            assert [one.key for one in await surveys.obstacles(found, draft.definition, [])] == [changed.key]
        with pytest.raises(surveys.NotReady) as told:
            async with acme.open():
                await surveys.publish(made)
        assert "make a new question" in told.value.say("en")
    assert await acme.value("SELECT version FROM __tenant__.survey WHERE id = $1", made) == 5


async def test_an_answer_and_a_publication_at_once_leave_the_answer_its_version(acme: Shop) -> None:
    async with acme.open():
        made = await make.survey()
        await surveys.edit(made, NEW)

    async def freeze() -> bool:
        async with acme.open():
            held = await surveys.freeze(made, 1)
            await asyncio.sleep(0)
            return held

    async def publish() -> int:
        async with acme.open():
            return await surveys.publish(made)

    held, number = await asyncio.gather(freeze(), publish())
    assert number == 2
    async with acme.open():
        assert ([note.number for note in await surveys.versions(made)] == [2, 1]) is held


async def test_what_does_not_hold_together_is_kept_as_a_draft_and_not_published(acme: Shop) -> None:
    broken = make.definition(make.question("skin", show_if="nps > 3"), make.question("nps", "nps"))
    async with acme.open():
        made = await make.draft()
        await surveys.edit(made, broken)
    async with acme.open():
        with pytest.raises(surveys.NotReady) as told:
            await surveys.publish(made)
    assert "“skin”" in told.value.say("en")
    assert "“skin”" in told.value.say("zh")
    async with acme.open():
        assert (await surveys.draft(made)).definition == broken
        assert (await surveys.find(made)).state == "draft"


async def test_edits_are_undone_one_by_one_and_fifty_at_most(acme: Shop) -> None:
    async with acme.open():
        made = await make.draft()
        for number in range(60):
            await surveys.edit(made, make.definition(make.question(f"q{number}")))
        seen = await surveys.draft(made)
        assert seen.undoable == 50
        for number in range(58, 8, -1):
            seen = await surveys.undo(made, revision=seen.revision)
            assert seen.definition.questions[0].key == f"q{number}"
        with pytest.raises(surveys.NothingToUndo):
            await surveys.undo(made, revision=seen.revision)


async def test_a_second_click_on_undo_takes_nothing_more_back(acme: Shop) -> None:
    async with acme.open():
        made = await make.draft()
        await surveys.edit(made, NEW)
        seen = await surveys.edit(made, make.definition(make.question("third")))
        await surveys.undo(made, revision=seen.revision)
        with pytest.raises(surveys.DraftMoved):
            await surveys.undo(made, revision=seen.revision)
        assert (await surveys.draft(made)).definition == NEW


async def test_of_two_who_edit_the_same_draft_the_later_is_told(acme: Shop) -> None:
    async with acme.open():
        made = await make.draft()
        seen = await surveys.draft(made)

    async def edit(key: str) -> str:
        async with acme.open():
            try:
                await surveys.edit(made, make.definition(make.question(key)), revision=seen.revision)
            except surveys.DraftMoved:
                return "moved"
            return key

    outcomes = await asyncio.gather(edit("one"), edit("two"))
    assert sorted(outcomes) in (["moved", "one"], ["moved", "two"])
    async with acme.open():
        kept = (await surveys.draft(made)).definition.questions[0].key
        assert kept in outcomes
        again = await surveys.edit(made, make.definition(make.question(kept)), revision=seen.revision)
        assert again.undoable == 1


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        ("draft", "publish", "live"), ("draft", "pause", None), ("draft", "resume", None), ("draft", "end", None),
        ("live", "publish", "live"), ("live", "pause", "paused"), ("live", "resume", "live"), ("live", "end", "ended"),
        ("paused", "publish", "live"), ("paused", "pause", "paused"), ("paused", "resume", "live"),
        ("paused", "end", "ended"), ("ended", "publish", None), ("ended", "pause", None), ("ended", "resume", None),
        ("ended", "end", "ended"),
    ],
)  # fmt: skip
async def test_each_step_is_taken_where_it_fits(acme: Shop, before: str, step: str, after: str | None) -> None:
    async with acme.open():
        made = await make.draft() if before == "draft" else await make.survey()
        if before in {"paused", "ended"}:
            await (surveys.pause if before == "paused" else surveys.end)(made)
    if after is None:
        with pytest.raises((surveys.StepUnfit, surveys.SurveyEnded)) as told:
            async with acme.open():
                await getattr(surveys, step)(made)
        assert told.value.say("en") != told.value.say("zh")
    else:
        async with acme.open():
            await getattr(surveys, step)(made)
    async with acme.open():
        assert (await surveys.find(made)).state == (after or before)


async def test_a_clone_has_questions_settings_and_quotas_and_no_answers_or_address(acme: Shop) -> None:
    async with acme.open():
        made = await make.survey(open_link=True, repeat_days=30)
        await surveys.set_quota(made, "dry", condition='skin = "a"', most=5)
        copy = await surveys.clone(made, name_en="Again")
        first, second = await surveys.find(made), await surveys.find(copy)
        assert (second.state, second.version, second.terms.repeat_days) == ("draft", None, 30)
        assert second.terms.name_en == "Again"
        assert second.link_key
        assert second.link_key != first.link_key
        assert (await surveys.draft(copy)).definition == make.definition()
        assert [(one.name, one.most, one.taken) for one in await surveys.quotas(copy)] == [("dry", 5, 0)]


async def test_only_what_nobody_ever_saw_is_thrown_away(acme: Shop) -> None:
    async with acme.open():
        seen, unseen = await make.survey(), await make.draft()
        await surveys.edit(unseen, NEW)
        await surveys.remove(unseen)
        for gone in (surveys.find, surveys.remove):
            with pytest.raises(surveys.SurveyUnknown):
                await gone(unseen)
        with pytest.raises(surveys.AlreadyPublished):
            await surveys.remove(seen)


WRONG: list[dict[str, Any]] = [
    {"name_en": "", "name_zh": " "}, {"name_en": "x" * 101}, {"name_zh": "a\x00b"}, {"purpose": "fun"},
    {"access": "all"}, {"after_event": "born"}, {"repeat_days": 0}, {"repeat_days": 4000}, {"phase_gap_days": -1},
    {"after_days": 366}, {"invitation_days": 0}, {"reward_points": -1}, {"reward_points": 1_000_001},
    {"reward_voucher": NOTHING}, {"segment": NOTHING}, {"low_question": "nps"}, {"low_at_most": 3},
    {"low_question": "", "low_at_most": 3}, {"anonymous": True, "low_question": "nps", "low_at_most": 6},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=str)
async def test_settings_that_make_no_sense_are_refused_and_make_nothing(acme: Shop, wrong: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        async with acme.open():
            await make.draft(**wrong)
    assert await acme.value("SELECT count(*) FROM __tenant__.survey") == 0


async def test_no_other_settings_can_be_smuggled_in(acme: Shop) -> None:
    async with acme.open():
        made = await make.draft()
        for name in ("state", "version", "link_key", "id", "smuggled"):
            with pytest.raises(Invalid):
                await surveys.change(made, {name: "live"})


async def test_an_open_link_is_a_secret_of_its_own_and_dies_when_it_is_turned_off(acme: Shop) -> None:
    async with acme.open():
        made = await make.survey(open_link=True)
        first = (await surveys.find(made)).link_key
        assert first is not None
        assert len(first) >= 24
        assert (await surveys.change(made, {"open_link": False})).link_key is None
        second = (await surveys.change(made, {"open_link": True})).link_key
        assert second not in {None, first}


async def test_an_anonymous_survey_writes_nothing_about_members(acme: Shop) -> None:
    telling = make.definition(make.question("skin", effect=Effect(tags={"a": "dry"})))
    async with acme.open():
        draft, live = await make.draft(telling, anonymous=True), await make.survey(telling)
    with pytest.raises(surveys.NotReady):
        async with acme.open():
            await surveys.publish(draft)
    with pytest.raises(surveys.NotReady):
        async with acme.open():
            await surveys.change(live, {"anonymous": True})
    async with acme.open():
        assert (await surveys.find(live)).terms.anonymous is False


async def test_whether_it_is_anonymous_is_fixed_by_the_first_answer(acme: Shop) -> None:
    async with acme.open():
        answered, other = await make.survey(), await make.survey()
        assert await surveys.freeze(answered, 1)
        assert (await surveys.change(other, {"anonymous": True})).terms.anonymous
        assert await surveys.freeze(other, 1) is False  # who has read the old setting looks again
    with pytest.raises(surveys.AlreadyAnswered):
        async with acme.open():
            await surveys.change(answered, {"anonymous": True})
    async with acme.open():
        assert (await surveys.find(answered)).terms.anonymous is False


async def test_a_first_answer_and_the_switch_to_anonymous_at_once_never_both_happen(acme: Shop) -> None:
    async def freeze(made: uuid.UUID) -> bool:
        async with acme.open():
            return await surveys.freeze(made, 1)

    async def switch(made: uuid.UUID) -> bool:
        try:
            async with acme.open():
                return (await surveys.change(made, {"anonymous": True})).terms.anonymous
        except surveys.AlreadyAnswered:
            return False

    for _ in range(10):
        async with acme.open():
            made = await make.survey()
        assert sorted(await asyncio.gather(freeze(made), switch(made))) == [False, True]


async def test_a_rewarded_survey_has_no_quota_by_answers_whichever_comes_first(acme: Shop) -> None:
    async with acme.open():
        rewarded, limited = await make.survey(reward_points=10), await make.survey()
        await surveys.set_quota(rewarded, "all", most=100)
        await surveys.set_quota(limited, "dry", condition='skin = "a"', most=100)
    for refused in (
        lambda: surveys.set_quota(rewarded, "dry", condition='skin = "a"', most=5),
        lambda: surveys.change(limited, {"reward_points": 10}),
    ):
        with pytest.raises(surveys.RewardByAnswer):
            async with acme.open():
                await refused()
    async with acme.open():
        assert len(await surveys.quotas(rewarded)) == 1
        assert (await surveys.find(limited)).terms.reward_points == 0


async def test_a_quota_is_made_changed_and_taken_away(acme: Shop) -> None:
    async with acme.open():
        made = await make.survey()
        first = await surveys.set_quota(made, " dry ", condition=' skin = "a" ', most=5)
        again = await surveys.set_quota(made, "dry", condition='skin = "a"', most=7, position=2)
        assert (first.id, first.most, again.most, again.condition) == (again.id, 5, 7, 'skin = "a"')
        for name, condition, most in (("", "", 1), ("x", "skin = 3", 1), ("x", "nobody = 1", 1), ("x", "", -1)):
            with pytest.raises(Invalid):
                await surveys.set_quota(made, name, condition=condition, most=most)
        await surveys.remove_quota(made, again.id)
        with pytest.raises(surveys.QuotaUnknown):
            await surveys.remove_quota(made, again.id)
        assert await surveys.quotas(made) == []


async def test_a_quota_whose_question_is_taken_out_keeps_the_draft_from_going_live(acme: Shop) -> None:
    async with acme.open():
        made = await make.survey()
        await surveys.set_quota(made, "dry", condition='skin = "a"', most=5)
        await surveys.edit(made, make.definition(make.question("age", "number")))
    with pytest.raises(surveys.NotReady, match="not_ready"):
        async with acme.open():
            await surveys.publish(made)


async def test_nothing_of_an_ended_survey_is_changed(acme: Shop) -> None:
    async with acme.open():
        made = await make.survey()
        await surveys.end(made)
        await surveys.edit(made, make.definition())  # as it is: nothing to do
        seen = await surveys.draft(made)
        for attempt in (
            lambda: surveys.edit(made, NEW), lambda: surveys.undo(made, revision=seen.revision),
            lambda: surveys.change(made, {"name_en": "Other"}), lambda: surveys.set_quota(made, "all", most=1),
        ):  # fmt: skip
            with pytest.raises(surveys.SurveyEnded):
                await attempt()


async def test_a_quota_that_is_made_late_counts_what_was_answered_before(acme: Shop) -> None:
    async with acme.open():
        made = await make.survey()
        for said in ("a", "a", "b"):
            member = (await make_members.member()).id
            await surveys.submit(made, surveys.Who(member=member), {"skin": said})
        first = await surveys.set_quota(made, "a", condition='skin = "a"', most=10)
        every = await surveys.set_quota(made, "all", most=10)
        assert (first.taken, every.taken) == (2, 3)
        assert (await surveys.set_quota(made, "a", condition='skin = "b"', most=10)).taken == 1
