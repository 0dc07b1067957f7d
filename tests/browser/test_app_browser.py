"""The page without a terminal in a browser: from the start to an imported list by keyboard alone, and open to all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kg.app.web import create_app
from tests.browser.axe import unfold, violations
from tests.browser.serving import served, visitor

LIST = (
    "Forum;Hur ofta;Målgrupp;Deltagare\n"
    "BRÅ;4 ggr/år;;kommunstyrelsen, polisen och fritidsgården\n"
    "SSPF;varannan vecka;högstadiet;skolan\n"
    "SSPF;;;socialtjänsten\n"
)
WRONG = "Forum;Deltagare\nBRÅ;Kalle Karlsson 19800101-1234\nMåndagsgruppen;polisen\nMåndagsgrubben;polisen\n"
SMALLEST = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter(each => [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
  .map(each => parseFloat(getComputedStyle(each).fontSize)))"""
FOCUSED = "() => { const at = document.activeElement; return at.id || at.textContent.trim(); }"

Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open the start page of a new folder as its user does."""
    monkeypatch.setenv("FOREBYGG_CACHE", str(tmp_path.parent / "cache"))
    with (
        served(create_app(tmp_path / "Mina uppgifter", "hemlig")) as address,
        visitor(browser, address) as open_page,
    ):
        yield partial(open_page, "/?token=hemlig")


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "lista.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def check(page: Page, workbook: Path) -> None:
    """Drop a list and have it checked, with the mouse."""
    page.set_input_files("#arbetsbok", workbook)
    if not page.is_visible("#namn"):
        page.click("summary")
    page.fill("#namn", "Lund")
    page.fill("#dag", "2026-10-01")
    page.click("text=Kontrollera")
    page.wait_for_url("**/kontrollera")


def sound(page: Page) -> None:
    """No rule of axe is broken with all details open, and no text is under 12 px."""
    unfold(page)
    assert violations(page) == []
    assert page.evaluate(SMALLEST) >= 12


def tab_to(page: Page, what: str) -> None:
    """Press Tab until what has this id or text has the focus, and see that the focus shows."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == what:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"Tab never reaches {what}")


def test_every_page_on_the_way_is_open_to_all(visit: Open, write: Callable[[str], Path]) -> None:
    page = visit(bypass_csp=True)
    sound(page)
    check(page, write(LIST))
    assert page.locator("details").count() > 0
    sound(page)
    page.click("text=Läs in")
    page.wait_for_selector(".sources li")
    sound(page)
    page.click("text=Svara på fynd")
    page.wait_for_selector("form select")
    sound(page)
    page.goto(page.url.rsplit("/", 1)[0] + "/finns-inte")
    assert page.locator("h1").inner_text() == "Det hittades inte"
    sound(page)


def test_a_list_with_errors_is_told_on_a_page_open_to_all(visit: Open, write: Callable[[str], Path]) -> None:
    page = visit(bypass_csp=True)
    check(page, write(WRONG))
    assert page.locator("[role=alert]").count() == 1
    assert page.get_by_label("”Måndagsgrubben”").locator("option").all_inner_texts() == ["Välj", "Måndagsgruppen"]
    sound(page)


def test_a_small_screen_needs_no_scrolling_sideways(visit: Open, write: Callable[[str], Path]) -> None:
    page = visit(viewport={"width": 320, "height": 640})
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= 320
    check(page, write(LIST))
    unfold(page)
    assert page.evaluate(wide) <= 320


def test_the_keyboard_alone_leads_from_the_start_to_the_pages(visit: Open, write: Callable[[str], Path]) -> None:
    page = visit()
    page.on("filechooser", lambda _: None)  # asked for before the key is pressed, or the dialog may come unseen
    tab_to(page, "arbetsbok")
    with page.expect_file_chooser() as chosen:
        page.keyboard.press("Enter")
    chosen.value.set_files(write(LIST))
    tab_to(page, "Om bladet saknar kommun eller källa")
    page.keyboard.press("Enter")
    tab_to(page, "namn")
    page.keyboard.type("Lund")
    page.keyboard.press("Escape")
    tab_to(page, "dag")
    page.keyboard.type("20261001" if page.evaluate("navigator.language").startswith("sv") else "10012026")
    tab_to(page, "Kontrollera")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kontrollera")
    assert page.locator("[role=alert]").all_inner_texts() == []
    tab_to(page, "Läs in")
    page.keyboard.press("Enter")
    page.wait_for_selector(".sources li")
    for name in ("Underlag till nämnden", "Frågor till mötet"):
        tab_to(page, name)
        page.keyboard.press("Enter")
        page.wait_for_url("**/sidor/**")
        assert "Lund" in page.locator("body").inner_text()
        page.go_back()
        page.wait_for_selector(".sources li")
