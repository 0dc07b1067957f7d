"""Whether a graph can be trusted: the shapes, the checks across records, and terms that nobody declared.

Three kinds of rule, each with a name that it is reported by: a shape of `ontology/shapes.ttl` (`ForumMembership-member`),
a query of `kg/queries/checks` (`orphan_membership`), and two that are asked of the terms themselves
(`DeclaredTerms`, `DeclaredConcepts`). What a rule cannot see: whether a claim is true to the report. That is
`kg sources check`.
"""

from __future__ import annotations

import difflib
import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import DataError, MissingExtra, QueryError
from kg.namespaces import BASE, FB, NAMESPACES, RDF, SH, SKOS, graph_iri
from kg.store import Store, open_store, read_quads

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

    from kg.findings import Lang

__all__ = ["Rule", "Severity", "Violation", "read_rules", "validate"]

SHAPES: Final = f"{NAMESPACES['fb']}shape/"
COLUMNS: Final = ("subject", "detail", "graph")
_HEAD: Final = re.compile(r"^# (?P<field>[A-Z]\w*): (?P<text>.+)$", re.MULTILINE)
_CONCEPT: Final = re.compile(re.escape(f"<{BASE}def/") + r"[^/>]+/[^>]+>")


class Severity(StrEnum):
    """How much a result matters: only a violation makes a graph untrustworthy."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


_ORDER: Final = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Violation:
    """One result: which rule, of what and where, what is wrong, and what to do about it.

    `file` is None where the thing stands in no file given; `path` and `value` are "" where the rule concerns the
    whole thing.
    """

    rule: str
    severity: Severity
    file: Path | None
    graph: str
    subject: str
    label: str
    path: str
    value: str
    message_sv: str
    message_en: str
    advice_sv: str
    advice_en: str

    def message(self, lang: Lang) -> str:
        """Return what is wrong, in `lang`."""
        return self.message_en if lang == "en" else self.message_sv

    def advice(self, lang: Lang) -> str:
        """Return what to do about it, in `lang`."""
        return self.advice_en if lang == "en" else self.advice_sv


@dataclass(frozen=True, slots=True)
class Rule:
    """A check across records: a query whose every row is a result."""

    name: str
    severity: Severity
    problem: tuple[str, str]
    solution: tuple[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A triple and the file it stands in."""

    quad: ox.Quad
    file: Path


class _Index:
    """The triples of the files by subject, to tell where a thing stands and what it is called."""

    def __init__(self, quads: Mapping[Path, Sequence[ox.Quad]]) -> None:
        self._by_subject: dict[str, list[_Place]] = defaultdict(list)
        for file, found in quads.items():
            for quad in found:
                self._by_subject[quad.subject.value].append(_Place(quad, file))

    def place(self, subject: str, *, path: str = "", value: str = "", graph: str = "") -> tuple[Path | None, str]:
        """Return the file and graph of the triple that fits best; (None, graph) where the subject is unknown."""

        def fit(place: _Place) -> tuple[bool, bool, bool]:
            quad = place.quad
            says = quad.predicate.value == path
            return _iri(quad.graph_name) == graph, says and _lexical(quad.object) == value, says

        places = self._by_subject.get(subject)
        if not places:
            return None, graph
        best = max(places, key=fit)
        return best.file, _iri(best.quad.graph_name)

    def label(self, subject: str) -> str:
        """Return the Swedish name, or else the end of the IRI."""
        names = [
            place.quad.object.value
            for place in self._by_subject.get(subject, ())
            if place.quad.predicate.value == SKOS.prefLabel and str(place.quad.object).endswith('"@sv')
        ]
        return min(names) if names else re.sub(rf"^{re.escape(BASE)}(id/|res/)?", "", subject)


def _iri(term: Any) -> str:
    """Return the IRI of a graph's name; the default graph has none."""
    return str(getattr(term, "value", ""))


