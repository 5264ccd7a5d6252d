"""A member in one view: every subject has its say, in the reader's language, with few statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.members.rules import gathering
from tenants.tenancy.engine import TenantEngine
from tests.calls import make_world

if TYPE_CHECKING:
    import pytest

    from tests.conftest import Shop

SECTIONS = {"points", "vouchers", "orders", "visits", "rewards", "mall", "messages"}


async def test_every_subject_has_its_say_and_every_link_leads_somewhere(
    acme: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await make_world(acme, "shop")
    statements = 0
    send = TenantEngine._send

    async def counted(self: TenantEngine, sql: str, args: Any) -> Any:
        nonlocal statements
        statements += 1
        return await send(self, sql, args)

    monkeypatch.setattr(TenantEngine, "_send", counted)
    answer = await acme.server().get(f"/v1/members/{world.member}/card")
    assert answer.status_code == 200, answer.text
    assert statements <= 4 * (len(gathering._card) + 1)
    sections = {section["key"]: section for section in answer.json()["sections"]}
    assert set(sections) >= SECTIONS - {"visits"}
    points = {fact["key"]: fact for fact in sections["points"]["facts"]}
    assert int(points["balance"]["value"]) > 0
    assert points["balance"]["label"] == "Balance"
    for section in sections.values():
        found = await acme.server().get(section["link"])
        assert found.status_code == 200, section["link"]
    chinese = (await acme.server().get(f"/v1/members/{world.member}/card", headers={"accept-language": "zh"})).json()
    assert "积分" in {section["title"] for section in chinese["sections"]}
