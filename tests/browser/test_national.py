"""The country on one page: tiles by county, a municipality opened in the same file, closed and readable."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re

import pytest
from playwright.sync_api import expect

from kg.findings import Kind
from kg.maps.national import COUNTIES, Tile, render_national, tile_of
from kg.workbook.places import municipalities
from tests.browser.test_axe import violations
from tests.browser.test_map_page import HOSTILE, poisoned


@pytest.fixture(scope="module")
def tile(ekby):
    return tile_of("0780", ekby, ekby.findings, key="ekby-2022")


@pytest.fixture(scope="module")
def country(tile):
    return render_national([tile])


def test_every_municipality_has_a_tile_in_its_county(country):
    names = re.findall(r'<li data-name="([^"]+)">', country)
    assert len(names) == len(municipalities()) == 290
    assert [each for each in COUNTIES.values() if f"<h2>{each}</h2>" not in country] == []
    assert {place.code[:2] for place in municipalities()} == set(COUNTIES)


def test_a_tile_says_in_words_what_the_report_describes(ekby, tile, country):
    kinds = [each.kind for each in ekby.findings]
    assert (tile.gaps, tile.questions) == (kinds.count(Kind.GAP), kinds.count(Kind.QUESTION))
    said = re.search(r'<a class="tile \w+" href="#kommun=0780">(.*?)</a>', country)[1]
    assert f'<span lang="sv">{tile.forums} forum</span>' in said
    assert "lucka" in said or "luckor" in said


def test_a_municipality_without_a_report_is_empty_and_not_zero(country):
    said = re.search(r'<li data-name="Lund">(.*?)</li>', country)[1]
    assert said == '<span class="tile empty"><strong>Lund</strong></span>'


@pytest.mark.parametrize(("gaps", "shade"), [(0, "none"), (1, "few"), (2, "few"), (5, "some"), (6, "many")])
def test_the_shade_follows_the_number_of_gaps(gaps, shade):
    assert Tile("0780", "Ekby", gaps=gaps, packed="x").shade == shade
    assert Tile("0780", "Ekby").shade == "empty"


def test_the_packed_map_holds_every_forum_actor_gap_and_link_and_no_question(ekby, tile):
    drawn = json.loads(gzip.decompress(base64.b64decode(tile.packed)))
    gaps = [each for each in ekby.ghosts if each.kind == "gap"]
    assert len(drawn["nodes"]) == len(ekby.forums) + len(ekby.actors) + len(gaps)
    assert len(drawn["curves"]) == len(ekby.edges)
    assert "fråga" not in json.dumps(drawn["nodes"], ensure_ascii=False)


def test_the_policy_names_the_one_script_and_the_one_style(country):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', country)[1].replace("&#39;", "'")
    for text in re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", country, re.DOTALL):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy
    assert "trusted-types 'none'" in policy


def test_a_click_opens_the_municipality_in_the_same_file_and_nothing_is_fetched(country, ekby, show):
    opened = show(country)
    page = opened.page
    page.click('a[href="#kommun=0780"]')
    expect(page.locator("#place")).to_have_text("Ekby kommun")
    assert page.locator("#drawing .node").count() == len(ekby.forums) + len(ekby.actors) + sum(
        each.kind == "gap" for each in ekby.ghosts
    )
    page.locator("#drawing .node[aria-label='Brottsförebyggande rådet']").click()
    expect(page.locator("#about h3")).to_have_text("Brottsförebyggande rådet")
    assert page.locator("#drawing .dim").count() > 0
    page.click("[data-lang=en]")
    expect(page.locator("#place")).to_have_text("Ekby municipality")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#country")).to_be_visible()
    assert len(opened.requests) == 1
    assert opened.complaints == []


def test_a_deep_link_opens_a_municipality_and_an_unknown_code_is_ignored(country, show):
    expect(show(country, "#kommun=0780").page.locator("#place")).to_have_text("Ekby kommun")
    expect(show(country, "#kommun=9999").page.locator("#country")).to_be_visible()


def test_search_folds_letters_and_counts_what_is_left(country, show):
    page = show(country).page
    page.fill("#search", "vaxj")
    expect(page.locator("#hits")).to_have_text("1 träff.")
    assert page.locator(".county:visible h2").all_inner_texts() == ["Kronobergs län"]


def test_the_keyboard_reaches_a_node_and_leaves_it_again(country, show):
    page = show(country, "#kommun=0780").page
    page.locator("#drawing .node").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#about h3")).to_be_visible()
    page.keyboard.press("Escape")
    assert page.locator("#about h3").count() == 0


def test_hostile_words_are_inert_even_without_the_policy(ekby, show):
    bad = poisoned(ekby)
    page = render_national([tile_of("0780", bad, bad.findings, key="ekby-2022")])
    opened = show(page, "#kommun=0780", bypass_csp=True)
    opened.page.locator("#drawing .node").first.wait_for()
    opened.page.evaluate("""() => { for (let n = 0; n < document.querySelectorAll("#drawing .node").length; n += 1)
      document.querySelectorAll("#drawing .node")[n].dispatchEvent(new MouseEvent("click", {bubbles: true})); }""")
    expect(opened.page.locator("#about h3")).to_be_visible()
    assert opened.page.evaluate("window.hacked") is None
    assert opened.page.locator("img, iframe, object, embed").count() == 0
    assert HOSTILE


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("fragment", ["", "#kommun=0780"])
def test_no_state_breaks_a_rule_of_axe(tile, show, lang, fragment):
    page = show(render_national([tile], lang), fragment, bypass_csp=True).page
    if fragment:
        page.locator("#drawing .node").first.wait_for()
    assert violations(page) == []
