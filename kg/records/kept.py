"""Records in files: the named things whole, the claims of each source read when they are first asked for.

`named.json` holds every named thing and where in `claims.jsonl` the claims of each source stand, one source a line.
A command on one report of a whole country then reads one line and not nine hundred.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from kg.errors import LocationError
from kg.garbage import uncollected
from kg.namespaces import RDF
from kg.records.record import Record

__all__ = ["CLAIMS", "NAMED", "KeptClaims", "read_kept", "write_kept"]

NAMED, CLAIMS = "named.json", "claims.jsonl"

Plain = list[Any]
Claims = Mapping[str, Mapping[str, Record]]


class KeptClaims(Mapping[str, Mapping[str, Record]]):
    """The claims of each source in a file; those of a source are read when they are first asked for, and stay.

    Raises `LocationError` where the file is gone when it is needed.
    """

    def __init__(self, path: Path, places: Mapping[str, tuple[int, int, list[str]]]) -> None:
        self._path, self._places = path, places
        self._read: dict[str, Mapping[str, Record]] = {}

    def __getitem__(self, source: str) -> Mapping[str, Record]:
        known = self._read.get(source)
        if known is None:
            start, length, _ = self._places[source]
            known = self._read[source] = self._line(source, start, length)
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, source: object) -> bool:
        return source in self._places

    def classes(self, source: str) -> frozenset[str]:
        """Return the classes of the claims that a source makes, without reading them."""
        return frozenset(self._places[source][2]) if source in self._places else frozenset()

    def _line(self, source: str, start: int, length: int) -> Mapping[str, Record]:
        try:
            with self._path.open("rb") as stream:
                stream.seek(start)
                content = stream.read(length)
        except OSError as error:
            raise LocationError(f"cannot read {self._path}: {error.strerror}; run the command again") from error
        with uncollected():
            return {iri: Record(iri, source, *each) for iri, each in json.loads(content).items()}


def write_kept(folder: Path, named: Mapping[str, Record], claims: Claims) -> None:
    """Write records into a folder; they are on the disk when this returns."""
    places: dict[str, tuple[int, int, list[str]]] = {}
    start = 0
    with (folder / CLAIMS).open("wb") as stream:
        for source, found in claims.items():
            line = _encoded(_plain(found.values()))
            classes = sorted({name for each in found.values() for name in each.all(RDF.type)})
            places[source] = start, len(line), classes
            start += stream.write(line + b"\n")
        _settle(stream.fileno())
    with (folder / NAMED).open("wb") as stream:
        stream.write(_encoded({"named": _plain(named.values()), "claims": places}))
        _settle(stream.fileno())


def read_kept(folder: Path) -> tuple[dict[str, Record], KeptClaims]:
    """Return the named things, and the claims to be read when they are asked for; raises `OSError` or `ValueError`."""
    with uncollected():
        plain = json.loads((folder / NAMED).read_bytes())
        named = {iri: Record(iri, "", *each) for iri, each in cast("dict[str, Plain]", plain["named"]).items()}
    return named, KeptClaims(folder / CLAIMS, plain["claims"])


def _plain(records: Iterable[Record]) -> dict[str, Plain]:
    return {each.iri: [each.values, each.texts] for each in records}


def _encoded(plain: object) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _settle(file: int) -> None:
    os.fsync(file)
