"""What can be issued: making and changing templates, and what may still change once somebody holds a voucher."""

from __future__ import annotations

import dataclasses
from datetime import time
from typing import TYPE_CHECKING, Any

import asyncpg

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words
from tenants.levels import LevelUnknown
from tenants.tenancy import DB
from tenants.vouchers.rules.errors import StockBelowIssued, TemplateEnded, TemplateUnknown, TermsFrozen
from tenants.vouchers.rules.levelled import levels_wanted
from tenants.vouchers.rules.terms import FROZEN, ROWS, Hours, Scope, Terms, check_terms

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence

_FIELDS = tuple(field.name for field in dataclasses.fields(Terms) if field.name not in ROWS)


async def create_template(terms: Terms) -> uuid.UUID:
    """Make a template. An outside benefit has as much stock as codes were brought in. Raises Invalid."""
    terms = _tidy(terms)
    check_terms(terms)
    if terms.kind == "external":
        if terms.stock is not None:
            raise _stock_is_the_pool()
        terms = dataclasses.replace(terms, stock=0)
    template_id = ids.new()
    names = ", ".join(_FIELDS)
    places = ", ".join(f"${place}" for place in range(3, 3 + len(_FIELDS)))
    await DB.fetch(
        f"INSERT INTO __tenant__.voucher_template (id, created_at, {names}) VALUES ($1, $2, {places})",
        template_id, clock.now(), *(getattr(terms, name) for name in _FIELDS))  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.voucher_stock (template, issued, stock) VALUES ($1, 0, $2)", template_id, terms.stock
    )
    await _write_rows(template_id, Terms(), terms)
    return template_id


async def change_template(template_id: uuid.UUID, changes: Mapping[str, Any]) -> Terms:
    """Change some of a template's terms and answer with all of them.

    What vouchers are worth is fixed once one has been issued; validity and limits then hold for later ones only.
    Raises TemplateUnknown, TemplateEnded, TermsFrozen, StockBelowIssued, Invalid.
    """
    # The stock row is what every issue changes: whoever holds it knows that nobody is issuing meanwhile.
    counted = await DB.fetchrow(
        "SELECT issued FROM __tenant__.voucher_stock WHERE template = $1 FOR UPDATE", template_id
    )
    before = await read_terms(template_id)
    try:
        after = _tidy(dataclasses.replace(before, **changes))
    except TypeError:
        raise Invalid(
            param=", ".join(sorted(set(changes) - {field.name for field in dataclasses.fields(Terms)})),
            problem=Words(en="a template has no such field", zh="模板没有这个字段"),
        ) from None
    if after == before:
        return after
    if before.state == "ended":
        raise TemplateEnded
    check_terms(after)
    _check_change(before, after, issued=counted["issued"])
    settings = ", ".join(f"{name} = ${place}" for place, name in enumerate(_FIELDS, start=2))
    await DB.fetch(
        f"UPDATE __tenant__.voucher_template SET {settings} WHERE id = $1",
        template_id, *(getattr(after, name) for name in _FIELDS))  # fmt: skip
    if before.stock != after.stock:
        await DB.fetch("UPDATE __tenant__.voucher_stock SET stock = $2 WHERE template = $1", template_id, after.stock)
    await _write_rows(template_id, before, after)
    return after


async def read_terms(template_id: uuid.UUID) -> Terms:
    """The terms of a template as they stand. Raises TemplateUnknown."""
    row = await DB.fetchrow("SELECT * FROM __tenant__.voucher_template WHERE id = $1", template_id)
    if row is None:
        raise TemplateUnknown
    scopes, hours = await scopes_of([template_id]), await hours_of([template_id])
    return Terms(
        **{name: row[name] for name in _FIELDS},
        scopes=tuple(scopes.get(template_id, ())),
        hours=tuple(hours.get(template_id, ())),
        levels=tuple(sorted((await levels_wanted([template_id])).get(template_id, ()))),
    )


