"""Remarks on governance in words. What is not stated is asked for; nothing here says that it is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.findings import Lang, Remark, Thing
from kg.namespaces import last_part
from kg.phrases import join, quote
from kg.wording import Wording
from kg.wording.ages import listed

__all__ = ["ADVICE", "SENTENCES"]

SHOWN = 8
ITEMS: dict[str, tuple[str, str]] = {
    "owner": ("vem som äger det eller ger det uppdrag", "who owns or commissions it"),
    "chair": ("vem som leder det", "who chairs it"),
    "mandate": ("vilket mandat det har", "what mandate it has"),
    "rhythm": ("hur ofta det möts", "how often it meets"),
    "document": ("vilket dokument som styr det", "which document governs it"),
    "follow-up": ("hur det följs upp", "how it is followed up"),
}
SECTORS: dict[str, tuple[str, str]] = {
    "politics": ("Bland de politiska organen", "Among the political bodies"),
    "administration": ("Inom kommunens förvaltning", "Within the municipal administration"),
    "operations": ("Bland kommunens verksamheter", "Among the municipal services"),
    "police": ("Hos polisen", "At the police"),
    "region": ("Inom regionen", "Within the region"),
    "state": ("Bland statliga myndigheter och andra nationella aktörer", "Among state and other national bodies"),
    "civil": ("Inom civilsamhälle och näringsliv", "In civil society and business"),
    "other-municipalities": ("Bland andra kommuner", "Among other municipalities"),
}


def _names(things: Sequence[Thing], lang: Lang) -> str:
    """Return the names as a list in running text, at most `SHOWN` of them and how many more there are."""
    return listed([each.label(lang) for each in things], lang, SHOWN)


def _either(words: Sequence[str], lang: Lang) -> str:
    last = " eller " if lang == "sv" else " or "
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _in_words(thing: Thing, lang: Lang) -> str:
    if "/forumniva/" in thing.iri:
        return f"{thing.label(lang)} {'nivå' if lang == 'sv' else 'level'}"
    return thing.label(lang)


def _within(things: Sequence[Thing], lang: Lang) -> str:
    """Return where something is lacking: in a municipality, with a body, for a forum."""
    if lang == "en":
        return f"within {_names(things, lang)}"
    kinds = {each.iri.split("/id/")[-1].partition("/")[0] for each in things}
    if kinds <= {"kommun", "region"}:
        return f"i {_names(things, lang)}"
    return f"{'för' if kinds & {'forum', 'program', 'insats'} else 'hos'} {_names(things, lang)}"


def _quoted(remark: Remark, lang: Lang) -> str:
    words = str(remark.figure("as-stated") or "")
    if not words:
        return ""
    return f": {quote(words, lang)}" if lang == "sv" else f" ({quote(words, lang)})"


def _note(remark: Remark, lang: Lang) -> str:
    """Return the editor's note, which is in Swedish only."""
    return str(remark.figure("note") or "") if lang == "sv" else ""


def _lead(remark: Remark, lang: Lang) -> str:
    """Say how directly the report says that something is lacking."""
    certainty = last_part(remark.certainty.iri) if remark.certainty else "uttalad"
    leads = {
        "uttalad": ("Enligt rapporten saknas", "According to the report"),
        "antydd": ("Rapporten antyder att det saknas", "The report suggests that"),
        "tolkad": ("Så läser vi rapporten: det saknas", "As we read the report,"),
    }
    return leads.get(certainty, leads["tolkad"])[lang == "en"]


def _lacking(remark: Remark, lang: Lang) -> str:
    what = join([_in_words(each, lang) for each in remark.names if "/amne/" not in each.iri], lang)
    about = join([each.label(lang) for each in remark.names if "/amne/" in each.iri], lang)
    where, words = _within(remark.subjects, lang), _quoted(remark, lang)
    topic = f" ({'om' if lang == 'sv' else 'on'} {about})" if about else ""
    if lang == "sv":
        said = f"{_lead(remark, lang)} {what}{topic} {where}{words}."
    else:
        said = f"{_lead(remark, lang)} this is lacking {where}: {what}{topic}{words}."
    return " ".join(filter(None, (said, _note(remark, lang))))


def _undecided(remark: Remark, lang: Lang) -> str:
    what = "uppgift om beslutsfattare för" if lang == "sv" else "no decision-maker is stated for"
    said = f"{_lead(remark, lang)} {what} {_names(remark.subjects, lang)}{_quoted(remark, lang)}."
    return " ".join(filter(None, (said, _note(remark, lang))))


