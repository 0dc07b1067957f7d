"""The steps of a signal, `kg.paths.steps`, as plain values in which the page finds a way between any two nodes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.findings import Lang, Section
from kg.maps.values import Text, key_of
from kg.maps.words import section_name
from kg.namespaces import FB
from kg.paths import PAUSED, Path
from kg.paths.steps import Link, Step, signal_graph
from kg.phrases import join
from kg.wording.ways import caveats, step_text

if TYPE_CHECKING:
    from kg.cases import Case

__all__ = ["Stride", "Waypoint", "Ways", "trace_ways"]


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A place that a signal passes: forum, actor or system, with the shapes that stand for it on the map.

    `kind` is "forum", "actor" or "system". A `whole` municipality or region is never passed, only an end; `meets` is a
    forum that runs, `open` one without a whole member list.
    """

    key: str
    name: Text
    kind: str
    whole: bool
    meets: bool
    open: bool
    paused: bool
    shapes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stride:
    """A step from one waypoint to another, both by their place in the list: its link, clause, doubts and sections.

    `carriers` are the shapes of those who sit at both ends, where that is what the step rests on.
    """

    start: int
    end: int
    link: str
    words: Text
    doubts: tuple[Text, ...]
    where: Text
    carriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """All steps of a report, waypoints in the order of their names; `may` is the caveat of every shared step."""

    points: tuple[Waypoint, ...]
    strides: tuple[Stride, ...]
    may: Text


def trace_ways(case: Case, shapes: Callable[[str], tuple[str, ...]]) -> Ways:
    """Return the steps of `kg.paths.steps.signal_graph`, actors counted by unit; `shapes` gives the shapes of an IRI.

    Waypoints are ordered as `kg.paths` orders names, so that places in the list compare as names do.
    """
    graph = signal_graph(case)
    nodes = sorted(graph, key=lambda each: (graph.nodes[each]["thing"].sv, each))
    place = {node: index for index, node in enumerate(nodes)}
    points = []
    for node in nodes:
        data = graph.nodes[node]
        forum, record = data["forum"], case.records.named.get(node)
        system = record is not None and record.is_a(FB.InformationSystem)
        room = record is not None and any(record.is_a(each) for each in (FB.Forum, FB.Programme))
        points.append(
            Waypoint(
                key=key_of(node),
                name=Text(data["thing"].sv, data["thing"].en),
                kind="forum" if room else "system" if system else "actor",
                whole=data["whole"],
                meets=forum is not None,
                open=forum is not None and not forum.whole_list,
                paused=forum is not None and forum.status is not None and forum.status.iri == PAUSED,
                shapes=shapes(node),
            )
        )
    strides, may = [], Text("")
    for start, end, bonds in sorted(graph.edges(data="bonds"), key=lambda each: (place[each[0]], place[each[1]])):
        step = Step(graph.nodes[start]["thing"], graph.nodes[end]["thing"], bonds)
        doubts = [Text(sv, en) for sv, en in zip(*(caveats(Path((step,)), lang) for lang in ("sv", "en")), strict=True)]
        if step.link is Link.SHARED:
            may, doubts = doubts[0], doubts[1:]
        carriers = step.carriers if step.link is Link.SHARED else ()
        strides.append(
            Stride(
                start=place[start],
                end=place[end],
                link=step.link.value,
                words=Text(step_text(step, "sv"), step_text(step, "en")),
                doubts=tuple(doubts),
                where=Text(_where(step, "sv"), _where(step, "en")),
                carriers=tuple(dict.fromkeys(key for each in carriers for key in shapes(each.iri))),
            )
        )
    return Ways(tuple(points), tuple(strides), may)


def _where(step: Step, lang: Lang) -> str:
    """Return the sections that a step rests on, in words."""
    found: dict[Section, None] = dict.fromkeys(s for each in Path((step,)).evidence for s in each.sections)
    names = [section_name(each) for each in found]
    if lang == "sv":
        return f"avsnitt {join(names, lang)}" if names else ""
    return f"{'sections' if len(names) > 1 else 'section'} {join(names, lang)}" if names else ""
