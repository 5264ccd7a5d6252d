"""Profile completion: what members tell of themselves for a reward, a few questions at a time, each once for ever.

Words: an *activity* asks *questions*, each for a field of the profile or an attribute of the shop, in *steps*: the next
opens when all of the one before is answered; an *answer* is that a member has told it, and what became of that; who has
answered all has *completed* the profile.

Always true: a member and a field are rewarded once for ever, whatever becomes of the answer; a telephone number or
address that has counted for one member counts for no other; what was known before the activity is not rewarded unless
the seller says so; nothing is given that is not granted by `rewards`; one activity is live at a time.

Fact: `Completed`, once for all of a batch.
"""

from tenants.profiles.rules.activities import (
    FIELDS,
    Question,
    Terms,
    change_activity,
    create_activity,
    read_terms,
    remove_question,
    set_question,
)
from tenants.profiles.rules.answering import Completed, Completion, take_note
from tenants.profiles.rules.reading import Asked, Progress, preview, progress
from tenants.profiles.rules.refusals import (
    ActivityEnded,
    ActivityUnknown,
    AnotherIsLive,
    NothingAsked,
    QuestionUnknown,
)
from tenants.profiles.rules.sweeping import sweep

__all__ = [
    "FIELDS",
    "ActivityEnded",
    "ActivityUnknown",
    "AnotherIsLive",
    "Asked",
    "Completed",
    "Completion",
    "NothingAsked",
    "Progress",
    "Question",
    "QuestionUnknown",
    "Terms",
    "change_activity",
    "create_activity",
    "preview",
    "progress",
    "read_terms",
    "remove_question",
    "set_question",
    "sweep",
    "take_note",
]
