"""How a member comes in: the shop's backend says who it is, in one of three ways.

- `POST /v1/members/{id}/tokens`: the backend asks for a member token and hands it to its page.
- A short HS256 JWT that the backend signs with a signing key; the page swaps it at `POST /v1/me/session`.
- `POST /v1/members/{id}/links`: a one-time link token, to be sent to the member and swapped in the same way.

Only POST swaps, so a mail scanner that follows links changes nothing.
"""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, ClassVar
from uuid import UUID

import jwt
from litestar import Controller, post
from litestar.params import JSONBody, PathParameter

from server import callers
from server.settings import settings
from tenants import members
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid, NotFound, Refused
from tenants.kit.shapes import Shape
from tenants.kit.words import Words
from tenants.tenancy import DB, current_tenant, keys

ASSERTION_LIFE_MAX = timedelta(minutes=5)
LINK_LIFE = timedelta(days=7)
_EXTERNAL_ID_MAX = 100
MemberId = Annotated[str, PathParameter(description="The member, `mem_…`.")]
_LEEWAY = timedelta(seconds=30)


class AssertionRefused(callers.NotRecognised):
    """The JWT is not one that this shop's backend signed just now for us, or the link is not ours or has ended."""

    code = "session.refused"
    sentence = Words(
        en="The sign-in could not be verified or has ended. Ask the shop for a new one.",
        zh="登录凭证无法验证或已过期，请从商家页面重新进入。",
    )


class SpentAlready(Refused):
    """It works once, and has worked."""

    code = "session.spent"
    sentence = Words(en="This link has been used. Ask for a new one.", zh="此链接已使用过，请重新获取。")


class SessionRequest(Shape):
    """Either the JWT that the shop's backend signed, or the token of a link."""

    assertion: str | None = None
    link: str | None = None

    EXAMPLE: ClassVar[dict[str, Any]] = {"assertion": "eyJhbGciOiJIUzI1NiIsImtpZCI6ImtleV8w…", "link": None}


class TokenShape(Shape):
    """A member token: send it as `Authorization: Bearer` to `/v1/me/…`; it lasts `expires_in` seconds."""

    token: str
    expires_in: int
    member: str

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "token": "mt_eyJhbGciOiJIUzI1NiJ9.eyJ0IjoiMDFh…",
        "expires_in": 3600,
        "member": "mem_01kaecw0x5f3qs8q7t6v2m9d3b",
    }


class LinkShape(Shape):
    """The token of a one-time link. Put it behind a `#` in the address of your page, which swaps it by POST."""

    link: str
    expires_at: datetime

    EXAMPLE: ClassVar[dict[str, Any]] = {"link": "ml_eyJhbGciOiJIUzI1NiJ9.eyJ0…", "expires_at": "2026-11-28T12:00:00Z"}


class Sessions(Controller):
    """Tokens and links."""

    path = "/v1"
    tags = ("Sessions",)

    @post("/members/{member:str}/tokens", operation_id="createMemberToken", summary="A token for a member",
        opt={"reply_kept": callers.MEMBER_TOKEN_LIFE})  # fmt: skip
    async def create_token(self, member: MemberId) -> TokenShape:
        """Mint a member token for your own page. Errors: `member.unknown`, `member.blocked`."""
        member_id = ids.read("mem", member)
        await members.require_active(member_id)
        return _token(member_id)

    @post("/members/{member:str}/links", operation_id="createMemberLink", summary="A one-time link for a member")
    async def create_link(self, member: MemberId) -> LinkShape:
        """A link token that signs the member in once within seven days. Errors: `member.unknown`, `member.blocked`."""
        member_id = ids.read("mem", member)
        await members.require_active(member_id)
        ends = clock.now() + LINK_LIFE
        claims = {
            "t": current_tenant().id.hex, "m": member_id.hex, "exp": int(ends.timestamp()), "jti": ids.new().hex,
        }  # fmt: skip
        return LinkShape(link="ml_" + jwt.encode(claims, _link_secret(), algorithm="HS256"), expires_at=ends)

    @post("/me/session", operation_id="createSession", summary="Swap a signed sign-in for a token",
        opt={"open": True, "reply_kept": callers.MEMBER_TOKEN_LIFE})  # fmt: skip
    async def create_session(self, data: JSONBody[SessionRequest]) -> TokenShape:
        """Swap the backend's JWT, or a link, for a member token.

        The JWT: HS256, header `kid` = the signing key's id, claims `aud` = the shop's host, `sub` = `ext:` and your
        own id of the member (a new one is created), `iat`, `exp` at most five minutes later; optional `name` of a new
        member, and `jti` to make it work only once. Errors: `session.refused`, `session.spent`, `member.blocked`.
        """
        if (data.assertion is None) == (data.link is None):
            raise Invalid(
                param="assertion", problem=Words(en="send either assertion or link", zh="请提供 assertion 或 link 之一")
            )
        member = (
            await member_of_assertion(data.assertion)
            if data.assertion is not None
            else await member_of_link(data.link or "")
        )
        await members.require_active(member)
        return _token(member)


