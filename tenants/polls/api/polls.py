"""Polls for the seller's backend: make them, change them, open and close them."""

from __future__ import annotations

import uuid
from typing import Annotated, Any

import msgspec
from litestar import Controller, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody, QueryParameter

from tenants import polls
from tenants.kit import ids
from tenants.kit.shapes import Page, page, read_cursor
from tenants.polls.api import shown
from tenants.polls.api.result_shapes import MyPoll  # noqa: TC001  Litestar reads annotations as it runs
from tenants.polls.api.shapes import (  # noqa: TC001  the same
    NewPoll,
    NewPollCopy,
    NewPollOption,
    PollChange,
    PollOptionChange,
    PollOptionOrder,
    PollOptionShape,
    PollShape,
    PollState,
    PollStateChange,
    PollSummary,
)
from tenants.polls.rules import options, reading
from tenants.tenancy import current_tenant

Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before.")]
_PREFIXES = {"picture": "pic", "segment": "seg", "reward_voucher": "vtp"}


class _Row:
    """A row as a page takes it: by its id."""

    def __init__(self, row: Any) -> None:
        self.row = row
        self.id = row["id"]


class PollController(Controller):
    """Polls and their options."""

    path = "/v1/polls"
    tags = ("Polls",)

    @post(operation_id="createPoll", summary="Make a poll")
    async def create(self, data: JSONBody[NewPoll]) -> PollShape:
        """A draft with its options, if any are given; members see it once its state is `live`.

        Errors: `invalid` (400, with `param`), `picture.unknown`, `segment.unknown`, `voucher_template.unknown`,
        `not_found` (404).
        """
        given = msgspec.structs.asdict(data)
        offered = given.pop("options")
        poll = await polls.create(polls.Terms(**_read(given)))
        for option in offered:
            await polls.add_option(poll, polls.OptionTerms(**_read(msgspec.structs.asdict(option))))
        return await _poll(poll)

    @get(operation_id="listPolls", summary="List polls")
    async def list_polls(
        self,
        poll_state: Annotated[PollState | None, QueryParameter(name="state")] = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Page[PollSummary]:
        """Polls with their turnout, the newest first. Errors: `invalid` (400) for another list's cursor."""
        scope = f"{current_tenant().schema}:polls:{poll_state}"
        position = read_cursor(cursor, scope=scope)
        before = uuid.UUID(position) if position else None
        rows = await reading.polls(state=poll_state, before=before, limit=limit + 1)
        sheet = page([_Row(row) for row in rows], limit=limit, scope=scope)
        data = [shown.summary(row.row) for row in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/{poll_id:str}", operation_id="getPoll", summary="Show a poll")
    async def show(self, poll_id: FromPath[str]) -> PollShape:
        """A poll with its options and their votes. Errors: `poll.unknown` (404)."""
        return await _poll(shown.read_id("pol", poll_id))

    @patch("/{poll_id:str}", operation_id="changePoll", summary="Change a poll")
    async def change(self, poll_id: FromPath[str], data: JSONBody[PollChange]) -> PollShape:
        """Fields that are left out stay. Who votes from now on does so by the new terms.

        Errors: `poll.unknown`, `picture.unknown`, `segment.unknown`, `voucher_template.unknown`, `not_found` (404),
        `poll.ended`, `poll.frozen`, `poll.nothing_to_choose` (422), `invalid` (400).
        """
        poll = shown.read_id("pol", poll_id)
        await polls.change(poll, _read(_said(data)))
        return await _poll(poll)

    @put("/{poll_id:str}/state", operation_id="setPollState", summary="Publish, pause or end a poll")
    async def set_state(self, poll_id: FromPath[str], data: JSONBody[PollStateChange]) -> PollShape:
        """A poll also ends by itself, at its `ends_at` and to the second. One that has ended does not come back.

        Errors: `poll.unknown` (404), `poll.ended`, `poll.started`, `poll.nothing_to_choose` (422), `invalid` (400).
        """
        poll = shown.read_id("pol", poll_id)
        await polls.set_state(poll, data.state)
        return await _poll(poll)

    @post("/{poll_id:str}/copies", operation_id="copyPoll", summary="Copy a poll")
    async def copy(self, poll_id: FromPath[str], data: JSONBody[NewPollCopy]) -> PollShape:
        """A draft with the same terms and options and without a window, one for each `reference`.

        Errors: `poll.unknown` (404).
        """
        return await _poll(await polls.clone(shown.read_id("pol", poll_id), once=f"api/{data.reference}"))

    @get("/{poll_id:str}/preview", operation_id="previewPoll", summary="What a member sees of a poll")
    async def preview(self, poll_id: FromPath[str]) -> MyPoll:
        """How a poll, a draft too, looks to a member who has not voted. Errors: `poll.unknown` (404)."""
        return shown.mine(await polls.preview(shown.read_id("pol", poll_id)))

    @post("/{poll_id:str}/options", operation_id="addPollOption", summary="Add an option")
    async def add_option(self, poll_id: FromPath[str], data: JSONBody[NewPollOption]) -> PollOptionShape:
        """One thing more to choose, while the poll is not over.

        Errors: `poll.unknown`, `picture.unknown`, `not_found` (404), `poll.ended`, `poll.options_full` (422), `invalid`
        (400).
        """
        poll = shown.read_id("pol", poll_id)
        return await _option(
            poll, await polls.add_option(poll, polls.OptionTerms(**_read(msgspec.structs.asdict(data))))
        )

    @put("/{poll_id:str}/option-order", operation_id="orderPollOptions", summary="Put the options in order")
    async def order(self, poll_id: FromPath[str], data: JSONBody[PollOptionOrder]) -> PollShape:
        """Options that are left out come after. Errors: `poll.unknown`, `poll.option_unknown` (404), `poll.ended`
        (422).
        """  # noqa: D205  one sentence
        poll = shown.read_id("pol", poll_id)
        await polls.order_options(poll, [shown.read_id("plo", option) for option in data.options])
        return await _poll(poll)

    @patch("/{poll_id:str}/options/{option_id:str}", operation_id="changePollOption", summary="Change an option")
    async def change_option(
        self, poll_id: FromPath[str], option_id: FromPath[str], data: JSONBody[PollOptionChange]
    ) -> PollOptionShape:
        """Texts and picture can be corrected at any time, which the audit trail keeps; the rest until it has votes.

        Errors: `poll.unknown`, `poll.option_unknown`, `picture.unknown`, `not_found` (404), `poll.ended`, `poll.frozen`
        (422), `invalid` (400).
        """
        poll, option = await _of_poll(poll_id, option_id)
        await polls.change_option(option, _read(_said(data)))
        return await _option(poll, option)

    @delete("/{poll_id:str}/options/{option_id:str}", operation_id="removePollOption", summary="Take an option off")
    async def remove_option(self, poll_id: FromPath[str], option_id: FromPath[str]) -> None:
        """Without votes it goes for good; with votes it stays in the result and is no longer offered (`removed`).

        Errors: `poll.unknown`, `poll.option_unknown` (404), `poll.ended`, `poll.nothing_to_choose` (422).
        """
        _, option = await _of_poll(poll_id, option_id)
        await polls.remove_option(option)

    @put(
        "/{poll_id:str}/options/{option_id:str}/offered",
        operation_id="restorePollOption",
        summary="Offer an option again",
    )
    async def restore_option(self, poll_id: FromPath[str], option_id: FromPath[str]) -> PollOptionShape:
        """One that was taken off and is `removed`, with the votes that it has; one that is offered stays so.

        Errors: `poll.unknown`, `poll.option_unknown` (404), `poll.ended`, `poll.options_full` (422).
        """
        poll, option = await _of_poll(poll_id, option_id)
        await polls.restore_option(option)
        return await _option(poll, option)


def _said(data: msgspec.Struct) -> dict[str, Any]:
    return {name: value for name, value in msgspec.structs.asdict(data).items() if value is not msgspec.UNSET}


def _read(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, with ids as they are inside."""
    return {
        name: ids.read(_PREFIXES[name], value) if name in _PREFIXES and value is not None else value
        for name, value in said.items()
    }


async def _poll(poll: uuid.UUID) -> PollShape:
    return shown.poll(await reading.find(poll), await options.options_of(poll))


async def _option(poll: uuid.UUID, option: uuid.UUID) -> PollOptionShape:
    return next(shown.option(row) for row in await options.options_of(poll) if row["id"] == option)


async def _of_poll(poll_id: str, option_id: str) -> tuple[uuid.UUID, uuid.UUID]:
    """An option by its poll and itself."""
    poll, option = shown.read_id("pol", poll_id), shown.read_id("plo", option_id)
    await reading.find(poll)
    if (await options.find_option(option))["poll"] != poll:
        raise polls.OptionUnknown
    return poll, option
