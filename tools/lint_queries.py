"""Find in a query what makes an engine slow, or the answer unsure: by its algebra, not by its looks.

    python -m tools.lint_queries [FILE.rq ...]

An engine rescans the inner pattern of an EXISTS for each outer row, and patterns that share no variable multiply
(`docs/decisions.md`). rdflib reads the queries here. What is not told by the text, such as what a UNION with triples
beside it costs, is measured by `bench.growth`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rdflib import Variable
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.resources import queries_dir

__all__ = ["RULES", "Fault", "find_faults", "main"]

RULES = {
    "exists-in-filter": "EXISTS and NOT EXISTS in a FILTER are evaluated anew for each row; use MINUS",
    "exists-in-bind": "EXISTS in an expression is evaluated anew for each row; use OPTIONAL or UNION",
    "product": "patterns that share no variable multiply",
    "maybe-unbound": "an OPTIONAL on a variable that may be unbound then matches everything; put it in the other",
    "minus-nothing": "MINUS takes nothing away where it shares no variable with what stands before it",
    "bound-not-projected": "a variable that may be bound must be projected, since VALUES stands at the end",
    "bound-expression": "an outermost expression or GROUP BY cannot be bound by VALUES at the end; use a sub-SELECT",
    "unordered": "an answer without ORDER BY has no order; say `# Order: none` where that is meant",
    "outside": "SERVICE and FROM reach outside the store",
}
"""What is refused, by name, and why."""

Names = frozenset[str]


class Fault(NamedTuple):
    """A rule that a query breaks, and where."""

    rule: str
    where: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.where} ({RULES[self.rule]})"


def find_faults(text: str) -> list[Fault]:
    """Return what a query breaks, each once; raises what rdflib raises for text that does not parse.

    The head is read too: `# Binds` names the variables that may be bound, `# Order: none` allows an answer without one.
    """
    head = dict(re.findall(r"^# (\w+): (.*)$", text, re.MULTILINE))
    parsed = parseQuery(text)
    algebra = translateQuery(parsed).algebra
    found = [*_on_the_answer(parsed[1], algebra, head), *_outside(algebra), *_in_group(algebra)]
    return list(dict.fromkeys(found))


def _on_the_answer(parsed: CompValue, algebra: CompValue, head: dict[str, str]) -> Iterator[Fault]:
    if algebra.name != "SelectQuery":
        return
    binds = re.findall(r"\?(\w+)", head.get("Binds", ""))
    shown = {str(each) for each in algebra["PV"]}
    yield from (Fault("bound-not-projected", f"?{name}") for name in binds if name not in shown)
    columns = [each for name, each in parsed.items() if name == "projection"]
    expressions = [f"?{each['evar']}" for column in columns for each in column if "evar" in each]
    expressions += ["GROUP BY"] if "groupby" in parsed else []
    if binds and expressions:
        yield Fault("bound-expression", expressions[0])
    outer = algebra["p"]
    while outer.name in {"Project", "Distinct", "Reduced", "Slice"}:
        outer = outer["p"]
    if outer.name != "OrderBy" and not head.get("Order", "").startswith("none"):
        yield Fault("unordered", "the outermost SELECT")


def _outside(algebra: CompValue) -> Iterator[Fault]:
    if algebra["datasetClause"]:
        yield Fault("outside", "FROM")
    if any(node.name == "ServiceGraphPattern" for node in _nodes(algebra)):
        yield Fault("outside", "SERVICE")


def _nodes(value: Any) -> Iterator[CompValue]:
    """Yield every node of the algebra at or below a value."""
    if isinstance(value, CompValue):
        yield value
        for each in value.values():
            yield from _nodes(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _nodes(each)


def _named(value: Any) -> Names:
    """Return the variables in a value: a term, an expression, a triple or any nesting of them."""
    if isinstance(value, Variable):
        return frozenset({str(value)})
    if isinstance(value, CompValue):
        return frozenset().union(*map(_named, value.values()))
    return frozenset().union(*map(_named, value)) if isinstance(value, list | tuple | set) else frozenset()


def _has_exists(expression: Any) -> bool:
    return any(node.name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"} for node in _nodes(expression))


class _Part(NamedTuple):
    """A pattern that is joined with the others of its group: its variables, and whether the query itself lists it."""

    names: Names
    listed: bool = False


def _in_group(node: CompValue) -> list[Fault]:
    """Return what is broken in a group and in those within it.

    What a query lists itself (VALUES, BIND of a constant) multiplies by a constant and not by the graph.
    """
    found: list[Fault] = []
    islands = _islands(_parts(node, found, frozenset()))
    if len(islands) > 1:
        found.append(Fault("product", " | ".join(sorted(map(_spelt, islands)))))
    return found


def _parts(node: CompValue, found: list[Fault], graph: Names) -> list[_Part]:
    """Return each pattern of a group that is joined with the others; faults within are added to `found`."""
    if node.name == "BGP":
        return [_Part(_named(triple) | graph) for triple in node["triples"]]
    if node.name == "Graph":
        return _parts(node["p"], found, graph | _named(node["term"]))
    if node.name == "Join":
        return [*_parts(node["p1"], found, graph), *_parts(node["p2"], found, graph)]
    if node.name in {"Filter", "Extend"}:
        return _with_expression(node, found, graph)
    if node.name in {"LeftJoin", "Minus"}:
        return _beside(node, found, graph)
    if node.name == "Union":
        found.extend(each for branch in ("p1", "p2") for each in _in_group(node[branch]))
        return [_Part(_seen(node) | graph)]
    if node.name == "ToMultiSet" and node["p"].name == "values":
        return [_Part(_seen(node), listed=True)]
    if node.name in {"ToMultiSet", "AggregateJoin"}:
        found.extend(_in_group(node["p"]))
        return [_Part(_seen(node) | graph, listed=_is_bounded(node["p"]))]
    return _parts(node["p"], found, graph) if "p" in node else []


def _is_bounded(node: CompValue) -> bool:
    """Whether the graph does not decide how many rows a sub-SELECT has: it reads none of it, or counts all of it."""
    if not any(each.name == "BGP" and each["triples"] for each in _nodes(node)):
        return True
    while node.name in {"Project", "Distinct", "Extend", "Filter"}:
        node = node["p"]
    return node.name == "AggregateJoin" and not node["p"]["expr"]


def _with_expression(node: CompValue, found: list[Fault], graph: Names) -> list[_Part]:
    parts = _parts(node["p"], found, graph)
    if node.name == "Filter":
        found.extend([Fault("exists-in-filter", _spelt(_named(node["expr"])))] if _has_exists(node["expr"]) else [])
        return parts
    found.extend([Fault("exists-in-bind", f"?{node['var']}")] if _has_exists(node["expr"]) else [])
    used = _named(node["expr"])
    return [*parts, _Part(used | _named(node["var"]), listed=not used)]


def _beside(node: CompValue, found: list[Fault], graph: Names) -> list[_Part]:
    """Return the patterns of what stands before an OPTIONAL or a MINUS, and with an OPTIONAL what it adds."""
    parts, inner = _parts(node["p1"], found, graph), _seen(node["p2"]) | graph
    found.extend(_in_group(node["p2"]))
    if node.name == "LeftJoin":
        found.extend([Fault("exists-in-filter", _spelt(inner))] if _has_exists(node["expr"]) else [])
        shared = inner & _seen(node["p1"])
        if shared and not inner & (_bound(node["p1"]) | graph):
            found.append(Fault("maybe-unbound", _spelt(shared)))
        return [*parts, _Part(inner)]
    if parts and not inner & frozenset().union(*(each.names for each in parts)):
        found.append(Fault("minus-nothing", _spelt(inner)))
    return parts


def _seen(node: CompValue) -> Names:
    """Return the variables that a pattern shows to what stands beside it."""
    match node.name:
        case "Project":
            return _named(node["PV"])
        case "BGP":
            return _named(node["triples"])
        case "Minus":
            return _seen(node["p1"])
        case "values":
            return frozenset(str(name) for row in node["res"] for name in row)
        case "AggregateJoin":
            return frozenset(str(each["res"]) for each in node["A"])
    own = frozenset().union(*(_named(node[name]) for name in ("var", "term") if name in node))
    return own.union(*(_seen(node[name]) for name in ("p", "p1", "p2") if name in node))


def _bound(node: CompValue) -> Names:
    """Return the variables that every row of a pattern has."""
    match node.name:
        case "Project":
            return _bound(node["p"]) & _named(node["PV"])
        case "LeftJoin" | "Minus":
            return _bound(node["p1"])
        case "Union":
            return _bound(node["p1"]) & _bound(node["p2"])
        case "Extend":
            return _bound(node["p"]) | _named(node["var"])
        case "BGP" | "values" | "AggregateJoin":
            return _seen(node)
    own = _named(node["term"]) if node.name == "Graph" else frozenset()
    return own.union(*(_bound(node[name]) for name in ("p", "p1", "p2") if name in node))


def _islands(parts: Iterable[_Part]) -> list[Names]:
    """Return the variables of the patterns, those that shared variables join together, without those only listed."""
    found: list[_Part] = []
    for part in parts:
        if not part.names:
            continue
        joined = [each for each in found if each.names & part.names]
        names = part.names.union(*(each.names for each in joined))
        listed = all(each.listed for each in (part, *joined))
        found = [each for each in found if each not in joined] + [_Part(names, listed)]
    return [each.names for each in found if not each.listed]


def _spelt(names: Names) -> str:
    return " ".join(f"?{name}" for name in sorted(names))


def main(arguments: list[str] | None = None) -> int:
    """Print what each query breaks; 1 where any does."""
    parser = argparse.ArgumentParser(prog="python -m tools.lint_queries", description="Faults in queries.")
    parser.add_argument("files", nargs="*", type=Path, help="query files (those that are shipped)")
    files = parser.parse_args(arguments).files or sorted(queries_dir().rglob("*.rq"))
    faults = [f"{path}: {each}" for path in files for each in find_faults(path.read_text(encoding="utf-8"))]
    print("\n".join(faults) or f"{len(files)} queries, no fault")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
