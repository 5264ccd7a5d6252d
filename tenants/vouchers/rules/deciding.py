"""Who gets a voucher, of which stock, under which limit and out of which budget: decided for a batch in Python.

What is read here stays true, because the stock rows of all templates are locked by then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.kit.errors import DomainError
from tenants.kit.words import Words
from tenants.members import MemberBlocked, MemberUnknown
from tenants.tenancy import DB, current_tenant
from tenants.vouchers.rules import codes, levelled
from tenants.vouchers.rules.errors import (
    BudgetSpent,
    LimitReached,
    NotClaimable,
    NotForLevel,
    OtherOccasion,
    OutOfStock,
    PeriodLimitReached,
    TemplateNotActive,
    TemplateUnknown,
)
from tenants.vouchers.rules.issuing import Issue, Issued, Why, can_be_claimed, validity
from tenants.vouchers.rules.terms import worst

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

DAY = Words(en="day", zh="天")
WEEK = Words(en="week", zh="周")
MONTH = Words(en="month", zh="月")
_BY_MEMBER = frozenset({Why.CLAIM, Why.CODE})


@dataclass(frozen=True, slots=True)
class Fresh:
    """A voucher that is to be written. `takes`, `promised` and `spent` are what it takes of stock and budget."""

    asked: Issue
    issued: Issued
    once: str
    day: date
    takes: int
    promised: Decimal
    spent: Decimal
    external: bool
    warn_below: int | None


class Batch:
    """What has been decided so far."""

    def __init__(self, moment: datetime, open_to: Mapping[uuid.UUID, set[uuid.UUID]]) -> None:
        """`open_to` says of members who take vouchers themselves which templates with levels are for theirs."""
        self._open_to = open_to
        self.fresh: dict[str, Fresh] = {}
        self._moment = moment
        self._today = clock.today(current_tenant().timezone, moment)
        self._taken: Counter[uuid.UUID] = Counter()
        self._made: Counter[uuid.UUID] = Counter()
        self._held: Counter[tuple[uuid.UUID, uuid.UUID]] = Counter()
        self._money: dict[uuid.UUID, Decimal] = defaultdict(Decimal)

    def decide(self, one: Issue, row: Any) -> Issued | DomainError:
        """The voucher that one is to get, or why not."""
        try:
            return self._decide(one, row)
        except DomainError as refusal:
            return refusal

    def _decide(self, one: Issue, row: Any) -> Issued:
        if row["template"] is None:
            raise TemplateUnknown
        if row["member_state"] in {None, "erased", "merged"}:
            raise MemberUnknown
        if row["voucher"]:
            return again(row, one.template, one.member)
        once = row["once"]
        if once in self.fresh:
            earlier = self.fresh[once]
            if (earlier.asked.template, earlier.asked.member) != (one.template, one.member):
                raise OtherOccasion
            return replace(earlier.issued, repeated=True)
        if one.claim and not can_be_claimed(row, self._moment):
            raise NotClaimable
        if one.why in _BY_MEMBER and row["levelled"] and row["template"] not in self._open_to.get(one.member, ()):
            raise NotForLevel
        check(row, self._moment)
        # A clock that is behind must not open the day before again.
        day = max(self._today, row["stock_day"] or self._today)
        if one.count_limits:
            check_member(row, day, more=self._held[one.template, one.member])
        takes = 0 if one.code else 1
        money = worst(row) if takes else Decimal(0)
        check_shop(
            row, day, taken=self._taken[one.template], made=self._made[one.template],
            money=self._money[one.template] + money, takes=takes,
        )  # fmt: skip
        self._taken[one.template] += takes
        self._made[one.template] += 1
        self._held[one.template, one.member] += one.count_limits
        self._money[one.template] += money
        code = one.code or codes.make()
        issued = Issued(ids.new(), one.template, codes.show(code), *validity(row, self._moment))
        external = row["kind"] == "external"
        self.fresh[once] = Fresh(
            one, issued, once, day, takes, Decimal(0) if external else money, money if external else Decimal(0),
            external, row["warn_below"],
        )  # fmt: skip
        return issued


def check(row: Any, moment: datetime) -> None:
    """Raise TemplateNotActive or MemberBlocked by the columns of a template and `member_state`."""
    over = row["validity"] == "fixed" and row["valid_until"] <= moment
    if row["state"] != "active" or over:
        raise TemplateNotActive
    if row["member_state"] != "active":
        raise MemberBlocked


def check_member(row: Any, day: date, *, more: int = 0) -> None:
    """Raise LimitReached or PeriodLimitReached where a member has had as many as one may; `more` are on their way."""
    limit = row["per_member_limit"]
    if limit is not None and (row["had"] or 0) + more >= limit:
        raise LimitReached(limit=limit)
    week, month = day - timedelta(days=day.isoweekday() - 1), day.replace(day=1)
    for name, period, begun, had in (
        ("member_daily_limit", DAY, row["held_day"] == day, row["had_today"]),
        ("member_weekly_limit", WEEK, row["held_week"] == week, row["had_this_week"]),
        ("member_monthly_limit", MONTH, row["held_month"] == month, row["had_this_month"]),
    ):
        limit = row[name]
        if limit is not None and (had if begun else 0) + more >= limit:
            raise PeriodLimitReached(limit=limit, period=period)


def check_shop(row: Any, day: date, *, taken: int, made: int, money: Decimal, takes: int = 1) -> None:
    """Raise OutOfStock, BudgetSpent or PeriodLimitReached where a template has nothing left for one more.

    `taken`, `made` and `money` are what the batch has decided to give out already, `money` with this one.
    """
    if takes and row["stock"] is not None and row["issued"] + taken >= row["stock"]:
        raise OutOfStock
    limit = row["daily_limit"]
    if limit is not None and (row["issued_today"] if row["stock_day"] == day else 0) + made >= limit:
        raise PeriodLimitReached(limit=limit, period=DAY)
    if takes and row["budget"] is not None and row["promised"] + row["spent"] + money > row["budget"]:
        raise BudgetSpent


def again(row: Any, template_id: uuid.UUID, member_id: uuid.UUID) -> Issued:
    """The voucher that the occasion has issued before. Raises OtherOccasion when it is not the one asked for."""
    if row["voucher"] is None or (row["its_template"], row["its_first_member"]) != (template_id, member_id):
        raise OtherOccasion
    return Issued(row["voucher"], template_id, codes.kept(row), row["its_from"], row["its_until"], repeated=True)


async def levels_open(asked: Sequence[Issue], rows: Sequence[Any]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """For each member who takes a voucher that is for some levels: the templates that are for theirs."""
    pairs = [
        (one.template, one.member)
        for one, row in zip(asked, rows, strict=True)
        if one.why in _BY_MEMBER and row["levelled"]
    ]
    if not pairs:
        return {}
    wanted = await levelled.levels_wanted(list({template for template, _ in pairs}))
    held = await levelled.levels_of(list({member for _, member in pairs}))
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for template, member in pairs:
        if held.get(member) in wanted[template]:
            found[member].add(template)
    return found


async def read(asked: Sequence[Issue]) -> list[Any]:
    """All that decides about each of them, in their order."""
    return await DB.fetch(
        _READ,
        [one.template for one in asked], [one.member for one in asked], [one.once for one in asked],
        [one.claim for one in asked])  # fmt: skip


# What `check_member` and `check_shop` go by; t is the template, s its stock row, h the member's holding.
LIMITS = """t.id AS template, t.kind, t.state, t.validity, t.valid_from, t.valid_until, t.valid_days, t.delay_days,
       t.per_member_limit, t.claimable, t.claim_from, t.claim_until, t.amount, t.amount_max, t.cost, t.budget,
       t.daily_limit, t.member_daily_limit, t.member_weekly_limit, t.member_monthly_limit, t.warn_below,
       s.issued, s.stock, s.promised, s.spent, s.day AS stock_day, s.issued_today,
       h.issued AS had, h.day AS held_day, h.issued_today AS had_today, h.week AS held_week,
       h.issued_this_week AS had_this_week, h.month AS held_month, h.issued_this_month AS had_this_month"""
# Where one may have one, a claim is that of the voucher that one has, which may have come by a merge.
_READ = f"""
WITH asked AS (
    SELECT a.template, a.member, a.place, CASE WHEN NOT a.claim THEN a.once
           ELSE coalesce(taken.once, concat('claim/', replace(a.template::text, '-', ''), '/',
                                            replace(a.member::text, '-', ''), '/', 1 + taken.number)) END AS once
      FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::boolean[]) WITH ORDINALITY
           AS a (template, member, once, claim, place)
      LEFT JOIN __tenant__.voucher_template t ON t.id = a.template
      LEFT JOIN LATERAL (
          SELECT count(*) AS number, CASE WHEN t.per_member_limit = 1 THEN min(v.once) END AS once
            FROM __tenant__.voucher v
           WHERE a.claim AND v.template = a.template AND v.why = 'claim'
             AND coalesce(v.handed_on_from, v.member) = a.member) taken ON true
)
SELECT a.once, {LIMITS}, m.state AS member_state,
       EXISTS (SELECT 1 FROM __tenant__.voucher_level l WHERE l.template = a.template) AS levelled,
       v.id AS voucher, v.template AS its_template, coalesce(v.handed_on_from, v.member) AS its_first_member,
       v.code, v.code_shut, v.valid_from AS its_from, v.valid_until AS its_until
  FROM asked a
  LEFT JOIN __tenant__.voucher_template t ON t.id = a.template
  LEFT JOIN __tenant__.voucher_stock s ON s.template = a.template
  LEFT JOIN __tenant__.member m ON m.id = a.member
  LEFT JOIN __tenant__.voucher_holding h ON h.template = a.template AND h.member = a.member
  LEFT JOIN __tenant__.voucher v ON v.once = a.once
 ORDER BY a.place"""
