"""Complete answers are written: one statement for all of a batch to one version of one survey.

What decides stands in the statement: the survey is live and in its window, and the version is there still (their rows
are locked, so that whoever closes it or publishes waits or is seen); the member is active; the invitation holds; and
the participation is new, or the very one that was begun. Who is not taken is looked at anew.

Locks: the survey (shared), members in order, invitations (shared), participations in order, then what rewards lock,
then the quotas' counts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants.kit import ids
from tenants.surveys.rules import publishing
from tenants.surveys.rules.values import to_rows
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from tenants.surveys.rules.access import Door
    from tenants.surveys.rules.definition import Definition
    from tenants.surveys.rules.values import AnswerRow, Given

_BREAK = "\x1f"  # between the entries of a list, in a parameter that is a list of lists; no answer contains it


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A response as it is to be written. `resumed` says that its participation has been begun.

    `answers` are those that count, `known` these and those of earlier phases; `quotas` are those of which it takes a
    place.
    """

    place: int
    door: Door
    definition: Definition
    version: int
    occurrence: str
    phase: int
    participation: uuid.UUID
    response: uuid.UUID
    resumed: bool
    answers: Mapping[str, Given]
    known: Mapping[str, Given]
    language: str
    reached: str
    suspect: str
    at: datetime
    day: date
    started_at: datetime | None
    quotas: tuple[uuid.UUID, ...] = ()

    @property
    def anonymous(self) -> bool:
        """Whether nobody may know whose answers these are."""
        return bool(self.door.survey["anonymous"])

    @property
    def member(self) -> uuid.UUID | None:
        """Who answers, unless it is a stranger."""
        return self.door.who.member


_OPEN = """
WITH ask AS (
    SELECT * FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::int[], $9::timestamptz[],
                         $10::date[], $11::text[], $12::uuid[])
             AS a(participation, member, visitor, invitation, occurrence, phase, at, day, quotas, response)),
open AS MATERIALIZED (
    SELECT s.id, s.starts_at, s.ends_at FROM __tenant__.survey s
      JOIN __tenant__.survey_version v ON v.survey = s.id AND v.number = $2::int
     WHERE s.id = $1::uuid AND s.state = 'live' FOR SHARE OF s FOR KEY SHARE OF v),
who AS MATERIALIZED (
    SELECT m.id FROM __tenant__.member m
     WHERE m.id = ANY($4::uuid[]) AND m.state = 'active' AND EXISTS (SELECT 1 FROM open)
     ORDER BY m.id FOR KEY SHARE OF m),
invited AS MATERIALIZED (
    SELECT i.id FROM ask JOIN who ON who.id = ask.member
      JOIN __tenant__.survey_invitation i ON i.id = ask.invitation AND i.member = ask.member
     WHERE i.revoked_at IS NULL AND i.opens_at <= ask.at AND ask.at < i.expires_at ORDER BY i.id FOR SHARE OF i),
took AS (
    INSERT INTO __tenant__.survey_participation AS p
           (id, survey, member, visitor, occurrence, phase, finished, day, quotas)
    SELECT ask.participation, open.id, ask.member, ask.visitor, ask.occurrence, ask.phase, {finished}, ask.day,
           string_to_array(ask.quotas, ' ')::uuid[]
      FROM ask CROSS JOIN open
     WHERE (open.starts_at IS NULL OR open.starts_at <= ask.at) AND (open.ends_at IS NULL OR ask.at < open.ends_at)
       AND (ask.member IS NULL OR ask.member IN (SELECT id FROM who))
       AND (ask.invitation IS NULL OR ask.invitation IN (SELECT id FROM invited))
     ORDER BY ask.member, ask.visitor, ask.occurrence, ask.phase
    ON CONFLICT (survey, {person}, occurrence, phase) DO UPDATE
       SET finished = {finished}, day = excluded.day, quotas = excluded.quotas
     WHERE p.id = excluded.id AND NOT p.finished
    RETURNING p.id)"""
