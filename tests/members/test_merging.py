"""Two members who are one person become one, and for a day two again."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import members
from tenants.kit import clock
from tenants.kit.errors import Invalid
from tenants.members import Birthday, MemberMerged
from tests.make import members as make

if TYPE_CHECKING:
    from tests.conftest import Shop

HOME = {"recipient": "Li", "street": "1 West Lake Road"}


async def test_the_target_keeps_what_they_have_and_gets_what_they_lack(acme: Shop) -> None:
    async with acme.open():
        await members.define_attribute("skin", kind="text")
        await members.define_attribute("size", kind="text")
        source = await make.member(
            name="Old", phone="+8613800138000", region="Zhejiang", birthday=Birthday(5, 20), tags=["vip", "old"])  # fmt: skip
        target = await make.member(name="New", region="", tags=["vip"])
        await members.set_attributes(source.id, {"skin": "dry", "size": "L"})
        await members.set_attributes(target.id, {"size": "M"})
        await members.add_address(source.id, recipient=HOME["recipient"], street=HOME["street"])
        done = await members.merge(source.id, target.id, once="merge-1")
        kept = await members.find(target.id)
        gone = await members.find(source.id)
        known = (await members.attributes_of([target.id]))[target.id]
        lives = [address.street for address in await members.addresses_of(target.id)]
    assert (kept.name, kept.phone, kept.region) == ("New", "+8613800138000", "Zhejiang")
    assert (kept.birthday, kept.tags) == (Birthday(5, 20), ("old", "vip"))
    assert known == {"skin": "dry", "size": "M"}
    assert lives == ["1 West Lake Road"]
    assert (gone.state, gone.merged_into) == ("merged", target.id)
    assert not done.repeated


async def test_a_field_named_in_take_is_the_sources(acme: Shop) -> None:
    async with acme.open():
        await members.define_attribute("size", kind="text")
        source, target = await make.member(name="Right"), await make.member(name="Wrong")
        await members.set_attributes(source.id, {"size": "L"})
        await members.set_attributes(target.id, {"size": "M"})
        done = await members.merge(source.id, target.id, once="m", take=["name", "attribute.size"])
        kept, known = await members.find(target.id), (await members.attributes_of([target.id]))[target.id]
        await members.unmerge(done.id)
        back, known_back = await members.find(target.id), (await members.attributes_of([target.id]))[target.id]
    assert (kept.name, known) == ("Right", {"size": "L"})
    assert (back.name, known_back) == ("Wrong", {"size": "M"})


async def test_an_undone_merge_leaves_both_as_they_were_but_for_what_came_since(acme: Shop) -> None:
    async with acme.open():
        await members.define_attribute("skin", kind="text")
        source = await make.member(phone="+8613800138000", birthday=Birthday(5, 20), tags=["old"])
        target = await make.member()
        await members.set_attributes(source.id, {"skin": "dry"})
        first = await members.add_address(source.id, recipient=HOME["recipient"], street=HOME["street"])
        own = await members.add_address(target.id, recipient="Wang", street="2 Lake Road")
        done = await members.merge(source.id, target.id, once="m")
        await members.change(target.id, {"region": "Hunan"})
        await members.tag(target.id, ["since"])
        undone = await members.unmerge(done.id)
        again = await members.unmerge(done.id)
        here, there = await members.find(source.id), await members.find(target.id)
        known = await members.attributes_of([source.id, target.id])
        addresses = [await members.addresses_of(member) for member in (source.id, target.id)]
    assert (here.state, here.merged_into, here.phone, here.tags) == ("active", None, "+8613800138000", ("old",))
    assert (there.phone, there.birthday, there.region, there.tags) == (None, None, "Hunan", ("since",))
    assert known == {source.id: {"skin": "dry"}, target.id: {}}
    assert [[each.id for each in theirs if each.preferred] for theirs in addresses] == [[first.id], [own.id]]
    assert undone.undone_at
    assert again.repeated


async def test_every_id_of_the_source_leads_to_the_target(acme: Shop) -> None:
    async with acme.open():
        first, second, third = await make.members_of_count(3)
        await members.merge(first.id, second.id, once="1")
        done = await members.merge(second.id, third.id, once="2")
        found = await members.find_by_external_id(str(first.external_id))
        ensured = await members.ensure_many([(str(first.external_id), clock.now(), "test")])
        repeated = await members.create({"external_id": first.external_id, "name": first.name})
        all_ids = await members.ids_of(third.id)
        with pytest.raises(MemberMerged):
            await members.require_active(first.id)
    assert found
    assert found.id == third.id
    assert ensured == {first.external_id: third.id}
    assert (repeated.id, repeated.repeated) == (third.id, True)
    assert all_ids == [third.id, first.id, second.id]
    async with acme.open():
        await members.unmerge(done.id)
        assert (await members.find(first.id)).merged_into == second.id


async def test_a_merge_into_oneself_or_in_a_ring_is_refused_and_changes_nothing(acme: Shop) -> None:
    async with acme.open():
        one, two = await make.members_of_count(2)
        await members.merge(one.id, two.id, once="1")
    before = await acme.rows("SELECT * FROM __tenant__.member ORDER BY id")
    for source, target, error in [(two, one, MemberMerged), (one, two, MemberMerged), (two, two, Invalid)]:
        with pytest.raises(error):
            async with acme.open():
                await members.merge(source.id, target.id, once=f"{source.id}{target.id}")
    assert await acme.rows("SELECT * FROM __tenant__.member ORDER BY id") == before


async def test_of_merges_at_once_one_happens(acme: Shop) -> None:
    async with acme.open():
        one, two, three = await make.members_of_count(3)
    pairs = [(one, two), (two, one), (one, three), (three, one)] * 3

    async def attempt(number: int, source: members.Member, target: members.Member) -> bool:
        try:
            async with acme.open():
                await members.merge(source.id, target.id, once=f"race-{number}")
        except MemberMerged:
            return False
        return True

    done = await asyncio.gather(*(attempt(number, *pair) for number, pair in enumerate(pairs)))
    merged = await acme.rows("SELECT id, merged_into FROM __tenant__.member WHERE state = 'merged'")
    assert sum(done) == len(merged) == await acme.value("SELECT count(*) FROM __tenant__.member_merge")
    survivors = {row["merged_into"] for row in merged}
    assert not survivors & {row["id"] for row in merged}


async def test_the_same_occasion_is_one_merge_and_never_another(acme: Shop) -> None:
    async with acme.open():
        one, two, three = await make.members_of_count(3)
        done = await members.merge(one.id, two.id, once="m")
        again = await members.merge(one.id, two.id, once="m")
        assert (again.id, again.repeated) == (done.id, True)
        with pytest.raises(members.MergeOnceDiffers):
            await members.merge(three.id, two.id, once="m")
        assert (await members.find(three.id)).state == "active"


@pytest.mark.parametrize(("source", "target", "stands"), [
    (None, True, True), (True, None, True), (False, None, False), (True, False, False), (False, True, False),
])  # fmt: skip
async def test_a_no_on_either_side_is_a_no_afterwards(
    acme: Shop, *, source: bool | None, target: bool | None, stands: bool
) -> None:
    async with acme.open():
        pair = await make.members_of_count(2)
        for member, granted in zip(pair, (source, target), strict=True):
            if granted is not None:
                await members.set_consent(member.id, "email", granted=granted, source="test", evidence="box")
        one, two = (member.id for member in pair)
        done = await members.merge(one, two, once="m")
        assert (await members.consents_of([two]))[two]["email"].granted is stands
        await members.unmerge(done.id)
        after = (await members.consents_of([two]))[two].get("email")
    assert (after.granted if after else None) in ((target,) if target is not None else (None, False))


async def test_a_merge_is_undone_within_a_day_and_the_latest_first(acme: Shop) -> None:
    async with acme.open():
        one, two, three = await make.members_of_count(3)
        first = await members.merge(one.id, three.id, once="1")
        second = await members.merge(two.id, three.id, once="2")
        with pytest.raises(members.UnmergeRefused, match="later merge"):
            await members.unmerge(first.id)
        await members.unmerge(second.id)
        with clock.at(first.at + timedelta(days=1)), pytest.raises(members.UnmergeRefused, match="more than a day"):
            await members.unmerge(first.id)
        with clock.at(first.at + timedelta(hours=23)):
            await members.unmerge(first.id)


async def test_a_merge_is_no_way_out_of_a_block(acme: Shop) -> None:
    async with acme.open():
        bad, good = await make.members_of_count(2)
        await members.block(bad.id)
        done = await members.merge(bad.id, good.id, once="m")
        assert (await members.find(good.id)).state == "blocked"
        await members.unmerge(done.id)
        assert [(await members.find(each.id)).state for each in (bad, good)] == ["blocked", "active"]
