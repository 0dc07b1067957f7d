"""The words of the map in both languages: headings, codes, plurals, and short phrases made of data."""

from __future__ import annotations

from collections.abc import Mapping

from kg.findings import Lang, Section
from kg.maps.values import ActorNode, Band, Edge, EdgeKind, ForumNode, Text
from kg.namespaces import last_part
from kg.network import Ages, Sector

__all__ = [
    "BANDS",
    "CODES",
    "PLURALS",
    "SECTORS",
    "actor_summary",
    "age_phrase",
    "count",
    "edge_phrase",
    "forum_summary",
    "meeting_phrase",
    "number",
    "section_name",
]

BANDS: Mapping[Band, Text] = {
    Band.POLITICAL: Text("Politisk nivå", "Political level"),
    Band.STRATEGIC: Text("Strategisk nivå", "Strategic level"),
    Band.OPERATIONAL: Text("Operativ nivå", "Operational level"),
    Band.INDIVIDUAL: Text("Individnivå", "Individual level"),
    Band.UNSTATED: Text("Nivå ej angiven", "Level not stated"),
    Band.PROGRAMME: Text("Program och projekt", "Programmes and projects"),
    Band.MISSING: Text("Kommunen som helhet", "The municipality as a whole"),
}

SECTORS: Mapping[Sector, Text] = {
    Sector.POLITICS: Text("Politik", "Politics"),
    Sector.ADMINISTRATION: Text("Förvaltning och bolag", "Administration and companies"),
    Sector.OPERATIONS: Text("Verksamheter", "Operations"),
    Sector.POLICE: Text("Polis", "Police"),
    Sector.REGION: Text("Region och vård", "Region and care"),
    Sector.STATE: Text("Stat och förbund", "State and joint bodies"),
    Sector.CIVIL: Text("Civilsamhälle och näringsliv", "Civil society and business"),
    Sector.OTHER_MUNICIPALITIES: Text("Andra kommuner", "Other municipalities"),
}

CODES: Mapping[Sector, Text] = {
    Sector.POLITICS: Text("NÄ", "CO"),
    Sector.ADMINISTRATION: Text("FÖ", "AD"),
    Sector.OPERATIONS: Text("VE", "OP"),
    Sector.POLICE: Text("PO", "PO"),
    Sector.REGION: Text("RE", "RE"),
    Sector.STATE: Text("ST", "ST"),
    Sector.CIVIL: Text("CI", "CI"),
    Sector.OTHER_MUNICIPALITIES: Text("KO", "MU"),
}

PLURALS: Mapping[str, tuple[Text, Text]] = {
    "forum": (Text("forum", "forum"), Text("forum", "forums")),
    "programme": (Text("program", "programme"), Text("program", "programmes")),
    "actor": (Text("aktör", "actor"), Text("aktörer", "actors")),
    "member": (Text("deltagare", "member"), Text("deltagare", "members")),
    "gap": (Text("lucka", "gap"), Text("luckor", "gaps")),
    "question": (Text("fråga", "question"), Text("frågor", "questions")),
    "year": (Text("år", "year"), Text("år", "years")),
    "section": (Text("avsnitt", "section"), Text("avsnitt", "sections")),
}

_LINKS: Mapping[EdgeKind, Text] = {
    EdgeKind.MEMBER: Text("deltar", "takes part"),
    EdgeKind.INFORMS: Text("informerar utan att sitta med", "informs without sitting in it"),
    EdgeKind.STEERS: Text("styr", "steers"),
}
_ATTENDANCE: Mapping[str, Text] = {
    "regelbunden": Text("deltar regelbundet", "takes part regularly"),
    "ibland": Text("deltar ibland", "takes part sometimes"),
    "vid-behov": Text("deltar vid behov", "takes part when needed"),
}
_PLAIN_ROLES = frozenset({"ledamot", "part"})


def count(number_of: int, noun: str) -> Text:
    """Return a number with its noun in the right form.

    >>> count(1, "gap").sv, count(2, "gap").sv, count(2, "forum").sv, count(2, "forum").en
    ('1 lucka', '2 luckor', '2 forum', '2 forums')
    """
    form = PLURALS[noun][0 if number_of == 1 else 1]
    return Text(f"{number_of} {form.sv}", f"{number_of} {form.en}")


def number(value: float, lang: Lang = "sv") -> str:
    """Return a number as the language writes it, without needless decimals.

    >>> number(6.0), number(4.5), number(4.5, "en")
    ('6', '4,5', '4.5')
    """
    text = f"{value:g}"
    return text.replace(".", ",") if lang == "sv" else text


