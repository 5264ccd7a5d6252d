"""Programmes and their templates: what there is, and how staff change it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Language, Words
from tenants.outreach.rules import first_words
from tenants.outreach.rules.wording import BODY_MAX, SUBJECT_MAX, require_sound
from tenants.tenancy import DB, current_tenant, furnish
from tenants.tenancy.work import ask_for

if TYPE_CHECKING:
    from tenants.outreach.rules.birthdays import LeapRule

Channel = Literal["email", "in_app"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
PLANNING = "outreach.plan_birthdays"


class ProgrammeUnknown(NotFound):
    """No programme of that kind."""

    code = "outreach.programme_unknown"
    sentence = Words(en="There is no programme “{kind}”.", zh="没有触达计划“{kind}”。")


class TemplateUnknown(NotFound):
    """No message template by that id."""

    code = "outreach.template_unknown"
    sentence = Words(en="There is no such message template.", zh="没有该消息模板。")


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme as it stands."""

    id: uuid.UUID
    kind: str
    active: bool
    active_since: datetime | None
    send_hour: int
    channels: tuple[Channel, ...]
    needs_consent: bool
    gift_points: int
    gift_template: uuid.UUID | None
    leap_rule: LeapRule
    catch_up_days: int

    def was_active_before(self, moment: datetime) -> bool:
        """Whether it has been on since before `moment`: nobody is greeted for a day that was over by then."""
        return self.active and self.active_since is not None and self.active_since < moment


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template as it stands."""

    id: uuid.UUID
    kind: str
    channel: Channel
    subject_en: str
    subject_zh: str
    body_en: str
    body_zh: str
    updated_at: datetime

    def subject(self, language: Language) -> str:
        """The subject's Liquid text."""
        return self.subject_zh if language == "zh" else self.subject_en

    def body(self, language: Language) -> str:
        """The body's Liquid text."""
        return self.body_zh if language == "zh" else self.body_en


_PROGRAMME = (
    "id, kind, active, active_since, send_hour, channels, needs_consent, gift_points, gift_template, leap_rule,"
    " catch_up_days"
)
_TEMPLATE = "id, kind, channel, subject_en, subject_zh, body_en, body_zh, updated_at"
_PROGRAMME_FIELDS = frozenset(
    {"active", "send_hour", "channels", "needs_consent", "gift_points", "gift_template", "leap_rule", "catch_up_days"}
)


async def read_programme(kind: str) -> ProgrammeRow:
    """The programme of that kind. Raises ProgrammeUnknown."""
    row = await DB.fetchrow(f"SELECT {_PROGRAMME} FROM __tenant__.programme WHERE kind = $1", kind)
    if row is None:
        raise ProgrammeUnknown(kind=kind)
    return _programme(row)


async def change_programme(kind: str, **changes: Any) -> ProgrammeRow:
    """Change what staff may change: the fields of ProgrammeRow but id, kind and active_since.

    Raises ProgrammeUnknown, Invalid naming the field.
    """
    programme = await read_programme(kind)
    _check_changes(changes)
    await _check_gift_template(changes.get("gift_template"))
    if changes.get("active") and not programme.active:
        changes = {**changes, "active_since": clock.now()}
    changes = {**changes, "updated_at": clock.now()}
    columns = ", ".join(f"{name} = ${place}" for place, name in enumerate(changes, start=2))
    row = await DB.fetchrow(
        f"UPDATE __tenant__.programme SET {columns} WHERE id = $1 RETURNING {_PROGRAMME}",
        programme.id, *changes.values())  # fmt: skip
    if row["active"]:
        await ask_for(PLANNING)
    return _programme(row)


async def read_templates(kind: str | None = None) -> list[TemplateRow]:
    """All templates, or those of a kind, by kind and channel."""
    rows = await DB.fetch(
        f"SELECT {_TEMPLATE} FROM __tenant__.message_template WHERE $1::text IS NULL OR kind = $1"
        " ORDER BY kind, channel", kind)  # fmt: skip
    return [TemplateRow(**dict(row)) for row in rows]


