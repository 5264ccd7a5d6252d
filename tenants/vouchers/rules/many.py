"""Giving many vouchers out at once, with the same few statements for any number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.kit.errors import DomainError
from tenants.members import MemberUnknown
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller
from tenants.vouchers.rules import codes
from tenants.vouchers.rules.errors import LimitReached, OtherOccasion, OutOfStock, TemplateUnknown
from tenants.vouchers.rules.issuing import Issued, again, check, validity

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime

    _Key = tuple[uuid.UUID, uuid.UUID, str]


@dataclass(frozen=True, slots=True)
class Issue:
    """One voucher to issue, for `issue_many`."""

    template: uuid.UUID
    member: uuid.UUID
    why: str
    once: str
    count_limits: bool = True


async def issue_many(asked: Sequence[Issue]) -> list[Issued | DomainError]:
    """Issue several; the answer for each is in its place: the voucher, or the refusal that stopped that one alone."""
    if not asked:
        return []
    # Whoever holds a template's stock row knows that nobody else is issuing it: what is read next stays true. In the
    # order of templates, so that two batches wait for each other and never in a ring.
    await DB.fetch(
        "SELECT template FROM __tenant__.voucher_stock WHERE template = ANY($1::uuid[]) ORDER BY template FOR UPDATE",
        list({one.template for one in asked}))  # fmt: skip
    while True:
        batch = _Batch(await _facts(asked), clock.now())
        answers = [batch.decide(one) for one in asked]
        if await _write(batch.fresh):
            return answers
        # Another template's voucher took one of these occasions just now: it can be read now, so decide again.


class _Batch:
    """What has been decided so far: who gets a voucher, of which stock, under which limit."""

    def __init__(self, facts: dict[_Key, Any], moment: datetime) -> None:
        self.fresh: dict[str, tuple[Issue, Issued]] = {}
        self._facts = facts
        self._moment = moment
        self._taken: Counter[uuid.UUID] = Counter()
        self._held: Counter[tuple[uuid.UUID, uuid.UUID]] = Counter()

    def decide(self, one: Issue) -> Issued | DomainError:
        """The voucher that one is to get, or why not."""
        try:
            return self._decide(one, self._facts[_key(one)])
        except DomainError as refusal:
            return refusal

    def _decide(self, one: Issue, facts: Any) -> Issued:
        if facts["template"] is None:
            raise TemplateUnknown
        if facts["member_state"] in {None, "erased"}:
            raise MemberUnknown
        if facts["voucher"]:
            return again(facts, one.template, one.member)
        if one.once in self.fresh:
            earlier, issued = self.fresh[one.once]
            if (earlier.template, earlier.member) != (one.template, one.member):
                raise OtherOccasion
            return replace(issued, repeated=True)
        check(facts)
        holder, limit = (one.template, one.member), facts["per_member_limit"]
        if one.count_limits and limit is not None and facts["had"] + self._held[holder] >= limit:
            raise LimitReached(limit=limit)
        if facts["stock"] is not None and facts["issued"] + self._taken[one.template] >= facts["stock"]:
            raise OutOfStock
        self._taken[one.template] += 1
        self._held[holder] += one.count_limits
        code = codes.make()
        issued = Issued(ids.new(), one.template, codes.show(code), *validity(facts, self._moment))
        self.fresh[one.once] = one, issued
        return issued


async def _write(fresh: dict[str, tuple[Issue, Issued]]) -> bool:
    """Write the vouchers with their history and counts; False, and nothing, when an occasion is not free any more."""
    if not fresh:
        return True
    pairs = list(fresh.values())
    try:
        async with DB.savepoint():
            written = await DB.fetchval(
                _ISSUE_MANY,
                [issued.id for _, issued in pairs], [one.template for one, _ in pairs],
                [one.member for one, _ in pairs], [codes.normalise(issued.code) for _, issued in pairs],
                [one.why for one, _ in pairs], [one.once for one, _ in pairs],
                [one.count_limits for one, _ in pairs], [issued.valid_from for _, issued in pairs],
                [issued.valid_until for _, issued in pairs], [ids.new() for _ in pairs], [ids.new() for _ in pairs],
                clock.now(), current_caller().label)  # fmt: skip
            if written < len(pairs):
                raise OtherOccasion  # noqa: TRY301  what leaves the savepoint undoes it
    except OtherOccasion:
        return False
    return True


_ISSUE_MANY = """
WITH asked AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::boolean[],
                         $8::timestamptz[], $9::timestamptz[], $10::uuid[], $11::uuid[])
           AS a (id, template, member, code, why, once, counted, valid_from, valid_until, holding, event)
), fresh AS (
    INSERT INTO __tenant__.voucher (id, template, member, code, state, why, once, counted,
                                    issued_at, valid_from, valid_until)
    SELECT id, template, member, code, 'issued', why, once, counted, $12, valid_from, valid_until
      FROM asked ORDER BY once
    ON CONFLICT (once) DO NOTHING RETURNING id
), held AS (
    INSERT INTO __tenant__.voucher_holding AS h (id, template, member, issued)
    SELECT (array_agg(holding))[1], template, member, count(*) FROM asked WHERE counted GROUP BY template, member
    ON CONFLICT (template, member) DO UPDATE SET issued = h.issued + EXCLUDED.issued
), told AS (
    INSERT INTO __tenant__.voucher_event (id, voucher, kind, reason, recorded_by, at)
    SELECT a.event, a.id, 'issued', a.why, $13, $12 FROM asked a JOIN fresh ON fresh.id = a.id
), taken AS (
    UPDATE __tenant__.voucher_stock s SET issued = s.issued + n.number
      FROM (SELECT template, count(*) AS number FROM asked GROUP BY template) AS n WHERE s.template = n.template
)
SELECT count(*) FROM fresh
"""


async def _facts(asked: Sequence[Issue]) -> dict[_Key, Any]:
    rows = await DB.fetch(
        """
        SELECT a.template AS asked_template, a.member AS asked_member, a.once,
               t.id AS template, t.state, t.validity, t.valid_from, t.valid_until, t.valid_days, t.delay_days,
               t.per_member_limit, m.state AS member_state, s.issued, s.stock, coalesce(h.issued, 0) AS had,
               v.id AS voucher, v.template AS its_template, v.member AS its_member, v.code,
               v.valid_from AS its_from, v.valid_until AS its_until
          FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS a (template, member, once)
          LEFT JOIN __tenant__.voucher_template t ON t.id = a.template
          LEFT JOIN __tenant__.voucher_stock s ON s.template = a.template
          LEFT JOIN __tenant__.member m ON m.id = a.member
          LEFT JOIN __tenant__.voucher_holding h ON h.template = a.template AND h.member = a.member
          LEFT JOIN __tenant__.voucher v ON v.once = a.once
        """,
        [one.template for one in asked], [one.member for one in asked], [one.once for one in asked])  # fmt: skip
    return {(row["asked_template"], row["asked_member"], row["once"]): row for row in rows}


def _key(one: Issue) -> _Key:
    return one.template, one.member, one.once
