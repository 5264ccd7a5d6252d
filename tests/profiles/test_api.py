"""Profile completion over HTTP and at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit import ids
from tenants.profiles import Question
from tests.make import members as make_members
from tests.make import profiles as make
from tests.make import staff as make_staff

if TYPE_CHECKING:
    from tests.conftest import Shop

PATH = "/v1/me/profile-completion"


async def test_a_member_sees_what_is_missing_and_tells_it(acme: Shop) -> None:
    async with acme.open():
        member = (await make_members.member()).id
        await make.activity(
            Question(field="phone", points=10), Question(field="region", step=2, points=5), whole_points=50
        )
    await make.swept(acme)
    phone = acme.member(member)
    seen = (await phone.get(PATH)).json()
    assert (seen["percent"], seen["next_step"], seen["missing"]) == (0, 1, ["phone", "region"])
    assert [(asked["label"], asked["points"], asked["open"]) for asked in seen["questions"]] == [
        ("Telephone", 10, True), ("Region", 5, False),
    ]  # fmt: skip
    assert (await phone.patch("/v1/me", json={"phone": "+8613800138000"})).status_code == 200
    seen = (await phone.get(PATH, headers={"Accept-Language": "zh"})).json()
    assert (seen["percent"], seen["next_step"], seen["questions"][1]["label"]) == (50, 2, "地区")
    assert (await phone.patch("/v1/me", json={"region": "Zhejiang"})).status_code == 200
    seen = (await phone.get(PATH)).json()
    assert (seen["percent"], seen["next_step"], seen["missing"]) == (100, None, [])
    assert (await phone.get("/v1/me/points")).json()["available"] == 65


async def test_where_nothing_runs_nothing_is_asked(acme: Shop) -> None:
    async with acme.open():
        member = (await make_members.member()).id
    seen = (await acme.member(member).get(PATH)).json()
    assert (seen["activity"], seen["percent"], seen["questions"]) == (None, 100, [])


async def test_the_backend_sets_an_activity_up(acme: Shop) -> None:
    server = acme.server()
    made = (await server.post("/v1/profile-activities", json={"name_zh": "完善资料", "whole_points": 9})).json()
    path = f"/v1/profile-activities/{made['id']}"
    early = await server.patch(path, json={"state": "live"})
    assert (early.status_code, early.json()["code"]) == (422, "profile_activity.nothing_asked")
    asked = await server.put(f"{path}/questions/phone", json={"points": 3})
    assert [one["field"] for one in asked.json()["questions"]] == ["phone"]
    wrong = await server.put(f"{path}/questions/password", json={"points": 3})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid")
    assert (await server.patch(path, json={"state": "live"})).json()["state"] == "live"
    assert (await server.get(f"{path}/preview")).json()["missing"] == ["phone"]
    assert (await server.delete(f"{path}/questions/phone")).status_code == 204
    gone = await server.delete(f"{path}/questions/phone")
    assert (gone.status_code, gone.json()["code"]) == (404, "profile_activity.question_unknown")
    assert [one["id"] for one in (await server.get("/v1/profile-activities")).json()["data"]] == [made["id"]]


async def test_staff_set_an_activity_up_at_the_desk(acme: Shop) -> None:
    client = await make_staff.desk(acme)
    tables = "/admin/api/tables"
    reply = await client.post(f"{tables}/profile_activity/", json={"name_zh": "完善资料", "whole_points": 9})
    assert reply.status_code in {200, 201}, reply.text
    activity = str(await acme.value("SELECT id FROM __tenant__.profile_activity"))
    reply = await client.post(
        f"{tables}/profile_question/", json={"activity": activity, "field": "phone", "points": 4, "step": 1})  # fmt: skip
    assert reply.status_code in {200, 201}, reply.text
    reply = await client.patch(f"{tables}/profile_activity/{activity}/", json={"state": "live"})
    assert reply.status_code == 200, reply.text
    question = await acme.value("SELECT id FROM __tenant__.profile_question")
    reply = await client.patch(f"{tables}/profile_question/{question}/", json={"points": 6})
    assert reply.status_code == 200, reply.text
    async with acme.open():
        await make_members.member(phone="+8613800138000")
    [row] = (await client.get(f"{tables}/profile_activity/")).json()["rows"]
    assert (row["status"], row["participants"], row["points_given"], row["completed"]) == ("running", 1, 15, 1)
    reply = await client.post(
        "/admin/api/forms/preview-profile-activity/", json={"activity": activity, "once": str(ids.new())}
    )
    assert "6 points" in reply.text, reply.text
