"""The brief as a page: no violation of axe-core in any form, and two sheets of A4 for a committee when printed."""

from __future__ import annotations

from functools import cache

import pypdfium2
import pytest

from kg.briefs.as_html import to_page
from kg.briefs.forms import FORMS
from kg.briefs.reading import Reading, open_readings
from kg.cache import read_shipped
from kg.sources import choose_sources
from tests.browser.axe import judge, violations

KEYS = ("vaxjo-2022", "vaxjo-2024", "kalmar-2021", "vannas-2018", "ljungby-2021")


@cache
def readings() -> dict[str, Reading]:
    records = read_shipped()
    return {each.source.key: each for each in open_readings(records, choose_sources(records, reports=KEYS))}


@pytest.mark.parametrize("form", list(FORMS))
def test_no_form_of_the_brief_breaks_a_rule(show, form):
    reading = readings()["vaxjo-2024"]
    page, english = (show(to_page(FORMS[form](reading, lang)), bypass_csp=True).page for lang in ("sv", "en"))
    assert judge(page, english) == []
    assert violations(english, contrast=False) == []


@pytest.mark.parametrize("key", KEYS)
def test_the_page_of_a_committee_prints_on_two_sheets(show, key):
    page = show(to_page(FORMS["namnd"](readings()[key], "sv"))).page
    sheets = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(sheets) == 2
    assert [round(each) for each in sheets[0].get_size()] == [595, 842]
