"""A survey of every kind of question, answered by simulated members; called inside `shop.open()`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tenants.kit import ids
from tenants.surveys.rules import definition as definitions
from tenants.surveys.rules.definition import Choice, Definition, Jump, Question
from tenants.surveys.rules.searching import tokens
from tenants.surveys.rules.values import read_answer, to_rows
from tenants.tenancy import DB

if TYPE_CHECKING:
    import random
    import uuid
    from collections.abc import Iterable

START = datetime(2026, 3, 1, 4, tzinfo=UTC)
COLOURS = ("red", "green", "blue", "black")
TEXTS = (
    "The parcel came late, again", "Lovely colour, fast parcel", "包装破损，客服态度很好", "面料舒服，颜色好看",
    "<b>bold</b>", "=1+1", "＝1+1", "客服很慢",
)  # fmt: skip


def both(text: str) -> dict[str, str]:
    """A text in English and in Chinese."""
    return {"en": text, "zh": f"{text}（中）"}


def choices(*keys: str) -> list[Choice]:
    """Choices, called by their keys."""
    return [Choice(key=key, text=both(key.title())) for key in keys]


def every_kind() -> Definition:
    """One question of each kind; who is dry is asked more, and who is not unhappy skips the complaint."""
    ask = [
        Question(key="skin", kind="single", text=both("Skin"), choices=choices("dry", "oily", "mixed"), other=True),
        Question(key="cream", kind="dropdown", text=both("Cream"), choices=choices("day", "night"),
                 show_if='skin = "dry"'),
        Question(key="colours", kind="multiple", text=both("Colours"), choices=choices(*COLOURS)),
        Question(key="look", kind="picture", text=both("Look"), choices=choices("calm", "loud")),
        Question(key="order", kind="ranking", text=both("Order"), choices=choices("price", "speed", "care")),
        Question(key="table", kind="matrix", text=both("Table"), choices=choices("bad", "good"),
                 rows=choices("shop", "parcel")),
        Question(key="stars", kind="rating", text=both("Stars"), most=Decimal(5)),
        Question(key="nps", kind="nps", text=both("Recommend")),
        Question(key="csat", kind="csat", text=both("Satisfied")),
        Question(key="complaint", kind="long", text=both("Complaint")),
        Question(key="ces", kind="ces", text=both("Easy")),
        Question(key="spend", kind="number", text=both("Spend")),
        Question(key="launch", kind="date", text=both("Launch")),
        Question(key="wish", kind="short", text=both("Wish")),
        Question(key="agree", kind="consent", text=both("Agree")),
    ]  # fmt: skip
    return Definition(
        languages=["en", "zh"], title=both("All"), questions=ask,
        jumps=[Jump(after="csat", when="csat >= 3", to="ces")])  # fmt: skip


@dataclass
class Answered:
    """One simulated response: what it was given, by question, and all about it that results ask for."""

    answers: dict[str, Any]
    member: uuid.UUID | None = None
    version: int = 1
    phase: int = 1
    state: str = "complete"
    reached: str = ""
    suspect: str = ""
    via: str = "centre"
    language: str = "en"
    level: uuid.UUID | None = None
    at: datetime | None = field(default=START)
    id: uuid.UUID = field(default_factory=ids.new)

    @property
    def day(self) -> date:
        """The day of the shop on which it was given."""
        return (self.at or START).astimezone(ZoneInfo("Asia/Shanghai")).date()


def somebody(chance: random.Random, number: int) -> Answered:
    """What the n-th simulated member says: some of everything, with gaps, some giving up on the way."""
    skin = chance.choice(["dry", "oily", "mixed", "other"])
    said: dict[str, Any] = {"skin": {"choices": ["other"], "other": chance.choice(TEXTS)} if skin == "other" else skin}
    if skin == "dry":
        said["cream"] = chance.choice(["day", "night"])
    if picked := [colour for colour in COLOURS if chance.random() < 0.4]:
        said["colours"] = picked
    said["look"] = chance.choice(["calm", "loud"])
    said["order"] = chance.sample(["price", "speed", "care"], 3)
    said["table"] = {row: chance.choice(["bad", "good"]) for row in ("shop", "parcel") if chance.random() < 0.8}
    said["stars"] = chance.randint(1, 5)
    said["nps"] = chance.choice([0, 5, 6, 7, 8, 9, 9, 10, 10])
    said["csat"] = chance.randint(1, 5)
    if said["csat"] < 3:
        said["complaint"] = chance.choice(TEXTS)
    said["ces"] = chance.randint(1, 7)
    said["spend"] = str(Decimal(chance.randint(100, 99_999)) / 100)
    said["launch"] = (date(2026, 5, 1) + timedelta(days=chance.randint(0, 200))).isoformat()
    said["wish"] = chance.choice(TEXTS)
    said["agree"] = chance.random() < 0.7
    given = Answered(
        said, reached="agree", via=chance.choice(["centre", "link", "api"]), language=chance.choice(["en", "zh"]),
        at=START + timedelta(hours=number))  # fmt: skip
    if chance.random() < 0.2:
        _give_up(given, chance)
    elif chance.random() < 0.05:
        given.suspect = "too_fast"
    return given


def _give_up(given: Answered, chance: random.Random) -> None:
    given.state = "partial"
    way = list(given.answers)
    stop = chance.randrange(1, len(way))
    given.reached = way[stop]
    given.answers = {key: given.answers[key] for key in way[:stop]}


async def survey(definition: Definition, *, anonymous: bool = False, name: str = "Survey") -> uuid.UUID:
    """A live survey in its first version."""
    made = ids.new()
    await DB.fetch(
        "INSERT INTO __tenant__.survey (id, name_en, name_zh, state, version, anonymous, created_at, updated_at)"
        " VALUES ($1, $2, '问卷', 'live', 1, $3, $4, $4)", made, name, anonymous, START)  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.survey_version (id, survey, number, definition, frozen, created_at, updated_at)"
        " VALUES ($1, $2, 0, $3, false, $4, $4)", ids.new(), made, definitions.write(definition), START)  # fmt: skip
    await version(made, 1, definition)
    return made


async def version(of: uuid.UUID, number: int, definition: Definition) -> None:
    """A further version of a survey, which is answered from now on."""
    await DB.fetch(
        "INSERT INTO __tenant__.survey_version (id, survey, number, definition, frozen, created_at, updated_at)"
        " VALUES ($1, $2, $3, $4, true, $5, $5)", ids.new(), of, number, definitions.write(definition), START)  # fmt: skip
    await DB.fetch("UPDATE __tenant__.survey SET version = $2 WHERE id = $1", of, number)


async def answer(of: uuid.UUID, definition: Definition, given: Iterable[Answered], *, anonymous: bool = False) -> None:
    """Put responses there as they are, whatever state they are in."""
    everybody = list(given)
    taking_part = {one.id: ids.new() for one in everybody if one.member and not anonymous}
    if taking_part:
        await DB.copy_in(
            "survey_participation", columns=("id", "survey", "member", "occurrence", "phase", "finished", "day"),
            records=[(taking_part[one.id], of, one.member, one.id.hex[-20:], one.phase, True, None)
                     for one in everybody if one.id in taking_part])  # fmt: skip
    await DB.copy_in(
        "survey_response",
        columns=("id", "survey", "version", "phase", "member", "participation", "via", "language", "state", "reached",
                 "suspect", "level", "answers", "started_at", "updated_at", "completed_at"),
        records=[
            (one.id, of, one.version, one.phase, one.member, taking_part.get(one.id), one.via, one.language, one.state,
             one.reached, one.suspect, one.level, len(one.answers), None if anonymous else one.at,
             None if anonymous else one.at, one.at if one.state == "complete" and not anonymous else None)
            for one in everybody])  # fmt: skip
    rows = []
    for one in everybody:
        for key, raw in one.answers.items():
            question = definition.question(key)
            if question is None:
                raise KeyError(key)
            for row in to_rows(question, read_answer(question, raw, definition.languages)):
                found = tokens(row.text) if row.text else None
                rows.append(
                    (ids.new(), of, one.id, key, row.part, row.number, row.day, row.choices, row.text, found))  # fmt: skip
    await DB.copy_in(
        "survey_answer",
        columns=("id", "survey", "response", "question", "part", "number", "day", "choices", "text", "tokens"),
        records=rows)  # fmt: skip
