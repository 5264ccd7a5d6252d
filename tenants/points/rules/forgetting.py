"""A person goes, the books stay: sums, occasions and seals are as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid


async def forget(member: uuid.UUID) -> None:
    """Blank whatever was written about a member beside the movements of their points."""
    await DB.fetch(
        "UPDATE __tenant__.points_entry SET note = '', detail = '' WHERE member = $1 AND (note <> '' OR detail <> '')",
        member)  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.points_pending SET note = '', detail = '' WHERE member = $1"
        " AND (note <> '' OR detail <> '')", member)  # fmt: skip
    await DB.fetch("UPDATE __tenant__.points_hold SET note = '' WHERE member = $1 AND note <> ''", member)
    await DB.fetch("UPDATE __tenant__.points_adjustment SET reason = '' WHERE member = $1 AND reason <> ''", member)
