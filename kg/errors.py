"""The errors a caller can act on; each names its exit code and has a heading in `docs/errors.md`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = [
    "DataError",
    "EndpointError",
    "KgError",
    "LocationError",
    "MissingExtra",
    "QueryError",
    "UnknownName",
    "needing",
]


class KgError(Exception):
    """Base of all errors that the command turns into one line on stderr."""

    exit_code = 2


class DataError(KgError, ValueError):
    """A file of triples, norms or terms that cannot be read or breaks the vocabulary.

    >>> str(DataError("unexpected end", file=Path("a.trig"), line=3))
    'a.trig, line 3: unexpected end'
    """

    def __init__(self, message: str, *, file: Path | str | None = None, line: int | None = None) -> None:
        self.file = None if file is None else Path(file)
        self.line = line
        where = "" if file is None else f"{file}, line {line}: " if line else f"{file}: "
        super().__init__(where + message)


class QueryError(KgError, ValueError):
    """A SPARQL text that does not parse, or a parameter that does not fit it."""


class UnknownName(KgError, LookupError):
    """A municipality, report, forum, query or finding that does not exist; suggests near ones."""

    def __init__(self, kind: str, name: str, near: tuple[str, ...] = (), *, hint: str = "") -> None:
        self.kind, self.name, self.near, self.hint = kind, name, near, hint
        text = f"unknown {kind}: {name!r}."
        if near:
            text += f" Did you mean {', '.join(near)}?"
        if hint:
            text += f" {hint}"
        super().__init__(text)


class LocationError(KgError, OSError):
    """A file or folder that cannot be read or written."""

    exit_code = 4


class EndpointError(LocationError):
    """A SPARQL endpoint that cannot be reached, or an answer of one that is not whole or cannot be trusted."""


class MissingExtra(KgError, ImportError):
    """An optional dependency that is not installed.

    >>> str(MissingExtra("validate"))
    'this needs an optional part: pip install "forebygg[validate]"'
    """

    exit_code = 3

    def __init__(self, extra: str) -> None:
        self.extra = extra
        super().__init__(f'this needs an optional part: pip install "forebygg[{extra}]"')


@contextmanager
def needing(extra: str) -> Iterator[None]:
    """Raise `MissingExtra` where an import within fails, save of what is ours: that is never optional.

    >>> with needing("excel"):
    ...     import no_such_library
    Traceback (most recent call last):
    kg.errors.MissingExtra: this needs an optional part: pip install "forebygg[excel]"
    >>> with needing("excel"):
    ...     import kg.no_such_module
    Traceback (most recent call last):
    ModuleNotFoundError: No module named 'kg.no_such_module'
    """
    try:
        yield
    except ImportError as error:
        if isinstance(error, MissingExtra) or (error.name or "").partition(".")[0] == "kg":
            raise
        raise MissingExtra(extra) from error
