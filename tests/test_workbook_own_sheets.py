"""Sheets that people have already: files named after what they hold, one table of everything, several in a cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.namespaces import FB, ORG
from kg.workbook.importing import Checked, check_workbook
from tests.workbooks import checked, said, store


def read_csv(folder: Path, name: str, text: str) -> Checked:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return check_workbook(path, store(), municipality="Lund", own_day=date(2025, 2, 3))


def seats(found: Checked) -> set[tuple[str, str]]:
    """Return (forum, actor) of each membership by name."""
    mine = {t for graph in found.built.graphs.values() for t in graph}
    ends = {(t.subject, t.predicate): found.built.names.label(t.value.text) for t in mine}
    return {
        (ends[t.subject, ORG.organization], ends[t.subject, ORG.member])
        for t in mine
        if t.value.text == FB.ForumMembership
    }


@pytest.mark.parametrize("name", ["forum.csv", "grupper.csv", "deltagande.csv", "aktörer.csv"])
def test_the_head_of_a_file_decides_before_its_name(name: str, tmp_path: Path) -> None:
    found = read_csv(tmp_path, name, "forum;deltagare\nBRÅ;Polisen\nBRÅ;Skolan\nSSPF;Polisen\n")
    assert not found.errors, said(found, "fel")
    assert seats(found) == {("BRÅ", "Polismyndigheten"), ("BRÅ", "Skolan"), ("SSPF", "Polismyndigheten")}


def test_one_table_of_forums_with_their_members_is_read_as_both(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "Våra grupper": [
                ["Forum", "Forumtyp", "Hur ofta", "Deltagare"],
                ["BRÅ", "BRÅ", "6 ggr/år", "Polisen; Skolan"],
                ["SSPF", "SSPF-grupp", "varannan vecka", "Polisen"],
                ["SSPF", "", "", "Socialtjänsten"],
            ]
        },
    )
    assert not found.errors, said(found, "fel")
    assert seats(found) == {
        ("BRÅ", "Polismyndigheten"),
        ("BRÅ", "Skolan"),
        ("SSPF", "Polismyndigheten"),
        ("SSPF", "Socialtjänsten"),
    }
    mine = {t for graph in found.built.graphs.values() for t in graph}
    assert sorted(t.value.text for t in mine if t.predicate == FB.frequencyAsStated) == ["6 ggr/år", "varannan vecka"]
    assert sum(t.predicate == FB.describesForum for t in mine) == 2


def test_several_actors_in_a_cell_get_a_row_each_and_it_is_said(tmp_path: Path) -> None:
    found = checked(
        tmp_path, {"Deltagande": [["Forum", "Aktör"], ["BRÅ", "Polisen, räddningstjänsten och socialtjänsten"]]}
    )
    assert {actor.casefold() for _, actor in seats(found)} == {
        "polismyndigheten",
        "räddningstjänsten",
        "socialtjänsten",
    }
    assert any("Läses som 3 aktörer" in each for each in said(found, "upplysning"))


def test_one_actor_with_a_comma_in_its_name_stays_one(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "Aktörer och funktioner": [["Namn", "Aktörstyp"], ["Kultur, fritid och skola", "fritid"]],
            "Deltagande": [["Forum", "Aktör"], ["BRÅ", "Kultur, fritid och skola"]],
        },
    )
    assert not found.errors, said(found, "fel")
    assert {actor for _, actor in seats(found)} == {"Kultur, fritid och skola"}


def test_a_no_in_a_matrix_is_no_denial_and_that_is_said(tmp_path: Path) -> None:
    found = read_csv(tmp_path, "vilka.csv", ";BRÅ;SSPF\nPolisen;x;x\nSkolan;nej;x\nSocialtjänsten;-;x\n")
    assert not found.errors, said(found, "fel")
    assert len(seats(found)) == 4
    assert any("2 rutor med -, nej" in each and "Det som saknas" in each for each in said(found, "upplysning"))
    assert not any(t.value.text == FB.NonMembership for g in found.built.graphs.values() for t in g)


def test_percent_is_written_as_swedish_writes_it(tmp_path: Path) -> None:
    found = checked(tmp_path, {"Deltagande": [["Forum", "Aktör"], ["Trygghetsrådet", "Socialförvaltningen"]]})
    told = [each.text for each in found.messages if "säkerhet" in each.text]
    assert told
    assert all(" %)" in each for each in told)


def test_a_message_never_repeats_what_must_not_stand_in_a_cell(tmp_path: Path) -> None:
    found = read_csv(tmp_path, "a.csv", "forum;deltagare\nBRÅ;samordnare anna@lund.se\nBRÅ;rektor 811218-9876\n")
    told = "\n".join(line for level in ("fel", "varning", "upplysning") for line in said(found, level))
    assert told.count("(visas inte)") >= 4
    assert "anna@" not in told
    assert "811218" not in told


def test_a_forum_named_nearly_as_one_of_its_kind_is_asked_about(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "Källor": [["Källa", "Slag av källa", "Datum"], ["Egen", "egen uppgift", "2025-02-03"]],
            "Forum": [["Forum", "Källa"], ["EST", "Egen"]],
            "Deltagande": [["Forum", "Aktör"], ["EST gruppen", "Polisen"]],
        },
    )
    (line,) = [each for each in said(found, "varning") if "EST gruppen" in each]
    assert "läses som ett nytt forum, EST-grupp" in line
    assert line.endswith("Närmast: EST.")
