"""Codes that cannot be guessed and that survive being typed: twelve random symbols and one that checks them.

The 31 symbols leave out 0, 1, I, L and O. 31 is prime, so a weighted sum that must vanish modulo 31 finds every
single wrong symbol and every two that were swapped. 31¹² codes are 59 bits.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RANDOM_SYMBOLS = 12
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_PRIME = len(ALPHABET)
_TEXT_MAX = 64
_SEPARATORS = re.compile(r"[\s\-_.·‐-―−]+")
# The check symbol has the weight 13; multiplying by its inverse modulo 31 solves the sum for it.
_INVERSE = pow(RANDOM_SYMBOLS + 1, -1, _PRIME)


def make() -> str:
    """A fresh code of 13 symbols."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_SYMBOLS))
    return body + ALPHABET[-_sum(body) * _INVERSE % _PRIME]


def show(code: str) -> str:
    """The code in groups, as a person reads it: `7KQM-2XHD-94RTB`."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def normalise(text: str) -> str | None:
    """The code that somebody typed or pasted, or None for what cannot be one.

    Letters of either case, full-width forms, spaces and dashes are understood.
    """
    if len(text) > _TEXT_MAX:
        return None
    code = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if len(code) != RANDOM_SYMBOLS + 1 or not all(symbol in _VALUES for symbol in code):
        return None
    return code if _sum(code) % _PRIME == 0 else None


def _sum(code: str) -> int:
    return sum(weight * _VALUES[symbol] for weight, symbol in enumerate(code, start=1))
