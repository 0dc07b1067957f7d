"""The words of a finding follow the basis of its norm; no form leaves a hole in the sentence."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kg.cache import load_everything
from kg.findings import Finding, Lang
from kg.gaps import find_gaps
from kg.network import build_network
from kg.records import read_records
from kg.sentences import advice, changed_by, norm_place, sentence
from kg.sources import choose_sources
from kg.store import open_store
from tests.tiny import describe, find, norm, only

OTHERS = "a:skolan a:faltgruppen"
BASES = ("lag", "verka-for", "definition", "vagledning", "avtal", "praxis", "uppdrag")


@pytest.fixture(scope="module")
def everything() -> list[Finding]:
    records = read_records(load_everything(open_store("memory")))
    sources = choose_sources(records, all_reports=True)
    graph = build_network(records, sources)
    later = find_gaps(records, graph, sources, everywhere=sources, as_of=date(2025, 7, 1))
    return find_gaps(records, graph, sources, everywhere=sources) + later


def on(basis: str, members: str = OTHERS, **more: str) -> Finding:
    text = norm(**more).replace("normgrund:definition", f"normgrund:{basis}")
    return only(find(describe(members), text), "tst-01")


def test_a_missing_actor_is_said_with_norm_report_day_section_and_certainty() -> None:
    said = sentence(on("definition"))
    assert said == (
        "Polisen finns inte bland deltagarna i Gruppen, som rapporten räknar upp i sin helhet. Gruppen avviker från modellen. "
        "tst-01 väntas. Så är modellen beskriven. (TST-01; Provstad 2022, 2022-03-17; avsnitt 1; visshet: uttalad)"
    )


@pytest.mark.parametrize("basis", ["verka-for", "vagledning", "avtal", "praxis", "uppdrag", "definition"])
def test_only_law_is_ever_said_to_be_unmet(basis: str) -> None:
    said = sentence(on(basis))
    assert "inte uppfyllt" not in said
    assert "bryter" not in said


def test_an_act_is_written_as_swedish_writes_it_inside_a_sentence(everything: list[Finding]) -> None:
    told = " ".join(map(sentence, everything))
    assert "Det följer av kommunallagen (2017:725), 6 kap. 6 §" in told
    assert "Det följer av lagen (2003:1210) om finansiell samordning" in told
    assert not re.search(r"följer av \w*lag \(", told, re.IGNORECASE)


def test_the_place_of_a_norm_is_said_once(everything: list[Finding]) -> None:
    for place in {norm_place(each) for each in everything}:
        title, _, rest = place.partition(", ")
        assert not rest or not title.endswith(rest)


def test_of_a_deed_in_a_forum_its_host_is_asked(everything: list[Finding]) -> None:
    asked = {advice(each) for each in everything if each.id == "kalmar-2021/b-est/est-20"}
    assert "Fråga den som håller i EST-gruppen om det görs, och i så fall hur." in asked


def test_practice_is_called_a_comparison() -> None:
    assert "Det är en jämförelse, inget krav." in sentence(on("praxis"))


def test_a_commission_is_said_not_to_bind_the_municipality() -> None:
    assert "binder inte kommunen" in sentence(on("uppdrag"))


def test_guidance_that_has_ended_was_recommended_and_not_required() -> None:
    ended = norm(extra='; fb:validThrough "2023-06-30"^^xsd:date').replace(
        "normgrund:definition", "normgrund:vagledning"
    )
    said = sentence(only(find(describe(OTHERS), ended), "tst-01"))
    assert "rekommenderades" in said
    assert "krävdes inte" in said


def test_silence_is_said_to_be_silence() -> None:
    text = describe(OTHERS, completeness="exemplifierande")
    said = sentence(only(find(text, norm()), "tst-01"))
    assert said.startswith("Rapporten nämner inte polisen bland deltagarna i Gruppen, men räknar inte upp alla.")
    assert advice(only(find(text, norm()), "tst-01")) == "Fråga den som håller i Gruppen om polisen deltar."


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_sentence_on_the_real_graph_has_a_hole(everything: list[Finding], lang: Lang) -> None:
    for finding in everything:
        for text in (sentence(finding, lang), advice(finding, lang), changed_by(finding, lang)):
            assert not re.search(r"\(\)|\(,|: \.|  |None|\{|\}| ,|\.\.|^\W*$", text) or text == "", (finding.id, text)


def test_no_english_is_left_in_swedish_and_no_swedish_in_english(everything: list[Finding]) -> None:
    for finding in everything:
        assert not re.search(r"\b(the|report|norm is|takes part|section|certainty)\b", sentence(finding, "sv")), (
            finding.id
        )
        own = re.sub(r"[”“\"(].*?[”“\")]", "", sentence(finding, "en"))
        assert not re.search(r"\b(rapporten|deltar|avsnitt|visshet|kravet|jämförelse)\b", own), (finding.id, own)


def test_every_gap_on_the_real_graph_cites_a_section(everything: list[Finding]) -> None:
    for finding in everything:
        if finding.is_gap or (finding.outcome.value in {"narvarande", "ej-namnd"} and finding.forum):
            assert finding.sections, finding.id


def test_body_and_forum_are_named_and_what_is_said_of_a_norm_follows_it(everything: list[Finding]) -> None:
    said = {each.id: sentence(each) for each in reversed(everything)}
    assert said["vaxjo-2022/b-bra/bra-09"].startswith(
        "I BRÅ nämner rapporten bara ett bredare slag av aktör: Kommunens förvaltningar. Om socialtjänsten ingår sägs inte."
    )
    guided = said["vaxjo-2022/b-spik-styrgrupp/org-02"]
    assert guided.startswith("Chefen för lokalpolisområdet kan ingå i styrgruppen. Det är vägledning")
    assert "Normen har ett villkor som inte kan prövas för Styrgruppen för SPiK: bara styrgrupp" in guided
    assert "Rapporten visar inte att Kommunstyrelsen gör det." in said["vaxjo-2022/kommunstyrelsen/kom-01"]
    assert "Teckna samverkansöverenskommelse)" in said["vaxjo-2022/0780/sok-05"]


def test_what_the_auditors_judged_as_unmet_is_not_asked_for_anew(everything: list[Finding]) -> None:
    found = next(each for each in everything if each.reason == "judged-otherwise")
    assert advice(found) == "Fråga Nämnden för arbete och välfärd vad som har gjorts sedan granskningen."
