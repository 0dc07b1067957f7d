"""Where things stand on the server: an IRI of the graph, the page about it and its data have the same path.

`https://w3id.org/forebygg/id/forum/0780/bra` is answered at `/id/forum/0780/bra` with 303: to
`/sida/forum/0780/bra` for people, to `/data/forum/0780/bra.ttl` for programs. Terms keep their first word:
`/sida/spec/Forum`.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from kg.namespaces import BASE

__all__ = ["NAMESPACED", "SUFFIXES", "data_of", "iri_of", "is_ours", "local_of", "page_of"]

NAMESPACED = ("def", "profile", "res", "spec")
"""The first words of IRIs that a page keeps; all other things are under `id/`."""

SUFFIXES = {"ttl": "turtle", "nt": "ntriples", "jsonld": "jsonld"}
"""How the address of data ends, and what it is written as."""

_PATH = re.compile(r"[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*")


def is_ours(iri: str) -> bool:
    """Whether an IRI is one of the graph's own, which a page can tell about."""
    tail = iri.removeprefix(BASE)
    return tail != iri and tail.partition("/")[0] in {"id", *NAMESPACED} and _PATH.fullmatch(tail) is not None


def local_of(iri: str) -> str:
    """Return the path of one of the graph's own IRIs on the server, at which it is looked up."""
    return f"/{quote(iri.removeprefix(BASE))}"


def _short(iri: str) -> str:
    return quote(iri.removeprefix(BASE).removeprefix("id/"))


def page_of(iri: str) -> str:
    """Return the path of the page about a thing.

    >>> page_of("https://w3id.org/forebygg/id/forum/0780/bra"), page_of("https://w3id.org/forebygg/spec/Forum")
    ('/sida/forum/0780/bra', '/sida/spec/Forum')
    """
    return f"/sida/{_short(iri)}"


def data_of(iri: str, suffix: str) -> str:
    """Return the path of the data about a thing; `suffix` is one of `SUFFIXES`."""
    return f"/data/{_short(iri)}.{suffix}"


def iri_of(path: str) -> str:
    """Return the IRI that a page or data with this path is about, "" for what can be none.

    >>> iri_of("forum/0780/bra"), iri_of("def/aktorstyp/polis"), iri_of("../x y")
    ('https://w3id.org/forebygg/id/forum/0780/bra', 'https://w3id.org/forebygg/def/aktorstyp/polis', '')
    """
    if not _PATH.fullmatch(path):
        return ""
    return f"{BASE}{path}" if path.partition("/")[0] in NAMESPACED else f"{BASE}id/{path}"
