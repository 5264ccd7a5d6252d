"""Writes one message: may it go, to which address, in which language, with which words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants import members
from tenants.kit import clock, ids
from tenants.kit.errors import NotFound
from tenants.kit.words import Language, Words
from tenants.outreach.rules import gifts
from tenants.outreach.rules.post import Letter, office
from tenants.outreach.rules.programmes import TemplateRow, language_for, read_programme, read_template
from tenants.outreach.rules.unsubscribing import unsubscribe_url
from tenants.outreach.rules.wording import Facts, as_html, fill_in, fill_in_line
from tenants.tenancy import DB, current_tenant
from tenants.tenancy.work import ask_for

if TYPE_CHECKING:
    from tenants.outreach.rules.wording import Voucher

SENDING = "outreach.send"


class MemberUnknown(NotFound):
    """No member by that id who could be written to."""

    code = "outreach.member_unknown"
    sentence = Words(en="There is no such member.", zh="没有该会员。")


@dataclass(frozen=True, slots=True)
class Written:
    """A message with all its words."""

    language: Language
    to_address: str
    to_name: str
    subject: str
    body: str
    html: str
    unsubscribe_url: str

    def letter(self, message: uuid.UUID) -> Letter:
        """As an e-mail; its Message-ID follows from the message's id, so a second letter would bear the same."""
        return Letter(
            message_id=f"<{message.hex}@{office().domain}>",
            to_address=self.to_address,
            to_name=self.to_name,
            from_name=current_tenant().name,
            subject=self.subject,
            text=self.body,
            html=self.html,
            unsubscribe_url=self.unsubscribe_url,
        )


async def write(row: Any) -> Written | str:
    """The message, or in a word why it must not go, as `_why_not` says.

    Consent is read with a lock, so that a withdrawal is either seen here or comes after the point of no return.
    Raises TemplateFails.
    """
    channel = row["channel"]
    consent = await DB.fetchval(
        "SELECT granted FROM __tenant__.consent WHERE member = $1 AND channel = $2 FOR SHARE",
        row["member"], channel)  # fmt: skip
    found = await DB.fetchrow(
        "SELECT m.name, m.email, m.locale, m.state, p.kind, p.active, p.needs_consent, p.catch_up_days"
        " FROM __tenant__.member m, __tenant__.programme p WHERE m.id = $1 AND p.id = $2",
        row["member"], row["programme"])  # fmt: skip
    if row["test"]:
        return await _write(row, found, to_address=row["to_address"])
    if reason := _why_not(row, found, consent=consent):
        return reason
    return await _write(row, found, to_address=found["email"] if channel == "email" else "")


def _why_not(row: Any, found: Any, *, consent: bool | None) -> str:
    """`member_gone`, `programme_off`, `too_late`, `no_consent`, `no_address`, or nothing."""
    by_mail = row["channel"] == "email"
    too_old = clock.now() - row["created_at"] > timedelta(days=found["catch_up_days"] + 1)
    reasons = {
        "member_gone": found["state"] != "active",
        "programme_off": not found["active"],
        "too_late": too_old and row["reason"] != "resolved",
        "no_consent": consent is False or (consent is None and row["channel"] != "in_app" and found["needs_consent"]),
        "no_address": by_mail and not found["email"],
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


async def preview(kind: str, member: uuid.UUID, *, channel: str = "email", language: Language | None = None) -> Written:
    """The message as this member would get it, with the gift that the programme promises; nothing is sent or kept.

    Raises ProgrammeUnknown, MemberUnknown, TemplateUnknown, TemplateFails.
    """
    programme = await read_programme(kind)
    found = await _member(member)
    spoken = language or language_for(found["locale"])
    points, voucher = await gifts.promised(programme, language=spoken)
    template = await read_template(kind, channel)
    return _fill(template, spoken, found, member, points, voucher, to_address=found["email"] or "")


async def send_test(kind: str, member: uuid.UUID, *, to_address: str) -> uuid.UUID:
    """Send the message for this member to an address of the staff's own, through the same outbox; its id.

    It gives no gift, counts as no greeting and asks for no consent. Raises ProgrammeUnknown, MemberUnknown, Invalid.
    """
    programme = await read_programme(kind)
    await _member(member)
    to_address = members.email_address(to_address, param="to_address")
    message = ids.new()
    moment = clock.now()
    await DB.fetch(
        "INSERT INTO __tenant__.message (id, programme, member, occurrence, channel, key, test, language, to_address,"
        " subject, body, state, reason, not_before, token, attempts, provider_id, error, created_at)"
        " VALUES ($1, $2, $3, $4, 'email', $5, true, '', $6, '', '', 'ready', '', $7, 0, 0, '', '', $7)",
        message, programme.id, member, f"test-{message.hex}", f"{kind}/test/{message}", to_address, moment)  # fmt: skip
    await ask_for(SENDING)
    return message


async def _write(row: Any, found: Any, *, to_address: str) -> Written:
    language = language_for(found["locale"])
    if row["test"]:
        points, voucher = await gifts.promised(await read_programme(found["kind"]), language=language)
    else:
        points, voucher = await gifts.given(row["programme"], row["member"], row["occurrence"], language=language)
    template = await read_template(found["kind"], row["channel"])
    return _fill(template, language, found, row["member"], points, voucher, to_address=to_address)


def _fill(  # noqa: PLR0917  the parts of one message
    template: TemplateRow, language: Language, found: Any, member: uuid.UUID, points: int, voucher: Voucher | None,
    *, to_address: str,
) -> Written:  # fmt: skip
    link = unsubscribe_url(member, template.channel)
    facts = Facts(found["name"], current_tenant().name, points, voucher, link)
    subject = fill_in_line(template.subject(language), facts)
    body = fill_in(template.body(language), facts).strip() + "\n"
    page = as_html(body, title=subject, shop_name=facts.shop_name, language=language, unsubscribe_url=link)
    return Written(language, to_address, found["name"], subject, body, page, link)


async def _member(member: uuid.UUID) -> Any:
    row = await DB.fetchrow("SELECT name, email, locale, state FROM __tenant__.member WHERE id = $1", member)
    if row is None or row["state"] == "erased":
        raise MemberUnknown
    return row
