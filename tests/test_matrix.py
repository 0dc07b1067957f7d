"""Municipalities side by side: each state of a cell on graphs small enough to judge by eye, and what may be said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cases import Case, open_cases
from kg.cli import cli
from kg.errors import DataError
from kg.findings import Remark, Standing
from kg.listings.matrix import matrix_rows
from kg.matrix import By, Matrix, State, compare, told_kinds
from kg.matrix.lacking import find_lacking
from kg.namespaces import concept
from kg.questions import named_query
from kg.sources import choose_sources
from kg.wording import remark_advice, remark_sentence
from tests.synthetic import all_cases, real_store, synthetic_store
from tests.test_paths import _validator
from tests.tiny import B, describe, records_of

HOME = f"{B}id/kommun/9990"


def elsewhere(letter: str, code: str, name: str, claims: str = "", *, kind: str = "est", sure: str = "uttalad") -> str:
    """Return another municipality with one report that describes one forum of a kind, with the police in it."""
    source = {"v": "annanstad-2022", "w": "tredjestad-2022"}[letter]
    section = f"<{B}res/kalla/{source}/avsnitt/1>"
    return f"""
k:{code} a fb:Municipality ; skos:prefLabel "{name}"@sv ; fb:municipalityCode "{code}" ; fb:actorType aktorstyp:kommun .
src:{source} a fb:Source ; skos:prefLabel "{name} 2022"@sv ; fb:municipality k:{code} ;
    fb:observedOn "2022-05-05"^^xsd:date .
{section} a fb:SourceSection ; skos:prefLabel "Ett"@sv ; fb:sectionNumber "1" ; dcterms:isPartOf src:{source} .
<{B}id/forum/{code}/grupp> a fb:Forum ; skos:prefLabel "{name}gruppen"@sv ; fb:forumType forumtyp:{kind} ;
    fb:municipality k:{code} .
{letter}:b-1 a fb:ForumDescription ; fb:describesForum <{B}id/forum/{code}/grupp> ; fb:certainty visshet:{sure} ;
    fb:listingCompleteness fullstandighet:exemplifierande ; prov:wasDerivedFrom {section} .
{letter}:m-1 a fb:ForumMembership ; org:organization <{B}id/forum/{code}/grupp> ; org:member a:polisen ;
    org:role deltagarroll:ledamot ; fb:certainty visshet:uttalad ; prov:wasDerivedFrom {section} .
{claims}
"""


SECOND = elsewhere("v", "9991", "Annanstad")
THIRD = elsewhere("w", "9992", "Tredjestad")
COUNCIL = """f:radet a fb:Forum ; skos:prefLabel "Rådet"@sv ; fb:forumType forumtyp:bra ; fb:municipality k:9990 .
"""


def cases_of(*texts: str) -> list[Case]:
    records = records_of(*texts)
    return open_cases(records, [each for each in choose_sources(records) if each.describes_forums])


def matrix_of(*texts: str, by: By = By.FORUM) -> Matrix:
    return compare(cases_of(*texts), by)


def state(matrix: Matrix, kind: str) -> State:
    scheme = "forumtyp" if matrix.by is By.FORUM else "aktorstyp"
    return matrix.cells[concept(scheme, kind), HOME].state


def lacking(*texts: str, by: By = By.FORUM) -> list[Remark]:
    cases = cases_of(*texts)
    return find_lacking(cases, compare(cases, by), HOME)


def test_a_kind_that_is_described_has_the_names_of_its_forums() -> None:
    matrix = matrix_of(describe("a:polisen"), SECOND)
    assert state(matrix, "est") is State.DESCRIBED
    assert matrix_rows(matrix, "sv") == [("EST-grupp", "Gruppen", "Annanstadgruppen")]


def test_a_kind_that_no_report_mentions_is_not_described_and_never_called_missing() -> None:
    found = lacking(COUNCIL, describe("a:polisen", forum="radet"), SECOND, THIRD)
    (remark,) = found
    assert (remark.code, remark.standing) == ("forum-lacking", Standing.UNSTATED)
    said = remark_sentence(remark)
    assert said.startswith(
        "Inget forum av slaget EST-grupp är beskrivet i Provstad 2022. Det är beskrivet i 2 av 2 andra kommuner: Annanstad "
        "(Annanstadgruppen) och Tredjestad (Tredjestadgruppen). I Provstad 2022 beskrivs 1 forum; det kan finnas fler."
    )
    assert "saknas" not in said
    assert "säger inte att det behövs" in remark_advice(remark)


def test_only_a_denial_is_told_as_not_there() -> None:
    denial = """u:a-1 a fb:AbsenceClaim ; fb:absent forumtyp:est ; fb:absentWithin k:9990 ; fb:asStated "ingen EST"@sv ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."""
    texts = (COUNCIL, describe("a:polisen", forum="radet"), denial, SECOND, THIRD)
    assert state(matrix_of(*texts), "est") is State.DENIED
    (remark,) = lacking(*texts)
    assert (remark.code, remark.standing) == ("forum-lacking-denied", Standing.STATED)
    assert remark_sentence(remark).startswith("Provstad 2022 säger att EST-grupp inte finns (”ingen EST”).")
    assert [each.number for each in remark.sections] == ["2"]


def test_a_denial_within_a_forum_is_none_of_the_municipality() -> None:
    denial = """u:a-1 a fb:AbsenceClaim ; fb:absent forumtyp:est ; fb:absentWithin f:radet ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."""
    matrix = matrix_of(COUNCIL, describe("a:polisen", forum="radet"), denial, SECOND)
    assert state(matrix, "est") is State.NOT_MENTIONED


@pytest.mark.parametrize("status", ["foreslagen", "planerad", "upphord"])
def test_a_forum_that_does_not_run_is_told_apart(status: str) -> None:
    texts = (describe("a:polisen", extra=f"; fb:status status:{status} "), SECOND, THIRD)
    assert state(matrix_of(*texts), "est") is State.NOT_RUNNING
    (remark,) = lacking(*texts)
    assert "är i Provstad 2022 bara Gruppen beskrivet, och det är inte igång" in remark_sentence(remark)


def test_a_narrower_kind_counts_for_the_broader_and_the_broader_leaves_the_narrower_open() -> None:
    # forumtyp bbg-styrgrupp is narrower than styrgrupp
    steering = describe("a:polisen").replace("f:gruppen", "f:styr")
    forum = """f:styr a fb:Forum ; skos:prefLabel "Styrgruppen"@sv ; fb:forumType forumtyp:{} ; fb:municipality k:9990 .
