"""Which language somebody reads, and what garbage in the header comes to."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.kit.words import LANGUAGES, Words, choose_language, language_of_reader, reading

HELLO = Words(en="Hello {name}", zh="你好 {name}")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-Hant-TW", "zh"),
        ("ZH", "zh"),
        ("en-GB", "en"),
        ("fr, de;q=0.9", "en"),
        ("fr, zh;q=0.1", "zh"),
        ("en;q=0.2, zh;q=0.3", "zh"),
        ("en;q=0, zh;q=0.001", "zh"),
        ("zh;Q=0.1, en;q=0.5", "en"),
        ("zh;q=0", "en"),
        ("en , zh", "en"),
        ("*", "en"),
        ("", "en"),
    ],
)
def test_the_language_that_is_wanted_most_is_chosen(header: str, language: str) -> None:
    assert choose_language(header) == language


@pytest.mark.parametrize("weight", ["inf", "nan", "1e9", "-1", "2", "1.5", "0_5", "abc", "", "0.5;x=1", "٠.٥"])
def test_a_malformed_weight_counts_as_zero(weight: str) -> None:
    assert choose_language(f"zh;q={weight}, en;q=0.1") == "en"


@pytest.mark.parametrize(
    ("locale", "language"), [("zh", "zh"), ("zh_TW", "zh"), ("zh-CN", "zh"), ("fr", "en"), ("", "en")]
)
def test_without_a_wish_the_fallback_counts(locale: str, language: str) -> None:
    assert choose_language("fr", fallback=locale) == language


@given(st.text(max_size=300))
def test_no_header_is_too_strange_to_be_answered(header: str) -> None:
    assert choose_language(header) in LANGUAGES


def test_an_endless_header_is_read_to_a_bound() -> None:
    assert choose_language("fr," * 100_000 + "zh") == "en"


def test_a_sentence_is_said_to_the_reader() -> None:
    assert HELLO.say(name="Li") == "Hello Li"
    with reading("zh"):
        assert HELLO.say(name="Li") == "你好 Li"
        assert HELLO.say("en", name="Li") == "Hello Li"
        with reading("en"):
            assert language_of_reader() == "en"
        assert language_of_reader() == "zh"
    assert language_of_reader() == "en"


def test_a_fact_is_never_taken_for_a_place_to_fill() -> None:
    assert HELLO.say(name="{0.__class__}") == "Hello {0.__class__}"
    assert Words(en="{}", zh="{x}").say() == "{}"


async def test_two_readers_at_once_each_hear_their_language() -> None:
    async def read(language: str) -> str:
        with reading(language):  # type: ignore[arg-type]
            await asyncio.sleep(0)
            return HELLO.say(name="x")

    said = await asyncio.gather(*(read(language) for language in ("zh", "en") * 50))
    assert said == ["你好 x", "Hello x"] * 50
