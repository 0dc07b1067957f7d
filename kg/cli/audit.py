"""`kg audit`: the auditors' findings and recommendations beside those of Förebygg."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kg.audit import reviews
from kg.cli.options import lang_option, on_option, read_cases, reports_option, store_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.findings import Lang
from kg.listings import to_json
from kg.listings.reviews import REVIEW_COLUMNS, review_object, review_rows
from kg.wording.audit import review_sentence

__all__ = ["audit_command"]


@click.command("audit")
@reports_option
@on_option
@format_option("table", "csv", "json", "md")
@lang_option
@store_option
@output_option
def audit_command(
    municipality: str,
    reports: tuple[str, ...],
    all_reports: bool,
    on: date | None,
    output_format: str,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Lay the auditors' findings and recommendations beside those of Förebygg.

    Each judgement of the auditors is found, partly found or not found here, with what joins the two; last comes what
    only Förebygg finds. No finding of Förebygg reads a verdict of the auditors.

    Example: kg audit --municipality Vännäs
    """
    found = reviews(
        read_cases(store, folders, municipality=municipality, reports=reports, all_reports=all_reports, on=on)
    )
    columns, rows = REVIEW_COLUMNS[lang], review_rows(found, lang)
    match output_format:
        case "json":
            deliver(to_json([review_object(each, lang) for each in found]), output)
        case "csv":
            deliver(listed(columns, rows, output_format, output), output)
        case "md":
            lead = "".join(f"{review_sentence(each, lang)}\n\n" for each in found)
            deliver(lead + listed(columns, rows, output_format, output), output)
        case _:
            lead = "".join(f"{review_sentence(each, lang)}\n" for each in found)
            table = listed(columns, rows, output_format, output)
            deliver(f"{lead}\n{table}" if lead else table, output)
