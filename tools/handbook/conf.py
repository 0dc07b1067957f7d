"""How Sphinx builds the handbook: Markdown, one theme, nothing from other hosts, and no warning let through."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from kg import __version__
from tools.handbook.pages import is_swedish

project = "Förebygg"
author = "Förebygg"
project_copyright = "Förebygg. Code: Apache-2.0. Data and ontology: CC BY 4.0"
version = release = __version__
extensions = ["myst_parser"]
root_doc = "index"
language = "en"
exclude_patterns = ["notebooks", "LICENSE"]
myst_heading_anchors = 4
myst_links_external_new_tab = False
nitpicky = True
suppress_warnings = ["misc.highlighting_failure"]
html_theme = "furo"
html_title = "Förebygg"
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None
html_static_path: list[str] = []
html_theme_options = {"sidebar_hide_name": False}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"


def _language(_: Sphinx, page: str, __: str, context: dict[str, Any], ___: object) -> None:
    """Tell readers aloud which language a page is in."""
    context["language"] = "sv" if is_swedish(page) else "en"


def setup(app: Sphinx) -> dict[str, bool]:
    """Mark the pages in Swedish as such."""
    app.connect("html-page-context", _language)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
