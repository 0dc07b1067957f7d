"""The rows of an answer as a page shows them: a table with links, bars, municipalities by county, links to the maps."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from kg.html import clean
from kg.namespaces import BASE
from kg.server.pages.addresses import page_of
from kg.server.pages.asked import Asked
from kg.server.pages.claims import Value, value_of
from kg.server.pages.country import Country
from kg.server.pages.start import Square, by_county, name_of

__all__ = ["Bars", "Rows", "bars_of", "draw", "places_of", "read_rows", "squares_of", "table_of"]

Cell = Mapping[str, str]
MOST_BARS = 40
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_ENDS = ("Namn", "Label")
_HEADINGS: Mapping[str, tuple[str, str]] = {
    "aktor": ("aktör", "actor"),
    "aktorstyp": ("slag av aktör", "kind of actor"),
    "alder": ("ålder", "age"),
    "antal": ("antal", "number"),
    "avsnitt": ("avsnitt", "section"),
    "forum": ("forum", "forum"),
    "forumtyp": ("slag av forum", "kind of forum"),
    "fran": ("från", "from"),
    "funktion": ("funktion", "function"),
    "grad": ("förpliktelse", "obligation"),
    "grund": ("grund", "basis"),
    "grundat": ("angivet eller omräknat", "stated or converted"),
    "hogst": ("högst", "at most"),
    "insats": ("insats", "intervention"),
    "kalla": ("rapport", "report"),
    "kommun": ("kommun", "municipality"),
    "minst": ("minst", "at least"),
    "narvaro": ("närvaro", "attendance"),
    "niva": ("nivå", "level"),
    "norm": ("norm", "norm"),
    "ordalydelse": ("rapportens ord", "words of the report"),
    "slag": ("slag", "kind"),
    "status": ("läge", "status"),
    "till": ("till", "to"),
    "utfall": ("utfall", "outcome"),
    "utsaga": ("utsaga", "claim"),
    "vidBehov": ("vid behov", "at need"),
    "villkor": ("villkor", "condition"),
    "visshet": ("visshet", "certainty"),
}


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT: the names of its columns and its rows of terms as SPARQL JSON has them."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Cell], ...]

    def text(self, row: Mapping[str, Cell], column: str) -> str:
        """Return the plain text of a cell, "" where it is unbound."""
        cell = row.get(column)
        return cell["value"] if cell else ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Numbers by name, in the order of the answer: the columns they are of, and how many are left out."""

    label: str
    number: str
    bars: tuple[tuple[str, float], ...]
    left_out: int


def read_rows(content: bytes) -> Rows | bool:
    """Return the rows of SPARQL results in JSON, or the truth value of an ASK."""
    told = json.loads(content)
    if "boolean" in told:
        return bool(told["boolean"])
    return Rows(tuple(told["head"]["vars"]), tuple(told["results"]["bindings"]))


def _named_by(columns: Sequence[str]) -> dict[str, str]:
    """Return which column holds the name of which other, such as `kommunNamn` of `kommun`."""
    return {f"{each}{end}": each for each in columns for end in _ENDS if f"{each}{end}" in columns}


def table_of(country: Country, asked: Asked, found: Rows, part: slice) -> tuple[list[str], list[list[Value]]]:
    """Return headings and cells of some rows; a column of names carries the links of the column that it names."""
    names = _named_by(found.columns)
    shown = [each for each in found.columns if each not in names.values()]
    table = []
    for row in found.rows[part]:
        cells = []
        for column in shown:
            text, iri = found.text(row, column), found.text(row, names.get(column, ""))
            if iri:
                cell = value_of(country, asked, iri)
                cells.append(Value(text or cell.text, cell.href, cell.away))
            elif row.get(column, {}).get("type") == "uri":
                cells.append(value_of(country, asked, text))
            else:
                cells.append(Value(text))
        table.append(cells)
    return [heading_of(names.get(each, each), asked) for each in shown], table


def heading_of(column: str, asked: Asked) -> str:
    """Return a column of a question as a heading; what has no words of its own stands as it is."""
    bare = next((column.removesuffix(end) for end in _ENDS if column.endswith(end)), column)
    words = _HEADINGS.get(bare)
    return asked.say(*words) if words else bare


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and len(text) < 30


