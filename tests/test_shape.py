"""Every file keeps the rules of the house (`tests/shape/`), and each rule refuses a snippet made to break it.

A rule takes one file and says what is wrong in it; `EXCEPTIONS` lists what may break one, each with its reason.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING

import pytest

from tenants import SUBJECTS
from tenants.kit.errors import DomainError
from tenants.kit.words import Words
from tests.shape.conduct import calls, jobs, sql, writes
from tests.shape.layout import directions, documents, libraries, marks, names, sizes
from tests.shape.source import ROOT, Source, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CJK = re.compile(r"[\u4e00-\u9fff]")

# (rule, path) → why it may.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("directions", "tenants/kit/parts.py"): "the register imports nothing and is imported by all",
    ("jobs", "tenants/tenancy/doctor.py"): "tenancy is no subject and has two jobs",
    ("jobs", "tenants/tenancy/forgetting.py"): "the other of them",
    ("sql", "tenants/staff/rules/limits.py"): "one rule for two tables, which our own code names",
    ("sql", "tenants/members/rules/holdings.py"): "names of our own tables and columns, read from their classes",
    ("writes", "server/sessions.py"): "spent sign-ins belong to the ground, and this is what spends them",
}

RULES: tuple[Callable[[Source], Iterator[str]], ...] = (
    directions, libraries, names, sizes, documents, calls, sql, jobs, marks, writes,
)  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_file_keeps_the_rule(rule: Callable[[Source], Iterator[str]]) -> None:
    faults = [
        f"{source.path}:{fault}"
        for source in sources()
        if (rule.__name__, source.path) not in EXCEPTIONS
        for fault in rule(source)
    ]
    assert not faults, "\n".join(["", rule.__doc__ or "", *faults])


def test_every_exception_is_still_needed() -> None:
    by_name = {rule.__name__: rule for rule in RULES}
    by_path = {source.path: source for source in sources()}
    for (rule, path), reason in EXCEPTIONS.items():
        assert reason
        if path in by_path:
            assert list(by_name[rule](by_path[path])), f"{path} keeps the rule {rule} by now"


# --- what is more than one file --------------------------------------------------------------------------------------


def test_every_subject_is_a_folder_and_every_folder_a_subject() -> None:
    folders = {path.parent.name for path in (ROOT / "tenants").glob("*/__init__.py")}
    assert folders == {*SUBJECTS, "kit", "tenancy", "migrations"}


def error_faults(kinds: list[type[DomainError]]) -> Iterator[str]:
    """Each way of saying no has a code of its own and a sentence in both languages."""
    seen: dict[str, type[DomainError]] = {}
    for kind in kinds:
        names_the_problem = (
            "{problem}" in kind.sentence.en and "{problem}" in kind.sentence.zh if hasattr(kind, "sentence") else False
        )
        if "code" not in vars(kind) or not ("sentence" in vars(kind) or names_the_problem):
            yield f"{kind.__qualname__} has no code or sentence of its own"
            continue
        if not re.fullmatch(r"[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)?", kind.code):
            yield f"{kind.__qualname__}: the code {kind.code!r} is not like subject.what"
        if kind.code in seen and seen[kind.code].sentence != kind.sentence and kind.code != "busy":
            yield f"{kind.__qualname__} and {seen[kind.code].__qualname__} share the code {kind.code}"
        seen[kind.code] = kind
        sentence = kind.sentence
        if names_the_problem:
            continue
        if not CJK.search(sentence.zh) or not re.match(r"[A-Z“{]", sentence.en) or CJK.search(sentence.en):
            yield f"{kind.__qualname__}: {kind.code} is not said in both languages"
        elif set(re.findall(r"\{\w*\}", sentence.en)) != set(re.findall(r"\{\w*\}", sentence.zh)):
            yield f"{kind.__qualname__}: the two sentences of {kind.code} tell different facts"


def _kinds(parent: type[DomainError]) -> list[type[DomainError]]:
    return [kind for child in parent.__subclasses__() for kind in (child, *_kinds(child))]


def test_every_error_has_a_code_of_its_own_and_two_sentences() -> None:
    for folder in ("tenants", "server", "admin", "workers"):
        package = importlib.import_module(folder) if (ROOT / folder / "__init__.py").exists() else None
        for module in pkgutil.walk_packages(package.__path__, f"{folder}.") if package else ():
            if not re.search(r"\.(m\d+|__main__|dev|embedded)\b|piccolo_conf|\.sql", module.name):
                importlib.import_module(module.name)
    kinds = sorted(
        {kind for kind in _kinds(DomainError) if not kind.__module__.startswith("tests")}, key=lambda k: k.__qualname__
    )
    assert kinds
    faults = list(error_faults(kinds))
    assert not faults, "\n" + "\n".join(faults)


FOREIGN = re.compile(
    r"""(?:https?:)?//(?!www\.w3\.org/|localhost|127\.0\.0\.1)[a-z0-9-]+(?:\.[a-z0-9-]+)+""", re.IGNORECASE
)
LOADS = re.compile(
    r"""(?:src|href|action|srcset|poster|data)\s*=\s*["']?|url\(\s*["']?|@import\s+["']?|fetch\(\s*["'`]|import\(?\s*["']|from\s+["']""",
    re.IGNORECASE,
)


