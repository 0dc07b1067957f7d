"""`kg workbook`: describe a municipality in a spreadsheet, check it, import it, and write one from the graph."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import as_day, graph_option, open_location, open_wanted, store_option
from kg.cli.output import deliver, format_option, listed, output_option
from kg.errors import LocationError
from kg.files import write_whole
from kg.phrases import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store import Store
    from kg.workbook.context import Shipped
    from kg.workbook.importing import Checked
    from kg.workbook.messages import Message

__all__ = ["workbook_command"]

_HEAD = ("nivå", "var", "meddelande")


@click.group("workbook")
def workbook_command() -> None:
    """Describe a municipality in a spreadsheet, check it and bring it into the graph.

    Example: kg workbook new --municipality Lund -o lund.xlsx
    """


def _shipped(store: str) -> Store:
    """Open what is shipped and nothing of the user's: a workbook is never read against its own last import."""
    from kg.cache import load_everything, open_shipped  # noqa: PLC0415  a folder store needs neither
    from kg.store import open_store  # noqa: PLC0415

    if not store:
        return open_shipped()
    return load_everything(open_store("memory")) if store == "memory" else open_location(store)


def _file_or_folder(output: Path | None, folder: Path | None) -> None:
    if (output is None) == (folder is None):
        raise click.UsageError("name a file with -o, or a folder with --csv")


def _write_all(folder: Path, files: dict[str, bytes]) -> None:
    if folder.exists() and not folder.is_dir():
        raise LocationError(f"{folder} is a file; name a folder")
    for name, content in files.items():
        write_whole(folder / name, content)


_csv_option = click.option(
    "--csv", "folder", type=click.Path(path_type=Path), default=None, help="Write CSV files into this folder instead."
)


@workbook_command.command("new")
@click.option("--municipality", required=True, help="A name or a code; all 290 are known.")
@click.option("--more", is_flag=True, help="Also the rarer sheets: steering, follow-up, objectives and others.")
@click.option("--no-examples", is_flag=True, help="Leave out the example rows.")
@_csv_option
@output_option
@graph_option
def new_command(
    municipality: str,
    more: bool,
    no_examples: bool,
    folder: Path | None,
    output: Path | None,
    store: str,
) -> None:
    """Write an empty workbook with instructions, drop-down lists and examples.

    Example: kg workbook new --municipality Lund -o lund.xlsx
    """
    from kg.workbook.context import read_context  # noqa: PLC0415  only this command needs it
    from kg.workbook.places import find_place  # noqa: PLC0415
    from kg.workbook.template import template_csv, template_xlsx  # noqa: PLC0415

    _file_or_folder(output, folder)
    context = read_context(_shipped(store), find_place(municipality))
    if folder:
        _write_all(folder, template_csv(context, more=more, examples=not no_examples))
    else:
        deliver(template_xlsx(context, more=more, examples=not no_examples), output)


def _reading_options(command: click.decorators.FC) -> click.decorators.FC:
    command = click.option("--full", is_flag=True, help="Hold the result against all shapes too (slower).")(command)
    command = click.option(
        "--own-day",
        callback=as_day,
        metavar="DATE",
        help="The day of the statements in a file without the sheet Källor.",
    )(command)
    command = click.option(
        "--marked", type=click.Path(path_type=Path), help="Write a copy with comments in the cells."
    )(command)
    return click.option("--municipality", default="", help="Needed where the file does not name it.")(command)


def _check(
    file: Path,
    municipality: str,
    own_day: date | None,
    full: bool,
    marked: Path | None,
    store: Store,
    shipped: Shipped | None = None,
) -> Checked:
    from kg.workbook.importing import check_workbook  # noqa: PLC0415  only these commands need it

    checked = check_workbook(file, store, municipality=municipality, own_day=own_day, shapes=full, shipped=shipped)
    if marked:
        from kg.workbook.writing import marked_copy  # noqa: PLC0415  only where it is asked for

        if file.is_dir() or file.suffix.casefold() not in {".xlsx", ".xlsm"}:
            raise click.UsageError("--marked needs an Excel workbook; the messages of CSV files are in the list")
        write_whole(marked, marked_copy(file.read_bytes(), checked.messages))
    return checked


def _counts(messages: Sequence[Message]) -> str:
    levels = [each.level.value for each in messages]
    return ", ".join(
        [
            f"{levels.count('fel')} fel",
            plural(levels.count("varning"), "varning", "varningar"),
            plural(levels.count("upplysning"), "upplysning", "upplysningar"),
        ]
    )


def _rows(messages: Sequence[Message]) -> list[tuple[str, str, str]]:
    return [(each.level.value, each.where, each.text) for each in messages]


def _shown(checked: Checked, output_format: str, output: Path | None) -> str:
    from kg.workbook.messages import to_plain  # noqa: PLC0415  only these commands need it

    rows = _rows(checked.messages)
    if output_format == "json":
        levels = [each.level.value for each in checked.messages]
        place = checked.context.place
        said = {
            "municipality": {"code": place.code, "name": place.official},
            "errors": levels.count("fel"),
            "warnings": levels.count("varning"),
            "messages": to_plain(checked.messages),
        }
        return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
    if output_format in {"csv", "table"}:
        return listed(_HEAD, rows, output_format, output)
    return "".join(f"{level}: {where}: {text}\n" for level, where, text in rows)


