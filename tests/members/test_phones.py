"""A telephone number seen at a glance is what the library says of it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tenants.kit.errors import Invalid
from tenants.members.rules import values
from tenants.tenancy import Tenant, use_tenant

if TYPE_CHECKING:
    from collections.abc import Callable

ANYWHERE = Tenant(uuid.UUID(int=0), "anywhere", "t_anywhere", region="CN")


@given(st.from_regex(r"1[0-9]{10}", fullmatch=True))
def test_a_mobile_number_seen_at_a_glance_is_what_the_library_says(text: str) -> None:
    with use_tenant(ANYWHERE):
        assert _said(values.phone_quickly, text) == _said(values.phone, text)


@given(st.sampled_from(["CN", "US", "GB", "IT", "BR", "AR", "MX", "RU"]), st.from_regex(r"[0-9]{6,12}", fullmatch=True))
def test_so_it_is_in_other_regions(region: str, text: str) -> None:
    with use_tenant(replace(ANYWHERE, region=region)):
        assert _said(values.phone_quickly, text) == _said(values.phone, text)


def _said(read: Callable[[str], str], text: str) -> str | None:
    try:
        return read(text)
    except Invalid:
        return None
