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
from tenants.surveys.rules.definition import Choice, Definition, Effect, Jump, Question
from tenants.surveys.rules.looking import Sheet, look
from tenants.surveys.rules.values import Given

__all__ = [
    "Choice",
    "Definition",
    "Effect",
    "Given",
    "Jump",
    "Question",
    "Sheet",
    "Who",
    "arrive",
    "links",
    "look",
]
