"""Whether a graph can be trusted: the shapes, the checks across records, and terms that nobody declared.

A rule is reported by its name: a shape of `ontology/shapes.ttl` (`ForumMembership-member`), a query of
`kg/queries/checks` (`orphan_membership`), or one of two that are asked of the terms themselves (`DeclaredTerms`,
`DeclaredConcepts`). What no rule here can see is whether a claim is true to its report.
"""

from __future__ import annotations

import difflib
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.errors import DataError, QueryError, needing
from kg.namespaces import BASE, NAMESPACES, RDF, SH, SKOS, graph_iri, last_part
from kg.store import Store, open_store, read_quads

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

    from kg.findings import Lang

__all__ = ["Rule", "Severity", "Violation", "apply_shapes", "read_rules", "validate"]

COLUMNS: Final = ("subject", "detail", "graph")
_HEAD: Final = re.compile(r"^# (?P<field>[A-Z]\w*): (?P<text>.+)$", re.MULTILINE)
_CONCEPT: Final = re.compile(re.escape(f"{BASE}def/") + r"[^/]+/.+")


class Severity(StrEnum):
    """How much a result matters: a graph with a violation is not to be trusted."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True, slots=True)
class Violation:
    """One result: which rule, of what and where, what is wrong, and what to do about it.

    `file` is None where the thing stands in none of the files; `path` and `value` are "" where the rule concerns the
    thing as a whole.
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
    """A check across records: a query whose every row is a result. Texts are (Swedish, English)."""

    name: str
    severity: Severity
    problem: tuple[str, str]
    solution: tuple[str, str]
    text: str


def validate(
    files: Sequence[Path], *, ontology: Path, queries: Path, shapes: bool = True, beside: Sequence[Path] = ()
) -> list[Violation]:
    """Return everything that is wrong with the triples and norms of `files`, worst first.

    `ontology` is the folder with `forebygg.ttl`, `terms/` and `shapes.ttl`, `queries` the folder with `checks/`.
    All files are read as one graph: what one of them names may be described in another. Those `beside` are read and
    judged with the rest, and kept in memory for the next of many validations. Without `shapes` only the terms
    and the checks across records are asked, which takes a tenth of the time.

    Raises `DataError` with file and line for a file that does not parse, `MissingExtra` without pySHACL and
    `QueryError` for a check that cannot be run.
    """
    terms = [ontology / "forebygg.ttl", *sorted((ontology / "terms").glob("*.ttl"))]
    vocabulary = [line for file in terms for line in _remembered(file, "ontologi")]
    data = [line for file in files for line in _lines(file, kept=False)]
    data += [line for file in beside for line in _lines(file, kept=True)]
    places = _Places(data)
    found = [
        *_undeclared_terms(data, vocabulary, places),
        *_undeclared_concepts(data, vocabulary, places),
        *_failed_checks(_store([*data, *vocabulary]), read_rules(queries / "checks"), places),
        *(_failed_shapes([*data, *vocabulary], ontology / "shapes.ttl", places) if shapes else ()),
    ]
    return sorted(set(found), key=_rank)


def _rank(result: Violation) -> tuple[int, str, str, str, str, str]:
    where = "" if result.file is None else str(result.file)
    return list(Severity).index(result.severity), where, result.subject, result.rule, result.path, result.value


# --- what is read


class _Line(NamedTuple):
    """A triple as text, with the graph and the file that it stands in."""

    subject: str
    predicate: str
    value: str
    is_iri: bool
    language: str
    quad: ox.Quad
    file: Path

    @property
    def graph(self) -> str:
        """The IRI of the graph."""
        return _text(self.quad.graph_name)


def _text(term: Any) -> str:
    """Return the IRI or the lexical form of a term."""
    return str(getattr(term, "value", term))


def _lines(file: Path, *, kept: bool) -> Iterable[_Line]:
    """Return the triples of a file, norms in the graph of norms; what is `kept` is parsed once."""
    norms = file.parent.name == "norms"
    return _remembered(file, "normer" if norms else "") if norms or kept else _read(file, graph="")


