"""The one table from what the domain says to what HTTP answers: RFC 9457 problems, in the reader's language.

`code` never changes and is for programs, `detail` is a sentence for people. Nothing of the inside (no stack, no SQL,
no name of a table) ever leaves.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, cast

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.status_codes import HTTP_401_UNAUTHORIZED, HTTP_405_METHOD_NOT_ALLOWED

from server import requests
from server.callers import NotRecognised
from tenants.kit.batches import Busy
from tenants.kit.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, Refused, TooOften
from tenants.kit.words import Words, choose_language, reading
from tenants.tenancy.current import TenantNotSet
from tenants.tenancy.registry import TenantBehind, TenantSuspended, TenantUnknown

if TYPE_CHECKING:
    from collections.abc import Mapping

log = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"

# Looked up by the class and then by its parents, so a particular class may differ from its kind.
STATUS: Mapping[type[DomainError], int] = {
    Invalid: 400,
    NotAllowed: 403,
    TooOften: 429,
    NotFound: 404,
    Conflict: 409,
    Refused: 422,
    TenantUnknown: 404,
    TenantSuspended: 403,
    TenantBehind: 503,
    Busy: 503,
}


class Unusable(Invalid):
    """Text or a number that no field can hold: NUL, half a surrogate pair, beyond 64 bits."""

    code = "input.unusable"
    sentence = Words(
        en="The request holds a character or number that cannot be stored.", zh="请求中含有无法保存的字符或数字。"
    )

    def __init__(self) -> None:
        super().__init__(param="body", problem="")


class Retry(Refused):
    """Lost a race inside the database, or the database is away; nothing was done."""

    code = "busy"
    sentence = Words(en="That could not be done just now. Try again in a second.", zh="暂时无法处理，请稍后重试。")


class Failed(DomainError):
    """Our fault."""

    code = "internal"
    sentence = Words(
        en="Something failed on our side. Nothing was done; the request id helps us to find it.",
        zh="系统内部出错，操作未执行。请凭请求编号联系我们。",
    )


class NoSuchRoute(NotFound):
    """No operation has this path."""

    code = "route.unknown"
    sentence = Words(en="There is nothing at this address.", zh="此地址不存在。")


class WrongMethod(DomainError):
    """The path is right, the method is not."""

    code = "method.not_allowed"
    sentence = Words(en="This address does not take this method.", zh="此地址不支持该请求方法。")


class WrongInput(DomainError):
    """The body, the query or a header does not have the documented form."""

    code = "input.invalid"
    sentence = Words(en="The request does not have the expected form.", zh="请求内容不符合要求。")


class TooLarge(DomainError):
    """More bytes than this operation takes."""

    code = "input.too_large"
    sentence = Words(en="The request is too large for this operation.", zh="请求内容过大。")


class CutOff(WrongInput):
    """The connection ended before the body did; nothing was done, and nobody is left to be told."""

    code = "input.cut_off"
    sentence = Words(en="The request ended before it was complete.", zh="请求内容未完整送达。")


class WrongMediaType(DomainError):
    """The body is in a form that this operation does not read."""

    code = "input.media_type"
    sentence = Words(en="Send the body as the documented media type.", zh="请使用文档规定的内容类型。")


_BY_HTTP: Mapping[int, type[DomainError]] = {
    400: WrongInput, 404: NoSuchRoute, 405: WrongMethod, 413: TooLarge, 415: WrongMediaType,
}  # fmt: skip
_OWN_STATUS: Mapping[type[DomainError], int] = {
    WrongInput: 400, NotRecognised: 401, WrongMethod: 405, TooLarge: 413, WrongMediaType: 415,
    Failed: 500, Retry: 503,
}  # fmt: skip


def status_of(error: DomainError) -> int:
    """The HTTP status for an error of the domain."""
    for kind in type(error).__mro__:
        if kind in _OWN_STATUS:
            return _OWN_STATUS[kind]
        if kind in STATUS:
            return STATUS[kind]
    return 500


def translate(error: BaseException) -> DomainError:
    """What an exception means to the outside. What nobody foresaw is logged and becomes `internal`."""
    if isinstance(error, DomainError):
        return error
    if isinstance(error, TenantNotSet):
        return TenantUnknown()
    if isinstance(error, _UNUSABLE) or (isinstance(error, ValueError) and _UNUSABLE_TEXT.search(str(error))):
        return WrongInput() if isinstance(error, RecursionError) else Unusable()
    if isinstance(error, _RETRYABLE):
        log.warning("retryable", error=type(error).__name__)
        return Retry()
    if isinstance(error, HTTPException):
        return _BY_HTTP.get(error.status_code, Failed)()
    log.error("unforeseen", exc_info=error)
    return Failed()


_UNUSABLE = (
    asyncpg.CharacterNotInRepertoireError,
    asyncpg.UntranslatableCharacterError,
    asyncpg.NumericValueOutOfRangeError,
    asyncpg.DataError,
    UnicodeError,
    OverflowError,
    RecursionError,  # nested deeper than the reader of JSON goes; no code of ours recurses by itself
)
# What Python says of half a surrogate pair in any text and of NUL in the name of a file.
_UNUSABLE_TEXT = re.compile("surrogates not allowed|embedded null")
_RETRYABLE = (
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # so asyncpg answers when the server has hung up a moment ago
    asyncpg.PostgresConnectionError,
    asyncpg.TooManyConnectionsError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    OSError,
    asyncio.TimeoutError,
)


def problem(error: DomainError, *, details: list[dict[str, Any]] | None = None) -> tuple[int, bytes]:
    """Status and body of the RFC 9457 problem for an error, said to the current reader."""
    status = status_of(error)
    body: dict[str, Any] = {
        "type": f"urn:regulars:error:{error.code}",
        "title": title_of(type(error)),
        "status": status,
        "detail": error.say(),
        "code": error.code,
        "request_id": requests.request_id(),
    }
    if isinstance(error, Invalid) and error.facts.get("param"):
        body["param"] = error.facts["param"]
    if details:
        body["errors"] = details
    return status, msgspec.json.encode(body)


def title_of(kind: type[DomainError]) -> str:
    """A short English title for a kind of problem, made of its code."""
    return kind.code.replace(".", " ").replace("_", " ").capitalize()


def problem_headers(error: DomainError, status: int) -> dict[str, str]:
    """The headers that a problem is sent with: when to come again (RFC 9110 §10.2.3), what to come with (§11.6.1)."""
    if status in {429, 503}:
        return {"Retry-After": str(error.facts.get("seconds", 1))}
    return {"WWW-Authenticate": "Bearer"} if status == HTTP_401_UNAUTHORIZED else {}


def handle(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Litestar's exception handler for everything."""
    known: Mapping[str, Any] = cast("Any", request.scope)  # Litestar declares what is not always there
    if "route_handler" in known:
        return respond(error)
    # No route was found, so the edge has not seen this request: what it does for all is done here.
    request_id = requests.begin()
    with reading(choose_language(request.headers.get("accept-language", ""))):
        response = respond(error)
    response.headers["X-Request-Id"] = request_id
    return response


def respond(error: Exception) -> Response[bytes]:
    """The problem that an exception means, with the places in the input that are wrong."""
    told = translate(error)
    details = _details(error) if isinstance(error, ValidationException) else None
    status, body = problem(told, details=details)
    headers = problem_headers(told, status)
    if isinstance(error, HTTPException) and status == HTTP_405_METHOD_NOT_ALLOWED and error.headers:
        headers.update({name: value for name, value in error.headers.items() if name.lower() == "allow"})
    return Response(body, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def _details(error: ValidationException) -> list[dict[str, Any]]:
    extra: Any = error.extra  # Litestar says mapping, and gives a list
    found = extra if isinstance(extra, list) else []
    return [
        {"param": str(item.get("key", "body"))[:100], "problem": str(item.get("message", ""))[:300]}
        for item in found[:50]
        if isinstance(item, dict)
    ]
