"""What is known before a workbook is read: the words of the term schemes, and the registers of shipped things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kg.namespaces import BASE, FB, RDF, SKOS, graph_iri, last_part
from kg.questions import named_query
from kg.store import Store
from kg.workbook.places import REGIONS, Place, municipalities
from kg.workbook.triples import Term, Triple, iri, of_store, plain, text

__all__ = [
    "Concept",
    "Context",
    "Known",
    "Shipped",
    "folded",
    "known_things",
    "place_triples",
    "read_context",
    "read_graphs",
    "read_shipped_words",
    "region_triples",
]

_NATIONAL = graph_iri("register-nationell")


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a term scheme: its Swedish name and the other words for it."""

    iri: str
    scheme: str
    label: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A thing that has a name: its classes, its Swedish name, and other names."""

    iri: str
    classes: tuple[str, ...]
    label: str
    others: tuple[str, ...] = ()
    parent: str = ""
    shared: bool = False

    @property
    def kind(self) -> str:
        """The segment of the IRI that says what it is, such as `forum`, `org` or `kalla`."""
        return self.iri.removeprefix(BASE).split("/")[1]


@dataclass(frozen=True)
class Context:
    """The words and things that a workbook of one municipality is read against.

    `shared` holds things of no single municipality, `own` what is shipped of this one, `keys` the sources that are
    shipped, `lacking` the municipalities and regions that no shipped register describes.
    """

    place: Place
    concepts: Mapping[str, tuple[Concept, ...]]
    shared: Mapping[str, Known]
    own: Mapping[str, Known]
    keys: frozenset[str]
    lacking: frozenset[str]
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def places(self) -> Mapping[str, Place]:
        """The municipalities by code."""
        return {each.code: each for each in municipalities()}

    def concept_label(self, address: str) -> str:
        """Return the Swedish name of a concept, "" where it is none."""
        return self.labels.get(address, "")


@lru_cache(maxsize=20_000)
def folded(name: str) -> str:
    """Return a name for comparison: case, spaces, dashes and quotation marks do not matter; å ä ö do.

    >>> folded("  Barn–  och   Ungdom ") == folded("barn- och ungdom")
    True
    """
    plain_name = name.translate({0x2013: "-", 0x2014: "-", 0x2011: "-", 0x2019: "'", 0xA0: " "})
    return " ".join(plain_name.replace("- ", "-").replace("-", "- ").casefold().split()).strip(" .:")


def read_graphs(store: Store, names: Iterable[str]) -> dict[str, set[Triple]]:
    """Return the triples of named graphs, by the name of the graph without its address; an unknown one is empty."""
    wanted = {graph_iri(name): name for name in names}
    found: dict[str, set[Triple]] = {name: set() for name in wanted.values()}
    for graph, subject, predicate, value in store.select(named_query("network/graph"), {"graf": list(wanted)}):
        if graph is not None and subject is not None and predicate is not None:
            triple = Triple(of_store(subject).text, of_store(predicate).text, of_store(value))
            found[wanted[of_store(graph).text]].add(triple)
    return found


def _by_subject(triples: Iterable[Triple]) -> dict[str, dict[str, list[Term]]]:
    subjects: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for triple in sorted(triples):
        subjects[triple.subject][triple.predicate].append(triple.value)
    return subjects


def _swedish(values: Iterable[Term]) -> list[str]:
    return [value.text for value in values if value.kind == "@sv"]


def known_things(triples: Iterable[Triple], *, shared: bool = False) -> dict[str, Known]:
    """Return the named things of some triples, by IRI."""
    found = {}
    for subject, said in _by_subject(triples).items():
        labels = _swedish(said.get(SKOS.prefLabel, ()))
        if labels:
            found[subject] = Known(
                subject,
                tuple(value.text for value in said.get(RDF.type, ())),
                labels[0],
                tuple(_swedish(said.get(SKOS.altLabel, ()))),
                next((value.text for value in said.get(FB.functionIn, ())), ""),
                shared,
            )
    return found


def place_triples(place: Place) -> list[Triple]:
    """Return what the register says of a municipality."""
    return [
        Triple(place.iri, RDF.type, iri(FB.Municipality)),
        Triple(place.iri, SKOS.prefLabel, text(place.official)),
        Triple(place.iri, SKOS.prefLabel, text(place.english, "en")),
        Triple(place.iri, SKOS.altLabel, text(place.name)),
        Triple(place.iri, FB.municipalityCode, plain(place.code)),
        Triple(place.iri, FB.actorType, iri(f"{BASE}def/aktorstyp/kommun")),
    ]


def region_triples(county: str) -> list[Triple]:
    """Return what the register says of the region of a county."""
    region, name = f"{BASE}id/region/{county}", REGIONS[county]
    return [
        Triple(region, RDF.type, iri(FB.Region)),
        Triple(region, SKOS.prefLabel, text(name)),
        Triple(region, SKOS.altLabel, text("regionen")),
        Triple(region, FB.countyCode, plain(county)),
        Triple(region, FB.actorType, iri(f"{BASE}def/aktorstyp/region")),
        Triple(region, FB.actorType, iri(f"{BASE}def/aktorstyp/halso-sjukvard")),
    ]


def _places(of: Place, shipped: Mapping[str, Known]) -> dict[str, Known]:
    """Return municipalities and regions that the shipped registers do not name; "regionen" is the one of the county."""
    found = {}
    for place in municipalities():
        if place.iri not in shipped:
            names = [place.name, *(["kommunen"] if place == of else [])]
            found[place.iri] = Known(place.iri, (FB.Municipality,), place.official, tuple(names), shared=True)
    for county, name in REGIONS.items():
        address = f"{BASE}id/region/{county}"
        others = ("regionen",) if county == of.county else ()
        known = shipped.get(address)
        found[address] = Known(
            address,
            (FB.Region,),
            known.label if known else name,
            (*(known.others if known else ()), *others),
            shared=True,
        )
    return found


@dataclass(frozen=True)
class Shipped:
    """What is shipped and the same for every municipality: the words, and the things of no single municipality."""

    concepts: Mapping[str, tuple[Concept, ...]]
    shared: Mapping[str, Known]
    keys: frozenset[str]


def read_shipped_words(store: Store) -> Shipped:
    """Return what is the same for every municipality, to be read once where many workbooks are."""
    graphs = read_graphs(store, ["normer", "register-nationell"])
    words = {
        Triple(of_store(subject).text, of_store(predicate).text, of_store(value))
        for subject, predicate, value in store.select(named_query("network/words"))
    }
    concepts: dict[str, list[Concept]] = defaultdict(list)
    for address, said in sorted(_by_subject(words).items()):
        if address.startswith(f"{BASE}def/"):
            scheme = address.removeprefix(f"{BASE}def/").split("/", maxsplit=1)[0]
            label = (_swedish(said.get(SKOS.prefLabel, ())) or [last_part(address)])[0]
            concepts[scheme].append(Concept(address, scheme, label, tuple(_swedish(said.get(SKOS.altLabel, ())))))
    starts = tuple(f"{BASE}id/{kind}/" for kind in ("forfattning", "malgrupp", "dokument"))
    normative = known_things(graphs["normer"], shared=True)
    shared = {address: known for address, known in normative.items() if address.startswith(starts)}
    shared |= known_things(graphs["register-nationell"], shared=True)
    keys = frozenset(last_part(row[0]) for row in store.select(named_query("network/sources")).values())
    return Shipped({scheme: tuple(found) for scheme, found in concepts.items()}, shared, keys)


def read_context(store: Store, place: Place, shipped: Shipped | None = None) -> Context:
    """Return what is known of the words, of shared things and of one municipality."""
    shipped = shipped or read_shipped_words(store)
    register = f"register-{place.code}"
    own = read_graphs(store, [register])[register]
    shared = {address: _own_region(known, place) for address, known in shipped.shared.items()}
    lacking = frozenset(each for each in _places(place, {}) if each not in shared)
    shared |= _places(place, shared)
    home = shared[place.iri]
    names = tuple(dict.fromkeys((*home.others, "kommunen")))
    shared[place.iri] = Known(home.iri, home.classes, home.label, names, shared=True)
    return Context(
        place,
        shipped.concepts,
        shared,
        known_things(own),
        shipped.keys,
        lacking,
        {each.iri: each.label for found in shipped.concepts.values() for each in found},
    )


def _own_region(known: Known, place: Place) -> Known:
    """Return a region of another county without the names that every county uses of its own."""
    if known.kind != "region" or known.iri == place.region:
        return known
    general = {"regionen", "landstinget"}
    return Known(
        known.iri, known.classes, known.label, tuple(each for each in known.others if each not in general), shared=True
    )
