"""What if, in the page: switches that change nothing of what the report says, marked, undone with one press."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.cases import open_cases
from kg.gaps import find_gaps
from kg.maps.model import build_map
from kg.maps.page import render_map
from kg.maps.rules import rule_table
from kg.sources import choose_sources
from tests.browser.axe import judge
from tests.maps import HOSTILE, draw, poisoned
from tests.tiny import describe, norm, records_of

SSPF, POLICE, YOUTH = "forum/9999/sspf", "myndighet/polismyndigheten", "org/9999/fritidsgardar"
GHOST = f"gap/{SSPF}/aktorstyp-fritid"
BOTH = f"+{YOUTH}@{SSPF},-{POLICE}@{SSPF}"


@pytest.fixture(scope="module")
def model(ekby_text, tmp_path_factory):
    case, drawn = draw(ekby_text, tmp_path_factory.mktemp("graph"))
    return replace(drawn, rules=rule_table(case, drawn))


@pytest.fixture(scope="module")
def pages(model):
    return {lang: render_map(model, lang) for lang in ("sv", "en")}


@pytest.fixture
def opened(pages, show):
    def go(fragment="", lang="sv", **options):
        found = show(pages[lang], fragment, **options)
        found.page.wait_for_selector("#supposed", state="attached")
        return found

    return go


def seat(page, name):
    return page.locator(".whatif li", has_text=name).locator("input")


def test_a_switch_says_what_would_follow_and_draws_it(opened):
    page = opened(f"#node={SSPF}").page
    assert page.locator("#supposed").is_hidden()
    page.click(".whatif summary")
    seat(page, "Polismyndigheten").uncheck()
    assert page.locator("#supposed p").inner_text() == "Tänkt: SSPF-gruppen utan Polismyndigheten. + 1 lucka."
    assert page.locator(".follows").inner_text() == "Polis: en lucka skulle öppnas (SSPF-03, bör)"
    assert page.locator(".supposed text").all_text_contents() == ["Tänkt: saknas polis", "Tänkt läge, inte rapportens"]
    assert page.evaluate("document.activeElement.dataset.seat") is not None
    assert page.locator("#live").inner_text().startswith("Tänkt: SSPF-gruppen utan Polismyndigheten")


def test_a_picked_actor_closes_the_gap(opened):
    page = opened(f"#node={SSPF}").page
    page.click(".whatif summary")
    page.select_option(".whatif select", label="Fritidsgårdar")
    page.click("[data-suppose=add]")
    assert page.locator(".follows").inner_text() == "Kultur och fritid: luckan skulle stängas (SSPF-04, bör)"
    assert "Tänkt: stängd" in page.locator(".supposed text").all_text_contents()
    assert seat(page, "Fritidsgårdar").is_checked()


def test_who_is_a_part_leaves_with_the_whole(show):
    """A committee of the municipality sits beside it in the group; the municipality is supposed gone."""
    records = records_of(describe("k:9990 n:kommunstyrelsen a:polisen"), norm())
    case = open_cases(records, choose_sources(records))[0]
    drawn = build_map(case.graph, records, case.source, find_gaps(records, case.graph, [case.source]))
    html = render_map(replace(drawn, rules=rule_table(case, drawn)))
    page = show(html, "#node=forum/9990/gruppen&whatif=-kommun/9990@forum/9990/gruppen").page
    page.wait_for_selector("#supposed:not([hidden])")
    assert not seat(page, "Kommunstyrelsen").is_checked()
    assert seat(page, "Kommunstyrelsen").is_disabled()
    assert seat(page, "Polisen").is_checked()


def test_what_the_report_says_stays_and_one_press_leads_back_to_it(opened):
    page = opened(f"#node={SSPF}").page
    said = page.locator("#about .gaps").inner_text()
    drawn = page.locator("#drawing").evaluate("each => each.outerHTML")
    page.click(".whatif summary")
    seat(page, "Polismyndigheten").uncheck()
    assert page.locator("#about .gaps").inner_text() == said
    page.click("#supposed [data-suppose=reset]")
    assert page.locator("#supposed").is_hidden()
    assert "whatif" not in page.url
    assert page.locator("#drawing").evaluate("each => each.outerHTML").replace(' style=""', "") == drawn


def test_a_link_leads_to_what_is_supposed_and_leaves_out_what_is_not_known(opened):
    page = opened(f"#node={SSPF}&whatif={BOTH},-x@{SSPF},+{POLICE}@{SSPF},+{POLICE}@forum/none,?,@").page
    page.wait_for_selector("#supposed:not([hidden])")
    assert page.url.endswith(f"#node={SSPF}&whatif={BOTH}")
    assert page.locator("#supposed p").inner_text() == (
        "Tänkt: SSPF-gruppen med Fritidsgårdar, utan Polismyndigheten. + 1 lucka, − 1 lucka."
    )
    page.click("[data-lang=en]")
    assert page.locator("#supposed p").inner_text() == (
        "Supposed: The SSPF group with Youth centres, without The Police Authority. + 1 gap, − 1 gap."
    )
    assert "Supposed missing: police" in page.locator(".supposed text").all_text_contents()


@pytest.mark.parametrize("view", ["levels", "network", "tables"])
def test_no_rule_of_accessibility_is_broken_while_something_is_supposed(opened, view):
    state = f"#node={SSPF}&view={view}&whatif={BOTH}"
    page, english = (opened(state, lang, bypass_csp=True).page for lang in ("sv", "en"))
    for each in (page, english):
        each.wait_for_selector("#supposed:not([hidden])")
    assert judge(page, english, state) == []


def test_it_is_closed_and_silent(opened):
    found = opened(f"#node={SSPF}&whatif={BOTH}&view=network")
    found.page.wait_for_selector("#network canvas")
    assert [each for each in found.requests if not each.startswith("file:")] == []
    assert found.complaints == []


def test_hostile_words_run_nothing_here_either(model, show):
    kinds = [[code, f"{sv} {HOSTILE}", f"{en} {HOSTILE}", side] for code, sv, en, side in model.rules["kinds"]]
    hostile = replace(poisoned(replace(model, rules=None)), rules={**model.rules, "kinds": kinds})
    page = show(render_map(hostile), f"#node={SSPF}&whatif={BOTH}", bypass_csp=True).page
    page.wait_for_selector("#supposed:not([hidden])")
    assert page.evaluate("window.hacked") is None
    assert page.locator("#supposed img, .whatif img, .supposed image").count() == 0
