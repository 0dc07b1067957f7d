"""One case by itself: the records that judging one municipality needs, and the case rebuilt on them."""

from __future__ import annotations

from dataclasses import replace

from kg.cases import Case
from kg.namespaces import FB
from kg.network import TypeTree, build_network, forums_by_source
from kg.records import Records

__all__ = ["local", "rebuild"]


def local(case: Case) -> Case:
    """Return the case on the records of its own municipality and all that is nobody's; judgements stay the same.

    Left out are the things of other municipalities, their reports and what those hold, known by `fb:municipality` or by
    a code or key in the IRI, unless something that is kept refers to them. Linear in the records.
    """
    records, own = case.records, case.source.municipality.iri
    places = {each.iri: each.one(FB.municipalityCode) for each in records.of_class(FB.Municipality)}
    reports = {each.iri: each.one(FB.municipality) for each in records.of_class(FB.Source)}
    ours = {iri for iri in records.claims if iri == case.source.thing.iri or reports.get(iri) == own}
    marks = {code for iri, code in places.items() if iri != own and code}
    marks |= {iri.rsplit("/", 1)[-1] for iri, place in reports.items() if place not in {"", own}}
    kept = {
        iri: each
        for iri, each in records.named.items()
        if each.one(FB.municipality) in {"", own} and marks.isdisjoint(iri.split("/"))
    }
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
    return rebuild(replace(case, tree=TypeTree(near)), near)


def rebuild(case: Case, records: Records) -> Case:
    """Return the case on other records, with a network of its own source alone."""
    graph = build_network(records, [case.source])
    described = forums_by_source(graph).get(case.source.thing.iri, ())
    return replace(case, records=records, graph=graph, forums=tuple(described))
