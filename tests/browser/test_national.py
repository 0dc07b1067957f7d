"""The country on one page: tiles by county, a municipality opened in the same file, closed and readable."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kg.maps.national import render_national, tile_of
from tests.browser.axe import judge, violations
from tests.maps import HOSTILE, poisoned


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


@pytest.mark.parametrize("fragment", ["", "#kommun=0780"])
def test_no_state_breaks_a_rule_of_axe(tile, show, fragment):
    page, english = (show(render_national([tile], lang), fragment, bypass_csp=True).page for lang in ("sv", "en"))
    if fragment:
        page.locator("#drawing .node").first.wait_for()
        english.locator("#drawing .node").first.wait_for()
    assert judge(page, english) == []
    assert violations(english, contrast=False) == []
