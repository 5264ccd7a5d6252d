"""Pictures as they are shown."""

from __future__ import annotations

from piccolo.columns import Bytea, Integer, SmallInt, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from tenants.tenancy import DB, PLACEHOLDER, Id, Moment

BYTES_MAX = 2_000_000
EDGE_MAX = 1600


class Picture(Table, tablename="picture", schema=PLACEHOLDER, db=DB):
    """One picture; `digest` is the SHA-256 of its bytes in hexadecimal. Append-only."""

    id = Id()
    digest = Varchar(length=64, unique=True)
    media_type = Varchar(length=20)
    width = Integer(default=None)
    height = Integer(default=None)
    content = Bytea(default=None)
    recorded_by = Varchar(length=100, default="")
    created_at = Moment()

    picture_media_type = Check("media_type IN ('image/webp', 'image/jpeg', 'image/png')")
    picture_size = Check(f"width BETWEEN 1 AND {EDGE_MAX} AND height BETWEEN 1 AND {EDGE_MAX}")
    picture_content = Check(f"octet_length(content) BETWEEN 1 AND {BYTES_MAX}")


class ShopLook(Table, tablename="shop_look", schema=PLACEHOLDER, db=DB):
    """How the shop's own pages look; one row, made with the first choice. `colour` is `#rrggbb`."""

    id = SmallInt(primary_key=True, default=1)
    colour = Varchar(length=7)
    recorded_by = Varchar(length=100, default="")
    updated_at = Moment()

    shop_look_single = Check("id = 1")
    shop_look_colour = Check("colour ~ '^#[0-9a-f]{6}$'")


TABLES: tuple[type[Table], ...] = (Picture, ShopLook)
INDEXES: tuple[str, ...] = ()
