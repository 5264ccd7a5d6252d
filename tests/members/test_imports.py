"""Members by the file: encodings, quoting, rows that fail alone, and the same file twice."""

from __future__ import annotations

import asyncio
import csv
import io
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tenants import members
from tenants.kit import facts
from tenants.members import Birthday
from tenants.members.checks import CHECKS
from tenants.members.jobs import carry_out_imports
from tenants.members.rules import importing
from tenants.tenancy import use_tenant
from tests.make import members as make

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.conftest import Shop


EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
async def all_holds(acme: Shop) -> AsyncIterator[None]:
    """After each test, whatever must always hold does hold."""
    yield
    for check in CHECKS:
        assert await acme.rows(check.sql) == [], check.name


async def send(shop: Shop, file: str | bytes, headers: dict[str, str] | None = None, *, dry_run: bool = False) -> Any:
    body = file if isinstance(file, bytes) else file.encode()
    return await shop.server(**{"Content-Type": "text/csv", **(headers or {})}).post(
        "/v1/member-imports", params={"dry_run": "true"} if dry_run else {}, content=body)  # fmt: skip


def counts(answer: Any) -> tuple[int, int, int, int]:
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["state"] == "done"
    assert told["rows"] == told["created"] + told["updated"] + told["unchanged"] + told["failed"]
    return told["created"], told["updated"], told["unchanged"], told["failed"]


async def everything(shop: Shop) -> list[Any]:
    """All that an import can write."""
    return [
        await shop.rows(f"SELECT * FROM __tenant__.{table} ORDER BY id")
        for table in ("member", "member_attribute", "consent", "consent_event")
    ]


FULL = (
    "external_id,name,phone,email,gender,birthday,birthday_calendar,region,occupation,locale,timezone,tags,source,"
    "consent.email,consent.sms,consent_evidence,attribute.skin,attribute.size\r\n"
    'a-1,"Li, ""Lei""",13800138000,Li@Example.com,男,1990-05-20,,Zhejiang,Teacher,zh,Asia/Shanghai,vip;spring,pos,'
    "yes,no,paper form 7,dry,38.0\r\n"
    "a-2,韩梅梅,,,female,12-30,lunar,,,,,,,,,,,\r\n"
)


async def define(shop: Shop) -> None:
    async with shop.open():
        await members.define_attribute("skin", kind="choice", choices=["dry", "oily"])
        await members.define_attribute("size", kind="number")


async def test_every_column_arrives(acme: Shop) -> None:
    await define(acme)
    assert counts(await send(acme, FULL)) == (2, 0, 0, 0)
    async with acme.open():
        first = await members.find_by_external_id("a-1")
        second = await members.find_by_external_id("a-2")
        assert first
        assert second
        known = await members.attributes_of([first.id])
        said = (await members.consents_of([first.id]))[first.id]
        events = await members.consent_events(first.id)
    assert (first.name, first.phone, first.email, first.gender) == (
        'Li, "Lei"',
        "+8613800138000",
        "Li@example.com",
        "male",
    )
    assert (first.birthday, first.tags, first.source) == (Birthday(5, 20, 1990), ("spring", "vip"), "pos")
    assert (second.birthday, second.source) == (Birthday(12, 30, None, "lunar"), "import")
    assert known == {first.id: {"skin": "dry", "size": 38}}
    assert (said["email"].granted, said["sms"].granted) == (True, False)
    assert {(event.channel, event.source, event.evidence) for event in events} == {
        ("email", "import", "paper form 7"), ("sms", "import", "paper form 7"),
    }  # fmt: skip


async def test_the_same_file_again_changes_nothing(acme: Shop) -> None:
    await define(acme)
    await send(acme, FULL)
    before = await everything(acme)
    assert counts(await send(acme, FULL)) == (0, 0, 2, 0)
    assert await everything(acme) == before


async def test_a_dry_run_writes_nothing_and_says_exactly_what_would_be_done(acme: Shop) -> None:
    await define(acme)
    await send(acme, FULL)
    changed = FULL.replace("Teacher", "Judge").replace("a-2", "a-3") + "a-4,x,12,,,,,,,,,,,,,,,\r\n"
    before = await everything(acme)
    dry = await send(acme, changed, dry_run=True)
    assert counts(dry) == (1, 1, 0, 1)
    assert await everything(acme) == before
    real = await send(acme, changed)
    same = {"id", "created_at", "finished_at", "dry_run"}
    assert [{**told.json(), **dict.fromkeys(same)} for told in (real,)] == [{**dry.json(), **dict.fromkeys(same)}]
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 3


