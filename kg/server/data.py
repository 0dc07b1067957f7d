"""The data that is served: a folder that workers open, its key, and what keeps it there as long as it is needed."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path

from kg.errors import LocationError
from kg.store import Store, open_store

__all__ = ["Served", "folder_key", "serve_from"]

_OF_CACHE = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Served:
    """A folder store to serve. Keep the value: as long as it lives the folder is there, `opened` keeps it so."""

    folder: Path
    key: str
    opened: Store | None = None


def folder_key(folder: Path) -> str:
    """Return a key that changes when the store in a folder is written to or replaced.

    An entry of the cache is named by its content, which is the same on every machine; of any other folder the names,
    sizes and times of its files are taken.
    """
    folder = folder.resolve()
    if folder.name == "store" and _OF_CACHE.fullmatch(folder.parent.name):
        return folder.parent.name
    digest = hashlib.sha256(str(folder).encode())
    for path in sorted(folder.glob("*")):
        if path.name.startswith(("CURRENT", "MANIFEST")) or path.suffix in {".sst", ".log"}:
            told = path.stat()
            digest.update(f"\n{path.name} {told.st_size} {told.st_mtime_ns}".encode())
    return digest.hexdigest()[:32]


def serve_from(opened: Store) -> Served:
    """Return the folder of an opened store; one in memory is written to a folder first, which goes with the value.

    Raises `LocationError` for an endpoint: whoever has one needs no second before it.
    """
    if "://" in opened.location:
        raise LocationError("a server answers from a folder, not from another endpoint; make one with: kg load --store")
    if opened.location == "memory":
        home = Path(tempfile.mkdtemp(prefix="forebygg-"))
        folder = home / "store"
        written = open_store(folder, read_only=False)
        written.extend(opened.quads())
        written.close()
        served = Served(folder, folder_key(folder))
        weakref.finalize(served, shutil.rmtree, home, ignore_errors=True)
        return served
    folder = Path(opened.location).resolve()
    return Served(folder, folder_key(folder), opened)
