"""axe-core finds no violation in any view of the map and on any page of the atlas, in both languages."""

from __future__ import annotations

from importlib.resources import files

import pytest
from playwright.sync_api import Page

from kg.maps.page import render_map

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
BRA = "forum/9999/bra"
WAY = "&age=9-14&show=path&from=org/9999/naringslivet&to=forum/9999/torsdagsgruppen"


def violations(page: Page) -> list[str]:
    """Names of the rules that are broken, each with the first place where."""
    page.evaluate(AXE)
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {each['nodes'][0]['target']} {each['nodes'][0]['html'][:90]}" for each in result["violations"]
    ]


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("view", ["levels", "network", "tables"])
@pytest.mark.parametrize("node", ["", f"&node={BRA}", "&questions=1", "&show=overlaps", WAY])
def test_no_view_of_the_map_breaks_a_rule(ekby, show, lang, view, node):
    page = show(render_map(ekby, lang), f"#view={view}{node}", bypass_csp=True).page
    page.wait_for_timeout(200 if view == "network" else 0)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert violations(page) == []
