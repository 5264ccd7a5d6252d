"""The rules of the house that a machine can check. Each rule has a snippet below which it must refuse.

A rule takes one file and says what is wrong in it; `EXCEPTIONS` lists what may break one, each with its reason.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tenants import SUBJECTS
from tenants.kit.errors import DomainError
from tenants.kit.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
FOLDERS = ("tenants", "server", "admin", "workers", "tests")
PROCESSES = frozenset({"server", "admin", "workers"})
WRITTEN_BY_A_TOOL = re.compile(r"tenants/migrations/\w+/m\d+\.py")
CJK = re.compile(r"[\u4e00-\u9fff]")

# (rule, path) → why it may.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("directions", "tenants/kit/parts.py"): "the register imports nothing and is imported by all",
    ("jobs", "tenants/tenancy/doctor.py"): "tenancy is no subject and has two jobs",
    ("jobs", "tenants/tenancy/forgetting.py"): "the other of them",
    ("sql", "tenants/staff/rules/limits.py"): "one rule for two tables, which our own code names",
    ("sql", "tenants/members/rules/holdings.py"): "names of our own tables and columns, read from their classes",
    ("writes", "server/sessions.py"): "spent sign-ins belong to the ground, and this is what spends them",
    ("sizes", "tests/test_shape.py"): "all rules in one place",
}


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.path.removesuffix(".py").split("/"))

    @property
    def is_test(self) -> bool:
        return self.parts[0] == "tests"

    @property
    def layer(self) -> str:
        """`kit`, `tenancy`, a subject, or the folder at the top."""
        return self.parts[1] if self.parts[0] == "tenants" and len(self.parts) > 2 else self.parts[0]

    @cached_property
    def imports(self) -> list[tuple[int, str]]:
        """Every module or name imported anywhere in the file, in full: `tenants.members.rules.find`."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(node.lineno, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
        return found

    @cached_property
    def strings(self) -> list[tuple[int, str, list[ast.expr]]]:
        """Every text that is no docstring: line, the text with `{}` for what is filled in, and what that is."""
        documentation = {
            id(node.body[0].value)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body and isinstance(node.body[0], ast.Expr)
        }  # fmt: skip
        inside = {
            id(part) for node in ast.walk(self.tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
        }
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
                found.append((node.lineno, text, [p.value for p in node.values if isinstance(p, ast.FormattedValue)]))
            elif (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in documentation | inside
            ):
                found.append((node.lineno, node.value, []))
        return found

    @cached_property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    @cached_property
    def calls(self) -> list[tuple[ast.Call, str]]:
        """Every call with the dotted name of what is called."""
        return [(node, dotted(node.func)) for node in ast.walk(self.tree) if isinstance(node, ast.Call)]


def dotted(node: ast.expr) -> str:
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    names.append(node.id if isinstance(node, ast.Name) else "?")
    return ".".join(reversed(names))


# --- the rules -------------------------------------------------------------------------------------------------------


def directions(source: Source) -> Iterator[str]:
    """Kit ← tenancy ← subjects in order ← processes; others only through the front door."""
    if source.is_test:
        return
    for line, name in source.imports:
        top, _, rest = name.partition(".")
        if source.parts[0] == "tenants" and top in PROCESSES:
            yield f"{line}: the domain knows no process, but imports {name}"
        if top != "tenants" or not rest:
            continue
        target, *deeper = rest.split(".")
        if source.layer == "kit" and target != "kit":
            yield f"{line}: kit imports {name}, which lies above it"
        elif source.layer == "tenancy" and target not in {"kit", "tenancy"}:
            yield f"{line}: tenancy imports {name}, which lies above it"
        elif target in SUBJECTS and target != source.layer:
            if source.layer in SUBJECTS and SUBJECTS.index(target) > SUBJECTS.index(source.layer):
                yield f"{line}: {source.layer} imports the later {target}; it should react to a fact"
            deep = (ROOT / "tenants" / target / (deeper[0] if deeper else "-")).is_dir() or (
                deeper and (ROOT / "tenants" / target / f"{deeper[0]}.py").exists()
            )
            if deep and not (deeper[0] == "tables" and source.parts[-1] == "tables"):
                yield f"{line}: {name} goes past the front door of {target}"


def libraries(source: Source) -> Iterator[str]:
    """Each process's library stays in that process and in the subjects' files made for it."""
    if source.is_test:
        return
    kind = source.parts[2] if source.parts[0] == "tenants" and len(source.parts) > 2 else ""
    top = source.parts[0]
    allowed = {
        "litestar": top in {"server", "admin"} or kind in {"api", "pages"},
        "piccolo_admin": top == "admin" or kind == "admin",
        "piccolo_api": top == "admin" or kind == "admin",
        "fastapi": top == "admin",
        "starlette": top == "admin",
        "arq": top == "workers" or source.path in {"server/app.py", "server/bell.py"},
        "uvicorn": top in PROCESSES,
    }
    for line, name in source.imports:
        if not allowed.get(name.partition(".")[0], True):
            yield f"{line}: {name} does not belong here"


SUBJECT_FILES = frozenset({"__init__", "tables", "rules", "api", "admin", "pages", "jobs", "reactions", "checks"})


def names(source: Source) -> Iterator[str]:
    """The same few file names in every subject, and nothing else."""
    if source.parts[0] == "tenants" and len(source.parts) > 2 and source.layer in SUBJECTS:
        if source.parts[2] not in SUBJECT_FILES and not (source.layer == "activities" and source.parts[2] == "kinds"):
            yield f"1: a subject has no file {source.parts[2]}"
        if len(source.parts) > 3 and source.parts[2] not in {"rules", "api", "pages", "kinds"}:
            yield f"1: {source.parts[2]} is no folder"
    vague = {"utils", "helpers", "helper", "common", "base", "misc", "service", "services", "manager", "handlers"}
    if vague.intersection(source.parts):
        yield f"1: {source.path} says nothing of what it holds"


def sizes(source: Source) -> Iterator[str]:
    """A function fits a screen, a file fits in the head."""
    most = 600 if source.is_test else 400
    if (length := len(source.text.splitlines())) > most:
        yield f"1: {length} lines are more than {most}"
    for function in source.functions:
        if (length := (function.end_lineno or 0) - function.lineno + 1) > 60:
            yield f"{function.lineno}: {function.name} has {length} lines, more than 60"


def documents(source: Source) -> Iterator[str]:
    """What is public says what it is for."""
    if source.is_test:
        return
    if source.text.strip() and not ast.get_docstring(source.tree):
        yield "1: the module says nothing of itself"
    public = [node for node in source.tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    for node in [*source.tree.body, *itertools.chain.from_iterable(node.body for node in public)]:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node) and not any(
            dotted(d).endswith((".setter", "overload")) for d in node.decorator_list
        ):
            yield f"{node.lineno}: {node.name} says nothing of itself"


OPENS_TRANSACTIONS = frozenset({
    "server/edge.py", "server/cli.py", "server/loading.py", "tenants/tenancy/work.py", "tenants/tenancy/hot.py",
    "tenants/tenancy/api.py", "tenants/tenancy/provisioning.py", "tenants/tenancy/keys.py", "tenants/tenancy/doctor.py",
    "server/centre.py",  # an act of a page, unless its verb opens its own
    "admin/console.py", "admin/desk.py", "admin/login.py",  # the admin's own edge, on a realm: a shop's or the operator's
    "tenants/webhooks/rules/courier.py",  # as the next one, for receivers
    "tenants/members/rules/importing.py",  # each part of a file is committed, so that a killed import goes on
    "tenants/outreach/rules/sending.py",  # what is claimed is committed before a provider is called
})  # fmt: skip
BANNED_CALLS = {
    "datetime.now": "use clock.now()", "datetime.utcnow": "use clock.now()", "datetime.today": "use clock.now()",
    "date.today": "use clock.today(zone)", "time.time": "use clock.now()", "DB.batch": "page by key",
    "DB.atomic": "use DB.transaction()",
}  # fmt: skip


def calls(source: Source) -> Iterator[str]:
    """No hidden time, no chance, no transaction of one's own, no cache that forgets the tenant."""
    for line, name in source.imports:
        if name.partition(".")[0] in ({"pickle", "shelve"} if source.is_test else {"random", "pickle", "shelve"}):
            yield f"{line}: {name} is not used here"
    if source.is_test:
        return
    in_domain = source.parts[0] == "tenants" or source.parts[0] in {"admin", "workers"}
    for call, name in source.calls:
        short = ".".join(name.split(".")[-2:])
        if short in BANNED_CALLS and source.path != "tenants/kit/clock.py" and (in_domain or name.startswith("DB.")):
            yield f"{call.lineno}: {name}(): {BANNED_CALLS[short]}"
        # A route that says `own_transaction` opens its own, as `server/edge.py` describes.
        own = source.path in OPENS_TRANSACTIONS or ("api" in source.parts and "own_transaction" in source.text)
        if name.endswith(".transaction") and not own and (not name.startswith("DB.") or source.layer in SUBJECTS):
            yield f"{call.lineno}: {name}() opens a transaction where the edge or the job wrapper has opened one"
        if any(keyword.arg == "cache" for keyword in call.keywords):
            yield f"{call.lineno}: cache= would serve one shop's answer to another"
        if name.endswith(("start_connection_pool", "start_connection_pool_async")):
            yield f"{call.lineno}: the engine has its own pools"
    for function in source.functions:
        if isinstance(function, ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and dotted(node.func) in {"time.sleep", "requests.get", "requests.post"}:
                    yield f"{node.lineno}: {dotted(node.func)} stops everybody"


SESSION_STATE = re.compile(
    r"\bSET\s+(SESSION\s+|ROLE\b|search_path\b|TIME\s+ZONE\b)|\bset_config\(|\bsearch_path\s*(=|TO\b)", re.IGNORECASE
)
SQL_VERB = re.compile(r"\b(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\S+\s+(\w+\s+)?SET\s|DELETE\s+FROM\s)")
HIDDEN_TIME = re.compile(r"(?<![\w.])(now\(\)|CURRENT_(DATE|TIME|TIMESTAMP)\b|LOCALTIME)", re.IGNORECASE)
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*\Z")


def sql(source: Source) -> Iterator[str]:
    """Nothing is set on a session, time is a parameter, and only constants are put into SQL text."""
    if source.is_test:
        return
    for line, text, filled in source.strings:
        if SESSION_STATE.search(text):
            yield f"{line}: a connection keeps what is set on it: {text[:60]!r}"
        if not SQL_VERB.search(text):
            continue
        if source.layer in SUBJECTS and HIDDEN_TIME.search(text):
            yield f"{line}: the time is a parameter (clock.now()): {text[:60]!r}"
        if source.layer in SUBJECTS or source.parts[0] in PROCESSES:
            handed_in = _handed_in(source, line)
            for value in filled:
                if not _is_ours(value, handed_in):
                    yield f"{line}: only text of our own may be put into SQL, not {ast.unparse(value)}"
    for node in ast.walk(source.tree):
        joins = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)
        left = node.left if joins else node.func.value if _is_format(node) else None  # type: ignore[attr-defined]
        if isinstance(left, ast.Constant) and isinstance(left.value, str) and SQL_VERB.search(left.value):
            yield f"{node.lineno}: SQL text is not filled in with % or format()"  # type: ignore[attr-defined]


def _handed_in(source: Source, line: int) -> set[str]:
    """The arguments of the public function in which a line stands: anybody's text, for all we know."""
    around = [node for node in source.functions if node.lineno <= line <= (node.end_lineno or 0)]
    return {
        argument.arg
        for node in around
        if not node.name.startswith("_")
        for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    }


def _is_ours(value: ast.expr, handed_in: set[str]) -> bool:
    """Whether text comes from this file as far as one can see: a constant, a local name, a choice of such, a number."""
    match value:
        case ast.Constant():
            return True
        case ast.Name():
            return value.id not in handed_in
        case ast.Attribute():
            return bool(CONSTANT.match(value.attr)) or dotted(value) == "tenant.schema"
        case ast.IfExp():
            return _is_ours(value.body, handed_in) and _is_ours(value.orelse, handed_in)
        case ast.BinOp():
            return _is_ours(value.left, handed_in) and _is_ours(value.right, handed_in)
        case ast.Call():
            return dotted(value.func) in {"int", "len"}
    return False


def _is_format(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"


JOB_NAME = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*\Z")


def jobs(source: Source) -> Iterator[str]:
    """A job is called `subject.verb` and stands in its subject's jobs.py, short."""
    if source.is_test:
        return
    for function in source.functions:
        for decorator in function.decorator_list:
            if not isinstance(decorator, ast.Call) or dotted(decorator.func).rpartition(".")[2] != "job":
                continue
            first = decorator.args[0] if decorator.args else None
            name = first.value if isinstance(first, ast.Constant) else ""
            if not isinstance(name, str) or not JOB_NAME.match(name) or name.partition(".")[0] != source.layer:
                yield f"{function.lineno}: the job {name!r} is not called {source.layer}.<verb>"
            if source.parts[-1] != "jobs":
                yield f"{function.lineno}: the job {name!r} does not stand in jobs.py"
            if (length := (function.end_lineno or 0) - function.body[0].lineno + 1) > 15:
                yield f"{function.lineno}: the job {name!r} has {length} lines; rules belong in rules.py"


MARKS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|\(to be written\)")


def marks(source: Source) -> Iterator[str]:
    """What is here is finished."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if MARKS.search(line) and source.path != "tests/test_shape.py":
            yield f"{number}: {line.strip()[:80]}"


WRITE = re.compile(
    r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE)\s+(?:ONLY\s+)?\"?(?:__tenant__|\{\})\"?\.\"?(\w+)",
    re.IGNORECASE,
)
TABLE_CLASS = re.compile(r"^class (\w+)\((?:[^)]*\b)?Table\b[^)]*tablename=\"(\w+)\"", re.MULTILINE)


def owners() -> dict[str, str]:
    """Table name and class name → the subject that owns it."""
    found = {}
    for path in [*ROOT.glob("tenants/*/tables.py"), *ROOT.glob("tenants/*/tables/*.py")]:
        for name, table in TABLE_CLASS.findall(path.read_text(encoding="utf-8")):
            found[name] = found[table] = path.relative_to(ROOT).parts[1]
    return found


OWNERS = owners()


def writes(source: Source) -> Iterator[str]:
    """A table is written only by the rules of the subject that owns it."""
    if source.is_test or (source.parts[0] == "tenants" and source.parts[1] == "migrations"):
        return
    home = source.parts[2] == "rules" if len(source.parts) > 2 else False
    for line, text, _ in source.strings:
        for table in WRITE.findall(text):
            owner = OWNERS.get(table)
            if owner and not (source.layer == owner and (home or owner == "tenancy")):
                yield f"{line}: {table} is written by the rules of {owner} only"
    for call, name in source.calls:
        subject, _, verb = name.rpartition(".")
        owner = OWNERS.get(subject.rpartition(".")[2])
        if (
            owner
            and verb in {"insert", "update", "delete"}
            and not (source.layer == owner and (home or owner == "tenancy"))
        ):
            yield f"{call.lineno}: {subject} is written by the rules of {owner} only"


RULES: tuple[Callable[[Source], Iterator[str]], ...] = (
    directions, libraries, names, sizes, documents, calls, sql, jobs, marks, writes,
)  # fmt: skip


def sources() -> list[Source]:
    paths = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    relative = [path.relative_to(ROOT).as_posix() for path in paths]
    return [
        Source(name, path.read_text(encoding="utf-8"))
        for name, path in zip(relative, paths, strict=True)
        if not WRITTEN_BY_A_TOOL.match(name)
    ]


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
        if path in by_path and path != "tests/test_shape.py":
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
    (marks, "server/x.py", "# TODO later"),
    (marks, "server/x.py", '"""(to be written)"""'),
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
