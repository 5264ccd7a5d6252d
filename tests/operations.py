"""Every operation of the application, and for each a call that works: what the tests by enumeration are made of.

A new route must get an entry in `CALLS`; the tests name the one that is missing.
"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from server import openapi
from tenants.kit import ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from litestar import Litestar

    from tests.conftest import Shop

ID = re.compile(r"[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}\Z")
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Operation:
    """One documented operation."""

    id: str
    verb: str
    path: str
    described: dict[str, Any]

    @property
    def for_member(self) -> bool:
        return f"{self.path}/".startswith("/v1/me/")

    @property
    def for_shop(self) -> bool:
        return self.path.startswith("/v1/")

    @property
    def open(self) -> bool:
        return {} in self.described["security"]

    @property
    def unsafe(self) -> bool:
        return self.verb in UNSAFE

    @property
    def media_type(self) -> str:
        content = self.described.get("requestBody", {}).get("content", {})
        return next(iter(content), "")

    @property
    def path_names(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    @property
    def query_names(self) -> list[str]:
        return [one["name"] for one in self.described["parameters"] if one.get("in") == "query"]

    @property
    def example(self) -> Any:
        content = self.described.get("requestBody", {}).get("content", {})
        media: dict[str, Any] = next(iter(content.values()), {})
        examples = media.get("examples", {})
        return examples.get("example", {}).get("value")


def operations(app: Litestar) -> list[Operation]:
    """All of them, by path."""
    document = openapi.build(app)
    return [
        Operation(described["operationId"], verb.upper(), path, described)
        for path, item in document["paths"].items()
        for verb, described in item.items()
        if verb.upper() in UNSAFE | {"GET"}
    ]


@dataclass(frozen=True)
class Call:
    """What is sent: values for the path, the query and the body (JSON unless it is text); `caller` is a member's id."""

    path: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None
    caller: str = ""

    def changed(self, **changes: Any) -> Call:
        return replace(self, **changes)


async def send(client: httpx.AsyncClient, operation: Operation, call: Call, **headers: str) -> httpx.Response:
    """Send a call."""
    address = operation.path.format(**call.path)
    content = None
    if call.body is not None:
        content = call.body if isinstance(call.body, (bytes, str)) else json.dumps(call.body)
        headers = {"content-type": operation.media_type or "application/json", **headers}
    return await client.request(operation.verb, address, params=call.query, content=content, headers=headers)


@dataclass
class World:
    """A shop with something of everything in it, made through its API; `member` is who the member calls are about."""

    shop: Shop
    word: str
    member: str = ""
    other: str = ""
    known: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def member_id(self) -> UUID:
        return ids.read("mem", self.member)

    def name(self) -> str:
        """A fresh name for an occasion or an external id."""
        return f"{self.word}-{next(self._numbers)}"

    def client_for(self, operation: Operation, call: Call) -> httpx.AsyncClient:
        """Whoever may make this call."""
        if not operation.for_member:
            return self.shop.server()
        return self.shop.member(ids.read("mem", call.caller or self.member))

    async def post(self, address: str, body: Any = None, *, as_member: bool = False) -> dict[str, Any]:
        return await self.ask("POST", address, body, as_member=as_member)

    async def ask(self, verb: str, address: str, body: Any = None, *, as_member: bool = False) -> dict[str, Any]:
        client = self.shop.member(self.member_id) if as_member else self.shop.server()
        reply = await client.request(verb, address, json=body)
        assert reply.status_code < 300, (verb, address, reply.status_code, reply.text)
        found: dict[str, Any] = reply.json() if reply.content else {}
        return found

    async def new_member(self) -> str:
        made = await self.post("/v1/members", {"external_id": self.name(), "name": f"{self.word} member"})
        return str(made["id"])
