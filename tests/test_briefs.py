"""The briefs: what every form says of the shipped and synthetic reports, and how each format sets it."""

from __future__ import annotations

import io
import itertools
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import docx
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from kg.audit import review
from kg.briefs.as_docx import to_docx
from kg.briefs.as_html import to_page
from kg.briefs.as_markdown import to_text
from kg.briefs.as_pdf import to_pdf
from kg.briefs.asking import questions
from kg.briefs.auditor import auditor_brief, suggestion
from kg.briefs.board import board_brief
from kg.briefs.content import Brief, Heading, Listing, Paragraph, Picture, Table, texts_of
from kg.briefs.forms import FORMATS, FORMS, write
from kg.briefs.parts import is_legal, legal_floor, shown_as
from kg.briefs.picture import draw
from kg.briefs.reading import Reading, open_readings
from kg.briefs.wheel import years_later
from kg.cache import read_shipped
from kg.cli import cli
from kg.errors import MissingExtra
from kg.findings import Kind, Lang, Outcome
from kg.records import read_records
from kg.sources import choose_sources
from kg.whatif.invitations import BEYOND_ASKING
from tests.synthetic import norms_store
from tests.tiny import describe, norm, records_of

KEYS = ("vaxjo-2022", "vaxjo-2024", "kalmar-2021", "vannas-2018", "ljungby-2021")
LANGS: tuple[Lang, Lang] = ("sv", "en")


@cache
def readings() -> dict[str, Reading]:
    records = read_shipped()
    return {each.source.key: each for each in open_readings(records, choose_sources(records, reports=KEYS))}


@cache
def brief(key: str, form: str, lang: Lang) -> Brief:
    return FORMS[form](readings()[key], lang)


def tiny(*texts: str, norms: bool = False) -> Reading:
    records = records_of(*texts, norms=norms)
    return open_readings(records, choose_sources(records, reports=["provstad-2022"]))[0]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["brief", *arguments], standalone_mode=False)


# How every sentence is written ------------------------------------------------------------------------------------

FAULTS = {
    "empty brackets": r"\(\s*\)|\[\s*\]|”\s*”|“\s*”|\(;|;\s*\)",
    "double punctuation": r"\.\.|,,|;;|\?\.|!\.|\.,|,\.|;\.|:\.|\?\?|: ;",
    "space before a sign": r" [.,;:?!)]|\( ",
    "two spaces": r"  ",
    "a list with a comma before its last": r", (och|samt) [^,.;]*? (och|samt) och |\b(och och|samt samt|eller eller)\b",
    "a placeholder": r"\{\w*\}|None(?! of)|https?://|\bnan\b",
    "a name for the machine": r"\b[a-z]+-[a-z]+-norm\b|Thing\(|provstad-|\bid/",
}
SWEDISH = {
    "one of many": r"(?<![\d.,–-])1 (aktörer|frågor|insatser|luckor|avsnitten|gånger|möten)\b",
    "many of one": r"(?<![\d.,–§-])(?:[02-9]|\d{2,}) (aktör|fråga|insats|lucka|gång|möte)\b",
    "a genitive with an apostrophe": r"\w['’:]s\b",
    "English": r"(?i)\b(the|and|with|not|which|report|section|sections|meets|members|stated|gap|question|whether)\b",
    "silence told as absence": r"(?i)nämns inte och saknas|ej nämnd.{0,20}saknas",
}
ENGLISH = {
    "one of many": r"(?<![\d.,–-])1 (actors|questions|interventions|gaps|sections|forums|pairs)\b",
    "many of one": r"(?<![\d.,–-])(?:[02-9]|\d{2,}) (actor|question|intervention|gap|pair)\b",
    "Swedish": r"\b(avsnitt|visshet|rapporten|Rapporten|Fråga|nämner|räknat|deltar|anges inte)\b",
}
QUOTED = re.compile(r"”[^”]*”|“[^”]*”")


def unquoted(text: str) -> str:
    """Return a text without what it quotes, which is the wording of the report."""
    return QUOTED.sub("”x”", text)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", list(FORMS))
@pytest.mark.parametrize("key", KEYS)
def test_every_sentence_is_written_as_a_person_would(key: str, form: str, lang: Lang) -> None:
    faults = FAULTS | (SWEDISH if lang == "sv" else {})
    said = [
        (name, text)
        for text in texts_of(brief(key, form, lang))
        for name, pattern in faults.items()
        if re.search(pattern, unquoted(text))
    ]
    assert not said


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("form", list(FORMS))
def test_english_counts_and_has_no_swedish_words_of_our_own(form: str, key: str) -> None:
    told = [
        (name, text)
        for text in texts_of(brief(key, form, "en"))
        for name, pattern in ENGLISH.items()
        if re.search(pattern, unquoted(text))
    ]
    assert not told


