"""Ask the door and the engine of made-up queries whether SERVICE is there: `python -m bench.fuzz_door [COUNT [SEED]]`.

The engine has no way of saying that it read a SERVICE. So each place where the letters stand is spelt differently, one
at a time: a query that no longer parses had a keyword there, one that still does had a name, a string or a comment.
Every prefix is declared in both spellings.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.door import read_query
from kg.errors import QueryError
from kg.tokens import written_out

__all__ = ["judge", "make_query", "reads_service"]

SPACES: Final = ["", "", " ", " ", " ", "\n", "\t", "\r", "\r\n", "#\n", "# SERVICE :a {\n", "#'\r", '#"""\n']
HOMES: Final = {
    "": "http://127.0.0.1:1/",
    "p": "http://h:",
    "h": "http://e/#",
    "u": "urn:x:",
    "service": "urn:s:",
    "SERVICE": "urn:s:",
    "SERVICEa": "urn:s:",
    "true.SERVICE": "urn:s:",
    "my-service": "urn:s:",
}
NAMES: Final = [
    ":a", ":b.c", ":b.c.d", ":b.c.service", "p:", "p:SERVICE", "p:a", "h:x", r":x\#", r"h:x\#",
    r"p:SERVICE:x\#", "h:SERVICE", ":service", ":SERVICE.SILENT", ":a-service", "service:x", "SERVICE:x",
    "SERVICEa:b", "true.SERVICE:a", "my-service:x", "<urn:a>", "<urn:service>", "<urn:SERVICE:a#>",
    "<SERVICE>", "<urn:x/service#a>", r"<urn:\u0053ERVICE>", ":%41SERVICE",
]  # fmt: skip
VARIABLES: Final = ["?s", "?service", "$SERVICE", "?p", "?o", "?x1"]
LITERALS: Final = [
    '"SERVICE"', "'SERVICE <urn:a> {'", "'''a'SERVICE'''", '"""SERVICE "" {"""', '"""a"', "''", '""',
    r'"\u0022 SERVICE :a {"', r'"\" SERVICE"', '"x"@service', '"x"@en-SERVICE', '"x"^^:service', "1", "1.",
    ".5", "1e5", "2.5E-3", "true", "false", "-1", "'b>'", "'#'", "[]", "()", "_:service", "_:b.SERVICE",
]  # fmt: skip
HIDDEN: Final = [
    "1<2)SERVICE:a#>\n{} FILTER(1", "1<=2)SERVICE?x#>\n{} FILTER(1", "'a'<'b>')SERVICE:a{} FILTER('c'='d'",
    "?s<?o)SERVICEa:b#'>\r{} FILTER('a'", "1<?x#SERVICE:a{>\n", "1<2)SERVICE SILENT:a#>\n{} FILTER(1",
    "?s IN('''>''','1'))SERVICE:a#'>'\n{} FILTER(1", "1<'SERVICE:a{}#'", "1<2)GRAPH:a#>\n{} FILTER(1",
]  # fmt: skip
_LETTERS: Final = re.compile("service", re.IGNORECASE)


