"""How open text is found again: words of any script, and pairs of characters where a script has no spaces.

Chinese, Japanese and Korean text is not divided into words, so it is kept by its single characters and by each pair
that stands side by side; a search asks for the pairs, or for the one character where no more was typed.
"""

from __future__ import annotations

import re
import unicodedata

TOKENS_MAX = 400
TOKEN_LENGTH = 40
"""What the column holds; a longer word is found by its beginning."""
_WORDS = re.compile(r"[^\W_]+")
_CJK = re.compile(
    "([\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+)"
)


def tokens(text: str) -> list[str]:
    """What a text is found by: at most `TOKENS_MAX` different tokens, in the order in which they first occur."""
    found: dict[str, None] = {}
    for run, cjk in _runs(text):
        for token in (*run, *_pairs(run)) if cjk else (run[:TOKEN_LENGTH],):
            found.setdefault(token)
            if len(found) == TOKENS_MAX:
                return list(found)
    return list(found)


def matching(query: str) -> list[str]:
    """The tokens that a text must have, all of them, to be found by this query; none where it says nothing."""
    needed: dict[str, None] = {}
    for run, cjk in _runs(query):
        needed.update(dict.fromkeys((_pairs(run) or [run]) if cjk else [run[:TOKEN_LENGTH]]))
    return list(needed)[:TOKENS_MAX]


def _runs(text: str) -> list[tuple[str, bool]]:
    """Words, and runs of characters that stand without spaces, each with whether it is such a run.

    NFKC makes one of full-width and half-width forms; `casefold` of ẞ and ss. Folding may undo the normal form, so it
    is made again (Unicode 3.13, toNFKC_Casefold without the ignorable characters).
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return [
        (run, number % 2 == 1) for word in _WORDS.findall(folded) for number, run in enumerate(_CJK.split(word)) if run
    ]


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]