def _expired(remark: Remark, lang: Lang) -> str:
    what, day = _names(remark.subjects, lang), remark.figure("valid-through")
    others = _names(remark.names, lang)
    if lang == "sv":
        also = f" Mellan samma parter nämner rapporten också {others}." if others else ""
        return f"{what} hade löpt ut på rapportens dag (gällde till och med {day}).{also}"
    also = f" Between the same parties the report also names {others}." if others else ""
    return f"{what} had expired on the day of the report (valid through {day}).{also}"


def _open(remark: Remark, lang: Lang) -> str:
    """Add that lists are open, where the remark rests on silence."""
    if remark.standing != "unstated":
        return ""
    return (
        " Rapporten räknar inte upp alla deltagare i alla forum."
        if lang == "sv"
        else " The report does not list all members of all forums."
    )


def _party(remark: Remark, lang: Lang) -> str:
    who, what = _names(remark.subjects, lang), _names(remark.names, lang)
    if lang == "sv":
        verb = "är part" if len(remark.subjects) == 1 else "är parter"
        return f"{who} {verb} i {what} men nämns inte i något forum i rapporten.{_open(remark, lang)}"
    verb = "is a party" if len(remark.subjects) == 1 else "are parties"
    return f"{who} {verb} to {what} but the report names them in no forum.{_open(remark, lang)}"


def _area(remark: Remark, lang: Lang) -> str:
    count = int(remark.figure("followed") or 0)
    area = _names(remark.subjects, lang)
    followed, unplaced = _names(remark.names[:count], lang), _names(remark.names[count:], lang)
    if lang == "sv":
        parts = [f"{area} har prioritet, men rapporten beskriver inget områdesteam där."]
        parts += [f"Det som händer där följs av {followed}."] if followed else []
        parts += [f"Vilka områden som {unplaced} omfattar sägs inte."] if unplaced else []
    else:
        parts = [f"The report gives priority to {area} and describes no area team there."]
        parts += [f"What happens there is followed by {followed}."] if followed else []
        parts += [f"Which areas {unplaced} covers is not said."] if unplaced else []
    return " ".join(parts)


def _level(remark: Remark, lang: Lang) -> str:
    forum, others = _names(remark.subjects, lang), _names(remark.names, lang)
    if lang == "sv":
        return (
            f"Rapporten visar ingen gemensam deltagare, inget informationsflöde och ingen styrning mellan {forum} "
            f"({remark.figure('level')} nivå) och forum på andra nivåer ({others}).{_open(remark, lang)}"
        )
    return (
        f"The report shows no shared member, no flow of information and no steering between {forum} "
        f"({remark.figure('level-en')} level) and forums on other levels ({others}).{_open(remark, lang)}"
    )


def _flow(remark: Remark, lang: Lang) -> str:
    start, end = (each.label(lang) for each in remark.subjects)
    shared = _names(remark.names, lang)
    if lang == "sv":
        back = f" I båda sitter {shared}, som kan föra svar tillbaka." if shared else ""
        return f"Information går från {start} till {end}; rapporten nämner ingen väg tillbaka.{back}"
    back = f" Both have {shared} among their members, who can carry answers back." if shared else ""
    return f"Information goes from {start} to {end}; the report names no way back.{back}"


def _politics(remark: Remark, lang: Lang) -> str:
    if lang == "sv":
        return (
            "Inget av de forum som rapporten beskriver anges ligga på politisk nivå eller ha förtroendevalda bland "
            f"sina deltagare: {_names(remark.subjects, lang)}.{_open(remark, lang)}"
        )
    return (
        "None of the forums that the report describes is said to be on the political level or to have politicians "
        f"among its members: {_names(remark.subjects, lang)}.{_open(remark, lang)}"
    )


def _mandate(remark: Remark, lang: Lang) -> str:
    who, others = _names(remark.subjects, lang), _names(remark.names, lang)
    if lang == "sv":
        also = f" Beslutsmandat anges för {others}." if others else ""
        return f"För {who} anger rapporten ett mandat, men inte att besluta.{also}"
    also = f" A mandate to decide is stated for {others}." if others else ""
    return f"For {who} the report states a mandate, but none to decide.{also}"


def _of(swedish: str, english: str) -> Wording:
    def say(remark: Remark, lang: Lang) -> str:
        what = _names(remark.subjects, lang)
        return f"Rapporten {swedish} {what}." if lang == "sv" else f"The report {english} {what}."

    return say


def _not_followed_up(remark: Remark, lang: Lang) -> str:
    what = _names(remark.subjects, lang)
    if lang == "sv":
        return (
            f"Rapporten nämner ingen egen uppföljning av {what}. "
            "Uppföljning av en hel nämnd, verksamhet eller plan är inte inräknad."
        )
    return (
        f"The report names no follow-up of its own for {what}. "
        "The follow-up of a whole committee, service or plan is not counted."
    )


