"""axe-core finds no violation in any view of the map and on any page of the atlas, in both languages."""

from __future__ import annotations

from importlib.resources import files

import pytest
from playwright.sync_api import Page

from kg.maps.page import render_map

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
# Nothing is preloaded: only the one rule on turned screens asks for it, and that one is off as it comes.
RUN = """(contrast) => axe.run(document, {resultTypes: ["violations"], preload: false,
  rules: {"color-contrast": {enabled: contrast}}}).then(({violations}) =>
  violations.map(({id, nodes}) => `${id}: ${nodes[0].target} ${nodes[0].html.slice(0, 90)}`))"""
GO = """(fragment) => new Promise((done) => {
  const drawn = () => requestAnimationFrame(() => requestAnimationFrame(done));
  if (location.hash === fragment) return drawn();
  addEventListener("hashchange", drawn, {once: true});
  location.hash = fragment;
})"""
BRA = "forum/9999/bra"
WAY = "&age=9-14&show=path&from=org/9999/naringslivet&to=forum/9999/torsdagsgruppen"


def violations(page: Page, *, contrast: bool = True) -> list[str]:
    """Names of the rules that are broken, each with the first place where.

    Half the time goes to the contrast of text, which is left out where the same colours are looked at in another test.
    """
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE)
    return list(page.evaluate(RUN, contrast))


def go(page: Page, fragment: str) -> None:
    """Change the fragment of an open map, and wait until the page shows what it says."""
    page.evaluate(GO, fragment)
    if "view=network" in fragment:
        page.locator("#network canvas").wait_for()


def broken(page: Page, fragments: list[str], *, contrast: bool = True) -> dict[str, list[str]]:
    """The rules that each state of an open map breaks, with all its details open; nothing for a state without any."""
    found = {}
    for fragment in fragments:
        go(page, fragment)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        found[fragment] = violations(page, contrast=contrast)
    return {fragment: rules for fragment, rules in found.items() if rules}


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("view", ["levels", "network", "tables"])
def test_no_view_of_the_map_breaks_a_rule(ekby, show, lang, view):
    page = show(render_map(ekby, lang), bypass_csp=True).page
    nodes = ("", f"&node={BRA}", "&questions=1", "&show=overlaps", WAY)
    assert broken(page, [f"#view={view}{node}" for node in nodes], contrast=lang == "sv") == {}
