"""Reviews as rows and as JSON objects: the auditors' judgements beside ours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.audit import Judgement, Link, Ours, Review
from kg.findings import Finding, Lang
from kg.listings import things_object
from kg.namespaces import last_part
from kg.phrases import section_name
from kg.wording.audit import (
    REASONS,
    judgement_sentence,
    link_sentence,
    match_words,
    ours_sentence,
    review_sentence,
)

__all__ = ["REVIEW_COLUMNS", "review_object", "review_rows"]

REVIEW_COLUMNS: dict[Lang, tuple[str, ...]] = {
    "sv": ("rapport", "vem", "utslag", "hos oss", "vad", "avsnitt", "id"),
    "en": ("report", "who", "verdict", "with us", "what", "section", "id"),
}


def review_rows(reviews: Iterable[Review], lang: Lang) -> list[tuple[str, ...]]:
    """Return one row a judgement, then one row a finding that only we have, in the order of `REVIEW_COLUMNS`."""
    rows = []
    for review in reviews:
        key = last_part(review.report.iri)
        rows += [(key, *_of_auditors(each, lang)) for each in review.judgements]
        rows += [(key, *_of_ours(each, lang)) for each in review.alone]
    return rows


def _of_auditors(judgement: Judgement, lang: Lang) -> tuple[str, ...]:
    if judgement.recommendation:
        who = "granskarna, rekommendation" if lang == "sv" else "the auditors, recommendation"
    else:
        who = "granskarna" if lang == "sv" else "the auditors"
    return (
        who,
        judgement.verdict.label(lang) if judgement.verdict else "",
        match_words(judgement, lang),
        judgement_sentence(judgement, lang),
        ", ".join(section_name(each, lang) for each in judgement.evidence.sections),
        judgement.id,
    )


def _of_ours(ours: Ours, lang: Lang) -> tuple[str, ...]:
    sections = ", ".join(section_name(each, lang) for each in ours.sections)
    only = "bara här" if lang == "sv" else "only here"
    return ("Förebygg", "", only, ours_sentence(ours, lang), sections, ours.id)


def review_object(review: Review, lang: Lang = "sv") -> dict[str, Any]:
    """Return a review as the JSON object that `schemas/audit.json` describes."""
    return {
        "municipality": review.municipality.label(lang),
        "municipality_iri": review.municipality.iri,
        "report": review.report.label(lang),
        "report_iri": review.report.iri,
        "observed_on": review.observed_on,
        "sentence": review_sentence(review, lang),
        "judgements": [_judgement_object(each, lang) for each in review.judgements],
        "alone": [_ours_object(each, lang) for each in review.alone],
        "asked": review.asked,
    }


def _judgement_object(judgement: Judgement, lang: Lang) -> dict[str, Any]:
    verdict = judgement.verdict
    return {
        "id": judgement.id,
        "iri": judgement.evidence.claim,
        "kind": "recommendation" if judgement.recommendation else "finding",
        "label": judgement.label.label(lang),
        "verdict": verdict.label(lang) if verdict else None,
        "verdict_iri": verdict.iri if verdict else None,
        "bodies": things_object(judgement.bodies, lang),
        "sections": [{"number": each.number, "iri": each.iri} for each in judgement.evidence.sections],
        "match": judgement.match.value,
        "comparable": judgement.comparable,
        "links": [_link_object(each, lang) for each in judgement.links],
        "sentence": judgement_sentence(judgement, lang),
    }


def _link_object(link: Link, lang: Lang) -> dict[str, Any]:
    return {
        **_ours_object(link.ours, lang),
        "reason": link.reason.value,
        "reason_text": REASONS[link.reason][lang == "en"],
        "through": things_object(link.through, lang),
        "sentence": link_sentence(link, lang),
    }


def _ours_object(ours: Ours, lang: Lang) -> dict[str, Any]:
    return {
        "id": ours.id,
        "of": "gap"
        if isinstance(ours, Finding) and ours.is_gap
        else "finding"
        if isinstance(ours, Finding)
        else "remark",
        "sections": [{"number": each.number, "iri": each.iri} for each in ours.sections],
        "sentence": ours_sentence(ours, lang),
    }
