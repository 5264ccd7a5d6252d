"""From what surveys are to what is sent, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from tenants import segments, surveys, vouchers
from tenants.kit import ids
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Words, language_of_reader
from tenants.surveys.api.definition_shapes import (
    DraftShape,
    NewSurvey,
    QuotaShape,
    SurveyLanguage,
    SurveyProblem,
    SurveyShape,
    SurveyStep,
    SurveyTemplateAsked,
    SurveyTemplateShape,
    SurveyWay,
)
from tenants.surveys.rules.settings import FIELDS
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    import uuid

    from tenants.surveys.rules.templates.writing import Template

_UNKNOWN: dict[str, type[NotFound]] = {
    "sur": surveys.SurveyUnknown, "svq": surveys.QuotaUnknown, "seg": segments.SegmentUnknown,
    "vtp": vouchers.TemplateUnknown,
}  # fmt: skip
_REFERENCES = {"segment": "seg", "reward_voucher": "vtp"}


def survey_id(text: str) -> uuid.UUID:
    """A survey's id; a bad one is as unknown as one of nothing."""
    return _read("sur", text)


def quota_id(text: str) -> uuid.UUID:
    """A quota's id."""
    return _read("svq", text)


def outside(survey: uuid.UUID) -> str:
    """A survey's id as it is sent."""
    return ids.show("sur", survey)


def inside(said: dict[str, Any]) -> dict[str, Any]:
    """Settings as they were sent, with the ids that the rules know."""
    return {
        name: _read(_REFERENCES[name], value) if name in _REFERENCES and value is not None else value
        for name, value in said.items()
    }


def terms_of_new(data: NewSurvey) -> tuple[surveys.Terms, surveys.Definition | None]:
    """The settings of a new survey and what it asks; a template fills in what was not sent. Raises Invalid."""
    said = {name: getattr(data, name) for name in FIELDS}
    if data.template is None:
        return surveys.Terms(**inside(said)), data.definition
    if data.definition is not None:
        told = Words(en="give either a template or a definition", zh="template 与 definition 只能填写一个")
        raise Invalid(param="template", problem=told)
    found = surveys.template(data.template)
    left_out = {name for name in FIELDS if said[name] == _default(name)}
    said |= {name: value for name, value in found.settings.items() if name in left_out}
    if not data.name_en and not data.name_zh:
        said |= {"name_en": found.name.en, "name_zh": found.name.zh}
    return surveys.Terms(**inside(said)), found.definition(_language())


def survey(found: surveys.Survey) -> SurveyShape:
    """A survey for the seller."""
    said = {name: getattr(found.terms, name) for name in FIELDS}
    for name, prefix in _REFERENCES.items():
        said[name] = ids.show(prefix, said[name]) if said[name] else None
    return SurveyShape(
        id=outside(found.id), **said, state=found.state, status=found.status, version=found.version,  # type: ignore[arg-type]  # one of them
        open_address=surveys.links.address(found.link_key) if found.link_key else None, created_at=found.created_at,
        updated_at=found.updated_at,
    )  # fmt: skip


def draft(survey: uuid.UUID, found: surveys.Draft, problems: list[surveys.Problem]) -> DraftShape:
    """A draft, and what keeps it from going live."""
    languages = [
        SurveyLanguage(
            language=language, there=one.there, needed=one.needed, percent=one.percent, missing=list(one.missing))
        for language, one in surveys.completeness(found.definition).items()
    ]  # fmt: skip
    steps = [
        SurveyStep(
            question=step.key, phase=step.phase, show_if=step.show_if, reached=step.reached,
            ways=[SurveyWay(when=way.when, to=way.to) for way in step.ways])
        for step in surveys.path(found.definition)
    ]  # fmt: skip
    return DraftShape(
        survey=outside(survey), definition=found.definition, revision=found.revision, undoable=found.undoable,
        problems=[SurveyProblem(question=one.key, problem=one.words.say()) for one in problems], languages=languages,
        path=steps,
    )  # fmt: skip


def quota(found: surveys.Quota) -> QuotaShape:
    """A quota for the seller."""
    return QuotaShape(
        id=ids.show("svq", found.id), name=found.name, condition=found.condition, most=found.most, taken=found.taken,
        position=found.position,
    )  # fmt: skip


def template(found: Template) -> SurveyTemplateShape:
    """A template in a list."""
    return SurveyTemplateShape(**_of_template(found))


def template_asked(found: Template) -> SurveyTemplateAsked:
    """A template with what it asks."""
    return SurveyTemplateAsked(**_of_template(found), definition=found.definition(_language()), settings=found.settings)


def _of_template(found: Template) -> dict[str, Any]:
    return {
        "key": found.key, "trade": found.trade.say(), "name_en": found.name.en, "name_zh": found.name.zh,
        "about": found.about.say(), "questions": len(found.asked), "phases": len(found.definition().phases),
    }  # fmt: skip


def _language() -> Any:
    """The shop's language, else that of whoever asks."""
    locale = current_tenant().locale.partition("-")[0]
    return locale if locale in {"zh", "en"} else language_of_reader()


def _default(name: str) -> Any:
    field = next(field for field in msgspec.structs.fields(NewSurvey) if field.name == name)
    return field.default


def _read(prefix: str, text: str) -> uuid.UUID:
    try:
        return ids.read(prefix, text)
    except NotFound:
        raise _UNKNOWN[prefix] from None
