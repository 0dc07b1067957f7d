"""How a signal gets on: exact ways on graphs small enough to walk by finger, and what the reports describe."""

from __future__ import annotations

import json
from pathlib import Path as File

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from kg.cases import Case, open_cases
from kg.cli import cli
from kg.errors import UnknownName
from kg.findings import Remark, Rollup, Standing, Thing
from kg.paths import Path, find_paths, flow_pairs, paths_between, reach
from kg.paths.signals import find_signals
from kg.paths.steps import Bond, Link, one_step_links, signal_graph
from kg.paths.waypoints import find_waypoint, place_waypoint
from kg.questions import named_query
from kg.sources import choose_sources
from kg.store import Store
from kg.wording import remark_advice, remark_sentence
from kg.wording.path import ADVICE, SENTENCES
from kg.wording.ways import caveats, path_sentence
from tests.synthetic import all_cases, real_store, synthetic_store
from tests.tiny import B, describe, records_of

ROOM = """f:{name} a fb:Forum ; skos:prefLabel "{label}"@sv ; fb:forumType forumtyp:{kind} ; fb:municipality k:9990 .
"""
NIGHT = ROOM.format(name="natt", label="Nattgruppen", kind="omradesgrupp")
COUNCIL = ROOM.format(name="radet", label="Rådet", kind="bra")
THIRD = ROOM.format(name="tredje", label="Tredje gruppen", kind="natverksgrupp")
SCHEMAS = File(__file__).resolve().parent.parent / "kg" / "schemas"


def flow(name: str, start: str, end: str, *, content: str = "") -> str:
    extra = f"fb:flowContent <{B}def/informationsinnehall/{content}> ; " if content else ""
    return f"""u:f-{name} a fb:InformationFlow ; fb:flowFrom {start} ; fb:flowTo {end} ; {extra}
        fb:asStated "lämnar"@sv ; fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 .
"""


def report(name: str, start: str, end: str, extra: str = "") -> str:
    return f"""u:r-{name} a fb:SteeringRelation ; fb:steeringKind <{B}def/styrning/rapportering> ; fb:isSteered {start} ;
        fb:steers {end} ; {extra} fb:certainty visshet:antydd ; prov:wasDerivedFrom s:2 .
"""


def case_of(*texts: str) -> Case:
    records = records_of(*texts)
    return open_cases(records, choose_sources(records))[0]


def f(name: str) -> str:
    return f"{B}id/forum/9990/{name}"


def a(name: str) -> str:
    return f"{B}id/org/9990/{name}"


def names(path: Path) -> list[str]:
    return [each.sv for each in path.things]


def signals(*texts: str) -> dict[str, Remark]:
    return {each.code: each for each in find_signals(case_of(*texts))}


def test_a_shared_member_is_one_step_both_ways_with_both_claims() -> None:
    case = case_of(NIGHT, describe("a:polisen a:skolan"), describe("a:polisen", forum="natt"))
    (there,) = find_paths(case, f("gruppen"), f("natt"))
    (back,) = find_paths(case, f("natt"), f("gruppen"))
    assert names(there) == ["Gruppen", "Nattgruppen"]
    assert names(back) == ["Nattgruppen", "Gruppen"]
    assert [each.sv for each in there.steps[0].carriers] == ["Polisen"]
    assert {each.claim.rsplit("/", 1)[-1] for each in there.evidence} == {"m-gruppen-0", "m-natt-0"}
    assert not there.stated


def test_a_stated_flow_leads_one_way_only() -> None:
    case = case_of(NIGHT, describe("a:skolan"), describe("a:polisen", forum="natt"), flow("1", "f:gruppen", "f:natt"))
    (there,) = find_paths(case, f("gruppen"), f("natt"))
    assert (there.steps[0].link, there.stated, there.certainty and there.certainty.sv) == (Link.FLOW, True, "uttalad")
    assert find_paths(case, f("natt"), f("gruppen")) == []


def test_a_report_leads_to_the_one_that_receives_it_until_it_ended() -> None:
    texts = (describe("a:skolan"), report("1", "f:gruppen", "n:socialnamnden"))
    (path,) = find_paths(case_of(*texts), f("gruppen"), f"{B}id/namnd/9990/socialnamnden")
    assert (path.steps[0].link, path.stated) == (Link.REPORT, True)
    ended = report("1", "f:gruppen", "n:socialnamnden", 'fb:validThrough "2020-12-31"^^xsd:date ;')
    assert find_paths(case_of(texts[0], ended), f("gruppen"), f"{B}id/namnd/9990/socialnamnden") == []


