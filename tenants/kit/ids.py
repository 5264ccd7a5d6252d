"""Names of things: UUIDv7 inside (RFC 9562), a prefix and 26 letters outside (`mem_06a1…`).

The outside form is Crockford's base 32 in lower case: no I, L, O, U, so it can be read over a telephone; it sorts
by time as the UUID does.
"""

from __future__ import annotations

import uuid

import uuid_utils

from tenants.kit.errors import NotFound

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_LENGTH = 26  # 130 bits hold the 128


def new() -> uuid.UUID:
    """A fresh UUIDv7."""
    return uuid.UUID(int=uuid_utils.uuid7().int)


def show(prefix: str, value: uuid.UUID) -> str:
    """The outside form of an id, e.g. `show("mem", id)`."""
    number = value.int
    letters = []
    for _ in range(_LENGTH):
        letters.append(_ALPHABET[number & 31])
        number >>= 5
    return f"{prefix}_{''.join(reversed(letters))}"


def read(prefix: str, text: str) -> uuid.UUID:
    """The id behind its outside form. Raises NotFound for anything else: a bad id is an id of nothing."""
    head, _, letters = text.partition("_")
    if head != prefix or len(letters) != _LENGTH:
        raise NotFound
    number = 0
    for letter in letters:
        value = _VALUES.get(letter)
        if value is None:
            raise NotFound
        number = number << 5 | value
    if number >> 128:
        raise NotFound
    return uuid.UUID(int=number)
