"""Every shipped query keeps the rules of the lint, and the lint catches a query that breaks one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.resources import queries_dir
from tools.lint_queries import RULES, find_faults, main

SHIPPED = sorted(queries_dir().rglob("*.rq"))

BAD = {
    "exists-in-filter": "SELECT ?a WHERE { ?a <x:p> ?b FILTER NOT EXISTS { ?a <x:q> ?b } } ORDER BY ?a",
    "exists-in-bind": "SELECT ?a ?c WHERE { ?a <x:p> ?b BIND(EXISTS { ?a <x:q> ?b } AS ?c) } ORDER BY ?a",
    "product": "SELECT ?a ?c WHERE { ?a <x:p> ?b . ?c <x:q> ?d } ORDER BY ?a ?c",
    "maybe-unbound": "SELECT ?a ?c WHERE { ?a <x:p> ?z OPTIONAL { ?a <x:q> ?b } OPTIONAL { ?b <x:r> ?c } } ORDER BY ?a ?c",
    "minus-nothing": "SELECT ?a WHERE { ?a <x:p> ?b MINUS { ?c <x:q> ?d } } ORDER BY ?a",
    "bound-not-projected": "# Binds: ?a ?b\nSELECT ?a WHERE { ?a <x:p> ?b } ORDER BY ?a",
    "bound-expression": "# Binds: ?a\nSELECT ?a (COUNT(?b) AS ?n) WHERE { ?a <x:p> ?b } GROUP BY ?a ORDER BY ?a",
    "unordered": "SELECT ?a WHERE { ?a <x:p> ?b }",
    "outside": "SELECT ?a WHERE { SERVICE <https://example.org/sparql> { ?a <x:p> ?b } } ORDER BY ?a",
}
"""A query for each rule that breaks it and no other."""

ALSO_BAD = {
    "EXISTS in a FILTER of an OPTIONAL": (
        "exists-in-filter",
        "SELECT ?a WHERE { ?a <x:p> ?b OPTIONAL { ?b <x:q> ?c FILTER EXISTS { ?c <x:r> ?a } } } ORDER BY ?a",
    ),
    "a product inside a sub-SELECT": (
        "product",
        "SELECT ?a WHERE { ?a <x:p> ?b { SELECT ?b WHERE { ?b <x:q> ?c . ?d <x:r> ?e } } } ORDER BY ?a",
    ),
    "a product in one branch of a UNION": (
        "product",
        "SELECT ?a WHERE { { ?a <x:p> ?b } UNION { ?a <x:q> ?b . ?c <x:r> ?d } } ORDER BY ?a",
    ),
    "a product across an OPTIONAL": ("product", "SELECT ?a WHERE { ?a <x:p> ?b OPTIONAL { ?c <x:q> ?d } } ORDER BY ?a"),
    "a product that a FILTER cuts down": (
        "product",
        "SELECT ?a WHERE { ?a <x:p> ?b . ?c <x:q> ?d FILTER(?b < ?d) } ORDER BY ?a",
    ),
    "FROM": ("outside", "SELECT ?a FROM <https://example.org/g> WHERE { ?a <x:p> ?b } ORDER BY ?a"),
}

GOOD = {
    "patterns that a third joins": "SELECT ?a WHERE { ?a <x:p> ?b . ?c <x:q> ?d . ?b <x:r> ?d } ORDER BY ?a",
    "a list of the query's own": "SELECT ?a ?n WHERE { ?a <x:p> ?b VALUES ?n { 1 2 3 } FILTER(?n < ?b) } ORDER BY ?a ?n",
    "one number of the whole": (
        "SELECT ?a ?n WHERE { ?a <x:p> ?b { SELECT (COUNT(?c) AS ?n) WHERE { ?c <x:q> ?d } } } ORDER BY ?a"
    ),
    "graphs with one name": "SELECT ?a ?c WHERE { GRAPH ?g { ?a <x:p> ?b } GRAPH ?g { ?c <x:q> ?d } } ORDER BY ?a ?c",
    "an OPTIONAL in an OPTIONAL": (
        "SELECT ?a ?c WHERE { ?a <x:p> ?z OPTIONAL { ?a <x:q> ?b OPTIONAL { ?b <x:r> ?c } } } ORDER BY ?a ?c"
    ),
    "MINUS with a variable in common": "SELECT ?a WHERE { ?a <x:p> ?b MINUS { ?a <x:q> ?c } } ORDER BY ?a",
    "no order where that is meant": "# Order: none; sorted where it is read\nSELECT ?a WHERE { ?a <x:p> ?b }",
    "a CONSTRUCT": "CONSTRUCT { ?a <x:p> ?b } WHERE { ?b <x:q> ?a }",
    "the word in a text": 'SELECT ?a WHERE { ?a <x:p> "NOT EXISTS {" } ORDER BY ?a',
}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(queries_dir()).as_posix())
def test_a_shipped_query_has_no_fault(path: Path) -> None:
    assert [str(each) for each in find_faults(path.read_text(encoding="utf-8"))] == []


def test_every_rule_has_a_query_that_breaks_it() -> None:
    assert set(BAD) == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_query_that_breaks_one_rule_is_caught_for_that_alone(rule: str) -> None:
    assert [each.rule for each in find_faults(BAD[rule])] == [rule]


@pytest.mark.parametrize("name", ALSO_BAD)
def test_a_fault_is_found_wherever_it_hides(name: str) -> None:
    rule, text = ALSO_BAD[name]
    assert [each.rule for each in find_faults(text)] == [rule]


@pytest.mark.parametrize("name", GOOD)
def test_what_only_looks_like_a_fault_is_none(name: str) -> None:
    assert find_faults(GOOD[name]) == []


def test_the_command_names_file_rule_and_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.rq"
    path.write_text(BAD["product"], encoding="utf-8")
    assert main([str(path)]) == 1
    assert "bad.rq: product: ?a ?b | ?c ?d (patterns that share no variable multiply)" in capsys.readouterr().out
    path.write_text(GOOD["a CONSTRUCT"], encoding="utf-8")
    assert main([str(path)]) == 0
