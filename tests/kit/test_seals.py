"""What is locked away comes out for its purpose and owner, and for nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tenants.kit import seals

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def secret() -> Iterator[None]:
    before = list(seals._secret)
    seals.seal_with("test-only")
    yield
    seals._secret[:] = before


def test_what_was_locked_away_comes_out_again_and_lies_there_unreadable() -> None:
    locked = seals.lock_away("test", b"the secret", owner="acme:1")
    assert b"secret" not in locked
    assert locked != seals.lock_away("test", b"the secret", owner="acme:1")
    assert seals.take_out("test", locked, owner="acme:1") == b"the secret"


@pytest.mark.parametrize(("purpose", "owner"), [("other", "acme:1"), ("test", "rival:1")])
def test_it_comes_out_for_no_other_purpose_or_owner(purpose: str, owner: str) -> None:
    locked = seals.lock_away("test", b"the secret", owner="acme:1")
    with pytest.raises(seals.SafeBroken):
        seals.take_out(purpose, locked, owner=owner)


@pytest.mark.parametrize("place", [0, 1, 13, -1])
def test_one_changed_byte_breaks_it(place: int) -> None:
    locked = bytearray(seals.lock_away("test", b"the secret", owner="acme:1"))
    locked[place] ^= 1
    with pytest.raises(seals.SafeBroken):
        seals.take_out("test", bytes(locked), owner="acme:1")


@pytest.mark.parametrize("nothing", [b"", b"\x01", b"\x01" + bytes(12)])
def test_what_is_too_short_is_broken(nothing: bytes) -> None:
    with pytest.raises(seals.SafeBroken):
        seals.take_out("test", nothing, owner="acme:1")


def test_another_installation_cannot_take_it_out() -> None:
    locked = seals.lock_away("test", b"the secret", owner="acme:1")
    seals.seal_with("another")
    with pytest.raises(seals.SafeBroken):
        seals.take_out("test", locked, owner="acme:1")


def test_after_a_rotation_what_a_former_secret_locked_is_opened_and_found() -> None:
    locked, found_by = seals.lock_away("test", b"code", owner="acme:1"), seals.fingerprint("test", b"code")
    seals.seal_with("new", "test-only")
    assert seals.take_out("test", locked, owner="acme:1") == b"code"
    assert found_by in seals.fingerprints("test", b"code")
    assert seals.fingerprint("test", b"code") == seals.fingerprints("test", b"code")[0] != found_by
    seals.seal_with("new")
    with pytest.raises(seals.SafeBroken):
        seals.take_out("test", locked, owner="acme:1")
    assert found_by not in seals.fingerprints("test", b"code")


def test_a_fingerprint_is_of_one_purpose() -> None:
    assert seals.fingerprint("one", b"code") != seals.fingerprint("two", b"code")


def test_nothing_is_locked_away_without_a_secret() -> None:
    seals._secret[0] = b""
    with pytest.raises(RuntimeError):
        seals.lock_away("test", b"the secret", owner="acme:1")
