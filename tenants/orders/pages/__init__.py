"""Orders in the console: what they add up to, and orders by the file."""

from __future__ import annotations

from tenants.kit.console import FILES, Page
from tenants.kit.desk import MARKETING
from tenants.kit.words import Words
from tenants.orders.pages import files, statistics

PAGES = (
    Page(
        "order-statistics",
        title=Words(en="Order statistics", zh="订单统计"),
        group=Words(en="Orders", zh="订单"),
        about=Words(
            en="What members buy, how often, and at which purchase they stop.", zh="会员购买情况、频次与流失节点。"
        ),
        show=statistics.show,
    ),
    Page(
        "order-files",
        title=Words(en="Orders by file", zh="订单导入"),
        group=FILES,
        about=Words(
            en="Bring orders in from a CSV of any shop or marketplace.", zh="用 CSV 导入任意店铺或平台的订单。"
        ),
        show=files.show,
        acts={"check": files.check, "import": files.take_in},
        read=MARKETING,
        write=MARKETING,
    ),
)
