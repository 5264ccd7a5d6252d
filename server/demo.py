"""Two shops to look at, in Chinese and in English, made up by ourselves; safe to repeat.

Everything goes through the same verbs as in a real shop. What is there already stays as it is, so a seller's changes
survive the next start; only somebody whose birthday is today is added every day, so that there is always a greeting.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import rich_click as click

from server import demo_poll, demo_surveys
from server.settings import settings
from server.terminal import out, run
from tenants import checkins, levels, mall, members, orders, outreach, points, profiles, staff, vouchers
from tenants.kit import clock, ids
from tenants.kit.errors import Refused
from tenants.kit.words import Language, Words
from tenants.members import Birthday
from tenants.tenancy import current_tenant, keys, provisioning, registry, use_tenant
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    import uuid

    from tenants.tenancy import Tenant

PASSWORD = "regulars-demo-shop"  # noqa: S105  printed on purpose; it is for localhost
DAYS_BACK = 40
VISIT_DAYS = 6


class NotInProduction(Refused):
    """The demo's passwords are known to everybody, so it is for development on localhost."""

    code = "demo.production"
    sentence = Words(
        en="The demo shops have well-known passwords and are made on localhost only, never in production.",
        zh="演示店铺使用公开的密码，只能在本机（localhost）创建，生产环境不予创建。",
    )


@dataclass(frozen=True, slots=True)
class Shop:
    """One of the two shops: what it is called and who its people are."""

    slug: str
    name: str
    timezone: str
    currency: str
    region: str
    language: Language
    source: str
    people: tuple[tuple[str, str], ...]
    buyers: tuple[str, ...]
    men: tuple[str, ...]
    birthday_child: str

    @property
    def address(self) -> str:
        """Where it is reached."""
        chosen = settings()
        return f"http://{self.slug}.{chosen.base_domain}:{chosen.port}"


SHOPS = (
    Shop(
        "demo", "熟客小店", "Asia/Shanghai", "CNY", "CN", "zh", "taobao",
        (("owner", "店主"), ("marketer", "运营"), ("agent", "客服"), ("analyst", "分析")),
        (
            "林晓雨", "陈思远", "王雅琴", "张子墨", "李梦洁", "刘浩然", "赵一诺", "黄诗涵",
            "周明轩", "吴佳怡", "徐若溪", "孙宇航", "胡静怡", "朱天佑", "高雨桐", "何俊杰",
            "郭心怡", "马思睿", "罗欣妍", "梁嘉豪", "宋语嫣", "郑凯文", "谢婉清", "韩沐阳",
        ),
        ("陈思远", "张子墨", "刘浩然", "周明轩", "孙宇航", "朱天佑", "何俊杰", "马思睿", "梁嘉豪", "郑凯文", "韩沐阳"),
        "今日寿星",
    ),
    Shop(
        "newleaf", "New Leaf Books", "America/New_York", "USD", "US", "en", "shopify",
        (("owner", "Olive Owner"), ("marketer", "Mark Eter"), ("agent", "Agnes Agent"), ("analyst", "Ana Lyst")),
        (
            "Ada Moore", "Ben Carter", "Clara Hughes", "Dan Ortiz", "Ella Brooks", "Finn Walsh", "Grace Kim",
            "Henry Diaz", "Iris Novak", "Jack Reed", "Kate Lowe", "Liam Ford", "Mia Stone", "Noah Price",
            "Opal Grant", "Paul Weber", "Quinn Hart", "Rosa Silva", "Sam Frost", "Tess Nolan", "Uma Patel",
            "Vera Blum",
        ),
        (
            "Ben Carter", "Dan Ortiz", "Finn Walsh", "Henry Diaz", "Jack Reed", "Liam Ford", "Noah Price",
            "Paul Weber", "Sam Frost",
        ),
        "Birthday Today",
    ),
)  # fmt: skip


@click.command("demo")
@click.option("--new-key", is_flag=True, help="Make and show a further secret key for each shop.")
def demo(*, new_key: bool) -> None:
    """Make the demo shops `demo` (Chinese) and `newleaf` (English), or complete what is there."""
    for lines in run(make_all(new_key=new_key)):
        out.print("\n".join(lines), soft_wrap=True, markup=False, highlight=False)
        out.print()


async def make_all(*, new_key: bool = False) -> list[list[str]]:
    """Make or complete both shops. Returns what to tell of each. Raises NotInProduction."""
    if settings().production or not settings().local:
        raise NotInProduction
    return [await _make(shop, new_key=new_key) for shop in SHOPS]