def meeting_phrase(forum: ForumNode) -> Text:
    """Return how often a forum meets, in numbers where the report gives a rate.

    The wording of the report itself stands beside it on the page.
    """
    least, most = forum.meetings
    low, high = (most, most) if least is None else (least, least if most is None else most)
    if low is None or high is None:
        return Text("anges inte", "not stated")
    if low == high:
        english = "once a year" if low == 1 else f"{number(low, 'en')} times a year"
        return Text("1 gång per år" if low == 1 else f"{number(low)} gånger per år", english)
    return Text(f"{number(low)}–{number(high)} gånger per år", f"{number(low, 'en')}–{number(high, 'en')} times a year")


def age_phrase(ages: tuple[Ages, ...]) -> Text:
    """Return the ages of a forum's target groups, or that none are stated.

    >>> from kg.findings import Thing
    >>> age_phrase((Ages(Thing("a", "unga"), 13, 20, False, ()),)).sv
    '13–20 år'
    """
    parts = [_one_age(each) for each in sorted(ages, key=lambda each: (each.low or 0, each.high or 200, each.thing))]
    if not parts:
        return Text("anges inte", "not stated")
    return Text(", ".join(dict.fromkeys(p.sv for p in parts)), ", ".join(dict.fromkeys(p.en for p in parts)))


def _one_age(ages: Ages) -> Text:
    if ages.low is None and ages.high is None:
        return Text(ages.thing.sv, ages.thing.label("en"))
    if ages.low is None:
        return Text(f"till och med {ages.high} år", f"up to {ages.high} years")
    if ages.high is None:
        return Text(f"från {ages.low} år", f"{ages.low} years and over")
    if ages.low == ages.high:
        return Text(f"{ages.low} år", f"{ages.low} years")
    return Text(f"{ages.low}–{ages.high} år", f"{ages.low}–{ages.high} years")


def edge_phrase(edge: Edge) -> Text:
    """Return how an actor is linked to a forum: attendance, roles, through whom."""
    attendance = last_part(edge.attendance.iri) if edge.attendance else ""
    first = _ATTENDANCE.get(attendance, _LINKS[edge.kind])
    if edge.kind is EdgeKind.STEERS and edge.words.sv:
        first = edge.words
    sv, en = [first.sv], [first.en or first.sv]
    if edge.kind is EdgeKind.INFORMS and edge.words.sv:
        sv.append(edge.words.sv)
        en.append(edge.words.of("en"))
    roles = [role for role in edge.roles if last_part(role.iri) not in _PLAIN_ROLES]
    sv += [role.sv for role in roles]
    en += [role.label("en") for role in roles]
    if edge.functions:
        sv.append("genom " + ", ".join(each.sv for each in edge.functions))
        en.append("through " + ", ".join(each.label("en") for each in edge.functions))
    if edge.status:
        sv.append(edge.status.sv)
        en.append(edge.status.label("en"))
    return Text(", ".join(sv), ", ".join(en))


def section_name(section: Section) -> str:
    """Return the number of a section, or its title where the report gives it no number."""
    return section.number if section.number[:1].isdigit() else section.title


def forum_summary(forum: ForumNode, members: int, gaps: int, questions: int) -> Text:
    """Return what is read aloud when a forum is chosen."""
    parts = [count(members, "member"), count(gaps, "gap"), count(questions, "question")]
    band = BANDS[forum.band]
    kinds = ["Program", "Programme"] if forum.programme else ["Forum", "Forum"]
    if forum.band is not Band.PROGRAMME:
        kinds = [f"{kinds[0]}, {_lower(band.sv)}", f"{kinds[1]}, {_lower(band.en)}"]
    sv = f"{forum.thing.sv}. {kinds[0]}. {', '.join(each.sv for each in parts)}."
    return Text(sv, f"{forum.thing.label('en')}. {kinds[1]}. {', '.join(each.en for each in parts)}.")


def actor_summary(actor: ActorNode, forums: int) -> Text:
    """Return what is read aloud when an actor is chosen."""
    where, sector = count(forums, "forum"), SECTORS[actor.sector]
    sv = f"{actor.thing.sv}. Aktör, {_lower(sector.sv)}. Länkad till {where.sv}."
    return Text(sv, f"{actor.thing.label('en')}. Actor, {_lower(sector.en)}. Linked to {where.en}.")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
