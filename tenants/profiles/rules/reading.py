"""Looking: how far a member has come, what is next and what it gives; how an activity would look to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenants.kit.words import Words
from tenants.profiles.rules.activities import labels, live_activity, questions_of
from tenants.profiles.rules.answering import known_of, open_step
from tenants.profiles.rules.refusals import ActivityUnknown
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to a member. `done`: answered; `open`: its step is; `points` and `voucher` are what it gives."""

    field: str
    label: Words
    step: int
    points: int
    voucher: Words | None
    done: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a member has come with an activity; `step` is the one that is open, None when all is done."""

    activity: uuid.UUID
    name: Words
    percent: int
    step: int | None
    steps: int
    whole_points: int
    whole_voucher: Words | None
    questions: tuple[Asked, ...]


async def progress(member: uuid.UUID) -> Progress | None:
    """How far a member has come with the activity that runs; None where none does."""
    activity = await live_activity()
    if activity is None:
        return None
    questions = await questions_of(activity["id"])
    fields = [question["field"] for question in questions]
    rows = await DB.fetch(
        "SELECT field FROM __tenant__.profile_answer WHERE member = $1 AND field = ANY($2::text[])",
        member, fields)  # fmt: skip
    # What is known and not noted yet will be in a moment: the members are being gone through.
    known = (await known_of([member], fields)).get(member, {})
    return await _progress(activity, questions, {row["field"] for row in rows} | known.keys())


async def preview(activity: uuid.UUID) -> Progress:
    """How an activity, a draft too, looks to a member of whom nothing is known. Raises ActivityUnknown."""
    row = await find_activity(activity)
    return await _progress(row, await questions_of(activity), set())


async def find_activity(activity: uuid.UUID) -> Any:
    """An activity's row with what it has given so far. Raises ActivityUnknown."""
    rows = await _activities(activity)
    if not rows:
        raise ActivityUnknown
    return rows[0]


async def activities() -> list[Any]:
    """All activities with what they have given so far, the newest first."""
    return await _activities(None)


async def _activities(activity: uuid.UUID | None) -> list[Any]:
    return await DB.fetch(
        """
        SELECT a.*, coalesce(n.members, 0) AS participants, coalesce(n.points, 0) + coalesce(c.points, 0) AS given,
               coalesce(n.vouchers, 0) + coalesce(c.vouchers, 0) AS vouchers, coalesce(c.members, 0) AS completed
          FROM __tenant__.profile_activity a
          LEFT JOIN LATERAL (
              SELECT count(DISTINCT member) AS members, sum(points)::bigint AS points,
                     count(voucher_template) AS vouchers
                FROM __tenant__.profile_answer WHERE activity = a.id AND state <> 'earlier') n ON true
          LEFT JOIN LATERAL (
              SELECT count(*) AS members, sum(points)::bigint AS points, count(voucher_template) AS vouchers
                FROM __tenant__.profile_completion WHERE activity = a.id) c ON true
         WHERE $1::uuid IS NULL OR a.id = $1 ORDER BY a.id DESC LIMIT 200
        """, activity)  # fmt: skip


async def _progress(activity: Any, questions: list[Any], answered: set[str]) -> Progress:
    named = await labels()
    step = open_step(questions, answered)
    wanted = [question["voucher_template"] for question in questions] + [activity["whole_voucher"]]
    vouchers = await _names([one for one in wanted if one])
    done = sum(question["field"] in answered for question in questions)
    return Progress(
        activity=activity["id"],
        name=name_of(activity),
        percent=100 * done // len(questions) if questions else 100,
        step=step,
        steps=len({question["step"] for question in questions}),
        whole_points=activity["whole_points"],
        whole_voucher=vouchers.get(activity["whole_voucher"]),
        questions=tuple(
            Asked(
                field=question["field"],
                label=named.get(question["field"], Words(en=question["field"], zh=question["field"])),
                step=question["step"],
                points=question["points"],
                voucher=vouchers.get(question["voucher_template"]),
                done=question["field"] in answered,
                open=step is None or question["step"] <= step,
            )
            for question in questions
        ),
    )


async def _names(templates: list[uuid.UUID]) -> dict[uuid.UUID | None, Words]:
    if not templates:
        return {}
    rows = await DB.fetch(
        "SELECT id, name_en, name_zh FROM __tenant__.voucher_template WHERE id = ANY($1::uuid[])",
        templates)  # fmt: skip
    return {row["id"]: name_of(row) for row in rows}


def name_of(row: Any) -> Words:
    """A row's name in both languages."""
    return Words(en=row["name_en"] or row["name_zh"], zh=row["name_zh"] or row["name_en"])
