"""A finding as sentences: what the source says, what is expected on what ground, and what to do about it.

The wording follows the basis of the norm: a duty to strive is never called a breach, practice is a comparison, and
silence is never absence.
"""

from __future__ import annotations

import re

from kg.findings import GAPS, Finding, Kind, Lang, Outcome
from kg.namespaces import last_part
from kg.phrases import REASONS, STATES, capital, decided, definite, join, of_own, quote, section_name

__all__ = [
    "advice",
    "changed_by",
    "clauses",
    "earlier_report",
    "expectation",
    "norm_place",
    "observation",
    "reference",
    "sentence",
    "wanted_of_body",
    "words",
]


_ACT = re.compile(r"^(\w*lag|Förordning)(?= \(\d{4}:\d+\))", re.IGNORECASE)
_ON_ACTORS = frozenset({"participation", "peers", "at-home"})
_ON_NORM = frozenset({Outcome.NOT_ASSESSABLE, Outcome.NOT_APPLICABLE, Outcome.OUT_OF_SCOPE})
_MUNICIPAL = {
    *("kommun", "politik", "kommunledning", "trygghet-sakerhet", "socialtjanst", "skola", "elevhalsa", "fritid"),
    *("samhallsbyggnad", "samordnare"),
}


def _code(iri: str | None) -> str:
    return last_part(iri) if iri else ""


def _basis(finding: Finding) -> str:
    return _code(finding.basis.iri if finding.basis else None)


def _who(finding: Finding, lang: Lang) -> str:
    return definite(finding.actor_type, lang) if finding.actor_type else ""


def _where(finding: Finding, lang: Lang) -> str:
    return (finding.forum or finding.body or finding.municipality).label(lang)


def _stated(finding: Finding, lang: Lang) -> str:
    words = next((each.as_stated for each in finding.evidence if each.as_stated), "")
    return f" ({quote(words, lang)})" if words else ""


def _is_of_thing(finding: Finding) -> bool:
    """Whether the norm asks for a thing or a deed; a rhythm asked of a body is one, of a forum it is meetings."""
    return finding.norm_kind in {"existence", "duty"} or (finding.norm_kind == "frequency" and finding.forum is None)


def observation(finding: Finding, lang: Lang = "sv") -> str:
    """Say what the source says of the expectation, in one sentence; "" where nothing can be said of it."""
    said = _observed(finding, lang)
    return of_own(said, lang) if finding.own else said


def _observed(finding: Finding, lang: Lang) -> str:
    if finding.own and _is_of_thing(finding) and finding.outcome is Outcome.NOT_NAMED:
        return _own_silence(finding, lang)
    if _is_of_thing(finding) and finding.outcome not in {Outcome.NOT_APPLICABLE, Outcome.OUT_OF_SCOPE}:
        return _observed_thing(finding, lang)
    if finding.norm_kind == "frequency" and finding.forum:
        return _observed_rhythm(finding, lang)
    return _observed_actor(finding, lang)


def _observed_actor(finding: Finding, lang: Lang) -> str:
    sv, who, where = lang == "sv", _who(finding, lang), _where(finding, lang)
    match finding.outcome:
        case Outcome.PRESENT:
            how = STATES.get(finding.attendance)
            through = join([each.label(lang) for each in finding.names], lang)
            how_text = f" {how[lang == 'en']}" if how else ""
            if sv:
                return f"{capital(who)} deltar{how_text} i {where} genom {through}."
            return f"{capital(who)} takes part{how_text} in {where} through {through}."
        case Outcome.INFORMS:
            if sv:
                return f"{capital(who)} lämnar information till {where} utan att sitta med."
            return f"{capital(who)} informs {where} without sitting in it."
        case Outcome.DENIED:
            if sv:
                return f"{capital(who)} deltar inte i {where}, enligt rapporten{_stated(finding, lang)}."
            return f"{capital(who)} does not take part in {where}, according to the report{_stated(finding, lang)}."
        case Outcome.MISSING:
            if sv:
                return f"{capital(who)} finns inte bland deltagarna i {where}, som rapporten räknar upp i sin helhet."
            return f"{capital(who)} is not among the members of {where}, all of whom the report lists."
        case Outcome.NOT_NAMED:
            return _silent(finding, lang)
        case _:
            return _why(finding, lang)


