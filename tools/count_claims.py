"""Count what each report says: the table of `data/triples/README.md` and the triples that `catalog.ttl` states.

Run `python -m tools.count_claims` to print the table, with `--write` to put the counts into both files, and to write
`void.ttl` (`tools.describe_graphs`) beside them. Same triples, same bytes.

Not checked here: whether a claim is right; that is what the second reading is for.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.cache import load_everything
from kg.namespaces import FB, PREFIXES
from kg.records import read_records
from kg.sources import list_sources
from kg.store import Store, open_store

__all__ = ["count_triples", "main", "with_counts", "with_table", "write_table"]

TRIPLES: Final = Path(__file__).resolve().parent.parent / "data" / "triples"
TOTAL: Final = "forebygg"
"""The name of the data set in the catalogue, which stands for all graphs together."""

KINDS: Final = (
    ("forums", FB.Forum),
    ("programmes", FB.Programme),
    ("memberships", FB.ForumMembership),
    ("denials of membership", FB.NonMembership),
    ("absences", FB.AbsenceClaim),
    ("existence", FB.ExistenceClaim),
    ("information flows", FB.InformationFlow),
    ("steering", FB.SteeringRelation),
    ("interventions", FB.InterventionDescription),
    ("collaborations", FB.Collaboration),
    ("area priorities", FB.AreaPriority),
    ("governing documents", FB.GoverningDocument),
    ("agreements", FB.Agreement),
    ("objectives", FB.Objective),
    ("follow-ups", FB.FollowUp),
    ("audit questions", FB.AuditQuestion),
    ("findings", FB.AuditFinding),
    ("recommendations", FB.Recommendation),
    ("responses", FB.Response),
    ("sections", FB.SourceSection),
)
CERTAINTIES: Final = (("stated", "uttalad"), ("hedged", "antydd"), ("interpreted", "tolkad"))

THINGS: Final = f"""{PREFIXES}
SELECT ?graph ?class (COUNT(DISTINCT ?each) AS ?number)
WHERE {{
  {{ GRAPH ?graph {{ ?each a ?class }} FILTER(?class NOT IN (fb:Forum, fb:Programme)) }}
  UNION
  {{ GRAPH ?graph {{ ?claim fb:describesForum ?each }} ?each a ?class FILTER(?class IN (fb:Forum, fb:Programme)) }}
}}
GROUP BY ?graph ?class
ORDER BY ?graph ?class"""
CERTAIN: Final = f"""{PREFIXES}
SELECT ?graph ?certainty (COUNT(DISTINCT ?claim) AS ?number)
WHERE {{ GRAPH ?graph {{ ?claim fb:certainty ?certainty }} }}
GROUP BY ?graph ?certainty
ORDER BY ?graph ?certainty"""
SIZES: Final = """
SELECT ?graph (COUNT(*) AS ?number)
WHERE { GRAPH ?graph { ?subject ?property ?object } }
GROUP BY ?graph
ORDER BY ?graph"""


def _tail(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _numbers(store: Store, query: str) -> dict[tuple[str, str], int]:
    """Return the number of each source and class, or source and certainty, by the last part of the IRIs."""
    return {(_tail(graph), _tail(what)): int(number) for graph, what, number in store.select(query).values()}


def _row(name: str, cells: list[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _rows(store: Store) -> Iterator[str]:
    keys = [each.key for each in list_sources(read_records(store))]
    yield _row("", [*(f"`{key}`" for key in keys), "all"])
    yield f"|---|{'--:|' * (len(keys) + 1)}"
    things, certain = _numbers(store, THINGS), _numbers(store, CERTAIN)
    for name, kind in KINDS:
        counts = [things.get((key, _tail(kind)), 0) for key in keys]
        yield _row(name, [str(count or "–") for count in (*counts, sum(counts))])
    by_certainty = {code: [certain.get((key, code), 0) for key in keys] for _, code in CERTAINTIES}
    claims = [sum(column) for column in zip(*by_certainty.values(), strict=True)]
    yield _row("**with a certainty**", [str(count) for count in (*claims, sum(claims))])
    for name, code in CERTAINTIES:
        counts = by_certainty[code]
        shares = zip((*counts, sum(counts)), (*claims, sum(claims)), strict=True)
        yield _row(f"of these {name}", [f"{count / whole:.0%}" if whole else "–" for count, whole in shares])


def write_table(store: Store) -> str:
    """Return the Markdown table: one row a kind of claim, one column a source, then all sources together."""
    return "\n".join(_rows(store)) + "\n"


def count_triples(store: Store) -> dict[str, int]:
    """Return the number of triples of each named graph by its name, and of all of them under `forebygg`."""
    sizes = {_tail(graph): int(number) for graph, number in store.select(SIZES).values()}
    return sizes | {TOTAL: sum(sizes.values())}


def with_table(readme: str, table: str) -> str:
    """Return the text with the table between its two marks."""
    return re.sub(
        r"(<!-- counts -->\n).*?(<!-- end -->)", lambda found: f"{found[1]}{table}{found[2]}", readme, flags=re.S
    )


def with_counts(catalogue: str, sizes: Mapping[str, int]) -> str:
    """Return the catalogue with the number of triples of each graph that it describes; it must know no other."""
    described = re.compile(r"^(\w+:([\w-]+) a .*\n(?: {4}.*\n)*? {4}void:triples )\d+", re.MULTILINE)
    return described.sub(lambda found: f"{found[1]}{sizes.get(found[2], 0)}", catalogue)


def main(arguments: list[str]) -> None:
    """Print the table, or write it and the sizes of the graphs into their files."""
    store = load_everything(open_store("memory"))
    if arguments != ["--write"]:
        print(write_table(store), end="")
        return
    for path, text in (
        (TRIPLES / "README.md", with_table((TRIPLES / "README.md").read_text(encoding="utf-8"), write_table(store))),
        (
            TRIPLES / "catalog.ttl",
            with_counts((TRIPLES / "catalog.ttl").read_text(encoding="utf-8"), count_triples(store)),
        ),
    ):
        path.write_text(text, encoding="utf-8", newline="\n")
    from tools import describe_graphs  # noqa: PLC0415  printing the table needs it not

    describe_graphs.TARGET.write_text(describe_graphs.describe(store), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
