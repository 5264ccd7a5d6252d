"""Members for tests; call inside `shop.open()`."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Unpack

from tenants import members
from tenants.members import Birthday, Member, Profile

if TYPE_CHECKING:
    from collections.abc import Sequence

_numbers = itertools.count(1)


async def member(*, birthday: Birthday | None = None, tags: Sequence[str] = (), **said: Unpack[Profile]) -> Member:
    """A member with a name and an external id that no other test's member has."""
    number = next(_numbers)
    profile = Profile(external_id=f"shopper-{number}", name=f"Shopper {number}")
    profile.update(said)
    return await members.create(profile, birthday=birthday, tags=tags)


async def members_of_count(count: int) -> list[Member]:
    """So many members."""
    return [await member() for _ in range(count)]
