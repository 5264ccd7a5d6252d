"""Birthdays, programmes and post offices for tests; the first two are called inside `shop.open()`."""

from __future__ import annotations

import asyncio
import email
import email.policy
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from server.settings import settings
from tenants import members, outreach
from tenants.kit.jobs import JOBS
from tenants.kit.seals import seal_with
from tenants.tenancy import use_tenant
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import AsyncIterator, Awaitable, Callable
    from datetime import datetime
    from email.message import EmailMessage

    from tests.conftest import Shop


async def birthday_member(
    name: str,
    month: int,
    day: int,
    *,
    calendar: str = "solar",
    timezone: str | None = None,
    locale: str | None = None,
    email_consent: bool | None = True,
) -> uuid.UUID:
    """A member with a birthday, an address and consent to e-mail."""
    profile = {
        "external_id": name,
        "name": name,
        "email": f"{name}@members.example",
        "timezone": timezone,
        "locale": locale,
    }
    member = await members.create(profile, birthday=members.Birthday(month=month, day=day, calendar=calendar))  # type: ignore[arg-type]
    if email_consent is not None:
        await members.set_consent(member.id, "email", granted=email_consent, source="test", evidence="asked")
    return member.id


async def switch_on(**changes: Any) -> outreach.ProgrammeRow:
    """The birthday programme, on, by e-mail alone unless said otherwise."""
    return await outreach.change_programme("birthday", **{"active": True, "channels": ["email"], **changes})


Behaviour = str  # "250 …" and other replies are sent; "hang" keeps silent; "drop" cuts the line


@dataclass
class PostOffice:
    """A real SMTP server that does as it is told; `mails` are those that it has accepted."""

    port: int = 0
    dedupes: bool = False
    mails: list[EmailMessage] = field(default_factory=list)
    connections: int = 0
    at_rcpt: Callable[[str], Behaviour] = lambda _address: "250 OK"
    after_data: Callable[[str], Behaviour] = lambda _address: "250 accepted"
    striking: Callable[[str], Awaitable[bool]] | None = None
    _seen: set[str] = field(default_factory=set)
    _sessions: set[int] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}" + ("?dedupes=1" if self.dedupes else "")

    def to(self, name: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if name in str(mail["To"])]

    async def handle_EHLO(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        del server, envelope
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del session, options
        reply = self.at_rcpt(address)
        if reply == "drop":
            _cut(server)
        elif reply == "hang":
            await asyncio.Event().wait()
        elif reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        del session
        if self.striking and not await self.striking(str(envelope.mail_from)):
            return "451 nobody is there to hear this"
        reply = self.after_data(envelope.rcpt_tos[0])
        mail = email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
        if reply == "drop before accepting":
            _cut(server)
            return "451 gone"
        if not reply[0].isdigit() or reply.startswith("2"):
            identity = str(mail["Message-ID"])
            if not (self.dedupes and identity in self._seen):
                self.mails.append(mail)
            self._seen.add(identity)
        if reply == "drop":
            _cut(server)
        elif reply == "hang":
            await asyncio.Event().wait()
        return reply


@asynccontextmanager
async def post_office(*, lease_seconds: float = 60.0, dedupes: bool = False) -> AsyncIterator[PostOffice]:
    """A post office, and this process set up to send through it."""
    office = PostOffice(dedupes=dedupes)
    lines: list[SMTP] = []

    def answer() -> SMTP:
        lines.append(SMTP(office, hostname="post.example", enable_SMTPUTF8=True))
        return lines[-1]

    server = await asyncio.get_running_loop().create_server(answer, "127.0.0.1", 0)
    office.port = server.sockets[0].getsockname()[1]
    set_up(office.url, lease_seconds=lease_seconds)
    try:
        yield office
    finally:
        server.close()
        for line in lines:
            _cut(line)
            if line._handler_coroutine is not None:
                line._handler_coroutine.cancel()
                await asyncio.gather(line._handler_coroutine, return_exceptions=True)


def _cut(line: SMTP) -> None:
    if isinstance(line.transport, asyncio.Transport):
        line.transport.abort()


def set_up(url: str, *, lease_seconds: float = 60.0) -> None:
    """Have this process send through an SMTP server."""
    seal_with(settings().secret_key.get_secret_value())
    outreach.set_up(outreach.Office(url, "Regulars <no-reply@mail.example>", lease_seconds=lease_seconds))


async def run(shop: Shop, name: str) -> datetime | None:
    """One run of a job, as the worker does it."""
    job = JOBS[name]
    with use_tenant(shop.tenant):
        if not job.transaction:
            return await job.run()
        async with DB.transaction():
            return await job.run()


async def plan(shop: Shop) -> None:
    """Plan the birthdays that are due."""
    await run(shop, "outreach.plan_birthdays")


async def send(shop: Shop) -> datetime | None:
    """Empty the outbox."""
    return await run(shop, "outreach.send")


async def states(shop: Shop) -> dict[str, int]:
    """How many messages are in each state."""
    rows = await shop.rows("SELECT state, count(*) AS n FROM __tenant__.message GROUP BY state")
    return {row["state"]: row["n"] for row in rows}
