"""Piccolo Admin's page is the one that our changes were written for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admin import bundle
from tests.make import staff as make

if TYPE_CHECKING:
    from tests.conftest import Shop


def test_every_change_finds_its_place() -> None:
    assert {name.rpartition(".")[2] for name in bundle.assets()} == {"js", "css", "svg"}


def test_a_bundle_in_which_something_moved_is_refused_by_name() -> None:
    with pytest.raises(bundle.BundleMoved, match="instead of 1"):
        bundle.change("something else")


def test_every_english_phrase_of_ours_has_its_chinese() -> None:
    chinese = bundle.LANGUAGES["zh"].translations
    for phrase in bundle._PLAIN:
        assert phrase in chinese, phrase


async def test_each_page_brings_its_own_icon_which_everybody_may_fetch(acme: Shop) -> None:
    client = await make.desk(acme)
    assert "./assets/icon.svg" in (await client.get("/admin/")).text
    stranger = acme.client()
    assert "/admin/assets/icon.svg" in (await stranger.get("/admin/login")).text
    icon = await stranger.get("/admin/assets/icon.svg")
    assert (icon.status_code, icon.headers["content-type"]) == (200, "image/svg+xml")


async def test_the_page_is_packed_and_kept_by_its_tag(acme: Shop) -> None:
    client = acme.client()
    name = next(name for name in bundle.assets() if name.endswith(".js"))
    reply = await client.get(f"/admin/assets/{name}", headers={"Accept-Encoding": "gzip"})
    assert (reply.status_code, reply.headers["content-encoding"]) == (200, "gzip")
    again = await client.get(f"/admin/assets/{name}", headers={"If-None-Match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for path in ("../desk.py", "%2e%2e/desk.py", "none.js", ""):
        assert (await client.get(f"/admin/assets/{path}")).status_code in {401, 404}, path
