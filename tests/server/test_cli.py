"""The commands as a person runs them: in a process of their own, answered in sentences."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from admin import operators
from tenants import staff
from tenants.tenancy import DB, keys, provisioning, registry, use_tenant

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).parent.parent.parent


async def cli(*words: str, given: str = "", **environment: str) -> tuple[int, str]:
    """Exit code and output of a command."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server.cli", *words, cwd=ROOT, stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "COLUMNS": "200", "LANG": "C.UTF-8", "NO_COLOR": "1", **environment})  # fmt: skip
    output, _ = await process.communicate(given.encode())
    text = output.decode()
    assert "Traceback" not in text, text
    assert "never awaited" not in text, text
    return process.returncode or 0, text


@pytest_asyncio.fixture
async def cleanup(database: str) -> AsyncIterator[None]:
    assert database
    yield
    for tenant in await registry.everyone():
        if tenant.slug == "teahouse":
            await provisioning.drop("teahouse")
    await DB.registry_fetch("DELETE FROM platform.operator WHERE username = 'keeper'")


@pytest.mark.usefixtures("cleanup")
async def test_a_shop_from_its_making_to_its_end(tmp_path: Path) -> None:
    code, said = await cli(
        "tenants", "create", "teahouse", "--name", "[red]茶[/red]", "--origin", "https://tea.example"
    )
    assert code == 0, said
    for kind, prefix in (("secret", "sk_live_"), ("publishable", "pk_live_"), ("signing", "sign_")):
        assert re.search(rf"{kind} key key_\w{{26}}: {prefix}\w+\n", said)
    assert re.search(r"password: \S{16}\n", said)
    secret = re.search(r"sk_live_\w+", said)
    key_id = re.search(r"secret key (key_\w+)", said)
    assert secret
    assert key_id
    tenant = await registry.by_slug("teahouse")
    found = await keys.recognise(secret[0])
    assert found
    assert found.tenant == tenant.id

    code, said = await cli("staff", "password", "teahouse", "Owner")
    password = re.search(r"password: (\S{16})\n", said)
    assert password, said
    with use_tenant(tenant):
        assert (await staff.recognise(username="owner", password=password[1])).role == "owner"
    code, said = await cli("staff", "add", "teahouse", "Mei", "--role", "marketer", "--name", "梅")
    password = re.search(r"password: (\S{16})\n", said)
    assert password, said
    with use_tenant(tenant):
        assert (await staff.recognise(username="mei", password=password[1])).role == "marketer"
    for wrong, ends in ((("mei", "--role", "marketer"), 1), (("bo", "--role", "king"), 2)):
        code, said = await cli("staff", "add", "teahouse", *wrong)
        assert (code, "password:" in said) == (ends, False), said
    code, said = await cli("staff", "password", "teahouse", "nobody")
    assert (code, "staff.unknown" in said) == (1, True), said

    code, said = await cli("tenants", "create", "teahouse")
    assert (code, "taken" in said, "tenant.slug_taken" in said) == (1, True, True)
    code, said = await cli("tenants", "hosts", "add", "teahouse", "Club.Tea.Example")
    assert (code, "club.tea.example" in said) == (0, True)
    code, said = await cli("tenants", "list")
    assert code == 0
    assert re.search(r"teahouse .*\[red\]茶\[/red\].*club\.tea\.example", said)

    code, said = await cli("keys", "rotate", key_id[1], "--overlap-hours", "0")
    assert (code, len(re.findall("sk_live_", said))) == (0, 1)
    code, said = await cli("keys", "list", "teahouse")
    assert (code, len(set(re.findall(r"key_\w{26}", said)))) == (0, 4)
    assert secret[0] not in said

    code, said = await cli("doctor", "teahouse")
    assert (code, "1 shops examined, 0 with findings" in said) == (0, True), said
    code, said = await cli("tenants", "export", "teahouse", str(tmp_path / "out"))
    assert (code, (tmp_path / "out" / "idempotent_reply.csv").exists()) == (0, True)

    code, said = await cli("tenants", "drop", "teahouse", given="teehouse\n")
    assert (code, "nothing was deleted" in said) == (1, True)
    assert (await registry.by_slug("teahouse")).slug == "teahouse"
    code, said = await cli("tenants", "drop", "teahouse", given="teahouse\n")
    assert code == 0
    with pytest.raises(registry.TenantUnknown):
        await registry.by_slug("teahouse")


@pytest.mark.usefixtures("cleanup")
async def test_the_installation_is_brought_up_and_gets_an_operator() -> None:
    code, said = await cli("migrate")
    assert (code, "0 failed" in said) == (0, True), said
    code, said = await cli("operators", "create", "keeper")
    assert (code, len(re.findall(r"password: \S{16}\n", said))) == (0, 1), said
    code, said = await cli("operators", "create", "keeper")
    assert code == 1
    code, said = await cli("operators", "password", "Keeper")
    password = re.search(r"password: (\S{16})\n", said)
    assert password, said
    known = await operators.recognise(username="keeper", password=password[1])
    async with DB.registry_transaction():
        token = await operators.open_session(known, address="203.0.113.9")
    code, said = await cli("operators", "deactivate", "keeper")
    assert (code, "not let in" in said) == (0, True), said
    with pytest.raises(staff.SessionOver):
        await operators.session(token)
    with pytest.raises(staff.WrongPassword):
        await operators.recognise(username="keeper", password=password[1])
    assert (await cli("operators", "activate", "keeper"))[0] == 0
    await operators.recognise(username="keeper", password=password[1])
    for verb in ("password", "deactivate"):
        code, said = await cli("operators", verb, "nobody")
        assert (code, "operator.unknown" in said) == (1, True), said


@pytest.mark.parametrize(
    "words",
    [("tenants", "export", "nobody", "/nonexistent"), ("doctor", "nobody"),
     ("keys", "revoke", "nonsense"), ("tenants", "create", "t1, t2")],
)  # fmt: skip
@pytest.mark.usefixtures("database")
async def test_what_is_refused_is_one_sentence(words: tuple[str, ...]) -> None:
    code, said = await cli(*words)
    assert code == 1
    assert len(said.strip().splitlines()) == 1, said
    assert re.search(r"\(\w+(\.\w+)*\)$", said.strip())


async def test_refusals_are_said_in_the_language_of_the_terminal(database: str) -> None:
    assert database
    _, said = await cli("tenants", "suspend", "nobody", LANG="zh_CN.UTF-8")
    assert "商家" in said


@pytest.mark.parametrize(
    ("setting", "value", "hint"),
    [
        ("DATABASE_URL", "postgresql://127.0.0.1:1/nowhere", "cannot be reached"),
        ("DATABASE_URL", "postgresql:///nowhere?host=/nonexistent", "cannot be reached"),
        ("SECRET_KEY", "short", "SECRET_KEY"),
    ],
)
async def test_what_is_not_set_up_is_one_sentence(setting: str, value: str, hint: str) -> None:
    code, said = await cli("tenants", "list", **{setting: value})
    assert (code, hint in said) == (2, True), said
    assert len(said.strip().splitlines()) == 1, said
