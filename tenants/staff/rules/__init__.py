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
    check_username,
    create,
    find,
    recognise,
    update,
)
from tenants.staff.rules.sessions import ABSOLUTE, IDLE, SessionOver, SignedIn, open_session, purge, session, sign_out
from tenants.staff.rules.trail import Action, note, told

__all__ = [
    "ABSOLUTE",
    "IDLE",
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
    "check_username",
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
    "told",
    "update",
]
