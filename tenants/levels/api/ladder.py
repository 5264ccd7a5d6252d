"""The ladder and its policy, for the seller's backend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from litestar import Controller, delete, get, post, put
from litestar.params import FromPath, JSONBody  # noqa: TC002  Litestar reads them

from tenants import levels
from tenants.kit import ids
from tenants.kit.errors import NotFound
from tenants.levels.api import shown
from tenants.levels.api.shapes import (
    Levels,
    LevelShape,
    NewLevel,
    NewPreview,
    NewRecount,
    PolicyShape,
    PreviewShape,
    RecountShape,
)

if TYPE_CHECKING:
    import uuid


class LadderController(Controller):
    """Levels, the policy, and what a change of either comes to."""

    path = "/v1"
    tags = ("Levels",)

    @get("/levels", operation_id="listLevels", summary="The ladder")
    async def list_levels(self) -> Levels:
        """All levels, the lowest first."""
        return Levels(data=[shown.level(level) for level in await levels.ladder()])

    @post("/levels", operation_id="createLevel", summary="Add a level")
    async def create(self, data: JSONBody[NewLevel]) -> LevelShape:
        """Add a level. Members who have enough for it rise within minutes.

        Error: `invalid` (400, with `param`), also for a rank that is taken and a threshold that does not lie between
        those of the neighbours.
        """
        return shown.level(await levels.create_level(levels.LevelSettings(**msgspec.structs.asdict(data))))

    @get("/levels/{level:str}", operation_id="getLevel", summary="Show a level")
    async def show(self, level: FromPath[str]) -> LevelShape:
        """A level. Error: `level.unknown`."""
        return shown.level(await levels.find_level(read_level(level)))

    @put("/levels/{level:str}", operation_id="changeLevel", summary="Change a level")
    async def change(self, level: FromPath[str], data: JSONBody[NewLevel]) -> LevelShape:
        """Set all of a level. Who has enough rises within minutes; nobody drops before their term ends.

        To lower at once, see `recountLevels`. Errors: `level.unknown`, `invalid`.
        """
        settings = levels.LevelSettings(**msgspec.structs.asdict(data))
        return shown.level(await levels.change_level(read_level(level), settings))

    @delete("/levels/{level:str}", operation_id="removeLevel", summary="Remove a level", status_code=204)
    async def remove(self, level: FromPath[str]) -> None:
        """Remove a level that nobody ever held. Errors: `level.unknown`, `level.in_use` (switch it off instead)."""
        await levels.remove_level(read_level(level))

    @get("/level-policy", operation_id="getLevelPolicy", summary="The policy of levels")
    async def show_policy(self) -> PolicyShape:
        """What counts, how long a level is held, and what happens at the end of its term."""
        return PolicyShape(**_asdict(await levels.policy()))

    @put("/level-policy", operation_id="changeLevelPolicy", summary="Change the policy of levels")
    async def change_policy(self, data: JSONBody[PolicyShape]) -> PolicyShape:
        """Set the whole policy. Who has enough by it rises within minutes; terms that run go on. Error: `invalid`."""
        return PolicyShape(**_asdict(await levels.change_policy(**msgspec.structs.asdict(data))))

    @post("/level-previews", operation_id="previewLevels", summary="See what thresholds would do", status_code=200)
    async def preview(self, data: JSONBody[NewPreview]) -> PreviewShape:
        """How many members would rise, and how many hold more than they would be due. Changes nothing.

        Errors: `level.unknown`, `invalid`.
        """
        wanted = {read_level(one.level): one.threshold for one in data.thresholds}
        return shown.preview(await levels.preview(wanted))

    @post("/level-recounts", operation_id="recountLevels", summary="Go through all members", status_code=202)
    async def recount(self, data: JSONBody[NewRecount]) -> RecountShape:
        """Judge every member by the rules as they are; it goes on in small batches after the answer.

        Error: `level.off`.
        """
        if not (await levels.policy()).active:
            raise levels.LevelsOff
        found = await levels.preview()
        await levels.recount(lower=data.lower)
        return RecountShape(lower=data.lower, preview=shown.preview(found))


def read_level(text: str) -> uuid.UUID:
    """The id of a level. Raises LevelUnknown for text that is none."""
    try:
        return ids.read("lvl", text)
    except NotFound:
        raise levels.LevelUnknown from None


def _asdict(policy: levels.Policy) -> dict[str, Any]:
    return {name: getattr(policy, name) for name in PolicyShape.__struct_fields__}