def _remembered(file: Path, graph: str) -> Sequence[_Line]:
    """Return the triples of a file that many validations read, parsed again only when it has changed."""
    try:
        state = file.stat()
    except OSError:
        return list(_read(file, graph=graph))
    return _parsed(file, graph, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=100)
def _parsed(file: Path, graph: str, _changed: int, _size: int) -> tuple[_Line, ...]:
    return tuple(_read(file, graph=graph))


def _read(file: Path, *, graph: str) -> Iterator[_Line]:
    """Yield the triples of a file; those without a graph of their own go to `graph`, or to one named after it."""
    from pyoxigraph import NamedNode  # noqa: PLC0415  the import of this module stays light

    for quad in read_quads(file, graph=graph_iri(graph) if graph else ""):
        value = quad.object
        yield _Line(
            subject=_text(quad.subject),
            predicate=quad.predicate.value,
            value=_text(value),
            is_iri=isinstance(value, NamedNode),
            language=getattr(value, "language", None) or "",
            quad=quad,
            file=file,
        )


def _store(lines: Iterable[_Line]) -> Store:
    store = open_store("memory")
    store.extend(line.quad for line in lines)
    return store


class _Places:
    """Where things stand and what they are called."""

    def __init__(self, lines: Iterable[_Line]) -> None:
        self._lines: dict[str, list[_Line]] = defaultdict(list)
        for line in lines:
            self._lines[line.subject].append(line)

    def line(self, subject: str, *, paths: Container[str] = (), value: str = "") -> _Line | None:
        """Return the triple about the subject that has one of the properties and the value, or fits best."""

        def fit(line: _Line) -> tuple[bool, bool]:
            says = line.predicate in paths
            return says and line.value == value, says

        return max(self._lines.get(subject, ()), key=fit, default=None)

    def file(self, graph: str, *things: str) -> Path | None:
        """Return the file that describes one of the things in the graph, or else anywhere; earlier things first."""
        lines = [line for thing in things for line in self._lines.get(thing, ())]
        return next((line.file for line in [*(x for x in lines if x.graph == graph), *lines]), None)

    def label(self, subject: str) -> str:
        """Return the Swedish name, or else the end of the IRI."""
        lines = self._lines.get(subject, ())
        names = [line.value for line in lines if line.predicate == SKOS.prefLabel and line.language == "sv"]
        return min(names) if names else re.sub(rf"^{re.escape(BASE)}(id/|res/)?", "", subject)


# --- terms that nobody declared


def _undeclared_terms(data: Iterable[_Line], vocabulary: Iterable[_Line], places: _Places) -> Iterator[Violation]:
    """Yield one result a class or property of ours that is used without being declared."""
    home = NAMESPACES["fb"]
    declared = {line.subject for line in vocabulary if line.subject.startswith(home)}
    for term, line in _first_uses(data, lambda iri: iri.startswith(home)):
        if term not in declared:
            near = _nearest(term, declared)
            what = ("är ingen term i vokabulären", "is no term of the vocabulary")
            otherwise = ("deklarera termen i ontology/forebygg.ttl", "declare the term in ontology/forebygg.ttl")
            yield _undeclared("DeclaredTerms", term, line, places, near=near, what=what, otherwise=otherwise)


def _undeclared_concepts(data: Sequence[_Line], vocabulary: Sequence[_Line], places: _Places) -> Iterator[Violation]:
    """Yield one result a concept that is used without being described, by the terms or by the files themselves."""
    described = {
        line.subject for line in [*data, *vocabulary] if line.predicate == RDF.type and line.value == SKOS.Concept
    }
    for iri, line in _first_uses(data, _CONCEPT.fullmatch):
        if iri not in described:
            scheme = f"{iri.rsplit('/', 1)[0]}/"
            near = _nearest(iri, {each for each in described if each.startswith(scheme)}) or _nearest(iri, described)
            what = ("är inget begrepp i terminologin", "is no concept of the terminology")
            otherwise = ("lägg till begreppet i ontology/terms", "add the concept to ontology/terms")
            yield _undeclared("DeclaredConcepts", iri, line, places, near=near, what=what, otherwise=otherwise)


