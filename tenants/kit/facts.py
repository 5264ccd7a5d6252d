"""News that goes down the list of subjects: typed facts, announced and heard in the same transaction.

An earlier subject may not call a later one. It announces a fact (a frozen dataclass of its own); the later subject's
`reactions.py` says `@on(ThatFact)`. A reaction that fails takes the whole transaction with it, so what must not
fail together becomes a job.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

F = TypeVar("F")

_reactions: dict[type, list[Callable[..., Awaitable[None]]]] = defaultdict(list)


def on(fact: type[F]) -> Callable[[Callable[[F], Awaitable[None]]], Callable[[F], Awaitable[None]]]:
    """Have the decorated coroutine called with each fact of this type."""

    def register(reaction: Callable[[F], Awaitable[None]]) -> Callable[[F], Awaitable[None]]:
        _reactions[fact].append(reaction)
        return reaction

    return register


async def announce(fact: object) -> None:
    """Tell a fact to all who react to its type, one after the other, in the order of the subjects."""
    for reaction in _reactions[type(fact)]:
        await reaction(fact)
