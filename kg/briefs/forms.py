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
from kg.briefs.content import Brief
from kg.briefs.partners import partner_brief
from kg.briefs.reading import Reading
from kg.briefs.wheel import wheel_brief
from kg.findings import Lang

__all__ = ["FORMATS", "FORMS", "write"]

FORMS: Mapping[str, Callable[[Reading, Lang], Brief]] = {
    "namnd": board_brief,
    "revision": auditor_brief,
    "fragor": asking_brief,
    "arshjul": wheel_brief,
    "partner": partner_brief,
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