def _silent(finding: Finding, lang: Lang) -> str:
    who, where = _who(finding, lang), _where(finding, lang)
    if finding.reason == "no-list":
        if lang == "sv":
            return f"Rapporten anger inga deltagare i {where}; om {who} deltar går inte att säga."
        return f"The report names no members of {where}; whether {who} takes part cannot be told."
    if lang == "sv":
        return f"Rapporten nämner inte {who} bland deltagarna i {where}, men räknar inte upp alla."
    return f"The report does not name {who} among the members of {where}, but does not list them all."


def _observed_thing(finding: Finding, lang: Lang) -> str:
    sv, basis = lang == "sv", _basis(finding)
    match finding.outcome:
        case Outcome.PRESENT:
            shown = join([each.label(lang) for each in finding.names], lang)
            if sv:
                return f"Rapporten visar att det finns{f': {shown}' if shown else _stated(finding, lang)}."
            return f"The report shows it{f': {shown}' if shown else _stated(finding, lang)}."
        case Outcome.DENIED:
            breach = (" Kravet är inte uppfyllt." if sv else " The requirement is not met.") if basis == "lag" else ""
            lacking = "Enligt rapporten saknas det" if sv else "According to the report it is lacking"
            return f"{lacking}{_stated(finding, lang)}.{breach}"
        case Outcome.NOT_NAMED if finding.norm_kind == "duty" and basis != "verka-for":
            if finding.body and finding.body != finding.municipality:
                who = finding.body.label(lang)
                return (
                    f"Rapporten visar inte att {who} gör det."
                    if sv
                    else f"The report does not show that {who} does it."
                )
            return "Rapporten visar inte att det görs." if sv else "The report does not show that it is done."
        case Outcome.NOT_NAMED if basis == "verka-for":
            return "Rapporten visar inte hur det görs." if sv else "The report does not show how."
        case Outcome.NOT_NAMED:
            return "Rapporten visar inte att det finns." if sv else "The report does not show it."
        case _:
            return _why(finding, lang)


def _own_silence(finding: Finding, lang: Lang) -> str:
    """Say that a description of one's own does not mention a thing or a deed; it is for its author to answer."""
    thing = wanted_of_body(finding, lang)
    if lang == "sv":
        return f"Er beskrivning nämner inte {quote(thing, lang) if thing else 'det'}."
    return f"Your description does not mention {quote(thing, lang) if thing else 'it'}."


def wanted_of_body(finding: Finding, lang: Lang) -> str:
    """Return what is wanted of a body, or who; of a document that is there anyway, that somebody signs it."""
    thing = finding.expected or finding.actor_type
    if finding.norm_kind == "duty" and finding.expected and "/dokumenttyp/" in finding.expected.iri:
        signing = "undertecknande av " if lang == "sv" else "signing of "
        return signing + finding.expected.label(lang)
    return thing.label(lang) if thing else ""


def _observed_rhythm(finding: Finding, lang: Lang) -> str:
    sv, where = lang == "sv", _where(finding, lang)
    words = finding.reason_text.label(lang) if finding.reason_text else ""
    rhythm = f" ({quote(words, lang)})" if words else ""
    match finding.outcome:
        case Outcome.PRESENT:
            return f"{where} har minst så täta möten." if sv else f"{where} meets at least that often."
        case Outcome.DENIED:
            return f"{where} har glesare möten{rhythm}." if sv else f"{where} meets less often{rhythm}."
        case Outcome.NOT_NAMED:
            return f"Rapporten anger ingen mötesrytm för {where}." if sv else f"The report gives no rhythm for {where}."
        case _:
            return _why(finding, lang)