def foreign_loads(text: str) -> list[str]:
    """Addresses of other hosts from which a page would load something."""
    return [text[load.end() :][:60] for load in LOADS.finditer(text) if FOREIGN.match(text, load.end())]


def test_no_page_loads_anything_from_another_host() -> None:
    kinds = {".html", ".jinja", ".j2", ".css", ".js", ".mjs", ".svg", ".htm"}
    pages = [
        path for folder in ("server", "admin", "tenants") for path in (ROOT / folder).rglob("*") if path.suffix in kinds
    ]
    faults = [f"{path.relative_to(ROOT)}: {address}" for path in pages
              for address in foreign_loads(path.read_text(encoding="utf-8", errors="replace"))]  # fmt: skip
    assert not faults, "\n" + "\n".join(faults)


# --- each rule can fail ----------------------------------------------------------------------------------------------

DOCUMENTED = '"""x."""\n'
BAD: list[tuple[Callable[[Source], Iterator[str]], str, str]] = [
    (directions, "tenants/kit/x.py", "from tenants.tenancy import DB"),
    (directions, "tenants/kit/x.py", "import tenants.members"),
    (directions, "tenants/tenancy/x.py", "from tenants import members"),
    (directions, "tenants/tenancy/x.py", "def f():\n    from tenants.points import earn"),
    (directions, "tenants/members/rules.py", "from tenants import points"),
    (directions, "tenants/members/rules.py", "from tenants.points import earn"),
    (directions, "tenants/checkins/rules.py", "from tenants.members.rules import profiles"),
    (directions, "tenants/checkins/rules.py", "import tenants.members.tables"),
    (directions, "tenants/members/rules.py", "from server import edge"),
    (directions, "tenants/kit/x.py", "import workers.tick"),
    (directions, "server/x.py", "from tenants.members.rules import profiles"),
    (libraries, "tenants/members/rules.py", "from litestar import get"),
    (libraries, "tenants/tenancy/x.py", "import litestar"),
    (libraries, "tenants/members/api.py", "import piccolo_admin.endpoints"),
    (libraries, "server/edge.py", "from arq import create_pool"),
    (libraries, "workers/x.py", "import litestar"),
    (names, "tenants/members/services.py", ""),
    (names, "tenants/members/jobs/nightly.py", ""),
    (names, "server/utils.py", ""),
    (sizes, "server/x.py", "x = 1\n" * 401),
    (sizes, "tests/x.py", "x = 1\n" * 601),
    (sizes, "server/x.py", "def f():\n" + "    x = 1\n" * 60),
    (documents, "server/x.py", "x = 1"),
    (documents, "server/x.py", DOCUMENTED + "def f(): ..."),
    (documents, "server/x.py", DOCUMENTED + "class A:\n    '''A.'''\n    async def f(self): ..."),
    (calls, "tenants/members/rules.py", "async def f():\n    async with DB.transaction(): ..."),
    (calls, "server/x.py", "Member._meta.db.transaction()"),
    (calls, "tenants/members/rules.py", "DB.batch(x)"),
    (calls, "server/x.py", "DB.atomic()"),
    (calls, "tenants/points/jobs.py", "x = datetime.now(UTC)"),
    (calls, "tenants/points/jobs.py", "x = datetime.datetime.utcnow()"),
    (calls, "workers/x.py", "x = date.today()"),
    (calls, "server/x.py", "import random"),
    (calls, "server/x.py", "from pickle import loads"),
    (calls, "server/x.py", "async def f():\n    time.sleep(1)"),
    (calls, "tenants/members/api.py", "@get('/x', cache=60)\ndef f(): ..."),
    (sql, "server/x.py", "x = 'SET search_path TO t_acme'"),
    (sql, "server/x.py", "x = \"SELECT set_config('role', 'x', false)\""),
    (sql, "tenants/members/rules.py", "def f(name):\n    x = f'SELECT * FROM __tenant__.member WHERE name = {name}'"),
    (sql, "tenants/members/rules.py", "x = f'SELECT * FROM __tenant__.member ORDER BY {request.query[\"order\"]}'"),
    (sql, "admin/x.py", "x = 'SELECT * FROM __tenant__.member WHERE id = %s' % member"),
    (sql, "server/x.py", "x = 'SELECT * FROM x WHERE id = {}'.format(member)"),
    (sql, "tenants/points/rules.py", "x = 'UPDATE __tenant__.lot SET at = now()'"),
    (jobs, "tenants/points/jobs.py", "@job('members.expire')\nasync def f(): ..."),
    (jobs, "tenants/points/jobs.py", "@job('expire')\nasync def f(): ..."),
    (jobs, "tenants/points/rules.py", "@job('points.expire')\nasync def f(): ..."),
    (jobs, "tenants/points/jobs.py", "@job('points.expire')\nasync def f():\n" + "    x = 1\n" * 16),
    (marks, "server/x.py", "# TO" + "DO later"),
    (marks, "server/x.py", '"""(to be ' + 'written)"""'),
    (writes, "tenants/checkins/rules.py", "x = 'UPDATE __tenant__.member SET name = $1'"),
    (writes, "tenants/members/api.py", "x = 'DELETE FROM __tenant__.member'"),
    (writes, "server/x.py", "x = f'INSERT INTO {schema}.member VALUES (1)'"),
    (writes, "admin/x.py", "x = Member.delete(force=True)"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "path", "text"), BAD, ids=[f"{rule.__name__}-{number}" for number, (rule, _, _) in enumerate(BAD)]
)
def test_each_rule_refuses_what_it_is_for(rule: Callable[[Source], Iterator[str]], path: str, text: str) -> None:
    assert list(rule(Source(path, text))), text


