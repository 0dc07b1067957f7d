"""`kg validate`: shapes, quality checks and undeclared terms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kg.cli.options import lang_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.errors import DataError
from kg.findings import Lang
from kg.phrases import plural
from kg.resources import data_files, norm_files, ontology_dir, queries_dir
from kg.store import read_quads
from kg.validation import Severity, Violation, validate

__all__ = ["validate_command"]

HEAD: dict[Lang, tuple[str, ...]] = {
    "sv": ("allvar", "regel", "fil", "vad", "fel", "gör så här"),
    "en": ("severity", "rule", "file", "subject", "what is wrong", "what to do"),
}
SEVERITIES: dict[Severity, tuple[str, str]] = {
    Severity.VIOLATION: ("fel", "violation"),
    Severity.WARNING: ("varning", "warning"),
    Severity.INFO: ("upplysning", "info"),
}
MANY: dict[Severity, tuple[str, str]] = {
    Severity.VIOLATION: ("fel", "violations"),
    Severity.WARNING: ("varningar", "warnings"),
    Severity.INFO: ("upplysningar", "infos"),
}
RANK = list(Severity)


def _graphs(path: Path) -> set[str]:
    return {str(quad.graph_name) for quad in read_quads(path)}


def _with_context(files: Sequence[Path]) -> list[Path]:
    """Return the files with the shipped graph that they lean on, but no file that holds a graph of theirs."""
    given = {graph for path in files for graph in _graphs(path)}
    own = {path.resolve() for path in files}
    context = [path for path in (*norm_files(), *data_files()) if path.resolve() not in own]
    return [*files, *(path for path in context if path.suffix == ".ttl" or not _graphs(path) & given)]


def _row(each: Violation, lang: Lang) -> tuple[str, ...]:
    what = " ".join(filter(None, [each.label, each.subject, each.path, each.value and f"({each.value})"]))
    return (
        SEVERITIES[each.severity][lang == "en"],
        each.rule,
        str(each.file or ""),
        what,
        each.message(lang),
        each.advice(lang),
    )


@click.command("validate")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@format_option("text", "table", "csv")
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning", "info", "never"]),
    default="violation",
    show_default=True,
    help="Exit 1 on a result of this severity or above.",
)
@lang_option
@output_option
def validate_command(files: tuple[Path, ...], output_format: str, fail_on: str, lang: Lang, output: Path | None) -> int:
    """Check triples against the shapes and the quality checks. Without FILES: the shipped graph.

    Files are read together with the shipped graph, and only what concerns the files is reported. A file that holds a
    graph of the shipped ones takes its place.

    Example: kg validate mina-uppgifter.trig
    """
    for path in files:
        if path.is_dir():
            raise DataError("is a folder; name the files in it", file=path)
    chosen = _with_context(files) if files else [*norm_files(), *data_files()]
    found = validate(chosen, ontology=ontology_dir(), queries=queries_dir())
    if files:
        found = [each for each in found if each.file is None or each.file in files]
    rows = [_row(each, lang) for each in found]
    if output_format in {"csv", "table"}:
        deliver(listed(HEAD[lang], rows, output_format, output), output)
    else:
        deliver("".join(f"{row[2]}: {row[0]} {row[1]}: {row[3]}\n  {row[4]}\n  {row[5]}\n" for row in rows), output)
    counts = {severity: sum(each.severity is severity for each in found) for severity in Severity}
    summary = ", ".join(
        plural(count, SEVERITIES[each][lang == "en"], MANY[each][lang == "en"]) for each, count in counts.items()
    )
    click.echo(f"{'Resultat' if lang == 'sv' else 'Result'}: {summary}", err=True)
    limit = -1 if fail_on == "never" else ["violation", "warning", "info"].index(fail_on)
    return int(any(RANK.index(each.severity) <= limit for each in found))
