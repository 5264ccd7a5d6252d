"""What members get for taking part: the same for everybody, whatever they answered.

There is no way to say otherwise here, on purpose. A reward for a certain answer is forbidden: in China to induce
specified good reviews or directed votes by red packets or vouchers (Interim Provisions on Anti-Unfair Competition on
the Internet, 网络反不正当竞争暂行规定, Art. 9 (5), in force from 2024-09-01); in the United States to make incentives
depend on the sentiment of a review (16 CFR 465, in force from 2024-10-21).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants import rewards, vouchers
from tenants.surveys.rules.looking import name_of
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Mapping, Sequence

    from tenants.surveys.rules.keeping import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanks:
    """What somebody got. `points_refused` were kept back by the shop's budget, a voucher for want of stock."""

    points: int = 0
    points_refused: int = 0
    voucher_code: str | None = None
    voucher_refused: str | None = None


async def thank(plans: Sequence[Plan]) -> dict[uuid.UUID, Thanks]:
    """Reward the members among those who took part, once for each participation; what each got, by participation."""
    row: Mapping[str, Any] = plans[0].door.survey
    reward = rewards.Reward(points=row["reward_points"], voucher_template=row["reward_voucher"])
    if not reward.points and reward.voucher_template is None:
        return {}
    name = name_of(row)
    detail = {"survey_en": name.en, "survey_zh": name.zh}
    thanked_ = sorted((plan for plan in plans if plan.member is not None), key=lambda plan: plan.participation)
    granted = await rewards.grant_many(
        [
            rewards.Granting(
                member=plan.member, reward=reward, why=rewards.Why.SURVEY,
                once=once_of(row["id"], plan.participation), at=plan.at, when_out="points_only", detail=detail)
            for plan in thanked_ if plan.member is not None
        ]
    )  # fmt: skip
    return {
        plan.participation: Thanks(
            points=one.points, points_refused=one.points_refused, voucher_code=one.voucher_code,
            voucher_refused=one.voucher_refused)
        for plan, one in zip(thanked_, granted, strict=True)
    }  # fmt: skip


async def thanked(participations: Iterable[tuple[uuid.UUID, uuid.UUID]]) -> dict[uuid.UUID, Thanks]:
    """What these participations, each as (survey, its id), were rewarded with."""
    onces = {once_of(survey, participation): participation for survey, participation in participations}
    rows = await DB.fetch(
        "SELECT once, points, points_refused, voucher, voucher_refused FROM __tenant__.reward_grant"
        " WHERE once = ANY($1::text[])", list(onces)) if onces else []  # fmt: skip
    issued = [row["voucher"] for row in rows if row["voucher"]]
    codes = await vouchers.codes_of(issued) if issued else {}
    return {
        onces[row["once"]]: Thanks(
            points=row["points"], points_refused=row["points_refused"], voucher_code=codes.get(row["voucher"]),
            voucher_refused=row["voucher_refused"])
        for row in rows
    }  # fmt: skip


def once_of(survey: uuid.UUID, participation: uuid.UUID) -> str:
    """The occasion of a reward: one participation, which is one member's, of one occurrence and phase."""
    return f"survey/{survey.hex}/{participation.hex}"
