"""The auditors' findings beside ours, in words: what both found, what joins them, and what only one of us did."""

from __future__ import annotations

from collections.abc import Iterable

from kg.audit import SAME, Judgement, Link, Match, Ours, Reason, Review
from kg.findings import Finding, Lang
from kg.phrases import capital, plural, quote
from kg.sentences import observation
from kg.wording.governance import SENTENCES

__all__ = ["REASONS", "judgement_sentence", "link_sentence", "match_words", "ours_sentence", "review_sentence"]

SHOWN = 3
MATCHES: dict[Match, tuple[str, str]] = {
    Match.MET: ("funnet", "found"),
    Match.PARTLY: ("delvis funnet", "partly found"),
    Match.NOT_FOUND: ("inte funnet", "not found"),
    Match.SATISFIED: ("granskarna är nöjda", "the auditors are satisfied"),
}
REASONS: dict[Reason, tuple[str, str]] = {
    Reason.SAME_CLAIM: ("vilar på samma utsaga i rapporten", "rests on the same statement of the report"),
    Reason.SAME_KIND: ("gäller samma sak hos samma organ", "is of the same thing in the same body"),
    Reason.ASKED: ("rapporten säger inget om det, så det är en fråga", "the report is silent on it, so it is asked"),
    Reason.OWN_WORDS: ("återger granskarnas egen bedömning", "repeats the auditors' own judgement"),
    Reason.SAME_THING: ("gäller en annan sida av samma sak", "is of another side of the same"),
    Reason.KIND_ELSEWHERE: (
        "gäller samma slags sak, men ett annat organ, ämne, forum eller dokument",
        "is of the same kind, but of another body, topic, forum or document",
    ),
}


def match_words(judgement: Judgement, lang: Lang = "sv") -> str:
    """Return in a word or two whether we find what a judgement says."""
    if judgement.match is Match.NOT_FOUND and not judgement.comparable:
        return "går inte att jämföra" if lang == "sv" else "cannot be compared"
    return MATCHES[judgement.match][lang == "en"]


def ours_sentence(ours: Ours, lang: Lang = "sv") -> str:
    """Return one of ours in words, without its reference."""
    if not isinstance(ours, Finding):
        return SENTENCES[ours.code](ours, lang)
    kind = ours.expected or ours.actor_type
    what = kind.label(lang) if kind and ours.forum is None else ""
    return f"{capital(what)}: {observation(ours, lang)}" if what else observation(ours, lang)


def link_sentence(link: Link, lang: Lang = "sv") -> str:
    """Return one of ours with what joins it to the judgement."""
    return f"{ours_sentence(link.ours, lang)} ({capital(REASONS[link.reason][lang == 'en'])}.)"


def _some(sentences: Iterable[str], lang: Lang) -> str:
    found = list(dict.fromkeys(sentences))
    more = len(found) - SHOWN
    if more > 1:
        word = "till" if lang == "sv" else "more"
        return " ".join([*found[:SHOWN], f"({more} {word}.)"])
    return " ".join(found)


def judgement_sentence(judgement: Judgement, lang: Lang = "sv") -> str:
    """Return a judgement of the auditors, and what we find of it; weaker ties only where there is no stronger."""
    sv = lang == "sv"
    if judgement.recommendation:
        who = "Granskarna rekommenderar" if sv else "The auditors recommend"
    else:
        who = "Granskarna" if sv else "The auditors"
    verdict = f" ({judgement.verdict.label(lang)})" if judgement.verdict else ""
    said = f"{who}: {quote(judgement.label.label(lang), lang)}{verdict}."
    return f"{said} {_answer(judgement, lang)}".strip()


def _answer(judgement: Judgement, lang: Lang) -> str:
    same = [each for each in judgement.links if each.reason in SAME]
    sv, links = lang == "sv", _some((link_sentence(each, lang) for each in same or judgement.links), lang)
    match judgement.match:
        case Match.MET:
            return f"{'Förebygg finner det också' if sv else 'Förebygg finds it too'}: {links}"
        case Match.PARTLY:
            return f"{'Förebygg finner det delvis' if sv else 'Förebygg finds it partly'}: {links}"
        case Match.SATISFIED if links:
            return f"{'Om samma sak finner Förebygg' if sv else 'Of the same Förebygg finds'}: {links}"
        case Match.SATISFIED:
            return ""
        case _ if judgement.comparable:
            return "Förebygg finner det inte." if sv else "Förebygg does not find it."
        case _:
            return (
                "Bedömningen pekar inte ut något som Förebyggs fynd kan gälla."
                if sv
                else "The judgement points at nothing that the findings of Förebygg could be about."
            )


def review_sentence(review: Review, lang: Lang = "sv") -> str:
    """Return a review in figures that name what they count."""
    met, partly, missed, content = (review.count(each) for each in Match)
    report, alone, faults = review.report.label(lang), len(review.alone), met + partly + missed
    vague = sum(each.match is Match.NOT_FOUND and not each.comparable for each in review.judgements)
    if lang == "sv":
        what = plural(faults, "anmärkning eller rekommendation", "anmärkningar och rekommendationer")
        judged = plural(content, "bedömning", "bedömningar")
        return (
            f"{report}: av {what} finner Förebygg {met} helt, {partly} delvis och {missed - vague} inte; {vague} pekar "
            f"inte ut något att jämföra. I {judged} är "
            f"granskarna nöjda. Dessutom finner Förebygg {alone or 'inget'} som granskarna inte anmärker på, och har "
            f"{plural(review.asked, 'fråga', 'frågor')} om sådant som rapporten inte säger."
        )
    what = plural(faults, "remark or recommendation", "remarks and recommendations")
    judged = plural(content, "judgement", "judgements")
    return (
        f"{report}: of {what} Förebygg finds {met}, partly {partly} and not {missed - vague}; {vague} point at nothing "
        f"to compare. In {judged} the auditors are satisfied. Besides, Förebygg finds {alone or 'nothing'} that the "
        f"auditors do not remark on, and has {plural(review.asked, 'question', 'questions')} on what the report does "
        "not say."
    )
