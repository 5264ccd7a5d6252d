"""Pages of polls: for members in the centre."""

from tenants.polls.pages import vote

MEMBER_PAGES = vote.MEMBER_PAGES
