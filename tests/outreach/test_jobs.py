"""From a birthday to the letter, as the workers go: planned, written, sent, each once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tenants.kit import clock
from tenants.kit.jobs import JOBS
from tenants.tenancy import use_tenant
from tenants.tenancy.engine import DB
from tests.make import outreach as make

if TYPE_CHECKING:
    from tests.conftest import Shop

# 09:30 in Shanghai, 5 May 2026
MORNING = datetime(2026, 5, 5, 1, 30, tzinfo=UTC)
BEFORE = MORNING - timedelta(days=30)


async def run(shop: Shop, name: str) -> datetime | None:
    """One run of a job, as the worker does it."""
    job = JOBS[name]
    with use_tenant(shop.tenant):
        if not job.transaction:
            return await job.run()
        async with DB.transaction():
            return await job.run()


async def test_a_member_is_greeted_on_their_birthday_by_a_letter_that_names_them(acme: Shop) -> None:
    with clock.at(BEFORE):
        async with acme.open():
            await make.switch_on()
            await make.birthday_member("ann", 5, 5)
            await make.birthday_member("bob", 5, 6)
    async with make.post_office() as office:
        with clock.at(MORNING):
            await run(acme, "outreach.plan_birthdays")
            await run(acme, "outreach.send")
            await run(acme, "outreach.plan_birthdays")
            await run(acme, "outreach.send")
    (mail,) = office.mails
    assert mail["Subject"] == "Happy birthday, ann!"
    assert mail["To"] == "ann <ann@members.example>"
    assert mail["From"] == "Acme <no-reply@mail.example>"
    assert [row["state"] for row in await acme.rows("SELECT state FROM __tenant__.message")] == ["sent"]
