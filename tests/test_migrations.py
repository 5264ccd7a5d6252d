"""Three ways lead to the same tables, and a fleet can be brought up whatever happens in the middle."""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tenants.tenancy import DB, blueprint, compiling, doctor, migrations, provisioning, registry, use_tenant
from tenants.tenancy.engine import PLACEHOLDER, REGISTRY
from tests.schemas import catalogue, step

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from tenants.tenancy.migrations import Failure, Migration

FLEET = [f"fleet{number:02}" for number in range(12)]


def _here(sql: str, schema: str, kind: str) -> str:
    return (
        sql.replace(PLACEHOLDER, schema)
        if kind == "tenant"
        else sql.replace('"platform"', schema).replace("platform.", f"{schema}.")
    )


@pytest_asyncio.fixture
async def schemas(database: str) -> AsyncIterator[list[str]]:
    assert database
    names = ["t_frombaseline", "t_fromreplay", "t_fromclasses"]
    async with DB.pool_of(REGISTRY).acquire() as connection:
        for name in names:
            await connection.execute(f'DROP SCHEMA IF EXISTS "{name}" CASCADE; CREATE SCHEMA "{name}"')
    yield names
    async with DB.pool_of(REGISTRY).acquire() as connection:
        for name in names:
            await connection.execute(f'DROP SCHEMA "{name}" CASCADE')


# --- what is compiled ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", compiling.KINDS)
async def test_baseline_replay_and_classes_make_the_same_schema(kind: str, schemas: list[str]) -> None:
    baseline, replay, classes = schemas
    folder = migrations.FOLDER / kind / "sql"
    scripts = {
        baseline: (folder / "baseline.sql").read_text(encoding="utf-8"),
        replay: "".join(one.sql for one in migrations.compiled(kind)),
        classes: blueprint.script(*compiling.declared(kind)),
    }
    found = {}
    async with DB.pool_of(REGISTRY).acquire() as connection:
        for schema, script in scripts.items():
            await connection.execute(_here(script, schema, kind))
            found[schema] = await catalogue(connection, schema)
    assert found[classes], kind
    told = "run `python3 dev.py cli migrations {}`"
    assert sorted(found[baseline] ^ found[classes]) == [], told.format("compile")
    assert sorted(found[replay] ^ found[classes]) == [], told.format("new …")


@pytest.mark.parametrize("kind", compiling.KINDS)
async def test_what_is_committed_is_what_compiling_gives(kind: str) -> None:
    folder = migrations.FOLDER / kind / "sql"
    committed = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.sql")}
    assert await compiling.compile_all(kind) == committed, "run `python3 dev.py cli migrations compile`"


async def test_a_tenants_schema_is_portable(schemas: list[str]) -> None:
    """No sequence, type, function, trigger or deferrable constraint: what Citus and a second database could not take."""
    async with DB.pool_of(REGISTRY).acquire() as connection:
        await connection.execute(_here(blueprint.script(*compiling.declared("tenant")), schemas[0], "tenant"))
        lines = await catalogue(connection, schemas[0])
    assert [line for line in lines if line.startswith("other:") or "deferrable=True" in line or "nextval" in line] == []
    assert [line for line in lines if "identity=a" in line or "identity=d" in line] == []


def test_every_step_has_a_number_of_its_own_and_names_no_tenant() -> None:
    for kind in compiling.KINDS:
        steps = migrations.compiled(kind)
        assert steps
        assert [one.revision for one in steps] == [f"{number:04}" for number in range(1, len(steps) + 1)]
        assert all("t_" + "acme" not in one.sql for one in steps)
    assert all(PLACEHOLDER in one.sql for one in migrations.compiled("tenant"))


async def test_the_registry_is_brought_up_once_by_many_at_once(database: str) -> None:
    assert database
    assert await asyncio.gather(*(migrations.migrate_platform() for _ in range(4))) == [[]] * 4


# --- the fleet -------------------------------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def fleet(database: str) -> AsyncIterator[list[str]]:
    assert database
    for slug in FLEET:
        await provisioning.create(slug=slug, name=slug)
    yield FLEET
    for slug in FLEET:
        await provisioning.drop(slug)


def scratch(*statements: str) -> tuple[Migration, ...]:
    """The real migrations and one more."""
    return (*migrations.compiled("tenant"), *(step(f"9{number:03}", sql) for number, sql in enumerate(statements)))


COLUMN = "ALTER TABLE __tenant__.spent_token ADD COLUMN colour text;"
SLOW = f"{COLUMN} SELECT pg_sleep(0.15); CREATE TABLE __tenant__.scratch (id int);"