@pytest.mark.parametrize("key", KEYS)
def test_no_score_stands_without_names(key: str) -> None:
    model = readings()[key].model
    names = {each.thing.sv for each in (*model.forums, *model.actors)}
    names |= {function.sv for edge in model.edges for function in edge.functions}
    for form in FORMS:
        for text in texts_of(brief(key, form, "sv")):
            if "Jaccard" in text or "% av" in text:
                assert any(name in text for name in names), text


def test_a_paragraph_begins_with_a_capital_and_ends_with_a_stop() -> None:
    for key in KEYS:
        for form in FORMS:
            for block in brief(key, form, "sv").blocks:
                for text in [block.text] if isinstance(block, Paragraph) else getattr(block, "items", ()):
                    assert text[0].isupper() or text[0].isdigit(), text
                    assert text.endswith((".", "?", ")")), text


# What is said -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
def test_the_five_of_a_brief_are_those_of_triage(key: str) -> None:
    reading = readings()[key]
    first = next(each for each in brief(key, "namnd", "sv").blocks if isinstance(each, Listing))
    assert first.ordered
    assert len(first.items) == len(reading.five) == 5


@pytest.mark.parametrize("key", KEYS)
def test_every_question_that_an_answer_can_settle_is_asked_of_one(key: str) -> None:
    reading = readings()[key]
    groups = questions(reading, "sv")
    assert len({each.whom for each in groups}) == len(groups)
    assert all(text.rstrip(")").rstrip(".").count("?") or "?" in text for each in groups for text in each.texts)
    said = " ".join(text for each in groups for text in each.texts)
    for finding in reading.findings:
        if finding.kind is Kind.QUESTION and finding.reason not in BEYOND_ASKING:
            statement = finding.norm_statement.sv.removesuffix(".") if finding.norm_statement else ""
            assert (finding.forum and finding.forum.sv in said) or statement in said, finding.id


def test_the_one_who_runs_a_forum_is_asked_who_leads_it_when_the_report_does_not_say() -> None:
    asked = {each.whom: each.texts for each in questions(readings()["vaxjo-2024"], "sv")}
    assert "Vem leder SIG?" in asked["Den som håller i SIG"]
    assert "Deltar polisen i SIG?" in asked["Den som håller i SIG"]


def test_silence_on_a_member_is_asked_and_a_whole_list_without_it_is_not() -> None:
    for completeness, asks in (("exempel", True), ("fullstandig", False)):
        reading = tiny(describe("a:skolan", completeness=completeness), norm())
        said = " ".join(text for each in questions(reading, "sv") for text in each.texts)
        assert ("Deltar polisen i" in said) is asks


@pytest.mark.parametrize("key", KEYS)
def test_the_auditor_fills_in_every_assessment(key: str) -> None:
    tables = [each for each in brief(key, "revision", "sv").blocks if isinstance(each, Table)]
    blank = [(each, each.columns.index("Bedömning")) for each in tables if "Bedömning" in each.columns]
    assert blank
    assert not [row for table, at in blank for row in table.rows if row[at]]


def test_no_suggestion_says_that_a_criterion_is_met() -> None:
    for reading in readings().values():
        for finding in reading.findings:
            for lang, mark in (("sv", "Preliminärt: "), ("en", "Preliminary: ")):
                said = suggestion(finding, lang)
                assert said.startswith(mark)
                assert said.removeprefix(mark).lower() not in {"uppfyllt", "met", "i allt väsentligt"}
                assert "uppfyllt" not in said or said.startswith("Preliminärt: ej uppfyllt då")
            assert "är uppfyllt" not in shown_as(finding, "sv")


def test_only_a_duty_of_law_that_the_report_denies_may_have_been_unmet() -> None:
    unmet = [
        finding
        for reading in readings().values()
        for finding in reading.findings
        if "ej uppfyllt" in suggestion(finding, "sv")
    ]
    assert all(each.is_gap and each.basis and each.basis.iri.endswith("/lag") for each in unmet)


def test_the_verdicts_of_the_report_stand_apart_in_its_own_words() -> None:
    reading = readings()["vaxjo-2022"]
    own = review(reading.case, reading.findings, reading.remarks).judgements
    table = auditor_brief(reading, "sv").blocks[-3]
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == [each.label.sv for each in own]


@pytest.mark.parametrize("key", KEYS)
def test_the_legal_floor_shows_only_duties_of_law_in_force_and_examined(key: str) -> None:
    reading = readings()[key]
    tables = [each for each in legal_floor(reading, "sv", most=99) if isinstance(each, Table)]
    held = {
        each.norm_statement.sv
        for each in reading.findings
        if is_legal(each) and each.kind in {Kind.GAP, Kind.QUESTION, Kind.MET} and each.norm_statement
    }
    assert {row[0] for each in tables for row in each.rows} <= held


