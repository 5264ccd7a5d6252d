"""The audit trail in words: fields and values, which are kept as JSON, called what they are called at the desk."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from piccolo.columns import ForeignKey, Timestamptz

from admin import schema
from tenants.kit import clock
from tenants.kit.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admin.reader import Reader
    from admin.records import Records

_NOT_TOLD = frozenset({"id", "once", "updated_at"})  # nobody's choice
_OTHERS = {
    "address": Words(en="From", zh="来自"),
    "password": Words(en="Password", zh="密码"),
}
_YES_NO = {True: Words(en="Yes", zh="是"), False: Words(en="No", zh="否")}


async def in_words(text: str, *, subject: str, reader: Reader) -> str:
    """What was noted of a change to a table's row, or of a form, for a person to read; other text as it is."""
    try:
        told = json.loads(text)
    except ValueError:
        return text
    if not isinstance(told, dict):
        return text
    says = _Row(reader.realm.tables()[subject], reader) if subject in reader.realm.tables() else _Form(subject, reader)
    parts = [(says.label(name), await says.value(name, value)) for name, value in told.items() if name not in _NOT_TOLD]
    colon, comma = Words(en=": ", zh="：").say(), Words(en="; ", zh="；").say()
    return comma.join(f"{label}{colon}{value}" for label, value in parts)


class _Row:
    """How the columns of a table are called, and their values."""

    def __init__(self, records: Records, reader: Reader) -> None:
        self._records = records
        self._reader = reader
        self._columns = {column.name: column for column in (*records.desk.columns, *records.desk.extras)}

    def label(self, name: str) -> str:
        column = self._columns.get(name)
        return column.label.say() if column else _other(name)

    async def value(self, name: str, value: Any) -> str:
        column = self._columns.get(name)
        found = {each._meta.name: each for each in self._records.table._meta.columns}.get(name)
        if isinstance(found, ForeignKey):
            referred = found._foreign_key_meta.resolved_references._meta.tablename
            return await _called(self._reader.records_of(referred), value, self._reader)
        if isinstance(found, Timestamptz) and isinstance(value, str):
            return _moment(value, zone=self._reader.zone)
        return _plain(value, choices=column.choices if column else None)


class _Form:
    """How the fields of a form are called, and their values."""

    def __init__(self, slug: str, reader: Reader) -> None:
        form = reader.realm.forms().get(slug)
        self._fields = {field.name: field for field in form.fields} if form else {}
        self._reader = reader

    def label(self, name: str) -> str:
        return self._fields[name].label.say() if name in self._fields else _other(name)

    async def value(self, name: str, value: Any) -> str:
        field = self._fields.get(name)
        if field is not None and field.kind == "member":
            return await _called(self._reader.records_of("member"), value, self._reader)
        return _plain(value, choices=await schema.chosen_from(field) if field else None)


async def _called(records: Records | None, value: Any, reader: Reader) -> str:
    try:
        key = uuid.UUID(str(value))
    except ValueError:
        return _plain(value, choices=None)
    called = await records.called_many([key], reader) if records else {}
    return called.get(key, str(value))


def _plain(value: Any, *, choices: Mapping[str, Words] | None) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _YES_NO[value].say()
    if isinstance(value, list):
        return ", ".join(_plain(item, choices=choices) for item in value) or "—"
    words = choices.get(str(value)) if choices else None
    return words.say() if words else str(value)


def _moment(text: str, *, zone: str) -> str:
    try:
        return clock.shown(zone, datetime.fromisoformat(text))
    except ValueError:
        return text


def _other(name: str) -> str:
    return _OTHERS[name].say() if name in _OTHERS else name
