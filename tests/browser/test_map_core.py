"""The pure functions of the page, run in the browser that they are written for."""

from pathlib import Path

import pytest

import kg.maps.page

CORE = Path(kg.maps.page.__file__).parent / "static" / "core.js"
NODES = """const nodes = [
  {id: "bra", kind: "forum", part: "strategic", names: ["Brottsförebyggande rådet", "Crime prevention council"], types: ["bra"], ages: [], box: [400, 0, 100, 20]},
  {id: "sspf", kind: "forum", part: "individual", names: ["SSPF", "SSPF"], types: ["sspf"], ages: [[9, 12]], box: [400, 100, 100, 20]},
  {id: "naf", kind: "actor", part: "politics", names: ["Nämnden för arbete och välfärd", "Committee"], box: [0, 0, 100, 20]},
  {id: "pol", kind: "actor", part: "police", names: ["Polisen", "The police"], box: [800, 0, 100, 20]},
  {id: "g", kind: "gap", part: "gap", forum: "sspf", names: ["Saknas: fritid", "Missing"], box: [200, 100, 100, 20]},
  {id: "q", kind: "question", part: "question", forum: "bra", names: ["1 fråga", "1 question"], box: [200, 0, 100, 20]},
];
const edges = [
  {id: "e0", from: "naf", to: "bra", certainty: "uttalad"}, {id: "e1", from: "pol", to: "sspf", certainty: "tolkad"},
  {id: "g0", from: "g", to: "sspf", certainty: ""}, {id: "g1", from: "q", to: "bra", certainty: ""},
];
const state = (more) => ({...core.fresh("sv"), ...more});
const seen = (more) => [...core.visible(nodes, edges, state(more)).nodes].sort().join(" ");
"""


@pytest.fixture(scope="module")
def run(browser):
    page = browser.new_page()
    source = CORE.read_text(encoding="utf-8")
    yield lambda expression: page.evaluate(f"(() => {{ {source}\n{NODES}\nreturn {expression}; }})()")
    page.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("valfard namnd", ["naf"]),
        ("ARBETE", ["naf"]),
        ("råd", ["bra"]),
        ("p", ["bra", "sspf", "pol"]),
        ("committee", ["naf"]),
        ("fritid", []),
        ("  ", []),
        ("(.*", []),
    ],
)
def test_search_folds_letters_takes_words_in_any_order_and_puts_forums_first(run, query, found):
    assert run(f"core.search(nodes, {query!r}).map(node => node.id)") == found


def test_a_fragment_is_read_and_written_back_the_same(run):
    known = '{nodes: ["forum/9999/bra"], types: ["bra"], parts: ["police", "civil"]}'
    text = "#node=forum/9999/bra&view=network&lang=en&age=13-15&type=bra&certainty=uttalad&gaps=0&questions=1&off=civil,police"
    assert run(f'core.writeHash(core.readHash("{text}", {known}, "sv"), "sv")') == text


@pytest.mark.parametrize(
    "text",
    [
        "#node=nobody&view=x&lang=de&age=9-2&type=y&off=z&certainty=9&show=x&pick=y&from=a&way=2",
        "#%",
        "#node=%E0%A4%A",
        "#=&&=",
        "",
    ],
)
def test_unknown_values_of_a_fragment_are_ignored(run, text):
    known = '{nodes: ["a"], types: ["bra"], parts: []}'
    assert run(f'core.writeHash(core.readHash("{text}", {known}, "sv"), "sv")') == ""


@pytest.mark.parametrize(
    "text",
    [
        "#show=path&from=forum/9999/bra&to=org/9999/bup&way=3",
        "#age=7-7&show=cuts&pick=ekby-2022/position/x",
        "#age=unstated",
    ],
)
def test_what_is_shown_on_the_map_has_a_fragment_of_its_own(run, text):
    known = "{nodes: [], types: [], parts: []}"
    assert run(f'core.writeHash(core.readHash("{text}", {known}, "sv"), "sv")') == text


