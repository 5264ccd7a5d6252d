"""The rows of one table for one reader: Piccolo's CRUD with everything decided again by what the desk says.

Piccolo's own endpoints write any column (also by PUT, past all hooks), order by secret ones, take the text "null"
for nothing and answer odd input with 500. Here a name that the desk does not list does not exist, a value is read by
its column before anything is asked of the database, rules write where there are rules, and each change is noted with
before and after in its own transaction.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg
from piccolo.columns import Array, Or, Text, Varchar
from piccolo.columns.combination import Where
from piccolo_api.crud.endpoints import MATCH_TYPES, OPERATOR_MAP, PiccoloCRUD
from starlette.responses import JSONResponse, Response

from admin import bodies, schema, trail, values
from admin.queries import PAGE_MAX, Query, clean, pattern
from admin.refusals import BadForm, BadQuery, Clashes, NotHere, NotYours, in_their_words
from tenants.kit import clock
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Words
from tenants.tenancy.engine import DB, PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from piccolo.columns import Column as DatabaseColumn
    from starlette.requests import Request

    from admin.reader import Reader
    from tenants.kit.desk import AdminTable, Column

IDS_MAX = 100


class Records(PiccoloCRUD):
    """Answers every request on one table of the desk."""

    max_page_size = 1000

    def __init__(self, desk: AdminTable) -> None:
        super().__init__(desk.table, read_only=True, page_size=15, exclude_secrets=True)
        self.desk = desk
        self.key = desk.table._meta.primary_key
        self.computed = {column.name: column for column in desk.columns if column.sql}
        self.named: dict[str, Column] = {
            column.name: column for column in desk.columns if not column.sql and values.is_shown(self._of(column.name))
        }
        hidden = {column.name for column in desk.columns} - self.named.keys() - self.computed.keys()
        if hidden:
            raise ValueError(f"{desk.tablename}: {sorted(hidden)} must not be shown at the desk")

    async def answer(self, request: Request, reader: Reader, rest: str) -> Response:
        """Serve `rest` of the path below the table's name."""
        if reader.role not in self.desk.read:
            raise NotFound
        method = request.method
        if rest == "":
            if method == "POST":
                return await self.make(request, reader)
            return await self.listing(request, reader) if method == "GET" else _not_allowed()
        if method == "GET" and rest in _LOOKS:
            look: Response = await getattr(self, _LOOKS[rest])(request, reader)
            return look
        if "/" in rest or rest in _LOOKS:
            raise NotFound
        if method == "PATCH":
            return await self.alter(request, reader, rest)
        if method == "DELETE":
            return await self.remove(reader, rest)
        # PUT would replace whole rows past everything that is decided here, so it does not exist.
        return await self.one(reader, rest) if method == "GET" else _not_allowed()

    # What is read.

    async def show_schema(self, _request: Request, reader: Reader) -> Response:
        """What the page needs to know to show and to ask for the columns."""
        return JSONResponse(schema.of_table(self.desk, self, reader))

    async def listing(self, request: Request, reader: Reader) -> Response:
        """One page of rows."""
        asked = self._read_query(request, reader)
        size = asked.whole("__page_size", 15, least=1, most=self.max_page_size)
        page = asked.whole("__page", 1, least=1, most=PAGE_MAX)
        query = self.table.select(*self._selected(asked)).limit(size).offset((page - 1) * size)
        for clause in asked.clauses:
            query = query.where(clause)
        for column, ascending in self._ordered(asked):
            query = query.order_by(column, ascending=ascending)
        return JSONResponse({"rows": await self._shown(await query, reader)})

    async def counting(self, request: Request, reader: Reader) -> Response:
        """How many rows the filters leave."""
        asked = self._read_query(request, reader)
        query = self.table.count()
        for clause in asked.clauses:
            query = query.where(clause)
        return JSONResponse({"count": await query, "page_size": self.page_size})

    async def names(self, request: Request, reader: Reader) -> Response:
        """Rows by what they are called, for choosing one: id → name."""
        asked = Query(dict(request.query_params))
        limit = asked.whole("limit", 20, least=1, most=IDS_MAX)
        offset = asked.whole("offset", 0, least=0, most=PAGE_MAX)
        query = self.table.select(self.key, *self._readable()).limit(limit).offset(offset)
        query = query.order_by(self.key, ascending=False)
        search = clean(asked.text("search") or "").strip()
        if search:
            clauses = [column.ilike(pattern("%", search, "%")) for column in self._readable() if isinstance(column, Varchar | Text)]  # fmt: skip  # noqa: E501
            if not clauses:
                raise BadQuery(param="search", problem=_UNKNOWN)
            clause: Any = clauses[0]
            for other in clauses[1:]:
                clause = Or(clause, other)
            query = query.where(clause)
        rows = await query
        return JSONResponse({str(row[self.key._meta.name]): self.called(row, reader) for row in rows})

    async def references(self, _request: Request, reader: Reader) -> Response:
        """The tables that refer to this one and that the reader may see."""
        return JSONResponse({"references": schema.references(self.desk, reader)})

    async def new(self, _request: Request, reader: Reader) -> Response:
        """A new row's defaults."""
        row = self.table(_ignore_missing=True)
        shown = {
            column.name: values.show(self._of(column.name), getattr(row, column.name), zone=reader.zone)
            for column in self.named.values()
            if column.editable
        }
        return JSONResponse({name: value for name, value in shown.items() if value not in ("", None)})

    async def one(self, reader: Reader, row_id: str) -> Response:
        """One row."""
        rows = await self.table.select(*self._selected(None)).where(self.key == self._key(row_id))
        if not rows:
            raise NotFound
        return JSONResponse((await self._shown(rows, reader))[0])

    # What is written.

    async def make(self, request: Request, reader: Reader) -> Response:
        """A new row, by the subject's rule or directly."""
        self._permit(reader, possible=self.desk.creatable)
        given = self._read_form(await bodies.read_object(request), reader, first=True)
        async with self._refusals():
            if self.desk.create:
                row_id: Any = await self.desk.create(dict(given))  # a copy: what was given is noted below
            else:
                row = self.table(**given)
                await self.table.insert(row)
                row_id = row[self.key._meta.name]
        await reader.note("create", subject=self.desk.tablename, row_id=str(row_id), after=given)
        return JSONResponse([{self.key._meta.name: str(row_id)}], status_code=201)

    async def alter(self, request: Request, reader: Reader, row_id: str) -> Response:
        """Other values in a row, by the subject's rule or directly."""
        self._permit(reader, possible=self.desk.changeable)
        given = self._read_form(await bodies.read_object(request), reader, first=False)
        key = self._key(row_id)
        names = [name for name in given if name in self.named]
        # What is no column of the table cannot be compared; left empty, it asks for nothing.
        given = {name: value for name, value in given.items() if name in names or value not in (None, "")}
        rows = (
            await self.table.select(self.key, *(self._of(name) for name in names))
            .where(self.key == key)
            .lock_rows("UPDATE")
        )
        if not rows:
            raise NotFound
        changed = {name: value for name, value in given.items() if name not in names or rows[0][name] != value}
        if changed:
            async with self._refusals():
                if self.desk.change:
                    await self.desk.change(key, dict(changed))
                else:
                    await self.table.update(self._stamped(changed)).where(self.key == key)
            before = {name: rows[0][name] for name in changed if name in names}
            await reader.note("change", subject=self.desk.tablename, row_id=str(key), before=before, after=changed)
        return await self.one(reader, row_id)

    async def remove(self, reader: Reader, row_id: str) -> Response:
        """One row less, where the desk says that rows may go."""
        self._permit(reader, possible=self.desk.deletable)
        key = self._key(row_id)
        rows = await self.table.select(*self._selected(None)).where(self.key == key).lock_rows("UPDATE")
        if not rows:
            raise NotFound
        async with self._refusals():
            if self.desk.delete:
                await self.desk.delete(key)
            else:
                await self.table.delete().where(self.key == key)
        await reader.note("delete", subject=self.desk.tablename, row_id=str(key), before=rows[0])
        return Response(status_code=204)

    # How a row of this table is called where another refers to it.

    def called(self, row: Mapping[str, Any], reader: Reader) -> str:
        """The name of a row: the first two of its readable columns that say something; by the others it is found."""
        told = {column._meta.name: row[column._meta.name] for column in self._readable()}
        for name, twin in schema.translations(told).items():
            if told[twin]:
                del told[name]
        parts = [values.show(self._of(name), value, zone=reader.zone) for name, value in told.items()]
        told_parts = [str(part) for part in parts if part not in (None, "")]
        return " · ".join(told_parts[:2]) or str(row[self.key._meta.name])

    async def called_many(self, ids: list[Any], reader: Reader) -> dict[Any, str]:
        """The names of several rows."""
        rows = await self.table.select(self.key, *self._readable()).where(self.key.is_in(ids)) if ids else []
        return {row[self.key._meta.name]: self.called(row, reader) for row in rows}

    # Private.

    def _of(self, name: str) -> DatabaseColumn:
        return self.table._meta.get_column_by_name(name)

    def _readable(self) -> list[DatabaseColumn]:
        return [self._of(name) for name in self.desk.readable]

    def _selected(self, asked: Query | None) -> list[DatabaseColumn]:
        names = list(self.named)
        wanted = asked.text("__visible_fields") if asked else None
        if wanted is not None:
            chosen = wanted.split(",")
            if not all(name in self.named or name in self.computed or name == self.key._meta.name for name in chosen):
                raise BadQuery(param="__visible_fields", problem=_UNKNOWN)
            names = [name for name in names if name in chosen]
        return [self.key, *(self._of(name) for name in names if name != self.key._meta.name)]

    def _ordered(self, asked: Query) -> list[tuple[DatabaseColumn, bool]]:
        told = asked.text("__order") or self.desk.order
        orders = []
        for part in told.split(",")[:3]:
            name = part.removeprefix("-")
            if name not in self.named and name != self.key._meta.name and told != self.desk.order:
                raise BadQuery(param="__order", problem=_UNKNOWN)
            orders.append((self._of(name), not part.startswith("-")))
        if all(column._meta.name != self.key._meta.name for column, _ in orders):
            orders.append((self.key, orders[0][1]))  # pages must not overlap where values are equal
        return orders

    def _read_query(self, request: Request, reader: Reader) -> Query:
        asked = Query({})
        for name, value in request.query_params.multi_items():
            asked.given.setdefault(name.removesuffix("[]"), []).append(value)
        for name in asked.given:
            field, _, ending = name.rpartition("__")
            if name in _CONTROLS or (field in self.named and ending == "match"):
                continue
            if field in self.named and ending == "operator":
                if asked.text(name) in {"is_null", "not_null"}:
                    asked.clauses.append(Where(self._of(field), operator=OPERATOR_MAP[asked.text(name) or ""]))
                continue
            if name not in self.named or not self.named[name].filter:
                raise BadQuery(param=clean(name)[:60], problem=_UNKNOWN)
            asked.clauses += [self._clause(name, asked, value, reader) for value in asked.given[name][:20]]
        return asked

    def _clause(self, name: str, asked: Query, text: str, reader: Reader) -> Where:
        column, spec = self._of(name), self.named[name]
        operator = asked.text(f"{name}__operator") or "e"
        match = asked.text(f"{name}__match") or MATCH_TYPES[0]
        if operator not in OPERATOR_MAP or match not in MATCH_TYPES:
            raise BadQuery(param=spec.label.say(), problem=_UNKNOWN)
        try:
            if isinstance(column, Array):
                return column.any(values.read(column.base_column, text, zone=reader.zone))
            if isinstance(column, Varchar | Text) and spec.choices is None:
                searched = values.read_text(text, most=1000)
                before, after = {"contains": ("%", "%"), "starts": ("", "%"), "ends": ("%", ""), "exact": ("", "")}[
                    match
                ]
                return column == searched if match == "exact" else column.ilike(pattern(before, searched, after))
            value = values.read(column, text, zone=reader.zone)
        except values.Unfit as error:
            raise BadQuery(param=spec.label.say(), problem=error.words) from None
        return Where(column, value, operator=OPERATOR_MAP[operator])

    def _read_form(self, body: Any, reader: Reader, *, first: bool) -> dict[str, Any]:
        """The values of a sent form. Raises BadForm with every problem at once."""
        given: dict[str, Any] = {}
        problems: dict[str, str] = {}
        asked = {column.name: column for column in (*self.desk.columns, *self.desk.extras) if column.editable}
        for name, raw in body.items():
            spec = asked.get(name)
            if spec is None or (spec.first_only and not first):
                problems[self.named[name].label.say() if name in self.named else str(name)[:60]] = _NOT_WRITABLE.say()
                continue
            try:
                value = self._read_value(spec, raw, reader)
            except values.Unfit as error:
                problems[spec.label.say()] = error.words.say()
                continue
            given[name] = value
        for spec in asked.values() if first else ():
            if spec.required and given.get(spec.name) in (None, "") and spec.label.say() not in problems:
                problems[spec.label.say()] = _NEEDED.say()
        if problems:
            raise BadForm(problems)
        return given

    def _read_value(self, spec: Column, raw: Any, reader: Reader) -> Any:
        if spec in self.desk.extras:
            value: Any = values.read_text("" if raw is None else raw, most=10_000)
        else:
            value = values.read(self._of(spec.name), raw, zone=reader.zone)
        if spec.required and value in (None, ""):
            raise values.Unfit(_NEEDED)
        chosen = value if isinstance(value, list) else [value]
        if spec.choices is not None and any(item is not None and str(item) not in spec.choices for item in chosen):
            raise values.Unfit(Words(en="choose one of the list", zh="请从列表中选择"))
        return value

    @asynccontextmanager
    async def _refusals(self) -> AsyncIterator[None]:
        """Turns what the database or a rule refuses about a row into a sentence with the field's own title."""
        try:
            yield
        except asyncpg.IntegrityConstraintViolationError as error:
            raise Clashes from error
        except Invalid as error:
            labels = {column.name: column.label for column in (*self.desk.columns, *self.desk.extras)}
            raise in_their_words(error, labels) from error

    def _key(self, row_id: str) -> Any:
        try:
            return values.read_key(self.key, row_id)
        except values.Unfit:
            raise NotFound from None

    def _permit(self, reader: Reader, *, possible: bool) -> None:
        if not possible:
            raise NotHere
        if reader.role not in self.desk.write:
            raise NotYours

    def _stamped(self, changed: dict[str, Any]) -> dict[Any, Any]:
        stamped: dict[Any, Any] = {self._of(name): value for name, value in changed.items()}
        if any(column._meta.name == "updated_at" for column in self.table._meta.columns):
            stamped[self._of("updated_at")] = clock.now()
        return stamped

    async def _shown(self, rows: list[dict[str, Any]], reader: Reader) -> list[dict[str, Any]]:
        shown = [
            {name: values.show(self._of(name), value, zone=reader.zone) for name, value in row.items()} for row in rows
        ]
        for column in self.table._meta.foreign_key_columns:
            name = column._meta.name
            if not rows or name not in rows[0]:
                continue
            other = reader.records_of(column._foreign_key_meta.resolved_references._meta.tablename)
            called = await other.called_many(list({row[name] for row in rows} - {None}), reader) if other else {}
            for row, original in zip(shown, rows, strict=True):
                row[f"{name}_readable"] = called.get(original[name], "")
        for told in (each.name for each in self.desk.columns if each.kind == "facts"):
            for row, original in zip(shown, rows, strict=True):
                if told in original:
                    subject = str(original.get("subject", ""))
                    row[told] = await trail.in_words(original[told], subject=subject, reader=reader)
        if self.computed and rows:
            await self._work_out(shown, [row[self.key._meta.name] for row in rows], reader)
        return shown

    async def _work_out(self, shown: list[dict[str, Any]], ids: list[Any], reader: Reader) -> None:
        """Add what is computed to the rows shown."""
        key = self.key._meta.name
        told = ", ".join(f'({column.sql}) AS "{name}"' for name, column in self.computed.items())
        kind, table = self.key.column_type.lower(), self.desk.tablename
        found = await DB.fetch(
            f'SELECT t."{key}" AS "row key", {told} FROM {PLACEHOLDER}."{table}" t'
            f' WHERE t."{key}" = ANY($1::{kind}[]) AND $2::timestamptz IS NOT NULL AND $3::date IS NOT NULL',
            ids, clock.now(), clock.today(reader.zone))  # fmt: skip
        by_key = {row["row key"]: row for row in found}
        for row, row_id in zip(shown, ids, strict=True):
            for name in self.computed:
                value = by_key[row_id][name] if row_id in by_key else None
                row[name] = values.show(self.key, value, zone=reader.zone)


_LOOKS = {"schema": "show_schema", "ids": "names", "count": "counting", "references": "references", "new": "new"}
_CONTROLS = frozenset(
    {"__page", "__page_size", "__order", "__readable", "__visible_fields", "__range_header", "__range_header_name"}
)
_UNKNOWN = Words(en="this cannot be asked here", zh="此处不能这样查询")
_NOT_WRITABLE = Words(en="this cannot be changed here", zh="此项不能修改")
_NEEDED = Words(en="this is needed", zh="必填")


def _not_allowed() -> Response:
    return JSONResponse({"detail": NotHere.sentence.say()}, status_code=405)
