"""What staff see and do in the console, said without knowing by what it is served.

A subject's `pages` lists `PAGES`. A page is read with `show`, which answers with a `View` (a template of the subject
and the facts for it) or a `Download`; what can be done on it stands in `acts`, by name: an act answers with a sentence,
with a `View` where there is more to tell, or with where to `Go` on. The console brings session, roles, languages,
navigation and layout, and notes every act in the audit trail.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from tenants.kit.desk import EVERYONE, NOBODY
from tenants.kit.errors import Invalid
from tenants.kit.words import Words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from tenants.kit.centre import View as CentreView


# Groups of the menu that several subjects share.
ACTIVITIES = Words(en="Activities", zh="活动")
PREVIEWS = Words(en="As a member sees it", zh="会员视角")
FILES = Words(en="Files", zh="文件")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form; `file` is at its beginning, and on disk where it is large."""

    name: str
    size: int
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class Ask:
    """What a page is asked: what follows its address, the fields of the query or of the form, the files.

    `once` names the occasion of an act; it is made with the page, so that a double click does the thing once. `part` is
    what of the page the act is about: a button `move:q3` does `move` with the part `q3`. `every` has all values of a
    name that was sent several times (ticked boxes), which `given` joins by commas.
    """

    rest: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    once: str = ""
    part: str = ""
    every: Mapping[str, list[str]] = field(default_factory=dict)
    origin: str = ""
    """Where the shop was reached, `https://shop.example.com`, for addresses that are handed on."""

    def text(self, name: str, default: str = "") -> str:
        """A field, without the space around it; `default` where it was not sent."""
        return self.given.get(name, default).strip()

    def needed(self, name: str) -> str:
        """A field that must be filled. Raises Invalid."""
        text = self.text(name)
        if not text:
            raise Invalid(param=name, problem=Words(en="this is needed", zh="必填"))
        return text

    def whole(self, name: str, default: int | None = None) -> int | None:
        """A whole number, up to 15 digits; `default` where the field is empty. Raises Invalid."""
        text = self.text(name)
        if not text:
            return default
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 15:  # noqa: PLR2004  what JSON can say exactly
            raise Invalid(param=name, problem=Words(en="use a whole number", zh="请使用整数"))
        return int(text)

    def upload(self, name: str) -> Upload:
        """A file that must be there. Raises Invalid."""
        found = self.files.get(name)
        if found is None:
            raise Invalid(param=name, problem=Words(en="choose a file", zh="请选择文件"))
        return found


@dataclass(frozen=True, slots=True)
class View:
    """What to show: a template below the subject's folder, named `<subject>/pages/<file>.html`, and its facts."""

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    """In place of the page's own, where the page is about one thing."""
    refused: bool = False
    """What was asked is not done: nothing of it is kept, and the page says why, with all that was typed."""
    said: Words | str = ""
    """What was done, said above the page."""


@dataclass(frozen=True, slots=True)
class Go:
    """It is done, and goes on at another page: its address below `/console/`."""

    to: str


@dataclass(frozen=True, slots=True)
class Framed:
    """A page as a member sees it, drawn by the member centre for a frame of another page; nothing done there is kept.

    `carried` goes along with its forms, which come back to the page that shows it.
    """

    view: CentreView
    carried: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Download:
    """A file for the reader, sent in parts as they are made."""

    name: str
    media_type: str
    parts: AsyncIterator[bytes]


Show: TypeAlias = "Callable[[Ask], Awaitable[View | Download | Framed]]"
Act: TypeAlias = "Callable[[Ask], Awaitable[Words | str | View | Go | Framed]]"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the console, at `/console/<slug>`, or `/console/<slug>/<id>` where `about_one` thing."""

    slug: str
    title: Words
    group: Words
    show: Show
    acts: Mapping[str, Act] = field(default_factory=dict)
    read: frozenset[str] = EVERYONE
    write: frozenset[str] = NOBODY
    in_menu: bool = True
    about: Words | None = None
    """One sentence under the title."""
    below: str = ""
    """The slug of the page above it: the way back, and what the menu marks while this one is open."""
