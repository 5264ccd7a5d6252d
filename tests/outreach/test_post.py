"""What a letter says is what was meant: no name and no subject becomes a header, an address or a body."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tenants.outreach.rules.post import Letter, Line, office
from tests.make import outreach as make

PLAIN = Letter(
    message_id="<1@mail.example>", to_address="ann@members.example", to_name="Ann", from_name="Acme", subject="Hello",
    text="text\n", html="<p>text</p>", unsubscribe_url="https://shop.example/u/x",
)  # fmt: skip
HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted",
    "MIME-Version", "Content-Type",
]  # fmt: skip
HOSTILE = (
    "=?utf-8?q?=0d=0aReply-To=3A_x=40evil.example?= =?utf-8?q?=0d=0a=0d=0aYour_account_is_locked?=",
    "=?utf-8?b?QQ0KQmNjOiB4QGV2aWwuZXhhbXBsZQ==?=",
    "==??utf-8?q?=0d=0aBcc=3A_x=40evil.example?=",
    "Ann\r\nBcc: x@evil.example",
    "Ann\u2028Bcc: x@evil.example",
    "A very long name indeed that has to be folded somewhere, x@evil.example, " + "and goes on and on, " * 6,
    '"Ann" <x@evil.example>, (a comment) [b]; group: \\ "',
    "安" * 60 + ", x@evil.example",
    "安 =?utf-8?q?=0d=0aBcc=3A_x=40evil.example?= " * 3,
)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("where", ["to_name", "from_name", "subject"])
async def test_whatever_somebody_is_called_a_letter_has_its_own_headers_and_one_address(words: str, where: str) -> None:
    async with make.post_office() as post, Line(office()) as line:
        outcome = await line.hand_in(replace(PLAIN, **{where: words}))
    assert outcome.fate == "sent"
    (mail,) = post.mails
    assert mail.keys()[-len(HEADERS) :] == HEADERS
    assert "evil" not in "".join(mail.keys())
    assert [one.addr_spec for one in mail["To"].addresses] == ["ann@members.example"]
    assert [one.addr_spec for one in mail["From"].addresses] == ["no-reply@mail.example"]
    text = mail.get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines() == ["text"]


@pytest.mark.parametrize(
    "address",
    ["(@x.y", "<@x.y", "a@x..y", "a@[", "a@b, c@d.example", "a@b.example\r\nBcc: x@evil.example", "", "@", "a b@c.d",
     "=?utf-8?q?a=0d=0aBcc=3A_x=40evil.example?=@x.example"],
)  # fmt: skip
async def test_an_address_that_is_none_fails_and_nothing_is_handed_in(address: str) -> None:
    async with make.post_office() as post, Line(office()) as line:
        outcome = await line.hand_in(replace(PLAIN, to_address=address))
    assert outcome.fate == "failed"
    assert outcome.error
    assert post.mails == []


@pytest.mark.parametrize("name", ["Ann", "O'Hara-Smith", "安安", "Zoë 安", "A & B (1)"])
async def test_a_name_stays_a_name(name: str) -> None:
    async with make.post_office() as post, Line(office()) as line:
        assert (await line.hand_in(replace(PLAIN, to_name=name, subject=f"Hello, {name}!"))).fate == "sent"
    (mail,) = post.mails
    assert mail["To"].addresses[0].display_name == name.replace("(", " ").replace(")", " ").replace("  ", " ").strip()
    assert mail["Subject"] == f"Hello, {name}!"
