"""Options that commands share, the store they open, and how they write."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kg.errors import LocationError
from kg.store import Store, open_store

if TYPE_CHECKING:
    from kg.records import Records

__all__ = ["deliver", "lang_option", "open_wanted", "output_option", "read_wanted", "store_option", "write_whole"]

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
        help="A folder with files of your own, read beside the shipped graph.",
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


def open_wanted(store: str, folders: tuple[Path, ...] = ()) -> Store:
    """Open the store that the options name: the cached graph, the graph in memory, or a folder."""
    from kg.cache import load_everything, open_shipped  # noqa: PLC0415  a folder store needs neither

    if not store:
        return open_shipped(folders)
    if store == "memory":
        return load_everything(open_store("memory"), folders)
    return open_store(store)


def read_wanted(store: str, folders: tuple[Path, ...] = ()) -> Records:
    """Return the records of the store that the options name."""
    from kg.cache import read_shipped  # noqa: PLC0415  a folder store does not need it
    from kg.records import read_records  # noqa: PLC0415  a query does not need it

    return read_records(open_wanted(store, folders)) if store else read_shipped(folders)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that it is whole or as it was before."""
    if path.is_dir():
        raise LocationError(f"{path} is a folder; name a file")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    except OSError as error:
        raise LocationError(f"cannot write {path}: {error.strerror}") from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as error:
        raise LocationError(f"cannot write {path}: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)


def deliver(content: str | bytes, output: Path | None) -> None:
    """Write to the file that was asked for, or as UTF-8 to the screen."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    else:
        write_whole(output, raw)
