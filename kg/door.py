"""What a query may ask: to be read in one way, to stay inside the store, and to be of a size that a parser bears."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin

from kg.errors import QueryError
from kg.tokens import Token, Unreadable, ends_value, other_starts, token_at, unescaped, unreadable, written_out

__all__ = ["BOUNDS", "FORMS", "Asked", "Bounds", "read_query", "refuse_outside"]

FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"))
_OUTSIDE: Final = "SERVICE would reach out to another machine and is refused"
_TWO_WAYS: Final = "the query can be read in two ways; write a space after FROM, after < and before #"
_TARGETS: Final = frozenset(("IRI", "NAME", "VARIABLE"))
_WHOLE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_PATHED: Final = ("http://", "https://", "file://")
_ESCAPE: Final = re.compile(r"\\(.)")
_WORK: Final = 50_000_000
_LONGEST_IRI: Final = 1_000
_SHORT: Final = 20_000


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large a text may be: its letters, how deep its brackets nest, and how many steps it has.

    A step is a keyword, an operator, a full stop, a semicolon or an opening bracket; values in VALUES are none. On a
    stack of 2 MB pyoxigraph 0.5.13 dies of 204 nested EXISTS or 637 BIND in a row, and takes the process with it.
    """

    characters: int = 1_000_000
    depth: int = 64
    steps: int = 1_200


BOUNDS: Final = Bounds()
"""What holds where nobody says otherwise; the largest query that is shipped has some 800 steps and a depth of 9."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a text asks: its form (`SELECT`, `ASK`, `CONSTRUCT`, `DESCRIBE`) and the graphs of its FROM clauses."""

    form: str
    graphs: tuple[str, ...]


def refuse_outside(query: str, graphs: Callable[[], Container[str]] | None = None, *, bounds: Bounds = BOUNDS) -> Asked:
    """Return what a query asks, or raise `QueryError` for one that would reach out, change anything or is too large.

    `graphs` gives the IRIs of the graphs that are loaded, and is only called where the query has FROM: any other graph
    is refused, since an engine may fetch it, or answer as if it were empty.
    """
    asked = _read(query, bounds)
    if asked.graphs and graphs is not None:
        loaded = graphs()
        for iri in asked.graphs:
            if iri not in loaded:
                raise QueryError(
                    f"the graph <{iri}> is not loaded; kg query 'SELECT DISTINCT ?g {{ GRAPH ?g {{ }} }}' lists them"
                )
    return asked


def read_query(query: str, *, bounds: Bounds = BOUNDS) -> Asked:
    r"""Return what a query asks; raises `QueryError` for SERVICE, updates, and what is too large or no SPARQL.

    Strings, IRIs, names and comments do not count. Letters written as code points do, as some engines read them; and so
    does SERVICE in any other way that a reader may take the text, such as `SERVICE:a` without a space.

    >>> read_query('SELECT ?service FROM <urn:g> { ?s :service "SERVICE <x>" } # SERVICE')
    Asked(form='SELECT', graphs=('urn:g',))
    >>> read_query("SELECT * { SERV\\u0049CE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
        ...
    kg.errors.QueryError: SERVICE would reach out to another machine and is refused
    """
    return _read(query, bounds)


def _read(query: str, bounds: Bounds) -> Asked:
    if len(query) > bounds.characters:
        raise QueryError(f"the query has {len(query)} letters; the limit is {bounds.characters}")
    return _remembered(query, bounds) if len(query) <= _SHORT else _read_anew(query, bounds)


def _read_anew(query: str, bounds: Bounds) -> Asked:
    written = written_out(query)
    try:
        asked = _Reading(query, bounds).read()
    except Unreadable:
        if written != query:
            _Reading(written, bounds).read()  # what an engine that writes code points out first would be asked
        raise
    if written == query:
        return asked
    with suppress(Unreadable):  # then an engine that writes code points out first cannot read it at all
        graphs = (*asked.graphs, *_Reading(written, bounds).read().graphs)
        return Asked(asked.form, tuple(dict.fromkeys(graphs)))
    return asked


_remembered = lru_cache(maxsize=256)(_read_anew)


