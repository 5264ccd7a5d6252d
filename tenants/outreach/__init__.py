"""Outreach: what the shop says to its members by itself, each thing once, and only to those who want to hear it.

Words: a *programme* is a standing rule (the birthday greeting); an *occurrence* is the one thing that it answers (this
year's birthday); a *message* is what goes to one member on one channel, in the *outbox* until its fate is known; a
*template* is the text, in Liquid, in both languages.

Always true: programme, member and occurrence are answered once, and no member has two birthdays within 300 days
whatever is edited; a gift and its messages come in one transaction or not at all; nothing goes out after consent was
withdrawn; a message of which nobody can know whether it arrived is `unknown` and is never sent again by itself.
"""

from tenants.outreach.rules.letters import Written, preview, send_test
from tenants.outreach.rules.outbox import resolve
from tenants.outreach.rules.planning import forecast_birthdays, plan_birthdays
from tenants.outreach.rules.post import Office, set_up
from tenants.outreach.rules.programmes import (
    ProgrammeRow,
    TemplateRow,
    change_programme,
    change_template,
    read_programme,
    read_templates,
)
from tenants.outreach.rules.sending import send_due
from tenants.outreach.rules.wording import VARIABLES, check_template

__all__ = [
    "VARIABLES",
    "Office",
    "ProgrammeRow",
    "TemplateRow",
    "Written",
    "change_programme",
    "change_template",
    "check_template",
    "forecast_birthdays",
    "plan_birthdays",
    "preview",
    "read_programme",
    "read_templates",
    "resolve",
    "send_due",
    "send_test",
    "set_up",
]
