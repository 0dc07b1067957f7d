"""The shipped graph and the user's folders as one read-only store, built once and kept by content."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from kg.errors import LocationError
from kg.namespaces import graph_iri
from kg.records import Records, read_records
from kg.resources import data_files, norm_files, ontology_files
from kg.store import ENGINE, Store, open_store

__all__ = ["cache_dir", "content_key", "load_everything", "open_shipped", "read_shipped"]

LAYOUT = "3"
RECORDS = "records.json"


def cache_dir() -> Path:
    """Return the folder for built stores: `FOREBYGG_CACHE`, or the user's cache folder."""
    if given := os.environ.get("FOREBYGG_CACHE"):
        return Path(given)
    import platformdirs  # noqa: PLC0415  only needed where the variable is not set

    return Path(platformdirs.user_cache_dir("forebygg", appauthor=False))


def content_key(files: Iterable[Path]) -> str:
    """Return a key that changes when any file, its name, the store's engine or its layout changes."""
    digest = hashlib.sha256(f"{LAYOUT} {ENGINE}".encode())
    for path in files:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise LocationError(f"cannot read {path}: {error.strerror}") from error
        digest.update(f"\n{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:32]


def load_everything(store: Store, folders: Iterable[Path] = ()) -> Store:
    """Load ontology, norms, shipped triples and the user's folders, each in its graph, and return the store."""
    store.load(ontology_files(), graph=graph_iri("ontologi"))
    store.load(norm_files(), graph=graph_iri("normer"))
    store.load(data_files(folders))
    return store


def _build(target: Path, folders: Iterable[Path]) -> None:
    """Build a store beside its place and move it there whole; another process may win the race."""
    target.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        store = load_everything(open_store(building, read_only=False), folders)
        plain = read_records(store).to_plain()
        store.close()
        (building / RECORDS).write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
        with contextlib.suppress(OSError):
            building.rename(target)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _built(folders: tuple[Path, ...]) -> Path | None:
    """Return the folder of the built store, building it first where needed; None where it cannot be written."""
    target = cache_dir() / content_key([*ontology_files(), *norm_files(), *data_files(folders)])
    try:
        if not (target / RECORDS).is_file():
            _build(target, folders)
    except OSError:
        return None
    return target if (target / RECORDS).is_file() else None


def open_shipped(folders: Iterable[Path] = ()) -> Store:
    """Open the shipped graph and the user's folders from the cache, building it first where needed.

    Where the cache cannot be written (a locked-down computer), the graph is loaded into memory instead.
    """
    folders = tuple(folders)
    built = _built(folders)
    return open_store(built) if built else load_everything(open_store("memory"), folders)


def read_shipped(folders: Iterable[Path] = ()) -> Records:
    """Return the records of the shipped graph and the user's folders, from the export that the cache keeps."""
    folders = tuple(folders)
    built = _built(folders)
    if built is None:
        return read_records(load_everything(open_store("memory"), folders))
    return Records.from_plain(json.loads((built / RECORDS).read_text(encoding="utf-8")))