def _why(finding: Finding, lang: Lang) -> str:
    pair = REASONS.get(finding.reason)
    if pair is None:
        return "Det går inte att bedöma." if lang == "sv" else "It cannot be assessed."
    sv, where, text = lang == "sv", _where(finding, lang), pair[lang == "en"]
    if finding.reason == "start-unknown" and finding.forum:
        if sv:
            return f"Startdatum okänt: det går inte att säga om normen gällde för {where} då."
        return f"Start unknown: whether the norm held for {where} then cannot be told."
    if text.endswith("."):
        return text
    detail = (
        finding.reason_text.label(lang)
        if finding.reason_text
        else join([each.label(lang) for each in finding.names], lang)
    )
    if finding.reason == "broader-kind" and finding.forum:
        who = _who(finding, lang)
        if sv:
            return f"I {where} nämner rapporten bara ett bredare slag av aktör: {detail}. Om {who} ingår sägs inte."
        return (
            f"In {where} the report names only a broader kind of actor: {detail}. Whether {who} is in it is not said."
        )
    if finding.reason == "condition":
        text = f"{text} för {where}" if sv else f"{text} for {where}"
    return f"{text}: {detail}." if detail else f"{text}."


def expectation(finding: Finding, lang: Lang = "sv") -> str:
    """Say what is expected and on what ground, in the wording of the basis; "" where there is no expectation."""
    if finding.norm_kind == "peers":
        return _peers(finding, lang)
    if finding.norm_kind == "at-home":
        return _at_home(finding, lang)
    statement = finding.norm_statement.label(lang) if finding.norm_statement else ""
    return " ".join(filter(None, [_lead(finding, lang), statement, _ground(finding, lang)]))


def _lead(finding: Finding, lang: Lang) -> str:
    if _basis(finding) != "definition" or not finding.is_gap or finding.norm_kind != "participation":
        return ""
    where = _where(finding, lang)
    return f"{where} avviker från modellen." if lang == "sv" else f"{where} differs from the model."


def norm_place(finding: Finding, lang: Lang = "sv") -> str:
    """Return where the norm of a finding is found: the act or guide, and the place in it, each said once."""
    title = finding.norm_source.label(lang) if finding.norm_source else ""
    return ", ".join(filter(None, [title, "" if title.endswith(finding.locator) else finding.locator]))


def _within(place: str) -> str:
    """Return the place of an act as Swedish writes it inside a sentence: "kommunallagen (2017:725), 6 kap. 6 §"."""
    return _ACT.sub(lambda found: f"{found[0].lower()}en", place)


def _ground(finding: Finding, lang: Lang) -> str:
    sv, where = lang == "sv", norm_place(finding, lang)
    cited = f" ({where})" if where else ""
    match _basis(finding):
        case "lag" | "verka-for":
            since = finding.valid_from
            if sv:
                return f"Det följer av {_within(where)}{f' och gäller sedan {since}' if since else ''}."
            return f"This follows from {where}{f', in force since {since}' if since else ''}."
        case "vagledning" if finding.valid_through:
            if sv:
                return f"Det rekommenderades i {where}, till och med {finding.valid_through}; det krävdes inte."
            return f"It was recommended in {where}, until {finding.valid_through}; it was not required."
        case "vagledning":
            return f"Det är vägledning{cited}, inget krav." if sv else f"This is guidance{cited}, not a requirement."
        case "definition":
            return f"Så är modellen beskriven{cited}." if sv else f"That is how the model is described{cited}."
        case "avtal":
            return f"Det har parterna kommit överens om{cited}." if sv else f"The parties have agreed on it{cited}."
        case "uppdrag":
            if sv:
                return f"Det är ett uppdrag till statliga myndigheter{cited} och binder inte kommunen."
            return f"This is a commission to state agencies{cited} and does not bind the municipality."
        case "praxis":
            return _practice(finding, lang)
        case _:
            return ""


