"""Pictures as they are handed in, kept and found."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from tenants import pictures
from tenants.kit import ids
from tenants.tenancy import doctor
from tests.make.pictures import picture, read

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Shop

KEPT = "SELECT count(*) FROM __tenant__.picture"


async def upload(shop: Shop, content: bytes, *, kind: str = "image/png", **headers: str) -> httpx.Response:
    return await shop.server(**headers).post("/v1/pictures", content=content, headers={"content-type": kind})


async def test_a_picture_is_uploaded_described_listed_and_found(acme: Shop) -> None:
    reply = await upload(acme, picture((3200, 1000), colour=(10, 120, 90)))
    assert reply.status_code == 201, reply.text
    made = reply.json()
    assert (made["media_type"], made["width"], made["height"]) == ("image/webp", 1600, 500)
    assert made["address"] == f"/m/pictures/{made['id']}"
    assert (await acme.server().get(f"/v1/pictures/{made['id']}")).json() == made
    assert (await acme.server().get("/v1/pictures")).json()["data"] == [made]
    async with acme.open():
        found = await pictures.find(ids.read("pic", made["id"]))
    assert (len(found.content), found.digest) == (made["bytes"], hashlib.sha256(found.content).hexdigest())
    assert read(found.content).size == (1600, 500)


@pytest.mark.parametrize("name", ["商品图片（新款）.png", "x" * 300 + ".svg", 'a"b\r\n.gif', "photo.exe"])
async def test_a_form_with_a_file_is_taken_whatever_the_file_is_called(acme: Shop, name: str) -> None:
    files = {"file": (name, picture(colour=(1, 2, 3)), "text/html")}
    reply = await acme.server().post("/v1/pictures", files=files)
    assert reply.status_code == 201, reply.text


async def test_the_refusal_of_a_form_names_the_file(acme: Shop) -> None:
    files = {"file": ("新款 <b>.png", b"<svg onload=alert(1)>", "image/png")}
    reply = await acme.server(**{"Accept-Language": "zh"}).post("/v1/pictures", files=files)
    assert (reply.status_code, reply.json()["code"]) == (422, "picture.kind")
    assert reply.json()["detail"].startswith("“新款 <b>.png”不是")
    assert await acme.value(KEPT) == 0


async def test_the_same_picture_is_kept_once_however_often_and_as_what_it_comes(acme: Shop) -> None:
    content = picture((50, 60), colour=(9, 90, 200), mode="RGB")
    replies = await asyncio.gather(*(upload(acme, content) for _ in range(8)))
    replies.append(await upload(acme, picture((50, 60), colour=(9, 90, 200), kind="PNG", compress_level=0)))
    replies.append(await acme.server().post("/v1/pictures", files={"file": ("again.png", content)}))
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.json()["id"] for reply in replies}) == 1
    assert await acme.value(KEPT) == 1


async def test_a_repeat_with_the_same_key_answers_the_same_and_with_another_picture_is_refused(acme: Shop) -> None:
    key = {"Idempotency-Key": "one"}
    first = await upload(acme, picture(colour="red"), **key)
    again = await upload(acme, picture(colour="red"), **key)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    other = await upload(acme, picture(colour="blue"), **key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency.reused")
    assert await acme.value(KEPT) == 1


@pytest.mark.parametrize(("kind", "content", "status", "code"), [
    ("image/svg+xml", b"<svg/>", 422, "picture.kind"), ("image/png", b"", 422, "picture.kind"),
    ("application/json", b"{}", 415, "input.media_type"), ("", picture(), 415, "input.media_type"),
    ("multipart/form-data", b"x", 400, ""), ("multipart/form-data; boundary=x", b"--x--\r\n", 400, "invalid"),
    ("image/png", picture()[:50], 422, "picture.damaged"), ("image/png", b"\x00" * 10_000_001, 422, "picture.too_large"),
    ("image/png", b"\x00" * 10_020_000, 413, "input.too_large"),
])  # fmt: skip
async def test_what_cannot_be_kept_is_refused_and_nothing_moves(
    acme: Shop, kind: str, content: bytes, status: int, code: str
) -> None:
    reply = await upload(acme, content, kind=kind)
    assert (reply.status_code, code or reply.json()["code"]) == (status, reply.json()["code"]), reply.text
    assert await acme.value(KEPT) == 0


async def test_a_form_whose_file_is_text_is_told_to_choose_one(acme: Shop) -> None:
    reply = await acme.server().post("/v1/pictures", data={"file": "x"}, files={"other": b"x"})
    assert (reply.status_code, reply.json()["param"]) == (400, "file")


async def test_a_picture_of_another_shop_is_none(acme: Shop, rival: Shop) -> None:
    made = (await upload(acme, picture())).json()
    reply = await rival.server().get(f"/v1/pictures/{made['id']}")
    assert (reply.status_code, reply.json()["code"]) == (404, "picture.unknown")
    assert (await rival.server().get("/v1/pictures")).json()["data"] == []
    async with rival.open():
        with pytest.raises(pictures.PictureUnknown):
            await pictures.find(ids.read("pic", made["id"]))


async def test_pages_of_the_list_hold_each_picture_once(acme: Shop) -> None:
    made = [
        (await upload(acme, picture(colour=(place, 0, 0), size=(10 + place, 10)))).json()["id"] for place in range(5)
    ]
    found: list[Any] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await acme.server().get("/v1/pictures", params={"limit": 2, **cursor})).json()
        found += [one["id"] for one in page["data"]]
        if not page["has_more"]:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert found == made[::-1]


async def test_a_picture_that_was_tampered_with_is_found_by_the_books(acme: Shop) -> None:
    await upload(acme, picture())
    async with acme.open():
        assert not [one for one in await doctor.examine() if one.check.name.startswith("pictures.")]
    await acme.rows("UPDATE __tenant__.picture SET content = content || 'x'::bytea")
    async with acme.open():
        assert [one.check.name for one in await doctor.examine()] == ["pictures.are_what_their_digest_says"]
