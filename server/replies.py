"""A response held back until its transaction has ended, so that nothing is promised before it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from tenants.tenancy.replies import KeptReply

if TYPE_CHECKING:
    from litestar.types import Message, Send


@dataclass(slots=True)
class Reply:
    """The messages of one ASGI response, held."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    parts: list[bytes] = field(default_factory=list)

    async def take(self, message: Message) -> None:
        """Hold an ASGI message instead of sending it."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        elif message["type"] == "http.response.body":
            self.parts.append(message.get("body", b""))

    async def send(self, send: Send) -> None:
        """Send what was held."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": b"".join(self.parts), "more_body": False})

    def to_keep(self) -> KeptReply:
        """What a repeat of the request will be given."""
        content_type = next((value for name, value in self.headers if name.lower() == b"content-type"), b"")
        return KeptReply(self.status, content_type.decode("latin-1"), b"".join(self.parts))

    @classmethod
    def replay(cls, kept: KeptReply) -> Self:
        """The reply that was kept, marked as such."""
        headers = [
            (b"content-length", str(len(kept.body)).encode()),
            (b"idempotency-replayed", b"true"),
        ]
        if kept.content_type:
            headers.append((b"content-type", kept.content_type.encode("latin-1")))
        return cls(status=kept.status, headers=headers, parts=[kept.body])
