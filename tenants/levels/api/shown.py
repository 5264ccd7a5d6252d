"""From what the rules say to what travels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit import ids
from tenants.kit.words import Words
from tenants.levels.api.shapes import (
    ByHandShape,
    GrowthEntryShape,
    KeepingShape,
    LevelCount,
    LevelShape,
    MoveShape,
    PreviewShape,
    StandingShape,
)
from tenants.levels.rules.reasons import ENTRY_WORDS

if TYPE_CHECKING:
    import uuid

    from tenants import levels

_OTHER = Words(en="Counted.", zh="已计入。")


def level(found: levels.Level) -> LevelShape:
    """A level."""
    return LevelShape(
        id=ids.show("lvl", found.id), rank=found.rank, name_en=found.name.en, name_zh=found.name.zh,
        threshold=f"{found.threshold:.2f}", multiplier=f"{found.multiplier:.2f}", free_shipping=found.free_shipping,
        benefits_en=found.benefits.en, benefits_zh=found.benefits.zh, color=found.color, icon=found.icon,
        active=found.active)  # fmt: skip


def preview(found: levels.Preview) -> PreviewShape:
    """What a recount would come to."""
    due = [LevelCount(level=ids.show("lvl", level_id), members=members) for level_id, members in found.due.items()]
    return PreviewShape(rise=found.rise, below=found.below, stay=found.stay, due=due)


def standing(member: uuid.UUID, said: levels.Explanation | None) -> StandingShape:
    """Where a member stands; nothing while levels are switched off."""
    shown = ids.show("mem", member)
    if said is None:
        return StandingShape(member=shown, active=False)
    return StandingShape(
        member=shown, active=True, level=level(said.level) if said.level else None, since=said.since,
        basis=said.basis, first=said.first, last=said.last, value=f"{said.value:.2f}",
        next_level=level(said.next_level) if said.next_level else None,
        missing=f"{said.missing:.2f}" if said.missing is not None else None,
        keeping=_keeping(said.keeping) if said.keeping else None,
        by_hand=_by_hand(said.by_hand) if said.by_hand else None,
        explanation=[sentence.say() for sentence in said.sentences])  # fmt: skip


def _keeping(kept: levels.Keeping) -> KeepingShape:
    return KeepingShape(
        level=ids.show("lvl", kept.level.id), until=kept.until, first=kept.first, last=kept.last,
        value=f"{kept.value:.2f}", missing=f"{kept.missing:.2f}", drops_on=kept.drops_on)  # fmt: skip


def _by_hand(made: levels.ByHand) -> ByHandShape:
    return ByHandShape(level=ids.show("lvl", made.level.id), at_least=made.at_least, until=made.until)


def move(found: levels.Move, *, to_member: bool = False) -> MoveShape:
    """A line of the history; what staff noted is for the shop."""
    return MoveShape(
        id=ids.show("lch", found.id), before=found.before.name.say() if found.before else None,
        after=found.after.name.say() if found.after else None, why=found.why.value, reason=found.why.say(),
        value=f"{found.value:.2f}" if found.value is not None else None, until=found.until,
        note="" if to_member else found.note, at=found.at)  # fmt: skip


def entry(found: levels.Entry, *, repeated: bool = False) -> GrowthEntryShape:
    """A line of the growth ledger."""
    return GrowthEntryShape(
        id=ids.show("gro", found.id), kind=found.kind, amount=f"{found.amount:.2f}", day=found.day,
        reason=ENTRY_WORDS.get(found.why, _OTHER).say(), note=found.note, at=found.at, repeated=repeated)  # fmt: skip
