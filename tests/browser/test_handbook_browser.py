"""The handbook in a browser: it asks for nothing but its own files, complains of nothing, and breaks no rule of axe."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.axe import violations
from tools.handbook.norms import read_register

PAGES = (
    *("index.html", "README.sv.html", "docs/methods.html", "docs/accessibility.html", "docs/errors.html"),
    *("reference/queries-derived.html", "reference/weights.html", "data/triples/README.html", "search.html"),
)
GROUND = "getComputedStyle(document.body).backgroundColor"


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
