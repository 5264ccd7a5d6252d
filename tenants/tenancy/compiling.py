"""For developers: makes a migration out of what changed in the classes, and compiles migrations to SQL.

    python3 dev.py cli migrations new "vouchers get a colour"
    python3 dev.py cli migrations compile

The tests compare three schemas: from the baseline, from replaying every migration, and from the classes.
"""

from __future__ import annotations

import contextlib
import graphlib
import importlib.util
import itertools
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from piccolo.apps.migrations.commands.new import NewMigrationMeta, NoChanges, _create_new_migration
from piccolo.conf.apps import AppConfig

from tenants.tenancy import blueprint
from tenants.tenancy.engine import DB
from tenants.tenancy.migrations import FOLDER

if TYPE_CHECKING:
    from piccolo.table import Table

KINDS = ("platform", "tenant")
_APPLIED_AS_THEY_ARE = frozenset({"m0001"})  # what shops have already run keeps its text and its hash
os.environ.setdefault("PICCOLO_CONF", "tenants.piccolo_conf")


def declared(kind: str) -> tuple[list[type[Table]], list[str]]:
    """The classes and the further indexes of one kind of schema."""
    if kind == "platform":
        return blueprint.platform_tables(), []
    return blueprint.tenant_tables(), blueprint.tenant_indexes()


async def new(kind: str, description: str) -> list[Path]:
    """Write the Piccolo migrations for what changed since the last one; none where nothing did.

    Indexes that Piccolo cannot say follow in a file of their own, as raw SQL.
    """
    folder = FOLDER / kind
    for name in [name for name in sys.modules if re.fullmatch(r"m\d{4}", name)]:
        del sys.modules[name]  # Piccolo imports migrations by their bare names, which every kind has
    tables, indexes = declared(kind)
    config = AppConfig(app_name=kind, migrations_folder_path=str(folder), table_classes=tables)
    before = "".join(path.read_text(encoding="utf-8") for path in sorted((folder / "sql").glob("[0-9]*.sql")))
    fresh = [index for index in indexes if index.strip() not in before]
    written = []
    with contextlib.suppress(NoChanges):
        written.append(_number(await _create_new_migration(config, auto=True, description=description, auto_input="n")))
    if fresh:
        # A file of its own, because Piccolo runs raw statements before it makes tables.
        path = _number(await _create_new_migration(config, auto=False, description=f"{description}: indexes"))
        lines = "".join(f"        await DB.run_ddl(\n            {index!r}\n        )\n" for index in fresh)
        text = path.read_text(encoding="utf-8")
        text = (
            text[: text.index("    def run():")]
            + f"    async def run():\n{lines}"
            + text[text.index("\n    manager.add_raw") :]
        )
        path.write_text(
            text.replace("\n\nID = ", "\nfrom tenants.tenancy.engine import DB\n\nID = ", 1), encoding="utf-8"
        )
        written.append(path)
    return written


async def compile_all(kind: str, *, folder: Path = FOLDER) -> dict[str, str]:
    """File name → SQL of every migration of a kind, and of the baseline; nothing is written."""
    texts: dict[str, str] = {}
    for path in sorted((folder / kind).glob("m[0-9]*.py")):
        texts[f"{path.stem[1:]}.sql"] = await _compile(path)
    texts["baseline.sql"] = blueprint.script(*declared(kind))
    return texts


async def write_all() -> list[Path]:
    """Compile everything into `tenants/migrations/<kind>/sql/`. Returns the files that changed."""
    changed = []
    for kind in KINDS:
        folder = FOLDER / kind / "sql"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (await compile_all(kind)).items():
            path = folder / name
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
                changed.append(path)
    return changed


def _number(meta: NewMigrationMeta) -> Path:
    path = Path(meta.migration_path)
    numbered = path.with_name(f"m{len(list(path.parent.glob('m[0-9]*.py'))) + 1:04d}.py")
    return path.rename(numbered)


async def _compile(path: Path) -> str:
    spec = importlib.util.spec_from_file_location(f"_migration_{path.parent.name}_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    statements: list[str] = []

    async def record(ddl: str, *_: Any, **__: Any) -> list[Any]:
        statements.append(ddl)
        return []

    async def record_query(querystring: Any, *_: Any, **__: Any) -> list[Any]:
        sql, args = querystring.compile_string()
        if args:
            raise ValueError(f"{path.name}: a compiled migration cannot have parameters: {sql}")
        statements.append(sql)
        return []

    stock = {name: getattr(type(DB), name) for name in ("run_ddl", "run_querystring", "transaction")}
    taken: dict[str, Any] = {
        "run_ddl": lambda _self, ddl, *a, **k: record(ddl, *a, **k),
        "run_querystring": lambda _self, q, *a, **k: record_query(q, *a, **k),
        "transaction": lambda _self, *_a, **_k: _NoTransaction(),
    }
    try:
        for name, method in taken.items():
            setattr(type(DB), name, method)
        manager = await module.forwards()
        await manager.run()
    finally:
        for name, method in stock.items():
            setattr(type(DB), name, method)
    kept = [text for text in statements if not re.match(r"\s*CREATE SCHEMA", text)]
    if path.stem not in _APPLIED_AS_THEY_ARE:
        kept = _settled(kept)
    return "".join(f"{statement.strip().rstrip(';')};\n" for statement in kept)


_MADE = re.compile(r'CREATE TABLE "__tenant__"\."(\w+)"')
_ABOUT = re.compile(r'(?:ALTER TABLE|CREATE INDEX \w+ ON) "__tenant__"\."(\w+)"')
_KIND = re.compile(r"\b(?:(?:ADD|DROP) (?:COLUMN|CONSTRAINT)|ALTER COLUMN)\b")
_REFERS = re.compile(r'REFERENCES "__tenant__"\."(\w+)"')


def _settled(statements: list[str]) -> list[str]:
    """The same statements in one order: Piccolo has tables and constraints in sets.

    A new table comes with what belongs to it and after those that it refers to, else by name; columns and constraints
    that follow each other come in the order of their text.
    """
    blocks: dict[str, list[str]] = {}
    rest: list[str] = []
    for text in statements:
        made, about = _MADE.match(text), _ABOUT.match(text)
        if made:
            blocks[made[1]] = [text]
        elif about and about[1] in blocks and not rest:
            blocks[about[1]].append(text)
        else:
            rest.append(text)
    order: graphlib.TopologicalSorter[str] = graphlib.TopologicalSorter()
    for name in sorted(blocks):
        order.add(name, *sorted({other for other in _REFERS.findall(blocks[name][0]) if other in blocks} - {name}))
    runs = itertools.groupby(rest, key=lambda text: found[0] if (found := _KIND.search(text)) else None)
    return [
        *(text for name in order.static_order() for text in (blocks[name][0], *sorted(blocks[name][1:]))),
        *(text for kind, run in runs for text in (sorted(run) if kind else run)),
    ]


class _NoTransaction:
    async def __aenter__(self) -> None:
        return None

    async def __aexit__(self, *_: object) -> None:
        return None