def _practice(finding: Finding, lang: Lang) -> str:
    count = finding.comparable
    if finding.reason == "own-source":
        return ""
    if lang == "sv":
        sources = "en annan källa" if count == 1 else f"{count} andra källor"
        return f"Så är det i {sources}. Det är en jämförelse, inget krav."
    sources = "one other source has it" if count == 1 else f"{count} other sources have it"
    return f"{capital(sources)}. A comparison, not a requirement."


def _peers(finding: Finding, lang: Lang) -> str:
    names = join([each.label(lang) for each in finding.peers], lang)
    have, of = len(finding.peers), finding.comparable
    if lang == "sv":
        who = _who(finding, lang)
        return f"I {have} av {of} jämförbara forum finns {who} med: {names}. Det är en jämförelse, inget krav."
    return f"{have} of {of} comparable forums have it: {names}. A comparison, not a requirement."


def _at_home(finding: Finding, lang: Lang) -> str:
    names = join([each.label(lang) for each in finding.peers], lang)
    who, where = _who(finding, lang), _where(finding, lang)
    telling = join([each.label(lang) for each in finding.names], lang)
    if lang == "sv":
        informs = f" {capital(telling)} lämnar uppgifter till {where}." if telling else ""
        return f"På samma nivå i kommunen finns {who} i {names}.{informs} Det är en jämförelse, inget krav."
    informs = f" {capital(telling)} passes information to {where}." if telling else ""
    return f"On the same level in the municipality, {who} is in {names}.{informs} A comparison, not a requirement."


def reference(finding: Finding, lang: Lang = "sv", *, report: bool = True) -> str:
    """Return where the finding leads: norm id, report, day, sections and certainty, in one parenthesis; "" for none.

    A page about one report leaves that out (`report`).
    """
    sv = lang == "sv"
    sections = [section_name(each, lang) for each in finding.sections]
    word = ("avsnitt" if sv else "section") if len(sections) < 2 or sv else "sections"
    parts = [
        _code(finding.norm.iri).upper() if finding.norm else "",
        f"{finding.report.label(lang)}, {finding.observed_on}" if report else "",
        f"{word} {join(sections, lang)}" if sections else "",
        f"{'visshet' if sv else 'certainty'}: {finding.certainty.label(lang)}" if finding.certainty else "",
    ]
    said = "; ".join(filter(None, parts))
    return f"({said})" if said else ""


def sentence(finding: Finding, lang: Lang = "sv") -> str:
    """Return the finding in words: observation, expectation with its ground, and where both are to be found."""
    parts = words(finding, lang), reference(finding, lang), decided(finding.decision, lang)
    return " ".join(filter(None, parts))


def words(finding: Finding, lang: Lang = "sv") -> str:
    """Return the finding in words alone, for a page that says beside it where it leads."""
    rivals = ""
    if finding.rivals:
        also = " ".join(each.label(lang) for each in finding.rivals)
        rivals = f"Normerna är oense: {also}" if lang == "sv" else f"The norms disagree: {also}"
    older = ""
    if finding.outdated and finding.kind is not Kind.NOT_APPLICABLE:
        older = (
            f"Det gäller {finding.as_of} bara om inget har ändrats sedan {finding.observed_on}."
            if lang == "sv"
            else f"It holds on {finding.as_of} only if nothing has changed since {finding.observed_on}."
        )
    return " ".join(filter(None, [*clauses(finding, lang), earlier_report(finding, lang), rivals, older]))


def earlier_report(finding: Finding, lang: Lang) -> str:
    """Name the earlier report that shows the thing, where this one is silent."""
    sections = [section for each in finding.earlier for section in each.sections]
    if not sections:
        return ""
    report = sections[0].source.label(lang)
    told = [section_name(each, lang) for each in sections if each.source == sections[0].source]
    numbers = join(list(dict.fromkeys(told)), lang)
    if lang == "sv":
        return f"En tidigare rapport visar det: {report}, avsnitt {numbers}."
    return f"An earlier report shows it: {report}, section {numbers}."


