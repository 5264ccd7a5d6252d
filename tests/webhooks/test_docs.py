"""What the API guide says of webhooks is so: its tables are those of the code, and its programs verify."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tenants.webhooks.rules import signing
from tests import tables_in_docs

if TYPE_CHECKING:
    from pathlib import Path

TEXT = tables_in_docs.API.read_text(encoding="utf-8")
SECRET = b"s" * 32
BODY = '{"type":"ping","timestamp":"2026-11-21T09:00:00Z","data":{"name":"好"}}'.encode()


def program(language: str) -> str:
    (found,) = re.findall(rf"^```{language} verify\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    return str(found)


def message(*, secrets: tuple[bytes, ...] = (SECRET,), at: datetime | None = None) -> dict[str, str]:
    return signing.signed(BODY, message_id="evt_1", at=at or datetime.now(UTC), using=secrets)


def test_the_tables_are_those_of_the_code() -> None:
    assert all(f"<!-- table: {name} -->" in TEXT for name in tables_in_docs.TABLES_OF_API)
    assert tables_in_docs.with_tables(TEXT, "en") == TEXT, "run `python -m tests.tables_in_docs`"


def messages() -> list[tuple[dict[str, str], bytes, bool]]:
    """Headers, body and whether they are sound; made when they are needed, for the programs look at the real time."""
    return [
        (message(), BODY, True),
        (message(secrets=(b"n" * 32, SECRET)), BODY, True),
        (message(secrets=(b"n" * 32,)), BODY, False),
        (message(), BODY + b" ", False),
        (message(at=datetime(2026, 1, 1, tzinfo=UTC)), BODY, False),
        (message() | {"webhook-id": "evt_2"}, BODY, False),
        (message() | {"webhook-signature": "v1,"}, BODY, False),
    ]


def test_the_python_program_takes_what_is_sound_and_nothing_else() -> None:
    found: dict[str, Any] = {}
    exec(program("python"), found)  # noqa: S102  it is what a reader would do
    for headers, body, sound in messages():
        if sound:
            found["verify"](headers, body, signing.show_secret(SECRET))
            continue
        with pytest.raises(ValueError, match=r"old|signed"):
            found["verify"](headers, body, signing.show_secret(SECRET))


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node here")
def test_the_node_program_takes_what_is_sound_and_nothing_else(tmp_path: Path) -> None:
    asked = [[headers, body.decode(), signing.show_secret(SECRET)] for headers, body, _ in messages()]
    path = tmp_path / "verify.cjs"
    path.write_text(
        f"{program('js')}\n"
        f"for (const [headers, body, secret] of {json.dumps(asked)}) {{\n"
        "  try { verify(headers, Buffer.from(body), secret); console.log(true); } catch { console.log(false); }\n}\n",
        encoding="utf-8",
    )
    told = subprocess.run(["node", str(path)], check=True, capture_output=True, text=True)
    assert [json.loads(line) for line in told.stdout.split()] == [sound for _, _, sound in messages()]
