"""What code does: no time or chance of its own, SQL of our own text, jobs by their names, writes by their owner."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tenants import SUBJECTS
from tests.shape.source import PROCESSES, ROOT, Source, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

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
