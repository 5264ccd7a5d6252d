"""Vouchers at the desk: templates with their rules, budgets and pools, codes in bulk, and what became of each."""

from __future__ import annotations

import dataclasses
from typing import Any
from uuid import UUID

from tenants.kit.desk import MARKETING, OWNER, SERVICE, Activity, AdminTable, Column, Field, Form
from tenants.kit.words import Words
from tenants.vouchers.rules import at_desk, batches, describing, ending, guesses, policy, reading, templates
from tenants.vouchers.rules.files import CODES_PASTED_MAX
from tenants.vouchers.rules.terms import Hours, Scope, Terms
from tenants.vouchers.tables import (
    Voucher,
    VoucherBatch,
    VoucherEvent,
    VoucherHours,
    VoucherLevel,
    VoucherPolicy,
    VoucherRefund,
    VoucherScope,
    VoucherTemplate,
)

GROUP = Words(en="Vouchers", zh="优惠券")
KINDS = {
    "amount": Words(en="Money off", zh="满减/立减"),
    "percent": Words(en="Percent off", zh="折扣"),
    "free_shipping": Words(en="Free shipping", zh="包邮"),
    "gift": Words(en="Gift with an order", zh="随单赠品"),
    "benefit": Words(en="Benefit in words", zh="专属权益"),
    "external": Words(en="Outside benefit (pool of codes)", zh="外部权益（券码池）"),
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
    "refunded": Words(en="Part refunded", zh="部分退款"),
    "extended": Words(en="Extended", zh="延期"),
    "handed_on": Words(en="Handed on", zh="转赠"),
    "moved": Words(en="Moved with its member", zh="随会员合并转移"),
}
STACKINGS = {
    "stackable": Words(en="Shares its order", zh="可叠加"),
    "exclusive": Words(en="Alone on its order", zh="独占订单"),
}
SCOPES = {
    "product": Words(en="Product", zh="商品"),
    "category": Words(en="Category", zh="类目"),
    "channel": Words(en="Channel", zh="渠道"),
}
BATCH_STATES = {
    "active": Words(en="Open", zh="进行中"),
    "ended": Words(en="Ended", zh="已结束"),
    "revoked": Words(en="Withdrawn", zh="已作废"),
}


async def _create(values: dict[str, Any]) -> UUID:
    return await templates.create_template(Terms(**values))


async def _change(template: UUID, values: dict[str, Any]) -> None:
    await templates.change_template(template, values)


async def _add_scope(values: dict[str, Any]) -> UUID:
    return await templates.add_scope(
        values["template"], Scope(values["kind"], values["value"], values.get("included", True))
    )


async def _add_level(values: dict[str, Any]) -> UUID:
    return await templates.add_level(values["template"], values["level"])


async def _add_hours(values: dict[str, Any]) -> UUID:
    return await templates.add_hours(
        values["template"], Hours(values.get("weekday"), values.get("since"), values.get("until"))
    )


async def _change_policy(_row: UUID, values: dict[str, Any]) -> None:
    await policy.change_policy(dataclasses.replace(await policy.read_policy(), **values))


async def _find(values: dict[str, Any]) -> Words:
    row, events = await reading.find(await guesses.find_at_desk(values["code"]))
    said = {name: [EVENTS[event["kind"]].say(name) for event in events] for name in ("en", "zh")}
    state = STATES[row["state"]]
    return Words(
        en=f"{row['code']}: {row['name_en'] or row['name_zh']}, {state.en}. {', '.join(said['en'])}.",
        zh=f"{row['code']}：{row['name_zh'] or row['name_en']}，{state.zh}。{'、'.join(said['zh'])}。",
    )


async def _revoke(values: dict[str, Any]) -> Words:
    if not await ending.revoke(await guesses.find_at_desk(values["code"]), reason=values["reason"]):
        return Words(en="The voucher had been revoked already.", zh="该优惠券此前已作废。")
    return Words(en="The voucher is revoked.", zh="优惠券已作废。")


