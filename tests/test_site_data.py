"""The data of the server: one address for people and programs, questions as an API, a description that is valid."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import openpyxl
import pytest
import rdflib
from openapi_spec_validator import validate

from kg.namespaces import BASE, FB, PROV, RDFS, section_iri, source_iri, thing
from kg.questions import list_questions, question
from kg.server.pages.parameters import PARAMETERS, columns_of
from tests.site import Site, write_own


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with Site(write_own(tmp_path_factory.mktemp("own"))).running() as running:
        yield running


def test_an_iri_leads_people_to_a_page_and_programs_to_data(site):
    def to(path: str, accept: str) -> str:
        found = site.get(path, accept)
        assert found.status_code == 303
        assert found.headers["vary"] == "Accept"
        return found.headers["location"]

    assert to("/id/forum/0780/bra?lang=en", "text/html,*/*;q=0.8") == "/sida/forum/0780/bra?lang=en"
    assert to("/id/forum/0780/bra", "text/turtle") == "/data/forum/0780/bra.ttl"
    assert to("/id/forum/0780/bra", "application/ld+json, text/html;q=0.1") == "/data/forum/0780/bra.jsonld"
    assert to("/spec/Forum", "application/n-triples") == "/data/spec/Forum.nt"
    assert to("/spec", "text/html") == "/sida/spec"
    assert to("/def/aktorstyp/polis", "*/*") == "/sida/def/aktorstyp/polis"
    assert to("/res/kalla/vaxjo-2022/avsnitt/3.1.3", "text/html") == "/sida/res/kalla/vaxjo-2022/avsnitt/3.1.3"
    assert site.get("/id/forum/0780/bra", "image/png").status_code == 406
    page = site.get("/sida/forum/0780/bra").text
    assert '<link rel="alternate" type="text/turtle" href="/data/forum/0780/bra.ttl">' in page


def test_the_data_of_a_thing_names_claim_graph_section_and_report(site):
    bra, graphs = thing("forum", "0780", "bra"), {}
    for suffix, form in (("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld")):
        found = site.get(f"/data/forum/0780/bra.{suffix}", "*/*")
        assert found.headers["access-control-allow-origin"] == "*"
        graphs[suffix] = rdflib.Graph().parse(data=found.content, format=form)
    one = graphs["nt"]
    assert set(graphs["ttl"]) == set(one)
    assert len(graphs["jsonld"]) == len(one)
    uri = rdflib.URIRef
    claims = set(one.subjects(uri(FB.describesForum), uri(bra)))
    assert uri(thing("utsaga", "vaxjo-2022", "b-bra")) in claims
    for claim in claims:
        assert list(one.objects(claim, uri(RDFS.isDefinedBy)))
        for section in one.objects(claim, uri(PROV.wasDerivedFrom)):
            assert list(one.objects(section, uri(FB.sectionNumber)))
    section = uri(section_iri("vaxjo-2022", "3.1.3"))
    assert (section, uri("http://purl.org/dc/terms/isPartOf"), uri(source_iri("vaxjo-2022"))) in one


def test_a_term_is_told_of_without_the_claims_that_use_it(site):
    found = rdflib.Graph().parse(data=site.get("/data/spec/ForumMembership.ttl").content, format="turtle")
    assert set(map(str, found.subjects())) == {FB.ForumMembership}
    assert site.get("/data/forum/0780/finns-inte.ttl").status_code == 404
    graph = site.get("/data/res/graf/vaxjo-2022.nt")
    assert graph.status_code == 200
    assert graph.text.count("\n") > 2000
    assert site.get("/data/res/graf/finns-inte.nt").status_code == 404


def test_a_question_is_answered_alike_by_code_name_and_slug(site):
    answers = [site.get(f"/questions/cq02-forums-by-level.json?kommun={each}") for each in ("0780", "Växjö", "vaxjo")]
    assert {each.status_code for each in answers} == {200}
    assert len({each.content for each in answers}) == 1
    rows = json.loads(answers[0].content)["results"]["bindings"]
    assert rows
    assert {each["kommun"]["value"] for each in rows} == {thing("kommun", "0780")}
    two = site.get("/questions/cq02-forums-by-level.json?kommun=0780&kommun=kalmar").json()
    assert {each["kommun"]["value"] for each in two["results"]["bindings"]} == {
        thing("kommun", each) for each in ("0780", "0880")
    }
    for given in ("0780/bra", "forum/0780/bra", f"{BASE}id/forum/0780/bra"):
        found = site.get(f"/questions/cq03-meetings-a-year.json?forum={given}").json()["results"]["bindings"]
        assert {each["forum"]["value"] for each in found} == {thing("forum", "0780", "bra")}


def test_a_question_comes_in_five_forms_with_formulas_made_harmless(site):
    base = "/questions/cq02-forums-by-level"
    plain = site.get(f"{base}.csv?kommun=0780")
    rows = site.get(f"{base}.json?kommun=0780").json()["results"]["bindings"]
    assert plain.headers["content-type"].startswith("text/csv")
    assert len(plain.text.splitlines()) == len(rows) + 1
    assert site.get(f"{base}.tsv?kommun=0780").text.startswith("?kommun\t")
    assert b"<sparql" in site.get(f"{base}.xml?kommun=0780").content
    sheet = openpyxl.load_workbook(io.BytesIO(site.get(f"{base}.xlsx?kommun=0780").content)).active
    assert [each.value for each in sheet[1]] == list(columns_of(question("cq02-forums-by-level")))
    assert sheet.max_row == len(rows) + 1


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/questions/cq02-forums-by-level.json?kommun=Kalmarr", 400, "Kalmar"),
        ("/questions/cq02-forums-by-level.json?komun=kalmar", 400, "it takes kommun, kalla, forum"),
        ("/questions/cq02-forums-by-level.json?kalla=vaxjo-2021", 400, "vaxjo-2022"),
        ("/questions/cq02-forums-by-level.json?forum=0780/braa", 400, "forum/0780/bra"),
        ("/questions/cq02-forums-by-level.pdf", 404, "unknown format"),
        ("/questions/cq02-forum-by-level.json", 404, "cq02-forums-by-level"),
        ("/data/forum/0780/bra.pdf", 404, "ttl"),
        ("/fraga.json", 400, "nothing is asked"),
    ],
)
def test_a_program_is_told_what_is_wrong_as_problem_details(site, path, status, words):
    found = site.get(path)
    assert found.status_code == status
    assert found.headers["content-type"] == "application/problem+json"
    assert found.json()["status"] == status
    assert words in found.json()["detail"]


def test_the_description_of_the_api_is_valid_and_names_every_question(site):
    told = site.get("/openapi.json").json()
    validate(told)
    assert told["servers"] == [{"url": "http://kg.example"}]
    for each in list_questions():
        one = told["paths"][f"/questions/{each.name}.json"]["get"]
        assert [p["$ref"].rsplit("/", 1)[-1] for p in one["parameters"]] == list(each.binds)
        assert set(each.binds) <= set(PARAMETERS)
        assert columns_of(each)
    listed = site.get("/questions").json()
    assert [each["name"] for each in listed] == [each.name for each in list_questions()]
