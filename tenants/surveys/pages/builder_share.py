"""How members get to a survey: the open link, what embeds it, and invitations with a personal link each."""

from __future__ import annotations

import asyncio
import csv
import io
from typing import TYPE_CHECKING, Any

from tenants import members
from tenants.kit import clock, ids
from tenants.kit.console import Ask, View
from tenants.kit.errors import DomainError, Invalid
from tenants.kit.words import Words
from tenants.surveys.pages import builder_top as tops
from tenants.surveys.rules import invitations, links
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenants.surveys.pages.builder_top import Top

TEMPLATE = "surveys/pages/builder_share.html"
_SHOWN = 50
_LINES_MAX = 5000
_BYTES_MAX = 2_000_000
_STATES = {
    "waiting": Words(en="Waiting", zh="待开始"), "open": Words(en="Open", zh="有效"),
    "expired": Words(en="Over", zh="已过期"), "revoked": Words(en="Revoked", zh="已撤销"),
}  # fmt: skip


async def show(ask: Ask) -> View:
    """The links, and the newest invitations."""
    return await _view(ask, await tops.find(ask))


async def _view(ask: Ask, top: Top, *, problem: str = "", said: Words | str = "", left_out: list[str] | None = None
                ) -> View:  # fmt: skip
    survey, moment = top.survey, clock.now()
    found = await invitations.invitations(survey=survey.id, limit=_SHOWN)
    names = await _names([one.member for one in found])
    link = f"{ask.origin}{links.address(survey.link_key)}" if survey.link_key and survey.terms.open_link else ""
    facts: dict[str, Any] = {
        **tops.facts(top, "survey-share"), "problem": problem, "link": link, "most": _SHOWN,
        "own": f"{ask.origin}{links.address(ids.show('sur', survey.id))}", "typed": ask.text("members"),
        "embed": f'<iframe src="{link}" title="{_plain(top.name)}" width="100%" height="640" loading="lazy"></iframe>'
        if link else "", "left_out": left_out or [],
        "rows": [
            {
                "id": ids.show("svi", one.id), "member": ids.show("mem", one.member),
                "name": names.get(one.member, ""), "it": one, "state": one.state(moment),
                "said": _STATES[one.state(moment)].say(), "link": f"{ask.origin}{links.address(links.write(one.id))}",
            }
            for one in found
        ],
    }  # fmt: skip
    return View(TEMPLATE, facts, title=top.name, refused=bool(problem), said=said)


def _plain(text: str) -> str:
    return text.replace('"', "”").replace("<", "").replace(">", "").replace("&", "+")


async def _names(wanted: list[Any]) -> Mapping[Any, str]:
    rows = await DB.fetch(
        "SELECT id, name, external_id FROM __tenant__.member WHERE id = ANY($1::uuid[])", wanted)  # fmt: skip
    return {row["id"]: row["name"] or row["external_id"] or "" for row in rows}


async def invite(ask: Ask) -> View:
    """Ask the members who are named, by external id, phone or e-mail, one on a line; or those of a file."""
    top = await tops.find(ask)
    try:
        wanted = await _wanted(ask)
    except Invalid as error:
        return await _view(ask, top, problem=error.say())
    invited, left_out = 0, []
    for name in wanted:
        try:
            member = await _member(name)
            made = await invitations.invite(top.survey.id, member, once=f"console/{ask.once}/{ids.show('mem', member)}")
            invited += not made.repeated
        except DomainError as error:
            left_out.append(f"{name}: {error.say()}")
    if not invited and left_out:
        return await _view(
            ask, top, problem=Words(en="Nobody was invited.", zh="没有发出邀请。").say(), left_out=left_out
        )
    told = Words(en="{n} invited.", zh="已邀请 {n} 位会员。").say(n=invited)
    return await _view(Ask(rest=ask.rest, origin=ask.origin), top, said=told, left_out=left_out)


async def _wanted(ask: Ask) -> list[str]:
    lines = ask.text("members").splitlines()
    if upload := ask.files.get("file"):
        if upload.size > _BYTES_MAX:
            raise Invalid(param="file", problem=Words(en="the file is larger than 2 MB", zh="文件超过 2 MB"))
        data = await asyncio.to_thread(upload.file.read)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030", errors="replace")
        lines += [row[0] for row in csv.reader(io.StringIO(text)) if row]
    names = [line.strip() for line in lines if line.strip() and line.strip().lower() != "external_id"]
    if not names or len(names) > _LINES_MAX:
        told = Words(
            en=f"name 1 to {_LINES_MAX} members, one on a line", zh=f"请填写 1 到 {_LINES_MAX} 位会员，每行一位"
        )
        raise Invalid(param="members", problem=told)
    return list(dict.fromkeys(names))


async def _member(name: str) -> Any:
    if name.startswith("mem_"):
        return ids.read("mem", name)
    found = await members.find_by_external_id(name)
    if found is None:
        email = name if "@" in name else None
        phone = name if name.lstrip("+").replace(" ", "").isdigit() else None
        listed = await members.search(email=email, phone=phone, limit=2) if email or phone else []
        if len(listed) != 1:
            raise members.MemberUnknown
        found = listed[0]
    return found.id


async def revoke(ask: Ask) -> View:
    """The invitation and its link count no more."""
    top = await tops.find(ask)
    await invitations.revoke(ids.read("svi", ask.part))
    return await _view(ask, top, said=Words(en="Revoked: its link opens nothing any more.", zh="已撤销，链接失效。"))


ACTS = {"invite": invite, "revoke": revoke}
