"""Staff: a seller's own people, how they sign in, and what they have changed.

Words: a *staff member* has one role (owner, marketer, agent, analyst); a *session* is one browser that is signed in;
an *attempt counter* slows down guessing; the *audit trail* says who changed what, with before and after.

Always true: a password is kept only as an Argon2id hash and a session only as the SHA-256 of its token; a change of
password ends every session; nobody is locked out for longer than 15 minutes; an audit row is written in the
transaction of the change that it describes, and never changed, but for the values of a person who is forgotten.
"""

from tenants.staff.rules.limits import TooManyAttempts, forgive, knock
from tenants.staff.rules.passwords import PasswordUnfit, hash_password, password_matches
from tenants.staff.rules.people import (
    ROLES,
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
from tenants.staff.rules.sessions import ABSOLUTE, IDLE, SessionOver, SignedIn, open_session, session, sign_out
from tenants.staff.rules.trail import Action, forget, note, told

__all__ = [
    "ABSOLUTE",
    "IDLE",
    "ROLES",
    "Action",
    "PasswordUnfit",
    "SessionOver",
    "SignedIn",
    "StaffUnknown",
    "TooManyAttempts",
    "UsernameTaken",
    "WrongPassword",
    "change_password",
    "check_username",
    "create",
    "find",
    "forget",
    "forgive",
    "hash_password",
    "knock",
    "note",
    "open_session",
    "password_matches",
    "recognise",
    "session",
    "sign_out",
    "told",
    "update",
]
