"""The points mall over HTTP: for the seller's backend and for members."""

from tenants.mall.api.items import MallCategoryController, MallItemController
from tenants.mall.api.own import MyMallController, MyRedemptionController
from tenants.mall.api.redemptions import RedemptionController, ShipmentController

ROUTES = [
    MallItemController,
    MallCategoryController,
    RedemptionController,
    ShipmentController,
    MyMallController,
    MyRedemptionController,
]
TAGS = {
    "Points mall": "Items, their stock and prices, redemptions and what becomes of them. 积分商城",
    "Points mall (member)": "What a member can have for points, and had. 会员积分商城",
}
