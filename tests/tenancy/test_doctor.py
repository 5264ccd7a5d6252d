"""The nightly checks: each by itself, in time, and none in the way of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tenants.kit.checks import Check
from tenants.kit.jobs import JOBS
from tenants.kit.words import Words
from tenants.tenancy import DB, doctor, use_tenant

if TYPE_CHECKING:
    from tests.conftest import Shop

WORDS = Words(en="It holds.", zh="成立。")


@pytest.fixture
def _checks(monkeypatch: pytest.MonkeyPatch) -> None:
    checks = [
        Check("fails", "SELECT 1 / 0 AS broken", WORDS),
        Check("hangs", "SELECT pg_sleep(20)", WORDS),
        Check("many", "SELECT number, number * 2 AS twice FROM generate_series(1, 5000) AS number ORDER BY 1", WORDS),
        Check("holds", "SELECT id FROM __tenant__.member WHERE false", WORDS),
    ]
    monkeypatch.setattr(doctor, "gather_listed", lambda *_: checks)
    monkeypatch.setattr(doctor, "CHECK_SECONDS", 0.3)


@pytest.mark.usefixtures("_checks")
async def test_a_check_that_fails_or_hangs_does_not_stop_the_others_and_is_told(acme: Shop) -> None:
    with use_tenant(acme.tenant):
        found = {one.check.name: one for one in await doctor.examine()}
    assert set(found) == {"fails", "hangs", "many"}
    assert found["fails"].error == "DivisionByZeroError"
    assert found["hangs"].error in {"QueryCanceledError", "TimeoutError"}
    assert (found["many"].rows, found["many"].error) == (5000, "")
    assert found["many"].sample == [{"number": number, "twice": number * 2} for number in range(1, doctor.SAMPLE + 1)]


@pytest.mark.usefixtures("_checks")
async def test_a_check_that_fails_leaves_the_open_transaction_sound(acme: Shop) -> None:
    with use_tenant(acme.tenant):
        async with DB.transaction(seconds=0.3):
            found = {one.check.name for one in await doctor.examine()}
            assert await DB.fetchval("SELECT 1") == 1
    assert {"fails", "many"} <= found


@pytest.mark.usefixtures("_checks")
async def test_the_nightly_job_opens_a_transaction_for_each_and_ends_well(acme: Shop) -> None:
    job = JOBS["tenancy.check"]
    assert not job.transaction
    with use_tenant(acme.tenant):
        assert await job.run() is None
