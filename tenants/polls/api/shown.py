"""From rows and results to what is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import msgspec

from tenants import pictures, polls
from tenants.kit import clock, ids
from tenants.kit.errors import NotFound
from tenants.polls.api.result_shapes import (
    ChoiceShape,
    GroupVotesShape,
    MyPoll,
    MyPollOffer,
    PollBreakdown,
    PollGroup,
    PollResult,
    PollStockReport,
    PriceBandShape,
    ShareShape,
    TallyShape,
    ValueShareShape,
    WantedShape,
    WhyNotVote,
)
from tenants.polls.api.shapes import BallotShape, PollOptionShape, PollShape, PollSummary
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    import uuid

    from tenants.polls.api.shapes import Period, Visibility

_UNKNOWN: dict[str, type[NotFound]] = {"pol": polls.PollUnknown, "plo": polls.OptionUnknown}
_DIGITS = 4


def read_id(prefix: str, text: str) -> uuid.UUID:
    """The id; a bad one is as unknown as one of nothing."""
    try:
        return ids.read(prefix, text)
    except NotFound:
        raise _UNKNOWN[prefix] from None


def summary(row: Any) -> PollSummary:
    """A poll in a list."""
    return PollSummary(**_fields(row))


def poll(row: Any, options: list[Any]) -> PollShape:
    """A poll for the seller."""
    return PollShape(**_fields(row), options=[option(each) for each in options])


def option(row: Any) -> PollOptionShape:
    """An option for the seller."""
    copied = ("text_en", "text_zh", "product", "price_low", "price_high", "position", "removed", "votes")
    return PollOptionShape(
        id=ids.show("plo", row["id"]), picture=_id("pic", row["picture"]), picture_path=_path(row["picture"]),
        **{name: row[name] for name in copied})  # fmt: skip


def ballot(vote: polls.Vote) -> BallotShape:
    """A ballot for whose it is."""
    return BallotShape(
        id=ids.show("plb", vote.id), poll=ids.show("pol", vote.poll), day=vote.period,
        options=[ids.show("plo", each) for each in vote.options], version=vote.version, at=vote.at,
        changed_at=vote.changed_at, points=vote.points, voucher_code=vote.voucher_code,
        repeated=vote.repeated)  # fmt: skip


def write(vote: polls.Vote) -> tuple[int, bytes]:
    """Status and JSON of a ballot that was cast."""
    return 200, msgspec.json.encode(ballot(vote))


def mine(sheet: polls.Sheet) -> MyPoll:
    """A poll for a member."""
    return MyPoll(
        id=ids.show("pol", sheet.poll), name=sheet.name.say(), description=sheet.description.say(),
        picture=_id("pic", sheet.picture), picture_path=_path(sheet.picture), status=sheet.status,
        starts_at=sheet.starts_at, closes_at=sheet.closes_at, period=cast("Period", sheet.period),
        choices_min=sheet.choices_min, choices_max=sheet.choices_max, changeable=sheet.changeable,
        results=cast("Visibility", sheet.results), reward_points=sheet.reward_points,
        reward_voucher=sheet.reward_voucher.say() if sheet.reward_voucher else None,
        options=[choice(each) for each in sheet.options], ballot=ballot(sheet.vote) if sheet.vote else None,
        result=result(sheet.result) if sheet.result else None,
        why_not=WhyNotVote(code=sheet.refusal.code, why=sheet.refusal.say()) if sheet.refusal else None,
    )  # fmt: skip


def offer(found: polls.Offer) -> MyPollOffer:
    """A poll that is open for a member."""
    return MyPollOffer(
        id=ids.show("pol", found.poll), name=found.name.say(), picture=_id("pic", found.picture),
        picture_path=_path(found.picture), closes_at=found.closes_at, reward_points=found.reward_points,
        voted=found.voted)  # fmt: skip


def choice(found: polls.Option) -> ChoiceShape:
    """An option for a member."""
    return ChoiceShape(
        id=ids.show("plo", found.id), text=found.text.say(), picture=_id("pic", found.picture),
        picture_path=_path(found.picture), product=found.product, price_low=found.price_low,
        price_high=found.price_high, removed=found.removed)  # fmt: skip


def share(found: polls.Share) -> ShareShape:
    """A share of so many."""
    return ShareShape(
        count=round(found.count), of=round(found.of), share=round(found.share, _DIGITS), low=round(found.low, _DIGITS),
        high=round(found.high, _DIGITS))  # fmt: skip


def result(found: polls.Result) -> PollResult:
    """How a poll stands."""
    return PollResult(
        poll=ids.show("pol", found.poll), ballots=found.ballots, members=found.members, over=found.over,
        options=[
            TallyShape(option=ids.show("plo", one.option.id), text=one.option.text.say(), share=share(one.share))
            for one in found.options
        ])  # fmt: skip


def breakdown(found: polls.Breakdown) -> PollBreakdown:
    """How groups voted. A level goes by the id that it has over the API."""
    return PollBreakdown(
        poll=ids.show("pol", found.poll), by=found.by, omitted=found.omitted,
        groups=[
            PollGroup(
                key=ids.show("lvl", found.level_of(group)) if found.by == "level" and group.key else group.key,
                name=group.name.say(), ballots=group.ballots,
                options=[
                    GroupVotesShape(option=ids.show("plo", one.id), share=share(group.votes[one.id]))
                    for one in found.options
                ])
            for group in found.groups
        ])  # fmt: skip


def stock_report(found: polls.StockReport) -> PollStockReport:
    """What to stock."""
    return PollStockReport(
        poll=ids.show("pol", found.poll), members=found.members, buyers=found.buyers, sure=found.sure,
        sure_from=found.sure_from, currency=current_tenant().currency,
        options=[_wanted(one) for one in found.options],
        price_bands=[
            PriceBandShape(
                price_low=band.price_low, price_high=band.price_high,
                options=[ids.show("plo", each) for each in band.options], members=share(band.members))
            for band in found.bands
        ])  # fmt: skip


def _wanted(one: polls.Wanted) -> WantedShape:
    value = one.value
    return WantedShape(
        option=ids.show("plo", one.option.id), text=one.option.text.say(), product=one.option.product,
        launch=one.launch, step=one.step, members=share(one.members), buyers=share(one.buyers),
        others=share(one.others), spent=one.spent, why=one.why.say(),
        value=ValueShareShape(
            share=round(value.share, _DIGITS), low=round(value.low, _DIGITS), high=round(value.high, _DIGITS)
        ))  # fmt: skip


def _fields(row: Any) -> dict[str, Any]:
    prefixes = {"picture": "pic", "segment": "seg", "reward_voucher": "vtp"}
    shown = {name: row[name] for name in PollSummary.__struct_fields__ if name not in {"id", "status", *prefixes}}
    shown |= {name: _id(prefix, row[name]) for name, prefix in prefixes.items()}
    return {**shown, "id": ids.show("pol", row["id"]), "status": polls.status_of(row, clock.now())}


def _id(prefix: str, value: uuid.UUID | None) -> str | None:
    return ids.show(prefix, value) if value else None


def _path(picture: uuid.UUID | None) -> str | None:
    return pictures.address(picture) if picture else None
