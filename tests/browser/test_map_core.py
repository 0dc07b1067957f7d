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
    known = '{nodes: ["forum/9999/bra"], ages: ["13-15"], types: ["bra"], parts: ["police", "civil"]}'
    text = "#node=forum/9999/bra&view=network&lang=en&age=13-15&type=bra&certainty=uttalad&gaps=0&questions=1&off=civil,police"
    assert run(f'core.writeHash(core.readHash("{text}", {known}, "sv"), "sv")') == text


@pytest.mark.parametrize(
    "text", ["#node=nobody&view=x&lang=de&age=1-2&type=y&off=z&certainty=9", "#%", "#node=%E0%A4%A", "#=&&=", ""]
)
def test_unknown_values_of_a_fragment_are_ignored(run, text):
    known = '{nodes: ["a"], ages: ["13-15"], types: ["bra"], parts: []}'
    assert run(f'core.writeHash(core.readHash("{text}", {known}, "sv"), "sv")') == ""


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