def test_a_duty_on_which_the_report_is_silent_is_asked_and_never_lacking() -> None:
    for reading in readings().values():
        for each in reading.findings:
            if each.outcome is Outcome.NOT_NAMED:
                assert shown_as(each, "sv") == "Syns inte i rapporten (fråga)"


def test_two_years_after_a_leap_day_is_the_last_of_february() -> None:
    assert years_later(date(2024, 2, 29), 2) == date(2026, 2, 28)


DATED = (
    'd:lagesbild a fb:GoverningDocument ; skos:prefLabel "Lägesbild 2024"@sv ; fb:documentType dokumenttyp:lagesbild ;'
    ' fb:municipality k:9990 ; dcterms:issued "2024-03-01"^^xsd:date ; prov:wasDerivedFrom s:1 .\n'
)


def test_the_next_picture_is_due_two_years_after_the_one_that_the_report_dates() -> None:
    # 2024-03-01 + 2 years = 2026-03-01; the follow-up of the plan has no date and counts from 2024-07-01 in the act
    said = " ".join(texts_of(FORMS["arshjul"](tiny(describe("a:skolan"), DATED, norms=True), "sv")))
    assert "Lägesbild 2024 (2024-03-01); nästa gång senast 2026-03-01." in said
    assert "Rapporten daterar ingen åtgärdsplan" in said
    assert "inget kan vara försenat före 2026-07-01" in said


def test_no_month_of_the_year_is_guessed() -> None:
    year = [each for each in brief("vaxjo-2024", "arshjul", "sv").blocks if isinstance(each, Table)][-1]
    assert len(year.rows) == 12
    assert not any(cell for row in year.rows for cell in row[1:])


def test_a_measure_has_the_provider_and_the_partners_that_the_report_names() -> None:
    rows = {
        row[0]: row
        for each in brief("vaxjo-2024", "partner", "sv").blocks
        if isinstance(each, Table)
        for row in each.rows
    }
    # section 3.4.1: the school social team works with the school
    assert rows["Skolsocialt team"][1:3] == ("Skolsociala teamet", "Skolan")
    assert rows["Fältarbete"][2] == "anges inte"


def test_the_picture_names_each_forum_and_says_the_same_in_words() -> None:
    for reading in readings().values():
        picture = draw(reading.model, "sv")
        assert all(each.thing.sv in " ".join(picture.lines) for each in reading.model.forums)
        assert picture == draw(reading.model, "sv")


# How it is set ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("key", KEYS)
def test_the_brief_of_a_committee_is_two_pages(key: str, lang: Lang) -> None:
    pdf = pypdfium2.PdfDocument(to_pdf(brief(key, "namnd", lang)))
    assert len(pdf) == 2
    assert [round(each) for each in pdf[0].get_size()] == [595, 842]


def test_synthetic_municipalities_have_briefs_of_two_pages() -> None:
    records = read_records(norms_store())
    for reading in open_readings(records, choose_sources(records)):
        assert len(pypdfium2.PdfDocument(to_pdf(board_brief(reading, "sv")))) <= 2
        for form in FORMS.values():
            assert texts_of(form(reading, "sv"))


@pytest.mark.parametrize("form", list(FORMS))
def test_a_pdf_is_tagged_and_the_same_each_time(form: str) -> None:
    made = to_pdf(brief("kalmar-2021", form, "sv"))
    assert made == to_pdf(brief("kalmar-2021", form, "sv"))
    assert b"pdfuaid:part" in made
    assert "Förebygg" in "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made))


def headings(form: str) -> Iterator[tuple[str, list[int]]]:
    for key in KEYS:
        yield key, [1, *(each.level for each in brief(key, form, "sv").blocks if isinstance(each, Heading))]


@pytest.mark.parametrize("form", list(FORMS))
def test_no_level_of_heading_is_skipped(form: str) -> None:
    for _, levels in headings(form):
        assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


@pytest.mark.parametrize("form", list(FORMS))
@pytest.mark.parametrize("key", KEYS)
def test_a_docx_has_headings_table_heads_text_for_pictures_and_a_language(key: str, form: str) -> None:
    made = to_docx(brief(key, form, "sv"))
    document = docx.Document(io.BytesIO(made))
    styles = [each.style.name for each in document.paragraphs if each.style]
    assert styles.count("Heading 1") == 1
    assert "Heading 2" in styles
    pictures = document.element.body.xpath(".//w:drawing")
    assert not [each for each in document.paragraphs if not each.text.strip() and not each._p.xpath(".//w:drawing")]
    assert all(each.get("descr") for each in document.element.body.xpath(".//wp:docPr"))
    assert len(pictures) == sum(isinstance(each, Picture) for each in brief(key, form, "sv").blocks)
    for table in document.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert table._tbl.xpath("./w:tblPr/w:tblCaption")
    assert document.styles.element.xpath("./w:docDefaults//w:lang/@w:val") == ["sv-SE"]
    assert document.core_properties.language == "sv-SE"