def bars_of(country: Country, asked: Asked, found: Rows) -> Bars | None:
    """Return the numbers of a column by the words of another, as `tal` and `etikett` choose, or how many rows each has.

    None for an answer without rows or columns.
    """
    if not found.rows or not found.columns:
        return None
    names = _named_by(found.columns)
    numbers = [
        each
        for each in found.columns
        if any(found.text(row, each) for row in found.rows)
        and all(_is_number(found.text(row, each)) for row in found.rows if found.text(row, each))
    ]
    words = [each for each in found.columns if each not in numbers and each not in names.values()] or [found.columns[0]]
    chosen = asked.get("etikett")
    different = {each: len({found.text(row, each) for row in found.rows}) for each in words}
    label = chosen if chosen in found.columns else max(words, key=lambda each: (different[each], each in names))
    number = (
        asked.get("tal") if asked.get("tal") in numbers else (numbers[0] if numbers and not asked.get("tal") else "")
    )
    if number:
        bars = [
            (_word(country, asked, found, row, label), float(found.text(row, number)))
            for row in found.rows
            if found.text(row, number)
        ]
    else:
        counts: dict[str, int] = {}
        for row in found.rows:
            word = _word(country, asked, found, row, label)
            counts[word] = counts.get(word, 0) + 1
        bars = [(word, float(count)) for word, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]
    return Bars(label, number, tuple(bars[:MOST_BARS]), max(0, len(bars) - MOST_BARS))


def _word(country: Country, asked: Asked, found: Rows, row: Mapping[str, Cell], column: str) -> str:
    text = found.text(row, column)
    if row.get(column, {}).get("type") == "uri":
        return value_of(country, asked, text).text
    return text or asked.say("(inget)", "(none)")


def draw(bars: Bars, title: str) -> Markup:
    """Return bars as an SVG picture with its numbers as text; negative numbers are drawn to the left of nought."""
    low, high = min(0.0, *(n for _, n in bars.bars)), max(0.0, *(n for _, n in bars.bars))
    scale = 420 / (high - low or 1)
    zero = 300 - low * scale
    rows = []
    for at, (word, number) in enumerate(bars.bars):
        y, width = 8 + at * 26, max(abs(number) * scale, 1)
        start = zero if number >= 0 else zero - width
        short, whole = (escape(clean(each)) for each in (word if len(word) <= 38 else f"{word[:37]}…", word))
        rows.append(
            f'<text x="290" y="{y + 15}" text-anchor="end">{short}<title>{whole}</title></text>'
            f'<rect x="{start:.1f}" y="{y}" width="{width:.1f}" height="20" fill="#2b4a7f"/>'
            f'<text x="{max(start + width, zero) + 6:.1f}" y="{y + 15}">{number:g}</text>'
        )
    height = 16 + 26 * len(bars.bars)
    return Markup(  # noqa: S704  numbers, and words that are escaped
        f'<svg viewBox="0 0 800 {height}" width="800" height="{height}" role="img" aria-label="{escape(clean(title))}">'
        f"{''.join(rows)}</svg>"
    )


def _codes(row: Mapping[str, Cell]) -> list[str]:
    stem = f"{BASE}id/kommun/"
    return [cell["value"].removeprefix(stem) for cell in row.values() if cell["value"].startswith(stem)]


def squares_of(country: Country, asked: Asked, found: Rows) -> list[tuple[str, list[Square]]]:
    """Return the municipalities that the rows name, by county, each with how many rows name it.

    Counties with any come first; the list is empty where no row names a municipality.
    """
    counts: dict[str, int] = {}
    for row in found.rows:
        for code in dict.fromkeys(_codes(row)):
            counts[code] = counts.get(code, 0) + 1
    if not counts:
        return []
    things = {code: thing for thing, code in country.known}
    most = max(counts.values())
    squares = []
    for code, count in counts.items():
        rows = asked.say("rad" if count == 1 else "rader", "row" if count == 1 else "rows")
        shade = "few" if count * 3 <= most else "some" if count * 3 <= 2 * most else "many"
        if code in things:
            href = asked.to(page_of(things[code].iri))
            squares.append(Square(code, name_of(code, things[code], asked), href, f"{count} {rows}", f"n{shade}"))
    return sorted(by_county(squares), key=lambda county: not any(each.href for each in county[1]))


def places_of(country: Country, asked: Asked, found: Rows) -> list[Value]:
    """Return the forums and actors that the rows name, each with its place on the map of its latest report."""
    stems = tuple(f"{BASE}id/{kind}/" for kind in ("forum", "program", "org", "namnd", "myndighet"))
    seen: dict[str, Value] = {}
    for row in found.rows:
        codes = _codes(row)
        for cell in row.values():
            iri = cell["value"]
            if iri.startswith(stems) and iri not in seen and iri in country.records.named:
                code = next(iter(codes), "") or iri.split("/")[-2]
                source = country.latest.get(code)
                if source and source.describes_forums:
                    node = iri.removeprefix(f"{BASE}id/")
                    thing = country.records.thing(iri)
                    text = f"{thing.label(asked.lang)}, {source.municipality.label(asked.lang)}"
                    seen[iri] = Value(text, asked.to(f"/karta/{source.key}") + f"#node={node}")
    return sorted(seen.values(), key=lambda each: each.text)[:500]
