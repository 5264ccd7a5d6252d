"""Keys: shown once, recognised by their digest, rotated with overlap, ended."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import pytest

from tenants.kit import clock, ids
from tenants.kit.errors import Invalid
from tenants.tenancy import DB, keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Shop

SECRET = "an application's secret"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    keys.forget()
    yield
    keys.forget()


async def test_a_key_is_recognised_and_only_its_digest_is_kept(acme: Shop) -> None:
    key_id, text = await keys.make(acme.tenant.id, "secret", name="backend", app_secret=SECRET)
    assert text.startswith("sk_live_")
    assert len(text) == len("sk_live_") + 32
    found = await keys.recognise(text)
    assert found == keys.Key(key_id, acme.tenant.id, "secret", ())
    [row] = await DB.registry_fetch("SELECT * FROM platform.api_key WHERE id = $1", key_id)
    assert row["digest"] == hashlib.sha256(text.encode()).digest()
    assert text not in repr(dict(row))
    assert text[12:-4] not in repr(dict(row))
    assert row["hint"].startswith("sk_live_")


@pytest.mark.parametrize("kind", ["secret", "publishable"])
async def test_every_key_is_another(acme: Shop, kind: Literal["secret", "publishable"]) -> None:
    made = {(await keys.make(acme.tenant.id, kind, app_secret=SECRET))[1] for _ in range(50)}
    assert len(made) == 50


async def test_a_key_with_anything_changed_is_unknown(acme: Shop) -> None:
    _, text = await keys.make(acme.tenant.id, "secret", app_secret=SECRET)
    for wrong in (
        text[:-1], text + "x", text.upper(), text.replace("sk_", "pk_"), " " + text, text + "\x00", text + "\n", "",
        "sk_live_", "sk_live_" + "x" * 100_000, "sk_live_\ud800", "sk_live_' OR 1=1 --", text[:12] + "…" + text[-4:],
        text[:-1] + ("A" if text[-1] != "A" else "B"),
    ):  # fmt: skip
        assert await keys.recognise(wrong) is None
    assert await keys.recognise(text)


async def test_an_origin_is_kept_as_browsers_send_it(acme: Shop) -> None:
    given = [" HTTPS://Shop.Example ", "https://shop.example:443", "http://localhost:5173", "http://a.example:80"]
    _, text = await keys.make(acme.tenant.id, "publishable", origins=given, app_secret=SECRET)
    found = await keys.recognise(text)
    assert found
    assert found.origins == (
        "https://shop.example",
        "https://shop.example",
        "http://localhost:5173",
        "http://a.example",
    )


@pytest.mark.parametrize(
    "origin", ["", "shop.example", "https://shop.example/", "https://shop.example/a", "https://", "*", "null",
               "https://*.example", "ftp://shop.example", "https://shop.example:x", "https://a b"],
)  # fmt: skip
async def test_what_is_no_origin_makes_no_key(acme: Shop, origin: str) -> None:
    before = len(await keys.of_tenant(acme.tenant.id))
    with pytest.raises(Invalid) as caught:
        await keys.make(acme.tenant.id, "publishable", origins=[origin], app_secret=SECRET)
    assert caught.value.facts["param"] == "origin"
    assert len(await keys.of_tenant(acme.tenant.id)) == before


async def test_only_our_prefixes_are_looked_up(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    key_id, signing = await keys.make(acme.tenant.id, "signing", app_secret=SECRET)

    async def never(_self: object, sql: str, *_: object) -> list[object]:
        raise AssertionError(sql)

    monkeypatch.setattr(type(DB), "registry_fetch", never)
    for text in (signing, "Bearer sk_live_x", "xsk_live_x", "eyJhbGciOi", str(key_id)):
        assert await keys.recognise(text) is None


async def test_a_signing_secret_is_derived_and_kept_nowhere(acme: Shop) -> None:
    key_id, text = await keys.make(acme.tenant.id, "signing", app_secret=SECRET)
    assert text == keys.signing_secret(key_id, app_secret=SECRET)
    assert text != keys.signing_secret(key_id, app_secret=SECRET + "x")
    assert text != keys.signing_secret(ids.new(), app_secret=SECRET)
    [row] = await DB.registry_fetch("SELECT * FROM platform.api_key WHERE id = $1", key_id)
    assert text not in repr(dict(row))
    assert row["hint"] == ids.show("key", key_id)
    assert await keys.signing_keys(acme.tenant.id) == [key_id]


async def test_a_rotated_key_works_on_for_the_overlap(acme: Shop) -> None:
    old_id, old = await keys.make(
        acme.tenant.id, "publishable", name="web", origins=["https://a.example"], app_secret=SECRET
    )
    new_id, new = await keys.rotate(old_id, overlap=DAY, app_secret=SECRET)
    start = clock.now()
    for text, key_id in ((old, old_id), (new, new_id)):
        assert await keys.recognise(text) == keys.Key(key_id, acme.tenant.id, "publishable", ("https://a.example",))
    keys.forget()
    with clock.at(start + DAY - timedelta(seconds=1)):
        assert await keys.recognise(old)
    keys.forget()
    with clock.at(start + DAY + timedelta(seconds=1)):
        assert await keys.recognise(old) is None
        assert await keys.recognise(new)
        with pytest.raises(keys.KeyUnknown):
            await keys.rotate(old_id, app_secret=SECRET)


async def test_rotating_again_never_makes_an_end_later(acme: Shop) -> None:
    key_id, text = await keys.make(acme.tenant.id, "secret", app_secret=SECRET)
    await keys.rotate(key_id, overlap=timedelta(minutes=1), app_secret=SECRET)
    await keys.rotate(key_id, overlap=DAY, app_secret=SECRET)
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert await keys.recognise(text) is None


async def test_rotating_is_whole_or_nothing(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    key_id, text = await keys.make(acme.tenant.id, "secret", app_secret=SECRET)
    with monkeypatch.context() as patched:
        patched.setattr(keys, "make", lambda *_, **__: (_ for _ in ()).throw(LookupError()))
        with pytest.raises(LookupError):
            await keys.rotate(key_id, overlap=-DAY, app_secret=SECRET)
    assert await keys.recognise(text)


async def test_a_revoked_key_ends_at_once_and_others_do_not(acme: Shop, rival: Shop) -> None:
    key_id, text = await keys.make(acme.tenant.id, "secret", app_secret=SECRET)
    assert await keys.recognise(text)
    await keys.revoke(key_id)
    assert await keys.recognise(text) is None
    with clock.at(clock.now() + timedelta(seconds=1)):
        assert await keys.recognise(text) is None
    assert await keys.recognise(rival.secret_key)
    for unknown in (ids.new(), uuid.UUID(int=0)):
        with pytest.raises(keys.KeyUnknown):
            await keys.revoke(unknown)
        with pytest.raises(keys.KeyUnknown):
            await keys.rotate(unknown, app_secret=SECRET)


async def test_a_signing_key_that_was_revoked_no_longer_signs(acme: Shop) -> None:
    first, _ = await keys.make(acme.tenant.id, "signing", app_secret=SECRET)
    with clock.at(clock.now() + timedelta(seconds=1)):
        second, _ = await keys.make(acme.tenant.id, "signing", app_secret=SECRET)
    assert await keys.signing_keys(acme.tenant.id) == [second, first]
    await keys.revoke(first)
    assert await keys.signing_keys(acme.tenant.id) == [second]


async def test_strangers_keys_do_not_fill_the_memory(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database
    monkeypatch.setattr(keys, "_UNKNOWN_MAX", 20)
    for number in range(100):
        assert await keys.recognise(f"sk_live_{number}") is None
        assert len(keys._unknown) <= 20