async def state(fleet: Sequence[str]) -> dict[str, tuple[bool, bool, int, str]]:
    """For each tenant: has it the column, has it the table, how many scratch entries has its ledger, its revision."""
    rows = await DB.registry_fetch(
        """
        SELECT t.slug, t.revision,
               EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = to_regclass(t.schema_name || '.spent_token')
                          AND a.attname = 'colour' AND NOT a.attisdropped) AS has_column,
               to_regclass(t.schema_name || '.scratch') IS NOT NULL AS has_table,
               (SELECT count(*) FROM platform.migration_run r WHERE r.schema_name = t.schema_name AND r.revision LIKE '9%') AS runs
          FROM platform.tenant t WHERE t.slug = ANY($1)
        """, list(fleet))  # fmt: skip
    return {row["slug"]: (row["has_column"], row["has_table"], row["runs"], row["revision"]) for row in rows}


async def test_every_tenant_is_brought_up_and_a_second_run_finds_nothing(fleet: list[str]) -> None:
    heard: list[str] = []
    steps = scratch(COLUMN, "CREATE TABLE __tenant__.scratch (id int);")
    assert (
        await migrations.migrate_tenants(slugs=fleet, at_once=3, steps=steps, done=lambda slug, _: heard.append(slug))
        == []
    )
    assert sorted(heard) == fleet
    assert set((await state(fleet)).values()) == {(True, True, 2, "9001")}
    heard.clear()
    assert await migrations.migrate_tenants(slugs=fleet, steps=steps, done=lambda slug, _: heard.append(slug)) == []
    assert heard == []
    assert set((await state(fleet)).values()) == {(True, True, 2, "9001")}
    for tenant in await registry.everyone():
        if tenant.slug in fleet:
            assert registry.admit(tenant) == tenant  # ahead of this code, which serves it all the same


async def test_a_runner_killed_in_the_middle_leaves_no_tenant_half_done(
    fleet: list[str], database: str, tmp_path: Path
) -> None:
    plan = tmp_path / "steps.json"
    plan.write_text(json.dumps({"steps": [["9000", SLOW]], "slugs": fleet}), encoding="utf-8")
    runner = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.runner", str(plan), cwd=migrations.FOLDER.parent.parent,
        env={"DATABASE_URL": database, "PATH": "/usr/bin:/bin"}, stdout=asyncio.subprocess.PIPE)  # fmt: skip
    assert runner.stdout
    finished = 0
    async with asyncio.timeout(60):
        while finished < 4:
            line = (await runner.stdout.readline()).decode()
            assert line, "the runner ended by itself"
            finished += 1
    runner.kill()
    await runner.wait()
    runner._transport.close()  # type: ignore[attr-defined]
    head = migrations.head()
    async with asyncio.timeout(30):  # a server that is still busy with the killed runner's statement ends it first
        while await DB.registry_fetch(
            "SELECT FROM pg_stat_activity WHERE query LIKE '%scratch (id int)%' AND pid <> pg_backend_pid()"
            " AND datname = current_database()"):  # fmt: skip
            await asyncio.sleep(0)
    found = await state(fleet)
    assert set(found.values()) <= {(True, True, 1, "9000"), (False, False, 0, head)}
    done = [slug for slug in fleet if found[slug][3] == "9000"]
    assert 4 <= len(done) < len(fleet)
    heard: list[str] = []
    assert (
        await migrations.migrate_tenants(
            slugs=fleet, at_once=4, steps=scratch(SLOW), done=lambda slug, _: heard.append(slug)
        )
        == []
    )
    assert sorted(heard) == sorted(set(fleet) - set(done))
    assert set((await state(fleet)).values()) == {(True, True, 1, "9000")}


async def test_a_tenant_that_fails_is_named_and_left_as_it_was_and_the_others_go_on(fleet: list[str]) -> None:
    fifth, seventh = [(await registry.by_slug(slug)).schema for slug in ("fleet05", "fleet07")]
    await DB.registry_fetch(f"ALTER TABLE {fifth}.spent_token ADD COLUMN colour int")
    await DB.registry_fetch("UPDATE platform.tenant SET schema_name = 't_nosuch' WHERE slug = 'fleet07'")
    heard: dict[str, Failure | None] = {}
    steps = scratch("CREATE TABLE __tenant__.scratch (id int);", COLUMN)
    try:
        failures = await migrations.migrate_tenants(slugs=fleet, at_once=4, steps=steps, done=heard.__setitem__)
        assert [failure.slug for failure in failures] == ["fleet05", "fleet07"]
        assert "colour" in failures[0].reason
        assert "\n" not in failures[0].reason + failures[1].reason
        assert sorted(heard) == fleet
        assert heard["fleet05"] == failures[0]
        found = await state(fleet)
        assert found["fleet05"] == (True, False, 0, migrations.head())
        assert {found[slug] for slug in fleet if slug not in {"fleet05", "fleet07"}} == {(True, True, 2, "9001")}
    finally:
        await DB.registry_fetch("UPDATE platform.tenant SET schema_name = $1 WHERE slug = 'fleet07'", seventh)
    await DB.registry_fetch(f"ALTER TABLE {fifth}.spent_token DROP COLUMN colour")
    assert await migrations.migrate_tenants(slugs=fleet, steps=steps) == []
    assert set((await state(fleet)).values()) == {(True, True, 2, "9001")}


