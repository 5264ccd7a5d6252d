"""Giving vouchers out, with the same few statements for any number.

Members are locked first, against being merged or erased, then the stock row, which is the mutex of a template; each in
their order, so that two batches wait for each other and never in a ring. Whoever holds the stock knows that nobody else
is issuing: what is read next stays true, and so limits, stock and budget are decided once, here. Lock order everywhere:
order, members, vouchers and codes, stock rows, agents' days, holdings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from tenants.kit import clock, facts, ids
from tenants.kit.errors import DomainError
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller
from tenants.vouchers.rules import codes, deciding, pools
from tenants.vouchers.rules.deciding import Batch, Fresh
from tenants.vouchers.rules.errors import AgentLimitReached
from tenants.vouchers.rules.history import Event, LowStock, tell
from tenants.vouchers.rules.issuing import Claim, Issue, Issued, Why
from tenants.vouchers.rules.policy import read_policy

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

Outcome: TypeAlias = Issued | DomainError
CHUNK = 1_000


async def issue(
    template_id: uuid.UUID, member_id: uuid.UUID, *, why: str, once: str, count_limits: bool = True
) -> Issued:
    """Give a member one voucher of a template, once for the occasion; stock and budget are always taken.

    With `count_limits=False` the limits per member neither stop this voucher nor count it. Whatever is raised,
    nothing was changed. Raises TemplateUnknown, MemberUnknown, MemberBlocked, TemplateNotActive, OutOfStock,
    BudgetSpent, LimitReached, PeriodLimitReached, AgentLimitReached, and OtherOccasion when the occasion has issued
    to another member or of another template.
    """
    return _or_raise(await issue_many([Issue(template_id, member_id, why, once, count_limits)]))


async def claim(template_id: uuid.UUID, member_id: uuid.UUID) -> Issued:
    """A member takes a voucher that the shop offers; a repeated tap where one may have one answers with that one.

    Raises NotClaimable outside the time for claiming, NotForLevel, and what `issue` raises.
    """
    return _or_raise(await claim_many([Claim(template_id, member_id)]))


async def claim_many(claims: Sequence[Claim]) -> list[Outcome]:
    """Many members take vouchers at once, in three statements; for each the voucher, or what `claim` would raise."""
    return await issue_many([Issue(one.template, one.member, Why.CLAIM, "", claim=True) for one in claims])


async def issue_many(asked: Sequence[Issue]) -> list[Outcome]:
    """Issue several; the answer for each is in its place: the voucher, or the refusal that stopped that one alone."""
    answers: list[Outcome] = []
    for start in range(0, len(asked), CHUNK):
        answers += await _issue_chunk(asked[start : start + CHUNK])
    return answers


async def issue_to(
    template_id: uuid.UUID, members: Sequence[uuid.UUID], *, once: str, why: str = Why.SEGMENT
) -> list[Outcome]:
    """Give each of these members one voucher for one occasion, e.g. a segment's campaign; again changes nothing."""
    return await issue_many([Issue(template_id, member, why, f"{once}/{member.hex}") for member in members])


async def _issue_chunk(asked: Sequence[Issue]) -> list[Outcome]:
    await DB.fetch(
        "WITH who AS MATERIALIZED (SELECT id FROM __tenant__.member WHERE id = ANY($2::uuid[]) ORDER BY id"
        " FOR KEY SHARE) SELECT template FROM __tenant__.voucher_stock WHERE template = ANY($1::uuid[])"
        " AND (SELECT count(*) FROM who) >= 0 ORDER BY template FOR UPDATE",
        list({one.template for one in asked}), list({one.member for one in asked}))  # fmt: skip
    answers: list[Outcome | None] = [None] * len(asked)
    left = list(range(len(asked)))
    while left:
        now_asked = [asked[place] for place in left]
        rows = await deciding.read(now_asked)
        batch = Batch(clock.now(), await deciding.levels_open(now_asked, rows))
        for place, row in zip(left, rows, strict=True):
            answers[place] = batch.decide(asked[place], row)
        refused = await _count_agent(batch)
        if refused:
            return [refused if isinstance(answer, Issued) and not answer.repeated else answer for answer in answers]  # type: ignore[misc]  # as below
        written = await _write(list(batch.fresh.values()))
        # Another template's voucher took one of these occasions just now: it can be read now, so decide again.
        lost = {fresh.issued.id for fresh in batch.fresh.values()} - written
        left = [place for place in left if isinstance(answer := answers[place], Issued) and answer.id in lost]
    return answers  # type: ignore[return-value]  # none is left without an answer


async def _count_agent(batch: Batch) -> AgentLimitReached | None:
    """Count what an agent gives out; the refusal of all of it where that would be too much for a day."""
    caller = current_caller()
    if caller.kind != "staff" or caller.role != "agent" or not batch.fresh:
        return None
    most = (await read_policy()).agent_daily_max
    if most is None:
        return None
    day = max(fresh.day for fresh in batch.fresh.values())
    counted = len(batch.fresh) <= most and await DB.fetch(
        "INSERT INTO __tenant__.voucher_agent_day AS a (id, staff, day, issued) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (staff, day) DO UPDATE SET issued = a.issued + EXCLUDED.issued"
        " WHERE a.issued + EXCLUDED.issued <= $5::int RETURNING id",
        ids.new(), caller.id, day, len(batch.fresh), most)  # fmt: skip
    return None if counted else AgentLimitReached(limit=most)


