"""Questions for the next meeting: what the report does not say or cannot settle, grouped by who can answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.briefs.content import Block, Brief, Heading, Listing, Paragraph
from kg.briefs.parts import cited, what_was_read
from kg.briefs.reading import Reading, sections_text
from kg.findings import Analysis, Finding, Lang, Remark, Standing, Thing
from kg.norms import STRIVE
from kg.phrases import capital, definite, join, plural
from kg.whatif.hypotheses import is_kind
from kg.whatif.invitations import asks
from kg.wording import remark_words
from kg.wording.ages import listed

__all__ = ["Group", "asking_brief", "questions"]

ON_ACTORS = frozenset({"participation", "peers", "at-home"})
OF_FORUM: dict[str, tuple[str, str]] = {
    "owner": ("Vem äger {0} eller ger uppdraget?", "Who owns or commissions {0}?"),
    "chair": ("Vem leder {0}?", "Who chairs {0}?"),
    "mandate": ("Vilket mandat har {0}?", "What is the mandate of {0}?"),
    "rhythm": ("Hur ofta möts {0}?", "How often does {0} meet?"),
    "document": ("Vilket dokument styr {0}?", "Which document governs {0}?"),
    "follow-up": ("Hur följs {0} upp?", "How is {0} followed up?"),
}
"""What is asked of a forum whose governing the report leaves unsaid."""
OF_WHOLE: dict[tuple[Analysis, str], tuple[str, str]] = {
    (Analysis.GOVERNANCE, "one-way"): ("Får de som lämnar informationen återkoppling?", "Is the information answered?"),
    (Analysis.GOVERNANCE, "mandate-without-decision"): ("Var fattas besluten?", "Where are decisions made?"),
    (Analysis.GOVERNANCE, "document-unknown"): ("Vem beslutade, och när?", "Who decided, and when?"),
    (Analysis.GOVERNANCE, "document-undecided"): ("Vem beslutade?", "Who decided?"),
    (Analysis.GOVERNANCE, "document-undated"): ("När fattades beslutet?", "When was the decision made?"),
    (Analysis.GOVERNANCE, "no-provider"): ("Vem är utförare?", "Who is the provider?"),
    (Analysis.GOVERNANCE, "not-followed-up"): ("Vad följs upp, av vem och åt vem?", "What is followed up, by whom?"),
    (Analysis.GOVERNANCE, "unreceived"): ("Vem efterfrågar uppföljningen?", "Who wants the follow-up?"),
    (Analysis.GOVERNANCE, "no-politics"): ("Var möts förtroendevalda om arbetet?", "Where do politicians meet on it?"),
    (Analysis.GOVERNANCE, "lone-level"): ("Hur förs frågor mellan nivåerna?", "How do matters pass between levels?"),
    (Analysis.GOVERNANCE, "area-without-team"): ("Vem samordnar arbetet där?", "Who coordinates the work there?"),
    (Analysis.COVERAGE, "no-ages"): ("Vilka åldrar gäller var och en?", "Which ages is each for?"),
    (Analysis.COVERAGE, "unstated-ages"): ("Vilka åldrar gäller var och en?", "Which ages is each for?"),
    (Analysis.COVERAGE, "no-levels"): ("Vilken preventionsnivå hör de till?", "Which level do they belong to?"),
    (Analysis.COVERAGE, "level-empty"): ("Vilka insatser hör till nivån?", "Which belong to the level?"),
    (Analysis.COVERAGE, "unstated-levels"): ("Vilken preventionsnivå hör de till?", "Which level do they belong to?"),
    (Analysis.POSITION, "no-flow"): ("Vem för vad vidare till vem?", "Who passes what on to whom?"),
    (Analysis.PATH, "flow-ends"): ("Vad händer med uppgifterna sedan?", "What becomes of it then?"),
    (Analysis.PATH, "members-unknown"): ("Vilka deltar, och vem får veta?", "Who takes part, and who gets to know?"),
}
"""What is asked of a silence of the report, after the silence in words."""
UNSEATED = frozenset({"in-no-forum", "party-outside"})
"""Codes of the remarks on who is named but in no forum: they are asked for by name."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that the same one can answer; `whom` as it is addressed, with a capital letter."""

    whom: str
    texts: tuple[str, ...]


def questions(reading: Reading, lang: Lang) -> list[Group]:
    """Return the questions of a report by whom to ask: what norms leave open first, then what the report leaves unsaid.

    Whoever can answer what weighs most comes first, by the weights of `kg.whatif.invitations`. A question of a
    participant is for whoever runs the forum; one of a duty of the municipality for the body that has it.
    """
    found: dict[str, dict[str, None]] = {}
    forums = {each.thing.iri for each in reading.case.forums}
    for ask in asks(reading.findings):
        texts = found.setdefault(_whom(ask.whom, lang, of_forum=ask.of_forum), {})
        texts.update(dict.fromkeys(_of_findings(ask.closes, lang)))
    for remark in reading.remarks:
        about = [each for each in remark.subjects if each.iri in forums]
        one = about[0] if len(remark.subjects) == 1 and about else None
        whom = one or reading.source.municipality
        texts = found.setdefault(_whom(whom, lang, of_forum=one is not None), {})
        for text in _of_remark(remark, lang):
            if not any(each.endswith(text) for each in texts):
                texts[text] = None
    return [Group(whom, tuple(texts)) for whom, texts in found.items() if texts]


