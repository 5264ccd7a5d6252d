"""Giving vouchers out: one, several, or what a member takes; the database decides stock, limits and the occasion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tenants.kit import clock
from tenants.kit.words import Words
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    import uuid


class Why(StrEnum):
    """Why a voucher was issued, for the reasons that start here; rewards bring their own."""

    CLAIM = "claim"
    CODE = "code"
    API = "api"
    STAFF = "staff"
    SEGMENT = "segment"

    @property
    def words(self) -> Words:
        """The reason for a person."""
        return _WHY[self]


_WHY: dict[Why, Words] = {
    Why.CLAIM: Words(en="Claimed by the member", zh="会员自行领取"),
    Why.CODE: Words(en="Code entered by the member", zh="会员输入券码领取"),
    Why.API: Words(en="Issued by the shop's system", zh="店铺系统发放"),
    Why.STAFF: Words(en="Issued by staff", zh="员工发放"),
    Why.SEGMENT: Words(en="Issued to a segment", zh="按人群发放"),
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


@dataclass(frozen=True, slots=True)
class Claim:
    """A member's own taking of a voucher that the shop offers, for `claim_many`."""

    template: uuid.UUID
    member: uuid.UUID


@dataclass(frozen=True, slots=True)
class Issue:
    """One voucher to issue, for `issue_many`.

    With `count_limits=False` the limits per member neither stop it nor count it. `claim`: a member's own taking, whose
    occasion is made here. `code`: it becomes this code of a batch, whose stock was taken when it was made.
    """

    template: uuid.UUID
    member: uuid.UUID
    why: str
    once: str
    count_limits: bool = True
    claim: bool = False
    code: str = ""


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
