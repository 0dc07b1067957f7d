"""Words that sentences are built of: definite forms, reasons, small words; Swedish first, English second."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from kg.findings import Decision, Lang, Section, Thing
from kg.namespaces import last_part

__all__ = [
    "REASONS",
    "STATES",
    "alphabetic",
    "capital",
    "decided",
    "definite",
    "join",
    "of_own",
    "plural",
    "quote",
    "section_name",
    "section_title",
]

Pair = tuple[str, str]
_LAST = str.maketrans("åäö", "{|}")

_DEFINITE: dict[str, Pair] = {
    "aklagare": ("åklagaren", "the prosecutor"),
    "akademi": ("akademin", "academia"),
    "arbetsmarknad": ("arbetsförmedling eller arbetsmarknadsenhet", "employment services"),
    "barnhalsovard": ("barnhälsovården", "child health care"),
    "bevakningsforetag": ("bevakningsföretag", "a guard company"),
    "bostadsbolag": ("bostadsbolag", "a housing company"),
    "civilsamhalle": ("civilsamhället", "civil society"),
    "elevhalsa": ("elevhälsan", "student health"),
    "fritid": ("kultur och fritid", "culture and leisure"),
    "gymnasiehuvudman": ("gymnasiehuvudmannen", "the upper secondary school owner"),
    "halso-sjukvard": ("hälso- och sjukvården", "health care"),
    "halsocentral": ("hälsocentralen", "the health centre"),
    "invanare": ("invånarna", "the residents"),
    "kommun": ("kommunen", "the municipality"),
    "kommunalt-bolag": ("kommunala bolag", "municipal companies"),
    "kommunledning": ("kommunens ledning", "the municipal leadership"),
    "kriminalvard": ("kriminalvården", "prison and probation"),
    "lansstyrelse": ("länsstyrelsen", "the county administrative board"),
    "lokala-rapportorer": ("lokala rapportörer", "local reporters"),
    "modrahalsovard": ("mödrahälsovården", "maternal health care"),
    "naringsliv": ("näringslivet", "business"),
    "oppen-forskola": ("öppna förskolan", "the open preschool"),
    "ovrig-statlig-myndighet": ("andra statliga myndigheter", "other state agencies"),
    "polis": ("polisen", "the police"),
    "politik": ("politiken", "elected politics"),
    "raddningstjanst": ("räddningstjänsten", "the rescue services"),
    "rattsmedicin": ("rättsmedicinen", "forensic medicine"),
    "region": ("regionen", "the region"),
    "samhallsbyggnad": ("samhällsbyggnad", "urban planning and public works"),
    "samordnare": ("en samordnare", "a coordinator"),
    "samordningsforbund": ("samordningsförbundet", "the coordination association"),
    "skola": ("skolan", "the school"),
    "socialforsakring": ("Försäkringskassan", "social insurance"),
    "socialtjanst": ("socialtjänsten", "social services"),
    "statens-institutionsstyrelse": ("Statens institutionsstyrelse", "the National Board of Institutional Care"),
    "trygghet-sakerhet": ("trygghet och säkerhet", "safety and security"),
    "vardnadshavare-ungdom": ("vårdnadshavare och den unge", "guardian and young person"),
}

STATES: dict[str, Pair] = {
    "regelbunden": ("regelbundet", "regularly"),
    "ibland": ("ibland", "sometimes"),
    "vid-behov": ("vid behov", "at need"),
    "adjungerad": ("som adjungerad", "as adjunct"),
}

REASONS: dict[str, Pair] = {
    "not-yet": ("Normen gällde inte än då.", "The norm was not yet in force then."),
    "no-longer": ("Normen gällde inte längre då.", "The norm was no longer in force then."),
    "start-unknown": (
        "Startdatum okänt: det går inte att säga om normen gällde då.",
        "Start unknown: whether the norm held then cannot be told.",
    ),
    "date-too-coarse": (
        "Rapportens eller normens dag är inte exakt känd: det går inte att säga om normen gällde då.",
        "The exact day of the report or the norm is not known: whether the norm held then cannot be told.",
    ),
    "older-source": (
        "Rapporten är äldre än den dag frågan gäller: detta gäller om inget har ändrats sedan dess.",
        "The report is older than the day asked for: this holds if nothing has changed since.",
    ),
    "own-source": (
        "Normen bygger på kommunens egen rapport och prövas inte mot den.",
        "The norm rests on the municipality's own report and is not tested on it.",
    ),
    "other-municipality": (
        "Forumet hör till en annan kommun än den som rapporten gäller.",
        "The forum belongs to another municipality than the one the report is on.",
    ),
    "part-decides": ("Normen för den beskrivna delen av forumet räcker.", "The norm for the part described is enough."),
    "judged-otherwise": (
        "Rapporten visar det, men granskarna bedömer det inte som uppfyllt.",
        "The report shows it, but the auditors do not judge it as met.",
    ),
    "forum-not-running": (
        "Rapporten beskriver inte forumet som igång.",
        "The report does not describe the forum as running.",
    ),
    "other-level": ("Normen gäller en annan nivå.", "The norm concerns another level."),
    "other-ages": ("Normen gäller andra åldrar.", "The norm concerns other ages."),
    "other-county": ("Normen gäller ett annat län.", "The norm concerns another county."),
    "no-such-part": (
        "Rapporten beskriver ingen sådan del av forumet; normen för hela forumet räcker.",
        "The report describes no such part of the forum; the norm for the whole forum is enough.",
    ),
    "single-case": (
        "Normen gäller i enskilda fall och aldrig den stående sammansättningen.",
        "The norm concerns single cases and never the standing composition.",
    ),
    "group-met": ("En av dem som räcker finns med.", "One of those that are enough is there."),
    "condition": (
        "Normen har ett villkor som inte kan prövas",
        "The norm has a condition that cannot be tested",
    ),
    "broader-kind": (
        "Bara ett bredare slag av aktör är känt",
        "Only a broader kind of actor is known",
    ),
    "list-not-transcribed": (
        "Deltagarlistan är inte helt överförd till grafen och kan inte prövas.",
        "The member list is not wholly in the graph and cannot be tested.",
    ),
    "rhythm-varies": ("Den angivna rytmen varierar runt gränsen", "The stated rhythm varies around the limit"),
    "broader-document": (
        "Rapporten nämner ett dokument av bredare slag",
        "The report names a document of a broader kind",
    ),
    "document-ended": (
        "Dokumentet hade löpt ut på rapportens dag",
        "The document had expired on the day of the report",
    ),
    "party-only": (
        "Rapporten visar vilka som är parter, inte vem som har beslutat eller skrivit under",
        "The report shows the parties, not who decided or signed",
    ),
    "thing-lacking": (
        "Det som normen gäller saknas, enligt rapporten; det prövas för sig.",
        "What the norm concerns is lacking, according to the report; that is judged by itself.",
    ),
    "not-examined": (
        "Frågan ligger utanför granskningens omfattning.",
        "The matter lies outside the scope of the audit.",
    ),
    "not-described": (
        "Frågan är en annan än den som rapporten handlar om.",
        "The matter is another than the one the report is on.",
    ),
}


def definite(kind: Thing, lang: Lang) -> str:
    """Return a kind of actor as a sentence needs it.

    >>> definite(Thing("https://w3id.org/forebygg/def/aktorstyp/polis", "polis", "police"), "sv")
    'polisen'
    """
    pair = _DEFINITE.get(last_part(kind.iri))
    return pair[lang == "en"] if pair else kind.label(lang)


def capital(text: str) -> str:
    """Return the text with its first letter in upper case, the rest as it is.

    >>> capital("öppna förskolan i SSPF")
    'Öppna förskolan i SSPF'
    """
    return text[:1].upper() + text[1:]


def decided(decision: Decision | None, lang: Lang) -> str:
    """Return the user's own word on a finding as a sentence, "" where there is none; it is never the report's word.

    >>> from kg.findings import Thing
    >>> decided(Decision(Thing("x", "fråga ställd"), "", "säkerhetschefen", "2026-03-01"), "sv")
    'Er notering 2026-03-01: fråga ställd (ansvarig: säkerhetschefen).'
    """
    if decision is None:
        return ""
    sv = lang == "sv"
    answers = ("ansvarig: " if sv else "responsible: ") + decision.responsible if decision.responsible else ""
    more = "; ".join(filter(None, [decision.reason, answers]))
    day = f" {decision.decided_on}" if decision.decided_on else ""
    label = "Er notering" if sv else "Your note"
    return f"{label}{day}: {decision.outcome.label(lang)}{f' ({more})' if more else ''}."


def quote(text: str, lang: Lang) -> str:
    """Return the text in the quotation marks of the language."""
    return f"”{text}”" if lang == "sv" else f"“{text}”"


def join(words: Sequence[str], lang: Lang) -> str:
    """Return the words as a list in running text.

    >>> join(["skola", "polis", "fritid"], "sv"), join(["school", "police"], "en")
    ('skola, polis och fritid', 'school and police')
    """
    last = " och " if lang == "sv" else " and "
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def plural(count: int, one: str, many: str) -> str:
    """Return a count with its word.

    >>> plural(1, "lucka", "luckor"), plural(2, "lucka", "luckor"), plural(0, "lucka", "luckor")
    ('1 lucka', '2 luckor', '0 luckor')
    """
    return f"{count} {one if count == 1 else many}"


_QUOTED = re.compile(r"(”[^”]*”|“[^”]*”)")
_REPORT: dict[Lang, tuple[tuple[re.Pattern[str], str], ...]] = {
    "sv": (
        (re.compile(r"\bRapporten(s?)\b"), r"Källan\1"),
        (re.compile(r"\brapporten(s?)\b"), r"källan\1"),
        (re.compile(r"\b([Ee])n rapport\b"), r"\1n källa"),
    ),
    "en": ((re.compile(r"\b([Tt])he report\b"), r"\1he source"), (re.compile(r"\b([Aa]) report\b"), r"\1 source")),
}


def of_own(text: str, lang: Lang) -> str:
    """Return what is said of a report as it is said of a description of one's own; quotations stay as they are.

    >>> of_own("Rapporten nämner ”rapporten” på rapportens dag.", "sv")
    'Källan nämner ”rapporten” på källans dag.'
    """
    said = _QUOTED.split(text)
    for at in range(0, len(said), 2):
        for pattern, word in _REPORT[lang]:
            said[at] = pattern.sub(word, said[at])
    return "".join(said)


def alphabetic(name: str) -> str:
    """Return what names are sorted by in Swedish: å, ä and ö come last, in that order, and case is nothing.

    >>> sorted(["Örkelljunga", "Ängelholm", "Åstorp", "bjuv"], key=alphabetic)
    ['bjuv', 'Åstorp', 'Ängelholm', 'Örkelljunga']
    """
    return unicodedata.normalize("NFC", name).casefold().translate(_LAST)


def section_name(section: Section, lang: Lang) -> str:
    """Return the number of a section, or its title in quotation marks where the report gives it no number.

    >>> report = Thing("r", "R")
    >>> section_name(Section("s", "3.1", "Styrning", report), "sv")
    '3.1'
    >>> section_name(Section("s", "uppfoljning", "Uppföljning", report), "sv")
    '”Uppföljning”'
    """
    return section.number if section.number[:1].isdigit() else quote(section.title, lang)


def section_title(section: Section, lang: Lang) -> str:
    """Return the number and title of a section, or its title in quotation marks where the report gives it no number.

    >>> section_title(Section("s", "3.1", "Styrning", Thing("r", "R")), "sv")
    '3.1 Styrning'
    """
    name = section_name(section, lang)
    return f"{name} {section.title}" if name == section.number else name
