"""`kg compare`: municipalities side by side by kind of forum or of actor, and what others have."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cases import Case, open_cases
from kg.cli.options import lang_option, read_wanted, store_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.errors import DataError
from kg.findings import Lang, Remark
from kg.listings import REMARK_COLUMNS, remark_rows, to_json
from kg.listings.matrix import column_rows, column_titles, matrix_columns, matrix_object, matrix_rows
from kg.matrix import FEWEST, MOST, By, Matrix, compare
from kg.matrix.lacking import find_lacking
from kg.naming import find_municipality
from kg.records import Records
from kg.sources import choose_sources, municipalities
from kg.tables import to_csv

__all__ = ["compare_command"]


@click.command("compare")
@click.argument("names", metavar="[MUNICIPALITY]...", nargs=-1)
@click.option(
    "--by", type=click.Choice([each.value for each in By]), default="forum", show_default=True, help="Kinds of what."
)
@click.option("--for", "of", default="", metavar="MUNICIPALITY", help="Tell what the others have beside this one.")
@click.option("--all-reports", is_flag=True, help="All reports of each municipality, not only the latest.")
@format_option("table", "csv", "json", "md", "html")
@lang_option
@store_option
@output_option
def compare_command(
    names: tuple[str, ...],
    by: str,
    of: str,
    all_reports: bool,
    output_format: str,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Put two to ten municipalities side by side, all where none is named.

    How much each one's reports describe comes first: a report of few forums mentions few kinds. A kind that is not
    described is a question; only what a report denies is told as not there.

    Example: kg compare växjö kalmar vännäs --by forum --for växjö
    """
    records = read_wanted(store, folders)
    cases = _cases(records, names, all_reports=all_reports)
    matrix = compare(cases, By(by))
    remarks = _beside(records, cases, matrix, of) if of else []
    match output_format:
        case "json":
            deliver(to_json(matrix_object(matrix, remarks, lang)), output)
        case "html":
            deliver(_page(cases, matrix, remarks, lang), output)
        case "csv":
            deliver(_csv(matrix, remarks, lang, told=bool(of)), output)
        case _:
            parts = [
                (column_titles(lang), column_rows(matrix, lang)),
                (matrix_columns(matrix, lang), matrix_rows(matrix, lang)),
                *([(REMARK_COLUMNS[lang], remark_rows(remarks, lang))] if of else []),
            ]
            deliver("\n".join(listed(columns, rows, output_format, output) for columns, rows in parts), output)


def _csv(matrix: Matrix, remarks: list[Remark], lang: Lang, *, told: bool) -> str:
    """Return one table: what is told of the municipality asked for, else the matrix."""
    if told:
        return to_csv(REMARK_COLUMNS[lang], remark_rows(remarks, lang))
    return to_csv(matrix_columns(matrix, lang), matrix_rows(matrix, lang))


def _page(cases: list[Case], matrix: Matrix, remarks: list[Remark], lang: Lang) -> str:
    """Return both tables as a page, the one asked for first."""
    from kg.pages.comparisons import comparison_page  # noqa: PLC0415  a table needs no page

    return comparison_page(
        [matrix, *(compare(cases, each) for each in By if each is not matrix.by)], lang, remarks=remarks
    )


def _cases(records: Records, names: tuple[str, ...], *, all_reports: bool) -> list[Case]:
    known = municipalities(records)
    wanted = [find_municipality(known, each).iri for each in names]
    chosen = [each for each in choose_sources(records, all_reports=all_reports) if each.describes_forums]
    if wanted:
        chosen = [each for each in chosen if each.municipality.iri in wanted]
    count = len({each.municipality.iri for each in chosen})
    if not FEWEST <= count <= MOST:
        raise DataError(f"{count} municipalities whose reports describe forums; name {FEWEST} to {MOST}")
    return open_cases(records, chosen)


def _beside(records: Records, cases: list[Case], matrix: Matrix, name: str) -> list[Remark]:
    meant = find_municipality(municipalities(records), name)
    if meant.iri not in {each.municipality.iri for each in matrix.columns}:
        raise DataError(f"{meant.sv} is not among those compared; name it too")
    keys = {each.source.key for each in cases}
    others = choose_sources(records, municipality=name, all_reports=True)
    beside = open_cases(records, [each for each in others if each.describes_forums and each.key not in keys])
    return find_lacking(cases, matrix, meant.iri, beside=beside)
