"""Names of things: there and back, in order, and nothing else."""

from __future__ import annotations

import contextlib
import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.kit import ids
from tenants.kit.errors import NotFound


@given(st.uuids(version=None))
def test_an_id_goes_out_and_comes_back(value: uuid.UUID) -> None:
    text = ids.show("mem", value)
    assert re.fullmatch(r"mem_[0-7][0-9a-hjkmnp-tv-z]{25}", text)
    assert ids.read("mem", text) == value


@given(st.lists(st.uuids(), min_size=2, max_size=20))
def test_the_outside_form_sorts_as_the_inside(values: list[uuid.UUID]) -> None:
    assert [ids.read("x", text) for text in sorted(ids.show("x", value) for value in values)] == sorted(values)


def test_fresh_ids_are_version_7_rising_and_never_the_same() -> None:
    made = [ids.new() for _ in range(20_000)]
    assert made == sorted(set(made))
    assert {value.version for value in made} == {7}
    assert {value.variant for value in made} == {uuid.RFC_4122}


@given(st.text(max_size=60))
def test_no_other_text_is_an_id(text: str) -> None:
    with contextlib.suppress(NotFound):
        assert ids.show("mem", ids.read("mem", text)) == text


GOOD = ids.show("mem", uuid.UUID("019ab2c3-d4e5-7f60-8123-456789abcdef"))


@pytest.mark.parametrize(
    "text",
    [
        "", "mem", "mem_", "_" + GOOD[4:], "pnt_" + GOOD[4:], GOOD[:-1], GOOD + "0", GOOD.upper(), GOOD[:-1] + "u",
        GOOD[:-1] + "I", GOOD + "\x00", " " + GOOD, GOOD + "\n", "mem_8" + "z" * 25, "mem_" + "z" * 26,
        GOOD[:-1] + "\ud800", GOOD[:-1] + "٣", "mem_" + "0" * 10_000, "mem__" + GOOD[4:], "4f0c48d4-ff3c-48fa-8fa3-4a1759b9a9f2",
    ],
)  # fmt: skip
def test_what_is_not_exactly_an_id_is_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        ids.read("mem", text)


def test_the_smallest_and_the_largest_fit() -> None:
    for number in (0, (1 << 128) - 1):
        assert ids.read("mem", ids.show("mem", uuid.UUID(int=number))).int == number
