"""Names that fit several things: the user chooses once, in the workbook, and the choice is honoured."""

from __future__ import annotations

from pathlib import Path

from kg.namespaces import ORG
from kg.workbook.claims import build
from kg.workbook.rows import export_tables
from kg.workbook.sheets import CHOICES
from kg.workbook.template import template_pages
from tests.workbooks import Sheets, checked, context, said

TWO: Sheets = {
    "Aktörer och funktioner": [
        ["Namn", "Slag", "Aktörstyp", "Del av"],
        ["Socialförvaltningen", "förvaltning", "socialtjänst", "Lunds kommun"],
        ["Skolförvaltningen", "förvaltning", "skola", "Lunds kommun"],
        ["Ungdomsteamet", "enhet", "socialtjänst", "Socialförvaltningen"],
        ["Ungdomsteamet", "enhet", "skola", "Skolförvaltningen"],
    ],
    "Deltagande": [["Forum", "Aktör"], ["BRÅ", "Ungdomsteamet"]],
}


def test_two_of_one_name_stay_two_and_a_choice_in_the_workbook_says_which(tmp_path: Path) -> None:
    asked = said(checked(tmp_path, TWO), "fel")
    assert len(asked) == 1
    assert "bladet Namnval" in asked[0]
    chosen = {**TWO, "Namnval": [["Skrivet namn", "Läses som"], ["Ungdomsteamet", "Ungdomsteamet (Skolförvaltningen)"]]}
    found = checked(tmp_path, chosen)
    assert not found.errors, said(found, "fel")
    seats = {
        t.value.text.rsplit("/", 1)[-1] for g in found.built.graphs.values() for t in g if t.predicate == ORG.member
    }
    assert seats == {"ungdomsteamet-2"}


def test_a_choice_gives_a_word_of_the_house_its_actor(tmp_path: Path) -> None:
    house = {
        **TWO,
        "Deltagande": [["Forum", "Aktör"], ["BRÅ", "Kontoret"]],
        "Namnval": [["Skrivet namn", "Läses som"], ["kontoret", "Socialförvaltningen"]],
    }
    found = checked(tmp_path, house)
    assert not found.errors, said(found, "fel")
    seats = {
        t.value.text.rsplit("/", 1)[-1] for g in found.built.graphs.values() for t in g if t.predicate == ORG.member
    }
    assert seats == {"socialforvaltningen"}


def test_a_choice_of_nothing_is_an_error_at_its_cell(tmp_path: Path) -> None:
    wrong = {**TWO, "Namnval": [["Skrivet namn", "Läses som"], ["Ungdomsteamet", "Hittepåförvaltningen"]]}
    assert any("Namnval B2" in each and "Finns inte" in each for each in said(checked(tmp_path, wrong), "fel"))


def test_choices_come_back_from_the_graph_as_the_same_graph(tmp_path: Path) -> None:
    house = {
        **TWO,
        "Deltagande": [["Forum", "Aktör"], ["BRÅ", "Ungdomsteamet"], ["BRÅ", "farbror blå"], ["BRÅ", "snuten"]],
        "Namnval": [
            ["Skrivet namn", "Läses som"],
            ["Ungdomsteamet", "Ungdomsteamet (Skolförvaltningen)"],
            ["farbror blå", "Polismyndigheten"],
            ["snuten", "Polismyndigheten"],
        ],
    }
    found = checked(tmp_path, house, shapes=True)
    assert not found.errors, said(found, "fel")
    tables = export_tables(found.built.graphs, context())
    chosen = next(table for table in tables if table.sheet is CHOICES)
    assert [tuple(row.cells.values()) for row in chosen.rows] == [
        ("Ungdomsteamet", "Ungdomsteamet [org/1281/ungdomsteamet-2]"),
        ("farbror blå", "Polismyndigheten"),
        ("snuten", "Polismyndigheten"),
    ]
    assert build(tables, context()).graphs == found.built.graphs


def test_the_template_has_the_sheet_for_choices() -> None:
    assert CHOICES in [page.sheet for page in template_pages()]
