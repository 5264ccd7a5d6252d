"""Voting in the member centre: the options with their pictures, one tap to vote, and how it stands as far as one sees.

A poll that takes one option is a button for each, so that a tap votes, and another changes it. A poll that takes
several is a form with boxes. Both work without any script.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import msgspec

from tenants import pictures
from tenants.kit import ids
from tenants.kit.centre import Ask, MemberPage, View, Waiting, Went
from tenants.kit.errors import Conflict, NotFound, Refused
from tenants.kit.words import Words
from tenants.polls.api.own import VOTE
from tenants.polls.api.shapes import BallotShape
from tenants.polls.rules import reading
from tenants.polls.rules.refusals import PollUnknown
from tenants.polls.rules.voting import Ballot
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    from tenants.polls.rules.reading import Offer, Option, Sheet

SLUG = "polls"
_POINTS = Words(en="{points:,} points", zh="{points:,} 积分")


async def show(ask: Ask) -> View:
    """The polls that are open for the member, or one of them."""
    if not ask.rest:
        offers = [_listed(one) for one in await reading.offers(_member(ask))]
        return View("polls/pages/listed.html", {"offers": offers})
    return await _poll(ask)


async def vote(ask: Ask) -> Went | View:
    """Choose these options, in place of what was chosen before."""
    chosen = tuple(_option(text) for text in ask.texts("option") if text)
    if not chosen:
        return await _poll(ask, problem=Words(en="Choose something first.", zh="请先选择。").say())
    try:
        done = msgspec.json.decode((await VOTE(Ballot(_poll_id(ask), _member(ask), chosen))).body, type=BallotShape)
    except (Refused, Conflict, NotFound) as error:
        return await _poll(ask, problem=error.say())
    said = Words(en="Your vote is counted. Thank you.", zh="投票成功，感谢您的参与。")
    if done.points:
        points = _POINTS.say(points=done.points)
        said = Words(en=f"Your vote is counted. You have received {points}.", zh=f"投票成功，您已获得 {points}。")
    if done.voucher_code:
        code = done.voucher_code
        said = Words(en=f"Your vote is counted. Your voucher code: {code}", zh=f"投票成功。您的优惠券码：{code}")
    return Went(f"{SLUG}/{ask.rest}", said=said)


async def withdraw(ask: Ask) -> Went | View:
    """Take the vote back."""
    try:
        await VOTE(Ballot(_poll_id(ask), _member(ask)))
    except (Refused, Conflict) as error:
        return await _poll(ask, problem=error.say())
    return Went(f"{SLUG}/{ask.rest}", said=Words(en="Your vote is withdrawn.", zh="已撤回您的投票。"))


async def waiting(member: uuid.UUID) -> list[Waiting]:
    """The polls in which the member has not voted yet."""
    listed = [_listed(one) for one in await reading.offers(member) if not one.voted]
    return [
        Waiting(title=one["title"], to=one["to"], reward=one["reward"], picture=one["picture"]) for one in listed
    ]  # fmt: skip


async def _poll(ask: Ask, *, problem: str = "") -> View:
    sheet = await reading.look(_poll_id(ask), _member(ask))
    own = sheet.vote.options if sheet.vote else ()
    tallies = {one.option.id: one for one in sheet.result.options} if sheet.result else {}
    options = [
        {
            "id": ids.show("plo", one.id), "text": one.text, "picture": _picture(one.picture), "price": _price(one),
            "chosen": one.id in own, "votes": tallies[one.id].votes if one.id in tallies else 0,
            "share": tallies[one.id].share.share if one.id in tallies else 0.0,
        }
        for one in sheet.options
    ]  # fmt: skip
    facts = {
        "sheet": sheet, "options": options, "pictured": any(one["picture"] for one in options),
        "cover": _picture(sheet.picture), "can": sheet.refusal is None and (sheet.changeable or not sheet.voted),
        "single": sheet.choices_max == 1, "problem": problem, "reward": _reward(sheet),
        "why": sheet.refusal.say() if sheet.refusal else "",
    }  # fmt: skip
    title = sheet.name.say()
    return View("polls/pages/vote.html", facts, title=title, status=422 if problem else 200)


def _listed(one: Offer) -> dict[str, Any]:
    return {
        "title": one.name.say(), "to": f"{SLUG}/{ids.show('pol', one.poll)}", "picture": _picture(one.picture),
        "closes_at": one.closes_at, "voted": one.voted,
        "reward": _POINTS.say(points=one.reward_points) if one.reward_points else "",
    }  # fmt: skip


def _reward(sheet: Sheet) -> str:
    points = _POINTS.say(points=sheet.reward_points) if sheet.reward_points else ""
    voucher = sheet.reward_voucher.say() if sheet.reward_voucher else ""
    return " + ".join(filter(None, (points, voucher)))


def _price(option: Option) -> str:
    low, high = (None if each is None else f"{each.normalize():f}" for each in (option.price_low, option.price_high))
    currency = current_tenant().currency
    if low is None and high is None:
        return ""
    return f"{currency} {low or 0}" + (f"–{high}" if high is not None and high != low else "" if high else "+")


def _picture(picture: uuid.UUID | None) -> str:
    return pictures.address(picture) if picture else ""


def _poll_id(ask: Ask) -> uuid.UUID:
    try:
        return ids.read("pol", ask.rest)
    except NotFound:
        raise PollUnknown from None


def _option(text: str) -> uuid.UUID:
    try:
        return ids.read("plo", text)
    except NotFound:
        return uuid.UUID(int=0)  # no option of any poll


def _member(ask: Ask) -> uuid.UUID:
    if ask.member is None:
        raise PollUnknown
    return ask.member


MEMBER_PAGES = (
    MemberPage(
        SLUG, title=Words(en="Polls", zh="投票"), show=show, acts={"vote": vote, "withdraw": withdraw}, in_menu=True,
        hot=frozenset({"vote", "withdraw"}), embeddable=True, waiting=waiting),
)  # fmt: skip
