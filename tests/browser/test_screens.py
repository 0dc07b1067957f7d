"""The map and the country zoomed to 200 % on a small screen, and printed on A3: nothing breaks and all is reached."""

from __future__ import annotations

import pypdfium2
import pytest

from kg.maps.page import render_map
from tests.browser.axe import go, violations
from tests.maps import made

ZOOMED = {"width": 683, "height": 384}
OUTSIDE = """(selector) => [...document.querySelectorAll(selector)].filter((each) => {
  if (!each.checkVisibility()) return false;
  const box = each.getBoundingClientRect();
  return box.left < -1 || box.right > innerWidth + 1;
}).map((each) => each.outerHTML.slice(0, 80))"""
COVERED = """() => { const boxes = [...document.querySelectorAll("header h1, header .group")].map(e => e.getBoundingClientRect());
  return boxes.some((a, n) => boxes.slice(n + 1).some((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1
    && b.top < a.bottom - 1)); }"""


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_map_zoomed_to_twice_its_size_stays_whole_and_reachable(ekby_pages, show, lang):
    page = show(ekby_pages[lang], viewport=ZOOMED, bypass_csp=True).page
    for view in ("levels", "network", "tables"):
        go(page, f"#view={view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"]
        assert page.evaluate(OUTSIDE, "header *, aside, aside button, aside label, footer") == []
        assert not page.evaluate(COVERED)
        assert page.evaluate("getComputedStyle(document.body).overflowY") == "visible"
        if lang == "sv":  # the other language is the same but for its words
            assert violations(page) == []


def test_every_node_of_the_zoomed_map_can_be_scrolled_to_and_chosen(ekby_html, show):
    page = show(ekby_html, viewport=ZOOMED).page
    for name in page.locator("#drawing .node:not(.off)").evaluate_all("all => all.map(each => each.id)"):
        node = page.locator(f"#{name}")
        node.scroll_into_view_if_needed()
        box = node.bounding_box()
        assert box
        assert 0 <= box["y"] <= ZOOMED["height"]
        assert -1 <= box["x"] <= ZOOMED["width"]
    page.locator("#drawing .node.forum").last.click()
    assert page.locator("#about h2").inner_text()


@pytest.mark.parametrize("fragment", ["", "#kommun=0780"])
def test_the_country_zoomed_stays_whole(country, show, fragment):
    page = show(country, fragment, viewport=ZOOMED, bypass_csp=True).page
    if fragment:
        page.locator("#drawing .node").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"]
    assert not page.evaluate(COVERED)
    assert violations(page) == []


@pytest.mark.parametrize("actors", [4, 90])
def test_the_drawing_is_printed_whole_on_the_first_sheet_of_a3(show, tmp_path, actors):
    model = made(actors, 25)
    path = tmp_path / "karta.pdf"
    path.write_bytes(show(render_map(model)).page.pdf(prefer_css_page_size=True))
    sheets = pypdfium2.PdfDocument(path)
    assert {tuple(round(each) for each in sheet.get_size()) for sheet in sheets} == {(1191, 842)}
    first = " ".join(sheets[0].get_textpage().get_text_range().split())
    assert "Ekby kommun: brottsförebyggande samverkan" in first
    assert "Att en aktör inte nämns är inte detsamma som att den inte deltar." in first
    numbers = {each.thing.sv.rsplit(" ", 1)[-1] for each in model.actors}
    assert numbers <= set(first.split())


def test_without_javascript_working_the_page_falls_back_on_what_needs_none(ekby_html, show):
    broken = ekby_html.replace('id="data">{', 'id="data">{{', 1)
    page = show(broken).page
    assert page.evaluate("document.documentElement.className") == ""
    assert page.locator("#tables table").first.is_visible()
    assert page.locator("#drawing").is_visible()
