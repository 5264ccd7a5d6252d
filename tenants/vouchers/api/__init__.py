"""Vouchers over HTTP: for the seller's backend and for members."""

from tenants.vouchers.api.own import MyVoucherController
from tenants.vouchers.api.server import CheckoutController, VoucherController
from tenants.vouchers.api.templates import TemplateController

ROUTES = [TemplateController, VoucherController, CheckoutController, MyVoucherController]
TAGS = {
    "Vouchers": "Templates, issuing, reservation and redemption. 优惠券",
    "Vouchers (member)": "A member's own vouchers. 会员优惠券",
}
