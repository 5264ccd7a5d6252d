"""Versions: what a plan promises, frozen, from a day of the shop on. They are only ever added."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tenants.checkins.rules import terms
from tenants.checkins.rules.refusals import PlanUnknown
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.tenancy import DB, current_tenant
from tenants.tenancy.callers import current_caller

AHEAD_MAX = timedelta(days=366)
_ALWAYS = date(2000, 1, 1)
_NOBODY = uuid.UUID(int=0)


async def keep_up(plan: uuid.UUID, *, from_day: date | None = None) -> None:
    """After an edit of a locked plan: one that is on, or has been, gets a version of what is new; a draft stays one.

    The version holds from that day of the shop on, today if left out. Raises Invalid for a day that is past.
    """
    row = await DB.fetchrow(
        "SELECT p.active, (SELECT v.id FROM __tenant__.check_in_version v WHERE v.plan = p.id ORDER BY v.number DESC"
        " LIMIT 1) AS newest FROM __tenant__.check_in_plan p WHERE p.id = $1", plan)  # fmt: skip
    if row["newest"] is None and not row["active"]:
        return
    if row["newest"] is None or from_day or _said(await terms.load(row["newest"])) != _said(await drafted(plan)):
        await _freeze(plan, from_day=from_day)


async def drafted(plan: uuid.UUID) -> terms.Terms:
    """What a plan promises as it stands at the desk, as a version would have it. Raises PlanUnknown."""
    row = await DB.fetchrow("SELECT * FROM __tenant__.check_in_plan WHERE id = $1", plan)
    if row is None:
        raise PlanUnknown
    first = (row["first_points"], row["first_growth"], row["first_voucher"])
    promised = [
        *(_milestone(one) for one in await milestones(plan)),
        *(_special(one, slot) for slot, one in enumerate(await special_dates(plan), start=1)),
        *(_level(one) for one in await level_bonuses(plan)),
    ]
    if any(first):
        promised.append(
            terms.Term(
                id=_NOBODY, kind="first", repeats=False, points=first[0], growth=first[1],
                voucher_template=first[2]))  # fmt: skip
    length = terms.length_of(row["cycle"], row["cycle_days"])
    return terms.terms_of({**row, "plan": plan, "number": 0, "cycle_days": length}, tuple(promised))


async def milestones(plan: uuid.UUID) -> list[Any]:
    """The milestones of a plan, by day."""
    rows: list[Any] = await DB.fetch(
        "SELECT * FROM __tenant__.check_in_milestone WHERE plan = $1 ORDER BY day, slot", plan
    )
    return rows


async def special_dates(plan: uuid.UUID) -> list[Any]:
    """The special dates of a plan, in the order in which they were entered."""
    rows: list[Any] = await DB.fetch("SELECT * FROM __tenant__.check_in_special_date WHERE plan = $1 ORDER BY id", plan)
    return rows


async def level_bonuses(plan: uuid.UUID) -> list[Any]:
    """The level bonuses of a plan."""
    rows: list[Any] = await DB.fetch("SELECT * FROM __tenant__.check_in_level_bonus WHERE plan = $1 ORDER BY id", plan)
    return rows


async def versions(plan: uuid.UUID) -> list[Any]:
    """The versions of a plan, the newest first, as rows."""
    rows: list[Any] = await DB.fetch(
        "SELECT * FROM __tenant__.check_in_version WHERE plan = $1 ORDER BY number DESC", plan
    )
    return rows


# The slots of special dates tell apart those of one day.
_FREEZE = """
INSERT INTO __tenant__.check_in_term (id, version, kind, place, slot, repeats, day, month, month_day, level, name_en,
       name_zh, multiplier, points, growth, voucher_template)
