"""What travels over the API about a member as a whole: merges, the card, the export, the erasure."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, field

from tenants.kit.shapes import Reference, Shape
from tenants.members.api.shapes import MemberShape

_SOURCE = "mem_06d5gk2v7hxd1v7r4t0q8m3n5p"
_TARGET = "mem_06d5gk2v7hxd1v7r4t0q8m3n6q"
_AT = "2026-01-31T08:00:00Z"
_PAIR: dict[str, Any] = {"source": _SOURCE, "target": _TARGET}
MemberIdText = Annotated[str, Meta(max_length=40, description="`mem_…`")]
Fields = Annotated[
    list[Annotated[str, Meta(max_length=70)]],
    Meta(
        max_length=220,
        description="Fields in which the source is right though the target has something else: name, phone, email,"
        " gender, region, occupation, locale, timezone, birthday, `attribute.<key>`.",
    ),
]


class MergePair(Shape):
    """Who lives on in whom."""

    EXAMPLE: ClassVar[dict[str, Any]] = {**_PAIR, "take": ["phone"]}

    source: MemberIdText
    target: MemberIdText
    take: Fields = field(default_factory=list)


class NewMerge(MergePair, kw_only=True):
    """A merge to be made."""

    EXAMPLE: ClassVar[dict[str, Any]] = {**MergePair.EXAMPLE, "reference": "case-1001"}

    reference: Reference


class MergeShape(Shape):
    """A merge. Until `undoable_until` it can be undone, unless points were spent meanwhile."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "mrg_06d5gk2v7hxd1v7r4t0q8m3n5p", **_PAIR, "reference": "case-1001", "merged_by": "server:0198",
        "at": _AT, "undoable_until": "2026-02-01T08:00:00Z", "undone_at": None, "repeated": False,
    }  # fmt: skip

    id: str
    source: str
    target: str
    reference: str
    merged_by: str
    at: datetime
    undoable_until: datetime
    undone_at: datetime | None
    repeated: bool = False


class FieldChange(Shape):
    """A field of the target: what is there, and what would be."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"field": "phone", "before": None, "after": "+8613800138000"}

    field: str
    before: str | None
    after: str | None


class MergePreviewShape(Shape):
    """What a merge would do. `differing` are fields in which both have something, and the target's stands.

    `rows` says how many rows of the source it is about, by table.
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "changed": [FieldChange.EXAMPLE],
        "differing": [{"field": "name", "before": "Li Lei", "after": "Lei Li"}],
        "rows": {"points_entry": 12, "voucher": 2},
    }

    changed: list[FieldChange]
    differing: list[FieldChange]
    rows: dict[str, int]


class DuplicateGroupShape(Shape):
    """Members who are alike in one respect: the first ten, the oldest first, and how many there are."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "alike": "phone", "value": "+8613800138000", "count": 2, "members": [_SOURCE, _TARGET],
    }  # fmt: skip

    alike: Literal["phone", "email", "birthday"]
    value: str
    count: int
    members: list[str]


class FactShape(Shape):
    """One thing to know; numbers and dates as text, `label` in the reader's language."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"key": "balance", "label": "Balance", "value": "1200"}

    key: str
    label: str
    value: str | None


class SectionShape(Shape):
    """What one subject has to say of the member; `link` is where in the API there is more."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "key": "points", "title": "Points", "facts": [FactShape.EXAMPLE],
        "link": f"/v1/members/{_SOURCE}/points",
    }  # fmt: skip

    key: str
    title: str
    facts: list[FactShape]
    link: str


class CardShape(Shape):
    """A member in one view."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"member": MemberShape.EXAMPLE, "sections": [SectionShape.EXAMPLE]}

    member: MemberShape
    sections: list[SectionShape]


class MemberExportShape(Shape):
    """Everything that is held of a person: the rows of each table that refer to them, as they are kept."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "member": _SOURCE, "at": _AT, "held": {"member": [{"name": "Li Lei", "phone": "+8613800138000"}]},
    }  # fmt: skip

    member: str
    at: datetime
    held: dict[str, list[dict[str, Any]]]


class NewErasure(Shape):
    """Why a person is to be forgotten, and their id once more, for this cannot be undone."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"reason": "asked", "confirm": _SOURCE}

    reason: Annotated[
        Literal["asked", "inactive", "mistake", "law"],
        Meta(description="They asked; they have not been here for long; they were entered by mistake; a law says so."),
    ]
    confirm: Annotated[str, Meta(max_length=40, description="The id of the member once more.")]


class ErasureShape(Shape):
    """The certificate: `rows` says of how many rows in which tables the person was taken out."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "member": _SOURCE, "reason": "asked", "erased_by": "server:0198", "at": _AT,
        "rows": {"member": 1, "member_address": 2, "message": 14}, "repeated": False,
    }  # fmt: skip

    member: str
    reason: Literal["asked", "inactive", "mistake", "law"]
    erased_by: str
    at: datetime
    rows: dict[str, int]
    repeated: bool = False
