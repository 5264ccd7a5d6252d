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
from tenants.surveys.rules.answering import Submission, Submitted, save, submit, submit_many
from tenants.surveys.rules.checking import Problem, problems
from tenants.surveys.rules.definition import Choice, Definition, Effect, Jump, Question
from tenants.surveys.rules.editing import change, clone, create, edit, remove, undo
from tenants.surveys.rules.invitations import Invitation, Invited, invitations, invite, revoke
from tenants.surveys.rules.invitations import find as find_invitation
from tenants.surveys.rules.limiting import remove_quota, set_quota
from tenants.surveys.rules.looking import Sheet, look
from tenants.surveys.rules.news import Completed, Low, LowScore, TookPart
from tenants.surveys.rules.offering import Offer, offers
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
from tenants.surveys.rules.thanking import Thanks
from tenants.surveys.rules.translating import completeness, texts_of, translate
from tenants.surveys.rules.values import Given

__all__ = [
    "TEMPLATES",
    "AlreadyAnswered",
    "AlreadyPublished",
    "AnswerRefused",
    "Choice",
    "Completed",
    "Definition",
    "Draft",
    "DraftMoved",
    "Effect",
    "Given",
    "Invitation",
    "Invited",
    "Jump",
    "Low",
    "LowScore",
    "NotReady",
    "NothingToUndo",
    "Offer",
    "Problem",
    "Question",
    "Quota",
    "QuotaUnknown",
    "RewardByAnswer",
    "Sheet",
    "StepUnfit",
    "Submission",
    "Submitted",
    "Survey",
    "SurveyEnded",
    "SurveyUnknown",
    "TemplateUnknown",
    "Terms",
    "Thanks",
    "TookPart",
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
    "find_invitation",
    "freeze",
    "invitations",
    "invite",
    "links",
    "look",
    "obstacles",
    "offers",
    "path",
    "pause",
    "problems",
    "publish",
    "quotas",
    "remove",
    "remove_quota",
    "resume",
    "revoke",
    "save",
    "set_quota",
    "submit",
    "submit_many",
    "surveys",
    "template",
    "texts_of",
    "translate",
    "undo",
    "version",
    "versions",
]
