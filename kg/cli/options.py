"""Options that commands share, and the store they open."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kg.errors import DataError
from kg.store import Store, is_address, open_store

if TYPE_CHECKING:
    from kg.cases import Case
    from kg.records import Records
    from kg.store.access import Limits

__all__ = [
    "as_day",
    "endpoint_limits",
    "endpoint_options",
    "graph_option",
    "lang_option",
    "level_option",
    "on_option",
    "one_by_one",
    "open_location",
    "open_wanted",
    "read_cases",
    "read_wanted",
    "reader_of",
    "reports_option",
    "store_option",
]

F = TypeVar("F", bound=Callable[..., object])
T = TypeVar("T")

MANY = 30
"""So many reports take some seconds."""


def lang_option(command: F) -> F:
    """Add `--lang`."""
    return click.option(
        "--lang", type=click.Choice(["sv", "en"]), default="sv", show_default=True, help="Language of the output."
    )(command)


def _remember(context: click.Context, parameter: click.Parameter, value: object) -> None:
    """Keep what was said of the endpoint for `open_location`, so that no command carries it along; a click callback."""
    context.meta[f"forebygg.{parameter.name}"] = value


def endpoint_options(command: F) -> F:
    """Add `--endpoint` and `--insecure-http`: how the endpoint that `--store` names may be asked."""
    command = click.option(
        "--insecure-http",
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="Let an endpoint on another machine be asked over plain http.",
    )(command)
    return click.option(
        "--endpoint",
        multiple=True,
        metavar="NAME=NUMBER",
        expose_value=False,
        callback=_remember,
        help="What an endpoint may cost: connect, silence or seconds; megabytes or rows of an answer; tries.",
    )(command)


def open_location(location: str) -> Store:
    """Open a store where the options say, an endpoint within the limits they set."""
    if not is_address(location):
        return open_store(location)
    limits, insecure = endpoint_limits()
    return open_store(location, limits=limits, insecure=insecure)


def endpoint_limits() -> tuple[Limits, bool]:
    """Return the limits that the options set on an endpoint, and whether plain http may go to another machine."""
    from kg.store.access import limits_of  # noqa: PLC0415  only an endpoint needs it

    context = click.get_current_context(silent=True)
    meta = context.meta if context else {}
    pairs = [each.partition("=") for each in meta.get("forebygg.endpoint") or ()]
    return limits_of({name: value for name, _, value in pairs}), bool(meta.get("forebygg.insecure_http"))


def graph_option(command: F) -> F:
    """Add `--store` for the shipped graph alone, and how an endpoint may be asked."""
    return click.option(
        "--store", metavar="memory|FOLDER|URL", default="", help="Where the shipped graph is. Default: from a cache."
    )(endpoint_options(command))


def store_option(command: F) -> F:
    """Add `--store`, `--data` and how an endpoint may be asked."""
    command = endpoint_options(command)
    command = click.option(
        "--data",
        "folders",
        type=click.Path(file_okay=False, exists=True, path_type=Path),
        multiple=True,
        help="A folder with files of your own, read beside the shipped graph. Default: the one of kg project.",
    )(command)
    return click.option(
        "--store",
        metavar="memory|FOLDER|URL",
        default="",
        help="Where the triples are. Default: the shipped graph, from a cache.",
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
    """Open the store that the options name: the cached graph, the graph in memory, a folder, or an endpoint."""
    if store not in {"", "memory"}:
        return open_location(store)
    from kg.cache import load_everything, open_shipped  # noqa: PLC0415  a folder store needs neither

    folders = folders or _remembered(store)
    return load_everything(open_store("memory"), folders) if store else open_shipped(folders, tell=_tell)


def read_wanted(store: str, folders: tuple[Path, ...] = ()) -> Records:
    """Return the records of the store that the options name; they stay, so the collector of cycles passes them by."""
    from kg.cache import read_folder, read_shipped  # noqa: PLC0415  a query does not need it
    from kg.records import read_records  # noqa: PLC0415  a query does not need it

    if not store:
        records = read_shipped(folders or _remembered(store), tell=_tell)
    elif store != "memory" and Path(store).is_dir():
        records = read_folder(Path(store), tell=_tell)
    else:
        records = read_records(open_wanted(store, folders))
    gc.freeze()
    return records


def reader_of(store: str, folders: tuple[Path, ...] = ()) -> Callable[[], Records] | None:
    """Return what gives another process the records that `read_wanted` gives; None where they must be sent there."""
    from kg.cache import read_folder, read_shipped  # noqa: PLC0415  a query does not need it

    if not store:
        return partial(read_shipped, folders or _remembered(store))
    return partial(read_folder, Path(store)) if store != "memory" and Path(store).is_dir() else None


def _tell(what: str) -> None:
    click.echo(f"kg: {what}", err=True)


def _remembered(store: str) -> tuple[Path, ...]:
    """Return the remembered folder of the user, once it holds triples; a folder store has been loaded already."""
    from kg.project import project_folder  # noqa: PLC0415  a folder store does not need it
    from kg.resources import files_of_triples  # noqa: PLC0415  a folder store does not need it

    folder = project_folder() if store in {"", "memory"} else None
    return (folder,) if folder and files_of_triples(folder) else ()


def one_by_one(items: Iterable[T], count: int) -> Iterator[T]:
    """Yield so many items that each take a moment, with a bar on a terminal where they are many."""
    hidden = count < MANY or not sys.stderr.isatty()
    with click.progressbar(items, length=count, file=sys.stderr, hidden=hidden) as bar:
        yield from bar
