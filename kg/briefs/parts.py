"""Parts that several briefs share: what was read, ages by level, the duties of law, the sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg import __version__
from kg.briefs.content import Block, Heading, Paragraph, Table
from kg.briefs.reading import Reading, sections_text
from kg.coverage.reach import HORIZON, LEVELS, spans
from kg.findings import Finding, Kind, Lang, Outcome, Section, Thing
from kg.namespaces import last_part
from kg.phrases import capital, join, plural
from kg.sentences import norm_place as _norm_place
from kg.whatif import Result

__all__ = [
    "GROUPS",
    "LEGAL",
    "ages_table",
    "cited",
    "code_of",
    "is_legal",
    "legal_floor",
    "norm_place",
    "shown_as",
    "sources",
    "what_was_read",
]

LEGAL = frozenset({"lag", "verka-for"})
GROUPS = ((0, 5), (6, 9), (10, 12), (13, 15), (16, 18), (19, 20), (21, HORIZON))
"""The ages that the columns of the matrix gather, both included: preschool, the school stages, and young adults."""
_MOST = 6
_CLOSE = re.compile(r"(?<=\w) (?=kap\.|§)|(?<=kap\.) (?=\d)")
"""The spaces between a number and what it numbers, which stay on one line."""


def code_of(thing: Thing | None) -> str:
    """Return the code of a norm, ground or other term, "" for none."""
    return last_part(thing.iri) if thing else ""


def what_was_read(reading: Reading, lang: Lang) -> list[Block]:
    """Return what was read, when it was written, what it examined, and how it is to be read."""
    source, sv = reading.source, lang == "sv"
    name, scope = source.thing.label(lang), _scope(reading, lang)
    title = reading.title(lang)
    cover = title if title == name else f"{title} ({name})" if "(" not in name else f"{title}, {name}"
    if sv:
        said = [f"Underlaget är rapporten {cover}, {reading.dated(lang)}.", scope]
        said.append(f"Rapporten beskriver {reading.described(lang)}." if reading.described(lang) else "")
        note = (
            "Allt gäller som det var när rapporten skrevs. Att rapporten inte nämner något betyder inte att det inte"
            " finns: sådant står här som frågor."
        )
    else:
        said = [f"The ground is the report {cover}, {reading.dated(lang)}.", scope]
        said.append(f"The report describes {reading.described(lang)}." if reading.described(lang) else "")
        note = (
            "All of it is as it was when the report was written. That the report does not mention a thing does not"
            " mean that it is not there: such things stand here as questions."
        )
    return [Paragraph(" ".join(filter(None, [*said, note])))]


def _scope(reading: Reading, lang: Lang) -> str:
    scope, sv = reading.source.scope, lang == "sv"
    if scope is None:
        return ""
    records = reading.case.records
    bodies = sorted(records.thing(each).label(lang) for each in scope.bodies)
    low, high = scope.min_age, scope.max_age
    ages = ""
    if low is not None and high is not None:
        ages = f"åldrarna {low}–{high} år" if sv else f"ages {low}–{high}"
    elif high is not None:
        ages = f"åldrarna till och med {high} år" if sv else f"ages up to {high}"
    elif low is not None:
        ages = f"åldrarna från {low} år" if sv else f"ages from {low}"
    if not bodies and not ages:
        return ""
    if sv:
        about = f"Granskningen gäller {join(bodies, lang)}" if bodies else f"Granskningen gäller {ages}"
        return f"{about} samt {ages}." if bodies and ages else f"{about}."
    about = f"The audit is on {join(bodies, lang)}" if bodies else f"The audit is on {ages}"
    return f"{about}, and {ages}." if bodies and ages else f"{about}."


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def ages_table(reading: Reading, lang: Lang) -> list[Block]:
    """Return how many forums and interventions reach which ages on which prevention level, and what that leaves.

    A cell counts what states an age within the group; the text names the years that nothing with a stated age reaches.
    """
    coverage, sv = reading.coverage, lang == "sv"
    heading = Heading("Åldrar och preventionsnivåer" if sv else "Ages and prevention levels")
    if not coverage.reaches:
        return []
    if not coverage.states_ages:
        none = "Rapporten anger ingen ålder för något forum eller någon insats." if sv else "The report states no age."
        return [heading, Paragraph(none)]
    levels = [*((each, reading.case.records.thing(each).label(lang)) for each in LEVELS), ("", "")]
    unstated = "nivå ej angiven" if sv else "level not stated"
    rows = []
    for level, name in levels:
        cells = [
            len({each.thing.iri for age in range(low, high + 1) for each in coverage.at(age, level)})
            for low, high in GROUPS
        ]
        rows.append((capital(name or unstated), *(str(each) if each else "–" for each in cells)))
    silent = len(coverage.unknown)
    caption = (
        "Antal forum, program och insatser med angiven ålder som når åldrarna; – betyder inget."
        if sv
        else "Number of forums, programmes and interventions with a stated age that reach the ages; – means none."
    )
    years = "år" if sv else "ages"
    columns = tuple(f"{_span(*each)}\u00a0år" if sv else _span(*each) for each in GROUPS)
    table = Table(caption, ("Nivå" if sv else "Level", *columns), tuple(rows), (24, *([10] * len(GROUPS))))
    holes = join([f"{_span(*each)}" for each in spans(coverage.uncovered)], lang)
    said = []
    if holes and sv:
        said.append(f"Inget med angiven ålder når {holes} {years}.")
    elif holes:
        said.append(f"Nothing with a stated age reaches {years} {holes}.")
    if silent and sv:
        which = plural(silent, "forum, program eller insats", "forum, program och insatser")
        said.append(f"{which} nära unga anger ingen ålder och kan gälla vilken ålder som helst.")
    elif silent:
        word = plural(silent, "forum, programme or intervention", "forums, programmes and interventions")
        said.append(f"{word} close to the young {'states' if silent == 1 else 'state'} no age and may be for any.")
    return [heading, table, *([Paragraph(" ".join(said))] if said else [])]


def is_legal(finding: Finding) -> bool:
    """Whether a finding is on a duty of law, or a duty to strive."""
    return code_of(finding.basis) in LEGAL


def norm_place(finding: Finding, lang: Lang) -> str:
    """Return where the norm of a finding is found: the act or guide, and the place in it."""
    return _CLOSE.sub("\u00a0", _norm_place(finding, lang))


def cited(finding: Finding, lang: Lang) -> str:
    """Return what a norm says with its place in one parenthesis, without the full stop; "" where it says nothing."""
    statement = finding.norm_statement.label(lang).removesuffix(".") if finding.norm_statement else ""
    place = norm_place(finding, lang)
    return f"{statement} ({place})" if statement and place else statement


def shown_as(finding: Finding, lang: Lang) -> str:
    """Say in a few words what the report shows of a norm; never that it is met."""
    sv = lang == "sv"
    sections = sections_text(finding.sections, lang)
    where = f" ({sections})" if sections else ""
    if finding.reason == "judged-otherwise":
        if sv:
            return f"Syns i rapporten, men granskarna bedömer det inte som uppfyllt{where}"
        return f"Visible, but the auditors do not judge it as met{where}"
    match finding.kind, finding.outcome:
        case Kind.MET, _:
            return f"Syns i rapporten{where}" if sv else f"Visible in the report{where}"
        case Kind.GAP, Outcome.DENIED:
            return f"Saknas enligt rapporten{where}" if sv else f"Lacking according to the report{where}"
        case Kind.GAP, _:
            return f"Finns inte i den fullständiga listan{where}" if sv else f"Not in the whole list{where}"
        case _, Outcome.NOT_NAMED:
            return "Syns inte i rapporten (fråga)" if sv else "Not visible in the report (ask)"
        case _:
            return f"Kan inte bedömas av rapporten{where}" if sv else f"Cannot be told from the report{where}"


_ORDER = {Kind.GAP: 0, Kind.QUESTION: 1, Kind.MET: 2}


def legal_floor(reading: Reading, lang: Lang, *, most: int = _MOST) -> list[Block]:
    """Return which duties were in force on the day of the report, and what it shows of each.

    Duties in single cases and those outside the scope of the audit are counted, not judged.
    """
    sv, legal = lang == "sv", [each for each in reading.findings if is_legal(each)]
    judged = [each for each in legal if each.kind in _ORDER and each.reason != "date-too-coarse"]
    judged.sort(key=lambda each: (_ORDER[each.kind], each.reason != "judged-otherwise", code_of(each.norm)))
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for each in judged:
        grouped.setdefault((code_of(each.norm), shown_as(each, lang)), []).append(each)
    rows = [_legal_row(same, shown, lang) for (_, shown), same in grouped.items()]
    heading = Heading("Lagens golv: krav som gällde när rapporten skrevs" if sv else "The legal floor on that day")
    blocks: list[Block] = [heading]
    if rows:
        columns = ("Krav", "Lagrum", "I rapporten") if sv else ("Duty", "Provision", "In the report")
        caption = "Krav i lag, och vad rapporten visar av dem" if sv else "Duties of law, and what the report shows"
        blocks.append(Table(caption, columns, tuple(rows[:most]), (46, 24, 30)))
    else:
        none = "Inget lagkrav kan prövas mot rapporten." if sv else "No duty can be tested on the report."
        blocks.append(Paragraph(none))
    rest = _rest(legal, len(rows) - most, lang)
    return [*blocks, Paragraph(rest, small=True)] if rest else blocks


def _legal_row(same: Sequence[Finding], shown: str, lang: Lang) -> tuple[str, str, str]:
    one = same[0]
    statement = one.norm_statement.label(lang) if one.norm_statement else ""
    where = [each.forum or each.body for each in same]
    names = list(dict.fromkeys(each.label(lang) for each in where if each and each.iri != one.municipality.iri))
    about = f"{capital(join(names, lang))}: " if names else ""
    return statement, norm_place(one, lang), f"{about}{shown[:1].lower() + shown[1:] if about else shown}"


def _rest(legal: Sequence[Finding], more: int, lang: Lang) -> str:
    sv, said = lang == "sv", list[str]()
    if more > 0:
        said.append(f"Ytterligare {more} krav prövades." if sv else f"{more} more were tested.")
    held = {each.norm_source for each in legal if each.in_force}
    later: dict[str, set[str]] = {}
    for each in legal:
        if each.kind is Kind.NOT_APPLICABLE and each.reason == "not-yet" and each.norm_source:
            places = later.setdefault(each.norm_source.label(lang), set())
            places.update([each.locator] if each.norm_source in held else [])
    if later:
        acts = "; ".join(", ".join([act, *sorted(places, key=_natural)]) for act, places in sorted(later.items()))
        said.append(f"Gällde inte än: {acts}." if sv else f"Not yet in force: {acts}.")
    outside = len({code_of(each.norm) for each in legal if each.kind is Kind.OUT_OF_SCOPE})
    if outside and sv:
        said.append(f"{plural(outside, 'krav', 'krav')} ligger utanför det som granskades och prövas inte.")
    elif outside:
        are = "lies" if outside == 1 else "lie"
        said.append(f"{plural(outside, 'duty', 'duties')} {are} outside what was examined.")
    return " ".join(said)


def sources(reading: Reading, used: Iterable[Result], lang: Lang) -> list[Block]:
    """Return the sources: the report with the sections that the brief cites, and the acts and guides with places."""
    results, sv = list(used), lang == "sv"
    sections: dict[Section, None] = {}
    norms: dict[str, set[str]] = {}
    for each in results:
        for section in each.sections:
            if section.source == each.report:
                sections[section] = None
        if isinstance(each, Finding) and each.norm_source:
            norms.setdefault(each.norm_source.label(lang), set()).add(each.locator)
    ordered = sorted(sections, key=_by_number)
    cited = f", {sections_text(ordered, lang)}" if ordered else ""
    lines = [f"{reading.title(lang)}, {reading.source.observed_on.isoformat()}{cited}."]
    for source, places in sorted(norms.items()):
        named = "; ".join(sorted((each for each in places if each and each != source), key=_natural))
        line = f"{source}{f', {named}' if named else ''}"
        lines.append(line if line.endswith(("?", "!")) else f"{line}.")
    made = (
        f"Sammanställningen är gjord med Förebygg {__version__} ur det som rapporten säger; avsnitten visar var."
        if sv
        else f"Made with Förebygg {__version__} from what the report says; the sections show where."
    )
    return [
        Heading("Källor" if sv else "Sources"),
        Paragraph(" ".join([*lines, made]), small=True),
    ]


def _natural(text: str) -> tuple[list[int], str]:
    return [int(each) for each in re.findall(r"\d+", text)], text


def _by_number(section: Section) -> tuple[int, list[int], str]:
    numbers = [int(each) for each in section.number.split(".") if each.isdigit()]
    return (0 if section.number[:1].isdigit() else 1), numbers, section.title
