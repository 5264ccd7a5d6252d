"""What operators see and do: shops, their addresses and keys, each other, and work that is due. Nothing of a shop's."""

from __future__ import annotations

import functools
import secrets
import uuid
from typing import TYPE_CHECKING, Any

from admin import operators
from admin.reader import lay_out
from server.settings import settings
from tenants import staff
from tenants.kit import clock
from tenants.kit.desk import AdminTable, Column, Field, Form
from tenants.kit.errors import Invalid
from tenants.kit.words import LANGUAGES, Words
from tenants.tenancy import keys, provisioning, registry
from tenants.tenancy.current import use_tenant
from tenants.tenancy.engine import DB
from tenants.tenancy.tables import ApiKey, Due, Host, Operator, OperatorAudit, TenantRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admin.records import Records

OPERATORS = frozenset({"operator"})
SHOPS = Words(en="Shops", zh="商家")
RUNNING = Words(en="Running", zh="运行")
TEAM = Words(en="Team", zh="团队")
STATES = {
    "creating": Words(en="Being made", zh="创建中"),
    "active": Words(en="Active", zh="正常"),
    "suspended": Words(en="Suspended", zh="已暂停"),
}
KINDS = {
    "secret": Words(en="Secret (the shop's backend)", zh="密钥（商家服务器）"),
    "publishable": Words(en="Publishable (browser)", zh="公开密钥（网页）"),
    "signing": Words(en="Signing (who the member is)", zh="签名密钥（会员身份）"),
}
TABLES = (
    AdminTable(
        TenantRow, name=Words(en="Tenants", zh="商家列表"), group=SHOPS, order="slug", read=OPERATORS, readable=("name", "slug"),
        columns=(
            Column("slug", Words(en="Slug", zh="标识"), filter=True),
            Column("name", Words(en="Name", zh="名称"), filter=True),
            Column("state", Words(en="State", zh="状态"), choices=STATES, filter=True),
            Column("timezone", Words(en="Time zone", zh="时区"), filter=True),
            Column("currency", Words(en="Currency", zh="货币"), filter=True),
            Column("locale", Words(en="Language", zh="语言")),
            Column("region", Words(en="Region", zh="地区"), in_list=False),
            Column("revision", Words(en="Revision", zh="版本"), filter=True),
            Column("placement", Words(en="Placement", zh="所在数据库"), in_list=False),
            Column("created_at", Words(en="Since", zh="创建时间")),
        ),
    ),
    AdminTable(
        Host, name=Words(en="Hosts", zh="域名"), group=SHOPS, order="name", read=OPERATORS, write=OPERATORS, readable=("name",),
        create=None, direct=frozenset({"delete"}),
        help=Words(en="Further addresses of a shop; add one with the form.", zh="商家的其他访问域名；请用表单添加。"),
        columns=(
            Column("name", Words(en="Host", zh="域名"), filter=True),
            Column("tenant", Words(en="Tenant", zh="商家"), filter=True),
            Column("created_at", Words(en="Since", zh="添加时间")),
        ),
    ),
    AdminTable(
        ApiKey, name=Words(en="Keys", zh="接口密钥"), group=SHOPS, order="-created_at", read=OPERATORS, readable=("hint", "name"),
        columns=(
            Column("hint", Words(en="Key (part)", zh="密钥（部分）"), filter=True),
            Column("tenant", Words(en="Tenant", zh="商家"), filter=True),
            Column("kind", Words(en="Kind", zh="类型"), choices=KINDS, filter=True),
            Column("name", Words(en="Name", zh="名称"), filter=True),
            Column("origins", Words(en="Web origins", zh="网页来源")),
            Column("created_at", Words(en="Since", zh="创建时间")),
            Column("expires_at", Words(en="Ends", zh="到期时间"), filter=True),
        ),
    ),
    AdminTable(
        Due, name=Words(en="Due work", zh="待办任务"), group=RUNNING, order="at", read=OPERATORS,
        columns=(
            Column("job", Words(en="Job", zh="任务"), filter=True),
            Column("tenant", Words(en="Tenant", zh="商家"), filter=True),
            Column("at", Words(en="Next look", zh="下次运行"), filter=True),
            Column("lease_until", Words(en="Held until", zh="占用至")),
            Column("failures", Words(en="Failures", zh="失败次数"), filter=True),
            Column("last_error", Words(en="Last error", zh="最近错误"), filter=True),
        ),
    ),
    AdminTable(
        Operator, name=Words(en="Operators", zh="运营者"), group=TEAM, order="username", read=OPERATORS, readable=("username",),
        columns=(
            Column("username", Words(en="User name", zh="用户名"), filter=True),
            Column("active", Words(en="Active", zh="启用")),
            Column("created_at", Words(en="Since", zh="加入时间")),
        ),
    ),
    AdminTable(
        OperatorAudit, name=Words(en="Audit trail", zh="操作记录"), group=TEAM, order="-at", read=OPERATORS,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("operator", Words(en="Who", zh="操作人"), filter=True),
            Column("action", Words(en="What", zh="动作"), filter=True),
            Column("subject", Words(en="Of what", zh="对象"), filter=True),
            Column("row", Words(en="Row", zh="行"), filter=True),
            Column("before", Words(en="Before", zh="修改前"), kind="facts", in_list=False),
            Column("after", Words(en="After", zh="修改后"), kind="facts"),
        ),
    ),
)  # fmt: skip