async def _preview(values: dict[str, Any]) -> Words:
    card = await describing.preview(UUID(values["template"]))
    said = f"{card.title.zh}：{card.terms.zh} ｜ {card.title.en}: {card.terms.en}"
    return Words(en=said, zh=said)


STATUS = {**TEMPLATE_STATES, "scheduled": Words(en="Scheduled", zh="待开始"), "live": Words(en="Live", zh="进行中")}
_STATUS = "CASE WHEN t.state <> 'active' THEN t.state WHEN t.valid_until <= $2::timestamptz THEN 'ended' WHEN t.valid_from > $2::timestamptz THEN 'scheduled' ELSE 'live' END"  # fmt: skip


def _counted(what: str) -> str:
    return f"(SELECT {what} FROM __tenant__.voucher_stock s WHERE s.template = t.id)"


def _codes(state: str) -> str:
    return f"(SELECT count(*) FROM __tenant__.voucher_code c WHERE c.batch = t.id AND c.state = '{state}')"


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
            Column("status", Words(en="Status", zh="进度"), choices=STATUS, sql=_STATUS),
            Column("kind", Words(en="Kind", zh="类型"), choices=KINDS, editable=True, required=True, filter=True),
            Column("amount", Words(en="Money off", zh="减免金额"), editable=True, help=Words(en="For “money off”.", zh="“满减/立减”时填写。")),
            Column("percent", Words(en="Percent off", zh="减免百分比"), editable=True,
                   help=Words(en="For “percent off”: 20 takes 20 % off.", zh="“折扣”时填写：20 表示减 20%，即打 8 折。")),
            Column("amount_max", Words(en="At most", zh="最高减免"), editable=True, in_list=False,
                   help=Words(en="The cap of a percentage or of free shipping.", zh="折扣与包邮的封顶金额。")),
            Column("given_zh", Words(en="What is given, Chinese", zh="赠送内容（中文）"), editable=True, in_list=False,
                   help=Words(en="For gifts and benefits: e.g. free alteration.", zh="赠品与权益填写，如“免费改衣”。")),
            Column("given_en", Words(en="What is given, English", zh="赠送内容（英文）"), editable=True, in_list=False),
            Column("gift_product", Words(en="Product of the gift", zh="赠品商品编号"), editable=True, in_list=False),
            Column("gift_quantity", Words(en="Pieces of the gift", zh="赠品数量"), editable=True, in_list=False),
            Column("cost", Words(en="What one costs the shop", zh="单张成本"), editable=True, in_list=False,
                   help=Words(en="For gifts and benefits.", zh="赠品与权益填写。")),
            Column("threshold", Words(en="From an order of", zh="使用门槛（满）"), editable=True,
                   help=Words(en="Empty: no threshold.", zh="留空表示无门槛。")),
            Column("validity", Words(en="Valid", zh="有效期类型"), choices=VALIDITIES, editable=True, in_list=False),
            Column("valid_days", Words(en="Days valid", zh="有效天数"), editable=True, in_list=False),
            Column("delay_days", Words(en="Valid only after days", zh="领取后几天生效"), editable=True, in_list=False),
            Column("valid_from", Words(en="Valid from", zh="生效时间"), editable=True, in_list=False),
            Column("valid_until", Words(en="Valid until", zh="失效时间"), editable=True, in_list=False),
            Column("stock", Words(en="Stock", zh="库存"), editable=True,
                   help=Words(en="Empty: unlimited. An outside benefit's is its pool: leave it empty.", zh="留空表示不限；外部权益的库存即券码池，请留空。")),
            Column("issued", Words(en="Issued", zh="已发放"), sql=_counted("s.issued")),
            Column("used", Words(en="Used", zh="已使用"), sql=_counted("s.used")),
            Column("holders", Words(en="Members", zh="领取人数"), sql="SELECT count(*) FROM __tenant__.voucher_holding h WHERE h.template = t.id"),
            Column("left_over", Words(en="Left", zh="剩余"), sql=_counted("s.stock - s.issued")),
            Column("budget", Words(en="Budget", zh="预算"), editable=True,
                   help=Words(en="What all of them may cost together; when it is reached, no more go out.", zh="全部优惠券成本上限；达到后自动停发。")),
            Column("spent", Words(en="Spent so far", zh="已花费"), sql=_counted("s.spent")),
            Column("promised", Words(en="Promised", zh="已承诺未用"), sql=_counted("s.promised")),
            Column("warn_below", Words(en="Warn when fewer are left", zh="低于此数预警"), editable=True, in_list=False),
            Column("per_member_limit", Words(en="Per member", zh="每人限领"), editable=True),
            Column("member_daily_limit", Words(en="Per member and day", zh="每人每天"), editable=True, in_list=False),
            Column("member_weekly_limit", Words(en="Per member and week", zh="每人每周"), editable=True, in_list=False),
            Column("member_monthly_limit", Words(en="Per member and month", zh="每人每月"), editable=True, in_list=False),
            Column("daily_limit", Words(en="All members, per day", zh="全店每天"), editable=True, in_list=False),
            Column("first_order_only", Words(en="First order only", zh="仅限首单"), editable=True, in_list=False),
            Column("stacking", Words(en="With other vouchers", zh="叠加方式"), choices=STACKINGS, editable=True, in_list=False),
            Column("stack_group", Words(en="Group", zh="叠加分组"), editable=True, in_list=False,
                   help=Words(en="Vouchers without a name here are one group.", zh="未填写者同属一组。")),
            Column("group_max", Words(en="Of a group per order", zh="同组每单最多"), editable=True, in_list=False),
            Column("apply_order", Words(en="Applied in the order of", zh="抵扣顺序"), editable=True, in_list=False,
                   help=Words(en="The smaller first.", zh="数字小的先抵扣。")),
            Column("transferable", Words(en="Can be handed on", zh="可转赠"), editable=True, in_list=False),
            Column("return_days", Words(en="Good for days after a refund", zh="退款后延长天数"), editable=True, in_list=False,
                   help=Words(en="When it has run out meanwhile; 0: it stays expired.", zh="退回时若已过期则延长；0 表示保持过期。")),
            Column("claimable", Words(en="Members can claim it", zh="会员可自行领取"), editable=True, filter=True),
            Column("claim_from", Words(en="Claim from", zh="领取开始"), editable=True, in_list=False),
            Column("claim_until", Words(en="Claim until", zh="领取截止"), editable=True, in_list=False),
            Column("notes_zh", Words(en="Notes for members, Chinese", zh="使用说明（中文）"), editable=True, in_list=False, kind="long"),
            Column("notes_en", Words(en="Notes for members, English", zh="使用说明（英文）"), editable=True, in_list=False, kind="long"),
            Column("created_at", Words(en="Made", zh="创建时间"), in_list=False),
        ),
        readable=("name_zh", "name_en"),
        order="-created_at",
        activity=Activity(preview="voucher-preview", prefix="vtp", since="valid_from", until="valid_until", members="holders", cost=("spent", "promised")),
        write=MARKETING,
        create=_create,
        change=_change,
    ),
    AdminTable(
        VoucherScope,
        name=Words(en="Where vouchers count", zh="优惠券适用范围"),
        group=GROUP,
        help=Words(en="Products, categories and channels that count or do not; none: everything. Fixed once one is out.",
                   zh="适用或不适用的商品、类目与渠道；不设即全部适用。发出后不可修改。"),
        columns=(
            Column("template", Words(en="Template", zh="模板"), editable=True, required=True, first_only=True, filter=True),
            Column("kind", Words(en="What", zh="类型"), choices=SCOPES, editable=True, required=True, first_only=True, filter=True),
            Column("value", Words(en="Its number or name", zh="编号或名称"), editable=True, required=True, first_only=True, filter=True),
            Column("included", Words(en="Counts", zh="适用"), editable=True, first_only=True,
                   help=Words(en="Off: it does not count.", zh="关闭表示排除。")),
        ),
        order="template",
        write=MARKETING,
        create=_add_scope,
        delete=templates.remove_scope,
    ),
    AdminTable(
        VoucherLevel,
        name=Words(en="Levels of vouchers", zh="优惠券适用等级"),
        group=GROUP,
        help=Words(en="Whose members can claim and use them; none: everybody.", zh="可领取与使用的会员等级；不设即全部会员。"),
        columns=(
            Column("template", Words(en="Template", zh="模板"), editable=True, required=True, first_only=True, filter=True),
            Column("level", Words(en="Level", zh="等级"), editable=True, required=True, first_only=True, filter=True),
        ),
        order="template",
        write=MARKETING,
        create=_add_level,
        delete=templates.remove_level,
    ),
    AdminTable(
        VoucherHours,
        name=Words(en="Times of vouchers", zh="优惠券可用时段"),
        group=GROUP,
        help=Words(en="Times of the week by the shop's clock; none: always.", zh="按店铺时间的每周可用时段；不设即随时可用。"),
        columns=(
            Column("template", Words(en="Template", zh="模板"), editable=True, required=True, first_only=True, filter=True),
            Column("weekday", Words(en="Weekday, 1 is Monday", zh="星期（1 为周一）"), editable=True, first_only=True,
                   help=Words(en="Empty: every day.", zh="留空表示每天。")),
            Column("since", Words(en="From", zh="开始时刻"), editable=True, first_only=True),
            Column("until", Words(en="Until", zh="结束时刻"), editable=True, first_only=True),
        ),
        order="template",
        write=MARKETING,
        create=_add_hours,
        delete=templates.remove_hours,
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
            Column("handed_on_from", Words(en="Handed on by", zh="转赠人"), in_list=False),
            Column("once", Words(en="Occasion", zh="事由编号"), filter=True, in_list=False),
        ),
        order="-issued_at",
    ),
    AdminTable(
        VoucherBatch,
        name=Words(en="Batches of codes", zh="券码批次"),
        group=GROUP,
        help=Words(en="Codes that members enter themselves. The codes come as CSV from the API, or are shown when made.",
                   zh="由会员自行输入领取的券码。可通过 API 导出 CSV；少量生成时直接显示。"),
        columns=(
            Column("name", Words(en="Name", zh="名称"), filter=True),
            Column("template", Words(en="Template", zh="模板"), filter=True),
            Column("state", Words(en="State", zh="状态"), choices=BATCH_STATES, filter=True),
            Column("codes", Words(en="Codes", zh="券码数")),
            Column("free", Words(en="Free", zh="未领取"), sql=_codes("free")),
            Column("claimed", Words(en="Claimed", zh="已领取"), sql=_codes("claimed")),
            Column("claim_until", Words(en="Until", zh="领取截止")),
            Column("created_by", Words(en="By", zh="操作者"), in_list=False),
            Column("created_at", Words(en="Made", zh="创建时间")),
        ),
        readable=("name",),
        order="-created_at",
    ),
    AdminTable(
        VoucherRefund,
        name=Words(en="Refunds of orders with vouchers", zh="用券订单退款"),
        group=GROUP,
        columns=(
            Column("at", Words(en="When", zh="时间"), filter=True),
            Column("order_reference", Words(en="Order", zh="订单"), filter=True),
            Column("refunded", Words(en="Goods refunded", zh="退款商品金额")),
            Column("total", Words(en="Of goods for", zh="商品总额")),
            Column("withheld", Words(en="Paid by vouchers", zh="由优惠券抵扣的部分")),
            Column("once", Words(en="Occasion", zh="事由编号"), in_list=False),
        ),
        order="-at",
    ),
    AdminTable(
        VoucherPolicy,
        name=Words(en="Voucher policy", zh="优惠券规则"),
        group=GROUP,
        columns=(
            Column("hold_seconds", Words(en="An order keeps vouchers for, seconds", zh="下单占用时长（秒）"), editable=True),
            Column("hold_seconds_max", Words(en="At most, seconds", zh="最长占用（秒）"), editable=True),
            Column("agent_daily_max", Words(en="An agent gives at most, per day", zh="客服每天最多发放"), editable=True,
                   help=Words(en="Empty: no limit.", zh="留空表示不限。")),
            Column("updated_at", Words(en="Changed", zh="更新时间"), in_list=False),
        ),
        order="id",
        write=OWNER,
        change=_change_policy,
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
_CODE = Field("code", Words(en="Code", zh="券码"), most=64)
_NAME = Field("name", Words(en="Name of the batch", zh="批次名称"), most=100)
_PASTED = Field("codes", Words(en="Codes, one a line", zh="券码（每行一个）"), kind="long", most=CODES_PASTED_MAX)
_DRY = Field("dry_run", Words(en="Only try", zh="仅试算"), kind="yes_no", required=False, default=True,
             help=Words(en="Says what would be done and writes nothing.", zh="只给出结果，不写入。"))  # fmt: skip
FORMS = (
    Form(
        "revoke-voucher", Words(en="Revoke a voucher", zh="作废优惠券"),
        Words(en="Withdraws a voucher for good, even from an order that has reserved it.",
              zh="永久作废一张优惠券；已被订单占用的也会作废。"),
        (_CODE, Field("reason", Words(en="Reason", zh="原因"), most=200)),
        _revoke, roles=MARKETING, group=GROUP,
    ),
    Form(
        "find-voucher", Words(en="Look up a code", zh="查询券码"),
        Words(en="Says what a code is and what became of it.", zh="查询一个券码及其经过。"),
        (_CODE,), _find, roles=SERVICE, group=GROUP, audit="names",
    ),
    Form(
        "preview-voucher", Words(en="Preview a voucher", zh="预览优惠券"),
        Words(en="Says what a member reads on its card.", zh="显示会员所见的券面说明。"),
        (Field("template", Words(en="Voucher template", zh="优惠券模板"), choices=at_desk.all_templates),),
        _preview, roles=SERVICE, group=GROUP,
    ),
    Form(
        "make-voucher-codes", Words(en="Make codes in bulk", zh="批量生成券码"),
        Words(en="Makes codes that members enter themselves. They take stock and budget at once.",
              zh="生成由会员自行输入的券码；立即占用库存与预算。"),
        (Field("template", Words(en="Voucher template", zh="优惠券模板"), choices=at_desk.open_templates), _NAME,
         Field("codes", Words(en="How many", zh="数量"), kind="whole", least=1, most=batches.CODES_MAX)),
        at_desk.make_batch, roles=MARKETING, group=GROUP, result_is_secret=True,
    ),
    Form(
        "import-voucher-codes", Words(en="Bring in codes of one's own", zh="导入自有券码"),
        Words(en="8 to 40 letters and digits each; larger files go through the API.", zh="每个 8 到 40 位字母与数字；大文件请用 API。"),
        (Field("template", Words(en="Voucher template", zh="优惠券模板"), choices=at_desk.open_templates), _NAME, _PASTED, _DRY),
        at_desk.bring_in_batch, roles=MARKETING, group=GROUP, audit="names",
    ),
    Form(
        "import-voucher-pool", Words(en="Bring in codes of an outside benefit", zh="导入外部券码"),
        Words(en="Each is handed out with one voucher, once ever; they are kept locked away.", zh="每个券码只随一张券发放一次，加密保存。"),
        (Field("template", Words(en="Outside benefit", zh="外部权益"), choices=at_desk.all_pools), _PASTED, _DRY),
        at_desk.bring_in, roles=MARKETING, group=GROUP, audit="names",
    ),
    Form(
        "revoke-voucher-batch", Words(en="Withdraw a batch of codes", zh="作废券码批次"),
        Words(en="Withdraws all codes that nobody has entered yet.", zh="作废该批次中尚未领取的券码。"),
        (Field("batch", Words(en="Batch", zh="批次"), choices=at_desk.open_batches),),
        at_desk.revoke_batch, roles=MARKETING, group=GROUP,
    ),
)  # fmt: skip