@pytest.mark.parametrize(
    ("cell", "was", "now"),
    [
        ("consent.email", "no", "yes"),
        ("attribute.skin", "dry", "oily"),
        ("tags", "vip", "new"),
        ("birthday", "05-20", "05-21"),
    ],
)
async def test_any_single_difference_is_an_update(acme: Shop, cell: str, was: str, now: str) -> None:
    await define(acme)
    await send(acme, f"external_id,{cell}\na-1,{was}\na-2,{was}\n")
    assert counts(await send(acme, f"external_id,{cell}\na-1,{now}\na-2,{was}\n", dry_run=True)) == (0, 1, 1, 0)
    assert counts(await send(acme, f"external_id,{cell}\na-1,{now}\na-2,{was}\n")) == (0, 1, 1, 0)
    assert counts(await send(acme, f"external_id,{cell}\na-1,{now}\na-2,{was}\n")) == (0, 0, 2, 0)


async def test_an_empty_cell_leaves_what_is_there_and_tags_are_added(acme: Shop) -> None:
    async with acme.open():
        await make.member(external_id="a-1", name="Li", phone="13800138000", tags=["old"])
    assert counts(await send(acme, "external_id,name,phone,tags\na-1,,,new\n")) == (0, 1, 0, 0)
    async with acme.open():
        member = await members.find_by_external_id("a-1")
    assert member
    assert (member.name, member.phone, member.tags) == ("Li", "+8613800138000", ("new", "old"))


async def test_a_row_that_would_give_a_member_too_many_tags_fails_alone(acme: Shop) -> None:
    async with acme.open():
        await make.member(external_id="a-1", name="Li", tags=[f"t{number}" for number in range(100)])
    file = "external_id,name,tags\na-2,Han,new\na-1,Wang,new\na-3,Ma,t1\n"
    for dry_run in (True, False):
        answer = await send(acme, file, dry_run=dry_run)
        assert counts(answer) == (2, 0, 0, 1)
        assert [(told["line"], told["column"]) for told in answer.json()["errors"]] == [(3, "tags")]
    async with acme.open():
        member = await members.find_by_external_id("a-1")
    assert member
    assert (member.name, len(member.tags)) == ("Li", 100)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
async def test_chinese_files_are_read_as_spreadsheets_write_them(acme: Shop, encoding: str) -> None:
    file = (
        "会员编号,姓名,手机号,性别,生日,生日历法,标签,邮件授权\r\n"
        "甲-1,李雷,13800138000,男,1990年5月20日,农历,老客、新品,是\r\n"
    )
    assert counts(await send(acme, file.encode(encoding))) == (1, 0, 0, 0)
    async with acme.open():
        member = await members.find_by_external_id("甲-1")
    assert member
    assert (member.name, member.gender, member.birthday) == ("李雷", "male", Birthday(5, 20, 1990, "lunar"))
    assert set(member.tags) == {"老客", "新品"}


async def test_cells_that_look_like_formulas_are_text_and_kept_zeros_are_unwrapped(acme: Shop) -> None:
    file = 'external_id,name,region\n="00123",=1+1,"=HYPERLINK(""http://x"")"\n-2,@SUM(A1),+1\n'
    assert counts(await send(acme, file)) == (2, 0, 0, 0)
    rows = await acme.rows("SELECT external_id, name, region FROM __tenant__.member ORDER BY external_id DESC")
    assert [tuple(row.values()) for row in rows] == [
        ("00123", "=1+1", '=HYPERLINK("http://x")'), ("-2", "@SUM(A1)", "+1"),
    ]  # fmt: skip


