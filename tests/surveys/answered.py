"""What the tests of answering share: how a survey is answered, and what a refusal must leave behind (nothing)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tenants import surveys
from tenants.kit.errors import DomainError
from tenants.tenancy import doctor
from tests.make import members as make_members
from tests.make import surveys as make

if TYPE_CHECKING:
    from uuid import UUID

    from tenants.surveys import Who
    from tests.conftest import Shop

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # a Monday, 12:00 in Shanghai
DAY = timedelta(days=1)
_TABLES = ("survey", "survey_version", "survey_invitation", "survey_participation", "survey_response", "survey_box",
           "survey_answer", "survey_effect", "survey_quota_count", "points_entry", "reward_grant", "voucher",
           "member_attribute")  # fmt: skip


async def everything(shop: Shop) -> list[Any]:
    """Every row that answering could move."""
    return [await shop.rows(f'SELECT * FROM __tenant__."{table}" AS t ORDER BY t::text') for table in _TABLES]


async def member_of(shop: Shop) -> UUID:
    """A new member of the shop."""
    async with shop.open():
        return (await make_members.member()).id


async def live(shop: Shop, asked: surveys.Definition | None = None, **terms: Any) -> UUID:
    """A survey of the shop that can be answered now."""
    async with shop.open():
        return await make.survey(asked, **terms)


async def submit(shop: Shop, survey: UUID, who: Who, answers: dict[str, Any], **more: Any) -> surveys.Submitted:
    """Hand answers in, alone."""
    async with shop.open():
        return await surveys.submit(survey, who, answers, **more)


async def look(shop: Shop, survey: UUID, who: Who) -> surveys.Sheet:
    """What somebody sees of a survey."""
    async with shop.open():
        return await surveys.look(survey, who)


async def refused(shop: Shop, survey: UUID, who: Who, answers: dict[str, Any], **more: Any) -> DomainError:
    """The refusal, after a look that nothing at all has moved."""
    before = await everything(shop)
    with pytest.raises(DomainError) as caught:
        await submit(shop, survey, who, answers, **more)
    assert await everything(shop) == before
    return caught.value


async def sound(shop: Shop) -> None:
    """Everything that must always hold does."""
    async with shop.open():
        found = await doctor.examine()
    assert found == [], found
