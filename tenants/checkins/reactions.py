"""What check-ins do on news of members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members
from tenants.checkins.rules import persons, reading
from tenants.kit.facts import on
from tenants.kit.words import Words

if TYPE_CHECKING:
    from uuid import UUID


@on(members.Merged)
async def _move_visits(fact: members.Merged) -> None:
    await persons.move(fact.merge, source=fact.source, target=fact.target)


@on(members.Unmerged)
async def _move_visits_back(fact: members.Unmerged) -> None:
    await persons.move_back(fact.merge, source=fact.source, target=fact.target)


@on(members.Erased)
async def _forget(fact: members.Erased) -> None:
    await persons.forget(fact.member)


@members.on_card
async def _visits_on_card(member: UUID) -> members.Section:
    told = await reading.standing(member)
    return members.Section(
        "check-ins",
        Words(en="Check-ins", zh="签到"),
        (
            members.Fact("streak", Words(en="Days in a row", zh="连签天数"), told.streak),
            members.Fact("best", Words(en="Most days in a row", zh="最长连签"), told.best),
            members.Fact("total", Words(en="Check-ins", zh="累计签到"), told.total),
            members.Fact("latest", Words(en="Last check-in", zh="最近签到"), told.latest),
        ),
        link="/v1/members/{member}/check-ins",
        desk="check_in",
    )
