"""Findings as dashed shapes: a pill for each gap, one for the questions of a forum, a box for a missing forum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.findings import Finding, Kind, Thing
from kg.maps.values import LEFT, Ghost, GhostKind, Side, Text, key_of
from kg.network import Actor, TypeTree, sector_of
from kg.sources import Source

__all__ = ["gather_ghosts", "label_of"]


def label_of(finding: Finding) -> Text:
    """Return the name of what a finding is about: an actor type, a kind of thing, or the norm itself."""
    thing = finding.actor_type or finding.expected or finding.norm
    return Text(thing.sv, thing.label("en")) if thing else Text(finding.id)


def ghost_label(finding: Finding) -> Text:
    """Return the words on the shape of a gap, or of a question about the municipality."""
    what = label_of(finding)
    if finding.kind is not Kind.GAP:
        return Text(f"Nämns inte: {what.sv}", f"Not named: {what.of('en')}")
    if finding.norm_kind == "frequency":
        return Text(f"Möts mer sällan än {what.sv}", f"Meets less often than {what.of('en')}")
    return Text(f"Saknas: {what.sv}", f"Missing: {what.of('en')}")


def _side(finding: Finding, source: Source, tree: TypeTree) -> Side:
    """Return the side on which an actor of the missing type would stand; what is no actor stands to the left."""
    if finding.actor_type is None:
        return Side.LEFT
    types = frozenset({finding.actor_type.iri})
    anyone = Actor(Thing("", ""), frozenset(), types, "", ())
    return Side.LEFT if sector_of(anyone, types, source.municipality.iri, tree) in LEFT else Side.RIGHT


def _subject(finding: Finding) -> str:
    thing = finding.actor_type or finding.expected or finding.norm
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

    Questions about the municipality as a whole are drawn only where they ask for a kind of forum; the others stand in
    the tables.
    """
    groups: dict[tuple[str, GhostKind, str, Side], list[Finding]] = {}
    for finding in findings:
        forum = on_map.get(finding.forum.iri, "") if finding.forum else ""
        if finding.kind not in {Kind.GAP, Kind.QUESTION} or (finding.forum and not forum):
            continue
        kind = GhostKind.GAP if finding.kind is Kind.GAP else GhostKind.QUESTION
        if kind is GhostKind.QUESTION and not forum and not _is_forum(finding):
            continue
        subject = "" if kind is GhostKind.QUESTION and forum else _subject(finding)
        groups.setdefault((forum, kind, subject, _side(finding, source, tree)), []).append(finding)
    return tuple(_ghost(*key, tuple(groups[key])) for key in sorted(groups))


def _ghost(forum: str, kind: GhostKind, subject: str, side: Side, findings: tuple[Finding, ...]) -> Ghost:
    tail = key_of(subject).replace("/", "-") if subject else side.value
    together = kind is GhostKind.QUESTION and forum
    return Ghost(
        key="/".join(filter(None, (kind.value, forum, tail))),
        kind=kind,
        forum=forum,
        side=side,
        label=questions_label(len({_subject(each) for each in findings})) if together else ghost_label(findings[0]),
        is_forum=not forum and _is_forum(findings[0]),
        findings=findings,
    )
