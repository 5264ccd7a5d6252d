"""The registry: which sellers there are, by which names and keys they are reached, and when each has work due.

These tables live in the schema `platform`, of which there is one; the last two live in every tenant's
own. Nothing here refers to a tenant's table, nor may it: a tenant can live in another database.
"""

from __future__ import annotations

from piccolo.columns import (
    Array,
    BigInt,
    Boolean,
    Bytea,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tenants.tenancy.columns import Id, Moment
from tenants.tenancy.engine import DB, PLACEHOLDER

PLATFORM = "platform"


class TenantRow(Table, tablename="tenant", schema=PLATFORM, db=DB):
    """One seller: where its data is and how it wants to be spoken to."""

    id = Id()
    slug = Varchar(length=40, unique=True)
    schema_name = Varchar(length=42, unique=True)
    name = Varchar(length=200)
    timezone = Varchar(length=64, default="UTC")
    currency = Varchar(length=3, default="CNY")
    locale = Varchar(length=10, default="zh")
    region = Varchar(length=2, default="CN")
    state = Varchar(length=20, default="active")
    placement = Varchar(length=40, default="main")
    revision = Varchar(length=20, default="")
    created_at = Moment()

    tenant_state = Check("state IN ('creating', 'active', 'suspended')")
    tenant_schema_name = Check("schema_name ~ '^t_[a-z0-9]{1,40}$'")


class Host(Table, tablename="host", schema=PLATFORM, db=DB):
    """A host name, besides `<slug>.<base domain>`, under which a tenant is reached."""

    name = Varchar(length=253, primary_key=True)
    tenant = ForeignKey(TenantRow, on_delete=OnDelete.cascade, null=False)
    created_at = Moment()


class ApiKey(Table, tablename="api_key", schema=PLATFORM, db=DB):
    """A key of a tenant. Only the hash is here; the key itself was shown once.

    A signing key's secret is derived from the application's secret and the key's id, so it is nowhere.
    """

    id = Id()
    tenant = ForeignKey(TenantRow, on_delete=OnDelete.cascade, null=False)
    kind = Varchar(length=20)
    name = Varchar(length=100, default="")
    hint = Varchar(length=30)
    digest = Bytea(default=b"", unique=True, secret=True)
    origins = Array(base_column=Varchar(length=300), default=list)
    created_at = Moment()
    expires_at = Moment(null=True)
    last_used_at = Moment(null=True)

    api_key_kind = Check("kind IN ('secret', 'publishable', 'signing')")


class Operator(Table, tablename="operator", schema=PLATFORM, db=DB):
    """One of us: somebody who runs the installation, not a shop."""

    id = Id()
    username = Varchar(length=100, unique=True)
    password = Varchar(length=255, secret=True)
    active = Boolean(default=True)
    created_at = Moment()


class OperatorSession(Table, tablename="operator_session", schema=PLATFORM, db=DB):
    """A signed-in operator; the token itself is only in the cookie."""

    digest = Bytea(primary_key=True, default=b"")
    operator = ForeignKey(Operator, on_delete=OnDelete.cascade, null=False)
    created_at = Moment()
    seen_at = Moment()
    expires_at = Moment()


class OperatorAttempt(Table, tablename="operator_attempt", schema=PLATFORM, db=DB):
    """How often somebody has tried to sign in as an operator of late; heals by itself."""

    key = Varchar(length=200, primary_key=True, default="")
    failures = Integer(default=0)
    wait_until = Moment()
    at = Moment()


class OperatorAudit(Table, tablename="operator_audit", schema=PLATFORM, db=DB):
    """What an operator changed: append-only."""

    id = Id()
    operator = Varchar(length=100)
    action = Varchar(length=20)
    subject = Varchar(length=100)
    row = Varchar(length=100, default="")
    before = Text(default="")
    after = Text(default="")
    at = Moment()


class Due(Table, tablename="due", schema=PLATFORM, db=DB):
    """When a tenant next has work of one kind: what the workers look at instead of every schema."""

    id = Id()
    tenant = ForeignKey(TenantRow, on_delete=OnDelete.cascade, null=False)
    job = Varchar(length=60)
    at = Moment(index=True)
    recheck_at = Moment(null=True)
    marks = BigInt(default=0)
    token = BigInt(default=0)
    lease_until = Moment(null=True)
    failures = Integer(default=0)
    last_error = Varchar(length=300, default="")

    due_tenant_job = Unique([tenant, job])


class MigrationRun(Table, tablename="migration_run", schema=PLATFORM, db=DB):
    """Which compiled migration has been applied to which schema, written in the migration's own transaction."""

    id = Id()
    schema_name = Varchar(length=42)
    revision = Varchar(length=20)
    digest = Varchar(length=64)
    at = Moment()

    migration_run_once = Unique([schema_name, revision])


class IdempotentReply(Table, tablename="idempotent_reply", schema=PLACEHOLDER, db=DB):
    """The first reply to a keyed request, written in the transaction of its effect."""

    id = Id()
    scope = Varchar(length=200)
    key = Varchar(length=255)
    digest = Bytea(default=b"")
    status = Integer(default=0)
    content_type = Varchar(length=100, default="")
    body = Bytea(default=b"")
    at = Moment()
    until = Moment(index=True)

    idempotent_reply_key = Unique([scope, key])


class SpentToken(Table, tablename="spent_token", schema=PLACEHOLDER, db=DB):
    """A one-time sign-in that has been used; kept until it would have ended anyway."""

    digest = Bytea(primary_key=True, default=b"")
    ends_at = Moment(index=True)


PLATFORM_TABLES: tuple[type[Table], ...] = (
    TenantRow, Host, ApiKey, Operator, OperatorSession, OperatorAttempt, OperatorAudit, Due, MigrationRun,
)  # fmt: skip
TABLES: tuple[type[Table], ...] = (IdempotentReply, SpentToken)
