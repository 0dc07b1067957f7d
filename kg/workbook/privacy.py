"""What must not stand in a workbook: personal numbers, e-mail addresses, and what looks like a person's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kg.workbook.layout import RawSheet
from kg.workbook.messages import Level, Messages
from kg.workbook.sheets import GUIDE, LISTS, STANDS

__all__ = ["has_address", "has_personal_number", "is_mailbox", "looks_like_a_person", "scan", "shown"]

HIDDEN: Final = "(visas inte)"
"""What a message says instead of what nobody should see."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NUMBER: Final = re.compile(r"(?<![\d-])(?:(?:19|20)(\d{2})|(\d{2}))(\d{2})(\d{2})([-+ ]?)(\d{4})(?![\d-])")
_ADDRESS: Final = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\(snabel-a\))\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_NAME: Final = re.compile(
    r"\b(?=([A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?) "
    r"((?:von |af |de )?[A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?)\b)"
)
_GIVEN: Final = _words(
    """
    anders andreas anette angelica anita ann anna annika anneli annie anton arne axel barbro bengt berit
    birgitta bo britt camilla carina carl caroline cecilia charlotte christer christian christina christoffer
    claes daniel david elin elisabeth elsa emelie emil emma erik erika eva filip fredrik frida gabriel gunilla
    gunnar gustav göran hanna hans helen helena henrik håkan ida inger ingrid irene isabelle jakob jan jenny
    jens jessica jesper jimmy joakim johan johanna john jonas josefin josefine julia jörgen kajsa karin karl
    katarina kenneth kent kerstin kim kristina kristoffer lars lena lennart linda linnea linus lisa louise
    lovisa magnus malin margareta maria marie markus martin mathias matilda mats mattias mikael mohammed
    monica nathalie niklas nils ola olle olof oscar oskar patrik per pernilla peter petra pia rebecca rickard
    roger roland rolf rune sandra sara sebastian simon siv sofia sofie stefan sten stig susanne sven therese
    thomas tobias tomas torbjörn ulf ulla ulrika urban veronica viktor viktoria yvonne åke åsa örjan ali ahmed
    fatima hassan ibrahim omar yusuf amina zahra
    """
)
_NOT_SURNAMES: Final = _words(
    """
    kommun region skola gymnasium gymnasiet församling kyrka kyrkan stiftelsen park centrum hus huset gården
    torg gata väg stad län skolan förskola akademin universitet bibliotek teater museum
    """
)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(digits):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def has_personal_number(cell: str) -> bool:
    """Whether a cell holds what can be a Swedish personal or coordination number.

    With a hyphen the date decides; without one the check digit must fit too, so that a diary number of ten digits is
    seldom refused. The number of a legal person has a third digit of at least 2 and is none.

    >>> has_personal_number("811218-9876"), has_personal_number("556029-6740"), has_personal_number("2024-03-17")
    (True, False, False)
    """
    for found in _NUMBER.finditer(cell):
        month, day = int(found[3]), int(found[4])
        if 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91):
            digits = (found[1] or found[2]) + found[3] + found[4] + found[6]
            if found[5].strip() or _luhn(digits):
                return True
    return False


def has_address(cell: str) -> str:
    """Return the first e-mail address in a cell, or ""."""
    found = _ADDRESS.search(cell) if "@" in cell or "(" in cell or "[" in cell else None
    return found[0] if found else ""


def is_mailbox(address: str) -> bool:
    """Whether an address is that of a function: no given name in it, and not `word.word` as people's are.

    >>> [is_mailbox(f"{each}@lund.se") for each in ("trygghet", "bra-samordnare", "anna.berg", "lena", "ssp.f")]
    [True, True, False, False, False]
    """
    local = address.partition("@")[0].casefold()
    plain = {each.translate(str.maketrans("åäöé", "aaoe")) for each in _GIVEN}
    return "@" in address and "." not in local and not {*re.split(r"[-_+]", local)} & (plain | _GIVEN)


def looks_like_a_person(cell: str) -> str:
    """Return what looks like a person's name in a cell, or "": a common given name followed by a surname.

    A name that is uncommon is not seen, and a street or school named after someone may be: it is only asked about.

    >>> [looks_like_a_person(each) for each in ("Kommunpolis Anna Svensson", "Kristina Skola", "Växjö kommun")]
    ['Anna Svensson', '', '']
    """
    for found in _NAME.finditer(cell):
        if found[1].split("-")[0].casefold() in _GIVEN and found[2].casefold() not in _NOT_SURNAMES:
            return f"{found[1]} {found[2]}"
    return ""


def shown(text: str) -> str:
    """Return a text as a message may repeat it: not at all where it holds a personal number or an e-mail address.

    >>> shown("rektor"), shown("rektor anna@ekby.se")
    ('rektor', '(visas inte)')
    """
    return HIDDEN if has_personal_number(text) or has_address(text) else text


def scan(raws: Iterable[RawSheet], messages: Messages) -> None:
    """Refuse personal numbers and e-mail addresses cell by cell, and ask about what looks like a person's name.

    Every cell is read, those of unknown columns and sheets too. The mailbox of a function may stand in the sheet
    Ställningstaganden alone: no other column wants one.
    """
    for raw in raws:
        if raw.name.endswith((GUIDE, LISTS)):
            continue
        own = raw.name.endswith(STANDS.name)
        for number, cells in raw.rows:
            for index, cell in enumerate(cells):
                _scan_cell(raw.name, number, index, cell, messages, functions=own)


def _scan_cell(name: str, number: int, index: int, cell: str, messages: Messages, *, functions: bool) -> None:
    if len(cell) < 5:
        return
    if has_personal_number(cell):
        what = "Cellen kan innehålla ett personnummer. Ta bort det; personer ska inte finnas i arbetsboken."
        messages.add(Level.ERROR, name, what, row=number, index=index, found=HIDDEN)
    if (address := has_address(cell)) and not (functions and is_mailbox(address)):
        what = "Cellen innehåller en e-postadress. Ta bort den; skriv funktionen i stället."
        messages.add(Level.ERROR, name, what, row=number, index=index, found=HIDDEN)
    if person := looks_like_a_person(cell):
        what = (
            "Ser ut som en persons namn. Är det en person ska den bort; skriv funktionen. Annars är allt som det ska."
        )
        messages.add(Level.WARNING, name, what, row=number, index=index, found=person)
