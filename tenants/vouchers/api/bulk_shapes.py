"""What travels about codes in bulk."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from tenants.kit.shapes import Reference, Shape, Short
from tenants.vouchers.api.shapes import ID, Name, Time


class NewBatch(Shape):
    """So many codes of a template; they can be entered until `claim_until`, if there is one."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "template": f"vtp_{ID}a", "name": "Leaflet in November", "codes": 1000, "reference": "leaflet-2026-11",
        "claim_until": None,
    }  # fmt: skip

    template: Name
    name: Short
    codes: Annotated[int, Meta(ge=1, le=100_000)]
    reference: Reference
    claim_until: Time | None = None


class BatchShape(Shape):
    """A batch and what has become of its codes."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"vbt_{ID}f", "template": f"vtp_{ID}a", "name": "Leaflet in November", "state": "active", "codes": 1000,
        "free": 990, "claimed": 10, "expired": 0, "revoked": 0, "claim_until": None,
        "created_at": "2026-11-21T04:00:00Z",
    }  # fmt: skip

    id: str
    template: str
    name: str
    state: Literal["active", "ended", "revoked"]
    codes: int
    free: int
    claimed: int
    expired: int
    revoked: int
    claim_until: datetime | None
    created_at: datetime


class WithdrawnShape(Shape):
    """How many codes were withdrawn: 0 the second time."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"batch": f"vbt_{ID}f", "withdrawn": 990}

    batch: str
    withdrawn: int


class RowErrorShape(Shape):
    """Why a row was left out."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"line": 3, "detail": "use 8 to 40 letters and digits"}

    line: int
    detail: str


class IntakeShape(Shape):
    """What became of a file, or would: `known` were there before or twice in it; the first 100 errors are told."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "dry_run": False, "added": 998, "known": 1, "failed": 1, "batch": f"vbt_{ID}f",
        "errors": [RowErrorShape.EXAMPLE],
    }  # fmt: skip

    dry_run: bool
    added: int
    known: int
    failed: int
    batch: str | None
    errors: list[RowErrorShape]
