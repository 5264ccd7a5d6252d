"""What the documents say is so: commands run, links lead somewhere, tables are those of the code.

A fenced block marked `run` is really run. Shell blocks of a page run one after the other in one shell, against the
test application on a port of its own; `refused` marks one that is answered with an error. A `json` block right after
it is the answer's form: the same fields, and the same values where these are numbers, yes or no, or codes.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import httpx
import pytest
import uvicorn

from server.cli import main as cli
from server.openapi import error_classes
from server.settings import Settings
from tenants.kit import ids
from tests import tables_in_docs
from tests.make import members as make_members
from tests.make import vouchers as make_vouchers
from tests.signing import signing_key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from litestar import Litestar

    from tenants.kit.words import Language
    from tests.conftest import Shop

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GUIDES = tables_in_docs.GUIDES
API = ROOT / "docs" / "api.md"
WITH_EXAMPLES = [path for path in PAGES if "\n```sh run" in path.read_text(encoding="utf-8")]
COMPOSE_ONLY = {"POSTGRES_PASSWORD"}
_FENCE = re.compile(r"^```(\w*) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_SPLIT = "----- next block -----"
_LITERAL = frozenset(
    {"code", "state", "why", "kind", "currency", "discount", "rule", "reference", "order_reference", "type"}
)
_CURL_MISSING = pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")

pages = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())


@dataclass(frozen=True)
class Block:
    """A fenced block of a page, and the `json` block that follows it at once."""

    language: str
    marks: tuple[str, ...]
    text: str
    answer: Any = None


def blocks(path: Path) -> Iterator[Block]:
    text = path.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        after = _FENCE.match(text, found.end() + 2)
        answer = json.loads(after[3]) if after and after[1] == "json" else None
        yield Block(found[1], tuple(found[2].split()), found[3], answer)


def runnable(path: Path, language: str) -> list[Block]:
    return [block for block in blocks(path) if block.language == language and "run" in block.marks]


def prose(path: Path) -> str:
    return _FENCE.sub("", path.read_text(encoding="utf-8"))


def anchors(path: Path) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for _, title in _HEADING.findall(prose(path))}


@pages
def test_every_relative_link_and_image_leads_somewhere(path: Path) -> None:
    for target in _LINK.findall(prose(path)):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        goal = (path.parent / name).resolve() if name else path
        assert goal.exists(), f"{path.name} leads to {target}"
        if anchor:
            assert anchor in anchors(goal), f"{path.name} leads to {target}"


@pages
def test_no_page_names_a_place_on_somebodys_machine(path: Path) -> None:
    assert not re.search(r"(?<![\w.])/(?:home|root|work|Users|tmp/\w)", path.read_text(encoding="utf-8"))


def test_every_picture_is_shown_somewhere_and_is_small() -> None:
    shown = {Path(target).name for path in PAGES for target in _LINK.findall(prose(path))}
    pictures = list((ROOT / "docs" / "images").glob("*"))
    assert {picture.name for picture in pictures} <= shown
    assert all(picture.stat().st_size <= 200_000 for picture in pictures)


def test_both_guides_have_the_same_parts_and_pictures_in_their_own_language() -> None:
    levels = {language: [len(marks) for marks, _ in _HEADING.findall(prose(path))] for language, path in GUIDES.items()}
    assert levels["en"] == levels["zh"]
    pictures = {language: re.findall(r"images/([\w-]+)\.(\w\w)\.png", prose(path)) for language, path in GUIDES.items()}
    assert [name for name, _ in pictures["en"]] == [name for name, _ in pictures["zh"]]
    assert all(shown == language for language, found in pictures.items() for _, shown in found)


@pytest.mark.parametrize("language", GUIDES)
def test_the_tables_that_are_made_from_the_code_are_current(language: Language) -> None:
    text = GUIDES[language].read_text(encoding="utf-8")
    assert all(f"<!-- table: {name} -->" in text for name in tables_in_docs.TABLES)
    assert tables_in_docs.with_tables(text, language) == text, "run `python -m tests.tables_in_docs`"


def test_every_error_code_is_on_the_page_of_errors_and_no_other_is_named(app: Litestar) -> None:
    assert app.routes  # by now everything that can refuse is imported
    known = {kind.code for kind in error_classes()}
    listed = set(re.findall(r"^\| `([\w.]+)`", (ROOT / "docs" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert listed == known
    for path in PAGES:
        codes = set(re.findall(r"\d{3} `([a-z_]+\.[a-z_]+)`", path.read_text(encoding="utf-8")))
        assert codes <= known, f"{path.name} names {codes - known}"


def test_the_sample_of_settings_names_each_setting_and_nothing_else() -> None:
    sample = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", sample, re.MULTILINE)) - COMPOSE_ONLY
    assert named == {name.upper() for name in Settings.model_fields}


@pages
def test_every_command_of_the_command_line_exists_with_its_options(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for line in re.findall(r"(?:python -m server\.cli|dev\.py cli) ([^\n`…]+)", text):
        _check_command(line.split())


@pages
def test_every_development_command_exists(path: Path) -> None:
    told = subprocess.run([sys.executable, str(ROOT / "dev.py")], check=False, capture_output=True, text=True)
    known = set(re.findall(r"^\s+(?:python3 dev\.py )?([a-z]+)\b", told.stdout + told.stderr, re.MULTILINE))
    for word in re.findall(r"python3 dev\.py ([a-z]+)", path.read_text(encoding="utf-8")):
        assert word in known, f"{path.name}: python3 dev.py {word}"


def _check_command(words: list[str]) -> None:
    command: click.Command = cli
    rest = list(words)
    while rest and isinstance(command, click.Group) and re.fullmatch(r"[a-z-]+", rest[0]):
        found = command.commands.get(rest[0])
        assert found is not None, f"there is no command {' '.join(words)}"
        command = found
        rest = rest[1:]
    known = {"--help", "-h"}.union(*((*option.opts, *option.secondary_opts) for option in command.params))
    for option in re.findall(r"(?<!\S)--[a-z-]+", " ".join(rest)):
        assert option in known, f"{' '.join(words)}: there is no {option}"


# The examples, run.


@pytest.fixture
async def address(acme: Shop) -> AsyncIterator[str]:
    """The shop on a real port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(acme.app, lifespan="off", ws="none", log_level="critical", access_log=False)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        yield f"http://{acme.host}:{listener.getsockname()[1]}"
        server.should_exit = True
        await serving


