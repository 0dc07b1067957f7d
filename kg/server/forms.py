"""What a query text is, told without parsing it: its form, and whether it says what its dataset is."""

from __future__ import annotations

import re

__all__ = ["form_of", "names_a_dataset"]

_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_QUIET = re.compile(
    r'"""(?:\\.|(?!""")[\s\S])*"""'
    r"|'''(?:\\.|(?!''')[\s\S])*'''"
    r'|"(?:\\.|[^"\\\n\r])*"'
    r"|'(?:\\.|[^'\\\n\r])*'"
    r"|<[^<>\"{}|^`\\\s]*>"
    r"|#[^\n\r]*"
    r"|[?$][\w]+|[\w.-]*:[\w.:%-]*"
)
_WORD = re.compile(r"(?<![\w?$:.-])(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:-])", re.IGNORECASE)
_FROM = re.compile(r"(?<![\w?$:.-])FROM(?![\w:-])", re.IGNORECASE)


def _quieted(text: str) -> str:
    """Return the text without strings, IRIs, comments and names, with letters written as code points read."""
    read = _POINT.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), text)
    return _QUIET.sub(" ", read)


def form_of(text: str) -> str:
    """Return the form of a query in capitals, "" where there is none.

    >>> form_of("PREFIX ask: <http://example.org/select> construct { ?s a ask:x } { ?s ?p ?o } # DESCRIBE")
    'CONSTRUCT'
    """
    found = _WORD.search(_quieted(text))
    return found[1].upper() if found else ""


def names_a_dataset(text: str) -> bool:
    """Whether a query says by FROM what its dataset is, so that the union of all graphs is not its default graph."""
    return bool(_FROM.search(_quieted(text)))
