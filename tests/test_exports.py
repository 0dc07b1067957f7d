"""What leaves as RDF: the same triples in every format, JSON-LD in the words of the published context, derived graphs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from kg.cli import cli
from kg.errors import DataError
from kg.exports import FORMATS, render_graph
from kg.exports.derived import assessment_iri, denials, gap_assessments, memberships
from kg.exports.jsonld import read_context, to_jsonld
from kg.gaps import find_gaps
from kg.namespaces import FB, NAMESPACES, ORG, OWL, PROV, RDF, concept, graph_iri
from kg.nation import outcomes, read_nation
from kg.network import build_network
from kg.questions import named_query
from kg.records import read_records
from kg.resources import ontology_dir, queries_dir
from kg.sources import choose_sources
from kg.store import Quad, Store, make_quad, open_store, read_quads
from tests import tiny
from tests.synthetic import all_cases, real_store, synthetic_store
from tests.tool import load_tool

MERGED = {"ttl", "nt", "rdf"}
X = "https://example.org/"


def as_text(quads: list[Quad]) -> set[str]:
    return {str(quad) for quad in quads}


def triples(store: Store) -> set[str]:
    return {str(quad.triple) for quad in store.quads()}


@pytest.fixture(scope="module")
def build() -> Iterator[ModuleType]:
    yield from load_tool("build_context")


# --- formats


@pytest.mark.parametrize("output_format", FORMATS)
def test_every_format_holds_the_same_triples_and_the_same_bytes_twice(output_format: str, tmp_path: Path) -> None:
    store = real_store()
    content = render_graph(store, output_format)
    assert content == render_graph(store, output_format)
    path = tmp_path / f"g.{output_format}"
    path.write_bytes(content)
    again = read_quads(path)
    if output_format in MERGED:
        assert {str(quad.triple) for quad in again} == triples(store)
    else:
        assert as_text(again) == as_text(store.quads())


@pytest.mark.parametrize("output_format", ["ttl", "nt", "rdf"])
def test_rdflib_reads_a_merged_format_as_the_union_of_the_graphs(output_format: str) -> None:
    store = tiny.store_of(tiny.describe("a:polisen a:skolan/sakerhetschef"))
    names = {"ttl": "turtle", "nt": "nt", "rdf": "xml"}
    read = rdflib.Graph().parse(data=render_graph(store, output_format), format=names[output_format])
    assert rdflib.compare.isomorphic(read, rdflib.Graph().parse(data=render_graph(store, "nt"), format="nt"))
    assert len(read) == len(triples(store))


@pytest.mark.parametrize("text", ["a\x01b", "\ufffe"])
def test_a_character_that_xml_cannot_hold_is_refused(text: str) -> None:
    store = open_store("memory")
    store.extend([make_quad(f"{X}a", f"{X}p", text, f"{X}g", iri=False)])
    with pytest.raises(DataError, match="control character"):
        render_graph(store, "rdf")


def test_what_a_format_cannot_write_is_said() -> None:
    store = open_store("memory")
    store.extend([make_quad(f"{X}a", f"{X}1", f"{X}b", f"{X}g")])
    with pytest.raises(DataError, match="begins with no letter"):
        render_graph(store, "rdf")
    with pytest.raises(DataError, match="unknown format"):
        render_graph(store, "docx")


# --- JSON-LD


def test_the_published_context_is_what_the_vocabulary_says(build: ModuleType) -> None:
    ontology = rdflib.Graph().parse(ontology_dir() / "forebygg.ttl", format="turtle")
    assert read_context() == build.build(ontology), "run: python -m tools.build_context"
    terms = read_context()["@context"]
    assert {iri.removeprefix(NAMESPACES["fb"]) for iri in FB} <= set(terms)
    assert terms["level"] == {"@id": "fb:level", "@type": "@id"}
    assert terms["observedOn"] == {"@id": "fb:observedOn", "@type": "xsd:date"}
    assert terms["asStated"] == {"@id": "fb:asStated", "@container": "@language"}


def test_two_json_ld_processors_read_the_whole_graph_back_as_it_was() -> None:
    store = real_store()
    content = to_jsonld(sorted(store.quads(), key=lambda each: (str(each.graph_name), str(each))))
    by_pyld = jsonld.to_rdf(json.loads(content), {"format": "application/n-quads"})
    assert {str(quad) for quad in ox.parse(by_pyld, ox.RdfFormat.N_QUADS)} == as_text(store.quads())
    by_rdflib = rdflib.Dataset()
    by_rdflib.parse(data=content, format="json-ld")
    wanted = rdflib.Dataset()
    wanted.parse(data=render_graph(store, "nq"), format="nquads")
    assert set(by_rdflib.quads()) == set(wanted.quads())


def test_json_ld_reads_in_short_words() -> None:
    store = open_store("memory")
    graph = graph_iri("a")
    store.extend(
        [
            make_quad(f"{tiny.B}id/utsaga/a/b-1", RDF.type, FB.ForumDescription, graph),
            make_quad(f"{tiny.B}id/utsaga/a/b-1", FB.level, concept("forumniva", "operativ"), graph),
            make_quad(f"{tiny.B}id/utsaga/a/b-1", FB.asStated, "en gång", graph, language="sv"),
        ]
    )
    found = json.loads(render_graph(store, "jsonld"))["@graph"]
    node = {
        "@id": "id:utsaga/a/b-1",
        "@type": "ForumDescription",
        "level": "def:forumniva/operativ",
        "asStated": {"sv": "en gång"},
    }
    assert found == [{"@id": "res:graf/a", "@graph": [node]}]


XSD = NAMESPACES["xsd"]
IRIS = st.sampled_from(
    [f"{X}a", f"{X}å", "urn:x:1", FB.level, FB.Forum, f"{tiny.B}id/", f"{tiny.B}id//x", concept("status", "upphord")]
)
PROPERTIES = st.sampled_from(
    [
        *(FB.level, FB.asStated, FB.observedOn, FB.minAge, FB.meetsOnDemand, FB.sectionNumber, f"{X}p"),
        *(f"{NAMESPACES['skos']}prefLabel", RDF.type, f"{NAMESPACES['dcterms']}publisher"),
    ]
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"), max_size=8)
DATATYPES = st.sampled_from(["integer", "date", "boolean", "decimal", "double", "string", "gYear"])
LEXICAL = st.sampled_from(["1", "01", "-0", "true", "1.50", "2020-01-01", "999999999999999999", "x"])
TERMS = st.one_of(
    IRIS.map(ox.NamedNode),
    st.just(ox.BlankNode("b")),
    st.builds(ox.Literal, TEXTS),
    st.builds(lambda text, lang: ox.Literal(text, language=lang), TEXTS, st.sampled_from(["sv", "en", "sv-fi"])),
    st.builds(lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(XSD + kind)), LEXICAL, DATATYPES),
)
QUADS = st.builds(
    lambda s, p, o, g: ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o, ox.NamedNode(g)),
    *(IRIS, PROPERTIES, TERMS, st.sampled_from([f"{X}g", graph_iri("a")])),
)


@given(st.lists(QUADS, max_size=12))
def test_whatever_stands_in_the_graph_comes_back_from_json_ld(quads: list[Quad]) -> None:
    store = open_store("memory")
    store.extend(quads)
    content = render_graph(store, "jsonld")
    read = rdflib.Dataset()
    again = ox.Store()
    text = jsonld.to_rdf(json.loads(content), {"format": "application/n-quads"})
    again.bulk_load(text.encode(), ox.RdfFormat.N_QUADS)
    assert len(again) == len(store)
    wanted = ox.Dataset(store.quads())
    found = ox.Dataset(again)
    for each in (wanted, found):
        each.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert set(wanted) == set(found)
    assert len(read) == 0


def test_an_iri_that_json_ld_would_read_as_a_short_name_is_refused() -> None:
    store = open_store("memory")
    store.extend([make_quad("org:x", f"{X}p", f"{X}b", f"{X}g")])
    with pytest.raises(DataError, match="short name"):
        render_graph(store, "jsonld")


# --- derived triples


@pytest.mark.parametrize("store", [real_store, synthetic_store])
@pytest.mark.parametrize(
    ("name", "of_cases", "query"),
    [("deltagande", memberships, "derived/has-member"), ("nekat", denials, "derived/has-no-member")],
)
def test_what_is_derived_is_what_the_query_constructs_report_by_report(
    store: object, name: str, of_cases: object, query: str
) -> None:
    opened = store()  # type: ignore[operator]
    cases = all_cases(opened)
    found = of_cases(cases)  # type: ignore[operator]
    some = 0
    for case in cases:
        graph = graph_iri(f"harledd/{name}-{case.source.key}")
        here = {str(quad.triple) for quad in found if quad.graph_name.value == graph}
        origin = f"<{graph}> <{PROV.wasDerivedFrom}> <{case.source.thing.iri}>"
        wanted = {str(each) for each in opened.construct(named_query(query), {"kalla": case.source.thing.iri})}
        assert here - {origin} == wanted
        assert (origin in here) == bool(wanted)
        some += len(wanted)
    assert some > 0 or name == "nekat"


def members_told(*texts: str) -> set[tuple[str, str]]:
    store = tiny.store_of(*texts)
    found = memberships(all_cases(store))
    wanted = {str(each) for each in store.construct(named_query("derived/has-member"))}
    told = [quad for quad in found if quad.predicate.value == ORG.hasMember]
    assert {str(quad.triple) for quad in told} == wanted
    return {(str(q.subject).rsplit("/", 1)[-1][:-1], str(q.object).rsplit("/", 1)[-1][:-1]) for q in told}


def test_only_stated_memberships_that_hold_are_direct() -> None:
    # Four in the list: the police stated; the school hedged; the field group ended; student health only adjunct.
    text = tiny.describe("a:polisen a:skolan a:faltgruppen a:elevhalsan")
    changed = (
        text.replace(
            "org:member a:skolan ; org:role deltagarroll:ledamot ; fb:certainty visshet:uttalad",
            "org:member a:skolan ; org:role deltagarroll:ledamot ; fb:certainty visshet:antydd",
        )
        .replace("org:member a:faltgruppen ;", "org:member a:faltgruppen ; fb:status status:upphord ;")
        .replace(
            "org:member a:elevhalsan ; org:role deltagarroll:ledamot",
            "org:member a:elevhalsan ; org:role deltagarroll:adjungerad",
        )
    )
    assert members_told(changed) == {("gruppen", "polisen")}


def test_an_adjunct_who_is_also_convener_is_a_member() -> None:
    text = tiny.describe("a:polisen").replace(
        "deltagarroll:ledamot", "deltagarroll:adjungerad , deltagarroll:sammankallande"
    )
    assert members_told(text) == {("gruppen", "polisen")}


@pytest.mark.parametrize(
    "extra",
    [
        "; fb:status status:planerad ",
        "; fb:status status:upphord ",
    ],
)
def test_a_forum_that_does_not_run_has_no_direct_members(extra: str) -> None:
    assert members_told(tiny.describe("a:polisen", extra=extra)) == set()


def test_whom_the_report_denies_is_no_direct_member_but_a_negative_assertion() -> None:
    denial = (
        "u:n-1 a fb:NonMembership ; fb:excludedFrom f:gruppen ; fb:excludedActor a:polisen ;"
        " fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 .\n"
    )
    texts = tiny.describe("a:polisen a:skolan"), denial
    assert members_told(*texts) == {("gruppen", "skolan")}
    told = {
        (quad.predicate.value, getattr(quad.object, "value", ""))
        for quad in denials(all_cases(tiny.store_of(*texts)))
        if quad.subject.value.endswith("/n-1")  # type: ignore[union-attr]
    }
    assert told == {
        (RDF.type, OWL.NegativePropertyAssertion),
        (OWL.sourceIndividual, f"{tiny.B}id/forum/9990/gruppen"),
        (OWL.assertionProperty, ORG.hasMember),
        (OWL.targetIndividual, f"{tiny.B}id/org/9990/polisen"),
    }


@pytest.mark.parametrize("store", [real_store, synthetic_store])
def test_the_assessments_are_the_outcomes_that_the_rules_give(store: object) -> None:
    opened = store()  # type: ignore[operator]
    records = read_records(opened)
    sources = choose_sources(records, all_reports=True)
    found = find_gaps(records, build_network(records, sources), sources, everywhere=sources)
    derived = open_store("memory")
    derived.extend(gap_assessments(found))
    rows = derived.select(
        f"SELECT ?a ?norm ?utfall WHERE {{ ?a a <{FB.GapAssessment}> ; <{FB.assessesNorm}> ?norm ; "
        f"<{FB.outcome}> ?utfall . {{ ?a <{FB.assessesDescription}> ?d }} UNION {{ ?a <{FB.assessesBody}> ?b }} }}"
    )
    told = {
        (iri.partition("/id/gap/")[2].rpartition("/")[0], norm.rsplit("/", 1)[-1]): outcome.rsplit("/", 1)[-1]
        for iri, norm, outcome in rows.values()
    }
    wanted = {
        (subject.partition("/id/utsaga/")[2] or subject, norm.lower()): outcome.value
        for subject, of_norms in outcomes(read_nation(opened)).items()
        for norm, outcome in of_norms.items()
    }
    assert told == wanted
    assert len(rows) == len({finding.id for finding in found if finding.norm})


def test_an_assessment_names_norm_description_outcome_claims_and_words() -> None:
    (finding,) = [each for each in tiny.find(tiny.describe("a:skolan"), tiny.norm()) if each.norm]
    quads = gap_assessments([finding])
    iri = assessment_iri(finding)
    assert iri == f"{tiny.B}id/gap/provstad-2022/b-gruppen/tst-01"
    about = {
        (q.predicate.value, getattr(q.object, "value", "")) for q in quads if getattr(q.subject, "value", "") == iri
    }
    assert (FB.outcome, concept("utfall", "saknas")) in about
    assert (FB.assessesNorm, f"{tiny.B}id/norm/tst-01") in about
    assert (FB.assessesDescription, f"{tiny.B}id/utsaga/provstad-2022/b-gruppen") in about
    assert (PROV.wasDerivedFrom, f"{tiny.B}res/kalla/provstad-2022") in about
    assert {quad.graph_name.value for quad in quads} == {graph_iri("harledd/gap-provstad-2022")}
    said = {q.object.language for q in quads if q.predicate.value.endswith("description")}  # type: ignore[union-attr]
    assert said == {"sv", "en"}


def test_a_comparison_without_a_norm_is_no_assessment() -> None:
    findings = [each for each in tiny.find(tiny.describe("a:skolan")) if not each.norm]
    assert gap_assessments(findings) == []


@pytest.mark.parametrize("path", sorted((queries_dir() / "derived").glob("*.rq")), ids=lambda path: path.stem)
def test_a_derived_query_says_what_it_constructs_and_can_be_bound(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head = dict(re.findall(r"^# (\w+): (.*)$", text, re.MULTILINE))
    assert {"Title", "Question", "Level", "Answers", "Limits", "Binds"} <= set(head)
    assert "\nCONSTRUCT {" in text
    assert {"kommun", "kalla", "forum", "aktor"} == set(re.findall(r"\?(\w+)", head["Binds"]))
    kommun = real_store().construct(text, {"kommun": f"{tiny.B}id/kommun/0780"})
    assert 0 < len(kommun) < len(real_store().construct(text)) or path.stem == "has-no-member"


# --- the command


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["export", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_derived_graphs_hold_nothing_that_a_source_says(tmp_path: Path) -> None:
    run("--derived", "-o", str(tmp_path / "d.trig"))
    derived = read_quads(tmp_path / "d.trig")
    assert all(quad.graph_name.value.startswith(graph_iri("harledd/x")[:-1]) for quad in derived)
    assert not {str(quad.triple) for quad in derived} & triples(real_store())
    whole = CliRunner().invoke(cli, ["export", "--format", "nq"]).output
    assert "/graf/harledd/" not in whole


def test_derived_graphs_break_no_shape_and_change_no_finding(tmp_path: Path) -> None:
    run("--derived", "--municipality", "Vännäs", "-o", str(tmp_path / "mina" / "d.trig"))
    mine = ["--data", str(tmp_path / "mina")]
    checked = CliRunner().invoke(cli, ["validate", str(tmp_path / "mina" / "d.trig")])
    assert checked.exit_code == 0, checked.output
    gaps = ["gaps", "--municipality", "Vännäs", "--all", "--format", "json"]
    assert CliRunner().invoke(cli, [*gaps, *mine]).output == CliRunner().invoke(cli, gaps).output


def test_reports_are_not_chosen_for_the_whole_graph() -> None:
    result = CliRunner().invoke(cli, ["export", "--municipality", "Växjö"])
    assert result.exit_code == 2
    assert "triples are written whole" in result.output
    assert "not for gexf" in CliRunner().invoke(cli, ["export", "--derived", "--format", "gexf"]).output


def test_the_name_of_the_file_says_the_format(tmp_path: Path) -> None:
    run("--derived", "--report", "kalmar-2021", "-o", str(tmp_path / "d.nt"))
    assert (tmp_path / "d.nt").read_text(encoding="utf-8").startswith("<https://w3id.org/")
    assert "vaxjo-2022" not in (tmp_path / "d.nt").read_text(encoding="utf-8")
