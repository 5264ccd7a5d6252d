"""One admin as an ASGI application: Piccolo Admin's page, and the answers that it asks for.

Piccolo's own `AdminRouter` is not used, only its page and `PiccoloCRUD`'s protocol: the router brings a login that
blocks the event loop and locks whole offices out, sessions kept in clear, a CSRF check that a planted cookie passes
behind a TLS proxy, one FastAPI application per table, and shows every table and form to every role.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, cast

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from admin import bodies, bundle, forms, login, schema
from admin.reader import Reader
from admin.refusals import BadForm, BadQuery, NotHere
from server import guard
from server.errors import TooLarge
from tenants.kit.errors import DomainError, NotAllowed, NotFound
from tenants.kit.words import LANGUAGES, Language, choose_language, language_of_reader, reading
from tenants.staff import SessionOver, TooManyAttempts, WrongPassword
from tenants.tenancy.callers import Caller, calling

if TYPE_CHECKING:
    from litestar.types import Receive, Scope, Send

    from admin.reader import Realm
    from server.guard import Visit

PICCOLO_ADMIN_VERSION = "1.14"


class Desk:
    """Serves one realm; `at` fixes the path for addresses that need a transaction of their own."""

    def __init__(self, realm: Realm) -> None:
        self.realm = realm

    async def serve(self, scope: Scope, receive: Receive, send: Send, *, at: str | None = None) -> None:
        """Serve one request."""
        path = at if at is not None else scope["path"].strip("/")
        # Litestar and Starlette write the same ASGI types down in different ways.
        request = Request(dict(scope), cast("Any", receive))
        visit = guard.read(scope)
        reader = await Reader.of(self.realm, visit)
        with reading(language_of(visit, reader)):
            try:
                reply = await self._answer(request, visit, reader, path)
            except DomainError as error:
                reply = _refusal(error)
        for name, value in self._headers(visit, path).items():
            reply.headers.setdefault(name, value)
        await reply(dict(scope), cast("Any", receive), cast("Any", send))

    async def _answer(self, request: Request, visit: Visit, reader: Reader | None, path: str) -> Response:
        if request.method not in guard.SAFE:
            guard.check_origin(visit)
        reply = await self._answer_anybody(request, visit, reader, path)
        if reply is not None:
            return reply
        if reader is None:
            raise SessionOver
        if request.method not in guard.SAFE:
            guard.check_token(visit, reader.token)
        caller = Caller(self.realm.caller_kind, reader.who.id, reader.who.name, reader.role)
        with calling(caller):
            if path == "public/logout" and request.method == "POST":
                return await login.leave(self.realm, visit, reader)
            if path == "api/change-password" and request.method == "POST":
                return await login.change_password(self.realm, request, visit, reader)
            if not path.startswith("api/"):
                raise NotFound
            parts = path.removeprefix("api/").split("/", 2)
            if not self.realm.own_transactions or request.method in guard.SAFE or parts[-1] in self.realm.alone:
                return await self._api(request, reader, parts)
            async with self.realm.transaction():
                return await self._api(request, reader, parts)

    async def _answer_anybody(
        self, request: Request, visit: Visit, reader: Reader | None, path: str
    ) -> Response | None:
        if path.startswith("assets/"):
            return _asset(request, path.removeprefix("assets/"))
        if path == "login":
            return await login.page(self.realm, request, visit, reader)
        if path == "public/login" and request.method == "POST":
            return await login.from_page(self.realm, request, visit)
        if path == "":
            return self._index(request, visit, reader)
        if path.startswith("public/") and path != "public/logout":
            return self._public(visit, path.removeprefix("public/"))
        return None

    # What the page is and says before anybody has signed in.

    def _index(self, request: Request, visit: Visit, reader: Reader | None) -> Response:
        if request.method not in guard.SAFE:
            return Response(status_code=405)
        raw = request.scope.get("raw_path") or b"/"
        if not raw.partition(b"?")[0].endswith(b"/"):
            return RedirectResponse(f"{self.realm.path}/", status_code=308)  # the page's addresses are relative
        if reader is None:
            return RedirectResponse(f"{self.realm.path}/login", status_code=303)
        page = bundle.index_template().format(language=language_of_reader(), title=html.escape(self.realm.site_name()))
        reply = HTMLResponse(page)
        reply.headers.append(
            "set-cookie", guard.cookie(guard.CSRF_COOKIE, guard.csrf_token(reader.token), visit, readable=True)
        )
        return reply

    def _public(self, visit: Visit, what: str) -> Response:
        if what == "meta":
            return JSONResponse({"piccolo_admin_version": PICCOLO_ADMIN_VERSION, "site_name": self.realm.site_name()})
        if what == "translations":
            listed = [{"language_code": code, "language_name": each.language_name} for code, each in bundle.LANGUAGES.items()]  # fmt: skip  # noqa: E501
            return JSONResponse({"translations": listed, "default_language_code": language_of_reader()})
        code = what.removeprefix("translations/")
        if code not in bundle.LANGUAGES:
            raise NotFound
        reply = JSONResponse(bundle.LANGUAGES[code].model_dump())
        reply.headers.append("set-cookie", guard.cookie(guard.LANGUAGE_COOKIE, code, visit, seconds=31_536_000))
        return reply

    # What somebody who has signed in sees and does.

    async def _api(self, request: Request, reader: Reader, parts: list[str]) -> Response:
        match parts:
            case ["user"]:
                return JSONResponse({"username": reader.who.name or reader.who.username, "user_id": str(reader.who.id)})
            case ["tables"]:
                return JSONResponse([desk.name.say() for desk in reader.tables()])
            case ["tables", "grouped"]:
                return JSONResponse({"grouped": _grouped(reader), "ungrouped": []})
            case ["links"]:
                return JSONResponse(self.realm.links(reader.role))
            case ["tables", name, *rest]:
                records = reader.records_named(name)
                if records is None:
                    raise NotFound
                return await records.answer(request, reader, rest[0] if rest else "")
            case ["forms", *rest]:
                return await self._forms(request, reader, rest)
        raise NotFound

    async def _forms(self, request: Request, reader: Reader, rest: list[str]) -> Response:
        allowed = {one.slug: one for one in reader.forms()}
        listed = [
            {"name": one.title.say(), "slug": one.slug, "description": one.description.say()}
            for one in allowed.values()
        ]
        if not rest:
            return JSONResponse(listed)
        if rest == ["grouped"]:
            groups: dict[str, list[Any]] = {}
            for one, told in zip(allowed.values(), listed, strict=True):
                groups.setdefault(one.group.say() if one.group else "", []).append(told)
            return JSONResponse({"ungrouped": groups.pop("", []), "grouped": groups})
        form = allowed.get(rest[0])
        if form is None:
            raise NotFound
        if rest[1:] == ["schema"] and request.method == "GET":
            return JSONResponse(await schema.of_form(form, reader))
        if rest[1:]:
            raise NotFound
        if request.method == "GET":
            return JSONResponse(listed[list(allowed).index(form.slug)])
        if request.method != "POST":
            return JSONResponse({"detail": "405"}, status_code=405)
        return JSONResponse(
            {"custom_form_success": await forms.submit(form, await bodies.read_object(request), reader)}
        )

    def _headers(self, visit: Visit, path: str) -> dict[str, str]:
        is_page = path in {"", "login"}
        return guard.security_headers(visit, page=is_page, inline_style=path == "", public=path.startswith("assets/"))


def language_of(visit: Visit, reader: Reader | None) -> Language:
    """What was chosen in this browser, else what the person prefers, else what the browser asks for."""
    chosen = visit.cookies.get(guard.LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    if reader and reader.who.locale:
        return choose_language("", fallback=reader.who.locale)
    return language_of_reader()


def _refusal(error: DomainError) -> Response:
    """An error in the form in which the page shows it."""
    if isinstance(error, BadForm):
        detail = [{"loc": ["body", name], "msg": text, "type": "value_error"} for name, text in error.problems.items()]
        return JSONResponse({"detail": detail, "code": error.code}, status_code=422)
    status = 413 if isinstance(error, TooLarge) else 422
    for kinds, code in (
        ((SessionOver, WrongPassword), 401), ((NotAllowed,), 403), ((BadQuery,), 400), ((TooManyAttempts,), 429), ((NotFound,), 404),  # noqa: E501
    ):  # fmt: skip
        if isinstance(error, kinds):
            status = code
            break
    told = {"custom_form_error": error.say()} if status == 422 else {"detail": error.say()}  # noqa: PLR2004
    headers = {"retry-after": str(error.facts["seconds"])} if isinstance(error, TooManyAttempts) else {}
    if isinstance(error, NotHere):
        status = 405
    return JSONResponse({**told, "code": error.code}, status_code=status, headers=headers)


def _asset(request: Request, name: str) -> Response:
    asset = bundle.assets().get(name)
    if asset is None or request.method not in guard.SAFE:
        raise NotFound
    headers = {"etag": asset.tag, "vary": "accept-encoding"}
    if request.headers.get("if-none-match") == asset.tag:
        return Response(status_code=304, headers=headers)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        headers["content-encoding"] = "gzip"
    return Response(asset.packed if packed else asset.body, media_type=asset.media_type, headers=headers)


def _grouped(reader: Reader) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for desk in reader.tables():
        groups.setdefault(desk.group.say(), []).append(desk.name.say())
    return groups