def _lexical(term: Any) -> str:
    """Return the IRI or the text of a term."""
    return str(getattr(term, "value", term))


def read_rules(folder: Path) -> list[Rule]:
    """Return the checks of a folder, by name; raises `QueryError` where a head lacks a field or a translation."""
    return [_read_rule(path) for path in sorted(folder.glob("*.rq"))]


def _read_rule(path: Path) -> Rule:
    text = path.read_text(encoding="utf-8")
    head = {found["field"]: found["text"] for found in _HEAD.finditer(text)}
    try:
        severity = Severity(head["Severity"])
        problem, solution = (_both(head[field]) for field in ("Problem", "Solution"))
    except (KeyError, ValueError) as error:
        expected = "# Severity: Violation, Warning or Info; # Problem: and # Solution: as «svenska / English»"
        raise QueryError(f"{path.name}: the head of a check must have {expected}; found {error}") from error
    return Rule(path.stem, severity, problem, solution, text)


def _both(text: str) -> tuple[str, str]:
    swedish, english = text.split(" / ")
    return swedish, english


def validate(files: Sequence[Path], *, ontology: Path, queries: Path) -> list[Violation]:
    """Return everything that is wrong with the triples and norms of `files`, worst first.

    `ontology` is the folder with `forebygg.ttl`, `terms/` and `shapes.ttl`, `queries` the folder with the checks.
    All files are read as one graph: what one of them names may be described in another.

    Raises `DataError` with file and line for a file that does not parse, `MissingExtra` without pyshacl and
    `QueryError` for a check that cannot be run.
    """
    vocabulary = _read([ontology / "forebygg.ttl", *sorted((ontology / "terms").glob("*.ttl"))], graph="ontologi")
    data = _read(files)
    index = _Index(data)
    found = [
        *_undeclared_terms(data, vocabulary, index),
        *_undeclared_concepts(data, vocabulary, index),
        *_failed_checks(_store(data, vocabulary), read_rules(queries), index),
        *_failed_shapes(data, vocabulary, ontology / "shapes.ttl", index),
    ]
    return sorted(set(found), key=_rank)


def _rank(result: Violation) -> tuple[int, str, str, str, str, str]:
    where = "" if result.file is None else str(result.file)
    return _ORDER.index(result.severity), where, result.subject, result.rule, result.path, result.value


def _read(files: Iterable[Path], *, graph: str = "") -> dict[Path, list[ox.Quad]]:
    """Return the quads of each file; norms go to their own graph, other files without graphs to one of their name."""
    homes = {file: graph or ("normer" if file.parent.name == "norms" else "") for file in files}
    return {file: read_quads(file, graph=graph_iri(home) if home else "") for file, home in homes.items()}


def _store(*parts: Mapping[Path, Sequence[ox.Quad]]) -> Store:
    store = open_store("memory")
    store.extend(quad for part in parts for quads in part.values() for quad in quads)
    return store


# --- terms that nobody declared


def _undeclared_terms(
    data: Mapping[Path, Sequence[ox.Quad]], vocabulary: Mapping[Path, Sequence[ox.Quad]], index: _Index
) -> Iterator[Violation]:
    """Yield one result a class or property of ours that is used without being declared."""
    home = NAMESPACES["fb"]
    declared = {quad.subject.value for quads in vocabulary.values() for quad in quads}
    for term, quad in sorted(_first_uses(data, f"<{home}").items()):
        if term in declared:
            continue
        near = _nearest(term, (each for each in declared if each.startswith(home)))
        file, graph = index.place(quad.subject.value, path=quad.predicate.value, graph=_iri(quad.graph_name))
        yield Violation(
            rule="DeclaredTerms",
            severity=Severity.VIOLATION,
            file=file,
            graph=graph,
            subject=quad.subject.value,
            label=index.label(quad.subject.value),
            path=quad.predicate.value,
            value=term,
            message_sv=f"fb:{term.removeprefix(home)} finns inte i vokabulären.",
            message_en=f"fb:{term.removeprefix(home)} is not in the vocabulary.",
            advice_sv=_did_you_mean("sv", near, "deklarera termen i ontology/forebygg.ttl"),
            advice_en=_did_you_mean("en", near, "declare the term in ontology/forebygg.ttl"),
        )


