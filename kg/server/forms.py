"""What form a query has, told from its first words: how the answer may be written has to be known before it is read.

A scan in one direction that stops at the first word after the prologue, so that no text can keep the server busy; the
workers read the whole of it.
"""

from __future__ import annotations

import re

__all__ = ["form_of"]

_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_PROLOGUE = {"PREFIX", "BASE", "VERSION"}
_SKIPPED = re.compile(r"[\s\ufeff]+|#[^\n\r]*|<[^<>\"{}|^`\\\s]*>|\"[^\"\\\n\r]*\"|'[^'\\\n\r]*'|[^\s:<>#\"'{}()?$*]*:")
_WORD = re.compile(r"[A-Za-z]+")


def form_of(text: str) -> str:
    """Return the form of a query in capitals, "" where its first word is none.

    >>> form_of("PREFIX ask: <http://example.org/select> construct { ?s a ask:x } { ?s ?p ?o } # DESCRIBE")
    'CONSTRUCT'
    """
    place = 0
    while True:
        if skipped := _SKIPPED.match(text, place):
            place = skipped.end()
        elif (word := _WORD.match(text, place)) is None:
            return ""
        elif (found := word[0].upper()) in _PROLOGUE:
            place = word.end()
        else:
            return found if found in _FORMS else ""
