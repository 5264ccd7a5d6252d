"""Work that is marked is looked at, whoever dies when; nobody looks twice at once; nobody holds up the others."""

from __future__ import annotations

import asyncio
import itertools
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from tenants.kit import clock, ids, jobs
from tenants.tenancy import DB, due, registry, work

if TYPE_CHECKING:
    import uuid
    from collections.abc import AsyncIterator

    from tests.conftest import Shop


@pytest_asyncio.fixture(autouse=True)
async def _clean(acme: Shop, rival: Shop) -> AsyncIterator[None]:
    known = dict(jobs.JOBS)
    await DB.registry_fetch("DELETE FROM platform.due")
    yield
    await DB.registry_fetch("DELETE FROM platform.due")
    jobs.JOBS.clear()
    jobs.JOBS.update(known)
    assert acme.tenant.id != rival.tenant.id


async def row(shop: Shop, job: str = "test.job") -> dict[str, Any]:
    found = await DB.registry_fetch(
        "SELECT d.*, d.at <= clock_timestamp() AS ripe, d.lease_until > clock_timestamp() AS held, clock_timestamp() AS now"
        " FROM platform.due d WHERE tenant = $1 AND job = $2", shop.tenant.id, job)  # fmt: skip
    return dict(found[0])


async def age(seconds: float) -> None:
    """As if so much time had passed: the database's clock cannot be moved, so the rows are."""
    await DB.registry_fetch(
        "UPDATE platform.due SET at = at - $1::interval, recheck_at = recheck_at - $1::interval, lease_until = lease_until - $1::interval"
        " WHERE at <> 'infinity'", timedelta(seconds=seconds))  # fmt: skip
    await DB.registry_fetch(
        "UPDATE platform.due SET recheck_at = recheck_at - $1::interval, lease_until = lease_until - $1::interval WHERE at = 'infinity'",
        timedelta(seconds=seconds))  # fmt: skip


async def test_a_mark_is_claimed_once_by_many(acme: Shop) -> None:
    await due.mark(acme.tenant.id, "test.job")
    claims = await asyncio.gather(*(due.claim() for _ in range(15)))
    assert [(claimed.tenant, claimed.job) for batch in claims for claimed in batch] == [(acme.tenant.id, "test.job")]


async def test_a_mark_for_later_waits(acme: Shop) -> None:
    await due.mark(acme.tenant.id, "test.job", at=datetime.now(UTC) + timedelta(hours=1))
    assert await due.claim() == []
    await due.mark(acme.tenant.id, "test.job", at=datetime.now(UTC) + timedelta(hours=2))
    assert (await row(acme))["at"] < datetime.now(UTC) + timedelta(minutes=61)
    await due.mark(acme.tenant.id, "test.job")
    assert len(await due.claim()) == 1


async def test_what_is_finished_waits_for_its_time_or_for_ever(acme: Shop) -> None:
    await due.mark(acme.tenant.id, "test.job", recheck=False)
    [claimed] = await due.claim()
    later = datetime.now(UTC) + timedelta(hours=3)
    await due.finish(claimed, next_at=later)
    assert (await row(acme))["at"] == later
    await due.mark(acme.tenant.id, "test.job", recheck=False)
    [claimed] = await due.claim()
    await due.finish(claimed, next_at=None)
    assert await DB.registry_fetch("SELECT FROM platform.due WHERE at = 'infinity' AND lease_until IS NULL")
    assert await due.claim() == []


async def test_a_mark_while_the_job_runs_is_looked_at_again_at_once(acme: Shop) -> None:
    await due.mark(acme.tenant.id, "test.job", recheck=False)
    [claimed] = await due.claim()
    await due.mark(acme.tenant.id, "test.job", recheck=False)
    assert await due.claim() == []
    await due.finish(claimed, next_at=datetime.now(UTC) + timedelta(days=1))
    [again] = await due.claim()
    assert again.token == claimed.token + 1
    await due.finish(again, next_at=None)
    assert await due.claim() == []


