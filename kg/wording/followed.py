"""What became of the recommendations, in words: what is not visible is never called neglected."""

from __future__ import annotations

from collections.abc import Mapping

from kg.findings import Lang, Remark, Thing
from kg.phrases import join, quote
from kg.wording import Wording, reports

__all__ = ["ADVICE", "SENTENCES"]


def _pieces(remark: Remark) -> tuple[list[Thing], list[Thing], list[Thing], list[Thing]]:
    """Return topics, bodies that both reports examine, statuses of replies, and recommendations of the later report."""
    rest, found = list(remark.names), []
    for name in ("topics", "examined", "statuses"):
        found.append(rest[: reports.number(remark, name)])
        rest = rest[reports.number(remark, name) :]
    return found[0], found[1], found[2], rest


def _recommended(remark: Remark, lang: Lang) -> str:
    return quote(remark.subjects[0].label(lang), lang)


def _quotes(remark: Remark, lang: Lang) -> str:
    texts = [each for each in str(remark.figure("quotes") or "").split(" / ") if each]
    return f" ({join([quote(each, lang) for each in texts], lang)})" if texts else ""


def _seen(swedish: str, english: str) -> Wording:
    """Return a wording on a recommendation of which the later report says something."""

    def say(remark: Remark, lang: Lang) -> str:
        sv, name, other = lang == "sv", _recommended(remark, lang), reports.other(remark, lang)
        said = f"Rekommendationen {name} i {other}" if sv else f"The recommendation {name} in {other}"
        topics = reports.labels(_pieces(remark)[0], lang)
        quotes = _quotes(remark, lang)
        return (swedish if sv else english).format(
            said=said, report=reports.report(remark, lang), topics=topics, quotes=quotes
        )

    return say


def _answered(remark: Remark, lang: Lang) -> str:
    statuses, quotes = reports.labels(_pieces(remark)[2], lang), _quotes(remark, lang)
    said, other = _recommended(remark, lang), reports.other(remark, lang)
    if lang == "sv":
        how = f" med status {statuses}" if statuses else ""
        return (
            f"Rekommendationen {said} i {other} har fått svar{how}{quotes}. Ett svar visar inte att den är genomförd."
        )
    how = f" with status {statuses}" if statuses else ""
    return f"The recommendation {said} in {other} was answered{how}{quotes}. A reply does not show that it was done."


def _unseen(remark: Remark, lang: Lang) -> str:
    topics, examined, _, again = _pieces(remark)
    sv, other, said = lang == "sv", reports.other_name(remark, lang), _recommended(remark, lang)
    report = reports.report(remark, lang)
    about = reports.either([each.label(lang) for each in topics], lang)
    if topics and sv:
        parts = [f"Rekommendationen {said} i {report} syns inte i {other}: inget som är hämtat därur gäller {about}."]
    elif topics:
        parts = [
            f"The recommendation {said} in {report} is not visible in {other}: nothing taken from it is on {about}."
        ]
    elif sv:
        parts = [
            f"Vad som hände med rekommendationen {said} i {report} går inte att läsa ut ur uppgifterna om {other}."
        ]
    else:
        parts = [f"What became of the recommendation {said} in {report} cannot be told from the data on {other}."]
    if examined:
        names = reports.labels(examined, lang)
        parts.append(
            f"Av dem den riktades till granskas där bara {names}."
            if sv
            else f"Of those it was directed at only {names} is examined there."
        )
    if again:
        names = join([quote(each.label(lang), lang) for each in again], lang)
        parts.append(f"Där rekommenderas: {names}." if sv else f"It recommends: {names}.")
    parts.append("Om rekommendationen är genomförd är inte sagt." if sv else "Whether it was carried out is not said.")
    return " ".join(parts)


SENTENCES: Mapping[str, Wording] = {
    "recommendation-open": _seen(
        "{said} kvarstår enligt {report}, där {topics} tas upp som en brist{quotes}.",
        "{said} is still open in {report}, where {topics} is a shortcoming{quotes}.",
    ),
    "recommendation-partly": _seen(
        "{said} är delvis uppfylld enligt det som {report} säger om {topics}{quotes}.",
        "{said} is partly met by what {report} says of {topics}{quotes}.",
    ),
    "recommendation-met": _seen(
        "{said} är uppfylld enligt granskarnas bedömning av {topics} i {report}{quotes}.",
        "{said} is met by the auditors' verdict on {topics} in {report}{quotes}.",
    ),
    "recommendation-shown": _seen(
        "{said}: {report} visar {topics}{quotes}; om det är vad som efterfrågades sägs inte.",
        "{said}: {report} shows {topics}{quotes}; whether that is what was asked for is not said.",
    ),
    "recommendation-answered": _answered,
    "recommendation-not-visible": _unseen,
    "recommendation-untraced": _unseen,
}


def _ask_recommendation(_: Remark, lang: Lang) -> str:
    if lang == "sv":
        return "Fråga vad som har gjorts med anledning av rekommendationen."
    return "Ask what was done about the recommendation."


ADVICE: Mapping[str, Wording] = {
    "recommendation-open": _ask_recommendation,
    "recommendation-answered": _ask_recommendation,
    "recommendation-not-visible": _ask_recommendation,
    "recommendation-untraced": _ask_recommendation,
}
