"""Rewards go out: one, or many with the same few statements.

Lock order: grants by occasion, budgets by id, points accounts and then standings by member, vouchers by their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import asyncpg

from tenants import levels, members, points, vouchers
from tenants.kit import clock, facts, ids
from tenants.kit.errors import Conflict, Invalid, Refused
from tenants.kit.words import Words
from tenants.rewards.rules.budgets import keep_within
from tenants.rewards.rules.reasons import Why
from tenants.rewards.tables import NOTE_MAX, ONCE_MAX
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Sequence
    from datetime import datetime

WhenOut = Literal["refuse", "points_only"]
# That a member was blocked or went a moment ago must not keep all others of a batch waiting.
_PASSED_OVER = (Refused, members.MemberBlocked, members.MemberUnknown)


class OnceDiffers(Conflict):
    """This occasion has already granted something else."""

    code = "reward.once_differs"
    sentence = Words(
        en="“{once}” has already granted another reward, or to another member. Use a new name for a new occasion.",
        zh="“{once}”已用于发放其他奖励或发放给其他会员，请换用新的编号。",
    )


@dataclass(frozen=True, slots=True)
class Reward:
    """What is given: points, growth towards a level, a voucher of a template, or several of these."""

    points: int = 0
    voucher_template: uuid.UUID | None = None
    growth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Granting:
    """A reward that a member is to get.

    Its points are pending until `active_at` and expire at `expires_at`, where these are said; `detail` are the facts of
    the sentence that says why.

    `when_out` says what happens when no voucher can be issued (stock, limit, template not active): `refuse` gives
    nothing at all; `points_only` gives the points and writes down that the voucher was refused.
    """

    member: uuid.UUID
    reward: Reward
    why: Why
    once: str
    note: str = ""
    at: datetime | None = None
    when_out: WhenOut = "refuse"
    active_at: datetime | None = None
    expires_at: datetime | None = None
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """A member was given a reward. `voucher_refused` is the code of a refusal that was passed over.

    `points_refused` are points that were not given because the shop's budget for the reason was used up.
    """

    id: uuid.UUID
    member: uuid.UUID
    points: int
    why: Why
    once: str
    at: datetime
    note: str = ""
    voucher_id: uuid.UUID | None = None
    voucher_code: str | None = None
    voucher_refused: str | None = None
    points_refused: int = 0
    growth: int = 0
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """Fact: rewards went out, each of these for the first time, all of one batch."""

    grants: tuple[Granted, ...]


async def grant(
    member: uuid.UUID, reward: Reward, *, why: Why, once: str, note: str = "", when_out: WhenOut = "refuse"
) -> Granted:
    """Give a member a reward, once for this occasion.

    Raises Invalid, MemberUnknown, OnceDiffers, and with `when_out="refuse"` what `vouchers.issue` raises, nothing kept.
    """
    granting = Granting(member=member, reward=reward, why=why, once=once, note=note, when_out=when_out)
    return (await grant_many([granting]))[0]


async def grant_many(grantings: Sequence[Granting]) -> list[Granted]:
    """Give many rewards, each once for its occasion, and say in the same order what became of each.

    Points alone take three statements for any number; vouchers take some each. Points beyond the shop's budget for the
    reason are not given, and the grant says how many. Raises as `grant` does; then none of
    them may be kept, so the transaction, or the savepoint around this call, has to be rolled back.
    """
    if not grantings:
        return []
    moment = clock.now()
    for granting in grantings:
        _check(granting)
    some_voucher = any(granting.reward.voucher_template for granting in grantings)
    async with DB.savepoint() if some_voucher else nullcontext():
        grants = [_Grant.of(granting, moment) for granting in grantings]
        fresh = await _claim(grants)
        new = [one for one in grants if one.id in fresh]
        new = await _within_budgets(new) if any(fresh.values()) else new
        answers = {one.id: one.granted() for one in new}
        await _earn(new)
        await _grow(new)
        answers |= await _issue([one for one in new if one.granting.reward.voucher_template], answers)
        old = [one for one in grants if one.id not in fresh]
        found = await _found([one.granting.once for one in old])
        codes = await _codes(found.values())
        answers |= {one.id: _same(one, found, codes) for one in old}
    if new:
        await facts.announce(Given(tuple(answers[one.id] for one in new)))
    return [answers[one.id] for one in grants]


async def granted_to(member: uuid.UUID, *, limit: int = 20, before: uuid.UUID | None = None) -> list[Granted]:
    """What a member was given, the latest first, up to `limit`; `before` is the last id of the page before."""
    rows = await DB.fetch(
        "SELECT * FROM __tenant__.reward_grant"
        " WHERE member = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3",
        member, before, limit)  # fmt: skip
    codes = await _codes(rows)
    return [_granted(row, code=codes.get(row["voucher"])) for row in rows]


async def forget(member: uuid.UUID) -> None:
    """Blank the notes about a member who is gone."""
    await DB.fetch("UPDATE __tenant__.reward_grant SET note = '' WHERE member = $1 AND note <> ''", member)


@dataclass(frozen=True, slots=True)
class _Grant:
    """A granting with the ids that it will have if its occasion is new."""

    id: uuid.UUID
    entry: uuid.UUID | None
    granting: Granting
    at: datetime
    refused: int = 0

    @classmethod
    def of(cls, granting: Granting, moment: datetime) -> _Grant:
        entry = ids.new() if granting.reward.points else None
        return cls(ids.new(), entry, granting, granting.at or moment)

    def granted(self) -> Granted:
        asked = self.granting
        return Granted(
            id=self.id, member=asked.member, points=asked.reward.points - self.refused, why=asked.why, once=asked.once,
            at=self.at, note=asked.note, growth=asked.reward.growth, points_refused=self.refused)  # fmt: skip


def _check(granting: Granting) -> None:
    given = granting.reward
    if isinstance(given.points, bool) or not 0 <= given.points <= points.POINTS_MAX:
        raise Invalid(
            param="points",
            problem=Words(en="use a whole number up to 1,000,000,000", zh="请使用不超过 1000000000 的整数"),
        )
    if isinstance(given.growth, bool) or not 0 <= given.growth <= points.POINTS_MAX:
        raise Invalid(
            param="growth",
            problem=Words(en="use a whole number up to 1,000,000,000", zh="请使用不超过 1000000000 的整数"),
        )
    if not given.points and not given.growth and given.voucher_template is None:
        raise Invalid(
            param="reward", problem=Words(en="give points, growth or a voucher", zh="请设置积分、成长值或优惠券")
        )
    if not 1 <= len(granting.once) <= ONCE_MAX:
        raise Invalid(param="once", problem=Words(en="use 1 to 190 characters", zh="请使用 1 到 190 个字符"))
    if len(granting.note) > NOTE_MAX:
        raise Invalid(param="note", problem=Words(en="use at most 500 characters", zh="最多 500 个字符"))


async def _claim(grants: list[_Grant]) -> dict[uuid.UUID, bool]:
    """Those whose occasion is new, and whether their reason has a budget."""
    # In the order of occasions, so that two batches wait for each other and never in a ring.
    asked = sorted(grants, key=lambda one: one.granting.once)
    try:
        rows = await DB.fetch(
            "INSERT INTO __tenant__.reward_grant"
            " (id, member, points, points_entry, points_refused, growth, voucher_template, why, once, note, at,"
            " given_on) SELECT id, member, points, points_entry, 0, growth, voucher_template, why, once, note, at, $11"
            " FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::uuid[], $5::uuid[], $6::text[], $7::text[],"
            " $8::text[], $9::timestamptz[], $10::int[])"
            " AS g(id, member, points, points_entry, voucher_template, why, once, note, at, growth)"
            " ON CONFLICT (once) DO NOTHING RETURNING id, EXISTS (SELECT 1 FROM __tenant__.reward_budget b"
            " WHERE b.active AND b.why = reward_grant.why) AS has_budget",
            [one.id for one in asked],
            [one.granting.member for one in asked],
            [one.granting.reward.points for one in asked],
            [one.entry for one in asked],
            [one.granting.reward.voucher_template for one in asked],
            [one.granting.why.value for one in asked],
            [one.granting.once for one in asked],
            [one.granting.note for one in asked],
            [one.at for one in asked],
            [one.granting.reward.growth for one in asked],
            clock.today(current_tenant().timezone),
        )
    except asyncpg.ForeignKeyViolationError as error:
        if "voucher_template" in (error.constraint_name or ""):
            raise vouchers.TemplateUnknown from None
        raise members.MemberUnknown from None
    return {row["id"]: row["has_budget"] for row in rows}


async def _found(onces: list[str]) -> dict[str, Any]:
    if not onces:
        return {}
    rows = await DB.fetch(
        "SELECT * FROM __tenant__.reward_grant WHERE once = ANY($1::text[])",
        onces,
    )
    return {row["once"]: row for row in rows}


async def _codes(rows: Iterable[Any]) -> dict[uuid.UUID, str]:
    issued = [row["voucher"] for row in rows if row["voucher"]]
    return await vouchers.codes_of(issued) if issued else {}


def _same(one: _Grant, found: dict[str, Any], codes: dict[uuid.UUID, str]) -> Granted:
    asked = one.granting
    row = found.get(asked.once)
    given = asked.reward
    wanted = (asked.member, given.points, given.growth, given.voucher_template, asked.why)
    if row is None or wanted != (
        row["member"], row["points"] + row["points_refused"], row["growth"], row["voucher_template"], row["why"]
    ):  # fmt: skip
        raise OnceDiffers(once=asked.once)
    return _granted(row, code=codes.get(row["voucher"]), repeated=True)


def _granted(row: Any, *, code: str | None, repeated: bool = False) -> Granted:
    return Granted(
        id=row["id"], member=row["member"], points=row["points"], why=Why(row["why"]), once=row["once"], at=row["at"],
        note=row["note"], voucher_id=row["voucher"], voucher_code=code, voucher_refused=row["voucher_refused"],
        growth=row["growth"], points_refused=row["points_refused"], repeated=repeated)  # fmt: skip


async def _earn(grants: list[_Grant]) -> None:
    await points.earn_many(
        [
            points.Earning(
                id=one.entry,
                member=one.granting.member,
                points=one.granting.reward.points,
                why=points.Why(one.granting.why.value),
                once=f"reward/{one.granting.once}",
                note=one.granting.note,
                at=one.at,
                active_at=one.granting.active_at,
                expires_at=one.granting.expires_at,
                detail=one.granting.detail,
            )
            for one in grants
            if one.entry
        ]
    )


async def _grow(grants: list[_Grant]) -> None:
    await levels.count_many(
        [
            levels.Growth(
                member=one.granting.member,
                amount=one.granting.reward.growth,
                kind="growth",
                once=f"reward/{one.granting.once}",
                at=one.at,
                why="reward",
            )
            for one in grants
            if one.granting.reward.growth
        ]
    )


async def _within_budgets(grants: list[_Grant]) -> list[_Grant]:
    """The same grants; those whose points a budget has no room for keep the rest of their reward."""
    asked = [(one.granting.why, one.granting.reward.points) for one in grants]
    fit = await keep_within(asked)
    if all(fit):
        return grants
    over = {one.id for one, fits in zip(grants, fit, strict=True) if not fits}
    await DB.fetch(
        "UPDATE __tenant__.reward_grant SET points_refused = points, points = 0, points_entry = NULL"
        " WHERE id = ANY($1::uuid[])", list(over))  # fmt: skip
    return [replace(one, entry=None, refused=one.granting.reward.points) if one.id in over else one for one in grants]


async def _issue(grants: list[_Grant], answers: dict[uuid.UUID, Granted]) -> dict[uuid.UUID, Granted]:
    if not grants:
        return {}
    issued = await vouchers.issue_many(
        [
            vouchers.Issue(
                template, one.granting.member, why=one.granting.why.value, once=f"reward/{one.granting.once}"
            )
            for one in grants
            if (template := one.granting.reward.voucher_template)
        ]
    )
    told = {}
    for one, outcome in zip(grants, issued, strict=True):
        if isinstance(outcome, vouchers.Issued):
            told[one.id] = replace(answers[one.id], voucher_id=outcome.id, voucher_code=outcome.code)
        elif one.granting.when_out == "points_only" and isinstance(outcome, _PASSED_OVER):
            told[one.id] = replace(answers[one.id], voucher_refused=outcome.code)
        else:
            raise outcome
    await DB.fetch(
        "UPDATE __tenant__.reward_grant g SET voucher = a.voucher, voucher_refused = a.refused"
        " FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS a(id, voucher, refused) WHERE g.id = a.id",
        list(told),
        [one.voucher_id for one in told.values()],
        [one.voucher_refused for one in told.values()],
    )
    return told
