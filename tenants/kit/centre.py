"""What members see and do in the member centre (`/m`), said without knowing by what it is served.

A subject's `pages` lists `MEMBER_PAGES`. A page is read with `show`, which records nothing whoever asks: mail scanners
and previews of links follow every address. What is done comes by POST and stands in `acts`; an act answers with a
`Went` (where to go next, so that a reload repeats nothing) or with a `View` (the form again, with what was wrong). The
centre brings tenant, member, languages, layout, colours, the guard against other sites' forms and the strict policy
for scripts and styles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    import uuid
    from collections.abc import Awaitable, Callable

    from tenants.kit.console import View
    from tenants.kit.words import Words

Who: TypeAlias = Literal["member", "anybody"]


@dataclass(frozen=True, slots=True)
class Ask:
    """What a page is asked: what follows its address, the fields of the query or the form, and who asks.

    `fields` has every value of a name that was sent several times (ticked boxes). `once` names the occasion of an act;
    it is made with the page, so that a double tap does the thing once. `visitor` is the digest of the browser's own
    cookie, by which a stranger goes on where they were; empty until the first act.
    """

    rest: str = ""
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    once: str = ""
    member: uuid.UUID | None = None
    visitor: str = ""

    def text(self, name: str, default: str = "") -> str:
        """The first value of a field, without the space around it; `default` where it was not sent."""
        return next(iter(self.fields.get(name, ())), default).strip()

    def texts(self, name: str) -> list[str]:
        """Every value of a field."""
        return [each.strip() for each in self.fields.get(name, ())]


@dataclass(frozen=True, slots=True)
class Went:
    """An act was done: where its page goes on, below `/m/`, and a sentence to say there."""

    to: str
    said: Words | str = ""


Show: TypeAlias = "Callable[[Ask], Awaitable[View]]"
Act: TypeAlias = "Callable[[Ask], Awaitable[Went | View]]"


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One page of the member centre, at `/m/<slug>`, or `/m/<slug>/<rest>`.

    `who`: only a member who is signed in, or anybody who has the address. `embeddable`: other sites may show it in a
    frame. `in_menu`: it stands in the bar at the foot, where `badge` may say how much waits there.
    """

    slug: str
    title: Words
    show: Show
    acts: Mapping[str, Act] = field(default_factory=dict)
    who: Who = "member"
    in_menu: bool = False
    embeddable: bool = False
    badge: Callable[[uuid.UUID], Awaitable[Any]] | None = None
