"""The pages of the server: every link leads somewhere, numbers agree with the findings, names are inert, data is linked."""

from __future__ import annotations

import html
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import openpyxl
import pytest

from kg.atlas import render_atlas
from kg.errors import UnknownName
from kg.findings import Kind
from kg.server.pages import reports, warm
from kg.server.pages.asked import Reply
from kg.server.pages.kept import Kept
from tests.site import HOSTILE, Site, write_own

PAGES = (
    *("/", "/sok?q=polis", "/sida/kommun/0780", "/sida/kommun/0780?vy=uppgifter", "/sida/res/kalla/vaxjo-2022"),
    *("/sida/res/kalla/vaxjo-2022/avsnitt/3.1.3", "/sida/forum/0780/bra", "/sida/myndighet/polismyndigheten"),
    *("/sida/spec", "/sida/norm/bra-02", "/sida/utsaga/vaxjo-2022/e-lagesbild", "/sida/spec/ForumMembership"),
    *("/sida/def/aktorstyp/polis", "/luckor", "/luckor?rapport=vaxjo-2022&typ=alla", "/fynd/vannas-2018/2460/bra-02"),
    *(
        "/tackning",
        "/tackning?kommun=0780&alder=14",
        "/jamfor",
        "/jamfor?kommun=0780&kommun=0880",
        "/analys/vannas-2018",
    ),
    *("/fraga", "/fraga?namn=cq03-meetings-a-year&kommun=0780&vy=stapel", "/fraga?namn=q24-peers&vy=karta", "/api"),
    *("/skillnader/vaxjo-2022/vaxjo-2024", "/sida/kommun/1281", "/sida/res/graf/normer"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with Site(write_own(tmp_path_factory.mktemp("own"))).running() as running:
        yield running


def links(text: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(r'(?:href|action)="([^"]*)"', text)]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_page_is_closed_and_keeps_its_language_in_every_link(site, path, lang):
    asked = path if lang == "sv" else f"{path}{'&' if '?' in path else '?'}lang=en"
    found = site.get(asked)
    assert found.status_code == 200
    assert f'<html lang="{lang}">' in found.text
    assert path.startswith("/skillnader/") or "<script" not in found.text, (
        "two maps light up together, by a hashed script"
    )
    assert "default-src 'none'" in found.text
    assert not re.search(r'(?<![\w-])(src|srcset|style)="', found.text)
    assert found.headers["content-security-policy"].startswith("frame-ancestors 'none'")
    leading = re.findall(r'<a ([^>]*)href="(/[^"]*)"([^>]*)>', found.text)
    pages = [each for each in leading if not re.match(r"/(data|questions|openapi|res/graf)", each[1])]
    other = [address for _, address, rest in pages if "hreflang" in rest]
    said = [parse_qs(urlsplit(html.unescape(each)).query).get("lang", ["sv"])[0] == lang for _, each, _ in pages]
    assert len(other) == 1
    assert said.count(False) == 1, "only the link to the other language changes it"


def test_an_english_page_says_of_a_swedish_name_that_it_is_one(site):
    swedish = re.compile(r'<a href="[^"]+" lang="sv">[^<]+</a>')
    assert swedish.findall(site.get("/sida/kommun/1440?lang=en").text)
    assert not swedish.findall(site.get("/sida/kommun/1440").text)
    found = site.get("/sida/forum/0780/bra?lang=en").text
    assert '?lang=en" lang="sv">Kommunens bolag</a>' in found
    assert '<a href="/sida/kommun/0780?lang=en">' in found, "which has an English name"


def test_the_analysis_leads_to_the_page_of_each_finding_that_it_ranks(site):
    ids = re.findall(r'<a href="/fynd/([^"]+)"><code>([^<]+)</code>', site.get("/analys/vannas-2018").text)
    assert ids
    assert all(html.unescape(address) == html.unescape(shown) for address, shown in ids)


def test_every_link_of_every_kind_of_page_leads_somewhere(site):
    seen: set[str] = set()
    for path in PAGES:
        for each in links(site.get(path).text):
            assert each.startswith(("/", "#", "http")), each
            seen.add(each.partition("#")[0])
    own = sorted(each for each in seen if each.startswith("/") and not re.match(r"/(karta|underlag|analys)/", each))
    kinds: dict[str, list[str]] = {}
    for each in own:
        kinds.setdefault("/".join(each.partition("?")[0].split("/")[:3]), []).append(each)
    chosen = [each for found in kinds.values() for each in found[:: max(1, len(found) // 3)]]
    assert len(chosen) > 60
    bad = {each: code for each in chosen if (code := site.get(each).status_code) not in {200, 303}}
    assert bad == {}


def test_from_the_first_page_a_gap_leads_to_the_section_in_three_clicks(site):
    def click(page: str, words: str) -> str:
        found = re.search(rf'<a [^>]*href="([^"]*)"[^>]*>(?:<strong>)?{re.escape(words)}', page)
        assert found, words
        return site.get(html.unescape(found[1])).text

    municipality = click(site.get("/").text, "Vännäs")
    assert "Vilka sitter var" in municipality
    finding = click(municipality, "Vännäs kommun: lokalt brottsförebyggande råd")
    assert "förnekad av källan" in finding
    section = click(finding, "3.4.1 ")
    assert "Vännäs 2018" in section
    assert "saknar en samlad organisation" in section


def test_the_country_counts_what_each_report_finds(site):
    country = site.shelf.country()
    for source in country.latest.values():
        if source.describes_forums:
            found = [each for each in country.reading(source.key).findings if each.norm]
            told = {each.id: (each.outcome, each.kind) for each in found}
            counted = {each.id: (each.outcome, each.kind) for each in country.counted if each.source == source}
            assert counted == told
            assert country.tallies[source.key].gaps == sum(each.is_gap for each in found)


def test_a_programme_is_counted_apart_from_the_forums_wherever_they_are_counted(site):
    country = site.shelf.country()
    (files,) = (each for each in render_atlas(country.records, [country.source("kalmar-2021")]) if "index.html" in each)
    assert "9 forum · 3 program · " in files["index.html"].decode()
    assert "9 forum, 3 program, " in site.get("/").text
    assert '<span lang="sv">9 forum</span>' in files["landet.html"].decode()
    assert '<span lang="sv">3 program</span>' in files["landet.html"].decode()


def test_a_list_of_gaps_holds_no_silence_and_its_files_hold_every_row(site):
    page = site.get("/luckor").text
    assert "förnekad av källan" in page
    assert ">ej nämnd<" not in page
    whole = json.loads(site.get("/luckor.json?typ=alla").content)
    kinds = Counter(each["utfall"] for each in whole)
    assert len(whole) == len(site.shelf.country().counted)
    for code, words in (("ej-namnd", "ej nämnd"), ("fornekad", "förnekad av källan")):
        some = json.loads(site.get(f"/luckor.json?utfall={code}").content)
        assert {each["utfall"] for each in some} == {words}
        assert len(some) == kinds[words]
    sheet = openpyxl.load_workbook(io.BytesIO(site.get("/luckor.xlsx?typ=alla").content)).active
    assert sheet.max_row == len(whole) + 1
    rows = site.get("/luckor.csv?kommun=vännäs&typ=lucka").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 3
    assert rows[1].startswith("Vännäs kommun;")


def test_a_report_lists_the_findings_that_it_has(site):
    reading = site.shelf.country().reading("vaxjo-2022")
    page = site.get("/luckor?rapport=vaxjo-2022&typ=alla").text
    assert f"{len(reading.findings)} rader" in page
    gaps = [each for each in reading.findings if each.kind is Kind.GAP]
    found = site.get("/sida/res/kalla/vaxjo-2022").text
    assert f"Luckor ({len(gaps)})" in html.unescape(found)


def test_another_municipality_in_the_form_lets_go_of_the_report(site):
    found = site.get("/luckor?rapport=vaxjo-2022&kommun=2460&typ=alla").text
    assert "Vännäs 2018" in found
    assert "Växjö 2022" in site.get("/luckor?rapport=vaxjo-2022&kommun=0780").text


def test_the_five_that_matter_most_lead_to_their_pages(site):
    page = site.get("/sida/res/kalla/vaxjo-2022").text
    for ranked in site.shelf.country().reading("vaxjo-2022").five:
        assert f'href="/fynd/{ranked.item.id}"' in page
        assert site.get(f"/fynd/{ranked.item.id}").status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/kommun/vaxxjo", 404, "Växjö"),
        ("/luckor?kommun=Kalmarr", 404, "Kalmar"),
        ("/luckor?utfall=borta", 404, "fornekad"),
        ("/luckor?grad=borta", 404, "bor, kan, ska"),
        ("/luckor?kommun=lund", 404, "Ingen rapport om kommunen är inläst"),
        ("/luckor.pdf", 404, "Det finns inget här"),
        ("/tackning?kommun=0780&alder=99", 404, "0 och 25"),
        ("/sida/forum/0780/bradd", 404, "/sida/forum/0780/bra"),
        ("/sida/../../etc/passwd", 404, "Det finns inget här"),
        ("/fynd/vaxjo-2022/b-tisdagsgruppen/hemma-fritidd", 404, "hemma-fritid"),
        ("/karta/kalmar-2021-svar", 404, "beskriver inga forum"),
        ("/skillnader/vaxjo-2024/vaxjo-2022", 404, "ingen tidigare rapport"),
        ("/fraga?namn=cq99", 404, "cq"),
        ("/fraga?q=SELECT%20WHERE", 400, "gick inte att läsa"),
        ("/fraga?q=SELECT%20*%20%7B%3Fa%20%3Fb%20%3Fc.%3Fd%20%3Fe%20%3Ff%7D%20LIMIT%2030000", 422, "fler rader"),
        ("/fraga?namn=cq02-forums-by-level&kommun=Kalmarr", 404, "Kalmar"),
        (f"/sok?q={'x' * 17_000}", 414, "16000 bytes"),
    ],
)
def test_an_error_is_a_page_that_says_what_to_do(site, path, status, words):
    found = site.get(path)
    assert found.status_code == status
    assert words in html.unescape(found.text)
    assert "<nav class=" in found.text


def test_a_fault_of_the_server_is_a_page_too_and_is_noted(site, monkeypatch, caplog):
    monkeypatch.setattr("kg.server.pages.things.tell", lambda *_, **__: 1 / 0)
    found = site.get("/sida/utsaga/vaxjo-2022/e-lagesbild")
    assert found.status_code == 500
    assert "Felet är serverns" in found.text
    assert "ZeroDivisionError" in caplog.text


FIELDS = {
    "/luckor": ("kommun", "rapport", "typ", "utfall", "grad", "grund", "norm", "sida"),
    "/tackning": ("kommun", "rapport", "alder", "niva", "sida"),
    "/jamfor": ("kommun", "for", "efter"),
    "/fraga": ("namn", "q", "vy"),
    "/fraga?namn=cq03-meetings-a-year": ("kommun", "kalla", "forum", "etikett", "tal", "sida"),
    "/questions/cq10-support-of-an-edge.json": ("kommun", "kalla", "fran", "till", "lang"),
    "/underlag/vannas-2018": ("form",),
    "/sida/kommun/2460": ("vy", "sida", "lang"),
}
PATHS = (
    "/sida/",
    "/data/",
    "/fynd/",
    "/karta/",
    "/kommun/",
    "/rapport/",
    "/id/",
    "/spec/",
    "/questions/",
    "/skillnader/a/",
)


@pytest.mark.parametrize("value", ["½", "a" * 300, "../..", "\x00"])
def test_no_value_of_any_field_is_a_fault_of_the_server(site, value):
    said = quote(value)
    asked = [f"{path}{'&' if '?' in path else '?'}{name}={said}" for path, names in FIELDS.items() for name in names]
    codes = {each: site.get(each).status_code for each in (*asked, *(path + said for path in PATHS))}
    assert {each: code for each, code in codes.items() if code >= 500} == {}


def test_hostile_names_come_out_as_letters(site):
    escaped = str(html.escape(HOSTILE)).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
    for path in ("/sida/kommun/1440", "/sida/forum/1440/radet", "/sida/org/1440/enheten", "/sida/res/kalla/ale-2023"):
        page = site.get(path).text
        assert escaped in page
        assert "<img" not in page
        assert "<script" not in page
    for path in ("/sok?q=radet", "/luckor?kommun=1440&typ=alla", "/fraga?namn=cq02-forums-by-level&kommun=1440"):
        page = site.get(path).text
        assert "Rådet &lt;script&gt;" in page
        assert "<img" not in page
        assert "<script" not in page
    bars = site.get("/fraga?namn=cq02-forums-by-level&kommun=1440&vy=stapel&etikett=forumNamn").text
    assert "<img" not in bars
    assert "<script" not in bars
    assert "<svg" in bars


def test_the_views_of_an_answer_link_draw_and_place_it(site):
    table = site.get("/fraga?namn=cq03-meetings-a-year&kommun=0780").text
    assert 'href="/sida/forum/0780/operativa-gruppen"' in table or 'href="/sida/forum/0780/' in table
    bars = site.get("/fraga?namn=cq03-meetings-a-year&kommun=0780&vy=stapel&etikett=forumNamn&tal=minst").text
    widths = dict(re.findall(r'<rect [^>]*width="([\d.]+)"[^>]*/><text [^>]*>([\d.]+)<', bars))
    assert {float(number) / float(width) for width, number in widths.items()}
    (first, *others) = ((float(width), float(number)) for width, number in widths.items())
    assert all(abs(width / number - first[0] / first[1]) < 0.05 for width, number in others if number)
    places = site.get("/fraga?namn=cq02-forums-by-level&vy=karta").text
    assert "/karta/vaxjo-2024#node=forum/0780/" in places
    assert 'class="tile nmany"' in places
    assert '<p class="big">ja</p>' in site.get("/fraga?q=ASK%7B%7D").text


def test_a_client_that_has_the_page_is_told_so(site):
    first = site.get("/sida/norm/bra-02")
    again = site.get("/sida/norm/bra-02", **{"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content


def test_the_pages_stand_under_any_address(site):
    for path in ("/", "/sida/forum/0780/bra", "/luckor?rapport=vaxjo-2022", "/fraga?namn=cq02-forums-by-level"):
        found = site.get(f"/under{path}", mounted=True)
        assert found.status_code == 200
        own = [each for each in links(found.text) if each.startswith("/")]
        assert own
        assert all(each.startswith("/under") for each in own)
    assert site.get("/under/id/forum/0780/bra", mounted=True).headers["location"] == "/under/sida/forum/0780/bra"


def test_the_map_leads_back_and_is_made_once(site):
    first = site.get("/karta/vannas").text
    assert 'href="/sida/res/kalla/vannas-2018"' in first
    assert "Alla kommuner" in first
    assert site.get("/karta/vannas").text == first
    assert len(site.shelf.country().kept._replies) >= 1


def test_the_costly_pages_of_the_newest_report_are_made_before_anyone_asks(site, monkeypatch):
    warm(site.shelf)
    for name in ("render_map", "digest_page", "write"):
        monkeypatch.setattr(reports, name, None)
    for path in ("/karta/vaxjo-2024", "/analys/vaxjo-2024", "/underlag/vaxjo-2024"):
        assert site.get(path).status_code == 200


def test_search_folds_letters_and_takes_words_in_any_order(site):
    for asked in ("vaxjo", "VÄXJÖ kommun", "0780"):
        assert 'href="/sida/kommun/0780"' in site.get(f"/sok?q={asked}").text
    assert 'href="/sida/namnd/0780/namnden-for-arbete-och-valfard"' in site.get("/sok?q=valfard namnd").text
    assert "Menade du" in site.get("/sok?q=polismyndighetn").text
    assert "Aktörer" in site.get("/sok?q=polis&typ=aktor").text


def test_new_data_is_told_of_and_the_old_is_left(tmp_path):
    with Site(write_own(tmp_path, "Ett")).running() as site:
        assert "Rådet Ett" in site.get("/sida/forum/1440/radet").text
        before = site.shelf.country()
        write_own(tmp_path, "Två")
        assert site.shelf.country() is before
        site.shelf.renew()
        assert "Rådet Två" in site.get("/sida/forum/1440/radet").text


def test_what_was_made_is_kept_until_it_has_no_room():
    kept, made = Kept(most=10), []

    def make(key: str) -> Reply:
        made.append(key)
        return Reply(key * 4)

    for key in ("a", "b", "a", "c", "b"):
        assert kept.get(key, lambda key=key: make(key)).content == key * 4
    assert made == ["a", "b", "c", "b"]
    with pytest.raises(UnknownName):
        kept.get("d", lambda: (_ for _ in ()).throw(UnknownName("report", "d")))
    assert kept.get("d", lambda: make("d")).content == "dddd"
