"""`kg coverage`: which ages, prevention levels and risk groups the forums and interventions of a report reach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from kg.cases import Case
from kg.cli.options import lang_option, read_cases, reports_option, store_option
from kg.cli.output import deliver, format_option, output_option
from kg.coverage import find_coverage
from kg.coverage.reach import HORIZON, Coverage, read_coverage
from kg.findings import Lang, Remark
from kg.listings import REMARK_COLUMNS, remark_rows, to_json
from kg.listings.ages import AGE_COLUMNS, REACH_COLUMNS, age_rows, coverage_object, reach_rows, text_map
from kg.tables import printable, to_csv, to_markdown, to_table
from kg.wording import remark_sentence

__all__ = ["coverage_command"]

Rows = list[tuple[str, ...]]


def concerns(remark: Remark, age: int) -> bool:
    """Whether a remark is about an age: an age or a birthday of its own, or a span that holds it."""
    low, high = (remark.figure(key) for key in ("from", "to"))
    if isinstance(low, int) and isinstance(high, int):
        return low <= age <= high
    return remark.figure("age") == age


@click.command("coverage")
@reports_option
@click.option("--age", type=click.IntRange(0, HORIZON), default=None, help="Only what concerns this year of age.")
@click.option(
    "--show",
    type=click.Choice(["ages", "remarks"]),
    default="ages",
    show_default=True,
    help="The ages with what reaches them, or only the remarks.",
)
@format_option("table", "csv", "json", "md")
@lang_option
@store_option
@output_option
def coverage_command(
    municipality: str,
    reports: tuple[str, ...],
    all_reports: bool,
    age: int | None,
    show: str,
    output_format: str,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Show which ages the described forums and interventions reach, and where the ages meet or part.

    An age is uncovered only by what the report describes and only within the ages of the audit; whatever states no age
    may reach it and is named. With --age: what reaches that age, and what may.

    Example: kg coverage --municipality Växjö --report vaxjo-2024 --age 14
    """
    cases = read_cases(store, folders, municipality=municipality, reports=reports, all_reports=all_reports)
    found = []
    for case in cases:
        remarks = [each for each in find_coverage(case) if age is None or concerns(each, age)]
        found.append((case, read_coverage(case), remarks))
    if output_format == "json":
        content = [coverage_object(case, coverage, remarks, lang, age=age) for case, coverage, remarks in found]
        deliver(to_json(content), output)
    elif output_format == "table" and show == "ages":
        deliver("\n".join(_screen(case, coverage, remarks, lang, age) for case, coverage, remarks in found), output)
    else:
        columns, rows = _rows(found, lang, age, show)
        render: Callable[[tuple[str, ...], Rows], str] = {"csv": to_csv, "md": to_markdown}.get(output_format, to_table)
        deliver(render(columns, rows), output)


def _rows(
    found: list[tuple[Case, Coverage, list[Remark]]], lang: Lang, age: int | None, show: str
) -> tuple[tuple[str, ...], Rows]:
    if show == "remarks":
        return REMARK_COLUMNS[lang], [row for _, _, remarks in found for row in remark_rows(remarks, lang)]
    if age is not None:
        rows = [row for case, coverage, _ in found for row in reach_rows(case, coverage, lang, age=age)]
        return REACH_COLUMNS[lang], rows
    return AGE_COLUMNS[lang], [row for case, coverage, _ in found for row in age_rows(case, coverage, lang)]


def _screen(case: Case, coverage: Coverage, remarks: list[Remark], lang: Lang, age: int | None) -> str:
    """Return a report as the screen shows it: the map or what reaches one age, then what is to be said of it."""
    if age is None:
        shown = text_map(case, coverage, lang)
    else:
        shown = to_table(REACH_COLUMNS[lang], reach_rows(case, coverage, lang, age=age))
    said = "".join(f"- {printable(remark_sentence(each, lang))}\n" for each in remarks)
    return f"{shown}\n{said}" if said else shown
