"""The demo shops' poll: four products with pictures that are drawn here, and the votes of some of the members."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from tenants import pictures, polls
from tenants.kit import clock
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Sequence
    from datetime import datetime

_SIDE = 800
_DAYS_OPEN = 30
_DAYS_VOTED = 5


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to choose: what is drawn, on which paper in which ink, and its price from and to in CNY."""

    zh: str
    en: str
    kind: str
    paper: str
    ink: str
    product: str
    low: int
    high: int


_THINGS = (
    Thing("帆布托特包", "Canvas tote", "bag", "#f6ead7", "#b98445", "TOTE-01", 89, 129),
    Thing("手作陶杯", "Handmade mug", "mug", "#dfeaf0", "#3b7ea1", "MUG-02", 59, 89),
    Thing("羊毛小毯", "Wool throw", "throw", "#f1e1e6", "#8c3f62", "THROW-03", 199, 259),
    Thing("方格笔记本", "Squared notebook", "book", "#e4eedd", "#4f7a3a", "BOOK-04", 29, 39),
)
# Whom the n-th voter chooses: the first thing is wanted clearly more than the last.
_WISHES = (0, 1, 0, 2, 0, 1, 0, 2, 1, 0, 3)


async def add(buyers: Sequence[uuid.UUID], moment: datetime) -> uuid.UUID:
    """A live poll of what to stock next, in which two of three members have voted over the last days."""
    with clock.at(moment - timedelta(days=_DAYS_VOTED)):
        poll = await polls.create(
            polls.Terms(
                name_zh="下一季，您最想买哪一款？", name_en="Which one should we stock next?",
                description_zh="选出您最想要的一款，我们优先备货。",
                description_en="Choose one. We will order what most of you want.",
                ends_at=moment + timedelta(days=_DAYS_OPEN), shuffled=True, stock=True, reward_points=10,
            )
        )  # fmt: skip
        options = [await _option(poll, thing) for thing in _THINGS]
        await polls.publish(poll)
    voters = [buyer for place, buyer in enumerate(buyers) if place % 3 != 2]  # noqa: PLR2004  two of three
    for place, buyer in enumerate(voters):
        with clock.at(moment - timedelta(days=_DAYS_VOTED - 1 - place % (_DAYS_VOTED - 1), minutes=place)):
            await polls.vote(poll, buyer, [options[_WISHES[place % len(_WISHES)]]])
    return poll


async def _option(poll: uuid.UUID, thing: Thing) -> uuid.UUID:
    unit = Decimal(1) if current_tenant().currency == "CNY" else Decimal("0.2")
    picture = await pictures.keep(_drawn(thing), name=f"{thing.product}.png")
    terms = polls.OptionTerms(
        text_zh=thing.zh, text_en=thing.en, picture=picture, product=thing.product, price_low=thing.low * unit,
        price_high=thing.high * unit)  # fmt: skip
    return await polls.add_option(poll, terms)


def _drawn(thing: Thing) -> bytes:
    """A plain picture of a thing, as a file."""
    paper, ink = thing.paper, thing.ink
    image = Image.new("RGB", (_SIDE, _SIDE), paper)
    pen = ImageDraw.Draw(image)
    pen.ellipse((150, 640, 650, 720), fill=_mixed(paper, ink, 0.2))
    _DRAWINGS[thing.kind](pen, paper, ink)
    goal = io.BytesIO()
    image.save(goal, "PNG")
    return goal.getvalue()


def _bag(pen: Any, paper: str, ink: str) -> None:
    pen.arc((270, 140, 530, 480), 180, 360, fill=_mixed(paper, ink, 0.7), width=26)
    pen.polygon(((200, 310), (600, 310), (640, 690), (160, 690)), fill=ink)
    pen.rectangle((300, 420, 500, 560), outline=paper, width=10)


def _mug(pen: Any, paper: str, ink: str) -> None:
    pen.arc((500, 330, 690, 570), 270, 90, fill=ink, width=40)
    pen.rounded_rectangle((190, 260, 560, 690), 50, fill=ink)
    pen.ellipse((190, 220, 560, 310), fill=_mixed(paper, ink, 0.6))
    pen.line((240, 430, 510, 430), fill=paper, width=12)


def _throw(pen: Any, paper: str, ink: str) -> None:
    pen.rounded_rectangle((150, 300, 650, 690), 40, fill=ink)
    for row in range(3):
        pen.line((150, 390 + row * 90, 650, 390 + row * 90), fill=_mixed(paper, ink, 0.5), width=18)
    for place in range(160, 650, 40):
        pen.line((place, 690, place, 740), fill=ink, width=10)


def _book(pen: Any, paper: str, ink: str) -> None:
    pen.rounded_rectangle((220, 170, 600, 700), 24, fill=ink)
    pen.rectangle((300, 270, 540, 380), fill=paper)
    for place in range(210, 680, 60):
        pen.ellipse((190, place, 250, place + 26), fill=_mixed(paper, ink, 0.4))


_DRAWINGS: dict[str, Callable[[Any, str, str], None]] = {"bag": _bag, "mug": _mug, "throw": _throw, "book": _book}


def _mixed(paper: str, ink: str, share: float) -> tuple[int, ...]:
    """So much ink on the paper."""
    pairs = zip(bytes.fromhex(paper[1:]), bytes.fromhex(ink[1:]), strict=True)
    return tuple(round((1 - share) * one + share * other) for one, other in pairs)