async def _make(shop: Shop, *, new_key: bool) -> list[str]:
    tenant = await _tenant(shop)
    with use_tenant(tenant):
        async with DB.transaction():
            if await members.find_by_external_id(_name(1)) is None:
                await _fill(shop)
            await _birthday_today(shop)
            await demo_surveys.make(shop.language, await _buyers(shop))
            first = await members.find_by_external_id(_name(1))
        key = await _key(tenant, new_key=new_key)
    return _told(shop, member=first.id if first else None, key=key)


async def _tenant(shop: Shop) -> Tenant:
    try:
        return await registry.by_slug(shop.slug)
    except registry.TenantUnknown:
        return await provisioning.create(
            slug=shop.slug, name=shop.name, timezone=shop.timezone, currency=shop.currency, locale=shop.language,
            region=shop.region)  # fmt: skip


async def _fill(shop: Shop) -> None:
    """Staff, members with birthdays, orders, visits, vouchers and the birthday programme, all or nothing."""
    for role, name in shop.people:
        await staff.create(
            username=f"{role}@{shop.slug}", name=name, password=PASSWORD, role=role, locale=shop.language
        )
    welcome, gift = await _templates(shop)
    await _offers(shop, welcome)
    moment = clock.now()
    with clock.at(moment - timedelta(days=DAYS_BACK)):
        buyers = [await _member(shop, number, name) for number, name in enumerate(shop.buyers, start=1)]
        await orders.take_in_many(_orders(shop, buyers, clock.now()))
    for days_ago in range(VISIT_DAYS, 0, -1):
        with clock.at(moment - timedelta(days=days_ago)):
            today = [buyer for place, buyer in enumerate(buyers) if place < 2 * days_ago + 1]
            await checkins.check_in_many([checkins.Visit(buyer, clock.now()) for buyer in today])
    await demo_poll.add(buyers, moment)
    # At hour 0, so that the greeting of a demo does not wait for the morning.
    await outreach.change_programme("birthday", active=True, send_hour=0, gift_points=88, gift_template=gift)


async def _templates(shop: Shop) -> tuple[uuid.UUID, uuid.UUID]:
    """Three vouchers; the welcome's and the birthday's are returned."""
    unit = Decimal(1) if shop.currency == "CNY" else Decimal("0.2")
    always = vouchers.Terms(state="active", validity="relative", valid_days=30)
    welcome = replace(
        always, name_en="Welcome: money off", name_zh="新客立减券", kind="amount", amount=25 * unit, stock=500,
        per_member_limit=1, claimable=True)  # fmt: skip
    large = replace(
        always, name_en="10 % off large orders", name_zh="满减九折券", kind="percent", percent=10,
        amount_max=100 * unit, threshold=500 * unit, stock=200, per_member_limit=2, claimable=True)  # fmt: skip
    birthday = replace(always, name_en="Birthday: free shipping", name_zh="生日包邮券", kind="free_shipping")
    await vouchers.create_template(large)
    return await vouchers.create_template(welcome), await vouchers.create_template(birthday)


async def _offers(shop: Shop, welcome: uuid.UUID) -> None:
    """What members work towards: levels, points that last a year, a mall, and a profile worth filling in."""
    unit = Decimal(1) if shop.currency == "CNY" else Decimal("0.2")
    await levels.change_policy(active=True)
    await points.change_policy(expiry="rolling", validity_months=12, rounding="month", value_amount=1 * unit)
    await orders.set_source(
        orders.Source(name=shop.source, display_name=shop.name, platform=_PLATFORMS[shop.source], refund_days=7)
    )
    live = mall.Terms(state="live", limit_month=5)
    for item, stock in (
        (replace(live, name_en="Money-off voucher", name_zh="立减券", kind="voucher", voucher_template=welcome,
                 points=100, cost=25 * unit), None),
        (replace(live, name_en="Enamel mug", name_zh="搪瓷杯", points=600, cost=18 * unit), 50),
        (replace(live, name_en="Canvas bag, points and cash", name_zh="帆布袋（积分加现金）", points=300,
                 cash=9 * unit, cost=22 * unit), 30),
    ):  # fmt: skip
        await mall.create_item(item, stock=stock)
    activity = await profiles.create_activity(
        profiles.Terms(name_en="Tell us about yourself", name_zh="完善资料", whole_points=50)
    )
    for place, (field, step, worth) in enumerate(
        (("phone", 1, 20), ("birthday", 1, 20), ("region", 2, 10), ("occupation", 2, 10))
    ):
        await profiles.set_question(activity, profiles.Question(field=field, step=step, position=place, points=worth))
    await profiles.change_activity(activity, {"state": "live"})


_PLATFORMS: dict[str, orders.Platform] = {"taobao": "taobao", "shopify": "shopify"}


