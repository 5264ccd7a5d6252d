"""The mailbox page and its JSON. A letter is shown in a sandbox that runs nothing and asks nobody for anything."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from litestar import Litestar, Response, get
from litestar.enums import MediaType
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter

if TYPE_CHECKING:
    from server.mailbox.letters import Letter, Letters

LetterId = Annotated[str, PathParameter(description="The letter.")]
_PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_SANDBOX = "allow-popups allow-popups-to-escape-sandbox"  # a link in a letter opens in a page of its own
_LETTER_POLICY = f"sandbox {_SANDBOX}; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_REFRESH_SECONDS = 5


def create_page(letters: Letters) -> Litestar:
    """The page's application."""

    @get("/", media_type=MediaType.HTML, sync_to_thread=False)
    def show_list() -> Response[str]:
        rows = "".join(_row(letter) for letter in letters.newest_first())
        empty = "<p class=empty>No letters yet. 暂无邮件。</p>"
        table = f"<table><tr><th>Subject 主题<th>To 收件人<th>Time 时间 (UTC)</tr>{rows}</table>" if rows else empty
        return _page("Mailbox 邮箱", f"<h1>Mailbox 邮箱</h1>{table}", refresh=True)

    @get("/letters/{letter:str}", media_type=MediaType.HTML, sync_to_thread=False)
    def show_letter(letter: LetterId) -> Response[str]:
        found = _found(letters, letter)
        headers = "".join(f"<tr><th>{html.escape(name)}<td>{html.escape(value)}</tr>" for name, value in found.headers)
        shown = (
            f'<iframe sandbox="{_SANDBOX}" src="/letters/{quote(found.id)}/html" title="HTML"></iframe>'
            if found.html
            else ""
        )
        return _page(
            found.subject,
            f'<p><a href="/">← Mailbox 邮箱</a></p><h1>{html.escape(found.subject)}</h1>'
            f"<p class=who>{html.escape(found.sender)} → {html.escape(', '.join(found.to))}</p>{shown}"
            f"<details{'' if shown else ' open'}><summary>Text 纯文本</summary>"
            f"<pre>{html.escape(found.text)}</pre></details>"
            f"<details><summary>Headers 信头</summary><table>{headers}</table></details>",
        )

    @get("/letters/{letter:str}/html", media_type=MediaType.HTML, sync_to_thread=False)
    def show_html(letter: LetterId) -> Response[str]:
        return Response(
            f'<base target="_blank">{_found(letters, letter).html}',
            media_type=MediaType.HTML,
            headers={
                "Content-Security-Policy": _LETTER_POLICY,
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "no-referrer",
            },
        )

    @get("/api/messages", sync_to_thread=False)
    def list_json() -> dict[str, Any]:
        return {"data": [letter.summary() for letter in letters.newest_first()]}

    @get("/api/messages/{letter:str}", sync_to_thread=False)
    def show_json(letter: LetterId) -> dict[str, Any]:
        return _found(letters, letter).whole()

    return Litestar([show_list, show_letter, show_html, list_json, show_json], openapi_config=None, logging_config=None)


def _found(letters: Letters, name: str) -> Letter:
    letter = letters.find(name)
    if letter is None:
        raise NotFoundException
    return letter


def _row(letter: Letter) -> str:
    return (
        f'<tr><td><a href="/letters/{quote(letter.id)}">{html.escape(letter.subject) or "(no subject)"}</a>'
        f"<td>{html.escape(', '.join(letter.to))}<td>{letter.received_at:%Y-%m-%d %H:%M:%S}</tr>"
    )


def _page(title: str, body: str, *, refresh: bool = False) -> Response[str]:
    again = f'<meta http-equiv="refresh" content="{_REFRESH_SECONDS}">' if refresh else ""
    return Response(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"{again}<title>{html.escape(title)}</title><style>{_STYLE}</style></head><body><main>{body}</main></body></html>",
        media_type=MediaType.HTML,
        headers={
            "Content-Security-Policy": _PAGE_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        },
    )


_STYLE = """
body{margin:0;background:#f4f1ec;color:#2b2622;font:15px/1.5 system-ui,'PingFang SC','Noto Sans CJK SC',sans-serif}
main{max-width:960px;margin:0 auto;padding:24px 16px}h1{font-size:22px;overflow-wrap:anywhere}a{color:#b4532a}
table{width:100%;border-collapse:collapse;background:#fff;border-radius:8px}
th,td{text-align:left;vertical-align:top;padding:8px 12px;border-bottom:1px solid #eae4db;overflow-wrap:anywhere}
iframe{width:100%;height:75vh;border:1px solid #e0d8cc;border-radius:8px;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#fff;padding:16px;border-radius:8px}
.who,.empty{color:#6f665d}details{margin-top:16px}summary{cursor:pointer}
"""
