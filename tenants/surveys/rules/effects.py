"""What answers change: attributes and tags of the member, with what was there before; and low scores, that are told.

An answer that an attribute does not take (it was redefined since) changes nothing and loses nothing: it is an answer
still. A tag that an earlier answer to the same question put on comes off when the answer is another.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenants import members
from tenants.kit import facts, ids
from tenants.kit.errors import Invalid
from tenants.surveys.rules.definition import OTHER
from tenants.surveys.rules.news import Low, LowScore
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Mapping, Sequence

    from tenants.members import Member
    from tenants.surveys.rules.keeping import Plan
    from tenants.surveys.rules.values import Given

_SHOWN_MAX = 500


@dataclass(frozen=True, slots=True)
class _Change:
    """Something of a member is otherwise now."""

    plan: Plan
    question: str
    kind: str
    name: str
    before: str | None
    after: str | None


async def apply(plans: Sequence[Plan]) -> None:
    """Let complete answers have their effect; those to an anonymous survey and those of strangers have none."""
    of_members = [plan for plan in plans if plan.member is not None and not plan.anonymous]
    if not of_members:
        return
    await _tell_low(of_members)
    effective = sorted((plan for plan in of_members if any(question.effect for question in plan.definition.questions)),
                       key=lambda plan: plan.member or plan.participation)  # fmt: skip
    if not effective:
        return
    worn = await _worn([plan.member for plan in effective if plan.member])
    changes: list[_Change] = []
    for plan in effective:
        changes += await _set_attributes(plan)
        changes += await _set_tags(plan, worn)
    await _note(changes)


async def _tell_low(plans: Sequence[Plan]) -> None:
    row = plans[0].door.survey
    if row["low_question"] is None:
        return
    low = []
    for plan in plans:
        given = plan.answers.get(row["low_question"])
        if plan.member and given and given.number is not None and given.number <= row["low_at_most"]:
            low.append(Low(survey=row["id"], member=plan.member, response=plan.response, question=row["low_question"],
                           score=int(given.number), at=plan.at))  # fmt: skip
    if low:
        await facts.announce(LowScore(tuple(low)))


async def _set_attributes(plan: Plan) -> list[_Change]:
    wanted: dict[str, tuple[str, members_value]] = {}
    for question in plan.definition.questions:
        given = plan.answers.get(question.key)
        if given is not None and question.effect and question.effect.attribute:
            wanted[question.effect.attribute] = (question.key, _value(given))
    if not wanted or plan.member is None:
        return []
    before = (await members.attributes_of([plan.member]))[plan.member]
    after = before
    try:
        after = await members.set_attributes(plan.member, {name: value for name, (_, value) in wanted.items()})
    except Invalid:
        for name, (_, value) in wanted.items():
            try:
                after = await members.set_attributes(plan.member, {name: value})
            except Invalid:
                continue  # it is judged before anything is written
    return [
        _Change(plan, question, "attribute", name, _said(before.get(name)), _said(after.get(name)))
        for name, (question, _) in wanted.items() if before.get(name) != after.get(name)
    ]  # fmt: skip


async def _set_tags(plan: Plan, worn: Mapping[tuple[uuid.UUID, uuid.UUID, str], set[str]]) -> list[_Change]:
    member = plan.member
    on: dict[str, str] = {}
    off: dict[str, str] = {}
    for question in plan.definition.questions:
        given = plan.answers.get(question.key)
        if member is None or given is None or not question.effect or not question.effect.tags:
            continue
        chosen = {*given.choices, *(key for keys in given.rows.values() for key in keys)}
        fresh = {tag for key, tag in question.effect.tags.items() if key in chosen}
        on |= dict.fromkeys(fresh, question.key)
        off |= dict.fromkeys(worn.get((member, plan.door.survey["id"], question.key), set()) - fresh, question.key)
    off = {tag: question for tag, question in off.items() if tag not in on}
    if member is None or not (on or off):
        return []
    before = set((await members.find(member)).tags)
    try:
        after: Member | None = await members.tag(member, on) if set(on) - before else None
    except Invalid:  # more tags than a member can have
        on, after = {}, None
    if off.keys() & before:
        after = await members.untag(member, off)
    now = set(after.tags) if after else before
    return [
        *(_Change(plan, on[tag], "tag", tag, None, tag) for tag in sorted((now - before) & on.keys())),
        *(_Change(plan, off[tag], "tag", tag, tag, None) for tag in sorted((before - now) & off.keys())),
    ]


async def _worn(everybody: Iterable[uuid.UUID]) -> dict[tuple[uuid.UUID, uuid.UUID, str], set[str]]:
    """The tags that earlier answers have put on these members, by member, survey and question."""
    rows = await DB.fetch(
        "SELECT DISTINCT ON (member, survey, question, name) member, survey, question, name, after"
        " FROM __tenant__.survey_effect WHERE member = ANY($1::uuid[]) AND kind = 'tag'"
        " ORDER BY member, survey, question, name, id DESC", list(everybody))  # fmt: skip
    found: dict[tuple[uuid.UUID, uuid.UUID, str], set[str]] = defaultdict(set)
    for row in rows:
        if row["after"] is not None:
            found[row["member"], row["survey"], row["question"]].add(row["name"])
    return found


async def _note(changes: Sequence[_Change]) -> None:
    if not changes:
        return
    await DB.fetch(
        "INSERT INTO __tenant__.survey_effect"
        " (id, survey, member, response, question, kind, name, before, after, at)"
        " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[],"
        " $8::text[], $9::text[], $10::timestamptz[])",
        [ids.new() for _ in changes], [one.plan.door.survey["id"] for one in changes],
        [one.plan.member for one in changes], [one.plan.response for one in changes],
        [one.question for one in changes], [one.kind for one in changes], [one.name for one in changes],
        [one.before for one in changes], [one.after for one in changes], [one.plan.at for one in changes])  # fmt: skip


members_value = str | int | float | bool


def _value(given: Given) -> members_value:
    """An answer as an attribute keeps it: number, day, yes or no, the keys of what was chosen, what was written."""
    if given.number is not None:
        return int(given.number) if given.number == given.number.to_integral_value() else float(given.number)
    if given.day is not None:
        return given.day.isoformat()
    if given.choices:
        return ", ".join(given.text if key == OTHER and given.text else key for key in given.choices)[:_SHOWN_MAX]
    return given.text[:_SHOWN_MAX]


def _said(value: members_value | None) -> str | None:
    return None if value is None else str(value)[:_SHOWN_MAX]
