"""From verdicts to rows: reads what matters of many members, judges each, and writes what changed for all at once.

Lock order: whoever also moves points does so first (accounts by ascending member), then standings by ascending member.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, facts, ids
from tenants.levels.rules.judging import Case, Hold, Verdict, judge, windows_that_matter
from tenants.levels.rules.reasons import Why
from tenants.levels.rules.windows import Window
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tenants.levels.rules.ladder import Level, Rules

_STEPS_MAX = 200  # terms that can be over at once: of a month each, for more than a dozen years


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A member moved from one level to another; None is no level at all."""

    id: uuid.UUID
    member: uuid.UUID
    before: Level | None
    after: Level | None
    why: Why
    at: datetime


@dataclass(frozen=True, slots=True)
class Changed:
    """Fact: members moved between levels, all of one batch."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """A member will lose `level` on `drops_on` unless they make up for `missing` (of `basis`); told `days` before."""

    id: uuid.UUID
    member: uuid.UUID
    level: Level
    basis: str
    missing: Decimal
    drops_on: date
    days: int
    at: datetime


@dataclass(frozen=True, slots=True)
class WillDrop:
    """Fact: members are about to lose their level; once for each term and stage. Not of who is blocked or gone."""

    drops: tuple[Drop, ...]


@dataclass(slots=True)
class _Judged:
    case: Case
    verdict: Verdict
    look_on: date | None
    earned: uuid.UUID | None
    why: Why | None = None

    @property
    def renewed(self) -> bool:
        return "renewed" in self.verdict.ended.values()

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        verdict = self.verdict
        return bool(
            verdict.ended or verdict.opened or verdict.notice or verdict.level != self.case.level
            or (verdict.earned, verdict.look_on) != (self.earned, self.look_on)
        )  # fmt: skip


async def lock(members: Iterable[uuid.UUID]) -> None:
    """Make everything else that moves these members' levels wait; makes the rows of those who have none."""
    await DB.fetch(
        "INSERT INTO __tenant__.level_standing (member, spend, growth, points, updated_at)"
        " SELECT m, 0, 0, 0, $2 FROM unnest($1::uuid[]) AS m ORDER BY m ON CONFLICT (member)"
        " DO UPDATE SET updated_at = excluded.updated_at",
        sorted(set(members)), clock.now())  # fmt: skip


async def judge_many(
    rules: Rules, members: Sequence[uuid.UUID], *, cause: Why | None = None, note: str = "", lower: bool = False
) -> None:
    """Judge members whose standings are locked, write what follows, and tell it as Changed and WillDrop.

    `cause` is the reason of every move, where it is not what the member did; `lower` as in `judging.judge`.
    """
    today = clock.today(current_tenant().timezone)
    waiting, first = list(members), lower
    for _ in range(_STEPS_MAX):
        if not waiting:
            return
        cases = await _cases(rules, waiting, today)
        judged = [_Judged(case, judge(rules, case, lower=first), look_on, earned) for case, look_on, earned in cases]
        await _write(rules, [one for one in judged if one.changed], cause=cause, note=note, today=today)
        waiting = [one.case.member for one in judged if one.verdict.look_on == today]
        first = False


async def sums(windows: Sequence[tuple[uuid.UUID, Window]]) -> list[Decimal]:
    """What members' windows add up to, in the same order."""
    rows = await DB.fetch(
        "SELECT s.amount FROM unnest($1::uuid[], $2::text[], $3::date[], $4::date[]) WITH ORDINALITY"
        " AS w(member, kind, first, last, place) LEFT JOIN LATERAL (SELECT sum(e.amount) AS amount"
        " FROM __tenant__.growth_entry e WHERE e.member = w.member AND e.kind = w.kind"
        " AND e.day >= coalesce(w.first, '-infinity'::date) AND e.day <= w.last) s ON true ORDER BY w.place",
        [member for member, _ in windows], [one.kind for _, one in windows], [one.first for _, one in windows],
        [one.last for _, one in windows])  # fmt: skip
    return [row["amount"] or Decimal(0) for row in rows]


