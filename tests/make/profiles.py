"""Activities of profile completion for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants import profiles
from tests.make import outreach as make_outreach

if TYPE_CHECKING:
    import uuid

    from tests.conftest import Shop


async def activity(*questions: profiles.Question, **terms: Any) -> uuid.UUID:
    """A live activity that asks these; call inside `shop.open()`."""
    wanted = {"name_en": "Tell us more", "name_zh": "完善资料", **terms}
    state = wanted.pop("state", "live")
    made = await profiles.create_activity(profiles.Terms(**wanted))
    for question in questions:
        await profiles.set_question(made, question)
    if state != "draft":
        await profiles.change_activity(made, {"state": state})
    return made


async def swept(shop: Shop) -> None:
    """Everybody gone through, as the job does it; a call of its own."""
    while await make_outreach.run(shop, "profiles.sweep"):
        pass
