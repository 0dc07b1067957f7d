"""A brief as DOCX that a secretary can edit: real headings, lists, table heads, and a picture with text for it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kg.briefs.as_pdf import to_png
from kg.briefs.content import Block, Brief, Heading, Listing, Paragraph, Picture, Table
from kg.errors import needing
from kg.html import clean

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["to_docx"]

WIDTH, HEIGHT, MARGIN = 21.0, 29.7, 1.6
"""A4 and its margins, in centimetres."""
LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
_EPOCH = (1980, 1, 1, 0, 0, 0)


def to_docx(brief: Brief) -> bytes:
    """Return the brief as a Word document, the same bytes each time; raises `MissingExtra` without python-docx.

    Space between blocks is a matter of the styles: there is no empty paragraph. The date of the file is that of the
    report.
    """
    with needing("brief"):
        import docx  # noqa: PLC0415  an optional part
    document = docx.Document()
    _set_up(document, brief)
    document.add_heading(clean(brief.title), level=1)
    document.add_paragraph(clean(brief.subtitle), style="Subtitle")
    lists = 0
    for block in brief.blocks:
        lists += isinstance(block, Listing) and block.ordered
        _add(document, block, lists)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _set_up(document: Document, brief: Brief) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415  an optional part
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415

    section = document.sections[0]
    section.page_width, section.page_height = Cm(WIDTH), Cm(HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    about = document.core_properties
    about.title, about.subject, about.language = clean(brief.title), clean(brief.subtitle), LANGUAGES[brief.lang]
    about.author = about.last_modified_by = "Förebygg"
    about.comments = ""
    about.created = about.modified = datetime.fromisoformat(brief.observed_on)
    sizes = {"Normal": 9.0, "Subtitle": 9.5, "Heading 1": 16, "Heading 2": 11.5, "Heading 3": 10, "Caption": 8}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.italic = False
        style.font.color.rgb = RGBColor(0x14, 0x28, 0x4B) if "Heading" in name else RGBColor(0x14, 0x18, 0x1F)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for each in [each for each in fonts.attrib if "heme" in each]:
            del fonts.attrib[each]
        for each in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(each), "Calibri")
        style.font.bold = name.startswith("Heading")
        style.paragraph_format.space_before = Pt(8 if name.startswith("Heading") and name != "Heading 1" else 0)
        style.paragraph_format.space_after = Pt(3)
    for name in ("List Bullet", "List Number"):
        style = document.styles[name]
        style.paragraph_format.space_after = Pt(2)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    said = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = said.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        said.append(language)
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), LANGUAGES[brief.lang])


def _add(document: Document, block: Block, lists: int) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(clean(text), level=level)
        case Paragraph(text, small):
            document.add_paragraph(clean(text), style="Caption" if small else None)
        case Listing(items, ordered):
            number = _numbering(document) if ordered and lists > 1 else None
            for item in items:
                paragraph = document.add_paragraph(clean(item), style="List Number" if ordered else "List Bullet")
                if number is not None:
                    _numbered(paragraph, number)
        case Table():
            _table(document, block)
        case Picture():
            _picture(document, block)


def _numbering(document: Document) -> int:
    """Return a numbering of its own for a list after the first, which would otherwise count on."""
    from docx.oxml import OxmlElement  # noqa: PLC0415  an optional part
    from docx.oxml.ns import qn  # noqa: PLC0415

    numbering: Any = document.part.numbering_part.element
    style: Any = document.styles["List Number"].element
    first = style.pPr.numPr.numId.val
    wanted = next(each for each in numbering.num_lst if each.numId == first).abstractNumId.val
    added = numbering.add_num(wanted)
    start = OxmlElement("w:lvlOverride")
    start.set(qn("w:ilvl"), "0")
    value = OxmlElement("w:startOverride")
    value.set(qn("w:val"), "1")
    start.append(value)
    added.append(start)
    number: int = added.numId
    return number


def _numbered(paragraph: Any, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def _table(document: Document, table: Table) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415  an optional part
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Cm, Pt  # noqa: PLC0415

    caption = document.add_paragraph(clean(table.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    made = document.add_table(rows=1 + len(table.rows), cols=len(table.columns), style="Table Grid")
    made.autofit = False
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), clean(table.caption))
    made._tbl.tblPr.append(described)
    room, whole = WIDTH - 2 * MARGIN, sum(table.widths)
    widths = [Cm(room * each / whole) for each in table.widths]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for number, texts in enumerate((table.columns, *table.rows)):
        row = made.rows[number]
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            run = cell.paragraphs[0].add_run(clean(text))
            run.bold = number == 0


def _picture(document: Document, picture: Picture) -> None:
    from docx.shared import Cm  # noqa: PLC0415  an optional part

    shape = document.add_picture(io.BytesIO(to_png(picture.svg)), width=Cm(WIDTH - 2 * MARGIN - 0.2))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    shape._inline.docPr.set("descr", clean(" ".join((picture.alt, *picture.lines))))
    shape._inline.docPr.set("name", clean(picture.alt))
    document.add_paragraph(clean(picture.caption), style="Caption")


def _timeless(raw: bytes) -> bytes:
    """Return the same archive with no clock in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in held.namelist():
            made.writestr(zipfile.ZipInfo(name, _EPOCH), held.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
