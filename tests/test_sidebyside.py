"""Two reports in the same places: what is marked on which side, and that no mark says more than the reports do."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from kg.cases import Case, open_cases
from kg.change import find_changes
from kg.change.differences import find_differences
from kg.maps.boxes import NARROW
from kg.maps.model import build_map
from kg.maps.pairs import lay_beside
from kg.maps.sidebyside import SideBySide, set_beside
from kg.maps.texts import divide, width_of
from kg.pages.comparisons import comparison_files, pair_page
from kg.records import read_records
from kg.sources import choose_sources
from tests.synthetic import real_store
from tests.test_change import cases, later
from tests.test_matrix import SECOND, cases_of, elsewhere
from tests.test_paths import NIGHT
from tests.tiny import describe


def beside(first: Case, last: Case) -> SideBySide:
    models = [build_map(each.graph, each.records, each.source, ()) for each in (first, last)]
    return set_beside(models[0], models[1], find_changes(first, last))


def notes(pair: SideBySide) -> list[dict[str, str]]:
    """The marks of both sides by the last part of the key."""
    return [{key.rsplit("/", 1)[-1]: text.sv for key, text in side.notes.items()} for side in pair.sides]


def vaxjo() -> tuple[Case, Case]:
    records = read_records(real_store())
    found = [each for each in choose_sources(records, municipality="Växjö", all_reports=True) if each.describes_forums]
    first, last = open_cases(records, found)
    return first, last


def test_the_same_report_twice_bears_no_mark() -> None:
    pair = beside(*cases(describe("a:polisen"), later(describe("a:polisen"))))
    assert notes(pair) == [{}, {}]
    assert [side.only for side in pair.sides] == [frozenset(), frozenset()]
    drawings = [re.sub(r'="(side|tip)-\d"|#tip-\d|<title.*?</title>', "", pair.svg(which, "sv")) for which in (0, 1)]
    assert drawings[0] == drawings[1]


def test_what_one_report_alone_tells_of_is_marked_with_its_year_and_never_as_gone_or_new() -> None:
    pair = beside(*cases(NIGHT, describe("a:polisen"), later(describe("a:skolan", forum="natt"))))
    assert notes(pair) == [
        {"gruppen": "bara 2022", "polisen": "bara 2022"},
        {"natt": "bara 2024", "skolan": "bara 2024"},
    ]
    assert pair.shared == (0, 0)


def test_an_actor_in_other_forums_is_told_apart_from_one_that_is_on_one_map_only() -> None:
    pair = beside(*cases(NIGHT, describe("a:polisen"), later(describe("a:polisen", forum="natt"))))
    assert [each["polisen"] for each in notes(pair)] == ["andra forum 2024", "andra forum 2022"]


def test_a_renamed_forum_keeps_its_place_and_shows_each_name() -> None:
    new = describe("a:polisen", forum="natt", extra="; dcterms:replaces f:gruppen ")
    pair = beside(*cases(NIGHT, describe("a:polisen"), later(new)))
    assert [each["natt"] for each in notes(pair)] == ["annat namn 2024", "annat namn 2022"]
    assert len(pair.layout.forums) == 1
    assert (">Gruppen<" in pair.svg(0, "sv"), ">Nattgruppen<" in pair.svg(1, "sv")) == (True, True)


def test_a_forum_on_another_level_has_a_place_on_each() -> None:
    levels = [describe("a:polisen", extra=f"; fb:level forumniva:{each} ") for each in ("strategisk", "operativ")]
    pair = beside(*cases(levels[0], later(levels[1])))
    assert [list(each.values()) for each in notes(pair)] == [["annan nivå 2024"], ["annan nivå 2022"]]
    assert len(pair.layout.forums) == 2
    assert [pair.svg(which, "sv").count('class="forum"') for which in (0, 1)] == [1, 1]


def test_only_what_the_later_report_says_has_left_is_red() -> None:
    silent = beside(
        *cases(describe("a:polisen a:skolan"), later(describe("a:polisen", completeness="exemplifierande")))
    )
    assert not silent.left
    assert 'stroke-dasharray="6 4"' in silent.svg(0, "sv")
    assert 'stroke="#A3201A"' not in silent.svg(0, "sv")
    denied = later("""u:x-1 a fb:NonMembership ; fb:excludedActor a:skolan ; fb:excludedFrom f:gruppen ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 .""")
    pair = beside(*cases(describe("a:polisen a:skolan"), later(describe("a:polisen")), denied))
    assert len(pair.left) == 1
    assert 'stroke="#A3201A"' in pair.svg(0, "sv")
    assert 'stroke="#A3201A"' not in pair.svg(1, "sv")


def test_two_reports_of_one_year_are_told_apart_by_their_days() -> None:
    first, last = cases(describe("a:polisen"), later(describe("a:skolan")))
    models = [build_map(each.graph, each.records, each.source, ()) for each in (first, last)]
    object.__setattr__(models[1], "observed_on", "2022-12-01")
    assert set_beside(models[0], models[1], ()).names == ("2022-03-17", "2022-12-01")


def test_the_two_maps_of_vaxjo_share_their_places_and_no_box_overlaps() -> None:
    pair = beside(*vaxjo())
    assert pair.names == ("2022", "2024")
    assert pair.shared == (0, 10)
    boxes = (*pair.layout.forums, *pair.layout.actors)
    assert [
        (a.key, b.key)
        for a, b in combinations(boxes, 2)
        if a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height
    ] == []
    assert all(box.x >= 0 and box.x + box.width <= NARROW.width for box in boxes)
    marks = notes(pair)
    assert marks[0]["bra"] == "bara 2022"
    assert marks[0]["polismyndigheten"] == "andra forum 2024"
    assert {word for side in marks for text in side.values() for word in text.split()} <= {
        *("bara", "andra", "forum", "2022", "2024")
    }


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_name_is_cut_on_the_maps_of_vaxjo(lang: str) -> None:
    pair = beside(*vaxjo())
    assert ["…" in pair.svg(which, lang) for which in (0, 1)] == [False, False]


@pytest.mark.parametrize("word", ["Utbildningsförvaltningen", "Processledningsgruppen", "Arbetsförmedlingen", "A" * 60])
def test_a_long_word_is_divided_and_nothing_is_lost(word: str) -> None:
    parts = divide(word, 120, 12.5)
    assert parts.replace("- ", "") == word
    assert word.startswith("A" * 9) or all(width_of(part, 12.5) <= 120 for part in parts.split())


def test_the_page_of_a_pair_is_the_same_in_bytes_each_time() -> None:
    first, last = vaxjo()
    assert pair_page(first, last) == pair_page(first, last)


def test_a_reply_that_describes_no_forums_gives_the_words_alone() -> None:
    records = read_records(real_store())
    found = choose_sources(records, municipality="Kalmar", all_reports=True)
    reply = next(each for each in found if not each.describes_forums)
    report = next(each for each in found if each.describes_forums)
    page = pair_page(*open_cases(records, [report, reply]))
    assert '<section class="side"' not in page
    assert "Vad som blev av rekommendationerna" in page


def test_an_atlas_compares_two_to_ten_municipalities_and_each_report_with_the_one_before() -> None:
    one = cases_of(describe("a:polisen"))
    assert comparison_files(one, map_name="karta") == {}
    two = cases_of(describe("a:polisen"), SECOND)
    assert list(comparison_files(two, map_name="karta")) == ["jamforelse.html"]
    many = cases_of(*(elsewhere("v", str(9900 + n), f"Stad{n}").replace("annanstad-2022", f"s{n}") for n in range(11)))
    assert comparison_files(many, map_name="karta") == {}
    first, last = cases(describe("a:polisen"), later(describe("a:polisen")))
    files = comparison_files([first, last], "en", map_name="map")
    assert list(files) == ["provstad-2024/differences.html"]
    assert 'href="../provstad-2022/map.html"' in files["provstad-2024/differences.html"]


def test_a_forum_on_another_level_or_with_another_name_is_one_with_all_that_is_told_of_it() -> None:
    levels = [describe("a:polisen", extra=f"; fb:level forumniva:{each} ") for each in ("strategisk", "operativ")]
    (forum,) = [each for each in lay_beside(beside(*cases(levels[0], later(levels[1])))) if each.forum]
    assert (forum.key, [each.sv for each in forum.names]) == ("forum/9990/gruppen", ["Gruppen", "Gruppen"])
    assert [len(each) for each in forum.groups] == [1, 0, 0]
    both = cases(
        NIGHT, describe("a:polisen"), later(describe("a:skolan", forum="natt", extra="; dcterms:replaces f:gruppen "))
    )
    (renamed,) = [each for each in lay_beside(beside(*both), find_differences(*both)) if each.forum]
    assert [each.sv for each in renamed.names] == ["Gruppen", "Nattgruppen"]
    assert [[tie.name.sv for tie in each] for each in renamed.groups] == [[], ["Polisen"], ["Skolan"]]
    assert [tie.alone for each in renamed.groups for tie in each] == [0, 1]
    assert {"forum-renamed"} <= {each.code for each in renamed.remarks}


def test_every_link_of_both_maps_stands_once_with_the_forum_and_once_with_the_actor() -> None:
    pair = beside(*vaxjo())
    found = lay_beside(pair)
    for side in (True, False):
        ties = [tie for each in found if each.forum is side for group in each.groups for tie in group]
        drawn = {(edge.actor, edge.forum) for which in (0, 1) for edge in pair.model(which).edges}
        assert len(ties) == len(drawn)
