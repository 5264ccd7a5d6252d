"""Segments over HTTP, for the seller's backend: rules and their counts, who belongs and why, RFM groups."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any, ClassVar

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter
from msgspec import UNSET, Meta, UnsetType

from tenants import segments
from tenants.kit import ids
from tenants.kit.errors import NotFound
from tenants.kit.shapes import Page, Shape, page, read_cursor
from tenants.segments.rules import saying
from tenants.tenancy import current_tenant

Named = Annotated[str, Meta(max_length=100)]
RuleJson = Annotated[
    dict[str, Any],
    Meta(
        description="A condition (`about`, `op`, `value`, for an attribute its `key`), or `all`, `any` (lists of rules)"
        ' or `not` (a rule). `{"all": []}` is everybody.'
    ),
]
SegmentId = Annotated[str, PathParameter(description="The segment, `seg_…`.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before.")]
_ID = "seg_01kaecw0x5f3qs8q7t6v2m9d3a"
_MEMBER = "mem_01kaecw0x5f3qs8q7t6v2m9d3a"
_RULE: dict[str, Any] = {
    "all": [
        {"about": "orders", "op": "at_least", "value": "2"},
        {"not": {"about": "tag", "op": "is", "value": ["staff"]}},
    ]
}
_WORDS = "Number of purchases is at least 2 and not (Tag is staff)"
_TIME = "2026-01-31T08:00:00Z"


class NewSegment(Shape, kw_only=True):
    """A rule with a name, in Chinese, English or both."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"name_en": "Come again", "name_zh": "回头客", "rule": _RULE}

    name_en: Named = ""
    name_zh: Named = ""
    rule: RuleJson


class SegmentChange(Shape):
    """What is to be different; a field that is left out stays."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"name_en": "Regulars"}

    name_en: Named | UnsetType = UNSET
    name_zh: Named | UnsetType = UNSET
    rule: RuleJson | UnsetType = UNSET


class SegmentShape(Shape):
    """A segment; `words` is its rule in the reader's language, `version` grows with each change."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": _ID, **NewSegment.EXAMPLE, "words": _WORDS, "version": 1, "created_at": _TIME, "updated_at": _TIME,
    }  # fmt: skip

    id: str
    name_en: str
    name_zh: str
    rule: RuleJson
    words: str
    version: int
    created_at: datetime
    updated_at: datetime


class SegmentList(Shape):
    """All segments, the newest first."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [SegmentShape.EXAMPLE]}

    data: list[SegmentShape]


class SegmentMember(Shape):
    """A member who belongs."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"id": _MEMBER, "external_id": "shopper-1", "name": "Mei"}

    id: str
    external_id: str | None
    name: str


class SegmentCount(Shape):
    """How many members belong at this moment."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"members": 1280}

    members: int


class SegmentTrial(Shape):
    """A rule to be tried and not kept."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"rule": _RULE}

    rule: RuleJson


class SegmentTried(Shape):
    """A rule in words, for how many members it holds now, and up to ten of them."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"words": _WORDS, "members": 1280, "sample": [SegmentMember.EXAMPLE]}

    words: str
    members: int
    sample: list[SegmentMember]


class SegmentReason(Shape):
    """Part of a rule, whether it holds for the member, and its own parts."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "words": "All of these hold", "holds": False,
        "parts": [{"words": "Number of purchases is at least 2", "holds": False, "parts": []}],
    }  # fmt: skip

    words: str
    holds: bool
    parts: list[SegmentReason]


class RfmGroup(Shape):
    """One of the eight: how its buyers bought, how many they are now, and what to do."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "key": "important_value", "name": "Important: value", "recent": True, "often": True, "much": True,
        "members": 320, "advice": segments.GROUPS["important_value"].advice.en,
    }  # fmt: skip

    key: str
    name: str
    recent: bool
    often: bool
    much: bool
    members: int
    advice: str


class RfmShape(Shape):
    """The groups, and the medians that divide buyers; all null before the first night with a buyer."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "last_order_at": _TIME, "orders": 1, "spent": "129.00", "buyers": 2400, "at": _TIME,
        "groups": [RfmGroup.EXAMPLE],
    }  # fmt: skip

    last_order_at: datetime | None
    orders: int | None
    spent: str | None
    buyers: int | None
    at: datetime | None
    groups: list[RfmGroup]


