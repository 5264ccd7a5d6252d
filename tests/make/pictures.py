"""Pictures for tests, made in code."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def picture(
    size: tuple[int, int] = (40, 30), *, colour: Any = "teal", mode: str = "RGB", kind: str = "PNG", **more: Any
) -> bytes:
    """A file of one colour."""
    return packed(Image.new(mode, size, colour), kind, **more)


def packed(image: Image.Image, kind: str = "PNG", **more: Any) -> bytes:
    """An image as a file."""
    goal = io.BytesIO()
    image.save(goal, kind, **more)
    return goal.getvalue()


def read(content: bytes) -> Image.Image:
    """A file as an image."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image
