"""`kg brief`: what one report shows, on paper."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.briefs.forms import FORMATS, FORMS, write
from kg.briefs.reading import open_readings
from kg.cli.options import lang_option, read_wanted, store_option
from kg.cli.output import deliver, output_option
from kg.errors import DataError
from kg.findings import Lang
from kg.sources import choose_sources

__all__ = ["brief_command"]

BINARY = frozenset({"docx", "pdf"})


@click.command("brief")
@click.option("--municipality", default="", help="A name, a code or a slug.")
@click.option("--report", default="", help="The key of a report, such as vaxjo-2022. Default: the latest.")
@click.option(
    "--form",
    type=click.Choice(list(FORMS)),
    default="namnd",
    show_default=True,
    help="For a committee, for auditors, questions for a meeting, the year, or partners of each measure.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(list(FORMATS)),
    default=None,
    help="Default: as the name of the file ends, or html.",
)
@lang_option
@store_option
@output_option
def brief_command(
    municipality: str,
    report: str,
    form: str,
    output_format: str | None,
    lang: Lang,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Write a brief of one report: two pages for a committee, or another form.

    The auditor's form leaves the assessment blank. PDF and DOCX need the optional part `brief`.

    Example: kg brief --municipality Växjö --format md
    """
    if not municipality and not report:
        raise click.UsageError("say which brief: --municipality NAME or --report KEY")
    ending = output.suffix.lower().removeprefix(".") if output else ""
    wanted = output_format or (ending if ending in FORMATS else "html")
    if wanted in BINARY and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{wanted} is no text for a screen: name a file with -o")
    records = read_wanted(store, folders)
    source = choose_sources(records, municipality=municipality, reports=(report,) if report else ())[0]
    if not source.describes_forums:
        raise DataError(f"{source.key} describes no forums; there is nothing to tell")
    deliver(write(FORMS[form](open_readings(records, [source])[0], lang), wanted), output)
