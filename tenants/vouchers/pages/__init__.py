"""Vouchers in the console: what a member sees of one, and codes in bulk, made, brought in and taken out."""

from __future__ import annotations

from tenants.kit.console import FILES, PREVIEWS, Page
from tenants.kit.desk import MARKETING
from tenants.kit.words import Words
from tenants.vouchers.pages import codes, preview

PAGES = (
    Page(
        "voucher-preview",
        title=Words(en="Voucher", zh="优惠券"),
        group=PREVIEWS,
        about=Words(en="The card and the terms as a member reads them.", zh="会员看到的券面与使用规则。"),
        show=preview.show,
    ),
    Page(
        "voucher-codes",
        title=Words(en="Voucher codes in bulk", zh="批量券码"),
        group=FILES,
        about=Words(
            en="Codes that belong to nobody until somebody enters one; and codes of outside benefits.",
            zh="批量生成或导入券码，会员输入券码后领取；也可导入外部权益卡密。",
        ),
        show=codes.show,
        acts={
            "make": codes.make,
            "check": codes.check,
            "import": codes.take_in,
            "withdraw": codes.withdraw,
        },
        read=MARKETING,
        write=MARKETING,
    ),
)
