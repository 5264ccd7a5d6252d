"""The subjects of the ground: members, points, vouchers, orders, check-ins, outreach, sessions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tenants.kit import clock, ids
from tenants.tenancy.engine import DB
from tests.operations import Call, World
from tests.signing import assertion

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def know(world: World) -> None:
    """One of everything."""
    world.known |= {
        "channel": "email",
        "kind": "birthday",
        "tag": "vip",
        "address_id": await _address(world, world.member),
        "order_id": (await world.post("/v1/order-events", _order(world)))["order_id"],
        "entry": await _entry(world),
        "hold": await _hold(world),
        "template_id": await _voucher_template(world),
    }
    world.known["voucher_id"] = await _voucher(world)
    world.known["reservation_id"] = (await world.post("/v1/voucher-reservations", await _reservation(world)))["id"]
    world.known["message"] = await _message(world)
    world.known["template"] = await _message_template(world)


def _order(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "order": {"source": "shop", "external_id": world.name()},
        "member": {"id": world.member},
        "kind": "completed",
        "amount": "129.00",
        "currency": world.shop.tenant.currency,
        "items": 2,
        "at": (clock.now() - timedelta(minutes=1)).isoformat(),
        "reference": world.name(),
        **changes,
    }


def _address_body(world: World) -> dict[str, Any]:
    return {
        "recipient": f"{world.word} person", "phone": "+8613800138000", "country": "CN", "province": world.word,
        "city": "Hangzhou", "street": world.name(), "postcode": "310000", "preferred": True,
    }  # fmt: skip


async def _address(world: World, member: str) -> str:
    for row in (await world.ask("GET", f"/v1/members/{member}/addresses"))["data"]:
        await world.ask("DELETE", f"/v1/members/{member}/addresses/{row['id']}")
    return str((await world.post(f"/v1/members/{member}/addresses", _address_body(world)))["id"])


def _points(world: World, points: int = 1000) -> dict[str, Any]:
    return {"points": points, "kind": "earn", "reference": world.name(), "note": world.word}


async def _entry(world: World) -> str:
    return str((await world.post(f"/v1/members/{world.member}/points-entries", _points(world)))["id"])


async def _hold(world: World) -> str:
    await _entry(world)
    body = {"points": 10, "reference": world.name(), "hold_seconds": 900}
    return str((await world.post(f"/v1/members/{world.member}/points-holds", body))["id"])


def _voucher_template_body(world: World) -> dict[str, Any]:
    return {
        "name_en": world.name(), "name_zh": world.name(), "kind": "amount", "amount": "20.00", "threshold": "100.00",
        "validity": "relative", "valid_days": 7, "stock": 100_000, "per_member_limit": 100, "claimable": True,
        "state": "active", "notes_en": world.word, "notes_zh": world.word,
    }  # fmt: skip


async def _voucher_template(world: World) -> str:
    return str((await world.post("/v1/voucher-templates", _voucher_template_body(world)))["id"])


async def _voucher(world: World) -> str:
    body = {"template": world.known["template_id"], "member": world.member, "reference": world.name()}
    return str((await world.post("/v1/vouchers", body))["id"])


async def _reservation(world: World) -> dict[str, Any]:
    return {
        "voucher": await _voucher(world), "member": world.member, "order_amount": "129.00", "shipping_amount": "8.00",
        "order_reference": world.name(), "ttl_seconds": 900,
    }  # fmt: skip


async def _message(world: World, state: str = "unknown", *, inbox: bool = False) -> str:
    """A message as the outbox leaves it; there is no call that makes one."""
    row, shown, moment = ids.new(), ids.new(), clock.now()
    async with world.shop.open():
        programme = await DB.fetchval("SELECT id FROM __tenant__.programme WHERE kind = 'birthday'")
        await DB.fetch(
            "INSERT INTO __tenant__.message (id, programme, member, occurrence, channel, key, test, language,"
            " to_address, subject, body, state, reason, not_before, token, attempts, provider_id, error, created_at,"
            " sent_at) VALUES ($1, $2, $3, $4, $5, $4, false, 'en', 'a@members.example', $6, $6, $7, '', $8, 1, 1, '',"
            " '', $8, $9)",
            row, programme, world.member_id, world.name(), "in_app" if inbox else "email", world.word,
            "sent" if inbox else state, moment, moment if inbox else None)  # fmt: skip
        if inbox:
            await DB.fetch(
                "INSERT INTO __tenant__.in_app_message (id, message, member, title, body, created_at)"
                " VALUES ($1, $2, $3, $4, $4, $5)",
                shown, row, world.member_id, world.word, moment)  # fmt: skip
    return ids.show("msg", shown if inbox else row)


async def _message_template(world: World) -> str:
    return str((await world.ask("GET", "/v1/message-templates"))["data"][0]["id"])


def _with(body: Callable[[World], dict[str, Any]], **path: str) -> Callable[[World], Awaitable[Call]]:
    """A call with a fresh body; the path from what the world knows, but for what is said here."""

    async def made(world: World) -> Call:
        return Call(path={**world.known, **path}, body=body(world))

    return made


def _fixed(body: Any = None, **path: str) -> Callable[[World], Awaitable[Call]]:
    return _with(lambda _world: body, **path)


def _fresh(name: str, make: Callable[[World], Awaitable[str]], body: Any = None) -> Callable[[World], Awaitable[Call]]:
    """A call on a thing that is made for it."""

    async def made(world: World) -> Call:
        return Call(path={**world.known, name: await make(world)}, body=body)

    return made


def _on_new_member(body: Callable[[World], Any], name: str = "member") -> Callable[[World], Awaitable[Call]]:
    """A call about a member who has done nothing yet."""

    async def made(world: World) -> Call:
        return Call(path={**world.known, name: await world.new_member()}, body=body(world))

    return made


async def _sign_in(world: World) -> Call:
    return Call(body={"assertion": await assertion(world.shop, sub=f"ext:{world.name()}", name=world.word)})


def _by_new_member(body: Any = None) -> Callable[[World], Awaitable[Call]]:
    """A member's own call, by one who has done nothing yet."""

    async def made(world: World) -> Call:
        return Call(path=world.known, body=body, caller=await world.new_member())

    return made


