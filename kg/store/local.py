"""Triples in memory or in a folder of this machine: pyoxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError, LocationError, QueryError
from kg.store.files import format_of, home_of, read_content, read_quads

__all__ = ["ENGINE", "Local", "open_folder"]

ENGINE = f"pyoxigraph {ox.__version__}"
"""The engine and its version; a folder store is only sure to open with the one that wrote it."""


class Local:
    """A pyoxigraph store, in memory or in a folder."""

    def __init__(self, inner: ox.Store | None = None) -> None:
        self._inner = ox.Store() if inner is None else inner

    def __len__(self) -> int:
        return len(self._inner)

    def answer(self, query: str, *, named: bool = False) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer a query over the union of the graphs, or, where they are `named`, over those of its FROM."""
        return self._inner.query(query, use_default_graph_as_union=not named)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Raise `QueryError` for what pyoxigraph says of a query within."""
        try:
            yield
        except SyntaxError as error:
            raise QueryError(f"the query does not parse: {_short(error.msg or str(error))}") from error
        except (ValueError, RuntimeError) as error:
            if isinstance(error, QueryError):
                raise
            raise QueryError(f"the query cannot be answered: {error}") from error

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every quad, in no order."""
        return iter(self._inner)

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads, all or none."""
        self._inner.bulk_extend(quads)

    def fill(self, paths: Iterable[Path], *, graph: str = "") -> int:
        """Load files into a store that is empty, all or none, and return how many quads they hold.

        The engine reads the text itself, which is nearly as fast as it can be. Raises what `read_quads` raises.
        """
        contents = [(path, format_of(path), read_content(path)) for path in paths]
        for path, rdf_format, content in contents:
            try:
                self._inner.bulk_load(input=content, format=rdf_format, to_graph=home_of(path, graph))
            except (SyntaxError, ValueError) as error:
                self._inner.clear()
                read_quads(path, graph=graph)
                raise DataError(str(error), file=path) from error
        return len(self._inner)

    def close(self) -> None:
        """Write what is pending and let go of the folder."""
        self._inner.flush()
        self._inner.optimize()
        del self._inner


def open_folder(folder: Path, *, read_only: bool) -> Local:
    """Open the store in a folder; raises `LocationError` where it holds none or cannot be opened."""
    if read_only and not (folder / "CURRENT").is_file():
        what = "is a file, not a folder" if folder.is_file() else "holds no store"
        raise LocationError(f"{folder} {what}; make one with: kg load FILES --store {folder}")
    try:
        return Local(ox.Store.read_only(str(folder)) if read_only else ox.Store(str(folder)))
    except (OSError, ValueError, RuntimeError) as error:
        raise LocationError(f"cannot open the store in {folder}: {error}") from error


def _short(message: str, limit: int = 160) -> str:
    """Return the message in one line of bounded length; a parser may name every letter that it would have taken."""
    line = " ".join(message.split())
    return line if len(line) <= limit else f"{line[:limit]} …"
