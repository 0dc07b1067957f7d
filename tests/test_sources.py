"""Which reports there are, when they speak, and how their claims are held against their texts."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from kg.errors import DataError, UnknownName
from kg.grounding import check_grounding, find_texts
from kg.naming import find_municipality, municipality_iri
from kg.records import Records
from kg.sources import choose_sources, find_source, list_sources, municipalities, span_of
from tests.tiny import describe, records_of, store_of

TEXT = """Provstad
1 Inledning\t2
2 Forum\t3

1 Inledning
Granskningen gäller Provstad.
1. verka för att unga växer upp tryggt

2 Forum
Gruppen består av polisen och säker-
hetschefen. Skolan deltar inte.

2.1 Mer om gruppen
Fältgruppen nämns här.
"""


def grounded_world(*claims: str, text: str = TEXT) -> tuple[Records, str]:
    checksum = hashlib.sha256(text.encode()).hexdigest()
    world = (
        f'src:provstad-2022 fb:sha256 "{checksum}" .\ns:2.1 a fb:SourceSection ; skos:prefLabel "Mer"@sv ; '
        'fb:sectionNumber "2.1" ; dcterms:isPartOf src:provstad-2022 .\n'
    )
    return records_of(world, *claims), text


def check(tmp_path: Path, *claims: str, text: str = TEXT) -> list[tuple[str, str]]:
    records, text = grounded_world(*claims, text=text)
    (tmp_path / "rapport.txt").write_text(text, encoding="utf-8", newline="")
    source = find_source(records, "provstad-2022")
    return [
        (each.subject.rsplit("/", 1)[-1], each.problem)
        for each in check_grounding(records, source, find_texts(tmp_path))
    ]


def claim(name: str, section: str, body: str, certainty: str = "uttalad") -> str:
    return f"u:{name} a fb:ForumMembership ; {body} ; fb:certainty visshet:{certainty} ; prov:wasDerivedFrom s:{section} .\n"


def test_a_claim_whose_words_stand_in_its_section_has_ground(tmp_path: Path) -> None:
    assert check(tmp_path, claim("m-1", "2", 'fb:asStated "polisen och säkerhetschefen"@sv')) == []


def test_a_name_in_the_section_is_ground_enough(tmp_path: Path) -> None:
    assert check(tmp_path, claim("m-1", "2", "org:member a:polisen")) == []


def test_a_word_broken_over_two_lines_is_found(tmp_path: Path) -> None:
    assert check(tmp_path, claim("m-1", "2", 'fb:asStated "säkerhetschefen"@sv')) == []


def test_a_claim_whose_words_stand_elsewhere_has_no_ground(tmp_path: Path) -> None:
    assert check(tmp_path, claim("m-1", "1", 'fb:asStated "skolan deltar inte"@sv')) == [("m-1", "not-found")]


def test_a_part_of_a_word_is_not_the_word(tmp_path: Path) -> None:
    assert check(tmp_path, claim("m-1", "2", 'fb:asStated "polis"@sv')) == [("m-1", "not-found")]


def test_a_section_holds_its_parts_but_a_part_not_the_whole(tmp_path: Path) -> None:
    assert check(tmp_path, claim("m-1", "2", "org:member a:faltgruppen")) == []
    assert check(tmp_path, claim("m-1", "2.1", 'fb:asStated "skolan deltar inte"@sv')) == [("m-1", "not-found")]


def test_a_numbered_list_is_not_taken_for_a_section(tmp_path: Path) -> None:
    assert check(tmp_path, claim("m-1", "1", 'fb:asStated "Granskningen gäller Provstad"@sv')) == []


def test_an_interpreted_claim_needs_its_section_but_no_words(tmp_path: Path) -> None:
    assert check(tmp_path, claim("m-1", "2", "org:member a:elevhalsan", "tolkad")) == []
    assert check(tmp_path, claim("m-1", "2", 'fb:asStated "helt andra ord"@sv', "tolkad")) == [("m-1", "not-found")]


def test_a_section_that_the_text_lacks_is_named(tmp_path: Path) -> None:
    missing = (
        's:7 a fb:SourceSection ; skos:prefLabel "Sju"@sv ; fb:sectionNumber "7" ; dcterms:isPartOf src:provstad-2022 .'
    )
    assert check(tmp_path, missing) == [("7", "no-such-section")]


def test_a_text_that_was_changed_is_not_the_report(tmp_path: Path) -> None:
    records, text = grounded_world()
    (tmp_path / "rapport.txt").write_text(text + " ", encoding="utf-8")
    found = check_grounding(records, find_source(records, "provstad-2022"), find_texts(tmp_path))
    assert [each.problem for each in found] == ["no-text"]


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        ("dag", "2021-12-07", "2021-12-07"),
        ("manad", "2021-12-01", "2021-12-31"),
        ("ar", "2021-01-01", "2021-12-31"),
        ("senast-citerat", "2021-12-07", "2022-12-07"),
    ],
)
def test_a_date_spans_the_days_that_its_precision_leaves(precision: str, first: str, last: str) -> None:
    assert span_of(date(2021, 12, 7), precision) == (date.fromisoformat(first), date.fromisoformat(last))


LATER = """src:provstad-2024 a fb:Source ; skos:prefLabel "Provstad 2024"@sv ; fb:municipality k:9990 ;
    fb:observedOn "2024-05-02"^^xsd:date ."""


def test_the_latest_report_that_describes_forums_is_chosen() -> None:
    records = records_of(describe("a:polisen"), LATER)
    assert [each.key for each in choose_sources(records)] == ["provstad-2022"]  # the later one describes none
    assert [each.key for each in choose_sources(records, all_reports=True)] == ["provstad-2022", "provstad-2024"]
    assert [each.key for each in choose_sources(records, reports=["provstad-2024"])] == ["provstad-2024"]


def test_a_municipality_without_a_report_says_so() -> None:
    other = 'k:9991 a fb:Municipality ; skos:prefLabel "Tomstads kommun"@sv ; fb:municipalityCode "9991" .'
    with pytest.raises(UnknownName, match="no report on Tomstads kommun"):
        choose_sources(records_of(other), municipality="tomstads")


def test_a_source_without_a_day_is_an_error_that_names_it() -> None:
    undated = 'src:utan-dag a fb:Source ; skos:prefLabel "Utan dag"@sv ; fb:municipality k:9990 .'
    with pytest.raises(DataError, match="utan-dag"):
        list_sources(records_of(undated))


def test_two_municipalities_of_one_folded_name_are_told_apart_by_code() -> None:
    twins = """k:0305 a fb:Municipality ; skos:prefLabel "Håbo kommun"@sv ; fb:municipalityCode "0305" .
        k:0643 a fb:Municipality ; skos:prefLabel "Habo kommun"@sv ; fb:municipalityCode "0643" ."""
    known = municipalities(records_of(twins))
    with pytest.raises(UnknownName, match="0305"):
        find_municipality(known, "habo")
    assert find_municipality(known, "0643").sv == "Habo kommun"
    store = store_of(twins)
    for name in ("habo", "Habo", "Håbo", "Habo kommun"):
        with pytest.raises(UnknownName, match="Håbo"):
            municipality_iri(store, name)
    assert municipality_iri(store, "0643").endswith("/0643")


@pytest.mark.parametrize("name", ["Tomstads", "Tomstads kommun", "tomstads", "TOMSTADS", "9991", " Tomstads "])
def test_a_municipality_is_found_in_a_store_as_in_the_records(name: str) -> None:
    store = store_of('k:9991 a fb:Municipality ; skos:prefLabel "Tomstads kommun"@sv ; fb:municipalityCode "9991" .')
    assert municipality_iri(store, name).endswith("/9991")


@pytest.mark.parametrize("name", ["", "\udcff", 'x"y\\', "a" * 5000, "Tomtstad"])
def test_a_name_of_no_municipality_is_unknown_in_a_store(name: str) -> None:
    store = store_of('k:9991 a fb:Municipality ; skos:prefLabel "Tomstads kommun"@sv ; fb:municipalityCode "9991" .')
    with pytest.raises(UnknownName):
        municipality_iri(store, name)


@pytest.mark.parametrize("name", ["ú", "Ж", "-Ÿ", "\x7f", "中"])
def test_a_name_without_a_letter_for_an_iri_is_unknown_like_any_other(name: str) -> None:
    with pytest.raises(UnknownName, match="unknown municipality"):
        find_municipality([], name)