@pytest.fixture
async def surroundings(acme: Shop, address: str) -> dict[str, str]:
    """What the pages ask a reader to set."""
    key, secret = await signing_key(acme)
    python = str(Path(sys.executable).parent)
    return {
        **os.environ, "SHOP": address, "SHOP_HOST": acme.host, "KEY": acme.secret_key, "KEY_ID": ids.show("key", key),
        "KEY_SECRET": secret, "PATH": f"{python}:{os.environ['PATH']}", "NO_PROXY": "*", "no_proxy": "*",
    }  # fmt: skip


@_CURL_MISSING
@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda path: path.name)
async def test_the_examples_of_a_page_work_and_answer_as_written(
    path: Path, acme: Shop, surroundings: dict[str, str], tmp_path: Path
) -> None:
    async with acme.open():
        await make_members.member(external_id="demo-01")
        await make_vouchers.voucher_template(claimable=True)
    assertion = await _run_program("python", runnable(API, "python")[0].text, surroundings, tmp_path)
    found = runnable(path, "sh")
    script = ["set -eu"]
    for block in found:
        flags = "--show-error" if "refused" in block.marks else "--show-error --fail-with-body"
        # What a reader types goes unchanged; only a failure is louder here.
        script += [f'curl() {{ command curl {flags} "$@"; }}', block.text, f"echo; echo '{_SPLIT}'"]
    told = await _run(["sh", "-c", "\n".join(script)], {**surroundings, "ASSERTION": assertion}, tmp_path)
    answers = told.split(_SPLIT)[:-1]
    assert len(answers) == len(found) > 1, f"it ended after: {answers[-1:]}"
    wrong = []
    for block, answer in zip(found, answers, strict=True):
        if block.answer is not None:
            try:
                _compare(block.answer, json.loads(answer.strip().splitlines()[-1]), where=block.text)
            except AssertionError as difference:
                wrong.append(f"{difference}\n{answer}")
        elif "uniq | wc -l" in block.text:
            assert answer.split() == ["1"]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("language", "program"),
    [("python", sys.executable), ("js", "node"), ("php", "php"), ("java", "java")],
)
async def test_the_sign_in_that_a_backend_signs_is_taken(
    language: str, program: str, surroundings: dict[str, str], tmp_path: Path
) -> None:
    if not shutil.which(program):
        pytest.skip(f"there is no {program} here")
    assertion = await _run_program(language, runnable(API, language)[0].text, surroundings, tmp_path)
    async with httpx.AsyncClient(trust_env=False) as client:
        port = surroundings["SHOP"].rpartition(":")[2]
        reply = await client.post(
            f"http://127.0.0.1:{port}/v1/me/session", json={"assertion": assertion},
            headers={"Host": f"{surroundings['SHOP_HOST']}:{port}"})  # fmt: skip
    assert reply.status_code == 201, reply.text
    assert reply.json()["token"].startswith("mt_")


async def _run_program(language: str, text: str, environment: dict[str, str], folder: Path) -> str:
    name, command = {
        "python": ("sign.py", [sys.executable]), "js": ("sign.cjs", ["node"]), "php": ("sign.php", ["php"]),
        "java": ("Assertion.java", ["java"]),
    }[language]  # fmt: skip
    (folder / name).write_text(text, encoding="utf-8")
    return (await _run([*command, str(folder / name)], environment, folder)).strip()


async def _run(command: list[str], environment: dict[str, str], folder: Path) -> str:
    """Run it beside our own event loop, which serves what it asks for."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, env=environment, cwd=folder, stdout=pipe, stderr=pipe)
    told, complained = await process.communicate()
    assert process.returncode == 0, f"{complained.decode()}\n{told.decode()}"
    return told.decode()


def _compare(written: Any, answered: Any, *, where: str, name: str = "") -> None:
    if isinstance(written, dict):
        assert isinstance(answered, dict), where
        assert set(written) == set(answered), f"{name} of\n{where}"
        for field, value in written.items():
            _compare(value, answered[field], where=where, name=field)
    elif isinstance(written, list):
        assert isinstance(answered, list), where
        # One element stands for all of its kind; a rule or error is looked up among those that were answered.
        for value in written:
            near = [one for one in answered if not isinstance(value, dict) or one.get("rule") == value.get("rule")]
            assert near, f"{name} of\n{where}"
            _compare(value, near[0], where=where, name=name)
    elif isinstance(written, str) and name not in _LITERAL:
        assert isinstance(answered, str), f"{name} of\n{where}"
    else:
        assert written == answered, f"{name} of\n{where}"
