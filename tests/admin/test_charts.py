"""Charts of the console: they show what they are given, to everybody, under the strict policy, in colours one can see."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.kit.words import Language, Words, reading

SHELL = Path(__file__).parents[2] / "admin" / "pages" / "console"
TOKENS = SHELL.parent / "tokens.css"
ROWS = [
    {"label": "Canvas <bag>", "value": 1420, "share": 0.42, "low": 0.389, "high": 0.451, "href": "/console/x?a=1&b=2"},
    {"label": "水杯", "value": 300, "share": 0.3, "low": 0.27, "high": 0.33, "note": "99.00–129.00 CNY"},
    {"label": "Nothing", "value": 0, "share": 0.0, "low": 0.0, "high": 0.004},
]
PARTS = [{"label": "Detractors", "tone": "bad"}, {"label": "Passives"}, {"label": "Promoters", "tone": "good"}]
CHARTS: dict[str, tuple[list[Any], dict[str, Any]]] = {
    "bars": ([ROWS, "Votes"], {}),
    "bars without shares": ([[{"label": "A", "value": 3}, {"label": "B", "value": 0}]], {}),
    "line": ([["Jan", "Feb", "Mar"], [{"label": "NPS", "values": [10, None, -30], "low": [0, None, -40], "high": [20, None, -20]}]], {"least": -100, "most": 100}),
    "line of one point": ([["Jan"], [{"label": "NPS", "values": [0]}, {"label": "CSAT", "values": [4.5]}]], {"digits": 1}),
    "stacked": ([[{"label": "Gold", "values": [1, 2, 3]}, {"label": "None", "values": [0, 0, 0]}], PARTS, "By level"], {}),
    "heat": ([[{"label": "Dry", "cells": [{"share": 0.5, "value": 3, "href": "/x"}, None, {"share": 0.0}], "n": 6}], ["a", "b", "c"]], {}),
    "gauge": ([42], {"low": 31, "high": 53, "label": "NPS", "n": 1234}),
    "gauge of nothing": ([None], {"label": "NPS", "n": 3, "note": "too few"}),
}  # fmt: skip


@cache
def environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(SHELL)
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def draw(name: str, *args: Any, language: Language = "en", **named: Any) -> str:
    template = environment().get_template("charts.html")
    with reading(language):
        facts = {"t": lambda en, zh: Words(en, zh).say(), "whole": lambda n: f"{n:,}"}
        return str(getattr(template.make_module(facts), name.partition(" ")[0])(*args, **named))


def tree(drawn: str) -> ET.Element:
    return ET.fromstring(f"<page>{drawn}</page>")  # noqa: S314  it is our own


def said(element: ET.Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_chart_is_well_formed_and_needs_no_script_and_no_inline_style(name: str, language: Language) -> None:
    args, named = CHARTS[name]
    drawn = draw(name, *args, language=language, **named)
    page = tree(drawn)
    for element in page.iter():
        assert element.tag not in {"script", "style"}
        assert not [key for key in element.attrib if key == "style" or key.startswith("on")]
    assert not re.search(
        r"\b(nan|inf|None)\b", "".join(value for element in page.iter() for value in element.attrib.values())
    )
    assert ("95%" in drawn) == ("low" in str(args) + str(named))


@pytest.mark.parametrize("name", [name for name in CHARTS if "gauge" not in name])
def test_what_is_drawn_is_hidden_from_readers_who_get_a_table_instead(name: str) -> None:
    args, named = CHARTS[name]
    page = tree(draw(name, *args, **named))
    hidden = {part for element in page.iter() if element.get("aria-hidden") for part in element.iter()}
    assert set(page.iter("svg")) <= hidden
    table = next(page.iter("table"))
    assert table not in hidden
    assert [th for th in table.iter("th") if th.get("scope") == "row"]


def test_bars_tell_count_share_and_interval_and_lead_to_the_rows() -> None:
    page = tree(draw("bars", ROWS, "Votes"))
    first, second, third = next(iter(page.iter("tbody")))
    assert said(first) == "Canvas <bag> 1,420 42.0% 38.9–45.1%"
    assert said(second) == "水杯 99.00–129.00 CNY 300 30.0% 27.0–33.0%"
    assert said(third) == "Nothing 0 0.0% 0.0–0.4%"
    assert next(page.iter("a")).get("href") == "/console/x?a=1&b=2"
    widths = [float(rect.get("width", "")) for rect in page.iter("rect")]
    assert widths == [pytest.approx(100 * 0.42 / 0.451, abs=0.01), pytest.approx(100 * 0.3 / 0.451, abs=0.01), 0]


def test_a_gap_in_a_line_stays_a_gap() -> None:
    page = tree(draw("line", ["1", "2", "3", "4"], [{"label": "x", "values": [0, 1, None, 2]}]))
    stroke = next(path for path in page.iter("path") if "stroke" in path.get("class", "").split())
    assert stroke.get("d") == "M0.0 300.0L333.3 150.0M1000.0 0.0"
    cells = [said(td) for td in page.iter("td")]
    assert cells == ["0", "1", "—", "2"]


def test_nothing_to_show_is_said_in_both_languages() -> None:
    nothing: dict[str, list[Any]] = {"bars": [[]], "line": [[], []], "stacked": [[], PARTS], "heat": [[], []]}
    for name, args in nothing.items():
        assert "There is nothing to show yet." in draw(name, *args)
        assert "暂无数据" in draw(name, *args, language="zh")


@given(counts=st.lists(st.lists(st.integers(0, 10**9), min_size=3, max_size=3), min_size=1, max_size=5))
@settings(max_examples=50, deadline=None)
def test_the_parts_of_a_strip_fill_it(counts: list[list[int]]) -> None:
    page = tree(draw("stacked", [{"label": "x", "values": values} for values in counts], PARTS))
    strips = [list(dd.iter("rect")) for dd in page.iter("dd")]
    for values, rects in zip(counts, strips, strict=True):
        assert len(rects) == sum(value > 0 for value in values)
        assert sum(float(rect.get("width", "")) for rect in rects) == pytest.approx(100 if any(values) else 0, abs=0.02)


# --- colours ----------------------------------------------------------------------------------------------------------


def colours(theme: str) -> dict[str, str]:
    text = "".join(
        path.read_text(encoding="utf-8")
        for path in (TOKENS, SHELL / "style.css", SHELL / "charts.css")
        if path.exists()
    )
    dark = re.compile(r"@media \(prefers-color-scheme:dark\)\{:root\{(.*?)\}\}", re.DOTALL)
    sheets = dark.findall(text) if theme == "dark" else [dark.sub("", text)]
    return dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})\b", "".join(sheets)))


def light(colour: tuple[float, ...]) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def parts_of(colour: str) -> tuple[float, ...]:
    text = colour.removeprefix("#")
    text = "".join(letter * 2 for letter in text) if len(text) == 3 else text
    return tuple(int(text[place : place + 2], 16) / 255 for place in (0, 2, 4))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_can_be_seen_and_text_on_tinted_cells_can_be_read(theme: str) -> None:
    found = colours(theme)
    paper, ink = parts_of(found["paper"]), parts_of(found["ink"])
    charts = {name: parts_of(value) for name, value in found.items() if name.startswith("chart-")}
    assert len(charts) == 11
    assert {name for name, colour in charts.items() if contrast(colour, paper) < 3} == set()
    tints = re.findall(
        r"\.heat-(\d)\{background:color-mix\(in srgb,var\(--([\w-]+)\) (\d+)%,var\(--paper\)\)",
        (SHELL / "charts.css").read_text(),
    )
    assert [place for place, _, _ in tints] == list("123456")
    for _, name, percent in tints:
        share = int(percent) / 100
        mixed = tuple(share * a + (1 - share) * b for a, b in zip(charts[name], paper, strict=True))
        assert contrast(ink, mixed) >= 4.5
