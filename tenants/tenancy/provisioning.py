"""Makes tenants and takes them apart: a schema with all its tables in one transaction, or nothing."""

from __future__ import annotations

import asyncio
import re
from functools import cache
from typing import TYPE_CHECKING

import asyncpg

from tenants.kit import clock, ids
from tenants.kit.errors import Conflict, Invalid
from tenants.kit.words import LANGUAGES, Words
from tenants.tenancy import blueprint, migrations, registry, work
from tenants.tenancy.current import use_tenant
from tenants.tenancy.engine import DB, PLACEHOLDER

if TYPE_CHECKING:
    import uuid
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tenants.tenancy.current import Tenant

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_SLUG_MIN, _SLUG_MAX = 2, 40
_NAME_MAX = 200
_SCHEMA_SLUG_MAX = 32  # with `t_` and 8 digits of the id it fits into `schema_name`
RESERVED = frozenset(
    [
        "public",
        "platform",
        "www",
        "admin",
        "api",
        "app",
        "operator",
        "console",
        "static",
        "docs",
        "mail",
        "smtp",
        "metrics",
        "health",
        "localhost",
        "information-schema",
        "pg",
        "pg-catalog",
        "pg-toast",
        "pg-temp",
        "postgres",
        "registry",
        "template",
        "ext",
        "regulars",
    ]
)

# What a later layer adds to each new tenant, in the same transaction (default plans and the like).
_furnishers: list[Callable[[], Awaitable[None]]] = []


class SlugTaken(Conflict):
    """Another tenant has this slug."""

    code = "tenant.slug_taken"
    sentence = Words(en="The name “{slug}” is taken; choose another.", zh="名称“{slug}”已被占用，请换一个。")


