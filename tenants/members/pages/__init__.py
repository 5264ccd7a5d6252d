"""Members in the console: find one, see all of one, members by the file, and who may be one person."""

from __future__ import annotations

from tenants.kit import ids
from tenants.kit.console import FILES, Ask, Page, View
from tenants.kit.desk import MARKETING, SERVICE
from tenants.kit.words import Words
from tenants.members.pages import alike, card, files
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
    Page("member", title=Words(en="Member", zh="会员"), group=GROUP, show=card.show, in_menu=False),
    Page(
        "member-export",
        title=Words(en="Everything held of a member", zh="会员全部数据"),
        group=GROUP,
        show=card.export,
        read=SERVICE,
        in_menu=False,
    ),
    Page(
        "duplicates",
        title=Words(en="Possible duplicates", zh="疑似重复会员"),
        group=GROUP,
        about=Words(
            en="Members who may be one person. Look before you merge: families share telephones.",
            zh="可能是同一个人的会员。合并前请核对，家人可能共用电话。",
        ),
        show=alike.show,
        read=SERVICE,
    ),
    Page(
        "member-files",
        title=Words(en="Members by file", zh="会员导入导出"),
        group=FILES,
        about=Words(en="Bring members in from a spreadsheet, or take them out.", zh="用表格批量导入或导出会员。"),
        show=files.show,
        acts={"check": files.check, "import": files.take_in},
        read=SERVICE,
        write=MARKETING,
    ),
)
