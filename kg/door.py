"""What a query may not ask for: nothing that would reach out of the store."""

from __future__ import annotations

import re

from kg.errors import QueryError

__all__ = ["refuse_outside"]

_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_QUIET = re.compile(
    r'"""(?:\\.|(?!""")[\s\S])*"""'
    r"|'''(?:\\.|(?!''')[\s\S])*'''"
    r'|"(?:\\.|[^"\\\n\r])*"'
    r"|'(?:\\.|[^'\\\n\r])*'"
    r"|<[^<>\"{}|^`\\\s]*>"
    r"|#[^\n\r]*"
)
_SERVICE = re.compile(r"(?<![\w?$:.-])SERVICE(?![\w:-])", re.IGNORECASE)


def refuse_outside(query: str) -> None:
    r"""Raise `QueryError` for a query with SERVICE, which would open a connection to another machine.

    Strings, IRIs and comments do not count; letters written as code points do, since the parser reads them too.

    >>> refuse_outside('SELECT ?s { ?s ?p "SERVICE <x>" } # SERVICE')
    >>> refuse_outside("SELECT * { SERV\\u0049CE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
        ...
    kg.errors.QueryError: SERVICE would reach out to another machine and is refused
    """
    read = _ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), query)
    if _SERVICE.search(_QUIET.sub(" ", read)) or _SERVICE.search(_QUIET.sub(" ", query)):
        raise QueryError("SERVICE would reach out to another machine and is refused")
