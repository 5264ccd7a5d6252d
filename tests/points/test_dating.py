"""Until when points last: the SQL of the ledger and its twin in Python say the same, and say what sellers mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants import points
from tenants.kit import clock
from tenants.kit.errors import Invalid
from tenants.points.rules.dating import TERM
from tests.make import points as make

if TYPE_CHECKING:
    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)  # noon in Shanghai
ZONES = [
    "Asia/Shanghai",
    "America/New_York",
    "Pacific/Apia",
    "Africa/Cairo",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "UTC",
]
ASK = f"""
SELECT term.ends AT TIME ZONE born.zone AS ends
FROM (SELECT $1::timestamptz AS moment, $2::text AS zone) born CROSS JOIN (
    SELECT $3::text AS expiry, $4::int AS validity_days, $5::int AS validity_months, $6::text AS rounding,
        $7::smallint[] AS calendar_days, $8::int AS minimum_days
) policy {TERM}
"""
MONTH_DAYS = [m * 100 + d for m in range(1, 13) for d in (1, 15, 28, 29, 30, 31) if d <= (29 if m == 2 else 30)]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    terms=st.builds(
        points.Terms,
        expiry=st.sampled_from(["never", "rolling", "calendar"]),
        validity_days=st.none() | st.integers(1, 2_000),
        validity_months=st.none() | st.integers(1, 120),
        rounding=st.sampled_from(["day", "month", "quarter", "half_year", "year"]),
        calendar_days=st.lists(st.sampled_from(MONTH_DAYS), min_size=1, max_size=20),
        minimum_days=st.integers(0, 500),
    ),
    moment=st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  naive bounds are asked for
    zone=st.sampled_from(ZONES),
)
async def test_the_statement_and_its_twin_agree(acme: Shop, terms: points.Terms, moment: datetime, zone: str) -> None:
    found = await acme.value(
        ASK, moment, zone, terms.expiry, terms.validity_days, terms.validity_months, terms.rounding,
        list(terms.calendar_days), terms.minimum_days)  # fmt: skip
    assert found == points.ends(terms, earned_at=moment, zone=zone)


async def last_day(acme: Shop, **changes: Any) -> date:
    """The last day of points that are earned at noon of 1 March 2026."""
    with clock.at(NOON):
        async with acme.open():
            await points.change_policy(**changes)
            found = await points.balance(await make.member(10))
    assert found.expiring_at is not None
    return clock.today("Asia/Shanghai", found.expiring_at - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("rounding", "last"),
    [
        ("day", date(2027, 4, 11)),
        ("month", date(2027, 4, 30)),
        ("quarter", date(2027, 6, 30)),
        ("half_year", date(2027, 6, 30)),
        ("year", date(2027, 12, 31)),
    ],
)
async def test_rolling_points_last_to_the_end_of_the_period(acme: Shop, rounding: str, last: date) -> None:
    told = await last_day(acme, expiry="rolling", validity_months=13, validity_days=10, rounding=rounding)
    assert told == last


async def test_points_end_on_the_next_of_the_fixed_days(acme: Shop) -> None:
    assert await last_day(acme, expiry="calendar", calendar_days=[331, 1231]) == date(2026, 3, 31)


async def test_young_points_stay_until_the_fixed_day_after(acme: Shop) -> None:
    assert await last_day(acme, expiry="calendar", calendar_days=[331, 1231], minimum_days=31) == date(2026, 12, 31)


async def test_a_date_that_this_year_does_not_have_is_the_last_of_its_month(acme: Shop) -> None:
    assert await last_day(acme, expiry="calendar", calendar_days=[229]) == date(2027, 2, 28)


async def test_a_change_of_policy_leaves_earned_points_their_date(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            await points.change_policy(expiry="rolling", validity_days=10)
            who = await make.member(10)
            before = await points.balance(who)
            await points.change_policy(expiry="never")
            await make.earned(who, 5)
            after = await points.balance(who)
    assert (after.expiring_at, after.expiring_points) == (before.expiring_at, 10)


@pytest.mark.parametrize(
    "changes",
    [
        {"expiry": "rolling"},
        {"expiry": "calendar"},
        {"expiry": "calendar", "calendar_days": [230]},
        {"expiry": "calendar", "calendar_days": [1301]},
        {"expiry": "calendar", "calendar_days": [100]},
        {"expiry": "calendar", "calendar_days": list(range(101, 122))},
        {"expiry": "inactivity"},
        {"expiry": "sometimes"},
        {"rounding": "week"},
        {"activity_whys": ["nothing"]},
        {"validity_months": 0},
        {"inactivity_days": -1},
        {"activation_days": 367},
        {"debt_max": -1},
        {"value_points": 0},
        {"value_amount": -1},
        {"adjustment_max": -1},
        {"notice_days": 400},
    ],
)
async def test_a_policy_that_makes_no_sense_is_refused_and_changes_nothing(acme: Shop, changes: dict[str, Any]) -> None:
    before = await acme.rows("SELECT * FROM __tenant__.points_policy")
    with pytest.raises(Invalid):
        async with acme.open():
            await points.change_policy(**changes)
    assert await acme.rows("SELECT * FROM __tenant__.points_policy") == before


async def test_a_policy_says_in_both_languages_what_it_means_today(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            told = points.describe(points.Policy(expiry="rolling", validity_months=12, rounding="year"))
            never = points.describe(points.Policy(activation_days=7))
    assert told.en == (
        "Points earned today, 2026-03-01, count from 2026-03-01 on and last until the end of 2027-12-31."
    )
    assert told.zh == "今天（2026-03-01）获得的积分自 2026-03-01 起可用，有效期至 2027-12-31 当天结束。"
    assert never.en == "Points earned today, 2026-03-01, count from 2026-03-08 on and never expire."