class SegmentController(Controller):
    """Saved rules."""

    path = "/v1/segments"
    tags = ("Segments",)

    @post(operation_id="createSegment", summary="Save a segment")
    async def create(self, data: JSONBody[NewSegment]) -> SegmentShape:
        """Save a rule under a name.

        Errors: `invalid` (400); `param` is the place in the rule that is wrong, such as `rule.all[1].value`.
        """
        rule = segments.read(data.rule)
        return await _shape(await segments.create(name_en=data.name_en, name_zh=data.name_zh, rule=rule))

    @get(operation_id="listSegments", summary="List segments")
    async def list_all(self) -> SegmentList:
        """All of them, the newest first."""
        named = await saying.names()
        return SegmentList(data=[_shown(one, named) for one in await segments.segments()])

    @get("/{segment_id:str}", operation_id="getSegment", summary="Show a segment")
    async def show(self, segment_id: SegmentId) -> SegmentShape:
        """Its rule, as JSON and in words. Errors: `segment.unknown` (404)."""
        return await _shape(await segments.find(_id(segment_id)))

    @patch("/{segment_id:str}", operation_id="changeSegment", summary="Change a segment")
    async def change(self, segment_id: SegmentId, data: JSONBody[SegmentChange]) -> SegmentShape:
        """Fields that are left out stay. What goes by the segment goes by the new rule from now on.

        Errors: `segment.unknown` (404), `invalid` (400) with the place in the rule as `param`.
        """
        said = {name: value for name, value in msgspec.structs.asdict(data).items() if value is not UNSET}
        if "rule" in said:
            said["rule"] = segments.read(said["rule"])
        return await _shape(await segments.change(_id(segment_id), **said))

    @delete("/{segment_id:str}", operation_id="removeSegment", summary="Remove a segment")
    async def remove(self, segment_id: SegmentId) -> None:
        """Forget it. Errors: `segment.unknown` (404), `segment.in_use` (422) while a survey or poll is for it."""
        await segments.remove(_id(segment_id))

    @get("/{segment_id:str}/count", operation_id="countSegment", summary="How many belong")
    async def count(self, segment_id: SegmentId) -> SegmentCount:
        """Counted at this moment; blocked and erased members are not. Errors: `segment.unknown` (404)."""
        return SegmentCount(members=await segments.count(await segments.rule_of(_id(segment_id))))

    @get("/{segment_id:str}/members", operation_id="listSegmentMembers", summary="Who belongs")
    async def members(self, segment_id: SegmentId, limit: Limit = 20, cursor: Cursor = None) -> Page[SegmentMember]:
        """Members who belong at this moment, the newest first. Errors: `segment.unknown` (404), `invalid` (400)."""
        segment = _id(segment_id)
        scope = f"{current_tenant().schema}:segment:{segment}"
        position = read_cursor(cursor, scope=scope)
        after = uuid.UUID(position) if position else None
        sheet = page(
            await segments.sample(await segments.rule_of(segment), most=limit + 1, after=after),
            limit=limit, scope=scope)  # fmt: skip
        data = [_member(one) for one in sheet.data]
        return Page(data=data, has_more=sheet.has_more, next_cursor=sheet.next_cursor)

    @get("/{segment_id:str}/members/{member_id:str}", operation_id="explainSegmentMember", summary="Why one belongs")
    async def explain(self, segment_id: SegmentId, member_id: FromPath[str]) -> SegmentReason:
        """Which conditions hold for a member and which do not, in the reader's language.

        Errors: `segment.unknown`, `member.unknown`, `not_found` (404).
        """
        return _reason(await segments.explain(_id(segment_id), ids.read("mem", member_id)))


class SegmentTrialController(Controller):
    """Rules that are tried before they are kept."""

    path = "/v1/segment-trials"
    tags = ("Segments",)

    @post(operation_id="trySegment", summary="Try a rule", status_code=200)
    async def attempt(self, data: JSONBody[SegmentTrial]) -> SegmentTried:
        """For how many members a rule holds, and some of them; nothing is kept.

        Errors: `invalid` (400); `param` is the place in the rule that is wrong.
        """
        rule = await segments.checked(segments.read(data.rule))
        words = saying.say(rule, await saying.names()).say()
        found = [_member(one) for one in await segments.sample(rule)]
        return SegmentTried(words=words, members=await segments.count(rule), sample=found)


class RfmController(Controller):
    """The eight groups of buyers."""

    path = "/v1/rfm"
    tags = ("Segments",)

    @get(operation_id="getRfm", summary="RFM groups")
    async def show(self) -> RfmShape:
        """How many members each group has now, and the medians that divide them, taken anew each night."""
        found = await segments.breaks()
        sizes = await segments.sizes()
        groups = [
            RfmGroup(
                key=group.key, name=group.name.say(), recent=group.recent, often=group.often, much=group.much,
                members=sizes[group.key], advice=group.advice.say())
            for group in segments.GROUPS.values()
        ]  # fmt: skip
        if found is None:
            return RfmShape(last_order_at=None, orders=None, spent=None, buyers=None, at=None, groups=groups)
        return RfmShape(
            last_order_at=found.last_order_at, orders=int(found.orders), spent=f"{found.spent:.2f}",
            buyers=found.buyers, at=found.at, groups=groups)  # fmt: skip


def _id(text: str) -> uuid.UUID:
    try:
        return ids.read("seg", text)
    except NotFound:
        raise segments.SegmentUnknown from None


async def _shape(segment: segments.Segment) -> SegmentShape:
    return _shown(segment, await saying.names())


def _shown(segment: segments.Segment, named: saying.Names) -> SegmentShape:
    return SegmentShape(
        id=ids.show("seg", segment.id), name_en=segment.name_en, name_zh=segment.name_zh,
        rule=segments.plain(segment.rule), words=saying.say(segment.rule, named).say(), version=segment.version,
        created_at=segment.created_at, updated_at=segment.updated_at)  # fmt: skip


def _member(one: segments.Sampled) -> SegmentMember:
    return SegmentMember(id=ids.show("mem", one.id), external_id=one.external_id, name=one.name)


def _reason(reason: segments.Reason) -> SegmentReason:
    return SegmentReason(
        words=reason.words.say(), holds=reason.holds, parts=[_reason(part) for part in reason.parts])  # fmt: skip


ROUTES = [SegmentController, SegmentTrialController, RfmController]
TAGS = {"Segments": "Rules that say whom something is for, who belongs and why, and RFM groups. 人群"}
