"""The generator of synthetic graphs is deterministic, says valid things, and knows what must be found in them."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from bench.blueprints import BLUEPRINTS
from bench.engines import main as engines
from bench.gaps import found_outcomes, precision_recall
from bench.generate import main, structure, truth, write_graph
from bench.growth import Course, shipped_queries, verdict
from bench.measure import Worker, exponent, read_synthetic
from bench.plan import LIMIT, draw_municipalities, draw_municipality
from bench.registers import national_register, register
from bench.seats import ACTORS, NATIONAL, SEATS, SEATS_OF
from kg.cases import open_cases
from kg.gaps import find_gaps
from kg.namespaces import FB, RDF, thing
from kg.nation import ages_reached, read_nation, shared_members
from kg.network import build_network
from kg.paths import steps_from
from kg.paths.steps import signal_graph
from kg.position.measures import cut_points
from kg.records import read_records
from kg.resources import data_files, norm_files, ontology_dir, queries_dir
from kg.rollup import two_mode
from kg.sources import choose_sources
from kg.validation import Severity, validate


def graph(folder: Path, municipalities: int, *, seed: int = 1, suffix: str = ".nq") -> Path:
    path = folder / f"{municipalities}-{seed}{suffix}"
    write_graph(path, municipalities, seed=seed)
    return path


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    assert graph(tmp_path, 2).read_bytes() == graph(again, 2).read_bytes()
    assert graph(tmp_path, 2).read_bytes() != graph(tmp_path, 2, seed=2).read_bytes()


def test_a_smaller_graph_is_the_beginning_of_a_larger_one(tmp_path: Path) -> None:
    assert graph(tmp_path, 4).read_bytes().startswith(graph(tmp_path, 2).read_bytes())


def test_a_municipality_is_the_same_however_many_are_drawn() -> None:
    assert list(draw_municipalities(3, seed=7))[2] == draw_municipality(2, seed=7)


def test_more_municipalities_than_codes_are_refused() -> None:
    with pytest.raises(ValueError, match="codes for 0 to"):
        next(draw_municipalities(LIMIT + 1, seed=1))
    assert (
        len({draw_municipality(number, seed=1).code for number in (*range(100), *range(2050, 2200), LIMIT - 1)}) == 251
    )


def test_both_formats_hold_the_same_quads(tmp_path: Path) -> None:
    quads = set(ox.parse(path=str(graph(tmp_path, 1)), format=ox.RdfFormat.N_QUADS))
    assert quads == set(ox.parse(path=str(graph(tmp_path, 1, suffix=".trig")), format=ox.RdfFormat.TRIG))
    assert not {quad for quad in quads if isinstance(quad.subject, ox.BlankNode)}


def test_rdflib_reads_as_many_quads_as_pyoxigraph(tmp_path: Path) -> None:
    path = graph(tmp_path, 1)
    dataset = rdflib.Dataset()
    dataset.parse(path, format="nquads")
    assert len(list(dataset.quads())) == len(list(ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)))


def test_a_municipality_has_about_as_many_triples_as_the_design_reckons_with(tmp_path: Path) -> None:
    small, large = write_graph(tmp_path / "0.nq", 0), write_graph(tmp_path / "40.nq", 40)
    assert 2_900 < (large - small) / 40 < 3_700


def test_the_graph_passes_the_shapes_and_the_checks(tmp_path: Path) -> None:
    acts = [path for path in norm_files() if path.stem == "kallor"]
    found = validate([graph(tmp_path, 2), *acts], ontology=ontology_dir(), queries=queries_dir())
    assert [each for each in found if each.severity is Severity.VIOLATION] == []


def test_every_class_and_property_that_reports_use_is_in_the_graph(tmp_path: Path) -> None:
    """Left out: legal acts, which are shipped, and a class that only narrower ones are used of."""
    made = ox.Store()
    made.bulk_load(path=str(graph(tmp_path, 9)), format=ox.RdfFormat.N_QUADS)
    said = ox.Store()
    for file in data_files():
        said.bulk_load(path=str(file), format=ox.RdfFormat.TRIG)
    prefix = FB.Forum.removesuffix("Forum")
    own = [{each for each in map(_named, store) if each.startswith(prefix)} for store in (said, made)]
    assert own[0] - own[1] == {FB.LegalAct, FB.PublicBody}


def _named(quad: ox.Quad) -> str:
    """Return the class that a quad states, or else its property."""
    of_class = quad.predicate.value == RDF.type and isinstance(quad.object, ox.NamedNode)
    return str(quad.object.value) if of_class else quad.predicate.value


def test_what_is_found_is_what_was_put_there(tmp_path: Path) -> None:
    store, _ = read_synthetic(graph(tmp_path, 3))
    records = read_records(store)
    sources = choose_sources(records, all_reports=True)
    found = find_gaps(records, build_network(records, sources), sources, everywhere=choose_sources(records))
    assert precision_recall(found_outcomes(found), truth(3)) == (1.0, 1.0, [])


@pytest.mark.parametrize("seed", [1, 2])
def test_ages_shared_members_and_cut_points_are_those_put_there(tmp_path: Path, seed: int) -> None:
    store, _ = read_synthetic(graph(tmp_path, 5, seed=seed))
    told = structure(5, seed=seed)
    records = read_records(store)
    cases = open_cases(records, choose_sources(records, all_reports=True))
    reports = read_nation(store)
    ages, shared = ages_reached(reports), shared_members(reports)
    assert {case.source.key for case in cases} == set(told)
    for case in cases:
        true = told[case.source.key]
        # forums have no prevention level in these graphs, and interventions always have one
        assert {age: count for (age, level), count in ages[case.source.key].items() if not level} == true.ages
        assert [(each.first, each.second, each.shared, *each.sizes) for each in shared[case.source.key]] == [
            *true.pairs
        ]
        found = cut_points(two_mode(case))
        assert {node for node in found if node in case.graph and case.graph.nodes[node]["bipartite"] == 0} == set(
            true.cuts
        )


@pytest.mark.parametrize("seed", [1, 2])
def test_steps_from_the_system_and_from_the_first_forum_are_those_put_there(tmp_path: Path, seed: int) -> None:
    store, _ = read_synthetic(graph(tmp_path, 3, seed=seed))
    told = structure(3, seed=seed)
    records = read_records(store)
    for case in open_cases(records, choose_sources(records, all_reports=True)):
        ways = signal_graph(case)
        for origin, steps in told[case.source.key].steps.items():
            assert steps_from(ways, origin) == {origin: 0, **steps}


def test_a_municipality_beyond_the_first_codes_brings_the_region_of_its_county_once() -> None:
    first, second = (draw_municipality(number, seed=1) for number in (2100, 2149))
    assert (first.code, second.code) == ("5100", "5101")
    region = f"<{thing('region', '51')}>"
    counts = [[each.subject for each in made].count(region) for made in map(register, (first, second))]
    assert [*counts, [each.subject for each in national_register()].count(region)] == [1, 0, 0]


def test_the_structure_has_gaps_in_ages_overlaps_and_cut_points_to_find() -> None:
    told = structure(29).values()
    assert sum(bool(each.gaps) and bool(each.ages) for each in told) > 10
    assert sum(len(each.pairs) for each in told) > 500
    assert sum(len(each.cuts) for each in told) > 10
    assert sum(max(each.steps[thing("system", "lagesapp")].values()) > 3 for each in told) > 10


def test_the_truth_holds_each_outcome_that_it_tells_of() -> None:
    outcomes = [outcome for norms in truth(29).values() for outcome in norms.values()]
    assert {each: outcomes.count(each) > 0 for each in sorted(set(outcomes))} == {
        "fornekad": True,
        "informerar": True,
        "narvarande": True,
        "saknas": True,
    }


def test_the_command_writes_graph_and_truth_side_by_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "graph.trig"
    assert main(["--municipalities", "1", "--seed", "3", "-o", str(path)]) == 0
    written = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
    assert written["outcomes"] == truth(1, seed=3)
    told = structure(1, seed=3)
    assert {key: each["gaps"] for key, each in written["reports"].items()} == {
        key: list(each.gaps) for key, each in told.items()
    }
    assert "triples" in capsys.readouterr().err


def test_every_seat_is_of_a_known_actor_and_every_blueprint_has_someone_to_seat() -> None:
    assert {seat.actor for seat in SEATS} <= {*ACTORS, *NATIONAL, "kommun", "region"}
    assert {code for forum in BLUEPRINTS for code in forum.usual} <= set(SEATS_OF)
    assert len({seat.key for seat in SEATS}) == len(SEATS)


def test_precision_and_recall_tell_what_is_extra_and_what_is_lacking() -> None:
    precision, recall, lines = precision_recall({"a": {"X-01": "saknas", "X-02": "saknas"}}, {"a": {"X-01": "saknas"}})
    assert (precision, recall, lines) == (0.5, 1.0, ["extra a X-02 saknas"])


def test_the_exponent_of_a_square_is_two() -> None:
    assert math.isclose(exponent([(1, 3), (10, 300), (100, 30_000)]), 2.0)
    with pytest.raises(ValueError, match="two points"):
        exponent([(1, 1)])


def test_a_query_in_the_noise_is_flat_and_one_above_it_only_at_the_end_is_bounded() -> None:
    triples = {5: 1_000, 29: 10_000, 290: 100_000}
    flat = Course("flat", base=1.0, times={5: 1.0, 29: 1.1, 290: 1.2})
    assert flat.slopes(triples) == []
    # 0.5 ms, the noise, at 10,000 triples and 50 ms at 100,000: a factor of a hundred for one of ten
    steep = Course("steep", base=1.0, times={5: 1.0, 29: 1.1, 290: 51.0})
    assert steep.bounded()
    assert math.isclose(steep.slopes(triples)[0], 2.0)


def test_what_the_cache_adds_to_the_reference_is_granted_to_every_query() -> None:
    triples = {29: 10_000, 290: 100_000}
    linear = Course("reference", times={29: 1.0, 290: 25.0})  # seems to grow as n to the 1.4
    assert verdict(Course("even", times={29: 5.0, 290: 60.0}), linear, triples) == "ok"
    assert verdict(Course("cached", times={29: 1.0, 290: 38.0}), linear, triples) == "ok, cache"
    assert verdict(Course("square", times={29: 0.9, 290: 90.0}), linear, triples) == "STEEP"
    assert verdict(Course("cached", times={29: 1.0, 290: 38.0}), Course("flat"), triples) == "STEEP"
    assert verdict(Course("late", times={29: 1.0}, problem="over 60 s at 290"), linear, triples) == "over 60 s at 290"


def test_every_shipped_query_is_measured() -> None:
    assert {"network/claims", "network/named"} <= set(shipped_queries())


def _answerer(_: object) -> Callable[[str], str]:
    def answer(request: str) -> str:
        if request == "fail":
            raise ValueError("as asked")
        if request == "hang":
            threading.Event().wait()
        return request

    return answer


def test_a_worker_answers_again_after_an_error_and_after_a_request_that_took_too_long() -> None:
    with Worker(_answerer, None) as worker:
        with pytest.raises(RuntimeError, match="ValueError: as asked"):
            worker.ask("fail", seconds=60)
        with pytest.raises(TimeoutError, match="no answer"):
            worker.ask("hang", seconds=0.1)
        assert worker.ask("again", seconds=60) == "again"


def test_the_table_of_engines_is_made_of_what_is_known_and_says_what_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {
        "load memory 2": [1.2, 1.0],
        "own 2": {"gaps (cq01)": 0.5},
        "jena 2": {"gaps (cq01)": "> 30", "loaded": 9.0},
    }
    results, document = tmp_path / "results.json", tmp_path / "engines.md"
    document.write_text("before\n<!-- bench.engines -->\n<!-- bench.engines: end -->\nafter\n", encoding="utf-8")
    arguments = ["none", "--small", "1", "--large", "2", "--results", str(results), "--write", str(document)]
    results.write_text(json.dumps(known), encoding="utf-8")
    assert engines(arguments) == 1
    told = capsys.readouterr().out
    assert "load into memory, 2   1.20   1.15     NO" in told
    assert "> 30 (> 60x)" in told
    assert "loaded to Jena TDB2 in 9 s" in told
    assert told.strip() in document.read_text(encoding="utf-8")
    results.write_text(json.dumps({**known, "load memory 2": [1.1, 1.0]}), encoding="utf-8")
    assert engines(arguments) == 0
