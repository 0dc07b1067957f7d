"""Content types as a table, and which of them a request accepts (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["GRAPHS", "NAMES", "RESULTS", "Wanted", "accepts", "choose", "parse_accept", "weigh"]

RESULTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "json": ("application/sparql-results+json", "application/json"),
        "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
        "csv": ("text/csv",),
        "tsv": ("text/tab-separated-values",),
    }
)
"""What a SELECT or ASK may be written as, the first as the default: kind to its type and what else asks for it."""

GRAPHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "turtle": ("text/turtle", "application/x-turtle"),
        "ntriples": ("application/n-triples", "text/plain"),
        "jsonld": ("application/ld+json", "application/json"),
    }
)
"""What a CONSTRUCT, DESCRIBE or service description may be written as, the first as the default."""

NAMES: Mapping[str, str] = MappingProxyType(
    {"srj": "json", "srx": "xml", "ttl": "turtle", "nt": "ntriples", "n-triples": "ntriples", "json-ld": "jsonld"}
)
"""Other names that `?format=` may use."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One range of an Accept header: its type and subtype in small letters (`*` for any), and its weight, 0 to 1."""

    type: str
    subtype: str
    weight: float

    def covers(self, media: str) -> bool:
        """Whether a media type is in the range."""
        kind, _, subtype = media.partition("/")
        return self.type in {"*", kind} and self.subtype in {"*", subtype}

    @property
    def exactness(self) -> int:
        """How exact the range is: 0 for `*/*`, 1 for a type, 2 for a type and subtype."""
        return (self.type != "*") + (self.subtype != "*")


def parse_accept(header: str) -> tuple[Wanted, ...]:
    """Return the ranges of an Accept header as they stand; what cannot be read is left out.

    Parameters other than `q` do not narrow a range here: none of our types has any but charset.

    >>> parse_accept("text/turtle;q=0.5, */*;q=0.1")
    (Wanted(type='text', subtype='turtle', weight=0.5), Wanted(type='*', subtype='*', weight=0.1))
    """
    found = []
    for part in header.split(","):
        media, *parameters = (each.strip() for each in part.split(";"))
        kind, slash, subtype = (each.strip() for each in media.lower().partition("/"))
        if not slash or not kind or not subtype or (kind == "*" and subtype != "*"):
            continue
        weight = _weight(parameters)
        if weight is not None:
            found.append(Wanted(kind, subtype, weight))
    return tuple(found)


def _weight(parameters: Sequence[str]) -> float | None:
    """Return the weight among the parameters of a range, 1 where there is none, None where it is no weight."""
    for each in parameters:
        name, equals, value = (part.strip() for part in each.partition("="))
        if equals and name.lower() == "q":
            digits = value.replace(".", "", 1)
            if not digits.isascii() or not digits.isdigit() or float(value) > 1:
                return None
            return float(value)
    return 1.0


def weigh(media: str, wanted: Sequence[Wanted]) -> float:
    """Return the weight of a media type: that of the most exact range that covers it, 0 where none does."""
    covering = [each for each in wanted if each.covers(media)]
    return max(covering, key=lambda each: each.exactness).weight if covering else 0.0


def choose(header: str, offered: Mapping[str, Sequence[str]]) -> str | None:
    """Return the kind that an Accept header prefers of those offered, None where it takes none of them.

    Of equal weights the most exact range decides, then the order of the offer. No header, or one without any range
    that can be read, takes anything. What else asks for a type must be named itself: `text/*` is no wish for XML.

    >>> choose("text/html, application/xml;q=0.9, */*;q=0.8", RESULTS)
    'xml'
    >>> choose("", GRAPHS), choose("image/png", GRAPHS), choose("application/json", GRAPHS)
    ('turtle', None, 'jsonld')
    """
    wanted = parse_accept(header)
    if not wanted:
        return next(iter(offered))
    best: tuple[float, int] = (0.0, -1)
    chosen = None
    for kind, medias in offered.items():
        for media in medias:
            exact = max((each.exactness for each in wanted if each.covers(media)), default=-1)
            found = (weigh(media, wanted), exact)
            if found[0] > 0 and found > best and (exact == 2 or media == medias[0]):
                best, chosen = found, kind
    return chosen


def accepts(header: str, media: str) -> bool:
    """Whether a header names this media type itself, and not only by `*/*`, with a weight above 0."""
    return any(each.covers(media) and each.exactness == 2 and each.weight > 0 for each in parse_accept(header))
