"""A brief as one closed HTML page that prints on A4."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.briefs.content import Brief, Heading, Listing, Paragraph, Picture, Table
from kg.html import policy, template_environment

__all__ = ["to_page"]

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_KINDS = {Heading: "heading", Paragraph: "paragraph", Listing: "list", Table: "table", Picture: "picture"}


@cache
def _style() -> str:
    return (_TEMPLATES / "brief.css").read_text(encoding="utf-8")


def to_page(brief: Brief) -> str:
    """Return the brief as HTML: no script, no request, a style of its own, real headings and table heads."""
    style = _style()
    blocks = [(_KINDS[type(block)], block) for block in brief.blocks]
    page = template_environment(_TEMPLATES).get_template("brief.html")
    return page.render(brief=brief, blocks=blocks, style=style, policy=policy(styles=(style,)))
