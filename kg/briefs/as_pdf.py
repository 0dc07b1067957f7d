"""A brief as PDF, tagged for screen readers (PDF/UA-1), set by Typst; and a drawing as PNG.

The page is a fixed template that reads the brief as JSON, so that no text of the data is ever read as markup.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from kg.briefs.content import Block, Brief, Heading, Listing, Paragraph, Table
from kg.errors import needing
from kg.html import clean

__all__ = ["to_pdf", "to_png"]

_DRAWING = b"#set page(width: 17.8cm, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), width: 100%)\n"


@cache
def _template() -> bytes:
    return (Path(__file__).resolve().parent / "templates" / "brief.typ").read_bytes()


def _kind(block: Block) -> str:
    match block:
        case Heading():
            return "heading"
        case Paragraph():
            return "paragraph"
        case Listing():
            return "list"
        case Table():
            return "table"
        case _:
            return "picture"


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    return [_cleaned(each) for each in value] if isinstance(value, list | tuple) else value


def _compile(source: bytes, inputs: dict[str, str], **options: Any) -> bytes:
    with needing("brief"):
        import typst  # noqa: PLC0415  an optional part
    made: bytes = typst.compile(source, sys_inputs=inputs, **options)
    return made


def to_pdf(brief: Brief) -> bytes:
    """Return the brief as a tagged PDF on A4; raises `MissingExtra` without Typst.

    The same bytes on one machine; another may have other fonts.
    """
    plain = _cleaned(asdict(brief))
    plain["blocks"] = [
        {"kind": _kind(block), **_cleaned(asdict(block))}  # asdict loses the class, which the page goes by
        for block in brief.blocks
    ]
    return _compile(_template(), {"brief": json.dumps(plain)}, format="pdf", pdf_standards="ua-1")


def to_png(svg: str) -> bytes:
    """Return a drawing as PNG, as wide as a page at 200 dots an inch; raises `MissingExtra` without Typst."""
    return _compile(_DRAWING, {"svg": svg}, format="png", ppi=200)
