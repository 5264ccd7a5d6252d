"""Forgets a person: the row stays, so that sums stay, and nothing in it says who it was.

The right to it is the member's (GDPR art. 17, PIPL art. 47). This file empties what members own; every other subject
blanks its own on `Erased`, in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tenants.kit import clock, facts, ids
from tenants.members.rules.profiles import MemberMerged, MemberUnknown
from tenants.tenancy import DB

if TYPE_CHECKING:
    import uuid


@dataclass(frozen=True, slots=True)
class Erased:
    """Fact: a person is to be forgotten. Each subject blanks what it holds of them; sums and rows stay.

    Told once for the member and once for each who was merged into them.
    """

    member: uuid.UUID
    at: datetime


async def erase(member_id: uuid.UUID) -> int:
    """Forget the person: the member and all who were merged into them. A second time changes nothing.

    Answers with how many members' rows were emptied. Raises MemberUnknown, MemberMerged.
    """
    rows = await DB.fetch(
        "SELECT id, state, merged_into FROM __tenant__.member WHERE id = $1 OR merged_into = $1 ORDER BY id FOR UPDATE",
        member_id)  # fmt: skip
    known = {row["id"]: row for row in rows}
    if member_id not in known:
        raise MemberUnknown
    if known[member_id]["merged_into"] and known[member_id]["state"] == "merged":
        raise MemberMerged(into=ids.show("mem", known[member_id]["merged_into"]))
    whole = [row["id"] for row in rows if row["state"] != "erased"]
    if not whole:
        return 0
    moment = clock.now()
    for each in whole:
        await facts.announce(Erased(each, moment))
    await DB.fetch(
        "UPDATE __tenant__.member SET external_id = NULL, name = '', phone = NULL, email = NULL, gender = 'unknown',"
        " birth_calendar = 'solar', birth_year = NULL, birth_month = NULL, birth_day = NULL, birthday_set_at = NULL,"
        " region = '', occupation = '', locale = NULL, timezone = NULL, tags = '{}', source = 'erased',"
        " state = 'erased', updated_at = $2 WHERE id = ANY($1::uuid[])",
        whole, moment)  # fmt: skip
    await DB.fetch("DELETE FROM __tenant__.member_address WHERE member = ANY($1::uuid[])", whole)
    await DB.fetch("DELETE FROM __tenant__.member_attribute WHERE member = ANY($1::uuid[])", whole)
    await DB.fetch(
        "UPDATE __tenant__.consent_event SET evidence = '', source = '', recorded_by = ''"
        " WHERE member = ANY($1::uuid[])", whole)  # fmt: skip
    await DB.fetch(
        "UPDATE __tenant__.member_merge_field SET before = NULL, after = NULL WHERE merge IN"
        " (SELECT id FROM __tenant__.member_merge WHERE source = ANY($1::uuid[]) OR target = ANY($1::uuid[]))",
        whole)  # fmt: skip
    return len(whole)
