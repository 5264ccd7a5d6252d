"""One Python file as the rules look at it, and all of ours."""

from __future__ import annotations

import ast
import functools
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("tenants", "server", "admin", "workers", "tests")
PROCESSES = frozenset({"server", "admin", "workers"})
WRITTEN_BY_A_TOOL = re.compile(r"tenants/migrations/\w+/m\d+\.py")


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


@functools.cache
def sources() -> list[Source]:
    """All that is written by hand, read once."""
    paths = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    relative = [path.relative_to(ROOT).as_posix() for path in paths]
    return [
        Source(name, path.read_text(encoding="utf-8"))
        for name, path in zip(relative, paths, strict=True)
        if not WRITTEN_BY_A_TOOL.match(name)
    ]
