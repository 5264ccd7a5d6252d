"""The life of a survey: draft, live, paused, ended; and the versions that its answers hold on to.

Each step is decided by a conditional update, so that the same step twice, or two at once, does one thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants import members
from tenants.kit import clock, ids
from tenants.kit.words import Words
from tenants.surveys.rules import definition as definitions
from tenants.surveys.rules import reading
from tenants.surveys.rules.checking import Problem, problems
from tenants.surveys.rules.editing import lock, not_ready, renumber
from tenants.surveys.rules.expressions import check
from tenants.surveys.rules.refusals import StepUnfit, SurveyEnded, SurveyUnknown
from tenants.surveys.rules.settings import unfit_together
from tenants.surveys.rules.values import SCALED, scale_of
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid

    from tenants.surveys.rules.definition import Definition, Question
    from tenants.surveys.rules.reading import Quota, Survey

STEPS = {
    "publish": Words(en="published", zh="发布"),
    "pause": Words(en="paused", zh="暂停"),
    "resume": Words(en="resumed", zh="恢复"),
    "end": Words(en="ended", zh="结束"),
}


async def publish(survey: uuid.UUID) -> int:
    """Have members answer what the draft asks, from a draft or a pause too; answers with the number of the version.

    Responses that were begun go on with the version that they were begun with. The same draft again makes no new
    version. Raises SurveyUnknown, SurveyEnded, NotReady with everything that is wrong.
    """
    found = await lock(survey)
    if found.state == "ended":
        raise SurveyEnded
    draft = (await reading.draft(survey)).definition
    wrong = await obstacles(found, draft, await reading.quotas(survey))
    if wrong:
        raise not_ready([_placed(problem) for problem in wrong])
    number = found.version
    if number is None or (await reading.version(survey, number)) != draft:
        number = await renumber(survey, number or 0, definitions.write(draft))
    await DB.fetch(
        "UPDATE __tenant__.survey SET state = 'live', updated_at = $2 WHERE id = $1 AND state <> 'live'",
        survey, clock.now())  # fmt: skip
    return number


async def pause(survey: uuid.UUID) -> None:
    """Let nobody answer for now; what was begun waits. Raises SurveyUnknown, StepUnfit."""
    await _step(survey, "pause", "live", "paused")


async def resume(survey: uuid.UUID) -> None:
    """Let members answer again. Raises SurveyUnknown, StepUnfit."""
    await _step(survey, "resume", "paused", "live")


async def end(survey: uuid.UUID) -> None:
    """Close a survey for good; its answers stay. Raises SurveyUnknown, StepUnfit for a draft."""
    if not await DB.fetchval(
        "UPDATE __tenant__.survey SET state = 'ended', updated_at = $2"
        " WHERE id = $1 AND state IN ('live', 'paused') RETURNING id", survey, clock.now()):  # fmt: skip
        await _refuse(survey, "end", "ended")


async def freeze(survey: uuid.UUID, number: int) -> bool:
    """Hold a version fast because it is being answered; False where it was replaced since it was read.

    In the transaction of the answer: from then on a publication makes a further version beside it. A version that was
    frozen is so for ever.
    """
    frozen = await DB.fetchval(
        "SELECT frozen FROM __tenant__.survey_version WHERE survey = $1 AND number = $2 AND number > 0",
        survey, number)  # fmt: skip
    if frozen or frozen is None:
        return bool(frozen)
    held = await DB.fetchval(
        "UPDATE __tenant__.survey_version SET frozen = true WHERE survey = $1 AND number = $2 RETURNING number",
        survey, number)  # fmt: skip
    return held is not None


async def obstacles(survey: Survey, definition: Definition, quotas: list[Quota]) -> list[Problem]:
    """Everything that keeps a definition from going live: in its questions, the survey's settings, quotas and answers,
    or in the shop.
    """  # noqa: D205  one sentence
    found = problems(definition)
    found += [Problem("", words) for words in unfit_together(survey.terms, definition)]
    found += await _of_answers(survey.id, definition)
    if found:
        return found
    for quota in quotas:
        for words in check(quota.condition, definition):
            found.append(
                Problem("", Words(en=f"quota “{quota.name}”: {words.en}", zh=f"配额“{quota.name}”：{words.zh}"))
            )
    found += await _of_attributes(definition)
    return found + await _of_pictures(definition)


async def _of_answers(survey: uuid.UUID, definition: Definition) -> list[Problem]:
    """A key whose answers would be counted together with those of another scale, in whichever version they stand."""
    rows = await DB.fetch(
        "SELECT definition FROM __tenant__.survey_version WHERE survey = $1 AND number > 0 AND frozen",
        survey)  # fmt: skip
    scales: dict[str, set[object]] = {}
    for row in rows:
        for each in definitions.read(row["definition"]).questions:
            scales.setdefault(each.key, set()).add(_scale(each))
    return [
        Problem(
            each.key,
            Words(
                en="it was answered as a question of another kind or scale, which cannot be counted together:"
                " make a new question",
                zh="此题已有回答，题型或量表不可更改，否则结果无法合并统计；请新建一题",
            ),
        )
        for each in definition.questions
        if scales.get(each.key, set()) - {_scale(each)}
    ]


def _scale(question: Question) -> object:
    """Answers of the same are counted together: as text, as one choice, or on a scale from its least to its most."""
    if question.kind in SCALED:
        return question.kind, scale_of(question)
    return {"dropdown": "single", "long": "short"}.get(question.kind, question.kind)


async def _of_attributes(definition: Definition) -> list[Problem]:
    wanted = [
        (each.key, each.effect.attribute) for each in definition.questions if each.effect and each.effect.attribute
    ]
    defined = await members.defined_attributes() if wanted else {}
    return [
        Problem(key, Words(en=f"define the attribute “{name}” first", zh=f"请先定义属性“{name}”"))
        for key, name in wanted if name not in defined
    ]  # fmt: skip


async def _of_pictures(definition: Definition) -> list[Problem]:
    wanted = {("", definition.start_picture)} if definition.start_picture else set()
    wanted |= {
        (each.key, one.picture) for each in definition.questions for one in (*each.choices, *each.rows) if one.picture
    }
    read = {picture: ids.read("pic", picture) for _, picture in wanted}
    rows = await DB.fetch("SELECT id FROM __tenant__.picture WHERE id = ANY($1::uuid[])", list(read.values()))
    there = {row["id"] for row in rows}
    return [
        Problem(key, Words(en="a picture is not there any more: upload it again", zh="图片已不存在，请重新上传"))
        for key, picture in sorted(wanted) if read[picture] not in there
    ]  # fmt: skip


async def _step(survey: uuid.UUID, step: str, before: str, after: str) -> None:
    if not await DB.fetchval(
        "UPDATE __tenant__.survey SET state = $3, updated_at = $4 WHERE id = $1 AND state = $2 RETURNING id",
        survey, before, after, clock.now()):  # fmt: skip
        await _refuse(survey, step, after)


async def _refuse(survey: uuid.UUID, step: str, after: str) -> None:
    """Nothing was changed: it is so already, which is well, or the step cannot be taken."""
    state = await DB.fetchval("SELECT state FROM __tenant__.survey WHERE id = $1", survey)
    if state is None:
        raise SurveyUnknown
    if state != after:
        raise StepUnfit(state=reading.STATES[state], step=STEPS[step])


def _placed(problem: Problem) -> Words:
    if not problem.key:
        return problem.words
    return Words(en=f"“{problem.key}”: {problem.words.en}", zh=f"“{problem.key}”：{problem.words.zh}")
