"""Two reports side by side in a browser: what is chosen on one map is chosen on the other, and both say what they say."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kg.pages.comparisons import pair_page
from tests.browser.axe import judge
from tests.test_change import cases, later
from tests.test_paths import NIGHT
from tests.test_sidebyside import vaxjo
from tests.tiny import describe

POLICE, BRA = "myndighet/polismyndigheten", "forum/0780/bra"
CHOSEN = "all => all.map((each) => each.dataset.key)"


@pytest.fixture(scope="module")
def pages():
    first, last = vaxjo()
    return {lang: pair_page(first, last, lang) for lang in ("sv", "en")}


def test_a_click_on_one_map_chooses_the_same_on_both_and_says_what_each_report_tells(pages, show):
    opened = show(pages["sv"])
    page = opened.page
    page.locator(f".side >> nth=0 >> [data-key='{POLICE}']").click()
    assert page.locator(".side .chosen").evaluate_all(CHOSEN) == [POLICE, POLICE]
    panel = page.locator("#chosen")
    expect(panel.locator("h2:visible")).to_have_text("Polismyndigheten")
    text = panel.inner_text()
    assert "Står i båda rapporterna." in text
    assert "Bara 2022 (3)" in text
    assert "BRÅ deltar, genom kommunpolis, lokalpolisområdeschef (beskrivs bara 2022)" in text
    assert "avsnitt 3.1.3, 3.3.1" in text
    assert page.url.endswith(f"#node={POLICE}")
    assert page.locator("#said").inner_text() == "Polismyndigheten. Står i båda rapporterna."
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert "#" not in page.url
    assert (len(opened.requests), opened.complaints) == (1, [])


def test_arrows_and_enter_reach_across_both_maps(pages, show):
    page = show(pages["sv"]).page
    page.locator(".side [tabindex='0']").focus()
    sides = set()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
        sides.add(page.evaluate("document.activeElement.closest('.side').getAttribute('aria-labelledby')"))
    assert sides == {"report-0", "report-1"}
    page.keyboard.press("Enter")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    assert name.startswith(page.locator("#chosen h2:visible").inner_text().split("-")[0])
    page.keyboard.press("Enter")
    assert page.locator("#chosen").is_hidden()


def test_a_name_in_the_panel_chooses_that_in_turn(pages, show):
    page = show(pages["sv"], f"#node={POLICE}").page
    page.locator("#chosen button:visible", has_text="BRÅ").click()
    assert page.locator(".side .chosen").evaluate_all(CHOSEN) == [BRA]
    assert "Står bara i 2022." in page.locator("#chosen").inner_text()
    assert page.evaluate("document.activeElement.dataset.key") == BRA
    page.locator("#chosen .close").click()
    assert page.locator(".side .faint").count() == 0


@pytest.mark.parametrize("fragment", ["#node=nobody", "#node=%E0%A4%A", "#told"])
def test_an_address_of_something_else_chooses_nothing(pages, show, fragment):
    opened = show(pages["sv"], fragment)
    assert opened.page.locator("#chosen").is_hidden()
    assert opened.complaints == []


def test_no_rule_of_axe_is_broken_while_something_is_chosen(pages, show):
    page, english = (show(pages[lang], f"#node={POLICE}", bypass_csp=True).page for lang in ("sv", "en"))
    assert judge(page, english) == []
    assert [each.evaluate("document.documentElement.scrollWidth") <= 1366 for each in (page, english)] == [True, True]


def test_what_is_chosen_stays_on_screen_above_the_panel(pages, show):
    page = show(pages["sv"], viewport={"width": 683, "height": 384}).page
    node = page.locator(f".side >> nth=1 >> [data-key='{POLICE}']")
    node.click()
    box, panel = node.bounding_box(), page.locator("#chosen").bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= panel["y"]


def test_who_the_later_report_says_has_left_is_told_so(show):
    denied = later("""u:x-1 a fb:NonMembership ; fb:excludedActor a:skolan ; fb:excludedFrom f:gruppen ;
        fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:2 .""")
    pair = cases(describe("a:polisen a:skolan"), later(describe("a:polisen")), denied)
    page = show(pair_page(*pair), "#node=forum/9990/gruppen").page
    text = page.locator("#chosen").inner_text()
    assert "I båda (1)\nPolisen" in text
    assert "Skolan deltar inte enligt 2024" in text


def test_without_javascript_the_maps_and_the_words_are_whole_and_nothing_asks_to_be_chosen(show):
    html = pair_page(*cases(NIGHT, describe("a:polisen"), later(describe("a:skolan", forum="natt"))))
    page = show(html, java_script_enabled=False).page
    assert page.locator(".side > svg[role=img]").count() == 2
    assert page.locator(".scripted").is_hidden()
    assert page.locator("#chosen").is_hidden()