async def test_a_look_that_came_before_the_commit_is_followed_by_a_second(acme: Shop) -> None:
    """The process died between COMMIT and the second mark."""
    await due.mark(acme.tenant.id, "test.job")
    [claimed] = await due.claim()
    await due.finish(claimed, next_at=datetime.now(UTC) + timedelta(days=1))
    assert await due.claim() == []
    await age(due.RECHECK_SECONDS)
    [again] = await due.claim()
    await due.finish(again, next_at=None)
    assert await due.claim() == []
    await age(1000)
    assert await due.claim() == []


async def test_a_long_look_that_began_before_the_commit_is_followed_by_a_second(acme: Shop) -> None:
    await due.mark(acme.tenant.id, "test.job")
    [claimed] = await due.claim()
    await age(due.RECHECK_SECONDS + 5)  # so long did it take
    claimed = due.Claim(claimed.tenant, claimed.job, claimed.token, claimed.marks, claimed.failures,
                        claimed.at - timedelta(seconds=due.RECHECK_SECONDS + 5))  # fmt: skip
    await due.finish(claimed, next_at=None)
    assert len(await due.claim()) == 1


async def test_every_transaction_is_over_before_the_second_look(acme: Shop) -> None:
    async with acme.open():
        idle = await DB.fetchval(
            "SELECT setting::int FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'"
        )
        statement = await DB.fetchval("SELECT setting::int FROM pg_settings WHERE name = 'statement_timeout'")
    assert idle + statement < due.RECHECK_SECONDS * 1000


async def test_a_lease_that_ran_out_passes_on_and_fences_the_first(acme: Shop) -> None:
    await due.mark(acme.tenant.id, "test.job", recheck=False)
    [first] = await due.claim(lease_seconds=30)
    assert await due.extend(first)
    assert await due.claim() == []
    await age(due.LEASE_SECONDS + 1)
    [second] = await due.claim()
    assert second.token == first.token + 1
    assert not await due.extend(first)
    before = await row(acme)
    await due.finish(first, next_at=datetime.now(UTC) + timedelta(days=9))
    await due.fail(first, error="too late")
    after = await row(acme)
    assert {**before, "now": None} == {**after, "now": None}
    assert await due.extend(second)
    await due.finish(second, next_at=None)
    assert await due.claim() == []


async def test_a_failure_waits_longer_each_time_up_to_a_bound(acme: Shop) -> None:
    await due.mark(acme.tenant.id, "test.job", recheck=False)
    waits = []
    for number in range(14):
        [claimed] = await due.claim()
        assert claimed.failures == number
        await due.fail(claimed, error="x" * 1000)
        found = await row(acme)
        waits.append((found["at"] - found["now"]).total_seconds())
        assert (found["failures"], found["lease_until"], len(found["last_error"])) == (number + 1, None, 300)
        assert await due.claim() == []
        await age(1000)
    assert all(early < late + 0.5 for early, late in itertools.pairwise(waits))
    assert 1 < waits[0] < 3
    assert max(waits) <= 900
    [claimed] = await due.claim()
    await due.finish(claimed, next_at=None)
    assert ((await row(acme))["failures"], (await row(acme))["last_error"]) == (0, "")


async def test_a_shop_is_served_one_job_at_a_time_the_longest_waiting_first(acme: Shop, rival: Shop) -> None:
    start = datetime.now(UTC) - timedelta(hours=1)
    for number in range(10):
        await due.mark(acme.tenant.id, f"test.job{number}", at=start + timedelta(seconds=number))
    await due.mark(rival.tenant.id, "test.job", at=start + timedelta(minutes=30))
    claims = await due.claim(most=20)
    assert {(claimed.tenant, claimed.job) for claimed in claims} == {
        (acme.tenant.id, "test.job0"),
        (rival.tenant.id, "test.job"),
    }
    assert await due.claim(most=20) == []
    for claimed in claims:
        await due.finish(claimed, next_at=None)
    [claimed] = await due.claim(most=20)
    assert (claimed.tenant, claimed.job) == (acme.tenant.id, "test.job1")


