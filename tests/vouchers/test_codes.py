"""Codes find every slip of the finger and forgive the way in which they were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.vouchers.rules import codes

SYMBOLS = st.sampled_from(codes.ALPHABET)
CODES = st.builds(lambda _: codes.make(), st.integers())


@given(code=CODES, place=st.integers(0, 12), other=SYMBOLS)
def test_every_single_wrong_symbol_is_found(code: str, place: int, other: str) -> None:
    typed = code[:place] + other + code[place + 1 :]
    assert codes.normalise(typed) == (code if typed == code else None)


@given(code=CODES, first=st.integers(0, 12), second=st.integers(0, 12))
def test_every_swap_of_two_symbols_is_found(code: str, first: int, second: int) -> None:
    symbols = list(code)
    symbols[first], symbols[second] = symbols[second], symbols[first]
    typed = "".join(symbols)
    assert codes.normalise(typed) == (code if typed == code else None)


@given(code=CODES)
def test_a_code_is_understood_however_it_is_typed(code: str) -> None:
    wide = "".join(chr(ord(symbol) + 0xFEE0) for symbol in code)
    for typed in (
        code,
        codes.show(code),
        code.lower(),
        wide,
        f"  {codes.show(code)}\n",
        codes.show(code).replace("-", "—"),
    ):
        assert codes.normalise(typed) == code


@given(text=st.text(max_size=80))
def test_any_text_is_a_code_or_none_and_never_an_error(text: str) -> None:
    code = codes.normalise(text)
    assert code is None or len(code) == 13


@pytest.mark.parametrize("text", ["", "0" * 13, "I" * 13, "\x00" * 13, "2" * 14, "\ud800" * 13, "ß" * 13, "２" * 5000])
def test_what_cannot_be_a_code_is_none(text: str) -> None:
    assert codes.normalise(text) is None


def test_fresh_codes_differ_and_use_the_whole_alphabet() -> None:
    made = {codes.make() for _ in range(2_000)}
    assert len(made) == 2_000
    assert set("".join(made)) == set(codes.ALPHABET)
