"""The handbook as it is built: its links lead somewhere; in a browser it asks no host, complains of nothing, breaks no rule."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import violations
from tools.handbook.norms import read_register
from tools.handbook.pages import ROOT

PAGES = (
    *("index.html", "README.sv.html", "docs/methods.html", "docs/accessibility.html", "docs/errors.html"),
    *("reference/queries-derived.html", "reference/weights.html", "data/triples/README.html", "search.html"),
)
GROUND = "getComputedStyle(document.body).backgroundColor"
LOADING = {
    ("script", "src"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("object", "data"),
    ("link", "href"),
}
"""What a page fetches without being asked; of links only those to style, icons and the like."""
NOT_FETCHED = {"next", "prev", "index", "search", "canonical", "author", "copyright", "alternate"}


class Page(HTMLParser):
    """The anchors of a page, the addresses it links to and those it fetches, its language and its headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.language = ""
        self.headings: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        if tag == "html":
            self.language = values.get("lang", "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name, value in values.items():
            fetches = (tag, name) in LOADING and not (tag == "link" and values.get("rel") in NOT_FETCHED)
            if fetches:
                self.fetched.append(value)
            elif name in {"href", "src"}:
                self.links.append(value)


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the built handbook; a warning, such as a link without a target, fails it."""
    site = tmp_path_factory.mktemp("handbook") / "site"
    command = [sys.executable, "-m", "tools.handbook", str(site)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return site


@pytest.fixture(scope="module")
def pages(handbook: Path) -> Mapping[Path, Page]:
    return {path: Page(path.read_text(encoding="utf-8")) for path in sorted(handbook.rglob("*.html"))}


def test_every_link_within_the_handbook_leads_somewhere(handbook: Path, pages: Mapping[Path, Page]) -> None:
    broken = []
    for path, page in pages.items():
        for address in (*page.links, *page.fetched):
            parts = urlsplit(address)
            if parts.scheme in {"http", "https", "mailto", "data"}:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file() or handbook not in target.parents:
                broken.append(f"{path.name}: {address}")
            elif parts.fragment and target.suffix == ".html" and unquote(parts.fragment) not in pages[target].anchors:
                broken.append(f"{path.name}: {address} has no such anchor")
    assert broken == []


def test_no_page_fetches_anything_from_another_host(handbook: Path, pages: Mapping[Path, Page]) -> None:
    outside = re.compile(r"^(https?:)?//")
    assert [(path.name, each) for path, page in pages.items() for each in page.fetched if outside.match(each)] == []
    styles = {path: path.read_text(encoding="utf-8") for path in handbook.rglob("*.css")}
    called = re.compile(r"""@import\s+(?:url\()?["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//""")
    assert styles
    assert [path.name for path, text in styles.items() if called.search(text)] == []


def test_pages_say_their_language_and_start_with_one_heading(pages: Mapping[Path, Page]) -> None:
    spoken = {path.name: page.language for path, page in pages.items()}
    assert spoken["README.sv.html"] == "sv"
    assert spoken["README.html"] == spoken["norms.html"] == "en"
    for path, page in pages.items():
        assert page.headings.count(1) == 1, path
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), path


def test_pages_ask_for_their_own_files_only_and_break_no_rule_of_axe(handbook: Path, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme="light")
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    broken: list[str] = []
    for name in PAGES:
        page.goto((handbook / name).as_uri())
        broken += [f"{name}: {each}" for each in violations(page)]
        light = page.evaluate(GROUND)
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(GROUND) != light
        broken += [f"{name} in the dark: {each}" for each in violations(page, "color-contrast")]
        page.emulate_media(color_scheme="light")
    context.close()
    home = handbook.as_uri()
    assert [each for each in asked if not each.startswith(home) and not each.startswith("data:")] == []
    assert complaints == []
    assert broken == []


def test_without_javascript_a_page_can_be_read(handbook: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((handbook / "reference/norms.html").as_uri())
    assert page.get_by_role("row").count() > len(read_register())
    assert page.get_by_role("link", name="Errors").count()
    context.close()