def clauses(finding: Finding, lang: Lang = "sv") -> tuple[str, str]:
    """Return observation and expectation in the order they are read: who is where first, what is demanded first.

    What is said of the norm itself (its start, its condition) follows the norm.
    """
    observed, expected = observation(finding, lang), expectation(finding, lang)
    on_norm = finding.outcome in _ON_NORM and finding.reason != "broader-kind"
    return (expected, observed) if finding.norm_kind not in _ON_ACTORS or on_norm else (observed, expected)


def changed_by(finding: Finding, lang: Lang = "sv") -> str:
    """Say what would change the finding: the piece of knowledge or the step that it waits for."""
    sv, who, where = lang == "sv", _who(finding, lang), _where(finding, lang)
    if finding.kind in {Kind.MET, Kind.NOT_APPLICABLE}:
        return ""
    if finding.norm_kind in _ON_ACTORS:
        stated = (
            f"En uppgift med datum om att {who} deltar i {where}"
            if sv
            else f"A dated statement that {who} takes part in {where}"
        )
        whole = ", eller en uppräkning av alla deltagare" if sv else ", or a list of all its members"
        return f"{stated}{'' if finding.outcome in GAPS else whole}."
    if finding.norm_kind == "frequency" and finding.forum:
        return f"En uppgift om mötesrytmen för {where}." if sv else f"A statement of how often {where} meets."
    return "En uppgift med datum om att det finns, och var." if sv else "A dated statement that it exists, and where."


def advice(finding: Finding, lang: Lang = "sv") -> str:
    """Say what to do: where something is missing, find out whether it still is and decide; where it is unknown, ask."""
    match finding.kind:
        case Kind.QUESTION:
            return _ask(finding, lang)
        case Kind.GAP:
            return _decide(finding, lang)
        case Kind.COMPARISON:
            return (
                "Överväg om det skulle tillföra något." if lang == "sv" else "Consider whether it would add anything."
            )
        case _:
            return ""


def _ask(finding: Finding, lang: Lang) -> str:
    sv, who, where = lang == "sv", _who(finding, lang), _where(finding, lang)
    if finding.norm_kind in _ON_ACTORS:
        if sv:
            return f"Fråga den som håller i {where} om {who} deltar."
        return f"Ask whoever runs {where} whether {who} takes part."
    if finding.norm_kind == "frequency" and finding.forum:
        return f"Fråga vilken mötesrytm {where} har." if sv else f"Ask how often {where} meets."
    kind = _code(finding.actor_type.iri if finding.actor_type else None)
    outside = finding.norm_kind == "duty" and kind and not finding.forum and kind not in _MUNICIPAL
    asked = who if outside else where
    if finding.forum and not outside:
        asked = f"den som håller i {where}" if sv else f"whoever runs {where}"
    if finding.reason == "judged-otherwise":
        if sv:
            return f"Fråga {asked} vad som har gjorts sedan granskningen."
        return f"Ask {asked} what has been done since the audit."
    if finding.norm_kind == "duty" or _basis(finding) == "verka-for":
        return f"Fråga {asked} om det görs, och i så fall hur." if sv else f"Ask {asked} whether it is done, and how."
    if sv:
        return f"Fråga {asked} om det finns, och i så fall sedan när."
    return f"Ask {asked} whether it exists, and if so since when."


def _decide(finding: Finding, lang: Lang) -> str:
    sv, who, where = lang == "sv", _who(finding, lang), _where(finding, lang)
    first = "Ta reda på om det fortfarande är så." if sv else "Find out whether it is still so."
    ended = ""
    if finding.valid_through:
        ended = (
            f" Normen upphörde {finding.valid_through}: se också vad som gäller i dag."
            if sv
            else f" The norm ended {finding.valid_through}: see also what holds today."
        )
    if finding.norm_kind == "participation":
        if sv:
            return f"{first} Ta i så fall ställning till om {who} ska bjudas in till {where}.{ended}"
        return f"{first} If it is, decide whether to invite {who} to {where}.{ended}"
    if sv:
        return f"{first} Ta i så fall ställning till hur det ska ordnas.{ended}"
    return f"{first} If it is, decide how to arrange it.{ended}"
