"""Signing in and out, on our own page and from the one that Piccolo Admin shows when a session has ended."""

from __future__ import annotations

import html
import json
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from admin import bodies
from server import guard
from tenants.kit.errors import DomainError
from tenants.kit.words import LANGUAGES, Words, language_of_reader, reading
from tenants.staff import TooManyAttempts, WrongPassword
from tenants.tenancy.callers import Caller, calling

if TYPE_CHECKING:
    from starlette.requests import Request

    from admin.reader import Reader, Realm
    from server.guard import Visit

BODY_MAX = 10_000
_FOLDER = Path(__file__).parent / "pages"
_TITLE = {
    "staff": Words(en="Sign in to your shop", zh="登录商家后台"),
    "operator": Words(en="Operator sign-in", zh="平台运营登录"),
}
_USERNAME = Words(en="User name", zh="用户名")
_PASSWORD = Words(en="Password", zh="密码")
_SIGN_IN = Words(en="Sign in", zh="登录")


async def page(realm: Realm, request: Request, visit: Visit, reader: Reader | None) -> Response:
    """The sign-in page, and what it posts."""
    chosen = request.query_params.get("language")
    if chosen in LANGUAGES and request.method == "GET":
        reply: Response = RedirectResponse(f"{realm.path}/login", status_code=303)
        reply.headers.append("set-cookie", guard.cookie(guard.LANGUAGE_COOKIE, chosen, visit, seconds=31_536_000))
        return reply
    if request.method == "GET":
        if reader is not None:
            return RedirectResponse(f"{realm.path}/", status_code=303)
        return HTMLResponse(_render(realm))
    if request.method != "POST":
        return Response(status_code=405)
    body = await bodies.read(request, most=BODY_MAX)
    form = _parse_form(body)
    username, password = form.get("username", ""), form.get("password", "")
    try:
        token = await _sign_in(realm, visit, username=username, password=password)
    except (WrongPassword, TooManyAttempts) as error:
        status = 401 if isinstance(error, WrongPassword) else 429
        headers = {"retry-after": str(error.facts["seconds"])} if status == 429 else {}  # noqa: PLR2004
        return HTMLResponse(_render(realm, username=username, problem=error.say()), status_code=status, headers=headers)
    reply = RedirectResponse(f"{realm.path}/", status_code=303)
    _set_session(reply, realm, visit, token)
    return reply


async def from_page(realm: Realm, request: Request, visit: Visit) -> Response:
    """The same from Piccolo Admin's own sign-in form, which sends JSON."""
    try:
        body = json.loads(await bodies.read(request, most=BODY_MAX))
        username, password = body["username"], body["password"]
        if not isinstance(username, str) or not isinstance(password, str):
            raise TypeError  # noqa: TRY301
    except (ValueError, KeyError, TypeError, RecursionError):
        raise WrongPassword from None
    token = await _sign_in(realm, visit, username=username, password=password)
    reply = JSONResponse({"message": "OK"})
    _set_session(reply, realm, visit, token)
    reply.headers.append("set-cookie", guard.cookie(guard.CSRF_COOKIE, guard.csrf_token(token), visit, readable=True))
    return reply


async def leave(realm: Realm, visit: Visit, reader: Reader) -> Response:
    """Sign out: the session is gone whatever is still under way."""
    await realm.sign_out(reader.token)
    reply = JSONResponse({"message": "OK"})
    reply.headers.append("set-cookie", guard.cookie(_cookie_name(realm, visit), "", visit, seconds=0))
    return reply


async def change_password(realm: Realm, request: Request, visit: Visit, reader: Reader) -> Response:
    """Set a new password after the present one was given; every session ends, this one too."""
    form = _parse_form(await bodies.read(request, most=BODY_MAX), request.headers.get("content-type", ""))
    current, new = form.get("current_password", ""), form.get("new_password", "")
    problem = None
    if new != form.get("confirm_new_password", new):
        problem = Words(en="The two new passwords differ.", zh="两次输入的新密码不一致。").say()
    else:
        try:
            async with realm.transaction():
                await realm.knock(username=reader.who.username, address=visit.address)
            known = await realm.recognise(username=reader.who.username, password=current)
            async with realm.transaction():
                await realm.change_password(reader.who.id, new=new, proof=known.proof)
                await realm.note("change", subject=realm.name, row_id=str(reader.who.id), after={"password": ""})
        except DomainError as error:
            problem = error.say()
    if problem:
        return JSONResponse({"detail": problem, "custom_form_error": problem}, status_code=422)
    reply = JSONResponse({"message": "OK"})
    reply.headers.append("set-cookie", guard.cookie(_cookie_name(realm, visit), "", visit, seconds=0))
    return reply


async def _sign_in(realm: Realm, visit: Visit, *, username: str, password: str) -> str:
    """A new session's token. Raises WrongPassword, TooManyAttempts."""
    async with realm.transaction():
        await realm.knock(username=username, address=visit.address)
    # No transaction is open here: hashing waits in line, and a connection must not wait with it.
    person = await realm.recognise(username=username, password=password)
    old = visit.cookies.get(_cookie_name(realm, visit))
    async with realm.transaction():
        token = await realm.open_session(person, address=visit.address, old_token=old)
        with calling(Caller(realm.caller_kind, person.id, getattr(person, "name", "") or person.username)):
            await realm.note("login", subject=realm.name, row_id=str(person.id), after={"address": visit.address})
    return token


def _set_session(reply: Response, realm: Realm, visit: Visit, token: str) -> None:
    reply.headers.append("set-cookie", guard.cookie(_cookie_name(realm, visit), token, visit))


def _cookie_name(realm: Realm, visit: Visit) -> str:
    return guard.cookie_name(realm.name, secure=visit.secure)


def _parse_form(body: bytes, content_type: str = "") -> dict[str, str]:
    from urllib.parse import parse_qsl  # noqa: PLC0415  used here only

    if "json" in content_type:
        try:
            told: Any = json.loads(body)
        except (ValueError, RecursionError):
            return {}
        return (
            {str(name): value for name, value in told.items() if isinstance(value, str)}
            if isinstance(told, dict)
            else {}
        )
    try:
        return dict(parse_qsl(body.decode(), max_num_fields=10))
    except ValueError:
        return {}


@cache
def _template() -> Template:
    return Template((_FOLDER / "login.html").read_text(encoding="utf-8"))


def _render(realm: Realm, *, username: str = "", problem: str = "") -> str:
    language = language_of_reader()
    other = "en" if language == "zh" else "zh"
    with reading(language):
        return _template().substitute(
            language=language,
            site=html.escape(realm.site_name()),
            title=html.escape(_TITLE[realm.name].say()),
            username_label=_USERNAME.say(),
            password_label=_PASSWORD.say(),
            sign_in=_SIGN_IN.say(),
            username=html.escape(username[:100], quote=True),
            problem=f'<p class="problem" role="alert">{html.escape(problem)}</p>' if problem else "",
            action=f"{realm.path}/login",
            style=f"{realm.path}/assets/login.css",
            icon=f"{realm.path}/assets/icon.svg",
            other=other,
            other_name={"en": "English", "zh": "中文"}[other],
        )
