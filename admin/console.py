"""The seller's console at `/console`: pages of the subjects, in one shell, with the session of the admin.

A page is rendered here and nowhere else, so that language, zone, roles, the guard against other sites' forms, the
audit trail and the strict policy for scripts and styles hold for every page there will be.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from admin import assets
from admin.activities import PAGE as ACTIVITIES
from admin.desk import language_of
from admin.reader import Reader
from server import guard, templates
from server.centre import draw
from server.errors import TooLarge
from tenants.kit import ids
from tenants.kit.console import ACTIVITIES as ACTIVITIES_GROUP
from tenants.kit.console import FILES, PREVIEWS, Ask, Download, Framed, Go, Page, Upload, View
from tenants.kit.errors import DomainError, NotAllowed, NotFound
from tenants.kit.parts import gather_listed
from tenants.kit.words import LANGUAGES, Words, language_of_reader, reading
from tenants.staff import SessionOver
from tenants.tenancy.callers import Caller, calling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from litestar.types import Receive, Scope, Send

    from admin.reader import Realm
    from server.guard import Visit

PATH = "/console"
FIELDS_MAX = 2000
"""A question of a survey has up to a hundred choices, each in every language."""
BODY_BYTES_MAX = 50_000_000
"""Files come in here; what is large goes to disk as it is read."""
_FIRST, _FOLDED = (ACTIVITIES_GROUP,), (FILES, PREVIEWS)
"""Groups that stand first in the menu, and those that stand last and folded: they are seldom needed."""
_A_YEAR = 31_536_000
_ONCE = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")
_SHELL = Path(__file__).parent / "pages" / "console"
_LANGUAGE = {"en": "English", "zh": "中文"}


class NotYourPage(NotAllowed):
    """The role may look and not change."""

    code = "console.not_yours"
    sentence = Words(en="Your role may look at this page and not change it.", zh="你的角色只能查看此页，不能修改。")


@functools.cache
def pages() -> dict[str, Page]:
    """Every page by its slug. Raises ValueError when two share one."""
    found: dict[str, Page] = {}
    for page in (ACTIVITIES, *gather_listed("pages", "PAGES")):
        if page.slug in found:
            raise ValueError(f"two pages are called {page.slug}")
        found[page.slug] = page
    return found


class Console:
    """Serves the console for one realm of staff."""

    def __init__(self, realm: Realm) -> None:
        self.realm = realm

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(dict(scope), cast("Any", _counted(receive, most=BODY_BYTES_MAX)))
        visit = guard.read(scope)
        if (asset := _asset(scope["path"])) is not None:  # the same for everybody, so nobody is asked who they are
            asset.headers.update({**guard.security_headers(visit), "cache-control": assets.IMMUTABLE})
            await asset(dict(scope), cast("Any", receive), cast("Any", send))
            return
        reader = await Reader.of(self.realm, visit)
        with reading(language_of(visit, reader)):
            reply = await self._reply(request, visit, reader)
            for name, value in guard.security_headers(visit, page=True).items():
                reply.headers.setdefault(name, value)
            await reply(dict(scope), cast("Any", receive), cast("Any", send))

    async def _reply(self, request: Request, visit: Visit, reader: Reader | None) -> Response:
        path = request.scope["path"].strip("/")
        chosen = request.query_params.get("language")
        if chosen in LANGUAGES and request.method in guard.SAFE:
            reply: Response = RedirectResponse(f"{PATH}/{quote(path)}", status_code=303)
            reply.headers.append("set-cookie", guard.cookie(guard.LANGUAGE_COOKIE, chosen, visit, seconds=_A_YEAR))
            return reply
        if reader is None:
            if request.method in guard.SAFE:
                return RedirectResponse(f"{self.realm.path}/login", status_code=303)
            return self._problem(SessionOver(), None, status=401)
        caller = Caller(self.realm.caller_kind, reader.who.id, reader.who.name, reader.role)
        with calling(caller):
            try:
                return await self._page(request, visit, reader, path)
            except DomainError as error:
                status = 404 if isinstance(error, NotFound) else 403 if isinstance(error, NotAllowed) else 422
                return self._problem(error, reader, status=status)

    async def _page(self, request: Request, visit: Visit, reader: Reader, path: str) -> Response:
        slug, _, rest = path.partition("/")
        if slug == "":
            first = next(iter(menu_of(reader)), None)
            return RedirectResponse(f"{PATH}/{first.slug}" if first else f"{self.realm.path}/", status_code=303)
        page = pages().get(slug)
        if page is None or reader.role not in page.read:
            raise NotFound
        if request.method in guard.SAFE:
            asked = request.query_params
            every = {name: asked.getlist(name) for name in asked}
            shown = await page.show(Ask(rest=rest, given=dict(asked), every=every, origin=reader.origin))
            if isinstance(shown, Download):  # what leaves the house is written down
                async with self.realm.transaction():
                    await reader.note("form", subject=f"{page.slug}.download"[:60], row_id=rest[:100])
            if isinstance(shown, Framed):
                return _framed(shown, visit, reader, path)
            return self._shown(shown, page, reader, block=_block(request))
        if request.method != "POST":
            return Response(status_code=405)
        try:
            return await self._acted(request, visit, reader, page, rest)
        finally:
            await request.close()  # and with it what was uploaded

    async def _acted(self, request: Request, visit: Visit, reader: Reader, page: Page, rest: str) -> Response:
        guard.check_origin(visit)
        ask, act = await _read(request, rest, reader.origin)  # before the transaction: a file may take its time
        guard.check_sent(ask.given.get("csrf", ""), reader.token)
        verb = page.acts.get(act)
        if verb is None:
            raise NotFound
        if reader.role not in page.write:
            raise NotYourPage
        async with self.realm.transaction() as transaction:
            try:
                told = await verb(ask)
            except DomainError as error:
                await transaction.rollback()  # nothing that was begun is kept
                return self._problem_on(page, ask, reader, error.say(), block=_block(request))
            if isinstance(told, Framed) or (isinstance(told, View) and told.refused):
                await transaction.rollback()
            if isinstance(told, Framed):
                return _framed(told, visit, reader, f"{page.slug}/{rest}")
            if isinstance(told, View) and told.refused:
                return self._shown(told, page, reader, block=_block(request))
            kept = {name: text[:500] for name, text in ask.given.items() if name not in {"csrf", "act", "once"}}
            kept |= {name: upload.name[:200] for name, upload in ask.files.items()}
            await reader.note("form", subject=f"{page.slug}.{act}"[:60], row_id=ask.once, after=kept)
            if isinstance(told, Go):
                return _go(request, told)
            if isinstance(told, View):
                return self._shown(told, page, reader, block=_block(request))
            shown = await page.show(Ask(rest=rest, origin=ask.origin))
            return self._shown(shown, page, reader, said=told, block=_block(request))

    def _problem_on(self, page: Page, ask: Ask, reader: Reader, problem: str, *, block: str) -> Response:
        facts = {"problem": problem, "back": f"{PATH}/{page.slug}" + (f"/{ask.rest}" if ask.rest else "")}
        return self._render("problem.html", facts, reader, page=page, status=422, block=block)

    def _shown(
        self, shown: View | Download | Framed, page: Page, reader: Reader, *, said: Words | str = "", block: str = ""
    ) -> Response:
        if isinstance(shown, Download):
            name = quote(shown.name, safe="")
            headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
            return StreamingResponse(shown.parts, media_type=shown.media_type, headers=headers)
        if isinstance(shown, Framed):  # a sentence would have nowhere to stand
            raise NotFound
        told = said or shown.said
        facts = {**shown.facts, "said": told.say() if isinstance(told, Words) else told}
        status = 422 if shown.refused else 200
        return self._render(shown.template, facts, reader, page=page, status=status, title=shown.title, block=block)

    def _problem(self, error: DomainError, reader: Reader | None, *, status: int) -> Response:
        facts = {"problem": error.say(), "back": f"{PATH}/"}
        return self._render("problem.html", facts, reader, page=None, status=status)

    def _render(
        self,
        template: str,
        facts: Mapping[str, Any],
        reader: Reader | None,
        *,
        page: Page | None,
        status: int = 200,
        title: str = "",
        block: str = "",
    ) -> Response:
        """The page, or of it the one block that a script asks for."""
        language = language_of_reader()
        shell = {
            "language": language,
            "other_language": "zh" if language == "en" else "en",
            "other_name": _LANGUAGE["zh" if language == "en" else "en"],
            "site": self.realm.site_name(),
            "brand": self.realm.site_name().partition(" · ")[0],
            "menu": _grouped(reader) if reader else [],
            "page": page,
            "above": pages().get(page.below) if page else None,
            "title": title or (page.title.say() if page else self.realm.site_name()),
            "writes": bool(reader and page and reader.role in page.write),
            "csrf": guard.csrf_token(reader.token) if reader else "",
            "once": str(ids.new()),
            "zone": self.realm.zone(),
            "origin": reader.origin if reader else "",
            "here": f"{PATH}/{page.slug}" if page else PATH,
            "said": "",
            "assets": assets.addresses(),
        }
        told = {**shell, **facts, **templates.speech(self.realm.zone()), "fragment": block == "main"}
        made_of = templates.environment(_SHELL)
        told["parts"] = made_of.get_template("parts.html").make_module(told)
        found = made_of.get_template(template)
        made = found.blocks.get(block) if block != "main" else None
        text = "".join(made(found.new_context(told))) if made else found.render(told)
        return HTMLResponse(text, status_code=status, headers={"vary": "HX-Request"})


def menu_of(reader: Reader) -> list[Page]:
    """The pages in the menu that this reader may see."""
    return [page for page in pages().values() if page.in_menu and reader.role in page.read]


def _counted(receive: Receive, *, most: int) -> Any:
    """What comes in, as long as it is no more than that, whatever was said of its length."""
    seen = 0

    async def counted() -> Any:
        nonlocal seen
        message: Any = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise TooLarge
        return message

    return counted


async def _read(request: Request, rest: str, origin: str) -> tuple[Ask, str]:
    form = await request.form(max_files=5, max_fields=FIELDS_MAX)
    given: dict[str, str] = {}
    every: dict[str, list[str]] = {}
    files: dict[str, Upload] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                files[name] = Upload(value.filename, value.size or 0, value.file)
        else:
            given[name] = f"{given[name]},{value}" if name in given else value
            every.setdefault(name, []).append(value)
    once = given.get("once", "")
    if not _ONCE.match(once):
        once = str(ids.new())
    act, _, part = given.get("act", "").partition(":")
    return Ask(rest=rest, given=given, files=files, once=once, part=part, every=every, origin=origin), act


def _block(request: Request) -> str:
    """The block of the template that a script wants in place of the element of that name; empty for the whole page."""
    headers = request.headers
    if headers.get("hx-request") != "true" or headers.get("hx-history-restore-request") == "true":
        return ""
    return headers.get("hx-target", "")


def _go(request: Request, told: Go) -> Response:
    address = f"{PATH}/{quote(told.to)}"
    if request.headers.get("hx-request") == "true":  # a script would follow a redirect into the block
        return Response(status_code=204, headers={"hx-redirect": address})
    return RedirectResponse(address, status_code=303)


def _framed(told: Framed, visit: Visit, reader: Reader, path: str) -> Response:
    """A page of the member centre, which this page alone may show in a frame."""
    hidden = {**told.carried, "csrf": guard.csrf_token(reader.token)}
    text = draw(told.view, here=f"{PATH}/{quote(path)}", hidden=hidden)
    headers = guard.security_headers(visit, page=True, frames=["'self'"])
    return HTMLResponse(text, status_code=told.view.status, headers={**headers, "x-frame-options": "SAMEORIGIN"})


def _asset(path: str) -> Response | None:
    """A sheet or script of the shell."""
    folder, _, name = path.strip("/").rpartition("/")
    asset = assets.assets().get(name) if folder == "assets" else None
    return Response(asset.content, media_type=asset.media_type) if asset else None


def _grouped(reader: Reader) -> list[tuple[str, list[Page], bool]]:
    """The menu: what a group is called, its pages, and whether it is folded."""
    groups: dict[Words, list[Page]] = {}
    for page in menu_of(reader):
        groups.setdefault(page.group, []).append(page)
    placed = [*_FIRST, *(group for group in groups if group not in {*_FIRST, *_FOLDED}), *_FOLDED]
    return [(group.say(), groups[group], group in _FOLDED) for group in placed if group in groups]
