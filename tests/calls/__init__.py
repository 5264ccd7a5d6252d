"""For every operation a call that works, prepared afresh each time: `prepare(world, operation)`.

A new route must be entered in the file of its subject, in `CALLS`; the tests by enumeration name the ones that are
missing. `know(world)` of such a file, where there is one, makes the things that paths are filled with.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from tests.operations import Call, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.conftest import Shop
    from tests.operations import Operation

_NAMES = sorted({module.name for module in pkgutil.iter_modules(__path__)} - {"ground"})
_MODULES = [importlib.import_module(f"{__name__}.{name}") for name in ("ground", *_NAMES)]  # others build on the ground
CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {}
for _module in _MODULES:
    CALLS |= _module.CALLS


async def make_world(shop: Shop, word: str) -> World:
    """A shop with two members and one of everything, all words of it marked with `word`."""
    world = World(shop, word)
    world.member = await world.new_member()
    world.other = await world.new_member()
    world.known = {"member": world.member, "member_id": world.member}
    for module in _MODULES:
        if hasattr(module, "know"):
            await module.know(world)
    return world


async def prepare(world: World, operation: Operation) -> Call:
    """A call of the operation that works now and has an effect where the operation has one."""
    if operation.id in CALLS:
        return await CALLS[operation.id](world)
    if operation.unsafe:
        raise KeyError(f"{operation.id}: enter a call that works into tests/calls/<subject>.py")
    return Call(path={name: world.known[name] for name in operation.path_names})
