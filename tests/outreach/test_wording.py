"""What messages say of days."""

from __future__ import annotations

from datetime import UTC, datetime

from tenants.outreach.rules.wording import last_day


def test_the_last_day_is_that_of_the_shops_zone() -> None:
    assert last_day(datetime(2026, 3, 31, 16, tzinfo=UTC), "Asia/Shanghai") == "2026-03-31"


def test_the_calendars_end_has_a_last_day_in_every_zone() -> None:
    assert last_day(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), "Asia/Shanghai") == "9999-12-31"