@dataclass(slots=True)
class _Way:
    """One way of reading a text: where it is, the token before, what is open there, and whether it may be in VALUES."""

    place: int
    before: Token | None = None
    braces: int = 0
    nested: int = 0
    data: str = ""  # "VALUES" from the keyword to its brace, "{" within

    def pass_by(self, token: Token) -> None:
        """Go on to after a token."""
        if token.kind == "SIGN":
            self.nested += (token.text in "{([") - (token.text in "})]")
            self.braces += (token.text == "{") - (token.text == "}")
            if token.text == "{" and self.data:
                self.data = "{"
            elif token.text == "}":
                self.data = ""
        elif token.kind == "WORD" and token.upper.endswith("VALUES"):
            self.data = "VALUES"
        self.before, self.place = token, token.end

    def state(self, token: Token) -> tuple[int, bool, str, str, bool]:
        """Return what decides how a reader goes on from a token."""
        lead = self.before.upper if self.before and self.before.kind == "WORD" else ""
        return token.start, ends_value(self.before), lead, self.data, self.braces > 0


class _Reading:
    """A text, read by its longest tokens and in every other way that a reader may take it."""

    def __init__(self, text: str, bounds: Bounds) -> None:
        self._text, self._bounds = text, bounds
        self._spaces: dict[str, str] = {}
        self._home = ""
        self._graphs: list[str] = []
        self._seen: set[tuple[int, bool, str, str, bool]] = set()
        self._others: list[_Way] = []
        self._steps = self._work = self._hidden = 0

    def read(self) -> Asked:
        """Return what the text asks; raises `Unreadable` for what is no query and `QueryError` for what is refused."""
        place = self._prologue()
        first = token_at(self._text, place)
        form = next((each for each in FORMS if first.upper.startswith(each)), "")
        if not form:
            _refuse_update(first)
            raise unreadable(self._text, first.start, f"one of {', '.join(FORMS)}")
        self._read_longest(_Way(place), form)
        while self._others:
            with suppress(Unreadable):
                self._read_otherwise(self._others.pop())
        return Asked(form, tuple(self._graphs))

    def _prologue(self) -> int:
        """Return where the declarations end, having kept the prefixes."""
        place = 0
        while True:
            token = token_at(self._text, place)
            if token.kind != "WORD" or token.upper not in {"PREFIX", "BASE", "VERSION"}:
                return place
            if token.upper == "PREFIX":
                name = self._expect(token.end, "NAME", "a prefix with a colon")
                if name.text != f"{name.prefix}:":
                    raise unreadable(self._text, name.start, "a prefix with a colon")
                iri = self._expect(name.end, "IRI", "an IRI")
                self._spaces[name.prefix] = self._whole(iri)
            elif token.upper == "BASE":
                iri = self._expect(token.end, "IRI", "an IRI")
                self._home = self._whole(iri)
            else:
                iri = self._expect(token.end, "STRING", "a version")
            place = iri.end

    def _whole(self, iri: Token) -> str:
        """Return the IRI of a token, beside the BASE where it is not whole and its BASE is one that has paths."""
        text = unescaped(iri.text)
        if _WHOLE.match(text) or not self._home.startswith(_PATHED):
            return text
        joined = urljoin(self._home, text)
        return joined + "#" if text.endswith("#") and not joined.endswith("#") else joined

    def _expect(self, place: int, kind: str, what: str) -> Token:
        token = token_at(self._text, place)
        if token.kind != kind:
            raise unreadable(self._text, token.start, what)
        return token

    def _read_longest(self, way: _Way, form: str) -> None:
        """Read by the longest tokens, as the specification has it."""
        while (token := token_at(self._text, way.place)).kind != "END":
            self._seen.add(way.state(token))
            self._take(way, token)
            if token.kind == "WORD":
                if "SERVICE" in token.upper:
                    raise QueryError(_OUTSIDE)
                if not token.text.isascii():
                    raise unreadable(self._text, token.start, "a keyword or a name")
                _refuse_update(token)
                if not way.braces and token.upper.endswith("FROM"):
                    self._graphs.append(self._graph(token))
            elif token.kind == "NAME":
                self._refuse_name(way, token, form)
            elif token.text == ";" and not way.nested:
                raise unreadable(self._text, token.start, "one query and no more")
            self._steps += way.data != "{" and _is_step(token)
            way.pass_by(token)
            if way.nested > self._bounds.depth:
                raise QueryError(f"the brackets of the query nest deeper than {self._bounds.depth}")
            if self._steps > self._bounds.steps:
                raise QueryError(f"the query has more than {self._bounds.steps} steps; ask it in parts, or use VALUES")

    def _read_otherwise(self, way: _Way) -> None:
        """Read on in another way, until it joins one that was read; raises `Unreadable` where it ends."""
        while True:
            token = token_at(self._text, way.place)
            self._work += token.end - way.place
            self._hidden += token.text in {"(", "[", "{"}
            if self._work > _WORK or self._hidden > self._bounds.depth:
                raise QueryError(_TWO_WAYS)
            if token.kind == "END" or (state := way.state(token)) in self._seen:
                return
            self._seen.add(state)
            self._take(way, token)
            if token.kind == "WORD":
                self._refuse_hidden(way, token)
            elif token.kind == "NAME":
                self._refuse_name(way, token, "")
            way.pass_by(token)

    def _take(self, way: _Way, token: Token) -> None:
        """Remember where others who read this token would go on; nobody reads values in VALUES in two ways."""
        if way.data == "{":
            return
        if token.kind == "IRI" and len(token.text) > _LONGEST_IRI:
            raise QueryError(f"an IRI of {len(token.text)} letters; the limit is {_LONGEST_IRI}")
        for start in other_starts(token, way.before, spaces=self._spaces):
            self._others.append(replace(way, place=start, before=token))

    def _refuse_name(self, way: _Way, token: Token, form: str) -> None:
        """Refuse a name that some read as a keyword and a name, where a keyword may stand."""
        upper, before = token.prefix.upper(), way.before.upper if way.before else ""
        if "SERVICE" in upper and (way.braces or not form) and before != "GRAPH":
            if token_at(self._text, token.end).text == "{":
                raise QueryError(_OUTSIDE)
        elif "FROM" in upper and not way.braces and not before.endswith(("FROM", "NAMED")):
            called = token_at(self._text, token.end).text == "("
            if not called and not (form == "DESCRIBE" and token.prefix in self._spaces):
                raise QueryError(_TWO_WAYS)

    def _refuse_hidden(self, way: _Way, token: Token) -> None:
        """Refuse a clause that only stands there when the text is read in another way than by its longest tokens."""
        following = token_at(self._text, token.end)
        if "SERVICE" in token.upper:
            if following.upper == "SILENT":
                following = token_at(self._text, following.end)
            if following.kind in _TARGETS and token_at(self._text, following.end).text == "{":
                raise QueryError(_OUTSIDE)
        elif not way.braces and token.upper.endswith("FROM"):
            if following.upper == "NAMED":
                following = token_at(self._text, following.end)
            if following.kind in {"IRI", "NAME"}:
                raise QueryError(_TWO_WAYS)

    def _graph(self, token: Token) -> str:
        """Return the IRI of the graph that FROM names."""
        named = token_at(self._text, token.end)
        if named.upper == "NAMED":
            named = token_at(self._text, named.end)
        if named.kind == "IRI":
            iri = self._whole(named)
        elif named.kind == "NAME" and named.prefix in self._spaces:
            local = named.text[len(named.prefix) + 1 :]
            iri = self._spaces[named.prefix] + _ESCAPE.sub(r"\1", local)
        else:
            raise unreadable(self._text, named.start, "the IRI of a graph")
        if not _WHOLE.match(iri):
            raise unreadable(self._text, named.start, "the whole IRI of a graph")
        return iri


def _is_step(token: Token) -> bool:
    return token.kind == "WORD" or (token.kind == "SIGN" and token.text not in ",)]}")


def _refuse_update(token: Token) -> None:
    if token.upper in _UPDATES:
        raise QueryError(f"{token.upper} would change the graph and is refused; a query is {', '.join(FORMS)}")
