"""The OpenAPI 3.1 document, made from the routes, and the page that shows it."""

from __future__ import annotations

from typing import Any

from litestar.openapi import OpenAPIConfig

CONFIG = OpenAPIConfig(title="Regulars", version="1", path="/docs")
ROUTES: list[Any] = []
