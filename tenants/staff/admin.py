"""The shop's people and what they have changed, at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit.desk import OWNER, AdminTable, Column, Form
from tenants.kit.words import Words
from tenants.staff.rules import people
from tenants.staff.tables import Audit, Staff

if TYPE_CHECKING:
    from uuid import UUID

GROUP = Words(en="Team", zh="团队")
LANGUAGES = {"zh": Words(en="Chinese", zh="中文"), "en": Words(en="English", zh="英文")}
ACTIONS = {
    "create": Words(en="Created", zh="新建"),
    "change": Words(en="Changed", zh="修改"),
    "delete": Words(en="Deleted", zh="删除"),
    "form": Words(en="Action", zh="操作"),
    "login": Words(en="Signed in", zh="登录"),
}


async def _take_on(values: dict[str, Any]) -> UUID:
    return await people.create(
        username=values["username"], password=values.get("password", ""), role=values.get("role", "analyst"),
        name=values.get("name", ""), locale=values.get("locale"))  # fmt: skip


async def _change(staff: UUID, values: dict[str, Any]) -> None:
    password = values.get("password", "")
    others = {name: value for name, value in values.items() if name != "password"}
    if others:
        await people.update(staff, **others)
    if password:
        await people.change_password(staff, new=password)


TABLES = (
    AdminTable(
        Staff,
        name=Words(en="Staff", zh="员工"),
        group=GROUP,
        help=Words(en="Who may sign in here, and as what.", zh="可以登录后台的人及其角色。"),
        columns=(
            Column("username", Words(en="User name", zh="用户名"), editable=True, first_only=True, required=True, filter=True),
            Column("name", Words(en="Name", zh="姓名"), editable=True, filter=True),
            Column("role", Words(en="Role", zh="角色"), choices=people.ROLES, editable=True, required=True, filter=True,
                   help=Words(en="Owner: everything. Marketer: activities, vouchers, messages, members. Agent: members, issuing. Analyst: reads only.",
                              zh="店主：全部权限。运营：活动、优惠券、消息和会员。客服：会员及发放。分析员：只读。")),
            Column("active", Words(en="Active", zh="启用"), editable=True, filter=True),
            Column("locale", Words(en="Language", zh="语言"), choices=LANGUAGES, editable=True),
            Column("created_at", Words(en="Since", zh="加入时间")),
            Column("seen_at", Words(en="Last seen", zh="最近活动"),
                   sql="SELECT max(s.seen_at) FROM __tenant__.staff_session s WHERE s.staff = t.id"),
            Column("browsers", Words(en="Browsers signed in", zh="已登录浏览器数"),
                   sql="SELECT count(*) FROM __tenant__.staff_session s WHERE s.staff = t.id AND s.expires_at > $2::timestamptz"),
        ),
        extras=(
            Column("password", Words(en="New password", zh="新密码"), editable=True,
                   help=Words(en="At least 10 characters. Left empty, the present one stays.", zh="至少 10 个字符；留空则不修改。")),
        ),
        readable=("name", "username"),
        read=OWNER,
        write=OWNER,
        create=_take_on,
        change=_change,
    ),
    AdminTable(
        Audit,
        name=Words(en="Audit trail", zh="操作记录"),
        group=GROUP,
        help=Words(en="Who changed what, with the values before and after.", zh="谁在何时修改了什么，以及修改前后的内容。"),
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("name", Words(en="Who", zh="操作人"), filter=True),
            Column("action", Words(en="What", zh="动作"), choices=ACTIONS, filter=True),
            Column("subject", Words(en="Of what", zh="对象"), filter=True),
            Column("row_id", Words(en="Row", zh="行"), filter=True, in_list=False),
            Column("before", Words(en="Before", zh="修改前"), kind="facts"),
            Column("after", Words(en="After", zh="修改后"), kind="facts"),
        ),
        order="-at",
        read=OWNER,
    ),
)  # fmt: skip
FORMS: tuple[Form, ...] = ()
