"""Findings as dashed shapes: a pill for each gap, one for the questions of a forum, a box for a missing forum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.findings import Finding, Kind, Thing
from kg.maps.values import LEFT, Ghost, GhostKind, Side, Text, key_of
from kg.network import Actor, TypeTree, sector_of
from kg.sources import Source

__all__ = ["gather_ghosts", "label_of", "side_of_kind"]


def _thing(finding: Finding) -> Thing | None:
    """Return what is expected: of a duty what should exist, else who should take part."""
    if finding.norm_kind in {"existence", "duty"} and finding.expected:
        return finding.expected
    return finding.actor_type or finding.expected or finding.norm


def label_of(finding: Finding) -> Text:
    """Return the name of what a finding is about: an actor type, a kind of thing, or the norm itself."""
    thing = _thing(finding)
    return Text(thing.sv, thing.label("en")) if thing else Text(finding.id)


def ghost_label(finding: Finding) -> Text:
    """Return the words on the shape of a gap, or of a question about the municipality."""
    what = label_of(finding)
    if finding.kind is not Kind.GAP:
        return Text(f"Nämns inte: {what.sv}", f"Not named: {what.of('en')}")
    if finding.norm_kind == "frequency":
        return Text(f"Möts mer sällan än {what.sv}", f"Meets less often than {what.of('en')}")
    return Text(f"Saknas: {what.sv}", f"Missing: {what.of('en')}")


def side_of_kind(kind: str, source: Source, tree: TypeTree) -> Side:
    """Return the side on which an actor of a type would stand, seen from the municipality of a source."""
    types = frozenset({kind})
    anyone = Actor(Thing("", ""), frozenset(), types, "", ())
    return Side.LEFT if sector_of(anyone, types, source.municipality.iri, tree) in LEFT else Side.RIGHT


def _side(finding: Finding, source: Source, tree: TypeTree) -> Side:
    """Return the side on which an actor of the missing type would stand; what is no actor stands to the left."""
    return side_of_kind(finding.actor_type.iri, source, tree) if finding.actor_type else Side.LEFT


def _subject(finding: Finding) -> str:
    thing = _thing(finding)
    return thing.iri if thing else finding.id


def _is_forum(finding: Finding) -> bool:
    return finding.expected is not None and "/def/forumtyp/" in finding.expected.iri


def questions_label(count: int) -> Text:
    """Return the words on a pill of questions.

    >>> questions_label(1).sv, questions_label(2).sv, questions_label(1).en
    ('1 fråga', '2 frågor', '1 question')
    """
    return Text(
        f"{count} {'fråga' if count == 1 else 'frågor'}", f"{count} {'question' if count == 1 else 'questions'}"
    )


def gather_ghosts(
    findings: Iterable[Finding], on_map: Mapping[str, str], source: Source, tree: TypeTree
) -> tuple[Ghost, ...]:
    """Group gaps by forum and subject, questions by forum and side; a gap and a question never share a shape.

    Questions about the municipality as a whole share one shape, but for those that ask for a kind of forum.
    """
    groups: dict[tuple[str, GhostKind, str, Side], list[Finding]] = {}
    for finding in findings:
        forum = on_map.get(finding.forum.iri, "") if finding.forum else ""
        if finding.kind not in {Kind.GAP, Kind.QUESTION} or (finding.forum and not forum):
            continue
        kind = GhostKind.GAP if finding.kind is Kind.GAP else GhostKind.QUESTION
        together = kind is GhostKind.QUESTION and not (not forum and _is_forum(finding))
        side = _side(finding, source, tree) if forum else Side.LEFT
        groups.setdefault((forum, kind, "" if together else _subject(finding), side), []).append(finding)
    return tuple(_ghost(*key, tuple(groups[key])) for key in sorted(groups))


def _ghost(forum: str, kind: GhostKind, subject: str, side: Side, findings: tuple[Finding, ...]) -> Ghost:
    tail = key_of(subject).replace("/", "-") if subject else side.value
    return Ghost(
        key="/".join((kind.value, forum or "kommun", tail)),
        kind=kind,
        forum=forum,
        side=side,
        label=questions_label(len(findings)) if not subject else ghost_label(findings[0]),
        is_forum=bool(subject) and not forum and _is_forum(findings[0]),
        findings=findings,
    )
