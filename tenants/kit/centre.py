"""What members see and do in the member centre (`/m`), said without knowing by what it is served.

A subject's `pages` lists `MEMBER_PAGES`. A page is read with `show`, which records nothing whoever asks: mail scanners
and previews of links follow every address. What is done comes by POST and stands in `acts`; an act answers with a
`Went` (where to go next, so that a reload repeats nothing) or with a `View` (the form again, with what was wrong; if
its status is an error, nothing that the act wrote is kept). The centre brings tenant, member, languages, layout,
colours, the guard against other sites' forms and the strict policy for scripts and styles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    import uuid
    from collections.abc import Awaitable, Callable, Sequence

    from tenants.kit.words import Words

Who: TypeAlias = Literal["member", "anybody"]


@dataclass(frozen=True, slots=True)
class Ask:
    """What a page is asked: what follows its address, the fields of the query or the form, and who asks.

    `fields` has every value of a name that was sent several times (ticked boxes). `once` names the occasion of an act;
    it is made with the page, so that a double tap does the thing once. `visitor` is the digest of the browser's own
    cookie, by which a stranger goes on where they were; empty until the first act. `embedded`: in a frame of the
    shop's site. `seconds` is how long the form was open, `trapped` whether the field was filled that nobody sees.
    """

    rest: str = ""
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    once: str = ""
    member: uuid.UUID | None = None
    visitor: str = ""
    wanted: tuple[str, ...] = ()
    """Language tags, best first: chosen here, the member's own, the browser's, the shop's."""
    embedded: bool = False
    seconds: float = 0.0
    trapped: bool = False

    def text(self, name: str, default: str = "") -> str:
        """The first value of a field, without the space around it; `default` where it was not sent."""
        return next(iter(self.fields.get(name, ())), default).strip()

    def texts(self, name: str) -> list[str]:
        """Every value of a field."""
        return [each.strip() for each in self.fields.get(name, ())]

    def language_of(self, languages: Sequence[str]) -> str:
        """The best of these languages for who asks (`zh` serves who wants `zh-Hant`), else the first; empty of none."""
        for tag in self.wanted:
            for fits in (tag.lower(), tag.lower().partition("-")[0]):
                found = next((each for each in languages if each.lower() == fits), None)
                if found:
                    return found
        return next(iter(languages), "")

    def suspicion(self, *, least_seconds: float) -> str:
        """Why this act may be a robot's: `trap`, `fast`, or nothing. Members who signed in are never suspected."""
        if self.member is not None:
            return ""
        return "trap" if self.trapped else "fast" if self.seconds < least_seconds else ""


@dataclass(frozen=True, slots=True)
class View:
    """What to show: a template named `<subject>/pages/<file>.html`, which extends `base.html`, and its facts.

    `language` and `languages` are of what is shown, where it has others than the centre itself; `colour` is its own
    brand colour (`#rrggbb`), where it differs from the shop's.
    """

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    status: int = 200
    language: str = ""
    languages: Sequence[str] = ()
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Went:
    """An act was done: where its page goes on, below `/m/`, and a sentence to say there."""

    to: str
    said: Words | str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a member, as the front page lists it; `to` is below `/m/`, `picture` an address."""

    title: str
    to: str
    about: str = ""
    reward: str = ""
    picture: str = ""


Show: TypeAlias = "Callable[[Ask], Awaitable[View]]"
Act: TypeAlias = "Callable[[Ask], Awaitable[Went | View]]"


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One page of the member centre, at `/m/<slug>`, or `/m/<slug>/<rest>`.

    `who`: only a member who is signed in, or anybody who has the address. `hot` are acts whose verb gathers calls into
    batches and opens its own transaction. `embeddable`: the shop's own sites may show it in a frame. `in_menu`: it
    stands in the bar at the foot. `waiting` says what waits for a member there.
    """

    slug: str
    title: Words
    show: Show
    acts: Mapping[str, Act] = field(default_factory=dict)
    who: Who = "member"
    hot: frozenset[str] = frozenset()
    in_menu: bool = False
    embeddable: bool = False
    waiting: Callable[[uuid.UUID], Awaitable[Sequence[Waiting]]] | None = None
