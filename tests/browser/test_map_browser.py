import re
import xml.dom.minidom
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from kg.maps.page import render_map
from tests.browser.axe import go
from tests.maps import poisoned

BRA, SSPF, THURSDAY = "forum/9999/bra", "forum/9999/sspf", "forum/9999/torsdagsgruppen"
FRAMES = "async (number) => { for (let n = 0; n < number; n += 1) await new Promise(requestAnimationFrame); }"


def test_the_page_asks_for_nothing_and_complains_of_nothing(ekby_html, show):
    opened = show(ekby_html)
    page = opened.page
    for view in ("network", "tables", "levels"):
        page.click(f"[data-view={view}]")
    for name in ("en", "sv"):
        page.click(f"[data-lang={name}]")
    page.click("[data-do=present]")
    page.evaluate(f"({FRAMES})(3)")
    assert [each for each in opened.requests if not each.startswith("file:")] == []
    assert len(opened.requests) == 1
    assert opened.complaints == []


def test_the_policy_stops_a_script_and_a_style_that_were_not_there(ekby_html, show):
    planted = ekby_html.replace(
        "</body>",
        '<script>window.hacked=1</script><p id="p" style="color:red">x</p><img src="http://127.0.0.1:9/x"></body>',
    )
    opened = show(planted)
    assert opened.page.evaluate("window.hacked") is None
    assert opened.page.evaluate("getComputedStyle(document.getElementById('p')).color") != "rgb(255, 0, 0)"
    assert len([each for each in opened.complaints if "Content Security Policy" in each]) >= 3
    assert any("127.0.0.1" in each for each in opened.complaints)


def test_text_cannot_be_made_markup_by_script(ekby_html, show):
    opened = show(ekby_html)
    made = "() => { try { document.body.innerHTML = '<b>x</b>'; return 'made'; } catch (error) { return error.name; } }"
    assert opened.page.evaluate(made) == "TypeError"


def test_hostile_words_in_every_field_run_nothing_even_without_the_policy(ekby, show):
    opened = show(render_map(poisoned(ekby)), bypass_csp=True)
    page = opened.page
    nodes = page.evaluate("JSON.parse(document.getElementById('data').textContent).nodes.map(node => node.id)")
    page.click("[data-flag=questions]")
    for node in nodes:
        go(page, f"#questions=1&node={quote(node, safe='')}")
        opening = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
        page.evaluate(f"{opening}; if (!document.querySelector('#about h2')) throw Error(location.hash);")
    page.fill("#search", "<img")
    for view in ("network", "tables"):
        page.click(f"[data-view={view}]")
    page.click("[data-lang=en]")
    page.evaluate(f"({FRAMES})(3)")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img, iframe, object, embed, form").count() == 0
    assert len(opened.requests) == 1
    assert opened.complaints == []


def test_choosing_a_forum_shows_its_details_with_sections_and_fades_the_rest(ekby_html, show):
    opened = show(ekby_html)
    page = opened.page
    page.get_by_role("button", name="Torsdagsgruppen").click()
    about = page.locator("#about")
    expect(about.locator("h2")).to_have_text("Torsdagsgruppen", use_inner_text=True)
    text = about.inner_text()
    for words in (
        "13–20 år",
        "52 gånger per år",
        "operativ samverkansgrupp",
        "fullständig (5)",
        "Uppgifter som går isär",
    ):
        assert words in text
    assert "avsnitt 2.2 Operativ samverkan" in text
    assert "Granskning av samverkan för trygghet, 2022-03-17" in text
    assert "Att en aktör inte nämns är inte detsamma som att den inte deltar." in text
    assert set(opened.lit()) == {
        *("Torsdagsgruppen", "EST-gruppen", "Polismyndigheten", "Fältgruppen", "Ekby kommun", "Ekbybostäder AB"),
        *("Grundskolor med årskurs 7–9", "Region Norrskog", "Fritidsgårdar"),
    }
    assert "node=forum/9999/torsdagsgruppen" in page.url


def test_a_gap_tells_its_norm_obligation_ground_and_day(ekby_html, show):
    page = show(ekby_html, f"#node=gap/{SSPF}/aktorstyp-fritid").page
    text = page.locator("#about").inner_text()
    for words in (
        "Lucka · SSPF-gruppen",
        "Saknas: kultur och fritid",
        "SSPF-04",
        "bör",
        "definition",
        "2011-01-01",
        "3.1",
    ):
        assert words in text
    assert "lagen" not in text


