"""The file of ballots: what a spreadsheet would compute is text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tenants import polls
from tenants.polls.rules import ballots
from tests.make import members as make_members
from tests.make import polls as make

if TYPE_CHECKING:
    from tests.conftest import Shop


@pytest.mark.parametrize("text", ["=1+1", "＝1+1", "＋1", "－1", "＠sum", "@sum"])
async def test_no_option_is_a_formula_in_the_file_of_ballots(acme: Shop, text: str) -> None:
    async with acme.open():
        poll, [first, _] = await make.poll(text, "Blue")
        await polls.vote(poll, (await make_members.member()).id, [first])
    async with acme.open():
        file = b"".join([part async for part in ballots.ballots_csv(poll)]).decode()
    assert f",'{text}," in file
