"""How levels say no."""

from __future__ import annotations

from tenants.kit.errors import Conflict, NotFound, Refused
from tenants.kit.words import Words


class LevelUnknown(NotFound):
    """No level has this id."""

    code = "level.unknown"
    sentence = Words(en="There is no such level.", zh="没有该等级。")


class LevelInUse(Refused):
    """Somebody holds the level or has held it."""

    code = "level.in_use"
    sentence = Words(
        en="Members hold or have held this level, and their history names it. Switch it off instead:"
        " nobody reaches it any more, and who holds it keeps it until their term ends.",
        zh="已有会员持有或曾经持有该等级，不能删除。请改为停用：停用后不会再有人升到该等级，已持有的会员保留到期满。",
    )


class LevelsOff(Refused):
    """The shop's levels are switched off."""

    code = "level.off"
    sentence = Words(
        en="Levels are switched off in this shop. Switch them on in the level policy.",
        zh="本店尚未启用会员等级，请先在等级规则中启用。",
    )


class OnceDiffers(Conflict):
    """This occasion has already counted, with other facts."""

    code = "level.once_differs"
    sentence = Words(
        en="“{once}” has already counted for another member, amount or kind. Use a new reference.",
        zh="“{once}”已用于另一会员、数值或类型，请换用新的编号。",
    )