def test_gap_question_and_disagreement_are_drawn_apart(ekby_html, show):
    page = show(ekby_html, "#questions=1").page
    drawn = "each => [each.getAttribute('stroke'), each.getAttribute('stroke-dasharray')]"
    gap = page.locator(".ghost.gap .shape").first.evaluate(drawn)
    question = page.locator(".ghost.question .shape").first.evaluate(drawn)
    disputed = page.locator("path[stroke-linecap=round].edge").first.evaluate(drawn)
    assert (gap[0], question[0]) == ("#A3201A", "#5B6472")
    assert disputed[1].startswith("0.1")
    assert disputed[1] != gap[1]


def test_questions_are_off_until_asked_for(ekby_html, show):
    page = show(ekby_html).page
    expect(page.locator(".ghost.question").first).to_be_hidden()
    page.check("[data-flag=questions]")
    expect(page.locator(".ghost.question").first).to_be_visible()
    page.uncheck("[data-flag=gaps]")
    expect(page.locator(".ghost.gap").first).to_be_hidden()


def test_search_finds_by_folded_words_in_any_order(ekby_html, show):
    page = show(ekby_html).page
    page.keyboard.press("/")
    page.keyboard.type("valfard namnd")
    expect(page.locator("#results li")).to_have_text(re.compile("Nämnden för arbete och välfärd"))
    page.keyboard.press("Enter")
    expect(page.locator("#about h2")).to_have_text("Nämnden för arbete och välfärd", use_inner_text=True)
    page.keyboard.press("Escape")  # the field, still focused, is empty: back to the filters
    expect(page.locator("#filters")).to_be_visible()


def test_search_puts_forums_first_and_says_when_there_is_nothing(ekby_html, show):
    page = show(ekby_html).page
    page.fill("#search", "gruppen")
    names = page.locator("#results li .name, #results li span:first-child").all_inner_texts()
    assert names.index("EST-gruppen") < names.index("Fältgruppen")
    page.fill("#search", "xyzzy")
    expect(page.locator("#results")).to_contain_text("Inget på kartan heter så.")


def test_a_filter_hides_and_the_counts_follow(ekby_html, show):
    page = show(ekby_html).page
    expect(page.locator("#shown")).to_have_text("8 forum, 1 program, 18 aktörer och 1 lucka visas.")
    before = page.get_by_role("button", name="EST-gruppen").bounding_box()
    page.uncheck("[data-part=individual]")
    expect(page.locator("#shown")).to_have_text("7 forum, 1 program, 17 aktörer och 0 luckor visas.")
    expect(page.get_by_role("button", name="SSPF-gruppen")).to_be_hidden()
    expect(page.get_by_role("button", name="Elevhälsan")).to_be_hidden()
    assert page.get_by_role("button", name="EST-gruppen").bounding_box() == before
    page.click("[data-do=reset]")
    expect(page.locator("#shown")).to_have_text("8 forum, 1 program, 18 aktörer och 1 lucka visas.")


def test_a_deep_link_opens_the_view_it_describes_and_ignores_the_unknown(ekby_html, show):
    page = show(ekby_html, f"#node={BRA}&lang=en&age=99-1&off=police,nobody&x=y").page
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#about h2")).to_have_text("The crime prevention council", use_inner_text=True)
    expect(page.locator("#drawing").get_by_role("button", name="The Police Authority")).to_be_hidden()
    assert page.url.endswith(f"#node={BRA}&lang=en&off=police")


def test_english_is_whole_and_swedish_comes_back(ekby_html, show):
    page = show(ekby_html).page
    page.click("[data-lang=en]")
    shown = """() => [...document.querySelectorAll('body *')].filter(each => each.getClientRects().length).map(each =>
      [...each.childNodes].filter(node => node.nodeType === 3).map(node => node.textContent).join('')).join(' ')"""
    body = page.evaluate(shown)
    for words in (
        "Operational level",
        "Not being named is not the same as not taking part.",
        "Missing: culture",
        "Save image",
    ):
        assert words in body
    for words in ("Operativ nivå", "Tillbaka", "deltar", "Saknas", "Visa allt"):
        assert words not in body
    assert page.title() == "Ekby municipality: collaboration on crime prevention"
    page.click("[data-lang=sv]")
    assert "Operativ nivå" in page.evaluate(shown)


