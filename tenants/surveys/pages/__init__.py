"""Pages of surveys: those on which sellers make them, and for members in the centre."""

from tenants.surveys.pages import answer, builder, results

PAGES = (*builder.PAGES, *results.PAGES)
MEMBER_PAGES = (*answer.MEMBER_PAGES,)