async def scopes_of(templates: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Scope]]:
    """For what the vouchers of templates can be used; a template without rows is for everything."""
    rows = await DB.fetch(
        "SELECT template, kind, value, included FROM __tenant__.voucher_scope WHERE template = ANY($1::uuid[])"
        " ORDER BY template, kind, value", list(templates))  # fmt: skip
    found: dict[uuid.UUID, list[Scope]] = {}
    for row in rows:
        found.setdefault(row["template"], []).append(Scope(row["kind"], row["value"], row["included"]))
    return found


async def hours_of(templates: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Hours]]:
    """When in the week the vouchers of templates can be used; a template without rows is for always."""
    rows = await DB.fetch(
        "SELECT template, weekday, since, until FROM __tenant__.voucher_hours WHERE template = ANY($1::uuid[])"
        " ORDER BY template, weekday NULLS FIRST, since NULLS FIRST, id", list(templates))  # fmt: skip
    found: dict[uuid.UUID, list[Hours]] = {}
    for row in rows:
        found.setdefault(row["template"], []).append(Hours(row["weekday"], row["since"], row["until"]))
    return found


async def add_scope(template_id: uuid.UUID, scope: Scope) -> uuid.UUID:
    """One more product, category or channel for a template, until one is issued. Raises as `change_template`."""
    before = await read_terms(template_id)
    await change_template(template_id, {"scopes": (*before.scopes, scope)})
    row_id: uuid.UUID = await DB.fetchval(
        "SELECT id FROM __tenant__.voucher_scope WHERE template = $1 AND kind = $2 AND value = $3",
        template_id, scope.kind, scope.value)  # fmt: skip
    return row_id


async def remove_scope(row_id: uuid.UUID) -> None:
    """One less. Raises as `change_template`."""
    row = await DB.fetchrow("SELECT template, kind, value FROM __tenant__.voucher_scope WHERE id = $1", row_id)
    if row is None:
        raise TemplateUnknown
    before = await read_terms(row["template"])
    left = [scope for scope in before.scopes if (scope.kind, scope.value) != (row["kind"], row["value"])]
    await change_template(row["template"], {"scopes": tuple(left)})


async def add_hours(template_id: uuid.UUID, hours: Hours) -> uuid.UUID:
    """One more time of the week for a template, until one is issued. Raises as `change_template`."""
    before = await read_terms(template_id)
    await change_template(template_id, {"hours": (*before.hours, hours)})
    row_id: uuid.UUID = await DB.fetchval(
        "SELECT id FROM __tenant__.voucher_hours WHERE template = $1 ORDER BY id DESC LIMIT 1", template_id
    )
    return row_id


async def remove_hours(row_id: uuid.UUID) -> None:
    """One less. Raises as `change_template`."""
    row = await DB.fetchrow(
        "SELECT template, weekday, since, until FROM __tenant__.voucher_hours WHERE id = $1", row_id
    )
    if row is None:
        raise TemplateUnknown
    before = await read_terms(row["template"])
    gone = Hours(row["weekday"], row["since"], row["until"])
    await change_template(row["template"], {"hours": tuple(hours for hours in before.hours if hours != gone)})


async def add_level(template_id: uuid.UUID, level: uuid.UUID) -> uuid.UUID:
    """One more level for a template, until one is issued. Raises LevelUnknown, and as `change_template`."""
    before = await read_terms(template_id)
    await change_template(template_id, {"levels": (*before.levels, level)})
    row_id: uuid.UUID = await DB.fetchval(
        "SELECT id FROM __tenant__.voucher_level WHERE template = $1 AND level = $2", template_id, level
    )
    return row_id


async def remove_level(row_id: uuid.UUID) -> None:
    """One less. Raises as `change_template`."""
    row = await DB.fetchrow("SELECT template, level FROM __tenant__.voucher_level WHERE id = $1", row_id)
    if row is None:
        raise TemplateUnknown
    before = await read_terms(row["template"])
    await change_template(row["template"], {"levels": tuple(level for level in before.levels if level != row["level"])})


