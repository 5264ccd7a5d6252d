"""Surveys that are ready to use: each holds together, speaks both languages and can be published as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tenants import surveys
from tenants.surveys import Given, Terms
from tenants.surveys.rules import checking, flow
from tenants.surveys.rules.reaching import path
from tenants.surveys.rules.values import read_answer

if TYPE_CHECKING:
    from tenants.kit.words import Language
    from tests.conftest import Shop

KEYS = sorted(surveys.TEMPLATES)
TRADES = {"beauty", "clothing", "food", "baby", "electronics", "after_sales", "nps", "launch"}


def test_there_is_one_for_each_trade_that_was_promised() -> None:
    assert set(KEYS) >= TRADES
    with pytest.raises(surveys.TemplateUnknown):
        surveys.template("fishing")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_it_has_no_problem_and_nothing_is_missing_in_either_language(key: str, language: Language) -> None:
    definition = surveys.template(key).definition(language)
    assert surveys.problems(definition) == []
    assert definition.languages[0] == language
    assert {tag: found.missing for tag, found in surveys.completeness(definition).items()} == {"zh": (), "en": ()}
    assert all(step.reached for step in path(definition))


@pytest.mark.parametrize("key", sorted(TRADES))
def test_it_asks_different_people_different_things(key: str) -> None:
    definition = surveys.template(key).definition()
    assert definition.jumps or any(question.show_if for question in definition.questions)


@pytest.mark.parametrize("key", KEYS)
async def test_it_goes_live_as_it_is_with_the_settings_that_it_suggests(acme: Shop, key: str) -> None:
    template = surveys.template(key)
    async with acme.open():
        made = await surveys.create(
            Terms(name_en=template.name.en, name_zh=template.name.zh, **template.settings),
            definition=template.definition(),
        )
        assert await surveys.publish(made) == 1


@pytest.mark.parametrize(
    ("score", "shown"),
    [(10, ["score", "love"]), (9, ["score", "love"]), (8, ["score", "nine"]), (7, ["score", "nine"]),
     (6, ["score", "reason", "fix"]), (0, ["score", "reason", "fix"])],
)  # fmt: skip
def test_the_nps_asks_promoters_passives_and_detractors_each_their_own(score: int, shown: list[str]) -> None:
    definition = surveys.template("nps").definition()
    answers: dict[str, Given] = {"score": read_answer(definition.questions[0], score)}
    assert [one.key for one in flow.visible(definition, 1, answers)] == shown


def test_a_definition_is_made_anew_for_each_who_uses_it() -> None:
    first, second = (surveys.template("beauty").definition() for _ in range(2))
    first.questions[0].text["zh"] = "changed"
    assert second.questions[0].text["zh"] != "changed"
    assert checking.problems(second) == []
