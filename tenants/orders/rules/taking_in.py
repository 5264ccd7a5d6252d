"""Orders come in: any number of events in a handful of statements, each answered for by itself.

A batch locks the orders that are known, by ascending id, then the members of new ones, then opens these in the order
of their names, then the periods of caps, then points and levels by ascending member, then totals: two batches that
touch the same orders wait for each other and not in a ring. Who is to be merged or erased waits for their orders first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members
from tenants.kit.errors import DomainError
from tenants.orders.rules.finding import find_known
from tenants.orders.rules.settling import ask_levels, follow_up, settle
from tenants.orders.rules.stories import Story, Taken, gather
from tenants.orders.rules.terms import terms_of_today
from tenants.orders.rules.writing import change, open_new, write_events, write_lines
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime

    from tenants.orders.rules.incoming import Incoming
    from tenants.orders.rules.policy import Policy


async def take_in(item: Incoming) -> Taken:
    """Take in one event of an order. The same event again changes nothing and says so (`repeated`).

    Raises Invalid, OtherCurrency, OtherMember, EventDiffers, MemberUnknown.
    """
    [done] = await take_in_many([item])
    if isinstance(done, DomainError):
        raise done
    return done


async def take_in_many(items: Sequence[Incoming]) -> list[Taken | DomainError]:
    """Take in events of orders and say of each, in the same order, what became of it or why not.

    What cannot be used fails alone. However the events of an order are spread over batches, in whatever order and how
    often they come, the order ends the same, and so do its points, unless a cap was reached, or they had been spent
    when they were to be taken back: what is withheld or short then depends on when it was tried. A member with an
    unknown external id is made.
    """
    stories, refused = gather(items, currency=current_tenant().currency)
    policy, terms = await terms_of_today({story.source for story in stories})
    await find_known(stories)
    known = [story for story in stories if story.id is not None]
    new = [story for story in stories if story.id is None]
    if new:
        await _name_members(new, refused)
        new = [story for story in new if story.news]
        for story in new:
            story.terms_id, story.terms = terms[story.source]
        new = [story for story in new if story.sort_out()]
        lost = await _open(new)
        if lost:  # somebody else opened them a moment ago, and has committed
            new = [story for story in new if story.version]
            await find_known(lost)
            known += lost
    changed = [story for story in known if story.terms and story.sort_out()]
    await ask_levels(changed)
    for story in changed:
        story.version += 1
    both = [*new, *changed]
    if both:
        await _write_down(both, changed, policy)
    return _answers(items, stories, refused)


async def _open(new: list[Story]) -> list[Story]:
    await ask_levels(new)
    return await open_new(new)


async def _write_down(stories: list[Story], changed: list[Story], policy: Policy) -> None:
    await write_events(stories)
    await settle(stories, policy)
    # What a cap left of the points of a new order is known only now.
    rewritten = [*changed, *(story for story in stories if story.version == 1 and story.points_capped)]
    if rewritten:
        await change(rewritten)
    await write_lines(stories)
    await follow_up(stories)


async def _name_members(stories: Sequence[Story], refused: dict[int, DomainError]) -> None:
    """Give each new order the member whom its first usable event names; one with an unknown id is refused."""
    there = await _survivors({item.member for story in stories for _, item, _, _ in story.news if item.member})
    wanted: dict[str, tuple[str, datetime, str]] = {}
    for story in stories:
        lost = {place for place, item, _, _ in story.news if item.member and item.member not in there}
        if lost:
            refused.update({place: members.MemberUnknown() for place in lost})
            story.news = [told for told in story.news if told[0] not in lost]
        if story.news:
            _, item, event, _ = story.news[0]
            story.member, story.member_external_id = (
                there[item.member] if item.member else (None, item.member_external_id)
            )
            story.aliases = {item.member}
            if not item.member and item.member_external_id:
                wanted.setdefault(item.member_external_id, (item.member_external_id, event.at, story.source))
    made = await members.ensure_many(wanted.values()) if wanted else {}
    for story in stories:
        if story.member is None and story.member_external_id is not None:
            story.member = made[story.member_external_id]
    # Who was merged since they were looked up has passed everything on: so is this order.
    survivors = await members.survivors_of({story.member for story in stories if story.member}, stay=True)
    for story in stories:
        if story.member is not None:
            story.member = survivors[story.member]


async def _survivors(named: set[uuid.UUID]) -> dict[uuid.UUID, tuple[uuid.UUID, str | None]]:
    """For each of these members the one in whom they live on, with external id; unknown ids are left out."""
    if not named:
        return {}
    rows = await DB.fetch(
        "SELECT m.id, s.id AS survivor, s.external_id FROM __tenant__.member m"
        " JOIN __tenant__.member s ON s.id = coalesce(m.merged_into, m.id) WHERE m.id = ANY($1::uuid[])",
        list(named))  # fmt: skip
    return {row["id"]: (row["survivor"], row["external_id"]) for row in rows}


def _answers(
    items: Sequence[Incoming], stories: Sequence[Story], refused: dict[int, DomainError]
) -> list[Taken | DomainError]:
    answers: dict[int, Taken | DomainError] = dict(refused)
    for story in stories:
        answers.update(story.refused)
        for place, _, event, _ in story.news:
            if place not in answers and story.id is not None:
                answers[place] = Taken(
                    story.id, event.reference, story.state, story.points_given, repeated=place in story.repeated
                )
    return [answers[place] for place in range(len(items))]
