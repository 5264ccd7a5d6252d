"""Unsubscribing with one click (RFC 8058): a sealed link that says whose consent on which channel is withdrawn."""

from __future__ import annotations

import base64
import binascii
import uuid

from tenants.kit import seals
from tenants.kit.errors import NotFound
from tenants.kit.words import Words
from tenants.members import set_consent
from tenants.outreach.rules.post import office
from tenants.tenancy import DB, current_tenant

_CHANNELS = {1: "email"}
_NUMBERS = {name: number for number, name in _CHANNELS.items()}
_ID_BYTES = 16


class LinkUnknown(NotFound):
    """The link is not one of this shop's."""

    code = "outreach.link_unknown"
    sentence = Words(
        en="This link is not valid. Open it again from the message, whole.", zh="链接无效，请从原邮件中完整打开。"
    )


def unsubscribe_url(member: uuid.UUID, channel: str) -> str:
    """The link for a member and a channel; empty for a channel from which one cannot unsubscribe this way."""
    number = _NUMBERS.get(channel)
    if number is None:
        return ""
    content = bytes([number]) + member.bytes
    token = base64.urlsafe_b64encode(content + seals.seal(_purpose(), content)).decode().rstrip("=")
    return f"{office().address_of(current_tenant())}/u/{token}"


def read_token(token: str) -> tuple[uuid.UUID, str]:
    """Member and channel of a link that this shop wrote. Raises LinkUnknown for any other text."""
    try:
        raw = base64.b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (ValueError, UnicodeError, binascii.Error):
        raise LinkUnknown from None
    content, seal = raw[: 1 + _ID_BYTES], raw[1 + _ID_BYTES :]
    if len(raw) != 1 + _ID_BYTES + seals.SEAL_BYTES or not seals.is_sealed(_purpose(), content, with_seal=seal):
        raise LinkUnknown
    return uuid.UUID(bytes=content[1:]), _CHANNELS[content[0]]


async def unsubscribe(token: str) -> None:
    """Withdraw the consent that the link is about. A second time changes nothing. Raises LinkUnknown."""
    member, channel = read_token(token)
    if not await DB.fetchval("SELECT 1 FROM __tenant__.member WHERE id = $1 AND state <> 'erased'", member):
        return  # whoever is gone gets nothing any more, which is what was asked for
    await set_consent(member, channel, granted=False, source="unsubscribe_link", evidence="one-click POST (RFC 8058)")


def _purpose() -> str:
    return f"unsubscribe:{current_tenant().id.hex}"