def _check_change(before: Terms, after: Terms, *, issued: int) -> None:
    changed = next((name for name in FROZEN if getattr(before, name) != getattr(after, name)), None)
    if issued and changed:
        raise TermsFrozen(field=changed)
    if before.stock != after.stock and after.kind == "external":
        raise _stock_is_the_pool()
    if after.kind == "external" != before.kind:
        raise Invalid(param="kind", problem=Words(en="make a new template for this kind", zh="此类型请新建模板"))
    if after.stock is not None and after.stock < issued:
        raise StockBelowIssued(issued=issued)
    if issued and after.state == "draft":
        raise TermsFrozen(field="state")


def _stock_is_the_pool() -> Invalid:
    return Invalid(
        param="stock",
        problem=Words(
            en="an outside benefit has as much stock as codes are brought in",
            zh="外部权益的库存即已导入的券码数量，不可填写",
        ),
    )


def _tidy(terms: Terms) -> Terms:
    """The rows in the order in which they are read, so that the same ones in another order are no change."""
    hours = sorted(
        terms.hours, key=lambda one: (one.weekday or 0, one.since or time(), one.until is None, one.until or time())
    )
    return dataclasses.replace(
        terms, scopes=tuple(sorted(terms.scopes)), hours=tuple(hours), levels=tuple(sorted(set(terms.levels)))
    )


async def _write_rows(template_id: uuid.UUID, before: Terms, after: Terms) -> None:
    await _write_scopes(template_id, before, after)
    await _write_levels(template_id, before, after)
    if before.hours != after.hours:
        await DB.fetch("DELETE FROM __tenant__.voucher_hours WHERE template = $1", template_id)
        await DB.fetch(
            "INSERT INTO __tenant__.voucher_hours (id, template, weekday, since, until, created_at)"
            " SELECT id, $2, weekday, since, until, $6"
            " FROM unnest($1::uuid[], $3::smallint[], $4::time[], $5::time[]) AS a (id, weekday, since, until)",
            [ids.new() for _ in after.hours], template_id, [hours.weekday for hours in after.hours],
            [hours.since for hours in after.hours], [hours.until for hours in after.hours], clock.now())  # fmt: skip


async def _write_scopes(template_id: uuid.UUID, before: Terms, after: Terms) -> None:
    gone = [one for one in before.scopes if one not in after.scopes]
    fresh = [one for one in after.scopes if one not in before.scopes]
    if gone:
        await DB.fetch(
            "DELETE FROM __tenant__.voucher_scope s USING unnest($2::text[], $3::text[]) AS a (kind, value)"
            " WHERE s.template = $1 AND s.kind = a.kind AND s.value = a.value",
            template_id, [scope.kind for scope in gone], [scope.value for scope in gone])  # fmt: skip
    if fresh:
        await DB.fetch(
            "INSERT INTO __tenant__.voucher_scope (id, template, kind, value, included, created_at)"
            " SELECT id, $2, kind, value, included, $6"
            " FROM unnest($1::uuid[], $3::text[], $4::text[], $5::boolean[]) AS a (id, kind, value, included)",
            [ids.new() for _ in fresh], template_id, [scope.kind for scope in fresh],
            [scope.value for scope in fresh], [scope.included for scope in fresh], clock.now())  # fmt: skip


async def _write_levels(template_id: uuid.UUID, before: Terms, after: Terms) -> None:
    gone = [one for one in before.levels if one not in after.levels]
    fresh = [one for one in after.levels if one not in before.levels]
    if gone:
        await DB.fetch(
            "DELETE FROM __tenant__.voucher_level WHERE template = $1 AND level = ANY($2::uuid[])", template_id, gone
        )
    try:
        if fresh:
            await DB.fetch(
                "INSERT INTO __tenant__.voucher_level (id, template, level, created_at)"
                " SELECT id, $2, level, $4 FROM unnest($1::uuid[], $3::uuid[]) AS a (id, level)",
                [ids.new() for _ in fresh], template_id, fresh, clock.now())  # fmt: skip
    except asyncpg.ForeignKeyViolationError:
        raise LevelUnknown from None
