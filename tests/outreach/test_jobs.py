"""From a birthday to the letter, as the workers go: planned, written, sent, each once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tenants.kit import clock
from tests.make import outreach as make

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
