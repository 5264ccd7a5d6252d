"""What of profile completion follows a person: into another member and back, and out of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid


async def move_all(merge: uuid.UUID, source: uuid.UUID, target: uuid.UUID) -> None:
    """Two members are one person: what either has answered is answered; what both have stays with the first."""
    rows = await DB.fetch(
        "UPDATE __tenant__.profile_answer a SET member = $2 WHERE a.member = $1 AND NOT EXISTS"
        " (SELECT 1 FROM __tenant__.profile_answer b WHERE b.member = $2 AND b.field = a.field) RETURNING a.id",
        source, target)  # fmt: skip
    await members.note_moved(merge, "profile_answer", [row["id"] for row in rows])
    rows = await DB.fetch(
        "UPDATE __tenant__.profile_completion a SET member = $2 WHERE a.member = $1 AND NOT EXISTS"
        " (SELECT 1 FROM __tenant__.profile_completion b WHERE b.member = $2 AND b.activity = a.activity)"
        " RETURNING a.id", source, target)  # fmt: skip
    await members.note_moved(merge, "profile_completion", [row["id"] for row in rows])


async def move_back(merge: uuid.UUID, source: uuid.UUID) -> None:
    """They were two after all: what was moved goes back."""
    await DB.fetch(
        "UPDATE __tenant__.profile_answer SET member = $2 WHERE id = ANY($1::uuid[])",
        await members.moved(merge, "profile_answer"), source)  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.profile_completion SET member = $2 WHERE id = ANY($1::uuid[])",
        await members.moved(merge, "profile_completion"), source)  # fmt: skip


async def forget(member: uuid.UUID) -> None:
    """By nothing that is kept can their telephone number or address be known again; what was given stays."""
    await DB.fetch("UPDATE __tenant__.profile_answer SET witness = NULL WHERE member = $1", member)
