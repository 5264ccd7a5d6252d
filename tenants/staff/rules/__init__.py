"""The verbs of staff: who may come in, for how long, and what is written down about it."""

from tenants.staff.rules.limits import TooManyAttempts, forgive, knock
from tenants.staff.rules.passwords import PasswordUnfit, check_password, hash_password, password_matches
from tenants.staff.rules.people import (
    ROLES,
    LastOwner,
    Person,
    StaffUnknown,
    UsernameTaken,
    WrongPassword,
    change_password,
    create,
    find,
    recognise,
    update,
)
from tenants.staff.rules.sessions import SessionOver, SignedIn, open_session, purge, session, sign_out
from tenants.staff.rules.trail import Action, note

__all__ = [
    "ROLES",
    "Action",
    "LastOwner",
    "PasswordUnfit",
    "Person",
    "SessionOver",
    "SignedIn",
    "StaffUnknown",
    "TooManyAttempts",
    "UsernameTaken",
    "WrongPassword",
    "change_password",
    "check_password",
    "create",
    "find",
    "forgive",
    "hash_password",
    "knock",
    "note",
    "open_session",
    "password_matches",
    "purge",
    "recognise",
    "session",
    "sign_out",
    "update",
]