async def _own_address(world: World) -> Call:
    await _address(world, world.member)
    return Call(body=_address_body(world))


async def _remove_own_address(world: World) -> Call:
    return Call(path={"address_id": await _address(world, world.member)})


async def _remove_address(world: World) -> Call:
    return Call(
        path={"member_id": world.known["member_id"], "address_id": await _address(world, world.known["member"])}
    )


async def _untag(world: World) -> Call:
    tag = world.name().lower()
    await world.post(f"/v1/members/{world.known['member']}/tags", {"tags": [tag]})
    return Call(path={"member_id": world.known["member"], "tag": tag})


async def _attributes(world: World) -> Call:
    key = f"k{world.name().rsplit('-', 1)[1]}"
    body = {"key": key, "kind": "text", "label_en": world.word, "label_zh": world.word, "choices": [], "position": 1}
    await world.post("/v1/attributes", body)
    return Call(path={"member_id": world.known["member"]}, body={"attributes": {key: world.word}})


async def _issue(world: World) -> Call:
    known = world.known
    return Call(body={"template": known["template_id"], "member": known["member"], "reference": world.name()})


async def _claim(world: World) -> Call:
    return Call(body={"template": await _voucher_template(world)})


async def _reserve(world: World) -> Call:
    return Call(body=await _reservation(world))


async def _new_reservation(world: World) -> str:
    return str((await world.post("/v1/voucher-reservations", await _reservation(world)))["id"])


async def _return(world: World) -> Call:
    kept = await world.post("/v1/voucher-reservations", await _reservation(world))
    await world.post(f"/v1/voucher-reservations/{kept['id']}/confirmation")
    return Call(body={"order_reference": kept["order_reference"], "reason": "refunded"})


