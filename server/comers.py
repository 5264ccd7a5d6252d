"""Who comes to the member centre: a member with a pass, or a stranger; by cookie, or in a frame by what the form says.

Coming in (`/m/enter`) takes what the shop's backend gave out: a member token, a one-time link or a signed assertion.
A token may be looked at by GET, since that stores nothing and changes no one's mind about who they are: where another
member is signed in, and for everything that works once, a page asks first. By POST the shop's own pages may send it,
so that it stands in no address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from server import callers, guard, passes, sessions
from server.errors import Unusable, WrongInput
from server.limits import Rate
from server.passes import Pass
from server.settings import settings
from tenants import members
from tenants.kit.errors import NotAllowed
from tenants.kit.words import Words, wanted_tags
from tenants.tenancy import keys
from tenants.tenancy.callers import STRANGER, Caller
from tenants.tenancy.current import current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

    from server.guard import Visit
    from server.limits import Limiter

FIELDS_MAX = 1_000
VISITOR_RATE = Rate(60)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z")
_TO = re.compile(r"(?=.{1,300}\Z)[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\Z")


class ComeIn(NotAllowed):
    """Only a member who came in from the shop sees this, and a visit ends after a while."""

    code = "centre.come_in"
    sentence = Words(
        en="Please open this page from the shop again: nobody is signed in, or the visit has ended.",
        zh="请从商家页面重新进入：您尚未登录，或本次访问已结束。",
    )


@dataclass(frozen=True, slots=True)
class Comer:
    """Who asks, with what, and how they want to be spoken to."""

    visit: Visit
    fields: Mapping[str, list[str]]
    member: members.Member | None
    passed: Pass | None
    visitor: str
    embedded: bool
    chosen: str

    @property
    def id(self) -> uuid.UUID | None:
        """The member's."""
        return self.member.id if self.member else None

    @property
    def caller(self) -> Caller:
        """As audit trails know them."""
        return Caller("member", self.member.id) if self.member else STRANGER

    @property
    def wanted(self) -> tuple[str, ...]:
        """Language tags, best first: chosen here, the member's own, the browser's, the shop's.

        Whoever wants none that the centre speaks more likely reads English than the shop's.
        """
        own = self.member.locale if self.member else None
        browser = wanted_tags(self.visit.headers.get("accept-language", ""))
        named = tuple(tag for tag in (self.chosen, own, *browser) if tag)
        return (*named, *(("en",) if named else ()), current_tenant().locale)

    @property
    def from_address(self) -> str:
        """Where they come from, as far as it can be believed."""
        return self.visit.address or "?"

    def text(self, name: str) -> str:
        """The first value of a field."""
        return next(iter(self.fields.get(name, ())), "")

    def known(self) -> Comer:
        """The same, with a name for the browser if they are a stranger and have none."""
        return self if self.member or self.visitor else replace(self, visitor=passes.new_visitor())


def read_fields(raw: bytes) -> dict[str, list[str]]:
    """Every value of every field of a query or a form. Raises WrongInput, Unusable."""
    try:
        found = parse_qs(raw.decode("latin-1"), keep_blank_values=True, max_num_fields=FIELDS_MAX)
    except ValueError:
        raise WrongInput from None
    if any("\x00" in text for name, texts in found.items() for text in (name, *texts)):
        raise Unusable
    return found


async def read(visit: Visit, fields: Mapping[str, list[str]], *, safe: bool) -> Comer:
    """Who comes, by the cookies; in a frame by address and form, where cookies count for nothing."""

    def first(name: str) -> str:
        return next(iter(fields.get(name, ())), "")

    embedded = bool(first("embed"))
    if not embedded:
        passed = Pass.read(visit.cookies.get(cookie_name("member", visit), ""))
        visitor = visit.cookies.get(cookie_name("visitor", visit), "")
    elif safe:
        passed, visitor = _pass_of(first("embed")), ""
    else:
        passed, visitor = Pass.read(first("pass")), first("visitor")
    member = await _member(passed.member) if passed else None
    chosen = first("language") or ("" if embedded else visit.cookies.get(guard.LANGUAGE_COOKIE, ""))
    return Comer(
        visit, fields, member=member, passed=passed if member else None,
        visitor=visitor if not member and passes.digest_of(visitor) else "", embedded=embedded,
        chosen=chosen if _TAG.match(chosen) else "")  # fmt: skip


def gone(comer: Comer) -> Comer:
    """The same, signed out."""
    return replace(comer, member=None, passed=None)


def cookie_name(name: str, visit: Visit) -> str:
    """`__Host-regulars_<name>` under TLS, so that no sibling domain can have set it."""
    return guard.cookie_name(name, secure=visit.secure)


async def limit(limiter: Limiter, comer: Comer) -> None:
    """Count an act. Raises TooOften."""
    schema = current_tenant().schema
    if comer.member:
        await limiter.check(f"{schema}:{comer.caller.label}", Rate(settings().requests_per_minute_member))
        return
    # Many who answer share the address of their network, so it may do as much as a member.
    await limiter.check(f"{schema}:acts:{comer.from_address}", Rate(settings().requests_per_minute_member))
    if comer.visitor:
        await limiter.check(f"{schema}:visitor:{passes.digest_of(comer.visitor)}", VISITOR_RATE)


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody came in with, and where they want to go, below `/m/`."""

    token: str
    link: str
    assertion: str
    to: str

    @classmethod
    def of(cls, comer: Comer) -> Entry:
        """From the address or the form."""
        to = comer.text("to").strip("/")
        return cls(
            comer.text("token"),
            comer.text("link"),
            comer.text("assertion"),
            to if _TO.match(to) else "",
        )

    @property
    def hidden(self) -> dict[str, str]:
        """For the form that asks first."""
        given = {"token": self.token, "link": self.link, "assertion": self.assertion, "to": self.to}
        return {name: text for name, text in given.items() if text}

    async def look(self) -> members.Member | None:
        """The member of a token; None where only using it up would tell. Raises ComeIn, MemberBlocked."""
        if self.link or self.assertion:
            return None
        found = _pass_of(self.token)
        if found is None:
            raise ComeIn
        return await members.require_active(found.member)

    async def use(self) -> members.Member:
        """Who comes in; links and assertions are used up. Raises ComeIn, MemberBlocked, and what sessions raise."""
        found = await self.look()
        if found is not None:
            return found
        if self.link:
            return await members.require_active(await sessions.member_of_link(self.link))
        return await members.require_active(await sessions.member_of_assertion(self.assertion))


async def check_may_enter(visit: Visit) -> None:
    """Raises ForeignOrigin unless the form comes from a page of ours or of the shop's own sites."""
    if visit.headers.get("origin", "").lower() not in await keys.origins_of(current_tenant().id):
        guard.check_origin(visit)


def _pass_of(token: str) -> Pass | None:
    found = callers.read_member_token(token)
    return Pass.of(found[1]) if found and found[0] == current_tenant().id else None


async def _member(member_id: uuid.UUID) -> members.Member | None:
    try:
        return await members.require_active(member_id)
    except (members.MemberUnknown, members.MemberBlocked, members.MemberMerged):
        return None