async def test_a_busy_shop_does_not_starve_another(acme: Shop, rival: Shop) -> None:
    for number in range(200):
        await due.mark(acme.tenant.id, f"test.job{number}", at=datetime.now(UTC) - timedelta(hours=1))
    await due.mark(rival.tenant.id, "test.job")
    taken: list[uuid.UUID] = []
    for _ in range(3):
        taken += [claimed.tenant for claimed in await due.claim(most=2)]
    assert rival.tenant.id in taken[:2]


async def test_a_suspended_shop_is_left_alone(acme: Shop, rival: Shop) -> None:
    for shop in (acme, rival):
        await due.mark(shop.tenant.id, "test.job")
    await registry.set_state("acme", "suspended")
    try:
        assert [claimed.tenant for claimed in await due.claim()] == [rival.tenant.id]
    finally:
        await registry.set_state("acme", "active")
    assert [claimed.tenant for claimed in await due.claim()] == [acme.tenant.id]


async def test_planting_leaves_what_is_there_alone(acme: Shop) -> None:
    first, second = (datetime(2030, 1, day, tzinfo=UTC) for day in (1, 2))
    await due.plant(acme.tenant.id, {"test.job": first})
    await due.plant(acme.tenant.id, {"test.job": second, "test.other": second})
    assert ((await row(acme))["at"], (await row(acme, "test.other"))["at"]) == (first, second)
    await due.plant(acme.tenant.id, {})


# --- asking for work, and doing it -----------------------------------------------------------------------------------


def make_job(name: str, run: Any, **options: Any) -> jobs.Job:
    return jobs.job(name, **options)(run)


async def _nothing() -> None:
    return None


async def test_work_asked_for_is_marked_before_the_commit_and_again_after_it(acme: Shop) -> None:
    job = make_job("test.job", _nothing)
    marks = []
    async with acme.open():
        await job.later()
        await job.later()
        assert await DB.registry_fetch("SELECT FROM platform.due") == []
        DB.open_transaction().before_commit("look", lambda: look())

        async def look() -> None:
            marks.append((await row(acme))["marks"])

    assert marks == [1]
    assert (await row(acme))["marks"] == 2
    assert (await row(acme))["recheck_at"]


async def test_work_asked_for_in_a_transaction_that_rolls_back_costs_nothing(acme: Shop) -> None:
    job = make_job("test.job", _nothing)
    with pytest.raises(LookupError):
        async with acme.open():
            await job.later()
            raise LookupError
    assert await DB.registry_fetch("SELECT FROM platform.due") == []


