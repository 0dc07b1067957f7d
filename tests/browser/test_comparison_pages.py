"""The pages that compare, in a browser: closed, inert, read by all; on screens, zoomed and on A3."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from kg.cases import open_cases
from kg.maps.sidebyside import set_beside
from kg.matrix import By, State, compare
from kg.pages.comparisons import comparison_page, differences_page, pair_page
from kg.records import read_records
from kg.sources import choose_sources
from tests.browser.axe import judge, kinds, violations
from tests.browser.test_pages import EVIL
from tests.maps import HOSTILE, poisoned
from tests.synthetic import real_store

SMALLEST = """() => {
  const sizes = [];
  for (const each of document.querySelectorAll("body *")) {
    if (![...each.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !each.getClientRects().length) continue;
    const svg = each.closest("svg");
    const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    sizes.push(parseFloat(getComputedStyle(each).fontSize) * scale);
  }
  return Math.min(...sizes);
}"""


@pytest.fixture(scope="module")
def found():
    records = read_records(real_store())
    return open_cases(records, [each for each in choose_sources(records, all_reports=True) if each.describes_forums])


@pytest.fixture(scope="module")
def latest(found):
    return list({each.source.municipality.iri: each for each in found}.values())


@pytest.fixture(scope="module")
def pages(found, latest):
    """Each page by name and language."""
    pair = [each for each in found if each.source.code == "0780"]
    matrices = [compare(latest, by) for by in By]
    return {("matrix", lang): comparison_page(matrices, lang) for lang in ("sv", "en")} | {
        ("pair", lang): pair_page(*pair, lang) for lang in ("sv", "en")
    }


def test_every_cell_says_in_words_what_the_reports_say(latest, show):
    matrix = compare(latest)
    page = show(comparison_page([matrix])).page
    cells = page.locator("table").nth(1).locator("tbody td")
    assert cells.count() == len(matrix.kinds) * len(matrix.columns)
    words = {
        State.DESCRIBED: "beskrivs",
        State.DENIED: "finns inte enligt rapporten",
        State.NOT_RUNNING: "inte igång",
        State.UNSURE: "bara ett bredare slag är känt",
        State.NOT_MENTIONED: "inte beskrivet",
    }
    wanted = [
        words[matrix.cells[kind.iri, column.municipality.iri].state]
        for kind in matrix.kinds
        for column in matrix.columns
    ]
    assert cells.locator(".state").all_inner_texts() == wanted
    assert not re.search("saknas|borta", page.locator("main").inner_text())


def test_a_cell_opens_its_sections(latest, show):
    page = show(comparison_page([compare(latest)])).page
    cell = page.locator("td:has(details)").first
    assert not cell.locator("details li").first.is_visible()
    cell.locator("summary").click()
    assert ", avsnitt" in cell.locator("details li").first.inner_text()


@pytest.mark.parametrize("name", ["matrix", "pair"])
def test_no_page_breaks_a_rule_of_axe_closed_or_open(pages, show, name):
    opened, english = (show(pages[name, lang], bypass_csp=True) for lang in ("sv", "en"))
    assert violations(english.page, contrast=False) == []
    assert kinds(opened.page) == kinds(english.page)
    assert judge(opened.page, english.page) == []
    assert [(len(each.requests), each.complaints) for each in (opened, english)] == [(1, []), (1, [])]


@pytest.mark.parametrize("name", ["matrix", "pair"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_nothing_is_small_and_nothing_is_out_of_reach(pages, show, name, lang):
    page = show(pages[name, lang]).page
    for width, height in ((1920, 1080), (1366, 768), (683, 384)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SMALLEST) >= 12
        cut = """[...document.querySelectorAll('.scroll, .side')].filter(
            (each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== 'auto').length"""
        assert page.evaluate(cut) == 0


def test_the_two_maps_stand_level_with_each_other_on_a_common_screen(pages, show):
    page = show(pages["pair", "sv"]).page
    one, two = [each.bounding_box() for each in page.locator(".side > svg").all()]
    assert (one["y"], one["width"], one["height"]) == (two["y"], two["width"], two["height"])
    assert two["x"] > one["x"] + one["width"]


def test_the_two_maps_are_printed_whole_on_one_sheet_of_a3(pages, show, tmp_path):
    page = show(pages["pair", "sv"]).page
    path = tmp_path / "sida vid sida.pdf"
    path.write_bytes(page.pdf(prefer_css_page_size=True))
    sheets = pypdfium2.PdfDocument(path)
    assert {tuple(round(each) for each in sheet.get_size()) for sheet in sheets} == {(842, 1191)}
    texts = [sheet.get_textpage().get_text_range() for sheet in sheets]
    assert all(name in texts[0] for name in ("Tisdagsgruppen", "Operativa gruppen", "SPiK", "Kronobarnsmodellen"))
    assert "Vad rapporterna granskar" in texts[1]


def test_the_matrix_is_printed_on_a3_with_every_row(pages, latest, show, tmp_path):
    path = tmp_path / "matris.pdf"
    path.write_bytes(show(pages["matrix", "sv"]).page.pdf(prefer_css_page_size=True))
    sheets = pypdfium2.PdfDocument(path)
    assert {tuple(round(each) for each in sheet.get_size()) for sheet in sheets} == {(1191, 842)}
    text = " ".join("".join(sheet.get_textpage().get_text_range() for sheet in sheets).split())
    assert [each.sv for by in By for each in compare(latest, by).kinds if each.sv.split()[0] not in text] == []


def test_hostile_words_are_inert_even_without_the_policy(ekby, latest, show):
    bad = poisoned(ekby)
    matrix = compare(latest)
    matrix = replace(
        matrix,
        columns=tuple(
            replace(each, municipality=replace(each.municipality, sv=EVIL, en=EVIL)) for each in matrix.columns
        ),
        kinds=tuple(replace(each, sv=EVIL, en=EVIL) for each in matrix.kinds),
        cells={
            key: replace(cell, names=tuple(replace(each, sv=EVIL, en=EVIL) for each in cell.names))
            for key, cell in matrix.cells.items()
        },
    )
    pair = set_beside(replace(bad, observed_on="2020-01-01"), bad, ())
    for page in (comparison_page([matrix]), differences_page(bad.municipality, [], pair=pair)):
        opened = show(page, bypass_csp=True)
        assert opened.page.evaluate("window.hacked") is None
        assert opened.page.title() != "hit"
        assert opened.page.locator("img, iframe, object, embed, [onload], [onerror]").count() == 0
    assert HOSTILE