def _first_uses(data: Iterable[_Line], wanted: Callable[[str], object]) -> list[tuple[str, _Line]]:
    """Return each wanted IRI that stands as predicate or object, sorted, with the first triple that uses it."""
    uses: dict[str, _Line] = {}
    for line in data:
        for iri in (line.predicate, line.value) if line.is_iri else (line.predicate,):
            if iri not in uses and wanted(iri):
                uses[iri] = line
    return sorted(uses.items(), key=lambda use: use[0])


def _nearest(iri: str, among: Iterable[str]) -> str:
    """Return the IRI that is spelt most like it, or "" where none is near."""
    return next(iter(difflib.get_close_matches(iri, sorted(among), n=1, cutoff=0.8)), "")


def _undeclared(
    rule: str, iri: str, line: _Line, places: _Places, *, near: str, what: tuple[str, str], otherwise: tuple[str, str]
) -> Violation:
    advice = tuple(f"{each[0].upper()}{each[1:]}." for each in otherwise)
    if near:
        advice = (
            f"Menade du {_short(near)}? Annars: {otherwise[0]}.",
            f"Did you mean {_short(near)}? Otherwise {otherwise[1]}.",
        )
    return Violation(
        rule=rule,
        severity=Severity.VIOLATION,
        file=line.file,
        graph=line.graph,
        subject=line.subject,
        label=places.label(line.subject),
        path=line.predicate,
        value=iri,
        message_sv=f"{_short(iri)} {what[0]}.",
        message_en=f"{_short(iri)} {what[1]}.",
        advice_sv=advice[0],
        advice_en=advice[1],
    )


def _short(iri: str) -> str:
    """Return the IRI with a prefix, where there is one.

    >>> _short("https://w3id.org/forebygg/def/forumtyp/sspf")
    'forumtyp:sspf'
    """
    fits = max(((space, prefix) for prefix, space in NAMESPACES.items() if iri.startswith(space)), default=None)
    return iri if fits is None else f"{fits[1]}:{iri.removeprefix(fits[0])}"


# --- checks across records


def read_rules(folder: Path) -> list[Rule]:
    """Return the checks of a folder, by name.

    Raises `QueryError` where there are none, since nothing would then be found wrong, and where a head lacks a field or
    a translation.
    """
    rules = [_read_rule(path) for path in sorted(folder.glob("*.rq"))]
    if not rules:
        raise QueryError(f"no checks in {folder}")
    return rules


def _read_rule(path: Path) -> Rule:
    text = path.read_text(encoding="utf-8")
    head = {found["field"]: found["text"] for found in _HEAD.finditer(text)}
    try:
        (problem_sv, problem_en), (solution_sv, solution_en) = (head[x].split(" / ") for x in ("Problem", "Solution"))
        severity = Severity(head["Severity"])
    except (KeyError, ValueError) as error:
        wanted = "# Severity: Violation, Warning or Info, and # Problem: and # Solution: as «svenska / English»"
        raise QueryError(f"{path.name}: the head of a check has {wanted}; found {error}") from error
    return Rule(path.stem, severity, (problem_sv, problem_en), (solution_sv, solution_en), text)


def _failed_checks(store: Store, rules: Iterable[Rule], places: _Places) -> Iterator[Violation]:
    """Yield one result a row of each check; raises `QueryError` where one has other columns than the rest."""
    for rule in rules:
        rows = store.select(rule.text)
        if rows.variables != COLUMNS:
            raise QueryError(f"{rule.name}: a check answers with {COLUMNS}, not {rows.variables}")
        for subject, detail, graph in rows.values():
            yield Violation(
                rule=rule.name,
                severity=rule.severity,
                file=places.file(graph, subject, detail),
                graph=graph,
                subject=subject,
                label=places.label(subject),
                path="",
                value=detail,
                message_sv=rule.problem[0],
                message_en=rule.problem[1],
                advice_sv=rule.solution[0],
                advice_en=rule.solution[1],
            )


# --- shapes


