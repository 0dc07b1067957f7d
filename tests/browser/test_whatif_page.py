"""What if, in the page: switches that change nothing of what the report says, marked, undone with one press."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.atlas import map_of
from kg.cache import read_shipped
from kg.cases import open_cases
from kg.gaps import find_gaps
from kg.maps.model import build_map
from kg.maps.page import render_map
from kg.maps.rules import rule_table
from kg.namespaces import graph_iri
from kg.records import read_records
from kg.resources import norm_files, ontology_dir
from kg.sources import choose_sources, list_sources
from kg.store import open_store
from tests.browser.conftest import EKBY
from tests.browser.test_axe import broken
from tests.browser.test_map_page import HOSTILE, poisoned
from tests.tiny import describe, norm, records_of

SSPF, POLICE, YOUTH = "forum/9999/sspf", "myndighet/polismyndigheten", "org/9999/fritidsgardar"
GHOST = f"gap/{SSPF}/aktorstyp-fritid"
BOTH = f"+{YOUTH}@{SSPF},-{POLICE}@{SSPF}"


@pytest.fixture(scope="module")
def model():
    store = open_store("memory")
    store.load(sorted((ontology_dir() / "terms").glob("*.ttl")), graph=graph_iri("ontologi"))
    store.load(norm_files(), graph=graph_iri("normer"))
    store.load([EKBY])
    records = read_records(store)
    sources = list_sources(records)
    case = open_cases(records, sources)[0]
    drawn = build_map(case.graph, records, case.source, find_gaps(records, case.graph, sources, everywhere=sources))
    return replace(drawn, rules=rule_table(case, drawn))


@pytest.fixture
def opened(model, show):
    def go(fragment="", lang="sv", **options):
        found = show(render_map(model, lang), fragment, **options)
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


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_rule_of_accessibility_is_broken_while_something_is_supposed(opened, lang):
    page = opened(f"#node={SSPF}&whatif={BOTH}", lang, bypass_csp=True).page
    page.wait_for_selector("#supposed:not([hidden])")
    views = ("levels", "network", "tables")
    assert broken(page, [f"#node={SSPF}&view={view}&whatif={BOTH}" for view in views], contrast=lang == "sv") == {}


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


def test_a_map_without_rules_supposes_nothing(ekby_html):
    assert 'id="rules"' not in ekby_html
    assert "whatif.judge" not in ekby_html


def test_a_municipality_fits_in_700_kilobytes_with_it():
    assert len(render_map(map_of(read_shipped(()), report="vaxjo-2022")).encode("utf-8")) <= 700_000