async def _write(fresh: Sequence[Fresh]) -> set[uuid.UUID]:
    """Write the vouchers with their history and counts; answers with those whose occasion was still free."""
    if not fresh:
        return set()
    moment = clock.now()
    kept = [codes.keep(codes.canonical(one.issued.code) or "") for one in fresh]
    rows: list[Any] = await DB.fetch(
        _ISSUE_MANY,
        [one.issued.id for one in fresh], [one.asked.template for one in fresh], [one.asked.member for one in fresh],
        [digest for digest, _ in kept], [shut for _, shut in kept], [one.asked.why for one in fresh],
        [one.once for one in fresh], [one.asked.count_limits for one in fresh],
        [one.issued.valid_from for one in fresh], [one.issued.valid_until for one in fresh],
        [ids.new() for _ in fresh], [ids.new() for _ in fresh],
        [one.day for one in fresh], [one.takes for one in fresh], [one.promised for one in fresh],
        [one.spent for one in fresh], moment, current_caller().label)  # fmt: skip
    written = {row["id"] for row in rows if row["what"] == "voucher"}
    done = [one for one in fresh if one.issued.id in written]
    await pools.hand_out([(one.asked.template, one.issued.id) for one in done if one.external])
    warn = {one.asked.template: one.warn_below for one in fresh if one.warn_below}
    for row in rows:
        if row["what"] == "stock" and row["remaining"] is not None and row["id"] in warn:
            below = warn[row["id"]]
            if row["remaining"] < below <= row["remaining"] + row["taken"]:
                await facts.announce(LowStock(row["id"], row["remaining"], moment))
    await tell(
        [
            Event(one.issued.id, "issued", one.asked.why, template=one.asked.template, member=one.asked.member)
            for one in done
        ]
    )
    return written


def _or_raise(outcomes: list[Outcome]) -> Issued:
    outcome = outcomes[0]
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


_ISSUE_MANY = """
WITH asked AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[], $5::bytea[], $6::text[], $7::text[],
                         $8::boolean[], $9::timestamptz[], $10::timestamptz[], $11::uuid[], $12::uuid[], $13::date[],
                         $14::int[], $15::numeric[], $16::numeric[])
           AS a (id, template, member, digest, shut, why, once, counted, valid_from, valid_until, holding, event,
                 day, takes, promised, spent)
), fresh AS (
    INSERT INTO __tenant__.voucher (id, template, member, code_digest, code_shut, state, why, once, counted,
                                    issued_at, issued_on, valid_from, valid_until, withheld)
    SELECT id, template, member, digest, shut, 'issued', why, once, counted, $17, day, valid_from, valid_until, 0
      FROM asked ORDER BY once
    ON CONFLICT (once) DO NOTHING RETURNING id
), done AS (
    SELECT a.* FROM asked a JOIN fresh ON fresh.id = a.id
), held AS (
    INSERT INTO __tenant__.voucher_holding AS h (id, template, member, issued, day, issued_today, week,
                                                 issued_this_week, month, issued_this_month)
    SELECT (array_agg(holding))[1], template, member, count(*), max(day), count(*),
           max(day) - (EXTRACT(isodow FROM max(day))::int - 1), count(*),
           max(day) - (EXTRACT(day FROM max(day))::int - 1), count(*)
      FROM done WHERE counted GROUP BY template, member
    ON CONFLICT (template, member) DO UPDATE
       SET issued = h.issued + EXCLUDED.issued,
           issued_today = CASE WHEN h.day = EXCLUDED.day THEN h.issued_today ELSE 0 END + EXCLUDED.issued_today,
           issued_this_week = CASE WHEN h.week = EXCLUDED.week THEN h.issued_this_week ELSE 0 END
                              + EXCLUDED.issued_this_week,
           issued_this_month = CASE WHEN h.month = EXCLUDED.month THEN h.issued_this_month ELSE 0 END
                               + EXCLUDED.issued_this_month,
           day = EXCLUDED.day, week = EXCLUDED.week, month = EXCLUDED.month
), told AS (
    INSERT INTO __tenant__.voucher_event (id, voucher, kind, reason, recorded_by, at)
    SELECT event, id, 'issued', why, $18, $17 FROM done
), taken AS (
    UPDATE __tenant__.voucher_stock s
       SET issued = s.issued + n.takes, promised = s.promised + n.promised, spent = s.spent + n.spent,
           issued_today = CASE WHEN s.day = n.day THEN s.issued_today ELSE 0 END + n.number, day = n.day
      FROM (SELECT template, count(*) AS number, sum(takes) AS takes, sum(promised) AS promised, sum(spent) AS spent,
                   max(day) AS day FROM done GROUP BY template) AS n
     WHERE s.template = n.template
    RETURNING s.template, s.stock - s.issued AS remaining, n.takes
)
SELECT 'voucher' AS what, id, NULL::bigint AS remaining, NULL::bigint AS taken FROM fresh
UNION ALL SELECT 'stock', template, remaining, takes FROM taken
"""
