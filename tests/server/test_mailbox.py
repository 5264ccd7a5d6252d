"""The development mailbox, as SMTP client and browser see it."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
from contextlib import asynccontextmanager
from email.message import EmailMessage
from typing import TYPE_CHECKING

import aiosmtplib
import httpx
import pytest
from aiosmtpd.smtp import SMTP

from server.mailbox.letters import KEPT_MAX, Letters
from server.mailbox.page import create_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@asynccontextmanager
async def mailbox(folder: Path) -> AsyncIterator[tuple[int, httpx.AsyncClient]]:
    letters = Letters(folder)
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(letters), "127.0.0.1", 0)
    transport = httpx.ASGITransport(create_page(letters))  # type: ignore[arg-type]
    async with server, httpx.AsyncClient(transport=transport, base_url="http://mailbox") as client:
        yield server.sockets[0].getsockname()[1], client


def letter(subject: str, page: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "shop@example.com", "ann@example.com", subject
    mail.set_content("plain 文字")
    mail.add_alternative(page, subtype="html")
    return mail


async def test_a_letter_is_listed_and_shown_in_a_sandbox_without_scripts_and_foreign_requests(tmp_path: Path) -> None:
    async with mailbox(tmp_path) as (port, client):
        mail = letter("生日快乐 <b>", "<p>hello</p><script>alert(1)</script><img src='https://track.example/x.png'>")
        await aiosmtplib.send(mail, hostname="127.0.0.1", port=port)
        (row,) = (await client.get("/api/messages")).json()["data"]
        assert row["subject"] == "生日快乐 <b>"
        assert row["to"] == ["ann@example.com"]
        home = await client.get("/")
        assert "生日快乐 &lt;b&gt;" in home.text
        shown = await client.get(f"/letters/{row['id']}")
        assert '<iframe sandbox="allow-popups' in shown.text
        assert "allow-scripts" not in shown.text
        assert "<script>" not in shown.text
        page = await client.get(f"/letters/{row['id']}/html")
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert page.headers["content-security-policy"].startswith("sandbox")
        assert (await client.get(f"/api/messages/{row['id']}")).json()["text"] == "plain 文字\n"
    assert len(list(tmp_path.glob("*.eml"))) == 1


async def test_letters_outlive_a_restart_and_the_oldest_leave_the_memory(tmp_path: Path) -> None:
    for number in range(KEPT_MAX + 1):
        (tmp_path / f"{number:05}.eml").write_bytes(f"Subject: {number}\r\n\r\nx".encode())
    kept = [one.subject for one in Letters(tmp_path).newest_first()]
    assert len(kept) == KEPT_MAX
    assert kept[0] == str(KEPT_MAX)


async def test_a_letter_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    async with mailbox(tmp_path) as (_, client):
        assert (await client.get("/api/messages/nope")).status_code == 404


def test_it_does_not_start_in_production() -> None:
    environment = {**os.environ, "ENVIRONMENT": "production", "SECRET_KEY": "s" * 40, "DATABASE_URL": "postgresql://x"}
    done = subprocess.run(
        [sys.executable, "-m", "server.mailbox"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode != 0
    assert "development" in done.stderr


# The page reads these as headers and parts; email's parser raises on each of them one thing or another.
UNREADABLE = (
    b"To: (@x.y\r\nFrom: <@x.y\r\nSubject: odd\r\n\r\nthe text",
    b"To: a@[\r\n\r\nthe text",
    b"From: =?utf-8?q?=ff?= <a@x..y>\r\nTo: a@b\r\n\r\nthe text",
    b"Content-Type: multipart/alternative; boundary=\r\nSubject: \xff\xfe\r\n\r\nthe text",
    b"Content-Type: text/plain; charset=nobody-knows\r\nContent-Transfer-Encoding: base64\r\n\r\nthe text",
    b'Content-Type: ;;;\r\nContent-Disposition: ;\r\nTo: "\r\n\r\nthe text',
    b"",
)


@pytest.mark.parametrize("content", UNREADABLE)
async def test_a_letter_that_cannot_be_read_is_kept_and_stops_no_start(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "1.eml").write_bytes(content)
    (tmp_path / "2.eml").write_bytes(b"Subject: fine\r\n\r\nx")
    letters = Letters(tmp_path)
    assert [one.id for one in letters.newest_first()] == ["2", "1"]
    transport = httpx.ASGITransport(create_page(letters))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://mailbox") as client:
        for path in ("/", "/letters/1", "/letters/1/html", "/api/messages", "/api/messages/1"):
            assert (await client.get(path)).status_code == 200


async def test_a_letter_that_cannot_be_read_is_shown_as_it_came(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(UNREADABLE[1])
    (kept,) = Letters(tmp_path).newest_first()
    assert kept.text == "To: a@[\n\nthe text"


async def test_letters_can_be_read_by_nobody_else(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "mail"
    async with mailbox(folder) as (port, _):
        await aiosmtplib.send(letter("secret", "<p>link</p>"), hostname="127.0.0.1", port=port)
    (path,) = folder.glob("*.eml")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    folder.chmod(0o755)  # one that was made before
    Letters(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
