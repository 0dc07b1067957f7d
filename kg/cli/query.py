"""`kg query`: named questions, query files and SPARQL text."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import lang_option, open_wanted, store_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.errors import QueryError
from kg.namespaces import last_part
from kg.questions import Question, list_questions, place_to_ask, question
from kg.store import Rows, Store

__all__ = ["query_command"]

RESULTS = {"json", "xml", "tsv"}


def _text(asked: str) -> tuple[str, Question | None]:
    """Return the query meant: SPARQL text, a file that exists, or a named question."""
    if "{" in asked:
        return asked, None
    path = Path(asked)
    if path.suffix in {".rq", ".sparql"} or path.is_file():
        if path.is_dir():
            raise QueryError(f"{path} is a folder; name a query file")
        try:
            return path.read_text(encoding="utf-8-sig"), None
        except UnicodeDecodeError as error:
            raise QueryError(f"{path} is not UTF-8") from error
    found = question(asked)
    return found.text, found


def _parameters(given: tuple[str, ...], known: Question | None) -> dict[str, str]:
    bindings: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise QueryError(f"--bind {each!r}: expected NAME=IRI, such as kommun=https://…")
        if known and name not in known.binds:
            raise QueryError(f"{known.name} binds {', '.join(known.binds) or 'nothing'}; ?{name} is not among them")
        bindings[name] = value
    return bindings


def _listing(output_format: str, lang: str, output: Path | None) -> str:
    rows = [
        (each.name, each.group, each.en if lang == "en" else each.sv, " ".join(each.binds)) for each in list_questions()
    ]
    columns = ("name", "group", "question", "binds")
    if output_format == "json":
        import json  # noqa: PLC0415  one format needs it

        return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1) + "\n"
    return listed(columns, rows, output_format, output)


def _asked_at(opened: Store) -> Store:
    """Return where to ask a named question, and say so on stderr where that is not the store itself."""
    place = place_to_ask(opened)
    if place is not opened:
        said = "answers some named questions wrongly; the graph was read and this one answered here"
        click.echo(f"kg: {opened.known_as} {said}", err=True)
    return place


def _short(text: str) -> str:
    return last_part(text) if text.startswith("https://w3id.org/forebygg/") else text


@click.command("query")
@click.argument("asked", metavar="[NAME|FILE|TEXT]", required=False)
@click.option("--list", "listing", is_flag=True, help="List the named questions.")
@click.option("--municipality", default="", help="Bind ?kommun: a name, a code or a slug.")
@click.option("--report", default="", help="Bind ?kalla: the key of a report, such as vaxjo-2022.")
@click.option("--bind", "given", multiple=True, metavar="NAME=IRI", help="Bind a variable of the question.")
@format_option("table", "csv", "tsv", "json", "xml")
@lang_option
@store_option
@output_option
def query_command(
    asked: str | None,
    listing: bool,
    municipality: str,
    report: str,
    given: tuple[str, ...],
    output_format: str,
    lang: str,
    store: str,
    folders: tuple[Path, ...],
    output: Path | None,
) -> None:
    """Answer a named question, a query file or SPARQL text.

    Example: kg query --list
    """
    if listing or not asked:
        deliver(_listing(output_format, lang, output), output)
        return
    text, known = _text(asked)
    opened = open_wanted(store, folders)
    bindings = _parameters(given, known)
    if municipality or report:
        from kg.naming import municipality_iri, source_iri_of  # noqa: PLC0415  only bound questions need the names

        if municipality:
            bindings["kommun"] = municipality_iri(opened, municipality)
        if report:
            bindings["kalla"] = source_iri_of(opened, report)
    if known:
        unknown = sorted(set(bindings) - set(known.binds))
        if unknown:
            raise QueryError(
                f"{known.name} cannot be bound by ?{unknown[0]}; it binds {', '.join(known.binds) or 'nothing'}"
            )
        opened = _asked_at(opened)
    if output_format in RESULTS:
        deliver(opened.serialize(text, output_format, bindings), output)
        return
    answer = opened.query(text, bindings)
    if isinstance(answer, bool):
        deliver(("true" if answer else "false") + "\n", output)
    elif isinstance(answer, Rows):
        rows = list(answer.values()) if output_format == "csv" else [tuple(map(_short, row)) for row in answer.values()]
        deliver(listed(answer.variables, rows, output_format, output), output)
    elif output_format == "csv":
        raise QueryError("a CONSTRUCT gives triples, which are no table; leave --format out")
    else:
        deliver("".join(f"{triple} .\n" for triple in answer), output)
