"""What members can tell us, and what must hold whoever asks at the same time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tenants import members
from tenants.kit import clock, facts, ids
from tenants.kit.errors import DomainError, Invalid
from tenants.members import Birthday, Profile
from tenants.members.checks import CHECKS
from tests.make import members as make

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from tests.conftest import Shop

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
async def all_holds(acme: Shop) -> AsyncIterator[None]:
    """After each test, whatever must always hold does hold."""
    yield
    for check in CHECKS:
        assert await acme.rows(check.sql) == [], check.name


async def test_a_member_is_kept_as_told_and_cleaned(acme: Shop) -> None:
    async with acme.open():
        made = await members.create(
            Profile(
                external_id=" a-1 ", name=" 李雷 ", phone="138 0013 8000", email=" Li.Lei@Example.COM ", locale="zh"
            ),
            birthday=Birthday(5, 20, 1990),
            tags=["vip", "vip ", "spring"],
        )
        found = await members.find(made.id)
    assert found == made
    assert (found.external_id, found.name, found.phone) == ("a-1", "李雷", "+8613800138000")
    assert found.email == "Li.Lei@example.com"
    assert found.tags == ("spring", "vip")
    assert found.birthday == Birthday(5, 20, 1990)
    assert not made.repeated


async def test_a_local_number_is_read_in_the_shops_region_and_a_foreign_one_by_its_code(acme: Shop) -> None:
    async with acme.open():
        local = await make.member(phone="13800138000")
        foreign = await make.member(phone="+44 20 7031 3000")
    assert local.phone == "+8613800138000"
    assert foreign.phone == "+442070313000"


async def test_the_same_creation_again_is_the_same_member(acme: Shop) -> None:
    async with acme.open():
        first = await members.create(Profile(external_id="a-1", name="Li"), birthday=Birthday(2, 29), tags=["vip"])
    async with acme.open():
        again = await members.create(Profile(external_id="a-1", name="Li"), birthday=Birthday(2, 29), tags=["vip"])
    assert again.repeated
    assert again.id == first.id
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 1


async def test_an_external_id_with_other_facts_is_refused_and_changes_nothing(acme: Shop) -> None:
    async with acme.open():
        first = await members.create(Profile(external_id="a-1", name="Li"))
    with pytest.raises(members.ExternalIdTaken):
        async with acme.open():
            await members.create(Profile(external_id="a-1", name="Han"))
    async with acme.open():
        assert await members.find(first.id) == first


async def test_fifty_simultaneous_creations_of_one_external_id_make_one_member(acme: Shop) -> None:
    async def create() -> members.Member:
        async with acme.open():
            return await members.create(Profile(external_id="a-1", name="Li"))

    made = await asyncio.gather(*(create() for _ in range(50)))
    assert len({member.id for member in made}) == 1
    assert sum(not member.repeated for member in made) == 1
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 1


async def test_two_shops_may_know_different_members_by_one_external_id(acme: Shop, rival: Shop) -> None:
    async with acme.open():
        ours = await members.create(Profile(external_id="a-1", name="Li"))
    async with rival.open():
        theirs = await members.create(Profile(external_id="a-1", name="Bo"))
        with pytest.raises(members.MemberUnknown):
            await members.find(ours.id)
        assert await members.find_by_external_id("a-1") == theirs


async def test_a_change_leaves_what_is_not_said_and_none_takes_back(acme: Shop) -> None:
    async with acme.open():
        member = await make.member(phone="13800138000", region="Zhejiang")
        changed = await members.change(member.id, Profile(phone=None, occupation="Teacher"))
    assert (changed.phone, changed.region, changed.occupation) == (None, "Zhejiang", "Teacher")


async def test_a_change_that_changes_nothing_does_not_count_as_an_update(acme: Shop) -> None:
    async with acme.open():
        member = await make.member(name="Li")
        assert await members.change(member.id, Profile(name=" Li ")) == member


async def test_an_external_id_cannot_be_moved_onto_that_of_another(acme: Shop) -> None:
    async with acme.open():
        first, second = await make.members_of_count(2)
    with pytest.raises(members.ExternalIdTaken):
        async with acme.open():
            await members.change(second.id, Profile(external_id=first.external_id))
    async with acme.open():
        assert (await members.find(second.id)).external_id == second.external_id


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("external_id", "x" * 101), ("name", "x" * 201), ("name", "a\x00b"), ("name", "a\nb"), ("name", "a\ud800"),
        ("phone", "12"), ("phone", "not a number"), ("phone", "+1" + "5" * 60), ("phone", "\x00"),
        ("phone", "+999123456"),
        ("email", "no-at"), ("email", "a@b"), ("email", "a b@c.de"), ("email", "a@b@c.de"),
        ("email", "a@c.de\r\nBcc: x@y.zz"),
        ("email", "x" * 250 + "@c.de"), ("email", "<a@c.de>"), ("gender", "robot"), ("locale", "not a tag"),
        ("timezone", "Mars/Phobos"), ("timezone", "../etc/passwd"), ("source", ""), ("name", None),
    ],
)  # fmt: skip
async def test_what_cannot_be_used_is_refused_by_name(acme: Shop, field: str, value: Any) -> None:
    said: Any = {field: value}
    with pytest.raises(Invalid) as refused:
        async with acme.open():
            await members.create(said)
    assert refused.value.facts["param"] == field
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 0


@pytest.mark.parametrize(
    ("birthday", "good"),
    [
        (Birthday(2, 29), True), (Birthday(2, 29, 2024), True), (Birthday(2, 29, 2023), False),
        (Birthday(2, 29, 1900), False), (Birthday(2, 30), False), (Birthday(4, 31), False), (Birthday(12, 31), True),
        (Birthday(2, 30, None, "lunar"), True), (Birthday(12, 30, 1990, "lunar"), True),
        (Birthday(1, 31, None, "lunar"), False), (Birthday(13, 1), False), (Birthday(0, 1), False),
        (Birthday(1, 0), False), (Birthday(1, 1, 1899), False), (Birthday(1, 1, 9999), False),
    ],
)  # fmt: skip
async def test_a_birthday_is_a_day_that_exists(acme: Shop, birthday: Birthday, *, good: bool) -> None:
    async with acme.open():
        member = await make.member()
        if good:
            assert (await members.set_birthday(member.id, birthday)).birthday == birthday
        else:
            with pytest.raises(Invalid):
                await members.set_birthday(member.id, birthday)
            assert await members.find(member.id) == member


async def test_a_birthday_in_the_future_is_refused(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            member = await make.member()
            await members.set_birthday(member.id, Birthday(3, 1, 2026))
            with pytest.raises(Invalid):
                await members.set_birthday(member.id, Birthday(3, 2, 2026))


async def test_a_member_changes_their_own_birthday_once_in_365_days(acme: Shop) -> None:
    async with acme.open():
        member = await make.member()
        with clock.at(NOON):
            await members.set_birthday(member.id, Birthday(5, 20), by_member=True)
        with clock.at(NOON + timedelta(days=365, seconds=-1)):
            same = await members.set_birthday(member.id, Birthday(5, 20), by_member=True)
            assert same.birthday == Birthday(5, 20)
            with pytest.raises(members.BirthdayLocked) as refused:
                await members.set_birthday(member.id, Birthday(5, 21), by_member=True)
            assert refused.value.facts["opens_on"] == "2027-03-02"  # the first day on all of which it is open
            assert (await members.find(member.id)).birthday == Birthday(5, 20)
        with clock.at(NOON + timedelta(days=365)):
            changed = await members.set_birthday(member.id, Birthday(5, 21), by_member=True)
    assert changed.birthday == Birthday(5, 21)


async def test_the_shop_may_correct_a_birthday_at_any_time_and_that_starts_no_lock(acme: Shop) -> None:
    async with acme.open():
        member = await make.member()
        with clock.at(NOON):
            await members.set_birthday(member.id, Birthday(5, 20))
            await members.set_birthday(member.id, Birthday(5, 21), by_member=True)
            corrected = await members.set_birthday(member.id, Birthday(5, 22))
            taken_out = await members.set_birthday(member.id, None)
            assert taken_out.birthday is None
            # Taking it out and telling it afresh is no way round the lock.
            with pytest.raises(members.BirthdayLocked):
                await members.set_birthday(member.id, Birthday(5, 23), by_member=True)
    assert corrected.birthday == Birthday(5, 22)


async def test_of_twenty_birthdays_told_at_once_by_a_member_one_counts(acme: Shop) -> None:
    async with acme.open():
        member = await make.member()

    async def tell(day: int) -> int:
        try:
            async with acme.open():
                await members.set_birthday(member.id, Birthday(5, day), by_member=True)
        except members.BirthdayLocked:
            return 0
        return 1

    assert sum(await asyncio.gather(*(tell(day) for day in range(1, 21)))) == 1


async def test_tags_are_a_set_whoever_adds_them_at_once(acme: Shop) -> None:
    async with acme.open():
        member = await make.member(tags=["vip"])

    async def put_on(number: int) -> None:
        async with acme.open():
            await members.tag(member.id, ["vip", f"t{number % 10}"])

    await asyncio.gather(*(put_on(number) for number in range(30)))
    async with acme.open():
        assert (await members.find(member.id)).tags == (*(f"t{number}" for number in range(10)), "vip")
        left = await members.untag(member.id, ["vip", "never on"])
    assert "vip" not in left.tags


async def test_a_hundred_tags_are_the_most(acme: Shop) -> None:
    async with acme.open():
        member = await make.member(tags=[f"t{number}" for number in range(100)])
        with pytest.raises(Invalid):
            await members.tag(member.id, ["one more"])
        for bad in ("", "a,b", "a/b", "x" * 51, "a\x00"):
            with pytest.raises(Invalid):
                await members.tag(member.id, [bad])
        assert await members.find(member.id) == member


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("text", " dry ", "dry"), ("number", "38.50", 38.5), ("number", 0, 0), ("number", -7, -7),
        ("number", 1e14, 10**14),
        ("date", "2024-02-29", "2024-02-29"), ("choice", "oily", "oily"), ("yes_no", True, True),
        ("yes_no", "否", False),
        ("text", 5, None), ("text", "", None), ("text", "x" * 501, None), ("text", "a\x00", None),
        ("number", "1e99", None),
        ("number", 2**63, None), ("number", "NaN", None), ("number", True, None), ("number", "", None),
        ("number", "9" * 400, None), ("date", "2023-02-29", None), ("date", "20240229", None), ("date", 5, None),
        ("choice", "purple", None), ("choice", 1, None), ("yes_no", 1, None), ("yes_no", "maybe", None),
    ],
)  # fmt: skip
async def test_an_attribute_takes_what_its_kind_allows(acme: Shop, kind: Any, value: Any, kept: Any) -> None:
    async with acme.open():
        await members.define_attribute("thing", kind=kind, choices=["dry", "oily"] if kind == "choice" else [])
        member = await make.member()
        if kept is not None:
            assert await members.set_attributes(member.id, {"thing": value}) == {"thing": kept}
        else:
            with pytest.raises(Invalid) as refused:
                await members.set_attributes(member.id, {"thing": value})
            assert refused.value.facts["param"] == "thing"
            assert await members.attributes_of([member.id]) == {member.id: {}}


async def test_an_unknown_attribute_is_named_and_none_of_the_others_is_written(acme: Shop) -> None:
    async with acme.open():
        await members.define_attribute("skin", kind="text")
        member = await make.member()
        with pytest.raises(members.AttributeUnknown) as refused:
            await members.set_attributes(member.id, {"skin": "dry", "sking": "dry"})
        assert "sking" in refused.value.say("en")
        assert await members.attributes_of([member.id]) == {member.id: {}}


async def test_attributes_are_forgotten_with_none_and_stay_when_not_named(acme: Shop) -> None:
    async with acme.open():
        await members.define_attribute("skin", kind="text")
        await members.define_attribute("size", kind="number")
        member = await make.member()
        await members.set_attributes(member.id, {"skin": "dry", "size": 38})
        assert await members.set_attributes(member.id, {"skin": None}) == {"size": 38}


async def test_a_definition_is_repeated_or_refused_but_never_changed(acme: Shop) -> None:
    async with acme.open():
        first = await members.define_attribute("skin", kind="choice", choices=["dry", "oily"])
        again = await members.define_attribute("skin", kind="choice", choices=["dry", "oily"])
        assert again.repeated
        assert again.id == first.id
        for other in ({"kind": "text"}, {"kind": "choice", "choices": ["dry"]}):
            with pytest.raises(members.AttributeTaken):
                await members.define_attribute("skin", **other)
        for bad in ({"key": "Skin", "kind": "text"}, {"key": "a", "kind": "choice"}, {"key": "a", "kind": "colour"}):
            with pytest.raises(Invalid):
                await members.define_attribute(**bad)  # type: ignore[arg-type]
        assert list(await members.defined_attributes()) == ["skin"]


async def test_consent_is_kept_with_its_evidence_and_only_when_it_changes(acme: Shop) -> None:
    told: list[members.ConsentChanged] = []

    async def hear(fact: members.ConsentChanged) -> None:
        told.append(fact)

    facts.on(members.ConsentChanged)(hear)
    try:
        async with acme.open():
            member = await make.member()
            for granted in (False, True, True, False):
                await members.set_consent(member.id, "email", granted=granted, source="checkout", evidence="box 3")
            events = await members.consent_events(member.id)
            current = (await members.consents_of([member.id]))[member.id]
    finally:
        facts._reactions[members.ConsentChanged].remove(hear)
    assert [(event.number, event.granted) for event in events] == [(3, False), (2, True), (1, False)]
    assert events[0].evidence == "box 3"
    assert not current["email"].granted
    assert [fact.granted for fact in told] == [False, True, False]


async def test_consent_said_from_many_sides_at_once_ends_as_the_last_event_says(acme: Shop) -> None:
    async with acme.open():
        member = await make.member()

    async def say(number: int) -> None:
        async with acme.open():
            await members.set_consent(member.id, "sms", granted=number % 2 == 0, source="test", evidence=f"{number}")

    await asyncio.gather(*(say(number) for number in range(40)))
    # `all_holds` compares what stands now with the last event, and counts the events.
    assert await acme.value("SELECT count(*) FROM __tenant__.consent") == 1


@pytest.mark.parametrize(
    ("channel", "source", "evidence"),
    [("fax", "a", "b"), ("email", "", "b"), ("email", "a", " "), ("email", "a", "x\x00"), ("email", "a", "x" * 2001)],
)
async def test_consent_without_channel_source_or_evidence_is_none(
    acme: Shop, channel: str, source: str, evidence: str
) -> None:
    async with acme.open():
        member = await make.member()
        with pytest.raises(DomainError):
            await members.set_consent(member.id, channel, granted=True, source=source, evidence=evidence)
    assert await acme.value("SELECT count(*) FROM __tenant__.consent_event") == 0


async def test_one_address_is_preferred_and_the_same_one_is_kept_once(acme: Shop) -> None:
    async with acme.open():
        member = await make.member()
        home = await members.add_address(member.id, recipient="Li", street="1 West Lake Road", phone="13800138000")
        work = await members.add_address(member.id, recipient="Li", street="2 East Road", preferred=True)
        again = await members.add_address(member.id, recipient=" Li ", street="2 East Road")
        assert again.repeated
        assert again.id == work.id
        assert [(each.id, each.preferred) for each in await members.addresses_of(member.id)] == [
            (work.id, True), (home.id, False),
        ]  # fmt: skip
        await members.remove_address(member.id, work.id)
        assert [(each.id, each.preferred) for each in await members.addresses_of(member.id)] == [(home.id, True)]


async def test_somebody_elses_address_cannot_be_removed(acme: Shop) -> None:
    async with acme.open():
        mine, theirs = await make.members_of_count(2)
        home = await members.add_address(theirs.id, recipient="Li", street="1 West Lake Road")
        with pytest.raises(DomainError, match=r"address\.unknown"):
            await members.remove_address(mine.id, home.id)
        assert len(await members.addresses_of(theirs.id)) == 1


async def test_twenty_addresses_are_the_most(acme: Shop) -> None:
    async with acme.open():
        member = await make.member()
        for number in range(20):
            await members.add_address(member.id, recipient="Li", street=f"{number} West Lake Road")
        with pytest.raises(DomainError, match=r"address\.too_many"):
            await members.add_address(member.id, recipient="Li", street="21 West Lake Road")
        assert len(await members.addresses_of(member.id)) == 20


async def test_a_blocked_member_may_not_take_part_until_unblocked(acme: Shop) -> None:
    async with acme.open():
        member = await make.member()
        await members.block(member.id)
        with pytest.raises(members.MemberBlocked):
            await members.require_active(member.id)
        await members.unblock(member.id)
        assert (await members.require_active(member.id)).id == member.id


async def test_every_verb_on_nobody_says_that_there_is_no_such_member(acme: Shop) -> None:
    nobody = ids.new()
    async with acme.open():
        for asked in (
            members.find(nobody), members.change(nobody, Profile(name="x")), members.tag(nobody, ["a"]),
            members.untag(nobody, ["a"]), members.set_birthday(nobody, Birthday(1, 1)), members.block(nobody),
            members.unblock(nobody), members.require_active(nobody), members.set_attributes(nobody, {}),
            members.set_consent(nobody, "email", granted=True, source="a", evidence="b"),
            members.add_address(nobody, recipient="a", street="b"), members.remove_address(nobody, ids.new()),
        ):  # fmt: skip
            with pytest.raises(members.MemberUnknown):
                await asked


async def test_members_are_found_by_each_filter_and_page_by_page(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            made = [await make.member(tags=["even"] if number % 2 == 0 else []) for number in range(6)]
            special = await make.member(phone="13800138000", email="li@example.com", external_id="special")
    async with acme.open():
        assert await members.search(external_id="special") == [special]
        assert await members.search(phone="138 0013 8000") == [special]
        assert await members.search(email="li@EXAMPLE.com") == [special]
        assert {member.id for member in await members.search(tag="even")} == {made[0].id, made[2].id, made[4].id}
        assert await members.search(tag="even", external_id="special") == []
        assert await members.search(updated_after=NOON) == []
        assert len(await members.search(updated_after=NOON - timedelta(seconds=1))) == 7
        first = await members.search(limit=4)
        rest = await members.search(limit=4, before=first[-1].id)
    assert [*first, *rest] == [special, *reversed(made)]


async def test_whatever_is_said_of_a_member_shows_in_updated_after(acme: Shop) -> None:
    with clock.at(NOON):
        async with acme.open():
            await members.define_attribute("skin", kind="text")
            member = await make.member()
    verbs: list[Callable[[], Awaitable[object]]] = [
        lambda: members.tag(member.id, ["a"]),
        lambda: members.set_birthday(member.id, Birthday(1, 1)),
        lambda: members.set_attributes(member.id, {"skin": "dry"}),
        lambda: members.set_consent(member.id, "email", granted=True, source="a", evidence="b"),
        lambda: members.block(member.id),
    ]
    for minute, verb in enumerate(verbs):
        with clock.at(NOON + timedelta(minutes=minute + 1)):
            async with acme.open():
                await verb()
                found = await members.search(updated_after=NOON + timedelta(minutes=minute))
                assert [each.id for each in found] == [member.id]


async def test_a_load_finds_or_makes_many_members_at_once(acme: Shop) -> None:
    async with acme.open():
        known = await make.member(external_id="c-5")
        wanted = [(f"c-{number}", NOON, "cdnow") for number in range(3000)]
        found = await members.ensure_many([*wanted, *wanted])
    assert len(found) == 3000
    assert found["c-5"] == known.id
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 3000
    assert await acme.value("SELECT created_at FROM __tenant__.member WHERE external_id = 'c-7'") == NOON
    async with acme.open():
        assert await members.ensure_many(wanted) == found
        assert await members.ensure_many([]) == {}


async def test_loads_at_once_in_any_order_make_each_member_once(acme: Shop) -> None:
    wanted = [(f"c-{number}", NOON, "cdnow") for number in range(200)]

    async def load(turn: int) -> Any:
        async with acme.open():
            return await members.ensure_many(wanted[turn:] + wanted[:turn])

    first, *others = await asyncio.gather(*(load(turn * 20) for turn in range(10)))
    assert all(other == first for other in others)
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 200


async def test_a_new_member_and_a_new_birthday_are_told_as_facts(acme: Shop) -> None:
    told: list[Any] = []

    async def hear(fact: Any) -> None:
        told.append(fact)

    for kind in (members.Joined, members.BirthdayChanged):
        facts.on(kind)(hear)
    try:
        async with acme.open():
            member = await make.member(birthday=Birthday(5, 20))
            await members.set_birthday(member.id, Birthday(5, 20))
            await members.set_birthday(member.id, None)
    finally:
        for kind in (members.Joined, members.BirthdayChanged):
            facts._reactions[kind].remove(hear)
    assert [type(fact) for fact in told] == [members.Joined, members.BirthdayChanged, members.BirthdayChanged]
    assert (told[2].before, told[2].after) == (Birthday(5, 20), None)


async def test_language_and_zone_are_the_members_own_or_else_the_shops(acme: Shop, rival: Shop) -> None:
    async with acme.open():
        plain = await make.member()
        own = await make.member(locale="zh-CN", timezone="Europe/Berlin")
        french = await make.member(locale="fr")
    assert (members.language_of(plain, acme.tenant), members.zone_of(plain, acme.tenant)) == ("en", "Asia/Shanghai")
    assert (members.language_of(own, acme.tenant), members.zone_of(own, acme.tenant)) == ("zh", "Europe/Berlin")
    assert members.language_of(french, rival.tenant) == "zh"
