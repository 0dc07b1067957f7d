"""A small municipality, its map, and a Chromium that may not reach anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, sync_playwright

from kg.cases import open_cases
from kg.gaps import find_gaps
from kg.maps.model import build_map
from kg.maps.page import render_map
from kg.maps.told import tell
from kg.maps.values import MapModel
from kg.namespaces import graph_iri
from kg.network import build_network
from kg.records import read_records
from kg.resources import norm_files, ontology_dir
from kg.sources import list_sources
from kg.store import open_store

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--in-process-gpu"),
)
EKBY = Path(__file__).parents[1] / "data" / "map.trig"


def load_map(text: str, folder: Path) -> MapModel:
    """Return the map of the one source in a TriG text, with the shipped terms and norms."""
    path = folder / "data.trig"
    path.write_text(text, encoding="utf-8")
    store = open_store("memory")
    store.load(sorted((ontology_dir() / "terms").glob("*.ttl")), graph=graph_iri("ontologi"))
    store.load(norm_files(), graph=graph_iri("normer"))
    store.load([path])
    records = read_records(store)
    sources = list_sources(records)
    graph = build_network(records, sources)
    findings = find_gaps(records, graph, sources, everywhere=sources)
    return tell(open_cases(records, sources)[0], build_map(graph, records, sources[0], findings))


@pytest.fixture(scope="session")
def ekby_text() -> str:
    return EKBY.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def load(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], MapModel]:
    return lambda text: load_map(text, tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="session")
def ekby(ekby_text: str, load: Callable[[str], MapModel]) -> MapModel:
    return load(ekby_text)


@pytest.fixture(scope="session")
def ekby_html(ekby: MapModel) -> str:
    return render_map(ekby)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        except Error as error:
            pytest.fail(f"the map is tested in {CHROMIUM}, which does not start (apt install chromium): {error}")
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
