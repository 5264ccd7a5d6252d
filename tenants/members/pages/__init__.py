"""Members in the console: find one."""

from __future__ import annotations

from tenants.kit import ids
from tenants.kit.console import Ask, Page, View
from tenants.kit.words import Words
from tenants.tenancy import DB

GROUP = Words(en="Members", zh="会员")
_SHOWN = 50

_FIND = """
SELECT id, name, external_id, phone, email FROM __tenant__.member
 WHERE state = 'active' AND ($1 = '' OR external_id = $1 OR phone LIKE '%' || $2 OR email ILIKE $2 || '%'
       OR name ILIKE '%' || $2 || '%')
 ORDER BY id DESC LIMIT $3
"""


async def _find(ask: Ask) -> View:
    sought = ask.text("q")[:200].replace("\x00", "")
    escaped = sought.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = [{**row, "id": ids.show("mem", row["id"])} for row in await DB.fetch(_FIND, sought, escaped, _SHOWN)]
    return View("members/pages/find.html", {"rows": rows, "sought": sought, "most": _SHOWN})


PAGES = (
    Page(
        "members",
        title=Words(en="Find a member", zh="查找会员"),
        group=GROUP,
        about=Words(
            en="By name, external id, phone or e-mail.",
            zh="按姓名、外部编号、手机号或邮箱查找。",
        ),
        show=_find,
    ),
)
