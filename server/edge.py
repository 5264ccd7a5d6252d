"""One request: whose shop, who asks, how often, one transaction for a write, committed before the first byte.

Everything outside of a subject that must hold for every route is done here once, so no handler can forget it. What a
route may say of itself, in its `opt`:

- `open`: strangers may call it (signing in).
- `own_transaction`: it opens its own, as the batched hot verbs do; then it must be safe to repeat by itself.
- `lean`: so does it, and it is called the short way; see `server.lean`.
- `body_bytes_max`: it takes larger bodies than usual; `keyed_bytes_max`: but with a key, which is read whole, no more.
- `reply_kept`: for how long the reply to a keyed call is kept, where it must not be as long as usual.
"""

from __future__ import annotations

import hashlib
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.status_codes import HTTP_400_BAD_REQUEST

from server import callers, lean, logs, metrics, requests
from server.callers import NotRecognised
from server.errors import MEDIA_TYPE, CutOff, TooLarge, WrongInput, problem, problem_headers, translate
from server.limits import Limiter, Rate
from server.replies import Reply
from server.settings import settings
from tenants.kit.words import choose_language, reading
from tenants.tenancy import registry, replies
from tenants.tenancy.callers import STRANGER, Caller, calling, current_caller
from tenants.tenancy.current import use_tenant
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from litestar.types import ASGIApp, HTTPResponseStartEvent, HTTPScope, Message, Receive, Scope, Send

    from tenants.tenancy.current import Tenant

