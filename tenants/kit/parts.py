"""Gathers one kind of file from every subject, in the order of `tenants.SUBJECTS`.

The three processes are made of this: the web process asks for every `api`, the admin for every `admin`, the worker
for every `jobs`. There is no scanning: a subject is listed in SUBJECTS, a kind of file is present or not.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType


def gather(kind: str) -> list[ModuleType]:
    """The modules `tenants.<subject>.<kind>` that exist."""
    from tenants import SUBJECTS  # noqa: PLC0415  the register imports nothing and is imported by all

    names = [f"tenants.{subject}.{kind}" for subject in SUBJECTS]
    return [importlib.import_module(name) for name in names if importlib.util.find_spec(name)]


def gather_listed(kind: str, listing: str) -> list[Any]:
    """What the lists called `listing` in those modules hold, joined."""
    return [thing for module in gather(kind) for thing in getattr(module, listing, ())]
