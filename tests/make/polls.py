"""Polls for tests; call inside `shop.open()`."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tenants import polls
from tenants.kit import ids
from tenants.kit.facts import _reactions

if TYPE_CHECKING:
    import uuid
    from collections.abc import Awaitable, Callable, Iterator


async def poll(*texts: str, **terms: Any) -> tuple[uuid.UUID, list[uuid.UUID]]:
    """A poll with options of these texts (two without any), live unless another `state` is given; it and its options."""
    wanted = {"name_en": "Next colour", "name_zh": "下一个颜色", **terms}
    state = wanted.pop("state", "live")
    made = await polls.create(polls.Terms(**wanted))
    options = [
        await polls.add_option(made, polls.OptionTerms(text_en=text, text_zh=text)) for text in texts or ("Red", "Blue")
    ]
    if state != "draft":
        await polls.publish(made)
        await polls.set_state(made, state)
    return made, options


@contextmanager
def hearing(fact: type, listener: Callable[..., Awaitable[None]]) -> Iterator[None]:
    """Inside, the listener is told each fact of this type, after those who always are."""
    heard = _reactions[fact]
    heard.append(listener)
    try:
        yield
    finally:
        heard.remove(listener)


def shown(row: uuid.UUID) -> str:
    """The letters of an id as it goes over the API, without its prefix."""
    return ids.show("", row)[1:]
