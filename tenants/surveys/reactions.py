"""What surveys do on hearing of orders and levels, and when members become one, two again, or nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import levels, members, orders
from tenants.kit.facts import on
from tenants.kit.words import Words
from tenants.surveys.rules import persons
from tenants.surveys.rules.invitations import Event, invite_after, withdraw_after
from tenants.tenancy import DB

if TYPE_CHECKING:
    from uuid import UUID

_AFTER_ORDER: dict[str, Event] = {"delivered": "order_delivered", "completed": "order_completed"}
_GIVEN_UP = frozenset({"cancelled", "refunded"})


@on(orders.Changed)
async def ask_about_orders(changed: orders.Changed) -> None:
    """Whoever got an order is asked about it; not if it was cancelled or refunded before their time came."""
    for state, event in _AFTER_ORDER.items():
        news = [one for one in changed.orders if one.after == state and one.before != state]
        await invite_after(event, [(one.member, one.id.hex) for one in news])
    given_up = [one.id.hex for one in changed.orders if one.after in _GIVEN_UP and one.before is not None]
    if given_up:
        await withdraw_after(list(_AFTER_ORDER.values()), given_up)


@on(members.Joined)
async def ask_new_members(joined: members.Joined) -> None:
    """Whoever becomes a member is asked; an import of members asks nobody."""
    await invite_after("joined", [(joined.member, joined.member.hex)])


@on(levels.Changed)
async def ask_about_levels(changed: levels.Changed) -> None:
    """Whoever moved to another level is asked."""
    await invite_after("level_changed", [(one.member, one.id.hex) for one in changed.changes])


@on(members.Merged)
async def follow(merged: members.Merged) -> None:
    """Participations, answers and invitations go along."""
    await persons.move_all(merged.merge, merged.source, merged.target)


@on(members.Unmerged)
async def return_them(unmerged: members.Unmerged) -> None:
    """And back."""
    await persons.move_back(unmerged.merge, unmerged.source)


@on(members.Erased)
async def forget(erased: members.Erased) -> None:
    """Nobody can tell any more what the member answered."""
    await persons.forget(erased.member)


@members.on_card
async def _surveys_on_card(member: UUID) -> members.Section:
    told = await DB.fetchrow(
        "SELECT count(*) AS taken, count(DISTINCT survey) AS surveys, max(day) AS last_on"
        " FROM __tenant__.survey_participation WHERE member = $1 AND finished", member)  # fmt: skip
    return members.Section(
        "surveys",
        Words(en="Surveys", zh="问卷"),
        (
            members.Fact("surveys", Words(en="Surveys answered", zh="答过的问卷"), told["surveys"]),
            members.Fact("taken", Words(en="Times", zh="作答次数"), told["taken"]),
            members.Fact("last_on", Words(en="Last", zh="最近作答"), told["last_on"]),
        ),
        link="/v1/survey-invitations?member={member}",
        desk="survey_response",
    )


@members.on_export("survey_responses")
async def _responses_in_export(everybody: list[UUID]) -> list[dict[str, Any]]:
    return await persons.responses(everybody)


@members.on_export("survey_participations")
async def _participations_in_export(everybody: list[UUID]) -> list[dict[str, Any]]:
    return await persons.participations(everybody)
