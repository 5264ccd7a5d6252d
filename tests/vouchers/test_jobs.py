"""What happens to vouchers by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tenants.kit import clock
from tenants.vouchers import jobs
from tests.make import vouchers as make
from tests.vouchers.books import balanced

if TYPE_CHECKING:
    import pytest

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)


async def test_the_job_goes_on_at_once_while_batches_are_full(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 2)
    with clock.at(NOON):
        async with acme.open():
            template = await make.voucher_template(valid_days=1)
            member = await make.shopper()
            for _ in range(3):
                await make.voucher(member, template)
    later = NOON + timedelta(days=1)
    with clock.at(later):
        async with acme.open():
            assert await jobs.expire.run() == later
        async with acme.open():
            assert await jobs.expire.run() is None
    assert await acme.value("SELECT count(*) FROM __tenant__.voucher WHERE state = 'expired'") == 3
    await balanced(acme)


def test_the_job_runs_every_hour() -> None:
    assert jobs.expire.every
    assert jobs.expire.every("Asia/Shanghai", NOON) == NOON + timedelta(minutes=5)
