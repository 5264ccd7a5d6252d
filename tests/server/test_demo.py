"""The demo shops: made by the rules, safe to repeat, never in production."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from server import demo
from server.settings import settings
from tenants.kit import clock
from tenants.tenancy import DB, doctor, provisioning, registry, use_tenant
from tests.conftest import Shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from litestar import Litestar

COUNTS = (
    "staff",
    "member",
    "shop_order",
    "check_in",
    "voucher_template",
    "points_entry",
    "picture",
    "poll",
    "poll_ballot",
)


@pytest_asyncio.fixture
async def no_shops(database: str) -> AsyncIterator[None]:
    """A database without the demo shops, before and after."""
    assert database
    yield
    for shop in demo.SHOPS:
        try:
            await provisioning.drop(shop.slug)
        except registry.TenantUnknown:
            continue


async def counts(slug: str) -> dict[str, Any]:
    with use_tenant(await registry.by_slug(slug)):
        return {name: await DB.fetchval(f"SELECT count(*) FROM __tenant__.{name}") for name in COUNTS}


@pytest.mark.usefixtures("no_shops")
async def test_both_shops_are_made_whole_and_a_second_run_changes_nothing() -> None:
    told = await demo.make_all()
    assert [any("curl" in line for line in lines) for lines in told] == [True, True]
    before = [await counts(shop.slug) for shop in demo.SHOPS]
    for shop, found in zip(demo.SHOPS, before, strict=True):
        assert found["member"] == len(shop.buyers) + 1
        assert all(found.values()), found
        with use_tenant(await registry.by_slug(shop.slug)):
            assert await doctor.examine() == []
            assert await DB.fetchval("SELECT active FROM __tenant__.programme WHERE kind = 'birthday'")
    again = await demo.make_all()
    assert [any("sk_live_" in line for line in lines) for lines in again] == [False, False]
    assert [await counts(shop.slug) for shop in demo.SHOPS] == before
    assert any("sk_live_" in line for line in (await demo.make_all(new_key=True))[0])


@pytest.mark.usefixtures("no_shops")
async def test_somebody_has_their_birthday_on_every_day_it_is_run() -> None:
    await demo.make_all()
    with clock.at(clock.now() + timedelta(days=1)):
        await demo.make_all()
        for shop in demo.SHOPS:
            today = clock.today(shop.timezone)
            with use_tenant(await registry.by_slug(shop.slug)):
                born = await DB.fetchval(
                    "SELECT count(*) FROM __tenant__.member WHERE birth_calendar = 'solar' AND name = $1"
                    " AND birth_month = $2 AND birth_day = $3",
                    shop.birthday_child,
                    today.month,
                    today.day,
                )
            assert born == 1


@pytest.mark.usefixtures("no_shops")
async def test_what_it_tells_to_paste_checks_the_first_member_in(app: Litestar) -> None:
    [lines, _] = await demo.make_all()
    key = next(word for line in lines for word in line.split() if word.startswith("sk_live_"))
    [command] = [line for line in lines if line.startswith("TOKEN=")]
    path = command.split("demo.localhost:")[1].partition("/")[2].split()[0]
    shop = Shop(await registry.by_slug("demo"), app, key)
    token = (await shop.server().post(f"/{path}")).json()["token"]
    reply = await shop.client(Authorization=f"Bearer {token}").post("/v1/me/check-ins")
    assert reply.status_code == 201
    assert reply.json()["streak"] == demo.VISIT_DAYS + 1
    await shop.close()


@pytest.mark.parametrize(("setting", "value"), [("ENVIRONMENT", "production"), ("BASE_DOMAIN", "shops.example")])
async def test_in_production_and_off_localhost_it_is_refused(
    database: str, monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    assert database
    monkeypatch.setenv(setting, value)
    settings.cache_clear()
    try:
        with pytest.raises(demo.NotInProduction):
            await demo.make_all()
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    with pytest.raises(registry.TenantUnknown):
        await registry.by_slug("demo")
