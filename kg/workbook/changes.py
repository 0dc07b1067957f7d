"""What changed between two imports, in words: added, removed and changed, thing by thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.namespaces import DCTERMS, FB, ORG, PROV, RDF, SKOS, last_part
from kg.workbook.context import Context
from kg.workbook.sheets import SHEETS
from kg.workbook.triples import Term, Triple

__all__ = ["Change", "find_changes", "told"]

_CLASSES: Final = {
    FB.ForumDescription: "beskrivning av forum",
    FB.ForumMembership: "deltagande",
    FB.NonMembership: "nekat deltagande",
    FB.AbsenceClaim: "avsaknad",
    FB.InformationFlow: "flöde",
    FB.InterventionDescription: "beskrivning av insats",
    FB.SteeringRelation: "styrning",
    FB.Collaboration: "samverkan",
    FB.ExistenceClaim: "det som finns",
    FB.FollowUp: "uppföljning",
    FB.AreaPriority: "prioriterat område",
    FB.AuditFinding: "bedömning",
    FB.Recommendation: "rekommendation",
    FB.Response: "svar",
    FB.Source: "källa",
    FB.Decision: "ställningstagande",
    FB.SourceSection: "avsnitt",
    FB.TargetGroup: "målgrupp",
    FB.Municipality: "kommun",
    FB.Region: "region",
}
_ENDS: Final = (
    *(FB.describesForum, ORG.member, ORG.organization, FB.excludedActor, FB.excludedFrom, FB.absent, FB.absentWithin),
    *(FB.flowFrom, FB.flowTo, FB.describesIntervention, FB.steers, FB.isSteered, FB.party, FB.existing, FB.followUpOf),
    *(FB.priorityArea, FB.auditedBody, FB.verdict, FB.directedAt, FB.respondsTo),
)
_LISTED: Final = frozenset({FB.listsMembership, RDF.type})


_OTHER_NAMES: Final = {PROV.wasDerivedFrom: "avsnitt", DCTERMS.isPartOf: "ingår i", SKOS.hiddenLabel: "namnval"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new, gone or different; `details` says property by property what differs."""

    kind: str
    sort: str
    what: str
    details: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The change as one Swedish line."""
        more = f": {'; '.join(self.details)}" if self.details else ""
        return f"{self.kind} {self.sort} {self.what}{more}"


def find_changes(
    before: Mapping[str, Iterable[Triple]], after: Mapping[str, Iterable[Triple]], context: Context
) -> list[Change]:
    """Return what differs between the graphs of two imports, added first, then removed, then changed."""
    old, new = _subjects(before), _subjects(after)
    names = _Names(context, old, new)
    added, removed, changed = [], [], []
    for key in sorted(set(old) | set(new)):
        if key not in old:
            added.append(Change("Nytt:", *names.describe(key, new)))
        elif key not in new:
            removed.append(Change("Borttaget:", *names.describe(key, old)))
        elif old[key] != new[key]:
            details = tuple(names.difference(old[key], new[key]))
            if details:
                changed.append(Change("Ändrat:", *names.describe(key, new), details))
    return [*added, *removed, *changed]


def told(changes: Sequence[Change], *, most: int = 30) -> list[str]:
    """Return changes as lines: each one where they are few, else how many of each sort; what changed is always told."""
    lines = []
    for kind in ("Nytt:", "Borttaget:"):
        mine = [each for each in changes if each.kind == kind]
        if most and len(mine) > most:
            counts = Counter(each.sort for each in mine)
            lines.append(f"{kind} {', '.join(f'{sort} ({number})' for sort, number in sorted(counts.items()))}")
        else:
            lines += [each.text for each in mine]
    return lines + [each.text for each in changes if each.kind == "Ändrat:"]


Key = tuple[str, str]
Subjects = dict[Key, dict[str, set[Term]]]


def _subjects(graphs: Mapping[str, Iterable[Triple]]) -> Subjects:
    found: Subjects = defaultdict(lambda: defaultdict(set))
    for name, triples in graphs.items():
        for triple in triples:
            found[name, triple.subject][triple.predicate].add(triple.value)
    return {key: dict(said) for key, said in found.items()}


class _Names:
    def __init__(self, context: Context, *graphs: Subjects) -> None:
        self.labels: dict[str, str] = {}
        for known in (*context.shared.values(), *context.own.values()):
            self.labels[known.iri] = known.label
        self.labels |= context.labels
        for subjects in graphs:
            for (_, subject), said in subjects.items():
                for value in sorted(said.get(SKOS.prefLabel, ())):
                    if value.kind == "@sv":
                        self.labels[subject] = value.text
        self.columns = {
            column.term: column.name.casefold() for sheet in reversed(SHEETS) for column in sheet.columns if column.term
        }
        words = {cls: word for sheet in SHEETS for word, cls in sheet.classes.items()}
        self.words = {**words, **_CLASSES}

    def label(self, value: Term) -> str:
        if value.kind != "iri":
            return value.text
        return self.labels.get(value.text) or last_part(value.text)

    def describe(self, key: Key, subjects: Subjects) -> tuple[str, str]:
        graph, subject = key
        said = subjects[key]
        cls = next((value.text for value in sorted(said.get(RDF.type, ()))), "")
        word = self.words.get(cls, "namnval" if SKOS.hiddenLabel in said else "uppgift").casefold()
        where = "" if graph.startswith("register-") else f" ({graph})"
        if subject in self.labels:
            return word, f"{self.labels[subject]}{where}"
        ends = [self.label(value) for term in _ENDS for value in sorted(said.get(term, ()))]
        return word, f"{' – '.join(ends) or last_part(subject)}{where}"

    def difference(self, old: Mapping[str, set[Term]], new: Mapping[str, set[Term]]) -> Iterable[str]:
        for term in sorted(set(old) | set(new)):
            before, after = old.get(term, set()), new.get(term, set())
            if before == after or term in _LISTED:
                continue
            name = self.columns.get(term, _OTHER_NAMES.get(term, last_part(term)))
            gone = ", ".join(sorted(self.label(value) for value in before - after))
            come = ", ".join(sorted(self.label(value) for value in after - before))
            if gone and come:
                yield f"{name}: {gone} → {come}"
            elif come:
                yield f"{name}: {come} tillkom"
            else:
                yield f"{name}: {gone} togs bort"
