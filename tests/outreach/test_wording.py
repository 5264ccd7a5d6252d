"""What messages say of days."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tenants.outreach.rules.wording import Facts, TemplateFails, check_template, fill_in, last_day


def test_the_last_day_is_that_of_the_shops_zone() -> None:
    assert last_day(datetime(2026, 3, 31, 16, tzinfo=UTC), "Asia/Shanghai") == "2026-03-31"


def test_the_calendars_end_has_a_last_day_in_every_zone() -> None:
    assert last_day(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), "Asia/Shanghai") == "9999-12-31"


@pytest.mark.parametrize(
    "text",
    ["{{ 'x!' | base64_decode }}", "{{ '%00' | url_decode }}", "{{ member.name | sum }}",
     "{{ member.name | uniq: 0 }}", "{{ member.name | compact: 0 }}", "{{ 'NaN' | round }}",
     "{{ 'Infinity' | floor }}", "{{ 99999999999999 | date: '%Y' }}"],
)  # fmt: skip
def test_a_template_that_cannot_be_computed_is_told_and_not_saved(text: str) -> None:
    (problem,) = check_template(text)
    assert problem


@pytest.mark.parametrize(
    ("text", "name"),
    [("round", "NaN"), ("ceil", "Infinity"), ("date: '%Y'", "9" * 20), ("date: '%Y'", "9" * 12), ("url_decode", "%00")],
)  # fmt: skip
def test_a_name_with_which_a_filter_cannot_compute_is_the_templates_failure(text: str, name: str) -> None:
    with pytest.raises(TemplateFails):
        fill_in(f"{{{{ member.name | {text} }}}}", Facts(name, "Shop"))
