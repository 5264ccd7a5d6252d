"""Pages of polls: for members in the centre; for sellers the list, the poll in the making, its results and report."""

from tenants.kit.console import ACTIVITIES, Page
from tenants.kit.desk import MARKETING
from tenants.kit.words import Words
from tenants.polls.pages import builder, listing, results, vote

MEMBER_PAGES = vote.MEMBER_PAGES
PAGES = (
    Page(
        "polls",
        title=Words(en="Polls", zh="投票"),
        group=ACTIVITIES,
        about=Words(
            en="Members choose, you learn what to stock. One vote each, whatever happens at the same time.",
            zh="由会员投票，帮您选品。每人一票，并发下也准确无误。",
        ),
        show=listing.show,
        acts={"make": listing.make},
        write=MARKETING,
    ),
    Page(
        "poll",
        title=Words(en="Poll", zh="投票"),
        group=ACTIVITIES,
        show=builder.show,
        acts=builder.ACTS,
        write=MARKETING,
        in_menu=False,
        below="polls",
    ),
    Page(
        "poll-results",
        title=Words(en="Poll: results", zh="投票结果"),
        group=ACTIVITIES,
        show=results.show,
        in_menu=False,
        below="polls",
    ),
    Page(
        "poll-votes",
        title=Words(en="Poll: votes", zh="投票明细"),
        group=ACTIVITIES,
        show=results.show_rows,
        in_menu=False,
        below="polls",
    ),
    Page(
        "poll-stock",
        title=Words(en="Poll: what to stock", zh="选品报告"),
        group=ACTIVITIES,
        show=results.show_stock,
        in_menu=False,
        below="polls",
    ),
)
