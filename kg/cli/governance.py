"""`kg governance`: what a report says, and leaves unsaid, of how the work is governed."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import lang_option, read_cases, reports_option, store_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.findings import Lang, Remark, Standing
from kg.governance import find_governance
from kg.listings import REMARK_COLUMNS, remark_rows, remarks_json

__all__ = ["governance_command"]

SHOWN = (0, 3, 2, 7)
"""The columns of remarks that the table shows: report, how known, remark, id."""


@click.command("governance")
@reports_option
@click.option(
    "--standing",
    type=click.Choice([each.value for each in Standing]),
    multiple=True,
    help="Only what is stated as lacking, computed, or unstated.",
)
@click.option("--forum", default="", help="Only remarks on forums, documents or actors whose name has this in it.")
@format_option("table", "csv", "json", "md")
@lang_option
@store_option
@output_option
def governance_command(
    municipality: str,
    reports: tuple[str, ...],
    all_reports: bool,
    standing: tuple[str, ...],
    forum: str,
    output_format: str,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Say how forums, documents and interventions are governed, and what a report leaves unsaid.

    First what the report itself says is lacking, then what follows from it, then what it does not state: one line a
    forum. What is not stated is a question, never an absence.

    Example: kg governance --municipality Växjö --report vaxjo-2022
    """
    cases = read_cases(store, folders, municipality=municipality, reports=reports, all_reports=all_reports)
    found = [remark for case in cases for remark in find_governance(case)]
    if standing:
        found = [each for each in found if each.standing.value in standing]
    if forum:
        found = [each for each in found if _about(each, forum, lang)]
    match output_format:
        case "json":
            deliver(remarks_json(found, lang), output)
        case "table":
            rows = [tuple(row[place] for place in SHOWN) for row in remark_rows(found, lang)]
            deliver(listed([REMARK_COLUMNS[lang][place] for place in SHOWN], rows, output_format, output), output)
        case _:
            deliver(listed(REMARK_COLUMNS[lang], remark_rows(found, lang), output_format, output), output)


def _about(remark: Remark, wanted: str, lang: Lang) -> bool:
    text = wanted.casefold()
    return any(text in each.label(lang).casefold() for each in remark.subjects)
