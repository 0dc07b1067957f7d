"""A Chromium that may not reach anything, and its pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, sync_playwright

from kg.maps.page import render_map
from kg.maps.values import MapModel

CHROMIUM = ("chromium-headless-shell", "chromium")
"""The programs that are looked for: the first is the same engine without the windows and menus that nobody sees."""
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--in-process-gpu"),
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        pytest.fail(f"the pages are tested in Chromium, which is not here: apt-get install {CHROMIUM[0]}")
    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        except Error as error:
            pytest.fail(f"the pages are tested in {program}, which does not start: {error}")
        yield found
        found.close()


@dataclass
class Opened:
    """A page with all that it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def lit(self) -> list[str]:
        """Names of the nodes that are neither hidden nor faded."""
        names = ".node:not(.off):not(.faint)"
        return self.page.locator(names).evaluate_all(
            "all => all.map(node => node.getAttribute('aria-label').split('.')[0])"
        )


class Pages:
    """Pages of one browser, used again by the tests that want the same kind: to make one costs as much as a map."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.idle: dict[str, list[Page]] = {}

    def take(self, options: dict[str, object]) -> Page:
        """Return an empty page of a context with these options that no test has now."""
        waiting = self.idle.setdefault(repr(sorted(options.items())), [])
        if waiting:
            return waiting.pop()
        context = self.browser.new_context(**options)
        context.set_default_timeout(20_000)
        return context.new_page()

    def give_back(self, options: dict[str, object], page: Page) -> None:
        """Empty a page and keep it for the next test, as large, on screen and with the mouse where it began."""
        if page.viewport_size != options["viewport"]:
            page.set_viewport_size(options["viewport"])
        page.emulate_media(media="null")
        page.mouse.move(0, 0)
        page.goto("about:blank")
        self.idle[repr(sorted(options.items()))].append(page)


@pytest.fixture(scope="session")
def pages_of_browser(browser: Browser) -> Pages:
    return Pages(browser)


@pytest.fixture
def show(pages_of_browser: Pages, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open a page from a file with a Swedish name and a space in it, with every request written down."""
    taken: list[Callable[[], None]] = []

    def open_page(html: str, fragment: str = "", **options: object) -> Opened:
        file = tmp_path / f"Åtgärder och luckor {len(taken)}.html"
        file.write_bytes(html.encode("utf-8"))
        wanted = {"viewport": {"width": 1366, "height": 768}, **options}
        page = pages_of_browser.take(wanted)
        opened = Opened(page)

        def asked(request: Request) -> None:
            opened.requests.append(request.url)

        def said(message: ConsoleMessage) -> None:
            opened.complaints.append(message.text)

        def failed(error: Error) -> None:
            opened.complaints.append(str(error))

        def leave() -> None:
            page.remove_listener("request", asked)
            page.remove_listener("console", said)
            page.remove_listener("pageerror", failed)
            pages_of_browser.give_back(wanted, page)

        page.on("request", asked)
        page.on("console", said)
        page.on("pageerror", failed)
        taken.append(leave)
        page.goto(file.as_uri() + fragment)
        if options.get("java_script_enabled", True):
            page.locator(".js #details[aria-busy]").wait_for(state="detached")
        return opened

    yield open_page
    for leave in taken:
        leave()


@pytest.fixture(scope="session")
def ekby_pages(ekby: MapModel, ekby_html: str) -> dict[str, str]:
    """The map by language."""
    return {"sv": ekby_html, "en": render_map(ekby, "en")}
