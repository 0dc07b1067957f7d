"""What differs between two reports as remarks: their scope first, then the recommendations, then the forums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.cases import Case, finding_id
from kg.change import Change, Shift, find_changes
from kg.change.followed import Followed, Result, follow_recommendations
from kg.findings import Analysis, Evidence, Remark, Standing, Thing
from kg.namespaces import FB, SKOS
from kg.remarks import Figures, make_remark

__all__ = ["find_differences"]

ONLY_EARLIER = frozenset({Shift.SILENT, Shift.MEMBER_SILENT, Shift.FUNCTION_SILENT})


def find_differences(earlier: Case, later: Case) -> list[Remark]:
    """Return how two reports of one municipality differ, in the order in which they are to be read.

    A remark belongs to the report whose sections it cites: what the later one is silent on cites the earlier. `other`
    names the other report, `other-sections` its sections. Where the later source describes no forums (a reply), only
    the recommendations are followed. Raises `ValueError` as `find_changes`.
    """
    remarks = [_followed(earlier, later, each) for each in _follow(earlier, later)]
    if later.forums and earlier.forums:
        changes = find_changes(earlier, later)
        remarks = [_scope(earlier, later), *remarks, *(_changed(earlier, later, each) for each in changes)]
    return remarks


def _follow(earlier: Case, later: Case) -> list[Followed]:
    return follow_recommendations(earlier.records, earlier.source, later)


def _remark(
    earlier: Case,
    later: Case,
    code: str,
    *,
    cites_later: bool,
    subjects: tuple[Thing, ...],
    names: tuple[Thing, ...] = (),
    evidence: tuple[Evidence, ...] = (),
    other: Iterable[Evidence] = (),
    figures: Figures = (),
    standing: Standing = Standing.COMPUTED,
) -> Remark:
    source, against = (later.source, earlier.source) if cites_later else (earlier.source, later.source)
    sections = dict.fromkeys(section.number for each in other for section in each.sections)
    made = make_remark(
        source,
        analysis=Analysis.CHANGE,
        code=code,
        standing=standing,
        subjects=subjects,
        names=names,
        figures=(
            ("other", against.thing.sv),
            ("other-en", against.thing.label("en")),
            ("other-sections", ", ".join(sections)),
            *figures,
        ),
        evidence=evidence,
    )
    key = (later.source.key, earlier.source.key, code, *(finding_id(each.iri) for each in subjects))
    return replace(made, id="/".join(key))


def _changed(earlier: Case, later: Case, change: Change) -> Remark:
    cites_later = change.shift not in ONLY_EARLIER
    subjects = tuple(each for each in (change.forum, change.who) if each)
    return _remark(
        earlier,
        later,
        change.shift.value,
        cites_later=cites_later,
        subjects=subjects,
        names=tuple(each for each in (*change.before, *change.after) if each.iri),
        evidence=change.later if cites_later else change.earlier,
        other=change.earlier if cites_later else change.later,
        figures=(
            ("before", len([each for each in change.before if each.iri])),
            ("before-text", ", ".join(each.sv for each in change.before if not each.iri)),
            ("after-text", ", ".join(each.sv for each in change.after if not each.iri)),
        ),
        standing=change.standing,
    )


def _followed(earlier: Case, later: Case, found: Followed) -> Remark:
    seen = found.seen or tuple(evidence for evidence, _ in found.replies)
    statuses = tuple(dict.fromkeys(status for _, status in found.replies if status))
    again = tuple(_recommended(later)) if found.result in {Result.UNSEEN, Result.UNTRACED} else ()
    shared = found.examined if len(found.examined) < len(found.directed_at) else ()
    return _remark(
        earlier,
        later,
        found.result.value,
        cites_later=bool(seen),
        subjects=(found.recommendation,),
        names=(*found.topics, *shared, *statuses, *again),
        evidence=seen or (found.claim,),
        other=(found.claim,) if seen else (),
        figures=(
            ("topics", len(found.topics)),
            ("examined", len(shared)),
            ("directed", len(found.directed_at)),
            ("statuses", len(statuses)),
            ("quotes", " / ".join(dict.fromkeys(each.as_stated for each in seen if each.as_stated))),
        ),
        standing=Standing.STATED if seen else Standing.COMPUTED,
    )


def _recommended(later: Case) -> Iterator[Thing]:
    """Yield the recommendations of the later report under their names, for a reader to compare with."""
    for claim in later.records.claims_of(later.source.thing.iri, FB.Recommendation):
        name = claim.text(SKOS.prefLabel, "sv") or claim.text(FB.asStated, "sv")
        if name:
            yield Thing(claim.iri, name, claim.text(SKOS.prefLabel, "en"))


def _scope(earlier: Case, later: Case) -> Remark:
    """Return how much each report describes and examines; without it no silence can be read."""
    names: list[Thing] = []
    figures: list[tuple[str, int | float | str]] = []
    for word, case in (("earlier", earlier), ("later", later)):
        scope = case.source.scope
        topics = sorted(case.records.thing(each) for each in scope.topics) if scope else []
        bodies = sorted(case.records.thing(each) for each in scope.bodies) if scope else []
        names += [*topics, *bodies]
        held = [each for each in case.forums if not each.programme]
        figures += [
            (f"{word}-topics", len(topics)),
            (f"{word}-bodies", len(bodies)),
            (f"{word}-forums", len(held)),
            (f"{word}-whole", sum(each.whole_list for each in held)),
        ]
    both = {each.thing.iri for each in earlier.forums if not each.programme} & {each.thing.iri for each in later.forums}
    return _remark(
        earlier,
        later,
        "scope",
        cites_later=True,
        subjects=(earlier.source.thing, later.source.thing),
        names=tuple(names),
        figures=(*figures, ("both", len(both))),
    )
