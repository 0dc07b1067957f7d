"""Triples that follow from others: direct memberships, denials as OWL has them, and assessments of norms.

They stand in graphs of their own (`res/graf/harledd/...`), one a kind and report, and are made anew each time: nothing
derived is ever written into the graph of a source. A report's membership may have ended in the next report, so that
what follows from one is never mixed with what follows from another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.cases import Case
from kg.findings import Finding, Lang, Outcome
from kg.namespaces import DCTERMS, FB, ORG, OWL, PROV, RDF, concept, graph_iri, last_part, slug, thing
from kg.network import Membership
from kg.sentences import observation, words
from kg.store import Quad, make_quad

__all__ = ["assessment_iri", "denials", "gap_assessments", "memberships"]

STATED = concept("visshet", "uttalad")
BESIDE = frozenset(concept("deltagarroll", code) for code in ("adjungerad", "foljeforskare"))
UNDECIDED = frozenset({Outcome.NOT_ASSESSABLE, Outcome.NOT_APPLICABLE, Outcome.OUT_OF_SCOPE})
LANGUAGES: tuple[Lang, Lang] = ("sv", "en")
_SEGMENT = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


def memberships(cases: Iterable[Case]) -> list[Quad]:
    """Return `forum org:hasMember actor` for what each report states and says to hold, in a total order.

    The definition is `queries/derived/has-member.rq`: stated descriptions of forums and programmes that run, stated
    memberships that are not ended, planned or proposed, not those of adjuncts and researchers alone, and none that the
    same report denies. Actors are as the report names them, not rolled up. A member whom the report does not name
    gives no triple: that one is lacking says nothing.
    """
    found = []
    for case in cases:
        graph = graph_iri(f"harledd/deltagande-{slug(case.source.key)}")
        denied = {
            (forum, actor)
            for claim in case.records.claims_of(case.source.thing.iri, FB.NonMembership)
            for forum in claim.all(FB.excludedFrom)
            for actor in claim.all(FB.excludedActor)
        }
        pairs = {
            (forum.thing.iri, membership.actor.thing.iri)
            for forum in case.forums
            if forum.running and forum.claim.one(FB.certainty) == STATED
            for membership in case.members(forum)
            if _is_told(membership)
        }
        found += _with_origin(case, graph, [make_quad(a, ORG.hasMember, b, graph) for a, b in pairs - denied])
    return sorted(found, key=str)


def _is_told(membership: Membership) -> bool:
    stated = membership.certainty is not None and membership.certainty.iri == STATED
    beside = bool(membership.roles) and all(role.iri in BESIDE for role in membership.roles)
    return stated and membership.current and not beside


def denials(cases: Iterable[Case]) -> list[Quad]:
    """Return each stated denial of a membership as an `owl:NegativePropertyAssertion`, in a total order.

    The definition is `queries/derived/has-no-member.rq`. The subject is the claim, which leads back to the section.
    """
    found = []
    for case in cases:
        graph = graph_iri(f"harledd/nekat-{slug(case.source.key)}")
        told = [
            each
            for claim in case.records.claims_of(case.source.thing.iri, FB.NonMembership)
            if claim.one(FB.certainty) == STATED
            for forum in claim.all(FB.excludedFrom)
            for actor in claim.all(FB.excludedActor)
            for each in (
                make_quad(claim.iri, RDF.type, OWL.NegativePropertyAssertion, graph),
                make_quad(claim.iri, OWL.sourceIndividual, forum, graph),
                make_quad(claim.iri, OWL.assertionProperty, ORG.hasMember, graph),
                make_quad(claim.iri, OWL.targetIndividual, actor, graph),
            )
        ]
        found += _with_origin(case, graph, told)
    return sorted(set(found), key=str)


def _with_origin(case: Case, graph: str, quads: list[Quad]) -> list[Quad]:
    """Return the quads with the one statement that a derived graph makes of itself: which report it follows from."""
    return [*quads, make_quad(graph, PROV.wasDerivedFrom, case.source.thing.iri, graph)] if quads else []


def assessment_iri(finding: Finding) -> str:
    """Return the IRI of the assessment that a finding is, by the id of the finding."""
    parts = finding.id.split("/")
    return thing("gap", *(part if _SEGMENT.fullmatch(part) else slug(part) for part in parts))


def gap_assessments(findings: Iterable[Finding]) -> list[Quad]:
    """Return each finding on a norm as a `fb:GapAssessment`, in a total order; comparisons without a norm are left out.

    An assessment names its norm, what it confronts (a description, or a body), the outcome, the report and the claims
    that it rests on, and says it in words in both languages. Only the outcomes `saknas` and `fornekad` say that
    something is missing, and of what a norm only allows (`forpliktelsegrad:kan`) not even they do. SPARQL alone cannot
    say it: conditions, groups of norms and what a report examined decide. `kg.gaps` does, and a test holds the two
    equal.
    """
    return sorted({quad for finding in findings if finding.norm for quad in _assessment(finding)}, key=str)


def _assessment(finding: Finding) -> Iterator[Quad]:
    graph = graph_iri(f"harledd/gap-{slug(last_part(finding.report.iri))}")
    iri = assessment_iri(finding)
    norm = finding.norm.iri if finding.norm else ""
    yield make_quad(graph, PROV.wasDerivedFrom, finding.report.iri, graph)
    yield make_quad(iri, RDF.type, FB.GapAssessment, graph)
    yield make_quad(iri, FB.assessesNorm, norm, graph)
    yield make_quad(iri, FB.outcome, concept("utfall", finding.outcome.value), graph)
    if finding.description:
        yield make_quad(iri, FB.assessesDescription, finding.description, graph)
    else:
        yield make_quad(iri, FB.assessesBody, (finding.body or finding.municipality).iri, graph)
    for origin in {finding.report.iri, *finding.claims}:
        yield make_quad(iri, PROV.wasDerivedFrom, origin, graph)
    for lang in LANGUAGES:
        yield make_quad(iri, DCTERMS.description, words(finding, lang), graph, language=lang)
        if finding.outcome in UNDECIDED and (why := observation(finding, lang)):
            yield make_quad(iri, FB.reason, why, graph, language=lang)
