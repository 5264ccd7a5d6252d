"""Codes that cannot be guessed and that survive being typed: twelve random symbols and one that checks them.

The 31 symbols leave out 0, 1, I, L and O. 31 is prime, so a weighted sum that must vanish modulo 31 finds every
single wrong symbol and every two that were swapped. 31¹² codes are 59 bits. A seller's own codes, brought in by CSV,
are 8 to 40 letters and digits of any kind.

No code is ever written down in clear: it is found by a keyed hash and kept shut beside it, so that who holds the
database holds no voucher.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import Any

from tenants.kit import seals
from tenants.tenancy import current_tenant

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RANDOM_SYMBOLS = 12
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_PRIME = len(ALPHABET)
TEXT_MAX = 64
_PURPOSE = "voucher-code"
_OWN = re.compile(r"[0-9A-Z]{8,40}\Z")
_SEPARATORS = re.compile(r"[\s\-_.·‐-―−]+")
# The check symbol has the weight 13; multiplying by its inverse modulo 31 solves the sum for it.
_INVERSE = pow(RANDOM_SYMBOLS + 1, -1, _PRIME)


def make() -> str:
    """A fresh code of 13 symbols."""
    number = secrets.randbelow(_PRIME**RANDOM_SYMBOLS)
    symbols = []
    total = 0
    for weight in range(1, RANDOM_SYMBOLS + 1):
        number, value = divmod(number, _PRIME)
        symbols.append(ALPHABET[value])
        total += weight * value
    symbols.append(ALPHABET[-total * _INVERSE % _PRIME])
    return "".join(symbols)


def show(code: str) -> str:
    """The code in groups, as a person reads it: `7KQM-2XHD-94RTB`; a seller's own as it is."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}" if normalise(code) == code else code


def keep(code: str) -> tuple[bytes, bytes]:
    """How a code is written down: the keyed hash by which it is found, and the code itself, locked away."""
    shop = current_tenant().schema
    return seals.fingerprint(f"{_PURPOSE}/{shop}", code.encode()), seals.lock_away(_PURPOSE, code.encode(), owner=shop)


def kept(row: Any) -> str:
    """The code of a row that has `code` (in clear, from before) or `code_shut`, as a person reads it."""
    return show(row["code"] or read(row["code_shut"]))


def read(shut: bytes) -> str:
    """A code that was locked away."""
    return seals.take_out(_PURPOSE, shut, owner=current_tenant().schema).decode()


def fingerprints(text: str) -> list[bytes]:
    """Under what a typed code may be written down; what cannot be a code is looked for just as long, in vain."""
    return seals.fingerprints(f"{_PURPOSE}/{current_tenant().schema}", (canonical(text) or "").encode())


def canonical(text: str) -> str | None:
    """What is left of a typed code when case, width, spaces and dashes do not matter; None for what is none."""
    if len(text) > TEXT_MAX:
        return None
    code = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    return code if _OWN.match(code) else None


def normalise(text: str) -> str | None:
    """The code that somebody typed or pasted, or None for what cannot be one.

    Letters of either case, full-width forms, spaces and dashes are understood.
    """
    code = canonical(text)
    if code is None or len(code) != RANDOM_SYMBOLS + 1 or not all(symbol in _VALUES for symbol in code):
        return None
    return code if _sum(code) % _PRIME == 0 else None


def _sum(code: str) -> int:
    return sum(weight * _VALUES[symbol] for weight, symbol in enumerate(code, start=1))
