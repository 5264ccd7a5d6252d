"""The document says everything, says it with examples that hold, and is the one that is committed."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from server import openapi
from tenants.kit.errors import DomainError
from tenants.kit.shapes import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from litestar import Litestar

    from tests.conftest import Shop


@pytest.fixture
def document(app: Litestar) -> dict[str, Any]:
    return openapi.build(app)


def described(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for verb, operation in item.items():
            yield path, verb, operation


def shapes() -> list[type[Shape]]:
    found: list[type[Shape]] = []
    waiting = list(Shape.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if kind.__module__.startswith(("tenants.", "server.")):
            found.append(kind)
    return sorted(set(found), key=lambda kind: f"{kind.__module__}.{kind.__name__}")


def test_the_committed_document_is_the_present_one(document: dict[str, Any]) -> None:
    told = f"docs/openapi.json differs from the code: run `{openapi.COMMAND}`"
    assert openapi.DOCUMENT.read_text(encoding="utf-8") == openapi.to_json(document), told


@pytest.mark.usefixtures("app")
def test_the_committed_list_of_errors_is_the_present_one() -> None:
    told = f"docs/errors.md differs from the code: run `{openapi.COMMAND}`"
    assert openapi.ERRORS.read_text(encoding="utf-8") == openapi.errors_page(), told


def test_every_operation_says_what_it_is(document: dict[str, Any]) -> None:
    wrong = []
    for path, verb, operation in described(document):
        missing = [name for name in ("operationId", "summary", "description", "tags") if not operation.get(name)]
        if missing:
            wrong.append(f"{verb} {path}: no {', '.join(missing)}")
    assert not wrong, "\n".join(wrong)


def test_operation_ids_are_unique_words(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in described(document)]
    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z][A-Za-z]{2,40}", name)] == []


def test_every_body_and_every_answer_has_an_example(document: dict[str, Any]) -> None:
    wrong = []
    for _, _, operation in described(document):
        parts = [("request", operation.get("requestBody", {}).get("content", {}))]
        parts += [
            (status, answer.get("content", {}))
            for status, answer in operation["responses"].items()
            if status.startswith("2")
        ]
        for what, content in parts:
            if any(not media.get("examples") for media in content.values()):
                wrong.append(f"{operation['operationId']}: no example of the {what}")
    assert not wrong, "\n".join(wrong)


def test_every_operation_of_a_shop_names_its_keys_headers_and_problems(document: dict[str, Any]) -> None:
    wrong = []
    for path, verb, operation in described(document):
        if not path.startswith("/v1/"):
            continue
        named = [parameter.get("$ref", "") for parameter in operation["parameters"]]
        if not operation["security"]:
            wrong.append(f"{operation['operationId']}: no security")
        if verb in openapi.UNSAFE and "#/components/parameters/IdempotencyKey" not in named:
            wrong.append(f"{operation['operationId']}: no Idempotency-Key")
        if not {"400", "401", "403", "404", "429", "503"} <= operation["responses"].keys():
            wrong.append(f"{operation['operationId']}: problems are missing")
    assert not wrong, "\n".join(wrong)


def test_every_tag_is_described(document: dict[str, Any]) -> None:
    assert [tag["name"] for tag in document["tags"] if not tag.get("description")] == []


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in set(re.findall(r'"\$ref": ?"#/([^"]+)"', openapi.to_json(document))):
        found: Any = document
        for step in reference.split("/"):
            assert step in found, reference
            found = found[step]


@pytest.mark.usefixtures("app")
def test_every_shape_has_an_example_that_decodes_into_it() -> None:
    wrong = []
    for kind in shapes():
        if not kind.EXAMPLE:
            wrong.append(f"{kind.__name__}: no EXAMPLE")
            continue
        try:
            msgspec.json.decode(msgspec.json.encode(kind.EXAMPLE), type=kind)
        except msgspec.ValidationError as error:
            wrong.append(f"{kind.__name__}: {error}")
    assert not wrong, "\n".join(wrong)


def test_every_error_code_that_an_operation_names_exists(document: dict[str, Any]) -> None:
    known = {kind.code for kind in openapi.error_classes()}
    wrong = [
        f"{operation['operationId']}: {code}"
        for _, _, operation in described(document)
        for code in openapi.codes_in(operation.get("description", ""))
        if "." in code and code not in known
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.usefixtures("app")
def test_every_error_has_a_status_of_its_own_and_both_sentences() -> None:
    for kind in openapi.error_classes():
        assert issubclass(kind, DomainError)
        assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)?", kind.code)
        assert kind.sentence.en
        assert kind.sentence.zh
        assert re.findall(r"{(\w+)}", kind.sentence.en).sort() == re.findall(r"{(\w+)}", kind.sentence.zh).sort()


@pytest.mark.usefixtures("app")
def test_a_code_always_has_the_same_status() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| (\d+) \|", openapi.errors_page(), re.MULTILINE)
    statuses: dict[str, set[str]] = {}
    for code, status in rows:
        statuses.setdefault(code, set()).add(status)
    assert {code: found for code, found in statuses.items() if len(found) > 1} == {}


async def test_the_document_and_its_page_are_served_to_anybody(acme: Shop, document: dict[str, Any]) -> None:
    served = await acme.client().get("/openapi.json")
    assert served.json() == document
    page = await acme.client().get("/docs")
    policy = page.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "http" not in policy
    assert re.findall(r'(?:src|href)="(?!/)[^"]*"', page.text) == []


async def test_vendored_files_are_those_that_their_readme_names(acme: Shop) -> None:
    folder = openapi.STATIC / "vendor"
    listed = dict(re.findall(r"^\| (\S+/\S+) \| ([0-9a-f]{64}) \|$", (folder / "README.md").read_text(), re.MULTILINE))
    present = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()} - {"README.md"}
    assert listed.keys() == present
    for name, digest in listed.items():
        reply = await acme.client().get(f"/static/vendor/{name}")
        assert hashlib.sha256(reply.content).hexdigest() == digest
        assert "max-age" in reply.headers["cache-control"]
        assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/static/",
        "/static/vendor", "/static/vendor/../../settings.py", "/static/%00", "/static/vendor%00.css",
        "/static/....//app.py", "/static/..%5capp.py", "/static/%252e%252e/app.py", "/static/~/x",
    ],
)  # fmt: skip
async def test_no_path_leads_out_of_the_static_files(acme: Shop, path: str) -> None:
    reply = await acme.client().get(path)
    assert reply.status_code in {400, 404}, reply.text[:200]
    assert "code" in reply.json()
