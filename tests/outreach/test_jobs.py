"""From a birthday to the letter, as the workers go: planned, written, sent, each once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tenants import vouchers
from tenants.kit import clock
from tenants.tenancy import doctor, use_tenant
from tests.make import outreach as make
from tests.make import vouchers as make_vouchers

if TYPE_CHECKING:
    from tests.conftest import Shop

# 09:30 in Shanghai, 5 May 2026
MORNING = datetime(2026, 5, 5, 1, 30, tzinfo=UTC)
BEFORE = MORNING - timedelta(days=30)


async def test_a_member_is_greeted_on_their_birthday_by_a_letter_that_names_them(acme: Shop) -> None:
    with clock.at(BEFORE):
        async with acme.open():
            await make.switch_on()
            await make.birthday_member("ann", 5, 5)
            await make.birthday_member("bob", 5, 6)
    async with make.post_office() as office:
        with clock.at(MORNING):
            await make.plan(acme)
            await make.send(acme)
            await make.plan(acme)
            await make.send(acme)
    (mail,) = office.mails
    assert mail["Subject"] == "Happy birthday, ann!"
    assert mail["To"] == "ann <ann@members.example>"
    assert mail["From"] == "Acme <no-reply@mail.example>"
    assert [row["state"] for row in await acme.rows("SELECT state FROM __tenant__.message")] == ["sent"]


async def test_the_gift_is_in_the_member_s_hands_and_in_the_letter_and_the_books_balance(acme: Shop) -> None:
    with clock.at(BEFORE):
        async with acme.open():
            template = await make_vouchers.voucher_template(stock=1)
            await make.switch_on(gift_points=88, gift_template=template)
            first = await make.birthday_member("ann", 5, 5)
            await make.birthday_member("bob", 5, 5)
    async with make.post_office() as office:
        with clock.at(MORNING):
            await make.plan(acme)
            await make.plan(acme)
            await make.send(acme)
        with use_tenant(acme.tenant):
            assert await doctor.examine() == []
    ann, bob = ("".join(mail.as_string() for mail in office.to(name)) for name in ("ann", "bob"))
    (voucher,) = await acme.rows("SELECT id, member FROM __tenant__.voucher")
    async with acme.open():
        codes = await vouchers.codes_of([voucher["id"]])
    assert voucher["member"] == first
    assert codes[voucher["id"]] in ann
    assert "Twenty off" in ann
    assert "until 2026-05-1" in ann
    assert "88 points" in bob  # the only voucher was gone; the points were not
    assert "Twenty off" not in bob
    assert await acme.value("SELECT sum(balance) FROM __tenant__.points_account") == 176