def test_the_flow_is_the_surest_bond_and_the_shared_member_is_kept_beside_it() -> None:
    case = case_of(NIGHT, describe("a:polisen"), describe("a:polisen", forum="natt"), flow("1", "f:gruppen", "f:natt"))
    (path,) = find_paths(case, f("gruppen"), f("natt"))
    assert [each.link for each in path.steps[0].bonds] == [Link.FLOW, Link.SHARED]
    assert path.stated


def test_all_shortest_ways_come_in_the_order_of_their_names() -> None:
    # skolan sits in gruppen; polisen joins gruppen to natt and to tredje; elevhälsan sits in natt, tredje and radet:
    # gruppen -> natt -> radet and gruppen -> tredje -> radet, both of two steps
    case = case_of(
        *(NIGHT, THIRD, COUNCIL, describe("a:polisen a:skolan"), describe("a:polisen a:elevhalsan", forum="natt")),
        *(describe("a:polisen a:elevhalsan", forum="tredje"), describe("a:elevhalsan", forum="radet")),
    )
    found = find_paths(case, f("gruppen"), f("radet"))
    assert [names(each) for each in found] == [
        ["Gruppen", "Nattgruppen", "Rådet"],
        ["Gruppen", "Tredje gruppen", "Rådet"],
    ]
    assert [names(each) for each in find_paths(case, f("gruppen"), f("radet"), most=1)] == [names(found[0])]
    first = find_paths(case, a("skolan"), a("elevhalsan"))[0]
    assert (names(first), [each.link for each in first.steps]) == (
        ["Skolan", "Gruppen", "Nattgruppen", "Elevhälsan"],
        [Link.SEAT, Link.SHARED, Link.SEAT],
    )


def test_a_whole_municipality_is_never_passed_but_its_function_is() -> None:
    without = case_of(NIGHT, describe("k:9990 a:skolan"), describe("k:9990", forum="natt"))
    assert find_paths(without, f("gruppen"), f("natt")) == []
    assert names(find_paths(without, f("gruppen"), f"{B}id/kommun/9990")[0]) == ["Gruppen", "Provstads kommun"]
    same = case_of(NIGHT, describe("k:9990/sakerhetschef"), describe("k:9990/sakerhetschef", forum="natt"))
    (path,) = find_paths(same, f("gruppen"), f("natt"))
    assert [each.sv for each in path.steps[0].carriers] == ["Säkerhetschefen (Provstads kommun)"]


def test_no_way_goes_on_through_a_whole_body_even_where_it_would_be_as_short() -> None:
    """a -> w -> d is as short as a -> b -> d; w stands for nobody in particular and is no way."""
    graph: nx.DiGraph = nx.DiGraph()
    for node in "abdw":
        graph.add_node(node, thing=Thing(node, node), forum=None, whole=node == "w")
    for pair in ("ab", "bd", "aw", "wd"):
        graph.add_edge(*pair, bonds=(Bond(Link.FLOW, ()),))
    assert [names(each) for each in paths_between(graph, "a", "d")] == [["a", "b", "d"]]
    assert [names(each) for each in paths_between(graph, "a", "w")] == [["a", "w"]]


def test_the_unit_and_its_administration_meet_only_when_counted_so() -> None:
    case = case_of(NIGHT, describe("a:faltgruppen"), describe("a:socialforvaltningen", forum="natt"))
    assert find_paths(case, f("gruppen"), f("natt")) == []
    assert len(find_paths(case, f("gruppen"), f("natt"), level=Rollup.ADMINISTRATION)) == 1


@pytest.mark.parametrize("status", ["upphord", "planerad", "foreslagen"])
def test_what_does_not_run_carries_nothing(status: str) -> None:
    case = case_of(
        NIGHT, describe("a:polisen"), describe("a:polisen", forum="natt", extra=f"; fb:status status:{status} ")
    )
    assert find_paths(case, f("gruppen"), f("natt")) == []


def test_one_who_does_not_take_part_is_no_way() -> None:
    denial = """u:n-1 a fb:NonMembership ; fb:excludedActor a:polisen ; fb:excludedFrom f:natt ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 ."""
    assert (
        find_paths(
            case_of(NIGHT, describe("a:polisen"), describe("a:skolan", forum="natt"), denial), f("gruppen"), f("natt")
        )
        == []
    )