def _undeclared_concepts(
    data: Mapping[Path, Sequence[ox.Quad]], vocabulary: Mapping[Path, Sequence[ox.Quad]], index: _Index
) -> Iterator[Violation]:
    """Yield one result a concept that is used without being described, by the terms or by the files themselves."""
    described = {
        quad.subject.value
        for part in (data, vocabulary)
        for quads in part.values()
        for quad in quads
        if quad.predicate.value == RDF.type and _lexical(quad.object) == SKOS.Concept
    }
    for iri, quad in sorted(_first_uses(data, f"<{BASE}def/").items()):
        if iri in described or not _CONCEPT.fullmatch(f"<{iri}>"):
            continue
        scheme = iri.rsplit("/", 1)[0]
        near = _nearest(iri, (each for each in described if each.startswith(f"{scheme}/"))) or _nearest(iri, described)
        file, graph = index.place(quad.subject.value, path=quad.predicate.value, value=iri, graph=_iri(quad.graph_name))
        name = iri.removeprefix(f"{BASE}def/").replace("/", ":")
        yield Violation(
            rule="DeclaredConcepts",
            severity=Severity.VIOLATION,
            file=file,
            graph=graph,
            subject=quad.subject.value,
            label=index.label(quad.subject.value),
            path=quad.predicate.value,
            value=iri,
            message_sv=f"Begreppet {name} finns inte i terminologin.",
            message_en=f"The concept {name} is not in the terminology.",
            advice_sv=_did_you_mean("sv", near, "lägg till begreppet i ontology/terms"),
            advice_en=_did_you_mean("en", near, "add the concept to ontology/terms"),
        )


def _first_uses(data: Mapping[Path, Sequence[ox.Quad]], start: str) -> dict[str, ox.Quad]:
    """Return each IRI that begins so, as predicate or object, with the first triple that uses it."""
    uses: dict[str, ox.Quad] = {}
    for quads in data.values():
        for quad in quads:
            for term in (quad.predicate, quad.object):
                if str(term).startswith(start):
                    uses.setdefault(_lexical(term), quad)
    return uses


def _nearest(iri: str, among: Iterable[str]) -> str:
    """Return the IRI that is spelt most like it, or "" where none is near."""
    return next(iter(difflib.get_close_matches(iri, sorted(among), n=1, cutoff=0.8)), "")


def _did_you_mean(lang: Lang, near: str, otherwise: str) -> str:
    if not near:
        return f"{otherwise[0].upper()}{otherwise[1:]}."
    name = _short(near)
    return f"Menade du {name}? Annars: {otherwise}." if lang == "sv" else f"Did you mean {name}? Otherwise {otherwise}."


def _short(iri: str) -> str:
    """Return the IRI with a prefix, where there is one."""
    fits = [(len(space), prefix) for prefix, space in NAMESPACES.items() if iri.startswith(space)]
    return f"{max(fits)[1]}:{iri[max(fits)[0] :]}" if fits else iri


# --- checks across records


def _failed_checks(store: Store, rules: Iterable[Rule], index: _Index) -> Iterator[Violation]:
    """Yield one result a row of each check; raises `QueryError` where one has other columns than the rest."""
    for rule in rules:
        rows = store.select(rule.text)
        if rows.variables != COLUMNS:
            raise QueryError(f"{rule.name}: a check answers with {COLUMNS}, not {rows.variables}")
        for subject, detail, graph in rows.values():
            file, home = index.place(subject, graph=graph)
            if file is None:
                file, home = index.place(detail, graph=graph)
            yield Violation(
                rule=rule.name,
                severity=rule.severity,
                file=file,
                graph=graph or home,
                subject=subject,
                label=index.label(subject),
                path="",
                value=detail,
                message_sv=rule.problem[0],
                message_en=rule.problem[1],
                advice_sv=rule.solution[0],
                advice_en=rule.solution[1],
            )


