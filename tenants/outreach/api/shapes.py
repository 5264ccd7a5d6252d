"""What travels over HTTP about outreach."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import UNSET, Meta, UnsetType

from tenants.kit.shapes import Shape
from tenants.outreach.rules.programmes import Channel  # noqa: TC001  msgspec reads it while running

State = Literal["ready", "sending", "sent", "unknown", "failed", "cancelled", "skipped"]
Subject = Annotated[str, Meta(min_length=1, max_length=200)]
Body = Annotated[str, Meta(min_length=1, max_length=20_000)]


class ProgrammeShown(Shape):
    """A standing rule of outreach. `send_hour` is by the clock of the member's zone, else the shop's."""

    id: str
    kind: str
    active: bool
    send_hour: int
    channels: list[str]
    needs_consent: bool
    gift_points: int
    gift_template: str | None
    leap_rule: str
    catch_up_days: int

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "prg_01kaecw0x5f3qs8q7t6v2m9d3a",
        "kind": "birthday",
        "active": True,
        "send_hour": 9,
        "channels": ["email", "in_app"],
        "needs_consent": True,
        "gift_points": 100,
        "gift_template": None,
        "leap_rule": "feb28",
        "catch_up_days": 3,
    }


class ProgrammeChange(Shape):
    """What to change; a field that is left out stays."""

    active: bool | UnsetType = UNSET
    send_hour: Annotated[int, Meta(ge=0, le=23)] | UnsetType = UNSET
    channels: list[Channel] | UnsetType = UNSET
    needs_consent: bool | UnsetType = UNSET
    gift_points: Annotated[int, Meta(ge=0, le=1_000_000)] | UnsetType = UNSET
    gift_template: str | UnsetType | None = UNSET
    leap_rule: Literal["feb28", "mar1"] | UnsetType = UNSET
    catch_up_days: Annotated[int, Meta(ge=0, le=30)] | UnsetType = UNSET

    EXAMPLE: ClassVar[dict[str, Any]] = {"active": True, "gift_points": 100, "channels": ["email", "in_app"]}


class DayShown(Shape):
    """How many members are greeted on a day."""

    day: date
    members: int

    EXAMPLE: ClassVar[dict[str, Any]] = {"day": "2026-11-22", "members": 3}


class ExpectedShown(Shape):
    """One greeting to come: whose, for which day, and from when it is sent."""

    member: str
    day: date
    sends_at: datetime

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "member": "mem_01kaecw0x5f3qs8q7t6v2m9d3b",
        "day": "2026-11-22",
        "sends_at": "2026-11-22T01:00:00Z",
    }


class ForecastShown(Shape):
    """The birthdays of the days to come; `first` lists up to 100 of them, the earliest first."""

    days: list[DayShown]
    members: int
    first: list[ExpectedShown]

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "days": [DayShown.EXAMPLE],
        "members": 3,
        "first": [ExpectedShown.EXAMPLE],
    }


class PreviewAsked(Shape):
    """For which member, on which channel, and in which language if not in theirs."""

    member: str
    channel: Channel = "email"
    language: Literal["en", "zh"] | None = None

    EXAMPLE: ClassVar[dict[str, Any]] = {"member": "mem_01kaecw0x5f3qs8q7t6v2m9d3b", "channel": "email"}


class PreviewShown(Shape):
    """The message as the member would get it; nothing was sent. The voucher's code is made up."""

    language: str
    to_address: str
    subject: str
    body: str
    html: str

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "language": "en",
        "to_address": "ann@example.com",
        "subject": "Happy birthday, Ann!",
        "body": "Dear Ann,\n…",
        "html": "<!doctype html>…",
    }


class TemplateShown(Shape):
    """What a kind of message says on a channel, as Liquid text, in both languages."""

    id: str
    kind: str
    channel: str
    subject_en: str
    subject_zh: str
    body_en: str
    body_zh: str
    updated_at: datetime

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "tpl_01kaecw0x5f3qs8q7t6v2m9d3a",
        "kind": "birthday",
        "channel": "in_app",
        "subject_en": "Happy birthday!",
        "subject_zh": "生日快乐！",
        "body_en": "Dear {{ member.name }}, …",
        "body_zh": "亲爱的{{ member.name }}：…",
        "updated_at": "2026-11-21T08:00:00Z",
    }


class TemplateChange(Shape):
    """What to change; a field that is left out stays."""

    subject_en: Subject | UnsetType = UNSET
    subject_zh: Subject | UnsetType = UNSET
    body_en: Body | UnsetType = UNSET
    body_zh: Body | UnsetType = UNSET

    EXAMPLE: ClassVar[dict[str, Any]] = {"subject_en": "Happy birthday, {{ member.name }}!"}


class MessageShown(Shape):
    """A message in the outbox and what became of it; text and address are there once it has been written."""

    id: str
    member: str
    occurrence: str
    channel: str
    test: bool
    language: str
    to_address: str
    subject: str
    body: str
    state: State
    reason: str
    attempts: int
    error: str
    created_at: datetime
    sent_at: datetime | None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "msg_01kaecw0x5f3qs8q7t6v2m9d3a",
        "member": "mem_01kaecw0x5f3qs8q7t6v2m9d3b",
        "occurrence": "2026",
        "channel": "email",
        "test": False,
        "language": "en",
        "to_address": "ann@example.com",
        "subject": "Happy birthday, Ann!",
        "body": "Dear Ann,\n…",
        "state": "sent",
        "reason": "",
        "attempts": 1,
        "error": "",
        "created_at": "2026-11-21T01:00:00Z",
        "sent_at": "2026-11-21T01:00:03Z",
    }


class Resolution(Shape):
    """`sent`: it did arrive. `resend`: send it again, at the risk of a second copy if it was unknown."""

    outcome: Literal["sent", "resend"]

    EXAMPLE: ClassVar[dict[str, Any]] = {"outcome": "resend"}


class InboxMessage(Shape):
    """A message in the member centre."""

    id: str
    title: str
    body: str
    created_at: datetime
    read_at: datetime | None

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": "msg_01kaecw0x5f3qs8q7t6v2m9d3a",
        "title": "Happy birthday!",
        "body": "Everyone at Acme wishes you a wonderful day.",
        "created_at": "2026-11-21T01:00:00Z",
        "read_at": None,
    }