SELECT md5($1::text || kind || id::text)::uuid, $1::text::uuid, kind, place, slot, repeats, day, month, month_day,
       level, name_en, name_zh, multiplier, points, growth, voucher_template
  FROM (SELECT id, 'milestone' AS kind, day AS place, slot, repeats, NULL::date AS day, NULL::smallint AS month,
               NULL::smallint AS month_day, NULL::uuid AS level, '' AS name_en, '' AS name_zh, 1 AS multiplier, points,
               growth, voucher_template FROM __tenant__.check_in_milestone WHERE plan = $2
        UNION ALL
        SELECT id, 'special', NULL, row_number() OVER (ORDER BY id), true, day, month, month_day, NULL, name_en,
               name_zh, multiplier, points, growth, voucher_template
          FROM __tenant__.check_in_special_date WHERE plan = $2
        UNION ALL
        SELECT id, 'level', NULL, 1, true, NULL, NULL, NULL, level, '', '', multiplier, points, 0, NULL
          FROM __tenant__.check_in_level_bonus WHERE plan = $2
        UNION ALL
        SELECT id, 'first', NULL, 1, false, NULL, NULL, NULL, NULL, '', '', 1, first_points, first_growth, first_voucher
          FROM __tenant__.check_in_plan
         WHERE id = $2 AND (first_points > 0 OR first_growth > 0 OR first_voucher IS NOT NULL)) AS promised
"""


async def _freeze(plan: uuid.UUID, *, from_day: date | None = None) -> None:
    """Freeze what a locked plan promises now; it holds from that day on, today if left out. Raises Invalid.

    The first version has none before it, so it holds from the start of the plan's window on.
    """
    today = clock.today(current_tenant().timezone)
    holds = from_day or today
    if not today <= holds <= today + AHEAD_MAX:
        raise Invalid(param="from_day", problem=Words(en="use today or a later day", zh="请填写今天或之后一年内的日期"))
    row: Any = await DB.fetchrow("SELECT cycle, cycle_days FROM __tenant__.check_in_plan WHERE id = $1", plan)
    version = ids.new()
    await DB.fetch(
        "INSERT INTO __tenant__.check_in_version (id, plan, number, from_day, base, increment, increment_days, cycle,"
        " cycle_days, milestones, specials, levels, first, make_up_days, make_up_price, make_up_step,"
        " make_up_per_cycle, make_up_per_month, make_up_base, make_up_milestones, made_by, at)"
        " SELECT $1, p.id, 1 + (SELECT count(*) FROM __tenant__.check_in_version v WHERE v.plan = p.id),"
        " CASE WHEN EXISTS (SELECT 1 FROM __tenant__.check_in_version v WHERE v.plan = p.id) THEN $3::date"
        " ELSE $7::date END, p.base, p.increment, p.increment_days, p.cycle, $4::int,"
        " EXISTS (SELECT 1 FROM __tenant__.check_in_milestone m WHERE m.plan = p.id),"
        " EXISTS (SELECT 1 FROM __tenant__.check_in_special_date s WHERE s.plan = p.id),"
        " EXISTS (SELECT 1 FROM __tenant__.check_in_level_bonus l WHERE l.plan = p.id),"
        " p.first_points > 0 OR p.first_growth > 0 OR p.first_voucher IS NOT NULL,"
        " p.make_up_days, p.make_up_price, p.make_up_step, p.make_up_per_cycle, p.make_up_per_month, p.make_up_base,"
        " p.make_up_milestones, $5, $6::timestamptz FROM __tenant__.check_in_plan p WHERE p.id = $2",
        version, plan, holds, terms.length_of(row["cycle"], row["cycle_days"]), current_caller().label[:100],
        clock.now(), from_day or _ALWAYS)  # fmt: skip
    await DB.fetch(_FREEZE, str(version), plan)


def _said(said: terms.Terms) -> terms.Terms:
    """A version without what tells it from another that says the same."""
    promised = sorted((replace(term, id=_NOBODY) for term in said.terms), key=repr)
    return replace(said, version=_NOBODY, number=0, terms=tuple(promised))


def _milestone(row: Any) -> terms.Term:
    return terms.Term(
        id=row["id"], kind="milestone", place=row["day"], slot=row["slot"], repeats=row["repeats"],
        points=row["points"], growth=row["growth"], voucher_template=row["voucher_template"])  # fmt: skip


def _special(row: Any, slot: int) -> terms.Term:
    return terms.Term(
        id=row["id"], kind="special", slot=slot, day=row["day"], month=row["month"], month_day=row["month_day"],
        name=Words(en=row["name_en"], zh=row["name_zh"]), multiplier=row["multiplier"], points=row["points"],
        growth=row["growth"], voucher_template=row["voucher_template"])  # fmt: skip


def _level(row: Any) -> terms.Term:
    return terms.Term(
        id=row["id"], kind="level", level=row["level"], multiplier=row["multiplier"], points=row["points"])  # fmt: skip