def test_two_ends_alone_ask_for_the_way_between_them(run):
    assert run('core.readHash("#from=a&to=b", {nodes: [], types: [], parts: []}, "sv").show') == "path"


@pytest.mark.parametrize("age", ["26-27", "1-26", "5", "-1-3", "0-25x", "15-13"])
def test_an_age_outside_the_strip_is_ignored(run, age):
    assert run(f'core.readHash("#age={age}", {{nodes: [], types: [], parts: []}}, "sv").age') == ""


def test_one_click_picks_a_year_two_a_span_and_the_same_year_twice_all_ages(run):
    assert run('core.pickAge("", 13)') == "13-13"
    assert run('core.pickAge("13-13", 15)') == "13-15"
    assert run('core.pickAge("13-13", 0)') == "0-13"
    assert run('core.pickAge("13-13", 13)') == ""
    assert run('core.pickAge("13-15", 14)') == "14-14"
    assert run('core.pickAge("unstated", 0)') == "0-0"


def test_an_age_is_reached_by_open_and_closed_spans_with_both_bounds(run):
    assert [run(f"core.reaches([[13, 15]], {age}, {age})") for age in (12, 13, 15, 16)] == [False, True, True, False]
    assert run("core.reaches([[16, null]], 25, 25)") is True
    assert run("core.reaches([[16, null]], 10, 15)") is False


def test_another_choice_on_the_map_drops_what_belongs_to_the_one_before(run):
    assert run('core.shownAs(state({show: "path", from: "a", to: "b", way: 1}), "cuts")') == run(
        'state({show: "cuts"})'
    )
    assert run('core.shownAs(state({show: "cuts", pick: "x"}), "overlaps").pick') == ""


def test_questions_are_hidden_until_asked_for_and_gaps_are_not(run):
    assert run("seen({})") == "bra g naf pol sspf"
    assert run("seen({questions: true})") == "bra g naf pol q sspf"
    assert run("seen({gaps: false})") == "bra naf pol sspf"


def test_hiding_a_level_hides_its_forums_their_gaps_and_who_is_left_without_a_forum(run):
    assert run('seen({off: ["individual"]})') == "bra naf"


def test_an_age_keeps_forums_that_overlap_it_and_unstated_ones_have_their_own_choice(run):
    assert run('seen({age: "10-12"})') == "g pol sspf"
    assert run('seen({age: "13-15"})') == ""
    assert run('seen({age: "unstated"})') == "bra naf"


def test_only_stated_claims_leave_out_what_is_interpreted(run):
    assert run('seen({certainty: "uttalad"})') == "bra g naf sspf"


def test_choosing_a_node_lights_its_neighbours_that_are_shown(run):
    lit = 'core.linked("sspf", edges, core.visible(nodes, edges, state({gaps: false})))'
    assert run(f"[...{lit}.nodes].sort()") == ["pol", "sspf"]
    assert run(f"[...{lit}.edges]") == ["e1"]


def test_an_arrow_key_goes_to_the_nearest_shown_node_that_way(run):
    place = "(node) => [node.box[0] + 50, node.box[1] + 10]"
    shown = 'new Set(["bra", "sspf", "naf", "pol", "g"])'

    def step(start, key):
        return run(f'core.nearest(nodes, "{start}", "{key}", {shown}, {place})')

    assert step("naf", "ArrowRight") == "bra"
    assert step("bra", "ArrowRight") == "pol"
    assert step("bra", "ArrowDown") == "sspf"
    assert step("sspf", "ArrowLeft") == "g"
    assert step("naf", "ArrowLeft") == ""


def test_counts_take_the_right_form(run):
    forms = '[["lucka", "gap"], ["luckor", "gaps"]]'
    assert run(f'[0, 1, 2].map(n => core.plural(n, {forms}, "sv"))') == ["0 luckor", "1 lucka", "2 luckor"]
    assert run(f'core.plural(1, {forms}, "en")') == "1 gap"
