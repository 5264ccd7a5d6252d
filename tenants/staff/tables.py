"""Staff, their sessions, the counters that slow down guessing, and the audit trail."""

from __future__ import annotations

from piccolo.columns import Boolean, Bytea, ForeignKey, Integer, OnDelete, Text, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from tenants.tenancy import DB, PLACEHOLDER, Id, Moment


class Staff(Table, tablename="staff", schema=PLACEHOLDER, db=DB):
    """Somebody who works for this shop."""

    id = Id()
    username = Varchar(length=100, unique=True)
    name = Varchar(length=100, default="")
    password = Varchar(length=255, default="", secret=True)
    role = Varchar(length=10, default="analyst")
    active = Boolean(default=True)
    locale = Varchar(length=10, null=True, default=None)
    created_at = Moment()

    staff_role = Check("role IN ('owner', 'marketer', 'agent', 'analyst')")
    staff_username = Check("username = lower(username) AND username <> ''")
    staff_locale = Check("locale IN ('en', 'zh')")


class StaffSession(Table, tablename="staff_session", schema=PLACEHOLDER, db=DB):
    """A browser that is signed in; the token itself is only in its cookie."""

    digest = Bytea(primary_key=True, default=b"", secret=True)
    staff = ForeignKey(Staff, on_delete=OnDelete.cascade, null=False)
    created_at = Moment()
    seen_at = Moment()
    expires_at = Moment()
    address = Varchar(length=64, default="")


class LoginAttempt(Table, tablename="login_attempt", schema=PLACEHOLDER, db=DB):
    """How often somebody has tried to sign in of late, per account and per address; heals by itself."""

    key = Varchar(length=200, primary_key=True, default="")
    failures = Integer(default=0)
    wait_until = Moment()
    at = Moment(index=True)

    login_attempt_failures = Check("failures >= 1")


class Audit(Table, tablename="audit", schema=PLACEHOLDER, db=DB):
    """One change by one of the staff. Append-only; secrets are masked before they get here."""

    id = Id()
    at = Moment(index=True)
    staff = Varchar(length=36, default="")
    name = Varchar(length=100, default="")
    action = Varchar(length=10)
    subject = Varchar(length=100, default="")
    row_id = Varchar(length=100, default="")
    before = Text(default="")
    after = Text(default="")

    audit_action = Check("action IN ('create', 'change', 'delete', 'form', 'login')")


TABLES: tuple[type[Table], ...] = (Staff, StaffSession, LoginAttempt, Audit)
INDEXES: tuple[str, ...] = (
    "CREATE INDEX staff_session_staff ON __tenant__.staff_session (staff)",
    "CREATE INDEX staff_session_expires ON __tenant__.staff_session (expires_at)",
    "CREATE INDEX audit_row ON __tenant__.audit (subject, row_id, at)",
)
