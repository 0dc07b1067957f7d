"""The store beside the bare engine, and the questions on the whole graph beside rdflib, Virtuoso and Jena.

    python -m bench.engines [PART ...] --small 29 --large 290 --limit 60 --results FILE --write docs/engines.md

The parts are `load`, `questions`, `cold`, `own`, `sparql`, `rdflib`, `virtuoso` and `jena`; without one all are run.
What a part gave is kept in the file of results as soon as it is known, and the table is made of all that stands there,
so that engines can be measured one by one and a run that is ended loses little.

Printed are ratios: loading against `bulk_load` (limit 1.15), every named question against the same text in bare
pyoxigraph (1.2 for all of them together), a named question on one municipality from a folder store in a fresh process
against `python -c pass` (8, for their median), and questions on gaps, coverage and overlaps of every report by our own
sets or in our store against rdflib at the small size (at least 50 times slower) and Virtuoso and Jena at the large one
(slower). What takes longer than the limit is ended; its ratio is then a lower bound. `--write` puts the table into a
document, between two marks. Virtuoso and Jena are Debian's (virtuoso-opensource-7-bin, libapache-jena-java and a Java);
another Jena is named with `--jena`, the folder of its jars. What is not installed is left out.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench import alone, rivals
from bench.measure import graph_files, machine, read_synthetic, table

__all__ = ["main"]

MARKS = ("<!-- bench.engines -->", "<!-- bench.engines: end -->")
FIRST = "Exempel 000"
"""The municipality that is asked about; every synthetic graph has it."""
Results = dict[str, Any]
Keep = Callable[[str, Any], None]


def _load(files: dict[int, Path], given: argparse.Namespace, keep: Keep) -> None:
    for size in (given.small, given.large):
        for on_disk in (False, True):
            runs = 3 if on_disk and size == given.large else 5
            keep(
                f"load {'folder' if on_disk else 'memory'} {size}",
                alone.loading(files[size], on_disk=on_disk, runs=runs),
            )


def _questions(files: dict[int, Path], given: argparse.Namespace, keep: Keep) -> None:
    for size in (given.small, given.large):
        keep(f"questions {size}", alone.questions(files[size]))


def _cold(files: dict[int, Path], given: argparse.Namespace, keep: Keep) -> None:
    for size in (given.small, given.large):
        with tempfile.TemporaryDirectory(prefix="forebygg-bench-") as name:
            alone.fill(Path(name) / "store", files[size])
            keep(f"cold {size}", alone.cold(Path(name) / "store", FIRST))


def _own(files: dict[int, Path], given: argparse.Namespace, keep: Keep) -> None:
    for size in (given.small, given.large):
        keep(f"own {size}", rivals.own(files[size]))


def _sparql(files: dict[int, Path], given: argparse.Namespace, keep: Keep) -> None:
    for size in (given.small, given.large):
        found, counts = rivals.sparql(files[size], given.limit)
        keep(f"sparql {size}", found)
        keep(f"rows {size}", counts)


def _best(results: Results, size: int) -> dict[str, float]:
    """Return the seconds of our faster way to each answer, by our sets or in our store."""
    ways = [results.get(f"{way} {size}", {}) for way in ("own", "sparql")]
    return {
        name: min(times)
        for name in rivals.ASKED
        if (times := [way[name] for way in ways if isinstance(way.get(name), float)])
    }


def _table(results: Results, given: argparse.Namespace) -> tuple[str, bool]:
    """Return the tables of all that is known, and whether every limit holds that was measured."""
    rows: list[list[str]] = []
    for size in (given.small, given.large):
        for place in ("memory", "folder"):
            if times := results.get(f"load {place} {size}"):
                ours, bare = times
                rows.append(_ratio(f"load into {place}, {size}", ours, bare, 1.15, "{:.2f} / {:.2f} s CPU"))
    for size in (given.small, given.large):
        if pairs := results.get(f"questions {size}"):
            ours, bare = (sum(side) / 1000 for side in zip(*pairs.values(), strict=True))
            worst = max(mine / its for mine, its in pairs.values())
            rows.append(
                _ratio(
                    f"{len(pairs)} questions, {size}", ours, bare, 1.2, f"{{:.2f}} / {{:.2f}} s CPU, worst {worst:.2f}"
                )
            )
    lines: list[str] = []
    for size in (given.small, given.large):
        if told := results.get(f"cold {size}"):
            found, base = told
            usual = {name: seconds for name, seconds in found.items() if name not in alone.WHOLE}
            rows.append(
                _ratio(
                    f"cold question, {size}, median",
                    statistics.median(usual.values()) * 1e3,
                    base * 1e3,
                    8,
                    "{:.0f} / {:.0f} ms",
                )
            )
            last = sorted(usual, key=lambda name: -usual[name])[:6]
            within = sum(seconds <= 8 * base for seconds in usual.values())
            slow = ", ".join(f"{name} {usual[name] / base:.1f}" for name in last)
            whole = ", ".join(f"{name} {found[name] / base:.1f}" for name in alone.WHOLE)
            lines.append(f"cold, {size}: {within} of {len(usual)} within 8; the slowest {slow}")
            lines.append(f"cold, {size}, compares with the whole country: {whole}")
    holds = all(row[3] == "yes" for row in rows)
    text = [table(["what", "ratio", "limit", "holds", "ours / bare"], rows), "", *lines, ""]
    body, heads = [], ["seconds (times our faster way)"]
    columns = [
        *((f"{way} {size}", label.format(size)) for size in (given.large,) for way, label in _OURS),
        *((f"{way} {given.large}", f"{label}, {given.large}") for way, label in _OTHERS.items() if way != "rdflib"),
        *((f"{way} {size}", label.format(size)) for size in (given.small,) for way, label in _OURS),
        (f"rdflib {given.small}", f"rdflib, {given.small}"),
    ]
    columns = [(key, label) for key, label in columns if key in results]
    for name in rivals.ASKED:
        cells = [name]
        for key, _ in columns:
            way, size = key.split()
            value = results[key].get(name, "-")
            times, enough = _times(value, _best(results, int(size)).get(name), 50 if way == "rdflib" else 1)
            plain = way in {"own", "sparql"}
            cells.append(f"{value:.2f}{'' if plain else times}" if isinstance(value, float) else f"{value}{times}")
            holds &= enough or plain
        body.append(cells)
    text += [table([*heads, *(label for _, label in columns)], body)]
    for key, what in (("virtuoso", "published"), ("jena", "loaded")):
        if seconds := results.get(f"{key} {given.large}", {}).get(what):
            text.append(f"{what} to {_OTHERS[key]} in {seconds:.0f} s")
    return "\n".join(text), holds


_OURS = (("own", "own sets, {}"), ("sparql", "our store, {}"))
_OTHERS = {"virtuoso": "Virtuoso 7", "jena": "Jena TDB2", "rdflib": "rdflib"}


def _ratio(what: str, ours: float, bare: float, limit: float, told: str) -> list[str]:
    ratio = ours / bare
    return [what, f"{ratio:.2f}", f"{limit:g}", "yes" if ratio <= limit else "NO", told.format(ours, bare)]


def _times(value: float | str, best: float | None, least: float) -> tuple[str, bool]:
    """Return how many times our way an engine takes, as text, and whether that is enough; a wrong answer is."""
    if best is None:
        return "", True
    if isinstance(value, float):
        return f" ({value / best:,.1f}x)", value >= least * best
    if value.startswith("> "):
        times = float(value[2:]) / best
        return f" (> {times:,.0f}x)", times >= least
    return "", True


def _write(document: Path, text: str) -> None:
    content = document.read_text(encoding="utf-8")
    before, rest = content.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    document.write_text(f"{before}{MARKS[0]}\n```\n{text}\n```\n{MARKS[1]}{after}", encoding="utf-8")


def _rdflib(files: dict[int, Path], given: argparse.Namespace, keep: Keep, results: Results) -> None:
    best = _best(results, given.small)
    limits = {name: max(5.0, 55 * best.get(name, given.limit / 55)) for name in rivals.ASKED}
    keep(f"rdflib {given.small}", rivals.rdflib(files[given.small], limits, results.get(f"rows {given.small}", {})))


def _others(part: str, files: dict[int, Path], given: argparse.Namespace, keep: Keep, results: Results) -> None:
    if not (rivals.has_virtuoso() if part == "virtuoso" else rivals.has_jena(given.jena)):
        print(f"{part} is not installed and left out", file=sys.stderr)
        return
    store, _ = read_synthetic(files[given.large])
    counts, key = results.get(f"rows {given.large}", {}), f"{part} {given.large}"
    if part == "virtuoso":
        rivals.virtuoso_7(store, given.limit, counts, lambda found: keep(key, found))
    else:
        rivals.jena(store, given.limit, counts, lambda found: keep(key, found), given.jena)


_ALONE = {"load": _load, "questions": _questions, "cold": _cold, "own": _own, "sparql": _sparql}
PARTS = (*_ALONE, "rdflib", "virtuoso", "jena")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 where a limit does not hold."""
    parser = argparse.ArgumentParser(prog="python -m bench.engines", description="The store beside other engines.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)} (all)")
    parser.add_argument("--small", type=int, default=29, help="municipalities for rdflib (29)")
    parser.add_argument("--large", type=int, default=290, help="municipalities for everything else (290)")
    parser.add_argument("--limit", type=float, default=60, help="seconds for one question (60)")
    parser.add_argument("--jena", type=Path, default=rivals.JARS, help="the folder of Jena's jars (Debian's)")
    parser.add_argument("--results", type=Path, default=None, help="keep what each part gives in this file, and use it")
    parser.add_argument("--write", type=Path, default=None, help="put the table into this document")
    given = parser.parse_args(arguments)
    if wrong := set(given.parts) - {*PARTS, "none"}:
        parser.error(f"no part is called {', '.join(sorted(wrong))}")
    results: Results = {}
    if given.results and given.results.is_file():
        results = json.loads(given.results.read_text(encoding="utf-8"))

    def keep(key: str, value: Any) -> None:
        results[key] = value
        print(f"{key}: {value}", file=sys.stderr, flush=True)
        if given.results:
            given.results.write_text(json.dumps(results, indent=1), encoding="utf-8")

    with graph_files([given.small, given.large], seed=1) as files:
        for part in PARTS:
            if given.parts and part not in given.parts:
                continue
            if part in _ALONE:
                _ALONE[part](files, given, keep)
            elif part == "rdflib":
                _rdflib(files, given, keep, results)
            else:
                _others(part, files, given, keep, results)
    text, holds = _table(results, given)
    text = (
        f"{machine()}; {given.small} and {given.large} municipalities, at most {given.limit:g} s a question\n\n{text}"
    )
    print(text)
    if given.write:
        _write(given.write, text)
    return int(not holds)


if __name__ == "__main__":
    sys.exit(main())
