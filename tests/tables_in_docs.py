"""The tables of the documents that are made from the code.

`python -m tests.tables_in_docs` writes them anew between their marks; `tests/test_docs.py` says when one is behind.
With `--figures FILE`, what `python3 dev.py bench --json FILE` has measured goes into the README.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenants import SUBJECTS, segments, webhooks
from tenants.kit.words import Words
from tenants.members.rules import imports
from tenants.outreach import VARIABLES
from tenants.segments.rules.catalogue import ABOUTS, ATTRIBUTE_OPS
from tenants.staff import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tenants.kit.desk import AdminTable, Form
    from tenants.kit.words import Language

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
API = ROOT / "docs" / "api.md"
GUIDES: dict[Language, Path] = {"en": ROOT / "docs" / "guide.en.md", "zh": ROOT / "docs" / "guide.zh.md"}
_READS = Words(en="reads", zh="查看")
_CHANGES = Words(en="changes", zh="修改")
_DOES = Words(en="does", zh="可用")
_PLACE = Words(en="Place", zh="位置")
_ACTION = Words(en="action", zh="操作")
_VARIABLE = (Words(en="Variable", zh="变量"), Words(en="What stands there", zh="内容"))
_GROUP = (
    Words(en="Group", zh="分组"), Words(en="Recent", zh="近"), Words(en="Often", zh="频"), Words(en="Much", zh="多"),
    Words(en="What to do", zh="建议"),
)  # fmt: skip
_HALF = {True: Words(en="yes", zh="是"), False: Words(en="no", zh="否")}
_COLUMN = (Words(en="Column", zh="列名（英文）"), Words(en="Also called", zh="列名（中文）"))


def roles(language: Language) -> str:
    """What each role may do at the desk, place by place."""
    head = [_PLACE.say(language), *(words.say(language) for words in ROLES.values())]
    places = [(table.group.en, _table_row(table, language)) for table in _tables()]
    places += [(form.group.en if form.group else "", _form_row(form, language)) for form in _forms()]
    groups = list(dict.fromkeys(group for group, _ in places))
    return _markdown(head, [row for _, row in sorted(places, key=lambda place: groups.index(place[0]))])


def variables(language: Language) -> str:
    """The variables of message templates."""
    rows = [[f"`{{{{ {name} }}}}`", words.say(language)] for name, words in VARIABLES.items()]
    return _markdown([words.say(language) for words in _VARIABLE], rows)


def columns(language: Language) -> str:
    """The columns that an import understands."""
    chinese = {column: name for name, column in imports._IN_CHINESE.items()}
    rows = [[f"`{column}`", f"`{chinese[column]}`" if column in chinese else ""] for column in imports._COLUMNS]
    return _markdown([words.say(language) for words in _COLUMN], [*rows, ["`attribute.<key>`", ""]])


def events(language: Language) -> str:
    """What webhooks tell, with the data of an example."""
    rows = [[f"`{one.name}`", one.words.say(language), f"`{json.dumps(dict(one.example))}`"] for one in webhooks.TYPES]
    return _markdown(["event", "when", "data"], rows)


def waits(_language: Language) -> str:
    """How long a webhook that was not taken waits, attempt by attempt."""
    seconds = [int(wait.total_seconds()) for wait in webhooks.WAITS]
    longest = [f"{one // 3600}:{one // 60 % 60:02}:{one % 60:02}" for one in seconds]
    rows = [[str(number), wait] for number, wait in enumerate(longest, 1)]
    return _markdown(["after attempt", "longest wait (h:mm:ss)"], [*rows, [str(len(rows) + 1), "it has failed"]])


def groups(language: Language) -> str:
    """The eight groups of buyers, and what to do with each."""
    head = [words.say(language) for words in _GROUP]
    rows = [
        [group.name.say(language), *(_HALF[half].say(language) for half in (group.recent, group.often, group.much)),
         group.advice.say(language)]
        for group in segments.GROUPS.values()
    ]  # fmt: skip
    return _markdown(head, rows)


def conditions(_language: Language) -> str:
    """What a rule of a segment may ask, how it can be compared, and with what kind of value."""
    asked = {f"`{key}`": one.ops for key, one in ABOUTS.items() if key != "attribute"}
    asked |= {f"`attribute` of kind `{kind}`": ops for kind, ops in ATTRIBUTE_OPS.items()}
    rows = [[name, ", ".join(f"`{op}` {taking.replace('_', ' ')}" for op, taking in ops.items())] for name, ops in asked.items()]  # fmt: skip
    return _markdown(["about", "op and value"], rows)


TABLES = {"roles": roles, "variables": variables, "columns": columns, "groups": groups}
TABLES_OF_API = {"events": events, "waits": waits, "conditions": conditions}


def with_tables(text: str, language: Language) -> str:
    """A document with its tables as they should be."""
    for name, made in (TABLES | TABLES_OF_API).items():
        text = _marked(name).sub(functools.partial(_put, table=made(language)), text)
    return text


def _marked(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- table: {name} -->\n\n)(?:\|.*\n)*\n?(?=<!-- end -->)")


def _put(found: re.Match[str], *, table: str) -> str:
    return f"{found[1]}{table}\n\n"


def figures(measured: list[dict[str, Any]]) -> str:
    """The table of the README out of what a bench has written."""
    rows = [
        [
            one["name"],
            f"{one['ratio']:.3f}",
            f"{'≤' if one['most'] else '≥'} {one['goal']:g}",
            one["limit"],
            one["detail"],
        ]
        for one in measured
    ]
    return _markdown(["figure", "ratio", "goal", "limit", "detail"], rows)


def _tables() -> Iterable[AdminTable]:
    return (table for subject in SUBJECTS for table in importlib.import_module(f"tenants.{subject}.admin").TABLES)


def _forms() -> Iterable[Form]:
    return (form for subject in SUBJECTS for form in importlib.import_module(f"tenants.{subject}.admin").FORMS)


def _table_row(table: AdminTable, language: Language) -> list[str]:
    colon = "：" if language == "zh" else ": "
    cells = [f"{table.group.say(language)}{colon}{table.name.say(language)}"]
    for role in ROLES:
        may = _CHANGES if role in table.write else _READS if role in table.read else None
        cells.append(may.say(language) if may else "–")
    return cells


def _form_row(form: Form, language: Language) -> list[str]:
    name = f"{form.title.zh}（{_ACTION.zh}）" if language == "zh" else f"{form.title.en} ({_ACTION.en})"
    return [f"*{name}*", *(_DOES.say(language) if role in form.roles else "–" for role in ROLES)]


def _markdown(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def main() -> None:
    """Write the tables into both guides and the API guide, and figures that are given into the README."""
    parser = argparse.ArgumentParser(prog="python -m tests.tables_in_docs")
    parser.add_argument("--figures", type=Path, help="what a bench has written")
    given: Path | None = parser.parse_args().figures
    for language, path in (*GUIDES.items(), ("en", API)):
        path.write_text(with_tables(path.read_text(encoding="utf-8"), language), encoding="utf-8")
    if given is not None:
        table = figures(json.loads(given.read_text(encoding="utf-8")))
        text = README.read_text(encoding="utf-8")
        README.write_text(_marked("bench").sub(functools.partial(_put, table=table), text), encoding="utf-8")


if __name__ == "__main__":
    main()
