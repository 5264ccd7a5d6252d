"""Cursors that only we can write, each for one list of one tenant; money; shapes that take nothing unknown."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.kit import seals, shapes
from tenants.kit.errors import Invalid
from tenants.kit.shapes import Shape, money, page, read_cursor, write_cursor

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _secret() -> Iterator[None]:
    before = seals._secret[0]
    seals.seal_with("test-only")
    yield
    seals._secret[0] = before


@given(st.text(max_size=100).filter(lambda text: text.isprintable()), st.text(max_size=60))
def test_a_cursor_comes_back_in_its_own_list(position: str, scope: str) -> None:
    scope = scope.encode("utf-8", "replace").decode()
    assert read_cursor(write_cursor(position, scope=scope), scope=scope) == position


def test_no_cursor_is_the_first_page() -> None:
    assert read_cursor(None, scope="t_acme:members") is None


@pytest.mark.parametrize(
    "other", ["t_rival:members", "t_acme:orders", "t_acme:members:1", "", "t_acme:member", "t_acme:membersx"]
)
def test_a_cursor_is_of_no_use_in_another_list_or_shop(other: str) -> None:
    cursor = write_cursor("0190", scope="t_acme:members")
    with pytest.raises(Invalid) as caught:
        read_cursor(cursor, scope=other)
    assert caught.value.facts["param"] == "cursor"


def test_scope_and_position_do_not_run_into_each_other() -> None:
    with pytest.raises(Invalid):
        read_cursor(write_cursor("bc", scope="a"), scope="ab")


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_cursor_with_any_byte_changed_is_refused(place: int, change: int) -> None:
    cursor = write_cursor("0190aa", scope="s")
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    raw[place % len(raw)] ^= change
    with pytest.raises(Invalid):
        read_cursor(base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("="), scope="s")


@given(st.text(max_size=200))
def test_no_text_that_we_did_not_write_is_a_cursor(text: str) -> None:
    with pytest.raises(Invalid):
        read_cursor(text, scope="s")


def test_a_cursor_of_another_installation_is_refused() -> None:
    cursor = write_cursor("1", scope="s")
    seals.seal_with("another secret")
    with pytest.raises(Invalid):
        read_cursor(cursor, scope="s")


@dataclass
class _Row:
    id: int


def test_a_page_says_whether_there_is_more() -> None:
    rows = [_Row(number) for number in range(4)]
    first = page(rows, limit=3, scope="s")
    assert ([row.id for row in first.data], first.has_more) == ([0, 1, 2], True)
    assert read_cursor(first.next_cursor, scope="s") == "2"
    last = page(rows[:3], limit=3, scope="s")
    assert (len(last.data), last.has_more, last.next_cursor) == (3, False, None)
    assert page([], limit=3, scope="s") == shapes.Page(data=[], has_more=False)


@pytest.mark.parametrize("text", ["0", "0.01", "129", "129.0", "129.00", "9999999999.99", "1E2", "-0"])
def test_an_amount_has_two_decimals_and_is_never_negative(text: str) -> None:
    value = money(text, param="total")
    assert value == Decimal(text)
    assert value.as_tuple().exponent == -2
    assert not value.is_signed()


@pytest.mark.parametrize("text", ["", "x", "-0.01", "0.001", "10000000000", "NaN", "sNaN", "Infinity", "-Infinity", "1e400", "1e-400", "1,5", "9" * 500])  # fmt: skip
def test_what_is_not_an_amount_is_refused_by_name(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        money(text, param="total")
    assert caught.value.facts["param"] == "total"
    assert "129.00" in caught.value.say("zh")


class _Small(Shape):
    name: shapes.Short
    points: shapes.Points = 1


@pytest.mark.parametrize(
    "body",
    [b"{}", b'{"name": ""}', b'{"name": 1}', b'{"name": "a", "smuggled": 1}', b'{"name": "a", "points": 0}', b'{"name": "a", "points": "1"}',
     b'{"name": "a", "points": 1.5}', b'{"name": "a", "points": 9223372036854775808}', b'{"name": "' + b"a" * 101 + b'"}', b"[]", b"null"],
)  # fmt: skip
def test_a_shape_takes_nothing_but_what_it_says(body: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(body, type=_Small)
