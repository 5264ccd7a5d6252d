"""Order events out of a CSV file, read as it comes in: the batches that are ready, and the rows that cannot be used.

A row is an event, or a further line of the event above it: rows with the same source, order and reference that follow
each other are one event. Nothing of the file is kept but the batch that is being gathered.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from tenants import members
from tenants.kit import clock
from tenants.kit.errors import DomainError, Invalid
from tenants.kit.words import Words
from tenants.orders.rules.deciding import KINDS, Kind, Line
from tenants.orders.rules.incoming import Incoming
from tenants.tenancy import current_tenant

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

BATCH = 1_000
ERRORS_MAX = 100
_RECORD_MAX = 100_000
_IN_CHINESE = {
    "来源": "source", "店铺": "source", "订单号": "order", "订单编号": "order", "会员": "member", "会员编号": "member",
    "事件": "kind", "状态": "kind", "编号": "reference", "时间": "at", "金额": "amount", "实付金额": "amount",
    "币种": "currency", "件数": "items", "运费": "shipping", "税费": "tax", "承运商": "carrier", "快递公司": "carrier",
    "快递单号": "tracking", "行号": "line", "商品": "product", "商品编号": "product", "类目": "category",
    "数量": "quantity", "行金额": "line_amount",
}  # fmt: skip
_KINDS: dict[str, Kind] = {
    "已付款": "paid", "付款": "paid", "已发货": "shipped", "发货": "shipped", "已签收": "delivered",
    "签收": "delivered",
    "已完成": "completed", "完成": "completed", "交易成功": "completed", "已取消": "cancelled", "取消": "cancelled",
    "交易关闭": "cancelled", "已退款": "refunded", "退款": "refunded", **{kind: kind for kind in KINDS},
}  # fmt: skip
_REQUIRED = ("source", "order", "member", "kind", "at")
_KNOWN = frozenset({*_REQUIRED, *_IN_CHINESE.values()})


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a row was left out: where, a code for programs and a sentence for people."""

    line: int
    column: str
    code: str
    sentence: str


