"""Terms as orders keep them: policy, source and rules of the day, written down once for each different set."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants.kit import clock
from tenants.orders.rules.deciding import Bonus, Terms
from tenants.orders.rules.policy import COLUMNS, Policy, policy_of
from tenants.tenancy import DB

if TYPE_CHECKING:
    from collections.abc import Collection

_RULES = """
SELECT id, name_en, name_zh, source, product, category, multiplier, extra_points AS extra, excluded, starts_at, ends_at
  FROM __tenant__.order_rule WHERE active AND (source = '' OR source = ANY($1::text[])) ORDER BY priority DESC, id
"""


_POLICY = ", ".join(f"p.{name}" for name in COLUMNS.split(", "))
_BONUS = (
    "id", "name_en", "name_zh", "product", "category", "multiplier", "extra", "excluded", "starts_at", "ends_at",
)  # fmt: skip


async def terms_of_today(sources: Collection[str]) -> tuple[Policy, dict[str, tuple[uuid.UUID, Terms]]]:
    """The policy, and for each of the sources the terms on which its new orders earn, with the id of their row."""
    policy, found = await _read_today(sources)
    named = {source: (_id(terms), terms) for source, terms in found.items()}
    await _keep(dict(named.values()))
    return policy, named


async def _read_today(sources: Collection[str]) -> tuple[Policy, dict[str, Terms]]:
    rows = await DB.fetch(
        f"SELECT {_POLICY}, s.name, s.refund_days AS source_days,"
        " s.award_on AS source_award_on, s.active AS source_active FROM __tenant__.order_policy p"
        " LEFT JOIN __tenant__.order_source s ON s.name = ANY($1::text[]) WHERE p.id = 1", list(sources))  # fmt: skip
    policy = policy_of(rows[0])
    named = {row["name"]: row for row in rows if row["name"] is not None}
    rules = await DB.fetch(_RULES, list(sources))
    found = {}
    for source in sources:
        fitting = [rule for rule in rules if rule["source"] in {"", source}]
        found[source] = _terms(policy, named.get(source), fitting)
    return policy, found


async def todays_terms(source: str) -> Terms:
    """The terms on which an order of this source would earn if it were placed now; nothing is written."""
    _, found = await _read_today([source])
    return found[source]


async def kept_terms(wanted: Collection[uuid.UUID]) -> dict[uuid.UUID, Terms]:
    """The terms in these rows."""
    if not wanted:
        return {}
    rows = await DB.fetch(
        "SELECT id, award_on, points_per_unit, rounding, refund_days, shipping_earns, tax_earns, by_level, order_max,"
        " rules FROM __tenant__.order_terms WHERE id = ANY($1::uuid[])", list(wanted))  # fmt: skip
    return {row["id"]: _read(row) for row in rows}


def plain_terms(award_on: Any, points_per_unit: Decimal) -> Terms:
    """The terms of an order that was taken in before terms were written down."""
    return Terms(award_on, points_per_unit, by_level=False)


def _terms(policy: Policy, source: Any, rules: list[Any]) -> Terms:
    earns = policy.active and (source is None or source["source_active"])
    days = policy.refund_days if source is None or source["source_days"] is None else source["source_days"]
    award_on = policy.award_on if source is None else source["source_award_on"] or policy.award_on
    return Terms(
        award_on=award_on,
        points_per_unit=policy.points_per_unit if earns else Decimal(0),
        rounding=policy.rounding,
        refund_days=days,
        shipping_earns=policy.shipping_earns,
        tax_earns=policy.tax_earns,
        by_level=policy.by_level,
        order_max=policy.order_max,
        bonuses=tuple(Bonus(**{name: rule[name] for name in _BONUS}) for rule in rules) if earns else (),
    )


def _rules(terms: Terms) -> str:
    kept = [
        {
            "id": str(bonus.id), "name_en": bonus.name_en, "name_zh": bonus.name_zh, "product": bonus.product,
            "category": bonus.category, "multiplier": str(bonus.multiplier), "extra": bonus.extra,
            "excluded": bonus.excluded, "starts_at": bonus.starts_at and bonus.starts_at.isoformat(),
            "ends_at": bonus.ends_at and bonus.ends_at.isoformat(),
        }
        for bonus in terms.bonuses
    ]  # fmt: skip
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _id(terms: Terms) -> uuid.UUID:
    facts = (
        terms.award_on, str(terms.points_per_unit.normalize()), terms.rounding, terms.refund_days,
        terms.shipping_earns, terms.tax_earns, terms.by_level, terms.order_max, _rules(terms),
    )  # fmt: skip
    return uuid.UUID(bytes=hashlib.blake2b(repr(facts).encode(), digest_size=16).digest())


async def _keep(wanted: dict[uuid.UUID, Terms]) -> None:
    there = await DB.fetch("SELECT id FROM __tenant__.order_terms WHERE id = ANY($1::uuid[])", list(wanted))
    for found in {row["id"] for row in there}:
        wanted.pop(found)
    for new, terms in sorted(wanted.items()):
        await DB.fetch(
            "INSERT INTO __tenant__.order_terms (id, award_on, points_per_unit, rounding, refund_days, shipping_earns,"
            " tax_earns, by_level, order_max, rules, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
            " ON CONFLICT (id) DO NOTHING",
            new, terms.award_on, terms.points_per_unit, terms.rounding, terms.refund_days, terms.shipping_earns,
            terms.tax_earns, terms.by_level, terms.order_max, _rules(terms), clock.now())  # fmt: skip


def _read(row: Any) -> Terms:
    bonuses = tuple(
        Bonus(
            **{name: kept[name] for name in ("name_en", "name_zh", "product", "category", "extra", "excluded")},
            id=uuid.UUID(kept["id"]),
            multiplier=Decimal(kept["multiplier"]),
            starts_at=_moment(kept["starts_at"]),
            ends_at=_moment(kept["ends_at"]),
        )
        for kept in json.loads(row["rules"])
    )
    facts = {name: value for name, value in row.items() if name not in {"id", "rules"}}
    return Terms(**facts, bonuses=bonuses)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