async def test_two_runners_at_once_do_everything_once(fleet: list[str]) -> None:
    steps = scratch("CREATE TABLE __tenant__.scratch (id int);", COLUMN)
    runs = await asyncio.gather(*(migrations.migrate_tenants(slugs=fleet, at_once=4, steps=steps) for _ in range(2)))
    assert runs == [[], []]
    assert set((await state(fleet)).values()) == {(True, True, 2, "9001")}


async def test_a_tenant_in_use_is_waited_for_a_little_and_then_named(
    fleet: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "_TRIES", 2)
    monkeypatch.setattr(migrations, "_BEGIN", migrations._BEGIN.replace("'3s'", "'200ms'"))
    slugs = fleet[:2]
    schema = (await registry.by_slug(slugs[0])).schema
    async with DB.pool_of("main").acquire() as other, other.transaction():
        await other.execute(f"LOCK TABLE {schema}.spent_token IN ACCESS SHARE MODE")
        [failure] = await migrations.migrate_tenants(slugs=slugs, steps=scratch(COLUMN))
    assert failure.slug == slugs[0]
    assert "lock" in failure.reason
    assert await migrations.migrate_tenants(slugs=slugs, steps=scratch(COLUMN)) == []


async def test_work_can_be_marked_due_while_a_tenant_is_brought_up(fleet: list[str]) -> None:
    from tenants.tenancy import due  # noqa: PLC0415  only this needs it

    tenant = await registry.by_slug(fleet[0])
    run = asyncio.create_task(migrations.migrate_tenants(slugs=[fleet[0]], steps=scratch("SELECT pg_sleep(1);")))
    async with asyncio.timeout(20):
        while not await DB.registry_fetch(
            "SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(1);' AND state = 'active'"
        ):
            await asyncio.sleep(0)
        await due.mark(tenant.id, "test.mark")
    assert not run.done()
    assert await run == []


async def test_a_migration_that_fails_at_its_end_leaves_nothing(fleet: list[str]) -> None:
    slugs = fleet[:1]
    bad = scratch(COLUMN, "CREATE TABLE __tenant__.scratch (id int); SELECT 1/0;")
    [failure] = await migrations.migrate_tenants(slugs=slugs, steps=bad)
    assert "division" in failure.reason
    assert (await state(slugs))[slugs[0]] == (False, False, 0, migrations.head())


# --- a shop that was there before ------------------------------------------------------------------------------------

OLD_SHOPS = Path(__file__).parent / "old_shops"


@pytest.mark.parametrize("revision", sorted(path.name.partition(".")[0] for path in OLD_SHOPS.glob("*.sql.gz")))
async def test_a_shop_with_a_past_is_brought_up_and_its_books_hold(database: str, revision: str) -> None:
    """What a demo shop of that revision held, written by the code of its day, goes through the later steps."""
    assert database
    data = gzip.decompress((OLD_SHOPS / f"{revision}.sql.gz").read_bytes()).decode()
    tenant = await provisioning.create(slug="oldshop", name="Old shop")
    steps = migrations.compiled("tenant")
    past = "".join(step.sql for step in steps if step.revision <= revision)
    async with DB.pool_of(REGISTRY).acquire() as connection:
        await connection.execute(f'DROP SCHEMA "{tenant.schema}" CASCADE; CREATE SCHEMA "{tenant.schema}"')
        await connection.execute((past + data).replace(PLACEHOLDER, tenant.schema))
        await connection.execute("UPDATE platform.tenant SET revision = $2 WHERE id = $1", tenant.id, revision)
        await connection.execute(
            "DELETE FROM platform.migration_run WHERE schema_name = $1 AND revision > $2", tenant.schema, revision
        )
    try:
        assert await migrations.migrate_tenants(slugs=["oldshop"]) == []
        with use_tenant(await registry.by_slug("oldshop")):
            assert [finding.check.name for finding in await doctor.examine()] == []
            held = await DB.fetchrow(
                "SELECT (SELECT count(*) FROM __tenant__.member) AS members,"
                " (SELECT count(*) FROM __tenant__.check_in) AS visits,"
                " (SELECT sum(balance) FROM __tenant__.points_account) AS points,"
                " (SELECT count(*) FROM __tenant__.check_in_standing) AS standings,"
                " (SELECT sum(orders) FROM __tenant__.buyer_totals) AS orders"
            )
        assert all(value > 0 for value in held.values()), dict(held)
    finally:
        await provisioning.drop("oldshop")
