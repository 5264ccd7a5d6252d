"""How a condition is written: its parts, read from text and written again."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from tenants.kit.words import Words
from tenants.surveys.rules.refusals import ExpressionRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

LENGTH_MAX = 2000
DEPTH_MAX = 40
WORDS: Final = frozenset({"and", "or", "not", "in", "has", "answered", "count"})
"""Words of the language; no question is called so."""
Sign: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Name:
    """The answer to a question, or to one row of a matrix."""

    key: str
    row: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A number or a text that stands in the condition."""

    value: Decimal | str


@dataclass(frozen=True, slots=True)
class Count:
    """How many choices were made."""

    name: Name


Operand: TypeAlias = Name | Value | Count


@dataclass(frozen=True, slots=True)
class Compare:
    """Two sides and a sign between them."""

    sign: Sign
    left: Operand
    right: Operand


@dataclass(frozen=True, slots=True)
class In:
    """An answer is one of several."""

    name: Operand
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Has:
    """A choice is among those made, or words are in a text."""

    name: Name
    value: Value


@dataclass(frozen=True, slots=True)
class Answered:
    """A question was answered."""

    name: Name


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    part: Expression


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one."""

    parts: tuple[Expression, ...]


Expression: TypeAlias = Compare | In | Has | Answered | Not | And | Or


@functools.lru_cache(maxsize=2000)
def parse(text: str) -> Expression | None:
    """Read a condition; None where it is empty. Raises ExpressionRefused, which says where it stops making sense."""
    if len(text) > LENGTH_MAX:
        raise _refused(0, Words(en=f"use at most {LENGTH_MAX} characters", zh=f"最多 {LENGTH_MAX} 个字符"))
    reader = _Reader(text)
    if reader.kind == "end":
        return None
    found = reader.alternatives(0)
    if reader.kind != "end":
        raise _refused(reader.at, Words(en="“and” or “or” is missing here", zh="此处缺少 and 或 or"))
    return found


def write(expression: Expression | None) -> str:  # noqa: PLR0911  a case each
    """The condition as text that reads back as the same."""
    match expression:
        case None:
            return ""
        case Or(parts):
            return " or ".join(_inside(part, Or) for part in parts)
        case And(parts):
            return " and ".join(_inside(part, Or, And) for part in parts)
        case Not(part):
            return f"not {_inside(part, Or, And, Not)}"
        case Answered(name):
            return f"answered({_operand(name)})"
        case Has(name, value):
            return f"has({_operand(name)}, {_operand(value)})"
        case In(name, values):
            return f"{_operand(name)} in ({', '.join(_operand(value) for value in values)})"
        case Compare(sign, left, right):
            return f"{_operand(left)} {sign} {_operand(right)}"


def values(expression: Expression | None) -> Iterator[Value]:
    """Every number and text that stands in a condition."""
    match expression:
        case Or(parts) | And(parts):
            for part in parts:
                yield from values(part)
        case Not(part):
            yield from values(part)
        case Has(_, value):
            yield value
        case In(_, several):
            yield from several
        case Compare(_, left, right):
            yield from (side for side in (left, right) if isinstance(side, Value))


def _inside(part: Expression, *weaker: type[Expression]) -> str:
    return f"({write(part)})" if isinstance(part, weaker) else write(part)


def _operand(operand: Operand) -> str:
    match operand:
        case Name(key, row):
            return f"{key}.{row}" if row else key
        case Count(name):
            return f"count({_operand(name)})"
        case Value(Decimal() as number):
            return f"{number:f}"
        case Value(text):
            return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


_TOKEN = re.compile(
    r"""\s*(?:(?P<number>-?[0-9]{1,12}(?:\.[0-9]{1,6})?(?![0-9A-Za-z_]))
          | (?P<text>"(?:[^"\\]|\\["\\])*")
          | (?P<sign><=|>=|!=|[=<>])
          | (?P<mark>[(),])
          | (?P<name>[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9][A-Za-z0-9_-]*)?)
          | (?P<end>\Z))""",
    re.VERBOSE,
)


class _Reader:
    """Reads one sign after the other; what is next stands in `kind` and `text`, and where in `at`."""

    def __init__(self, source: str) -> None:
        self.source, self.at, self._next = source, 0, 0
        self.kind, self.text = "", ""
        self.take()

    def take(self) -> str:
        """Hand out what is next and read on."""
        taken = self.text
        found = _TOKEN.match(self.source, self._next)
        if found is None:
            self.at = self._next
            raise _refused(self.at, Words(en="this cannot be read", zh="此处无法识别"))
        self.kind = str(found.lastgroup)
        self.text, self.at, self._next = found[self.kind], found.start(self.kind), found.end()
        return taken

    def took(self, text: str) -> bool:
        """Whether this word or mark was next, which is then behind us."""
        if self.kind not in {"name", "mark"} or self.text != text:
            return False
        self.take()
        return True

    def need(self, text: str) -> None:
        """This mark must come now."""
        if not self.took(text):
            raise _refused(self.at, Words(en=f"“{text}” is missing here", zh=f"此处缺少“{text}”"))

    def alternatives(self, depth: int) -> Expression:
        """`… or …`."""
        if depth > DEPTH_MAX:
            raise _refused(self.at, Words(en="too many brackets within each other", zh="括号嵌套过多"))
        parts = [self.conjunction(depth)]
        while self.took("or"):
            parts.append(self.conjunction(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def conjunction(self, depth: int) -> Expression:
        """`… and …`."""
        parts = [self.negation(depth)]
        while self.took("and"):
            parts.append(self.negation(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negation(self, depth: int) -> Expression:
        """`not …`, brackets, or a comparison."""
        if self.took("not"):
            if depth > DEPTH_MAX:
                raise _refused(self.at, Words(en="too many “not” in a row", zh="连续的 not 过多"))
            return Not(self.negation(depth + 1))
        if self.took("("):
            inside = self.alternatives(depth + 1)
            self.need(")")
            return inside
        if self.kind == "name" and self.text in {"has", "answered"}:
            return self.call()
        return self.comparison()

    def call(self) -> Expression:
        """`has(…)` or `answered(…)`."""
        word = self.take()
        self.need("(")
        name = self.name()
        if word == "answered":
            self.need(")")
            return Answered(name)
        self.need(",")
        value = self.value()
        self.need(")")
        return Has(name, value)

    def comparison(self) -> Expression:
        """`left = right` or `left in (…)`."""
        left = self.operand()
        if self.took("in"):
            self.need("(")
            values = [self.value()]
            while self.took(","):
                values.append(self.value())
            self.need(")")
            return In(left, tuple(values))
        if self.kind != "sign":
            raise _refused(
                self.at, Words(en="a comparison such as = or >= is missing here", zh="此处缺少比较，如 = 或 >=")
            )
        sign = cast("Sign", self.take())
        return Compare(sign, left, self.operand())

    def operand(self) -> Operand:
        """A name, `count(…)` or a value."""
        if self.kind == "name" and self.text == "count":
            self.take()
            self.need("(")
            name = self.name()
            self.need(")")
            return Count(name)
        return self.name() if self.kind == "name" else self.value()

    def name(self) -> Name:
        """The key of a question, or of a question and a row."""
        if self.kind != "name" or self.text in WORDS:
            raise _refused(self.at, Words(en="the key of a question is missing here", zh="此处缺少题目标识"))
        key, _, row = self.take().partition(".")
        return Name(key, row)

    def value(self) -> Value:
        """A number or a text in quotation marks."""
        if self.kind == "number":
            return Value(Decimal(self.take()))
        if self.kind != "text":
            raise _refused(
                self.at, Words(en='a number or a text in "…" is missing here', zh='此处缺少数字或 "…" 中的文字')
            )
        return Value(re.sub(r"\\(.)", r"\1", self.take()[1:-1], flags=re.DOTALL))


def _refused(at: int, problem: Words) -> ExpressionRefused:
    placed = Words(en=f"{problem.en} (character {at + 1})", zh=f"{problem.zh}（第 {at + 1} 个字符）")
    return ExpressionRefused(param="condition", problem=placed)
