"""The map of a survey: each question a stop on one line, jumps as arcs beside it, drawn as SVG without a script."""

from __future__ import annotations

from dataclasses import dataclass

from tenants.surveys.pages import builder_conditions as conditions
from tenants.surveys.pages.builder_top import text_of
from tenants.surveys.rules.definition import END, Definition
from tenants.surveys.rules.reaching import path
from tenants.surveys.rules.refusals import ExpressionRefused

STOP = 44
"""From one stop to the next, in the drawing's units."""
_LEFT, _TOP, _LANE = 18, 22, 16


@dataclass(frozen=True, slots=True)
class Stop:
    """A question on the map; `reached`: somebody gets there."""

    key: str
    number: int
    text: str
    y: int
    reached: bool
    conditional: bool
    phase: int


@dataclass(frozen=True, slots=True)
class Arc:
    """A way that is not the usual one; `told` says when it is taken."""

    path: str
    told: str
    tip: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Map:
    """All of it, with the room that it takes."""

    stops: tuple[Stop, ...]
    arcs: tuple[Arc, ...]
    end: int
    lanes: int
    height: int


def draw(definition: Definition) -> Map | None:
    """The map; None where conditions do not hold together yet, which the list of problems says."""
    if not definition.questions:
        return None
    try:
        steps = path(definition)
    except (ExpressionRefused, KeyError, ValueError):
        return None
    places = {step.key: _TOP + STOP * at for at, step in enumerate(steps)}
    end = _TOP + STOP * len(steps)
    stops = []
    arcs: list[Arc] = []
    for at, step in enumerate(steps):
        question = definition.question(step.key)
        text = text_of(definition, question.text) if question else ""
        stops.append(
            Stop(step.key, at + 1, text or step.key, places[step.key], step.reached, bool(step.show_if), step.phase)
        )
        following = steps[at + 1].key if at + 1 < len(steps) else END
        for way in step.ways:
            if way.to == following and not way.when:
                continue
            begin, to = places[step.key], end if way.to == END else places.get(way.to, end)
            out = 250 + _LANE * (len(arcs) % 5)
            line = f"M230 {begin}H{out - 6}Q{out} {begin} {out} {begin + 6}V{to - 6}Q{out} {to} {out - 6} {to}H234"
            arcs.append(Arc(line, conditions.explain(way.when, definition) if way.when else "", (230, to)))
    return Map(tuple(stops), tuple(arcs), end, min(len(arcs), 5), end + _TOP)
