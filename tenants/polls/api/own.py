"""Polls for members: what is open for me, my ballot, and how it stands."""

from __future__ import annotations

from litestar import Controller, Response, delete, get, put
from litestar.params import FromPath, JSONBody  # noqa: TC002  Litestar reads annotations as it runs

from tenants import members, polls
from tenants.polls.api import shown
from tenants.polls.api.result_shapes import MyPoll, MyPollList, PollResult
from tenants.polls.api.shapes import BallotShape, NewBallot  # noqa: TC001  the same
from tenants.tenancy.api import sent
from tenants.tenancy.callers import current_member
from tenants.tenancy.hot import HotVerb

VOTE: HotVerb[polls.Ballot, polls.Vote] = HotVerb(polls.vote_many, shown.write, name="polls")


class MyPollController(Controller):
    """What I can vote on."""

    path = "/v1/me/polls"
    tags = ("Polls (member)",)

    @get(operation_id="listMyPolls", summary="The polls that are open for me")
    async def list_open(self) -> MyPollList:
        """Those in which I can vote now, the ones in which I have not yet first. Errors: `member.blocked` (403)."""
        return MyPollList(data=[shown.offer(one) for one in await polls.offers(await members.own_member())])

    @get("/{poll_id:str}", operation_id="getMyPoll", summary="A poll as I see it")
    async def show(self, poll_id: FromPath[str]) -> MyPoll:
        """Its options in the order for me, my ballot, and the result if it is for me to see.

        Errors: `poll.unknown` (404), `member.blocked` (403).
        """
        member = await members.own_member()
        return shown.mine(await polls.look(shown.read_id("pol", poll_id), member))

    @put("/{poll_id:str}/ballot", operation_id="castMyBallot", summary="Vote, or change my vote", opt={"lean": True})
    async def cast(self, poll_id: FromPath[str], data: JSONBody[NewBallot]) -> Response[BallotShape]:
        """Choose options, in place of what I chose in this period. The same again changes nothing (`repeated`).

        The first vote of a period gives the poll's reward, once. Errors: `poll.unknown`, `poll.option_unknown`,
        `member.unknown` (404), `member.blocked` (403), `member.merged` (409), `poll.closed`, `poll.not_open`,
        `poll.not_for_you`, `poll.choices`, `poll.option_gone`, `poll.already_voted` (422), `invalid` (400).
        """
        options = tuple(shown.read_id("plo", option) for option in data.options)
        return await _cast(polls.Ballot(shown.read_id("pol", poll_id), current_member(), options))

    @delete(
        "/{poll_id:str}/ballot", operation_id="withdrawMyBallot", summary="Withdraw my vote", opt={"lean": True},
        status_code=200)  # fmt: skip
    async def withdraw(self, poll_id: FromPath[str]) -> Response[BallotShape]:
        """Take back what I chose in this period. What voting gave stays mine, and is not given again.

        Takes no body. Errors: `poll.unknown`, `member.unknown` (404), `member.blocked` (403), `member.merged` (409),
        `poll.closed`, `poll.not_open`, `poll.already_voted` where a vote is final, `poll.nothing_to_withdraw` (422).
        """
        return await _cast(polls.Ballot(shown.read_id("pol", poll_id), current_member()))

    @get("/{poll_id:str}/result", operation_id="getMyPollResult", summary="How a poll stands")
    async def result(self, poll_id: FromPath[str]) -> PollResult:
        """The result, if it is for me to see. Errors: `poll.unknown` (404), `poll.result_hidden` (422),
        `member.blocked` (403).
        """  # noqa: D205  one sentence
        sheet = await polls.look(shown.read_id("pol", poll_id), await members.own_member())
        if sheet.result is None:
            raise polls.ResultHidden
        return shown.result(sheet.result)


async def _cast(ballot: polls.Ballot) -> Response[BallotShape]:
    answer = await VOTE(ballot)
    return sent(answer)
