"""`kg triage`: what matters most of a report, first, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kg.cli.options import lang_option, level_option, on_option, one_by_one, read_wanted, reports_option, store_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.findings import Lang, Rollup
from kg.listings.rankings import RANKED_COLUMNS, ranked_json, ranked_rows, ranked_text
from kg.sources import choose_sources
from kg.triage import Ranked, first, gather, rank
from kg.whatif import open_with_peers

__all__ = ["triage_command"]


@click.command("triage")
@reports_option
@click.option("--all", "everything", is_flag=True, help="The whole order, not only the first.")
@click.option("-n", "count", type=click.IntRange(min=1), default=5, show_default=True, help="How many of each report.")
@level_option()
@on_option
@format_option("text", "table", "csv", "json", "md")
@lang_option
@store_option
@output_option
def triage_command(
    municipality: str,
    reports: tuple[str, ...],
    all_reports: bool,
    everything: bool,
    count: int,
    level: str,
    on: date | None,
    output_format: str,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Put what matters most of a report first: by obligation, basis, outcome and certainty.

    Of several of a kind one stands for all. What the report did not examine stays out; what it is silent on comes after
    what it says is lacking.

    Example: kg triage --municipality Växjö --report vaxjo-2022
    """
    records = read_wanted(store, folders)
    chosen = choose_sources(records, municipality=municipality, reports=reports, all_reports=all_reports)
    cases, peers = open_with_peers(records, chosen, as_of=on)
    ranked: list[Ranked] = []
    for case in one_by_one(cases, len(cases)):
        found = gather(case, peers=peers, level=Rollup(level))
        ranked += rank(found) if everything else first(found, count)
    columns = RANKED_COLUMNS[lang]
    match output_format:
        case "json":
            deliver(ranked_json(ranked, lang), output)
        case "text":
            deliver(ranked_text(ranked, lang), output)
        case _:
            deliver(listed(columns, ranked_rows(ranked, lang), output_format, output), output)
