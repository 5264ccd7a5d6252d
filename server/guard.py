"""What protects every page that we show: origin, CSRF token, cookies, headers, and whom to believe about TLS.

A request that changes something must come from a page of the very host that it is sent to (Origin, else Referer),
under the scheme that the browser sees. Behind a proxy that ends TLS, that scheme is in `X-Forwarded-Proto`, which is
believed from `TRUSTED_PROXIES` only. Besides, the page's own header must carry a token derived from the session, so a
cookie planted by a sibling domain is of no use.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from server.settings import settings
from tenants.kit.errors import NotAllowed
from tenants.kit.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_COOKIE = "csrftoken"  # the name that Piccolo Admin's page reads
LANGUAGE_COOKIE = "regulars_language"

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' {style}; img-src 'self' data:; font-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors {frames}"
)


class ForeignOrigin(NotAllowed):
    """The request comes from a page of another site, or does not say from which."""

    code = "admin.foreign_origin"
    sentence = Words(
        en="This request does not come from a page of this site. Reload the page and try again.",
        zh="该请求并非来自本站页面，请刷新页面后重试。",
    )


class TokenWrong(NotAllowed):
    """The page's token does not belong to the session."""

    code = "admin.csrf"
    sentence = Words(en="The page is out of date. Reload it and try again.", zh="页面已过期，请刷新后重试。")


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a request comes from, as far as it can be believed."""

    scheme: str
    host: str
    address: str
    cookies: Mapping[str, str]
    headers: Mapping[str, str]

    @property
    def secure(self) -> bool:
        """Whether the browser speaks TLS."""
        return self.scheme == "https"


def read(scope: Mapping[str, Any]) -> Visit:
    """Scheme, host, address and cookies of a request."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    trusted = settings().proxies
    scheme, address = trusted.scheme(scope), trusted.address(scope)
    return Visit(scheme, headers.get("host", "").lower(), address, _cookies(headers.get("cookie", "")), headers)


def check_origin(visit: Visit) -> None:
    """Raises ForeignOrigin unless the request says that it comes from a page of this very host and scheme."""
    origin = visit.headers.get("origin")
    if origin is None:
        try:
            referer = urlsplit(visit.headers.get("referer", ""))
        except ValueError:
            raise ForeignOrigin from None
        origin = f"{referer.scheme}://{referer.netloc}"
    if not visit.host or _with_port(origin.lower()) != _with_port(f"{visit.scheme}://{visit.host}"):
        raise ForeignOrigin


def check_token(visit: Visit, session_token: str) -> None:
    """Raises TokenWrong unless the page's header carries the token of this session."""
    check_sent(visit.headers.get("x-csrftoken", ""), session_token)


def check_sent(sent: str, session_token: str) -> None:
    """Raises TokenWrong unless what a form sent along is the token of this session."""
    if not hmac.compare_digest(sent.encode("utf-8", "replace"), csrf_token(session_token).encode()):
        raise TokenWrong


def csrf_token(session_token: str) -> str:
    """The token of a session for its pages."""
    secret = settings().secret_key.get_secret_value().encode()
    return hmac.new(secret, b"csrf:" + session_token.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def cookie_name(realm: str, *, secure: bool) -> str:
    """The session cookie's name; under TLS one that only this host can have set (`__Host-`)."""
    return f"__Host-regulars_{realm}" if secure else f"regulars_{realm}"


def cookie(name: str, value: str, visit: Visit, *, readable: bool = False, seconds: int | None = None) -> str:
    """A Set-Cookie header; `readable` by the page's script, for `seconds` or the browser's session."""
    parts = [f"{name}={value}", "Path=/", "SameSite=Lax"]
    if not readable:
        parts.append("HttpOnly")
    if visit.secure:
        parts.append("Secure")
    if seconds is not None:
        parts.append(f"Max-Age={seconds}")
    return "; ".join(parts)


def security_headers(
    visit: Visit, *, page: bool = False, inline_style: bool = False, public: bool = False, frames: Sequence[str] = ()
) -> dict[str, str]:
    """The headers of every answer. `inline_style` is for Piccolo Admin's page, whose icons bring their own styles.

    `frames` are the origins of other sites that may show the page in a frame.
    """
    style = "'unsafe-inline'" if inline_style else ""
    shown = _POLICY.format(style=style, frames=" ".join(frames) or "'none'")
    headers = {
        "content-security-policy": shown if page else "default-src 'none'; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
        "cache-control": "public, max-age=0, must-revalidate" if public else "no-store",
    }
    if frames:  # the older header knows no origins, and the policy says it all
        del headers["x-frame-options"]
    if visit.secure:
        headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
    return headers


def _with_port(origin: str) -> str:
    scheme, _, rest = origin.partition("://")
    default = {"http": ":80", "https": ":443"}.get(scheme, "")
    return origin.removesuffix(default) if default and rest.endswith(default) else origin


def _cookies(header: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in header.split(";"):
        try:
            jar: SimpleCookie = SimpleCookie(part.strip())
        except CookieError:
            continue
        for name, morsel in jar.items():
            # The first of a name wins: a sibling domain's cookie of the same name comes later or not at all.
            found.setdefault(name, morsel.value)
    return found
