"""The gift of a birthday: given through the one door for rewards, and read again when the message is written.

A member whose level has a birthday gift is given that one, in place of the programme's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import rewards, vouchers
from tenants.outreach.rules.wording import Voucher, last_day
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from tenants.kit.words import Language
    from tenants.outreach.rules.planning import Occasion
    from tenants.outreach.rules.programmes import ProgrammeRow


async def give(programme: ProgrammeRow, occasions: Sequence[Occasion]) -> None:
    """Give each of these birthdays its gift, once; where vouchers have run out, the points alone."""
    by_level = await rewards.birthday_gifts_of(one.member for one in occasions)
    own = None
    if programme.gift_points or programme.gift_template:
        own = rewards.Reward(points=programme.gift_points, voucher_template=programme.gift_template)
    due = [(one, gift) for one in occasions if (gift := by_level.get(one.member, own))]
    if not due:
        return
    granted = await rewards.grant_many(
        [
            rewards.Granting(
                member=one.member,
                reward=gift,
                why=rewards.Why.BIRTHDAY,
                once=f"{programme.kind}/{one.member}/{one.occurrence}",
                when_out="points_only",
            )
            for one, gift in sorted(due, key=lambda pair: pair[0].member)
        ]
    )
    await DB.fetch(
        "UPDATE __tenant__.birthday_occurrence o SET gift = g.id FROM unnest($2::uuid[], $3::uuid[]) AS g(id, member)"
        " , unnest($4::uuid[], $5::text[]) AS k(member, occurrence)"
        " WHERE o.programme = $1 AND o.member = g.member AND k.member = o.member AND k.occurrence = o.occurrence",
        programme.id, [one.id for one in granted], [one.member for one in granted],
        [one.member for one, _ in due], [one.occurrence for one, _ in due])  # fmt: skip


async def given(
    programme: uuid.UUID, member: uuid.UUID, occurrence: str, *, language: Language
) -> tuple[int, Voucher | None]:
    """Points and voucher that a member was given for an occurrence."""
    row = await DB.fetchrow(
        "SELECT g.points, g.voucher, v.valid_until, t.name_en, t.name_zh FROM __tenant__.birthday_occurrence o"
        " JOIN __tenant__.reward_grant g ON g.id = o.gift LEFT JOIN __tenant__.voucher v ON v.id = g.voucher"
        " LEFT JOIN __tenant__.voucher_template t ON t.id = v.template"
        " WHERE o.programme = $1 AND o.member = $2 AND o.occurrence = $3", programme, member, occurrence)  # fmt: skip
    if row is None:
        return 0, None
    code = (await vouchers.codes_of([row["voucher"]])).get(row["voucher"]) if row["voucher"] else None
    if code is None:
        return row["points"], None
    valid_until = last_day(row["valid_until"], current_tenant().timezone)
    return row["points"], Voucher(code, _name(row["name_en"], row["name_zh"], language), valid_until)


async def promised(programme: ProgrammeRow, *, language: Language) -> tuple[int, Voucher | None]:
    """Points and an invented voucher, as a preview shows them before anything was given."""
    if programme.gift_template is None:
        return programme.gift_points, None
    row = await DB.fetchrow(
        "SELECT name_en, name_zh FROM __tenant__.voucher_template WHERE id = $1", programme.gift_template)  # fmt: skip
    name = _name(row["name_en"], row["name_zh"], language)
    return programme.gift_points, Voucher("ABCDEFGHJKM23", name, "2030-12-31")


def _name(english: str, chinese: str, language: Language) -> str:
    return (chinese or english) if language == "zh" else (english or chinese)