@dataclass(slots=True)
class Batch:
    """Events that are ready, each with the line on which it begins, and rows that cannot be used."""

    events: list[tuple[int, Incoming]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


async def read_file(chunks: AsyncIterator[bytes]) -> AsyncIterator[Batch]:
    """Batches of a CSV in UTF-8 (with or without byte order mark) or GBK, its first line naming the columns.

    Raises ImportUnreadable for a header that cannot be used. What cannot be read further down (quotes that do not
    match, bytes of another encoding) is the last row that is refused, and nothing after it is read.
    """
    columns: list[str] | None = None
    batch = Batch()
    try:
        async for line, cells in _records(chunks):
            if columns is None:
                columns = _columns(cells)
                continue
            if not any(cell.strip() for cell in cells):
                continue
            if len(batch.events) + len(batch.refused) >= BATCH and not _goes_on(batch, cells, columns):
                yield batch
                batch = Batch()
            _take(batch, line, cells, columns)
    except _Stop as stop:
        if columns is None:
            raise members.ImportUnreadable(stop.words) from None
        batch.refused.append(Refused(stop.line, "", members.ImportUnreadable.code, stop.words.say()))
    if columns is None:
        raise members.ImportUnreadable(_header(Words(en="it is empty", zh="文件为空")))
    yield batch


class _Stop(Exception):
    def __init__(self, line: int, words: Words) -> None:
        super().__init__(words.en)
        self.line, self.words = line, words


async def _records(chunks: AsyncIterator[bytes]) -> AsyncIterator[tuple[int, list[str]]]:
    """Each row with the number of the line on which it begins."""
    mark, text, line = "", "", 1
    async for piece in _texts(chunks):
        text += piece
        ready, text = _cut(text)
        if len(text) > _RECORD_MAX:
            raise _Stop(line, Words(en=f"the quotes on line {line} do not match", zh=f"第 {line} 行的引号不成对"))
        if ready:
            mark = mark or next((one for one in ",;\t" if one in ready.partition("\n")[0]), ",")
            for row in _rows(ready, mark, line):
                yield row
            line += ready.count("\n")
    if text.strip():
        if text.count('"') % 2:
            raise _Stop(line, Words(en=f"the quotes on line {line} do not match", zh=f"第 {line} 行的引号不成对"))
        mark = mark or next((one for one in ",;\t" if one in text), ",")
        for row in _rows(text, mark, line):
            yield row


def _cut(text: str) -> tuple[str, str]:
    """As much as is whole rows, and the rest: a row ends with a line on which all quotes are closed."""
    end = text.rfind("\n") + 1
    while end and text.count('"', 0, end) % 2:
        end = text.rfind("\n", 0, end - 1) + 1
    return text[:end], text[end:]


def _rows(text: str, mark: str, line: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    while True:
        begins = line + reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            told = Words(en=f"the quotes on line {begins} do not match", zh=f"第 {begins} 行的引号不成对")
            raise _Stop(begins, told) from None
        yield begins, cells


async def _texts(chunks: AsyncIterator[bytes]) -> AsyncIterator[str]:
    """The text of the chunks: UTF-8, or GBK from the first bytes on that are none, where all before were ASCII."""
    decoder: codecs.IncrementalDecoder = codecs.getincrementaldecoder("utf-8-sig")()
    plain, held = True, b""
    async for chunk in chunks:
        held, undecided = b"", held + chunk
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError:
            if not plain:
                raise _unreadable() from None
            decoder = codecs.getincrementaldecoder("gb18030")()  # holds all of GBK
            text = _decoded(decoder, undecided)
        else:
            # Bytes of which the last are part of a letter are decoded again with the next, should it be GBK after all.
            held = decoder.getstate()[0]
            plain = plain and text.isascii()
        yield text
    yield _decoded(decoder, b"", final=True)


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> str:
    try:
        return decoder.decode(chunk, final)
    except UnicodeDecodeError:
        raise _unreadable() from None


def _unreadable() -> _Stop:
    return _Stop(0, Words(en="save it as CSV in UTF-8 or GBK", zh="请另存为 UTF-8 或 GBK 编码的 CSV"))


def _columns(header: list[str]) -> list[str]:
    names = [name.strip() for name in header]
    columns = [_IN_CHINESE.get(name, name.lower()) for name in names]
    for name, column in zip(names, columns, strict=True):
        shown = "".join(letter for letter in name if letter.isprintable())[:60].replace("{", "(").replace("}", ")")
        if column not in _KNOWN:
            raise members.ImportUnreadable(Words(en=f"there is no column “{shown}”", zh=f"没有“{shown}”这一列"))
        if columns.count(column) > 1:
            raise members.ImportUnreadable(Words(en=f"the column “{shown}” is there twice", zh=f"“{shown}”列重复"))
    missing = [column for column in _REQUIRED if column not in columns]
    if missing:
        raise members.ImportUnreadable(
            _header(Words(en=f"it lacks {', '.join(missing)}", zh=f"缺少 {'、'.join(missing)}"))
        )
    return columns


def _header(problem: Words) -> Words:
    return Words(en=f"the first line must name the columns; {problem.en}", zh=f"第一行须为列名；{problem.zh}")


def _goes_on(batch: Batch, cells: list[str], columns: list[str]) -> bool:
    if not batch.events or len(cells) != len(columns):
        return False
    said = _said(cells, columns)
    last = batch.events[-1][1]
    return (said.get("source"), said.get("order")) == (last.source, last.external_id)


def _said(cells: list[str], columns: list[str]) -> dict[str, str]:
    return {column: text for column, cell in zip(columns, cells, strict=True) if (text := cell.strip().lstrip("\t"))}


def _take(batch: Batch, line: int, cells: list[str], columns: list[str]) -> None:
    try:
        if len(cells) != len(columns):
            told = Words(
                en=f"the row has {len(cells)} cells, the header {len(columns)}",
                zh=f"该行有 {len(cells)} 个单元格，表头有 {len(columns)} 列",
            )
            raise Invalid(param="row", problem=told)
        said = _said(cells, columns)
        event = _event(said)
        if batch.events and event.lines and _same_event(batch.events[-1][1], event):
            first_line, last = batch.events[-1]
            batch.events[-1] = (first_line, replace(last, lines=(*last.lines, *_keyed(event.lines, len(last.lines)))))
        else:
            batch.events.append((line, replace(event, lines=tuple(_keyed(event.lines, 0)))))
    except DomainError as error:
        batch.refused.append(refused(line, error))


def refused(line: int, error: DomainError) -> Refused:
    """A row that cannot be used, told as the error tells it."""
    return Refused(line, str(error.facts.get("param", "")), error.code, error.say())


def _same_event(last: Incoming, event: Incoming) -> bool:
    same = ("source", "external_id", "reference", "kind", "member_external_id", "at")
    return bool(last.lines) and all(getattr(last, name) == getattr(event, name) for name in same)


def _keyed(lines: Iterable[Line], before: int) -> Iterator[Line]:
    for place, line in enumerate(lines, start=before + 1):
        yield line if line.key else replace(line, key=str(place))


def _event(said: dict[str, str]) -> Incoming:
    missing = next((name for name in _REQUIRED if name not in said), None)
    if missing:
        raise Invalid(param=missing, problem=Words(en="every row needs one", zh="每行都须填写"))
    kind = _KINDS.get(said["kind"], cast("Kind", said["kind"].lower()))
    numbers: dict[str, Any] = {
        "amount": _number(said, "amount"), "shipping": _number(said, "shipping"), "tax": _number(said, "tax"),
        "items": _whole(said, "items"),
    }  # fmt: skip
    return Incoming(
        source=said["source"], external_id=said["order"], member_external_id=said["member"], kind=kind,
        reference=said.get("reference", kind), at=_moment(said["at"]), **numbers, lines=_lines(said, kind),
        currency=said.get("currency", current_tenant().currency).upper(), carrier=said.get("carrier"),
        tracking=said.get("tracking"))  # fmt: skip


def _lines(said: dict[str, str], kind: Kind) -> tuple[Line, ...]:
    if not any(name in said for name in ("line", "product", "category", "line_amount")):
        return ()
    amount = _number(said, "line_amount")
    if amount is None:
        raise Invalid(param="line_amount", problem=Words(en="every line needs one", zh="每个商品行都须填写"))
    quantity = _whole(said, "quantity")
    return (
        Line(
            said.get("line", ""), said.get("product", ""), said.get("category", ""),
            int(kind != "refunded") if quantity is None else quantity, amount),
    )  # fmt: skip


def _number(said: dict[str, str], name: str) -> Decimal | None:
    if name not in said:
        return None
    try:
        return Decimal(said[name].replace(",", ""))
    except ArithmeticError:
        raise Invalid(param=name, problem=Words(en="use a number such as 129.00", zh="请填写数字，如 129.00")) from None


def _whole(said: dict[str, str], name: str) -> int | None:
    number = _number(said, name)
    if number is None:
        return None
    if not number.is_finite() or number != number.to_integral_value() or abs(number) > 10**9:
        raise Invalid(param=name, problem=Words(en="use a whole number", zh="请填写整数"))
    return int(number)


def _moment(text: str) -> datetime:
    """A moment with its offset, or a day with or without a time by the shop's clock."""
    try:
        found = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError:
        told = Words(en="use 2026-05-01 12:00, or with an offset", zh="请使用 2026-05-01 12:00，或带时区的时间")
        raise Invalid(param="at", problem=told) from None
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    local: tuple[date, time] = (found.date(), found.time())
    try:
        return clock.local(current_tenant().timezone, *local)
    except OverflowError:
        raise Invalid(param="at", problem=Words(en="there is no such day", zh="日期无效")) from None
