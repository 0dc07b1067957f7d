"""The pages of the atlas in a browser: closed, inert, readable; every file that a command writes has the policy."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from kg.cli import cli
from kg.pages import findings_page
from tests.browser.axe import judge, violations
from tests.tiny import describe, find, norm

EVIL = "</script></style><img src=x onerror=\"document.title='hit'\"><b onmouseover=alert(1)>=1+1"


@pytest.fixture(scope="module")
def atlases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The atlas in both languages."""
    folder = tmp_path_factory.mktemp("Delad mapp å ä ö")
    for lang in ("sv", "en"):
        CliRunner().invoke(cli, ["atlas", "-o", str(folder / lang), "--lang", lang], catch_exceptions=False)
    return {lang: folder / lang for lang in ("sv", "en")}


@pytest.fixture(params=["sv", "en"])
def atlas(request: pytest.FixtureRequest, atlases: dict[str, Path]) -> Path:
    return atlases[request.param]


def largest(pages: Iterable[Path]) -> dict[str, Path]:
    """Of each kind of page the one that holds most, by the name of its file: all of a kind come from one template."""
    return {path.name: path for path in sorted(pages, key=lambda path: path.stat().st_size)}


class _Page(HTMLParser):
    """The policy, the inline scripts and styles, and whatever leads out of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.policy, self.inline, self.out = "", [""], []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if (given.get("http-equiv") or "").lower() == "content-security-policy":
            self.policy = given["content"] or ""
        if tag in {"script", "style"} and given.get("type") not in {"application/json", "application/gzip"}:
            self._inside = tag
            self.inline.append("")
        self.out += [f"{name}={value}" for name, value in attrs if name in {"src", "style"} or name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.inline[-1] += data


def test_every_page_has_a_policy_that_names_each_inline_script_and_style(atlas: Path) -> None:
    pages = sorted(atlas.rglob("*.html"))
    assert len(pages) > 4
    for path in pages:
        page = _Page()
        page.feed(path.read_text(encoding="utf-8"))
        assert page.policy.startswith("default-src 'none'"), path
        assert "unsafe" not in page.policy
        for content in filter(None, page.inline):
            digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in page.policy, path
        assert page.out == [], path


def test_the_index_leads_to_every_page_and_nothing_is_fetched(atlas: Path, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((atlas / "index.html").as_uri())
    links = page.eval_on_selector_all("main a", "all => all.map(each => each.getAttribute('href'))")
    assert len(links) >= 20
    assert all((atlas / link).is_file() for link in links)
    pages = [atlas / each for each in links if each.endswith(".html")]
    for path in largest(pages).values():
        page.goto((atlas / "index.html").as_uri())
        page.click(f'a[href="{path.relative_to(atlas).as_posix()}"]')
        assert page.title()
    assert [url for url in asked if not url.startswith("file:")] == []
    assert said == []
    context.close()


@pytest.mark.parametrize("width", [360, 1366])
def test_no_page_is_wider_than_the_screen_and_no_text_under_twelve_pixels(
    atlas: Path, browser: Browser, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 768})
    page = context.new_page()
    for path in [atlas / "index.html", *sorted(atlas.rglob("luckor.html")), *sorted(atlas.rglob("gaps.html"))]:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        smallest = page.evaluate(
            "Math.min(...[...document.querySelectorAll('body *')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
        )
        assert smallest >= 12
    context.close()


def test_no_kind_of_page_of_the_atlas_breaks_a_rule_of_axe(atlases: dict[str, Path], browser: Browser) -> None:
    """Of each kind the page that holds most; the map has tests of its own."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True)
    page, english = context.new_page(), context.new_page()
    links = {
        lang: ["index.html", *re.findall(r'href="([^"#:]+\.html)"', (folder / "index.html").read_text("utf-8"))]
        for lang, folder in atlases.items()
    }
    beside = dict(zip(links["sv"], links["en"], strict=True))
    for path in largest(atlases["sv"].rglob("*.html")).values():
        if path.name == "karta.html":
            continue
        name = path.relative_to(atlases["sv"]).as_posix()
        page.goto(path.as_uri())
        english.goto((atlases["en"] / beside[name]).as_uri())
        assert judge(page, english) == [], name
        if name == "index.html":
            assert violations(english, contrast=False) == []
    context.close()


def test_hostile_names_are_inert_even_without_the_policy(browser: Browser, tmp_path: Path) -> None:
    evil = EVIL.replace("\\", "\\\\").replace('"', '\\"')
    text = (
        norm().replace("tst-01 väntas.", evil)
        + f"""
        f:gruppen skos:altLabel "x"@sv . a:ond a fb:ActorGroup ; skos:prefLabel "{evil}"@sv ; fb:actorType aktorstyp:fritid .
        s:3 a fb:SourceSection ; skos:prefLabel "{evil}"@sv ; fb:sectionNumber "{evil}" ; dcterms:isPartOf src:provstad-2022 .
        u:n-polisen a fb:NonMembership ; fb:excludedActor a:polisen ; fb:excludedFrom f:gruppen ;
        fb:asStated "{evil}"@sv ; fb:certainty visshet:uttalad ; prov:wasDerivedFrom s:3 ."""
    )
    found = find(describe("a:skolan a:ond"), text)
    path = tmp_path / "elak.html"
    path.write_text(findings_page(found, "sv", title=EVIL), encoding="utf-8")
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.title() == EVIL
    assert page.evaluate("document.images.length + document.querySelectorAll('[onmouseover]').length") == 0
    context.close()
