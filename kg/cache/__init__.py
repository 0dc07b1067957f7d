"""The shipped graph and the user's folders as one read-only store, built once and kept by content.

Beside each store lie its records, as the analysis reads them; the records of a folder store of the user's are kept too.
"""

from __future__ import annotations

import hashlib
import os
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__
from kg.cache.building import LOCK, Tell, find_or_build
from kg.cache.entries import Entry, Held, list_entries, remove, sweep
from kg.errors import LocationError
from kg.locks import alone
from kg.namespaces import graph_iri
from kg.questions import named_query
from kg.resources import data_files, norm_files, ontology_files
from kg.store import ENGINE, Store, open_store

if TYPE_CHECKING:
    from kg.records import Records

__all__ = [
    "Entry",
    "cache_dir",
    "cached_entries",
    "clear_cache",
    "content_key",
    "load_everything",
    "open_shipped",
    "read_folder",
    "read_shipped",
]

LAYOUT = "4"
STORE = "store"
SLOW = 5_000_000
"""Bytes of triples from which reading them anew is slow enough to be told of."""


def cache_dir() -> Path:
    """Return the folder for built stores: `FOREBYGG_CACHE`, or the user's cache folder."""
    if given := os.environ.get("FOREBYGG_CACHE"):
        return Path(given)
    import platformdirs  # noqa: PLC0415  only needed where the variable is not set

    return Path(platformdirs.user_cache_dir("forebygg", appauthor=False))


def _started() -> hashlib._Hash:
    """Return a digest of all that is not data: layout, engine, this version and the queries that make records."""
    words = (LAYOUT, ENGINE, __version__, named_query("network/named"), named_query("network/claims"))
    return hashlib.sha256("\n".join(words).encode())


def content_key(files: Iterable[Path]) -> str:
    """Return a key that changes when any file, its name, the version, the store's engine or its layout changes."""
    digest = _started()
    for path in files:
        try:
            with path.open("rb") as stream:
                content = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise LocationError(f"cannot read {path}: {error.strerror}") from error
        digest.update(f"\n{path.name} {content}".encode())
    return digest.hexdigest()[:32]


def load_everything(store: Store, folders: Iterable[Path] = ()) -> Store:
    """Load ontology, norms, shipped triples and the user's folders, each in its graph, and return the store."""
    store.load(ontology_files(), graph=graph_iri("ontologi"))
    store.load(norm_files(), graph=graph_iri("normer"))
    store.load(data_files(folders))
    return store


def _built(folders: tuple[Path, ...], tell: Tell | None) -> Held | None:
    """Return the entry of the shipped graph and the folders, built first where needed; None where it cannot be."""

    def files() -> list[Path]:
        return [*ontology_files(), *norm_files(), *data_files(folders)]

    def fill(building: Path) -> int:
        store = load_everything(open_store(building / STORE, read_only=False), folders)
        triples = _keep(store, building)
        store.close()
        return triples

    slow = sum(path.stat().st_size for path in data_files(folders)) > SLOW if folders else False
    return find_or_build(
        cache_dir(),
        lambda: content_key(files()),
        fill,
        holds=("shipped", *(str(folder.resolve()) for folder in folders)),
        tell=tell if slow else None,
    )


def open_shipped(folders: Iterable[Path] = (), *, tell: Tell | None = None) -> Store:
    """Open the shipped graph and the user's folders from the cache, building it first where needed.

    Where the cache cannot be written (a locked-down computer, a full disk), the graph is loaded into memory instead.
    `tell` is told in a line of what takes time: a large cache that is built, or that cannot be.
    """
    folders = tuple(folders)
    held = _built(folders, tell)
    if held is None:
        return load_everything(open_store("memory"), folders)
    store = open_store(held.folder / STORE)
    weakref.finalize(store, held.lock.close)
    return store


def read_shipped(folders: Iterable[Path] = (), *, tell: Tell | None = None) -> Records:
    """Return the records of the shipped graph and the user's folders, as the cache keeps them."""
    folders = tuple(folders)
    held = _built(folders, tell)
    return _records(held) if held else _read(load_everything(open_store("memory"), folders))


def read_folder(folder: Path, *, tell: Tell | None = None) -> Records:
    """Return the records of a folder store, kept in the cache until the store is written to.

    Raises `LocationError` where the folder is no store.
    """
    store = open_store(folder)

    def key() -> str:
        digest = _started()
        digest.update(f"\n{folder.resolve()}".encode())
        for path in sorted(folder.iterdir()):
            if path.name.startswith(("CURRENT", "MANIFEST")) or path.suffix in {".sst", ".log"}:
                told = path.stat()
                digest.update(f"\n{path.name} {told.st_size} {told.st_mtime_ns}".encode())
        return digest.hexdigest()[:32]

    size = sum(path.stat().st_size for path in folder.glob("*.sst"))
    holds = ("records", str(folder.resolve()))
    held = find_or_build(
        cache_dir(), key, lambda building: _keep(store, building), holds=holds, tell=tell if size > SLOW else None
    )
    return _records(held) if held else _read(store)


def _read(store: Store) -> Records:
    from kg.records import read_records  # noqa: PLC0415  a query does not need records

    return read_records(store)


def _keep(store: Store, building: Path) -> int:
    """Write the records of a store into an entry, and return how many triples it holds."""
    from kg.records.kept import write_kept  # noqa: PLC0415  a query does not need records

    records = _read(store)
    write_kept(building, records.named, records.claims)
    return len(store)


def _records(held: Held) -> Records:
    from kg.records import Records  # noqa: PLC0415  a query does not need records
    from kg.records.kept import read_kept  # noqa: PLC0415

    named, claims = read_kept(held.folder)
    weakref.finalize(claims, held.lock.close)
    return Records(named, claims)


def cached_entries() -> list[Entry]:
    """Return what the cache holds, the last used first."""
    return list_entries(cache_dir())


def clear_cache() -> tuple[list[Entry], list[Entry]]:
    """Remove every entry that nobody uses, and what killed builders have left; return the removed and the kept.

    Raises `LocationError` where another process is building, or the cache cannot be written.
    """
    place = cache_dir()
    if not place.is_dir():
        return [], []
    removed: list[Entry] = []
    kept: list[Entry] = []
    try:
        with alone(place / LOCK, seconds=5):
            sweep(place)
            for each in list_entries(place):
                (removed if remove(each.folder) else kept).append(each)
    except OSError as error:
        raise LocationError(f"cannot clear {place}: {error.strerror or error}") from error
    return removed, kept
