"""Write a synthetic graph in the whole vocabulary, as large as asked for, and what must be found in it.

    python -m bench.generate --municipalities 29 --seed 1 -o syntetisk.nq

The graph of N municipalities begins, byte for byte as N-Quads, with that of any smaller N of the same seed. Beside it
the truth is written (`syntetisk.truth.json`): the outcome of each norm on participation, by description and norm, and
the ages, shared members, cut-points and paths of each report.
Nothing in the graph is about a real municipality; norms and terms are those that are shipped, and are not repeated.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from bench.norms import read_expected
from bench.plan import draw_municipalities
from bench.registers import national_register, register
from bench.sources import source_graph
from bench.structure import Structure, tell_structure
from bench.terms import Record, nquads, trig
from bench.truth import Truth, tell_truth

__all__ = ["WRITERS", "main", "records", "structure", "truth", "write_graph", "write_truth"]

WRITERS: dict[str, Callable[[Iterable[Record]], Iterator[str]]] = {".nq": nquads, ".trig": trig}


def records(municipalities: int, *, seed: int = 1) -> Iterator[Record]:
    """Yield the graph: the national register, then each municipality's register and reports."""
    yield from national_register()
    for municipality in draw_municipalities(municipalities, seed=seed):
        yield from register(municipality)
        for report in municipality.reports:
            yield from source_graph(municipality, report)


def truth(municipalities: int, *, seed: int = 1) -> Truth:
    """Return what must be found in the graph of so many municipalities and that seed."""
    return tell_truth(draw_municipalities(municipalities, seed=seed), read_expected())


def structure(municipalities: int, *, seed: int = 1) -> dict[str, Structure]:
    """Return the ages, shared members, cut-points and paths that must be found in that graph, by report."""
    return tell_structure(draw_municipalities(municipalities, seed=seed))


def write_graph(path: Path, municipalities: int, *, seed: int = 1) -> int:
    """Write the graph to a file, N-Quads or TriG by its suffix, and return how many triples it holds."""
    count = 0

    def counted() -> Iterator[Record]:
        nonlocal count
        for record in records(municipalities, seed=seed):
            count += len(record.properties)
            yield record

    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(WRITERS[path.suffix](counted()))
    return count


def write_truth(path: Path, municipalities: int, *, seed: int = 1) -> int:
    """Write the truth as JSON and return how many outcomes it holds."""
    found = truth(municipalities, seed=seed)
    reports = {key: asdict(each) for key, each in structure(municipalities, seed=seed).items()}
    plain = {"municipalities": municipalities, "seed": seed, "outcomes": found, "reports": reports}
    path.write_text(json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return sum(map(len, found.values()))


def main(arguments: list[str] | None = None) -> int:
    """Write graph and truth."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.generate", description="Write a synthetic graph and its truth."
    )
    parser.add_argument("--municipalities", type=int, default=29, help="how many (29)")
    parser.add_argument("--seed", type=int, default=1, help="the draw (1)")
    parser.add_argument("-o", "--output", type=Path, required=True, help="a file ending in .nq or .trig")
    given = parser.parse_args(arguments)
    if given.output.suffix not in WRITERS:
        parser.error(f"{given.output} must end in {' or '.join(WRITERS)}")
    triples = write_graph(given.output, given.municipalities, seed=given.seed)
    beside = given.output.with_suffix(".truth.json")
    outcomes = write_truth(beside, given.municipalities, seed=given.seed)
    print(f"{triples} triples in {given.output}, {outcomes} outcomes in {beside}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
