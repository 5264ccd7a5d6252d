"""The member centre at `/m`: pages of the subjects in one shell, on the shop's host, for members and for strangers.

A page is rendered here and nowhere else, so that the member's session, languages, colours, the guard against other
sites' forms, the bot guard and the strict policy for scripts and styles hold for every page there will be. Nothing
needs a script, and GET and HEAD record nothing, whoever sends them.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from litestar import MediaType, Request, Response, route

from admin.assets import TOKENS
from server import colours, comers, guard, passes, templates
from server.comers import ComeIn, Comer, Entry
from server.errors import problem_headers, status_of, translate
from server.passes import Form, Pass
from tenants import pictures
from tenants.kit import ids
from tenants.kit.centre import Ask, MemberPage, View, Went
from tenants.kit.errors import NotAllowed, NotFound
from tenants.kit.parts import gather_listed
from tenants.kit.words import LANGUAGES, Words, choose_language, language_of_reader, reading
from tenants.tenancy import keys
from tenants.tenancy.callers import calling
from tenants.tenancy.current import current_tenant
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from server.limits import Limiter

PATH = "/m"
_OWN_FIELDS = frozenset({"form", "pass", "visitor", "embed", "act", "language", "website"})
_TAKEN = frozenset({"enter", "leave", "pictures", "style.css", "colour.css"})
_A_YEAR = 31_536_000
_SAID_SECONDS = 60
_SHELL = Path(__file__).parent / "pages" / "centre"
_NAMES = {
    "en": "English", "zh": "中文", "zh-hans": "简体中文", "zh-hant": "繁體中文", "ja": "日本語", "ko": "한국어",
    "es": "Español", "fr": "Français", "de": "Deutsch", "pt": "Português", "it": "Italiano", "ru": "Русский",
    "vi": "Tiếng Việt", "th": "ไทย", "id": "Bahasa Indonesia", "ms": "Bahasa Melayu", "ar": "العربية",
}  # fmt: skip


class PageOld(NotAllowed):
    """The form was not made for who sends it, or a long time ago."""

    code = "centre.page_old"
    sentence = Words(
        en="This page is out of date. Open it again and send it once more.", zh="页面已过期，请重新打开后再提交。"
    )


@functools.cache
def pages() -> dict[str, MemberPage]:
    """Every page by its slug. Raises ValueError when two share one."""
    found: dict[str, MemberPage] = {}
    for page in gather_listed("pages", "MEMBER_PAGES"):
        if page.slug in found or page.slug in _TAKEN:
            raise ValueError(f"two pages are called {page.slug}")
        found[page.slug] = page
    return found


@route(
    [PATH, PATH + "/{rest:path}"],
    http_method=["GET", "HEAD", "POST"],
    include_in_schema=False,
    status_code=200,
    opt={"own_transaction": True},
)
async def centre(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Serve one request of the member centre."""
    path = str(request.scope["path"])[len(PATH) :].strip("/")
    if path == "style.css":
        return _sheet(_style(), kept="max-age=31536000, immutable")
    if path == "colour.css":
        own = request.query_params.get("c", "")
        brand = f"#{own}" if own else await pictures.brand_colour()
        return _sheet(colours.stylesheet(brand), kept="max-age=60")
    safe = request.method in guard.SAFE
    visit = guard.read(request.scope)
    fields = comers.read_fields(request.scope["query_string"] if safe else await request.body())
    comer = await comers.read(visit, fields, safe=safe)
    with calling(comer.caller), reading(choose_language(",".join(comer.wanted[:10]))):
        turn = _Turn(comer, request.app.state.limiter)
        try:
            return await (turn.look(path) if safe else turn.act(path))
        except Exception as error:  # noqa: BLE001  every one of them becomes a page
            return turn.problem(error, path)


