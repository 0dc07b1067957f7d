"""Overlaps in words: who sits in both, how much that is, how it is to be read, and what a merger must keep."""

from __future__ import annotations

from collections.abc import Mapping

from kg.findings import Lang, Remark, Rollup
from kg.phrases import capital
from kg.wording import meetings
from kg.wording.pairs import Words, decimal

__all__ = ["ADVICE", "SENTENCES"]


def _of(count: int, total: int, sv: bool) -> str:
    if count == total:
        return ("båda" if total == 2 else f"alla {total}") if sv else ("both" if total == 2 else f"all {total}")
    return f"{count} av {total}" if sv else f"{count} of {total}"


def _head(words: Words) -> str:
    count = words.count("shared")
    parts = [_of(count, words.count(f"size_{side}"), words.sv) for side in ("first", "second")]
    named = words.join(words.groups["shared"])
    what = _members(words, count)
    if words.sv:
        said = f"{words.first} och {words.second} har {count} {what} gemensamt: {named}."
        many = f"Det är {parts[0]} som nämns i det förra och {parts[1]} i det senare"
    else:
        said = f"{words.first} and {words.second} have {count} {what} in common: {named}."
        many = f"That is {parts[0]} named in the former and {parts[1]} in the latter"
    return " ".join(
        filter(
            None, (said, f"{many} ({_jaccard(words)}).", _other_functions(words), _at_times(words), _possible(words))
        )
    )


def _members(words: Words, count: int) -> str:
    """Say what is counted: a function is a member, an organisation or a part of one an actor."""
    if words.rollup is Rollup.FUNCTION:
        return "deltagare" if words.sv else ("member" if count == 1 else "members")
    if words.sv:
        return "aktör" if count == 1 else "aktörer"
    return "actor" if count == 1 else "actors"


def _other_functions(words: Words) -> str:
    names = words.join(words.groups["other_functions"])
    if not names:
        return ""
    if words.sv:
        return f"Olika funktioner sitter i de två för {names}."
    return f"Different functions sit in the two for {names}."


def _jaccard(words: Words) -> str:
    low, named, high = (words.share(f"jaccard{end}") for end in ("_low", "", "_high"))
    score = f"{'Jaccardindex' if words.sv else 'Jaccard index'} {decimal(named, words.lang)}"
    if low == named == high:
        return score
    most = decimal(high, words.lang)
    if not words.sides("members"):
        rest = f"högst {most} om olika namn avser samma" if words.sv else f"at most {most} if names mean the same"
    elif high == 1:
        rest = "för hela listor går det inte att säga" if words.sv else "for whole lists it cannot be told"
    elif high == named:
        rest = "för hela listor kan det vara lägre" if words.sv else "for whole lists it may be lower"
    else:
        rest = f"för hela listor högst {most}" if words.sv else f"for whole lists at most {most}"
    return f"{score}; {rest}"


def _at_times(words: Words) -> str:
    names = words.groups["at_times"]
    if not names:
        return ""
    if words.sv:
        return f"I minst ett av dem deltar {words.join(names)} bara ibland, vid behov eller som adjungerad."
    return f"In at least one of them {words.join(names)} takes part only at times, at need or as adjunct."


def _possible(words: Words) -> str:
    first, second = (words.join(words.groups[f"possible_{side}"]) for side in ("first", "second"))
    if not first:
        return ""
    if words.sv:
        return f"De kan dela fler under olika namn: {first} i det förra, {second} i det senare."
    return f"They may share more under different names: {first} in the former, {second} in the latter."


def _may_duplicate(words: Words) -> str:
    by_kind = words.figures["detail"] == "kinds"
    level, task = (words.join(words.groups[each]) for each in ("levels", "detail_first"))
    target = _target(words)
    if words.sv:
        what = "slaget av forum" if by_kind else "ämnet"
        rest = f" Men {target}." if target else ""
        return (
            f"De kan göra samma arbete: nivån ({level}) och {what} ({task}) är desamma.{rest} "
            "Om det är så säger inte rapporten."
        )
    what = "kind of forum" if by_kind else "topic"
    rest = f" But {target}." if target else ""
    return (
        f"They may do the same work: level ({level}) and {what} ({task}) are the same.{rest} "
        "Whether it is so the report does not say."
    )


