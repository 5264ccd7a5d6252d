"""What earlier subjects announce, as events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import checkins, levels, mall, members, orders, points, polls, profiles, rewards, surveys, vouchers
from tenants.kit import clock, ids
from tenants.kit.facts import on
from tenants.webhooks.rules.telling import Event, blank, tell

if TYPE_CHECKING:
    import uuid
    from datetime import datetime


@on(members.Joined)
async def member_joined(fact: members.Joined) -> None:
    """member.created."""
    await tell("member.created", [_about(fact.member, fact.at)])


@on(members.Imported)
async def members_imported(fact: members.Imported) -> None:
    """One event for each member that an import took in or changed."""
    await tell("member.created", (_about(member, fact.at) for member in fact.created))
    await tell("member.changed", (_about(member, fact.at, changed=["import"]) for member in fact.updated))


@on(members.Changed)
async def member_changed(fact: members.Changed) -> None:
    """member.changed: which parts, never what they say."""
    await tell("member.changed", [_about(fact.member, clock.now(), changed=list(fact.fields))])


@on(members.ConsentChanged)
async def consent_changed(fact: members.ConsentChanged) -> None:
    """consent.changed."""
    await tell("consent.changed", [_about(fact.member, fact.at, channel=fact.channel, granted=fact.granted)])


@on(members.Merged)
async def members_merged(fact: members.Merged) -> None:
    """member.merged: whoever knows the source should know the target from now on."""
    await tell("member.merged", [_about(fact.source, fact.at, into=ids.show("mem", fact.target), undone=False)])


@on(members.Unmerged)
async def members_unmerged(fact: members.Unmerged) -> None:
    """member.merged, undone."""
    await tell("member.merged", [_about(fact.source, fact.at, into=ids.show("mem", fact.target), undone=True)])


@on(members.Erased)
async def member_erased(fact: members.Erased) -> None:
    """What was told of them is forgotten; that they are gone is told, and is about nobody any more."""
    await blank([fact.member])
    await tell("member.erased", [Event(None, fact.at, {"member": ids.show("mem", fact.member)})])


@on(points.Moved)
async def points_moved(fact: points.Moved) -> None:
    """points.moved, for each movement."""
    await tell(
        "points.moved",
        (
            _about(
                one.member, one.at, entry=ids.show("pnt", one.entry), points=one.points, why=one.why.value,
                reference=one.once)
            for one in fact.movements
        ),
    )  # fmt: skip


@on(points.WillLapse)
async def points_will_lapse(fact: points.WillLapse) -> None:
    """points.will_lapse."""
    await tell(
        "points.will_lapse",
        (_about(one.member, clock.now(), points=one.points, expires_at=one.expires_at) for one in fact.notices),
    )


@on(levels.Changed)
async def levels_changed(fact: levels.Changed) -> None:
    """level.changed, for each member who moved."""
    await tell(
        "level.changed",
        (
            _about(one.member, one.at, before=_level(one.before), after=_level(one.after), why=one.why)
            for one in fact.changes
        ),
    )


@on(levels.WillDrop)
async def level_will_drop(fact: levels.WillDrop) -> None:
    """level.will_drop, for each member and stage of notice."""
    await tell(
        "level.will_drop",
        (
            _about(
                one.member, one.at, level=_level(one.level), drops_on=one.drops_on, basis=one.basis,
                missing=str(one.missing), days=one.days)
            for one in fact.drops
        ),
    )  # fmt: skip


@on(vouchers.Happened)
async def vouchers_happened(fact: vouchers.Happened) -> None:
    """voucher.issued, .used, .returned, .expired, .revoked, for each voucher; never its code."""
    for kind in dict.fromkeys(one.kind for one in fact.happenings):
        await tell(
            f"voucher.{kind}",
            (
                _about(
                    one.member, one.at, voucher=ids.show("vch", one.voucher), template=ids.show("vtp", one.template),
                    order_reference=one.order_reference,
                    discount=None if one.discount is None else str(one.discount))
                for one in fact.happenings if one.kind == kind
            ),
        )  # fmt: skip


@on(orders.Changed)
async def orders_changed(fact: orders.Changed) -> None:
    """order.changed, for each order."""
    await tell(
        "order.changed",
        (
            _about(
                one.member, clock.now(), order=ids.show("ord", one.id), source=one.source, external_id=one.external_id,
                before=one.before, after=one.after, amount=str(one.amount), refunded=str(one.refunded),
                points=one.points)
            for one in fact.orders
        ),
    )  # fmt: skip


@on(rewards.Given)
async def rewards_given(fact: rewards.Given) -> None:
    """reward.granted, for each grant."""
    await tell(
        "reward.granted",
        (
            _about(
                one.member, one.at, grant=ids.show("grt", one.id), points=one.points,
                voucher=ids.show("vch", one.voucher_id) if one.voucher_id else None, growth=one.growth,
                why=one.why.value, reference=one.once)
            for one in fact.grants
        ),
    )  # fmt: skip


@on(checkins.Done)
async def checked_in(fact: checkins.Done) -> None:
    """check_in.done, for each visit."""
    await tell(
        "check_in.done",
        (
            _about(
                one.member, clock.now(), check_in=ids.show("chk", one.id), day=one.day, streak=one.streak,
                points=one.points, made_up=one.made_up)
            for one in fact.visits
        ),
    )  # fmt: skip


@on(profiles.Completed)
async def profiles_completed(fact: profiles.Completed) -> None:
    """profile.completed, for each member."""
    await tell(
        "profile.completed",
        (
            _about(one.member, one.at, activity=ids.show("pfa", one.activity), points=one.points)
            for one in fact.completions
        ),
    )


@on(mall.RedemptionChanged)
async def redemption_changed(fact: mall.RedemptionChanged) -> None:
    """redemption.changed, for each redemption."""
    await tell(
        "redemption.changed",
        (
            _about(
                one.member, one.at, redemption=ids.show("rdm", one.redemption), item=ids.show("mit", one.item),
                before=one.before, after=one.after, quantity=one.quantity, points=one.points, cash=str(one.cash))
            for one in fact.changes
        ),
    )  # fmt: skip


@on(polls.Voted)
async def polls_voted(fact: polls.Voted) -> None:
    """poll.voted, for each ballot; what was chosen is found over the API."""
    await tell(
        "poll.voted",
        (
            _about(
                one.member, one.changed_at, poll=ids.show("pol", one.poll), ballot=ids.show("plb", one.id),
                what=one.what, day=one.period, points=one.points)
            for one in fact.votes
        ),
    )  # fmt: skip


@on(polls.Closed)
async def poll_closed(fact: polls.Closed) -> None:
    """poll.closed, about no member."""
    told = {
        "poll": ids.show("pol", fact.poll), "ballots": fact.ballots, "members": fact.members, "closed_at": fact.at,
    }  # fmt: skip
    await tell("poll.closed", [Event(None, clock.now(), told)])


@on(surveys.Invited)
async def survey_invited(fact: surveys.Invited) -> None:
    """survey.invited, for each invitation; its link is had over the API."""
    await tell(
        "survey.invited",
        (
            _about(
                one.member, max(one.opens_at, one.created_at), survey=ids.show("sur", one.survey),
                invitation=ids.show("svi", one.id), expires_at=one.expires_at, source=one.source)
            for one in fact.invitations
        ),
    )  # fmt: skip


@on(surveys.Completed)
async def survey_completed(fact: surveys.Completed) -> None:
    """survey.completed, for each; that somebody took part in an anonymous survey without what they answered."""
    await tell(
        "survey.completed",
        (
            Event(
                one.member, one.at,
                {
                    "member": ids.show("mem", one.member) if one.member else None,
                    "survey": ids.show("sur", one.survey),
                    "response": ids.show("svr", one.response) if one.response else None, "phase": one.phase,
                })
            for one in fact.responses
        ),
    )  # fmt: skip


@on(surveys.LowScore)
async def survey_low_score(fact: surveys.LowScore) -> None:
    """survey.low_score, for each."""
    await tell(
        "survey.low_score",
        (
            _about(
                one.member, one.at, survey=ids.show("sur", one.survey), response=ids.show("svr", one.response),
                question=one.question, score=one.score)
            for one in fact.scores
        ),
    )  # fmt: skip


def _about(member: uuid.UUID, at: datetime, **data: Any) -> Event:
    return Event(member, at, {"member": ids.show("mem", member), **data})


def _level(level: levels.Level | None) -> dict[str, Any] | None:
    return {"id": ids.show("lvl", level.id), "rank": level.rank} if level else None
