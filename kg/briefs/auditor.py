"""The auditor's form: criterion, observation and evidence, with the assessment left blank.

Nothing here says that a criterion is met: what a report shows is evidence for the auditor to assess, and a suggestion
is marked as preliminary.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.audit import Judgement, review
from kg.briefs.content import Block, Brief, Heading, Paragraph, Table
from kg.briefs.parts import cited, code_of, is_legal, shown_as, sources, what_was_read
from kg.briefs.reading import Reading, sections_text
from kg.findings import Finding, Kind, Lang, Remark, Standing
from kg.phrases import capital, join
from kg.sentences import observation
from kg.wording import remark_words

__all__ = ["auditor_brief", "suggestion"]

ORDER = {Kind.GAP: 0, Kind.QUESTION: 1, Kind.MET: 2}


def auditor_brief(reading: Reading, lang: Lang) -> Brief:
    """Return the criteria in force with what the report shows, what it says is lacking, and the verdicts in it."""
    sv, place = lang == "sv", reading.source.municipality.label(lang)
    criteria = _criteria(reading, lang)
    stated = [each for each in reading.remarks if each.standing is Standing.STATED]
    judgements = review(reading.case, reading.findings, reading.remarks).judgements
    note = (
        "Bedömningen är granskarens och lämnas tom. Förslagen är preliminära: de säger vad rapportens uppgifter räcker"
        " till, inte om kriteriet är uppfyllt."
        if sv
        else "The assessment is the auditor's and left blank. The suggestions are preliminary: they say what the"
        " statements of the report are enough for, not whether the criterion is met."
    )
    used = [each for same in criteria for each in same]
    return Brief(
        title=f"{place}: underlag för bedömning" if sv else f"{place}: ground for assessment",
        subtitle=f"{reading.source.thing.label(lang)}, {reading.source.observed_on.isoformat()}",
        lang=lang,
        observed_on=reading.source.observed_on.isoformat(),
        blocks=(
            *what_was_read(reading, lang),
            Paragraph(note),
            *_criteria_table(criteria, lang),
            *_stated(stated, lang),
            *_earlier(judgements, lang),
            *sources(reading, [*used, *stated], lang),
        ),
    )


def _criteria(reading: Reading, lang: Lang) -> list[list[Finding]]:
    """Return the findings by norm and observation: the law first, then what is lacking before what is not visible."""
    wanted = [
        each
        for each in reading.findings
        if each.in_force and each.norm and (each.is_gap or (each.kind in ORDER and (is_legal(each) or _asks(each))))
    ]
    wanted.sort(key=lambda each: (not is_legal(each), ORDER[each.kind], code_of(each.norm), each.id))
    grouped: dict[tuple[str, str, str], list[Finding]] = {}
    for each in wanted:
        where = each.forum.iri if each.forum else ""
        grouped.setdefault((code_of(each.norm), where, shown_as(each, lang)), []).append(each)
    return list(grouped.values())


def _asks(finding: Finding) -> bool:
    return finding.kind is Kind.QUESTION


def suggestion(finding: Finding, lang: Lang) -> str:
    """Return what the statements of the report are enough for, marked as preliminary; never that a criterion is met."""
    sv = lang == "sv"
    if finding.reason == "judged-otherwise":
        said = "granskarna har redan bedömt det" if sv else "the auditors have already assessed it"
    elif finding.is_gap and code_of(finding.basis) == "lag":
        said = "ej uppfyllt då, pröva läget i dag" if sv else "not met then, test what holds today"
    elif finding.is_gap:
        said = "avvikelse att pröva" if sv else "a deviation to test"
    elif finding.kind is Kind.MET:
        said = "underlag finns att pröva" if sv else "there is evidence to test"
    else:
        said = "ej bedömbart av rapporten" if sv else "not assessable from the report"
    return f"Preliminärt: {said}" if sv else f"Preliminary: {said}"


def _criteria_table(criteria: Sequence[Sequence[Finding]], lang: Lang) -> list[Block]:
    sv = lang == "sv"
    if not criteria:
        return []
    heading = "Kriterier i kraft när rapporten skrevs" if sv else "Criteria in force when the report was written"
    columns = (
        ("Kriterium", "Iakttagelse", "Underlag", "Bedömning", "Förslag")
        if sv
        else ("Criterion", "Observation", "Evidence", "Assessment", "Suggestion")
    )
    caption = "Kriterium, iakttagelse och underlag; bedömningen fylls i" if sv else "The assessment is to be filled in"
    rows = tuple(_row(same, lang) for same in criteria)
    return [Heading(heading), Table(caption, columns, rows, (34, 23, 16, 12, 15))]


def _row(same: Sequence[Finding], lang: Lang) -> tuple[str, ...]:
    one = same[0]
    names = join(list(dict.fromkeys(each.body.label(lang) for each in same if each.body)), lang)
    shown = shown_as(one, lang)
    said = observation(one, lang) if len(same) == 1 else f"{names}: {shown[:1].lower()}{shown[1:]}."
    sections = sections_text([section for each in same for section in each.sections], lang)
    none = "rapporten säger inget" if lang == "sv" else "the report is silent"
    ground = "Grund" if lang == "sv" else "Ground"
    criterion = f"{cited(one, lang)}. {ground}: {_basis(one, lang)}."
    return criterion, said, capital(sections or none), "", suggestion(one, lang)


def _basis(finding: Finding, lang: Lang) -> str:
    return finding.basis.label(lang) if finding.basis else ""


def _stated(remarks: Sequence[Remark], lang: Lang) -> list[Block]:
    sv = lang == "sv"
    if not remarks:
        return []
    rows = tuple((remark_words(each, lang), capital(sections_text(each.sections, lang)), "", "") for each in remarks)
    columns = (
        ("Iakttagelse", "Underlag", "Kriterium", "Bedömning")
        if sv
        else ("Observation", "Evidence", "Criterion", "Assessment")
    )
    heading = "Det som rapporten själv säger saknas" if sv else "What the report itself says is lacking"
    caption = "Kriterium och bedömning fylls i" if sv else "Criterion and assessment are to be filled in"
    return [Heading(heading), Table(caption, columns, rows, (50, 18, 16, 16))]


def _earlier(judgements: Sequence[Judgement], lang: Lang) -> list[Block]:
    sv = lang == "sv"
    if not judgements:
        return []
    rows = tuple(
        (
            each.label.label(lang),
            _verdict(each, lang),
            join([body.label(lang) for body in each.bodies], lang),
            capital(sections_text(each.evidence.sections, lang)),
        )
        for each in judgements
    )
    columns = (
        ("Fråga eller rekommendation", "Granskarna", "Gäller", "Underlag")
        if sv
        else ("Question or recommendation", "The auditors", "About", "Evidence")
    )
    heading = "Granskarnas egna bedömningar i rapporten" if sv else "The auditors' own judgements in the report"
    caption = "Utslag och rekommendationer, och vem de gäller" if sv else "Verdicts and recommendations, and on whom"
    return [Heading(heading), Table(caption, columns, rows, (38, 15, 19, 28))]


def _verdict(judgement: Judgement, lang: Lang) -> str:
    if judgement.recommendation:
        return "rekommendation" if lang == "sv" else "recommendation"
    if judgement.verdict is None:
        return "ingen samlad bedömning" if lang == "sv" else "no verdict"
    return judgement.verdict.label(lang)
