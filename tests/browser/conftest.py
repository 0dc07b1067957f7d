"""A small municipality, its map, and a Chromium that may not reach anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

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
    *("--disable-sync", "--no-first-run"),
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


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open a page from a file with a Swedish name and a space in it, with every request written down."""
    contexts = []

    def open_page(html: str, fragment: str = "", **options: object) -> Opened:
        file = tmp_path / "Åtgärder och luckor.html"
        file.write_bytes(html.encode("utf-8"))
        context = browser.new_context(**{"viewport": {"width": 1366, "height": 768}, **options})
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        opened = Opened(page)
        page.on("request", lambda request: opened.requests.append(request.url))
        page.on("console", lambda message: opened.complaints.append(message.text))
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.goto(file.as_uri() + fragment)
        return opened

    yield open_page
    for context in contexts:
        context.close()
