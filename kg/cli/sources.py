"""`kg sources list` and `kg sources check`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import lang_option, read_wanted, store_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.findings import Lang
from kg.grounding import Ungrounded, check_grounding, find_texts
from kg.sources import choose_sources, list_sources

__all__ = ["sources_command"]

PROBLEMS: dict[str, tuple[str, str]] = {
    "no-text": (
        "ingen text i mappen har rapportens kontrollsumma",
        "no text in the folder has the checksum of the report",
    ),
    "no-such-section": ("avsnittet hittas inte i texten", "the section is not found in the text"),
    "not-found": ("orden finns inte i avsnittet", "the words do not occur in the section"),
}
HEAD: dict[Lang, tuple[str, ...]] = {
    "sv": ("rapport", "avsnitt", "vad är fel", "ord", "utsaga"),
    "en": ("report", "section", "what is wrong", "words", "claim"),
}


@click.group("sources")
def sources_command() -> None:
    """List the reports; hold claims against their texts."""


@sources_command.command("list")
@format_option("table", "csv")
@lang_option
@store_option
@output_option
def list_command(output_format: str, lang: Lang, store: str, folders: tuple[Path, ...], output: Path | None) -> None:
    """List the reports with municipality, day and title.

    Example: kg sources list
    """
    records = read_wanted(store, folders)
    rows = [
        (each.key, each.municipality.label(lang), each.observed_on.isoformat(), each.thing.label(lang))
        for each in list_sources(records)
    ]
    columns = ("rapport", "kommun", "dag", "titel") if lang == "sv" else ("report", "municipality", "day", "title")
    deliver(listed(columns, rows, output_format, output), output)


def _row(problem: Ungrounded, lang: Lang) -> tuple[str, ...]:
    return (problem.source, problem.section, PROBLEMS[problem.problem][lang == "en"], problem.detail, problem.subject)


@sources_command.command("check")
@click.option(
    "--texts", required=True, type=click.Path(path_type=Path), help="The folder with the texts of the reports (*.txt)."
)
@click.option("--report", "reports", multiple=True, help="Only this report. Default: all.")
@lang_option
@store_option
@output_option
def check_command(
    texts: Path, reports: tuple[str, ...], lang: Lang, store: str, folders: tuple[Path, ...], output: Path | None
) -> int:
    """Hold every claim against its report: checksum, section, and the words in the section.

    A text is recognised by its SHA-256. Exit 1 where a claim has no ground.

    Example: kg sources check --texts texts --report vaxjo-2022
    """
    records = read_wanted(store, folders)
    chosen = choose_sources(records, reports=reports, all_reports=True)
    found = find_texts(texts)
    problems = [problem for source in chosen for problem in check_grounding(records, source, found)]
    if problems:
        deliver(listed(HEAD[lang], [_row(each, lang) for each in problems], "table", output), output)
    claims = sum(len(records.claims.get(source.thing.iri, {})) for source in chosen)
    done = (
        f"{claims} utsagor i {len(chosen)} källor prövade, {len(problems)} utan grund"
        if lang == "sv"
        else f"{claims} claims in {len(chosen)} sources held against the texts, {len(problems)} without ground"
    )
    click.echo(done, err=True)
    return int(bool(problems))
