"""The builder of rules in the console, driven by its forms alone, as a browser without scripts does."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants import members, orders, segments
from tenants.kit import ids
from tenants.segments.pages import form
from tenants.segments.rules.catalogue import ABOUTS
from tests.make.members import member
from tests.make.orders import event
from tests.make.segments import segment, term
from tests.make.staff import desk

if TYPE_CHECKING:
    from tests.conftest import Shop


class Fields(HTMLParser):
    """What a browser would send of the forms of a page, by the form's method."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.sent: dict[str, dict[str, str]] = {"get": {}, "post": {}}
        self._form = self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = told.get("method", "get")
        elif tag == "select":
            self._select = told["name"]
        elif tag == "option":
            fields = self.sent[self._form]
            if self._select not in fields or "selected" in told:
                fields[self._select] = told["value"]
        elif tag == "input" and (told.get("type") != "checkbox" or "checked" in told):
            where = "post" if told.get("form") == "save" else self._form
            self.sent[where].setdefault(told["name"], told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


async def test_a_segment_is_built_counted_and_saved_by_forms_alone(acme: Shop) -> None:
    async with acme.open():
        await members.define_attribute("skin", kind="choice", choices=["dry", "oily"], label_en="Skin")
        mei, tom = [(await member(tags=["vip"], name=name)).id for name in ("Mei", "Tom")]
        await members.set_attributes(mei, {"skin": "dry"})
        await members.set_attributes(tom, {"skin": "oily"})
        await member()
    client = await desk(acme, "marketer", **{"Accept-Language": "en"})
    path = "/console/segment/new"
    page = await client.get(path)
    assert page.text.count("Members now") == 1

    async def press(do: str, **typed: str) -> None:
        nonlocal page
        page = await client.get(path, params={**Fields(page.text).sent["get"], "do": do, **typed})
        assert page.status_code == 200

    await press("add:r", **{"r.new": "tag"})
    assert "Tag: give 1 to 100 values" in " ".join(page.text.split())
    await press("", **{"r-0.one": "vip, staff"})
    assert ">2<" in page.text
    await press("group:r")
    await press("add:r-1", **{"r-1.new": "attribute:skin", "r-1.not": "1"})
    await press("", **{"r-1-0.tick.oily": "1"})
    assert "Tag is vip or staff and not (Skin is oily)" in page.text
    assert "Mei" in page.text
    assert "Tom" not in page.text
    sent = {**Fields(page.text).sent["post"], "name_en": "Dry VIPs", "act": "save"}
    sent["csrf"] = client.headers["X-CSRFToken"]
    made, again = [await client.post(path, data=sent) for _ in range(2)]
    assert (made.status_code, again.status_code) == (303, 303)
    assert made.headers["location"] == again.headers["location"]
    async with acme.open():
        [kept] = await segments.segments()
        assert await segments.holding(kept.id, [mei, tom]) == {mei}
    shown = await client.get(made.headers["location"])
    same = {**Fields(shown.text).sent["post"], "act": "save", "csrf": sent["csrf"]}
    assert (await client.post(made.headers["location"], data=same)).status_code == 303
    assert await acme.value("SELECT version FROM __tenant__.segment") == 1
    gone = await client.post(made.headers["location"], data={"act": "remove", "csrf": sent["csrf"]})
    assert gone.headers["location"] == "/console/segments"
    assert await acme.value("SELECT count(*) FROM __tenant__.segment") == 0


async def test_looking_and_trying_keeps_nothing_and_an_analyst_may_do_no_more(acme: Shop) -> None:
    async with acme.open():
        one = ids.show("seg", await segment())
    client = await desk(acme, "analyst")
    page = await client.get(f"/console/segment/{one}")
    await client.get(f"/console/segment/{one}", params={**Fields(page.text).sent["get"], "do": "add:r", "r.new": "age"})
    assert 'name="act"' not in page.text
    sent = {"act": "save", "rule": '{"all": []}', "name_en": "x", "csrf": client.headers["X-CSRFToken"]}
    assert (await client.post(f"/console/segment/{one}", data=sent)).status_code == 403
    assert await acme.rows("SELECT version, rule FROM __tenant__.segment") == [{"version": 1, "rule": '{"all":[]}'}]


async def test_a_script_gets_only_the_block_that_it_asks_for(acme: Shop) -> None:
    async with acme.open():
        one = ids.show("seg", await segment({"all": [term("tag", "is", ["<b>"])]}))
    client = await desk(acme)
    headers = {"HX-Request": "true"}
    tried = (await client.get(f"/console/segment/{one}", headers={**headers, "HX-Target": "tried"})).text
    assert "<html" not in tried
    assert "fieldset" not in tried
    assert "&lt;b&gt;" in tried
    editor = (await client.get(f"/console/segment/{one}", headers={**headers, "HX-Target": "editor"})).text
    assert "<html" not in editor
    assert 'id="tried"' in editor


async def test_groups_are_shown_with_what_to_do_and_become_segments(acme: Shop) -> None:
    async with acme.open():
        await orders.take_in(event("paid", "10.00", of="a", by=(await member()).id))
    client = await desk(acme, **{"Accept-Language": "zh"})
    assert "当晚生成分组" in (await client.get("/console/segments")).text
    sent = {"act": "refresh", "csrf": client.headers["X-CSRFToken"]}
    page = (await client.post("/console/segments", data=sent)).text
    for group in segments.GROUPS.values():
        assert group.name.zh in page
        assert group.advice.zh in page
    shown = await client.get("/console/segment/new", params={"rule": '{"about":"rfm","op":"is","value":["general_develop"]}'})  # fmt: skip
    assert "RFM 分组是 一般发展" in shown.text


async def test_a_page_says_why_a_member_belongs(acme: Shop) -> None:
    async with acme.open():
        one = await segment({"all": [term("tag", "is", ["vip"])]})
        mei = await member(external_id="mei", tags=["vip"])
    client = await desk(acme)
    for who in ("mei", ids.show("mem", mei.id)):
        assert "✓" in (await client.get(f"/console/segment/{ids.show('seg', one)}?who={who}")).text
    assert (await client.get(f"/console/segment/{ids.show('seg', one)}?who=nobody")).status_code == 422


@pytest.mark.parametrize(
    "odd", ["r.how=x&r-0.about=x&do=add:r", "r.how=all&r-0.about=age", "r.how=all&do=drop:r", "rule=["]
)
async def test_odd_fields_never_fail(acme: Shop, odd: str) -> None:
    client = await desk(acme)
    assert (await client.get(f"/console/segment/new?{odd}")).status_code in {200, 422}


LEVEL = ids.show("lvl", ids.new())
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text("ab熟 ", min_size=1, max_size=5).filter(str.strip),
    "texts": st.lists(st.sampled_from(["a", "熟客", "c d"]), min_size=1, unique=True),
    "number": st.integers(-5, 500),
    "numbers": st.tuples(st.integers(0, 9), st.integers(10, 99)).map(list),
    "day": st.dates().filter(lambda day: 1900 <= day.year <= 2200).map(str),
    "days": st.integers(0, 999),
    "months": st.lists(st.integers(1, 12), min_size=1, unique=True),
    "level": st.just(LEVEL),
    "levels": st.just([LEVEL]),
    "yes_no": st.booleans(),
}


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    about = draw(st.sampled_from([name for name in ABOUTS if name != "attribute"]))
    op = draw(st.sampled_from(list(ABOUTS[about].ops)))
    choices = ABOUTS[about].choices
    taking = ABOUTS[about].ops[op]
    many = st.lists(st.sampled_from(list(choices)), min_size=1, unique=True) if choices and taking == "texts" else None
    return term(about, op, draw(many if many is not None else VALUES[taking]))


