from dataclasses import replace
from itertools import combinations

import pytest

from kg.cache import load_everything
from kg.gaps import find_gaps
from kg.maps.boxes import WIDTH
from kg.maps.layout import crossings, lay_out
from kg.maps.model import Band, build_map
from kg.maps.scatter import scatter
from kg.network import Sector, build_network
from kg.records import read_records
from kg.sources import list_sources
from kg.store import open_store
from tests.maps import made


def overlap(a, b) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height


@pytest.mark.parametrize(("actors", "forums"), [(90, 25), (12, 40), (1, 1)])
def test_no_two_boxes_overlap_in_the_level_view(actors, forums):
    level = lay_out(made(actors, forums))
    boxes = (*level.forums, *level.actors, *level.ghosts)
    assert len(boxes) == actors + forums
    assert [(a.key, b.key) for a, b in combinations(boxes, 2) if overlap(a, b)] == []
    assert max(box.y + box.height for box in boxes) <= level.height
    assert max(box.x + box.width for box in boxes) <= WIDTH


def test_no_two_boxes_overlap_in_the_network_view():
    model = made(90, 25)
    spots = scatter(model, lay_out(model))
    met = [
        (a.key, b.key)
        for a, b in combinations(spots, 2)
        if abs(a.x - b.x) < (a.width + b.width) // 2 and abs(a.y - b.y) < (a.height + b.height) // 2
    ]
    assert (len(spots), met) == (115, [])


def test_a_network_too_large_for_the_finest_layout_is_still_placed_and_placed_the_same():
    model = made(200, 40)
    level = lay_out(model)
    assert scatter(model, level) == scatter(model, level)


def test_every_shipped_report_becomes_a_map_without_overlaps():
    records = read_records(load_everything(open_store("memory")))
    sources = list_sources(records)
    graph = build_network(records, sources)
    findings = find_gaps(records, graph, sources, everywhere=sources)
    assert sources
    for source in sources:
        level = lay_out(build_map(graph, records, source, findings))
        boxes = (*level.forums, *level.actors, *level.ghosts)
        assert [(a.key, b.key) for a, b in combinations(boxes, 2) if overlap(a, b)] == []
        assert bool(boxes) or not source.describes_forums


def test_pills_stand_beside_their_forum_without_touching_anything(ekby):
    level = lay_out(ekby)
    boxes = (*level.forums, *level.actors, *level.ghosts)
    assert [(a.key, b.key) for a, b in combinations(boxes, 2) if overlap(a, b)] == []
    forums = {box.key: box for box in level.forums}
    for ghost in ekby.ghosts:
        if ghost.forum:
            box = next(each for each in level.ghosts if each.key == ghost.key)
            assert abs(box.middle - forums[ghost.forum].middle) < 60


def test_every_position_is_a_whole_number(ekby):
    level = lay_out(ekby)
    for box in (*level.forums, *level.actors, *level.ghosts):
        assert all(isinstance(each, int) for each in (box.x, box.y, box.width, box.height))
    assert not [curve.path for curve in level.curves if "." in curve.path]
    assert all(isinstance(each, int) for spot in scatter(ekby, level) for each in (spot.x, spot.y))


def test_sectors_and_levels_keep_their_order_in_every_municipality(ekby):
    def order(model):
        return [each.code for each in lay_out(model).headings if each.code not in {"unstated", "programme", "missing"}]

    assert order(ekby) == order(made(90, 25)) == order(made(1, 1))


def test_sweeps_leave_fewer_crossings_than_the_alphabet():
    model = made(40, 20)
    level = lay_out(model)
    at = {box.key: box.middle for box in (*level.forums, *level.actors)}
    left = [each for each in model.edges if model.actors[int(each.actor[1:])].side == "left"]
    swept = crossings([(at[each.actor], at[each.forum]) for each in left])
    named = {each.key: (list(Sector).index(each.sector), each.thing.sv) for each in model.actors}
    bands = {each.key: (list(Band).index(each.band), each.thing.sv) for each in model.forums}
    actors = {key: place for place, key in enumerate(sorted(named, key=named.__getitem__))}
    forums = {key: place for place, key in enumerate(sorted(bands, key=bands.__getitem__))}
    assert swept < crossings([(actors[each.actor], forums[each.forum]) for each in left])


def test_the_order_of_the_input_does_not_move_anything(ekby):
    turned = replace(ekby, forums=ekby.forums[::-1], actors=ekby.actors[::-1], ghosts=ekby.ghosts[::-1])
    assert {box.key: box for box in lay_out(turned).forums} == {box.key: box for box in lay_out(ekby).forums}
    assert {box.key: box for box in lay_out(turned).actors} == {box.key: box for box in lay_out(ekby).actors}
