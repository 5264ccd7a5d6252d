"""Taking note of what members have told: which questions are answered by it, what is due for that, who is through.

A field is answered once for ever, by the unique key of member and field: emptied and filled again, changed to another
address, merged with another account, it gives nothing more. A telephone number or an address that has counted for one
member counts for no other; of it only a keyed hash is kept, of its plain form (`a.b+c@x` is `a.b@x`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tenants import members, rewards
from tenants.kit import clock, facts, ids
from tenants.kit.seals import seal
from tenants.profiles.rules.activities import ATTRIBUTE, FIELDS, live_activity, questions_of
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection, Mapping, Sequence

_TURNS_MAX = 5
ALL = frozenset({"*"})
"""In place of names of fields: everything that is known is news."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A member who has answered everything that an activity asks, and what that gave."""

    member: uuid.UUID
    activity: uuid.UUID
    points: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Completed:
    """Fact: members have completed their profiles; told once for all of a batch."""

    completions: tuple[Completion, ...]


@dataclass(slots=True)
class Answers:
    """What one member has answered so far: the state of each answer by field."""

    states: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, uuid.UUID] = field(default_factory=dict)


async def take_note(who: Sequence[uuid.UUID], *, news: Mapping[uuid.UUID, Collection[str]] | None = None) -> int:
    """Look at what is known of these members, and reward what is due; how many answers were new.

    `news` are the fields that a member has just filled (ALL: everything). Once everybody was gone through, whatever is
    known and was never noted is news; before that, and with `news` left out, it was known earlier.
    """
    activity = await live_activity()
    if activity is None or not who:
        return 0
    questions = await questions_of(activity["id"])
    wanted = [question["field"] for question in questions]
    known = await known_of(who, wanted)
    noted = await _noted(list(known), wanted)
    fresh = [
        (member, name, text, _is_news(activity, news, member, name))
        for member, said in sorted(known.items())
        for name, text in said.items()
        if name not in noted[member].states
    ]
    written = await _write(activity, fresh)
    noted = await _noted(list(known), wanted) if written else noted
    await _reward(activity, questions, noted)
    await _complete(activity, noted, wanted)
    return written


async def known_of(who: Sequence[uuid.UUID], fields: Collection[str]) -> dict[uuid.UUID, dict[str, str]]:
    """What is known of each of these members who may take part, of these fields."""
    rows = await DB.fetch(
        "SELECT id, name, phone, email, CASE WHEN gender = 'unknown' THEN '' ELSE gender END AS gender,"
        " birth_month::text AS birthday, region, occupation FROM __tenant__.member"
        " WHERE id = ANY($1::uuid[]) AND state = 'active'", list(who))  # fmt: skip
    known = {row["id"]: {name: row[name] for name in FIELDS if name in fields and row[name]} for row in rows}
    if any(name.startswith(ATTRIBUTE) for name in fields):
        for member, values in (await members.attributes_of(known)).items():
            known[member] |= {
                name: str(value) for key, value in values.items() if (name := f"{ATTRIBUTE}{key}") in fields
            }
    return known


def open_step(questions: Sequence[Any], answered: Collection[str]) -> int | None:
    """The first step in which something is still unanswered; None when all is answered."""
    return next((question["step"] for question in questions if question["field"] not in answered), None)


def witness(name: str, text: str) -> str | None:
    """What a telephone number or address is known by again, whoever tells it and however it is written."""
    if name == "email":
        local, _, domain = text.casefold().rpartition("@")
        text = f"{local.partition('+')[0]}@{domain}"
    elif name != "phone":
        return None
    return seal(f"profile:{name}", text.encode()).hex()


def _is_news(
    activity: Any, news: Mapping[uuid.UUID, Collection[str]] | None, member: uuid.UUID, name: str
) -> bool:  # fmt: skip
    if news is None:
        return False
    told = news.get(member, ())
    return bool(activity["swept"] or name in told or "*" in told)


async def _noted(who: Sequence[uuid.UUID], fields: Collection[str]) -> dict[uuid.UUID, Answers]:
    rows = await DB.fetch(
        "SELECT id, member, field, state FROM __tenant__.profile_answer"
        " WHERE member = ANY($1::uuid[]) AND field = ANY($2::text[])", list(who), list(fields))  # fmt: skip
    noted = {member: Answers() for member in who}
    for row in rows:
        noted[row["member"]].states[row["field"]] = row["state"]
        if row["state"] == "waiting":
            noted[row["member"]].waiting[row["field"]] = row["id"]
    return noted