_RESPONSES = """,
answered AS (
    INSERT INTO __tenant__.survey_response AS r
           (id, survey, version, phase, member, participation, invitation, via, language, state, reached, suspect,
            level, answers, started_at, updated_at, completed_at)
    SELECT ask.response, $1::uuid, $2::int, ask.phase, ask.member, took.id, ask.invitation, more.via, more.language,
           {state}, more.reached, more.suspect, more.level, more.answers, more.started_at, ask.at, {completed_at}
      FROM took JOIN ask ON ask.participation = took.id
      JOIN unnest($12::uuid[], $13::text[], $14::text[], $15::text[], $16::text[], $17::uuid[], $18::int[],
                  $19::timestamptz[]) AS more(response, via, language, reached, suspect, level, answers, started_at)
        ON more.response = ask.response
    ON CONFLICT (participation) DO UPDATE
       SET via = excluded.via, language = excluded.language, state = {state}, reached = excluded.reached,
           suspect = excluded.suspect, level = excluded.level, answers = excluded.answers,
           updated_at = excluded.updated_at, completed_at = excluded.completed_at
    RETURNING r.id, r.participation),
said AS (
    INSERT INTO __tenant__.survey_answer AS a
           (id, survey, response, question, part, number, day, choices, text, tokens)
    SELECT g.id, $1::uuid, g.response, g.question, g.part, g.number, g.day, string_to_array(g.choices, E'\\x1f'),
           g.text, string_to_array(g.tokens, E'\\x1f')
      FROM answered JOIN unnest($20::uuid[], $21::uuid[], $22::text[], $23::text[], $24::numeric[], $25::date[],
                                $26::text[], $27::text[], $28::text[])
           AS g(id, response, question, part, number, day, choices, text, tokens) ON g.response = answered.id
    ON CONFLICT (response, question, part) DO UPDATE
       SET number = excluded.number, day = excluded.day, choices = excluded.choices, text = excluded.text,
           tokens = excluded.tokens)
SELECT id AS response, participation AS id FROM answered"""
_BOXED = """,
boxed AS (
    INSERT INTO __tenant__.survey_box (id, survey, sealed)
    SELECT box.id, $1::uuid, box.sealed FROM took
      JOIN unnest($3::uuid[], $13::uuid[], $14::bytea[]) AS box(participation, id, sealed)
        ON box.participation = took.id)
SELECT id FROM took"""


def _statement(person: str, rest: str, *, complete: bool = True) -> str:
    finished = "true" if complete else "false"
    state, completed_at = ("'complete'", "ask.at") if complete else ("'partial'", "NULL")
    return (_OPEN + rest).format(person=person, finished=finished, state=state, completed_at=completed_at)


_KEEP = {person: _statement(person, _RESPONSES) for person in ("member", "visitor")}
_BEGIN = {person: _statement(person, _RESPONSES, complete=False) for person in ("member", "visitor")}
_BOX = {person: _statement(person, _BOXED) for person in ("member", "visitor")}


async def keep(plans: Sequence[Plan]) -> set[int]:
    """Write complete answers to one version of one survey, and answer with the places of those that were taken."""
    return await _write(plans, _KEEP)


async def begin(plan: Plan) -> bool:
    """Write unfinished answers; whether they were taken."""
    return bool(await _write([plan], _BEGIN))


async def box(plans: Sequence[Plan], sealed: Sequence[tuple[uuid.UUID, bytes]]) -> set[int]:
    """Write that these took part, and what they answered sealed apart from it; the places of those taken."""
    taken: set[int] = set()
    by_place = {plan.place: letter for plan, letter in zip(plans, sealed, strict=True)}
    for person, group in _by_person(plans).items():
        letters = [by_place[plan.place] for plan in group]
        rows = await DB.fetch(
            _BOX[person], *_asked(group), [letter for letter, _ in letters],
            [content for _, content in letters])  # fmt: skip
        taken |= _places(group, rows)
    return taken


async def _write(plans: Sequence[Plan], statements: Mapping[str, str]) -> set[int]:
    taken: set[int] = set()
    for person, group in _by_person(plans).items():
        rows = await DB.fetch(statements[person], *_asked(group), *_more(group), *_columns(_said(group)))
        places = _places(group, rows)
        taken |= places
        await _drop_others([plan for plan in group if plan.resumed and plan.place in places])
    if taken:
        await freeze(next(iter(plans)))
    return taken