async def read_template(kind: str, channel: str) -> TemplateRow:
    """The template of a kind of message on a channel. Raises TemplateUnknown."""
    row = await DB.fetchrow(
        f"SELECT {_TEMPLATE} FROM __tenant__.message_template WHERE kind = $1 AND channel = $2",
        kind, channel)  # fmt: skip
    if row is None:
        raise TemplateUnknown
    return TemplateRow(**dict(row))


async def change_template(template: uuid.UUID, **changes: str) -> TemplateRow:
    """Change subjects or bodies of a template. Raises TemplateUnknown, Invalid naming what is wrong with the Liquid."""
    for name, text in changes.items():
        if name not in {"subject_en", "subject_zh", "body_en", "body_zh"}:
            raise Invalid(param=name, problem=Words(en="it cannot be changed", zh="不可修改"))
        require_sound(text, param=name, most=SUBJECT_MAX if name.startswith("subject") else BODY_MAX)
    all_changes: dict[str, Any] = {**changes, "updated_at": clock.now()}
    columns = ", ".join(f"{name} = ${place}" for place, name in enumerate(all_changes, start=2))
    row = await DB.fetchrow(
        f"UPDATE __tenant__.message_template SET {columns} WHERE id = $1 RETURNING {_TEMPLATE}",
        template, *all_changes.values())  # fmt: skip
    if row is None:
        raise TemplateUnknown
    return TemplateRow(**dict(row))


@furnish
async def furnish_outreach() -> None:
    """A birthday programme, switched off until the seller has read it, and its templates in both languages."""
    moment = clock.now()
    await DB.fetch(
        "INSERT INTO __tenant__.programme (id, kind, active, send_hour, channels, needs_consent, gift_points,"
        " leap_rule, catch_up_days, created_at, updated_at)"
        " VALUES ($1, 'birthday', false, 9, $2, true, 0, 'feb28', 3, $3, $3)",
        ids.new(), list(CHANNELS), moment)  # fmt: skip
    for channel, words in first_words.BIRTHDAY.items():
        await DB.fetch(
            "INSERT INTO __tenant__.message_template (id, kind, channel, subject_en, subject_zh, body_en, body_zh,"
            " updated_at) VALUES ($1, 'birthday', $2, $3, $4, $5, $6, $7)",
            ids.new(), channel, words.subject.en, words.subject.zh, words.body.en, words.body.zh, moment)  # fmt: skip


def language_for(locale: str | None) -> Language:
    """The language in which a member is written to: their own where we speak it, else the shop's."""
    for tag in (locale or "", current_tenant().locale):
        primary = tag.lower().replace("_", "-").partition("-")[0]
        if primary in {"en", "zh"}:
            return cast("Language", primary)
    return "en"


def _programme(row: Any) -> ProgrammeRow:
    return ProgrammeRow(**{**dict(row), "channels": tuple(row["channels"])})


def _check_changes(changes: dict[str, Any]) -> None:
    for name in changes:
        if name not in _PROGRAMME_FIELDS:
            raise Invalid(param=name, problem=Words(en="it cannot be changed", zh="不可修改"))
    _check_range(changes, "send_hour", 0, 23)
    _check_range(changes, "gift_points", 0, 1_000_000)
    _check_range(changes, "catch_up_days", 0, 30)
    if changes.get("leap_rule", "feb28") not in {"feb28", "mar1"}:
        raise Invalid(param="leap_rule", problem=Words(en="use feb28 or mar1", zh="请使用 feb28 或 mar1"))
    channels = changes.get("channels", ["email"])
    if not channels or len(set(channels)) != len(channels) or not set(channels) <= set(CHANNELS):
        raise Invalid(
            param="channels",
            problem=Words(
                en="name one or more of email and in_app, each once", zh="请从 email、in_app 中选择，不可重复"
            ),
        )


def _check_range(changes: dict[str, Any], name: str, low: int, high: int) -> None:
    value = changes.get(name, low)
    if not isinstance(value, int) or not low <= value <= high:
        raise Invalid(param=name, problem=Words(en=f"use {low} to {high}", zh=f"请使用 {low} 到 {high}"))


async def _check_gift_template(template: uuid.UUID | None) -> None:
    if template is None:
        return
    if not await DB.fetchval("SELECT 1 FROM __tenant__.voucher_template WHERE id = $1", template):
        raise Invalid(
            param="gift_template", problem=Words(en="there is no such voucher template", zh="没有该优惠券模板")
        )