_LENGTH_DIGITS_MAX = 18
# What a shop's page may send to /v1/me from another origin; whether it may read the answer is decided per request.
_PREFLIGHT = (
    (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE"),
    (
        b"access-control-allow-headers",
        b"authorization, content-type, idempotency-key, x-publishable-key, accept-language",
    ),
    (b"access-control-max-age", b"600"),
)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Elsewhere nobody is known yet when a kept reply would be given.
_KEYED_AREAS = frozenset({"server", "member"})


class Edge(ASGIMiddleware):
    """Wraps every route; see the module."""

    scopes = (ScopeType.HTTP, ScopeType.ASGI)

    def __init__(self, limiter: Limiter) -> None:
        self._limiter = limiter
        self._log_requests = settings().production
        self._key_rate = Rate(settings().requests_per_minute_key)
        self._member_rate = Rate(settings().requests_per_minute_member)
        self._stranger_rate = Rate(settings().requests_per_minute_stranger)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Serve one request from end to end."""
        if scope["type"] != ScopeType.HTTP:
            await next_app(scope, receive, send)
            return
        request_id = requests.begin()
        started = time.perf_counter()
        headers = dict(scope["headers"])
        seen: dict[str, Any] = {"status": 0, "tenant": ""}

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
                _guard_reply(scope, message)
                _allow_origin(scope, headers, message)
            await send(message)

        language = choose_language(headers.get(b"accept-language", b"").decode("latin-1"))
        with reading(language):
            try:
                await self._serve(scope, headers, receive, send_on, next_app, seen=seen)
            except Exception as error:  # noqa: BLE001  the outermost place: everything becomes a problem
                if seen["status"]:
                    translate(error)  # logs it; the server sees that the reply was cut off, and nothing else
                    raise ConnectionAbortedError("the reply had begun") from None
                await send_problem(send_on, error)
        seconds = time.perf_counter() - started
        metrics.count_request(scope, seen["status"], seconds)
        if self._log_requests:
            logs.request(scope, status=seen["status"], seconds=seconds, request_id=request_id, tenant=seen["tenant"])

    async def _serve(
        self,
        scope: HTTPScope,
        headers: dict[bytes, bytes],
        receive: Receive,
        send: Send,
        next_app: ASGIApp,
        *,
        seen: dict[str, Any],
    ) -> None:
        opt = scope["route_handler"].opt
        _check_length(headers, most=_body_bytes_max(scope))
        # A mounted application gets what is left of the path, so its handler says whose it is.
        area = opt.get("area") or _area(scope["path"])
        if area == "platform":
            await next_app(scope, receive, send)
            return
        if area == "member" and scope["method"] == "OPTIONS":
            await _answer_preflight(send)
            return
        asked = callers.Asked.read(headers)
        if area == "operator":
            # The operator's pages live on the base domain only: no shop's host shows them.
            if asked.host != settings().base_domain:
                raise registry.TenantUnknown
            await self._write_or_read(scope, headers, receive, send, next_app, area=area)
            return
        try:
            tenant, caller = await self._who(area, asked, scope)
        except (NotRecognised, registry.TenantUnknown):
            await self._limiter.check(f"unknown:{_address(scope)}", self._stranger_rate)
            raise
        seen["tenant"] = tenant.slug
        if area != "admin":
            await self._limit(area, tenant, caller, scope)
        with use_tenant(tenant), calling(caller):
            own = choose_language("", fallback=tenant.locale)
            with nullcontext() if b"accept-language" in headers else reading(own):
                try:
                    await self._write_or_read(scope, headers, receive, send, next_app, area=area)
                except Exception as error:  # noqa: BLE001  every one of them becomes a problem
                    raise translate(error) from None  # here, where the log line still knows whose shop it is

    async def _who(self, area: str, asked: callers.Asked, scope: HTTPScope) -> tuple[Tenant, Caller]:
        if area == "server":
            return await callers.for_server(asked)
        if area == "member":
            return await callers.for_member(asked, open_to_strangers=bool(scope["route_handler"].opt.get("open")))
        found = await registry.by_host(asked.host, base_domain=settings().base_domain)
        return registry.admit(found), STRANGER

    async def _limit(self, area: str, tenant: Tenant, caller: Caller, scope: HTTPScope) -> None:
        if area == "page":  # a large mail provider asks for all of its readers from a few addresses
            await self._limiter.check(f"{tenant.schema}:page:{_address(scope)}", self._key_rate)
        elif caller.kind == "server":
            await self._limiter.check(f"{tenant.schema}:{caller.label}", self._key_rate)
        elif caller.kind == "member":
            await self._limiter.check(f"{tenant.schema}:{caller.label}", self._member_rate)
        else:
            await self._limiter.check(f"{tenant.schema}:from:{_address(scope)}", self._stranger_rate)

    async def _write_or_read(
        self,
        scope: HTTPScope,
        headers: dict[bytes, bytes],
        receive: Receive,
        send: Send,
        next_app: ASGIApp,
        *,
        area: str,
    ) -> None:
        if scope["method"] in SAFE:
            await next_app(scope, receive, send)
            return
        keyed, receive = await _keyed(scope, headers, receive) if area in _KEYED_AREAS else (None, receive)
        opt = scope["route_handler"].opt
        if opt.get("own_transaction") or opt.get("lean"):
            token = replies.keyed_request.set(keyed)
            try:
                if opt.get("lean"):
                    await lean.answer(scope, (await _read_whole(receive, most=_body_bytes_max(scope)))[0], send)
                else:
                    await next_app(scope, receive, send)
            finally:
                replies.keyed_request.reset(token)
            return
        reply = Reply()
        async with DB.registry_transaction() if area == "operator" else DB.transaction() as transaction:
            claimed = (await replies.claim([keyed]))[0] if keyed else None
            if claimed and claimed.error:
                raise claimed.error
            if claimed and claimed.kept:
                reply = Reply.replay(claimed.kept)
                await transaction.rollback()
            else:
                await next_app(scope, receive, reply.take)
                if reply.status >= HTTP_400_BAD_REQUEST:
                    await transaction.rollback()
                elif claimed and claimed.row:
                    await replies.keep([(claimed.row, reply.to_keep())])
        await reply.send(send)


async def send_problem(send: Send, error: BaseException) -> None:
    """Answer with the problem that an exception means."""
    told = translate(error)
    status, body = problem(told)
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    headers += [(name.lower().encode(), value.encode()) for name, value in problem_headers(told, status).items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _area(path: str) -> str:
    if path.startswith("/v1/"):
        return "member" if path.startswith("/v1/me/") or path == "/v1/me" else "server"
    if path.startswith("/admin"):
        return "admin"
    if path.startswith("/operator"):
        return "operator"
    if path.startswith(("/u/", "/m/")) or path == "/m":
        return "page"
    return "platform"


def _address(scope: HTTPScope) -> str:
    return settings().proxies.address(scope) or "?"


def _check_length(headers: dict[bytes, bytes], *, most: int) -> None:
    length = headers.get(b"content-length", b"0")
    if not length.isdigit():
        raise WrongInput
    if len(length) > _LENGTH_DIGITS_MAX or int(length) > most:
        raise TooLarge


async def _keyed(
    scope: HTTPScope, headers: dict[bytes, bytes], receive: Receive
) -> tuple[replies.KeyedRequest | None, Receive]:
    key = headers.get(b"idempotency-key")
    if key is None:
        return None, receive
    most = scope["route_handler"].opt.get("keyed_bytes_max", _body_bytes_max(scope))
    body, receive = await _read_whole(receive, most=most)
    caller = current_caller()
    # The shop's backend is one caller, whichever of its keys it uses: a repeat after a rotation is still a repeat.
    # Strangers share no name: without the body in it, two of them with the same key would get in each other's way.
    name = "server" if caller.kind == "server" else caller.label
    stranger = "" if caller.id else hashlib.sha256(body).hexdigest()
    request = replies.KeyedRequest.of(
        key.decode("latin-1"),
        caller=f"{name}{stranger}",
        route=f"{scope['method']} {scope['path']}",
        content=scope["query_string"] + b"\n" + body,
        kept_for=scope["route_handler"].opt.get("reply_kept", replies.KEPT_FOR),
    )
    return request, receive


def _body_bytes_max(scope: HTTPScope) -> int:
    return int(scope["route_handler"].opt.get("body_bytes_max", settings().body_bytes_max))


async def _read_whole(receive: Receive, *, most: int) -> tuple[bytes, Receive]:
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise CutOff  # the caller hung up; what came so far is not what was meant
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            raise TooLarge
        more = message.get("more_body", False)
    body = b"".join(parts)
    told = False

    async def again() -> Any:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return body, again


async def _answer_preflight(send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": list(_PREFLIGHT)})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _guard_reply(scope: HTTPScope, message: HTTPResponseStartEvent) -> None:
    """No cache between us and the caller may keep what belongs to a shop, and no browser may guess a type."""
    extra = [(b"x-content-type-options", b"nosniff")]
    if scope["path"].startswith("/v1/"):
        extra.append((b"cache-control", b"no-store"))
    known = {name.lower() for name, _ in message["headers"]}
    message["headers"] = [*message["headers"], *(pair for pair in extra if pair[0] not in known)]


def _allow_origin(scope: HTTPScope, headers: dict[bytes, bytes], message: HTTPResponseStartEvent) -> None:
    """Let a shop's page read what `/v1/me` answers: no cookies are involved, the token is what counts."""
    origin = headers.get(b"origin")
    if origin and _area(scope["path"]) == "member":
        message["headers"] = [
            *message["headers"],
            (b"access-control-allow-origin", origin),
            (b"access-control-expose-headers", b"x-request-id, retry-after, idempotency-replayed"),
            (b"vary", b"origin"),
        ]
