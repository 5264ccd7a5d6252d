"""News that goes down the list, names of jobs, and when a schedule comes round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from tenants.kit import clock, facts, jobs
from tenants.kit.errors import DomainError, Invalid, NotFound
from tenants.kit.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class _Sold:
    what: str


@dataclass(frozen=True)
class _Resold(_Sold):
    pass


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    known = dict(jobs.JOBS)
    yield
    jobs.JOBS.clear()
    jobs.JOBS.update(known)
    for fact in (_Sold, _Resold):
        facts._reactions.pop(fact, None)


async def test_a_fact_is_told_to_those_who_listen_one_after_the_other() -> None:
    heard: list[str] = []

    @facts.on(_Sold)
    async def first(fact: _Sold) -> None:
        heard.append(f"first {fact.what}")

    @facts.on(_Sold)
    async def second(fact: _Sold) -> None:
        heard.append(f"second {fact.what}")

    await facts.announce(_Sold("tea"))
    await facts.announce(_Resold("tea"))
    assert heard == ["first tea", "second tea"]


async def test_a_reaction_that_fails_fails_the_announcement() -> None:
    heard: list[str] = []

    @facts.on(_Sold)
    async def bad(fact: _Sold) -> None:
        raise LookupError(fact.what)

    @facts.on(_Sold)
    async def never(fact: _Sold) -> None:
        heard.append(fact.what)

    with pytest.raises(LookupError):
        await facts.announce(_Sold("tea"))
    assert heard == []


def test_two_jobs_cannot_have_one_name() -> None:
    async def run() -> None:
        return None

    made = jobs.job("test.once", transaction=False)(run)
    assert (made.name, made.transaction, made.every) == ("test.once", False, None)
    with pytest.raises(ValueError, match=r"test\.once"):
        jobs.job("test.once")(run)


def test_a_daily_job_comes_round_at_the_tenants_wall_clock() -> None:
    every = jobs.daily(time(3))
    assert every("Asia/Shanghai", datetime(2026, 1, 1, 18, 59, tzinfo=UTC)) == datetime(2026, 1, 1, 19, tzinfo=UTC)
    assert every("Asia/Shanghai", datetime(2026, 1, 1, 19, 0, tzinfo=UTC)) == datetime(2026, 1, 2, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca", "UTC"]
)
@pytest.mark.parametrize("at", [time(0), time(1, 30), time(2, 15), time(23, 59)])
def test_a_daily_job_comes_once_on_each_day_of_a_year_and_always_later(zone: str, at: time) -> None:
    every = jobs.daily(at)
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC)
    days = []
    while moment < datetime(2027, 1, 1, 12, tzinfo=UTC):
        following = every(zone, moment)
        assert moment < following < moment + timedelta(hours=27)
        days.append(clock.today(zone, following))
        moment = following
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]


def test_an_hourly_job_comes_once_an_hour() -> None:
    every = jobs.hourly(minute=15)
    assert every("Asia/Kathmandu", datetime(2026, 1, 1, 5, 14, 59, tzinfo=UTC)) == datetime(
        2026, 1, 1, 5, 15, tzinfo=UTC
    )
    assert every("UTC", datetime(2026, 1, 1, 5, 15, tzinfo=UTC)) == datetime(2026, 1, 1, 6, 15, tzinfo=UTC)


def test_an_error_speaks_both_languages_and_carries_its_facts() -> None:
    class TooMany(NotFound):
        code = "test.too_many"
        sentence = Words(en="Only {most} of them.", zh="最多 {most} 个。")

    error = TooMany(most=3)
    assert (error.say("en"), error.say("zh"), str(error)) == (
        "Only 3 of them.",
        "最多 3 个。",
        "test.too_many: Only 3 of them.",
    )
    problem = Invalid(param="name", problem=Words(en="too long", zh="过长"))
    assert (problem.say("en"), problem.say("zh")) == ("name cannot be used: too long", "name 无效：过长")
    assert DomainError().say("zh") == "操作未能完成。"