class _Turn:
    """One request and its answer."""

    def __init__(self, comer: Comer, limiter: Limiter) -> None:
        self.comer = comer
        self.limiter = limiter
        self.frames: list[str] = []

    async def look(self, path: str) -> Response[bytes]:
        """Show a page. Nothing is recorded."""
        if path == "":
            return self._set_up(self._show(await self._front()))
        if path == "enter":
            return await self._enter(Entry.of(self.comer))
        if path.startswith("pictures/"):
            return await self._picture(path.removeprefix("pictures/"))
        page, rest = self._page(path)
        await self._frame(page)
        reply = self._show(await page.show(self._ask(page, rest)), page=page, path=path)
        return self._set_up(reply)

    async def act(self, path: str) -> Response[bytes]:
        """Do what a form asks for."""
        if path == "enter":
            await comers.check_may_enter(self.comer.visit)
            async with DB.transaction():
                return await self._enter(Entry.of(self.comer), sure=True)
        guard.check_origin(self.comer.visit)
        if path == "leave":
            return self._leave()
        page, rest = self._page(path)
        await self._frame(page)
        form = Form.read(self.comer.text("form"), member=self._bound(page), slug=page.slug)
        verb = page.acts.get(self.comer.text("act"))
        if form is None:
            raise PageOld
        if verb is None:
            raise NotFound
        await comers.limit(self.limiter, self.comer)
        self.comer = self.comer.known()
        ask = self._ask(page, rest, form=form)
        told = await (verb(ask) if self.comer.text("act") in page.hot else _in_transaction(verb, ask))
        if isinstance(told, View):
            return self._set_up(self._show(told, page=page, path=path))
        said = told.said.say() if isinstance(told.said, Words) else told.said
        if self.comer.embedded:  # a frame keeps no cookies, so who it is would not survive being sent on
            page, rest = self._page(told.to)
            shown = await page.show(self._ask(page, rest, fields={}))
            return self._set_up(self._show(shown, page=page, path=told.to, said=said))
        reply = self._go(told.to)
        if said:
            self._cookie(reply, "said", base64.urlsafe_b64encode(said[:500].encode()).decode(), seconds=_SAID_SECONDS)
        return self._set_up(reply)

    def problem(self, error: Exception, path: str) -> Response[bytes]:
        """What went wrong, as a page."""
        told = translate(error)
        status = 401 if isinstance(told, ComeIn) else status_of(told)
        facts = {"problem": told.say(), "again": path, "stranger": self.comer.member is None}
        reply = self._show(View("problem.html", facts, status=status))
        for name, value in problem_headers(told, status).items():
            reply.headers.setdefault(name.lower(), value)
        reply.headers.pop("www-authenticate", None)
        return reply

    async def _front(self) -> View:
        if self.comer.member is None:
            raise ComeIn
        listed = []
        for page in pages().values():
            if page.waiting is not None:
                listed += [(page, each) for each in await page.waiting(self.comer.member.id)]
        return View("home.html", {"waiting": listed, "name": self.comer.member.name})

    def _page(self, path: str) -> tuple[MemberPage, str]:
        slug, _, rest = path.partition("/")
        page = pages().get(slug)
        if page is None:
            raise NotFound
        if page.who == "member" and self.comer.member is None:
            raise ComeIn
        return page, rest

    async def _picture(self, shown: str) -> Response[bytes]:
        """One of the shop's pictures, which anybody may see and nobody changes; it is drawn and never run."""
        found = await pictures.find(ids.read("pic", shown))
        headers = {
            "cache-control": "public, max-age=31536000, immutable", "etag": f'"{found.digest}"',
            "x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'; sandbox",
            "cross-origin-resource-policy": "cross-origin",
        }  # fmt: skip
        if self.comer.visit.headers.get("if-none-match") == headers["etag"]:
            return Response(b"", status_code=304, headers=headers, media_type=found.media_type)
        return Response(found.content, media_type=found.media_type, headers=headers)

    async def _frame(self, page: MemberPage) -> None:
        """Let the shop's own sites show an embeddable page in a frame."""
        if self.comer.embedded and page.embeddable:
            self.frames = sorted(await keys.origins_of(current_tenant().id))

    def _bound(self, page: MemberPage) -> Any:
        # A stranger may sign in elsewhere while their page is open; what they do there is none of the member's.
        return self.comer.id if page.who == "member" else None

    def _ask(
        self, page: MemberPage, rest: str, *, form: Form | None = None, fields: Mapping[str, list[str]] | None = None
    ) -> Ask:
        given = self.comer.fields if fields is None else fields
        return Ask(
            rest=rest,
            fields={name: texts for name, texts in given.items() if name not in _OWN_FIELDS},
            once=form.once if form else "",
            member=self.comer.id,
            visitor=passes.digest_of(self.comer.visitor),
            wanted=self.comer.wanted,
            embedded=self.comer.embedded and page.embeddable,
            seconds=form.seconds if form else 0.0,
            trapped=bool(form and self.comer.text("website")),
        )

    async def _enter(self, entry: Entry, *, sure: bool = False) -> Response[bytes]:
        member = await (entry.use() if sure else entry.look())
        if member is None or (not sure and self.comer.member and self.comer.member.id != member.id):
            facts = {"hidden": entry.hidden, "name": member.name if member else "", "member": self.comer.member}
            return self._show(View("enter.html", facts))
        reply = self._go(entry.to)
        reply.headers["referrer-policy"] = "no-referrer"
        self._cookie(reply, "member", Pass.of(member.id).write())
        return reply

    def _leave(self) -> Response[bytes]:
        self.comer = comers.gone(self.comer)
        reply = self._show(View("left.html"))
        self._cookie(reply, "member", "", seconds=0)
        return reply

    def _go(self, to: str) -> Response[bytes]:
        where = f"{PATH}/{quote(to)}" if to else PATH
        return Response(b"", status_code=303, headers={"location": where, **self._headers()})

    def _set_up(self, reply: Response[bytes]) -> Response[bytes]:
        """The cookies that go with an answer: who they are, renewed; what they are known by; their language."""
        comer = self.comer
        if comer.embedded:
            return reply
        if comer.passed and comer.passed.is_old:
            self._cookie(reply, "member", Pass.of(comer.passed.member, entered=comer.passed.entered).write())
        if comer.visitor and comer.visitor != comer.visit.cookies.get(comers.cookie_name("visitor", comer.visit)):
            self._cookie(reply, "visitor", comer.visitor, seconds=_A_YEAR)
        if comer.chosen and comer.chosen != comer.visit.cookies.get(guard.LANGUAGE_COOKIE):
            self._cookie(reply, guard.LANGUAGE_COOKIE, comer.chosen, seconds=_A_YEAR, as_named=True)
        return reply

    def _cookie(
        self, reply: Response[bytes], name: str, value: str, *, seconds: int | None = None, as_named: bool = False
    ) -> None:
        reply.set_cookie(
            key=name if as_named else comers.cookie_name(name, self.comer.visit), value=value, max_age=seconds,
            path="/", httponly=True, secure=self.comer.visit.secure, samesite="lax")  # fmt: skip

    def _headers(self) -> dict[str, str]:
        return guard.security_headers(self.comer.visit, page=True, frames=self.frames)

    def _show(self, view: View, *, page: MemberPage | None = None, path: str = "", said: str = "") -> Response[bytes]:
        comer, language = self.comer, language_of_reader()
        cookie = comers.cookie_name("said", comer.visit)
        flash = "" if said or comer.embedded else _unsaid(comer.visit.cookies.get(cookie, ""))
        site = current_tenant().name
        shell = {
            "language": language,
            "tag": view.language or language,
            "languages": _switch(view.languages or LANGUAGES, view.language or language),
            "site": site,
            "menu": [each for each in pages().values() if each.in_menu] if comer.member and not self.frames else [],
            "page": page,
            "path": path,
            "here": f"{PATH}/{path}" if path else PATH,
            "title": view.title or (page.title.say() if page else site),
            "who": comer.member,
            "framed": comer.embedded,
            "hidden": self._hidden(page) if page else {},
            "trap": bool(page and page.who == "anybody" and comer.member is None),
            "colour": view.colour[1:],
            "style": _style_digest(),
            "said": said or flash,
        }
        made = templates.environment(_SHELL).get_template(view.template)
        text = made.render({**shell, **view.facts}, **templates.speech(current_tenant().timezone))
        reply = Response(text.encode(), media_type=MediaType.HTML, status_code=view.status, headers=self._headers())
        if flash:
            self._cookie(reply, "said", "", seconds=0)
        return reply

    def _hidden(self, page: MemberPage) -> dict[str, str]:
        """The fields that go with every form of a page."""
        hidden = {"form": Form.new().write(member=self._bound(page), slug=page.slug)}
        if self.comer.embedded:
            passed = self.comer.passed
            hidden |= {"embed": "1", "pass": passed.write() if passed else "", "visitor": self.comer.visitor}
            hidden["language"] = self.comer.chosen
        return hidden


