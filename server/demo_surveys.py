"""Two surveys for each demo shop: one about the trade with a reward, one NPS; answered by members over two weeks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants import surveys
from tenants.kit import clock

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from tenants.kit.words import Language
    from tenants.surveys import Question

DAYS = 14
_TRADES: dict[Language, str] = {"zh": "beauty", "en": "launch"}
_SCORES = (10, 9, 9, 8, 10, 6, 9, 7, 10, 3, 9, 8)
_SAID: dict[Language, tuple[str, ...]] = {
    "zh": ("包装很用心，物流也快。", "希望有更多小样可以试用。", "客服回复很及时！", "价格可以再优惠一点。"),
    "en": ("Beautifully packed and quick to arrive.", "More staff picks, please.", "Friendly help!", "Lower shipping."),
}


async def make(language: Language, members: Sequence[uuid.UUID]) -> None:
    """Make both where there is no survey yet; the shop's own stay as they are."""
    if await surveys.surveys(limit=1):
        return
    now = clock.now()
    with clock.at(now - timedelta(days=DAYS)):
        trade = await _live(_TRADES[language], language, reward_points=20, open_link=True)
        nps = await _live("nps", language)
    for place, member in enumerate(members):
        with clock.at(now - timedelta(days=DAYS - 1 - place * (DAYS - 1) // max(len(members), 1))):
            for survey in (trade, nps) if place % 3 else (nps,):
                await _answer(survey, member, place, language)


async def _live(key: str, language: Language, **terms: Any) -> uuid.UUID:
    template = surveys.template(key)
    given = {**template.settings, "name_en": template.name.en, "name_zh": template.name.zh, **terms}
    made = await surveys.create(surveys.Terms(**given), definition=template.definition(language))
    await surveys.publish(made)
    return made


async def _answer(survey: uuid.UUID, member: uuid.UUID, place: int, language: Language) -> None:
    asked = (await surveys.current(survey)).definition
    told = {question.key: _say(question, place + at, language) for at, question in enumerate(asked.questions)}
    who = surveys.Who(member=member, via="centre")
    await surveys.submit(survey, who, told, language=language)


def _say(question: Question, turn: int, language: Language) -> Any:  # noqa: PLR0911  a kind each
    """What somebody says, by turns; what a member does not get to see is not counted."""
    keys = [choice.key for choice in question.choices]
    match question.kind:
        case "nps":
            return _SCORES[turn % len(_SCORES)]
        case "csat" | "rating" | "ces":
            return 5 if turn % 4 else 3
        case "single" | "dropdown" | "picture":
            return keys[(turn * turn + turn // 2) % len(keys)]
        case "multiple":
            return [keys[turn % len(keys)], keys[(turn + 1) % len(keys)]]
        case "ranking":
            return keys[turn % len(keys) :] + keys[: turn % len(keys)]
        case "matrix":
            return {row.key: keys[(turn + at) % len(keys)] for at, row in enumerate(question.rows)}
        case "number":
            return int(question.least or 0) + 10 * (turn % 9)
        case "date":
            return (clock.now() + timedelta(days=30 + turn)).date().isoformat()
        case "consent":
            return True
    return "" if question.pattern else _SAID[language][turn % len(_SAID[language])]