async def test_bad_rows_fail_alone_and_are_named_by_line_and_column(acme: Shop) -> None:
    await define(acme)
    file = (
        "external_id,name,phone,email,birthday,timezone,consent.sms,attribute.skin,birthday_calendar\n"
        'a-1,"two\nlines are one row",,,,,,,\n'  # lines 2 and 3: a line break cannot be in a name
        "a-2,good,,,,,,,\n"  # 4
        "a-3,x,12,,,,,,\n"  # 5
        "a-4,x,,nobody,02-30,,,,\n"  # 6: two errors, one row
        "\n"
        ",x,,,,,,,\n"  # 8
        "a-5,x\n"  # 9
        "a-2,again,,,,,,,\n"  # 10
        "a-6,x,,,,Mars,maybe,purple,\n"  # 11
        "a-7,bad \x00 byte,,,,,,,\n"  # 12
        "a-8,x,,,01-31,,,,lunar\n"  # 13
        f"{'x' * 101},x,,,,,,,\n"  # 14
        "a-9,good too,,,,,,,\n"
    )
    answer = await send(acme, file)
    assert counts(answer) == (2, 0, 0, 10)
    errors = answer.json()["errors"]
    assert [(error["line"], error["column"], error["code"]) for error in errors] == [
        (2, "name", "invalid"), (5, "phone", "invalid"), (6, "email", "invalid"), (6, "birthday", "invalid"),
        (8, "external_id", "invalid"), (9, "", "import.cells"), (10, "external_id", "import.duplicate"),
        (11, "timezone", "invalid"), (11, "consent.sms", "invalid"), (11, "attribute.skin", "invalid"),
        (12, "name", "invalid"), (13, "birthday", "invalid"), (14, "external_id", "invalid"),
    ]  # fmt: skip
    assert "line 4" in errors[6]["detail"]
    names = await acme.rows("SELECT name FROM __tenant__.member ORDER BY external_id")
    assert [row["name"] for row in names] == ["good", "good too"]


async def test_errors_are_said_in_the_callers_language(acme: Shop) -> None:
    answer = await send(acme, "external_id,phone\na-1,12\n", {"Accept-Language": "zh"})
    assert "不是有效的电话号码" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    "file",
    [
        b"", b"\n\n", b"name,phone\nLi,1\n", b"external_id,nickname\na-1,x\n", b"external_id,external_id\na,b\n",
        "会员编号,external_id\na,b\n".encode(), b"external_id,attribute.nothing\na-1,x\n",
        b"external_id,consent.fax\na,yes\n",
        b'external_id,name\na-1,"never closed\na-2,x\n', b'external_id,name\na-1,"x"y\n', b"\xff\xff\xff\xff",
        "external_id,name\na-1,x\n".encode("utf-16"), b"PK\x03\x04 no Excel at all", b"{}",
        b"external_id,{0}\na,b\n", b"external_id,\x00\na,b\n", b'external_id,name\na-1,"' + b"x" * 200_000 + b'"\n',
    ],
    ids=lambda file: repr(file[:24]),
)  # fmt: skip
async def test_a_file_that_cannot_be_used_as_a_whole_changes_nothing(acme: Shop, file: bytes) -> None:
    answer = await send(acme, file)
    assert (answer.status_code, answer.json()["code"]) == (400, "import.unreadable"), answer.text
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 0


async def test_other_media_types_and_too_many_bytes_are_refused(acme: Shop) -> None:
    file = "external_id\na-1\n"
    assert (await send(acme, file, {"Content-Type": "application/json"})).json()["code"] == "input.media_type"
    large = await send(acme, file, {"Content-Length": "300000001"})
    assert (large.status_code, large.json()["code"]) == (413, "input.too_large")
    keyed = await send(acme, b"external_id\n" + b"x" * 20_000_001, {"Idempotency-Key": "a"})
    assert (keyed.status_code, keyed.json()["code"]) == (413, "input.too_large")
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 0


async def test_a_header_alone_is_an_import_of_nobody(acme: Shop) -> None:
    assert counts(await send(acme, "external_id,name\n")) == (0, 0, 0, 0)


async def test_semicolons_and_tabs_part_cells_too(acme: Shop) -> None:
    assert counts(await send(acme, "external_id;name\na-1;Li, Lei\n")) == (1, 0, 0, 0)
    assert counts(await send(acme, "external_id\tname\na-1\tLi, Lei\n")) == (0, 0, 1, 0)


async def work_off(shop: Shop, answer: Any) -> Any:
    """What the workers do with a large file; answers with how it stands then."""
    assert (answer.status_code, answer.json()["state"]) == (202, "running")
    with use_tenant(shop.tenant):
        await carry_out_imports.run()
    return await shop.server().get(f"/v1/member-imports/{answer.json()['id']}")


