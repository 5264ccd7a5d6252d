"""Keeping pictures, each content once, and finding them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.pictures.rules.drawing import Drawn, draw
from tenants.pictures.rules.refusals import PictureUnknown
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    import uuid

_FACTS = "id, media_type, width, height, octet_length(content) AS bytes, recorded_by, created_at"


async def keep(content: bytes, *, name: str = "") -> uuid.UUID:
    """Keep the picture in an uploaded file; the same picture again is the one that is kept already.

    `name` is what the file is called, for the sentence of a refusal. Raises NotAPicture, PictureDamaged,
    PictureTooLarge, TooManyPixels.
    """
    return await hold(await draw(content, name=name))


async def hold(drawn: Drawn) -> uuid.UUID:
    """Keep what was drawn. The unique digest decides between two at once; a picture is never deleted."""
    made: uuid.UUID | None = await DB.fetchval(
        "INSERT INTO __tenant__.picture (id, digest, media_type, width, height, content, recorded_by, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (digest) DO NOTHING RETURNING id",
        ids.new(), drawn.digest, drawn.media_type, drawn.width, drawn.height, drawn.content,
        current_caller().label[:100], clock.now())  # fmt: skip
    return made or await DB.fetchval("SELECT id FROM __tenant__.picture WHERE digest = $1", drawn.digest)


async def find(picture: uuid.UUID) -> Drawn:
    """A picture with its bytes. Raises PictureUnknown."""
    row = await DB.fetchrow(
        "SELECT digest, media_type, width, height, content FROM __tenant__.picture WHERE id = $1", picture
    )
    if row is None:
        raise PictureUnknown
    return Drawn(**row)


async def describe(picture: uuid.UUID) -> Any:
    """What is known of a picture, without its bytes. Raises PictureUnknown."""
    row = await DB.fetchrow(f"SELECT {_FACTS} FROM __tenant__.picture WHERE id = $1", picture)
    if row is None:
        raise PictureUnknown
    return row


async def listed(*, before: uuid.UUID | None = None, limit: int = 20) -> list[Any]:
    """What is known of the newest pictures, without their bytes."""
    rows: list[Any] = await DB.fetch(
        f"SELECT {_FACTS} FROM __tenant__.picture WHERE $1::uuid IS NULL OR id < $1::uuid ORDER BY id DESC LIMIT $2",
        before, limit)  # fmt: skip
    return rows


def address(picture: uuid.UUID) -> str:
    """Where a picture is served, below the shop's host; it never changes, so browsers may keep it for ever."""
    return f"/m/pictures/{ids.show('pic', picture)}"