async def _tenants() -> Mapping[str, Words]:
    return {
        tenant.slug: Words(f"{tenant.name} ({tenant.slug})", f"{tenant.name}（{tenant.slug}）")
        for tenant in await registry.everyone()
    }


async def _keys() -> Mapping[str, Words]:
    rows = await DB.registry_fetch(
        "SELECT k.id, k.hint, k.kind, t.slug FROM platform.api_key k JOIN platform.tenant t ON t.id = k.tenant"
        " WHERE k.expires_at IS NULL OR k.expires_at > $1 ORDER BY t.slug, k.created_at", clock.now())  # fmt: skip
    return {str(row["id"]): Words(*2 * (f"{row['slug']} · {row['kind']} · {row['hint']}",)) for row in rows}


async def _create_tenant(values: dict[str, Any]) -> Words:
    password = secrets.token_urlsafe(12)
    staff.check_username(values["owner"])  # before anything is made: the shop and its owner are two transactions
    app_secret = settings().secret_key.get_secret_value()
    tenant = await provisioning.create(
        slug=values["slug"], name=values["name"], timezone=values["timezone"], currency=values["currency"],
        locale=values["locale"], region=values["region"])  # fmt: skip
    with use_tenant(tenant):
        async with DB.transaction():
            await staff.create(username=values["owner"], password=password, role="owner", locale=values["locale"])
    _, secret = await keys.make(tenant.id, "secret", name="first", app_secret=app_secret)
    _, publishable = await keys.make(tenant.id, "publishable", name="first", app_secret=app_secret)
    address = f"{tenant.slug}.{settings().base_domain}"
    shown = f"{address} · {values['owner']} / {password} · {secret} · {publishable}"
    return Words(
        en=f"Made. Write this down, it is shown only once: {shown}",
        zh=f"已创建。以下内容只显示一次，请立即保存：{shown}",
    )


async def _suspend(values: dict[str, Any]) -> Words:
    await registry.set_state(values["tenant"], "suspended")
    return Words(en="The shop is suspended.", zh="商家已暂停。")


async def _resume(values: dict[str, Any]) -> Words:
    await registry.set_state(values["tenant"], "active")
    return Words(en="The shop is active again.", zh="商家已恢复。")


async def _make_key(values: dict[str, Any]) -> Words:
    tenant = await registry.by_slug(values["tenant"])
    origins = [origin.strip().lower().rstrip("/") for origin in values["origins"] or []]
    for origin in origins:
        scheme, separator, rest = origin.partition("://")
        if scheme not in {"http", "https"} or not separator or not rest or "/" in rest:
            raise Invalid(
                param="origins",
                problem=Words(
                    en="use origins such as https://shop.example", zh="请使用 https://shop.example 这样的来源"
                ),
            )
    _, text = await keys.make(
        tenant.id, values["kind"], name=(values["name"] or "")[:100], origins=origins,
        app_secret=settings().secret_key.get_secret_value())  # fmt: skip
    return _shown_once(text)


async def _rotate_key(values: dict[str, Any]) -> Words:
    _, text = await keys.rotate(uuid.UUID(values["key"]), app_secret=settings().secret_key.get_secret_value())
    return _shown_once(text)


async def _revoke_key(values: dict[str, Any]) -> Words:
    await keys.revoke(uuid.UUID(values["key"]))
    return Words(en="The key is revoked.", zh="密钥已停用。")


async def _add_host(values: dict[str, Any]) -> Words:
    await registry.add_host(values["tenant"], values["host"], base_domain=settings().base_domain)
    return Words(en="The shop is reached there too now.", zh="已可通过该域名访问商家。")


