"""The site in a browser: open to all in both languages, useful without JavaScript, silent, and narrow enough for a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import judge, violations
from tests.browser.serving import Visit, served, visitor
from tests.site import Site, write_own

PAGES = (
    *("/", "/sok?q=polis", "/sida/kommun/2460", "/sida/forum/0780/bra", "/sida/norm/bra-02", "/sida/spec/Forum"),
    *("/luckor?typ=alla", "/fynd/vannas-2018/2460/bra-02", "/tackning?kommun=0780&alder=14", "/tackning", "/jamfor"),
    *("/jamfor?kommun=0780&kommun=0880", "/analys/vannas-2018", "/fraga?namn=cq02-forums-by-level&kommun=0780"),
    *(
        "/fraga?namn=cq03-meetings-a-year&kommun=0780&vy=stapel",
        "/fraga?namn=q24-peers&vy=karta",
        "/fraga?q=ASK",
        "/api",
    ),
    *("/sida/forum/1440/radet", "/finns-inte"),
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the shipped graph and a municipality with hostile names."""
    with served(Site(write_own(tmp_path_factory.mktemp("own"))).app) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Open a page; a script of the data fails the test as a complaint does."""
    with visitor(browser, address) as open_page:
        yield open_page


def test_no_page_of_the_site_breaks_a_rule_of_axe(visit, address):
    """A page in English is the same but for its words, and a hidden field that keeps the language."""
    page, english = visit("/", bypass_csp=True), visit("/?lang=en", bypass_csp=True)
    found = {}
    for path in PAGES:
        page.goto(f"{address}{path}")
        english.goto(f"{address}{path}{'&' if '?' in path else '?'}lang=en")
        found[path] = judge(page, english)
        if path in PAGES[::6]:
            found[path] += violations(english, contrast=False)
    assert {path: broken for path, broken in found.items() if broken} == {}


def test_no_page_is_wider_than_a_phone(visit, address):
    page = visit("/", viewport={"width": 390, "height": 844})
    wide = {}
    for path in PAGES:
        page.goto(address + path)
        wide[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert {path: more for path, more in wide.items() if more > 0} == {}


def test_hostile_names_run_nothing_even_without_the_policy(visit, address):
    page = visit("/", bypass_csp=True)
    for path in (
        *("/sida/kommun/1440", "/sida/forum/1440/radet", "/sok?q=radet", "/luckor?kommun=1440&typ=alla"),
        *("/fraga?namn=cq02-forums-by-level&kommun=1440&vy=stapel", "/jamfor?kommun=1440&kommun=0780"),
        *("/sok?q=%3Cscript%3Ewindow.hacked=1%3C/script%3E", "/%3Cimg%20src=x%20onerror=window.hacked=1%3E"),
    ):
        page.goto(address + path)
        assert page.evaluate("window.hacked === undefined && !document.querySelector('main img, main script')"), path


def test_a_coordinator_finds_gap_and_section_by_keyboard_without_javascript(visit):
    page = visit("/", java_script_enabled=False)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#innehall")
    page.get_by_role("searchbox", name="Sök kommun, aktör, forum, norm eller rapport").fill("vannas")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="Vännäs kommun", exact=True).click()
    page.get_by_role("link", name="Vännäs kommun: lokalt brottsförebyggande råd").first.click()
    page.get_by_role("link", name="3.4.1").first.click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("3.4.1 ")


def test_filters_and_questions_are_plain_forms(visit):
    page = visit("/luckor", java_script_enabled=False)
    page.get_by_label("Kommun", exact=True).select_option("2460")
    page.get_by_label("Utfall").select_option("fornekad")
    page.get_by_role("button", name="Visa").click()
    assert "kommun=2460" in page.url
    assert page.get_by_role("row").count() == 3
    page.goto(page.url.split("/luckor")[0] + "/fraga?namn=cq02-forums-by-level&lang=en")
    page.get_by_label("Municipality", exact=True).select_option("0880")
    page.get_by_role("button", name="Answer").click()
    assert "lang=en" in page.url
    assert page.get_by_role("link", name="Operativa trygghetsrådet").first.is_visible()