def test_the_network_view_draws_without_moving(ekby_html, show):
    opened = show(ekby_html, "#view=network")
    page = opened.page
    canvas = page.locator("#network canvas")
    expect(canvas).to_be_visible()
    first = canvas.screenshot()
    page.evaluate(f"({FRAMES})(15)")
    assert canvas.screenshot() == first
    page.evaluate(f"location.hash = 'view=network&node={BRA}'")
    expect(page.locator("#about h2")).to_have_text("Brottsförebyggande rådet", use_inner_text=True)
    assert canvas.screenshot() != first
    assert opened.complaints == []


def test_the_keyboard_reaches_and_opens_a_node_and_reads_it_out(ekby_html, show):
    page = show(ekby_html).page
    page.locator(".node[tabindex='0']").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    read = page.locator("#live").inner_text()
    assert read == page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    expect(page.locator("#about h2")).to_have_text(read.split(".")[0], use_inner_text=True)
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_visible()


def test_the_skip_link_leads_to_the_tables(ekby_html, show):
    page = show(ekby_html).page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#tables table").first).to_be_visible()


def test_without_javascript_the_drawing_the_tables_and_the_remarks_are_there(ekby, ekby_html, show):
    page = show(ekby_html, java_script_enabled=False).page
    expect(page.locator("#drawing")).to_be_visible()
    expect(page.locator("#tables table").first).to_be_visible()
    text = page.locator("#tables").inner_text()
    for words in (
        "Forum, deltagare och luckor",
        "Torsdagsgruppen",
        "Aktörer och deras forum",
        "Kultur och fritid finns inte",
        "Vad uppgifterna visar",
        "Plats i nätverket",
        *(note.words.sv for note in ekby.told.notes),
    ):
        assert " ".join(words.split()) in text
    assert "Forums, members and gaps" not in text
    expect(page.locator("aside")).to_be_hidden()


def test_the_tables_link_back_to_the_map(ekby_html, show):
    page = show(ekby_html, "#view=tables").page
    page.get_by_role("link", name="EST-gruppen").click()
    expect(page.locator("#about h2")).to_have_text("EST-gruppen", use_inner_text=True)


def test_save_gives_a_sound_svg_in_the_language_and_with_the_filters_of_the_page(ekby_html, show, tmp_path):
    page = show(ekby_html, "#lang=en&off=individual").page
    with page.expect_download() as download:
        page.click("[data-do=save]")
    assert download.value.suggested_filename == "ekby-2022-en.svg"
    path = tmp_path / "saved.svg"
    download.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    xml.dom.minidom.parseString(text.encode())
    assert "The Thursday group" in text
    assert "Ekby municipality: collaboration" in text
    assert "Torsdagsgruppen" not in text
    assert "The SSPF group" not in text


def test_print_holds_the_drawing_with_its_legend_and_the_tables(ekby_html, show):
    page = show(ekby_html).page
    page.emulate_media(media="print")
    expect(page.locator("aside")).to_be_hidden()
    expect(page.locator("#drawing")).to_be_visible()
    expect(page.locator("#tables table").first).to_be_visible()
    expect(page.locator("#drawing .frame").first).to_be_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_word_is_under_twelve_pixels_or_outside_its_box(ekby_html, show, size, lang):
    page = show(ekby_html, f"#lang={lang}&questions=1", viewport={"width": size[0], "height": size[1]}).page
    small = """() => [...document.querySelectorAll('body *')].filter(each => each.checkVisibility() && [...each.childNodes]
      .some(node => node.nodeType === 3 && node.textContent.trim()) && parseFloat(getComputedStyle(each).fontSize)
      * (each.ownerSVGElement ? each.getCTM().a : 1) < 11.99).map(each => each.textContent)"""
    assert page.evaluate(small) == []
    outside = """() => [...document.querySelectorAll('.node:not(.off) text')].filter(each => each.checkVisibility() && (() => {
      const text = each.getBBox(), box = each.closest('.node').getBBox();
      const shape = each.closest('.node').querySelector('.shape').getBBox();
      return text.x < shape.x + 2 || text.x + text.width > shape.x + shape.width - 2 || box.width > shape.width + 4;
    })()).map(each => each.textContent)"""
    assert page.evaluate(outside) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert (
        page.evaluate("document.querySelector('#levels').scrollWidth - document.querySelector('#levels').clientWidth")
        <= 0
    )
