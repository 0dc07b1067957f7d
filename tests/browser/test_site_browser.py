"""The site in a browser: open to all in both languages, useful without JavaScript, silent, and narrow enough for a phone."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from tests.browser.test_axe import violations
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
    """Serve the shipped graph and a municipality with hostile names on loopback."""
    site = Site(write_own(tmp_path_factory.mktemp("own")))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(site.app, log_level="error", timeout_graceful_shutdown=1))
        running = threading.Thread(target=lambda: server.run(sockets=[listener]), daemon=True)
        running.start()
        while not server.started and running.is_alive():
            running.join(0.02)
        assert server.started
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        running.join(10)


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a page; a request to anywhere else, a script of the data or a complaint fails the test at the end."""
    asked: list[str] = []
    complaints: list[str] = []
    contexts = []

    def open_page(path: str, **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1366, "height": 768}, **options})
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [each for each in asked if not each.startswith(address)] == []
    assert [each for each in complaints if "Failed to load resource" not in each] == []


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_page_of_the_site_breaks_a_rule_of_axe(visit, address, lang):
    page = visit("/", bypass_csp=True)
    found = {}
    for path in PAGES if lang == "sv" else PAGES[::3]:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        found[path] = violations(page)
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
    assert page.url.endswith("#innehall")
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