async def _add_operator(values: dict[str, Any]) -> Words:
    password = secrets.token_urlsafe(12)
    await operators.create(username=values["username"], password=password)
    return Words(
        en=f"Made. The password is shown only once: {password}", zh=f"已创建。密码只显示一次，请立即保存：{password}"
    )


def _shown_once(text: str) -> Words:
    return Words(en=f"The key is shown only once: {text}", zh=f"密钥只显示一次，请立即保存：{text}")


_TENANT = Field("tenant", Words(en="Tenant", zh="商家"), choices=_tenants)
_KEY = Field("key", Words(en="Key", zh="密钥"), choices=_keys)
FORMS = (
    Form(
        "create-tenant", Words(en="Create a tenant", zh="创建商家"),
        Words(en="Makes the shop, its owner and its first keys. The password and the keys are shown once.",
              zh="创建商家、店主账号和首批密钥；密码与密钥只显示一次。"),
        (
            Field("slug", Words(en="Slug", zh="标识"), help=Words(en="Its address: <slug>.<base domain>", zh="访问地址为 <标识>.<主域名>"), most=40),
            Field("name", Words(en="Name", zh="名称"), most=200),
            Field("owner", Words(en="Owner's user name", zh="店主用户名"), default="owner", most=100),
            Field("timezone", Words(en="Time zone", zh="时区"), default="Asia/Shanghai", most=64),
            Field("currency", Words(en="Currency", zh="货币"), default="CNY", most=3),
            Field("locale", Words(en="Language", zh="语言"), default="zh",
                  choices={code: Words(en={"en": "English", "zh": "Chinese"}[code], zh={"en": "英文", "zh": "中文"}[code]) for code in LANGUAGES}),
            Field("region", Words(en="Region of telephone numbers", zh="电话号码所属地区"), default="CN", most=2),
        ),
        _create_tenant, roles=OPERATORS, group=SHOPS,
    ),
    Form("suspend-tenant", Words(en="Suspend a tenant", zh="暂停商家"),
         Words(en="Refuses all its requests and holds all its work.", zh="拒绝其全部请求并停止其任务。"), (_TENANT,), _suspend,
         roles=OPERATORS, group=SHOPS),
    Form("resume-tenant", Words(en="Resume a tenant", zh="恢复商家"), Words(en="Serves it again.", zh="恢复服务。"), (_TENANT,), _resume,
         roles=OPERATORS, group=SHOPS),
    Form("add-host", Words(en="Add a host", zh="添加域名"), Words(en="A further address of a shop.", zh="为商家添加访问域名。"),
         (_TENANT, Field("host", Words(en="Host", zh="域名"), most=253)), _add_host, roles=OPERATORS, group=SHOPS),
    Form("make-key", Words(en="Make a key", zh="创建密钥"), Words(en="It is shown once.", zh="密钥只显示一次。"),
         (_TENANT, Field("kind", Words(en="Kind", zh="类型"), choices=KINDS), Field("name", Words(en="Name", zh="名称"), required=False, most=100),
          Field("origins", Words(en="Web origins", zh="网页来源"), kind="list", required=False,
                help=Words(en="For a publishable key: https://shop.example", zh="公开密钥可使用的网页来源，如 https://shop.example"))),
         _make_key, roles=OPERATORS, group=SHOPS),
    Form("rotate-key", Words(en="Rotate a key", zh="更换密钥"),
         Words(en="Makes a successor; the old key works for 24 hours more.", zh="生成新密钥，旧密钥再有效 24 小时。"), (_KEY,), _rotate_key,
         roles=OPERATORS, group=SHOPS),
    Form("revoke-key", Words(en="Revoke a key", zh="停用密钥"), Words(en="Ends it now.", zh="立即停用。"), (_KEY,), _revoke_key,
         roles=OPERATORS, group=SHOPS),
    Form("add-operator", Words(en="Add an operator", zh="添加运营者"), Words(en="The password is shown once.", zh="密码只显示一次。"),
         (Field("username", Words(en="User name", zh="用户名"), most=100),), _add_operator, roles=OPERATORS, group=TEAM),
)  # fmt: skip


@functools.cache
def operator_tables() -> dict[str, Records]:
    """The registry's tables on the operators' desk."""
    return lay_out(list(TABLES))


@functools.cache
def operator_forms() -> dict[str, Form]:
    """What operators can do."""
    return {form.slug: form for form in FORMS}
