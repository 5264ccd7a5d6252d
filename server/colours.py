"""Colours of a shop, made fit to read: whatever brand colour was chosen, text on it and text in it stays legible.

Contrast is that of WCAG 2.2 (relative luminance); 4.5 to 1 for text.
"""

from __future__ import annotations

import re

BRAND = "#c2410c"
"""Where a shop has not chosen any."""
TEXT_CONTRAST = 4.5
TINT = 0.12
"""How much of the brand is in `--brand-soft`."""
_HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")
_PAPER, _PAPER_DARK = "#ffffff", "#1b212c"
_BLACK, _WHITE = "#000000", "#ffffff"


def fit(colour: str) -> str:
    """The colour, in lower case, if it is one; else the product's own."""
    return colour.lower() if _HEX.match(colour) else BRAND


def contrast(one: str, other: str) -> float:
    """How well two colours stand out from each other, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tokens(brand: str) -> dict[str, dict[str, str]]:
    """For light and dark pages: the brand's ground, text upon it, and the brand as text."""
    on = max((_WHITE, _BLACK), key=lambda ink: contrast(ink, brand))
    return {
        "light": {"--brand": brand, "--on-brand": on, "--brand-ink": _until_legible(brand, paper=_PAPER, to=0)},
        "dark": {"--brand": brand, "--on-brand": on, "--brand-ink": _until_legible(brand, paper=_PAPER_DARK, to=255)},
    }


def stylesheet(brand: str) -> str:
    """The tokens as CSS."""
    light, dark = (
        ";".join(f"{name}:{value}" for name, value in chosen.items()) for chosen in tokens(fit(brand)).values()
    )
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _until_legible(colour: str, *, paper: str, to: int) -> str:
    """The colour, made darker or lighter step by step until it can be read on that paper, and on it when tinted."""
    tinted = _mix(paper, colour, TINT)
    for step in range(21):
        mixed = _mix(colour, _WHITE if to else _BLACK, step / 20)
        if min(contrast(mixed, paper), contrast(mixed, tinted)) >= TEXT_CONTRAST:
            return mixed
    return _WHITE if to else _BLACK


def _mix(one: str, other: str, share: float) -> str:
    """As `color-mix(in srgb, …)` does."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(here + (there - here) * share):02x}" for here, there in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  WCAG's own numbers
        for part in (each / 255 for each in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