def _whom(whom: Thing, lang: Lang, *, of_forum: bool) -> str:
    if is_kind(whom):
        return capital(definite(whom, lang))
    if of_forum:
        return f"Den som håller i {whom.label(lang)}" if lang == "sv" else f"Whoever runs {whom.label(lang)}"
    return capital(whom.label(lang))


def _of_findings(closes: Iterable[Finding], lang: Lang) -> Iterator[str]:
    sv = lang == "sv"
    by_forum: dict[str, list[str]] = {}
    for each in closes:
        if each.norm_kind in ON_ACTORS and each.actor_type and each.forum:
            by_forum.setdefault(each.forum.label(lang), []).append(definite(each.actor_type, lang))
    for forum, who in by_forum.items():
        names = join(sorted(dict.fromkeys(who)), lang)
        if sv:
            yield f"Deltar {names} i {forum}?"
        else:
            many = len(set(who)) > 1 or names.endswith("s") or names == "the police"
            yield f"{'Do' if many else 'Does'} {names} take part in {forum}?"
    for each in closes:
        if each.norm_kind not in ON_ACTORS:
            yield _of_duty(each, lang)


def _of_duty(finding: Finding, lang: Lang) -> str:
    sv, said = lang == "sv", f"{cited(finding, lang)}."
    if finding.norm_kind == "frequency" and finding.forum:
        where = finding.forum.label(lang)
        return f"{said} {f'Hur ofta möts {where}?' if sv else f'How often does {where} meet?'}"
    if finding.reason == "judged-otherwise":
        return f"{said} {'Vad har gjorts sedan granskningen?' if sv else 'What has been done since the audit?'}"
    if finding.norm_kind == "duty" or (finding.basis and finding.basis.iri == STRIVE):
        return f"{said} {'Hur görs det hos er?' if sv else 'How is it done here?'}"
    return f"{said} {'Finns det hos er, och sedan när?' if sv else 'Is it there, and since when?'}"


def _of_remark(remark: Remark, lang: Lang) -> Iterator[str]:
    english = lang == "en"
    if remark.standing is not Standing.UNSTATED:
        return
    if remark.analysis is Analysis.GOVERNANCE and remark.code == "unstated":
        names = join([each.label(lang) for each in remark.subjects], lang)
        for item, pair in OF_FORUM.items():
            if remark.figure(item) == "unstated":
                yield pair[english].format(names)
        return
    where = sections_text(remark.sections, lang) if len(remark.sections) <= 6 else ""
    cited_in = f" ({capital(where)}.)" if where else ""
    if remark.analysis is Analysis.GOVERNANCE and remark.code in UNSEATED:
        names = listed([each.label(lang) for each in remark.subjects], lang)
        if english:
            yield f"Is there a forum in which they take part: {names}?{cited_in}"
        else:
            yield f"Deltar {names} i något forum?{cited_in}"
        return
    asked = OF_WHOLE.get((remark.analysis, remark.code))
    if asked:
        yield f"{remark_words(remark, lang)} {asked[english]}{cited_in}"


def asking_brief(reading: Reading, lang: Lang) -> Brief:
    """Return the questions for the next meeting, a heading for each who can answer."""
    sv, groups = lang == "sv", questions(reading, lang)
    place = reading.source.municipality.label(lang)
    count = sum(len(each.texts) for each in groups)
    blocks: list[Block] = what_was_read(reading, lang)
    if sv:
        said = f"Här är {plural(count, 'fråga', 'frågor')}, samlade efter vem som kan svara."
        said = said if groups else "Rapporten lämnar inga frågor öppna av dem som Förebygg ställer."
    else:
        said = f"{plural(count, 'question', 'questions')}, each under the one who can answer it."
        said = said if groups else "The report leaves none of the questions open that Förebygg asks."
    blocks.append(Paragraph(said))
    for group in groups:
        blocks += [Heading(group.whom), Listing(group.texts, ordered=True)]
    return Brief(
        title=f"{place}: frågor till nästa möte" if sv else f"{place}: questions for the next meeting",
        subtitle=f"{reading.source.thing.label(lang)}, {reading.source.observed_on.isoformat()}",
        lang=lang,
        observed_on=reading.source.observed_on.isoformat(),
        blocks=tuple(blocks),
    )
