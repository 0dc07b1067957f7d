"""Write `data/triples/void.ttl`: what each named graph holds, counted by class and by property, after VoID.

Run `python -m tools.describe_graphs` after a change to the ontology, the norms or the triples. Same triples, same
bytes. The graphs themselves are described in `catalog.ttl`; here stand only numbers, and none is written by hand.
Every partition has an IRI of its own, so that two versions can be compared line by line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.cache import load_everything
from kg.namespaces import BASE, NAMESPACES, RDF
from kg.store import Quad, Store, open_store

__all__ = ["TARGET", "describe", "main"]

TARGET: Final = Path(__file__).resolve().parent.parent / "data" / "triples" / "void.ttl"
SPACES: Final = {**NAMESPACES, "bibo": "http://purl.org/ontology/bibo/", "void": "http://rdfs.org/ns/void#"}
HEAD: Final = """\
# What the data set and each of its named graphs holds, counted after VoID; written by tools/describe_graphs.py.
# void:entities counts the subjects under void:uriSpace. Not loaded with the data: only .trig files are.
# A triple that stands in two graphs counts in both, and once in the data set's own classes and properties.

"""


def _name(iri: str) -> tuple[str, str]:
    """Return an IRI with its prefix, and as a segment of another IRI; raises `ValueError` for an unknown namespace."""
    known = [(prefix, space) for prefix, space in SPACES.items() if iri.startswith(space)]
    if not known:
        raise ValueError(f"{iri}: no prefix for it; add one to SPACES")
    prefix, space = max(known, key=lambda each: len(each[1]))
    return f"{prefix}:{iri[len(space) :]}", f"{prefix}-{iri[len(space) :]}"


def _lines(subject: str, triples: set[tuple[str, str, str]], stated: int) -> Iterator[str]:
    """Yield one data set with its partitions: `triples` are its distinct ones, `stated` how many stand in it."""
    by_class: dict[str, set[str]] = {}
    for first, second, third in triples:
        if second == RDF.type:
            by_class.setdefault(third, set()).add(first)
    by_property = Counter(second for _, second, _ in triples)
    classes = sorted((*_name(iri), len(found)) for iri, found in by_class.items())
    properties = sorted((*_name(iri), count) for iri, count in by_property.items())
    yield f"<{subject}> a void:Dataset ;"
    yield f'    void:uriSpace "{BASE}" ;'
    yield f"    void:triples {stated} ;"
    yield f"    void:entities {len({first for first, _, _ in triples if first.startswith(BASE)})} ;"
    yield f"    void:distinctSubjects {len({first for first, _, _ in triples})} ;"
    yield f"    void:distinctObjects {len({third for _, _, third in triples})} ;"
    yield f"    void:classes {len(classes)} ;"
    last = f"    void:properties {len(properties)}"
    parts = [f"    void:classPartition <{subject}/klass/{segment}>" for _, segment, _ in classes]
    parts += [f"    void:propertyPartition <{subject}/egenskap/{segment}>" for _, segment, _ in properties]
    yield " ;\n".join([last, *parts]) + " .\n"
    for name, segment, count in classes:
        yield f"<{subject}/klass/{segment}> void:class {name} ;\n    void:entities {count} .\n"
    for name, segment, count in properties:
        yield f"<{subject}/egenskap/{segment}> void:property {name} ;\n    void:triples {count} .\n"


def _plain(quads: Iterable[Quad]) -> Mapping[str, list[tuple[str, str, str]]]:
    """Return the triples of each graph by its name, IRIs without brackets."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for quad in quads:
        subject, term = str(quad.subject), str(quad.object)
        plain = (subject[1:-1], quad.predicate.value, term[1:-1] if term.startswith("<") else term)
        found.setdefault(str(getattr(quad.graph_name, "value", "")), []).append(plain)
    return found


def describe(store: Store) -> str:
    """Return the description as Turtle: the data set, then each named graph in the order of its name."""
    graphs = _plain(store.quads())
    every = [triple for triples in graphs.values() for triple in triples]
    body = [*_lines(f"{BASE}res/katalog/forebygg", set(every), len(every))]
    for graph in sorted(graphs):
        name = graph.removeprefix(f"{BASE}res/graf/")
        body += _lines(f"{BASE}res/katalog/graf/{name}", set(graphs[graph]), len(graphs[graph]))
    text = "\n".join(body)
    used = {prefix: iri for prefix, iri in SPACES.items() if f" {prefix}:" in text}
    return HEAD + "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(used.items())) + "\n" + text


def main() -> None:
    """Write the description beside the catalogue."""
    TARGET.write_text(describe(load_everything(open_store("memory"))), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
