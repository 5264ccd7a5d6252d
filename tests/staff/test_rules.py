"""What holds for a shop's people, their passwords and their sessions."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import staff
from tenants.kit import clock
from tenants.kit.errors import DomainError, Invalid
from tenants.staff.checks import CHECKS
from tenants.staff.rules import limits
from tenants.staff.rules.people import LastOwner
from tenants.staff.rules.sessions import purge
from tenants.tenancy import DB, use_tenant
from tests.make import staff as make

if TYPE_CHECKING:
    from tests.conftest import Shop


async def session_of(shop: Shop, username: str = "owner", *, old: str | None = None) -> str:
    with use_tenant(shop.tenant):
        person = await staff.recognise(username=username, password=make.PASSWORD)
    async with shop.open():
        return await staff.open_session(person, address="203.0.113.9", old_token=old)


async def test_a_password_is_kept_only_as_an_argon2id_hash(acme: Shop) -> None:
    async with acme.open():
        await make.person()
    kept = await acme.value("SELECT password FROM __tenant__.staff")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert make.PASSWORD not in kept


@pytest.mark.parametrize("password", ["short", "owner-owner", "aaaaaaaaaaaa", "x" * 201, "with\x00nul-inside"])
async def test_an_unfit_password_is_refused_and_nobody_is_made(acme: Shop, password: str) -> None:
    with pytest.raises(staff.PasswordUnfit):
        async with acme.open():
            await make.person(username="owner-owner", password=password)
    assert await acme.value("SELECT count(*) FROM __tenant__.staff") == 0


@pytest.mark.parametrize("username", ["", "x", "a b", "böse", "a" * 101, "a\x00b", "-first"])
async def test_an_unfit_user_name_is_refused(acme: Shop, username: str) -> None:
    with pytest.raises(Invalid):
        async with acme.open():
            await staff.create(username=username, password=make.PASSWORD)


async def test_a_user_name_is_taken_once_whatever_its_case(acme: Shop) -> None:
    async with acme.open():
        await make.person(username="ann")
    with pytest.raises(staff.UsernameTaken):
        async with acme.open():
            await make.person(username="ANN")
    assert await acme.value("SELECT count(*) FROM __tenant__.staff") == 1


async def test_wrong_user_and_wrong_password_look_the_same_and_take_as_long(acme: Shop) -> None:
    async with acme.open():
        await make.person()
    took: dict[str, float] = {}
    with use_tenant(acme.tenant):
        for username in ("owner", "nobody"):
            best = 9.0
            for _ in range(4):
                started = time.perf_counter()
                with pytest.raises(staff.WrongPassword):
                    await staff.recognise(username=username, password="wrong password")
                best = min(best, time.perf_counter() - started)
            took[username] = best
    assert 0.4 < took["owner"] / took["nobody"] < 2.5, took


async def test_somebody_who_is_not_active_cannot_come_in_and_is_out_at_once(acme: Shop) -> None:
    async with acme.open():
        await make.person()
        other = await make.person("agent")
    token = await session_of(acme, "agent")
    async with acme.open():
        await staff.update(other, active=False)
    with use_tenant(acme.tenant), pytest.raises(staff.SessionOver):
        await staff.session(token)
    with use_tenant(acme.tenant), pytest.raises(staff.WrongPassword):
        await staff.recognise(username="agent", password=make.PASSWORD)


async def test_a_session_is_new_at_each_sign_in_and_ends_the_one_before(acme: Shop) -> None:
    async with acme.open():
        await make.person()
    first = await session_of(acme)
    second = await session_of(acme, old=first)
    assert first != second
    with use_tenant(acme.tenant):
        assert (await staff.session(second)).username == "owner"
        with pytest.raises(staff.SessionOver):
            await staff.session(first)
    assert first.encode() not in str(await acme.rows("SELECT * FROM __tenant__.staff_session")).encode()


async def test_a_session_ends_eight_hours_after_its_last_use_and_seven_days_after_it_began(acme: Shop) -> None:
    async with acme.open():
        await make.person()
    begin = clock.now()
    token = await session_of(acme)
    with use_tenant(acme.tenant):
        for hours in range(7, 7 * 24, 7):
            with clock.at(begin + timedelta(hours=hours)):
                await staff.session(token)
        with clock.at(begin + timedelta(days=7, seconds=5)), pytest.raises(staff.SessionOver):
            await staff.session(token)
    idle = await session_of(acme)
    with use_tenant(acme.tenant), clock.at(clock.now() + timedelta(hours=8, seconds=5)):
        with pytest.raises(staff.SessionOver):
            await staff.session(idle)
        assert await purge() >= 1


async def test_use_does_not_bring_a_signed_out_session_back(acme: Shop) -> None:
    async with acme.open():
        await make.person()
    token = await session_of(acme)
    later = clock.now() + timedelta(minutes=5)

    async def use() -> None:
        with use_tenant(acme.tenant), clock.at(later):
            for _ in range(10):
                try:
                    await staff.session(token)
                except staff.SessionOver:
                    return

    async def leave() -> None:
        async with acme.open():
            await staff.sign_out(token)

    await asyncio.gather(*(use() for _ in range(8)), leave())
    with use_tenant(acme.tenant), pytest.raises(staff.SessionOver):
        await staff.session(token)


async def test_a_new_password_ends_every_session(acme: Shop) -> None:
    async with acme.open():
        owner = await make.person()
    tokens = [await session_of(acme), await session_of(acme)]
    async with acme.open():
        await staff.change_password(owner, new="another long password")
    with use_tenant(acme.tenant):
        for token in tokens:
            with pytest.raises(staff.SessionOver):
                await staff.session(token)


async def test_a_session_of_one_shop_is_nothing_to_another(acme: Shop, rival: Shop) -> None:
    async with acme.open():
        await make.person()
    token = await session_of(acme)
    with use_tenant(rival.tenant), pytest.raises(staff.SessionOver):
        await staff.session(token)


async def test_two_owners_who_demote_each_other_at_once_leave_one(acme: Shop) -> None:
    async with acme.open():
        people = [await make.person(username="one"), await make.person(username="two")]

    async def demote(who: object) -> str:
        try:
            async with acme.open():
                await staff.update(who, role="agent")  # type: ignore[arg-type]
        except LastOwner:
            return "refused"
        return "done"

    assert sorted(await asyncio.gather(*map(demote, people))) == ["done", "refused"]
    assert await acme.value("SELECT count(*) FROM __tenant__.staff WHERE role = 'owner'") == 1


async def knock(shop: Shop, username: str = "owner", address: str = "203.0.113.9") -> int:
    """Seconds to wait; 0 if the attempt counted."""
    try:
        async with shop.open():
            await staff.knock(username=username, address=address)
    except staff.TooManyAttempts as error:
        seconds = error.facts["seconds"]
        assert isinstance(seconds, int)
        return seconds
    return 0


async def test_after_five_attempts_waits_grow_to_fifteen_minutes_and_heal(acme: Shop) -> None:
    moment = clock.now()
    waits = []
    for _ in range(5):
        with clock.at(moment):
            assert await knock(acme) == 0
    for _ in range(12):
        with clock.at(moment):
            waits.append(await knock(acme))
        moment += timedelta(seconds=waits[-1] + 1)
        with clock.at(moment):
            assert await knock(acme) == 0
    assert waits == sorted(waits)
    assert waits[0] <= 5
    assert 890 <= waits[-1] <= 901
    with clock.at(moment + timedelta(minutes=31)):
        assert [await knock(acme) for _ in range(5)] == [0] * 5


async def test_a_hundred_attempts_at_once_do_not_slip_through(acme: Shop) -> None:
    answers = await asyncio.gather(*(knock(acme) for _ in range(60)))
    assert sum(answer == 0 for answer in answers) == 5


async def test_an_attacker_locks_out_neither_the_person_elsewhere_nor_the_neighbour(acme: Shop) -> None:
    for _ in range(15):
        await knock(acme, "owner", "203.0.113.66")
    assert await knock(acme, "owner", "203.0.113.66") > 0
    assert await knock(acme, "owner", "198.51.100.7") == 0  # the owner, at home
    assert await knock(acme, "agent", "203.0.113.66") == 0  # a colleague behind the same proxy


async def test_a_stranger_with_many_addresses_locks_nobody_out_where_that_person_has_signed_in(acme: Shop) -> None:
    async with acme.open():
        await make.person()
    begin = clock.now()
    with clock.at(begin):
        await session_of(acme)  # from 203.0.113.9
    for days in (1, 29):
        with clock.at(begin + timedelta(days=days)):
            for number in range(40):
                await knock(acme, "owner", f"198.51.100.{number}")
            assert await knock(acme, "owner", "198.51.100.99") > 0  # a place where nobody knows the owner
            assert [await knock(acme) for _ in range(5)] == [0] * 5
            assert await knock(acme) > 0  # what counts there counts still
            with use_tenant(acme.tenant):
                await purge()
    with clock.at(begin + timedelta(days=31)):
        for number in range(40):
            await knock(acme, "owner", f"198.51.100.{number}")
        assert await knock(acme) > 0


async def test_a_password_that_changed_meanwhile_opens_no_session_and_sets_no_other(acme: Shop) -> None:
    async with acme.open():
        owner = await make.person()
    with use_tenant(acme.tenant):
        known = await staff.recognise(username="owner", password=make.PASSWORD)
    assert known.proof not in repr(known)
    async with acme.open():
        await staff.change_password(owner, new="another long password")
    with pytest.raises(staff.WrongPassword):
        async with acme.open():
            await staff.open_session(known, address="203.0.113.9")
    with pytest.raises(staff.WrongPassword):
        async with acme.open():
            await staff.change_password(owner, new="a password of the thief", proof=known.proof)
    assert await acme.value("SELECT count(*) FROM __tenant__.staff_session") == 0
    with use_tenant(acme.tenant):
        await staff.recognise(username="owner", password="another long password")


async def test_no_session_outlives_a_password_that_changes_at_the_same_moment(acme: Shop) -> None:
    async with acme.open():
        owner = await make.person()
    with use_tenant(acme.tenant):
        known = await staff.recognise(username="owner", password=make.PASSWORD)

    async def come_in() -> str:
        try:
            async with acme.open():
                await staff.open_session(known, address="203.0.113.9")
        except staff.WrongPassword:
            return "refused"
        return "in"

    async def change() -> None:
        async with acme.open():
            await staff.change_password(owner, new="another long password")

    await asyncio.gather(*(come_in() for _ in range(15)), change(), *(come_in() for _ in range(15)))
    assert await acme.value("SELECT count(*) FROM __tenant__.staff_session") == 0
    assert await come_in() == "refused"


async def test_addresses_of_one_ipv6_network_count_together() -> None:
    assert limits.network("2001:db8:1:2::1") == limits.network("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert limits.network("2001:db8:1:3::1") != limits.network("2001:db8:1:2::1")
    assert limits.network("::ffff:192.0.2.1") == "192.0.2.1"
    assert limits.network("not an address") == "unknown"


async def test_the_right_password_forgives_the_attempts_before_it(acme: Shop) -> None:
    async with acme.open():
        await make.person()
    for _ in range(4):
        assert await knock(acme) == 0
    await session_of(acme)
    assert [await knock(acme) for _ in range(5)] == [0] * 5


async def test_attempts_at_one_shop_do_not_count_at_another(acme: Shop, rival: Shop) -> None:
    for _ in range(7):
        await knock(acme)
    assert await knock(acme) > 0
    assert await knock(rival) == 0


async def test_secrets_are_masked_in_the_audit_trail(acme: Shop) -> None:
    async with acme.open():
        await staff.note(
            "change", subject="staff", after={"password": "hunter2hunter2", "name": "王", "token_hash": "x"}
        )
    [row] = await acme.rows("SELECT * FROM __tenant__.audit")
    assert "hunter2" not in row["after"]
    assert "王" in row["after"]


async def test_the_checks_find_nothing_in_a_sound_shop_and_something_in_a_broken_one(acme: Shop) -> None:
    async with acme.open():
        await make.person()
    await session_of(acme)
    for check in CHECKS:
        assert await acme.rows(check.sql) == []
    async with acme.open():
        await DB.fetch("UPDATE __tenant__.staff SET password = 'plain', active = FALSE")
    broken = {check.name for check in CHECKS if await acme.rows(check.sql)}
    assert {"staff.passwords_are_hashes", "staff.an_owner_is_there"} <= broken


async def test_hashing_does_not_hold_up_others(acme: Shop) -> None:
    async with acme.open():
        await make.person()
    longest = 0.0
    done = asyncio.Event()

    async def watch() -> None:
        nonlocal longest
        while not done.is_set():
            started = time.perf_counter()
            await asyncio.sleep(0)
            longest = max(longest, time.perf_counter() - started)

    async def attempt() -> None:
        with use_tenant(acme.tenant), pytest.raises(DomainError):
            await staff.recognise(username="owner", password="wrong password")

    watcher = asyncio.create_task(watch())
    await asyncio.gather(*(attempt() for _ in range(12)))
    done.set()
    await watcher
    assert longest < 0.25
