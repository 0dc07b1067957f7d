"""Make the pictures of the README and the documents: the atlas as Chromium shows it, palette PNG of a fixed size.

    python -m tools.pictures -o docs/pictures

Needs Chromium and Pillow. The pictures show real pages of the shipped graph, as a reader sees them.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from kg.atlas import render_atlas
from kg.cache import read_shipped
from kg.findings import Lang
from kg.sources import choose_sources

__all__ = ["PICTURES", "Picture", "main"]

CHROMIUM = "/usr/bin/chromium"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the page of the atlas with its fragment, what is clicked or scrolled to first, and the size."""

    name: str
    page: str
    fragment: str = ""
    click: str = ""
    see: str = ""
    lang: Lang = "sv"
    width: int = 1366
    height: int = 768


PICTURES = (
    Picture("map-levels", "vaxjo-2022/karta.html"),
    Picture("map-details", "vaxjo-2022/karta.html", "#node=forum/0780/tisdagsgruppen"),
    Picture("map-levels-english", "vaxjo-2022/map.html", lang="en"),
    Picture("map-network", "kalmar-2021/karta.html", "#view=network"),
    Picture("map-tables-english", "vaxjo-2022/map.html", "#view=tables", lang="en"),
    Picture("map-analysis", "vaxjo-2022/karta.html", click='#shows input[value="cuts"]'),
    Picture("analysis", "vaxjo-2022/analys.html"),
    Picture("country", "landet.html", see="a.tile"),
    Picture("country-opened", "landet.html", "#kommun=0880"),
    Picture("matrix", "jamforelse.html"),
    Picture("side-by-side", "vaxjo-2024/skillnader.html", width=1920, height=1080),
    Picture("side-by-side-english", "vaxjo-2024/differences.html", lang="en"),
    Picture("map-small-screen", "vannas-2018/karta.html", width=683, height=384),
)


@contextmanager
def _atlas() -> Iterator[Path]:
    """Write the atlas of the shipped reports in both languages, each in a folder of its own."""
    records = read_shipped(())
    sources = [each for each in choose_sources(records, all_reports=True) if each.describes_forums]
    with tempfile.TemporaryDirectory(prefix="forebygg-bilder-") as name:
        langs: tuple[Lang, Lang] = ("sv", "en")
        for lang in langs:
            for files in render_atlas(records, sources, lang=lang):
                for path, content in files.items():
                    file = Path(name) / lang / path
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(content)
        yield Path(name)


def _take(browser: Browser, folder: Path, picture: Picture) -> bytes:
    page = browser.new_page(viewport={"width": picture.width, "height": picture.height})
    page.goto((folder / picture.lang / picture.page).as_uri() + picture.fragment)
    page.wait_for_timeout(500)
    if picture.click:
        page.click(picture.click)
        page.wait_for_timeout(400)
    if picture.see:
        page.locator(picture.see).first.evaluate("each => each.scrollIntoView({block: 'center'})")
    raw = page.screenshot()
    page.close()
    image = Image.open(io.BytesIO(raw)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def main(arguments: list[str] | None = None) -> int:
    """Write the pictures that are asked for, all where none is named."""
    parser = argparse.ArgumentParser(prog="python -m tools.pictures", description="Make the pictures of the documents.")
    parser.add_argument("-o", "--output", type=Path, default=Path("docs/pictures"), help="the folder (docs/pictures)")
    parser.add_argument("names", nargs="*", help="only these")
    given = parser.parse_args(arguments)
    given.output.mkdir(parents=True, exist_ok=True)
    with _atlas() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for each in PICTURES:
            if not given.names or each.name in given.names:
                raw = _take(browser, folder, each)
                (given.output / f"{each.name}.png").write_bytes(raw)
                print(f"{each.name}.png {len(raw) / 1000:.0f} kB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
