"""How polls stand, for the seller's backend: the result, who chose what, what to stock, the ballots themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from litestar import Controller, get
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream
from litestar.status_codes import HTTP_200_OK

from tenants import polls
from tenants.polls.api import shown
from tenants.polls.api.result_shapes import PollBreakdown, PollResult, PollStockReport  # noqa: TC001  Litestar reads them

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_SAMPLE = (
    "ballot,member,external_id,day,options,chosen,voted_at,changed_at,changes\r\nplb_01kaecw0x5f3qs8q7t6v2m9d3e,"
    "mem_01kaecw0x5f3qs8q7t6v2m9d3d,buyer-77,,plo_01kaecw0x5f3qs8q7t6v2m9d3b,Sea green,2026-11-21T08:30:00+00:00,"
    "2026-11-21T08:30:00+00:00,0\r\n"
)
_CSV = ResponseSpec(
    str, generate_examples=False, media_type="text/csv", description="The ballots.",
    examples=[Example(value=_SAMPLE, id="example")])  # fmt: skip


class PollResultController(Controller):
    """How polls stand."""

    path = "/v1/polls/{poll_id:str}"
    tags = ("Polls",)

    @get("/result", operation_id="getPollResult", summary="How a poll stands")
    async def result(self, poll_id: FromPath[str]) -> PollResult:
        """The tally as it is now, whatever members may see of it. Errors: `poll.unknown` (404)."""
        return shown.result(await polls.result(shown.read_id("pol", poll_id)))

    @get("/breakdown", operation_id="getPollBreakdown", summary="Who chose what")
    async def breakdown(
        self,
        poll_id: FromPath[str],
        by: Annotated[
            str, QueryParameter(max_length=60, description="`level`, `tag`, `rfm` or `attribute.<key>`.")
        ] = "level",
    ) -> PollBreakdown:
        """Ballots by level, tag, RFM group or an attribute, as members are now; at most 50 groups.

        Errors: `poll.unknown` (404), `poll.grouping_unknown` (400).
        """
        return shown.breakdown(await polls.breakdown(shown.read_id("pol", poll_id), by))

    @get("/stock-report", operation_id="getPollStockReport", summary="What to stock")
    async def stock(self, poll_id: FromPath[str]) -> PollStockReport:
        """Shares with intervals, by buyers and their money, by price band, and a suggested order of launch.

        Errors: `poll.unknown` (404).
        """
        return shown.stock_report(await polls.stock_report(shown.read_id("pol", poll_id)))

    @get(
        "/ballots", operation_id="exportPollBallots", summary="All ballots, as CSV", media_type="text/csv",
        responses={HTTP_200_OK: _CSV})  # fmt: skip
    async def ballots(self, poll_id: FromPath[str]) -> Stream:
        """Every ballot, the oldest first, withdrawn ones with nothing chosen; headers in the reader's language.

        What a spreadsheet would take for a formula stands behind an apostrophe. Errors: `poll.unknown` (404).
        """
        poll = shown.read_id("pol", poll_id)
        await polls.result(poll)  # so that an unknown one is refused before anything is sent
        headers = {"content-disposition": 'attachment; filename="ballots.csv"', "cache-control": "no-store"}
        parts: AsyncIterator[bytes] = polls.ballots_csv(poll)
        return Stream(parts, media_type="text/csv; charset=utf-8", headers=headers)
