"""Surveys: what a shop asks its members, and what it learns from them.

Words: a *survey* has *versions*, each a *definition* of questions in several languages; a *response* is what one
member answered in one go, an *answer* is to one question; a *phase* is a part of a series that a member meets one at a
time; an *invitation* asks one member, by a signed link that ends and can be revoked; a *quota* is how many may answer.

Always true: a version that was answered never changes, and answers keep theirs; one member takes part once per
occurrence and phase, decided by the database; a quota is never exceeded; an anonymous response leads to nobody; a
reward is for taking part, never for what was answered; reading a page records nothing.
"""

from tenants.surveys.rules import links
from tenants.surveys.rules.access import Who, arrive
from tenants.surveys.rules.checking import Problem, problems
from tenants.surveys.rules.definition import Choice, Definition, Effect, Jump, Question
from tenants.surveys.rules.editing import change, clone, create, edit, remove, undo
from tenants.surveys.rules.limiting import remove_quota, set_quota
from tenants.surveys.rules.looking import Sheet, look
from tenants.surveys.rules.publishing import end, freeze, obstacles, pause, publish, resume
from tenants.surveys.rules.reaching import path
from tenants.surveys.rules.reading import Draft, Quota, Survey, current, draft, find, quotas, surveys, version, versions
from tenants.surveys.rules.refusals import (
    AlreadyAnswered,
    AlreadyPublished,
    AnswerRefused,
    DraftMoved,
    NothingToUndo,
    NotReady,
    QuotaUnknown,
    RewardByAnswer,
    StepUnfit,
    SurveyEnded,
    SurveyUnknown,
    TemplateUnknown,
    VersionUnknown,
)
from tenants.surveys.rules.settings import Terms
from tenants.surveys.rules.templates import TEMPLATES, template
from tenants.surveys.rules.translating import completeness, texts_of, translate
from tenants.surveys.rules.values import Given

__all__ = [
    "TEMPLATES",
    "AlreadyAnswered",
    "AlreadyPublished",
    "AnswerRefused",
    "Choice",
    "Definition",
    "Draft",
    "DraftMoved",
    "Effect",
    "Given",
    "Jump",
    "NotReady",
    "NothingToUndo",
    "Problem",
    "Question",
    "Quota",
    "QuotaUnknown",
    "RewardByAnswer",
    "Sheet",
    "StepUnfit",
    "Survey",
    "SurveyEnded",
    "SurveyUnknown",
    "TemplateUnknown",
    "Terms",
    "VersionUnknown",
    "Who",
    "arrive",
    "change",
    "clone",
    "completeness",
    "create",
    "current",
    "draft",
    "edit",
    "end",
    "find",
    "freeze",
    "links",
    "look",
    "obstacles",
    "path",
    "pause",
    "problems",
    "publish",
    "quotas",
    "remove",
    "remove_quota",
    "resume",
    "set_quota",
    "surveys",
    "template",
    "texts_of",
    "translate",
    "undo",
    "version",
    "versions",
]
