"""Where things stand: who imports whom, what files are called, how long they are, what they say of themselves."""

from __future__ import annotations

import ast
import itertools
import re
from typing import TYPE_CHECKING

from tenants import SUBJECTS
from tests.shape.source import PROCESSES, ROOT, Source, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator


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


# Each with its first letter in brackets, so that this file bears no mark itself.
MARKS = re.compile(r"\b([T]ODO|[F]IXME|[X]XX|[H]ACK)\b|\([t]o be written\)")


def marks(source: Source) -> Iterator[str]:
    """What is here is finished."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if MARKS.search(line):
            yield f"{number}: {line.strip()[:80]}"
