"""What can be chosen: texts, picture, product and price band of each option.

An option that nobody has chosen can be taken off without a trace. One that somebody has chosen stays in the tally and
is only no longer offered. What it stands for, its product and prices, stays once it has a vote; its texts and its
picture can be corrected, and the audit trail keeps what they were.
"""

from __future__ import annotations

import dataclasses
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants import pictures, staff
from tenants.kit import ids
from tenants.kit.errors import Invalid
from tenants.kit.shapes import money
from tenants.kit.words import Words
from tenants.polls.rules import editing
from tenants.polls.rules.refusals import (
    NothingToChoose,
    OptionsFull,
    OptionUnknown,
    TermsFrozen,
)
from tenants.polls.tables import OPTIONS_MAX
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TEXT_MAX = 200
PRODUCT_MAX = 100
POSITION_MAX = 1_000_000
_FROZEN = ("product", "price_low", "price_high")


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionTerms:
    """One thing to choose. `product` is the shop's own number of it; prices in the shop's currency.

    A price band is from `price_low` to `price_high`; one of the two may be open. `position` is its place, the lowest
    first; None is after all others.
    """

    text_en: str = ""
    text_zh: str = ""
    picture: uuid.UUID | None = None
    product: str = ""
    price_low: Decimal | None = None
    price_high: Decimal | None = None
    position: int | None = None


FIELDS = tuple(field.name for field in dataclasses.fields(OptionTerms))


async def add_option(poll: uuid.UUID, terms: OptionTerms) -> uuid.UUID:
    """Offer one thing more. Raises PollUnknown, PollEnded, OptionsFull, PictureUnknown, Invalid."""
    editing.require_changeable(await editing.lock(poll))
    terms = await _checked(terms)
    there = await options_of(poll)
    if sum(not row["removed"] for row in there) >= OPTIONS_MAX:
        raise OptionsFull(most=OPTIONS_MAX)
    if terms.position is None:
        terms = dataclasses.replace(terms, position=max((row["position"] for row in there), default=0) + 1)
    option = ids.new()
    names = ", ".join(FIELDS)
    places = ", ".join(f"${place}" for place in range(3, 3 + len(FIELDS)))
    await DB.fetch(
        f"INSERT INTO __tenant__.poll_option (id, poll, removed, {names}) VALUES ($1, $2, false, {places})",
        option, poll, *_values(terms))  # fmt: skip
    await DB.fetch("INSERT INTO __tenant__.poll_tally (option, poll, votes) VALUES ($1, $2, 0)", option, poll)
    return option


async def change_option(option: uuid.UUID, changes: Mapping[str, Any]) -> OptionTerms:
    """Change some of an option, and answer with all of it. Raises OptionUnknown, PollEnded, TermsFrozen, Invalid.

    A correction of one that has votes goes into the audit trail with before and after.
    """
    row = await _lock(option)
    before = _terms_of(row)
    try:
        after = dataclasses.replace(before, **changes)
    except TypeError:
        unknown = ", ".join(sorted(set(changes) - set(FIELDS)))
        raise Invalid(param=unknown, problem=Words(en="an option has no such field", zh="选项没有这个字段")) from None
    if after.position is None:
        after = dataclasses.replace(after, position=before.position)
    after = await _checked(after)
    if after == before:
        return after
    if await _chosen(row):
        frozen = next((name for name in _FROZEN if getattr(before, name) != getattr(after, name)), None)
        if frozen:
            raise TermsFrozen(field=frozen)
        if current_caller().kind != "staff":  # whose changes the desk writes down itself
            await staff.note(
                "change", subject="poll_option", row_id=str(option), before=dataclasses.asdict(before),
                after=dataclasses.asdict(after))  # fmt: skip
    settings = ", ".join(f"{name} = ${place}" for place, name in enumerate(FIELDS, start=2))
    await DB.fetch(f"UPDATE __tenant__.poll_option SET {settings} WHERE id = $1", option, *_values(after))
    return after


async def remove_option(option: uuid.UUID) -> bool:
    """Offer it no more: taken off for good if nobody has ever chosen it, else kept with its votes. Whether it went.

    Raises OptionUnknown, PollEnded, NothingToChoose where a published poll would be left with too few.
    """
    row = await _lock(option)
    poll = await editing.find(row["poll"])
    if poll["state"] != "draft":
        left = sum(not other["removed"] and other["id"] != option for other in await options_of(row["poll"]))
        least = max(editing.OPTIONS_MIN, poll["choices_max"])
        if left < least:
            raise NothingToChoose(least=least, most=poll["choices_max"])
    if await _chosen(row):
        await DB.fetch("UPDATE __tenant__.poll_option SET removed = true WHERE id = $1", option)
        return False
    await DB.fetch("DELETE FROM __tenant__.poll_option WHERE id = $1", option)  # its empty tally goes along
    return True


