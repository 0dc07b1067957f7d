"""The Turtle of the norms says what the register says, row by row and field by field."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import rdflib
from rdflib import DCTERMS, RDF, SKOS, XSD, Literal, URIRef

from kg.errors import DataError
from kg.namespaces import BASE, FB, NAMESPACES, concept, thing
from tests.tool import load_tool

ROOT = Path(__file__).parent.parent
NORMS = ROOT / "ontology" / "norms"
REGISTER = list(csv.DictReader(io.StringIO((NORMS / "register.csv").read_text(encoding="utf-8"))))
SCHEMA = rdflib.Namespace(NAMESPACES["schema"])

BY_CONCEPT = {  # column: (property, scheme); `verified` is written in capitals
    "forum_type": (FB.appliesToForumType, "forumtyp"),
    "expected_actor_type": (FB.expectsActorType, "aktorstyp"),
    "obligation": (FB.obligationLevel, "forpliktelsegrad"),
    "basis": (FB.normBasis, "normgrund"),
    "date_precision": (FB.datePrecision, "tidsprecision"),
    "level": (FB.level, "forumniva"),
    "verified": (FB.verification, "verifiering"),
}


@pytest.fixture(scope="module")
def build() -> Iterator[ModuleType]:
    yield from load_tool("build_norms")


@pytest.fixture(scope="module")
def norms() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted(NORMS.glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def iri(row: dict[str, str]) -> URIRef:
    return URIRef(thing("norm", row["id"].lower()))


def said(graph: rdflib.Graph, row: dict[str, str], term: str) -> set[rdflib.term.Node]:
    return set(graph.objects(iri(row), URIRef(term)))


def expected(value: str) -> set[rdflib.term.Node]:
    return {URIRef(value)} if value else set()


def test_every_row_is_a_norm_and_every_norm_is_a_row(norms: rdflib.Graph) -> None:
    described = set(norms.subjects(URIRef(FB.verification)))
    assert described == {iri(row) for row in REGISTER}
    assert len(REGISTER) == 234


def test_the_kind_of_a_row_is_the_class_of_its_norm(norms: rdflib.Graph) -> None:
    for row in REGISTER:
        name = {"participation": "Participation", "existence": "Existence", "frequency": "Frequency", "duty": "Duty"}
        assert set(norms.objects(iri(row), RDF.type)) == {URIRef(f"{NAMESPACES['fb']}{name[row['kind']]}Norm")}


@pytest.mark.parametrize("column", BY_CONCEPT)
def test_each_code_of_a_row_is_a_concept_of_its_norm(norms: rdflib.Graph, column: str) -> None:
    term, scheme = BY_CONCEPT[column]
    for row in REGISTER:
        code = row[column].lower()
        also = (
            {URIRef(concept(scheme, "insluss-avhopp"))} if code == "avhopparverksamhet" else set()
        )  # rule of the register
        assert said(norms, row, term) == expected(code and concept(scheme, code)) | also, row["id"]


def test_scope_and_expected_thing_of_a_row_stand_in_its_norm(norms: rdflib.Graph) -> None:
    for row in REGISTER:
        scope = row["scope_class"]
        assert said(norms, row, FB.appliesToClass) == expected(scope and NAMESPACES["fb"] + scope)
        scheme, _, code = row["expected_thing"].partition(":")
        is_rhythm = scheme == "frekvens"
        assert said(norms, row, FB.expectsExistenceOf) == expected(
            "" if is_rhythm or not code else concept(scheme, code)
        )
        if is_rhythm:
            assert said(norms, row, FB.frequency) == {URIRef(concept("frekvens", code))}


def test_a_rhythm_becomes_the_meetings_a_year_that_the_terms_give_it(norms: rdflib.Graph) -> None:
    terms = rdflib.Graph().parse(ROOT / "ontology" / "terms" / "frekvens.ttl", format="turtle")
    for row in REGISTER:
        found = [
            terms.value(URIRef(concept("frekvens", code)), URIRef(FB.occurrencesPerYear))
            for scheme, _, code in [row["expected_thing"].partition(":")]
            if scheme == "frekvens"
        ]
        assert said(norms, row, FB.meetingsPerYearMin) == set(found)
        assert all(value is not None and value.datatype == XSD.decimal for value in found)


def test_a_rhythm_in_the_note_of_a_frequency_is_stated_too(norms: rdflib.Graph) -> None:
    every_second_year = {row["id"] for row in REGISTER if "frekvens:vartannat-ar" in row["note"]}
    subjects = norms.subjects(URIRef(FB.frequency), URIRef(concept("frekvens", "vartannat-ar")))
    assert {str(subject) for subject in subjects} == {thing("norm", name.lower()) for name in every_second_year}
    assert every_second_year == {"PLN-03", "PLN-04"}


def test_statements_notes_and_ids_stand_word_for_word(norms: rdflib.Graph) -> None:
    for row in REGISTER:
        assert said(norms, row, str(SKOS.notation)) == {Literal(row["id"])}
        wording = {Literal(row["statement_sv"], lang="sv"), Literal(row["statement_en"], lang="en")}
        assert said(norms, row, str(SKOS.definition)) == wording
        note = re.sub(r" \[not-for:[^\]]*\]", "", row["note"])
        assert said(norms, row, str(SKOS.editorialNote)) == ({Literal(note, lang="en")} if note else set())
        assert said(norms, row, FB.locator) == {Literal(row["source_locator"])}
        assert said(norms, row, FB.evidenceCount) == {Literal(int(row["evidence_count"]))}


def test_dates_are_dates_and_an_empty_start_has_unknown_precision(norms: rdflib.Graph) -> None:
    for row in REGISTER:
        for column, term in (("valid_from", FB.validFrom), ("valid_to", FB.validThrough)):
            dates = {Literal(row[column], datatype=XSD.date)} if row[column] else set()
            assert said(norms, row, term) == dates, row["id"]
        assert (row["valid_from"] == "") == (row["date_precision"] == "okand")


def test_ages_become_a_target_group_with_the_same_bounds(norms: rdflib.Graph) -> None:
    for row in REGISTER:
        groups = said(norms, row, FB.hasTargetGroup)
        assert len(groups) == (1 if row["age_min"] or row["age_max"] else 0)
        for group in groups:
            bounds = [norms.value(group, URIRef(term)) for term in (FB.minAge, FB.maxAge)]
            assert [("" if bound is None else str(bound)) for bound in bounds] == [row["age_min"], row["age_max"]]
            assert (group, RDF.type, URIRef(FB.TargetGroup)) in norms


def test_an_open_age_is_left_out_of_the_iri_and_of_the_bounds(norms: rdflib.Graph) -> None:
    group = URIRef(thing("malgrupp", "alder-till-18"))
    assert list(norms.objects(group, URIRef(FB.maxAge))) == [Literal(18)]
    assert not list(norms.objects(group, URIRef(FB.minAge)))


def test_a_condition_keeps_its_code_its_words_and_its_county(norms: rdflib.Graph) -> None:
    for row in REGISTER:
        county = re.fullmatch(r"endast-lan-(\d\d)", row["condition_code"])
        code = "endast-lan" if county else row["condition_code"]
        assert said(norms, row, FB.condition) == expected(code and concept("normvillkor", code))
        assert said(norms, row, FB.countyCode) == ({Literal(county[1])} if county else set())
        words = {text.language: str(text) for text in said(norms, row, FB.conditionText)}
        assert words.get("sv", "") == row["condition"].replace(" (frekvens:vartannat-ar)", "")
        assert set(words) == ({"sv", "en"} if row["condition"] else set())


def test_a_norm_that_rests_on_a_report_spares_its_municipality(norms: rdflib.Graph) -> None:
    for row in REGISTER:
        codes = re.findall(r"not-for:(\d{4})", row["note"])
        assert said(norms, row, FB.notForMunicipality) == {URIRef(thing("kommun", code)) for code in codes}
        if row["source_address"].startswith(f"{BASE}res/kalla/"):
            assert codes, row["id"]


def test_the_source_of_a_norm_has_the_title_publisher_and_address_of_its_row(norms: rdflib.Graph) -> None:
    for row in REGISTER:
        (source,) = said(norms, row, str(DCTERMS.source))
        if str(source).startswith(f"{BASE}res/kalla/"):
            assert str(source) == row["source_address"]  # a report is described with its claims
            continue
        assert norms.value(source, DCTERMS.title) == Literal(row["source_title"], lang="sv")
        assert norms.value(source, DCTERMS.publisher) == Literal(row["source_publisher"])
        assert norms.value(source, SCHEMA.url) == Literal(row["source_address"], datatype=XSD.anyURI)
        is_statute = row["source_publisher"].startswith("Svensk författningssamling")
        assert str(source).startswith(BASE + ("id/forfattning/sfs-" if is_statute else "id/dokument/norm/"))


def test_a_norm_of_law_rests_on_described_acts_and_no_other_norm_does(norms: rdflib.Graph) -> None:
    for row in REGISTER:
        acts = said(norms, row, FB.legalBasis)
        assert bool(acts) == (row["basis"] in {"lag", "verka-for"}), row["id"]
        assert all((act, RDF.type, URIRef(FB.LegalAct)) in norms for act in acts)


@pytest.mark.parametrize(
    ("norm", "acts"),
    [
        ("pln-01", {"sfs-2023-196"}),
        ("sip-01", {"sfs-2017-30", "sfs-2001-453"}),  # the locator cites both by their short names
        ("dut-03", {"sfs-2010-800", "sfs-2025-400"}),  # school law points at the law on social services
        ("dut-08", {"sfs-2025-400"}),  # a bill was read, the act is what binds
    ],
)
def test_the_acts_behind_a_norm_are_its_source_and_those_it_cites(
    norms: rdflib.Graph, norm: str, acts: set[str]
) -> None:
    found = norms.objects(URIRef(thing("norm", norm)), URIRef(FB.legalBasis))
    assert {str(act) for act in found} == {thing("forfattning", act) for act in acts}


def test_a_norm_of_unknown_start_is_known_from_the_year_after_the_wording_read(norms: rdflib.Graph) -> None:
    known = {str(norm).rsplit("/", 1)[1]: str(day) for norm, day in norms.subject_objects(URIRef(FB.knownFrom))}
    assert known == {
        "lul-01": "2016-01-01",  # SFS 2015:81
        "lul-02": "2016-01-01",
        "lul-03": "2016-01-01",
        "dut-01": "2026-01-01",  # SFS 2025:407
        "dut-02": "2026-01-01",  # SFS 2025:440
        "dut-10": "2017-01-01",  # SFS 2016:930
        "dut-11": "2024-01-01",  # SFS 2023:312
        "frv-01": "2019-01-01",  # SFS 2018:1098
        "frv-02": "2019-01-01",  # the same paragraph as frv-01
    }


def test_every_norm_has_a_short_label_of_its_own_in_both_languages(norms: rdflib.Graph) -> None:
    labels = [
        str(label) for row in REGISTER for label in said(norms, row, str(SKOS.prefLabel)) if label.language == "sv"
    ]
    assert len(labels) == len(set(labels)) == len(REGISTER)
    assert max(map(len, labels)) <= 80
    assert Literal("Polisen i lokalt brottsförebyggande råd", lang="sv") in said(
        norms, next(row for row in REGISTER if row["id"] == "BRA-05"), str(SKOS.prefLabel)
    )


def test_the_committed_files_are_what_the_register_gives(build: ModuleType) -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in NORMS.glob("*.ttl")}
    assert build.norm_files() == committed, "run: python -m tools.build_norms"


def test_the_files_hold_one_object_a_line_sorted_and_without_blank_nodes(norms: rdflib.Graph) -> None:
    assert not any(isinstance(term, rdflib.BNode) for triple in norms for term in triple)
    for path in sorted(NORMS.glob("*.ttl")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("    ")]
        outside = [re.sub(r'"(?:[^"\\]|\\.)*"', "", line) for line in lines]
        assert not any("," in line or line.count(";") > 1 for line in outside), path.name
        subjects = re.findall(r"^norm:(\S+) a ", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert subjects == sorted(subjects)


def copy_of_the_register(folder: Path, **change: tuple[str, str]) -> Path:
    for name, (old, new) in {"register": ("", ""), "phrases": ("", ""), **change}.items():
        text = (NORMS / f"{name}.csv").read_text(encoding="utf-8")
        assert old in text
        (folder / f"{name}.csv").write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_an_id_that_stands_twice_is_refused(build: ModuleType, tmp_path: Path) -> None:
    folder = copy_of_the_register(tmp_path, register=("\nBRA-06,", "\nBRA-05,"))
    with pytest.raises(DataError, match=r"register\.csv: ids that stand twice: BRA-05"):
        build.norm_files(folder)


def test_two_documents_of_one_title_are_refused(build: ModuleType, tmp_path: Path) -> None:
    folder = copy_of_the_register(tmp_path, register=("Organisera arbetet,", "Skapa en organisation för arbetet,"))
    with pytest.raises(DataError, match="would be both"):
        build.norm_files(folder)


def test_a_code_without_a_phrase_is_named_with_the_file_to_add_it_to(build: ModuleType, tmp_path: Path) -> None:
    folder = copy_of_the_register(tmp_path, phrases=("aktor,rattsmedicin,", "aktor,rattsmedisin,"))
    with pytest.raises(DataError, match=r"phrases\.csv: no phrase for aktor 'rattsmedicin'"):
        build.norm_files(folder)


def test_two_norms_of_one_label_and_basis_are_refused(build: ModuleType, tmp_path: Path) -> None:
    folder = copy_of_the_register(tmp_path, phrases=("norm,SIG-53,", "norm,SIG-99,"))
    with pytest.raises(DataError, match="SIG-52 and SIG-53 are both called"):
        build.norm_files(folder)