def test_a_paused_forum_is_said_to_be_paused() -> None:
    case = case_of(
        NIGHT, describe("a:elevhalsan"), describe("a:elevhalsan", forum="natt", extra="; fb:status status:pausad ")
    )
    (path,) = find_paths(case, f("gruppen"), f("natt"))
    assert [each.sv for each in path.paused] == ["Nattgruppen"]
    assert path_sentence(path) == (
        "Från Gruppen till Nattgruppen, 1 steg: Elevhälsan deltar i både Gruppen och Nattgruppen. Att den som deltar i två "
        "forum för något vidare är möjligt men inte angivet i rapporten. Pausat enligt rapporten: Nattgruppen."
    )


def test_a_group_is_said_to_be_a_group_and_a_stated_way_needs_no_caveat() -> None:
    case = case_of(NIGHT, describe("a:skolan"), describe("a:skolan", forum="natt"), flow("1", "a:polisen", "f:natt"))
    assert any("nämns bara som grupp" in each for each in caveats(find_paths(case, f("gruppen"), f("natt"))[0], "sv"))
    assert caveats(find_paths(case, a("polisen"), f("natt"))[0], "sv") == []


def test_a_signal_stops_where_nothing_leads_on() -> None:
    # gruppen -> natt (flow); natt's members sit nowhere else; elevhälsan receives from natt and sits nowhere
    case = case_of(
        *(NIGHT, describe("a:skolan"), describe("a:polisen", forum="natt", completeness="exemplifierande")),
        *(flow("1", "f:gruppen", "f:natt"), flow("2", "f:natt", "a:elevhalsan")),
    )
    graph = signal_graph(case)
    far = reach(graph, f("gruppen"))
    assert [(thing.sv, steps) for thing, steps in far.found] == [
        ("Nattgruppen", 1),
        ("Skolan", 1),
        ("Elevhälsan", 2),
        ("Polisen", 2),
    ]
    assert [each.sv for each in far.stops] == ["Elevhälsan"]
    assert [each.sv for each in far.open_lists] == ["Nattgruppen"]
    back = reach(graph, a("elevhalsan"), backward=True)
    assert [thing.sv for thing, _ in back.found] == ["Nattgruppen", "Gruppen", "Polisen", "Skolan"]


def test_names_are_forgiving_and_a_wrong_one_suggests_near_ones() -> None:
    case = case_of(
        NIGHT, COUNCIL, describe("a:polisen"), describe("a:polisen", forum="natt"), describe("", forum="radet")
    )
    graph = signal_graph(case)
    for name, iri in (("NATTGRUPPEN", f("natt")), ("natt", f("natt")), ("radet", f("radet")), ("bra", f("radet"))):
        assert find_waypoint(graph, case.records, name).iri == iri
    with pytest.raises(UnknownName, match="Nattgruppen"):
        find_waypoint(graph, case.records, "natgruppn")
    with pytest.raises(UnknownName, match="Gruppen, Nattgruppen"):
        find_waypoint(graph, case.records, "grupp")


def test_the_name_of_a_unit_finds_the_administration_that_it_is_counted_as() -> None:
    case = case_of(describe("a:faltgruppen"))
    graph = signal_graph(case, Rollup.ADMINISTRATION)
    assert place_waypoint(case, graph, Rollup.ADMINISTRATION, "fältgruppen").sv == "Socialförvaltningen"
    with pytest.raises(UnknownName):
        place_waypoint(case, graph, Rollup.ADMINISTRATION, "ingen sådan")


def test_a_forum_whose_members_nobody_names_is_unknown_and_not_alone() -> None:
    found = signals(NIGHT, describe("a:polisen"), describe("", forum="natt", completeness="ej-angiven"))
    assert found["members-unknown"].standing is Standing.UNSTATED
    assert "går inte att säga" in remark_sentence(found["members-unknown"])
    assert "nämns inte i något annat forum" in remark_sentence(found["no-link"])


def test_a_part_of_a_forum_whose_members_are_named_is_not_said_to_have_none() -> None:
    part = NIGHT + " f:natt org:subOrganizationOf f:gruppen ."
    found = signals(part, describe("a:polisen"), describe("", forum="natt", completeness="ej-angiven"))
    assert "members-unknown" not in found
    unnamed = signals(
        part, describe("", completeness="ej-angiven"), describe("", forum="natt", completeness="ej-angiven")
    )
    assert "members-unknown" in unnamed


