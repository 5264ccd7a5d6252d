"""Vouchers at the desk: templates to set up, issued vouchers to look up and to revoke."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenants.kit.desk import MARKETING, AdminTable, Column, Field, Form
from tenants.kit.words import Words
from tenants.vouchers.rules import ending, guesses, templates
from tenants.vouchers.rules.terms import Terms
from tenants.vouchers.tables import Voucher, VoucherEvent, VoucherTemplate

if TYPE_CHECKING:
    from uuid import UUID

GROUP = Words(en="Vouchers", zh="优惠券")
KINDS = {
    "amount": Words(en="Money off", zh="满减/立减"),
    "percent": Words(en="Percent off", zh="折扣"),
    "free_shipping": Words(en="Free shipping", zh="包邮"),
}
VALIDITIES = {
    "relative": Words(en="So many days from issue", zh="领取后若干天"),
    "fixed": Words(en="Between two dates", zh="固定日期"),
}
TEMPLATE_STATES = {
    "draft": Words(en="Draft", zh="草稿"),
    "active": Words(en="Active", zh="启用"),
    "paused": Words(en="Paused", zh="暂停"),
    "ended": Words(en="Ended", zh="结束"),
}
STATES = {
    "issued": Words(en="Unused", zh="未使用"),
    "reserved": Words(en="Reserved by an order", zh="下单占用"),
    "used": Words(en="Used", zh="已使用"),
    "expired": Words(en="Expired", zh="已过期"),
    "revoked": Words(en="Revoked", zh="已作废"),
}
EVENTS = {
    "issued": Words(en="Issued", zh="发放"),
    "reserved": Words(en="Reserved", zh="占用"),
    "released": Words(en="Released", zh="释放"),
    "used": Words(en="Used", zh="使用"),
    "returned": Words(en="Given back", zh="退回"),
    "expired": Words(en="Expired", zh="过期"),
    "revoked": Words(en="Revoked", zh="作废"),
}


async def _create(values: dict[str, Any]) -> UUID:
    return await templates.create_template(Terms(**values))


async def _change(template: UUID, values: dict[str, Any]) -> None:
    await templates.change_template(template, values)


async def _revoke(values: dict[str, Any]) -> Words:
    if not await ending.revoke(await guesses.find_at_desk(values["code"]), reason=values["reason"]):
        return Words(en="The voucher had been revoked already.", zh="该优惠券此前已作废。")
    return Words(en="The voucher is revoked.", zh="优惠券已作废。")


TABLES = (
    AdminTable(
        VoucherTemplate,
        name=Words(en="Voucher templates", zh="优惠券模板"),
        group=GROUP,
        help=Words(en="What can be issued. What a voucher is worth is fixed once one is out.", zh="可发放的优惠券；发出后面值不可再改。"),
        columns=(
            Column("name_zh", Words(en="Name in Chinese", zh="中文名称"), editable=True, filter=True),
            Column("name_en", Words(en="Name in English", zh="英文名称"), editable=True, filter=True),
            Column("state", Words(en="State", zh="状态"), choices=TEMPLATE_STATES, editable=True, filter=True),
            Column("kind", Words(en="Kind", zh="类型"), choices=KINDS, editable=True, required=True, filter=True),
            Column("amount", Words(en="Money off", zh="减免金额"), editable=True, help=Words(en="For “money off”.", zh="“满减/立减”时填写。")),
            Column("percent", Words(en="Percent off", zh="减免百分比"), editable=True,
                   help=Words(en="For “percent off”: 20 takes 20 % off.", zh="“折扣”时填写：20 表示减 20%，即打 8 折。")),
            Column("amount_max", Words(en="At most", zh="最高减免"), editable=True, in_list=False),
            Column("threshold", Words(en="From an order of", zh="使用门槛（满）"), editable=True,
                   help=Words(en="Empty: no threshold.", zh="留空表示无门槛。")),
            Column("validity", Words(en="Valid", zh="有效期类型"), choices=VALIDITIES, editable=True, in_list=False),
            Column("valid_days", Words(en="Days valid", zh="有效天数"), editable=True, in_list=False),
            Column("delay_days", Words(en="Valid only after days", zh="领取后几天生效"), editable=True, in_list=False),
            Column("valid_from", Words(en="Valid from", zh="生效时间"), editable=True, in_list=False),
            Column("valid_until", Words(en="Valid until", zh="失效时间"), editable=True, in_list=False),
            Column("stock", Words(en="Stock", zh="库存"), editable=True, help=Words(en="Empty: unlimited.", zh="留空表示不限。")),
            Column("per_member_limit", Words(en="Per member", zh="每人限领"), editable=True),
            Column("claimable", Words(en="Members can claim it", zh="会员可自行领取"), editable=True, filter=True),
            Column("claim_from", Words(en="Claim from", zh="领取开始"), editable=True, in_list=False),
            Column("claim_until", Words(en="Claim until", zh="领取截止"), editable=True, in_list=False),
            Column("notes_zh", Words(en="Notes for members, Chinese", zh="使用说明（中文）"), editable=True, in_list=False, kind="long"),
            Column("notes_en", Words(en="Notes for members, English", zh="使用说明（英文）"), editable=True, in_list=False, kind="long"),
            Column("created_at", Words(en="Made", zh="创建时间"), in_list=False),
        ),
        readable=("name_zh", "name_en"),
        order="-created_at",
        write=MARKETING,
        create=_create,
        change=_change,
    ),
    AdminTable(
        Voucher,
        name=Words(en="Issued vouchers", zh="已发优惠券"),
        group=GROUP,
        columns=(
            Column("member", Words(en="Member", zh="会员"), filter=True),
            Column("template", Words(en="Template", zh="模板"), filter=True),
            Column("state", Words(en="State", zh="状态"), choices=STATES, filter=True),
            Column("issued_at", Words(en="Issued", zh="发放时间"), filter=True),
            Column("valid_from", Words(en="Valid from", zh="生效时间"), in_list=False),
            Column("valid_until", Words(en="Valid until", zh="失效时间"), filter=True),
            Column("order_reference", Words(en="Order", zh="订单"), filter=True),
            Column("discount", Words(en="Taken off", zh="实际减免")),
            Column("used_at", Words(en="Used", zh="使用时间"), filter=True, in_list=False),
            Column("once", Words(en="Occasion", zh="事由编号"), filter=True, in_list=False),
        ),
        order="-issued_at",
    ),
    AdminTable(
        VoucherEvent,
        name=Words(en="Voucher history", zh="优惠券记录"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("voucher", Words(en="Voucher", zh="优惠券"), filter=True),
            Column("kind", Words(en="What", zh="事件"), choices=EVENTS, filter=True),
            Column("reason", Words(en="Reason", zh="原因"), filter=True),
            Column("order_reference", Words(en="Order", zh="订单"), filter=True),
            Column("discount", Words(en="Taken off", zh="减免")),
            Column("recorded_by", Words(en="By", zh="操作者"), in_list=False),
        ),
        order="-at",
    ),
)  # fmt: skip
FORMS = (
    Form(
        "revoke-voucher", Words(en="Revoke a voucher", zh="作废优惠券"),
        Words(en="Withdraws a voucher for good, even from an order that has reserved it.",
              zh="永久作废一张优惠券；已被订单占用的也会作废。"),
        (Field("code", Words(en="Code", zh="券码"), most=64), Field("reason", Words(en="Reason", zh="原因"), most=200)),
        _revoke, roles=MARKETING, group=GROUP,
    ),
)  # fmt: skip
