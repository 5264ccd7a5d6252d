"""The verbs of vouchers, by what they are about; other subjects know them through `tenants.vouchers`."""

from tenants.vouchers.rules.issuing import claim, issue, issue_many
from tenants.vouchers.rules.lapsing import expire_due
from tenants.vouchers.rules.templates import Terms, change_template, create_template, read_terms
from tenants.vouchers.rules.using import confirm, give_back, release, reserve, revoke, validate

__all__ = [
    "Terms",
    "change_template",
    "claim",
    "confirm",
    "create_template",
    "expire_due",
    "give_back",
    "issue",
    "issue_many",
    "read_terms",
    "release",
    "reserve",
    "revoke",
    "validate",
]
