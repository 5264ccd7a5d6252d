"""What a rule means in SQL, as a condition over a row `m` of members.

Every condition is true or false and never null, so that `not` is everybody else. What members have elsewhere is asked
with EXISTS, which PostgreSQL answers by one pass for a million members and by a look each for a few. A number that is
zero for who has no row yet holds for those, too, where zero does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids, lunar
from tenants.segments.rules.rfm import OF_TOTALS
from tenants.segments.rules.rule import Not, Several
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    from collections.abc import Callable

    from tenants.segments.rules.rule import Rule, Term

# Who has no level of their own has the lowest, where it takes nothing; nobody has one while levels are off.
_LOWEST = (
    "(SELECT CASE WHEN threshold = 0 THEN {column} END FROM __tenant__.level ORDER BY rank LIMIT 1)"  # our own columns
)
_LOWEST_ID, _LOWEST_RANK = (_LOWEST.replace("{column}", name) for name in ("id", "rank"))
_LEVELS_ON = "(SELECT active FROM __tenant__.level_policy WHERE id = 1)"
LEVEL = (
    f"CASE WHEN {_LEVELS_ON} THEN coalesce("
    f"(SELECT s.level FROM __tenant__.level_standing s WHERE s.member = m.id), {_LOWEST_ID}) END"
)
"""The id of a member's level, over a row `m` of members; null for none."""
_OWN_LEVEL = "SELECT 1 FROM __tenant__.level_standing s JOIN __tenant__.level h ON h.id = s.level WHERE s.member = m.id"
_BOUGHT = "SELECT 1 FROM __tenant__.buyer_totals t WHERE t.member = m.id AND t.purchases > 0"


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL over the alias `m`, and the values of its parameters; the first of them has the number that was asked for."""

    sql: str
    args: tuple[Any, ...]


def condition(rule: Rule, first: int = 1) -> Condition:
    """What a rule means; its parameters are numbered from `first` on. Days and ages are those of this moment."""
    writer = _Writer(first)
    sql = _sql(rule, writer)
    return Condition(sql, tuple(writer.args))


@dataclass(slots=True)
class _Writer:
    """Collects the values of parameters; nothing of a rule becomes text of a statement."""

    first: int
    args: list[Any] = field(default_factory=list)

    def put(self, value: Any, kind: str) -> str:
        """The place of a value, with its type: `$3::text`."""
        self.args.append(value)
        return f"${self.first + len(self.args) - 1}::{kind}"


def _sql(rule: Rule, to: _Writer) -> str:
    match rule:
        case Several(how="all"):
            return f"({' AND '.join(_sql(each, to) for each in rule.rules)})" if rule.rules else "true"
        case Several():
            return f"({' OR '.join(_sql(each, to) for each in rule.rules)})"
        case Not():
            return f"(NOT {_sql(rule.rule, to)})"
    if rule.op == "is_not":
        return f"(NOT {_WRITERS[rule.about](_as(rule, 'is'), to)})"
    if rule.op == "known" and not rule.value:
        return f"(NOT {_WRITERS[rule.about](_as(rule, 'known', value=True), to)})"
    return _WRITERS[rule.about](rule, to)


def _as(term: Term, op: str, value: Any = None) -> Term:
    return type(term)(term.about, op, term.value if value is None else value, term.key)


def _text_in(column: str) -> Callable[[Term, _Writer], str]:
    def write(term: Term, to: _Writer) -> str:
        if term.op == "known":
            return f"({column} <> '')"
        if term.op == "contains":
            return f"(position(lower({to.put(term.value, 'text')}) IN lower({column})) > 0)"
        return f"({column} = ANY({to.put(term.value, 'text[]')}))"

    return write


def _locale(term: Term, to: _Writer) -> str:
    """A language holds for its regions, too: zh for zh-CN."""
    if term.op == "known":
        return "(m.locale IS NOT NULL)"
    wanted = to.put(term.value, "text[]")
    return f"((m.locale = ANY({wanted}) OR split_part(m.locale, '-', 1) = ANY({wanted})) IS TRUE)"


def _tag(term: Term, to: _Writer) -> str:
    return f"(m.tags && {to.put(term.value, 'varchar[]')})"


def _age(term: Term, to: _Writer) -> str:
    """Full years by the calendar in which the birthday is kept."""
    if term.op == "known":
        return "(m.birth_year IS NOT NULL)"
    today = clock.today(current_tenant().timezone)
    lunar_today = lunar.to_lunar(today) if lunar.FIRST_YEAR < today.year <= lunar.LAST_YEAR else today
    solar, by_moon = (
        to.put(10_000 * day.year + 100 * day.month + day.day, "int") for day in (today, lunar_today)
    )  # fmt: skip
    born = "(10000 * m.birth_year + 100 * m.birth_month + m.birth_day)"
    age = f"((CASE m.birth_calendar WHEN 'lunar' THEN {by_moon} ELSE {solar} END - {born}) / 10000)"
    return f"({_compare(term, age, to)} IS TRUE)"


def _birthday_month(term: Term, to: _Writer) -> str:
    """The month of this year in which the birthday is kept: a lunar one lies in another each year."""
    year = clock.today(current_tenant().timezone).year
    kept = to.put(_lunar_days(year, set(term.value)), "int[]")
    months = to.put(term.value, "int[]")
    return (
        f"((CASE m.birth_calendar WHEN 'lunar' THEN 100 * m.birth_month + m.birth_day = ANY({kept})"
        f" ELSE m.birth_month = ANY({months}) END) IS TRUE)"
    )


def _lunar_days(year: int, months: set[int]) -> list[int]:
    found = []
    for lunar_year in (year - 1, year):
        if not lunar.FIRST_YEAR <= lunar_year <= lunar.LAST_YEAR:
            continue
        for month in range(1, 13):
            for number in range(1, 31):
                day = lunar.anniversary(lunar_year, month, number)
                if day.year == year and day.month in months:
                    found.append(100 * month + number)
    return sorted(set(found))


def _joined(term: Term, to: _Writer) -> str:
    return f"({_compare_moment(term, 'm.created_at', to)})"


def _attribute(term: Term, to: _Writer) -> str:
    # Which attribute it is, is looked up once for a statement; only its values are ever read as numbers.
    key = to.put(term.key, "text")
    one = f"(SELECT d.id FROM __tenant__.attribute d WHERE d.key = {key})"
    match term.op:
        case "known":
            holds = "true"
        case "contains":
            holds = f"position(lower({to.put(term.value, 'text')}) IN lower(a.value)) > 0"
        case "is":
            holds = f"a.value = ANY({to.put(_texts(term.value), 'text[]')})"
        case "before" | "since" | "within_days" | "longer_ago":
            # Dates are kept as YYYY-MM-DD, which sorts as text.
            sign = ">=" if term.op in {"since", "within_days"} else "<"
            holds = f'a.value COLLATE "C" {sign} {to.put(_break_of(term).isoformat(), "text")}'
        case _:
            holds = f"CASE WHEN a.attribute = {one} THEN {_compare(term, 'a.value::numeric', to)} END"
    its = f"FROM __tenant__.member_attribute a WHERE a.member = m.id AND a.attribute = {one}"
    return f"EXISTS (SELECT 1 {its} AND {holds})"


def _texts(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _level(term: Term, to: _Writer) -> str:
    named = term.value if isinstance(term.value, list) else [term.value]
    levels = [ids.read("lvl", each) for each in named]
    if term.op == "is":
        wanted = to.put(levels, "uuid[]")
        own, lowest = f"h.id = ANY({wanted})", f"{_LOWEST_ID} = ANY({wanted})"
    else:
        sign = ">=" if term.op == "at_least" else "<="
        wanted = to.put(levels[0], "uuid")
        rank = f"(SELECT rank FROM __tenant__.level WHERE id = {wanted})"
        own, lowest = f"h.rank {sign} {rank}", f"{_LOWEST_RANK} {sign} {rank}"
    return f"({_LEVELS_ON} AND (EXISTS ({_OWN_LEVEL} AND {own}) OR ({lowest}) IS TRUE AND NOT EXISTS ({_OWN_LEVEL})))"


def _total(column: str, source: str) -> Callable[[Term, _Writer], str]:
    """A number that is zero for who has no row in the source."""

    def write(term: Term, to: _Writer) -> str:
        holds = _compare(term, column, to)
        rows = f"SELECT 1 FROM __tenant__.{source} t WHERE t.member = m.id"
        if _fits(term, Decimal(0)):
            return f"(NOT EXISTS ({rows} AND NOT ({holds})))"
        return f"EXISTS ({rows} AND {holds})"

    return write


def _average_order(term: Term, to: _Writer) -> str:
    if term.op == "known":
        return f"EXISTS ({_BOUGHT})"
    return f"EXISTS ({_BOUGHT} AND {_compare(term, 'round(t.spend / nullif(t.purchases, 0), 2)', to)})"


def _ordered(column: str) -> Callable[[Term, _Writer], str]:
    def write(term: Term, to: _Writer) -> str:
        more = "" if term.op == "known" else f" AND {_compare_moment(term, column, to)}"
        return f"EXISTS ({_BOUGHT}{more})"

    return write


def _last_check_in(term: Term, to: _Writer) -> str:
    more = ""
    if term.op != "known":
        sign = ">=" if term.op in {"since", "within_days"} else "<"
        more = f" AND c.day {sign} {to.put(_break_of(term), 'date')}"
    return f"EXISTS (SELECT 1 FROM __tenant__.check_in_standing c WHERE c.member = m.id{more})"


def _rfm(term: Term, to: _Writer) -> str:
    if term.op == "known":
        return f"EXISTS ({_BOUGHT} AND {OF_TOTALS} IS NOT NULL)"
    return f"EXISTS ({_BOUGHT} AND {OF_TOTALS} = ANY({to.put(term.value, 'text[]')}))"


_SIGNS = {"is": "=", "less": "<", "more": ">", "at_least": ">=", "at_most": "<="}


def _compare(term: Term, column: str, to: _Writer) -> str:
    if term.op == "between":
        low, high = (to.put(Decimal(each), "numeric") for each in term.value)
        return f"{column} BETWEEN {low} AND {high}"
    return f"{column} {_SIGNS[term.op]} {to.put(Decimal(term.value), 'numeric')}"


def _fits(term: Term, number: Decimal) -> bool:
    if term.op == "between":
        low, high = map(Decimal, term.value)
        return low <= number <= high
    value = Decimal(term.value)
    return {
        "is": number == value, "less": number < value, "more": number > value, "at_least": number >= value,
        "at_most": number <= value,
    }[term.op]  # fmt: skip


def _compare_moment(term: Term, column: str, to: _Writer) -> str:
    sign = ">=" if term.op in {"since", "within_days"} else "<"
    begins = clock.local(current_tenant().timezone, _break_of(term))
    return f"{column} {sign} {to.put(begins, 'timestamptz')}"


def _break_of(term: Term) -> date:
    """The day from which on it is "since" or "within", and before which "before" or "longer ago"."""
    if term.op in {"before", "since"}:
        return date.fromisoformat(term.value)
    return clock.today(current_tenant().timezone) - timedelta(days=term.value)


_WRITERS: dict[str, Callable[[Term, _Writer], str]] = {
    "gender": _text_in("m.gender"),
    "age": _age,
    "birthday_month": _birthday_month,
    "region": _text_in("m.region"),
    "occupation": _text_in("m.occupation"),
    "locale": _locale,
    "source": _text_in("m.source"),
    "joined": _joined,
    "tag": _tag,
    "attribute": _attribute,
    "level": _level,
    "orders": _total("t.purchases", "buyer_totals"),
    "spent": _total("t.spend", "buyer_totals"),
    "average_order": _average_order,
    "first_order": _ordered("t.first_at"),
    "last_order": _ordered("t.last_at"),
    "points": _total("t.balance", "points_account"),
    "last_check_in": _last_check_in,
    "rfm": _rfm,
}
