"""Outreach over HTTP: programmes, templates and the outbox for the backend, the inbox for members, and /u/ for all."""

from __future__ import annotations

import html
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, patch, post
from litestar.enums import MediaType
from litestar.params import JSONBody, PathParameter, QueryParameter
from msgspec import UNSET

from tenants import members
from tenants.kit import ids
from tenants.kit.shapes import Page, page, read_cursor
from tenants.kit.words import Words, language_of_reader
from tenants.outreach.api.shapes import (
    DayShown,
    ExpectedShown,
    ForecastShown,
    InboxMessage,
    MessageShown,
    PreviewAsked,
    PreviewShown,
    ProgrammeChange,
    ProgrammeShown,
    Resolution,
    State,
    TemplateChange,
    TemplateShown,
)
from tenants.outreach.rules import letters, outbox, planning, programmes, unsubscribing
from tenants.tenancy import current_tenant

MessageId = Annotated[str, PathParameter(description="The message, `msg_…`.")]
TemplateId = Annotated[str, PathParameter(description="The template, `tpl_…`.")]
Kind = Annotated[str, PathParameter(description="The programme: `birthday`.")]
Token = Annotated[str, PathParameter(description="What the link in the message says.")]
Rows = Annotated[int, QueryParameter(name="limit", ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(name="cursor", description="`next_cursor` of the page before.")]
Days = Annotated[int, QueryParameter(name="days", ge=1, le=366, description="How many days to look ahead.")]
OfMember = Annotated[str | None, QueryParameter(name="member", description="Only this member's, `mem_…`.")]
InState = Annotated[State | None, QueryParameter(name="state", description="Only those in this state.")]
_NO_INDEX = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


class MemberMessages(Controller):
    """A member's inbox."""

    path = "/v1/me/messages"
    tags = ("Messages (member)",)

    @get(operation_id="listMyMessages", summary="My messages")
    async def list_mine(self, limit: Rows = 20, cursor: Cursor = None) -> Page[InboxMessage]:
        """The member's messages, the newest first; `read_at` is null for those not read yet.

        Errors: `invalid` (400) for another list's cursor, `member.blocked` (403).
        """
        member = await members.own_member()
        scope = f"{current_tenant().schema}:inbox:{member.hex}"
        rows = await outbox.in_app_messages(member, before=_position(cursor, scope), limit=limit)
        return page([_inbox(row) for row in rows], limit=limit, scope=scope)

    @post("/{message:str}/reading", operation_id="readMyMessage", summary="I have read it", status_code=201)
    async def read(self, message: MessageId) -> InboxMessage:
        """Note the time of the first reading; a second changes nothing.

        Errors: `outreach.message_unknown` (404), `member.blocked` (403).
        """
        return _inbox(await outbox.mark_read(ids.read("msg", message), member=await members.own_member()))


class Programmes(Controller):
    """Programmes and templates, for the seller's backend."""

    path = "/v1"
    tags = ("Outreach",)

    @get("/programmes/{kind:str}", operation_id="getProgramme", summary="A programme")
    async def show(self, kind: Kind) -> ProgrammeShown:
        """How a programme is set. Error: `outreach.programme_unknown`."""
        return _programme(await programmes.read_programme(kind))

    @patch("/programmes/{kind:str}", operation_id="changeProgramme", summary="Change a programme")
    async def change(self, kind: Kind, data: JSONBody[ProgrammeChange]) -> ProgrammeShown:
        """Change what is named. A programme that is switched on greets nobody for a day that was over by then.

        Errors: `outreach.programme_unknown`, `invalid`.
        """
        changes = {name: getattr(data, name) for name in data.__struct_fields__ if getattr(data, name) is not UNSET}
        if changes.get("gift_template"):
            changes["gift_template"] = ids.read("vtp", changes["gift_template"])
        return _programme(await programmes.change_programme(kind, **changes))

    @get("/programmes/birthday/forecast", operation_id="forecastBirthdays", summary="Who will be greeted when")
    async def forecast(self, days: Days = 30) -> ForecastShown:
        """Members with a birthday in the days to come, also while the programme is off. Error: `invalid`."""
        counts, first = await planning.forecast_birthdays(days=days)
        return ForecastShown(
            days=[DayShown(day=day, members=members) for day, members in counts.items()],
            members=sum(counts.values()),
            first=[
                ExpectedShown(member=ids.show("mem", one.member), day=one.day, sends_at=one.sends_at) for one in first
            ],
        )

    @post(
        "/programmes/birthday/previews", operation_id="previewBirthday", summary="The message as a member would get it",
        status_code=201)  # fmt: skip
    async def preview(self, data: JSONBody[PreviewAsked]) -> PreviewShown:
        """Fill the template in for a member; nothing is sent, given or kept.

        Errors: `outreach.member_unknown`, `outreach.template_fails`.
        """
        written = await letters.preview(
            "birthday", ids.read("mem", data.member), channel=data.channel, language=data.language)  # fmt: skip
        return PreviewShown(
            language=written.language, to_address=written.to_address, subject=written.subject, body=written.body,
            html=written.html)  # fmt: skip

    @get("/message-templates", operation_id="listMessageTemplates", summary="All message templates")
    async def list_templates(self) -> Page[TemplateShown]:
        """All templates on one page: one for each kind of message and channel."""
        return Page(data=[_template(row) for row in await programmes.read_templates()], has_more=False)

    @patch("/message-templates/{template:str}", operation_id="changeMessageTemplate", summary="Change a template")
    async def change_template(self, template: TemplateId, data: JSONBody[TemplateChange]) -> TemplateShown:
        """Change texts; each must be sound Liquid that names known variables only.

        Variables: `member.name`, `shop.name`, `gift.points`, `gift.voucher.code`, `gift.voucher.name`,
        `gift.voucher.valid_until`, `unsubscribe_url`. Errors: `outreach.template_unknown`, `invalid`.
        """
        changes = {name: getattr(data, name) for name in data.__struct_fields__ if getattr(data, name) is not UNSET}
        return _template(await programmes.change_template(ids.read("tpl", template), **changes))


class Messages(Controller):
    """The outbox, for the seller's backend."""

    path = "/v1/messages"
    tags = ("Messages",)

    @get(operation_id="listMessages", summary="Messages and what became of them")
    async def list_all(
        self, member: OfMember = None, in_state: InState = None, limit: Rows = 20, cursor: Cursor = None
    ) -> Page[MessageShown]:
        """The newest first. `skipped` and `failed` say why in `reason`; `unknown` waits for a person.

        Error: `invalid`.
        """
        scope = f"{current_tenant().schema}:messages:{member or ''}:{in_state or ''}"
        rows = await outbox.messages(
            member=ids.read("mem", member) if member else None,
            state=in_state,
            before=_position(cursor, scope),
            limit=limit,
        )
        return page([_message(row) for row in rows], limit=limit, scope=scope)

    @post(
        "/{message:str}/resolution", operation_id="resolveMessage", summary="Resolve an unknown message",
        status_code=201)  # fmt: skip
    async def resolve(self, message: MessageId, data: JSONBody[Resolution]) -> MessageShown:
        """Say that an unknown message arrived, or have an unknown or failed one sent again.

        Errors: `outreach.message_unknown`, `outreach.nothing_to_resolve`.
        """
        return _message(await outbox.resolve(ids.read("msg", message), outcome=data.outcome))


class Unsubscribing(Controller):
    """Where the links in messages lead: on the shop's host, without signing in (RFC 8058)."""

    path = "/u"
    include_in_schema = False

    @get("/{token:str}", media_type=MediaType.HTML)
    async def ask(self, token: Token) -> Response[str]:
        """A page with one button. It changes nothing: mail scanners follow links."""
        unsubscribing.read_token(token)
        return _page(_ASK, button=True)

    @post("/{token:str}", media_type=MediaType.HTML, status_code=200)
    async def unsubscribe(self, token: Token) -> Response[str]:
        """Withdraw the consent, whether a person pressed the button or a mail program did it for them."""
        await unsubscribing.unsubscribe(token)
        return _page(_DONE, button=False)


_ASK = Words(
    en="Stop receiving e-mail messages such as birthday greetings from {shop}?",
    zh="是否不再接收 {shop} 的生日祝福等邮件？",
)
_DONE = Words(
    en="Done. You will receive no more such e-mail from {shop}.", zh="已退订，您将不再收到 {shop} 的此类邮件。"
)
_BUTTON = Words(en="Unsubscribe", zh="退订")


def _page(words: Words, *, button: bool) -> Response[str]:
    said = html.escape(words.say(shop=current_tenant().name))
    form = f'<form method="post"><button>{_BUTTON.say()}</button></form>' if button else ""
    headers = {
        **_NO_INDEX,
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    }
    return Response(
        f'<!doctype html><html lang="{language_of_reader()}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{html.escape(current_tenant().name)}</title><style>'
        "body{margin:0;background:#f4f1ec;color:#2b2622;font:17px/1.6 system-ui,sans-serif;display:grid;"
        "place-items:center;min-height:100vh}main{max-width:26em;padding:2em;text-align:center}"
        "button{font:inherit;padding:.6em 1.6em;border:0;border-radius:8px;background:#b4532a;color:#fff}"
        f"</style></head><body><main><p>{said}</p>{form}</main></body></html>",
        media_type=MediaType.HTML,
        headers=headers,
    )


def _position(cursor: str | None, scope: str) -> UUID | None:
    found = read_cursor(cursor, scope=scope)
    return ids.read("msg", found) if found else None


def _programme(row: programmes.ProgrammeRow) -> ProgrammeShown:
    return ProgrammeShown(
        id=ids.show("prg", row.id),
        kind=row.kind,
        active=row.active,
        send_hour=row.send_hour,
        channels=list(row.channels),
        needs_consent=row.needs_consent,
        gift_points=row.gift_points,
        gift_template=ids.show("vtp", row.gift_template) if row.gift_template else None,
        leap_rule=row.leap_rule,
        catch_up_days=row.catch_up_days,
    )


def _template(row: programmes.TemplateRow) -> TemplateShown:
    return msgspec.convert({**_fields(row), "id": ids.show("tpl", row.id)}, TemplateShown)


def _message(row: Any) -> MessageShown:
    return MessageShown(**{**dict(row), "id": ids.show("msg", row["id"]), "member": ids.show("mem", row["member"])})


def _inbox(row: Any) -> InboxMessage:
    return InboxMessage(**{**dict(row), "id": ids.show("msg", row["id"])})


def _fields(row: programmes.TemplateRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}


ROUTES = [MemberMessages, Programmes, Messages, Unsubscribing]
TAGS = {
    "Outreach": "Programmes, templates and messages to members. 触达",
    "Messages": "Messages to members and their choices. 消息",
    "Messages (member)": "A member's own messages. 会员消息",
}
