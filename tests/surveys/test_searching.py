"""By what open text is found: in Chinese, in English, and in both at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.surveys.rules import searching


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("The parcel came late, again!", "LATE parcel"),
        ("包装破损，客服态度很好", "态度"),
        ("包装破损，客服态度很好", "客服 包装"),
        ("包装破损，客服态度很好", "损"),
        ("我喜欢iPhone15的手机壳", "iphone15"),
        ("我喜欢iPhone15的手机壳", "手机壳"),
        ("ＡＢＣ１２３ full width", "abc123"),
        ("Die Straße", "STRASSE"),
        ("とても良い香り", "良い香り"),
        ("배송이 빨라요", "빨라"),
    ],
)
def test_a_text_is_found_by_what_stands_in_it(text: str, query: str) -> None:
    needed = searching.matching(query)
    assert needed
    assert set(needed) <= set(searching.tokens(text))


@pytest.mark.parametrize(
    ("text", "query"),
    [("The parcel came late", "early"), ("包装破损", "损包"), ("包装破损", "态度"), ("包装", "包装盒")],
)
def test_a_text_is_not_found_by_what_does_not(text: str, query: str) -> None:
    assert not set(searching.matching(query)) <= set(searching.tokens(text))


def test_a_query_of_signs_alone_asks_for_nothing() -> None:
    assert searching.matching(" ?!… ,，") == []


@given(st.text(max_size=2000))
def test_tokens_are_few_short_and_each_once(text: str) -> None:
    found = searching.tokens(text)
    assert len(found) == len(set(found)) <= searching.TOKENS_MAX
    assert all(0 < len(token) <= searching.TOKEN_LENGTH for token in found)


@given(st.text(max_size=60))
def test_every_text_is_found_by_itself(text: str) -> None:
    assert set(searching.matching(text)) <= set(searching.tokens(text))