def test_a_docx_holds_no_clock() -> None:
    made = to_docx(brief("ljungby-2021", "fragor", "sv"))
    assert made == to_docx(brief("ljungby-2021", "fragor", "sv"))
    assert {each.date_time[0] for each in zipfile.ZipFile(io.BytesIO(made)).infolist()} == {1980}


def test_each_numbered_list_of_a_docx_begins_with_one() -> None:
    document = docx.Document(io.BytesIO(to_docx(brief("vaxjo-2024", "fragor", "sv"))))
    lists = [each for each in brief("vaxjo-2024", "fragor", "sv").blocks if isinstance(each, Listing)]
    used = {tuple(each._p.xpath("./w:pPr/w:numPr/w:numId/@w:val")) for each in document.paragraphs}
    assert len(used - {()}) == len(lists) - 1


HOSTILE = '<script>alert(1)</script> #panic("x") $x$ *a* `b` [c](http://e) | = {{ x }} \u202e"&'
EVIL = Brief(
    title=HOSTILE,
    subtitle=HOSTILE,
    lang="sv",
    observed_on="2022-01-01",
    blocks=(
        Heading(HOSTILE),
        Paragraph(HOSTILE, small=True),
        Listing((HOSTILE,)),
        Table(HOSTILE, (HOSTILE, "b"), ((HOSTILE, HOSTILE),), (1, 2)),
    ),
)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


def test_what_the_data_holds_is_text_in_every_format() -> None:
    page = _Tags()
    page.feed(to_page(EVIL))
    assert "script" not in page.tags
    assert "a" not in page.tags
    text = to_text(EVIL)
    assert "<script" not in text
    assert "\u202e" not in text
    said = pypdfium2.PdfDocument(to_pdf(EVIL))[0].get_textpage().get_text_bounded()
    assert '#panic("x")' in said
    assert any('#panic("x")' in each.text for each in docx.Document(io.BytesIO(to_docx(EVIL))).paragraphs)


def test_a_page_asks_for_nothing_and_prints_on_a4() -> None:
    page = to_page(brief("vaxjo-2022", "namnd", "sv"))
    assert "default-src 'none'" in page
    assert "size: A4" in page
    assert not re.search(r'(src|href)="', page)
    assert '<html lang="sv">' in page


def test_markdown_tells_the_picture_in_words() -> None:
    said = to_text(brief("vaxjo-2022", "namnd", "sv"))
    assert "- Operativ nivå: Mobila team (" in said
    assert said.startswith("# Växjö kommun")


# The command ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(FORMS))
def test_the_command_writes_every_form(form: str) -> None:
    said = run("--municipality", "vännäs", "--form", form, "--format", "md")
    assert said.output.startswith("# Vännäs kommun")


@pytest.mark.parametrize("output_format", list(FORMATS))
def test_the_name_of_the_file_tells_the_format(output_format: str, tmp_path: object) -> None:
    path = f"{tmp_path}/kort.{output_format}"
    assert run("--report", "ljungby-2021", "-o", path).exception is None
    start = Path(path).read_bytes()[:15]
    assert start.startswith(
        {"html": b"<!DOCTYPE html>", "md": b"# Ljungby", "docx": b"PK", "pdf": b"%PDF"}[output_format]
    )


def test_a_brief_of_nothing_is_refused() -> None:
    assert "say which brief" in str(run().exception)
    assert "describes no forums" in str(run("--report", "kalmar-2021-svar").exception)


@pytest.mark.parametrize(("name", "make"), [("typst", to_pdf), ("docx", to_docx)])
def test_a_part_that_is_not_installed_is_named(name: str, make: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtra, match=r"forebygg\[brief\]"):
        make(EVIL)  # type: ignore[operator]  # one of the two formats


@pytest.mark.parametrize("form", list(FORMS))
def test_a_report_of_one_forum_has_every_form_in_every_format(form: str) -> None:
    reading = tiny(describe("a:skolan"))
    for lang in LANGS:
        made = FORMS[form](reading, lang)
        assert all(write(made, each) for each in FORMATS)
        assert not [text for text in texts_of(made) if re.search(FAULTS["empty brackets"], text)]


def test_the_police_are_many_in_english() -> None:
    asked = {each.whom: each.texts for each in questions(readings()["vaxjo-2024"], "en")}
    assert (
        "Do the police take part in Social intervention group (SIG)?"
        in asked["Whoever runs Social intervention group (SIG)"]
    )
