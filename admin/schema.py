"""What the page is told about tables and forms, in the reader's language: the JSON schema that Piccolo Admin reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from piccolo.columns import Array, Boolean, ForeignKey, Text, Timestamptz

from admin import values
from tenants.kit import ids
from tenants.kit.words import LANGUAGES, language_of_reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from piccolo.columns import Column as DatabaseColumn

    from admin.reader import Reader
    from admin.records import Records
    from tenants.kit.desk import AdminTable, Column, Field, Form
    from tenants.kit.words import Words


def of_table(desk: AdminTable, records: Records, reader: Reader) -> dict[str, Any]:
    """The schema of a table for this reader."""
    writes = reader.role in desk.write
    changes = writes and desk.changeable
    properties = {
        column.name: _computed_property(column)
        if column.sql
        else _property(column, records.table._meta.get_column_by_name(column.name), reader, writes=writes)
        for column in own_language_first(records)
    }
    if writes:
        properties |= {column.name: _extra_property(column) for column in desk.extras}
    named = {column.name: column for column in own_language_first(records)}
    return {
        "title": desk.name.say(),
        "type": "object",
        "properties": properties,
        "required": [name for name, column in named.items() if column.required],
        "extra": {
            "help_text": desk.help.say() if desk.help else None,
            "visible_column_names": [name for name, column in named.items() if column.in_list],
            "visible_filter_names": [name for name, column in named.items() if column.filter],
            "rich_text_columns": [],
            "media_columns": [],
            "link_column_name": _link(records),
            "order_by": [{"column": desk.order.removeprefix("-"), "ascending": not desk.order.startswith("-")}],
            "time_resolution": {
                name: 60
                for name, column in named.items()
                if not column.sql and isinstance(records.table._meta.get_column_by_name(name), Timestamptz)
            },
            "primary_key_name": records.key._meta.name,
            "visible_fields_options": list(named),
            "may_create": writes and desk.creatable,
            "may_change": changes,
            "may_delete": writes and desk.deletable,
        },
    }


async def of_form(form: Form, reader: Reader) -> dict[str, Any]:
    """The schema of a form, with a fresh name for the occasion."""
    properties = {field.name: await _form_property(field, reader) for field in form.fields}
    properties["once"] = {"title": "", "type": "string", "extra": {"hidden": True, "nullable": False}}
    row = {field.name: field.default for field in form.fields}
    return {
        "title": form.title.say(),
        "type": "object",
        "properties": properties,
        "required": [field.name for field in form.fields if field.required],
        "extra": {
            "rich_text_columns": [],
            "media_columns": [],
            "time_resolution": {},
            "row": {**row, "once": str(ids.new())},
        },
    }


def translations(names: Iterable[str]) -> dict[str, str]:
    """Of names in both languages (`name_en`, `name_zh`), the one in the other language to the one in the reader's."""
    known = set(names)
    twins = {
        f"{name[:-2]}{other}": name for name in known if name[-3:] == f"_{language_of_reader()}" for other in LANGUAGES
    }
    return {name: twin for name, twin in twins.items() if name in known and name != twin}


def own_language_first(records: Records) -> list[Column]:
    """The columns as the desk has them, but of two in both languages the one in the reader's language first."""
    columns = [column for column in records.desk.columns if column.sql or column.name in records.named]
    place = {column.name: number for number, column in enumerate(columns)}
    for name, twin in translations(place).items():
        if place[name] < place[twin]:
            columns[place[name]], columns[place[twin]] = columns[place[twin]], columns[place[name]]
    return columns


def references(desk: AdminTable, reader: Reader) -> list[dict[str, str]]:
    """The columns of other tables that refer to a table, where the reader may filter by them."""
    found = []
    for other in reader.tables():
        for column in other.columns:
            if column.sql:
                continue
            database = other.table._meta.get_column_by_name(column.name)
            if (
                column.filter
                and isinstance(database, ForeignKey)
                and database._foreign_key_meta.resolved_references is desk.table
            ):
                found.append(
                    {"tableName": other.name.say(), "columnName": column.name, "columnTitle": column.label.say()}
                )
    return found


def choices_of(choices: Mapping[str, Words]) -> dict[str, Any]:
    """Choices as the page shows them."""
    return {value: {"display_name": words.say(), "value": value} for value, words in choices.items()}


def _property(column: Column, database: DatabaseColumn, reader: Reader, *, writes: bool) -> dict[str, Any]:
    title = column.label.say()
    if isinstance(database, Timestamptz):
        title = f"{title} ({reader.zone})"
    told: dict[str, Any] = {"title": title, **values.json_type(database)}
    extra: dict[str, Any] = {
        "help_text": column.help.say() if column.help else None,
        "choices": choices_of(column.choices) if column.choices is not None else None,
        "nullable": bool(database._meta.null),
        "unique": bool(database._meta.unique),
        "secret": False,
        "read_only": not (writes and column.editable),
        "unordered": isinstance(database, Array),
    }
    if column.choices is None and (column.kind == "long" or isinstance(database, Text)):
        extra["widget"] = "text-area"
    if isinstance(database, ForeignKey):
        referred = database._foreign_key_meta.resolved_references._meta.tablename
        other = reader.records_of(referred)
        if other:
            extra["foreign_key"] = {"to": other.desk.name.say(), "target_column": other.key._meta.name}
    if isinstance(database, Boolean):
        extra["nullable"] = False
    return told | {"extra": extra}


def _computed_property(column: Column) -> dict[str, Any]:
    extra = {
        "help_text": column.help.say() if column.help else None,
        "choices": choices_of(column.choices) if column.choices is not None else None,
        "nullable": True, "unique": False, "secret": False, "read_only": True, "unordered": True,
    }  # fmt: skip
    return {"title": column.label.say(), "type": "string", "extra": extra}


def _extra_property(column: Column) -> dict[str, Any]:
    extra = {
        "help_text": column.help.say() if column.help else None, "choices": None, "nullable": False, "unique": True,
        "secret": False, "read_only": False, "unordered": True,
    }  # fmt: skip
    if column.kind == "long":
        extra["widget"] = "text-area"
    return {"title": column.label.say(), "type": "string", "extra": extra}


async def _form_property(field: Field, reader: Reader) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {
        "whole": {"type": "integer"}, "decimal": {"type": "number"}, "date": {"type": "string", "format": "date"},
        "time": {"type": "string", "format": "time"}, "yes_no": {"type": "boolean"}, "list": {"type": "array"},
    }  # fmt: skip
    extra: dict[str, Any] = {
        "help_text": field.help.say() if field.help else None,
        "nullable": not field.required and field.kind != "yes_no",
        "choices": None,
    }
    if field.kind == "long":
        extra["widget"] = "text-area"
    if field.choices is not None:
        extra["choices"] = choices_of(await chosen_from(field))
    if field.kind == "member":
        members = reader.records_of("member")
        if members:
            extra["foreign_key"] = {"to": members.desk.name.say()}
    return {"title": field.label.say(), **kinds.get(field.kind, {"type": "string"}), "extra": extra}


async def chosen_from(field: Field) -> Mapping[str, Words]:
    """A field's choices, which may depend on what the shop has."""
    if callable(field.choices):
        return await field.choices()
    return field.choices or {}


def _link(records: Records) -> str:
    """The column that links to the row: the first listed that is text and neither a choice nor a reference."""
    for column in own_language_first(records):
        if column.sql:
            continue
        database = records.table._meta.get_column_by_name(column.name)
        if column.in_list and column.choices is None and not isinstance(database, ForeignKey | Boolean | Array):
            return column.name
    return str(records.key._meta.name)
