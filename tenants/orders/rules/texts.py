"""Which texts are names."""

from __future__ import annotations

from tenants.kit.errors import Invalid
from tenants.kit.words import Words


def check_text(text: str, *, most: int, param: str) -> None:
    """Raise Invalid for a text that could not be read on a screen or found again."""
    if not 1 <= len(text) <= most or not text.isprintable() or text != text.strip():
        raise Invalid(
            param=param,
            problem=Words(
                en=f"use 1 to {most} printable characters, no space around them",
                zh=f"请使用 1 到 {most} 个可见字符，首尾不留空格",
            ),
        )