async def test_twenty_thousand_rows_go_in_within_seconds_and_again_without_change(acme: Shop) -> None:
    await define(acme)
    header = "external_id,name,phone,email,birthday,tags,consent.email,attribute.skin\n"
    rows = "".join(
        f"a-{n},Shopper {n},138{n:08d},s{n}@example.com,{n % 12 + 1:02}-{n % 28 + 1:02},vip;t{n % 9},yes,dry\n"
        for n in range(20_500)
    )
    # Every connection has a plan for checking who consents, made when there were a handful of members.
    for number in range(12):
        async with acme.open():
            one = await members.create(members.Profile(external_id=f"few-{number}"))
            await members.set_consent(one.id, "email", granted=True, source="test", evidence="said so")
        await acme.value("ANALYZE __tenant__.member") if number < 2 else None
    started = time.perf_counter()
    assert counts(await work_off(acme, await send(acme, header + rows))) == (20_500, 0, 0, 0)
    assert time.perf_counter() - started < 60  # a few seconds on an idle machine
    # What the planner believes where the tables were analysed just before they filled: that they are empty.
    await acme.value(
        "UPDATE pg_class SET reltuples = 0, relpages = 2000 WHERE relnamespace = '__tenant__'::regnamespace"
        " AND relname = ANY(ARRAY['member', 'member_import_row', 'member_attribute', 'consent']) RETURNING 1"
    )
    assert counts(await work_off(acme, await send(acme, header + rows))) == (0, 0, 20_500, 0)
    buyers = header + rows.replace("Shopper", "Buyer")
    assert counts(await work_off(acme, await send(acme, buyers, dry_run=True))) == (0, 20_500, 0, 0)
    assert counts(await work_off(acme, await send(acme, buyers))) == (0, 20_500, 0, 0)
    assert await acme.value("SELECT count(*) FROM __tenant__.consent_event") == 20_512
    assert await acme.value("SELECT count(*) FROM __tenant__.member_import_row") == 0


async def test_an_import_that_was_killed_goes_on_after_the_last_part_that_was_done(
    acme: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "PART_ROWS", 1_000)
    monkeypatch.setattr(importing, "AT_ONCE_MAX", 0)
    file = "external_id,name\n" + "".join(f"a-{n},Shopper {n}\n" for n in range(3_500))
    answer = await send(acme, file)
    insert, parts = importing._insert, 0

    async def killed(*given: Any) -> Any:
        nonlocal parts
        parts += 1
        if parts == 3:
            raise ConnectionError("killed")
        return await insert(*given)

    monkeypatch.setattr(importing, "_insert", killed)
    with use_tenant(acme.tenant), pytest.raises(ConnectionError):
        await carry_out_imports.run()
    left = (await acme.server().get(f"/v1/member-imports/{answer.json()['id']}")).json()
    assert (left["state"], left["created"]) == ("running", 2_000)
    assert counts(await work_off(acme, answer)) == (3_500, 0, 0, 0)
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 3_500


async def test_a_row_for_one_who_was_merged_is_for_the_one_in_whom_they_live_on(acme: Shop) -> None:
    async with acme.open():
        source, target = await make.member(external_id="old"), await make.member(external_id="new")
        await members.merge(source.id, target.id, once="m")
    assert counts(await send(acme, "external_id,region\nold,Hunan\n")) == (0, 1, 0, 0)
    assert counts(await send(acme, "external_id,region\nold,Hunan\n")) == (0, 0, 1, 0)
    both = await send(acme, "external_id,region\nnew,Hebei\nold,Hunan\n")
    assert counts(both) == (0, 1, 0, 1)
    assert [(error["line"], error["code"]) for error in both.json()["errors"]] == [(3, "import.duplicate")]
    async with acme.open():
        assert (await members.find(target.id)).region == "Hebei"


async def test_excel_files_are_read_as_a_person_reads_them(acme: Shop) -> None:
    await define(acme)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["会员编号", "姓名", "手机号", "生日", "标签", "attribute.size", "邮件授权"])
    sheet.append([1001, "李雷", 13800138000, datetime(1990, 5, 20), "老客", 38.5, True])  # noqa: DTZ001  as Excel has it
    sheet.append([None, None, None, None, None, None, None])
    sheet.append(["a-2", "=1+1", None, "12-30", None, None, None])
    file = io.BytesIO()
    book.save(file)
    answer = await send(acme, file.getvalue(), {"Content-Type": EXCEL})
    assert counts(answer) == (2, 0, 0, 0)
    async with acme.open():
        member = await members.find_by_external_id("1001")
        assert member
        known = (await members.attributes_of([member.id]))[member.id]
    assert (member.name, member.phone, member.birthday) == ("李雷", "+8613800138000", Birthday(5, 20, 1990))
    assert known == {"size": 38.5}