@workbook_command.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@format_option("text", "table", "csv", "json")
@_reading_options
@output_option
@graph_option
def check_command(
    file: Path,
    output_format: str,
    municipality: str,
    marked: Path | None,
    own_day: date | None,
    full: bool,
    output: Path | None,
    store: str,
) -> int:
    """Say what is wrong or doubtful in FILE (xlsx, CSV or a folder of CSV), cell by cell, all at once.

    Exit 1 where an error stops the import; warnings do not.

    Example: kg workbook check lund.xlsx --marked lund-kommenterad.xlsx
    """
    checked = _check(file, municipality, own_day, full, marked, _shipped(store))
    deliver(_shown(checked, output_format, output), output)
    click.echo(f"{checked.context.place.official}: {_counts(checked.messages)}", err=True)
    return int(bool(checked.errors))


@workbook_command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "given",
    type=click.Path(path_type=Path),
    default=None,
    help="The folder of your own data. Default: the one of kg project.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@click.option("--all", "every", is_flag=True, help="List every new and removed thing, however many.")
@_reading_options
@graph_option
def import_command(
    files: tuple[Path, ...],
    given: Path | None,
    dry_run: bool,
    every: bool,
    municipality: str,
    marked: Path | None,
    own_day: date | None,
    full: bool,
    store: str,
) -> int:
    """Bring FILES into a folder that every command reads with --data, and show what changed.

    A workbook with an error is not brought in, and leaves what was there as it was. Importing twice is the same as
    once. Several workbooks may be given, one a municipality.

    Example: kg workbook import lund.xlsx -o mina-data
    """
    from kg.project import project_folder  # noqa: PLC0415  only this command needs it
    from kg.workbook.context import read_shipped_words  # noqa: PLC0415  only these commands need it

    folder = given or project_folder()
    if folder is None:
        raise click.UsageError("name the folder of your own data with -o, or remember one with: kg project FOLDER")
    if folder.exists() and not folder.is_dir():
        raise LocationError(f"{folder} is a file; name a folder")
    if len(files) > 1 and (municipality or marked):
        raise click.UsageError("--municipality and --marked are for one workbook at a time")
    opened = _shipped(store)
    shipped = read_shipped_words(opened)
    failed = 0
    for number, file in enumerate(files, 1):
        if len(files) > 1:
            click.echo(f"{number}/{len(files)} {file}", err=True)
        checked = _check(file, municipality, own_day, full, marked, opened, shipped)
        failed += _bring_in(checked, folder, dry_run=dry_run, every=every)
    return int(bool(failed))


def _bring_in(checked: Checked, folder: Path, *, dry_run: bool, every: bool) -> int:
    """Write what a workbook says and tell what changed; 1 where an error stops it."""
    from kg.workbook.changes import find_changes, told  # noqa: PLC0415  only this command needs it
    from kg.workbook.importing import imported_files, write_files  # noqa: PLC0415

    for level, where, text in _rows(checked.messages):
        if level != "upplysning" or checked.errors:
            click.echo(f"{level}: {where}: {text}", err=True)
    click.echo(f"{checked.context.place.official}: {_counts(checked.messages)}", err=True)
    if checked.errors or not checked.built.graphs:
        click.echo("Inget skrevs.", err=True)
        return 1
    before = imported_files(folder, checked.context)
    old = {name: triples for graphs in before.values() for name, triples in graphs.items()}
    changes = find_changes(old, checked.built.graphs, checked.context)
    lines = told(changes, most=0 if every else 30)
    deliver("".join(f"{each}\n" for each in lines) or "Inget har ändrats.\n", None)
    if not dry_run:
        write_files(checked.files, set(before), folder, write_whole)
        click.echo(f"{plural(len(checked.files), 'fil', 'filer')} i {folder}. Läs dem med --data {folder}", err=True)
    return 0


@workbook_command.command("export")
@click.option("--municipality", required=True, help="A name or a code.")
@click.option("--report", "reports", multiple=True, help="Only this report; may be repeated. Default: all of them.")
@_csv_option
@output_option
@store_option
def export_command(
    municipality: str,
    reports: tuple[str, ...],
    folder: Path | None,
    output: Path | None,
    store: str,
    folders: tuple[Path, ...],
) -> None:
    """Write what the graph says of a municipality as a workbook; importing it gives the same graph.

    Example: kg workbook export --municipality Ljungby -o ljungby.xlsx
    """
    from kg.cli.options import read_wanted  # noqa: PLC0415  only this command needs it
    from kg.sources import choose_sources, list_sources  # noqa: PLC0415
    from kg.workbook.context import read_context, read_graphs  # noqa: PLC0415
    from kg.workbook.places import find_place  # noqa: PLC0415
    from kg.workbook.rows import export_tables  # noqa: PLC0415
    from kg.workbook.stands import stands_graph  # noqa: PLC0415
    from kg.workbook.writing import pages_of, to_csv_files, to_xlsx  # noqa: PLC0415

    _file_or_folder(output, folder)
    place, opened = find_place(municipality), open_wanted(store, folders)
    records = read_wanted(store, folders)
    sources = choose_sources(records, municipality=place.code, reports=reports, all_reports=True)
    if not reports:
        sources = [each for each in list_sources(records) if each.code == place.code]
    context = read_context(_shipped(store), place)
    graphs = read_graphs(opened, [f"register-{place.code}", stands_graph(place.code), *(each.key for each in sources)])
    pages = pages_of(export_tables(graphs, context))
    if folder:
        _write_all(folder, to_csv_files(pages, context))
    else:
        deliver(to_xlsx(pages, context), output)
