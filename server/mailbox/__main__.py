"""`python -m server.mailbox`: SMTP where SMTP_URL points, the page on MAILBOX_PORT; refuses to run in production."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from server.mailbox.letters import Letters
from server.mailbox.page import create_page
from server.settings import settings

FOLDER = Path(__file__).resolve().parents[2] / ".data" / "mail"
LETTER_BYTES_MAX = 10_000_000


def main() -> None:
    """Run until stopped."""
    if settings().production:
        sys.exit("The mailbox is for development: in production SMTP_URL names a real mail server.")
    asyncio.run(run())


async def run(folder: Path = FOLDER) -> None:
    """Listen for letters and show them."""
    from aiosmtpd.smtp import SMTP  # noqa: PLC0415  a developer's package, not in production images

    letters = Letters(folder)
    url = urlsplit(settings().smtp_url.get_secret_value())

    def answer() -> SMTP:
        return SMTP(letters, data_size_limit=LETTER_BYTES_MAX, enable_SMTPUTF8=True, hostname="mailbox.localhost")

    post = await asyncio.get_running_loop().create_server(answer, "127.0.0.1", url.port or 25)
    config = uvicorn.Config(
        create_page(letters), host="127.0.0.1", port=settings().mailbox_port, log_level="warning", access_log=False
    )
    async with post:
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    main()