def test_a_whole_municipality_in_two_forums_is_not_said_to_be_in_no_other() -> None:
    found = signals(NIGHT, describe("k:9990 a:skolan"), describe("k:9990 a:polisen", forum="natt"))
    said = remark_sentence(found["no-link"])
    assert "och Polisen nämns inte i något annat forum. Vem som deltar för Provstads kommun är inte sagt." in said


def test_no_way_to_the_council_is_only_told_as_not_described() -> None:
    # gruppen and natt share the police; the council has school only
    found = signals(
        *(NIGHT, COUNCIL, describe("a:polisen"), describe("a:polisen", forum="natt")),
        describe("a:skolan", forum="radet", completeness="exemplifierande"),
    )
    said = remark_sentence(found["no-way-to-council"])
    assert "Rapporten beskriver ingen väg" in said
    assert "inte hela deltagarlistan för Rådet, så det kan finnas fler vägar" in said
    assert "Vilka som ingår i Polisen och Skolan är inte sagt." in said


def test_the_way_to_the_council_names_who_carries_it() -> None:
    case = case_of(
        *(
            NIGHT,
            COUNCIL,
            describe("a:polisen"),
            describe("a:polisen", forum="radet"),
            describe("a:skolan", forum="natt"),
        ),
        flow("1", "f:natt", "f:gruppen"),
    )
    near, far = (each for each in find_signals(case) if each.code == "to-council")
    assert " i ett steg: " in remark_sentence(near)
    assert (near.figure("steps"), far.figure("steps")) == (1, 2)
    assert remark_sentence(far).startswith(
        "En signal från Nattgruppen kan nå Rådet i 2 steg: Nattgruppen lämnar information till Gruppen; Polisen deltar i "
        "både Gruppen och Rådet. Att en gemensam deltagare för den vidare är inte angivet."
    )
    assert "Nattgruppen passes information to Gruppen" in remark_sentence(far, "en")


def test_a_flow_that_ends_is_told_and_single_cases_and_committees_are_not() -> None:
    found = signals(describe("a:skolan"), flow("1", "f:gruppen", "a:elevhalsan"))
    assert "vart uppgifterna går vidare därifrån beskriver rapporten inte" in remark_sentence(found["flow-ends"])
    assert "flow-ends" not in signals(
        describe("a:skolan"), flow("1", "f:gruppen", "a:elevhalsan", content="individarende")
    )
    assert "flow-ends" not in signals(describe("a:skolan"), flow("1", "f:gruppen", "n:socialnamnden"))


@pytest.mark.parametrize("store", [real_store, synthetic_store])
def test_steps_and_flows_equal_their_definitions(store) -> None:  # type: ignore[no-untyped-def]
    graph: Store = store()
    steps, pairs = set(), set()
    for case in all_cases(graph):
        ways = signal_graph(case)
        steps |= {(case.source.thing.iri, *each) for each in one_step_links(ways)}
        pairs |= {(case.source.thing.iri, *each) for each in flow_pairs(ways)}
    rows = [row[1:] for row in graph.select(named_query("definitions/signal-steps")).values()]
    assert sorted(rows) == sorted(steps)
    assert len(steps) > 500
    rows = [row[1:] for row in graph.select(named_query("definitions/flow-reach")).values()]
    assert sorted(rows) == sorted(pairs)
    assert len(pairs) > 40


@pytest.mark.parametrize("store", [real_store, synthetic_store])
def test_flows_of_up_to_three_steps_to_a_forum_are_those_of_the_named_question(store) -> None:  # type: ignore[no-untyped-def]
    graph: Store = store()
    columns = ["kalla", "ursprung", "forum"]
    rows = graph.select(named_query("questions/cq04-information-paths"))
    places = [rows.variables.index(each) for each in columns]
    asked = {tuple(row[place] for place in places) for row in rows.values()}
    told = set()
    for case in all_cases(graph):
        ways = signal_graph(case)
        flows = nx.DiGraph((x, y) for x, y, bonds in ways.edges(data="bonds") if bonds[0].link is Link.FLOW)
        for start in flows:
            near = nx.single_source_shortest_path_length(flows, start, cutoff=3)
            told |= {(case.source.thing.iri, start, end) for end in near if end != start and "/id/forum/" in end}
    assert told == asked