def _failed_shapes(lines: Iterable[_Line], shapes: Path, places: _Places) -> Iterator[Violation]:
    """Yield one result a shape and node that does not conform; raises `DataError` where the shapes are broken.

    The vocabulary must be among the lines, not an `ont_graph` beside them: of that pySHACL takes only the classes, and
    then the head of the vocabulary fails.
    """
    from rdflib import URIRef  # noqa: PLC0415  only validation pays for rdflib

    with _quiet_literals():
        graph, rules = _to_rdflib(lines), _to_rdflib(_read(shapes, graph=""))
        report = apply_shapes(graph, rules, name=shapes)
    for result in report.subjects(URIRef(RDF.type), URIRef(SH.ValidationResult)):
        yield _shape_result(report, result, places)


def apply_shapes(data: rdflib.Graph, shapes: rdflib.Graph, *, name: Path) -> rdflib.Graph:
    """Return the SHACL report on the data; `name` is the file of the shapes. The data may be added to.

    Raises `DataError` where the shapes are broken and `MissingExtra` without pySHACL.
    """
    with needing("validate"):
        import pyshacl  # noqa: PLC0415  a quarter of a second, and optional
    _, report, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    if not hasattr(report, "subjects"):  # pySHACL returns its own failure instead of raising it
        raise DataError(f"the shapes cannot be applied: {text}", file=name)
    found: rdflib.Graph = report
    return found


def _shape_result(report: rdflib.Graph, result: rdflib.term.Node, places: _Places) -> Violation:
    """Return one result of a SHACL report as a value of ours; a blank node has no name to give."""
    from rdflib import BNode, URIRef  # noqa: PLC0415  only validation pays for rdflib

    said = {str(name): value for name, value in report.predicate_objects(result)}
    focus, value = said[SH.focusNode], str(said.get(SH.value, ""))
    paths = _paths(report, said.get(SH.resultPath))
    line = places.line(str(focus), paths=paths, value=value)
    subject = "" if isinstance(focus, BNode) else str(focus)
    message = {getattr(text, "language", ""): str(text) for text in report.objects(result, URIRef(SH.resultMessage))}
    (wrong_sv, remedy_sv), (wrong_en, remedy_en) = (_wrong_and_remedy(message.get(lang, "")) for lang in ("sv", "en"))
    return Violation(
        rule=last_part(str(said[SH.sourceShape])),
        severity=Severity(str(said[SH.resultSeverity]).removeprefix(NAMESPACES["sh"])),
        file=line.file if line else None,
        graph=line.graph if line else "",
        subject=subject,
        label=places.label(subject),
        path=line.predicate if line and line.predicate in paths else "".join(paths[:1]),
        value="" if value == str(focus) else value,
        message_sv=wrong_sv,
        message_en=wrong_en,
        advice_sv=remedy_sv,
        advice_en=remedy_en,
    )


def _paths(report: rdflib.Graph, path: rdflib.term.Node | None) -> list[str]:
    """Return the property of a result, or the properties that it may be: none where the shape is of a whole node."""
    from rdflib import URIRef  # noqa: PLC0415  only validation pays for rdflib

    if path is None or isinstance(path, URIRef):
        return [] if path is None else [str(path)]
    return [str(each) for alternatives in report.objects(path) for each in report.items(alternatives)]


def _wrong_and_remedy(message: str) -> tuple[str, str]:
    """Split the message of a shape: its first sentence says what is wrong, the rest what to do.

    >>> _wrong_and_remedy("The source lacks a title. Give dcterms:title.")
    ('The source lacks a title.', 'Give dcterms:title.')
    """
    wrong, _, remedy = message.partition(". ")
    return (f"{wrong}.", remedy) if remedy else (wrong, "")


def _to_rdflib(lines: Iterable[_Line]) -> rdflib.Graph:
    """Return the triples of all graphs as one: pySHACL is an order of magnitude slower on anything else.

    Blank nodes keep their names, so that a result leads back to its line.
    """
    from rdflib import BNode, Graph  # noqa: PLC0415  only validation pays for rdflib

    known = list(lines)
    names = {line.subject: BNode(line.subject) for line in known if str(line.quad.subject).startswith("_:")}
    text = "\n".join(f"{line.quad.triple} ." for line in known)
    return Graph().parse(data=text, format="nt", bnode_context=names)


@contextmanager
def _quiet_literals() -> Iterator[None]:
    """Keep rdflib from logging a traceback for each ill-typed literal: the shapes report them."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
