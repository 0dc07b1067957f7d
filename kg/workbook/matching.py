"""Names matched to things: those of the workbook first, then the register of the municipality, then what is shared.

A name that fits two things of one rank is ambiguous and never resolved by chance; an id in square brackets after a name
(`Samordnare [funktion/0780/samordnare]`) says which.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kg.namespaces import BASE, FB, KINDS, last_part
from kg.workbook.context import Context, Known, folded
from kg.workbook.guessing import bare

__all__ = ["How", "Match", "Names", "full_iri", "short_id"]

_BRACKET: Final = re.compile(r"^(?P<name>.*?)\s*\[(?P<id>[a-z]+/[^\]\s]+)\]$", re.DOTALL)
_SEGMENTS: Final = re.compile(r"[a-z]+(?:/[a-z0-9]+(?:[.-][a-z0-9]+)*)+")


class How(StrEnum):
    """How a name was matched."""

    ID = "id"
    EXACT = "namn"
    OTHER = "annat namn"
    NEAR = "liknande namn"
    NONE = "okänt"


@dataclass(frozen=True, slots=True)
class Match:
    """What a name stands for: no thing, one, or several between which nobody has decided."""

    how: How
    things: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        """The thing, or "" where there is none or more than one."""
        return self.things[0] if len(self.things) == 1 else ""


def short_id(address: str) -> str:
    """Return an IRI as the workbook writes it.

    >>> short_id("https://w3id.org/forebygg/id/forum/0780/bra")
    'forum/0780/bra'
    """
    return re.sub(rf"^{re.escape(BASE)}(?:id/|res/)?", "", address)


def full_iri(short: str) -> str:
    """Return the IRI that an id of the workbook stands for, or "" where it is none.

    >>> full_iri("kalla/vaxjo-2022"), full_iri("def/forumtyp/sspf"), full_iri("hittepå")
    ('https://w3id.org/forebygg/res/kalla/vaxjo-2022', 'https://w3id.org/forebygg/def/forumtyp/sspf', '')
    """
    if not _SEGMENTS.fullmatch(short):
        return ""
    first = short.split("/", maxsplit=1)[0]
    if first == "kalla":
        return f"{BASE}res/{short}"
    if first == "def":
        return BASE + short
    return f"{BASE}id/{short}" if first in KINDS else ""


class Names:
    """The things that names can stand for, in the order of rank: workbook, municipality, shared."""

    def __init__(self, context: Context) -> None:
        self._exact: list[dict[str, list[str]]] = [defaultdict(list) for _ in range(6)]
        self._bare: list[dict[str, list[str]]] = [defaultdict(list) for _ in range(3)]
        self._known: dict[str, Known] = {}
        self._chosen: dict[str, str] = {}
        self._renamed: dict[str, str] = {}
        self._resolved: dict[tuple[str, tuple[str, ...]], Match] = {}
        self._concepts = context.labels
        for known in context.own.values():
            self._index(known, 1)
        elsewhere = re.compile(rf"/lan-(?!{context.place.county}/)\d\d/")
        for known in context.shared.values():
            self._known.setdefault(known.iri, known)
            if not elsewhere.search(known.iri):
                group = FB.ActorGroup in known.classes
                self._index(Known(known.iri, known.classes, known.label) if group else known, 2)

    def add(self, known: Known) -> None:
        """Add a thing of the workbook."""
        self._index(known, 0)

    def choose(self, name: str, address: str) -> None:
        """Let a name stand for one thing, whatever else it may fit."""
        self._chosen[folded(name)] = address
        self._resolved.clear()

    def rename(self, name: str, other: str) -> None:
        """Read a name as another one, whatever that one comes to stand for."""
        self._renamed[folded(name)] = other
        self._resolved.clear()

    def renamed(self, name: str) -> str:
        """Return what a name is read as: itself where nobody has said otherwise."""
        return self._renamed.get(folded(name), name)

    def _index(self, known: Known, rank: int) -> None:
        self._known[known.iri] = known
        self._resolved.clear()
        for place, names in ((2 * rank, (known.label,)), (2 * rank + 1, known.others)):
            for name in names:
                _once(self._exact[place], folded(name), known.iri)
                if short := bare(name):
                    _once(self._bare[rank], short, known.iri)

    def __contains__(self, address: str) -> bool:
        return address in self._known or address in self._concepts

    def known(self, address: str) -> Known | None:
        """Return what is known of a thing."""
        return self._known.get(address)

    def resolve(self, name: str, kinds: Iterable[str] = ("*",)) -> Match:
        """Return what a name stands for among things of some kinds, `*` being all.

        The whole name counts before other names, those before inflected forms and missing dots; a rank with any hit
        hides the ranks below it.
        """
        key = name, tuple(kinds)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(*key)
        return self._resolved[key]

    def _resolve(self, name: str, kinds: tuple[str, ...]) -> Match:
        wanted, name = frozenset(kinds), self.renamed(name)
        if found := _BRACKET.match(name.strip()):
            address = full_iri(found["id"])
            return Match(How.ID, (address,)) if address else Match(How.NONE)
        said = folded(name)
        if chosen := self._fitting(filter(None, (self._chosen.get(said),)), wanted):
            return Match(How.EXACT, chosen)
        for place, index in enumerate(self._exact):
            if hits := self._fitting(index.get(said, ()), wanted):
                return Match(How.OTHER if place % 2 else How.EXACT, hits)
        short = bare(name)
        for near in self._bare:
            if short and (hits := self._fitting(near.get(short, ()), wanted)):
                return Match(How.NEAR, hits)
        return Match(How.NONE)

    def _fitting(self, things: Iterable[str], kinds: frozenset[str]) -> tuple[str, ...]:
        return tuple(each for each in things if "*" in kinds or self._known[each].kind in kinds)

    def label(self, address: str) -> str:
        """Return the Swedish name of a thing, or the end of its IRI."""
        known = self._known.get(address)
        return known.label if known else self._concepts.get(address) or last_part(address)

    def refer(self, address: str, kinds: Iterable[str] = ("*",)) -> str:
        """Return a name that `resolve` takes back to the thing: the name alone where it suffices, else with its id."""
        known = self._known.get(address)
        label = known.label if known else self._concepts.get(address, "")
        plain = label and not re.search(r"[;\n\[\]]", label) and label == label.strip() and label != "–"
        if plain and self.resolve(label, kinds) == Match(How.EXACT, (address,)):
            return label
        return f"{label if plain else ''} [{short_id(address)}]".strip()

    def near(self, name: str, kinds: Iterable[str] = ("*",)) -> tuple[str, ...]:
        """Return at most three names that are spelt most like one, among things of some kinds."""
        wanted = frozenset(kinds)
        names = {
            folded(known.label): known.label
            for known in self._known.values()
            if ("*" in wanted or known.kind in wanted) and known.kind not in {"kommun", "malgrupp"}
        }
        return tuple(names[each] for each in difflib.get_close_matches(folded(name), sorted(names), n=3, cutoff=0.72))

    def candidates(self, name: str, kinds: Iterable[str] = ("*",)) -> tuple[str, ...]:
        """Return the things whose names are spelt most like one, each so that `resolve` takes it back to the thing."""
        found = [each for label in self.near(name, kinds) for each in self.resolve(label, kinds).things]
        return tuple(self.refer(each) for each in dict.fromkeys(found))


def _once(index: dict[str, list[str]], name: str, address: str) -> None:
    if address not in index[name]:
        index[name].append(address)