async def restore_option(option: uuid.UUID) -> None:
    """Offer again what was taken off and kept for its votes. One that is offered stays so.

    Raises OptionUnknown, PollEnded, OptionsFull.
    """
    row = await _lock(option)
    if not row["removed"]:
        return
    if sum(not other["removed"] for other in await options_of(row["poll"])) >= OPTIONS_MAX:
        raise OptionsFull(most=OPTIONS_MAX)
    await DB.fetch("UPDATE __tenant__.poll_option SET removed = false WHERE id = $1", option)


async def order_options(poll: uuid.UUID, order: Sequence[uuid.UUID]) -> None:
    """Put the options into this order; those that are not named come after it as they were.

    Raises PollUnknown, PollEnded, OptionUnknown.
    """
    editing.require_changeable(await editing.lock(poll))
    there = [row["id"] for row in await options_of(poll)]
    if not set(order) <= set(there):
        raise OptionUnknown
    whole = list(dict.fromkeys([*order, *there]))
    await DB.fetch(
        "UPDATE __tenant__.poll_option o SET position = a.place FROM unnest($1::uuid[], $2::int[]) AS a(id, place)"
        " WHERE o.id = a.id", whole, list(range(1, len(whole) + 1)))  # fmt: skip


async def options_of(poll: uuid.UUID) -> list[Any]:
    """A poll's options as rows, removed ones too, in their order, each with its `votes`."""
    return await DB.fetch(
        "SELECT o.*, t.votes FROM __tenant__.poll_option o JOIN __tenant__.poll_tally t ON t.option = o.id"
        " WHERE o.poll = $1 ORDER BY o.position, o.id", poll)  # fmt: skip


async def find_option(option: uuid.UUID) -> Any:
    """An option's row. Raises OptionUnknown."""
    row = await DB.fetchrow("SELECT * FROM __tenant__.poll_option WHERE id = $1", option)
    if row is None:
        raise OptionUnknown
    return row


async def _lock(option: uuid.UUID) -> Any:
    """An option whose poll is locked and not over."""
    row = await find_option(option)
    editing.require_changeable(await editing.lock(row["poll"]))
    return await find_option(option)  # anew: whoever had the poll before may have taken it off


async def _chosen(row: Any) -> bool:
    """Whether an option stands on any ballot, or did: then it is more than a line of a draft."""
    found = await DB.fetchval(
        "SELECT 1 FROM __tenant__.poll_tally WHERE option = $1 AND votes > 0 UNION ALL"
        " SELECT 1 FROM __tenant__.poll_ballot WHERE poll = $2"
        " AND ($1 = ANY(options) OR $1 = ANY(previous)) LIMIT 1", row["id"], row["poll"])  # fmt: skip
    return bool(found)


def _terms_of(row: Any) -> OptionTerms:
    return OptionTerms(**{name: row[name] for name in FIELDS})


def _values(terms: OptionTerms) -> list[Any]:
    return [getattr(terms, name) for name in FIELDS]


async def _checked(terms: OptionTerms) -> OptionTerms:
    """The terms with money as it is kept. Raises Invalid for the first thing that does not fit, PictureUnknown."""
    if not terms.text_en.strip() and not terms.text_zh.strip():
        raise _bad("text_en", Words(en="give a text in English or Chinese", zh="请填写中文或英文文字"))
    for name, most in (("text_en", TEXT_MAX), ("text_zh", TEXT_MAX), ("product", PRODUCT_MAX)):
        if len(getattr(terms, name)) > most:
            raise _bad(name, Words(en=f"use at most {most} characters", zh=f"最多 {most} 个字符"))
    if terms.position is not None and abs(terms.position) > POSITION_MAX:
        raise _bad("position", Words(en="use a smaller number", zh="请使用较小的数字"))
    low = None if terms.price_low is None else money(terms.price_low, param="price_low")
    high = None if terms.price_high is None else money(terms.price_high, param="price_high")
    if low is not None and high is not None and high < low:
        raise _bad("price_high", Words(en="must not be below price_low", zh="不能低于最低价"))
    if terms.picture:
        await pictures.describe(terms.picture)
    return dataclasses.replace(terms, price_low=low, price_high=high)


def _bad(param: str, problem: Words) -> Invalid:
    return Invalid(param=param, problem=problem)
