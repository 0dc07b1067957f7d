r"""The tokens of SPARQL 1.1, with every place where two readers may part ways.

The specification takes the longest token, and writes code points (`\u0041`) out first. Oxigraph has no tokens: it tries
what its grammar would like next, so that `SERVICE:a` is a keyword and a name to it, `p:b.c.SERVICE` a name, a full stop
and a keyword, and `1<2)SERVICE:a#>` no IRI but a comparison, a bracket, a keyword, a name and a comment. What must not
be missed is to be sought in every reading; `other_starts` says where the others begin.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from kg.errors import QueryError

__all__ = ["Token", "Unreadable", "ends_value", "other_starts", "token_at", "unescaped", "unreadable", "written_out"]

_OTHERS: Final = r"\x00-,./;-@\[-^`{-\x7f"
_NAME: Final = rf"[^{_OTHERS}:\-]"
_NAME_DASH: Final = rf"[^{_OTHERS}:]"
_NAME_COLON: Final = rf"[^{_OTHERS}\-]"
_NAME_BOTH: Final = rf"[^{_OTHERS}]"
"""Letters, digits, the low line and all beyond ASCII; by what they are not, which compiles twenty times as fast."""
_LETTER: Final = rf"[^{_OTHERS}:\-0-9_]"
_LETTER_LINE: Final = rf"[^{_OTHERS}:\-0-9]"
_CODE: Final = r"\\u(?![dD][89a-fA-F])[0-9A-Fa-f]{4}|\\U000(?!0[dD][89a-fA-F])[0-9A-Fa-f]{5}|\\U0010[0-9A-Fa-f]{4}"
_CHARACTER: Final = rf"\\[tbnrf\\\"']|{_CODE}"
_PLX: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PART: Final = rf"(?:{_NAME_BOTH}|{_PLX})"
_LOCAL: Final = rf"(?:{_NAME_COLON}|{_PLX}){_PART}*+(?:\.++{_PART}++)"

_TOKEN: Final = re.compile(
    rf"""(?:[ \t\r\n]++|\#[^\r\n]*+)*+(?:
    (?P<IRI><(?:[^\x00-\x20<>"{{}}|^`\\]|{_CODE})*+>)
    |(?P<STRING>\"\"\"(?:[^"\\]++|"(?!"")|{_CHARACTER})*+\"\"\"
        |'''(?:[^'\\]++|'(?!'')|{_CHARACTER})*+'''
        |"(?:[^"\\\r\n]++|{_CHARACTER})*+"
        |'(?:[^'\\\r\n]++|{_CHARACTER})*+')
    |(?P<VARIABLE>[?$]{_NAME}++)
    |(?P<BLANK>_:{_NAME}{_NAME_DASH}*+(?:\.++{_NAME_DASH}++)*+)
    |(?P<NAME>(?:{_LETTER}{_NAME_DASH}*+(?:\.++{_NAME_DASH}++)*+)?:(?:{_LOCAL}*+)?)
    |(?P<WORD>{_LETTER_LINE}{_NAME}*+)
    |(?P<LANGUAGE>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?)
    |(?P<NUMBER>(?:[0-9]++\.[0-9]*+|\.[0-9]++|[0-9]++)[eE][+\-]?[0-9]++|[0-9]*+\.[0-9]++|[0-9]++)
    |(?P<SIGN>[{{}}()\[\].,;*/+\-|&!^=<>?~])
    |(?P<END>\Z)
    )""",
    re.VERBOSE,
)
_SPACE: Final = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")
_SHORT_LOCAL: Final = re.compile(rf"{_LOCAL}?")
_ESCAPED: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_WHOLE_SPACE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:(?!//)|[A-Za-z][A-Za-z0-9+.\-]*://[^/?#]*[/?#]")
_PLAIN_LOCAL: Final = re.compile(r"[^\\\ufff0-\U0010ffff]*")


class Unreadable(QueryError):
    """A text that is no SPARQL, whoever reads it."""


class Token(NamedTuple):
    """A token: its kind (IRI, STRING, VARIABLE, BLANK, NAME, WORD, LANGUAGE, NUMBER, SIGN, END), text and place."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The place after its last letter."""
        return self.start + len(self.text)

    @property
    def upper(self) -> str:
        """Its text in capitals, as keywords are compared."""
        return self.text.upper()

    @property
    def prefix(self) -> str:
        """What a NAME has before its first colon, and other tokens as a whole."""
        return self.text.partition(":")[0]


def token_at(text: str, place: int) -> Token:
    r"""Return the token at or after a place, over space and comments; raises `Unreadable` where none begins there.

    >>> token_at("  # SERVICE\n  p:b.c.d. ?o", 0)
    Token(kind='NAME', text='p:b.c.d', start=14)
    """
    found = _TOKEN.match(text, place)
    if found is None or found.lastgroup is None:
        raise unreadable(text, _start_of(text, place))
    return Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup))


def unreadable(text: str, place: int, expected: str = "") -> Unreadable:
    """Return the error for a text that cannot be read from a place on: line, column, what stands there."""
    before = text[:place]
    where = f"line {before.count(chr(10)) + 1}, column {place - before.rfind(chr(10))}"
    found = repr(text[place : place + 20]) if place < len(text) else "its end"
    return Unreadable(f"the query does not parse at {where}: {found}" + (f"; expected {expected}" if expected else ""))


def other_starts(token: Token, before: Token | None, *, spaces: Mapping[str, str]) -> tuple[int, ...]:
    """Return where a reader who does not take this token whole may go on.

    `before` is the token before it, `spaces` the IRIs of the prefixes. An IRI may be a comparison after a value, if it
    hides a comment or a string. A name may end at its second full stop, or at its colon where prefix and name together
    are perhaps no IRI.
    """
    if token.kind == "IRI":
        hides = "#" in token.text or "'" in token.text
        return (token.start + 1,) if hides and ends_value(before) else ()
    if token.kind != "NAME":
        return ()
    colon = token.start + len(token.prefix) + 1
    local = token.text[len(token.prefix) + 1 :]
    starts = []
    short = _SHORT_LOCAL.match(local)
    if short and short.end() < len(local):
        starts.append(colon + short.end())
    if local and not (_WHOLE_SPACE.match(spaces.get(token.prefix, "")) and _PLAIN_LOCAL.fullmatch(local)):
        starts.append(colon)
    return tuple(starts)


def ends_value(token: Token | None) -> bool:
    """Whether a value may end with this token, so that a comparison may follow."""
    if token is None:
        return False
    if token.kind == "WORD":
        return token.upper.endswith(("TRUE", "FALSE"))
    return token.text in ")]}" if token.kind == "SIGN" else True


def unescaped(iri: str) -> str:
    r"""Return the text of an IRI token without its brackets, code points written out.

    >>> unescaped(r"<https://example.org/\u0061>")
    'https://example.org/a'
    """
    return written_out(iri[1:-1])


def written_out(text: str) -> str:
    """Return the text with its code points written out, as the specification has it before anything is read."""
    return _ESCAPED.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return found[0] if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code)


def _start_of(text: str, place: int) -> int:
    space = _SPACE.match(text, place)
    return space.end() if space else place
