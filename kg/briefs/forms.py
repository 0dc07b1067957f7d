"""The forms of a brief and the formats it is written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.briefs.as_docx import to_docx
from kg.briefs.as_html import to_page
from kg.briefs.as_markdown import to_text
from kg.briefs.as_pdf import to_pdf
from kg.briefs.asking import asking_brief
from kg.briefs.auditor import auditor_brief
from kg.briefs.board import board_brief
from kg.briefs.content import Brief, with_words
from kg.briefs.partners import partner_brief
from kg.briefs.reading import Reading
from kg.briefs.wheel import wheel_brief
from kg.findings import Lang
from kg.phrases import of_own

__all__ = ["FORMATS", "FORMS", "write"]

Form = Callable[[Reading, Lang], Brief]


def _in_words_of(form: Form) -> Form:
    """Return a form that calls a description of one's own a source and not a report."""

    def made(reading: Reading, lang: Lang) -> Brief:
        brief = form(reading, lang)
        return with_words(brief, lambda text: of_own(text, lang)) if reading.source.own else brief

    return made


FORMS: Mapping[str, Form] = {
    "namnd": _in_words_of(board_brief),
    "revision": _in_words_of(auditor_brief),
    "fragor": _in_words_of(asking_brief),
    "arshjul": _in_words_of(wheel_brief),
    "partner": _in_words_of(partner_brief),
}
FORMATS: Mapping[str, Callable[[Brief], str | bytes]] = {
    "html": to_page,
    "md": to_text,
    "docx": to_docx,
    "pdf": to_pdf,
}


def write(brief: Brief, form: str) -> bytes:
    """Return a brief in one of `FORMATS`, text as UTF-8; raises `MissingExtra` where a format needs a part."""
    made = FORMATS[form](brief)
    return made.encode("utf-8") if isinstance(made, str) else made