async def test_a_mark_that_cannot_be_made_rolls_the_work_back(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    job = make_job("test.job", _nothing)

    async def away(*_: object, **__: object) -> None:
        raise OSError("the registry is away")

    monkeypatch.setattr(due, "mark", away)
    with pytest.raises(OSError, match="away"):
        async with acme.open():
            await DB.fetch("INSERT INTO __tenant__.spent_token (digest, ends_at) VALUES ('x', '2030-01-01Z')")
            await job.later()
    assert await acme.value("SELECT count(*) FROM __tenant__.spent_token") == 0


@pytest.mark.parametrize("when", ["before", "after"])
async def test_work_is_never_lost_wherever_the_claim_falls(acme: Shop, when: str) -> None:
    """A worker looks between the mark and the commit, or between the commit and the second mark; then the web dies."""
    seen: list[int] = []

    async def run() -> None:
        seen.append(await DB.fetchval("SELECT count(*) FROM __tenant__.spent_token"))

    job = make_job("test.job", run)
    worker = asyncio.Event()
    looked = asyncio.Event()

    async def be_the_worker() -> None:
        await worker.wait()
        try:
            for claimed in await due.claim():
                await work.perform(claimed)
        finally:
            looked.set()

    task = asyncio.create_task(be_the_worker())

    async def let_it_look() -> None:
        worker.set()
        await looked.wait()

    async with acme.open():
        await DB.fetch("INSERT INTO __tenant__.spent_token (digest, ends_at) VALUES ('x', '2030-01-01Z')")
        await job.later()
        transaction = DB.open_transaction()
        if when == "before":
            transaction.before_commit("worker", let_it_look)
        else:
            transaction._after_commit = {"worker": let_it_look, **transaction._after_commit}
        transaction._after_commit.pop(("due", "test.job"))  # it dies before the second mark
    await task
    assert seen == [0 if when == "before" else 1]
    await age(due.RECHECK_SECONDS)
    for claimed in await due.claim():
        await work.perform(claimed)
    assert seen[-1] == 1


async def test_a_job_runs_in_its_tenant_and_says_when_next(acme: Shop, rival: Shop) -> None:
    seen: list[tuple[str, bool]] = []
    next_at = datetime.now(UTC) + timedelta(hours=5)

    async def run() -> datetime:
        from tenants.tenancy import current_tenant  # noqa: PLC0415  only this needs it

        seen.append((current_tenant().slug, DB.current_transaction.get() is not None))
        return next_at

    make_job("test.job", run)
    make_job("test.bare", run, transaction=False)
    await due.mark(acme.tenant.id, "test.job", recheck=False)
    await due.mark(rival.tenant.id, "test.bare", recheck=False)
    for claimed in await due.claim():
        assert await work.perform(claimed) == next_at
    assert sorted(seen) == [("acme", True), ("rival", False)]
    assert (await row(acme))["at"] == next_at


async def test_a_job_that_fails_keeps_nothing_and_is_tried_later(acme: Shop) -> None:
    async def run() -> None:
        await DB.fetch("INSERT INTO __tenant__.spent_token (digest, ends_at) VALUES ('x', '2030-01-01Z')")
        raise LookupError("no luck")

    make_job("test.job", run)
    await due.mark(acme.tenant.id, "test.job")
    [claimed] = await due.claim()
    with pytest.raises(LookupError):
        await work.perform(claimed)
    assert await acme.value("SELECT count(*) FROM __tenant__.spent_token") == 0
    found = await row(acme)
    assert (found["failures"], found["last_error"].partition(":")[0], found["ripe"]) == (
        1,
        "LookupError at test_due.py",
        False,
    )


async def test_a_job_that_nobody_knows_is_put_off_and_stops_nobody(acme: Shop) -> None:
    await due.mark(acme.tenant.id, "test.unheard_of")
    [claimed] = await due.claim()
    assert await work.perform(claimed) is None
    assert (await row(acme, "test.unheard_of"))["last_error"] == "no such job"


async def test_a_scheduled_job_comes_round_by_itself(acme: Shop) -> None:
    make_job("test.hourly", _nothing, every=jobs.hourly(minute=7))
    await work.plant_schedule(acme.tenant)
    first = (await row(acme, "test.hourly"))["at"]
    assert first > clock.now()
    await DB.registry_fetch("UPDATE platform.due SET at = clock_timestamp() WHERE job = 'test.hourly'")
    claimed = next(claimed for claimed in await due.claim() if claimed.job == "test.hourly")
    await work.perform(claimed)
    again = (await row(acme, "test.hourly"))["at"]
    assert again.minute == 7
    assert clock.now() < again <= clock.now() + timedelta(hours=1)


async def test_the_marks_of_a_shop_that_is_gone_are_gone(acme: Shop) -> None:
    make_job("test.job", _nothing)
    stranger = due.Claim(ids.new(), "test.job", 1, 1, 0, clock.now())
    assert await work.perform(stranger) is None
    await due.finish(stranger, next_at=None)
    assert await DB.registry_fetch("SELECT FROM platform.due WHERE tenant = $1", acme.tenant.id) == []
