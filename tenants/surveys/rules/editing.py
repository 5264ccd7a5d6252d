"""What makes and changes a survey: its settings, its draft with undo, its copies.

Every verb here locks the survey's row first, so that two who edit come one after the other; an answer never waits for
them longer than that.
"""

from __future__ import annotations

import dataclasses
import uuid
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.surveys.rules import definition as definitions
from tenants.surveys.rules import links, reading
from tenants.surveys.rules.definition import Definition
from tenants.surveys.rules.refusals import (
    QUOTA_TELLS,
    AlreadyAnswered,
    AlreadyPublished,
    DraftMoved,
    NothingToUndo,
    NotReady,
    RewardByAnswer,
    SurveyEnded,
    SurveyUnknown,
)
from tenants.surveys.rules.settings import FIELDS, Terms, check_terms, unfit_together
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenants.surveys.rules.reading import Draft, Survey

DEFINITION_MAX = 400_000
_EXPONENT_MAX = 20


async def create(terms: Terms, *, definition: Definition | None = None) -> uuid.UUID:
    """Make a survey as a draft, empty or as `definition` says. Raises Invalid, and the vouchers' TemplateUnknown."""
    await check_terms(terms)
    survey, moment = ids.new(), clock.now()
    names = ", ".join(FIELDS)
    places = ", ".join(f"${place}" for place in range(4, 4 + len(FIELDS)))
    await DB.fetch(
        f"INSERT INTO __tenant__.survey (id, state, link_key, created_at, updated_at, {names})"
        f" VALUES ($1, 'draft', $2, $3, $3, {places})",
        survey, links.new_key() if terms.open_link else None, moment, *dataclasses.astuple(terms))  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.survey_version (id, survey, number, definition, frozen, created_at, updated_at)"
        " VALUES ($1, $2, 0, $3, false, $4, $4)",
        ids.new(), survey, _written(definition or Definition()), moment)  # fmt: skip
    return survey


async def change(survey: uuid.UUID, changes: Mapping[str, Any]) -> Survey:
    """Change some of a survey's settings; they hold from now on, for whoever is answering too.

    Whether it is anonymous is fixed by the first answer. Raises SurveyUnknown, SurveyEnded, AlreadyAnswered,
    RewardByAnswer, NotReady where the new settings do not go with what is being answered, Invalid, and the vouchers'
    TemplateUnknown.
    """
    before = await lock(survey)
    unknown = sorted(set(changes) - set(FIELDS))
    if unknown:
        told = Words(en="a survey has no such setting", zh="问卷没有这个设置")
        raise Invalid(param=", ".join(unknown), problem=told)
    terms = replace(before.terms, **changes)
    if terms == before.terms:
        return before
    if before.state == "ended":
        raise SurveyEnded
    await check_terms(terms)
    if before.version is not None:
        asked = await reading.version(survey, before.version)
        if unfit := list(unfit_together(terms, asked)):
            raise not_ready(unfit)
    by_answers = any(quota.condition for quota in await reading.quotas(survey))
    if terms.rewarded and by_answers:
        raise RewardByAnswer
    if terms.anonymous and by_answers:
        raise Invalid(param="anonymous", problem=QUOTA_TELLS)
    if terms.anonymous != before.terms.anonymous:
        await _renumber_unanswered(before)
    key = before.link_key
    if terms.open_link != before.terms.open_link:
        key = links.new_key() if terms.open_link else None
    settings = ", ".join(f"{name} = ${place}" for place, name in enumerate(FIELDS, start=4))
    await DB.fetch(
        f"UPDATE __tenant__.survey SET updated_at = $2, link_key = $3, {settings} WHERE id = $1",
        survey, clock.now(), key, *dataclasses.astuple(terms))  # fmt: skip
    return await reading.find(survey)


async def edit(survey: uuid.UUID, definition: Definition, *, revision: str | None = None) -> Draft:
    """Put down a new draft, even one that cannot go live yet; members see it once it is published.

    `revision` is that of the draft which was edited: where somebody else has edited it meanwhile, nothing is done. The
    same draft again changes nothing. Raises SurveyUnknown, SurveyEnded, DraftMoved, Invalid for one that is too long.
    """
    state = await lock(survey)
    text, moment = _written(definition), clock.now()
    before = await _draft_text(survey)
    if text == before:
        return await reading.draft(survey)
    if state.state == "ended":
        raise SurveyEnded
    if revision is not None and revision != reading.revision_of(before):
        raise DraftMoved
    number: int = await DB.fetchval(
        "SELECT coalesce(max(number), 0) + 1 FROM __tenant__.survey_edit WHERE survey = $1", survey)  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.survey_edit (id, survey, number, definition, recorded_by, at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        ids.new(), survey, number, before, current_caller().label, moment)  # fmt: skip
    await DB.fetch(
        "DELETE FROM __tenant__.survey_edit WHERE survey = $1 AND number <= $2",
        survey, number - reading.EDITS_MAX)  # fmt: skip
    await _put_draft(survey, text)
    return await reading.draft(survey)


async def undo(survey: uuid.UUID, *, revision: str) -> Draft:
    """Take the last edit of the draft back; up to fifty one after the other.

    `revision` is that of the draft as it is now, so that a double click takes back one edit. Raises SurveyUnknown,
    SurveyEnded, DraftMoved, NothingToUndo.
    """
    state = await lock(survey)
    if state.state == "ended":
        raise SurveyEnded
    if revision != reading.revision_of(await _draft_text(survey)):
        raise DraftMoved
    text = await DB.fetchval(
        "DELETE FROM __tenant__.survey_edit WHERE survey = $1 AND number ="
        " (SELECT max(number) FROM __tenant__.survey_edit WHERE survey = $1) RETURNING definition", survey)  # fmt: skip
    if text is None:
        raise NothingToUndo
    await _put_draft(survey, text)
    return await reading.draft(survey)