async def _member(
    shop: Shop, number: int, name: str, *, birthday: Birthday | None = None, called: str = ""
) -> uuid.UUID:
    external_id = called or _name(number)
    lunar = number % 3 == 0 and shop.language == "zh"
    made = await members.create(
        {
            "external_id": external_id, "name": name, "email": f"{external_id}@example.com", "source": "demo",
            "gender": "male" if name in shop.men else "female", "locale": shop.language,
        },
        birthday=birthday or Birthday(number % 12 + 1, number % 28 + 1, 1980 + number, "lunar" if lunar else "solar"),
    )  # fmt: skip
    for channel in ("email", "in_app"):
        await members.set_consent(made.id, channel, granted=True, source="demo", evidence="made up for the demo")
    return made.id


def _orders(shop: Shop, buyers: list[uuid.UUID], start: datetime) -> list[orders.Incoming]:
    """Two or three orders a member: some cancelled, some refunded in part, and now and then told out of order."""
    told: list[orders.Incoming] = []
    for place, buyer in enumerate(buyers):
        for nth in range(2 + place % 2):
            at = start - timedelta(days=3 * (place % 9) + nth, hours=place + 3)
            amount = Decimal(39 + 17 * place % 260 + 40 * nth) + Decimal("0.90")
            endings: tuple[tuple[tuple[orders.Kind, Decimal | None], ...], ...] = (
                (("paid", amount), ("completed", amount)),
                (("paid", amount), ("completed", amount)),
                (("refunded", Decimal("12.50")), ("paid", amount), ("completed", amount)),
                (("completed", amount), ("paid", amount)),
                (("paid", amount), ("cancelled", None)),
            )
            told += [
                orders.Incoming(
                    source=shop.source, external_id=f"{shop.slug}-{place + 1:02}-{nth + 1}", member=buyer,
                    kind=kind, reference=kind, at=at + timedelta(hours=hours), amount=part, currency=shop.currency,
                    items=1 + nth)
                for hours, (kind, part) in enumerate(endings[(place + 2 * nth) % len(endings)])
            ]  # fmt: skip
    return told


async def _buyers(shop: Shop) -> list[uuid.UUID]:
    found = [await members.find_by_external_id(_name(number)) for number in range(1, len(shop.buyers) + 1)]
    return [member.id for member in found if member]


async def _birthday_today(shop: Shop) -> None:
    today = clock.today(current_tenant().timezone)
    called = f"birthday-{today:%m%d}"
    if await members.find_by_external_id(called) is None:
        await _member(shop, 1, shop.birthday_child, birthday=Birthday(today.month, today.day), called=called)


async def _key(tenant: Tenant, *, new_key: bool) -> str:
    """The secret key when it was made just now, else nothing: nobody can show a key a second time."""
    there = await DB.registry_fetch("SELECT 1 FROM platform.api_key WHERE tenant = $1 AND kind = 'secret'", tenant.id)
    if there and not new_key:
        return ""
    _, text = await keys.make(tenant.id, "secret", name="demo", app_secret=settings().secret_key.get_secret_value())
    return text


def _told(shop: Shop, *, member: uuid.UUID | None, key: str) -> list[str]:
    words = _CHINESE if shop.language == "zh" else _ENGLISH
    lines = [
        f"{shop.name}  {shop.address}",
        f"{words['admin']}  {shop.address}/admin",
        f"{words['logins']}  {', '.join(f'{role}@{shop.slug}' for role, _ in shop.people)}",
        f"{words['password']}  {PASSWORD}",
    ]
    if not key or member is None:
        return [*lines, f"{words['key']}  {words['later']}"]
    return [
        *lines,
        f"{words['key']}  {key}",
        words["curl"],
        _token_command(shop, member, key),
        f'curl -s -X POST {shop.address}/v1/me/check-ins -H "Authorization: Bearer $TOKEN"',
    ]


def _token_command(shop: Shop, member: uuid.UUID, key: str) -> str:
    address = f"{shop.address}/v1/members/{ids.show('mem', member)}/tokens"
    cut_out = """sed 's/.*"token":"\\([^"]*\\)".*/\\1/'"""
    return f"TOKEN=$(curl -s -X POST {address} -H 'Authorization: Bearer {key}' | {cut_out})"


_CHINESE = {
    "admin": "后台 ",
    "logins": "账号 ",
    "password": "密码 ",
    "key": "密钥 ",
    "later": "密钥仅在创建时显示一次；需要新的密钥：python3 dev.py cli demo --new-key",
    "curl": "让第一位会员签到（可直接粘贴）：",
}
_ENGLISH = {
    "admin": "Admin   ",
    "logins": "Logins  ",
    "password": "Password",
    "key": "Key     ",
    "later": "it was shown once, when it was made; for a new one: python3 dev.py cli demo --new-key",
    "curl": "Check the first member in (ready to paste):",
}


def _name(number: int) -> str:
    return f"demo-{number:02}"
