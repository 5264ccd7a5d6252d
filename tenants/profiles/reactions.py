"""What profile completion does when members tell something of themselves, become one, two again, or nobody."""

from __future__ import annotations

from tenants import members
from tenants.kit.facts import on
from tenants.profiles.rules import persons
from tenants.profiles.rules.activities import live_activity, sweep_anew
from tenants.profiles.rules.answering import ALL, take_note


@on(members.Joined)
async def joined(fact: members.Joined) -> None:
    """Whoever joins while the activity runs tells everything anew."""
    await take_note([fact.member], news={fact.member: ALL})


@on(members.Changed)
async def changed(fact: members.Changed) -> None:
    """What was told just now is answered."""
    await take_note([fact.member], news={fact.member: fact.fields})


@on(members.Imported)
async def imported(fact: members.Imported) -> None:
    """What the shop brings in was known before; a file of many is gone through in the background."""
    del fact
    activity = await live_activity()
    if activity is not None:
        await sweep_anew(activity["id"])


@on(members.Merged)
async def follow(merged: members.Merged) -> None:
    """The answers go along."""
    await persons.move_all(merged.merge, merged.source, merged.target)


@on(members.Unmerged)
async def return_them(unmerged: members.Unmerged) -> None:
    """And back."""
    await persons.move_back(unmerged.merge, unmerged.source)


@on(members.Erased)
async def forget(erased: members.Erased) -> None:
    """Nobody can be known again by what they once answered."""
    await persons.forget(erased.member)
