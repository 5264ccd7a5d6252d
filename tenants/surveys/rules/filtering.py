"""Which responses are meant: said in fields of a query, kept in links, asked of the database.

Fields: `state` (complete unless said), `suspects` (apart, with, only), `version`, `phase`, `language`, `via`, `level`
(`lvl_…` or `none`, as it was when it was answered), `tag`, `attribute` (`key=value`) and `rfm` of the member as they
are now, `since` and `until` (days in the shop's zone), `answer`: what was said to other questions, `key:what` divided
by commas, of a matrix `key.row:what`. `what` is a choice, a choice at a place of a ranking (`a@1`), a number or a day
or from one to another (`9..10`, `..6`, `100..<200` without its end), `*` for any answer and `!` for none. `reached` is
the question that they saw last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from tenants import segments
from tenants.kit import clock, ids
from tenants.kit.errors import Invalid, NotFound, Refused
from tenants.kit.words import Words
from tenants.surveys.rules.definition import CHOOSING
from tenants.surveys.rules.values import SCALED
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tenants.surveys.rules.asked import Asked, AskedQuestion

STATES = ("complete", "partial", "any")
SUSPECTS = ("apart", "with", "only")
VIA = {
    "api": Words(en="API", zh="接口"), "centre": Words(en="Member centre", zh="会员中心"),
    "link": Words(en="Personal link", zh="专属链接"), "open": Words(en="Open link", zh="公开链接"),
    "embed": Words(en="Embedded", zh="嵌入页面"),
}  # fmt: skip
ANONYMOUS_LEAST = 5
"""Of an anonymous survey nothing is told of fewer than so many together."""
NUMERIC = frozenset({"number", *SCALED})
CHOSEN = CHOOSING | {"consent"}
ANSWERS_MAX = 10
_WANTED = re.compile(r"(?P<key>[A-Za-z0-9_-]{1,40})(?:\.(?P<part>[A-Za-z0-9_-]{1,40}))?:(?P<what>[^,]{1,80})\Z")
_OF_MEMBERS = ("tag", "attribute", "rfm", "since", "until")


class NoWayBack(Refused):
    """An anonymous survey cannot be looked at by who its members are, or by when they answered."""

    code = "survey.no_way_back"
    sentence = Words(
        en="This survey is anonymous: its answers know neither member nor time, so “{param}” cannot be used.",
        zh="本问卷为匿名问卷，回答不含会员与时间信息，无法使用“{param}”。",
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """One answer that a response must have."""

    key: str
    part: str
    what: str

    def __str__(self) -> str:
        return f"{self.key}{'.' * bool(self.part)}{self.part}:{self.what}"


@dataclass(frozen=True, slots=True)
class Filter:
    """The responses that are meant; the default are the complete ones that are not suspect."""

    state: str = "complete"
    suspects: str = "apart"
    version: int | None = None
    phase: int | None = None
    language: str = ""
    via: str = ""
    level: str = ""
    tag: str = ""
    attribute: str = ""
    rfm: str = ""
    reached: str = ""
    since: date | None = None
    until: date | None = None
    answers: tuple[Wanted, ...] = ()

    @property
    def query(self) -> dict[str, str]:
        """The fields that say it, without those that are as ever."""
        plain = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "answers"}
        said = {name: str(value) for name, value in plain.items() if value != getattr(_DEFAULT, name)}
        return said | ({"answer": ",".join(map(str, self.answers))} if self.answers else {})

    def further(self, key: str, what: str, part: str = "") -> dict[str, str]:
        """The fields that say those of them who answered so: what a number of the results leads to."""
        wanted = Wanted(key, part, what)
        kept = tuple(one for one in self.answers if one != wanted)
        return replace(self, answers=(*kept, wanted)).query

    def where(self, asked: Asked, *second: Any, of: Literal["r", "a"] = "r") -> tuple[str, list[Any]]:
        """A condition over a row `r` of responses, and its parameters: the survey, those of the caller, its own.

        The survey is named of responses, or of answers `a` where these are looked up first: never of both. PostgreSQL
        takes the two for unrelated and would expect so few rows of a new survey that it looks at all for each.
        """
        return _Condition(self, asked, second, of).build()


_DEFAULT = Filter()


def read(given: Mapping[str, str], asked: Asked) -> Filter:
    """The filter that fields say; empty ones say nothing. Raises Invalid, NoWayBack."""
    said = {name: value.strip() for name, value in given.items() if value and value.strip()}
    found = Filter(
        state=_one_of(said, "state", STATES),
        suspects=_one_of(said, "suspects", SUSPECTS),
        version=_whole(said, "version"),
        phase=_whole(said, "phase"),
        language=_short(said, "language", 20),
        via=_one_of(said, "via", tuple(VIA)) if said.get("via") else "",
        level=_level(said),
        tag=_short(said, "tag", 50),
        attribute=_attribute(said),
        rfm=_short(said, "rfm", 40),
        reached=_short(said, "reached", 40),
        since=_day(said, "since"),
        until=_day(said, "until"),
        answers=_answers(said.get("answer", ""), asked),
    )
    if asked.anonymous:
        for name in _OF_MEMBERS:
            if getattr(found, name):
                raise NoWayBack(param=name)
    return found


class _Condition:
    """Puts the condition of a filter together, a piece for each field that says something."""

    def __init__(self, chosen: Filter, asked: Asked, second: Sequence[Any], of: Literal["r", "a"]) -> None:
        self.chosen = chosen
        self.asked = asked
        self.args: list[Any] = [asked.id, *second]
        self.parts = [f"{of}.survey = $1::uuid"]

    def build(self) -> tuple[str, list[Any]]:
        chosen = self.chosen
        if chosen.state != "any":
            self._put("r.state = ", chosen.state)
        if chosen.suspects != "with":
            self.parts.append("r.suspect = ''" if chosen.suspects == "apart" else "r.suspect <> ''")
        for name in ("version", "phase"):
            if (number := getattr(chosen, name)) is not None:
                self.args.append(number)
                self.parts.append(f"r.{name} = ${len(self.args)}::int")
        for name in ("language", "via", "reached"):
            if text := getattr(chosen, name):
                self._put(f"r.{name} = ", text)
        if chosen.level == "none":
            self.parts.append("r.level IS NULL")
        elif chosen.level:
            self.args.append(ids.read("lvl", chosen.level))
            self.parts.append(f"r.level = ${len(self.args)}::uuid")
        self._of_member()
        self._of_time()
        for wanted in chosen.answers:
            self._answered(wanted)
        return " AND ".join(self.parts), self.args

    def _put(self, test: str, value: str) -> None:
        self.args.append(value)
        self.parts.append(f"{test}${len(self.args)}::text")

    def _of_member(self) -> None:
        if self.chosen.tag:
            self.args.append(self.chosen.tag)
            self.parts.append(
                "EXISTS (SELECT FROM __tenant__.member m WHERE m.id = r.member"
                f" AND m.tags @> ARRAY[${len(self.args)}::varchar])"
            )
        if self.chosen.attribute:
            self.args += self.chosen.attribute.split("=", 1)
            self.parts.append(
                "EXISTS (SELECT FROM __tenant__.member_attribute k JOIN __tenant__.attribute d ON d.id = k.attribute"
                f" WHERE k.member = r.member AND d.key = ${len(self.args) - 1}::text"
                f" AND k.value = ${len(self.args)}::text)"
            )
        if self.chosen.rfm:
            self.args.append(self.chosen.rfm)
            self.parts.append(
                "EXISTS (SELECT FROM __tenant__.member m WHERE m.id = r.member"
                f" AND {segments.RFM_GROUP} = ${len(self.args)}::text)"
            )

    def _of_time(self) -> None:
        zone = current_tenant().timezone
        if self.chosen.since:
            self.args.append(clock.local(zone, self.chosen.since))
            self.parts.append(f"coalesce(r.completed_at, r.started_at) >= ${len(self.args)}::timestamptz")
        if self.chosen.until:
            self.args.append(clock.local(zone, self.chosen.until + timedelta(days=1)))
            self.parts.append(f"coalesce(r.completed_at, r.started_at) < ${len(self.args)}::timestamptz")

    def _answered(self, wanted: Wanted) -> None:
        self.args += [wanted.key, wanted.part]
        which = f"f.response = r.id AND f.question = ${len(self.args) - 1}::text"
        which += f" AND (${len(self.args)}::text = '' OR f.part = ${len(self.args)}::text)"
        if wanted.what == "!":
            self.parts.append(f"NOT EXISTS (SELECT FROM __tenant__.survey_answer f WHERE {which})")
            return
        test = self._test(wanted)
        self.parts.append(f"EXISTS (SELECT FROM __tenant__.survey_answer f WHERE {which}{test})")

    def _test(self, wanted: Wanted) -> str:
        if wanted.what == "*":
            return ""
        one = self.asked.find(wanted.key)
        if one is not None and one.question.kind in CHOSEN:
            choice, _, place = wanted.what.partition("@")
            self.args.append(choice)
            if not place:
                return f" AND f.choices @> ARRAY[${len(self.args)}::varchar]"
            self.args.append(int(place))
            return f" AND f.choices[${len(self.args)}::int] = ${len(self.args) - 1}::text"
        dated = one is not None and one.question.kind == "date"
        column, kind = ("f.day", "date") if dated else ("f.number", "numeric")
        least, most = _bounds(wanted.what, dated=dated)
        test = ""
        for sign, bound in ((">=", least), ("<" if "..<" in wanted.what else "<=", most)):
            if bound is not None:
                self.args.append(bound)
                test += f" AND {column} {sign} ${len(self.args)}::{kind}"
        return test


def _answers(text: str, asked: Asked) -> tuple[Wanted, ...]:
    said = [part.strip() for part in text.split(",") if part.strip()]
    if len(said) > ANSWERS_MAX:
        raise _invalid("answer", Words(en=f"use at most {ANSWERS_MAX}", zh=f"最多 {ANSWERS_MAX} 个条件"))
    return tuple(dict.fromkeys(_wanted(part, asked) for part in said))


def _wanted(text: str, asked: Asked) -> Wanted:
    match = _WANTED.match(text)
    one = asked.find(match["key"]) if match else None
    if not match or one is None:
        raise _invalid("answer", Words(en=f"“{text[:80]}” names no question", zh=f"“{text[:80]}”未对应任何题目"))
    wanted = Wanted(match["key"], match["part"] or "", match["what"].strip())
    if not _fits(one, wanted):
        raise _invalid("answer", Words(en=f"“{text[:80]}” is no answer to it", zh=f"“{text[:80]}”不是该题的回答"))
    return wanted


def _fits(one: AskedQuestion, wanted: Wanted) -> bool:
    question = one.question
    if wanted.part and (question.kind != "matrix" or wanted.part not in {row.key for row in question.rows}):
        return False
    if wanted.what in {"*", "!"}:
        return True
    if question.kind in CHOSEN:
        choice, at, place = wanted.what.partition("@")
        known = choice in {each.key for each in one.choices}
        return known and (not at or (question.kind == "ranking" and place.isdecimal() and len(place) <= 3))  # noqa: PLR2004
    if question.kind in NUMERIC or question.kind == "date":
        try:
            least, most = _bounds(wanted.what, dated=question.kind == "date")
        except (ValueError, ArithmeticError):
            return False
        return least is not None or most is not None
    return False


def _bounds(what: str, *, dated: bool) -> tuple[Any, Any]:
    """From what to what, None for an open end. Raises ValueError or ArithmeticError where it says neither."""
    first, between, last = what.partition("..")
    least, most = ((_value(part, dated=dated) if part else None) for part in (first, last.removeprefix("<")))
    return (least, most) if between else (least, least)


def _value(text: str, *, dated: bool) -> date | Decimal:
    if dated:
        return date.fromisoformat(text)
    number = Decimal(text)
    # An exponent beyond what the database takes would be refused in the middle of a file that is being sent.
    if not number.is_finite() or abs(number) > 10**14 or not -20 <= int(number.as_tuple().exponent) <= 20:  # noqa: PLR2004
        raise ValueError(text)
    return number


def _invalid(param: str, problem: Words) -> Invalid:
    return Invalid(param=param, problem=problem)


def _one_of(said: Mapping[str, str], param: str, known: tuple[str, ...]) -> str:
    value = said.get(param, known[0])
    if value not in known:
        raise _invalid(param, Words(en=f"use one of {', '.join(known)}", zh=f"请使用 {'、'.join(known)} 之一"))
    return value


def _whole(said: Mapping[str, str], param: str) -> int | None:
    text = said.get(param)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 6:  # noqa: PLR2004  more versions than edits in a life
        raise _invalid(param, Words(en="use a whole number", zh="请使用整数"))
    return int(text)


def _short(said: Mapping[str, str], param: str, most: int) -> str:
    text = said.get(param, "")
    if len(text) > most or "\x00" in text:
        raise _invalid(param, Words(en=f"use at most {most} characters", zh=f"最多 {most} 个字符"))
    return text


def _level(said: Mapping[str, str]) -> str:
    text = said.get("level", "")
    if text and text != "none":
        try:
            ids.read("lvl", text)
        except NotFound:
            raise _invalid("level", Words(en="use lvl_… or none", zh="请使用 lvl_… 或 none")) from None
    return text


def _attribute(said: Mapping[str, str]) -> str:
    text = _short(said, "attribute", 560)
    if text and not all(text.partition("=")[::2]):
        raise _invalid("attribute", Words(en="use key=value", zh="请使用 键=值"))
    return text


def _day(said: Mapping[str, str], param: str) -> date | None:
    text = said.get(param)
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        day = None
    if text and (day is None or not 2000 <= day.year <= 2200):  # noqa: PLR2004  within what moments can say
        raise _invalid(param, Words(en="use a day, such as 2026-01-31", zh="请使用日期，如 2026-01-31"))
    return day
