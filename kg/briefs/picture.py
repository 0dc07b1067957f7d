"""The map of a report small enough to be read on half a page: forums by level, and which sectors sit in each.

The whole map has a line for each member, which no half page holds; this one has the same forums, levels, colours and
two-letter codes, and the same things in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from kg.briefs.content import Picture
from kg.findings import Lang
from kg.html import clean
from kg.maps.texts import wrap
from kg.maps.values import Band, EdgeKind, ForumNode, MapModel
from kg.maps.visnet import BAND_COLOURS, SECTOR_COLOURS, ink_on
from kg.maps.words import BANDS, CODES, SECTORS
from kg.namespaces import concept
from kg.network import Sector
from kg.wording.ages import listed

__all__ = ["draw"]

WIDTH, LEFT, BOX, GAP, ROW = 1000, 132, 208, 9, 4
SIZE, LINE, CHIP, CHIP_HEIGHT = 13.5, 16, 24, 16
MOST, ROWS = 8, 8
"""So many forums of one level are drawn, and half of them where that takes more rows; the last box counts the rest."""
FONT = "Segoe UI, Helvetica Neue, Arial, Liberation Sans, DejaVu Sans, sans-serif"
INK = "#14181F"
_PLAIN = frozenset({Band.PROGRAMME})
_ESTABLISHED = concept("status", "etablerad")


def _bands(model: MapModel) -> list[tuple[Band, list[ForumNode]]]:
    found = [(band, [each for each in model.forums if each.band is band]) for band in Band]
    return [(band, sorted(forums, key=lambda each: (each.thing.sv, each.key))) for band, forums in found if forums]


def _sectors(model: MapModel) -> dict[str, list[Sector]]:
    """Return the sectors that sit in each forum, in their order."""
    of_actor = {actor.key: actor.sector for actor in model.actors}
    found: dict[str, set[Sector]] = {}
    for edge in model.edges:
        if edge.kind is EdgeKind.MEMBER and edge.actor in of_actor:
            found.setdefault(edge.forum, set()).add(of_actor[edge.actor])
    return {forum: [each for each in Sector if each in sectors] for forum, sectors in found.items()}


def _status(forum: ForumNode, lang: Lang) -> str:
    """Return how far along a forum is, "" for one that is established or of which nothing is said."""
    known = forum.status is None or forum.status.iri == _ESTABLISHED
    return "" if known or forum.status is None else forum.status.label(lang)


def _name(forum: ForumNode, lang: Lang) -> str:
    status = _status(forum, lang)
    return f"{forum.thing.label(lang)} ({status})" if status else forum.thing.label(lang)


def _text(x: float, y: float, words: str, *, size: float, fill: str, extra: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"{extra}>{escape(clean(words))}</text>'


def _box(
    x: float, y: float, height: float, band: Band, lines: Sequence[str], sectors: Sequence[Sector], lang: Lang
) -> Iterator[str]:
    plain = band in _PLAIN
    ink = INK if plain else "#FFFFFF"
    yield (
        f'<rect x="{x:g}" y="{y:g}" width="{BOX}" height="{height:g}" rx="5" fill="{BAND_COLOURS[band.value]}"'
        f' stroke="#14284B" stroke-width="1"/>'
    )
    for index, line in enumerate(lines):
        yield _text(x + 8, y + 19 + index * LINE, line, size=SIZE, fill=ink, extra=' font-weight="bold"')
    for index, sector in enumerate(sectors):
        yield from _chip(x + 8 + index * CHIP, y + height - CHIP_HEIGHT - 6, sector, lang)


def _chip(x: float, y: float, sector: Sector, lang: Lang) -> Iterator[str]:
    yield (
        f'<rect x="{x:g}" y="{y:g}" width="{CHIP - 3}" height="{CHIP_HEIGHT}" rx="3" fill="{SECTOR_COLOURS[sector]}"'
        ' stroke="#FFFFFF" stroke-width="0.8"/>'
    )
    middle = x + (CHIP - 3) / 2
    yield _text(
        middle,
        y + 12,
        CODES[sector].of(lang),
        size=10.5,
        fill=ink_on(sector),
        extra=' text-anchor="middle" font-weight="bold"',
    )


def _more(count: int, lang: Lang) -> str:
    return f"och {count} till" if lang == "sv" else f"and {count} more"


def draw(model: MapModel, lang: Lang) -> Picture:
    """Return the forums by level with the sectors of their members, as SVG and in words.

    A forum without any chip has no member that the report names. Deterministic; linear in forums and memberships.
    """
    sectors, parts, y = _sectors(model), list[str](), 4.0
    lines, count = list[str](), 0
    bands = _bands(model)
    most = MOST if sum(-(-len(forums) // ROW) for _, forums in bands) <= ROWS else ROW
    for band, forums in bands:
        shown = forums if len(forums) <= most else forums[: most - 1]
        boxes = [(_name(each, lang), sectors.get(each.key, [])) for each in shown]
        if len(shown) < len(forums):
            boxes.append((_more(len(forums) - len(shown), lang), []))
        lines.append(f"{BANDS[band].of(lang)}: {'; '.join(_told(each, sectors, lang) for each in forums)}.")
        top = y
        for start in range(0, len(boxes), ROW):
            row = [(wrap(name, BOX - 26, SIZE, bold=True, most=4), chips) for name, chips in boxes[start : start + ROW]]
            tall = max(len(name) * LINE + (CHIP_HEIGHT + 10 if chips else 0) for name, chips in row) + 8
            for index, (name, chips) in enumerate(row):
                parts += _box(LEFT + index * (BOX + GAP), y, tall, band, name, chips, lang)
            y += tall + GAP
            count += 1
        for index, words in enumerate(wrap(BANDS[band].of(lang), LEFT - 12, 14, bold=True, most=3)):
            parts.append(_text(2, top + 18 + index * LINE, words, size=14, fill=INK, extra=' font-weight="bold"'))
        y += 4
    parts += _legend(sectors, y + 6, lang)
    rows = -(-len({each for chips in sectors.values() for each in chips}) // ROW)
    height = y + 6 + rows * 22 + 2
    place = model.municipality.label(lang)
    alt = (
        f"Forum i {place} efter nivå, med de sektorer som deltar i vart och ett."
        if lang == "sv"
        else f"Forums in {place} by level, with the sectors that take part in each."
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}"'
        f' role="img" aria-label="{escape(clean(alt))}" font-family="{FONT}">{"".join(parts)}</svg>'
    )
    caption = (
        "Forumen efter nivå, och vilka sektorer som rapporten nämner i vart och ett. Ett forum utan märke har inga"
        " namngivna deltagare; en sektor som inte är märkt kan delta ändå."
        if lang == "sv"
        else "The forums by level, and the sectors that the report names in each. A forum without a mark has no named"
        " members; a sector that is not marked may take part all the same."
    )
    return Picture(svg, alt, caption, tuple(lines), rows=count + 1)


def _told(forum: ForumNode, sectors: dict[str, list[Sector]], lang: Lang) -> str:
    names = listed([SECTORS[each].of(lang).lower() for each in sectors.get(forum.key, [])], lang, len(Sector))
    none = "inga namngivna deltagare" if lang == "sv" else "no named members"
    return f"{forum.thing.label(lang)} ({'; '.join(filter(None, [_status(forum, lang), names or none]))})"


def _legend(sectors: dict[str, list[Sector]], y: float, lang: Lang) -> Iterator[str]:
    used = [each for each in Sector if any(each in chips for chips in sectors.values())]
    for index, sector in enumerate(used):
        x, row = 2 + (index % ROW) * (WIDTH / ROW), y + index // ROW * 22
        yield from _chip(x, row, sector, lang)
        yield _text(x + CHIP + 4, row + 13, SECTORS[sector].of(lang), size=13.5, fill=INK)
