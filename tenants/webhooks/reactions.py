"""What earlier subjects announce, as events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members, rewards
from tenants.kit import ids
from tenants.kit.facts import on
from tenants.webhooks.rules.telling import Event, is_wanted, tell

if TYPE_CHECKING:
    import uuid
    from datetime import datetime


@on(members.Joined)
async def member_joined(fact: members.Joined) -> None:
    """member.created."""
    await tell([_created(fact.member, fact.at)])


@on(members.Imported)
async def members_imported(fact: members.Imported) -> None:
    """One event for each member that an import took in or changed; none is even made where nobody wants it."""
    if not await is_wanted("member.created", "member.changed"):
        return
    await tell(
        [
            *(_created(member, fact.at) for member in fact.created),
            *(_changed(member, ["import"], fact.at) for member in fact.updated),
        ]
    )


@on(members.BirthdayChanged)
async def birthday_changed(fact: members.BirthdayChanged) -> None:
    """member.changed."""
    await tell([_changed(fact.member, ["birthday"], fact.at)])


@on(members.ConsentChanged)
async def consent_changed(fact: members.ConsentChanged) -> None:
    """consent.changed."""
    data = {"member": _mem(fact.member), "channel": fact.channel, "granted": fact.granted}
    await tell([Event(type="consent.changed", member=fact.member, data=data, at=fact.at)])


@on(rewards.Granted)
async def reward_granted(fact: rewards.Granted) -> None:
    """reward.granted."""
    data = {
        "grant": ids.show("rwd", fact.id), "member": _mem(fact.member), "points": fact.points,
        "voucher": ids.show("vch", fact.voucher_id) if fact.voucher_id else None, "why": fact.why.value,
        "reference": fact.once,
    }  # fmt: skip
    await tell([Event(type="reward.granted", member=fact.member, data=data, at=fact.at)])


def _mem(member: uuid.UUID) -> str:
    return ids.show("mem", member)


def _created(member: uuid.UUID, at: datetime) -> Event:
    return Event(type="member.created", member=member, data={"member": _mem(member)}, at=at)


def _changed(member: uuid.UUID, parts: list[str], at: datetime) -> Event:
    return Event(type="member.changed", member=member, data={"member": _mem(member), "changed": parts}, at=at)
