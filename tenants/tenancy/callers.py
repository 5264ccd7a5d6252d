"""Who is asking: the edge finds out and says it here; `api.py` files and audit trails read it."""

from __future__ import annotations

import contextvars
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tenants.kit.errors import NotAllowed
from tenants.kit.words import Words

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

CallerKind = Literal["server", "member", "staff", "operator", "worker", "stranger"]


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody known: `id` is the key's, the member's or the staff's; `name` is for the audit trail."""

    kind: CallerKind
    id: uuid.UUID | None = None
    name: str = ""
    role: str = ""

    @property
    def label(self) -> str:
        """How the caller is written down: `server:01a…`."""
        return f"{self.kind}:{self.id.hex if self.id else self.name}"


class MemberOnly(NotAllowed):
    """This is for members, with a member token."""

    code = "caller.member_only"
    sentence = Words(en="Sign in as a member first.", zh="请先以会员身份登录。")


STRANGER = Caller("stranger")
_current: contextvars.ContextVar[Caller] = contextvars.ContextVar("caller", default=STRANGER)


def current_caller() -> Caller:
    """Who is asking; a stranger where nobody has been recognised."""
    return _current.get()


def current_member() -> uuid.UUID:
    """The id of the member who is asking. Raises MemberOnly for anybody else."""
    caller = _current.get()
    if caller.kind != "member" or caller.id is None:
        raise MemberOnly
    return caller.id


@contextmanager
def calling(caller: Caller) -> Iterator[None]:
    """Inside, this caller is asking."""
    token = _current.set(caller)
    try:
        yield
    finally:
        _current.reset(token)