async def _validate(world: World) -> Call:
    body = {"voucher": await _voucher(world), "member": world.known["member"], "order_amount": "129.00"}
    return Call(body={**body, "shipping_amount": "8.00"})


async def _preview(world: World) -> Call:
    return Call(body={"member": world.known["member"], "channel": "email"})


async def _import(world: World) -> Call:
    return Call(body=f"external_id,name\n{world.name()},{world.word}\n")


async def _inbox(world: World) -> str:
    return await _message(world, inbox=True)


_PLAN = {
    "name_en": "Daily", "name_zh": "每日", "active": True, "base": 5, "increment": 1, "increment_days": 7,
    "cycle": "days7", "milestones": [{"day": 7, "points": 20, "voucher_template": None}],
}  # fmt: skip
_BIRTHDAY = {"calendar": "solar", "year": 1990, "month": 5, "day": 20}

CALLS: dict[str, Callable[[World], Awaitable[Call]]] = {
    "addMemberAddress": _on_new_member(_address_body, "member_id"),
    "addMyAddress": _own_address,
    "blockMember": _on_new_member(lambda _world: None, "member_id"),
    "changeCheckInPlan": _fixed(_PLAN),
    "changeMe": _with(lambda world: {"name": world.name()}),
    "changeMember": _with(lambda world: {"name": world.name()}),
    "changeMessageTemplate": _with(lambda world: {"subject_en": world.name()}),
    "changeProgramme": _fixed({"gift_points": 88}),
    "changeVoucherTemplate": _with(lambda world: {"notes_en": world.name()}),
    "checkIn": _by_new_member(),
    "checkMemberIn": _on_new_member(lambda _world: None),
    "claimVoucher": _claim,
    "confirmPointsHold": _fresh("hold", _hold),
    "confirmVoucherReservation": _fresh("reservation_id", _new_reservation),
    "createMember": _with(lambda world: {"external_id": world.name(), "name": world.word, "tags": ["vip"]}),
    "createMemberLink": _fixed(),
    "createMemberToken": _fixed(),
    "createPointsEntry": _with(_points),
    "createPointsHold": _with(lambda world: {"points": 1, "reference": world.name(), "hold_seconds": 900}),
    "createSession": _sign_in,
    "createVoucherTemplate": _with(_voucher_template_body),
    "defineAttribute": _with(lambda world: {
        "key": f"d{world.name().rsplit('-', 1)[1]}", "kind": "text", "label_en": world.word, "label_zh": world.word,
        "choices": [], "position": 1}),
    "importMembers": _import,
    "issueVoucher": _issue,
    "previewBirthday": _preview,
    "readMyMessage": _fresh("message", _inbox),
    "releasePointsHold": _fresh("hold", _hold),
    "releaseVoucherReservation": _fresh("reservation_id", _new_reservation),
    "removeMemberAddress": _remove_address,
    "removeMemberBirthday": _fixed(),
    "removeMyAddress": _remove_own_address,
    "reserveVoucher": _reserve,
    "resolveMessage": _fresh("message", _message, {"outcome": "sent"}),
    "returnVouchers": _return,
    "reversePointsEntry": _fresh("entry", _entry, {"note": "Entered twice"}),
    "revokeVoucher": _fresh("voucher_id", _voucher, {"reason": "Issued by mistake"}),
    "setMemberAttributes": _attributes,
    "setMemberBirthday": _on_new_member(lambda _world: _BIRTHDAY, "member_id"),
    "setMemberConsent": _on_new_member(
        lambda _world: {"granted": True, "source": "checkout", "evidence": "Box ticked"}, "member_id"),
    "setMyBirthday": _by_new_member(_BIRTHDAY),
    "setMyConsent": _by_new_member({"granted": True}),
    "tagMember": _with(lambda world: {"tags": [world.name().lower()]}),
    "takeInOrderEvent": _with(_order),
    "takeInOrderEvents": _with(lambda world: {"events": [_order(world), _order(world)]}),
    "unblockMember": _fixed(),
    "untagMember": _untag,
    "validateVoucher": _validate,
}  # fmt: skip
