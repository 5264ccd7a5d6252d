"""What the desk's forms for codes in bulk do, and what they let staff choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenants.kit.words import Words
from tenants.tenancy import DB
from tenants.vouchers.rules import batches, pools

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN_MAX = 200


async def make_batch(values: dict[str, Any]) -> Words:
    """Make codes; a few of them are shown at once."""
    asked = batches.NewBatch(UUID(values["template"]), values["name"], f"desk/{values['once']}")
    batch = await batches.make_batch(asked, number=values["codes"])
    listed = ""
    if values["codes"] <= SHOWN_MAX:
        rows = [part async for part in batches.export_codes(batch)][1:]
        listed = " ".join(line.partition(",")[0] for part in rows for line in part.decode().splitlines())
    return Words(en=f"{values['codes']} codes made. {listed}", zh=f"已生成 {values['codes']} 个券码。{listed}")


async def bring_in_batch(values: dict[str, Any]) -> Words:
    """Take in codes that were pasted."""
    asked = batches.NewBatch(UUID(values["template"]), values["name"], f"desk/{values['once']}")
    _, intake = await batches.bring_in_batch(asked, values["codes"].encode(), dry_run=bool(values["dry_run"]))
    return _told(intake, dry_run=bool(values["dry_run"]))


async def bring_in(values: dict[str, Any]) -> Words:
    """Take in outside codes that were pasted."""
    intake = await pools.bring_in(UUID(values["template"]), values["codes"].encode(), dry_run=bool(values["dry_run"]))
    return _told(intake, dry_run=bool(values["dry_run"]))


async def revoke_batch(values: dict[str, Any]) -> Words:
    """Withdraw what nobody has entered yet."""
    gone = await batches.revoke_batch(UUID(values["batch"]))
    return Words(en=f"{gone} codes are withdrawn.", zh=f"已作废 {gone} 个券码。")


def _told(intake: pools.Intake, *, dry_run: bool) -> Words:
    wrong_en = " ".join(f"Line {error.line}: {error.words.en}." for error in intake.errors[:10])
    wrong_zh = " ".join(f"第 {error.line} 行：{error.words.zh}。" for error in intake.errors[:10])
    would_en, would_zh = ("Would add", "将导入") if dry_run else ("Added", "已导入")
    return Words(
        en=f"{would_en} {intake.added}, known {intake.known}, left out {intake.failed}. {wrong_en}",
        zh=f"{would_zh} {intake.added} 个，已存在 {intake.known} 个，未采用 {intake.failed} 个。{wrong_zh}",
    )


async def all_templates() -> Mapping[str, Words]:
    """Every template by name."""
    return await _named("SELECT id, name_en, name_zh FROM __tenant__.voucher_template ORDER BY id DESC LIMIT 200")


async def open_templates() -> Mapping[str, Words]:
    """Templates of which codes can be made."""
    return await _named(
        "SELECT id, name_en, name_zh FROM __tenant__.voucher_template"
        " WHERE state <> 'ended' AND kind <> 'external' ORDER BY id DESC LIMIT 200"
    )


async def all_pools() -> Mapping[str, Words]:
    """Templates of outside benefits."""
    return await _named(
        "SELECT id, name_en, name_zh FROM __tenant__.voucher_template WHERE kind = 'external'"
        " ORDER BY id DESC LIMIT 200"
    )


async def open_batches() -> Mapping[str, Words]:
    """Batches that can be withdrawn."""
    return await _named(
        "SELECT id, name AS name_en, name AS name_zh FROM __tenant__.voucher_batch WHERE state = 'active'"
        " ORDER BY id DESC LIMIT 200"
    )


async def _named(sql: str) -> Mapping[str, Words]:
    return {
        str(row["id"]): Words(en=row["name_en"] or row["name_zh"], zh=row["name_zh"] or row["name_en"])
        for row in await DB.fetch(sql)
    }