_HOLDS = """
SELECT s.member, s.level AS standing, s.earned AS best, s.look_on,
       h.id, h.level, h.how, h.since, h.until, h.needed, h.basis, h.counted_from,
       h.counted_to, h.note
  FROM __tenant__.level_standing s LEFT JOIN __tenant__.level_hold h ON h.member = s.member AND h.ended IS NULL
 WHERE s.member = ANY($1::uuid[]) ORDER BY s.member, h.id
"""


async def _cases(
    rules: Rules, members: Sequence[uuid.UUID], today: date
) -> list[tuple[Case, date | None, uuid.UUID | None]]:
    rows: dict[uuid.UUID, list[Any]] = {}
    for row in await DB.fetch(_HOLDS, members):
        rows.setdefault(row["member"], []).append(row)
    holds = {member: tuple(hold_of(row) for row in found if row["id"]) for member, found in rows.items()}
    wanted = [(member, one) for member, mine in holds.items() for one in set(windows_that_matter(rules, mine, today))]
    found_sums: dict[uuid.UUID, dict[Window, Decimal]] = {member: {} for member in rows}
    for (member, one), amount in zip(wanted, await sums(wanted), strict=True):
        found_sums[member][one] = amount
    return [
        (
            Case(member=member, today=today, level=found[0]["standing"], holds=holds[member], sums=found_sums[member]),
            found[0]["look_on"],
            found[0]["best"],
        )
        for member, found in rows.items()
    ]


def hold_of(row: Any) -> Hold:
    """A hold out of its row."""
    counted = Window(row["basis"], row["counted_from"], row["counted_to"]) if row["basis"] else None
    return Hold(
        id=row["id"], level=row["level"], how=row["how"], since=row["since"], until=row["until"],
        needed=row["needed"], counted=counted, note=row["note"])  # fmt: skip


async def _write(rules: Rules, judged: list[_Judged], *, cause: Why | None, note: str, today: date) -> None:
    if not judged:
        return
    moment = clock.now()
    await _end([(hold, how) for one in judged for hold, how in one.verdict.ended.items()], moment)
    await open_holds([(one.case.member, hold) for one in judged for hold in one.verdict.opened])
    for one in judged:
        one.why = _why(rules, one, cause)
    await _stand(judged, today, moment)
    changes = await _note_changes(rules, judged, note=note, today=today, moment=moment)
    drops = await _note_drops(rules, judged, moment)
    if changes:
        await facts.announce(Changed(tuple(changes)))
    if drops:
        await facts.announce(WillDrop(tuple(drops)))


def _why(rules: Rules, one: _Judged, cause: Why | None) -> Why | None:
    """Why this member moved, or was renewed; None if neither."""
    if one.verdict.level == one.case.level:
        return Why.RENEWED if one.renewed else None
    if cause:
        return cause
    hands = {hold.id for hold in one.case.holds if not hold.earned}
    hand_over = bool(hands & one.verdict.ended.keys())
    if _rank(rules, one.verdict.level) > _rank(rules, one.case.level):
        return Why.REACHED if one.verdict.opened or not hand_over else Why.HAND_OVER
    ends = set(one.verdict.ended.values())
    if "taken_back" in ends:
        return Why.TAKEN_BACK
    if "rules_changed" in ends:
        return Why.RULES_CHANGED
    return Why.TERM_OVER if "dropped" in ends else Why.HAND_OVER


def _rank(rules: Rules, level: uuid.UUID | None) -> int:
    return rules.rank(level)


async def _end(ended: list[tuple[uuid.UUID, str]], moment: datetime) -> None:
    if ended:
        await DB.fetch(
            "UPDATE __tenant__.level_hold h SET ended = e.how, ended_at = $3"
            " FROM unnest($1::uuid[], $2::text[]) AS e(id, how) WHERE h.id = e.id",
            [hold for hold, _ in ended], [how for _, how in ended], moment)  # fmt: skip


