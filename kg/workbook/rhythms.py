"""How often something happens, worked out from the words of the source where no number is given."""

from __future__ import annotations

from typing import Final

from kg.namespaces import FB, XSD, concept
from kg.workbook.frequencies import parse_rhythm
from kg.workbook.layout import Row, Table
from kg.workbook.messages import Level
from kg.workbook.parsing import split_cell
from kg.workbook.sheets import NONE
from kg.workbook.triples import decimal_text, iri, text, typed
from kg.workbook.work import Origin, Work

__all__ = ["complete_rhythm"]

_WORDS: Final = "Hur ofta"
_NUMBERS: Final = {
    "Möten per år, minst": (FB.meetingsPerYearMin, "Möten per år, högst", FB.meetingsPerYearMax),
    "Gånger per år, minst": (FB.timesPerYearMin, "Gånger per år, högst", FB.timesPerYearMax),
}
_CODES: Final = {
    0.5: "vartannat-ar",
    1.0: "arligen",
    2.0: "halvarsvis",
    4.0: "kvartalsvis",
    6.0: "varannan-manad",
    12.0: "manadsvis",
    24.0: "tva-ganger-i-manaden",
    26.0: "varannan-vecka",
    52.0: "veckovis",
}


def complete_rhythm(work: Work, graph: str, claim: str, at: int, number: int, table: Table, row: Row) -> None:
    """Say the least and most times a year that the words mean, where the row gives no numbers.

    Words that name no rhythm ("regelbundet") give no number: how often is then unknown. Numbers without words become
    words, since a claim keeps what it rests on, and a warning says so.
    """
    columns = {column.name for column in table.sheet.columns}
    low_name = next((name for name in _NUMBERS if name in columns), "")
    if not low_name:
        return
    low_term, high_name, high_term = _NUMBERS[low_name]
    given = {
        name: row.cells.get(name, "") for name in (_WORDS, low_name, high_name, "Närmaste frekvens", "Även vid behov")
    }
    if not given[_WORDS]:
        _words_from_numbers(
            work, graph, claim, Origin(at, number, _WORDS), table, row, given[low_name], given[high_name]
        )
        return
    if given[_WORDS] == NONE:
        return
    rhythms = [rhythm for rhythm in map(parse_rhythm, split_cell(given[_WORDS])) if rhythm]
    rhythm = next((each for each in rhythms if each.low is not None or each.high is not None), None)
    forum = low_name.startswith("Möten")
    if forum and any(each.on_demand for each in rhythms) and not given["Även vid behov"]:
        where = Origin(at, number, "Även vid behov")
        work.add(graph, claim, FB.meetsOnDemand, typed("true", XSD.boolean), where)
    if rhythm is None:
        if not rhythms and not given[low_name] and not given[high_name]:
            what = "Säger inte hur många gånger per år; antalet blir okänt."
            work.say(Level.NOTE, table, row, _WORDS, what, found=given[_WORDS])
        return
    for name, term, times in ((low_name, low_term, rhythm.low), (high_name, high_term, rhythm.high)):
        if times is not None and not given[name]:
            work.add(graph, claim, term, typed(decimal_text(str(times)), XSD.decimal), Origin(at, number, name))
    if forum and rhythm.low == rhythm.high and rhythm.low in _CODES and not given["Närmaste frekvens"]:
        code = _CODES[rhythm.low]
        if code == "kvartalsvis" and "termin" in given[_WORDS].casefold():
            code = "tva-ganger-per-termin"
        where = Origin(at, number, "Närmaste frekvens")
        work.add(graph, claim, FB.frequency, iri(concept("frekvens", code)), where)


def _words_from_numbers(
    work: Work, graph: str, claim: str, origin: Origin, table: Table, row: Row, low: str, high: str
) -> None:
    numbers = list(dict.fromkeys(each for each in (low, high) if each and each != NONE))
    if numbers:
        words = f"{'–'.join(numbers)} gånger per år"
        work.add(graph, claim, FB.frequencyAsStated, text(words), origin)
        work.say(Level.WARNING, table, row, _WORDS, f"Tom; «{words}» skrivs in. Skriv hellre som källan uttrycker det.")
