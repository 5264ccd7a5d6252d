"""Vouchers over HTTP: for the seller's backend and for members."""

from tenants.vouchers.api.bulk import BatchController, IntakeController
from tenants.vouchers.api.checkout import CheckoutController, OrderVouchersController
from tenants.vouchers.api.own import MyVoucherController
from tenants.vouchers.api.server import HandingController, VoucherController
from tenants.vouchers.api.templates import TemplateController

ROUTES = [
    TemplateController, VoucherController, HandingController, CheckoutController, OrderVouchersController,
    BatchController, IntakeController, MyVoucherController,
]  # fmt: skip
TAGS = {
    "Vouchers": "Templates, issuing, codes in bulk, reservation and redemption. 优惠券",
    "Vouchers (member)": "A member's own vouchers. 会员优惠券",
}
