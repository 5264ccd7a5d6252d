"""Reads JSON bodies exactly: a number is a number, and `"10"` is not one.

Litestar reads bodies as leniently as query strings, where everything is text. A shape is therefore decoded here,
strictly and straight from the bytes, before Litestar sees it.
"""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import ValidationException

from tenants.kit.shapes import Shape


class StrictRequest(Request[Any, Any, Any]):
    """A request whose JSON body is decoded as the shape that its handler asks for."""

    __slots__ = ()

    async def json(self) -> Any:
        """The body as the handler's shape, else as plain JSON. Raises ValidationException, naming the place."""
        field = self.route_handler.parsed_data_field
        shape = field.annotation if field else None
        if not (isinstance(shape, type) and issubclass(shape, Shape)):
            return await super().json()
        return decode(shape, await self.body())


def decode(shape: type[Shape], body: bytes) -> Shape:
    """A body as a shape. Raises ValidationException, naming the place."""
    try:
        return msgspec.json.decode(body, type=shape, strict=True)
    except msgspec.ValidationError as error:
        told, _, place = str(error).partition(" - at `$")
        # msgspec says `$.items[...]` for the place; the caller knows the body by its fields.
        detail = {"key": place.rstrip("`").lstrip(".") or "body", "message": told}
        raise ValidationException("the body is not as expected", extra=[detail]) from None
    except (msgspec.DecodeError, UnicodeError) as error:
        raise ValidationException("the body is not JSON", extra=[{"key": "body", "message": str(error)}]) from None
