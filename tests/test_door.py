"""The door reads a query as the engine does, refuses what reaches out and nothing else, and bounds its size."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.fuzz_door import judge, make_query
from kg.door import BOUNDS, FORMS, Bounds, read_query, refuse_outside
from kg.errors import QueryError
from kg.questions import question
from kg.resources import queries_dir
from kg.store import open_store
from kg.store.binding import OwnQuery
from kg.tokens import token_at

SHAPES: dict[str, tuple[Callable[[int], str], int]] = {
    "groups": (lambda n: "SELECT * " + "{" * n + "}" * n, BOUNDS.depth),
    "brackets": (lambda n: "SELECT * { FILTER" + "(" * n + "1" + ")" * n + "}", BOUNDS.depth - 1),
    "functions": (lambda n: "SELECT * { FILTER(" + "STR(" * n + "1" + ")" * n + ")}", BOUNDS.depth - 2),
    "exists": (lambda n: "SELECT * " + "{ FILTER EXISTS " * n + "{}" + "}" * n, BOUNDS.depth - 1),
    "sub-selects": (lambda n: "SELECT * " + "{ SELECT * " * n + "{}" + "}" * n, BOUNDS.depth - 1),
    "paths": (lambda n: "SELECT * { ?s " + "(" * n + "<urn:p>" + ")*" * n + " ?o }", BOUNDS.depth - 1),
    "sums": (lambda n: "SELECT * { FILTER(1" + "+1" * n + ")}", BOUNDS.steps - 10),
    "negations": (lambda n: "SELECT * { FILTER(" + "!" * n + "1)}", BOUNDS.steps - 10),
    "alternatives": (lambda n: "SELECT * { ?s <urn:p>" + "|<urn:p>" * n + " ?o }", BOUNDS.steps - 10),
    "bindings": (lambda n: "SELECT * {" + "".join(f"BIND(1 AS ?x{i})" for i in range(n)) + "}", BOUNDS.steps // 3 - 2),
    "minus": (lambda n: "SELECT * {" + "MINUS {}" * n + "}", BOUNDS.steps // 2 - 2),
    "selected": (lambda n: "SELECT " + "".join(f"(1 AS ?x{i})" for i in range(n)) + "{}", BOUNDS.steps // 2 - 2),
    "unions": (lambda n: "SELECT * {{}" + "UNION{}" * n + "}", BOUNDS.steps // 2 - 2),
}


def test_no_service_is_missed_in_any_writing_that_the_engine_takes() -> None:
    chance = random.Random(20260731)
    verdicts = [judge(make_query(chance)) for _ in range(6000)]
    assert "missed" not in verdicts
    assert verdicts.count("refused") > 80
    assert verdicts.count("let in") > 1500


def test_no_name_string_or_comment_with_those_letters_is_refused_where_tokens_stand_apart() -> None:
    chance = random.Random(19790101)
    verdicts = [judge(make_query(chance, apart=True)) for _ in range(6000)]
    assert set(verdicts) <= {"let in", "refused", "no query", "refused for what its code points write"}
    assert verdicts.count("let in") > 1500


PIECES = [*"{}()[]<>'\"#\\?:.;@^_aSx1\n \0\ufeff", "SERVICE", "FROM", "SELECT", "\\u0053", "PREFIX a: <urn:x#>", "a:b"]


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.sampled_from(["", "SELECT * { ", "DESCRIBE "]))
def test_any_text_is_read_or_refused_and_nothing_else(text: str, start: str) -> None:
    with contextlib.suppress(QueryError):
        assert read_query(start + text).form in FORMS


@pytest.mark.parametrize("path", sorted(queries_dir().rglob("*.rq")), ids=lambda path: path.stem)
def test_every_shipped_query_would_pass_and_names_no_graph(path: Path) -> None:
    """So a store need not read them; what a query binds is checked to be IRIs."""
    asked = read_query(path.read_text(encoding="utf-8"))
    assert asked.form in FORMS
    assert not asked.graphs


def test_what_is_made_of_a_shipped_query_is_no_longer_ours() -> None:
    ours = question("cq22-areas").text
    assert isinstance(ours, OwnQuery)
    for made in (ours + "", ours.strip(), f"{ours}", ours.replace("a", "a"), "".join([ours])):
        assert not isinstance(made, OwnQuery)
    with pytest.raises(QueryError, match="SERVICE"):
        open_store().select(ours.replace("WHERE {", "WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }", 1))


def test_what_is_at_the_bounds_is_parsed_on_a_small_stack() -> None:
    """On threads with 2 MB, as Windows has them; beyond, the parser ends the whole process."""
    code = "from tests.test_door import parse_all; parse_all()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.returncode, done.stdout, done.stderr)


def parse_all() -> None:
    """Parse every shape at its bound, each on a thread of its own."""
    threading.stack_size(2_000_000)
    for make, most in SHAPES.values():
        text = make(most)
        read_query(text)
        thread = threading.Thread(target=lambda text=text: ox.Store().query(text))  # type: ignore[misc]  bound at once
        thread.start()
        thread.join()


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_beyond_the_bounds_is_refused(shape: str) -> None:
    make, _ = SHAPES[shape]
    with pytest.raises(QueryError, match=r"nest deeper than 64|more than 1200 steps"):
        read_query(make(2_000))


def test_brackets_hidden_in_an_iri_are_bounded_too() -> None:
    with pytest.raises(QueryError, match="an IRI of"):
        read_query("SELECT * { FILTER(1<" + "(" * 5_000 + "1" + ")" * 5_000 + ">) }")
    with pytest.raises(QueryError, match="two ways"):
        read_query("SELECT * { " + "FILTER(1<((((((((((1#>\n" * 50 + "}")


def test_values_may_be_many_and_a_text_may_not() -> None:
    rows = " ".join(f"(<urn:x#{n}> 'värde {n}')" for n in range(3_000))
    assert read_query(f"SELECT * {{ VALUES (?a ?b) {{ {rows} }} ?a ?p ?b }}").form == "SELECT"
    with pytest.raises(QueryError, match="the limit is 1000"):
        read_query(" " * 1_001, bounds=Bounds(characters=1_000))


def test_a_graph_must_be_loaded_and_is_then_the_whole_dataset() -> None:
    store = open_store("memory")
    store.extend(ox.Quad(*(ox.NamedNode(f"urn:{each}") for each in ("s", "p", "o", graph))) for graph in ("g", "h"))
    assert len(store.select("SELECT ?s FROM <urn:g> WHERE { ?s ?p ?o }")) == 1
    assert not store.ask("ASK FROM NAMED <urn:g> { GRAPH <urn:h> { ?s ?p ?o } }")
    assert not store.ask("ASK FROM NAMED <urn:g> { ?s ?p ?o }")
    with pytest.raises(QueryError, match="<urn:x> is not loaded"):
        store.select("SELECT ?s FROM <urn:g> FROM NAMED <urn:x> WHERE { ?s ?p ?o }")


def test_the_graphs_of_from_are_told_whatever_their_writing() -> None:
    text = (
        r"PREFIX e: <urn:e#> SELECT * FROM<urn:\u0061>FROM NAMED e:b\,c # FROM <urn:x>"
        + "\n{ ?from ?s 'FROM <urn:y>' }"
    )
    assert read_query(text).graphs == ("urn:a", "urn:e#b,c")
    based = "BASE <http://example.org/a/> BASE <b/c> PREFIX e: <#> SELECT * FROM <d> FROM e:f FROM <//x/> { }"
    assert read_query(based).graphs == ("http://example.org/a/b/d", "http://example.org/a/b/c#f", "http://x/")
    with pytest.raises(QueryError, match="the whole IRI"):
        read_query("BASE <urn:x:> SELECT * FROM <a> { }")


def test_a_graph_that_only_another_engine_would_read_is_told_too() -> None:
    text = r'SELECT ("\u0022 AS ?x) FROM <file:///etc/passwd> { } #" AS ?y) { }'
    assert read_query(text).graphs == ("file:///etc/passwd",)


def test_loaded_graphs_are_only_asked_for_where_from_stands() -> None:
    def never() -> frozenset[str]:
        raise AssertionError

    assert refuse_outside("SELECT * { ?s ?p 'FROM <urn:g>' }", never).graphs == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "its end; expected one of SELECT"),
        ("# SELECT", "its end; expected one of SELECT"),
        ("SELECT *\n{ ?s ?p \x00 }", r"line 2, column 9: '\\x00 }'"),
        ('SELECT * { ?s ?p "a }', "line 1, column 18"),
        ("PREFIX a <urn:a> SELECT * {}", "expected a prefix with a colon"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT would change the graph"),
        ("SELECT * { } ; SELECT * { }", "one query and no more"),
    ],
)
def test_the_message_says_where_and_what(text: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        read_query(text)


@pytest.mark.parametrize(
    "piece", ["1<#>", "1<'>", "1<#>\n", "p:a.b.c.d ", "'''", '"""\\', "<", "?x<urn:#>", "x:SERVICE:#"]
)
def test_no_writing_makes_the_door_work_more_than_in_proportion(monkeypatch: pytest.MonkeyPatch, piece: str) -> None:
    calls = []
    monkeypatch.setattr("kg.door.token_at", lambda text, place: calls.append(place) or token_at(text, place))
    text = "SELECT * { ?s ?p ?o FILTER(" + piece * 1_000
    with contextlib.suppress(QueryError):
        read_query(text)
    assert len(calls) < 4 * len(text)


def test_tokens_end_where_they_end() -> None:
    text, place, found = "a:b.c.d. ?x<urn:a>1.5.'x'@sv-SE.", 0, []
    while (token := token_at(text, place)).kind != "END":
        found.append(token.text)
        place = token.end
    assert found == ["a:b.c.d", ".", "?x", "<urn:a>", "1.5", ".", "'x'", "@sv-SE", "."]