PLACES = [("a:polisen", "a:skolan", "a:elevhalsan", "a:faltgruppen")[index] for index in range(4)]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(PLACES), unique=True, max_size=3), min_size=4, max_size=4),
    st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=4),
)
def test_the_length_is_that_of_networkx_and_every_step_rests_on_claims(
    seats: list[list[str]], flows: set[tuple[int, int]]
) -> None:
    rooms = ["gruppen", "natt", "tredje", "radet"]
    case = case_of(
        *(NIGHT, THIRD, COUNCIL),
        *(describe(" ".join(who), forum=room) for room, who in zip(rooms, seats, strict=True)),
        *(flow(f"{x}{y}", f"f:{rooms[x]}", f"f:{rooms[y]}") for x, y in sorted(flows) if x != y),
    )
    graph = signal_graph(case)
    for start in rooms:
        far = reach(graph, f(start))
        assert {thing.iri for thing, _ in far.found} == nx.descendants(graph, f(start))
        for goal in rooms:
            found = paths_between(graph, f(start), f(goal))
            if start == goal or not nx.has_path(graph, f(start), f(goal)):
                assert not found
                continue
            expected = sorted(map(tuple, nx.all_shortest_paths(graph, f(start), f(goal))))
            assert sorted(tuple(each.iri for each in path.things) for path in found) == expected
            assert all(
                step.bonds and all(bond.evidence for bond in step.bonds) for path in found for step in path.steps
            )


def test_the_mobile_teams_reach_the_council_through_the_tuesday_group() -> None:
    (case,) = [each for each in all_cases(real_store()) if each.source.key == "vaxjo-2022"]
    graph = signal_graph(case)
    start, goal = (find_waypoint(graph, case.records, each) for each in ("Mobila team", "BRÅ"))
    # "Skolan i Kronoberg" has "skolan" in its IRI
    assert find_waypoint(graph, case.records, "skolan").sv == "Skolan"
    (path,) = paths_between(graph, start.iri, goal.iri)
    assert [(each.link, [who.sv for who in each.carriers]) for each in path.steps] == [
        (Link.FLOW, ["Fältgruppen"]),
        (Link.SHARED, ["Polismyndigheten", "säkerhetschef (Växjö kommun)"]),
    ]
    assert [each.sv for each in path.paused] == ["BRÅ"]


def test_every_remark_of_the_reports_has_words_in_both_languages_and_fits_the_schema() -> None:
    remarks = [remark for case in all_cases(real_store()) for remark in find_signals(case)]
    assert {each.code for each in remarks} <= set(SENTENCES)
    assert set(ADVICE) <= set(SENTENCES)
    assert len({each.id for each in remarks}) == len(remarks)
    for each in remarks:
        for lang in ("sv", "en"):
            said = remark_sentence(each, lang) + remark_advice(each, lang)  # type: ignore[arg-type]
            assert "()" not in said
            assert "  " not in said
        assert "saknas" not in remark_sentence(each)


def _validator(name: str) -> Draft202012Validator:
    found = {each.name: json.loads(each.read_text(encoding="utf-8")) for each in SCHEMAS.glob("*.json")}
    registry = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in found.values())
    return Draft202012Validator(found[name], registry=registry)


@pytest.mark.parametrize(
    ("arguments", "schema"),
    [
        (["Mobila team", "BRÅ", "--report", "vaxjo-2022"], "paths.json"),
        (["Forum om", "SSPF", "--municipality", "vaxjo"], "paths.json"),
        (["polismyndigheten", "--all-reports", "--lang", "en"], "paths.json"),
        (["--all-reports"], "remarks.json"),
    ],
)
def test_the_json_of_the_command_fits_its_schema(arguments: list[str], schema: str) -> None:
    run = CliRunner().invoke(cli, ["path", *arguments, "--store", "memory", "--format", "json"])
    assert run.exit_code == 0, run.output
    found = json.loads(run.stdout)
    assert found
    _validator(schema).validate(found)


@pytest.mark.parametrize("output_format", ["table", "csv", "md"])
def test_every_format_of_the_command_names_the_steps(output_format: str) -> None:
    arguments = ["path", "Mobila team", "BRÅ", "--report", "vaxjo-2022", "--store", "memory", "--format", output_format]
    run = CliRunner().invoke(cli, arguments)
    assert run.exit_code == 0, run.output
    assert "Tisdagsgruppen" in run.stdout
    listed = CliRunner().invoke(
        cli, ["path", "--store", "memory", "--municipality", "kalmar", "--format", output_format]
    )
    assert "Samhällsplaneringen" in listed.stdout


def test_a_name_in_no_report_is_an_error_with_near_ones() -> None:
    run = CliRunner().invoke(cli, ["path", "Mobila teem", "BRÅ", "--report", "vaxjo-2022", "--store", "memory"])
    assert isinstance(run.exception, UnknownName)
    assert "Mobila team" in str(run.exception)
