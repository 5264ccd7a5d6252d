"""Polls for tests; call inside `shop.open()`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import polls

if TYPE_CHECKING:
    import uuid


async def poll(*texts: str, **terms: Any) -> tuple[uuid.UUID, list[uuid.UUID]]:
    """A poll with options of these texts (two without any), live unless another `state` is given; it and its options."""
    wanted = {"name_en": "Next colour", "name_zh": "下一个颜色", **terms}
    state = wanted.pop("state", "live")
    made = await polls.create(polls.Terms(**wanted))
    options = [
        await polls.add_option(made, polls.OptionTerms(text_en=text, text_zh=text)) for text in texts or ("Red", "Blue")
    ]
    if state != "draft":
        await polls.set_state(made, state)
    return made, options