def furnish(furnisher: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Register a coroutine that puts a subject's first rows into each new tenant."""
    _furnishers.append(furnisher)
    return furnisher


def check_slug(slug: str) -> str:
    """The slug if it can name a tenant: 2–40 of a–z, 0–9 and single inner hyphens. Raises Invalid."""
    if not _SLUG_MIN <= len(slug) <= _SLUG_MAX or not _SLUG.match(slug) or slug in RESERVED:
        raise Invalid(
            param="slug",
            problem=Words(
                en="use 2 to 40 lower-case letters, digits and single hyphens, beginning with a letter;"
                " some words are reserved",
                zh="请使用 2 到 40 个小写字母、数字或单个连字符，以字母开头；部分名称为系统保留",
            ),
        )
    return slug


async def create(
    *,
    slug: str,
    name: str,
    timezone: str = "Asia/Shanghai",
    currency: str = "CNY",
    locale: str = "zh",
    region: str = "CN",
    placement: str = "main",
) -> Tenant:
    """Make a tenant with its schema, tables and first rows. Raises Invalid, SlugTaken; then nothing was made."""
    check_slug(slug)
    _check(name=name, currency=currency, locale=locale, region=region)
    await _check_zone(timezone)
    if not DB.beside_registry(placement):
        raise Invalid(param="placement", problem=Words(en="there is no such placement here", zh="没有这个存放位置"))
    tenant_id = ids.new()
    schema = _schema_of(slug, tenant_id)
    async with DB.registry_transaction() as transaction:
        try:
            await DB.registry_fetch(
                "INSERT INTO platform.tenant (id, slug, schema_name, name, timezone, currency, locale, region, state,"
                " placement, revision, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'active', $9, $10, $11)",
                tenant_id, slug, schema, name.strip(), timezone, currency, locale, region, placement,
                migrations.head(), clock.now())  # fmt: skip
            await transaction.connection.execute(
                f'CREATE SCHEMA "{schema}"; {_baseline().replace(PLACEHOLDER, schema)}'
            )
        except (asyncpg.UniqueViolationError, asyncpg.DuplicateSchemaError):
            raise SlugTaken(slug=slug) from None
        await migrations.stamp(transaction.connection, schema)
        tenant = await registry.by_slug(slug)
        with use_tenant(tenant):
            for furnisher in _furnishers:
                await furnisher()
        await work.plant_schedule(tenant)
    registry.forget()
    return tenant


async def drop(slug: str) -> None:
    """Delete a tenant with everything it has, for good. Raises TenantUnknown."""
    tenant = await registry.by_slug(slug)
    async with DB.registry_transaction() as transaction:
        await transaction.connection.execute("SET LOCAL statement_timeout = '5min'")
        await DB.registry_fetch("DELETE FROM platform.tenant WHERE id = $1", tenant.id)
        await DB.registry_fetch("DELETE FROM platform.migration_run WHERE schema_name = $1", tenant.schema)
        await transaction.connection.execute(f'DROP SCHEMA IF EXISTS "{tenant.schema}" CASCADE')
    registry.forget()


async def export(slug: str, folder: Path, *, told: Callable[[str, int], None] | None = None) -> dict[str, int]:
    """Write every table of a tenant as `<table>.csv` (UTF-8 with header) by COPY. Returns rows per table.

    One repeatable-read snapshot, so the files agree with each other. Credentials (staff passwords and sessions)
    are left out: columns named as in `_CREDENTIALS` and those that their class declares secret come empty. A folder
    that is made here is closed to other users of the machine, for it holds people's data.
    """
    tenant = await registry.by_slug(slug)
    await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    async with DB.pool_of(tenant.placement).acquire() as connection:
        await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            tables = await connection.fetch(
                "SELECT c.relname AS name, array_agg(a.attname ORDER BY a.attnum) AS columns FROM pg_class c"
                " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                " WHERE c.relnamespace = to_regnamespace($1) AND c.relkind = 'r' GROUP BY 1 ORDER BY 1",
                tenant.schema)  # fmt: skip
            for table in tables:
                hidden = _credentials_of(table["name"])
                columns = ", ".join(
                    f"NULL AS {_quoted(column)}" if column in hidden else _quoted(column) for column in table["columns"]
                )
                path = folder / f"{_UNFIT_FOR_A_FILE.sub('_', table['name'])}.csv"
                status = await connection.copy_from_query(
                    f"SELECT {columns} FROM {_quoted(tenant.schema)}.{_quoted(table['name'])}",
                    output=path, format="csv", header=True)  # fmt: skip
                counts[table["name"]] = int(status.split()[-1])
                if told:
                    told(table["name"], counts[table["name"]])
        finally:
            await connection.execute("ROLLBACK")
    return counts


_CREDENTIALS = frozenset({"password", "secret", "digest"})
_UNFIT_FOR_A_FILE = re.compile(r"[^a-z0-9_]")
_UNFIT_FOR_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def _credentials_of(table_name: str) -> frozenset[str]:
    declared = (table for table in blueprint.tenant_tables() if table._meta.tablename == table_name)
    return _CREDENTIALS.union(*({column._meta.name for column in table._meta.secret_columns} for table in declared))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@cache
def _baseline() -> str:
    return (migrations.FOLDER / "tenant" / "sql" / "baseline.sql").read_text(encoding="utf-8")


def _schema_of(slug: str, tenant_id: uuid.UUID) -> str:
    # Of the slug so that people know it again, of the id so that it is never another's: where the shop before it is
    # still remembered, its schema must lead nowhere.
    return f"t_{slug.replace('-', '')[:_SCHEMA_SLUG_MAX]}{tenant_id.hex[-8:]}"


async def _check_zone(timezone: str) -> None:
    # By both: days are counted here and in the database, and each has its own list.
    try:
        clock.zone(timezone)
        known = await DB.registry_fetch("SELECT FROM pg_timezone_names WHERE name = $1", timezone)
    except ValueError:
        known = []
    if not known:
        raise Invalid(
            param="timezone",
            problem=Words(en="use an IANA name such as Asia/Shanghai", zh="请使用 IANA 时区名称，如 Asia/Shanghai"),
        )


def _check(*, name: str, currency: str, locale: str, region: str) -> None:
    if not 1 <= len(name.strip()) <= _NAME_MAX or _UNFIT_FOR_A_NAME.search(name):
        raise Invalid(
            param="name", problem=Words(en="give a name of 1 to 200 characters", zh="请输入 1 到 200 个字的名称")
        )
    if not re.match(r"[A-Z]{3}\Z", currency):
        raise Invalid(
            param="currency",
            problem=Words(en="use an ISO 4217 code such as CNY", zh="请使用 ISO 4217 货币代码，如 CNY"),
        )
    if locale not in LANGUAGES:
        raise Invalid(param="locale", problem=Words(en="use en or zh", zh="请使用 en 或 zh"))
    if not re.match(r"[A-Z]{2}\Z", region):
        raise Invalid(
            param="region", problem=Words(en="use an ISO 3166 code such as CN", zh="请使用 ISO 3166 地区代码，如 CN")
        )
