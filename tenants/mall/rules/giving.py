"""What a redemption hands over at once: vouchers, codes of others, a level; and what of it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants import levels, vouchers
from tenants.kit import clock
from tenants.mall.rules.refusals import NotForLevel, NotReturnable, VoucherGone
from tenants.tenancy import DB, current_tenant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from tenants.kit.errors import DomainError

WHY = "mall"


@dataclass(frozen=True, slots=True)
class Gift:
    """What one redemption is to hand over; `row` tells kind, benefit, voucher template and level of its item."""

    redemption: uuid.UUID
    member: uuid.UUID
    quantity: int
    row: Any


def first_state(row: Any) -> str:
    """How a redemption of the item begins, once all is paid for: somebody has to do something, or all is done."""
    return "to_ship" if row["kind"] == "goods" or row["benefit"] == "named" else "done"


async def give(gifts: Sequence[Gift]) -> list[tuple[str, ...] | DomainError]:
    """Hand over; for each in its place the codes of its vouchers, or why it cannot be.

    Where one cannot be, what was handed over for it must be undone by the savepoint around this call.
    """
    asked = [issue for gift in gifts if gift.row["voucher_template"] for issue in _issues(gift)]
    issued = await vouchers.issue_many(asked) if asked else []
    outcomes = iter(issued)
    external = any(gift.row["kind"] == "external" for gift in gifts)
    made = [one.id for one in issued if isinstance(one, vouchers.Issued)]
    shown = await vouchers.outside_codes(made) if external else {}
    given: list[tuple[str, ...] | DomainError] = []
    for gift in gifts:
        own = [next(outcomes) for _ in range(gift.quantity)] if gift.row["voucher_template"] else []
        refused = next((one for one in own if not isinstance(one, vouchers.Issued)), None)
        if gift.row["benefit"] == "level" and not refused:
            refused = await _raise_level(gift)
        given.append(refused or tuple(shown.get(one.id, one.code) for one in own if isinstance(one, vouchers.Issued)))
    return given


async def codes_of(row: Any) -> tuple[str, ...]:
    """The codes of the vouchers that a redemption has handed over, of those that its member still holds.

    Only looked up: of what was never paid for there are none, however often it is asked for.
    """
    if not row["voucher_template"]:
        return ()
    found = await DB.fetch(
        "SELECT id FROM __tenant__.voucher WHERE once = ANY($1::text[]) AND member = $2 ORDER BY id",
        _onces(row), row["member"])  # fmt: skip
    held = [voucher["id"] for voucher in found]
    codes = await vouchers.codes_of(held)
    if row["kind"] == "external":
        codes |= await vouchers.outside_codes(held)
    return tuple(codes[voucher] for voucher in held)


async def take_back(row: Any, *, reason: str, by_staff: bool) -> None:
    """Undo what a redemption has handed over. Raises VoucherGone, NotReturnable, and nothing was changed.

    A code of somebody else's that a member has seen is worth nothing to the shop any more: only staff may take its
    redemption back.
    """
    if row["benefit"] == "level" or (row["kind"] == "external" and not by_staff):
        raise NotReturnable
    if not row["voucher_template"]:
        return
    found = await DB.fetch(
        "SELECT id, state, valid_until FROM __tenant__.voucher WHERE once = ANY($1::text[]) ORDER BY id FOR UPDATE",
        _onces(row))  # fmt: skip
    if any(one["state"] not in {"issued", "revoked"} or one["valid_until"] <= clock.now() for one in found):
        raise VoucherGone
    for one in found:
        await vouchers.revoke(one["id"], reason=reason or "mall")


async def _raise_level(gift: Gift) -> DomainError | None:
    """Give a level until the end of a day, unless the member has come as far meanwhile."""
    row = gift.row
    wanted = await levels.find_level(row["level"])
    held = (await levels.levels_of([gift.member])).get(gift.member)
    if held is not None and held.rank >= wanted.rank:
        return NotForLevel()
    last_day = clock.today(current_tenant().timezone) + timedelta(days=row["level_days"] - 1)
    try:
        await levels.set_level(gift.member, level=row["level"], until=last_day, reason=f"mall {gift.redemption}")
    except levels.LevelsOff as error:
        return error
    return None


def _issues(gift: Gift) -> list[vouchers.Issue]:
    return [
        vouchers.Issue(
            gift.row["voucher_template"], gift.member, why=WHY, once=_once(gift.redemption, number), count_limits=False
        )
        for number in range(1, gift.quantity + 1)
    ]


def _onces(row: Any) -> list[str]:
    return [_once(row["id"], number) for number in range(1, row["quantity"] + 1)]


def _once(redemption: uuid.UUID, number: int) -> str:
    return f"mall/{redemption.hex}/{number}"
