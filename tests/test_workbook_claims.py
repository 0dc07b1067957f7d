"""Rows to claims: what a person enters arrives, what is doubtful is said, and the gaps follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.cache import load_everything
from kg.gaps import find_gaps
from kg.namespaces import BASE, FB, ORG, PROV, RDF, SKOS
from kg.network import build_network
from kg.records import read_records
from kg.sources import choose_sources
from kg.store import Store, open_store
from kg.workbook.changes import find_changes, told
from kg.workbook.claims import build
from kg.workbook.importing import Checked, check_workbook, trig_files
from kg.workbook.layout import RawSheet, Row, Table, lay_out
from kg.workbook.messages import Level, Messages
from kg.workbook.sheets import SHEETS, sheet_of
from kg.workbook.triples import Triple
from tests.workbooks import GUIDE, Sheets, checked, context, said, store, xlsx

LEVELS = ("politisk", "strategisk", "operativ", "individ")
FORUM = ["Forum", "Forumtyp", "Avsnitt", "Deltagarlista", "Antal i listan"]


def triples(found: Checked) -> set[Triple]:
    return {triple for graph in found.built.graphs.values() for triple in graph}


def members(found: Checked) -> set[tuple[str, str]]:
    """Return (actor, forum) of each membership, by the ends of their IRIs."""
    mine = triples(found)
    claims = {t.subject for t in mine if t.value.text == FB.ForumMembership}
    ends = {(t.subject, t.predicate): t.value.text.rsplit("/", 1)[-1] for t in mine}
    return {(ends[claim, ORG.member], ends[claim, ORG.organization]) for claim in claims}


def loaded(found: Checked, folder: Path) -> Store:
    """Return what is shipped with what a workbook says beside it."""
    home = folder / "data"
    home.mkdir(exist_ok=True)
    for name, content in found.files.items():
        (home / name).write_text(content, encoding="utf-8")
    return load_everything(open_store("memory"), [home])


def test_a_small_workbook_gives_memberships_with_section_and_certainty(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "Forum": [FORUM, ["BRÅ", "BRÅ", "3.1", "fullständig", None]],
            "Deltagande": [
                ["Forum", "Aktör", "Avsnitt"],
                ["BRÅ", "Polisen", "3.1"],
                ["BRÅ", "Socialförvaltningen", "3.1"],
            ],
        },
        shapes=True,
    )
    assert not found.errors, said(found, "fel")
    assert members(found) == {("polismyndigheten", "bra"), ("socialforvaltningen", "bra")}
    section = f"{BASE}res/kalla/lund-2024/avsnitt/3.1"
    claims = {t.subject for t in triples(found) if t.value.text == FB.ForumMembership}
    for claim in claims:
        assert {(t.predicate, t.value.text) for t in triples(found) if t.subject == claim} >= {
            (PROV.wasDerivedFrom, section),
            (FB.certainty, f"{BASE}def/visshet/uttalad"),
        }
    assert [t.value.text for t in triples(found) if t.predicate == FB.listedMembers] == ["2"]


def test_an_empty_cell_for_the_list_never_closes_it(tmp_path: Path) -> None:
    found = checked(tmp_path, {"Deltagande": [["Forum", "Aktör"], ["BRÅ", "Polisen"]]})
    assert not found.errors
    assert {t.value.text.rsplit("/", 1)[-1] for t in triples(found) if t.predicate == FB.listingCompleteness} == {
        "ej-angiven"
    }
    assert not any(t.predicate in {FB.listsMembership, FB.listedMembers} for t in triples(found))


def test_a_list_that_is_not_wholly_entered_is_an_error_that_says_so(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "Forum": [FORUM, ["BRÅ", "BRÅ", "3.1", "fullständig", 3]],
            "Deltagande": [["Forum", "Aktör"], ["BRÅ", "Polisen"]],
        },
    )
    assert [line for line in said(found, "fel") if "3 deltagare, men 1 rader" in line and line.startswith("Forum E2")]


def test_the_gaps_of_an_entered_municipality_are_right(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "Forum": [
                FORUM,
                ["SSPF", "SSPF-grupp", "3.2", "fullständig", None],
                ["EST", "EST-grupp", "3.3", None, None],
            ],
            "Deltagande": [
                ["Forum", "Aktör", "Avsnitt"],
                ["SSPF", "Polisen", "3.2"],
                ["SSPF", "Socialtjänsten", "3.2"],
                ["SSPF", "Skolan", "3.2"],
                ["EST", "Polisen", "3.3"],
            ],
            "Det som saknas": [
                ["Aktör som inte deltar", "I forum", "Enligt källan", "Avsnitt"],
                ["Skolan", "EST", "skolan deltar inte", "3.3"],
            ],
        },
    )
    assert not found.errors, said(found, "fel")
    for name, content in trig_files(found.built, found.context).items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "arbetsbok.xlsx").unlink()
    records = read_records(load_everything(open_store("memory"), [tmp_path]))
    sources = choose_sources(records, municipality="Lund")
    outcomes = {
        (each.forum.sv if each.forum else "", each.actor_type.sv if each.actor_type else "", each.outcome.value)
        for each in find_gaps(records, build_network(records, sources), sources)
        if each.is_gap
    }
    assert ("SSPF", "kultur och fritid", "saknas") in outcomes  # the whole list does not have it
    assert not any(forum == "EST" and outcome == "saknas" for forum, _, outcome in outcomes)  # an open list is silent
    assert not any(forum == "SSPF" and actor in {"polis", "skola", "socialtjänst"} for forum, actor, _ in outcomes)


def test_two_actors_of_one_name_stay_two(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "Aktörer och funktioner": [
                ["Namn", "Slag", "Aktörstyp", "Del av"],
                ["Socialförvaltningen", "förvaltning", "socialtjänst", None],
                ["Skolförvaltningen", "förvaltning", "skola", None],
                ["Utvecklingsenheten", "enhet", "socialtjänst", "Socialförvaltningen"],
                ["Utvecklingsenheten", "enhet", "skola", "Skolförvaltningen"],
            ],
            "Deltagande": [
                ["Forum", "Aktör"],
                ["BRÅ", "Utvecklingsenheten (Skolförvaltningen)"],
                ["SSPF", "Utvecklingsenheten (Socialförvaltningen)"],
            ],
        },
    )
    assert not found.errors, said(found, "fel")
    assert members(found) == {("utvecklingsenheten-2", "bra"), ("utvecklingsenheten", "sspf")}


def test_a_name_that_two_actors_have_is_never_resolved_by_chance(tmp_path: Path) -> None:
    rows = [["Namn", "Slag", "Aktörstyp", "Del av"], ["Enheten", "enhet", "skola", "Lunds kommun"]]
    rows.append(["Enheten", "enhet", "socialtjänst", "Region Skåne"])
    found = checked(tmp_path, {"Aktörer och funktioner": rows, "Deltagande": [["Forum", "Aktör"], ["BRÅ", "Enheten"]]})
    assert [line for line in said(found, "fel") if line.startswith("Deltagande B2") and "Flera heter så" in line]


def test_the_police_are_the_authority_and_the_region_is_that_of_the_county(tmp_path: Path) -> None:
    found = checked(
        tmp_path, {"Deltagande": [["Forum", "Aktör"], ["BRÅ", "polisen"], ["BRÅ", "Regionen"], ["BRÅ", "Kommunen"]]}
    )
    assert not found.errors, said(found, "fel")
    assert members(found) == {("polismyndigheten", "bra"), ("12", "bra"), ("1281", "bra")}
    assert f"{BASE}id/region/12" in {t.subject for t in triples(found)}  # no shipped register describes Region Skåne


def test_a_function_in_the_column_of_the_actor_represents_the_actor_it_is_part_of(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "Aktörer och funktioner": [["Namn", "Slag", "Del av"], ["Kommunpolis", "funktion", "Polismyndigheten"]],
            "Deltagande": [["Forum", "Aktör"], ["BRÅ", "Kommunpolis"]],
        },
    )
    assert not found.errors, said(found, "fel")
    assert members(found) == {("polismyndigheten", "bra")}
    assert [t.value.text for t in triples(found) if t.predicate == FB.representedBy] == [
        f"{BASE}id/funktion/1281/kommunpolis"
    ]


def test_a_guess_is_always_said(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "Aktörer och funktioner": [["Namn"], ["Bildningsförvaltningen"]],
            "Forum": [["Forum"], ["Trygghets- och folkhälsorådet"]],
        },
    )
    assert not found.errors
    lines = said(found, "varning")
    assert any("Aktörstyp" in line and "skola" in line and "gissat" in line for line in lines)
    assert any("Forumtyp" in line and "brottsförebyggande råd" in line and "85" in line for line in lines)


def test_errors_name_sheet_row_column_value_and_the_nearest_allowed_all_at_once(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "Forum": [[*FORUM, "Nivå"], ["BRÅ", "SSPF-grup", "3", "ibland", "många", "strategiks"]],
            "Deltagande": [["Forum", "Aktör", "Källa"], ["BRÅ", "Polisen", "Gransknig 1999"], ["BRÅ", None, None]],
        },
    )
    lines = said(found, "fel")
    assert any(
        line.startswith("Forum B2 (Forumtyp)") and "«SSPF-grup»" in line and "SSPF-grupp" in line for line in lines
    )
    assert any(line.startswith("Forum D2 (Deltagarlista)") and "fullständig" in line for line in lines)
    assert any(line.startswith("Forum E2 (Antal i listan)") for line in lines)
    assert any(line.startswith("Forum F2 (Nivå)") and "Närmast: strategisk" in line for line in lines)
    assert any(line.startswith("Deltagande C2 (Källa)") for line in lines)
    assert any(line.startswith("Deltagande B3 (Aktör)") and "tom" in line for line in lines)


def test_personal_data_stops_the_import_and_is_not_repeated(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "Deltagande": [
                ["Forum", "Aktör", "Kontakt"],
                ["BRÅ", "Polisen", "811218-9876"],
                ["BRÅ", "Skolan", "a.b@lund.se"],
            ]
        },
    )
    lines = said(found, "fel")
    assert [line.split(":")[0] for line in lines if "personnummer" in line or "e-postadress" in line] == [
        "Deltagande C2",
        "Deltagande C3",
    ]
    assert not any("811218" in line or "a.b@" in line for line in lines)


def test_what_looks_like_a_person_is_asked_about_and_does_not_fail(tmp_path: Path) -> None:
    found = checked(
        tmp_path, {"Deltagande": [["Forum", "Aktör", "Anmärkning"], ["BRÅ", "Polisen", "Anna Svensson kallar"]]}
    )
    assert not found.errors
    assert any("Anna Svensson" in line for line in said(found, "varning"))


def test_columns_of_ones_own_are_kept_as_notes_in_any_order_of_columns(tmp_path: Path) -> None:
    found = checked(tmp_path, {"Deltagande": [["Deltagare", "Egen", "Grupp"], ["Polisen", "abc", "BRÅ"]]})
    assert members(found) == {("polismyndigheten", "bra")}
    assert "Egen: abc" in {t.value.text for t in triples(found) if t.predicate == SKOS.note}


def test_a_plain_sheet_of_forum_and_participant_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "deltagare.csv"
    path.write_text("forum;deltagare\nBRÅ;Polisen\nBRÅ;Skolan\n", encoding="utf-8")
    found = check_workbook(path, store(), municipality="Lund", own_day=date(2024, 5, 1))
    assert not found.errors, said(found, "fel")
    assert members(found) == {("polismyndigheten", "bra"), ("skolan", "bra")}


def test_a_matrix_of_actors_and_forums_is_read(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "Vilka möts": [
                [None, "BRÅ", "SSPF"],
                ["Polisen", "X", "x"],
                ["Skolan", None, "vid behov"],
                ["Regionen", "nej", None],
            ]
        },
    )
    assert not found.errors, said(found, "fel")
    assert members(found) == {("polismyndigheten", "bra"), ("polismyndigheten", "sspf"), ("skolan", "sspf")}
    assert {t.value.text.rsplit("/", 1)[-1] for t in triples(found) if t.predicate == FB.attendance} == {"vid-behov"}


def test_examples_are_not_read_and_the_template_alone_says_nothing(tmp_path: Path) -> None:
    from kg.workbook.template import template_xlsx

    path = tmp_path / "mall.xlsx"
    path.write_bytes(template_xlsx(context(), more=True))
    found = check_workbook(path, store())
    assert not found.errors
    assert not found.built.graphs


def test_several_sources_of_one_municipality_fit_in_one_workbook(tmp_path: Path) -> None:
    sheets: Sheets = {
        **GUIDE,
        "Källor": [
            ["Källa", "Slag av källa", "Utgivare", "Datum"],
            ["G", "rapport", "Lunds kommun", "mars 2024"],
            ["W", "webbsida", "Lunds kommun", "2024-05-02"],
            ["E", "egen uppgift", None, "2023"],
        ],
        "Deltagande": [
            ["Forum", "Aktör", "Källa"],
            ["BRÅ", "Polisen", "G"],
            ["BRÅ", "Skolan", "w"],
            ["SSPF", "Skolan", "E"],
        ],
    }
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(sheets))
    found = check_workbook(path, store(), shapes=True)
    assert not found.errors, said(found, "fel")
    assert set(found.built.graphs) == {"register-1281", "lund-2024", "lund-2024-2", "lund-2023", "lund-samlad"}
    days = {t.value.text for t in triples(found) if t.predicate == FB.observedOn}
    assert days == {"2024-03-01", "2024-05-02", "2023-01-01"}


def test_a_changed_sheet_gives_a_readable_difference(tmp_path: Path) -> None:
    head = ["Forum", "Aktör", "Närvaro"]
    before = checked(tmp_path, {"Deltagande": [head, ["BRÅ", "Polisen", "ibland"], ["BRÅ", "Skolan", None]]})
    after = checked(
        tmp_path, {"Deltagande": [head, ["BRÅ", "Polisen", "regelbunden"], ["BRÅ", "Svenska kyrkan", None]]}
    )
    lines = told(find_changes(before.built.graphs, after.built.graphs, after.context))
    assert "Nytt: deltagande Svenska kyrkan – BRÅ (lund-2024)" in lines
    assert "Borttaget: deltagande Skolan – BRÅ (lund-2024)" in lines
    assert "Ändrat: deltagande Polismyndigheten – BRÅ (lund-2024): närvaro: ibland → regelbunden" in lines
    assert told(find_changes(after.built.graphs, after.built.graphs, after.context)) == []


def test_every_class_and_property_of_a_sheet_is_in_the_vocabulary() -> None:
    ours = set(FB)
    for sheet in SHEETS:
        for term in (*sheet.classes.values(), sheet.claim, sheet.links, *(column.term for column in sheet.columns)):
            assert not term.startswith(f"{BASE}spec/") or term in ours
        for column in sheet.columns:
            assert all(scheme in context().concepts for scheme in column.schemes), column.name
        names = [column.name for column in sheet.columns]
        assert len(names) == len(set(names)), sheet.name


ACTORS = st.sampled_from(
    ["Polisen", "Skolan", "Socialtjänsten", "Regionen", "Elevhälsan", "Fältgruppen", "Svenska kyrkan"]
)
FORUMS = st.sampled_from(["BRÅ", "SSPF", "EST", "SIG", "Områdesgrupp Norr"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(FORUMS, ACTORS), max_size=12), st.booleans())
def test_every_stated_membership_arrives_and_none_is_invented(rows: list[tuple[str, str]], whole: bool) -> None:
    # from the tables on, so that an example costs milliseconds
    sheets = [
        RawSheet("Källor", ((1, ("Källa", "Datum", "Utgivare")), (2, ("G", "2024", "Lunds kommun")))),
        RawSheet(
            "Forum",
            (
                (1, ("Forum", "Deltagarlista")),
                *((n, (f, "fullständig" if whole else "")) for n, f in enumerate(sorted({f for f, _ in rows}), 2)),
            ),
        ),
        RawSheet("Deltagande", ((1, ("Forum", "Aktör")), *((n, row) for n, row in enumerate(rows, 2)))),
    ]
    messages = Messages()
    built = build(lay_out(sheets, messages), context(), messages)
    assert not [each for each in built.messages if each.level is Level.ERROR]
    said_here = {t for graph in built.graphs.values() for t in graph}
    claims = [t.subject for t in said_here if t.predicate == RDF.type and t.value.text == FB.ForumMembership]
    assert len(claims) == len(set(claims)) == len(rows)
    listed = [t for t in said_here if t.predicate == FB.listsMembership]
    assert len(listed) == (len(rows) if whole else 0)
    again = build(lay_out(sheets, Messages()), context())
    assert again.graphs == built.graphs


def test_an_id_that_points_at_nothing_is_an_error() -> None:
    table = Table(
        sheet_of("Deltagande"),
        "Deltagande",
        {"Forum": 0, "Aktör": 1},
        (Row(2, {"Forum": "[forum/9999/x]", "Aktör": "Polisen"}),),
    )
    source = Table(sheet_of("Källor"), "Källor", {}, (Row(2, {"Källa": "G", "Datum": "2024"}),))
    built = build([source, table], context())
    assert any("finns" in each.text and each.place == "A" for each in built.messages if each.level is Level.ERROR)


@pytest.mark.parametrize(
    "sheet", ["Flöden", "Insatser", "Dokument", "Det som saknas", "Mer: Styrning", "Mer: Samverkan"]
)
def test_a_row_without_what_it_needs_is_an_error_of_that_row(sheet: str, tmp_path: Path) -> None:
    columns = [column.name for column in sheet_of(sheet).columns if column.first]
    found = checked(tmp_path, {sheet.replace(":", ""): [columns, [*["" for _ in columns[:-1]], "x"]]})
    assert any(
        line.split()[0] == sheet.split(":", maxsplit=1)[0].split(maxsplit=1)[0] for line in said(found, "fel")
    ), found.messages


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("Närpolisen Syd", "polismyndigheten"),
        ("BUP-mottagningen", "12"),
        ("IFO-enheten", "1281"),
        ("kommunpolis", "polismyndigheten"),
    ],
)
def test_what_belongs_to_others_is_never_taken_for_a_part_of_the_municipality(
    name: str, parent: str, tmp_path: Path
) -> None:
    slag = "funktion" if name[0].islower() else "enhet"
    found = checked(tmp_path, {"Aktörer och funktioner": [["Namn", "Slag"], [name, slag]]})
    assert not found.errors, said(found, "fel")
    parents = {t.value.text for t in triples(found) if t.predicate in {ORG.subOrganizationOf, FB.functionIn}}
    assert {each.rsplit("/", 1)[-1] for each in parents} == {parent}


def test_a_unit_that_may_belong_to_anyone_is_asked_about(tmp_path: Path) -> None:
    found = checked(tmp_path, {"Aktörer och funktioner": [["Namn", "Slag"], ["Räddningstjänstens enhet", "enhet"]]})
    assert any(line.startswith("Aktörer och funktioner") and "Del av" in line for line in said(found, "fel"))


def test_a_new_function_is_part_of_the_actor_that_it_represents(tmp_path: Path) -> None:
    found = checked(tmp_path, {"Deltagande": [["Forum", "Aktör", "Funktion"], ["BRÅ", "Skolan", "processledare"]]})
    assert not found.errors, said(found, "fel")
    assert [t.value.text.rsplit("/", 1)[-1] for t in triples(found) if t.predicate == FB.functionIn] == ["skolan"]


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ({"Flöden": [["Från", "Till", "Innehåll"], ["Skolan", "skolan", "lägesbild"]]}, "sig själv"),
        (
            {"Dokument": [["Dokument", "Från", "Till och med"], ["Plan", "2024-02-01", "2023-01-01"]]},
            "efter den sista",
        ),
        (
            {"Dokument": [["Dokument", "Beslutsdatum"], ["Plan", "2024-02-01"], ["Plan", "2023-01-01"]]},
            "säger olika",
        ),
        ({"Forum": [["Forum", "Syfte"], ["BRÅ", "ett"], ["BRÅ", "två"]]}, "två gånger"),
    ],
)
def test_rows_that_contradict_one_another_are_errors(sheets: Sheets, words: str, tmp_path: Path) -> None:
    assert any(words in line for line in said(checked(tmp_path, sheets), "fel"))


def test_dates_of_different_precision_are_kept_with_the_coarsest(tmp_path: Path) -> None:
    rows = [["Dokument", "Från", "Till och med"], ["Plan", "mars 2023", "2024"]]
    found = checked(tmp_path, {"Dokument": rows}, shapes=True)
    assert not found.errors, said(found, "fel")
    precision = {
        t.value.text.rsplit("/", 1)[-1]
        for t in triples(found)
        if t.predicate == FB.datePrecision and "/dokument/" in t.subject
    }
    assert precision == {"ar"}


def test_a_cell_with_several_actors_or_one_of_unknown_kind_is_an_error_and_never_one_member(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "Forum": [FORUM, ["SSPF", "SSPF-grupp", "3", "fullständig", None]],
            "Deltagande": [
                ["Forum", "Aktör"],
                ["SSPF", "Skola, soc och polis"],
                ["SSPF", "Skola och fritid"],
                ["SSPF", "Arbete, välfärd och fritid"],
                ["SSPF", "Krisgruppen, svenska kyrkan"],
            ],
        },
    )
    several, unknown = said(found, "fel")
    assert "«Skola och fritid»" in several
    assert "Ser ut som flera aktörer (skola, kultur och fritid). Skriv en rad för var och en" in several
    assert any("Läses som 3 aktörer: Skola; soc; polis." in each for each in said(found, "upplysning"))
    assert "«Krisgruppen»" in unknown
    assert "Namnet säger inte vilken aktörstyp aktören har" in unknown
    assert any(
        "Läses som en enda ny aktör" in each and "semikolon mellan dem" in each for each in said(found, "varning")
    )


def test_the_opposite_of_a_word_is_not_called_the_nearest(tmp_path: Path) -> None:
    found = checked(tmp_path, {"Forum": [FORUM, ["SSPF", "SSPF-grupp", "3", "ofullständig", None]]})
    (line,) = said(found, "fel")
    assert "«ofullständig»" in line
    assert "Närmast" not in line


def test_the_source_of_a_forum_is_that_of_its_members_unless_two_describe_it(tmp_path: Path) -> None:
    sheets = {
        "Källor": [
            ["Källa", "Slag av källa", "Utgivare", "Datum"],
            ["Beslut", "beslut", "Lunds kommun", "2022-05-01"],
            ["Webb", "webbsida", "Lunds kommun", "2024-03-17"],
        ],
        "Forum": [["Forum", "Källa"], ["BRÅ", "Beslut"], ["SSPF", "Webb"], ["SSPF", "Beslut"]],
        "Deltagande": [["Forum", "Aktör", "Källa"], ["BRÅ", "Polisen", ""], ["SSPF", "Polisen", ""]],
    }
    found = checked(tmp_path, sheets)
    assert said(found, "fel") == [
        "Deltagande C3 (Källa): Flera källor beskriver forumet SSPF. Ange vilken som säger detta. Närmast: Beslut, Webb."
    ]
    assert "Deltagande C2 (Källa): Tom; läses som Beslut, källan till forumet BRÅ." in said(found, "upplysning")
    one = checked(tmp_path, {**sheets, "Deltagande": sheets["Deltagande"][:2]})
    assert not one.errors, said(one, "fel")
    assert {name for name, graph in one.built.graphs.items() for t in graph if t.predicate == ORG.member} == {
        "lund-2022"
    }


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Soc. och skolan", ["Soc.", "skolan"]),
        ("BUP, BVC och kyrkan", ["BUP", "BVC", "kyrkan"]),
        ("Utbildning, kultur och fritid", ["Utbildning", "kultur och fritid"]),
        ("Lokalpolisområde Lund och kommunen", ["Lokalpolisområde Lund", "kommunen"]),
        ("rektor och kurator", ["rektor", "kurator"]),
        ("förvaltningschefer och kommundirektör", ["förvaltningschefer", "kommundirektör"]),
        ("Socialtjänst, skola, kultur & fritid samt polis", ["Socialtjänst", "skola", "kultur och fritid", "polis"]),
        ("representanter från polisen, två deltagare från skolan", ["polisen", "skolan"]),
        ("bl.a. polisen och skolan", ["polisen", "skolan"]),
        ("polisen, skolan m.fl.", ["polisen", "skolan"]),
        (
            "Trygghets- och säkerhetsenheten, barn- och ungdomsförvaltningen och polisen",
            ["Trygghets- och säkerhetsenheten", "barn- och ungdomsförvaltningen", "polisen"],
        ),
        ("Polis/socialtjänst/skola", ["Polis", "socialtjänst", "skola"]),
    ],
)
def test_actors_that_a_cell_lists_are_read_one_by_one(cell: str, parts: list[str], tmp_path: Path) -> None:
    found = checked(tmp_path, {"Deltagande": [["Forum", "Aktör"], ["BRÅ", cell]]})
    assert not found.errors, said(found, "fel")
    assert any(each.endswith(f"{len(parts)} aktörer: {'; '.join(parts)}.") for each in said(found, "upplysning"))
    assert len(members(found)) == len(parts)


@pytest.mark.parametrize(
    "cell", ["kultur och fritid", "Kultur- och fritidsförvaltningen", "Barn och utbildning", "kommunpolis/områdespolis"]
)
def test_one_name_with_an_och_stays_one_actor(cell: str, tmp_path: Path) -> None:
    assert len(members(checked(tmp_path, {"Deltagande": [["Forum", "Aktör"], ["BRÅ", cell]]}))) == 1


def test_one_unknown_part_of_a_list_is_asked_about_alone(tmp_path: Path) -> None:
    found = checked(tmp_path, {"Deltagande": [["Forum", "Aktör"], ["BRÅ", "polisen, Xyzzy och skolan"]]})
    assert [each.found for each in found.messages if each.level is Level.ERROR] == ["Xyzzy"]


def test_a_forum_of_no_known_kind_is_read_without_one_and_said(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        {
            "Forum": [["Forum", "Forumtyp", "Deltagarlista"], ["POSOM", "", "fullständig"], ["Råd", "kyrkligt", ""]],
            "Deltagande": [["Forum", "Aktör"], ["POSOM", "Polisen"], ["Ungdomsrådet", "Skolan"]],
        },
        shapes=True,
    )
    assert not found.errors, said(found, "fel")
    assert len([each for each in said(found, "varning") if "inga normer prövas på det" in each]) == 3
    assert not any(t.predicate == FB.forumType for t in triples(found))
    assert members(found) == {("polismyndigheten", "posom"), ("skolan", "ungdomsradet")}
    records = read_records(loaded(found, tmp_path))
    sources = choose_sources(records, municipality="Lund")
    assert not [each for each in find_gaps(records, build_network(records, sources), sources) if each.forum]


def test_a_forum_that_is_spelt_nearly_as_another_is_asked_about(tmp_path: Path) -> None:
    sheets = {"Forum": [["Forum", "Forumtyp"], ["Torsdagsgruppen", "EST-grupp"]]}
    found = checked(tmp_path, {**sheets, "Deltagande": [["Forum", "Aktör"], ["Torsdagsgrubben", "Polisen"]]})
    assert any("Närmast: Torsdagsgruppen" in each for each in said(found, "fel"))
    assert checked(tmp_path, {"Forum": [["Forum", "Forumtyp"], ["Råd", "SSPF-gruupp"]]}).errors


def test_a_level_is_read_as_it_is_written_and_never_filled_in(tmp_path: Path) -> None:
    rows = [["Forum", "Nivå"], ["BRÅ", "strategisk/operativ"], ["SIG", "individnivå"], ["Styrgrupp SSPF", ""]]
    found = checked(tmp_path, {"Forum": rows})
    assert not found.errors, said(found, "fel")
    levels = {(t.subject.rsplit("/", 1)[-1], t.value.text.rsplit("/", 1)[-1]) for t in triples(found)}
    assert levels & {(f"b-{name}", each) for name in ("bra", "sig", "styrgrupp-sspf") for each in LEVELS} == {
        ("b-bra", "strategisk"),
        ("b-bra", "operativ"),
        ("b-sig", "individ"),
    }
    (note,) = [each for each in said(found, "upplysning") if "Nivå ej angiven" in each]
    assert "Forum B4 (Nivå)" in note
    assert "oftast strategisk (säkerhet 70 %)" in note


def test_how_an_actor_takes_part_may_stand_after_its_name(tmp_path: Path) -> None:
    cell = "polisen (ibland), skolan (sammankallande), BUP?"
    found = checked(tmp_path, {"Deltagande": [["Forum", "Aktör"], ["BRÅ", cell]]})
    assert not found.errors, said(found, "fel")
    assert {seat for seat, _ in members(found)} == {"polismyndigheten", "skolan", "bup"}
    assert any("«BUP?»: Frågetecknet läses som säkerhet antydd." in each for each in said(found, "varning"))
    told = {t.value.text.rsplit("/", 1)[-1] for t in triples(found) if t.predicate in {FB.attendance, ORG.role}}
    assert told == {"ibland", "sammankallande", "ledamot"}


@pytest.mark.parametrize("corner", ["Aktör", "", "Deltagare"])
def test_a_matrix_is_a_matrix_whatever_its_corner_and_title_say(corner: str, tmp_path: Path) -> None:
    rows = [["Samverkan i Lund"], [corner, "BRÅ", "Områdesteam"], ["polisen", "x", "ibland"], ["fältsekr.", "", "x"]]
    found = checked(tmp_path, {"Blad1": rows})
    assert not found.errors, said(found, "fel")
    assert len(members(found)) == 3
    assert {forum for _, forum in members(found)} == {"bra", "omradesteam"}


def test_a_matrix_with_forums_down_is_turned(tmp_path: Path) -> None:
    rows = [["", "Polisen", "Skolan"], ["BRÅ", "x", ""], ["SSPF", "x", "x"]]
    found = checked(tmp_path, {"Blad1": rows})
    assert not found.errors, said(found, "fel")
    assert members(found) == {("polismyndigheten", "bra"), ("polismyndigheten", "sspf"), ("skolan", "sspf")}
    assert any("forum i första kolumnen" in each for each in said(found, "upplysning"))


def test_a_list_that_is_called_whole_in_other_words_is_whole_and_that_is_said(tmp_path: Path) -> None:
    whole = [["Forum", "Deltagarlista"], ["SSPF", "hel"]]
    found = checked(tmp_path, {"Forum": whole, "Deltagande": [["Forum", "Aktör"], ["SSPF", "polis"]]})
    assert any("«hel»: Läses som fullständig." in each for each in said(found, "varning"))
    assert any(t.predicate == FB.listsMembership for t in triples(found))


def test_a_list_that_goes_on_is_told_to_be_no_whole_list(tmp_path: Path) -> None:
    found = checked(tmp_path, {"Deltagande": [["Forum", "Aktör"], ["BRÅ", "polisen m.fl."]]})
    assert any("«polisen m.fl.»: Säger att fler deltar" in each for each in said(found, "varning"))
    assert members(found) == {("polismyndigheten", "bra")}
    whole = {"Forum": [["Forum", "Deltagarlista"], ["BRÅ", "fullständig"]]}
    (error,) = said(checked(tmp_path, {**whole, "Deltagande": [["Forum", "Aktör"], ["BRÅ", "polisen m.fl."]]}), "fel")
    assert error.startswith("Forum B2 (Deltagarlista): «fullständig»")
