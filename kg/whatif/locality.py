"""One case by itself: the records that judging one municipality needs, and the case rebuilt on them."""

from __future__ import annotations

from dataclasses import replace

from kg.cases import Case
from kg.namespaces import FB, last_part
from kg.network import build_network, forums_by_source, type_tree
from kg.records import Records

__all__ = ["local", "rebuild"]


def local(case: Case) -> Case:
    """Return the case on the records of its own municipality and all that is nobody's; judgements stay the same.

    Left out are the things of other municipalities, their reports and what those hold, known by `fb:municipality` or by
    a code or key in the IRI, unless something that is kept refers to them. Linear in the records the first time, then
    in those of the municipality.
    """
    records, own = case.records, case.source.municipality.iri
    nobody, of_place = _by_place(records)
    ours = {case.source.thing.iri, *_reports_on(records, own)} & records.claims.keys()
    kept = {iri: records.named[iri] for iri in (*nobody, *of_place.get(own, ()))}
    ahead = [value for each in kept.values() for found in each.values.values() for value in found]
    ahead += [
        value
        for iri in ours
        for each in records.claims[iri].values()
        for found in each.values.values()
        for value in found
    ]
    while ahead:
        iri = ahead.pop()
        if iri not in kept and (record := records.named.get(iri)) is not None:
            kept[iri] = record
            ahead.extend(value for found in record.values.values() for value in found)
    near = Records({iri: kept[iri] for iri in sorted(kept)}, {iri: records.claims[iri] for iri in sorted(ours)})
    return rebuild(replace(case, tree=type_tree(near)), near)


def _reports_on(records: Records, municipality: str) -> list[str]:
    return [each.iri for each in records.of_class_on(FB.Source, FB.municipality, municipality)]


def _by_place(records: Records) -> tuple[list[str], dict[str, list[str]]]:
    """Return the named things that are nobody's, and those of each municipality alone, remembered with the records.

    A thing is of the municipality that it names, and of those whose code or report key is a part of its IRI.
    """
    known: tuple[list[str], dict[str, list[str]]] | None = records.derived.get(("by place", ""))
    if known is not None:
        return known
    place_of = {each.one(FB.municipalityCode): each.iri for each in records.of_class(FB.Municipality)}
    for each in records.of_class(FB.Source):
        if each.one(FB.municipality):
            place_of[last_part(each.iri)] = each.one(FB.municipality)
    place_of.pop("", None)
    nobody: list[str] = []
    of_place: dict[str, list[str]] = {}
    for iri, record in records.named.items():
        places = {place_of[part] for part in iri.split("/") if part in place_of} | set(record.all(FB.municipality)[:1])
        if not places:
            nobody.append(iri)
        elif len(places) == 1:
            of_place.setdefault(places.pop(), []).append(iri)
    records.derived["by place", ""] = nobody, of_place
    return nobody, of_place


def rebuild(case: Case, records: Records) -> Case:
    """Return the case on other records, with a network of its own source alone."""
    graph = build_network(records, [case.source])
    described = forums_by_source(graph).get(case.source.thing.iri, ())
    return replace(case, records=records, graph=graph, forums=tuple(described))
