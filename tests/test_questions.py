"""The named questions: heads, shape, answers worked out by hand on a tiny graph, and what the reports say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.gaps import find_gaps
from kg.network import build_network
from kg.questions import Question, list_questions, question
from kg.records import read_records
from kg.resources import data_files, norm_files, ontology_files
from kg.sources import list_sources
from kg.store import Store, bind, open_store
from kg.store.binding import Bindings
from tests.synthetic import norms_store

HERE = Path(__file__).resolve().parent
TINY = HERE / "data" / "questions.trig"
EXPECTED = HERE / "expected" / "questions"
REPORTS = HERE / "expected" / "questions" / "reports"
QUESTIONS = sorted(list_questions(), key=lambda each: each.name)
NAMES = [each.name for each in QUESTIONS]
GROUPS = {
    "legal floor",
    "missing actors",
    "overlap",
    "bridges",
    "target groups",
    "governance",
    "comparison and change",
}
BINDS = {"kommun", "kalla", "forum", "aktor", "fran", "till"}  # the last two only where the question is about an edge
BY_ANALYSIS = {5, 12, 13}
BASE = "https://w3id.org/forebygg/"
XSD = "http://www.w3.org/2001/XMLSchema#"

Row = tuple[str, ...]


def _parts(query: str) -> tuple[str, str]:
    """Return the lines of the head and the query without any comment."""
    head = "\n".join(line for line in query.splitlines() if line.startswith("#"))
    return head, "\n".join(line for line in query.splitlines() if not line.lstrip().startswith("#"))


def _projected(query: str) -> list[str]:
    _, text = _parts(query)
    found = re.search(r"^SELECT (?:DISTINCT )?(.*)$", text, re.MULTILINE)
    assert found, "the outermost SELECT starts a line of its own"
    return re.findall(r"\?(\w+)", found[1])


def _short(text: str) -> str:
    """Return an IRI of the project as its last one or two parts, as a person would point at it.

    >>> _short("https://w3id.org/forebygg/id/forum/0780/bra")
    '0780/bra'
    """
    if not text.startswith(BASE):
        return text
    parts = text.removeprefix(BASE).split("/")
    return "/".join(parts[1:] if parts[1:2] == ["graf"] else parts[2:])


def _number(text: str) -> str:
    """Return a number in one form: stores write 4, 4.0 and 4.00 alike."""
    return f"{float(text):g}"


def _from_store(store: Store, query: str, bindings: Bindings | None = None) -> list[Row]:
    import pyoxigraph as ox

    def plain(term: Any) -> str:
        if term is None:
            return ""
        if isinstance(term, ox.Literal) and term.datatype.value in {f"{XSD}{each}" for each in ("decimal", "integer")}:
            return _number(term.value)
        return str(term.value)

    return [tuple(map(plain, row)) for row in store.select(query, bindings)]


def _from_rdflib(dataset: Any, query: str) -> list[Row]:
    from rdflib import Literal

    def plain(term: Any) -> str:
        if term is None:
            return ""
        if isinstance(term, Literal) and str(term.datatype) in {f"{XSD}{each}" for each in ("decimal", "integer")}:
            return _number(str(term))
        return str(term)

    return [tuple(plain(term) for term in row) for row in dataset.query(query)]


@cache
def _tiny() -> Store:
    store = open_store("memory")
    store.load([*ontology_files(), TINY])
    return store


@pytest.fixture(scope="module")
def tiny() -> Store:
    return _tiny()


@pytest.fixture(scope="module")
def on_disk(tiny: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("questions")
    written = open_store(folder / "store", read_only=False)
    written.extend(tiny.quads())
    written.close()
    return open_store(folder / "store")


@pytest.fixture(scope="module")
def in_rdflib(tiny: Store) -> Any:
    return tiny.to_rdflib()


@pytest.fixture(scope="module")
def shipped() -> Store:
    store = open_store("memory")
    store.load([*ontology_files(), *norm_files(), *data_files()])
    return store


def _expected(path: Path) -> tuple[list[str], list[Row]]:
    content = json.loads(path.read_text(encoding="utf-8"))
    return content["columns"], sorted(tuple(row) for row in content["rows"])


def _chosen(query: str, rows: list[Row], columns: list[str]) -> list[Row]:
    names = _projected(query)
    places = [names.index(column) for column in columns]
    return sorted(tuple(_short(row[place]) for place in places) for row in rows)


# Heads and shape


def test_every_competency_question_is_a_query_or_left_to_the_analysis() -> None:
    asked = {int(found[1]) for name in NAMES if (found := re.match(r"cq(\d\d)-", name))}
    assert asked == set(range(1, 31)) - BY_ANALYSIS


@pytest.mark.parametrize("each", QUESTIONS, ids=NAMES)
def test_head_says_everything_in_both_languages(each: Question) -> None:
    assert re.fullmatch(r"c?q\d\d-[a-z0-9-]+", each.name)
    assert each.title
    assert each.sv.endswith("?")
    assert each.en.endswith("?")
    assert each.group in GROUPS
    assert each.level
    assert each.answers.startswith("one row a")
    assert each.binds
    assert set(each.binds) <= BINDS
    head, _ = _parts(each.text)
    assert re.findall(r"^# (\w+):", head, re.MULTILINE)[:5] == ["Title", "Question", "Group", "Level", "Answers"]


@pytest.mark.parametrize("each", QUESTIONS, ids=NAMES)
def test_shape_is_one_that_every_engine_answers_in_time(each: Question) -> None:
    _, text = _parts(each.text)
    assert "EXISTS" not in text.upper().replace("EXISTSWITHIN", "").replace("EXPECTSEXISTENCEOF", "")
    assert not re.search(r"\bSERVICE\b|\bFROM\b", text)
    assert re.search(r"^\}\nORDER BY .+\Z", text.strip(), re.MULTILINE), "the last line orders the answer"
    assert not re.search(r"^GROUP BY", text, re.MULTILINE), "an outermost GROUP BY and a trailing VALUES do not agree"
    names = _projected(each.text)
    assert not re.search(r"^SELECT.* AS \?", text, re.MULTILINE), "an expression cannot be bound by a trailing VALUES"
    assert set(each.binds) <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("each", QUESTIONS, ids=NAMES)
def test_only_questions_about_graphs_name_a_graph(each: Question) -> None:
    _, text = _parts(each.text)
    assert ("GRAPH" in text) is (each.name == "cq10-support-of-an-edge")


def test_the_summary_by_ground_counts_what_the_first_question_lists() -> None:
    """The two share their long pattern: each line of it must stand in both."""
    pattern = r"# Norms that are about.*?AS \?utfall\n"
    bodies = []
    for name in ("cq01-missing-actors", "q02-law-advice-practice"):
        found = re.search(pattern, question(name).text, re.DOTALL)
        assert found
        bodies.append([line.strip() for line in found[0].splitlines()])
    assert bodies[0] == bodies[1]


# The tiny graph


def test_every_question_has_an_expected_answer() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_answer_on_the_tiny_graph_is_the_one_worked_out_by_hand(tiny: Store, name: str) -> None:
    text = question(name).text
    columns, rows = _expected(EXPECTED / f"{name}.json")
    assert _chosen(text, _from_store(tiny, text), columns) == rows


@pytest.mark.parametrize(
    ("name", "columns", "told"),
    [
        ("q01-legal-floor", ["svar", "galldeDa"], ("finns inte", "oklart")),
        ("q03-in-force-then", ["galldeDa"], ("oklart",)),
        ("cq29-law-in-force", ["svar", "galldeDa"], ("finns inte", "oklart")),
    ],
)
def test_a_report_dated_to_the_year_leaves_open_whether_a_law_from_within_it_was_in_force(
    tmp_path: Path, name: str, columns: list[str], told: tuple[str, ...]
) -> None:
    dated = 'fb:observedOn "2022-03-01"^^xsd:date ; fb:municipality kommun:9903'
    text = TINY.read_text(encoding="utf-8")
    assert dated in text
    of_the_year = (
        'fb:observedOn "2023-01-01"^^xsd:date ; fb:datePrecision tidsprecision:ar ; fb:municipality kommun:9903'
    )
    path = tmp_path / "year.trig"
    path.write_text(text.replace(dated, of_the_year), encoding="utf-8")
    store = open_store("memory")
    store.load([*ontology_files(), path])
    asked = question(name).text
    where, rows = _projected(asked), _from_store(store, asked)
    norm, kommun = where.index("norm"), where.index("kommun")
    found = [row for row in rows if row[norm].endswith("/verka-rad") and row[kommun].endswith("/9903")]
    assert [tuple(row[where.index(column)] for column in columns) for row in found] == [told]


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_in_a_total_order(tiny: Store, name: str) -> None:
    text = question(name).text
    rows = _from_store(tiny, text)
    keys = re.findall(r"\?(\w+)", text.rsplit("ORDER BY", 1)[1])
    names = _projected(text)
    seen = [tuple(row[names.index(key)] for key in keys) for row in rows]
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("name", NAMES)
def test_memory_folder_and_rdflib_give_the_same_rows(tiny: Store, on_disk: Store, in_rdflib: Any, name: str) -> None:
    text = question(name).text
    rows = _from_store(tiny, text)
    assert _from_store(on_disk, text) == rows
    assert sorted(_from_rdflib(in_rdflib, text)) == sorted(rows)


@pytest.mark.parametrize("name", NAMES)
def test_every_iri_has_a_swedish_name_beside_it(tiny: Store, name: str) -> None:
    """Claims and graphs have no label; a term that a fixture does not name would show here."""
    text = question(name).text
    names = _projected(text)
    for row in _from_store(tiny, text):
        for place, variable in enumerate(names):
            if f"{variable}Namn" in names and row[place] and "/id/utsaga/" not in row[place]:
                assert row[names.index(f"{variable}Namn")], (variable, row[place])


def _bound(each: Question, rows: list[Row]) -> Iterator[tuple[str, str, list[Row]]]:
    names = _projected(each.text)
    for variable in each.binds:
        place = names.index(variable)
        for value in sorted({row[place] for row in rows}):
            yield variable, value, [row for row in rows if row[place] == value]


@pytest.mark.parametrize("each", QUESTIONS, ids=NAMES)
def test_binding_gives_the_rows_of_the_whole_answer_that_have_the_value(tiny: Store, each: Question) -> None:
    rows = _from_store(tiny, each.text)
    for variable, value, wanted in _bound(each, rows):
        assert value, f"?{variable} may be bound and must never be empty"
        assert _from_store(tiny, each.text, {variable: value}) == wanted


@pytest.mark.parametrize("each", QUESTIONS, ids=NAMES)
def test_rdflib_binds_alike(tiny: Store, in_rdflib: Any, each: Question) -> None:
    rows = _from_store(tiny, each.text)
    variable, value, wanted = next(_bound(each, rows))
    assert sorted(_from_rdflib(in_rdflib, bind(each.text, {variable: value}))) == sorted(wanted)


# The shipped graph


@pytest.mark.parametrize("each", QUESTIONS, ids=NAMES)
def test_question_runs_on_the_shipped_graph_with_and_without_bindings(shipped: Store, each: Question) -> None:
    rows = _from_store(shipped, each.text)
    names = _projected(each.text)
    keys = re.findall(r"\?(\w+)", each.text.rsplit("ORDER BY", 1)[1])
    seen = {tuple(row[names.index(key)] for key in keys) for row in rows}
    assert len(seen) == len(rows)
    for variable in each.binds:
        place = names.index(variable)
        values = sorted({row[place] for row in rows})
        assert "" not in values
        for value in values[:2]:
            wanted = [row for row in rows if row[place] == value]
            assert _from_store(shipped, each.text, {variable: value}) == wanted


@pytest.mark.parametrize("each", QUESTIONS, ids=NAMES)
def test_a_municipality_has_its_rows_of_the_whole_country(each: Question) -> None:
    """A question that is led to the sources of one municipality loses nothing and takes nothing from another."""
    country = norms_store(3)
    rows = _from_store(country, each.text)
    place = _projected(each.text).index("kommun")
    for value in sorted({row[place] for row in rows})[1:]:
        assert _from_store(country, each.text, {"kommun": value}) == [row for row in rows if row[place] == value]


def _facts() -> list[Any]:
    cases = []
    for path in sorted(REPORTS.glob("*.json")):
        for fact in json.loads(path.read_text(encoding="utf-8")):
            label = f"{path.stem}-{fact['question'].split('-')[0]}-{fact['says']}"
            cases.append(pytest.param(path.stem, fact, id=label.replace(" ", "_")))
    return cases


@pytest.mark.parametrize(("source", "fact"), _facts())
def test_answer_is_what_the_report_says(shipped: Store, source: str, fact: dict[str, Any]) -> None:
    """Worked out from the text of the reports; `where` picks rows, `rows` are all there may be (or none of `absent`)."""
    each = question(fact["question"])
    names = _projected(each.text)
    chosen = [
        row
        for row in _from_store(shipped, each.text)
        if ("kalla" not in names or _short(row[names.index("kalla")]) == source)
        and all(_short(row[names.index(name)]) == value for name, value in fact.get("where", {}).items())
    ]
    found = {tuple(_short(row[names.index(column)]) for column in fact["columns"]) for row in chosen}
    if "rows" in fact:
        assert sorted(found) == sorted(tuple(row) for row in fact["rows"])
    for row in fact.get("includes", ()):
        assert tuple(row) in found
    for row in fact.get("absent", ()):
        assert tuple(row) not in found


def test_the_first_question_agrees_with_the_findings(shipped: Store) -> None:
    """Where a norm has no condition, the query and `kg gaps` must say the same of every forum."""
    records = read_records(shipped)
    sources = list_sources(records)
    graph = build_network(records, sources)
    untested = {"", "om-infort", "om-bildat"}
    stated = {"fornekad", "saknas", "ej-namnd", "ej-bedombar", "informerar"}
    findings = {
        (_short(each.report.iri), each.description, _short(each.norm.iri)): each.outcome.value
        for each in find_gaps(records, graph, sources, everywhere=sources)
        if each.norm_kind == "participation" and each.norm and each.condition in untested
    }
    text = question("cq01-missing-actors").text
    names = _projected(text)
    descriptions = {
        (_short(source), forum): claim
        for source, claims in records.claims.items()
        for claim, record in claims.items()
        for forum in record.all(f"{BASE}spec/describesForum")
    }
    asked = {}
    for row in _from_store(shipped, text):
        cell = dict(zip(names, row, strict=True))
        if _short(cell["villkor"]) in untested:
            key = (_short(cell["kalla"]), descriptions[_short(cell["kalla"]), cell["forum"]], _short(cell["norm"]))
            asked[key] = _short(cell["utfall"])
    assert asked == {key: outcome for key, outcome in findings.items() if outcome in stated}


# The page


def test_the_page_says_of_each_question_what_its_head_says() -> None:
    page = (HERE.parent / "docs" / "questions.md").read_text(encoding="utf-8")
    for each in QUESTIONS:
        section = page.partition(f"### `{each.name}`\n")[2].partition("\n##")[0]
        assert each.sv in section
        assert each.en in section
        assert f"Answers: {each.answers}." in section
        assert ", ".join(f"`?{name}`" for name in each.binds) in section
    assert re.findall(r"^### `(.+)`$", page, re.MULTILINE) == [
        each.name for group in _groups_in(page) for each in QUESTIONS if each.group == group
    ]


def _groups_in(page: str) -> list[str]:
    headings = [heading.lower() for heading in re.findall(r"^## ([A-Z][a-z ]+) \(", page, re.MULTILINE)]
    assert set(headings) == GROUPS
    return headings
