"""`kg overlaps` and `kg meetings`: which forums share members, and how many meetings each member sits in."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

import click

from kg.cli.options import lang_option, level_option, read_cases, reports_option, store_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.errors import UnknownName
from kg.findings import Lang, Remark, Rollup, Thing
from kg.listings import to_json
from kg.listings.overlaps import (
    LOAD_COLUMNS,
    OVERLAP_COLUMNS,
    READINGS,
    load_object,
    load_rows,
    overlap_object,
    overlap_rows,
)
from kg.meetings import find_meetings, load_remark, meeting_load
from kg.namespaces import folded
from kg.overlap import Overlap, overlaps, remarks_of
from kg.overlap.readings import Reading
from kg.tables import to_csv
from kg.wording import remark_advice, remark_sentence

__all__ = ["meetings_command", "overlaps_command"]

Row = tuple[str, ...]
DRAWS = 50


def _fold(name: str) -> str:
    """Return a name so that case, å ä ö and marks do not matter, "" where no letter or digit is left."""
    return folded(name)


def _csv(columns: Sequence[str], rows: list[Row], remarks: list[Remark], lang: Lang) -> str:
    said = [(*row, remark_sentence(each, lang)) for row, each in zip(rows, remarks, strict=True)]
    return to_csv((*columns, "mening" if lang == "sv" else "sentence"), said)


def _prose(remarks: list[Remark], lang: Lang) -> str:
    """Return remarks as a Markdown list, each with what to do about it."""
    lines = []
    for each in remarks:
        advice = remark_advice(each, lang)
        lines.append(f"- {remark_sentence(each, lang)}" + (f"\n  {advice}" if advice else ""))
    return "\n".join(lines) + ("\n" if lines else "")


def _nothing(least: int, lang: Lang) -> str:
    """Say that no pair is to be told, of those that are named: an open list may hide one."""
    if lang == "sv":
        return f"Inga forum att visa: inga två har minst {least} gemensamma bland de deltagare som nämns.\n"
    return f"No forums to show: no pair has at least {least} in common among the members named.\n"


@click.command("overlaps")
@reports_option
@level_option("unit")
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, help="Members that a pair must share.")
@click.option(
    "--reading",
    "readings",
    type=click.Choice([each.value for each in Reading]),
    multiple=True,
    help="Only pairs that are to be read so.",
)
@format_option("table", "csv", "json", "md")
@lang_option
@store_option
@output_option
def overlaps_command(
    municipality: str,
    reports: tuple[str, ...],
    all_reports: bool,
    level: str,
    least: int,
    readings: tuple[str, ...],
    output_format: str,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Show which forums share members, how much, and whether that is by design.

    A star after the Jaccard index says that a list is not whole: it holds for the members named. With md each pair is
    told in words with its stability when memberships are dropped, with json also what a merger must keep.

    Example: kg overlaps --municipality Växjö --report vaxjo-2022
    """
    cases = read_cases(store, folders, municipality=municipality, reports=reports, all_reports=all_reports)
    rollup = Rollup(level)
    found: list[tuple[Overlap, Remark]] = []
    for case in cases:
        pairs = overlaps(case, rollup, least=least)
        told = remarks_of(case, pairs, least=least, draws=0 if output_format == "table" else DRAWS)
        found += [
            (each, remark) for each, remark in zip(pairs, told, strict=True) if remark.code in (readings or READINGS)
        ]
    rows, remarks = overlap_rows(found, lang), [remark for _, remark in found]
    match output_format:
        case "json":
            content = to_json([overlap_object(each, remark, lang) for each, remark in found])
        case "md":
            content = _prose(remarks, lang) or _nothing(least, lang)
        case "csv":
            content = _csv(OVERLAP_COLUMNS[lang], rows, remarks, lang)
        case _:
            content = listed(OVERLAP_COLUMNS[lang], rows, output_format, output)
    deliver(content, output)


@click.command("meetings")
@reports_option
@level_option("function")
@click.option("--who", default="", help="Only members whose name has this in it.")
@format_option("table", "csv", "json", "md")
@lang_option
@store_option
@output_option
def meetings_command(
    municipality: str,
    reports: tuple[str, ...],
    all_reports: bool,
    level: str,
    who: str,
    output_format: str,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Show how many meetings a year each member sits in.

    Only forums whose rhythm the report states are counted; those held at times and those of unknown rhythm stand
    beside. It is a least number.

    Example: kg meetings --municipality Kalmar --level organisation
    """
    cases = read_cases(store, folders, municipality=municipality, reports=reports, all_reports=all_reports)
    rollup = Rollup(level)

    def wanted(member: Thing) -> bool:
        return any(_fold(who) in _fold(each) for each in (member.sv, member.label(lang)))

    everybody = [(case, meeting_load(case, rollup)) for case in cases]
    found = [(case, [each for each in loads if wanted(each.actor)]) for case, loads in everybody]
    if who and not any(loads for _, loads in found):
        names = sorted({each.actor.label(lang) for _, loads in everybody for each in loads})
        raise UnknownName("member", who, tuple(difflib.get_close_matches(who, names, n=3, cutoff=0.4)))
    match output_format:
        case "json":
            content = to_json([load_object(case, each, lang) for case, loads in found for each in loads])
        case "csv":
            rows = [row for case, loads in found for row in load_rows(case, loads, lang)]
            told = [load_remark(case, each) for case, loads in found for each in loads]
            content = _csv(LOAD_COLUMNS[lang], rows, told, lang)
        case "md":
            remarks = [each for case in cases for each in find_meetings(case, rollup)]
            kept = [each for each in remarks if each.rollup is None or wanted(each.subjects[0])]
            content = _prose(kept, lang)
        case _:
            rows = [row for case, loads in found for row in load_rows(case, loads, lang)]
            content = listed(LOAD_COLUMNS[lang], rows, output_format, output)
    deliver(content, output)
