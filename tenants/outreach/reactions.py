"""What outreach does on news of members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members
from tenants.kit.facts import on
from tenants.kit.words import Words
from tenants.outreach.rules import persons

if TYPE_CHECKING:
    from uuid import UUID


@on(members.Merged)
async def _move_messages(fact: members.Merged) -> None:
    await persons.move(fact.merge, source=fact.source, target=fact.target)


@on(members.Unmerged)
async def _move_messages_back(fact: members.Unmerged) -> None:
    await persons.move_back(fact.merge, source=fact.source, target=fact.target)


@on(members.Erased)
async def _forget(fact: members.Erased) -> None:
    await persons.forget(fact.member)


@members.on_card
async def _messages_on_card(member: UUID) -> members.Section:
    told = await persons.on_card(member)
    return members.Section(
        "messages",
        Words(en="Messages", zh="消息"),
        (
            members.Fact("sent", Words(en="Sent", zh="已发送"), told["sent"]),
            members.Fact("last_at", Words(en="Last sent", zh="最近发送"), told["last_at"]),
            members.Fact("unread", Words(en="Unread", zh="未读"), told["unread"]),
        ),
        link="/v1/messages?member={member}",
        desk="message",
    )