RULES = st.recursive(
    conditions(),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda rules: {"all": rules})
        | st.lists(inner, min_size=1, max_size=3).map(lambda rules: {"any": rules})
        | inner.map(lambda rule: {"not": rule})
    ),
    max_leaves=8,
)


def sent(draft: form.Draft) -> dict[str, str]:
    """The fields that the page has for a draft."""
    fields = {f"{draft.path}.not": "1"} if draft.negated else {}
    if draft.how:
        fields[f"{draft.path}.how"] = draft.how
        for part in draft.parts:
            fields |= sent(part)
        return fields
    fields |= {f"{draft.path}.{name}": getattr(draft, name) for name in ("about", "op", "one", "two")}
    return fields | {f"{draft.path}.tick.{key}": "1" for key in draft.ticked}


def simple(rule: segments.Rule) -> segments.Rule:
    """The same without what a form does not tell apart: not of not, the order of choices, a lone condition's group."""
    match rule:
        case segments.Not(segments.Not(inner)):
            return simple(inner)
        case segments.Not():
            return segments.Not(simple(rule.rule))
        case segments.Several():
            return segments.Several(rule.how, tuple(simple(each) for each in rule.rules))
    value = sorted(rule.value) if isinstance(rule.value, list) and rule.op != "between" else rule.value
    return segments.Term(rule.about, rule.op, value, rule.key)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(RULES)
def test_a_rule_goes_through_the_form_unchanged(raw: dict[str, Any]) -> None:
    rule = simple(segments.read(raw))
    inner = rule.rule if isinstance(rule, segments.Not) else rule
    expected = rule if isinstance(inner, segments.Several) else segments.Several("all", (rule,))
    asked = form.catalogue({}, {}, {LEVEL: ABOUTS["level"].label})
    back = form.plain(form.read_fields(sent(form.of_rule(rule))), asked)
    assert simple(segments.read(back)) == expected