async def clone(survey: uuid.UUID, *, name_en: str = "", name_zh: str = "") -> uuid.UUID:
    """Make a draft with the same settings, questions as they stand in the draft, and quotas; without window or answers.

    Its open link is another one. Raises SurveyUnknown, Invalid.
    """
    found = await reading.find(survey)
    terms = replace(found.terms, starts_at=None, ends_at=None)
    if name_en or name_zh:
        terms = replace(terms, name_en=name_en, name_zh=name_zh)
    copy = await create(terms, definition=(await reading.draft(survey)).definition)
    for quota in await reading.quotas(survey):
        await add_quota(copy, quota)
    return copy


async def remove(survey: uuid.UUID) -> None:
    """Throw away a draft that was never published. Raises SurveyUnknown, AlreadyPublished."""
    gone = await DB.fetchval(
        "DELETE FROM __tenant__.survey WHERE id = $1 AND version IS NULL RETURNING id", survey)  # fmt: skip
    if gone is None:
        await reading.find(survey)
        raise AlreadyPublished


async def lock(survey: uuid.UUID) -> Survey:
    """The survey as it stands, held until the end of the transaction. Raises SurveyUnknown."""
    if await DB.fetchval("SELECT id FROM __tenant__.survey WHERE id = $1 FOR NO KEY UPDATE", survey) is None:
        raise SurveyUnknown
    return await reading.find(survey)


def not_ready(unfit: list[Words]) -> NotReady:
    """The refusal that says all of this."""
    return NotReady(problems=Words(en="; ".join(one.en for one in unfit), zh="；".join(one.zh for one in unfit)))


async def add_quota(survey: uuid.UUID, quota: reading.Quota) -> uuid.UUID:
    """Write a quota down of which nothing is taken yet, for one who has locked the survey and checked it."""
    made = ids.new()
    await DB.fetch(
        "INSERT INTO __tenant__.survey_quota (id, survey, name, condition, most, position)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        made, survey, quota.name, quota.condition, quota.most, quota.position)  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.survey_quota_count (quota, taken, most) VALUES ($1, 0, $2)",
        made, quota.most)  # fmt: skip
    return made


async def renumber(survey: uuid.UUID, number: int, text: str) -> int:
    """Publish a text under the next number, and take the one before away unless it was answered; answers with it.

    A number says the same for ever, so whoever keeps one in memory and answers by it is told by `freeze` that it is
    gone. The caller has locked the survey.
    """
    moment = clock.now()
    following: int = await DB.fetchval(
        "SELECT max(number) + 1 FROM __tenant__.survey_version WHERE survey = $1", survey)  # fmt: skip
    await DB.fetch(
        "DELETE FROM __tenant__.survey_version WHERE survey = $1 AND number = $2 AND number > 0 AND NOT frozen",
        survey, number)  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.survey_version (id, survey, number, definition, frozen, created_at, updated_at)"
        " VALUES ($1, $2, $3, $4, false, $5, $5)", ids.new(), survey, following, text, moment)  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.survey SET version = $2, updated_at = $3 WHERE id = $1",
        survey, following, moment)  # fmt: skip
    return following


async def _renumber_unanswered(survey: Survey) -> None:
    """Make sure that nobody answers by the old setting while it is switched: that version's number is gone."""
    if survey.version is not None:
        text = definitions.write(await reading.version(survey.id, survey.version))
        await renumber(survey.id, survey.version, text)
    if await DB.fetchval(
        "SELECT count(*) FROM __tenant__.survey_version WHERE survey = $1 AND frozen", survey.id):  # fmt: skip
        raise AlreadyAnswered


async def _draft_text(survey: uuid.UUID) -> str:
    text: str = await DB.fetchval(
        "SELECT definition FROM __tenant__.survey_version WHERE survey = $1 AND number = 0", survey)  # fmt: skip
    return text


async def _put_draft(survey: uuid.UUID, text: str) -> None:
    await DB.fetch(
        "UPDATE __tenant__.survey_version SET definition = $2, updated_at = $3 WHERE survey = $1 AND number = 0",
        survey, text, clock.now())  # fmt: skip


def _written(definition: Definition) -> str:
    for question in definition.questions:
        for name in ("least", "most"):
            bound = Decimal(getattr(question, name) or 0)
            # Of 1E+999999, that no question has, to make a whole number takes a minute; of no number none is made.
            if not (bound.is_finite() and abs(int(bound.as_tuple().exponent)) <= _EXPONENT_MAX):
                raise Invalid(param=f"{question.key}.{name}"[:100], problem=Words(en="use a number", zh="请填写数字"))
    text = definitions.write(definition)
    if "\\u0000" in text:  # PostgreSQL keeps no NUL, and no reader of the page could see it
        told = Words(en="it holds a character that cannot be kept", zh="含有无法保存的字符")
        raise Invalid(param="definition", problem=told)
    if len(text) > DEFINITION_MAX:
        told = Words(en=f"use at most {DEFINITION_MAX} characters in all", zh=f"全部内容最多 {DEFINITION_MAX} 个字符")
        raise Invalid(param="definition", problem=told)
    return text