"""
    narrow = matrix_of(forum.format("bbg-styrgrupp"), steering, elsewhere("v", "9991", "Annanstad", kind="styrgrupp"))
    assert state(narrow, "styrgrupp") is State.DESCRIBED
    broad = matrix_of(forum.format("styrgrupp"), steering, elsewhere("v", "9991", "Annanstad", kind="bbg-styrgrupp"))
    assert state(broad, "bbg-styrgrupp") is State.UNSURE


def test_what_rests_on_the_editors_reading_is_not_held_up_to_others() -> None:
    read = elsewhere("v", "9991", "Annanstad", sure="tolkad")
    assert lacking(COUNCIL, describe("a:polisen", forum="radet"), read, THIRD) == []


def test_the_form_of_a_meeting_is_not_compared() -> None:
    others = (
        elsewhere("v", "9991", "Annanstad", kind="styrgrupp"),
        elsewhere("w", "9992", "Tredjestad", kind="styrgrupp"),
    )
    assert lacking(COUNCIL, describe("a:polisen", forum="radet"), *others) == []


def test_a_forum_of_another_municipality_does_not_count() -> None:
    foreign = f"""u:b-2 a fb:ForumDescription ; fb:describesForum <{B}id/forum/9991/grupp> ; fb:certainty visshet:uttalad ;
        fb:listingCompleteness fullstandighet:ej-angiven ; prov:wasDerivedFrom s:1 ."""
    matrix = matrix_of(COUNCIL, describe("a:polisen", forum="radet"), foreign, SECOND)
    assert state(matrix, "est") is State.NOT_MENTIONED


def test_an_actor_of_the_kind_is_named_and_one_in_no_forum_that_runs_is_not() -> None:
    assert state(matrix_of(describe("a:polisen"), SECOND, by=By.ACTOR), "polis") is State.DESCRIBED
    ended = describe("a:polisen", extra="; fb:status status:upphord ")
    assert state(matrix_of(ended, SECOND, by=By.ACTOR), "polis") is State.NOT_MENTIONED


@pytest.mark.parametrize(
    ("member", "expected"), [("a:skolan", "unsure"), ("k:9990", "unsure"), ("a:polisen", "not-mentioned")]
)
def test_a_kind_that_a_member_may_be_of_is_unsure_and_never_held_up(member: str, expected: str) -> None:
    health = f"""v:m-2 a fb:ForumMembership ; org:organization <{B}id/forum/9991/grupp> ; org:member a:elevhalsan ;
        org:role deltagarroll:ledamot ; fb:certainty visshet:uttalad ;
        prov:wasDerivedFrom <{B}res/kalla/annanstad-2022/avsnitt/1> ."""
    texts = (describe(member), elsewhere("v", "9991", "Annanstad", health))
    assert state(matrix_of(*texts, by=By.ACTOR), "elevhalsa").value == expected
    told = [each for each in lacking(*texts, by=By.ACTOR) if each.subjects[0].sv == "elevhälsa"]
    assert bool(told) == (expected == "not-mentioned")


def test_how_much_each_report_describes_stands_beside_the_table() -> None:
    matrix = matrix_of(describe("a:polisen"), COUNCIL, describe("", forum="radet", completeness="ej-angiven"), SECOND)
    home, away = matrix.columns
    assert (home.forums, home.whole, home.unnamed) == (2, 1, 1)
    assert (away.forums, away.whole, away.unnamed) == (1, 0, 0)


@pytest.mark.parametrize("by", list(By))
def test_the_order_of_the_reports_does_not_change_a_cell(by: By) -> None:
    cases = [each for each in all_cases(real_store()) if each.forums]
    one, two = compare(cases, by), compare(cases[::-1], by)
    assert one.kinds == two.kinds
    assert {key: (cell.state, cell.names) for key, cell in one.cells.items()} == {
        key: (cell.state, cell.names) for key, cell in two.cells.items()
    }


def test_one_municipality_or_eleven_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="1 municipalities; 2 to 10"):
        matrix_of(describe("a:polisen"))
    many = [each for each in all_cases(synthetic_store(11)) if each.forums]
    with pytest.raises(ValueError, match="11 municipalities"):
        compare(many)
    with pytest.raises(ValueError, match="not in the matrix"):
        find_lacking(cases_of(describe("a:polisen"), SECOND), matrix_of(describe("a:polisen"), SECOND), "x")


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("store", [real_store, synthetic_store])
def test_the_kinds_equal_their_definitions(store: Any, by: By) -> None:
    graph = store()
    rows = graph.select(named_query(f"definitions/compare-{by}-kinds")).values()
    mine = told_kinds(all_cases(graph), by)
    assert sorted(rows) == mine
    assert len(mine) > 30


@pytest.mark.parametrize("store", [real_store, synthetic_store])
def test_what_others_have_is_a_part_of_what_the_named_question_answers(store: Any) -> None:
    # q24 takes all reports and exact kinds; ours also counts narrower kinds and leaves out forms and readings
    graph = store()
    rows = graph.select(named_query("questions/q24-peers"))
    asked = {
        (row["kommun"], row["forumtyp"])
        for row in (dict(zip(rows.variables, each, strict=True)) for each in rows.values())
    }
    cases = [each for each in all_cases(graph) if each.forums]
    matrix = compare(cases)
    broader = {concept("forumtyp", each) for each in ("styrgrupp", "bob-rad", "samordnad-planering")}
    for column in matrix.columns:
        for each in find_lacking(cases, matrix, column.municipality.iri):
            kind = each.subjects[0].iri
            assert (column.municipality.iri, kind) in asked or kind in broader


def test_vannas_denies_its_council_and_says_nothing_of_the_rest() -> None:
    cases = [each for each in all_cases(real_store()) if each.forums]
    matrix = compare(cases)
    found = {
        each.subjects[0].iri.rsplit("/", 1)[-1]: each for each in find_lacking(cases, matrix, f"{B}id/kommun/2460")
    }
    assert found["bra"].code == "forum-lacking-denied"
    assert {each.code for kind, each in found.items() if kind != "bra"} == {"forum-lacking"}
    assert (
        "finns inte enligt rapporten"
        in {row[0]: row[-1] for row in matrix_rows(matrix, "sv")}["lokalt brottsförebyggande råd"]
    )


def test_every_remark_has_words_in_both_languages() -> None:
    cases = [each for each in all_cases(real_store()) if each.forums]
    for by in By:
        matrix = compare(cases, by)
        for column in matrix.columns:
            for each in find_lacking(cases, matrix, column.municipality.iri):
                for lang in ("sv", "en"):
                    said = remark_sentence(each, lang)  # type: ignore[arg-type]
                    assert "()" not in said
                    assert "  " not in said


@pytest.mark.parametrize(
    "arguments",
    [["växjö", "kalmar", "--for", "vaxjo"], ["--by", "actor", "--all-reports", "--for", "0880", "--lang", "en"]],
)
def test_the_json_of_the_command_fits_its_schema(arguments: list[str]) -> None:
    run = CliRunner().invoke(cli, ["compare", *arguments, "--store", "memory", "--format", "json"])
    assert run.exit_code == 0, run.output
    found = json.loads(run.stdout)
    _validator("comparison.json").validate(found)
    assert found["kinds"]


def test_another_report_that_describes_the_kind_is_named() -> None:
    run = CliRunner().invoke(cli, ["compare", "--for", "växjö", "--store", "memory", "--format", "csv"])
    assert "En annan rapport om kommunen beskriver det: Växjö 2022 (BRÅ)." in run.stdout


@pytest.mark.parametrize("output_format", ["table", "csv", "md"])
def test_every_format_of_the_command_has_the_forums(output_format: str) -> None:
    run = CliRunner().invoke(cli, ["compare", "--store", "memory", "--format", output_format])
    assert "Områdesgrupperna" in run.stdout
    assert "inte beskrivet" in run.stdout


@pytest.mark.parametrize("arguments", [["växjö"], ["växjö", "kalmar", "--for", "vännäs"]])
def test_what_cannot_be_compared_is_an_error(arguments: list[str]) -> None:
    run = CliRunner().invoke(cli, ["compare", *arguments, "--store", "memory"])
    assert isinstance(run.exception, DataError)
