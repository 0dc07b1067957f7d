"""Comparisons as closed HTML pages: municipalities in a matrix, and two reports side by side.

Both are whole without a script; the one of the pair lets a reader choose a forum or actor on both maps at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from kg.cases import Case
from kg.change import find_changes
from kg.change.differences import find_differences
from kg.findings import Evidence, Lang, Remark, Section, Thing
from kg.listings.matrix import STATES, column_rows, column_titles, matrix_columns
from kg.maps.model import build_map
from kg.maps.pairs import lay_beside
from kg.maps.render import lean, static_text
from kg.maps.sidebyside import SideBySide, set_beside
from kg.matrix import FEWEST, MOST, By, Cell, Matrix, State, compare
from kg.pages import render_page
from kg.pages.site import Site
from kg.phrases import alphabetic, join, plural, section_title
from kg.wording import remark_advice, remark_reference, remark_words

__all__ = ["comparison_files", "comparison_page", "differences_page", "pair_page"]

_HEADINGS: Mapping[Lang, Mapping[str, str]] = {
    "sv": {By.FORUM.value: "Slag av forum", By.ACTOR.value: "Slag av aktör i forumen"},
    "en": {By.FORUM.value: "Kinds of forum", By.ACTOR.value: "Kinds of actor in the forums"},
}
_FILES: Mapping[Lang, tuple[str, str]] = {"sv": ("jamforelse", "skillnader"), "en": ("comparison", "differences")}
_SIGNS: Mapping[State, str] = {
    State.DESCRIBED: '<path d="M2 7.5l3.5 3.5L12 3.5" fill="none" stroke="#1d5c4a" stroke-width="2.4"/>',
    State.DENIED: '<path d="M3 3l8 8M11 3l-8 8" fill="none" stroke="#a3201a" stroke-width="2.4"/>',
    State.NOT_RUNNING: '<path d="M4.5 3v8M9.5 3v8" fill="none" stroke="#7b5d00" stroke-width="2.4"/>',
    State.UNSURE: '<circle cx="7" cy="7" r="5" fill="none" stroke="#44546a" stroke-width="2" stroke-dasharray="3 2"/>',
    State.NOT_MENTIONED: '<path d="M3 7h8" fill="none" stroke="#6b7686" stroke-width="2"/>',
}
_GROUPS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("Vad rapporterna granskar", "What the reports examine", frozenset({"scope"})),
    ("Forum", "Forums", frozenset({"forum"})),
    ("Deltagare", "Participants", frozenset({"member", "function"})),
)
_OTHER = ("Vad som blev av rekommendationerna", "What became of the recommendations")


def _sign(state: State) -> Markup:
    return Markup(f'<svg viewBox="0 0 14 14" aria-hidden="true">{_SIGNS[state]}</svg>')  # noqa: S704  fixed shapes


def _sections(evidence: Sequence[Evidence], lang: Lang) -> list[tuple[str, list[str]]]:
    """Return where the claims stand, each place once with its report, and the words of the report there."""
    found: dict[tuple[Section, ...], list[str]] = {}
    for each in evidence:
        words = found.setdefault(each.sections, [])
        if each.as_stated and each.as_stated not in words:
            words.append(each.as_stated)
    return [(_place(sections, lang), words) for sections, words in found.items() if sections]


def _place(sections: Sequence[Section], lang: Lang) -> str:
    english = lang == "en"
    word = ("sections" if len(sections) > 1 else "section") if english else "avsnitt"
    names = [section_title(each, lang) for each in sections]
    return f"{sections[0].source.label(lang)}, {word} {join(names, lang)}"


def _cited(cell: Cell, lang: Lang) -> str:
    count = len({section.iri for each in cell.evidence for section in each.sections})
    return plural(count, "avsnitt", "avsnitt") if lang == "sv" else plural(count, "section", "sections")


def comparison_page(
    matrices: Sequence[Matrix],
    lang: Lang = "sv",
    *,
    remarks: Sequence[Remark] = (),
    maps: Mapping[str, str] | None = None,
    back: str = "",
    site: Site | None = None,
) -> str:
    """Return matrices over the same municipalities as one page: how much each is told of, then a table a matrix.

    `remarks` say what the others have beside one of them (`kg.matrix.lacking.find_lacking`) and stand between. `maps`
    gives the address of the map of a report by its IRI, `back` that of the page before. Raises `ValueError` for no
    matrix. What no report mentions reads "not described", which is never "lacking".
    """
    if not matrices:
        raise ValueError("no matrix to show")
    first = matrices[0]
    names = [each.municipality.label(lang) for each in first.columns]
    title = "Kommuner bredvid varandra" if lang == "sv" else "Municipalities beside each other"
    return render_page(
        "comparison.html",
        lang,
        site=site,
        styles=("comparison.css",),
        title=f"{title}: {', '.join(names)}",
        back=back,
        maps=maps or {},
        column_titles=column_titles(lang),
        columns=list(zip(first.columns, column_rows(first, lang), strict=True)),
        matrices=[(each, matrix_columns(each, lang)) for each in matrices],
        headings=_HEADINGS[lang],
        states=tuple(State),
        sign=_sign,
        says=lambda state: STATES[state][lang == "en"],
        sections=lambda cell: _sections(cell.evidence, lang),
        cited=lambda cell: _cited(cell, lang),
        remarks=remarks,
        words=lambda each: remark_words(each, lang),
        reference=lambda each: remark_reference(each, lang),
        advice=lambda each: remark_advice(each, lang),
    )


def _group(remark: Remark) -> tuple[str, str]:
    stem = remark.code.split("-")[0]
    return next(((sv, en) for sv, en, stems in _GROUPS if stem in stems), _OTHER)


def differences_page(
    municipality: Thing,
    remarks: Sequence[Remark],
    lang: Lang = "sv",
    *,
    pair: SideBySide | None = None,
    maps: tuple[str, str] = ("", ""),
    back: str = "",
    site: Site | None = None,
) -> str:
    """Return two reports on one municipality as one page: the two maps in the same places, and what differs in words.

    `maps` are the addresses of the two whole maps. Without a `pair` (a reply describes no forums) only the words stand.
    """
    english = lang == "en"
    beside = "two reports side by side" if english else "två rapporter sida vid sida"
    told = [(title[english], list(found)) for title, found in groupby(remarks, key=_group)]
    return render_page(
        "differences.html",
        lang,
        site=site,
        styles=("comparison.css",),
        pair=pair,
        title=f"{municipality.label(lang)}: {beside}",
        back=back,
        maps=maps,
        told=told,
        script="".join(lean(static_text(each)) for each in ("core.js", "side.js")) if pair else "",
        panels=lay_beside(pair, remarks) if pair else [],
        drawings=[Markup(pair.svg(which, lang)) for which in (0, 1)] if pair else [],  # noqa: S704  own template
        words=lambda each: remark_words(each, lang),
        reference=lambda each: remark_reference(each, lang),
        advice=lambda each: remark_advice(each, lang),
    )


def pair_page(
    earlier: Case,
    later: Case,
    lang: Lang = "sv",
    *,
    maps: tuple[str, str] = ("", ""),
    back: str = "",
    site: Site | None = None,
) -> str:
    """Return two reports on one municipality side by side, with the maps where both describe forums.

    Raises `ValueError` for reports on two municipalities, or where the later is not the later.
    """
    pair = None
    if earlier.forums and later.forums:
        models = [build_map(each.graph, each.records, each.source, ()) for each in (earlier, later)]
        pair = set_beside(models[0], models[1], find_changes(earlier, later))
    remarks = find_differences(earlier, later)
    return differences_page(later.source.municipality, remarks, lang, pair=pair, maps=maps, back=back, site=site)


def comparison_files(cases: Sequence[Case], lang: Lang = "sv", *, map_name: str) -> dict[str, str]:
    """Return the pages of an atlas that compare, by path: the matrix, and each report beside the one before it.

    The matrix takes the latest report of each municipality, and is left out for one municipality and for more than ten;
    the page of a pair lies in the folder of the later report. `map_name` is what the atlas calls the map in a folder.
    """
    matrix_name, pair_name = _FILES[lang]
    latest: dict[str, Case] = {}
    files: dict[str, str] = {}
    for case in sorted(cases, key=lambda each: (alphabetic(each.source.municipality.sv), each.source.observed_on)):
        before = latest.get(case.source.municipality.iri)
        if before and before.source.observed_on < case.source.observed_on:
            maps = f"../{before.source.key}/{map_name}.html", f"{map_name}.html"
            page = pair_page(before, case, lang, maps=maps, back="../index.html")
            files[f"{case.source.key}/{pair_name}.html"] = page
        latest[case.source.municipality.iri] = case
    if FEWEST <= len(latest) <= MOST:
        newest = list(latest.values())
        maps_of = {each.source.thing.iri: f"{each.source.key}/{map_name}.html" for each in newest}
        matrices = [compare(newest, by) for by in By]
        files[f"{matrix_name}.html"] = comparison_page(matrices, lang, maps=maps_of, back="index.html")
    return files