async def member_of_assertion(text: str) -> UUID:
    """The member whom the shop's backend signed for; made if there is none. Raises AssertionRefused, SpentAlready."""
    tenant = current_tenant()
    try:
        key = ids.read("key", str(jwt.get_unverified_header(text).get("kid", "")))
        if key not in await keys.signing_keys(tenant.id):
            raise AssertionRefused
        secret = keys.signing_secret(key, app_secret=settings().secret_key.get_secret_value())
        claims = jwt.decode(
            text, secret, algorithms=["HS256"], audience=_audiences(), leeway=_LEEWAY.total_seconds(),
            options={"require": ["exp", "iat", "aud", "sub"], "verify_exp": False, "verify_iat": False})  # fmt: skip
        issued, ends = (datetime.fromtimestamp(int(claims[name]), UTC) for name in ("iat", "exp"))
    except (jwt.InvalidTokenError, NotFound, ValueError, TypeError, OverflowError, OSError):
        raise AssertionRefused from None
    moment = clock.now()
    if not issued - _LEEWAY <= moment < ends + _LEEWAY or ends - issued > ASSERTION_LIFE_MAX:
        raise AssertionRefused
    if "jti" in claims:
        await _spend(f"assertion:{claims['jti']}", ends)
    kind, _, said = str(claims["sub"]).partition(":")
    external_id = unicodedata.normalize("NFC", said).strip()  # as members keep it
    if kind != "ext" or not 1 <= len(external_id) <= _EXTERNAL_ID_MAX:
        raise AssertionRefused
    return await _member(external_id, name=claims.get("name"))


async def _member(external_id: str, *, name: object) -> UUID:
    """The member of that external id; made, with the name that was signed, where there is none."""
    found = await members.find_by_external_id(external_id)
    if found is None:
        profile = members.Profile(external_id=external_id, source="sign-in")
        if isinstance(name, str):
            profile["name"] = name
        try:
            found = await members.create(profile)
        except members.ExternalIdTaken:  # somebody made them since we looked, with another name
            found = await members.find_by_external_id(external_id)
    if found is None:
        raise AssertionRefused
    return found.id


async def member_of_link(text: str) -> UUID:
    """The member of a one-time link, which is used up. Raises AssertionRefused, SpentAlready."""
    try:
        claims = jwt.decode(
            text.removeprefix("ml_"), _link_secret(), algorithms=["HS256"],
            options={"require": ["exp", "jti", "t", "m"], "verify_exp": False})  # fmt: skip
        ends = datetime.fromtimestamp(int(claims["exp"]), UTC)
    except (jwt.InvalidTokenError, ValueError, TypeError, OverflowError, OSError):
        raise AssertionRefused from None
    if claims["t"] != current_tenant().id.hex or ends <= clock.now():
        raise AssertionRefused
    await _spend(f"link:{claims['jti']}", ends)
    return UUID(hex=claims["m"])


async def _spend(what: str, ends: datetime) -> None:
    """Use up a one-time token. The database decides who was first. Raises SpentAlready."""
    fresh = await DB.fetch(
        "INSERT INTO __tenant__.spent_token (digest, ends_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING digest",
        hashlib.sha256(what.encode("utf-8", "surrogatepass")).digest(), ends + _LEEWAY)  # fmt: skip
    if not fresh:
        raise SpentAlready


def _token(member: UUID) -> TokenShape:
    token, seconds = callers.write_member_token(current_tenant().id, member)
    return TokenShape(token=token, expires_in=seconds, member=ids.show("mem", member))


def _audiences() -> list[str]:
    tenant = current_tenant()
    return [f"{tenant.slug}.{settings().base_domain}", *tenant.hosts]


def _link_secret() -> bytes:
    return hashlib.sha256(b"member-link:" + settings().secret_key.get_secret_value().encode()).digest()


ROUTES = [Sessions]
