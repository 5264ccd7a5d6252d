"""Surveys that are ready to use, by trade: each in Chinese and English, with its ways, tags and settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.surveys.rules.refusals import TemplateUnknown
from tenants.surveys.rules.templates import experiences, goods, wishes

if TYPE_CHECKING:
    from tenants.surveys.rules.templates.writing import Template

TEMPLATES: dict[str, Template] = {
    one.key: one for one in (*goods.TEMPLATES, *experiences.TEMPLATES, *wishes.TEMPLATES)
}  # fmt: skip


def template(key: str) -> Template:
    """The template of that key. Raises TemplateUnknown."""
    found = TEMPLATES.get(key)
    if found is None:
        raise TemplateUnknown
    return found
