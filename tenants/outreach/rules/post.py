"""The way to the post office: e-mail by SMTP, with an answer that says what is certain and what is not.

SMTP has no key by which a server would know a letter again. So it matters when a line breaks: before the letter's
text was handed over it was not accepted; after that, nobody can say. Such a letter is *unknown* and is not sent
again by itself, unless the relay is known to drop a second letter with the same Message-ID (`?dedupes=1`).
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING, Literal, Self
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib

from tenants.kit import clock

if TYPE_CHECKING:
    from types import TracebackType

    from tenants.tenancy import Tenant

Fate = Literal["sent", "again", "failed", "unknown", "down"]
NO_ANSWER = "no answer in time"
_CERTAIN_NO = 500
# What email's own parser and folder raise about odd addresses, names and bytes.
_CANNOT_BE_WRITTEN = (ValueError, LookupError, AttributeError, MessageError)
# With these a display name needs quotes, and folding loses quotes.
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('()<>[]:;@\\,."', " "))


@dataclass(frozen=True, slots=True)
class Office:
    """Where letters are handed in, who they come from, and at which address a shop is reached (`{host}` is filled)."""

    smtp_url: str = field(repr=False)
    mail_from: str
    shop_address: str = "http://{host}"
    base_domain: str = "localhost"
    lease_seconds: float = 60.0

    @property
    def dedupes(self) -> bool:
        """Whether the relay drops a second letter with the same Message-ID."""
        return parse_qs(urlsplit(self.smtp_url).query).get("dedupes") == ["1"]

    @property
    def domain(self) -> str:
        """The domain of the sender, in which Message-IDs are made."""
        return parseaddr(self.mail_from)[1].rpartition("@")[2] or "localhost"

    def address_of(self, tenant: Tenant) -> str:
        """The address under which a shop's own pages are reached, without a slash at the end."""
        return self.shop_address.format(host=f"{tenant.slug}.{self.base_domain}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of handing in one letter; `down` says that the office could not be reached at all."""

    fate: Fate
    provider_id: str = ""
    error: str = ""

    @property
    def silent(self) -> bool:
        """Whether the office was reached and then let the time run out: the next letter would fare no better."""
        return self.error == NO_ANSWER


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail, finished."""

    message_id: str
    to_address: str
    to_name: str
    from_name: str
    subject: str
    text: str
    html: str
    unsubscribe_url: str


_office: list[Office] = []


def set_up(office: Office) -> None:
    """Say how this process sends; done once when it starts."""
    _office[:] = [office]


def office() -> Office:
    """How this process sends. Raises RuntimeError where nobody has said so."""
    if not _office:
        raise RuntimeError("this process cannot send: outreach.set_up was not called")
    return _office[0]


class Line:
    """A connection to the post office that is opened when first needed and used again; `async with` closes it."""

    def __init__(self, to: Office) -> None:
        self._office = to
        self._client: aiosmtplib.SMTP | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._hang_up()

    async def hand_in(self, letter: Letter) -> Outcome:
        """Hand a letter in, in less than half of a lease."""
        try:
            content = _compose(letter, sender=self._office.mail_from)
        except _CANNOT_BE_WRITTEN as error:
            return Outcome("failed", error=_say(error))
        stage = _Stage()
        try:
            async with asyncio.timeout(self._office.lease_seconds * 0.45):
                return await self._converse(letter, content, stage)
        except TimeoutError:
            self._drop()
            return Outcome("unknown" if stage.handed_over else "again", error=NO_ANSWER)

    async def _converse(self, letter: Letter, content: bytes, stage: _Stage) -> Outcome:
        used_before = self._client is not None and self._client.is_connected
        try:
            client = self._client if self._client and used_before else await self._dial()
        except (aiosmtplib.SMTPException, OSError) as error:
            return Outcome("down", error=_say(error))
        self._client = client
        try:
            await client.mail(parseaddr(self._office.mail_from)[1])
            await client.rcpt(letter.to_address)
            stage.handed_over = True
            reply = await client.data(content)
        except aiosmtplib.SMTPResponseException as error:
            await self._start_over(client)
            return Outcome("failed" if error.code >= _CERTAIN_NO else "again", error=f"{error.code} {error.message}")
        except ValueError as error:  # an address beyond ASCII, which this line cannot carry
            await self._start_over(client)
            return Outcome("failed", error=_say(error))
        except (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError, OSError) as error:
            self._drop()
            if used_before and not stage.handed_over:  # servers end idle lines and long ones; a fresh one may do
                return await self._converse(letter, content, stage)
            error_said = NO_ANSWER if isinstance(error, TimeoutError) else _say(error)
            return Outcome("unknown" if stage.handed_over else "again", error=error_said)
        return Outcome("sent", provider_id=reply.message[:255])

    async def _dial(self) -> aiosmtplib.SMTP:
        url = urlsplit(self._office.smtp_url)
        options = parse_qs(url.query)
        client = aiosmtplib.SMTP(
            hostname=url.hostname,
            port=url.port,
            username=unquote(url.username) if url.username else None,
            password=unquote(url.password) if url.password else None,
            use_tls=url.scheme == "smtps",
            start_tls=True if options.get("starttls") == ["1"] else None,
            local_hostname=self._office.domain,
            timeout=self._office.lease_seconds * 0.4,
        )
        await client.connect()
        return client

    async def _start_over(self, client: aiosmtplib.SMTP) -> None:
        try:
            await client.rset()
        except (aiosmtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    async def _hang_up(self) -> None:
        if self._client is not None and self._client.is_connected:
            with contextlib.suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await self._client.quit(timeout=2)
        self._drop()


class _Stage:
    """Whether the letter's text may have left our hands."""

    handed_over = False


def _compose(letter: Letter, *, sender: str) -> bytes:
    """The letter as it goes over the line. Raises one of _CANNOT_BE_WRITTEN."""
    name, address = parseaddr(sender)
    mail = EmailMessage(policy=SMTP_POLICY)
    mail["From"] = Address(_display_name(letter.from_name or name), addr_spec=address)
    mail["To"] = Address(_display_name(letter.to_name), addr_spec=letter.to_address)
    mail["Subject"] = _one_line(letter.subject)
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = letter.message_id
    if letter.unsubscribe_url:
        mail["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    content = mail.as_bytes()
    _require_as_meant(content, names=mail.keys(), addresses={"From": address, "To": letter.to_address})
    return content


def _require_as_meant(content: bytes, *, names: list[str], addresses: dict[str, str]) -> None:
    """Read the letter as its receiver will. Raises ValueError if that finds other headers or other addresses."""
    found = message_from_bytes(content, policy=SMTP_POLICY)
    if found.keys() != names:
        raise ValueError("the letter would have other headers than were meant")
    for name, address in addresses.items():
        if [one.addr_spec for one in found[name].addresses] != [address]:
            raise ValueError(f"{name} would not be the one address that was meant")


def _display_name(text: str) -> str:
    return " ".join(_one_line(text.translate(_NOT_IN_NAMES)).split())


def _one_line(text: str) -> str:
    """Without control characters, and without encoded words (RFC 2047), which a header would decode: CVE-2024-6923."""
    return "".join(letter if letter.isprintable() else " " for letter in text).replace("=?", "= ?")


def _say(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:300]
