"""All that the shop runs in one list: whether it runs, for how long, who takes part and what it has cost so far.

It is made of what the subjects say of their tables at the desk (`AdminTable.activity`), so a new kind of activity is
in it as soon as it has a table.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from admin.reader import staff_tables
from tenants.kit import clock, ids
from tenants.kit.console import ACTIVITIES, Ask, Page, View
from tenants.kit.words import Words, language_of_reader
from tenants.tenancy.callers import current_caller
from tenants.tenancy.current import current_tenant
from tenants.tenancy.engine import DB

if TYPE_CHECKING:
    from tenants.kit.desk import Activity, AdminTable

_SHOWN = 100
# What a subject calls the states of its own is shown in one of five colours.
_LOOKS = {"over": "ended", "coming": "scheduled", "running": "live", "sold_out": "paused"}
_ORDER = {"live": 0, "scheduled": 1, "paused": 2, "draft": 3, "ended": 4}


async def _show(ask: Ask) -> View:
    tables = [
        records.desk
        for records in staff_tables().values()
        if records.desk.activity and current_caller().role in records.desk.read
    ]
    kinds = [(desk.tablename, desk.name) for desk in tables]
    only = ask.text("kind")
    rows = [row for desk in tables if only in {"", desk.tablename} for row in await _rows(desk, desk.activity)]
    looks = ask.text("status")
    shown = sorted((row for row in rows if looks in {"", row["looks"]}), key=lambda row: _ORDER.get(row["looks"], 9))
    facts = {"rows": shown, "kinds": kinds, "kind": only, "looks": looks, "most": _SHOWN}
    return View("activities.html", facts)


async def _rows(desk: AdminTable, activity: Activity | None) -> list[dict[str, Any]]:
    if activity is None:
        return []
    columns = {column.name: column for column in desk.columns}
    asked = {activity.status, activity.members, *activity.cost} - {""}
    told = ", ".join(f'({columns[name].sql}) AS "{name}"' for name in sorted(asked))
    plain = ", ".join(f't."{name}"' for name in dict.fromkeys([*desk.readable, activity.since, activity.until]) if name)
    table = desk.tablename
    found = await DB.fetch(
        f"SELECT t.id, {plain}, {told} FROM __tenant__.{table} t"
        " WHERE $2::timestamptz IS NOT NULL AND $3::date IS NOT NULL ORDER BY t.id DESC LIMIT $1::int",
        _SHOWN, clock.now(), clock.today(current_tenant().timezone))  # fmt: skip
    return [_row(desk, activity, row) for row in found]


def _row(desk: AdminTable, activity: Activity, row: Any) -> dict[str, Any]:
    columns = {column.name: column for column in desk.columns}
    status = row[activity.status]
    said = (columns[activity.status].choices or {}).get(status, status)
    return {
        "kind": desk.name,
        "name": _name(desk, row),
        "said": said,
        "looks": _LOOKS.get(status, status),
        "since": row[activity.since] if activity.since else None,
        "until": row[activity.until] if activity.until else None,
        "members": row[activity.members] if activity.members else None,
        "cost": [(columns[name].label, _cost(row[name])) for name in activity.cost],
        "preview": f"/console/{activity.preview}/{ids.show(activity.prefix, row['id'])}" if activity.preview else "",
        "results": f"/console/{activity.results}/{ids.show(activity.prefix, row['id'])}" if activity.results else "",
        "record": f"/admin/#/{desk.tablename}/{row['id']}",
    }


def _cost(value: Any) -> str:
    """Points and vouchers are whole numbers; what has decimals is money."""
    if isinstance(value, Decimal) and value.as_tuple().exponent:
        return f"{value:,} {current_tenant().currency}"
    return "—" if value is None else f"{value:,}"


def _name(desk: AdminTable, row: Any) -> str | Words:
    """What a row is called, in the reader's language where it has a name in it."""
    columns = {column.name: column for column in desk.columns}
    mine = f"name_{language_of_reader()}"
    for name in sorted(desk.readable, key=lambda name: name != mine):
        if row[name]:
            found: str | Words = (columns[name].choices or {}).get(row[name], row[name])
            return found
    return ""


PAGE = Page(
    "activities",
    title=Words(en="All activities", zh="全部活动"),
    group=ACTIVITIES,
    about=Words(
        en="What the shop runs: whether it is on, for how long, who takes part and what it has cost so far.",
        zh="店铺的全部活动：状态、时间窗口、参与人数与累计成本。",
    ),
    show=_show,
)
