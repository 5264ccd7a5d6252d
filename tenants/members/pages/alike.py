"""Members who may be one person, side by side."""

from __future__ import annotations

from tenants.kit import ids
from tenants.kit.console import Ask, View
from tenants.kit.words import Words
from tenants.members.rules import duplicates
from tenants.tenancy import DB

_SHOWN = 50
ALIKE = {
    "phone": Words(en="Telephone", zh="电话"),
    "email": Words(en="E-mail", zh="邮箱"),
    "birthday": Words(en="Name and birthday", zh="姓名和生日"),
}


async def show(ask: Ask) -> View:
    """The first groups of members who are alike, in one respect."""
    alike = ask.text("alike", "phone")
    groups = await duplicates.duplicates(alike, after=ask.text("after")[:300].replace("\x00", ""), limit=_SHOWN)
    rows = await DB.fetch(
        "SELECT id, name, external_id, phone, email, created_at FROM __tenant__.member WHERE id = ANY($1::uuid[])",
        [member for group in groups for member in group.members])  # fmt: skip
    known = {row["id"]: {**row, "shown": ids.show("mem", row["id"])} for row in rows}
    facts = {
        "alike": alike,
        "choices": [(key, words.say()) for key, words in ALIKE.items()],
        "groups": [(group, [known[member] for member in group.members if member in known]) for group in groups],
        "more": groups[-1].value if len(groups) == _SHOWN else "",
    }
    return View("members/pages/alike.html", facts)
