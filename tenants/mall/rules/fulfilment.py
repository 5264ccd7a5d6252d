"""The list of what has to be sent, out as a spreadsheet, and back in with the numbers of the parcels.

| column | also called | what it holds |
|---|---|---|
| `redemption` | 兑换编号 | required, once in a file |
| `carrier` | 物流公司 | who carries it |
| `tracking` | 物流单号 | required: the number of the parcel |
| all others of the list | | are read over |

Cells that a spreadsheet would take for a formula go out behind an apostrophe, which is taken off when they come back.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, facts, ids
from tenants.kit.cells import FORMULA
from tenants.kit.errors import DomainError, Invalid
from tenants.kit.words import Language, Words, language_of_reader
from tenants.mall.rules.following import STEPS
from tenants.mall.rules.news import RedemptionChange, RedemptionChanged
from tenants.mall.rules.refusals import IllegalStep, RedemptionUnknown
from tenants.members import ImportUnreadable
from tenants.tenancy import DB
from tenants.tenancy.callers import current_caller

if TYPE_CHECKING:
    import uuid
    from collections.abc import AsyncIterator, Iterator

ROWS_MAX = 50_000
ERRORS_SHOWN_MAX = 1_000
PAGE = 1_000
BOM = "\ufeff"
_MOST = {"carrier": 50, "tracking": 100}

HEADERS: dict[str, Words] = {
    "redemption": Words(en="redemption", zh="兑换编号"),
    "item": Words(en="item", zh="商品"),
    "quantity": Words(en="quantity", zh="数量"),
    "recipient": Words(en="recipient", zh="收货人"),
    "phone": Words(en="phone", zh="电话"),
    "country": Words(en="country", zh="国家"),
    "province": Words(en="province", zh="省份"),
    "city": Words(en="city", zh="城市"),
    "street": Words(en="street", zh="详细地址"),
    "postcode": Words(en="postcode", zh="邮编"),
    "order_reference": Words(en="order_reference", zh="随单订单号"),
    "redeemed_at": Words(en="redeemed_at", zh="兑换时间"),
    "carrier": Words(en="carrier", zh="物流公司"),
    "tracking": Words(en="tracking", zh="物流单号"),
}
_CALLED = {name: key for key, words in HEADERS.items() for name in (key, words.zh)}

_PAGE = """
SELECT r.id, i.name_en, i.name_zh, r.quantity, d.recipient, d.phone, d.country, d.province, d.city, d.street,
       d.postcode, r.order_reference, r.at, d.carrier, d.tracking
  FROM __tenant__.mall_redemption r JOIN __tenant__.mall_item i ON i.id = r.item
  LEFT JOIN __tenant__.mall_delivery d ON d.redemption = r.id
 WHERE r.state = 'to_ship' AND ($1::uuid IS NULL OR r.id > $1) ORDER BY r.id LIMIT $2"""


class RowTwice(Invalid):
    """A second row for one redemption."""

    code = "mall.row_twice"
    sentence = Words(
        en="This redemption is on line {line} already; only that line counts.",
        zh="该兑换已在第 {line} 行出现，仅以该行为准。",
    )

    def __init__(self, *, line: int) -> None:
        super().__init__(param="redemption", problem="", line=line)


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row was left out: where, a code for programs and a sentence for people."""

    line: int
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row: what is in which parcel."""

    line: int
    redemption: uuid.UUID
    carrier: str
    tracking: str


@dataclass(frozen=True, slots=True)
class Parcels:
    """A file that has been read: the good rows, and why the others are not among them."""

    rows: list[Parcel] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ShipmentReport:
    """What an import did, or would do: every row is counted in one of the three ways."""

    dry_run: bool
    rows: int
    shipped: int
    unchanged: int
    failed: int
    errors: tuple[RowError, ...]
    errors_omitted: int


async def export(*, bom: bool) -> AsyncIterator[str]:
    """The list of what has to be sent, oldest first, as CSV in pieces; never more than a page of it in memory."""
    language = language_of_reader()
    yield (BOM if bom else "") + _line([words.say(language) for words in HEADERS.values()])
    last: uuid.UUID | None = None
    while True:
        rows = await DB.fetch(_PAGE, last, PAGE)
        if rows:
            yield "".join(_line(_cells(row, language)) for row in rows)
        if len(rows) < PAGE:
            return
        last = rows[-1]["id"]


def read_parcels(data: bytes) -> Parcels:
    """Read a CSV in UTF-8 (with or without byte order mark) or GBK. Raises ImportUnreadable for the file as a whole."""
    lines = _lines(_decode(data))
    columns = _columns(next(lines, (0, []))[1])
    read = Parcels()
    first_lines: dict[uuid.UUID, int] = {}
    for line, cells in lines:
        if len(read.rows) + len(read.errors) >= ROWS_MAX:
            raise ImportUnreadable(Words(en=f"it has more than {ROWS_MAX:,} rows", zh=f"超过 {ROWS_MAX:,} 行"))
        try:
            parcel = _parcel(line, dict(zip(columns, cells, strict=False)))
            if parcel.redemption in first_lines:
                raise RowTwice(line=first_lines[parcel.redemption])
        except DomainError as error:
            read.errors.append(RowError(line, error.code, error.say()))
        else:
            first_lines[parcel.redemption] = line
            read.rows.append(parcel)
    return read


async def import_parcels(parcels: Parcels, *, dry_run: bool = False) -> ShipmentReport:
    """Mark as sent what a file names, with a few statements for all rows; the same file again changes nothing.

    With `dry_run` nothing is written, and the report says exactly what would have been.
    """
    found = await DB.fetch(
        "SELECT r.id, r.member, r.item, r.state, r.quantity, r.points, r.cash, d.carrier, d.tracking"
        " FROM __tenant__.mall_redemption r LEFT JOIN __tenant__.mall_delivery d ON d.redemption = r.id"
        " WHERE r.id = ANY($1::uuid[]) ORDER BY r.id FOR UPDATE OF r",
        [parcel.redemption for parcel in parcels.rows])  # fmt: skip
    there = {row["id"]: row for row in found}
    errors = list(parcels.errors)
    fresh: list[Parcel] = []
    for parcel in parcels.rows:
        row = there.get(parcel.redemption)
        if row is None:
            errors.append(_error(parcel, RedemptionUnknown()))
        elif row["state"] != "shipped" and "shipped" not in STEPS[row["state"]]:
            errors.append(_error(parcel, IllegalStep(before=row["state"], after="shipped")))
        elif row["state"] != "shipped" or (row["carrier"], row["tracking"]) != (parcel.carrier, parcel.tracking):
            fresh.append(parcel)
    if fresh and not dry_run:
        await _ship(fresh, there)
    errors.sort(key=lambda error: error.line)
    return ShipmentReport(
        dry_run=dry_run,
        rows=len(parcels.rows) + len(parcels.errors),
        shipped=len(fresh),
        unchanged=len(parcels.rows) + len(parcels.errors) - len(fresh) - len(errors),
        failed=len(errors),
        errors=tuple(errors[:ERRORS_SHOWN_MAX]),
        errors_omitted=max(0, len(errors) - ERRORS_SHOWN_MAX),
    )


async def _ship(fresh: list[Parcel], there: dict[uuid.UUID, Any]) -> None:
    moment, who = clock.now(), [parcel.redemption for parcel in fresh]
    await DB.fetch(
        "INSERT INTO __tenant__.mall_delivery (redemption, recipient, phone, country, province, city, street, postcode,"
        " carrier, tracking) SELECT id, '', '', 'CN', '', '', '', '', carrier, tracking"
        " FROM unnest($1::uuid[], $2::text[], $3::text[]) AS p(id, carrier, tracking)"
        " ON CONFLICT (redemption) DO UPDATE SET carrier = EXCLUDED.carrier, tracking = EXCLUDED.tracking",
        who, [parcel.carrier for parcel in fresh], [parcel.tracking for parcel in fresh])  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.mall_redemption SET state = 'shipped', changed_at = $2 WHERE id = ANY($1::uuid[])",
        who, moment)  # fmt: skip
    await DB.fetch(
        "INSERT INTO __tenant__.mall_event (id, redemption, number, state, reason, recorded_by, at)"
        " SELECT p.id, p.redemption, max(e.number) + 1, 'shipped', '', $3, $4"
        " FROM unnest($1::uuid[], $2::uuid[]) AS p(id, redemption)"
        " JOIN __tenant__.mall_event e ON e.redemption = p.redemption GROUP BY p.id, p.redemption",
        [ids.new() for _ in fresh], who, current_caller().label, moment)  # fmt: skip
    await facts.announce(RedemptionChanged(tuple(
        RedemptionChange(
            row["id"], row["member"], row["item"], row["state"], "shipped", row["quantity"], row["points"], row["cash"],
            "", moment)
        for row in (there[parcel.redemption] for parcel in fresh))))  # fmt: skip


def _cells(row: Any, language: Language) -> list[str]:
    name = row[f"name_{language}"] or row["name_en"] or row["name_zh"]
    return [
        ids.show("rdm", row["id"]), name, str(row["quantity"]),
        *(row[key] or "" for key in ("recipient", "phone", "country", "province", "city", "street", "postcode",
                                     "order_reference")),
        row["at"].isoformat(timespec="seconds"), row["carrier"] or "", row["tracking"] or "",
    ]  # fmt: skip


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell


def _decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):  # GB 18030 holds all of GBK
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportUnreadable(Words(en="save it as CSV in UTF-8 or GBK", zh="请另存为 UTF-8 或 GBK 编码的 CSV"))


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    delimiter = next((mark for mark in ",;\t" if mark in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise ImportUnreadable(
                Words(en=f"the quotes on line {line} do not match", zh=f"第 {line} 行的引号不成对")
            ) from None
        if any(cell.strip() for cell in cells):
            yield line, cells


def _columns(header: list[str]) -> list[str]:
    columns = [_CALLED.get(name.strip(), name.strip().lower()) for name in header]
    for needed in ("redemption", "tracking"):
        if columns.count(needed) != 1:
            raise ImportUnreadable(
                Words(
                    en=f"the first line must name the columns, “{needed}” once among them",
                    zh=f"第一行须为列名，且包含一次“{HEADERS[needed].zh}”",
                )
            )
    return columns


def _parcel(line: int, cells: dict[str, str]) -> Parcel:
    said = {name: _plain(cells.get(name, "")) for name in ("redemption", "carrier", "tracking")}
    if not said["tracking"]:
        raise Invalid(param="tracking", problem=Words(en="give the number of the parcel", zh="请填写物流单号"))
    for name, most in _MOST.items():
        if len(said[name]) > most or not said[name].isprintable():
            raise Invalid(param=name, problem=Words(en=f"use at most {most} characters", zh=f"最多 {most} 个字符"))
    try:
        redemption = ids.read("rdm", said["redemption"])
    except DomainError:
        raise RedemptionUnknown from None
    return Parcel(line, redemption, said["carrier"], said["tracking"])


def _plain(cell: str) -> str:
    text = cell.strip()
    if text.startswith('="') and text.endswith('"'):  # a spreadsheet's way to keep leading zeros
        text = text[2:-1]
    return text.removeprefix("'").strip()


def _error(parcel: Parcel, error: DomainError) -> RowError:
    return RowError(parcel.line, error.code, error.say())
