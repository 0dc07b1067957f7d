"""The brief for a committee: two pages on what matters most, what is not known, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from kg.briefs.asking import questions
from kg.briefs.content import Block, Brief, Heading, Listing, Paragraph, Table, texts, within
from kg.briefs.parts import ages_table, legal_floor, sources, what_was_read
from kg.briefs.picture import draw
from kg.briefs.reading import Reading, say, sections_text, what_to_do
from kg.findings import Analysis, Lang, Remark
from kg.phrases import join, plural
from kg.triage import rank
from kg.whatif import Result
from kg.wording.ages import listed
from kg.wording.pairs import Words

__all__ = ["board_brief"]

OVERLAPS = {
    "may-duplicate": ("De kan göra samma arbete.", "They may do the same work."),
    "cannot-be-said": (
        "Om det är samma arbete eller skilda uppdrag går inte att säga.",
        "Whether it is the same work cannot be told.",
    ),
    "other-task": ("De har olika uppdrag.", "They have different tasks."),
    "other-target": ("De har olika målgrupper.", "They have different target groups."),
    "other-area": ("De arbetar i olika områden.", "They work in different areas."),
    "other-level": ("De arbetar på olika nivå.", "They work on different levels."),
}
"""The readings of a pair of forums that a committee is told, those first that call for something."""
LINKS = ("sole-link-levels", "sole-level", "cut-actor", "cut-forum", "sole-link", "vacancy", "organiser")
"""Codes of the remarks on who is alone in joining forums or gathering one, between levels first."""
SOME = 4
"""So many names of what is not told at length."""
PAGES, PICTURE = 6700, 330
"""Characters that two pages hold beside the parts of a fixed size, and how many of them a row of the picture takes."""


def board_brief(reading: Reading, lang: Lang) -> Brief:
    """Return the brief of a report for a committee, so much of each part as has room on two pages."""
    sv, place = lang == "sv", reading.source.municipality.label(lang)
    five = [each.item for each in reading.five]
    picture = draw(reading.model, lang)
    first = [*_five(five, lang), *_to_do(five, lang)]
    spare = PAGES - sum(map(len, texts(first))) - PICTURE * picture.rows
    overlaps, pairs = _overlaps(reading, five, lang, room=max(200, spare // 4))
    links, joints = _links(reading, five, lang, room=max(200, spare * 7 // 20))
    used = [*five, *pairs, *joints]
    title = (
        f"{place}: samverkan för att förebygga, i korthet" if sv else f"{place}: working together to prevent, in brief"
    )
    return Brief(
        title=title,
        subtitle=f"{reading.source.thing.label(lang)}, {reading.source.observed_on.isoformat()}",
        lang=lang,
        observed_on=reading.source.observed_on.isoformat(),
        blocks=(
            *what_was_read(reading, lang),
            picture,
            *first,
            *ages_table(reading, lang),
            *overlaps,
            *links,
            *_unknown(reading, lang, room=max(200, spare * 2 // 5)),
            *legal_floor(reading, lang, most=5),
            *sources(reading, used, lang),
        ),
    )


def _five(five: Sequence[Result], lang: Lang) -> list[Block]:
    sv = lang == "sv"
    if not five:
        return []
    heading = "Det som betyder mest" if sv else "What matters most"
    return [Heading(heading), Listing(tuple(say(each, lang) for each in five), ordered=True)]


def _to_do(five: Sequence[Result], lang: Lang) -> list[Block]:
    """Return what to do about the five, those with the same thing to do together."""
    sv, by_advice = lang == "sv", dict[str, list[str]]()
    for number, each in enumerate(five, 1):
        if todo := what_to_do(each, lang):
            by_advice.setdefault(todo, []).append(str(number))
    if not by_advice:
        return []
    word = "Punkt" if sv else "Point"
    items = tuple(
        f"{word}{'' if sv or len(which) == 1 else 's'} {join(which, lang)}: {todo}" for todo, which in by_advice.items()
    )
    return [Heading("Att göra" if sv else "What to do"), Listing(items)]


def _left(reading: Reading, analysis: Analysis, codes: Sequence[str], five: Sequence[Result]) -> list[Remark]:
    """Return the remarks of these codes that are not told already, in the order of codes and then of weight."""
    told = {each.id for each in five}
    found = [
        each.item
        for each in rank(reading.remarks)
        if isinstance(each.item, Remark) and each.item.analysis is analysis and each.item.id not in told
    ]
    light = [
        each for each in reading.remarks if each.analysis is analysis and each not in found and each.id not in told
    ]
    wanted = [each for each in (*found, *light) if each.code in codes]
    return sorted(wanted, key=lambda each: codes.index(each.code))


def _overlaps(reading: Reading, five: Sequence[Result], lang: Lang, *, room: int) -> tuple[list[Block], list[Remark]]:
    sv, codes = lang == "sv", list(OVERLAPS)
    found = _left(reading, Analysis.OVERLAP, codes, five)
    texts = [_pair(each, lang) for each in found]
    shown = within(texts, room)
    heading = Heading("Forum som delar deltagare" if sv else "Forums that share members")
    if not found:
        if _five_tell(five, Analysis.OVERLAP, codes):
            return [], []
        none = "Inget överlapp syns bland de deltagare som rapporten nämner."
        return [heading, Paragraph(none if sv else "No overlap shows among the members that the report names.")], []
    rest = [" – ".join(each.label(lang) for each in remark.subjects[:2]) for remark in found[len(shown) :]]
    more = ["Fler par med gemensamma deltagare: " if sv else "More pairs that share members: "]
    items = [*shown, *(f"{each}{_some(rest, lang)}." for each in more if rest)]
    return [heading, Listing(tuple(items))], found[: len(shown)]


def _five_tell(five: Sequence[Result], analysis: Analysis, codes: Sequence[str]) -> bool:
    """Whether one of the five is a remark of an analysis with one of these codes."""
    return any(isinstance(each, Remark) and each.analysis is analysis and each.code in codes for each in five)


def _some(names: Sequence[str], lang: Lang) -> str:
    """Return a few names parted by semicolons, and how many more there are."""
    left = len(names) - SOME
    if left <= 0:
        return "; ".join(names)
    return "; ".join([*names[:SOME], f"{left} till" if lang == "sv" else f"{left} more"])


def _pair(remark: Remark, lang: Lang) -> str:
    first, second = (each.label(lang) for each in remark.subjects[:2])
    names = Words(remark, lang).groups["shared"]
    reading, where = OVERLAPS[remark.code][lang == "en"], sections_text(remark.sections, lang)
    cited = f" ({where})" if where else ""
    if lang == "sv":
        what = plural(len(names), "aktör", "aktörer")
        return f"{first} och {second} har {what} gemensamt: {join(names, lang)}. {reading}{cited}"
    what = plural(len(names), "actor", "actors")
    return f"{first} and {second} have {what} in common: {join(names, lang)}. {reading}{cited}"


def _links(reading: Reading, five: Sequence[Result], lang: Lang, *, room: int) -> tuple[list[Block], list[Remark]]:
    sv, found = lang == "sv", _left(reading, Analysis.POSITION, LINKS, five)
    shown = within([say(each, lang) for each in found], room)
    heading = Heading("Ensamma länkar" if sv else "Only links")
    if not found:
        if _five_tell(five, Analysis.POSITION, LINKS):
            return [], []
        none = "Ingen ensam länk syns bland de deltagare som rapporten nämner."
        return [heading, Paragraph(none if sv else "No only link shows among the members that the report names.")], []
    told = {each.subjects[0] for each in found[: len(shown)]}
    rest = list(dict.fromkeys(each.subjects[0].label(lang) for each in found if each.subjects[0] not in told))
    more = ["Fler som är ensamma om något: " if sv else "More who are alone in something: "]
    items = [*shown, *(f"{each}{_some(rest, lang)}." for each in more if rest)]
    return [heading, Listing(tuple(items))], found[: len(shown)]


def _unknown(reading: Reading, lang: Lang, *, room: int) -> list[Block]:
    """Return the questions that weigh most, by whom to ask."""
    sv, groups = lang == "sv", questions(reading, lang)
    if not groups:
        return []
    rows, used, left = dict[str, list[str]](), 0, 0
    for group in groups:
        some = [] if len(rows) == 5 else within(group.texts, 260)
        if some and used + sum(map(len, some)) <= room:
            used += sum(map(len, some))
            rows.setdefault(" ".join(some), []).append(group.whom)
            left += len(group.texts) - len(some)
        else:
            left += len(group.texts)
    caption = "Vem som kan svara på vad" if sv else "Who can answer what"
    columns = ("Fråga till", "Frågor") if sv else ("Whom to ask", "Questions")
    blocks: list[Block] = [Heading("Det rapporten inte säger" if sv else "What the report does not say")]
    if rows:
        cells = tuple((listed(whom, lang), text) for text, whom in rows.items())
        blocks.append(Table(caption, columns, cells, (24, 76)))
    if left and sv:
        blocks.append(
            Paragraph(f"Ytterligare {plural(left, 'fråga', 'frågor')} finns i frågorna till nästa möte.", small=True)
        )
    elif left:
        blocks.append(
            Paragraph(
                f"{plural(left, 'more question', 'more questions')}: see the questions for the next meeting.",
                small=True,
            )
        )
    return blocks
