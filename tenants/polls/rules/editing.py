"""What a poll is: its terms, and its way from draft to over.

Whoever edits has the poll's row to themselves; votes wait for it, and are decided by what it says then.
"""

from __future__ import annotations

import dataclasses
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tenants import pictures, segments, vouchers
from tenants.kit import clock, facts, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.polls.rules.refusals import (
    NothingToChoose,
    PollEnded,
    PollStarted,
    PollUnknown,
    TermsFrozen,
)
from tenants.polls.rules.standing import status_of
from tenants.polls.tables import OPTIONS_MAX
from tenants.tenancy import DB, work

if TYPE_CHECKING:
    from collections.abc import Mapping

PURPOSES = ("stickiness", "data", "sales", "points", "traffic")
PERIODS = ("ever", "day")
RESULTS = ("always", "after_vote", "after_close", "staff")
POINTS_MAX = 1_000_000
OPTIONS_MIN = 2
YEARS = range(2000, 2201)
_LENGTHS = {"name_en": 200, "name_zh": 200, "description_en": 2000, "description_zh": 2000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything that a seller says of a poll but for its options.

    `period`: a member has one ballot for `ever`, or one each `day` of the shop. `results`: when members see how it
    stands. The reward is for voting, whatever is chosen: terms know of none for an option (see `rewarding.py`).
    """

    name_en: str = ""
    name_zh: str = ""
    description_en: str = ""
    description_zh: str = ""
    purpose: str = "data"
    picture: uuid.UUID | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    segment: uuid.UUID | None = None
    period: str = "ever"
    choices_min: int = 1
    choices_max: int = 1
    changeable: bool = True
    results: str = "after_vote"
    shuffled: bool = False
    stock: bool = False
    reward_points: int = 0
    reward_voucher: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """Fact: a poll is over, and no ballot of it changes any more. Told once for each poll, some time after its end."""

    poll: uuid.UUID
    ballots: int
    members: int
    at: datetime


FIELDS = tuple(field.name for field in dataclasses.fields(Terms))


async def create(terms: Terms, *, poll: uuid.UUID | None = None) -> uuid.UUID:
    """Make a draft; it can be published once it has options. `poll` is its id where the caller has one: made once.

    Raises Invalid, PictureUnknown, SegmentUnknown, TemplateUnknown.
    """
    await _check(terms)
    poll, moment = poll or ids.new(), clock.now()
    names = ", ".join(FIELDS)
    places = ", ".join(f"${place}" for place in range(3, 3 + len(FIELDS)))
    fresh = await DB.fetchval(
        f"INSERT INTO __tenant__.poll (id, created_at, updated_at, state, {names})"
        f" VALUES ($1, $2, $2, 'draft', {places}) ON CONFLICT (id) DO NOTHING RETURNING id",
        poll, moment, *_values(terms))  # fmt: skip
    if fresh:
        await DB.fetch(
            "INSERT INTO __tenant__.poll_turnout (poll, ballots, members, points, vouchers) VALUES ($1, 0, 0, 0, 0)",
            poll)  # fmt: skip
    return poll


async def change(poll: uuid.UUID, changes: Mapping[str, Any]) -> Terms:
    """Change some of a poll's terms and answer with all of them; who votes from then on does so by the new ones.

    Once there is a ballot, what would make it say something else stays: the period, when the poll began, and how many
    options must or may be chosen, but that more may be. Raises PollUnknown, PollEnded, TermsFrozen, NothingToChoose,
    PictureUnknown, SegmentUnknown, TemplateUnknown, Invalid.
    """
    row = await lock(poll)
    before = terms_of(row)
    try:
        after = dataclasses.replace(before, **changes)
    except TypeError:
        unknown = ", ".join(sorted(set(changes) - set(FIELDS)))
        raise Invalid(param=unknown, problem=Words(en="a poll has no such field", zh="投票没有这个字段")) from None
    if after == before:
        return after
    _require_not_over(row)
    await _check(after, before)
    if row["state"] != "draft":
        await _require_options(poll, after.choices_max)
    if await has_ballots(poll):
        frozen = _frozen(before, after)
        if frozen:
            raise TermsFrozen(field=frozen)
    settings = ", ".join(f"{name} = ${place}" for place, name in enumerate(FIELDS, start=3))
    await DB.fetch(
        f"UPDATE __tenant__.poll SET updated_at = $2, {settings} WHERE id = $1",
        poll, clock.now(), *_values(after))  # fmt: skip
    if after.ends_at != before.ends_at:
        await work.ask_for("polls.close")
    return after


async def publish(poll: uuid.UUID) -> None:
    """Let members vote, from its beginning on. One that is live stays so.

    Raises PollUnknown, PollEnded, NothingToChoose, Invalid for an end that has passed.
    """
    row = await lock(poll)
    if row["ends_at"] and row["ends_at"] <= clock.now() and row["state"] == "draft":
        raise _bad("ends_at", Words(en="this has passed; choose a later end", zh="结束时间已过，请重新设置"))
    _require_not_over(row)
    await _require_options(poll, row["choices_max"])
    await _set_state(row, "live")
    await work.ask_for("polls.close")


async def pause(poll: uuid.UUID) -> None:
    """Let nobody vote for now. Raises PollUnknown, PollEnded, Invalid for a draft."""
    row = await lock(poll)
    _require_not_over(row)
    if row["state"] == "draft":
        raise _bad("state", Words(en="publish it first", zh="请先发布"))
    await _set_state(row, "paused")


async def resume(poll: uuid.UUID) -> None:
    """Let members vote again. Raises as `publish`."""
    await publish(poll)


async def end(poll: uuid.UUID) -> None:
    """Close a poll now and for good; what it came to is told (`Closed`). One that is over stays so.

    Raises PollUnknown.
    """
    row = await lock(poll)
    if row["state"] == "ended":
        return
    moment = clock.now()
    ends_at = row["ends_at"]
    begun = row["starts_at"] is None or row["starts_at"] < moment
    if begun and (ends_at is None or ends_at > moment):
        ends_at = await _after_last(poll, moment)  # so that the window tells when it was
    await DB.fetch(
        "UPDATE __tenant__.poll SET state = 'ended', ends_at = $2, updated_at = $3 WHERE id = $1",
        poll, ends_at, moment)  # fmt: skip
    turnout = await DB.fetchrow("SELECT ballots, members FROM __tenant__.poll_turnout WHERE poll = $1", poll)
    await facts.announce(Closed(poll, turnout["ballots"], turnout["members"], ends_at or moment))


async def set_state(poll: uuid.UUID, state: str) -> None:
    """Have a poll be `live`, `paused` or `ended`. Raises as these do, and PollStarted for a way back to draft."""
    if state == "live":
        await publish(poll)
    elif state == "paused":
        await pause(poll)
    elif state == "ended":
        await end(poll)
    elif (await lock(poll))["state"] != "draft":
        raise PollStarted


async def clone(poll: uuid.UUID, *, once: str) -> uuid.UUID:
    """A draft with the same terms and options and no window, one for each occasion. Raises PollUnknown."""
    row = await lock(poll)
    copy = uuid.uuid5(poll, once)
    if await DB.fetchval("SELECT 1 FROM __tenant__.poll WHERE id = $1", copy):
        return copy  # the poll is locked, so nobody makes it meanwhile
    await create(dataclasses.replace(terms_of(row), starts_at=None, ends_at=None), poll=copy)
    options = await DB.fetch(
        "SELECT * FROM __tenant__.poll_option WHERE poll = $1 AND NOT removed ORDER BY position, id", poll)  # fmt: skip
    made = [ids.new() for _ in options]
    await DB.fetch(
        "INSERT INTO __tenant__.poll_option (id, poll, position, removed, text_en, text_zh, picture, product,"
        " price_low, price_high) SELECT a.id, $1, a.position, false, o.text_en, o.text_zh, o.picture, o.product,"
        " o.price_low, o.price_high FROM unnest($2::uuid[], $3::uuid[], $4::int[]) AS a(id, of, position)"
        " JOIN __tenant__.poll_option o ON o.id = a.of",
        copy, made, [row["id"] for row in options], list(range(1, len(made) + 1)))  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.poll_tally (option, poll, votes)"
        " SELECT option, $1, 0 FROM unnest($2::uuid[]) AS o(option)", copy, made)  # fmt: skip
    return copy


async def read_terms(poll: uuid.UUID) -> Terms:
    """The terms of a poll as they stand. Raises PollUnknown."""
    return terms_of(await find(poll))


async def find(poll: uuid.UUID) -> Any:
    """A poll's row. Raises PollUnknown."""
    row = await DB.fetchrow("SELECT * FROM __tenant__.poll WHERE id = $1", poll)
    if row is None:
        raise PollUnknown
    return row


async def lock(poll: uuid.UUID) -> Any:
    """A poll's row, with votes and other edits made to wait. Raises PollUnknown."""
    row = await DB.fetchrow("SELECT * FROM __tenant__.poll WHERE id = $1 FOR UPDATE", poll)
    if row is None:
        raise PollUnknown
    return row


async def has_ballots(poll: uuid.UUID) -> bool:
    """Whether anybody has ever voted. The poll must be locked."""
    return bool(await DB.fetchval("SELECT 1 FROM __tenant__.poll_ballot WHERE poll = $1 LIMIT 1", poll))


def terms_of(row: Any) -> Terms:
    """The terms in a row."""
    return Terms(**{name: row[name] for name in FIELDS})


def require_changeable(row: Any) -> None:
    """Raise PollEnded where the poll in this row is over."""
    _require_not_over(row)


def _require_not_over(row: Any) -> None:
    if status_of(row, clock.now()) == "over":
        raise PollEnded


async def _after_last(poll: uuid.UUID, moment: datetime) -> datetime:
    """The moment, or that after the last ballot where another server's clock is ahead of ours."""
    last: datetime | None = await DB.fetchval(
        "SELECT max(changed_at) FROM __tenant__.poll_ballot WHERE poll = $1", poll)  # fmt: skip
    return moment if last is None or last < moment else last + timedelta(microseconds=1)


async def _require_options(poll: uuid.UUID, most: int) -> None:
    count = await DB.fetchval(
        "SELECT count(*) FROM __tenant__.poll_option WHERE poll = $1 AND NOT removed", poll)  # fmt: skip
    least = max(OPTIONS_MIN, most)
    if count < least:
        raise NothingToChoose(least=least, most=most)


async def _set_state(row: Any, state: str) -> None:
    if row["state"] != state:
        await DB.fetch(
            "UPDATE __tenant__.poll SET state = $2, updated_at = $3 WHERE id = $1", row["id"], state, clock.now()
        )


def _frozen(before: Terms, after: Terms) -> str | None:
    if after.period != before.period:
        return "period"
    if after.choices_max < before.choices_max:
        return "choices_max"
    if after.choices_min > before.choices_min:
        return "choices_min"
    return "starts_at" if after.starts_at != before.starts_at else None


def _values(terms: Terms) -> list[Any]:
    return [getattr(terms, name) for name in FIELDS]


async def _check(terms: Terms, before: Terms | None = None) -> None:
    """Raise Invalid for the first thing that does not fit, before a constraint does so less kindly."""
    if not terms.name_en.strip() and not terms.name_zh.strip():
        raise _bad("name_en", Words(en="give a name in English or Chinese", zh="请填写中文或英文名称"))
    for name, most in _LENGTHS.items():
        if len(getattr(terms, name)) > most:
            raise _bad(name, Words(en=f"use at most {most} characters", zh=f"最多 {most} 个字符"))
    for name, allowed in (("purpose", PURPOSES), ("period", PERIODS), ("results", RESULTS)):
        if getattr(terms, name) not in allowed:
            raise _bad(name, Words(en=f"use one of {', '.join(allowed)}", zh=f"请使用 {'、'.join(allowed)} 之一"))
    if not 1 <= terms.choices_min <= terms.choices_max <= OPTIONS_MAX:
        raise _bad("choices_max", Words(en="use 1 to 50, and not below choices_min", zh="请填写 1 到 50，不少于最少数"))
    if not 0 <= terms.reward_points <= POINTS_MAX:
        raise _bad("reward_points", Words(en="use 0 to 1,000,000", zh="请使用 0 到 1000000"))
    _check_window(terms, before)
    await _check_named(terms)


async def _check_named(terms: Terms) -> None:
    if terms.picture:
        await pictures.describe(terms.picture)
    if terms.segment:
        await segments.find(terms.segment)
    if terms.reward_voucher:
        await vouchers.read_terms(terms.reward_voucher)


def _check_window(terms: Terms, before: Terms | None) -> None:
    for name in ("starts_at", "ends_at"):
        moment = getattr(terms, name)
        if moment is not None and moment.year not in YEARS:
            raise _bad(name, Words(en="use a year from 2000 to 2200", zh="年份请使用 2000 到 2200"))
    if terms.starts_at and terms.ends_at and terms.starts_at >= terms.ends_at:
        raise _bad("ends_at", Words(en="must be later than starts_at", zh="必须晚于开始时间"))
    ends_anew = before is not None and terms.ends_at != before.ends_at
    if ends_anew and terms.ends_at and terms.ends_at <= clock.now():
        raise _bad(
            "ends_at",
            Words(en="this has passed; to close a poll now, end it", zh="该时间已过；如需立即结束，请直接结束投票"),
        )


def _bad(param: str, problem: Words) -> Invalid:
    return Invalid(param=param, problem=problem)
