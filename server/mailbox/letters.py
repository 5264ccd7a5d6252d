"""The letters that came in: the last few hundred in memory, all of them as files."""

from __future__ import annotations

import email
import email.policy
import os
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from aiosmtpd.smtp import SMTP, Envelope, Session

KEPT_MAX = 300


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as it came in."""

    id: str
    received_at: datetime
    to: list[str]
    sender: str
    subject: str
    headers: list[tuple[str, str]]
    text: str
    html: str

    def summary(self) -> dict[str, Any]:
        """What a list shows."""
        return {
            "id": self.id,
            "received_at": self.received_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "to": self.to,
            "from": self.sender,
            "subject": self.subject,
        }

    def whole(self) -> dict[str, Any]:
        """Everything."""
        return {**self.summary(), "headers": self.headers, "text": self.text, "html": self.html}


class Letters:
    """Takes letters from the SMTP server and hands them to the page, the newest first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: OrderedDict[str, Letter] = OrderedDict()
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)  # letters hold links that sign in; also where the folder was there before
        for path in sorted(folder.glob("*.eml"))[-KEPT_MAX:]:
            self._keep(path.stem, path.read_bytes(), [], datetime.fromtimestamp(path.stat().st_mtime, UTC))

    def newest_first(self) -> list[Letter]:
        """All that are kept in memory."""
        return list(reversed(self._kept.values()))

    def find(self, name: str) -> Letter | None:
        """The letter by that id, or None."""
        return self._kept.get(name)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        """Keep what the SMTP server received."""
        del server, session
        moment = datetime.now(UTC)
        name = f"{moment:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
        content = envelope.original_content or b""
        with os.fdopen(
            os.open(self._folder / f"{name}.eml", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        ) as file:
            file.write(content)
        self._keep(name, content, list(envelope.rcpt_tos), moment)
        return f"250 kept as {name}"

    def _keep(self, name: str, content: bytes, to: list[str], moment: datetime) -> None:
        try:
            letter = _read(name, content, to, moment)
        except Exception as error:  # noqa: BLE001  email's parser raises all sorts; no letter may stop the mailbox
            letter = _unreadable(name, content, to, moment, error)
        self._kept[name] = letter
        while len(self._kept) > KEPT_MAX:
            self._kept.popitem(last=False)


def _read(name: str, content: bytes, to: list[str], moment: datetime) -> Letter:
    mail: EmailMessage = email.message_from_bytes(content, policy=email.policy.default)
    return Letter(
        id=name,
        received_at=moment,
        to=to or [str(mail.get("To", ""))],
        sender=str(mail.get("From", "")),
        subject=str(mail.get("Subject", "")),
        headers=[(key, str(value)) for key, value in mail.items()],
        text=_part(mail, "plain"),
        html=_part(mail, "html"),
    )


def _unreadable(name: str, content: bytes, to: list[str], moment: datetime, error: Exception) -> Letter:
    """The letter as it came, all of it as text."""
    text = content.decode(errors="replace").replace("\r\n", "\n")
    said = f"(unreadable: {type(error).__name__} / 无法解析)"
    return Letter(id=name, received_at=moment, to=to, sender="", subject=said, headers=[], text=text, html="")


def _part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    if found is None:
        return ""
    try:
        content = found.get_content()
    except (LookupError, UnicodeError):  # a character set that nobody knows
        return ""
    return content.replace("\r\n", "\n") if isinstance(content, str) else ""
