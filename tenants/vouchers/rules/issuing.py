"""Giving vouchers out: the database decides stock, the limit per member and the occasion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.kit.words import Words
from tenants.members import MemberBlocked, MemberUnknown
from tenants.tenancy import DB, current_tenant
from tenants.tenancy.callers import current_caller
from tenants.vouchers.rules import codes
from tenants.vouchers.rules.errors import (
    LimitReached,
    NotClaimable,
    OtherOccasion,
    OutOfStock,
    TemplateNotActive,
    TemplateUnknown,
)

if TYPE_CHECKING:
    import uuid


class Why(StrEnum):
    """Why a voucher was issued, for the reasons that start here; rewards bring their own."""

    CLAIM = "claim"
    API = "api"
    STAFF = "staff"

    @property
    def words(self) -> Words:
        """The reason for a person."""
        return _WHY[self]


_WHY: dict[Why, Words] = {
    Why.CLAIM: Words(en="Claimed by the member", zh="会员自行领取"),
    Why.API: Words(en="Issued by the shop's system", zh="店铺系统发放"),
    Why.STAFF: Words(en="Issued by staff", zh="员工发放"),
}


@dataclass(frozen=True, slots=True)
class Issued:
    """A voucher in a member's hands. `code` is as people read it; `repeated`: it was there before."""

    id: uuid.UUID
    template: uuid.UUID
    code: str
    valid_from: datetime
    valid_until: datetime
    repeated: bool = False


async def issue(
    template_id: uuid.UUID, member_id: uuid.UUID, *, why: str, once: str, count_limits: bool = True
) -> Issued:
    """Give a member one voucher of a template, once for the occasion; stock is always taken.

    With `count_limits=False` the limit per member neither stops this voucher nor counts it. Whatever is raised,
    nothing was changed. Raises TemplateUnknown, MemberUnknown, MemberBlocked, TemplateNotActive, OutOfStock,
    LimitReached, and OtherOccasion when the occasion has issued to another member or of another template.
    """
    facts = await _facts(template_id, member_id, once)
    if facts["voucher"]:
        return again(facts, template_id, member_id)
    check(facts)
    moment = clock.now()
    valid_from, valid_until = validity(facts, moment)
    code = codes.make()
    issued = Issued(ids.new(), template_id, codes.show(code), valid_from, valid_until)
    limit = facts["per_member_limit"] if count_limits else None
    async with DB.savepoint():
        outcome = await DB.fetchrow(
            _ISSUE, issued.id, template_id, member_id, code, why, once, count_limits, moment,
            valid_from, valid_until, ids.new(), limit, ids.new(), current_caller().label)  # fmt: skip
        if outcome["fresh"] and not outcome["taken"]:
            raise LimitReached(limit=limit)
    if outcome["fresh"]:
        return issued
    # Another transaction may have issued for this occasion while we waited; only a new statement sees that.
    facts = await _facts(template_id, member_id, once)
    if facts["voucher"] is None and not outcome["in_stock"]:
        raise OutOfStock
    return again(facts, template_id, member_id)


async def claim(template_id: uuid.UUID, member_id: uuid.UUID) -> Issued:
    """A member takes a voucher that the shop offers; a repeated tap where one may have one answers with that one.

    Raises NotClaimable outside the time for claiming, and what `issue` raises.
    """
    found = await DB.fetchrow(
        """
        SELECT t.claimable, t.claim_from, t.claim_until, t.per_member_limit,
               (SELECT count(*) FROM __tenant__.voucher v
                 WHERE v.template = t.id AND v.member = $2 AND v.why = $3) AS claims
          FROM __tenant__.voucher_template t WHERE t.id = $1
        """, template_id, member_id, Why.CLAIM.value)  # fmt: skip
    if found is None:
        raise TemplateUnknown
    ordinal = 1 if found["per_member_limit"] == 1 else found["claims"] + 1
    if ordinal > found["claims"] and not can_be_claimed(found, clock.now()):
        raise NotClaimable
    once = f"claim/{template_id.hex}/{member_id.hex}/{ordinal}"
    return await issue(template_id, member_id, why=Why.CLAIM, once=once)


def can_be_claimed(template: Any, moment: datetime) -> bool:
    """Whether members may take vouchers of this template themselves at that moment."""
    return bool(
        template["claimable"]
        and (template["claim_from"] is None or template["claim_from"] <= moment)
        and (template["claim_until"] is None or moment < template["claim_until"])
    )


