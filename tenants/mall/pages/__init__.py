"""The mall in the console: what a member sees of an item, and what has to be sent, out and back in."""

from __future__ import annotations

from tenants.kit.console import FILES, PREVIEWS, Page
from tenants.kit.desk import SERVICE
from tenants.kit.words import Words
from tenants.mall.pages import preview, shipping

PAGES = (
    Page(
        "mall-preview",
        title=Words(en="Mall item", zh="商城商品"),
        group=PREVIEWS,
        about=Words(
            en="What a member sees who has points enough; the price can differ by level.",
            zh="积分充足的会员所见页面；价格可因等级而异。",
        ),
        show=preview.show,
    ),
    Page(
        "mall-shipping",
        title=Words(en="What to send", zh="商城发货"),
        group=FILES,
        about=Words(
            en="Take the list out, enter the numbers of the parcels, bring it back in.",
            zh="导出待发货清单，填写物流单号后导入。",
        ),
        show=shipping.show,
        acts={"check": shipping.check, "import": shipping.take_in},
        read=SERVICE,
        write=SERVICE,
    ),
)
