"""Pages of pictures in the console: how the shop's own pages look to members."""

from __future__ import annotations

from tenants.kit.console import PREVIEWS, Page
from tenants.kit.desk import MARKETING
from tenants.kit.words import Words
from tenants.pictures.pages import look

PAGES = (
    Page(
        "look",
        title=Words(en="Your colour", zh="品牌颜色"),
        group=PREVIEWS,
        about=Words(
            en="The colour in which members see your pages. A survey may have one of its own.",
            zh="会员看到的页面所用的颜色；问卷可另设颜色。",
        ),
        show=look.show,
        acts={"choose": look.choose},
        write=MARKETING,
    ),
)