def _target(words: Words) -> str:
    """Say which forum has no target group to compare; "" where they were compared."""
    silent = words.sides("target")
    if silent:
        return f"målgruppen anges inte för {silent}" if words.sv else f"the target group is not stated for {silent}"
    if "target" not in words.unstated:
        return ""
    return "målgrupperna går inte att jämföra" if words.sv else "the target groups cannot be compared"


def _cannot_be_said(words: Words) -> str:
    members, level = words.sides("members"), words.sides("level")
    if words.sv:
        reasons = [
            f"deltagarlistan är inte känd i sin helhet för {members}" if members else "",
            "det går inte att avgöra om olika namn avser samma" if "names" in words.unstated else "",
            f"nivån anges inte för {level}" if level else "",
            "uppdragen är för knapphändigt beskrivna för att jämföras" if "task" in words.unstated else "",
            _target(words),
        ]
        return f"Om det är samma arbete eller skilda uppdrag går inte att säga: {'; '.join(filter(None, reasons))}."
    reasons = [
        f"the member list is not known as a whole for {members}" if members else "",
        "whether different names mean the same is not known" if "names" in words.unstated else "",
        f"the level is not stated for {level}" if level else "",
        "the tasks are described too briefly to be compared" if "task" in words.unstated else "",
        _target(words),
    ]
    return f"Whether it is the same work or two tasks cannot be told: {'; '.join(filter(None, reasons))}."


def _mostly_others(words: Words) -> str:
    if words.sv:
        return "De flesta som deltar är olika, också i det mindre av de två."
    return "Most members differ, in the smaller of the two as well."


def _other_task(words: Words) -> str:
    what: Mapping[str, tuple[str, str]] = {
        "kinds": ("De är olika slag av forum", "They are different kinds of forum"),
        "mandates": ("De har olika mandat", "They have different mandates"),
        "topics": ("De har olika ämnen", "They have different topics"),
    }
    return _by_design(f"{what[str(words.figures['detail'])][not words.sv]}: {words.told()}.", words)


def _other_target(words: Words) -> str:
    head = "De har olika målgrupper" if words.sv else "They have different target groups"
    return _by_design(f"{head}: {words.told('; ')}.", words)


def _other_area(words: Words) -> str:
    head = "De är av samma slag men för olika områden" if words.sv else "They are of one kind, for different areas"
    return _by_design(f"{head}: {words.told()}.", words)


_LEVELS: Mapping[str, tuple[str, str]] = {
    "cases": (
        "Det ena gäller enskilda ärenden, det andra arbetet i stort.",
        "One concerns single cases, the other the work at large.",
    ),
    "above": (
        "Det ena inriktar arbetet, det andra samordnar vad som görs.",
        "One directs the work, the other coordinates what is done.",
    ),
    "political": (
        "I det ena möts förtroendevalda, i det andra chefer eller ledande företrädare.",
        "In one elected politicians meet, in the other heads or leading representatives.",
    ),
}


def _other_municipality(words: Words) -> str:
    head = "De hör till olika kommuner" if words.sv else "They belong to different municipalities"
    return _by_design(f"{head}: {words.told()}.", words)


def _other_level(words: Words) -> str:
    head = "De arbetar på olika nivå" if words.sv else "They work on different levels"
    pair = _LEVELS.get(str(words.figures["detail"]).removeprefix("levels-"), ("", ""))
    return _by_design(" ".join(filter(None, (f"{head}: {words.told()}.", pair[not words.sv]))), words)


def _by_design(reason: str, words: Words) -> str:
    if words.sv:
        return f"{reason} Att samma aktörer är med i båda är då inte dubbelt arbete i sig."
    return f"{reason} That the same actors are in both is then not in itself the same work twice."