def validity(template: Any, moment: datetime) -> tuple[datetime, datetime]:
    """From when until just before when a voucher issued at `moment` can be used.

    Relative validity counts days of the shop's calendar: the first day is the day of issue (or `delay_days` later,
    from midnight) and counts as one; the last ends at midnight.
    """
    if template["validity"] == "fixed":
        return template["valid_from"], template["valid_until"]
    zone = current_tenant().timezone
    first_day = clock.today(zone, moment) + timedelta(days=template["delay_days"])
    starts = moment if template["delay_days"] == 0 else clock.local(zone, first_day, time())
    return starts, clock.local(zone, first_day + timedelta(days=template["valid_days"]), time())


# The stock row is the mutex of a template: it is locked first, and when all are gone nothing is locked or written.
# Whoever issues several takes the stock rows in the order of templates, so that nobody waits in a ring. A NULL limit
# is none; vouchers that do not count leave the holding alone.
_ISSUE = """
WITH open AS (
    SELECT template FROM __tenant__.voucher_stock
     WHERE template = $2 AND (stock IS NULL OR issued < stock) FOR UPDATE
), fresh AS (
    INSERT INTO __tenant__.voucher (id, template, member, code, state, why, once, counted,
                                    issued_at, valid_from, valid_until)
    SELECT $1, $2, $3, $4, 'issued', $5, $6, $7, $8, $9, $10 FROM open
    ON CONFLICT (once) DO NOTHING RETURNING id
), held AS (
    INSERT INTO __tenant__.voucher_holding AS h (id, template, member, issued)
    SELECT $11, $2, $3, 1 FROM fresh WHERE $7
    ON CONFLICT (template, member) DO UPDATE SET issued = h.issued + 1
     WHERE $12::int IS NULL OR h.issued < $12::int
    RETURNING h.id
), told AS (
    INSERT INTO __tenant__.voucher_event (id, voucher, kind, reason, recorded_by, at)
    SELECT $13, fresh.id, 'issued', $5, $14, $8 FROM fresh RETURNING id
), taken AS (
    UPDATE __tenant__.voucher_stock SET issued = issued + 1
     WHERE template = $2 AND EXISTS (SELECT 1 FROM told) AND (NOT $7 OR EXISTS (SELECT 1 FROM held))
    RETURNING template
)
SELECT EXISTS (SELECT 1 FROM open) AS in_stock,
       EXISTS (SELECT 1 FROM fresh) AS fresh,
       EXISTS (SELECT 1 FROM taken) AS taken
"""


async def _facts(template_id: uuid.UUID, member_id: uuid.UUID, once: str) -> Any:
    facts = await DB.fetchrow(
        """
        SELECT t.id AS template, t.state, t.validity, t.valid_from, t.valid_until, t.valid_days, t.delay_days,
               t.per_member_limit, m.state AS member_state,
               v.id AS voucher, v.template AS its_template, v.member AS its_member, v.code,
               v.valid_from AS its_from, v.valid_until AS its_until
          FROM (SELECT 1) AS one
          LEFT JOIN __tenant__.voucher_template t ON t.id = $1
          LEFT JOIN __tenant__.member m ON m.id = $2
          LEFT JOIN __tenant__.voucher v ON v.once = $3
        """, template_id, member_id, once)  # fmt: skip
    if facts["template"] is None:
        raise TemplateUnknown
    if facts["member_state"] in {None, "erased"}:
        raise MemberUnknown
    return facts


def check(facts: Any) -> None:
    """Raise TemplateNotActive or MemberBlocked by the columns of a template and `member_state`."""
    over = facts["validity"] == "fixed" and facts["valid_until"] <= clock.now()
    if facts["state"] != "active" or over:
        raise TemplateNotActive
    if facts["member_state"] != "active":
        raise MemberBlocked


def again(facts: Any, template_id: uuid.UUID, member_id: uuid.UUID) -> Issued:
    """The voucher that the occasion has issued before. Raises OtherOccasion when it is not the one asked for."""
    if facts["voucher"] is None or (facts["its_template"], facts["its_member"]) != (template_id, member_id):
        raise OtherOccasion
    return Issued(
        facts["voucher"], template_id, codes.show(facts["code"]), facts["its_from"], facts["its_until"], repeated=True
    )
