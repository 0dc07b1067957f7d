"""Make the pictures of the README and the documents: the atlas as Chromium shows it, palette PNG of a fixed size.

    python -m tools.pictures -o docs/pictures

Needs Chromium with its Swedish words (apt install chromium-l10n) and Pillow. The pictures show real pages of the
shipped graph, as a reader sees them; those of the tutorial show the page of `kg app` with the list that the tutorial
gives.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import uvicorn
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from scipy.spatial import KDTree

from kg.app.web import create_app
from kg.atlas import render_atlas
from kg.cache import read_shipped
from kg.findings import Lang
from kg.sources import choose_sources

__all__ = ["PICTURES", "Picture", "main"]

CHROMIUM = "/usr/bin/chromium"
SWEDISH = Path("/usr/lib/chromium/locales/sv.pak")
TUTORIAL = Path(__file__).parents[1] / "docs" / "kom-igang.md"
STEPS = ("kom-igang-start", "kom-igang-kontroll", "kom-igang-karta")
"""The pictures of the tutorial, in the order of its steps."""


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
    Picture("side-by-side-english", "vaxjo-2024/differences.html", "#node=myndighet/polismyndigheten", lang="en"),
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


@contextmanager
def _app() -> Iterator[str]:
    """Serve a new folder of a user on loopback; gives the first address."""
    with tempfile.TemporaryDirectory(prefix="forebygg-bilder-") as name:
        application = create_app(Path(name) / "Förebygg", "bild")
        server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="error", timeout_graceful_shutdown=1))
        running = threading.Thread(target=server.run, daemon=True)
        running.start()
        while not server.started and running.is_alive():
            running.join(0.05)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
        server.should_exit = True
        running.join(10)


def _tutorial(browser: Browser, names: tuple[str, str, str]) -> Iterator[tuple[str, bytes]]:
    """Walk the way of the tutorial with its own list: the start page, what the check says, and the map."""
    with _app() as address:
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="sv-SE")
        page.goto(f"{address}?token=bild")
        yield names[0], _small(page.screenshot())
        page.set_input_files("#arbetsbok", {"name": "lund.csv", "mimeType": "text/csv", "buffer": _list()})
        page.click("summary")
        page.fill("#namn", "Lund")
        page.fill("#dag", "2026-11-01")
        page.click("button:has-text('Kontrollera')")
        page.wait_for_selector("details summary")
        page.click("details summary")
        page.locator("h2").last.evaluate("each => each.scrollIntoView()")
        yield names[1], _small(page.screenshot())
        page.click("button:has-text('Läs in')")
        page.wait_for_selector(".sources a")
        page.goto(str(page.locator(".sources a").first.evaluate("each => each.href")))
        page.wait_for_timeout(500)
        yield names[2], _small(page.screenshot())
        page.close()


def _list() -> bytes:
    """Return the list that the tutorial gives."""
    text = TUTORIAL.read_text(encoding="utf-8")
    return text.split("```csv\n", 1)[1].split("```", 1)[0].encode("utf-8")


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
    return _small(raw)


def _small(raw: bytes) -> bytes:
    """Return a picture with a palette, a third of the size: the commonest colours as they are, the others near."""
    image = Image.open(io.BytesIO(raw)).convert("RGB")
    colours, places, counts = np.unique(
        np.asarray(image).reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    spread = image.quantize(128, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).getpalette() or []
    palette = np.vstack([colours[np.argsort(-counts, kind="stable")[:128]], np.reshape(spread[: 3 * 128], (-1, 3))])
    _, nearest = KDTree(palette).query(colours)
    small = Image.fromarray(nearest[places].reshape(image.height, image.width).astype(np.uint8), "P")
    small.putpalette(palette.astype(np.uint8).tobytes())
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def main(arguments: list[str] | None = None) -> int:
    """Write the pictures that are asked for, all where none is named."""
    parser = argparse.ArgumentParser(prog="python -m tools.pictures", description="Make the pictures of the documents.")
    parser.add_argument("-o", "--output", type=Path, default=Path("docs/pictures"), help="the folder (docs/pictures)")
    parser.add_argument("names", nargs="*", help="only these")
    given = parser.parse_args(arguments)
    given.output.mkdir(parents=True, exist_ok=True)
    wanted = [each for each in PICTURES if not given.names or each.name in given.names]
    with sync_playwright() as playwright:
        if not SWEDISH.is_file():
            raise SystemExit(f"{SWEDISH} is lacking: the buttons of the browser would be English")
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--lang=sv"],
            env={**os.environ, "LANGUAGE": "sv"},
        )
        if not given.names or set(given.names) & set(STEPS):
            for name, raw in _tutorial(browser, STEPS):
                _write(given.output, name, raw)
        if wanted:
            with _atlas() as folder:
                for each in wanted:
                    _write(given.output, each.name, _take(browser, folder, each))
        browser.close()
    return 0


def _write(folder: Path, name: str, raw: bytes) -> None:
    (folder / f"{name}.png").write_bytes(raw)
    print(f"{name}.png {len(raw) / 1000:.0f} kB")


if __name__ == "__main__":
    sys.exit(main())
