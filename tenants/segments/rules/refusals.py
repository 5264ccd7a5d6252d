"""How segments say no."""

from __future__ import annotations

from tenants.kit.errors import NotFound, Refused
from tenants.kit.words import Words


class SegmentUnknown(NotFound):
    """No segment has this id."""

    code = "segment.unknown"
    sentence = Words(en="There is no such segment.", zh="没有这个人群。")


class SegmentInUse(Refused):
    """Something is for the members of this segment."""

    code = "segment.in_use"
    sentence = Words(
        en="A survey or poll is for this segment. Give it another one first.",
        zh="有问卷或投票正在使用该人群，请先为其更换人群。",
    )
