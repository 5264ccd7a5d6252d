"""Profile completion over HTTP: how far I am and what is next, and for the seller's backend the activities."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from litestar import Controller, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody  # noqa: TC002  Litestar reads annotations while running
from msgspec import UNSET, Meta, UnsetType

from tenants import members, profiles
from tenants.kit import ids
from tenants.kit.errors import NotFound
from tenants.kit.shapes import Shape
from tenants.profiles.rules import activities, reading
from tenants.profiles.rules.refusals import ActivityUnknown

ActivityState = Literal["draft", "live", "paused", "ended"]
Earlier = Literal["count", "reward"]
Named = Annotated[str, Meta(max_length=100)]
Points = Annotated[int, Meta(ge=0, le=1_000_000)]
Id = Annotated[str, Meta(max_length=40)]
Time = Annotated[datetime, Meta(tz=True)]
StepNumber = Annotated[int, Meta(ge=1, le=20)]
Position = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]
_NAME = "01kaecw0x5f3qs8q7t6v2m9d3"
_TERMS: dict[str, Any] = {
    "name_en": "Tell us more", "name_zh": "完善资料", "starts_at": None, "ends_at": None, "earlier": "count",
    "whole_points": 50, "whole_voucher": None, "state": "draft",
}  # fmt: skip


class NewProfileActivity(Shape):
    """An activity that rewards members for telling of themselves; `whole_…` is for all of it.

    `earlier`: what was known before it is taken as answered (`count`), or rewarded too (`reward`).
    """

    EXAMPLE: ClassVar[dict[str, Any]] = {name: _TERMS[name] for name in _TERMS if name != "state"}

    name_en: Named = ""
    name_zh: Named = ""
    starts_at: Time | None = None
    ends_at: Time | None = None
    earlier: Earlier = "count"
    whole_points: Points = 0
    whole_voucher: Id | None = None


class ProfileActivityChange(Shape):
    """What is to be different; a field that is left out stays. It goes live once it asks something."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"state": "live"}

    name_en: Named | UnsetType = UNSET
    name_zh: Named | UnsetType = UNSET
    starts_at: Time | UnsetType | None = UNSET
    ends_at: Time | UnsetType | None = UNSET
    earlier: Earlier | UnsetType = UNSET
    whole_points: Points | UnsetType = UNSET
    whole_voucher: Id | UnsetType | None = UNSET
    state: ActivityState | UnsetType = UNSET


class ProfileQuestion(Shape):
    """What an answer gives, and in which step it is asked."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"step": 1, "position": 1, "points": 20, "voucher_template": None}

    step: StepNumber = 1
    position: Position = 0
    points: Points = 0
    voucher_template: Id | None = None


class ProfileQuestionShape(ProfileQuestion, kw_only=True):
    """One question: a field of the profile, or `attribute.<key>`."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"field": "phone", **ProfileQuestion.EXAMPLE}

    field: str


class ProfileActivityShape(NewProfileActivity, kw_only=True):
    """An activity as it stands, and what it has given so far."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "id": f"pfa_{_NAME}a", **_TERMS, "questions": [ProfileQuestionShape.EXAMPLE], "participants": 120,
        "completed": 40, "points_given": 4400, "vouchers_given": 0,
    }  # fmt: skip

    id: str
    state: ActivityState
    questions: list[ProfileQuestionShape]
    participants: int
    completed: int
    points_given: int
    vouchers_given: int


class ProfileActivityList(Shape):
    """All activities, the newest first."""

    EXAMPLE: ClassVar[dict[str, Any]] = {"data": [ProfileActivityShape.EXAMPLE]}

    data: list[ProfileActivityShape]


class AskedShape(Shape):
    """One thing to tell, in the reader's language: what it gives, whether it is told, and whether its step is open."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "field": "phone", "label": "Telephone", "step": 1, "points": 20, "voucher": None, "done": False, "open": True,
    }  # fmt: skip

    field: str
    label: str
    step: int
    points: int
    voucher: str | None
    done: bool
    open: bool


class CompletionShape(Shape):
    """How far a member is: `next_step` is the one that is open, null when all is told or nothing is asked."""

    EXAMPLE: ClassVar[dict[str, Any]] = {
        "activity": f"pfa_{_NAME}a", "name": "Tell us more", "percent": 0, "next_step": 1, "steps": 1,
        "whole_points": 50, "whole_voucher": None, "missing": ["phone"], "questions": [AskedShape.EXAMPLE],
    }  # fmt: skip

    activity: str | None
    name: str
    percent: int
    next_step: int | None
    steps: int
    whole_points: int
    whole_voucher: str | None
    missing: list[str]
    questions: list[AskedShape]


class MyProfileCompletion(Controller):
    """How far I am."""

    path = "/v1/me/profile-completion"
    tags = ("Profile completion (member)",)

    @get(operation_id="getMyProfileCompletion", summary="What is missing of my profile, and what it gives")
    async def show(self) -> CompletionShape:
        """What the shop asks now, step by step. What I tell by changing my profile is rewarded at once, once for ever.

        Where no activity runs, `activity` is null and nothing is asked. Errors: `member.blocked` (403).
        """
        seen = await profiles.progress(await members.own_member())
        return _completion(seen)