async def _write(activity: Any, fresh: list[tuple[uuid.UUID, str, str, bool]]) -> int:
    """Note answers, each once for ever; another transaction may be faster with the same one."""
    written = 0
    for _ in range(_TURNS_MAX):
        if not fresh:
            break
        seen = [witness(name, text) for _, name, text, _ in fresh]
        taken = await _taken([one for one in seen if one])
        states = []
        within: set[str] = set()
        for (_, _, _, is_news), one in zip(fresh, seen, strict=True):
            is_known = one is not None and (one in taken or one in within)
            within |= {one} if one else set()
            states.append(
                "known" if is_known else "waiting" if is_news or activity["earlier"] == "reward" else "earlier"
            )
        rows = await DB.fetch(
            "INSERT INTO __tenant__.profile_answer (id, member, field, activity, state, points, once, witness, at)"
            " SELECT id, member, field, $7, state, 0, once, witness, $8"
            " FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])"
            " AS a(id, member, field, state, once, witness) ORDER BY member, field"
            " ON CONFLICT DO NOTHING RETURNING member, field",
            [ids.new() for _ in fresh], [member for member, *_ in fresh], [name for _, name, *_ in fresh], states,
            [f"profile/{member.hex}/{name}" for member, name, *_ in fresh],
            [None if state == "known" else one for state, one in zip(states, seen, strict=True)],
            activity["id"], clock.now())  # fmt: skip
        done = {(row["member"], row["field"]) for row in rows}
        written += len(done)
        left = [one for one in fresh if (one[0], one[1]) not in done]
        noted = await _noted([one[0] for one in left], [one[1] for one in left]) if left else {}
        fresh = [one for one in left if one[1] not in noted[one[0]].states]
    return written


async def _taken(witnesses: list[str]) -> set[str]:
    if not witnesses:
        return set()
    rows = await DB.fetch(
        "SELECT witness FROM __tenant__.profile_answer WHERE witness = ANY($1::text[])", witnesses)  # fmt: skip
    return {row["witness"] for row in rows}


async def _reward(activity: Any, questions: list[Any], noted: dict[uuid.UUID, Answers]) -> None:
    """Give what is due for answers whose step is open."""
    due: list[tuple[uuid.UUID, Any]] = []
    for answers in noted.values():
        step = open_step(questions, answers.states)
        due += [
            (answers.waiting[question["field"]], question)
            for question in questions
            if question["field"] in answers.waiting and (step is None or question["step"] <= step)
        ]
    if not due:
        return
    rows = await DB.fetch(
        "UPDATE __tenant__.profile_answer a SET state = 'rewarded', rewarded_at = $4, points = d.points,"
        " voucher_template = d.template FROM unnest($1::uuid[], $2::bigint[], $3::uuid[]) AS d(id, points, template)"
        " WHERE a.id = d.id AND a.state = 'waiting' RETURNING a.member, a.once, a.points, a.voucher_template",
        [answer for answer, _ in due], [question["points"] for _, question in due],
        [question["voucher_template"] for _, question in due], clock.now())  # fmt: skip
    await _grant(rows, activity)


async def _complete(activity: Any, noted: dict[uuid.UUID, Answers], wanted: list[str]) -> None:
    """Who has answered all is through, once; what was known earlier alone earns nothing unless that is rewarded."""
    through = {
        member: any(state != "earlier" for state in answers.states.values())
        for member, answers in noted.items()
        if wanted and answers.states.keys() >= set(wanted)
    }
    if not through:
        return
    moment = clock.now()
    earning = [earns or activity["earlier"] == "reward" for earns in through.values()]
    rows = await DB.fetch(
        "INSERT INTO __tenant__.profile_completion (id, member, activity, points, voucher_template, once, at)"
        " SELECT id, member, $2, CASE WHEN earns THEN $5::bigint ELSE 0 END, CASE WHEN earns THEN $6::uuid END, once,"
        " $7 FROM unnest($1::uuid[], $3::uuid[], $4::text[], $8::boolean[]) AS c(id, member, once, earns)"
        " ORDER BY member ON CONFLICT DO NOTHING RETURNING member, points, voucher_template, once",
        [ids.new() for _ in through], activity["id"], list(through),
        [f"profile-whole/{activity['id'].hex}/{member.hex}" for member in through], activity["whole_points"],
        activity["whole_voucher"], moment, earning)  # fmt: skip
    if rows:
        await _grant(rows, activity)
        done = tuple(Completion(row["member"], activity["id"], row["points"], moment) for row in rows)
        await facts.announce(Completed(done))


async def _grant(rows: list[Any], activity: Any) -> None:
    """What cannot be issued any more keeps nobody from changing their profile."""
    detail = {"activity_en": activity["name_en"] or activity["name_zh"],
              "activity_zh": activity["name_zh"] or activity["name_en"]}  # fmt: skip
    by_member: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for row in rows:
        if row["points"] or row["voucher_template"]:
            by_member[row["member"]].append(row)
    if by_member:
        await rewards.grant_many([
            rewards.Granting(
                member=member, reward=rewards.Reward(points=row["points"], voucher_template=row["voucher_template"]),
                why=rewards.Why.PROFILE, once=row["once"], when_out="points_only", detail=detail)
            for member, due in by_member.items() for row in due
        ])  # fmt: skip