async def test_a_small_excel_file_that_takes_half_a_terabyte_to_hold_is_refused_and_harms_nobody(acme: Shop) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "external_id"
    sheet["XFD1048576"] = "far away"
    file = io.BytesIO()
    book.save(file)
    assert len(file.getvalue()) < 10_000
    answer = await send(acme, file.getvalue(), {"Content-Type": EXCEL})
    assert (answer.status_code, answer.json()["code"]) == (400, "import.unreadable")
    assert "CSV" in answer.json()["detail"]
    assert await everything(acme) == [[], [], [], []]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
async def test_what_goes_out_can_come_in_again_and_no_cell_is_a_formula(acme: Shop, file_format: str) -> None:
    await define(acme)
    await send(acme, FULL)
    await send(
        acme, 'external_id,name,region,phone\nf-1,"=HYPERLINK(""http://x"")",@SUM(A1),\n-7,+1,-2.5,13800138001\n'
    )
    before = await everything(acme)
    out = await acme.server().get("/v1/member-export", params={"format": file_format})
    assert out.status_code == 200
    if file_format == "csv":
        text = out.content.decode("utf-8-sig")
        assert out.content.startswith(b"\xef\xbb\xbf")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert '\'=HYPERLINK("http://x")' in cells
        assert {"+8613800138001", "-7", "-2.5"} <= set(cells)
        assert not [cell for cell in cells if cell[:1] in {"=", "@", "\t", "\r"}]
    else:
        rows = openpyxl.load_workbook(io.BytesIO(out.content)).active
        assert rows is not None
        assert {cell.data_type for row in rows.iter_rows() for cell in row} <= {"s", "n"}
    answer = await send(acme, out.content, {"Content-Type": EXCEL if file_format == "xlsx" else "text/csv"})
    assert counts(answer) == (0, 0, 4, 0)
    assert await everything(acme) == before
    await acme.rows("DELETE FROM __tenant__.member")
    assert counts(await send(acme, out.content)) == (4, 0, 0, 0)


async def test_all_errors_of_an_import_are_to_be_had_as_a_file(acme: Shop) -> None:
    file = "external_id,phone,email\n" + "".join(f"a-{n},12,nobody\n" for n in range(1_200))
    answer = await send(acme, file)
    told = answer.json()
    assert (len(told["errors"]), told["errors_omitted"], told["failed"]) == (1_000, 1_400, 1_200)
    out = await acme.server().get(f"/v1/member-imports/{told['id']}/errors")
    rows = list(csv.reader(io.StringIO(out.content.decode("utf-8-sig"))))
    assert len(rows) == 2_401
    assert rows[-1][:3] == ["1201", "email", "invalid"]
    listed = (await acme.server().get("/v1/member-imports")).json()["data"]
    assert [each["id"] for each in listed] == [told["id"]]


async def test_imports_of_the_same_file_at_once_make_each_member_once(acme: Shop) -> None:
    rows = [f"a-{n},Shopper {n},yes\n" for n in range(300)]
    header = "external_id,name,consent.email\n"
    answers = await asyncio.gather(*(send(acme, header + "".join(rows[n:] + rows[:n])) for n in range(0, 300, 60)))
    assert sum(counts(answer)[0] for answer in answers) == 300
    assert await acme.value("SELECT count(*) FROM __tenant__.member") == 300
    assert await acme.value("SELECT count(*) FROM __tenant__.consent_event") == 300


async def test_an_import_is_told_once_with_whom_it_made_and_changed(acme: Shop) -> None:
    told: list[members.Imported] = []

    async def hear(fact: members.Imported) -> None:
        told.append(fact)

    facts.on(members.Imported)(hear)
    try:
        await send(acme, "external_id,name\na-1,Li\n")
        await send(acme, "external_id,name\na-1,Lei\na-2,Han\n", dry_run=True)
        await send(acme, "external_id,name\na-1,Lei\na-2,Han\n")
        await send(acme, "external_id,name\na-1,Lei\na-2,Han\n")
    finally:
        facts._reactions[members.Imported].remove(hear)
    assert [(len(fact.created), len(fact.updated)) for fact in told] == [(1, 0), (1, 1)]


async def test_an_import_goes_into_the_shop_of_its_key_only(acme: Shop, rival: Shop) -> None:
    await send(acme, "external_id,name\na-1,Li\n")
    assert counts(await send(rival, "external_id,name\na-1,Bo\n")) == (1, 0, 0, 0)
    assert await acme.value("SELECT name FROM __tenant__.member") == "Li"
