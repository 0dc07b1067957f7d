"""`kg path`: how a signal gets from one actor or forum to another, and where it stops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from kg.cases import Case
from kg.cli.options import lang_option, level_option, read_cases, reports_option, store_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.errors import UnknownName
from kg.findings import Lang, Remark, Rollup, Thing
from kg.listings import REMARK_COLUMNS, remark_rows, remarks_json, to_json
from kg.listings.paths import PATH_COLUMNS, REACH_COLUMNS, path_object, path_rows, path_text, reach_rows
from kg.paths import Path as Way
from kg.paths import Reach, paths_between, reach
from kg.paths.signals import find_signals
from kg.paths.steps import signal_graph
from kg.paths.waypoints import place_waypoint
from kg.tables import printable

__all__ = ["path_command"]

Row = tuple[str, ...]
Answer = tuple[Thing, Thing | None, list[Way], Reach, Reach | None]


@click.command("path")
@click.argument("start", metavar="[FROM]", default="")
@click.argument("goal", metavar="[TO]", default="")
@reports_option
@level_option()
@format_option("table", "csv", "json", "md")
@lang_option
@store_option
@output_option
def path_command(
    start: str,
    goal: str,
    municipality: str,
    reports: tuple[str, ...],
    all_reports: bool,
    level: str,
    output_format: str,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Show how a signal gets FROM one actor or forum TO another.

    A step is a flow or a report that the source states, or a member who sits in both forums. Without TO: how far it
    gets. Without names: how each forum reaches the council, and where flows end. A whole municipality or region can be
    the start or the end of a path; it is never passed, since who of it sits where is not said.

    Example: kg path "Mobila team" BRÅ --report vaxjo-2022
    """
    cases = read_cases(store, folders, municipality=municipality, reports=reports, all_reports=all_reports)
    rollup = Rollup(level)
    if not start:
        remarks = [each for case in cases for each in find_signals(case, level=rollup)]
        deliver(_remarks(remarks, output_format, lang, output), output)
        return
    said: list[str] = []
    rows: list[Row] = []
    objects = []
    for case, answer in _answers(cases, start, goal, rollup):
        first, last, paths, forward, backward = answer
        text = path_text(first, last, paths, forward, backward, lang)
        said.append(f"{case.source.thing.label(lang)}, {case.source.observed_on}: {text}")
        rows += path_rows(case, paths, lang) if last else reach_rows(case, forward, lang)
        objects.append(path_object(case, first, last, paths, forward, backward, lang))
    columns = PATH_COLUMNS[lang] if goal else REACH_COLUMNS[lang]
    match output_format:
        case "json":
            deliver(to_json(objects), output)
        case "csv":
            deliver(listed(columns, rows, output_format, output), output)
        case _:
            lead = said if output_format == "md" else [printable(each) for each in said]
            shown = listed(columns, rows, output_format, output) if rows else ""
            deliver("\n\n".join([*lead, shown]), output)


def _answers(cases: list[Case], start: str, goal: str, level: Rollup) -> Iterator[tuple[Case, Answer]]:
    """Yield case and answer for each report that knows the names; raises the first `UnknownName` where none does."""
    failed: list[UnknownName] = []
    found = False
    for case in cases:
        graph = signal_graph(case, level)
        try:
            first = place_waypoint(case, graph, level, start)
            last = place_waypoint(case, graph, level, goal) if goal else None
        except UnknownName as error:
            failed.append(error)
            continue
        found = True
        paths = paths_between(graph, first.iri, last.iri) if last else []
        backward = reach(graph, last.iri, backward=True) if last else None
        yield case, (first, last, paths, reach(graph, first.iri), backward)
    if not found and failed:
        raise max(failed, key=lambda each: len(each.near))


def _remarks(remarks: list[Remark], output_format: str, lang: Lang, output: Path | None) -> str:
    if output_format == "json":
        return remarks_json(remarks, lang)
    return listed(REMARK_COLUMNS[lang], remark_rows(remarks, lang), output_format, output)