async def open_holds(opened: Sequence[tuple[uuid.UUID, Hold]]) -> None:
    """Write new holds of members."""
    if not opened:
        return
    counted = [hold.counted or (None, None, None) for _, hold in opened]
    await DB.fetch(
        "INSERT INTO __tenant__.level_hold (id, member, level, how, since, until, needed, basis, counted_from,"
        " counted_to, note, at) SELECT h.*, $12 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::date[],"
        " $6::date[], $7::numeric[], $8::text[], $9::date[], $10::date[], $11::text[]) AS h",
        [hold.id for _, hold in opened], [member for member, _ in opened], [hold.level for _, hold in opened],
        [hold.how for _, hold in opened], [hold.since for _, hold in opened], [hold.until for _, hold in opened],
        [hold.needed for _, hold in opened], [kind for kind, _, _ in counted],
        [first for _, first, _ in counted], [last for _, _, last in counted],
        [hold.note for _, hold in opened], clock.now())  # fmt: skip


async def _stand(judged: list[_Judged], today: date, moment: datetime) -> None:
    await DB.fetch(
        "UPDATE __tenant__.level_standing s SET level = j.level, earned = j.earned, look_on = j.look_on,"
        " since = CASE WHEN s.level IS DISTINCT FROM j.level THEN $5 ELSE s.since END, updated_at = $6"
        " FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[]) AS j(member, level, earned, look_on)"
        " WHERE s.member = j.member",
        [one.case.member for one in judged], [one.verdict.level for one in judged],
        [one.verdict.earned for one in judged], [one.verdict.look_on for one in judged], today, moment)  # fmt: skip


async def _note_changes(
    rules: Rules, judged: list[_Judged], *, note: str, today: date, moment: datetime
) -> list[Change]:  # fmt: skip
    noted = [(ids.new(), one, one.why) for one in judged if one.why]
    if not noted:
        return []
    await DB.fetch(
        "INSERT INTO __tenant__.level_change (id, member, before, after, why, basis, value, until, note, day, at)"
        " SELECT c.id, c.member, c.before, c.after, c.why, $8, c.value, c.until, $9, $10, $11"
        " FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::numeric[], $7::date[])"
        " AS c(id, member, before, after, why, value, until)",
        [change for change, _, _ in noted], [one.case.member for _, one, _ in noted],
        [one.case.level for _, one, _ in noted], [one.verdict.level for _, one, _ in noted],
        [why.value for _, _, why in noted], [one.verdict.value for _, one, _ in noted],
        [one.verdict.until for _, one, _ in noted], rules.policy.basis, note, today, moment)  # fmt: skip
    return [
        Change(
            id=change, member=one.case.member, before=level_or_lowest(rules, one.case.level),
            after=level_or_lowest(rules, one.verdict.level), why=why, at=moment)
        for change, one, why in noted
        if why is not Why.RENEWED
    ]  # fmt: skip


def level_or_lowest(rules: Rules, level: uuid.UUID | None) -> Level | None:
    """A level by its id; without one, the level that everybody has."""
    return rules.by_id[level] if level else rules.lowest


async def _note_drops(rules: Rules, judged: list[_Judged], moment: datetime) -> list[Drop]:
    told = {notice.hold: (ids.new(), one, notice) for one in judged if (notice := one.verdict.notice)}
    if not told:
        return []
    rows = await DB.fetch(
        "INSERT INTO __tenant__.level_notice (id, member, hold, days, missing, drops_on, at)"
        " SELECT n.*, $7 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::numeric[], $6::date[])"
        " AS n(id, member, hold, days, missing, drops_on)"
        " WHERE EXISTS (SELECT 1 FROM __tenant__.member m WHERE m.id = n.member AND m.state = 'active')"
        " ON CONFLICT (hold, days) DO NOTHING RETURNING id, hold",
        [row for row, _, _ in told.values()], [one.case.member for _, one, _ in told.values()],
        [notice.hold for _, _, notice in told.values()], [notice.days for _, _, notice in told.values()],
        [notice.missing for _, _, notice in told.values()], [notice.drops_on for _, _, notice in told.values()],
        moment)  # fmt: skip
    drops = []
    for row in rows:
        _, one, notice = told[row["hold"]]
        held = one.verdict.earned
        assert held is not None  # noqa: S101  a notice is about a level that is held
        drops.append(Drop(
            id=row["id"], member=one.case.member, level=rules.by_id[held], basis=rules.policy.basis,
            missing=notice.missing, drops_on=notice.drops_on, days=notice.days, at=moment))  # fmt: skip
    return drops
