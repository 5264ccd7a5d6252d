"""The addresses by which a survey is reached: a personal one for each invitation, and an open one.

A personal link holds the invitation's id under a seal of this installation and tenant, so it cannot be made up or
altered; for whom it is, until when, and whether it was revoked stands in the invitation, and is looked up each time.
A seal by a former secret still counts, so that links survive the rotation of secrets.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import uuid

from tenants.kit.seals import fingerprints
from tenants.surveys.rules.turning_away import InvitationUnknown
from tenants.tenancy import current_tenant

PERSONAL = "p"
OPEN = "o"
_ID_BYTES = 16
_SEAL_BYTES = 16
_KEY_BYTES = 18  # 24 letters: nobody finds one by trying
ADDRESS = "/m/survey/"


def write(invitation: uuid.UUID) -> str:
    """What stands in the personal link of an invitation."""
    return PERSONAL + _text(invitation.bytes + _seals(invitation)[0])


def read(token: str) -> uuid.UUID:
    """The invitation of a personal link that was written here, for this shop. Raises InvitationUnknown."""
    try:
        raw = base64.urlsafe_b64decode(token[len(PERSONAL) :].encode("ascii") + b"==")
    except (ValueError, UnicodeError):
        raise InvitationUnknown from None
    if len(raw) != _ID_BYTES + _SEAL_BYTES or not token.startswith(PERSONAL):
        raise InvitationUnknown
    invitation = uuid.UUID(bytes=raw[:_ID_BYTES])
    # Written back it must be the same text: base64 has several for the same bytes, and one link is enough.
    sealed = any(hmac.compare_digest(raw[_ID_BYTES:], seal) for seal in _seals(invitation))
    if not sealed or token != PERSONAL + _text(raw):
        raise InvitationUnknown
    return invitation


def new_key() -> str:
    """A key for an open link."""
    return OPEN + secrets.token_urlsafe(_KEY_BYTES)


def address(key: str) -> str:
    """Where in the member centre a personal link, an open key or a survey's own id (`sur_…`) is answered."""
    return ADDRESS + key


def _seals(invitation: uuid.UUID) -> list[bytes]:
    content = current_tenant().id.bytes + invitation.bytes
    return [each[:_SEAL_BYTES] for each in fingerprints("survey-link", content)]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
