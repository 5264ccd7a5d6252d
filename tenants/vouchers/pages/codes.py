"""Codes in bulk, in the console: made, brought in from a file after a dry run, taken out, withdrawn."""

from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta
from typing import Any

from tenants.kit import clock, ids
from tenants.kit.console import Ask, Download, View
from tenants.kit.errors import Invalid, NotFound
from tenants.kit.words import Words
from tenants.tenancy import DB, current_tenant
from tenants.vouchers.admin import BATCH_STATES
from tenants.vouchers.pages.preview import both
from tenants.vouchers.rules import batches, pools

_SHOWN = 50


async def show(ask: Ask) -> View | Download:
    """The batches, or the codes of one as a file."""
    if ask.rest:
        shown, _, what = ask.rest.partition("/")
        batch = ids.read("vbt", shown)
        await batches.read_batch(batch)
        if what != "codes.csv":
            raise NotFound
        return Download(f"codes-{shown}.csv", "text/csv; charset=utf-8", batches.export_codes(batch))
    return await _view()


async def make(ask: Ask) -> Words:
    """Make codes."""
    number = ask.whole("codes", 0) or 0
    await batches.make_batch(_asked(ask), number=number)
    return Words(en=f"{number:,} codes are made; download them below.", zh=f"已生成 {number:,} 个券码，可在下方下载。")


async def check(ask: Ask) -> View:
    """Say what would come of a file, and do nothing."""
    return await _take_in(ask, dry_run=True)


async def take_in(ask: Ask) -> View:
    """Bring in the codes of a file: a batch of one's own, or into the pool of an outside benefit."""
    return await _take_in(ask, dry_run=False)


async def withdraw(ask: Ask) -> Words:
    """Withdraw all codes of a batch that nobody has entered yet."""
    gone = await batches.revoke_batch(ids.read("vbt", ask.needed("batch")))
    return Words(en=f"{gone:,} codes are withdrawn.", zh=f"已作废 {gone:,} 个未领取的券码。")


async def _take_in(ask: Ask, *, dry_run: bool) -> View:
    data = await asyncio.to_thread(ask.upload("file").file.read)
    template = ids.read("vtp", ask.needed("template"))
    kind = await DB.fetchval("SELECT kind FROM __tenant__.voucher_template WHERE id = $1", template)
    if kind == "external":
        intake = await pools.bring_in(template, data, dry_run=dry_run)
    else:
        _, intake = await batches.bring_in_batch(_asked(ask), data, dry_run=dry_run)
    return await _view(intake, dry_run=dry_run)


def _asked(ask: Ask) -> batches.NewBatch:
    return batches.NewBatch(
        ids.read("vtp", ask.needed("template")), ask.needed("name"), f"console/{ask.once}", _until(ask.text("until"))
    )


def _until(text: str) -> datetime | None:
    """The end of a day of the shop's calendar; None where none is said."""
    if not text:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  a day of the shop's calendar has no zone
    except ValueError:
        told = Words(en="use a day such as 2026-11-21", zh="请使用如 2026-11-21 的日期")
        raise Invalid(param="until", problem=told) from None
    return clock.local(current_tenant().timezone, day + timedelta(days=1), time())


async def _view(intake: pools.Intake | None = None, *, dry_run: bool = False) -> View:
    rows = await DB.fetch(
        "SELECT id, name_en, name_zh, kind FROM __tenant__.voucher_template WHERE state <> 'ended'"
        " ORDER BY id DESC LIMIT 500")  # fmt: skip
    named = {row["id"]: both(row) for row in rows}
    choices = [(ids.show("vtp", row["id"]), named[row["id"]].say(), row["kind"]) for row in rows]
    found = await batches.search_batches(limit=_SHOWN)
    facts: dict[str, Any] = {
        "intake": intake,
        "dry_run": dry_run,
        "templates": [(key, name) for key, name, kind in choices if kind != "external"],
        "all_templates": [(key, name) for key, name, _ in choices],
        "batches": [
            {"shown": ids.show("vbt", row["id"]), "it": row, "state": BATCH_STATES[row["state"]],
             "template": named.get(row["template"], "")} for row in found
        ],
        "most": batches.CODES_MAX,
    }  # fmt: skip
    return View("vouchers/pages/codes.html", facts)
