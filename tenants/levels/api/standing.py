"""Where a member stands, what counted for them, and a level set by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from litestar import Controller, Response, delete, get, post, put
from litestar.params import JSONBody, PathParameter, QueryParameter

from tenants import levels, members
from tenants.kit import ids
from tenants.kit.shapes import Page, page, read_cursor
from tenants.levels.api import shown
from tenants.levels.api.ladder import read_level
from tenants.levels.api.shapes import (
    GrowthEntryShape,
    Levels,
    MoveShape,
    NewGrowthEntry,
    SetLevel,
    StandingShape,
)
from tenants.levels.rules.reading import find_entry
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    import uuid

MemberId = Annotated[str, PathParameter(description="The member, `mem_…`.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before.")]


class ServerLevels(Controller):
    """What the seller's backend sees and does."""

    path = "/v1/members/{member:str}"
    tags = ("Levels",)

    @get("/level", operation_id="getMemberLevel", summary="Where a member stands")
    async def show(self, member: MemberId) -> StandingShape:
        """A member's level, why it is that, what the next takes, and what must be done to keep it.

        Error: `member.unknown`.
        """
        who = (await members.find(ids.read("mem", member))).id
        return shown.standing(who, await levels.explain(who))

    @put("/level", operation_id="setMemberLevel", summary="Set a member's level by hand")
    async def set_level(self, member: MemberId, data: JSONBody[SetLevel]) -> StandingShape:
        """Give a member a level until the end of a day, in place of what was set before; the same again is no change.

        A level above what is earned is a floor: more can still be reached. One below is a ceiling. Errors:
        `member.unknown`, `level.unknown`, `level.off`, `invalid`.
        """
        who = (await members.find(ids.read("mem", member))).id
        await levels.set_level(who, level=read_level(data.level), until=data.until, reason=data.reason)
        return shown.standing(who, await levels.explain(who))

    @delete("/level", operation_id="clearMemberLevel", summary="Let a member's level be what is earned")
    async def clear_level(self, member: MemberId) -> None:
        """Take away what was set by hand; nothing where nothing was. Errors: `member.unknown`, `level.off`."""
        await levels.clear_level((await members.find(ids.read("mem", member))).id)

    @get("/level-changes", operation_id="listMemberLevelChanges", summary="A member's moves between levels")
    async def list_changes(self, member: MemberId, limit: Limit = 20, cursor: Cursor = None) -> Page[MoveShape]:
        """Moves and renewals, the latest first. Errors: `member.unknown`, `invalid` for another list's cursor."""
        return await _moves((await members.find(ids.read("mem", member))).id, limit=limit, cursor=cursor)

    @post("/growth-entries", operation_id="createGrowthEntry", summary="Count something")
    async def create_entry(self, member: MemberId, data: JSONBody[NewGrowthEntry]) -> Response[GrowthEntryShape]:
        """Count growth or spend towards a member's level, or take it back. 201; 200 with `repeated: true` if known.

        Money that comes as orders is counted by them. Errors: `member.unknown`, `level.once_differs`, `invalid`.
        """
        who = (await members.find(ids.read("mem", member))).id
        counted = await levels.count(
            levels.Growth(
                member=who, amount=data.amount, kind=data.kind, once=f"api/{data.reference}", at=data.at, why="api",
                note=data.note)
        )  # fmt: skip
        made = shown.entry(await find_entry(counted.id), repeated=counted.repeated)
        return Response(made, status_code=200 if counted.repeated else 201)

    @get("/growth-entries", operation_id="listGrowthEntries", summary="What counted for a member")
    async def list_entries(self, member: MemberId, limit: Limit = 20, cursor: Cursor = None) -> Page[GrowthEntryShape]:
        """The growth ledger of a member, the latest first. Errors: `member.unknown`, `invalid`."""
        return await _entries((await members.find(ids.read("mem", member))).id, limit=limit, cursor=cursor)


class MemberLevels(Controller):
    """What a member sees."""

    path = "/v1/me"
    tags = ("Levels (member)",)

    @get("/level", operation_id="getMyLevel", summary="My level, and why")
    async def show(self) -> StandingShape:
        """The member's level, what the next takes, and what must be done to keep it. Error: `member.blocked`."""
        who = await members.own_member()
        return shown.standing(who, await levels.explain(who))

    @get("/level/ladder", operation_id="listMyLevels", summary="The shop's levels")
    async def list_levels(self) -> Levels:
        """The levels that can be reached, with their benefits; none while they are switched off.

        Error: `member.blocked`.
        """
        await members.own_member()
        on = (await levels.policy()).active
        return Levels(data=[shown.level(level) for level in await levels.ladder() if level.active] if on else [])

    @get("/level/changes", operation_id="listMyLevelChanges", summary="My moves between levels")
    async def list_changes(self, limit: Limit = 20, cursor: Cursor = None) -> Page[MoveShape]:
        """Moves and renewals, the latest first. Errors: `member.blocked`, `invalid` for another list's cursor."""
        return await _moves(await members.own_member(), limit=limit, cursor=cursor, to_member=True)

    @get("/growth-entries", operation_id="listMyGrowthEntries", summary="What counted for me")
    async def list_entries(self, limit: Limit = 20, cursor: Cursor = None) -> Page[GrowthEntryShape]:
        """What counted towards the member's level, the latest first. Errors: `member.blocked`, `invalid`."""
        return await _entries(await members.own_member(), limit=limit, cursor=cursor)


async def _moves(who: uuid.UUID, *, limit: int, cursor: str | None, to_member: bool = False) -> Page[MoveShape]:
    scope = f"{current_tenant().schema}:level_changes:{who}"
    position = read_cursor(cursor, scope=scope)
    before = ids.read("lch", position) if position else None
    found = await levels.history(who, limit=limit + 1, before=before)
    return page([shown.move(one, to_member=to_member) for one in found], limit=limit, scope=scope)


async def _entries(who: uuid.UUID, *, limit: int, cursor: str | None) -> Page[GrowthEntryShape]:
    scope = f"{current_tenant().schema}:growth_entries:{who}"
    position = read_cursor(cursor, scope=scope)
    before = ids.read("gro", position) if position else None
    found = await levels.entries(who, limit=limit + 1, before=before)
    return page([shown.entry(one) for one in found], limit=limit, scope=scope)
