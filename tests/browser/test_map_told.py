"""The analysis on the map: the ways that the page finds are those of Python, and what is lit is what is said."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

import kg.maps.page
from kg.maps.packed import ways_data
from kg.maps.page import render_map
from kg.maps.values import key_of
from kg.maps.ways import trace_ways
from kg.paths import paths_between, reach
from kg.paths.steps import signal_graph
from kg.wording.ways import no_path_sentence, path_sentence
from tests.browser.axe import unfold
from tests.maps import REPORTS, poisoned, report_cases

STATIC = Path(kg.maps.page.__file__).parent / "static"
EST, THURSDAY, AREA, BRA = (f"forum/9999/{each}" for each in ("est", "torsdagsgruppen", "omradesteam", "bra"))


@pytest.fixture(scope="module")
def search(browser):
    page = browser.new_page()
    source = (STATIC / "paths.js").read_text(encoding="utf-8")
    yield lambda ways, expression: page.evaluate(
        f"(() => {{ {source}\nconst graph = paths.build({json.dumps(ways_data(ways))});"
        f"const ids = (way) => way.map((each) => graph.points[each].id);"
        f"const all = graph.points.map((_, index) => index);\nreturn {expression}; }})()"
    )
    page.close()


def traced(key):
    """The network of signals of a report, its ways as the page is given them, and its nodes by their keys."""
    case = report_cases()[key]
    graph = signal_graph(case)
    return graph, trace_ways(case, lambda iri: (key_of(iri),)), {key_of(node): node for node in graph}


@pytest.mark.parametrize("key", REPORTS)
def test_the_page_finds_the_same_ways_between_all_pairs_as_python_in_the_same_words(search, key):
    graph, ways, names = traced(key)
    found = search(
        ways,
        """all.flatMap((a) => all.filter((b) => b !== a).map((b) => {
          const found = paths.between(graph, a, b);
          const said = [0, 1].map((en) => (found.length ? paths.sentence(graph, found[0], en) : paths.noWay(graph, a, b, en).join(" ")));
          return [graph.points[a].id, graph.points[b].id, found.map(ids), said];
        }))""",
    )
    assert len(found) == len(graph) * (len(graph) - 1)
    for start, goal, routes, said in found:
        expected = paths_between(graph, names[start], names[goal])
        assert routes == [[key_of(thing.iri) for thing in path.things] for path in expected], (start, goal)
        if expected:
            assert said == [path_sentence(expected[0], "sv"), path_sentence(expected[0], "en")]
        else:
            ends = graph.nodes[names[start]]["thing"], graph.nodes[names[goal]]["thing"]
            both = reach(graph, names[start]), reach(graph, names[goal], backward=True)
            assert said == [no_path_sentence(*ends, *both, "sv"), no_path_sentence(*ends, *both, "en")]


@pytest.mark.parametrize("key", REPORTS)
def test_the_page_reaches_as_far_as_python_both_ways(search, key):
    graph, ways, names = traced(key)
    found = search(
        ways,
        """all.flatMap((a) => [false, true].map((backward) => {
          const { found, stops, open } = paths.reach(graph, a, backward);
          return [graph.points[a].id, backward, found.map(([each, far]) => [graph.points[each].id, far]), ids(stops), ids(open)];
        }))""",
    )
    for origin, backward, reached, stops, lists in found:
        expected = reach(graph, names[origin], backward=backward)
        assert reached == [[key_of(thing.iri), steps] for thing, steps in expected.found]
        assert stops == [key_of(thing.iri) for thing in expected.stops]
        assert lists == [key_of(thing.iri) for thing in expected.open_lists]


def test_no_more_ways_than_asked_for_are_walked(search):
    ways = trace_ways(report_cases()["vannas-2018"], lambda iri: ())
    most = search(ways, "Math.max(...all.flatMap((a) => all.map((b) => paths.between(graph, a, b, 2).length)))")
    assert most == 2


def test_the_details_of_a_forum_hold_its_remarks_with_their_sections(ekby_html, show):
    page = show(ekby_html, f"#node={THURSDAY}").page
    remarks = page.locator("#about .remarks")
    expect(remarks.locator("h3")).to_have_text("Vad uppgifterna visar (7)", use_inner_text=True)
    expect(remarks).to_contain_text("EST-gruppen och Torsdagsgruppen har 3 aktörer gemensamt")
    assert all("avsnitt" in each for each in remarks.locator(".remark").all_inner_texts())


def test_overlaps_light_the_forums_and_those_they_share(ekby_html, show):
    opened = show(ekby_html, "#show=overlaps")
    page = opened.page
    button = page.locator("[data-pick]").first
    expect(button).to_be_visible()
    button.click()
    assert "pick=" in page.url
    assert set(opened.lit()) == {"EST-gruppen", "Torsdagsgruppen", "Ekbybostäder AB", "Fältgruppen", "Polismyndigheten"}
    expect(page.locator("#picks .remark:visible")).to_contain_text("gemensamt")
    button.click()
    assert "pick=" not in page.url


def test_only_links_are_lit_or_said_not_to_be_shown(ekby_html, show):
    page = show(ekby_html).page
    page.check("#shows [value=cuts]")
    expect(page.locator("#telling")).to_be_visible()
    assert page.url.endswith("#show=cuts")
    expect(page.locator("#picks li").first).to_be_visible()
    page.check("#shows [value='']")
    expect(page.locator("#telling")).to_be_hidden()
    assert "#show" not in page.url


def test_two_clicks_on_the_map_give_the_way_between_with_its_steps_and_numbers(ekby_html, show):
    opened = show(ekby_html)
    page = opened.page
    page.check("#shows [value=path]")
    page.locator("#drawing").get_by_role("button", name="Näringslivet").click()
    page.locator("#drawing").get_by_role("button", name="Torsdagsgruppen").click()
    assert "from=org/9999/naringslivet&to=forum/9999/torsdagsgruppen" in page.url
    expect(page.locator("#way .head")).to_have_text("Från Näringslivet till Torsdagsgruppen, 2 steg:")
    steps = page.locator("#way ol > li").all_inner_texts()
    assert [each.split("\n")[0] for each in steps] == [
        "Näringslivet deltar i EST-gruppen",
        "EST-gruppen lämnar information till Torsdagsgruppen (lägesbild)",
    ]
    assert all("avsnitt 2.2" in each for each in steps)
    assert page.locator(".order text").all_text_contents() == ["1", "2", "3"]
    assert set(opened.lit()) == {"Näringslivet", "EST-gruppen", "Torsdagsgruppen"}
    assert "Från Näringslivet till Torsdagsgruppen, 2 steg" in page.locator("#live").inner_text()
    page.click("[data-route=swap]")
    expect(page.locator("#from")).to_have_value("forum/9999/torsdagsgruppen")
    page.click("[data-lang=en]")
    expect(page.locator("#way .head")).to_contain_text("From The Thursday group to Local business")
    page.click("[data-route=clear]")
    expect(page.locator("#way")).to_be_empty()
    assert opened.complaints == []


def test_where_no_way_is_described_the_page_says_how_far_it_gets_and_what_is_open(ekby_html, show):
    page = show(ekby_html, "#show=path&from=org/9999/bup&to=forum/9999/bra").page
    expect(page.locator("#way")).to_contain_text(
        "Rapporten beskriver ingen väg från Barn- och ungdomspsykiatrin till Brottsförebyggande rådet."
    )
    expect(page.locator("#way")).to_contain_text("Rapporten ger inte hela deltagarlistan för")


def test_unknown_ends_of_a_way_are_ignored(ekby_html, show):
    page = show(ekby_html, "#show=path&from=forum/9999/nobody&to=forum/9999/bra").page
    expect(page.locator("#to")).to_have_value("forum/9999/bra")
    expect(page.locator("#from")).to_have_value("")
    page.click("[data-lang=en]")
    assert "nobody" not in page.url


def test_the_strip_of_ages_filters_by_click_and_by_keyboard(ekby_html, show):
    opened = show(ekby_html)
    page = opened.page
    year = page.locator("[data-year]")
    assert year.count() == 26
    # SSPF 9-12, the area team 9-20 and the Thursday group 13-20; nothing else states an age
    assert [each.split()[0] for each in year.all_inner_texts()] == ["0"] * 9 + ["2"] * 12 + ["0"] * 5
    page.click("[data-year='14']")
    expect(page.locator("#shown")).to_contain_text("2 forum")
    expect(page.locator("#ages .said")).to_contain_text(
        "Når 14 år, på kartan: Områdesteam Söder (9–12 år, 13–20 år); Torsdagsgruppen (13–20 år)."
    )
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.url.endswith("#age=0-14")
    expect(page.locator("#shown")).to_contain_text("3 forum")
    assert page.locator("[aria-pressed=true][data-year]").count() == 15
    page.keyboard.press("Escape")
    assert "age=" not in page.url
    page.get_by_role("button", name="Anges inte (6)").click()
    expect(page.locator("#shown")).to_contain_text("5 forum, 1 program")


def test_a_map_without_analysis_still_filters_by_age_and_offers_nothing_else(ekby, show):
    opened = show(render_map(replace(ekby, told=None)), "#age=14-14&show=cuts")
    expect(opened.page.locator("#shown")).to_contain_text("2 forum")
    assert opened.page.locator("#shows, #told").count() == 0
    assert opened.complaints == []


def test_hostile_words_are_inert_in_all_that_is_told(ekby, show):
    opened = show(render_map(poisoned(ekby)), bypass_csp=True)
    page = opened.page
    ends = "from=org/9999/naringslivet&to=forum/9999/torsdagsgruppen"
    for fragment in (
        "show=cuts",
        "show=overlaps",
        f"show=path&{ends}",
        "show=path&from=org/9999/bup&to=forum/9999/bra",
    ):
        page.evaluate("hash => { location.hash = `age=9-14&${hash}`; }", fragment)
        expect(page.locator("#telling")).to_be_visible()
        unfold(page)
        assert "onerror" in page.locator("#filters").inner_text()
    assert page.evaluate("window.hacked") is None
    assert page.locator("img, iframe, object, embed, form").count() == 0
    assert opened.complaints == []


def test_a_way_is_chosen_by_the_keyboard_alone(ekby_html, show):
    page = show(ekby_html, "#show=path").page
    page.locator(".node[tabindex='0']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#from")).not_to_have_value("")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#way")).not_to_be_empty()
    assert page.locator("#live").inner_text().startswith(("Från ", "Rapporten beskriver ingen väg från "))