async def freeze(plan: Plan) -> None:
    """From the first answer on a version stays as it is."""
    if not plan.door.survey["frozen"] and plan.version == plan.door.survey["version"]:
        await publishing.freeze(plan.door.survey["id"], plan.version)


async def _drop_others(resumed: Sequence[Plan]) -> None:
    """What was saved earlier and no longer counts goes."""
    if not resumed:
        return
    kept = _said(resumed)
    await DB.fetch(
        "DELETE FROM __tenant__.survey_answer a WHERE a.response = ANY($1::uuid[]) AND NOT EXISTS ("
        " SELECT 1 FROM unnest($2::uuid[], $3::text[], $4::text[]) AS k(response, question, part)"
        " WHERE k.response = a.response AND k.question = a.question AND k.part = a.part)",
        [plan.response for plan in resumed], [response for response, _, _ in kept], [key for _, key, _ in kept],
        [row.part for _, _, row in kept])  # fmt: skip


def _by_person(plans: Sequence[Plan]) -> dict[str, list[Plan]]:
    groups: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        groups["visitor" if plan.member is None else "member"].append(plan)
    return groups


def _places(plans: Sequence[Plan], rows: Sequence[Any]) -> set[int]:
    taken = {row["id"] for row in rows}
    return {plan.place for plan in plans if plan.participation in taken}


def _asked(plans: Sequence[Plan]) -> list[Any]:
    first = plans[0]
    return [
        first.door.survey["id"], first.version,
        [plan.participation for plan in plans], [plan.member for plan in plans],
        [None if plan.member else plan.door.who.visitor for plan in plans],
        [plan.door.who.invitation for plan in plans], [plan.occurrence for plan in plans],
        [plan.phase for plan in plans], [plan.at for plan in plans], [plan.day for plan in plans],
        [" ".join(map(str, plan.quotas)) or None for plan in plans], [plan.response for plan in plans],
    ]  # fmt: skip


def _more(plans: Sequence[Plan]) -> list[Any]:
    return [
        [plan.door.who.via for plan in plans], [plan.language for plan in plans], [plan.reached for plan in plans],
        [plan.suspect for plan in plans], [plan.door.level for plan in plans], [len(plan.answers) for plan in plans],
        [plan.started_at or plan.at for plan in plans],
    ]  # fmt: skip


async def write_answers(survey: uuid.UUID, said: Sequence[tuple[uuid.UUID, str, Any]]) -> None:
    """Write the answers of responses that are new, each as (response, question, row)."""
    await DB.fetch(
        "INSERT INTO __tenant__.survey_answer"
        " (id, survey, response, question, part, number, day, choices, text, tokens)"
        " SELECT g.id, $1::uuid, g.response, g.question, g.part, g.number, g.day,"
        " string_to_array(g.choices, E'\\x1f'), g.text, string_to_array(g.tokens, E'\\x1f')"
        " FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::numeric[], $7::date[], $8::text[],"
        " $9::text[], $10::text[]) AS g(id, response, question, part, number, day, choices, text, tokens)",
        survey, *_columns(said))  # fmt: skip


def _columns(said: Sequence[tuple[uuid.UUID, str, Any]]) -> list[Any]:
    return [
        [ids.new() for _ in said], [response for response, _, _ in said], [key for _, key, _ in said],
        [row.part for _, _, row in said], [row.number for _, _, row in said], [row.day for _, _, row in said],
        [_joined(row.choices) for _, _, row in said], [row.text for _, _, row in said],
        [_joined(row.tokens) for _, _, row in said],
    ]  # fmt: skip


def _said(plans: Sequence[Plan]) -> list[tuple[uuid.UUID, str, Any]]:
    return [(plan.response, key, row) for plan in plans for key, row in rows_of(plan)]


def rows_of(plan: Plan) -> list[tuple[str, AnswerRow]]:
    """The rows of all answers of a response, each with the key of its question."""
    answers = plan.answers
    return [
        (question.key, row) for question in plan.definition.questions if question.key in answers
        for row in to_rows(question, answers[question.key])
    ]  # fmt: skip


def _joined(entries: list[str] | None) -> str | None:
    return _BREAK.join(entries) if entries else None
