"""Pages of surveys: those on which sellers make them, and for members in the centre."""

from tenants.surveys.pages import answer, builder

PAGES = (*builder.PAGES,)
MEMBER_PAGES = (*answer.MEMBER_PAGES,)
