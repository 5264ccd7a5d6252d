"""How an explanation of points is shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from tenants.kit import ids
from tenants.kit.shapes import Shape

if TYPE_CHECKING:
    from tenants import orders


class PointsLine(Shape):
    """What one line gives and why. `gross` before refunds, `points` what is left, `net` the money not refunded."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "key": "1", "product": "SKU-88", "category": "serum", "quantity": 2, "amount": "129.00", "net": "129.00",
        "rule": "rul_01k0000000000000000000000z", "gross": 258, "points": 258, "why": "129.00 × 1 × 2 (“Serum week”)",
    }  # fmt: skip

    key: str
    product: str
    category: str
    quantity: int
    amount: str
    net: str
    rule: str | None
    gross: int
    points: int
    why: str


class PointsExplanation(Shape):
    """Why an order gives its points: `due` by its terms, `capped` of them withheld, `given` so far."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "due": 258, "capped": 0, "given": 258, "short": 0, "points_per_unit": "1", "level_multiplier": "1",
        "active_at": None, "lines": [PointsLine.EXAMPLE], "sentences": [
            "The sum is rounded down once for the whole order.",
        ],
    }  # fmt: skip

    due: int
    capped: int
    given: int
    short: int
    points_per_unit: str
    level_multiplier: str
    active_at: datetime | None
    lines: list[PointsLine]
    sentences: list[str]


def show_explanation(found: orders.Explanation) -> PointsExplanation:
    """The explanation in the reader's language."""
    return PointsExplanation(
        due=found.due,
        capped=found.capped,
        given=found.given,
        short=found.short,
        points_per_unit=f"{found.ratio.normalize():f}",
        level_multiplier=f"{found.multiplier.normalize():f}",
        active_at=found.active_at and found.active_at.astimezone(UTC),
        lines=[
            PointsLine(
                key=one.line.key, product=one.line.product, category=one.line.category, quantity=one.line.quantity,
                amount=str(one.line.amount), net=str(one.net), rule=ids.show("rul", one.rule) if one.rule else None,
                gross=one.gross, points=one.points, why=one.why.say())
            for one in found.lines
        ],
        sentences=[sentence.say() for sentence in found.sentences],
    )  # fmt: skip
