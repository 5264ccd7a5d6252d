"""Why something is given; each reason is also one of points."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from tenants import points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenants.kit.words import Language, Words


class Why(StrEnum):
    """The reason of a grant; each is also a reason of points."""

    ORDER = "order"
    CHECK_IN = "check_in"
    FIRST_CHECK_IN = "first_check_in"
    MILESTONE = "milestone"
    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    WELCOME = "welcome"
    PROFILE = "profile"
    LEVEL = "level"
    GROWTH = "growth"
    CAMPAIGN = "campaign"
    SURVEY = "survey"
    POLL = "poll"
    REVIEW = "review"
    REFERRAL = "referral"
    FAVOURITE = "favourite"
    SHARE = "share"
    VISIT = "visit"
    LOTTERY = "lottery"
    GAME = "game"
    QUEST = "quest"
    WIN_BACK = "win_back"
    COMPENSATION = "compensation"
    STAFF = "staff"
    API = "api"

    def say(self, language: Language | None = None, *, detail: Mapping[str, str] | None = None) -> str:
        """The sentence for it in `language`, else in that of the current reader."""
        return points.Why(self.value).say(language, detail=detail)


WHY_WORDS: dict[Why, Words] = {why: points.WHY_WORDS[points.Why(why.value)] for why in Why}
