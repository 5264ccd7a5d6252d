"""The pages on which a survey is made, from nothing to live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenants.kit.console import ACTIVITIES, Page
from tenants.kit.desk import EVERYONE, MARKETING
from tenants.kit.words import Words
from tenants.surveys.pages import (
    builder_new,
    builder_preview,
    builder_publish,
    builder_questions,
    builder_settings,
    builder_share,
    builder_texts,
)
from tenants.surveys.pages.builder_top import TABS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenants.kit.console import Act, Show


def _tab(slug: str, show: Show, acts: Mapping[str, Act]) -> Page:
    return Page(
        slug,
        title=dict(TABS)[slug],
        group=ACTIVITIES,
        show=show,
        acts=acts,
        write=MARKETING,
        in_menu=False,
        below="surveys",
    )


PAGES = (
    Page(
        "surveys",
        title=Words(en="Surveys", zh="问卷"),
        group=ACTIVITIES,
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
        group=ACTIVITIES,
        show=builder_new.offer,
        acts={"create": builder_new.create},
        read=MARKETING,
        write=MARKETING,
        in_menu=False,
        below="surveys",
    ),
    _tab("survey", builder_questions.show, builder_questions.ACTS),
    _tab("survey-texts", builder_texts.show, builder_texts.ACTS),
    _tab("survey-settings", builder_settings.show, builder_settings.ACTS),
    _tab("survey-preview", builder_preview.show, {}),
    Page(
        builder_preview.SLUG,
        title=Words(en="Preview", zh="预览"),
        group=ACTIVITIES,
        show=builder_preview.open_frame,
        acts=builder_preview.ACTS,
        write=EVERYONE,
        in_menu=False,
        below="surveys",
    ),
    _tab("survey-publish", builder_publish.show, builder_publish.ACTS),
    _tab("survey-share", builder_share.show, builder_share.ACTS),
)