GOOD: list[tuple[str, str]] = [
    ("tenants/points/tables.py", "from tenants.members.tables import Member"),
    ("tenants/points/rules.py", "from tenants import members\nfrom tenants.members import find"),
    ("tenants/points/rules/earning.py", "x = 'UPDATE __tenant__.points_account SET balance = $1 WHERE id = $2'"),
    ("tenants/points/rules/earning.py", "x = f'SELECT {_COLUMNS} FROM __tenant__.points_entry ORDER BY id'"),
    ("tenants/points/jobs.py", "@job('points.expire', every=daily(time(3)))\nasync def expire():\n    '''E.'''\n    return await rules.expire()"),
    ("tenants/members/api.py", "from litestar import get\nfrom tenants.tenancy.callers import current_member"),
    ("server/edge.py", "async def f():\n    '''E.'''\n    async with DB.transaction(): ..."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text"), GOOD)
def test_no_rule_refuses_what_is_meant_to_be(path: str, text: str) -> None:
    source = Source(path, DOCUMENTED + text)
    assert [fault for rule in RULES for fault in rule(source)] == []


def test_errors_without_a_code_of_their_own_are_found() -> None:
    def kind(**facts: object) -> type[DomainError]:
        return type("Made", (Exception,), facts)

    both = Words(en="No {a}.", zh="没有 {a}。")
    assert list(error_faults([kind(code="a.b", sentence=both)])) == []
    for bad in (
        [kind(code="a.b")], [kind(sentence=both)], [kind(code="A B", sentence=both)],
        [kind(code="a.b", sentence=Words(en="No.", zh="No."))], [kind(code="a.b", sentence=Words(en="没有。", zh="没有。"))],
        [kind(code="a.b", sentence=Words(en="No {a}.", zh="没有 {b}。"))],
        [kind(code="a.b", sentence=both), kind(code="a.b", sentence=Words(en="Other.", zh="别的。"))],
    ):  # fmt: skip
        assert list(error_faults(bad)), bad


@pytest.mark.parametrize("text", ['<script src="https://cdn.example.com/x.js">', "<link href='//fonts.example.com/a.css'>", "a{b:url(https://x.example.net/y.png)}", "@import 'https://x.example.org/a.css'", "fetch('http://api.example.com/')", 'import x from "https://esm.example.com/x"'])  # fmt: skip
def test_a_page_that_loads_from_elsewhere_is_found(text: str) -> None:
    assert foreign_loads(text)
    assert not foreign_loads('<svg xmlns="http://www.w3.org/2000/svg"><a href="/m"><img src="/static/x.png">')
