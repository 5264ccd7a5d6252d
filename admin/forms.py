"""Forms of the desk: read strictly, run as the subject's verb, noted in the audit trail."""

from __future__ import annotations

import re
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from admin import schema, values
from admin.refusals import BadForm, in_their_words
from tenants.kit import ids
from tenants.kit.errors import Invalid
from tenants.kit.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admin.reader import Reader
    from tenants.kit.desk import Field, Form

TEXT_MAX = 20_000
WHOLE_MAX = 2**53 - 1
_ONCE = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")


async def submit(form: Form, body: Mapping[str, Any], reader: Reader) -> str:
    """Do what a form is for and answer with its sentence. Raises BadForm, and what the verb raises."""
    given = await _read(form, body)
    try:
        result = await form.run(dict(given))  # a copy: what was given is noted below
    except Invalid as error:
        raise in_their_words(error, {field.name: field.label for field in form.fields}) from error
    kept: dict[str, Any] = dict(given) if form.audit == "values" else dict.fromkeys(given, "…")
    await reader.note("form", subject=form.slug, row_id=given["once"], after=kept)
    return result.say() if isinstance(result, Words) else result


async def _read(form: Form, body: Mapping[str, Any]) -> dict[str, Any]:
    fields = {field.name: field for field in form.fields}
    problems: dict[str, str] = {
        str(name)[:60]: Words(en="this form does not ask for it", zh="此表单没有该项").say()
        for name in body
        if name not in fields and name != "once"
    }
    given: dict[str, Any] = {}
    for name, field in fields.items():
        try:
            given[name] = await _read_field(field, body.get(name))
        except values.Unfit as error:
            problems[field.label.say()] = error.words.say()
    once = body.get("once") or str(ids.new())
    if not isinstance(once, str) or not _ONCE.match(once):
        problems["once"] = Words(en="reload the form", zh="请刷新表单").say()
    if problems:
        raise BadForm(problems)
    given["once"] = once
    return given


async def _read_field(field: Field, raw: Any) -> Any:
    if raw in (None, "") and field.kind != "list":
        if field.required:
            raise values.Unfit(_NEEDED)
        return None
    if field.choices is not None:
        text = values.read_text(raw, most=200)
        if text not in await schema.chosen_from(field):
            raise values.Unfit(Words(en="choose one of the list", zh="请从列表中选择"))
        return text
    read: Callable[[Field, Any], Any] = _READERS.get(field.kind, _read_text)
    return read(field, raw)


def _read_text(field: Field, raw: Any) -> str:
    text = values.read_text(raw, most=field.most or (TEXT_MAX if field.kind == "long" else 500)).strip()
    if field.required and not text:
        raise values.Unfit(_NEEDED)
    return text


def _read_whole(field: Field, raw: Any) -> int:
    least = field.least if field.least is not None else -WHOLE_MAX
    return values.read_whole(raw, least=least, most=field.most or WHOLE_MAX)


def _read_decimal(field: Field, raw: Any) -> Decimal:
    value = values.read_decimal(raw)
    if field.least is not None and value < field.least:
        raise values.Unfit(Words(en=f"use at least {field.least}", zh=f"不能小于 {field.least}"))
    if field.most is not None and value > field.most:
        raise values.Unfit(Words(en=f"use at most {field.most}", zh=f"不能大于 {field.most}"))
    return value


def _read_id(raw: Any) -> uuid.UUID:
    try:
        return uuid.UUID(values.read_text(raw, most=40))
    except ValueError:
        raise values.Unfit(Words(en="choose one from the list", zh="请从列表中选择")) from None


def _read_list(field: Field, raw: Any) -> list[str]:
    items = raw if isinstance(raw, list) else []
    read = [values.read_text(item, most=500).strip() for item in items[:1000] if item not in (None, "")]
    read = [item for item in read if item]
    if field.required and not read:
        raise values.Unfit(_NEEDED)
    return read


_NEEDED = Words(en="this is needed", zh="必填")
_READERS: dict[str, Callable[[Field, Any], Any]] = {
    "whole": _read_whole,
    "decimal": _read_decimal,
    "date": lambda _, raw: values.read_date(raw),
    "time": lambda _, raw: values.read_time(raw),
    "yes_no": lambda _, raw: values.read_yes_no(raw),
    "member": lambda _, raw: _read_id(raw),
    "list": _read_list,
}
