"""Whatever is done to members' points by whichever subject, shop and model stay of one mind: 20,000 steps.

Many more by command: `python -m tests.model --steps 1000000`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.model import ledger
from tests.model.game import Divergence, numbers
from tests.model.playing import VERBS, fewest, play

if TYPE_CHECKING:
    from tests.conftest import Shop

GAMES, LENGTH = 45, 400


async def test_shop_and_model_agree_in_games_of_fixed_seeds(acme: Shop) -> None:
    played: dict[str, int] = {}
    for seed in range(GAMES):
        try:
            await play(acme.tenant, seed, numbers(seed, LENGTH), played)
        except Divergence:
            steps, story = await fewest(acme.tenant, seed, numbers(seed, LENGTH))
            pytest.fail(f"seed {seed}, steps {steps}\n{story}")
    assert set(played) == {verb.__name__ for verb in VERBS}


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.large_base_example],
)
@given(seed=st.integers(0, 1_000), steps=st.lists(st.integers(0, 2**48 - 1), min_size=100, max_size=130))
async def test_shop_and_model_agree_in_games_that_are_looked_for(acme: Shop, seed: int, steps: list[int]) -> None:
    await play(acme.tenant, seed, steps)


async def test_a_defect_is_found_and_the_story_of_it_is_short(acme: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machinery can fail: where spending takes one point too many, few steps are enough to show it."""
    spend = ledger.Ledger.spend

    def wrong(self: ledger.Ledger, who: object, amount: int, *rest: object) -> object:
        return spend(self, who, max(1, amount - 1), *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger.Ledger, "spend", wrong)
    with pytest.raises(Divergence):
        await play(acme.tenant, 1, numbers(1, LENGTH))
    steps, story = await fewest(acme.tenant, 1, numbers(1, 60))
    assert 1 <= len(steps) <= 10, story
