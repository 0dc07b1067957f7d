"""`kg diff`: what two reports on one municipality say differently, and what became of the recommendations."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cases import Case, open_cases
from kg.change.differences import find_differences
from kg.cli.options import lang_option, read_wanted, store_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.errors import DataError
from kg.findings import Lang
from kg.listings import REMARK_COLUMNS, remark_rows, remarks_json
from kg.records import Records
from kg.sources import Source, choose_sources, find_source

__all__ = ["diff_command"]


@click.command("diff")
@click.argument("earlier", metavar="[EARLIER]", default="")
@click.argument("later", metavar="[LATER]", default="")
@click.option("--municipality", default="", help="A name, a code or a slug: its two latest reports.")
@format_option("table", "csv", "json", "md", "html")
@lang_option
@store_option
@output_option
def diff_command(
    earlier: str,
    later: str,
    municipality: str,
    output_format: str,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Show what two reports on one municipality say differently.

    EARLIER and LATER are keys of reports; with --municipality alone its two latest. First how much each report covers,
    then what became of the recommendations, then forums, members, ages, levels and rhythm. What the later report does
    not mention is not called gone. As html the two level maps stand beside each other.

    Example: kg diff vaxjo-2022 vaxjo-2024
    """
    first, last = _pair(read_wanted(store, folders), earlier, later, municipality)
    remarks = find_differences(first, last)
    columns, rows = REMARK_COLUMNS[lang], remark_rows(remarks, lang)
    match output_format:
        case "json":
            deliver(remarks_json(remarks, lang), output)
        case "html":
            from kg.pages.comparisons import pair_page  # noqa: PLC0415  a table needs no page

            deliver(pair_page(first, last, lang), output)
        case _:
            deliver(listed(columns, rows, output_format, output), output)


def _pair(records: Records, earlier: str, later: str, municipality: str) -> tuple[Case, Case]:
    """Return the two reports meant, the earlier first; raises `DataError` where there are not two to compare."""
    if earlier and later:
        chosen = [find_source(records, earlier), find_source(records, later)]
    elif earlier or not municipality:
        raise click.UsageError("Name two reports, or one municipality. Example: kg diff vaxjo-2022 vaxjo-2024")
    else:
        chosen = _latest(choose_sources(records, municipality=municipality, all_reports=True))
    one, two = chosen
    if one.municipality.iri != two.municipality.iri:
        raise DataError(f"{one.key} and {two.key} are on different municipalities; compare those with: kg compare")
    if one.observed_on == two.observed_on:
        raise DataError(f"{one.key} and {two.key} are of the same day; which is the later cannot be told")
    first, last = open_cases(records, sorted(chosen, key=lambda each: each.observed_on))
    return first, last


def _latest(sources: list[Source]) -> list[Source]:
    """Return the two latest reports that describe forums, or the only such and the latest reply to it."""
    described = [each for each in sources if each.describes_forums]
    if len(described) > 1:
        return described[-2:]
    replies = [each for each in sources if described and each.observed_on > described[0].observed_on]
    if not replies:
        names = ", ".join(each.key for each in sources)
        raise DataError(f"{names}: one report cannot be compared with itself; two are needed")
    return [described[0], replies[-1]]