class _Maker:
    """Makes queries by the grammar, with the spaces left to chance."""

    def __init__(self, chance: random.Random, *, apart: bool) -> None:
        self._chance, self._apart = chance, apart

    def query(self) -> str:
        pick = self._chance
        head = [f"PREFIX {name}: <{iri}>" for name, iri in HOMES.items() if pick.random() < 0.85]
        head += [_LETTERS.sub("SERVICX", each) for each in head if _LETTERS.search(each)]
        text = "\n".join(head) + " SELECT * WHERE " + self._join(self.group(3))
        for _ in range(0 if self._apart else pick.choice([0, 0, 0, 1, 2])):
            place = pick.randrange(len("\n".join(head)) + 8, len(text))
            text = (
                text[:place]
                + pick.choice(["", *"<>'\"#.:{}()a?", "SERVICE", "\\"])
                + text[place + pick.choice([0, 1]) :]
            )
        return text

    def _join(self, tokens: Iterator[str]) -> str:
        spaces = [each for each in SPACES if each[:1].isspace()] if self._apart else SPACES
        return "".join(token + self._chance.choice(spaces) for token in tokens)

    def group(self, depth: int) -> Iterator[str]:
        yield "{"
        for _ in range(self._chance.randint(0, 3)):
            yield from self.pattern(depth)
        yield "}"

    def pattern(self, depth: int) -> Iterator[str]:
        kind = self._chance.randrange(11) if depth else 0
        if kind < 3:
            yield from (
                self.subject(),
                self._chance.choice(["a", self.name(), ":p", ":p*", "^:a/:b", "!(:a|^:b)", "?p"]),
                self.value(),
            )
            yield self._chance.choice([".", ".", "; :p 1 ."] if self._apart else [".", ".", ".", "", "; :p 1 ."])
        elif kind == 3:
            yield from ("FILTER", "(", *self.expression(depth), ")")
        elif kind == 4:
            yield from ("BIND", "(", *self.expression(depth), "AS", f"?v{self._chance.randrange(10**6)}", ")")
        elif kind == 5:
            yield from (
                "VALUES",
                self._chance.choice(VARIABLES),
                "{",
                self._chance.choice([self.name(), "1", "UNDEF", "'SERVICE'"]),
                "}",
            )
        elif kind == 6:
            yield from (
                self._chance.choice(["OPTIONAL", "MINUS", "FILTER EXISTS", "FILTER NOT EXISTS", "", "LATERAL"]),
                *self.group(depth - 1),
            )
        elif kind == 7:
            yield from ("GRAPH", self.target(), *self.group(depth - 1))
        elif kind == 8:
            yield from (*self.group(depth - 1), "UNION", *self.group(depth - 1))
        elif kind == 9:
            yield from ("{", "SELECT", "*", *self.group(depth - 1), "}")
        else:
            word = self._chance.choice(
                ["SERVICE", "service", "SeRvIcE", "SERVICE SILENT", "SERVICESILENT", r"SERV\u0049CE"]
            )
            yield from (word, self.target(), *self.group(depth - 1))

    def expression(self, depth: int) -> Iterator[str]:
        if not self._apart and self._chance.random() < 0.25:
            yield self._chance.choice(HIDDEN)
            return
        yield self.value()
        if self._chance.random() < 0.7:
            yield self._chance.choice(["<", ">", "<=", "=", "!=", "&&", "||", "+", "-", "*", "/", "IN("])
            yield self.value()
        if depth and self._chance.random() < 0.2:
            yield from ("&&", "EXISTS", *self.group(depth - 1))

    def name(self) -> str:
        return self._chance.choice(NAMES)

    def target(self) -> str:
        return self._chance.choice([*NAMES, *VARIABLES])

    def subject(self) -> str:
        return self._chance.choice([*NAMES, *VARIABLES, "[]", "_:b", "(1 2)"])

    def value(self) -> str:
        return self._chance.choice(
            [self._chance.choice(NAMES), self._chance.choice(VARIABLES), self._chance.choice(LITERALS)]
        )


def make_query(chance: random.Random, *, apart: bool = False) -> str:
    """Return a made-up query, one in three of which parses; `apart` puts a space between all tokens."""
    return _Maker(chance, apart=apart).query()


def _parses(text: str) -> bool:
    try:
        ox.Store().query(text)  # a SELECT is not begun before its first row is asked for
    except SyntaxError:
        return False
    except RuntimeError:  # it calls a function that the engine lacks
        return True
    return True


def reads_service(text: str) -> bool | None:
    """Return whether the engine reads SERVICE somewhere in the text, None where it cannot read the text at all."""
    if not _parses(text):
        return None
    places = [found.span() for found in _LETTERS.finditer(text, text.find("SELECT"))]
    return any(not _parses(f"{text[:start]}SERVICX{text[end:]}") for start, end in places)


def judge(text: str) -> str:
    """Return "no query", "let in", "refused", "missed" (the worst), or why one without SERVICE was refused.

    What only another engine would read, which writes code points out before it parses, is refused too.
    """
    read = reads_service(text)
    if read is None:
        return "no query"
    try:
        read_query(text)
    except QueryError as error:
        if read:
            return "refused"
        return "refused for what its code points write" if written_out(text) != text else str(error)
    return "missed" if read else "let in"


def main(arguments: list[str]) -> int:
    """Print how many were judged how; fail where one was missed."""
    count, seed = int((arguments or ["100000"])[0]), int((arguments[1:] or ["1"])[0])
    chance, counts, first = random.Random(seed), Counter[str](), dict[str, str]()
    for _ in range(count):
        text = make_query(chance)
        verdict = re.sub(r" at line.*", "", judge(text))
        counts[verdict] += 1
        first.setdefault(verdict, text)
    for verdict, found in counts.most_common():
        print(f"{found:>9,} {verdict}")
        if verdict not in {"let in", "refused", "no query"} and "code points" not in verdict:
            print(f"          first: {first[verdict]!r}")
    return int(counts["missed"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