# --- shapes


def _failed_shapes(
    data: Mapping[Path, Sequence[ox.Quad]], vocabulary: Mapping[Path, Sequence[ox.Quad]], shapes: Path, index: _Index
) -> Iterator[Violation]:
    """Yield one result a shape and node that does not conform; raises `DataError` where the shapes are broken."""
    pyshacl = _pyshacl()
    with _quiet_literals():
        # the vocabulary goes in as data: of an `ont_graph` pySHACL takes the classes and leaves the rest
        _, report, text = pyshacl.validate(
            _to_rdflib(data, vocabulary), shacl_graph=_to_rdflib(_read([shapes])), inplace=True
        )
    if not hasattr(report, "subjects"):  # pyshacl returns its own failure instead of raising it
        raise DataError(f"the shapes cannot be applied: {text}", file=shapes)
    yield from (_shape_result(report, result, index) for result in report.subjects(None, _node(SH.ValidationResult)))


def _shape_result(report: rdflib.Graph, result: Any, index: _Index) -> Violation:
    """Return one result of a SHACL report as a value of ours."""

    def one(term: str) -> str:
        return str(report.value(result, _node(term)) or "")

    subject, path, value = one(SH.focusNode), one(SH.resultPath), one(SH.value)
    path = path if re.match(r"https?:", path) else ""
    messages = {message.language: str(message) for message in report.objects(result, _node(SH.resultMessage))}
    swedish, english = (_wrong_and_remedy(messages.get(lang, "")) for lang in ("sv", "en"))
    file, graph = index.place(subject, path=path, value=value)
    return Violation(
        rule=one(SH.sourceShape).removeprefix(SHAPES),
        severity=Severity(one(SH.resultSeverity).removeprefix(NAMESPACES["sh"])),
        file=file,
        graph=graph,
        subject=subject,
        label=index.label(subject),
        path=path,
        value="" if value == subject else value,
        message_sv=swedish[0],
        message_en=english[0],
        advice_sv=swedish[1],
        advice_en=english[1],
    )


def _wrong_and_remedy(message: str) -> tuple[str, str]:
    """Split the message of a shape, whose first sentence says what is wrong and whose rest says what to do.

    >>> _wrong_and_remedy("The source lacks a title. Give dcterms:title.")
    ('The source lacks a title.', 'Give dcterms:title.')
    """
    wrong, _, remedy = message.partition(". ")
    return (f"{wrong}.", remedy) if remedy else (wrong, "")


def _pyshacl() -> Any:
    try:
        import pyshacl  # noqa: PLC0415  a quarter of a second, and optional
    except ImportError as error:
        raise MissingExtra("validate") from error
    return pyshacl


def _node(iri: str) -> rdflib.URIRef:
    from rdflib import URIRef  # noqa: PLC0415  only validation pays for rdflib

    return URIRef(iri)


def _to_rdflib(*parts: Mapping[Path, Sequence[ox.Quad]]) -> rdflib.Graph:
    """Return the triples of all graphs as one: pySHACL is an order of magnitude slower on anything else."""
    from rdflib import Graph  # noqa: PLC0415  only validation pays for rdflib

    lines = [f"{quad.triple} ." for part in parts for quads in part.values() for quad in quads]
    with _quiet_literals():
        return Graph().parse(data="\n".join(lines), format="nt")


@contextmanager
def _quiet_literals() -> Iterator[None]:
    """Keep rdflib from logging a traceback for each ill-typed literal: the shapes report them."""
    logger = logging.getLogger("rdflib.term")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before
