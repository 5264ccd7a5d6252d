"""A repeat is answered as the first time, though the date that it names has passed meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tenants import points
from tenants.kit import clock
from tenants.kit.errors import Invalid
from tests.make import points as make

if TYPE_CHECKING:
    from tests.conftest import Shop

HOUR = timedelta(hours=1)


async def test_an_earning_is_repeated_after_its_points_have_expired(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        until = clock.now() + HOUR
        first = await points.earn(who, points=5, why=points.Why.API, once="late", expires_at=until)
        with clock.at(until + HOUR):
            again = await points.earn(who, points=5, why=points.Why.API, once="late", expires_at=until)
            assert (again.id, again.repeated) == (first.id, True)
            with pytest.raises(points.OnceDiffers):
                await points.earn(who, points=6, why=points.Why.API, once="late", expires_at=until)
            with pytest.raises(Invalid):
                await points.earn(who, points=5, why=points.Why.API, once="other", expires_at=until)


async def test_a_hold_is_repeated_after_its_time(acme: Shop) -> None:
    async with acme.open():
        who = await make.member(9)
        until = clock.now() + HOUR
        first = await points.hold(who, points=5, why=points.Why.SPENT, once="late", ends_at=until)
        with clock.at(until + HOUR):
            again = await points.hold(who, points=5, why=points.Why.SPENT, once="late", ends_at=until)
            assert (again.id, again.repeated) == (first.id, True)
            with pytest.raises(points.OnceDiffers):
                await points.hold(who, points=4, why=points.Why.SPENT, once="late", ends_at=until)
            with pytest.raises(Invalid):
                await points.hold(who, points=5, why=points.Why.SPENT, once="other", ends_at=until)


async def test_an_earning_is_repeated_after_its_points_lapsed_and_were_given_back(acme: Shop) -> None:
    async with acme.open():
        who = await make.member()
        until = clock.now() + HOUR
        first = await points.earn(who, points=5, why=points.Why.API, once="late", expires_at=until)
        with clock.at(until + HOUR):
            await points.lapse()
            [batch] = await points.batches()
            await points.undo_lapse(batch.id, until=until + 9 * HOUR, by="Lin")
            again = await points.earn(who, points=5, why=points.Why.API, once="late", expires_at=until)
        assert (again.id, again.repeated) == (first.id, True)
        assert (await points.balance(who)).balance == 5
