"""Pages of surveys: for members in the centre."""

from tenants.surveys.pages import answer

MEMBER_PAGES = (*answer.MEMBER_PAGES,)
