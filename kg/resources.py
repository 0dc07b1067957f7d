"""What is shipped with the package: ontology, triples and queries, found installed or beside a checkout."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.errors import LocationError

__all__ = [
    "data_files",
    "files_of_triples",
    "norm_files",
    "ontology_dir",
    "ontology_files",
    "queries_dir",
    "schemas_dir",
    "triples_dir",
]

SUFFIXES = frozenset({".trig", ".ttl", ".nq", ".nt", ".rdf", ".jsonld"})
"""How the names of files with triples end."""

_PACKAGE = Path(__file__).resolve().parent


def _shipped(inside: str, beside: str) -> Path:
    """Return the folder inside the package, or, in an editable install, beside it."""
    folder = _PACKAGE / inside
    return folder if folder.is_dir() else _PACKAGE.parent / beside


def ontology_dir() -> Path:
    """Return the folder with vocabulary, terms, norms and shapes."""
    return _shipped("ontology", "ontology")


def triples_dir() -> Path:
    """Return the folder with registers and sources."""
    return _shipped("triples", "data/triples")


def queries_dir() -> Path:
    """Return the folder with the named queries."""
    return _PACKAGE / "queries"


def schemas_dir() -> Path:
    """Return the folder with the JSON schemas and the JSON-LD context."""
    return _PACKAGE / "schemas"


def ontology_files() -> list[Path]:
    """Return vocabulary and term schemes, sorted; norms are data and not among them."""
    root = ontology_dir()
    return [root / "forebygg.ttl", *sorted((root / "terms").glob("*.ttl"))]


def norm_files() -> list[Path]:
    """Return the files of norms, sorted."""
    return sorted((ontology_dir() / "norms").glob("*.ttl"))


def files_of_triples(folder: Path) -> list[Path]:
    """Return the files of triples in a folder and those below it, sorted."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())


def data_files(folders: Iterable[Path] = ()) -> list[Path]:
    """Return the files of triples in the shipped graph and in `folders`, sorted within each.

    The shipped graph is TriG; a folder of the user's may hold any format that is read. Raises `LocationError` for a
    folder without triples.
    """
    found = sorted(triples_dir().rglob("*.trig"))
    for root in folders:
        here = files_of_triples(root)
        if not here:
            raise LocationError(f"{root} holds no triples; expected files ending in {', '.join(sorted(SUFFIXES))}")
        found.extend(here)
    return found