def draw(view: View, *, here: str, hidden: Mapping[str, str]) -> str:
    """A page as a member sees it in a frame, for whoever makes it: nobody's, and its forms go to `here`."""
    with reading(choose_language(view.language)):
        site = current_tenant().name
        shell: dict[str, Any] = {
            "language": language_of_reader(), "tag": view.language or language_of_reader(), "languages": [],
            "site": site, "menu": [], "page": None, "path": "", "title": view.title or site, "who": None,
            "framed": True, "hidden": hidden, "trap": False, "colour": view.colour[1:],
            "style": _style_digest(), "said": "",
        }  # fmt: skip
        made = templates.environment(_SHELL).get_template(view.template)
        return made.render({**shell, **view.facts, "here": here}, **templates.speech(current_tenant().timezone))


def _sheet(text: str, *, kept: str) -> Response[bytes]:
    return Response(text.encode(), media_type=MediaType.CSS, headers={"cache-control": f"public, {kept}"})


async def _in_transaction(verb: Callable[[Ask], Awaitable[Went | View]], ask: Ask) -> Went | View:
    async with DB.transaction() as transaction:
        told = await verb(ask)
        if isinstance(told, View) and told.status >= 400:  # noqa: PLR2004  what was begun is not kept
            await transaction.rollback()
        return told


def _switch(languages: Any, present: str) -> list[tuple[str, str]]:
    """The other languages, by tag and own name."""
    return [(tag, _NAMES.get(tag.lower(), tag)) for tag in languages if tag != present]


def _unsaid(text: str) -> str:
    try:
        return base64.urlsafe_b64decode(text.encode("ascii")).decode()[:500]
    except ValueError:
        return ""


@functools.cache
def _style() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in (TOKENS, _SHELL / "centre.css"))


@functools.cache
def _style_digest() -> str:
    return hashlib.sha256(_style().encode()).hexdigest()[:12]


ROUTES = [centre]