class ProfileActivities(Controller):
    """What the shop asks of members."""

    path = "/v1/profile-activities"
    tags = ("Profile completion",)

    @post(operation_id="createProfileActivity", summary="Make a profile activity")
    async def create(self, data: JSONBody[NewProfileActivity]) -> ProfileActivityShape:
        """A draft: add its questions, then let it go live.

        Errors: `invalid` (400), `voucher_template.unknown` (404).
        """
        made = await profiles.create_activity(profiles.Terms(**_terms(msgspec.structs.asdict(data))))
        return await _activity(await reading.find_activity(made))

    @get(operation_id="listProfileActivities", summary="List profile activities")
    async def list_all(self) -> ProfileActivityList:
        """All of them, the newest first, with what they have given so far."""
        return ProfileActivityList(data=[await _activity(row) for row in await reading.activities()])

    @get("/{activity_id:str}", operation_id="getProfileActivity", summary="Show a profile activity")
    async def show(self, activity_id: FromPath[str]) -> ProfileActivityShape:
        """With its questions and what it has given so far. Errors: `profile_activity.unknown` (404)."""
        return await _activity(await reading.find_activity(_id(activity_id)))

    @patch("/{activity_id:str}", operation_id="changeProfileActivity", summary="Change a profile activity")
    async def change(self, activity_id: FromPath[str], data: JSONBody[ProfileActivityChange]) -> ProfileActivityShape:
        """Fields that are left out stay. When it goes live, members are gone through for what is known already.

        Errors: `profile_activity.unknown`, `voucher_template.unknown` (404), `profile_activity.another_is_live` (409),
        `profile_activity.ended`, `profile_activity.nothing_asked` (422), `invalid` (400).
        """
        activity = _id(activity_id)
        said = {name: value for name, value in msgspec.structs.asdict(data).items() if value is not UNSET}
        await profiles.change_activity(activity, _terms(said))
        return await _activity(await reading.find_activity(activity))

    @put("/{activity_id:str}/questions/{field:str}", operation_id="setProfileQuestion", summary="Ask for a field")
    async def ask(
        self, activity_id: FromPath[str], field: FromPath[str], data: JSONBody[ProfileQuestion]
    ) -> ProfileActivityShape:
        """Ask for `name`, `phone`, `email`, `gender`, `birthday`, `region`, `occupation` or `attribute.<key>`.

        Errors: `profile_activity.unknown`, `voucher_template.unknown` (404), `profile_activity.ended` (422), `invalid`
        (400).
        """
        activity = _id(activity_id)
        said = msgspec.structs.asdict(data)
        template = ids.read("vtp", said.pop("voucher_template")) if data.voucher_template else None
        said.pop("voucher_template", None)
        await profiles.set_question(activity, profiles.Question(field=field, voucher_template=template, **said))
        return await _activity(await reading.find_activity(activity))

    @delete(
        "/{activity_id:str}/questions/{field:str}", operation_id="removeProfileQuestion", summary="Ask for it no more"
    )
    async def unask(self, activity_id: FromPath[str], field: FromPath[str]) -> None:
        """What was answered stays answered.

        Errors: `profile_activity.unknown`, `profile_activity.question_unknown` (404).
        """
        await profiles.remove_question(_id(activity_id), field)

    @get("/{activity_id:str}/preview", operation_id="previewProfileActivity", summary="What a member sees")
    async def preview(self, activity_id: FromPath[str]) -> CompletionShape:
        """How an activity, a draft too, looks to a member of whom nothing is known.

        Errors: `profile_activity.unknown` (404).
        """
        return _completion(await profiles.preview(_id(activity_id)))


def _id(text: str) -> Any:
    try:
        return ids.read("pfa", text)
    except NotFound:
        raise ActivityUnknown from None


def _terms(said: dict[str, Any]) -> dict[str, Any]:
    if said.get("whole_voucher") is not None:
        said["whole_voucher"] = ids.read("vtp", said["whole_voucher"])
    return said


async def _activity(row: Any) -> ProfileActivityShape:
    questions = [
        ProfileQuestionShape(
            field=asked["field"], step=asked["step"], position=asked["position"], points=asked["points"],
            voucher_template=ids.show("vtp", asked["voucher_template"]) if asked["voucher_template"] else None)
        for asked in await activities.questions_of(row["id"])
    ]  # fmt: skip
    copied = ("name_en", "name_zh", "starts_at", "ends_at", "earlier", "whole_points", "state", "participants",
              "completed")  # fmt: skip
    return ProfileActivityShape(
        id=ids.show("pfa", row["id"]), questions=questions, points_given=row["given"], vouchers_given=row["vouchers"],
        whole_voucher=ids.show("vtp", row["whole_voucher"]) if row["whole_voucher"] else None,
        **{name: row[name] for name in copied})  # fmt: skip


def _completion(seen: profiles.Progress | None) -> CompletionShape:
    if seen is None:
        return CompletionShape(
            activity=None, name="", percent=100, next_step=None, steps=0, whole_points=0, whole_voucher=None,
            missing=[], questions=[])  # fmt: skip
    return CompletionShape(
        activity=ids.show("pfa", seen.activity), name=seen.name.say(), percent=seen.percent, next_step=seen.step,
        steps=seen.steps, whole_points=seen.whole_points,
        whole_voucher=seen.whole_voucher.say() if seen.whole_voucher else None,
        missing=[asked.field for asked in seen.questions if not asked.done],
        questions=[
            AskedShape(
                field=asked.field, label=asked.label.say(), step=asked.step, points=asked.points,
                voucher=asked.voucher.say() if asked.voucher else None, done=asked.done, open=asked.open)
            for asked in seen.questions
        ])  # fmt: skip


ROUTES = [MyProfileCompletion, ProfileActivities]
TAGS = {
    "Profile completion": "What members are asked of themselves, and what that gives. 完善资料",
    "Profile completion (member)": "What is missing of a member's own profile. 会员完善资料",
}
