"""Options that commands share, the store they open, and how they write."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kg.errors import DataError
from kg.files import write_whole
from kg.store import Store, open_store
from kg.tables import to_csv, to_markdown, to_table

if TYPE_CHECKING:
    from kg.cases import Case
    from kg.records import Records

__all__ = [
    "as_day",
    "deliver",
    "format_option",
    "lang_option",
    "level_option",
    "listed",
    "on_option",
    "open_wanted",
    "output_option",
    "read_cases",
    "read_wanted",
    "reports_option",
    "store_option",
]

F = TypeVar("F", bound=Callable[..., object])


def lang_option(command: F) -> F:
    """Add `--lang`."""
    return click.option(
        "--lang", type=click.Choice(["sv", "en"]), default="sv", show_default=True, help="Language of the output."
    )(command)


def store_option(command: F) -> F:
    """Add `--store` and `--data`."""
    command = click.option(
        "--data",
        "folders",
        type=click.Path(file_okay=False, exists=True, path_type=Path),
        multiple=True,
        help="A folder with files of your own, read beside the shipped graph. Default: the one of kg project.",
    )(command)
    return click.option(
        "--store",
        metavar="memory|FOLDER",
        default="",
        help="Where the triples are. Default: the shipped graph, from a cache.",
    )(command)


def output_option(command: F) -> F:
    """Add `-o`."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        default=None,
        help="Write to this file instead of the screen.",
    )(command)


def reports_option(command: F) -> F:
    """Add `--municipality`, `--report` and `--all-reports`: which reports a question is about."""
    command = click.option(
        "--all-reports", is_flag=True, help="Every report, not only the latest of each municipality."
    )(command)
    command = click.option(
        "--report", "reports", multiple=True, help="The key of a report, such as vaxjo-2022. Default: the latest."
    )(command)
    return click.option("--municipality", default="", help="A name, a code or a slug.")(command)


def as_day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    """Return the day that an option names; a click callback."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no day; write it as 2024-07-01") from error


def on_option(command: F) -> F:
    """Add `--on`: the day whose norms are taken."""
    return click.option(
        "--on",
        callback=as_day,
        metavar="DATE",
        help="Take the norms in force on this day. Default: the day of each report.",
    )(command)


def level_option(default: str = "unit") -> Callable[[F], F]:
    """Return the option `--level`: as whom a member is counted."""
    return click.option(
        "--level",
        type=click.Choice(["function", "unit", "administration", "organisation"]),
        default=default,
        show_default=True,
        help="Count members as functions, units, administrations or organisations.",
    )


def format_option(*formats: str) -> Callable[[F], F]:
    """Return the option `--format` (`output_format`) with these formats, the first as the default."""
    return click.option("--format", "output_format", type=click.Choice(formats), default=formats[0], show_default=True)


def read_cases(
    store: str,
    folders: tuple[Path, ...],
    *,
    municipality: str = "",
    reports: tuple[str, ...] = (),
    all_reports: bool = False,
    on: date | None = None,
) -> list[Case]:
    """Return the cases that the options name, only of reports that describe forums; raises `DataError` for none."""
    from kg.cases import open_cases  # noqa: PLC0415  a query does not need it
    from kg.sources import choose_sources  # noqa: PLC0415  a query does not need it

    records = read_wanted(store, folders)
    chosen = choose_sources(records, municipality=municipality, reports=reports, all_reports=all_reports)
    described = [each for each in chosen if each.describes_forums]
    if chosen and not described:
        raise DataError(f"{', '.join(each.key for each in chosen)}: describes no forums; there is nothing to analyse")
    return open_cases(records, described, as_of=on)


def open_wanted(store: str, folders: tuple[Path, ...] = ()) -> Store:
    """Open the store that the options name: the cached graph, the graph in memory, or a folder."""
    from kg.cache import load_everything, open_shipped  # noqa: PLC0415  a folder store needs neither

    folders = folders or _remembered(store)
    if not store:
        return open_shipped(folders)
    if store == "memory":
        return load_everything(open_store("memory"), folders)
    return open_store(store)


def read_wanted(store: str, folders: tuple[Path, ...] = ()) -> Records:
    """Return the records of the store that the options name."""
    from kg.cache import read_shipped  # noqa: PLC0415  a folder store does not need it
    from kg.records import read_records  # noqa: PLC0415  a query does not need it

    return read_records(open_wanted(store, folders)) if store else read_shipped(folders or _remembered(store))


def _remembered(store: str) -> tuple[Path, ...]:
    """Return the remembered folder of the user, once it holds triples; a folder store has been loaded already."""
    from kg.project import project_folder  # noqa: PLC0415  a folder store does not need it
    from kg.resources import files_of_triples  # noqa: PLC0415  a folder store does not need it

    folder = project_folder() if store in {"", "memory"} else None
    return (folder,) if folder and files_of_triples(folder) else ()


def listed(columns: Sequence[str], rows: Iterable[Sequence[str]], output_format: str, output: Path | None) -> str:
    """Return rows as CSV (`csv`), Markdown (`md`) or else a table; only a table on a terminal is cut to its width."""
    if output_format == "csv":
        return to_csv(columns, rows)
    if output_format == "md":
        return to_markdown(columns, rows)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() and output is None else 0
    return to_table(columns, rows, width=width)


def deliver(content: str | bytes, output: Path | None) -> None:
    """Write to the file that was asked for, or as UTF-8 to the screen."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    else:
        write_whole(output, raw)
