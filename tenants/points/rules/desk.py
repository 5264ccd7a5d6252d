"""What staff do with points at the desk, and the sentences with which it is answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Words
from tenants.points.rules import adjusting, coming, forecasting, lapsing, policy, reversing, taking_back
from tenants.points.rules.reasons import Why
from tenants.points.rules.refusals import NoSuchEntry
from tenants.tenancy import DB, current_tenant
from tenants.tenancy.callers import current_caller


async def set_policy(_row: UUID, values: dict[str, Any]) -> None:
    """Change what was changed in the form, and leave the rest."""
    await policy.change_policy(**values)


def _me() -> adjusting.Person:
    caller = current_caller()
    return adjusting.Person(id=caller.id, name=caller.name)


async def adjust(values: dict[str, Any]) -> Words:
    """Give or take points by hand."""
    made = await adjusting.adjust(
        values["member"], points=values["points"], reason=values["note"], once=f"desk/adjust/{values['once']}",
        by=_me())  # fmt: skip
    if made.state == "proposed":
        return Words(
            en=f"{made.points:+} points are proposed. Somebody else of the staff has to approve.",
            zh=f"已提交调整申请：{made.points:+} 积分，须由另一位员工审批。",
        )
    return Words(en=f"Done: {made.points:+} points.", zh=f"已调整：{made.points:+} 积分。")


async def open_proposals() -> dict[str, Words]:
    """What waits for a second person."""
    rows = await DB.fetch(
        "SELECT d.id, d.points, d.proposed_name, d.reason, coalesce(nullif(m.name, ''), m.external_id, '') AS name"
        " FROM __tenant__.points_adjustment d JOIN __tenant__.member m ON m.id = d.member"
        " WHERE d.state = 'proposed' ORDER BY d.at LIMIT 200"
    )
    return {
        str(row["id"]): Words(
            en=f"{row['points']:+} for {row['name']} by {row['proposed_name']}: {row['reason'][:80]}",
            zh=f"{row['name']} {row['points']:+}（{row['proposed_name']}）：{row['reason'][:80]}",
        )
        for row in rows
    }


async def decide(values: dict[str, Any]) -> Words:
    """Approve or refuse a proposal."""
    done = await adjusting.decide_adjustment(
        UUID(values["adjustment"]), approve=values["decision"] == "approve", by=_me())  # fmt: skip
    if done.state == "approved":
        return Words(en=f"Approved: {done.points:+} points.", zh=f"已批准：{done.points:+} 积分。")
    return Words(en="Refused; no points have moved.", zh="已拒绝，积分未变动。")


async def open_batches() -> dict[str, Words]:
    """What lapsed within reach and has not been given back."""
    zone = current_tenant().timezone
    return {
        str(one.id): Words(
            en=f"{clock.today(zone, one.at)}: {one.points} points of {one.members} members",
            zh=f"{clock.today(zone, one.at)}：{one.members} 位会员，{one.points} 积分",
        )
        for one in await lapsing.batches(limit=200)
        if one.undone_at is None
    }


async def undo(values: dict[str, Any]) -> Words:
    """Give back a batch."""
    until = clock.local(current_tenant().timezone, values["last_day"] + timedelta(days=1))
    done = await lapsing.undo_lapse(UUID(values["batch"]), until=until, by=_me().name)
    return Words(
        en=f"{done.points} points of {done.members} members are back, until the end of {values['last_day']}.",
        zh=f"已恢复 {done.members} 位会员的 {done.points} 积分，有效期至 {values['last_day']}。",
    )


async def cancel(values: dict[str, Any]) -> Words:
    """Drop what is still to come of an entry."""
    text = values["pending"]
    found = await DB.fetchval("SELECT id FROM __tenant__.points_pending WHERE once = $1", text)
    done = await coming.cancel(found or _id(text), note=values["note"])
    return Words(en=f"{done.pending} points will not come.", zh=f"已取消 {done.pending} 待生效积分。")


def _id(text: str) -> UUID:
    try:
        return ids.read("pnt", text)
    except NotFound:
        raise NoSuchEntry from None


async def forecast(values: dict[str, Any]) -> Words:
    """What lapses within a year under the present rules, or others."""
    tried = _tried(values)
    rules = await policy.policy() if tried is None else policy.checked(tried)
    days = await forecasting.expiring(policy=tried)
    told = policy.describe(rules)
    if not days:
        return Words(en=f"{told.en} Within a year no points lapse.", zh=f"{told.zh} 一年内没有积分到期。")
    first, points = days[0], sum(day.points for day in days)
    return Words(
        en=f"{told.en} Within a year {points} points lapse on {len(days)} days; first, on {first.day}, {first.points}"
        f" of {first.members} members.",
        zh=f"{told.zh} 一年内将有 {points} 积分分 {len(days)} 天到期；最近一次为 {first.day}，{first.members} 位会员"
        f" {first.points} 积分。",
    )


def _tried(values: dict[str, Any]) -> policy.Policy | None:
    """The rules that a form asks to try; none, where it asks for the present ones."""
    if values["expiry"] == "present":
        return None
    return policy.Policy(
        expiry=values["expiry"],
        validity_months=values["validity_months"],
        validity_days=values["validity_days"],
        rounding=values["rounding"] or "day",
        calendar_days=[_month_day(text) for text in values["calendar_days"]],
        minimum_days=values["minimum_days"] or 0,
        inactivity_days=values["inactivity_days"],
    )


def _month_day(text: str) -> int:
    month, _, day = text.partition("-")
    if not (month.isdecimal() and day.isdecimal()):
        raise Invalid(param="calendar_days", problem=Words(en="write days as 12-31", zh="请按 12-31 的格式填写日期"))
    return int(month[:2]) * 100 + int(day[:2])


async def take_back(values: dict[str, Any]) -> Words:
    """Take points back."""
    taken = await taking_back.take_back(
        values["member"], points=values["points"], why=Why.STAFF, once=f"desk/take-back/{values['once']}",
        note=values["note"])  # fmt: skip
    if taken.short:
        return Words(
            en=f"{taken.taken} points were taken back; {taken.short} were not there any more.",
            zh=f"已收回 {taken.taken} 积分；另有 {taken.short} 积分余额不足，未能收回。",
        )
    return Words(en=f"{taken.taken} points were taken back.", zh=f"已收回 {taken.taken} 积分。")


async def reverse(values: dict[str, Any]) -> Words:
    """Undo an entry."""
    found = await _entry(values["entry"])
    # The occasion is the same as at the API, so that an entry is reversed once wherever it is asked.
    undone = await reversing.reverse(found, once=f"reversal/{found}", note=values["note"])
    if undone.repeated:
        return Words(en="This entry had been reversed already.", zh="该流水此前已撤销，没有重复撤销。")
    return Words(en=f"The entry is reversed: {undone.points:+} points.", zh=f"流水已撤销：{undone.points:+} 积分。")


async def _entry(text: str) -> UUID:
    """An entry by its occasion, which is at the desk, or its id at the API. Raises NoSuchEntry."""
    found: UUID | None = await DB.fetchval("SELECT id FROM __tenant__.points_entry WHERE once = $1", text)
    if found is None:
        try:
            return ids.read("pnt", text)
        except NotFound:
            raise NoSuchEntry from None
    return found
