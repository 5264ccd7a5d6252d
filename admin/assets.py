"""Sheets and scripts of the console's shell, each at an address that names what is in it, so it is kept for ever."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import NamedTuple

PAGES = Path(__file__).parent / "pages"
TOKENS = PAGES / "tokens.css"
"""Measures and colours, for the member centre, too."""
SHEETS = ("style.css", "builder.css", "cards.css", "charts.css")
HTMX = Path(__file__).parent.parent / "server" / "static" / "vendor" / "htmx-2.0.11" / "htmx.min.js"
IMMUTABLE = "public, max-age=31536000, immutable"


class Asset(NamedTuple):
    """One file as it is sent."""

    content: bytes
    media_type: str


@functools.cache
def assets() -> dict[str, Asset]:
    """Every asset by its name in the address."""
    sheet = b"\n".join(path.read_bytes() for path in (TOKENS, *(PAGES / "console" / name for name in SHEETS)))
    script = (PAGES / "console" / "console.js").read_bytes()
    return {
        f"console-{_digest(sheet)}.css": Asset(sheet, "text/css"),
        f"console-{_digest(script)}.js": Asset(script, "text/javascript"),
        "htmx-2.0.11.js": Asset(HTMX.read_bytes(), "text/javascript"),
    }


@functools.cache
def addresses() -> dict[str, str]:
    """What the layout refers to: `style`, `script` and `htmx`."""
    style, script, htmx = (f"/console/assets/{name}" for name in assets())
    return {"style": style, "script": script, "htmx": htmx}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