def _actors(remark: Remark, lang: Lang) -> str:
    where = SECTORS[str(remark.figure("sector"))][lang == "en"]
    who = _names(remark.subjects, lang)
    if lang == "sv":
        return f"{where} nämner rapporten {who}, men inte som deltagare i något forum.{_open(remark, lang)}"
    return f"{where} the report names {who}, but not as members of any forum.{_open(remark, lang)}"


def _unstated(remark: Remark, lang: Lang) -> str:
    words = [pair[lang == "en"] for item, pair in ITEMS.items() if remark.figure(item) == "unstated"]
    forum = _names(remark.subjects, lang)
    if lang == "sv":
        return f"Om forumet {forum} säger rapporten inte {_either(words, lang)}."
    return f"Of the forum {forum} the report does not say {_either(words, lang)}."


SENTENCES: Mapping[str, Wording] = {
    "lacking": _lacking,
    "undecided": _undecided,
    "expired": _expired,
    "party-outside": _party,
    "area-without-team": _area,
    "lone-level": _level,
    "one-way": _flow,
    "no-politics": _politics,
    "mandate-without-decision": _mandate,
    "document-unknown": _of(
        "anger varken beslutsfattare eller datum för", "states neither decision-maker nor date for"
    ),
    "document-undecided": _of("anger ingen beslutsfattare för", "states no decision-maker for"),
    "document-undated": _of("anger inget datum för", "states no date for"),
    "no-provider": _of("anger ingen utförare av", "names no provider of"),
    "not-followed-up": _not_followed_up,
    "unreceived": _of("säger inte vem som tar emot uppföljningen av", "does not say who receives the follow-up of"),
    "in-no-forum": _actors,
    "unstated": _unstated,
}


def _advise(swedish: str, english: str) -> Wording:
    def say(_: Remark, lang: Lang) -> str:
        return swedish if lang == "sv" else english

    return say


def _ask_forum(remark: Remark, lang: Lang) -> str:
    forum = _names(remark.subjects, lang)
    if lang == "sv":
        return f"Fråga den som håller i {forum}, och skriv ned svaret i en uppdragsbeskrivning."
    return f"Ask whoever runs {forum}, and write the answer down in its terms of reference."


def _ask_flow(remark: Remark, lang: Lang) -> str:
    start, end = (each.label(lang) for each in remark.subjects)
    return (
        f"Fråga om och hur {start} får återkoppling från {end}."
        if lang == "sv"
        else f"Ask whether and how {end} answers {start}."
    )


_ASK_MEMBERS = _advise(
    "Fråga om de deltar någonstans, och i så fall i vilket forum.", "Ask whether they take part anywhere, and where."
)
_ASK_DOCUMENTS = _advise(
    "Ta fram beslutet, eller besluta om dokumentet.", "Find the decision, or decide on the document."
)

ADVICE: Mapping[str, Wording] = {
    "lacking": _advise(
        "Ta reda på om det fortfarande är så, och ta i så fall ställning till hur det ska ordnas.",
        "Find out whether it is still so, and if it is, decide how to arrange it.",
    ),
    "undecided": _advise(
        "Ta reda på om de är beslutade i dag; annars: låt rätt organ besluta.",
        "Find out whether they are decided by now; if not, let the right body decide.",
    ),
    "expired": _advise(
        "Ta reda på om en ny har slutits sedan dess.", "Find out whether a new one has been concluded since."
    ),
    "party-outside": _ASK_MEMBERS,
    "area-without-team": _advise("Fråga vem som samordnar arbetet i området.", "Ask who coordinates the work there."),
    "lone-level": _advise("Fråga hur frågor förs mellan nivåerna.", "Ask how matters are carried between the levels."),
    "one-way": _ask_flow,
    "no-politics": _advise(
        "Fråga var förtroendevalda möts om arbetet.", "Ask where elected politicians meet about the work."
    ),
    "mandate-without-decision": _advise(
        "Fråga var beslut fattas när forumen inte kan besluta själva.",
        "Ask where decisions are made that the forums cannot make themselves.",
    ),
    "document-unknown": _ASK_DOCUMENTS,
    "document-undecided": _ASK_DOCUMENTS,
    "document-undated": _advise("Ta fram datum, eller datera dokumentet.", "Find the date, or date the document."),
    "no-provider": _advise("Fråga vem som utför insatsen.", "Ask who provides it."),
    "not-followed-up": _advise(
        "Fråga vilka insatser som följs upp, av vem och åt vem.", "Ask which are followed up, by whom and for whom."
    ),
    "unreceived": _advise(
        "Fråga vem som efterfrågar uppföljningen och vad den leder till.",
        "Ask who wants the follow-up and what it leads to.",
    ),
    "in-no-forum": _ASK_MEMBERS,
    "unstated": _ask_forum,
}
