"""Write the handbook as a site: `python -m tools.handbook site`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tools.handbook.pages import write_source

__all__ = ["build", "mend"]

HERE: Final = Path(__file__).resolve().parent
MENDED: Final[Mapping[str, str]] = {
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="Contents">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="On this page">',
    '<aside class="toc-drawer no-toc">': '<aside class="toc-drawer no-toc" aria-label="On this page">',
    "<pre>": '<pre tabindex="0">',
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
    '<th class="head"><p></p></th>': '<td class="head"></td>',
    '<div id="search-results"': '<h1>Search</h1>\n<div id="search-results"',
}
"""What the theme leaves out for those who do not see, or use no mouse: levels, names of regions, scrolling by keys."""


def mend(page: str) -> str:
    """Return a page of the site with what its theme leaves out."""
    for found, better in MENDED.items():
        page = page.replace(found, better)
    return page


def build(site: Path) -> int:
    """Write the site into a folder; return 0, or what Sphinx returns for a warning, such as a broken link."""
    from sphinx.cmd.build import build_main  # noqa: PLC0415  the generators need no Sphinx

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        write_source(source)
        options = ["--builder", "html", "--quiet", "--fail-on-warning", "--keep-going", "--conf-dir", str(HERE)]
        code = build_main([*options, "--doctree-dir", str(Path(folder) / "trees"), str(source), str(site)])
    for path in sorted(site.rglob("*.html")):
        path.write_text(mend(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return code


if __name__ == "__main__":
    place = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    code = build(place)
    if code == 0:
        print((place / "index.html").resolve())
    sys.exit(code)
