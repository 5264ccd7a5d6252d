"""The pages on which a survey is made, from nothing to live."""

from __future__ import annotations

from tenants.kit.console import VOICE, Page
from tenants.kit.desk import MARKETING
from tenants.kit.words import Words
from tenants.surveys.pages import builder_new, builder_questions

PAGES = (
    Page(
        "surveys",
        title=Words(en="Surveys", zh="问卷"),
        group=VOICE,
        about=Words(
            en="Learn from members what they need; their answers can become tags and attributes.",
            zh="了解会员的需求；回答可写入标签与属性。",
        ),
        show=builder_new.show,
        write=MARKETING,
    ),
    Page(
        "survey-new",
        title=Words(en="New survey", zh="新建问卷"),
        group=VOICE,
        show=builder_new.offer,
        acts={"create": builder_new.create},
        read=MARKETING,
        write=MARKETING,
        in_menu=False,
        below="surveys",
    ),
    Page(
        "survey",
        title=Words(en="Questions", zh="题目"),
        group=VOICE,
        show=builder_questions.show,
        acts=builder_questions.ACTS,
        write=MARKETING,
        in_menu=False,
        below="surveys",
    ),
)