def _part_of(words: Words) -> str:
    pair = (words.first, words.second) if words.figures["detail"] == "first" else (words.second, words.first)
    part, whole = pair
    if words.sv:
        return f"{part} är en del av {whole}, och att samma aktörer är med följer av det."
    return f"{part} is a part of {whole}, and that the same actors are in both follows from it."


def _parts_of_one(words: Words) -> str:
    if words.sv:
        return "Båda är delar av samma forum, och att samma aktörer är med följer av det."
    return "Both are parts of one forum, and that the same actors are in both follows from it."


def _steers(words: Words) -> str:
    if words.sv:
        return "Det ena styr det andra enligt rapporten, och att samma aktörer är med följer av det."
    return "One steers the other according to the report, and that the same actors are in both follows from it."


def _span(span: str, sv: bool) -> str:
    low, _, high = span.partition("-")
    if not high:
        return f"från {low} år" if sv else f"from {low}"
    years = low if low == high else f"{low}–{high}"
    return f"{years} år" if sv else f"aged {years}"


def _loss(words: Words, side: str) -> str:
    gone, kept = (words.first, words.second) if side == "first" else (words.second, words.first)
    members, ages = words.groups[f"only_{side}"], str(words.figures[f"ages_lost_{side}"])
    spans = [_span(each, words.sv) for each in ages.split()]
    if words.sv:
        said = [f"bjud då in {words.join(members)}" if members else "alla deltagare sitter redan där"]
        said += ["vilka åldrar som berörs är inte angivet"] if ages == "?" else []
        said += [f"ta med åldrarna {words.join(spans)}"] if ages != "?" and spans else []
        return f"Går {gone} upp i {kept}: {'; '.join(said)}."
    said = [f"then invite {words.join(members)}" if members else "all its members sit there already"]
    said += ["which ages are concerned is not stated"] if ages == "?" else []
    said += [f"take with it those {words.join(spans)}"] if ages != "?" and spans else []
    return f"Should {gone} merge into {kept}: {'; '.join(said)}."


def _compare_first(words: Words) -> str:
    head = (
        "Låt båda beskriva sitt uppdrag innan något ändras."
        if words.sv
        else "Let both describe their task before anything is changed."
    )
    return " ".join((head, _loss(words, "first"), _loss(words, "second")))


def _ask(words: Words) -> str:
    asked = {
        "members": ("vilka som deltar", "who takes part"),
        "level": ("nivån", "the level"),
        "task": ("uppdraget", "the task"),
        "target": ("målgruppen", "the target group"),
    }
    codes = {"members" if code == "names" else code.partition("-")[0] for code in words.unstated}
    wanted = words.join([text[not words.sv] for code, text in asked.items() if code in codes])
    both = f"{words.first} {'och' if words.sv else 'and'} {words.second}"
    return f"Fråga {both} om {wanted}." if words.sv else f"Ask {both} about {wanted}."


_READINGS = {
    "may-duplicate": _may_duplicate,
    "cannot-be-said": _cannot_be_said,
    "mostly-other-members": _mostly_others,
    "other-task": _other_task,
    "other-target": _other_target,
    "other-area": _other_area,
    "other-level": _other_level,
    "other-municipality": _other_municipality,
    "one-steers-other": _steers,
    "part-of": _part_of,
    "parts-of-one": _parts_of_one,
}


def _sentence(remark: Remark, lang: Lang) -> str:
    words = Words(remark, lang)
    return capital(f"{_head(words)} {_READINGS[remark.code](words)}")


SENTENCES = dict.fromkeys(_READINGS, _sentence) | meetings.SENTENCES
ADVICE = {
    "may-duplicate": lambda remark, lang: _compare_first(Words(remark, lang)),
    "cannot-be-said": lambda remark, lang: _ask(Words(remark, lang)),
} | meetings.ADVICE
